"""Pages: the article and what the page says of itself."""

from __future__ import annotations

from accordant.evidence.intake.built import Extract, OverLimitError, too_long
from accordant.evidence.intake.cleaning import cleaned
from accordant.evidence.intake.limits import Limits
from accordant.evidence.page import body_text, page_facts


def read_page(raw: bytes, filename: str, limits: Limits) -> Extract:
    """The text of a page (UTF-8); see :mod:`accordant.evidence.page`."""
    markup = raw.decode("utf-8")
    text, replaced = cleaned(body_text(markup, filename))
    if len(text) > limits.length:
        raise OverLimitError(too_long(limits))
    return Extract(text, about=page_facts(markup), replaced=replaced)
