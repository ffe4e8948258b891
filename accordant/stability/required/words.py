"""Wanted comparisons in words: what a party would have to like better, or no better."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accordant.model.preferences import Ranks
from accordant.model.view import View
from accordant.stability.required.orders import Atom, Pairs
from accordant.stability.required.result import Comparison
from accordant.stability.telling import listed


def wanted(view: View, atoms: Iterable[Atom]) -> str:
    """One sentence that says what would have to be so; empty for no atoms."""
    given = sorted(atoms)
    parts: list[str] = []
    for party in dict.fromkeys(a.party for a in given):
        likes = _likes(view, [a for a in given if a.party == party])
        who = view.case.party_name(view.parties[party])
        parts.append(f"{who} would have to like {likes}" if not parts else f"{who} {likes}")
    if not parts:
        return ""
    return (", and ".join(parts) if len(parts) < 3 else "; ".join(parts)) + "."


def _likes(view: View, atoms: Sequence[Atom]) -> str:
    name = view.space.name
    found = []
    for high in dict.fromkeys(a.high for a in atoms if not a.strict):
        lows = [name(a.low) for a in atoms if not a.strict and a.high == high]
        found.append(f"{listed(lows)} no better than {name(high)}")
    better: dict[tuple[int, ...], list[int]] = {}
    for low in dict.fromkeys(a.low for a in atoms if a.strict):
        highs = tuple(a.high for a in atoms if a.strict and a.low == low)
        better.setdefault(highs, []).append(low)
    for highs, lows_ in better.items():
        found.append(f"{listed([name(s) for s in highs])} better than {listed([name(s) for s in lows_])}")
    return " and ".join(found) if len(found) < 3 else ", and ".join([", ".join(found[:-1]), found[-1]])


def requires(view: View, atoms: Iterable[Atom]) -> tuple[Comparison, ...]:
    """Comparisons by name, each with the line of the case that decides it now."""
    name = view.space.name
    return tuple(
        Comparison(p, name(a.high), name(a.low), not a.strict, view.decides(p, a.high, a.low))
        for a in sorted(atoms)
        for p in (view.parties[a.party],)
    )


def levels(view: View, ranks: Ranks) -> tuple[tuple[str, ...], ...]:
    """An order as names, best first, states that tie together."""
    found: dict[int, list[str]] = {}
    for s, rank in enumerate(ranks):
        found.setdefault(int(rank), []).append(view.space.name(s))
    return tuple(tuple(found[rank]) for rank in sorted(found, reverse=True))


def compared(before: Ranks, after: Ranks, pairs: Pairs) -> list[tuple[int, int, str, str]]:
    """Changed pairs: two states, and how the first compares with the second before and after."""
    return [(s, t, _word(before, s, t), _word(after, s, t)) for s, t in sorted(pairs)]


def _word(ranks: Ranks, s: int, t: int) -> str:
    if ranks[s] == ranks[t]:
        return "level"
    return "better" if ranks[s] > ranks[t] else "worse"
