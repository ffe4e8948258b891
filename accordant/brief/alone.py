"""One figure by itself: as a picture with its finding over it, or as a page with its table."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from accordant.brief.document import Brief, Figure, Rich, Section, rich, spoken
from accordant.brief.figures import look
from accordant.brief.words import said
from accordant.case.objects import Case

TITLES = {"timeline": "What has happened", "network": "Who told whom"}
LETTER = 7.0
"""Width of a letter of the title, about."""


def titled(figure: Figure) -> dict[str, Any]:
    """The specification of a figure with its finding over it."""
    made = figure.drawing.spec()
    lines = wrap(spoken(figure.finding), max(20, int(made["width"] / LETTER)))
    style = {"anchor": "start", "fontSize": 14, "fontWeight": 600, "color": look.INK, "offset": 14}
    return {**made, "title": {"text": lines, **style}}


def picture(figure: Figure, form: str) -> bytes:
    """The figure as the content of an ``.svg`` or a ``.png`` file, with its finding over it.

    Parameters
    ----------
    form
        ``.svg`` or ``.png``.
    """
    import vl_convert

    from accordant.brief.figures.render import svg

    if form == ".png":
        # Empty: a specification cannot make the converter fetch anything.
        made: bytes = vl_convert.vegalite_to_png(titled(figure), scale=2, allowed_base_urls=[])
        return made
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg(figure, titled(figure)) + "\n").encode()


def page(figure: Figure, case: Case, digest: str, kind: str, notices: tuple[Rich, ...] = ()) -> Brief:
    """The figure with its table as a page of its own; ``.html()`` and ``.markdown()`` render it.

    Parameters
    ----------
    kind
        What it is, in a word, such as ``timeline``.
    """
    from accordant.version import __version__

    return Brief(
        title=said(case, case.title),
        question=rich(said(case, case.question)) if case.question else (),
        as_of=case.as_of or "",
        notices=notices,
        sections=(Section("figure", rich(TITLES.get(kind, kind)), (figure,)),),
        version=__version__,
        digest=digest,
        kind=kind,
        label=kind.capitalize(),
    )
