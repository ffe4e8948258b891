"""Why a party would take a package or refuse it: in a clause, and line by line, in its order or numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Rich, joined, rich
from accordant.brief.packages import between, gained, told
from accordant.brief.plainly import sentence
from accordant.case.expressions import parse
from accordant.case.grounds import parts
from accordant.errors import ExpressionError

if TYPE_CHECKING:
    from accordant.agreement.package import Worth
    from accordant.agreement.result import Acceptance
    from accordant.brief.context import Context

LINES = 3
"""Most lines that are told for a package, and against it."""


def why(context: Context, found: Acceptance, state: str, worth: Worth | None = None) -> Rich:
    """In a clause what decides the answer of a party, with its grounds; the package is “it”."""
    element = context.elements.get(found.element or "")
    if found.answer == "unknown":
        return _turns_on(context, found, state)
    if element is None:
        return sentence(context, found.reason.rstrip(". "), state)
    who = _whose(context, found.party, element.subject)
    grounds = context.basis(element.id)
    tail = rich(" ", grounds) if grounds else ()
    said = context.element_words(element.id)
    if element.kind == "red-line":
        return rich("it crosses a red line", who, ": ", said, tail)
    if element.kind == "line":
        subject = element.subject if element.subject in context.case.parties else found.party
        veto = ", which can refuse for it," if subject != found.party else ""
        gives = "this gives it that" if found.answer == "yes" else "no deal gives it that"
        first = f"{veto} puts first, of all on which the two differ, “"
        return rich(context.party(subject), first, said, f"”; only {gives}", tail)
    if worth is not None and element.subject == found.party:
        return rich(f"worth {told(worth.total)}, no deal {between(*worth.no_deal)}", tail)
    if element.kind == "ranking":
        place = "above" if found.answer == "yes" else "below"
        return rich(f"ranked {place} no deal", who, tail)
    return sentence(context, found.reason.rstrip(". "), state)


def _whose(context: Context, party: str, subject: str) -> Rich:
    """Whose line it is, where it is not the party's own: that of a constituency with a veto."""
    return (
        rich(" for ", context.party(subject)) if subject != party and subject in context.case.parties else ()
    )


def _turns_on(context: Context, found: Acceptance, state: str) -> Rich:
    elements = [context.elements[e] for e in found.turns_on if e in context.elements]
    lines = [rich("“", context.element_words(e.id), "”") for e in elements]
    if lines:
        who = rich(context.party(found.party))
        if len(lines) == 1:
            return rich("whether this counts for ", who, ": ", lines[0])
        if all(e.kind == "line" and not e.unsure for e in elements):
            return rich("which of these counts for more to ", who, ": ", joined(lines, ", ", " or "))
        return rich("which of these count for ", who, ": ", joined(lines, "; "))
    if found.party not in context.states.ranks:
        return rich("what ", context.party(found.party), " wants, which is not known")
    return sentence(context, found.reason.rstrip(". "), state)


# Line by line


def compared(context: Context, party: str, state: str, against: str) -> tuple[list[Rich], list[Rich]]:
    """A party's lines that only the package meets, and those that only no deal meets, in its own order."""
    better: list[Rich] = []
    worse: list[Rich] = []
    for id_, kind, subject, _, grounded in parts(context.case):
        if subject != party or kind not in ("red-line", "line"):
            continue
        text = getattr(grounded, "want", None) or getattr(grounded, "rule", None)
        here, there = (_true(context, text or "", s) for s in (state, against))
        if here is None or there is None or here == there:
            continue
        unsure = " (unsure)" if context.elements[id_].unsure else ""
        line = rich(words.expression(context.case, text or ""), unsure, _numbers(context, id_))
        if kind == "red-line":
            if here:
                worse.insert(0, rich("crosses its red line: never ", line))
        else:
            (better if here else worse).append(line)
    return better, worse


def _numbers(context: Context, element: str) -> Rich:
    grounds = context.grounds(context.elements[element].grounds)
    return rich(" ", grounds) if grounds else ()


def _true(context: Context, text: str, state: str) -> bool | None:
    """Whether an expression is true in a state; None where that cannot be told."""
    import numpy as np

    issues = {name: issue.values for name, issue in context.case.issues.items()}
    values = context.values.get(state, {})
    try:
        found = parse(text, issues)
    except ExpressionError:
        return None
    if any(values.get(name) not in issues[name] for name in found.names):
        return None
    columns = {name: np.array(issues[name].index(values[name])) for name in found.names}
    return bool(found.evaluate(columns))


def valued(context: Context, here: Worth, there: Mapping[str, Fraction]) -> tuple[list[Rich], list[Rich]]:
    """What each issue adds to a package over no deal, and what it takes away, most first.

    ``there`` is what each issue is worth in no deal.
    """
    moved = {k: v - there.get(k, Fraction(0)) for k, v in here.parts.items()}
    largest = sorted(moved.items(), key=lambda one: -abs(one[1]))
    return (
        [_part(context, k, v) for k, v in largest if v > 0],
        [_part(context, k, v) for k, v in largest if v < 0],
    )


def _part(context: Context, name: str, change: Fraction) -> Rich:
    known = name in context.case.issues
    what = words.said(context.case, words.issue_name(context.case, name)) if known else ()
    return rich(what or words.expression(context.case, name), f" {gained(change, change)}")


def few(lines: Sequence[Rich]) -> Rich:
    """The first lines, and how many more there are; a dash for none."""
    if not lines:
        return rich("–")
    left = len(lines) - LINES
    more = [rich(f"and {words.number(left)} more")] if left > 0 else []
    return joined([*lines[:LINES], *more], "\n")
