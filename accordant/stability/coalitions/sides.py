"""When a side stays: a coalition, or parties that act as one, against everybody else.

A side leaves s for q when it can get there and every member likes q better than s. Being led to t
deters it from that when t is *not* better than s for every member. So with one member all of this
is the classical definition. With several, "not better for all" is no order, but under Nash, GMR and
SEQ minima still do: the others can hold member i to m_i(q) from q on, and the side leaves s if and
only if some q that it can reach has m_i(q) above u_i(s) for *every* member i. Under SMR and SSEQ the
side may go on from where it is led to, and pairs of states are compared.

Where the orders of some members are not known: whatever they are, the side stays wherever it would
stay with the known members alone (an unknown member may like s least of all, so that it strikes no
improvement and adds no sanction but s itself, which is one already); and it may always stay, because
an unknown member may like nothing better than s.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Moves, Orders, ProductMoves
from accordant.model.moves import arcs_from_pairs
from accordant.stability.coalitions.outdone import better_words, outdone
from accordant.stability.coalitions.reach import Fibres, Reach, fibres_of, outside, reach
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
        improvement of some coalition of those among them who can move.
    """

    concept: Concept
    pareto: bool = False
    together: bool = False


@dataclass(frozen=True, eq=False)
class Wishes:
    """What everybody wants, and how parties of unknown order are read.

    Attributes
    ----------
    orders
        Ranks of all parties of the model, shape (parties, n); rows of unknown parties are not read.
    known
        For each party whether its order is known.
    willing
        False: parties of unknown order never gain by a step; True: they gain by every step.
    """

    orders: Orders
    known: Bools
    willing: bool = False

    def gains(self, parties: Sequence[int]) -> tuple[int, ...] | None:
        """Who of those who step together has to gain by it; None where they take no such step."""
        if not self.willing and not all(self.known[p] for p in parties):
            return None
        return tuple(p for p in parties if self.known[p])

    def credible(self, mover: Mover) -> ArcMoves | None:
        """The steps of a mover that improve on the state they are made from; None for none at all."""
        who = self.gains(mover.parties)
        return None if who is None else gaining(mover.moves.arcs, self.orders, who)


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
        idle = _idle(next((m.moves for m in self.outsiders), moves), self.model.n)
        movers = [Mover((i,), idle) for i in range(len(self.model.parties))]
        which = [-1] * len(movers)
        for i in self.members:
            movers[i] = Mover(self.members, idle if moves is None else moves)
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


def _idle(like: Moves | None, n: int) -> Moves:
    """No moves, in the form that others are in."""
    if isinstance(like, ProductMoves):
        return ProductMoves(like.codes, like.shape, (), (), True)
    return ArcMoves(np.zeros(n + 1, dtype=np.int64), np.zeros(0, dtype=np.int32), True)


def coalition(model: GraphModel, members: Sequence[int], *, small: int = SMALL) -> Side:
    """A coalition among the parties of a model: it moves by legal sequences of movers within it."""
    return Side(model, tuple(members), reach(model, members, small=small), outside(model, members))


def judge(side: Side, wishes: Wishes, rule: Rule, *, small: int = SMALL) -> Bools:
    """Where a side stays, shape (n,).

    Where orders are unknown: where it stays whatever they are; with ``wishes.willing`` where it may
    stay (exact, unless unknown outsiders matter and somebody's moves do not compose).

    Parameters
    ----------
    small
        States up to which pairs of states are compared in any case.

    Raises
    ------
    TooLargeError
        If pairs of states have to be compared and would not fit, with the memory.
    """
    heard = [i for i in side.members if wishes.known[i]]
    if wishes.willing and len(heard) < len(side.members):
        return np.ones(side.model.n, dtype=bool)
    if len(heard) == 1 and side.reach.moves is not None and not rule.together:
        return _alone(side, heard[0], wishes, rule.concept)
    if heard and side.model.n > small:
        found = _swept(side, heard, wishes, rule)
        if found is not None:
            return found
    return _compared(side, heard, wishes, rule)


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


def _compared(side: Side, heard: Sequence[int], wishes: Wishes, rule: Rule) -> Bools:
    """Any concept, by pairs of states."""
    from accordant.stability.kernels import coalitions as kernel

    n, concept = side.model.n, rule.concept
    afford(4 * n * -(-n // 64) * 8, n)
    better = better_words(wishes.orders, heard, pareto=rule.pareto)
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
    """The steps of outsiders, or of coalitions among them, that improve on where they are made from."""
    if rule.together:
        yield from _joint_steps(side, wishes, rule)
        return
    for mover in side.outsiders:
        arcs = wishes.credible(mover)
        if arcs is not None:
            yield mover, arcs


def _joint_steps(side: Side, wishes: Wishes, rule: Rule) -> Iterator[tuple[Mover, ArcMoves]]:
    """Improvements of every coalition among the outsiders, each one step."""
    able = sorted({p for m in side.outsiders for p in m.parties})
    n = side.model.n
    afford(n * n * 2, n)
    for size in range(1, len(able) + 1):
        for members in combinations(able, size):
            who = wishes.gains(members)
            if who is None:
                continue
            key = f"reach {members}"
            if key not in side.kept:
                side.kept[key] = reach(side.model, members).words()
            words = side.kept[key]
            if who:
                words = words & better_words(wishes.orders, who, pareto=rule.pareto)
            arcs = arcs_of(words)
            yield Mover(members, arcs), arcs


def arcs_of(words: Words) -> ArcMoves:
    """Sets of states as arcs, the state itself left out.

    Examples
    --------
    >>> arcs_of(np.array([[3], [1]], dtype=np.uint64)).targets.tolist()
    [1, 0]
    """
    n = len(words)
    bits = np.unpackbits(np.ascontiguousarray(words).view(np.uint8), axis=1, bitorder="little")[:, :n]
    sources, targets = np.nonzero(bits)
    return arcs_from_pairs(n, sources, targets, transitive=False)


def gaining(arcs: ArcMoves, orders: Orders, who: Sequence[int]) -> ArcMoves:
    """The arcs that lead each of some parties to something it likes better."""
    n = len(arcs.indptr) - 1
    sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
    keep = np.ones(len(sources), dtype=bool)
    for p in who:
        keep &= orders[p, arcs.targets] > orders[p, sources]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(sources[keep], minlength=n))]).astype(np.int64)
    return ArcMoves(indptr, arcs.targets[keep], transitive=not keep.any())
