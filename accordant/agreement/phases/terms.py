"""Guarantees and inducements in force: a case whose worths and moves they have changed.

A term adds to a party's worth in the states in which it applies, and makes some of a party's own
moves impossible. Both change the compiled case, so that every analysis of it can be asked with the
terms and without. What a term adds without a condition is added everywhere: no order changes by it,
and only a deal in stages, which pays it while the deal stands, makes use of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.frame import Frame, Truths
from accordant.model.graph import ArcMoves, GraphModel, Mover, ProductMoves
from accordant.model.moves import arcs_from_pairs
from accordant.model.preferences import ROOM, Held, PartyOrder, Score
from accordant.model.settings import AS_WRITTEN, Setting
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.stability.explain import unknown

Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Bar:
    """A party's own moves from some states to some states, which a term makes impossible."""

    term: str
    party: str
    start: Bools
    end: Bools


class Termed(Compiler):
    """A case with some of its guarantees and inducements in force.

    Parameters
    ----------
    base
        The case without them.
    terms
        Ids of the terms.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}, "fund": {"role": "mediator"}},
    ...     "issues": {"x": {"by": "a"}}, "status_quo": {"x": "no"},
    ...     "preferences": {"a": {"worth": {"x": {"no": 1, "yes": 0}}}},
    ...     "terms": {"aid": {"by": "fund", "kind": "inducement", "if": "x", "worth": {"a": "1.5"}}}})
    >>> [compiler.view().orders[0].tolist() for compiler in (Compiler(case), Termed(Compiler(case), ["aid"]))]
    [[1, 0], [0, 1]]
    """

    def __init__(self, base: Compiler, terms: Sequence[str]) -> None:
        super().__init__(base.case)
        self.base, self.terms = base, tuple(dict.fromkeys(terms))
        self._worthier: dict[frozenset[str], Mapping[str, PartyOrder]] = {}
        self._barred: dict[Frame, Frame] = {}

    def space(self, off: frozenset[str] = frozenset()) -> StateSpace:
        """The states, which terms do not change."""
        return self.base.space(off)

    def orders(self, off: frozenset[str] = frozenset()) -> Mapping[str, PartyOrder]:
        """Everybody's order, with what the terms add to worths."""
        if off not in self._worthier:
            found = dict(self.base.orders(off))
            tables = Truths(self.case, self.space(off))
            for id_ in self.terms:
                term = self.case.terms[id_]
                if term.if_ is None:
                    continue
                holds = tables.holds(term.if_, f"terms.{id_}.if")
                for party, worth in term.worth.items():
                    if party in found:
                        found[party] = with_worth(found[party], f"terms.{id_}", holds, Fraction(worth))
            self._worthier[off] = found
        return self._worthier[off]

    def view(self, setting: Setting = AS_WRITTEN) -> View:
        """States, moves and orders in one setting, without the moves that the terms remove."""
        found = super().view(setting)
        frame = found.frame
        if frame not in self._barred:
            self._barred[frame] = replace(frame, model=without(frame.model, self.bars(found)))
        return View(self._barred[frame], setting)

    def bars(self, view: View) -> tuple[Bar, ...]:
        """The moves that the terms remove."""
        tables = Truths(self.case, view.space)
        everywhere = np.ones(view.space.n, dtype=bool)
        found = []
        for id_ in self.terms:
            term = self.case.terms[id_]
            applies = everywhere if term.if_ is None else tables.holds(term.if_, f"terms.{id_}.if")
            for k, removal in enumerate(term.removes):
                path = f"terms.{id_}.removes[{k}]"
                start = applies if removal.if_ is None else applies & tables.holds(removal.if_, f"{path}.if")
                found.append(Bar(id_, removal.party, start, tables.holds(removal.to, f"{path}.to")))
        return tuple(found)


def with_worth(order: PartyOrder, element: str, holds: Bools, worth: Fraction) -> PartyOrder:
    """A party's order with a worth added where something holds; unchanged where it has no numbers.

    Examples
    --------
    >>> order = PartyOrder((), (), Score("a.worth", np.array([1, 3]), scale=2))
    >>> more = with_worth(order, "terms.aid", np.array([True, False]), Fraction(1, 3)).score
    >>> more.ranks_in(frozenset()).tolist(), more.scale
    ([5, 9], 6)
    """
    if order.base is not None:
        return replace(order, base=with_worth(order.base, element, holds, worth))
    if order.score is None or not order.score.cardinal:
        return order
    scale = lcm(order.score.scale, worth.denominator)
    factor, more = scale // order.score.scale, int(worth * scale)
    score = _times(order.score, factor, more)
    added = np.where(holds, more, 0).astype(score.ranks.dtype)
    held = order.reservation
    return replace(
        order,
        score=replace(score, terms=(*score.terms, (element, added)), scale=scale),
        reservation=held and _held(held, factor),
    )


