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
    """Whether going from worse to better leads round in a circle with a strict step in it."""
    above: dict[int, set[int]] = {}
    strict: set[tuple[int, int]] = set()
    for goal in stated:
        for better, worse in goal.pairs:
            for one in better.tolist():
                for other in worse.tolist():
                    above.setdefault(other, set()).add(one)
                    if goal.relation == ">":
                        strict.add((other, one))
                    elif goal.relation == "=":
                        above.setdefault(one, set()).add(other)
    reach: dict[int, set[int]] = {}
    return any(_reached(above, one, reach) >= {other} for other, one in strict)


def _reached(above: dict[int, set[int]], start: int, known: dict[int, set[int]]) -> set[int]:
    if start not in known:
        seen, left = {start}, [start]
        while left:
            for nxt in above.get(left.pop(), ()):
                if nxt not in seen:
                    seen.add(nxt)
                    left.append(nxt)
        known[start] = seen
    return known[start]
