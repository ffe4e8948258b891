"""Things that cannot be so at once, whatever anybody prefers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.supposing.goals import Goal, Prefers, Says

IMPLIES = {"nash": ("sseq",), "sseq": ("seq", "smr"), "seq": ("gmr",), "smr": ("gmr",), "gmr": ()}
"""What holds under one concept holds under these too, whatever the preferences are."""


def contradictions(compiler: Compiler, goals: Sequence[Goal]) -> list[str]:
    """Why some things that are supposed contradict each other; empty where it is not certain that they do.

    Found are a conclusion that is supposed to be so and, by what follows from another, not to be so, and
    preferences of one party that go round in a circle.
    """
    return [*dict.fromkeys([*_conclusions(compiler, goals), *_circles(compiler, goals)])]


def _conclusions(compiler: Compiler, goals: Iterable[Goal]) -> Iterator[str]:
    said = [goal for goal in goals if isinstance(goal, Says)]
    denied = {goal.conclusion for goal in said if not goal.wanted}
    for goal in (g for g in said if g.wanted):
        for follows in _closure(compiler, goal.conclusion):
            if follows in denied and follows == goal.conclusion:
                yield f"{goal.id} is supposed both to be so and not to be so"
            elif follows in denied:
                yield f"{goal.id} cannot be so where {follows.id} is not: the one implies the other"


def _closure(compiler: Compiler, conclusion: Conclusion) -> list[Conclusion]:
    """What follows from a conclusion, itself first."""
    found, at = [conclusion], 0
    while at < len(found):
        found += [c for c in _next(compiler, found[at]) if c not in found]
        at += 1
    return found


def _next(compiler: Compiler, conclusion: Conclusion) -> Iterator[Conclusion]:
    if conclusion.kind == "holds":
        yield from (Conclusion("holds", conclusion.subject, wider) for wider in IMPLIES[conclusion.detail])
    elif conclusion.kind == "agreement":
        yield Conclusion("agreement-exists")
        for party, found in compiler.case.parties.items():
            if found.role == "party":
                yield Conclusion("acceptable", conclusion.subject, party)


def _circles(compiler: Compiler, goals: Iterable[Goal]) -> Iterator[str]:
    """Preferences of one party that no order has."""
    mine: dict[str, list[Prefers]] = {}
    for goal in goals:
        if isinstance(goal, Prefers):
            mine.setdefault(goal.party, []).append(goal)
    for party, stated in mine.items():
        if len(stated) > 1 and _no_order(stated):
            both = "; ".join(f"{g.better} {g.relation} {g.worse}" for g in stated)
            yield f"no order of {party} has all of this: {both}"


def _no_order(stated: Sequence[Prefers]) -> bool:
    """Whether going from worse to better leads round in a circle with a strict step in it.

    Between the states of a pair of lists stands one point, below the better and above the worse ones, so
    that there are as many steps as states and not as pairs.
    """
    up: dict[object, set[object]] = {}
    strict: list[tuple[list[int], list[int]]] = []
    for k, goal in enumerate(stated):
        for m, pair in enumerate(goal.pairs):
            better, worse = (side.tolist() for side in pair)
            _between(up, (k, m, "up"), worse, better)
            if goal.relation == "=":
                _between(up, (k, m, "down"), better, worse)
            elif goal.relation == ">":
                strict.append((better, worse))
    return any(not _reached(up, better).isdisjoint(worse) for better, worse in strict)


def _between(up: dict[object, set[object]], point: object, low: Iterable[int], high: Iterable[int]) -> None:
    for state in low:
        up.setdefault(state, set()).add(point)
    up.setdefault(point, set()).update(high)


def _reached(up: dict[object, set[object]], start: Iterable[int]) -> set[object]:
    """Everything that some states lead up to, themselves among it."""
    seen: set[object] = set(start)
    left = list(seen)
    while left:
        for above in up.get(left.pop(), ()):
            if above not in seen:
                seen.add(above)
                left.append(above)
    return seen
