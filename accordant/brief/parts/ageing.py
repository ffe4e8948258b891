"""Claims that are stale on the date of the case, in a paragraph."""

from __future__ import annotations

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Paragraph, Rich, joined, rich
from accordant.case.ageing import ages


def paragraph(context: Context) -> Paragraph | None:
    """Which claims are stale, which may be, and what stands on nothing else; None where none is."""
    found = ages(context.case)
    stale = [c for c in context.counting if found[c].stale]
    perhaps = [c for c in context.counting if found[c].perhaps_stale and found[c].known]
    if not stale and not perhaps:
        return None
    text: list[Rich | str] = []
    if stale:
        text += [_many(context, len(stale), "stale"), ": ", context.grounds(stale), "."]
    if perhaps:
        said = "Its date" if len(perhaps) == 1 else "Their dates"
        many = words.upper_first(words.counted(len(perhaps), "more claim" if stale else "claim"))
        text += [" " if stale else "", f"{many} may be stale, "]
        text += [f"{said.lower()} {'does' if len(perhaps) == 1 else 'do'} not tell: "]
        text += [context.grounds(perhaps), "."]
    alone = _alone(context, frozenset(stale))
    if alone:
        text += [" Nothing else stands behind ", joined([rich(context.element(e)) for e in alone], "; "), "."]
    return Paragraph("ageing", rich(*text))


def _many(context: Context, count: int, what: str) -> str:
    many = words.upper_first(words.counted(count, "claim"))
    old = (
        "older than twice the time in which its kind ages"
        if count == 1
        else ("older than twice the time in which their kinds age")
    )
    return f"{many} {'is' if count == 1 else 'are'} {what} on {context.case.as_of}, {old}"


def _alone(context: Context, stale: frozenset[str]) -> list[str]:
    """Elements that stand on stale claims and on nothing else, in the order of the case."""
    return [id_ for id_, e in context.elements.items() if e.standing and e.standing <= stale]
