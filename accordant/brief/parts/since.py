"""What changed since the last version, in two lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Rich, joined, rich
from accordant.brief.plainly import conclusions, dated

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.history.changes import Change
    from accordant.history.changes_diff import DiffResult
    from accordant.history.why import Moved

NAMED, TOLD = 2, 3
"""Most answers that are named in a line; most that are told one by one where they moved alike."""


def in_short(context: Context) -> tuple[Rich, ...]:
    """How much changed, and which answers differ; that there is nothing to compare with, where that is so."""
    result = since(context)
    if result is None:
        return (rich("Nothing to compare with: no earlier version that says something else has been kept."),)
    return (_counted(context, result), _moved(context, result))


def since(context: Context) -> DiffResult | None:
    """What changed since the last version, without what is withheld; None where there is nothing to tell."""
    result = context.opened.since()
    if result is None or not result.changes:
        return None
    return result.cleared(context.handling.released)


def _counted(context: Context, result: DiffResult) -> Rich:
    n, when = len(result.changes), dated(result.old.case.as_of)
    head = f"{words.upper_first(words.counted(n, 'change'))} to the case since the version “"
    return rich(head, words.said(context.case, result.old.label), f"” ({when})." if when else "”.")


def _moved(context: Context, result: DiffResult) -> Rich:
    moved, of = result.changed, len(result.moves.conclusions)
    if not moved:
        return rich(f"No answer differs: all {of:,} are as they were.")
    told = [rich(one.says, f": {one.was} before, {one.now} now") for one in answers(context, result)]
    left = len(told) - NAMED
    more = f"; and {words.number(left)} more" if left > 0 else ""
    differ = "differs" if len(moved) == 1 else "differ"
    head = f"{words.upper_first(words.number(len(moved)))} of {of:,} answers {differ}: "
    return rich(head, joined(told[:NAMED], "; "), more, ".")


@dataclass(frozen=True, slots=True)
class Differs:
    """Answers that differ in the same way, as one question.

    Attributes
    ----------
    says
        The question, as ``whether … ``.
    was, now
        The answers.
    sets
        The smallest sets of changes that moved them.
    """

    says: Rich
    was: str
    now: str
    sets: tuple[tuple[Change, ...], ...]


def answers(context: Context, result: DiffResult) -> list[Differs]:
    """The answers that differ, the most telling first; those that the same changes moved alike, as one."""
    found: dict[tuple[str, ...], list[Moved]] = {}
    for one in sorted(result.changed, key=_rank):
        told = "" if one.after is not None else one.conclusion
        holds = "holds" if one.conclusion.startswith("holds(") else ""
        was, now = (_answer(one, before=side) for side in (True, False))
        found.setdefault((told, holds, was, now, result.sets(one)), []).append(one)
    return [_differs(context, group) for group in found.values()]


def _differs(context: Context, group: Sequence[Moved]) -> Differs:
    first = group[0]
    if first.after is None:
        says = rich(words.said(context.case, first.says))
    else:
        clauses = conclusions(context, [one.conclusion for one in group])
        left = len(clauses) - TOLD
        more = [rich(f"{words.number(left)} more")] if left > 0 else []
        says = words.either([*(rich("whether ", clause) for clause in clauses[:TOLD]), *more])
    sets = tuple(tuple(why.changes) for why in first.sets)
    return Differs(says, _answer(first, before=True), _answer(first, before=False), sets)


def _rank(one: Moved) -> int:
    kinds = ("agreement(", "acceptable(", "agreement-exists", "holds(")
    return next((k for k, kind in enumerate(kinds) if one.conclusion.startswith(kind)), len(kinds))


def _answer(one: Moved, *, before: bool) -> str:
    answer = one.before if before else one.after
    if answer is None:
        return "not asked"
    plain = {"always": "yes", "never": "no"}.get(answer.status)
    if plain is not None:
        return plain
    return f"open, {answer.says} settings" if answer.says.startswith("in ") else "open"
