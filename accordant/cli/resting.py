"""What ``rests`` prints: a table of conclusions, and in full those that were asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.console import RenderableType
from rich.text import Text

from accordant.case.switches import Switch
from accordant.case.wording import counted, few
from accordant.cli.output import indented, method_line, title
from accordant.cli.tables import Page
from accordant.evidence.handling import WITHHELD
from accordant.reliance.conclusions import merged
from accordant.reliance.footing import UNCHALLENGED, Footing
from accordant.reliance.result import Rest, RestsResult, Status
from accordant.tables import Method, Table

UNNAMED = "something whose name is withheld"
"""What is said of a ground that was left out and may not be named."""
ONLY_THEN = "only where an unsure rule does not hold"
"""Words of a remark on states that are not listed."""
SETS = 8
"""Smallest sets listed; the rest are counted."""
LEFT = 6
"""Claims left in by a switch that are named; the rest are counted."""
NAMED = 4
"""Conclusions that a single point of failure is shown with; the rest are counted."""


def rests_page(
    result: RestsResult,
    *,
    rows: int,
    full: bool,
    before: RestsResult | None = None,
    fallen: Mapping[str, int] | None = None,
    states: Sequence[RenderableType] = (),
) -> Iterator[RenderableType]:
    """The page: with ``before``, what the loss of grounds has changed; with ``full``, every detail.

    ``fallen`` tells for origins that were left out how many claims fall with them; ``states``
    are lines that say what the states are.
    """
    yield title(result.title)
    yield from _taken(result, fallen or {})
    if before is not None:
        yield Page(compared(before, result), rows=rows)
    else:
        points = points_page(result)
        if points.rows:
            yield Page(points, rows=rows)
            yield Text("")
        yield Page(overview(result), rows=rows)
    yield from _drawn(result)
    if full:
        for rest in result.conclusions:
            yield Text("")
            yield from _detail(rest, result)
    if before is None:
        standing = standing_page(result)
        if standing.rows:
            yield Text("")
            yield Page(standing, rows=rows)
    yield from states
    yield method_line(result.method)
    yield from not_listed(result.method)


def not_listed(method: Method) -> Iterator[RenderableType]:
    """What it means that some states are not listed."""
    if ONLY_THEN in method.cut:
        rest = "" if "; " in method.cut else "; all others are complete"
        yield Text(f"Answers about states that are not listed are not given{rest}.", style="dim")


def _taken(result: RestsResult, fallen: Mapping[str, int]) -> Iterator[RenderableType]:
    """What was left out, and how much was not because the case does not tell."""
    for switch in result.switches:
        if switch.id not in result.taken:
            continue
        one = switch.grounds == {switch.id}
        says = result.in_words(switch.id) if one else switch.says
        many = _counted(switch, result) if not one else ""
        if switch.id in fallen:
            many = counted(fallen[switch.id], "claim")
        yield indented(f"without {says}" + (f": {many}" if many else ""))
        if left := switch.left_undecided:
            why = "grade" if switch.id.startswith("below:") else "date"
            which = few(left, LEFT)
            yield indented(f"{counted(len(left), 'claim')} left in, whose {why} does not tell: {which}", 4)

    if WITHHELD in result.taken:
        yield indented(f"without {UNNAMED}")


def _drawn(result: RestsResult) -> Iterator[RenderableType]:
    """Where settings were drawn, what *of 100* means."""
    drawn = {(r.sample.drawn, r.sample.seed) for r in result.conclusions if r.sample is not None}
    for number, seed in sorted(drawn):
        yield indented(
            f"of 100: settings are too many to count; {number:,} were drawn with the seed {seed}, and 95 in "
            f"100 such draws lie between these bounds"
        )


def _counted(switch: Switch, result: RestsResult) -> str:
    """How many grounds a switch takes away."""
    kinds = [result.kinds.get(g, "").removeprefix("unnamed ") for g in switch.grounds]
    numbers = {noun: kinds.count(noun) for noun in ("claim", "origin", "assumption")}
    told = [f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in numbers.items() if n]
    return " and ".join(told) or "nothing in this case"


def points_page(result: RestsResult) -> Table:
    """Single points of failure in words, origins before claims, those that most answers need first."""
    table = result.points_table()
    rows = [
        (f"{says} [{ground}]", count, _shortly(which.split("; ")))
        for says, ground, count, which in table.rows
    ]
    return Table(table.title, ("falls without", "answers", "which"), tuple(rows))


def _shortly(names: Sequence[str]) -> str:
    return "; ".join(names[:NAMED]) + (f"; and {len(names) - NAMED} more" if len(names) > NAMED else "")


def overview(result: RestsResult) -> Table:
    """One row per conclusion; those on one state that differ in the concept only share a row."""
    columns = ("conclusion", "status", "falls without one of", "falls without all of")
    rows = [
        (r.conclusion, _status(r), ", ".join(r.single_points), ", ".join(r.falls_under))
        for r in result.conclusions
    ]
    return Table("What each conclusion rests on", columns, tuple(merged(rows)))


def standing_page(result: RestsResult) -> Table:
    """The claims that answers rest on with their origins, then those that do not count, with the reason."""
    used = [(c, f) for c, f in result.standing.items() if f.stands and f.origins is not None]
    out = [(c, f) for c, f in result.standing.items() if not f.stands]
    rows = [
        (
            f"{claim}: {result.grounds.get(claim, '')}",
            found.grade,
            found.corroborated,
            _standing(found),
        )
        for claim, found in (*used, *out)
    ]
    columns = ("claim", "grade", "origins", "standing")
    return Table("Claims that answers rest on, and claims that do not count", columns, tuple(rows))


def _standing(found: Footing) -> str:
    if not found.stands:
        return f"out: {found.reason}"
    return "stands" if found.reason == UNCHALLENGED else f"stands: {found.reason}"


def compared(before: RestsResult, after: RestsResult) -> Table:
    """Each conclusion with and without the grounds that were taken away, the changed ones first."""
    named = dict.fromkeys(UNNAMED if id_ == WITHHELD else id_ for id_ in after.taken)
    taken = ", ".join(named) or dict(after.method.parameters).get("without", "")
    pairs = zip(before.conclusions, after.conclusions, strict=True)
    same = "same"
    rows = merged(
        [
            (now.conclusion, _status(then), _status(now), same if then.status == now.status else "")
            for then, now in pairs
        ]
    )
    changed = sum(row[-1] != same for row in rows)
    verb = "changes" if changed == 1 else "change"
    words = f"{changed} of {len(rows)} answers {verb}" if changed else "No answer changes"
    ordered = sorted(rows, key=lambda row: row[-1])
    return Table(
        f"{words} without {taken}", ("conclusion", "with", "without"), tuple(row[:-1] for row in ordered)
    )


def _status(rest: Rest) -> str:
    """*always* and *never* in a word, *sometimes* as a count of settings where there is one."""
    return rest.counted or rest.status if rest.status == "sometimes" else rest.status


def _detail(rest: Rest, result: RestsResult) -> Iterator[RenderableType]:
    counted = ", in {} of {} settings".format(*rest.settings) if rest.settings else ""
    yield title(f"{rest.conclusion}: {rest.status}{counted}")
    yield indented(f"That is: {rest.says}.")
    if rest.status == "sometimes":
        yield indented(f"What would decide it: rests --questions --conclusion '{rest.conclusion}' tells.")
    if rest.sample is not None:
        yield indented(f"{rest.sample.says}; seed {rest.sample.seed}")
    for ground in rest.single_points:
        yield indented(f"{rest.without[ground]} without {result.in_words(ground)} [{ground}]")
    for ground in rest.falls_without:
        if ground not in rest.single_points:
            yield indented(f"{rest.without[ground]} without {result.in_words(ground)} [{ground}]")
    for name, status in _together(rest, result).items():
        if status == rest.status == "sometimes":
            continue  # it is open already, and stays so
        yield indented(f"{'still ' if status == rest.status else ''}{status} without {name}")
    for sets, words in (
        (rest.supports, "Any one of these sets is enough"),
        (rest.breaks, "The loss of any one of these sets changes it"),
        (rest.origin_supports, "Of origins, any one of these sets is enough beside the assumptions"),
        (rest.origin_breaks, "Of origins, the loss of any one of these sets changes it"),
    ):
        if sets:
            yield indented(f"{words}: {_sets(sets)}")
    for remark in (rest.note, rest.cut):
        if remark:
            yield indented(remark)


def _together(rest: Rest, result: RestsResult) -> dict[str, Status]:
    """The status without several grounds at once, by what they are in words."""
    sides = {f"the claims from the side of {side}": status for side, status in rest.without_side.items()}
    tried = {s.says: rest.under[s.id] for s in result.switches if s.id in rest.under}
    both = {"everybody unnamed": rest.without_unnamed, "every assumption": rest.without_assumptions}
    return {**both, **sides, **{s: status for s, status in tried.items() if s not in result.taken}}


def _sets(sets: Sequence[Sequence[str]]) -> str:
    shown = "; ".join(" + ".join(one) or "nothing" for one in sets[:SETS])
    return shown + (f"; and {len(sets) - SETS} more (--json lists all)" if len(sets) > SETS else "")
