"""The pages of ``require`` and ``distance``: what would have to be preferred, in words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.naming import states_named
from accordant.cli.output import indented, method_line, safe, title
from accordant.cli.tables import Page
from accordant.stability.telling import listed

if TYPE_CHECKING:
    from accordant.cli.lines import Lines
    from accordant.stability.required.distance_result import DistanceResult
    from accordant.stability.required.result import Comparison, PartyNeeds, Rankings, RequireResult
    from accordant.tables import Method

SHORT = 40
"""States up to which a whole order is printed."""

LONGEST = 10**10
"""A count of so many rankings or more is not printed; its share is."""

SMALL = 20
"""The largest denominator of a fraction that is printed as it is."""

_ONE_CHANGE = (
    "changes: pairs of states that would have to be compared differently (in a strict ranking: swaps of two "
    "neighbours); stays: stable for that party; holds: stable for everybody."
)
_NUMBERS = (
    "changes: the fewest pairs of states that would have to be compared differently (in a strict ranking: "
    "swaps of two neighbours), in all orders together; whose order: who alone can do it with so few. --json "
    "has the numbers of each party."
)
MOST_TOLD = 12
"""Comparisons of which it is told which line decides them."""


def require_page(result: RequireResult, lines: Lines, rows: int) -> Iterator[RenderableType]:
    """What would make a state hold; one sentence where it does."""
    yield title(result.title)
    yield Text(safe(f"{_verdict(result)} under {_concepts(result)}."))
    yield from _as_written(result.method, result.settings)
    if result.holds:
        more = f"accordant distance CASE --state {result.state} counts how little would undo it."
        yield Text(safe(f"Nothing has to change; {more}"))
        return
    yield Page(result.table(), rows=rows)
    yield Text(_ONE_CHANGE, style="dim")
    for party, needs in result.parties.items():
        for line in _counted(result, party, needs):
            yield indented(line)
    for line in _examples(result):
        yield indented(line)
    if result.cheapest:
        who = " or ".join(result.names[p] for p in result.cheapest)
        told = _changes(result.parties[result.cheapest[0]].alone.changes or 0)
        yield Text(safe(f"Least to be changed in one party's view alone: {who}, {told}."))
    yield from _deciding(result)
    yield from lines.page()
    yield from states_named(lines.opened, [result.state, *result.states])
    yield method_line(result.method)


def distance_page(result: DistanceResult, lines: Lines, rows: int) -> Iterator[RenderableType]:
    """The fewest changes that flip each verdict, and which verdicts are left out."""
    yield title(result.title)
    if result.verdicts:
        yield Page(result.table(), rows=rows)
        yield Text(_NUMBERS, style="dim")
    yield from _as_written(result.method, None)
    for line in _left_out(result):
        yield Text(safe(line))
    yield from lines.page()
    yield from states_named(lines.opened, result.states)
    yield method_line(result.method)


def _verdict(result: RequireResult) -> str:
    if result.holds is None:
        return f"It is not known whether {result.state} holds"
    return f"{result.state} {'holds' if result.holds else 'does not hold'}"


def _concepts(result: RequireResult) -> str:
    names = list(dict.fromkeys(result.concepts.values()))
    return names[0] if len(names) == 1 else ", ".join(f"{p} by {c}" for p, c in result.concepts.items())


def _as_written(method: Method, settings: tuple[int, int] | None) -> Iterator[RenderableType]:
    """That only one of several settings is judged."""
    if "unsure" in dict(method.parameters):
        counted = "" if settings is None else f" It holds in {settings[0]:,} of {settings[1]:,} settings."
        yield Text(
            "Some lines of the case are unsure. Everything here is about the case as it is written, with all "
            f"of them counted.{counted}"
        )


def _left_out(result: DistanceResult) -> Iterator[str]:
    """Verdicts that are not there, and why."""
    who = listed([result.names[p] for p in result.unknown]) if result.unknown else ""
    asked = dict(result.method.parameters)
    if not result.parties:
        yield (
            "No party's order is known, so that there is no verdict to flip. accordant require says what "
            "would have to be preferred for a state to hold."
        )
    elif who:
        yield (
            f"Of {who} no order is known: what it does is not judged, nor whether a state holds for "
            "everybody; accordant require says what would have to be preferred."
        )
    if "states" in asked:
        yield f"Asked about: {asked['states']}."


def _examples(result: RequireResult) -> Iterator[str]:
    """An order with the fewest changes, for each party whose order alone does it, or else for all."""
    if result.cheapest:
        needed = [(p, result.parties[p].alone) for p in result.cheapest]
    else:
        needed = [(p, result.jointly) for p in result.names]
    for party, each in needed:
        ways = each.sets[0].ways if each.sets else ()
        levels = ways[0].orders.get(party, ()) if ways else ()
        who = result.names[party]
        if sum(map(len, levels)) > SHORT:
            yield f"An order of {who} with the fewest changes is too long for a page; --json has it."
        elif levels:
            told = " > ".join(" ~ ".join(level) for level in levels)
            yield f"An order of {who} with the fewest changes: {told}"


def _deciding(result: RequireResult) -> Iterator[RenderableType]:
    """Which line of the case now decides each comparison that would have to be otherwise."""
    told = dict.fromkeys(
        f"{result.names[c.party]} on {c.than} and {c.state}: {_decided(result, c)}" for c in result.required
    )
    if told:
        yield Text("What the comparisons stand on now", style="bold")
    for line in list(told)[:MOST_TOLD]:
        yield indented(line)
    if len(told) > MOST_TOLD:
        yield indented(f"… and {len(told) - MOST_TOLD:,} more; --json has all of them.")


def _decided(result: RequireResult, comparison: Comparison) -> str:
    if comparison.element:
        return comparison.element
    needs = result.parties.get(comparison.party)
    return "no line tells them apart" if needs is None or needs.known else "no line of the case decides"


def _counted(result: RequireResult, party: str, needs: PartyNeeds) -> Iterator[str]:
    name = result.names[party]
    if needs.stable_rankings.share != 0:
        yield f"Rankings of {name} with which it stays: {told(needs.stable_rankings)}"
    if needs.equilibrium_rankings not in (needs.stable_rankings,) and needs.equilibrium_rankings.share != 0:
        yield f"Rankings of {name} with which {result.state} holds: {told(needs.equilibrium_rankings)}"


def told(rankings: Rankings) -> str:
    """How many rankings do, as a share that can be read, with the numbers where they are short.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from accordant.stability.required.result import Rankings
    >>> told(Rankings((384, 720), (2768, 4683), Fraction(8, 15)))
    '8/15 of those without ties (384 of 720), about 59 in 100 of those with ties allowed (2,768 of 4,683).'
    """
    parts = []
    if rankings.share is not None:
        parts.append(f"{share(rankings.share)} of those without ties{_numbers(rankings.strict)}")
    if rankings.ties is not None:
        parts.append(f"{share(Fraction(*rankings.ties))} of those with ties allowed{_numbers(rankings.ties)}")
    return ", ".join(parts) + "." if parts else "not counted, too many states matter."


def _numbers(counts: tuple[int, int] | None) -> str:
    return "" if counts is None or counts[1] >= LONGEST else " ({:,} of {:,})".format(*counts)


def share(part: Fraction) -> str:
    """A part of a whole in words, exact where that is short.

    Examples
    --------
    >>> [share(Fraction(*f)) for f in ((8, 15), (499, 1000), (1, 3000), (41, 101), (2999, 3000))]
    ['8/15', 'about half', 'about 1 in 3,000', 'about 41 in 100', 'all but about 1 in 3,000']
    """
    if part in (0, 1):
        return "all" if part else "none"
    if part.denominator <= SMALL:
        return str(part)
    if abs(part - Fraction(1, 2)) < Fraction(1, 100):
        return "about half"
    if part < Fraction(1, 10):
        return f"about {_one_in(part)}"
    if part > Fraction(9, 10):
        return f"all but about {_one_in(1 - part)}"
    return f"about {round(100 * part)} in 100"


def _one_in(part: Fraction) -> str:
    """To two figures: more would be read as more than it is."""
    many = round(1 / part)
    if many >= 1_000_000:
        return "1 in a million or fewer"
    step = 10 ** max(len(str(many)) - 2, 0)
    return f"1 in {round(many / step) * step:,}"


def _changes(number: int) -> str:
    return f"{number:,} change{'' if number == 1 else 's'}"
