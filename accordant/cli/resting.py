"""What ``rests`` prints: a table of conclusions, and in full those that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import indented, method_line, title
from accordant.cli.tables import Page
from accordant.reliance.result import Rest, RestsResult
from accordant.stability.concepts import CONCEPTS
from accordant.tables import Table

SETS = 8
"""Smallest sets listed; the rest are counted."""


def rests_page(
    result: RestsResult, *, rows: int, full: bool, before: RestsResult | None = None
) -> Iterator[RenderableType]:
    """The page: with ``before``, what the loss of grounds has changed; with ``full``, every detail."""
    yield title(result.title)
    if before is not None:
        yield Page(compared(before, result), rows=rows)
    else:
        yield Page(overview(result), rows=rows)
        yield from _legend(result)
    if full:
        for rest in result.conclusions:
            yield Text("")
            yield from _detail(rest, result)
    yield method_line(result.method)


def overview(result: RestsResult) -> Table:
    """One row per conclusion; those on one state that differ in the concept only share a row."""
    columns = ("conclusion", "status", "changes without", "unnamed out", "assumptions out")
    rows = merged([(r.conclusion, *_answers(r)) for r in result.conclusions])
    return Table("What each conclusion rests on", columns, tuple(rows))


def compared(before: RestsResult, after: RestsResult) -> Table:
    """Each conclusion with and without the grounds that were taken away, the changed ones first."""
    taken = dict(after.method.parameters).get("without", "")
    pairs = zip(before.conclusions, after.conclusions, strict=True)
    same = "same"
    rows = merged(
        [
            (now.conclusion, _status(then), _status(now), same if then.status == now.status else "")
            for then, now in pairs
        ]
    )
    changed = sum(row[-1] != same for row in rows)
    words = f"{changed} of {len(rows)} answers change" if changed else "No answer changes"
    ordered = sorted(rows, key=lambda row: row[-1])
    return Table(
        f"{words} without {taken}", ("conclusion", "with", "without"), tuple(row[:-1] for row in ordered)
    )


def _status(rest: Rest) -> str:
    """*always* and *never* in a word, *sometimes* as a count of settings where there is one."""
    if rest.status != "sometimes" or rest.settings is None:
        return rest.status
    return "{} of {}".format(*rest.settings)


def _answers(rest: Rest) -> tuple[str, ...]:
    falls = ", ".join(rest.falls_without)
    return _status(rest), falls, rest.without_unnamed, rest.without_assumptions


def merged(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Neighbouring ``holds(s, concept)`` rows with the same answers as one row, concepts listed.

    Examples
    --------
    >>> merged([("holds(s1, nash)", "always"), ("holds(s1, gmr)", "always"), ("holds(s2, nash)", "never")])
    [('holds(s1, nash gmr)', 'always'), ('holds(s2, nash)', 'never')]
    >>> merged([(f"holds(s1, {concept})", "always") for concept in CONCEPTS])
    [('holds(s1, every concept)', 'always')]
    """
    merged: list[tuple[str, ...]] = []
    for row in rows:
        stem, comma, concept = row[0].rpartition(", ")
        last = merged[-1] if merged else ("",)
        if stem.startswith("holds(") and last[0].startswith(stem + comma) and last[1:] == row[1:]:
            merged[-1] = (f"{last[0][:-1]} {concept}", *row[1:])
        else:
            merged.append(row)
    one_by_one = f", {' '.join(CONCEPTS)})"
    return [(name.replace(one_by_one, ", every concept)"), *rest) for name, *rest in merged]


def _legend(result: RestsResult) -> Iterator[RenderableType]:
    """In words, every ground whose loss changes an answer."""
    ids = dict.fromkeys(g for rest in result.conclusions for g in rest.falls_without)
    for ground in ids:
        yield indented(f"{ground}: {result.grounds.get(ground, '')}")


def _detail(rest: Rest, result: RestsResult) -> Iterator[RenderableType]:
    counted = ", in {} of {} settings".format(*rest.settings) if rest.settings else ""
    yield title(f"{rest.conclusion}: {rest.status}{counted}")
    yield indented(f"That is: {rest.says}.")
    for ground in rest.falls_without:
        yield indented(f"{rest.without[ground]} without {ground} ({result.grounds.get(ground, '')})")
    groups = {
        "everybody unnamed": rest.without_unnamed,
        "every assumption": rest.without_assumptions,
        **{f"the claims from the side of {side}": status for side, status in rest.without_side.items()},
    }
    for name, status in groups.items():
        yield indented(f"{'still ' if status == rest.status else ''}{status} without {name}")
    if rest.supports:
        yield indented(f"Any one of these sets is enough: {_sets(rest.supports)}")
    if rest.breaks:
        yield indented(f"The loss of any one of these sets changes it: {_sets(rest.breaks)}")
    for remark in (rest.note, rest.cut):
        if remark:
            yield indented(remark)


def _sets(sets: Sequence[Sequence[str]]) -> str:
    shown = "; ".join(" + ".join(one) or "nothing" for one in sets[:SETS])
    return shown + (f"; and {len(sets) - SETS} more (--json lists all)" if len(sets) > SETS else "")
