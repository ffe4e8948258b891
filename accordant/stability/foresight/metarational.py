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
    """Verdicts in one setting; where an order is unknown, what must and what may be stable.

    A verdict depends on one party's order only. A party of unknown order may always be indifferent,
    and stay. That it must stay is decided by the order in which nothing is worse than the state it
    is at and all else is alike: with a last move of its own it then leaves whenever it can, and
    without one the others have to be able to take back every move it has, whatever the horizon.
    """
    known = np.asarray(view.known, dtype=bool)
    stable = metarational(view.model, view.orders, horizon, known)
    if bool(known.all()):
        return Judgement(stable, stable)
    name = "nash" if horizon % 2 else "gmr"
    must = bounds(view.model, view.orders, known, [name])[name].must
    rows = known[:, None]
    return Judgement(np.where(rows, stable, must), np.where(rows, stable, True))


def _explained(view: View, state: int, party: int, horizon: int) -> Explanation:
    from accordant.stability.foresight.metarational_telling import explain

    return explain(view, state, party, horizon)
