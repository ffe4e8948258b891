"""When a side stays: a coalition, or parties that act as one, against everybody else.

A side leaves s for q when it can get there and every member likes q better than s. Being led to t
deters it from that when t is *not* better than s for every member. So with one member all of this
is the classical definition. With several, "not better for all" is no order, but under Nash, GMR and
SEQ minima still do: the others can hold member i to m_i(q) from q on, and the side leaves s if and
only if some q that it can reach has m_i(q) above u_i(s) for *every* member i. Under SMR and SSEQ the
side may go on from where it is led to, and pairs of states are compared.

Where something of the orders is not known, whatever it is, the side stays if it stays when it leaves
for all that is possibly better, only what is surely not better deters it, and outsiders take surely
improving steps only. An order in which every member likes s less than all that it is unsure of makes
all of this so. It may stay if it stays the other way round; of a member of whom nothing is known s
may be the best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Moves, ProductMoves
from accordant.model.moves import arcs_from_pairs
from accordant.stability.coalitions.outdone import outdone
from accordant.stability.coalitions.reach import Fibres, Reach, can_move, fibres_of, outside, reach
from accordant.stability.coalitions.wishes import Wishes
from accordant.stability.concept import Concept
from accordant.stability.option_form import held_to, option_form
from accordant.stability.pairwise.relations import Words, afford, legal_ends
from accordant.stability.ranks import compact
from accordant.stability.readings import Reading
from accordant.stability.verdicts import SMALL, kinds, only

Bools = NDArray[np.bool_]


class Rule(NamedTuple):
    """How a side is judged.

    Attributes
    ----------
    concept
        One of the classical five: what the others may use, and whether the side may go on.
    pareto
        Whether better for some member and worse for none is enough.
    together
        Whether outsiders may form coalitions of their own: then each credible step of theirs is an
        improvement of some coalition of those among them that have moves, alone or with anybody else.
    """

    concept: Concept
    pareto: bool = False
    together: bool = False


@dataclass(frozen=True, eq=False)
class Side:
    """Who leaves, where to, and who may answer. All numbers are those of the model's parties."""

    model: GraphModel
    members: tuple[int, ...]
    reach: Reach
    outsiders: tuple[Mover, ...]
    kept: dict[str, Words] = field(default_factory=dict)

    @cached_property
    def lone(self) -> tuple[GraphModel, tuple[int, ...]]:
        """A model in which every member could make all moves of the side, and outsiders make theirs.

        No member is an opponent of another. With it, for each mover the outsider that it is, or -1.
        """
        moves = self.reach.moves
        none = idle(next((m.moves for m in self.outsiders), moves), self.model.n)
        movers = [Mover((i,), none) for i in range(len(self.model.parties))]
        which = [-1] * len(movers)
        for i in self.members:
            movers[i] = Mover(self.members, none if moves is None else moves)
        for k, m in enumerate(self.outsiders):
            if len(m.parties) == 1:
                movers[m.parties[0]], which[m.parties[0]] = m, k
            else:
                movers.append(m)
                which.append(k)
        return GraphModel(self.model.space, self.model.parties, tuple(movers)), tuple(which)

    def reading(self, wishes: Wishes) -> Reading:
        """Who has to gain by a credible step of each mover of :attr:`lone`."""
        return tuple(None if k < 0 else wishes.gains(self.outsiders[k].parties) for k in self.lone[1])

    @cached_property
    def reached(self) -> Words:
        """Where the side can go, as bit sets."""
        return self.reach.words()

    @cached_property
    def labels(self) -> tuple[NDArray[np.int64], int]:
        """A label for each state, one for states that reach each other, as far as is known; how many."""
        fibres = self.fibres
        if fibres is None:
            return np.arange(self.model.n, dtype=np.int64), self.model.n
        own = len(fibres.shut)
        classes = fibres.class_of.astype(np.int64) if own > 1 else 0
        return np.asarray(fibres.group.astype(np.int64) * own + classes), (len(fibres.start) - 1) * own

    @cached_property
    def fibres(self) -> Fibres | None:
        """The fibres that the side moves in, None where it has none."""
        if self.reach.fibres is not None or self.reach.moves is None:
            return self.reach.fibres
        return fibres_of(self.reach.moves)


def idle(like: Moves | None, n: int) -> Moves:
    """No moves, in the form that others are in."""
    if isinstance(like, ProductMoves):
        return ProductMoves(like.codes, like.shape, (), (), True)
    return ArcMoves(np.zeros(n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), True)


def coalition(model: GraphModel, members: Sequence[int], *, small: int = SMALL) -> Side:
    """A coalition among the parties of a model: it moves by legal sequences of movers within it."""
    return Side(model, tuple(members), reach(model, members, small=small), outside(model, members))


def judge(side: Side, wishes: Wishes, rule: Rule, *, small: int = SMALL) -> Bools:
    """Where a side stays, shape (n,).

    Where something is unknown: where it stays whatever that is; with ``wishes.willing`` where it may
    stay (``bounds`` says whether that is exact).

    Parameters
    ----------
    small
        States up to which pairs of states are compared in any case.

    Raises
    ------
    TooLargeError
        If pairs of states have to be compared and would not fit, with the memory.
    """
    heard = wishes.heard(side.members)
    if wishes.willing and len(heard) < len(side.members):
        return np.ones(side.model.n, dtype=bool)
    # with one more of whom nothing is known, a tie of those who are heard may be an improvement
    ranked = not wishes.partly(asked(side, rule)) and (not rule.pareto or len(side.members) == 1)
    if ranked and len(heard) == 1 and side.reach.moves is not None and not rule.together:
        return _alone(side, heard[0], wishes, rule.concept)
    if ranked and heard and side.model.n > small:
        found = _swept(side, heard, wishes, rule)
        if found is not None:
            return found
    return _compared(side, wishes, rule)


