"""Where a side must stay and where it may, when something of the orders is not known.

Under Nash, GMR and SMR both are exact, for all sides at once: every order in question compares one
and the same state with others. Under SEQ and SSEQ outsiders may need a pair of states both ways; there
the side becomes one party of a model in which nobody else has to be judged, and the pairwise
computation looks for a resolution (see ``accordant.stability.pairwise.incomparable``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Mover
from accordant.stability.coalitions.sides import Rule, Side, arcs_of, asked, idle, judge, unpacked
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.concepts import TABLE
from accordant.stability.further import Judgement
from accordant.stability.pairwise import wishes as pairwise
from accordant.stability.pairwise.incomparable import judge_pairs

Bools = NDArray[np.bool_]

NO_PAIRS: pairwise.Pairs = np.zeros((0, 2), dtype=np.int64)


def bounds(side: Side, wishes: Wishes, rule: Rule) -> Judgement:
    """Where a side stays whatever is unknown, and where it may stay, shape (n,).

    ``exact`` where both are attained, for this side by itself.

    Parameters
    ----------
    wishes
        Not willing.

    Raises
    ------
    TooLargeError
        If pairs of states have to be compared and would not fit, with the memory.
    """
    must = judge(side, wishes, rule)
    parties = asked(side, rule)
    if wishes.settled(parties):
        return Judgement(must, must)
    may = judge(side, wishes.as_willing, rule)
    if rule.concept.sanctions != "improvements" or bool((must == may).all()):
        return Judgement(must, may)
    silent = len(wishes.heard(side.members)) < len(side.members)
    if silent and not (rule.together and rule.pareto):
        return Judgement(must, may)  # of a member of whom nothing is known the state may be the best
    if wishes.partly(parties) and not rule.together:
        return _attained(side, wishes, rule)
    return Judgement(must, may, False)


def all_of(found: Sequence[Judgement], sides: Sequence[Side], wishes: Wishes, rule: Rule) -> Judgement:
    """The verdicts on several sides, shape (sides, n): exact where they can be so at once, too.

    Parameters
    ----------
    found
        The verdict on each side by itself.
    """
    must, may = np.stack([j.must for j in found]), np.stack([j.may for j in found])
    exact = all(j.exact for j in found)
    if exact and rule.concept.sanctions == "improvements":
        open_ = may & ~must & may.all(axis=0)
        crowded = open_.sum(axis=0) > 1
        if crowded.any():
            # whoever is unsure of a state may like it best: that holds all who then gain by nothing, at once;
            # to hold another one, outsiders may have to be of another mind
            nash = rule._replace(concept=TABLE["nash"])
            content = np.stack([judge(side, wishes.as_willing, nash) for side in sides])
            exact = not (open_ & ~content)[:, crowded].any()
    return Judgement(must, may, exact)


def _attained(side: Side, wishes: Wishes, rule: Rule) -> Judgement:
    """The same under SEQ and SSEQ, as the verdict of one party on the moves of the side."""
    model, n = side.model, side.model.n
    here = len(model.parties)
    own = arcs_of(side.reached) if side.reach.moves is None else side.reach.moves
    movers = [Mover((p,), idle(None, n)) for p in range(here)]
    alone = GraphModel(model.space, (*model.parties, ""), (*movers, Mover((here,), own), *side.outsiders))
    mine = _Shared(n, None, NO_PAIRS, np.zeros(n, dtype=np.int64), wishes, side.members, rule.pareto)
    found = judge_pairs(alone, [*pairwise_wishes(wishes), mine], rule.concept)
    return Judgement(found.must[here], found.may[here], found.exact)


def pairwise_wishes(wishes: Wishes) -> list[pairwise.Wishes]:
    """What is known of everybody's preference, for the pairwise computation."""
    n = wishes.orders.shape[1]
    ranks = [u if wishes.heard([p]) else None for p, u in enumerate(wishes.orders)]
    flat = np.zeros(n, dtype=np.int64)
    return [pairwise.Wishes(n, u, wishes.pairs.get(p, NO_PAIRS), flat) for p, u in enumerate(ranks)]


@dataclass(frozen=True, eq=False)
class _Shared(pairwise.Wishes):
    """What several parties want together, as the preference of one."""

    shared: Wishes
    members: tuple[int, ...]
    pareto: bool

    @property
    def known(self) -> bool:
        """Whether the orders of all of them are known."""
        return self.shared.settled(self.members)

    def better(self) -> Bools:
        """``[s, t]``: t is surely better than s."""
        return self._relation(True)

    def perhaps_better(self) -> Bools:
        """``[s, t]``: t is possibly better than s."""
        return self._relation(False)

    def _relation(self, sure: bool) -> Bools:
        return unpacked(self.shared.better_words(self.members, pareto=self.pareto, sure=sure))