def _times(score: Score, factor: int, more: int) -> Score:
    """The same worths on a finer scale, in Python's integers where 64 bits might not hold the sums."""
    arrays = (score.ranks, *(worth for _, worth in score.terms))
    most = sum(max(abs(int(a.max(initial=0))), abs(int(a.min(initial=0)))) for a in arrays) * factor
    kind = object if most + abs(more) >= ROOM else score.ranks.dtype
    terms = tuple((element, worth.astype(kind) * factor) for element, worth in score.terms)
    spread = None if score.spread is None else score.spread.times(factor)
    return replace(score, ranks=score.ranks.astype(kind) * factor, terms=terms, spread=spread)


def _held(held: Held, factor: int) -> Held:
    low, high = (None if end is None else end * factor for end in (held.low, held.high))
    return replace(held, low=low, high=high)


def without(model: GraphModel, bars: Sequence[Bar]) -> GraphModel:
    """The same states with fewer moves: what each party can no longer do alone.

    What a party does together with others is a move of all of them and stays.
    """
    if not bars:
        return model
    movers = list(model.movers)
    for k, party in enumerate(model.parties):
        mine = [bar for bar in bars if bar.party == party]
        if mine:
            moves = movers[k].moves
            fewer = _by_value(moves, mine) if isinstance(moves, ProductMoves) else None
            movers[k] = Mover((k,), _kept(model, k, mine) if fewer is None else fewer)
    return GraphModel(model.space, model.parties, tuple(movers))


def _by_value(moves: ProductMoves, bars: Sequence[Bar]) -> ProductMoves | None:
    """The moves of somebody with one issue, where what is barred turns on its values alone.

    The form of the moves is kept, and with it analyses that list no arcs; None where it cannot be.
    """
    if len(moves.axes) != 1:
        return None  # with two issues a move to a barred value may be one that changes the other
    column, size = moves.codes[:, moves.axes[0]], moves.shape[moves.axes[0]]
    allowed = moves.allowed[0].copy()
    for bar in bars:
        start, end = (_values(column, size, some) for some in (bar.start, bar.end))
        if start is None or end is None:
            return None
        allowed &= ~(start[:, None] & end[None, :])
    np.fill_diagonal(allowed, val=True)
    step = allowed.astype(np.int64)
    transitive = not ((step @ step > 0) & ~allowed).any()
    return replace(moves, allowed=(allowed,), transitive=transitive)


def _values(column: NDArray[np.integer], size: int, holds: Bools) -> Bools | None:
    """The values of an issue where something holds; None where that turns on other issues too."""
    found = np.zeros(size, dtype=bool)
    found[column[holds]] = True
    return found if np.array_equal(found[column], holds) else None


def _kept(model: GraphModel, party: int, bars: Sequence[Bar]) -> ArcMoves:
    arcs = model.movers[party].moves.arcs
    start = np.repeat(np.arange(model.n), np.diff(arcs.indptr))
    keep = np.ones(len(start), dtype=bool)
    for bar in bars:
        keep &= ~(bar.start[start] & bar.end[arcs.targets])
    return arcs_from_pairs(model.n, start[keep], arcs.targets[keep])


def terms_of(
    case: Case, proposal: str, add: Sequence[str] = (), leave_out: Sequence[str] = ()
) -> tuple[str, ...]:
    """The terms of a proposal, with some added and some left out.

    Raises
    ------
    InputError
        If a term is unknown, or one that is left out is no part of the proposal.
    """
    own = case.proposals[proposal].terms if proposal in case.proposals else ()
    for id_ in (*add, *leave_out):
        if id_ not in case.terms:
            raise unknown("term", id_, tuple(case.terms))
    for id_ in leave_out:
        if id_ not in (*own, *add):
            raise InputError(f"the term {id_} is no part of {proposal}, so that it cannot be left out")
    return tuple(t for t in dict.fromkeys((*own, *add)) if t not in leave_out)


def unapplied(case: Case, terms: Sequence[str]) -> tuple[str, ...]:
    """What terms cannot do, in words: they add to the worths of parties that have given no numbers."""
    said = []
    for id_ in terms:
        for party, worth in case.terms[id_].worth.items():
            preference = case.preferences.get(party)
            if preference is None or not preference.cardinal:
                name, who = case.terms[id_].name or id_, case.party_name(party)
                said.append(
                    f"{name} adds {worth} to the worth of {who}, which has given no numbers: this cannot be "
                    f"applied without worths (preferences.{party}.worth)."
                )
    return tuple(said)