def asked(side: Side, rule: Rule) -> Sequence[int]:
    """The parties whose orders a verdict depends on."""
    if rule.concept.sanctions != "improvements":
        return side.members
    others = answering(side) if rule.together else {p for m in side.outsiders for p in m.parties}
    return [*side.members, *others]


def _alone(side: Side, member: int, wishes: Wishes, concept: Concept) -> Bools:
    """One member decides: the classical verdict, from the classical kernels."""
    asked = np.zeros(len(side.model.parties), dtype=bool)
    asked[member] = True
    model, kind = side.lone[0], concept.kind
    found: Bools = kinds(model, wishes.orders, side.reading(wishes), only(kind), asked)
    stays: Bools = found[kind, member]
    return stays


def _swept(side: Side, heard: Sequence[int], wishes: Wishes, rule: Rule) -> Bools | None:
    """Nash, GMR and SEQ in option form, without comparing all pairs; None where that does not do."""
    fibres, concept = side.fibres, rule.concept
    if fibres is None or concept.answers or rule.pareto or rule.together:
        return None
    ranks, _ = compact(wishes.orders)
    u = v = np.ascontiguousarray(ranks[list(heard)])
    if concept.sanctions != "none" and side.outsiders:
        form = option_form(side.lone[0])
        if form is None:
            return None
        improving = concept.sanctions == "improvements"
        v = held_to(form, ranks, side.reading(wishes), heard, improving=improving)
    return ~outdone(fibres, u, v)


def _compared(side: Side, wishes: Wishes, rule: Rule) -> Bools:
    """Any concept, by pairs of states."""
    from accordant.stability.kernels import coalitions as kernel

    n, concept = side.model.n, rule.concept
    afford(4 * n * -(-n // 64) * 8, n)
    better = wishes.better_words(side.members, pareto=rule.pareto, sure=wishes.willing)
    leaves = np.empty(n, dtype=bool)
    kernel.meet(side.reached, better, leaves)
    if concept.sanctions == "none" or not leaves.any():
        return ~leaves
    deters = ~better
    if concept.answers:
        kernel.keep_held(side.reached, better, leaves, *side.labels, deters)
    holds = np.empty(n, dtype=bool)
    kernel.answered(side.reached, better, _ends(side, wishes, rule), deters, holds)
    return holds


def _ends(side: Side, wishes: Wishes, rule: Rule) -> Words:
    """Where outsiders can lead from each state."""
    if rule.concept.sanctions == "improvements":
        return legal_ends([a for _, a in credible_steps(side, wishes, rule)], side.model.n).words
    if "any" not in side.kept:
        side.kept["any"] = legal_ends([m.moves.arcs for m in side.outsiders], side.model.n).words
    return side.kept["any"]


def credible_steps(side: Side, wishes: Wishes, rule: Rule) -> Iterator[tuple[Mover, ArcMoves]]:
    """The steps of outsiders, or of coalitions among them, that improve on where they are made from.

    Surely; possibly where ``wishes.willing``.
    """
    if rule.together:
        yield from _joint_steps(side, wishes, rule)
        return
    for mover in side.outsiders:
        if wishes.willing or len(wishes.heard(mover.parties)) == len(mover.parties):
            yield mover, wishes.steps(mover.moves.arcs, mover.parties, sure=not wishes.willing)


def answering(side: Side) -> list[int]:
    """The outsiders who may form coalitions: all that have moves, be it together with a member."""
    able = {p for m in side.model.movers if can_move(m.moves) for p in m.parties}
    return sorted(able - set(side.members))


def _joint_steps(side: Side, wishes: Wishes, rule: Rule) -> Iterator[tuple[Mover, ArcMoves]]:
    """Improvements of every coalition among the outsiders, each one step."""
    able, n = answering(side), side.model.n
    afford(n * n * 2, n)
    for size in range(1, len(able) + 1):
        for members in combinations(able, size):
            if not wishes.willing and len(wishes.heard(members)) < len(members):
                continue
            key = f"reach {members}"
            if key not in side.kept:
                side.kept[key] = reach(side.model, members).words()
            better = wishes.better_words(members, pareto=rule.pareto, sure=not wishes.willing)
            arcs = arcs_of(side.kept[key] & better)
            yield Mover(members, arcs), arcs


def arcs_of(words: Words) -> ArcMoves:
    """Sets of states as arcs, the state itself left out.

    Examples
    --------
    >>> arcs_of(np.array([[3], [1]], dtype=np.uint64)).targets.tolist()
    [1, 0]
    """
    sources, targets = np.nonzero(unpacked(words))
    return arcs_from_pairs(len(words), sources, targets, transitive=False)


def unpacked(words: Words) -> Bools:
    """Sets of states as a matrix.

    Examples
    --------
    >>> unpacked(np.array([[3], [1]], dtype=np.uint64)).astype(int).tolist()
    [[1, 1], [1, 0]]
    """
    n = len(words)
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1, bitorder="little")
    return np.asarray(bits[:, :n] != 0)
