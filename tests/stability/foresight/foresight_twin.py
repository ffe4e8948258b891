"""Limited moves and metarationality word for word, by going through the game tree.

Slow on purpose. The tree of limited moves is gone through once for every way of breaking ties; that of
metarationality asks at each node whether the opponents can still hold the party.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

from accordant.model.graph import GraphModel
from tests.stability.twin import any_move, coalition_reachable, reachable

Ranks = Sequence[Sequence[int]]


def anticipations(model: GraphModel, u: Ranks, i: int, j: int, s: int, h: int) -> Iterator[int]:
    """G_h(i, s), once for every way in which both parties break ties at the nodes of the tree."""
    moves = sorted(reachable(model, i, s))
    if h == 0 or not moves:
        yield s
        return
    # the subtrees after different moves have no node in common, so that their ties are broken apart
    for ends in product(*(set(anticipations(model, u, j, i, q, h - 1)) for q in moves)):
        best = max(u[i][end] for end in ends)
        if best <= u[i][s]:
            yield s
        else:
            for end in ends:
                if u[i][end] == best:
                    yield end


def is_limited(model: GraphModel, u: Ranks, i: int, j: int, s: int, h: int) -> tuple[bool, bool]:
    """Whether s is L_h-stable for i in every and in some way of breaking ties."""
    found = set(anticipations(model, u, i, j, s, h))
    return found == {s}, s in found


def is_metarational(model: GraphModel, u: Ranks, i: int, s: int, h: int) -> bool:
    """Whether after each improvement i can be kept from ending in anything better than s."""
    return is_held(model, i, s, h, lambda t: u[i][t] > u[i][s])


def is_held(model: GraphModel, i: int, s: int, h: int, better: Callable[[int], bool]) -> bool:
    """The same from what is better than s, which may be anything but s."""
    opponents = model.opponents(i)

    def kept_by_them(q: int, turns: int) -> bool:
        """The opponents have the turn at q: they may stop, or lead on."""
        if not better(q):
            return True
        if turns == 0:
            return False
        ends = coalition_reachable(opponents, q, any_move)
        return any(kept_from_it(t, turns - 1) for t in sorted(ends))

    def kept_from_it(t: int, turns: int) -> bool:
        """The party has the turn at t: neither stopping nor any move may lead to anything better."""
        if better(t):
            return False
        return turns == 0 or all(kept_by_them(q, turns - 1) for q in sorted(reachable(model, i, t)))

    improvements = [q for q in reachable(model, i, s) if better(q)]
    return all(kept_by_them(q, h - 1) for q in improvements)


Row = tuple[int, ...]


def is_simultaneous(
    rows: Sequence[Row],
    changes: Sequence[tuple[tuple[int, ...], Sequence[tuple[int, int]]]],
    state_of: Sequence[int],
    u: Ranks,
    i: int,
    c: int,
) -> bool:
    """Whether each improvement of i at a combination is taken from it by changes at the same moment.

    ``changes`` gives the members of each mover and what it can change, from combination to combination.
    """

    def improvements(members: tuple[int, ...], pairs: Sequence[tuple[int, int]]) -> list[int]:
        s = state_of[c]
        return [b for a, b in pairs if a == c and all(u[p][state_of[b]] > u[p][s] for p in members)]

    others = [(m, [None, *improvements(m, pairs)]) for m, pairs in changes if i not in m]
    own = [b for members, pairs in changes if members == (i,) for b in improvements(members, pairs)]
    return all(
        any(_taken(rows, state_of, u, i, c, a, others, choice) for choice in product(*(o for _, o in others)))
        for a in own
    )


def _taken(
    rows: Sequence[Row],
    state_of: Sequence[int],
    u: Ranks,
    i: int,
    c: int,
    a: int,
    others: Sequence[tuple[tuple[int, ...], object]],
    choice: Sequence[int | None],
) -> bool:
    moving = [m for (m, _), b in zip(others, choice, strict=True) if b is not None]
    if len([p for m in moving for p in m]) > len({p for m in moving for p in m}):
        return False  # a party makes one change at a time
    new: dict[int, set[int]] = {axis: set() for axis in range(len(rows[c]))}
    for b in (a, *(b for b in choice if b is not None)):
        for axis, value in enumerate(rows[b]):
            if value != rows[c][axis]:
                new[axis].add(value)
    if any(len(values) > 1 for values in new.values()):
        return False  # an issue cannot take two values
    together = tuple(min(new[axis], default=value) for axis, value in enumerate(rows[c]))
    return together in rows and u[i][state_of[rows.index(together)]] <= u[i][state_of[c]]
