"""Metarationality MR_h: h moves and counter-moves, the opponents doing their worst each time.

After an improvement of the party the opponents may lead on by a legal sequence, then the party may
move once, then the opponents again, h turns in all; whoever has the turn may stop. With one turn this
is Nash stability, with two general metarationality, with three symmetric metarationality.

Notation: u(s) the party's rank of s, R(s) where one move of it leads, R_H(s) where legal sequences of
its opponents lead. What a state is worth to the party with k turns left is

    mine_0 = theirs_0 = u
    mine_k(s)   = max of u(s) and theirs_{k-1} over R(s)
    theirs_k(s) = min of u(s) and mine_{k-1} over R_H(s)

and s is stable with horizon h exactly if mine_h(s) = u(s).
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.graph import GraphModel, Orders
from accordant.model.view import View
from accordant.stability.bounds import bounds
from accordant.stability.foresight.horizons import horizon_of
from accordant.stability.foresight.values import Values, values_of
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.machine import WORTH_THREADS, workers
from accordant.stability.ranks import compact
from accordant.stability.result import Explanation

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]

MOST_LOOKED = 200_000_000
"""States in pairs of unknown order x states up to which each of the former is judged by itself."""

FORMS: tuple[tuple[str, str], ...] = (
    ("mr<h>", "metarationality with h moves and counter-moves, such as mr4"),
    ("mr", "the same with --horizon"),
)

SOURCE = (
    "D.-Z. Zeng, L. Fang, K. W. Hipel, D. M. Kilgour, Generalized metarationalities in the graph model for "
    "conflict resolution, Discrete Applied Mathematics 154 (2006) 2430-2443"
)


def find(name: str, options: Options) -> Further | None:
    """Metarationality by its name, None when the name is not one of its forms.

    Raises
    ------
    InputError
        If the horizon is missing or is no positive number.

    Examples
    --------
    >>> find("mr4", Options()).title
    'metarationality with horizon 4'
    >>> find("mr", Options(horizon=2)).name
    'mr2'
    """
    h = horizon_of(name, "mr", "mr", options)
    if h is None:
        return None
    turns = "one move" if h == 1 else f"{h} moves and counter-moves"
    return Further(
        name=f"mr{h}",
        title=f"metarationality with horizon {h}",
        explanation=f"Within {turns}, the others doing their worst each time, {{party}} cannot make sure of "
        "anything better than what it has.",
        source=SOURCE,
        read=False,
        judge=lambda view: judged(view, h),
        explain=lambda view, state, party: _explained(view, state, party, h),
        unknown=True,
        parameters=((f"horizon of mr{h}", str(h)),),
    )


def metarational(model: GraphModel, orders: Orders, horizon: int, parties: Bools | None = None) -> Bools:
    """Which states are stable for whom with a horizon.

    Parameters
    ----------
    model
        States and moves.
    orders
        Ranks, shape (parties, n).
    horizon
        How many moves and counter-moves, at least one.
    parties
        Which parties to judge, all by default; the others are left False.

    Returns
    -------
    array of bool, shape (parties, n)
    """
    ranks, _ = compact(orders, limit=4 * model.n + 1024)
    kernels = values_of(model)
    stable = np.zeros(ranks.shape, dtype=bool)
    judged = [i for i in range(len(ranks)) if parties is None or parties[i]]

    def run(i: int) -> None:
        stable[i] = Turns(kernels, i, ranks[i]).mine(horizon) == ranks[i]

    if ranks.size < WORTH_THREADS // 4 or workers() < 2 or len(judged) < 2:
        for i in judged:
            run(i)
    else:
        with ThreadPoolExecutor(workers()) as pool:
            list(pool.map(run, judged))
    return stable


class Turns:
    """What states are worth to one party with turns left, as far as it was asked for.

    With one more round (two turns) a worth moves in one direction only, so that from some round on
    nothing changes: any horizon costs as many rounds as it takes to settle.
    """

    def __init__(self, kernels: Values, party: int, u: Int32s) -> None:
        self.kernels, self.party, self.u = kernels, party, u

    def mine(self, turns: int) -> Int32s:
        """Worth with the party to move, shape (n,)."""
        return self.chain(turns, keep=2)[-1]

    def chain(self, turns: int, keep: int | None = None) -> list[Int32s]:
        """Worths with 0, 1, 2, … turns left, the party having the turn with all of them left.

        Once the worths are settled the list ends, with one of them for the party to move last.
        ``keep`` says how many of the last ones to hold on to.
        """
        worths = [self.u]
        for k in range(1, turns + 1):
            mine = (turns - k) % 2 == 0
            worths.append(self._mine(worths[-1]) if mine else self._theirs(worths[-1]))
            if mine and k > 1 and (worths[-1] == worths[-3]).all():
                break
            if keep is not None:
                del worths[: -keep - 1]
        return worths

    def _mine(self, theirs: Int32s) -> Int32s:
        return np.maximum(self.u, self.kernels.highest(self.party, theirs))

    def _theirs(self, mine: Int32s) -> Int32s:
        return np.minimum(self.u, self.kernels.lowest(self.party, mine))


def judged(view: View, horizon: int) -> Judgement:
    """Verdicts in one setting; where an order or some pairs are unknown, what must and may be stable.

    A verdict depends on one party's order only, and of that on what is better than the state it is
    at. So each pair of unknown order counts for two states, and what must and what may be is exact:
    the pairs with a state all turn out against its staying, or all for it.

    A party of whom nothing is known may always be indifferent, and stay. That it must stay is decided
    by the order in which nothing is worse than the state it is at and all else is alike: with a last
    move of its own it then leaves whenever it can, and without one the others have to be able to take
    back every move it has, whatever the horizon.

    Raises
    ------
    TooLargeError
        If so many states stand in pairs of unknown order that judging each would take too long.
    """
    known = np.asarray(view.known, dtype=bool)
    if bool(known.all()):
        stable = metarational(view.model, view.orders, horizon)
        return Judgement(stable, stable)
    based = {i: ranks for i in range(len(known)) if (ranks := paired(view, i)) is not None}
    orders, ranked = view.orders.copy(), known.copy()
    for i, ranks in based.items():
        orders[i], ranked[i] = ranks, True
    must = metarational(view.model, orders, horizon, ranked)
    may = must.copy()
    for i in based:
        _either_way(view, i, orders[i], horizon, must[i], may[i])
    name = "nash" if horizon % 2 else "gmr"
    if not ranked.all():
        silent = bounds(view.model, orders, ranked, [name])[name].must
        must[~ranked], may[~ranked] = silent[~ranked], True
    return Judgement(must, may)


def paired(view: View, party: int) -> NDArray[np.int64] | None:
    """The ranks of a party of whom all is known but some pairs, None for any other."""
    name = view.parties[party]
    return view.base_ranks(name) if len(view.incomparable(name)) else None


def partners(view: View, party: int, state: int) -> NDArray[np.int64]:
    """The states that form a pair of unknown order with a state."""
    pairs = view.incomparable(view.parties[party])
    return np.concatenate([pairs[pairs[:, 0] == state, 1], pairs[pairs[:, 1] == state, 0]])


def turned_out(
    view: View, party: int, state: int, ranks: NDArray[np.int64], *, better: bool
) -> NDArray[np.int64]:
    """Ranks if all states whose order with one is unknown are better than it, or level with it.

    Good for judging that one state only: how the others compare with each other is not kept up.
    """
    u = 2 * ranks
    u[partners(view, party, state)] = u[state] + int(better)
    return u


def _either_way(
    view: View, party: int, ranks: NDArray[np.int64], horizon: int, must: Bools, may: Bools
) -> None:
    """Judge the states that stand in pairs of unknown order, into ``must`` and ``may``."""
    asked = np.unique(view.incomparable(view.parties[party]))
    if len(asked) * view.model.n > MOST_LOOKED:
        raise TooLargeError(
            f"mr{horizon} goes through the moves for each state that stands in a pair of unknown order: "
            f"{len(asked):,} of {view.model.n:,} states do for {view.parties[party]}. Ask it of a smaller "
            "model, or with fewer such pairs"
        )
    kernels = values_of(view.model)
    for s in map(int, asked):
        for verdicts, better in ((must, True), (may, False)):
            u = turned_out(view, party, s, ranks, better=better)
            levels = (np.sign(u - u[s]) + 1).astype(np.int32)  # all that the verdict on s depends on
            verdicts[s] = Turns(kernels, party, levels).mine(horizon)[s] == levels[s]


def _explained(view: View, state: int, party: int, horizon: int) -> Explanation:
    from accordant.stability.foresight.metarational_telling import explain

    return explain(view, state, party, horizon)
