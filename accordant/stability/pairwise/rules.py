"""What a concept makes of relations: when a party leaves, what deters it, who is believed to step.

One :class:`Rules` serves every concept that compares states by relations; the verdict and its
explanation read the same one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover
from accordant.stability.pairwise.relations import answered, held, legal_ends, restricted, sequences_from
from accordant.stability.sequences import Step

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Rules:
    """What decides whether one party stays, as relations read from the state that it starts from.

    Attributes
    ----------
    leaves
        ``leaves[s, q]``: the party would go from s to q if it has that move.
    sanction
        ``sanction[s, t]``: being led to t deters the party from leaving s; None where nothing does.
    credible
        For a mover ``credible(mover)[s, t]``: it would take the step from s to t; None where
        opponents may use any move.
    safe
        ``safe[s, x]``: that the party can go on to x after a sanction does not undo it; None where
        it may not move again.
    """

    leaves: Bools
    sanction: Bools | None = None
    credible: Callable[[Mover], Bools] | None = None
    safe: Bools | None = None

    def steps(self, mover: Mover) -> ArcMoves:
        """What a mover can be expected to do."""
        arcs = mover.moves.arcs
        return arcs if self.credible is None else restricted(arcs, self.credible(mover))


def everybody(relations: Sequence[Bools]) -> Callable[[Mover], Bools]:
    """What holds for every member of a mover, from one relation per party.

    Examples
    --------
    >>> from accordant.model.moves import arcs_from_pairs
    >>> some = np.array([[0, 1], [0, 0]], dtype=bool)
    >>> pair = Mover((0, 1), arcs_from_pairs(2, np.zeros(0, int), np.zeros(0, int)))
    >>> everybody([some, ~some])(pair).any()
    np.False_
    """

    def of(mover: Mover) -> Bools:
        return np.asarray(np.logical_and.reduce([relations[p] for p in mover.parties]))

    return of


def stable(model: GraphModel, party: int, rules: Rules) -> Bools:
    """Which states are stable for a party by its rules, shape (n,).

    Raises
    ------
    TooLargeError
        If the sets of ends would not fit.
    """
    own = model.movers[party].moves.arcs
    leave = restricted(own, rules.leaves)
    if rules.sanction is None:
        return np.asarray(np.diff(leave.indptr) == 0)
    ends = legal_ends([rules.steps(m) for m in model.opponents(party)], model.n)
    return answered(leave, ends, deterring(model, party, rules))


def deterring(model: GraphModel, party: int, rules: Rules) -> Bools:
    """The sanctions that count: those that the party cannot undo, where it may move again."""
    if rules.sanction is None:
        return np.zeros((model.n, model.n), dtype=bool)
    if rules.safe is None:
        return rules.sanction
    return held(rules.sanction, model.movers[party].moves.arcs, rules.safe)


def sanction_of(
    model: GraphModel, party: int, rules: Rules, state: int, improvement: int
) -> tuple[Step, ...] | None:
    """The shortest legal sequence that deters a party from leaving a state for another one.

    Only rows of ``state`` are read from the party's own relations.

    Returns
    -------
    tuple of Step or None
        None where nothing deters it.
    """
    if rules.sanction is None:
        return None
    movers = model.opponents(party)
    steps = [rules.steps(m) for m in movers]
    own = model.movers[party].moves

    def deters(end: int) -> bool:
        if rules.sanction is None or not rules.sanction[state, end]:
            return False
        return rules.safe is None or bool(rules.safe[state, own.from_state(end)].all())

    found = sequences_from(movers, steps, model.n, improvement)
    return next((s for s in found if deters(s[-1].end)), None)
