"""Limited moves and metarationality word for word, by going through the game tree.

Slow on purpose. The tree of limited moves is gone through once for every way of breaking ties; that of
metarationality asks at each node whether the opponents can still hold the party.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
    opponents = model.opponents(i)

    def kept_by_them(q: int, turns: int) -> bool:
        """The opponents have the turn at q: they may stop, or lead on."""
        if u[i][q] <= u[i][s]:
            return True
        if turns == 0:
            return False
        ends = coalition_reachable(opponents, q, any_move)
        return any(kept_from_it(t, turns - 1) for t in sorted(ends))

    def kept_from_it(t: int, turns: int) -> bool:
        """The party has the turn at t: neither stopping nor any move may lead to anything better."""
        if u[i][t] > u[i][s]:
            return False
        return turns == 0 or all(kept_by_them(q, turns - 1) for q in sorted(reachable(model, i, t)))

    improvements = [q for q in reachable(model, i, s) if u[i][q] > u[i][s]]
    return all(kept_by_them(q, h - 1) for q in improvements)
