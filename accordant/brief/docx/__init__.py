"""A document for Word and LibreOffice: real styles, links, repeated heads, drawings that stay drawings."""

from __future__ import annotations

from accordant.brief.document import Brief
from accordant.brief.house import PLAIN, House

__all__ = ["render"]


def render(brief: Brief, house: House = PLAIN) -> bytes:
    """The document as DOCX, the same bytes for the same content.

    Parameters
    ----------
    brief
        What it says.
    house
        The look of an organisation's own documents; by default Accordant's.

    Raises
    ------
    InputError
        If the house's own document cannot be read.
    """
    from accordant.brief.docx.writing import written

    return written(brief, house)
