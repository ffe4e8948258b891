"""What must be and what may be stable when some parties' orders are wholly unknown.

An unknown order may be any weak order. What is exact, and why (i is the party that is judged, s the
state, H its opponents):

* i unknown, may: always. Indifference leaves i no improvement.
* i unknown, must: the worst order puts s alone at the bottom, everything else level. Then every
  move of i is an improvement, and only s itself is no better than s. Under GMR and SEQ every move
  must therefore be one that H can undo; under Nash, SMR and SSEQ i must have no move, because from
  s it can always leave again.
* i known, Nash, GMR, SMR: other orders do not enter.
* i known, SEQ and SSEQ, must: more credible steps of H only help, and a party that is indifferent
  between all states takes none.
* i known, SEQ and SSEQ, may: give every unknown opponent the order in which states fewer steps away
  from the states that deter i are better, steps of unknown opponents being free. Every step of a
  shortest way is then an improvement for whoever of them makes it, for all improvements of i at
  once. This needs the number of steps to depend on the state alone; where the last mover must be
  tracked it may not, and "may" is then an upper bound.

All parties at once, under one order of each unknown party: *must* is exact, being a conjunction over
orders and parties. *May* is exact for Nash, GMR and SMR (let all unknown parties be indifferent).
For SEQ and SSEQ two parties may need an unknown one to move in opposite directions; what one order
shows to be possible is exact, what all orders of a small model refute is exact, and the rest is
marked as a bound.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel, Orders, ProductMoves
from accordant.stability.concept import Concept
from accordant.stability.concepts import find
from accordant.stability.readings import Reading, indifferent, plain, willing
from accordant.stability.verdicts import kinds, kinds_batch, only
from accordant.stability.weak_orders import how_many, weak_orders
from accordant.stability.witnesses import witnessed

Bools = NDArray[np.bool_]

MOST_ORDERS = 50_000
"""Combinations of weak orders up to which all are tried."""

MOST_STEPS = 200_000_000
"""Arcs followed up to which every state is asked whether its leavers can be brought back."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """Stable whatever the unknown orders are, and stable under some.

    ``exact`` says where both are attained; elsewhere ``must`` may be too small and ``may`` too
    large, never the other way round. Unpacks as ``must, may``. Arrays have the shape
    (parties, n), or (n,) for equilibria.
    """

    must: Bools
    may: Bools
    exact: Bools

    def __iter__(self) -> Iterator[Bools]:
        return iter((self.must, self.may))

    def __getitem__(self, end: int) -> Bools:
        return (self.must, self.may)[end]


@dataclass(frozen=True, eq=False)
class EquilibriumBounds:
    """Bounds per concept on which states are equilibria, arrays of the shape (n,)."""

    bounds: Mapping[str, Bounds]

    @property
    def exact(self) -> bool:
        """Whether every bound of every concept is attained."""
        return all(bool(b.exact.all()) for b in self.bounds.values())

    def __getitem__(self, concept: str) -> Bounds:
        return self.bounds[concept]


def bounds(
    model: GraphModel, orders: Orders, known: Sequence[bool] | Bools, concepts: Iterable[str] | None = None
) -> dict[str, Bounds]:
    """For each concept what is stable for whom under all unknown orders, and under some.

    Parameters
    ----------
    model
        States and moves.
    orders
        Ranks, shape (parties, n); rows of unknown parties are not read.
    known
        For each party whether its order is known.
    concepts
        Names of solution concepts; all of them by default.

    Raises
    ------
    InputError
        If a concept is unknown.

    Examples
    --------
    >>> import numpy as np
    >>> from accordant.model.graph import GraphModel, Mover
    >>> from accordant.model.moves import arcs_from_pairs
    >>> from accordant.model.space import StateSpace
    >>> space = StateSpace((), (), np.zeros((2, 0), dtype=np.uint8), np.arange(2, dtype=np.int32), 2)
    >>> there, back = (arcs_from_pairs(2, np.array([a]), np.array([1 - a])) for a in (0, 1))
    >>> model = GraphModel(space, ("a", "b"), (Mover((0,), there), Mover((1,), back)))
    >>> must, may = bounds(model, np.array([[0, 1], [0, 0]]), [True, False], ["seq"])["seq"]
    >>> must.astype(int).tolist(), may.astype(int).tolist()
    ([[0, 1], [1, 1]], [[1, 1], [1, 1]])
    """
    sure = np.asarray(known, dtype=bool)
    return {c.name: _bounds(model, np.asarray(orders, dtype=np.int64), sure, c) for c in find(concepts)}


def equilibrium_bounds(
    model: GraphModel,
    orders: Orders,
    known: Sequence[bool] | Bools,
    concepts: Iterable[str] | None = None,
    states: NDArray[np.intp] | None = None,
) -> EquilibriumBounds:
    """For each concept which states are equilibria under all unknown orders, and under some.

    All parties are judged under one order of each unknown party. Arguments as in :func:`bounds`; of
    ``states`` only, if given, it is looked for an order that shows a bound to be attained.
    """
    sure = np.asarray(known, dtype=bool)
    given = np.asarray(orders, dtype=np.int64)
    return EquilibriumBounds({c.name: _equilibria(model, given, sure, c, states) for c in find(concepts)})


def bounds_of(model: GraphModel, orders: Orders, known: Bools, concept: Concept) -> tuple[Bounds, Bounds]:
    """Bounds per party and on equilibria, under one concept."""
    return _bounds(model, orders, known, concept), _equilibria(model, orders, known, concept)


def always_alone(
    model: GraphModel, party: int, concepts: Iterable[str], states: NDArray[np.intp]
) -> dict[str, Bools]:
    """Where a party of unknown order is stable whatever it is, under concepts that ask nobody else's.

    Only of ``states`` is it asked whether the others can undo its moves; elsewhere the answer may be
    False although it is stable.

    Raises
    ------
    InputError
        If a concept is unknown.
    """
    orders, known = np.zeros((len(model.parties), model.n), dtype=np.int64), ~_alone(model, party)
    stays = ~_has_moves(model, party)
    return {c.name: _always(model, orders, known, c, party, stays.copy(), states)[0] for c in find(concepts)}


def _kind(model: GraphModel, orders: Orders, reading: Reading, kind: int) -> Bools:
    verdicts: Bools = kinds(model, orders, reading, only(kind))[kind]
    return verdicts


@dataclass(frozen=True, eq=False)
class _Parts:
    """Bounds per party, with the exactness of each side apart."""

    must: Bools
    may: Bools
    must_exact: Bools
    may_exact: Bools


def _bounds(model: GraphModel, orders: Orders, known: Bools, concept: Concept) -> Bounds:
    parts = _parts(model, orders, known, concept)
    exact = parts.must_exact & parts.may_exact
    if not exact.all() and _few(model, known):
        every = _under_all_orders(model, orders, known, concept)
        return _tried(every)
    return Bounds(parts.must, parts.may, exact)


def _parts(model: GraphModel, orders: Orders, known: Bools, concept: Concept) -> _Parts:
    must = _kind(model, orders, indifferent(model, known), concept.kind)
    may, must_exact, may_exact = must.copy(), np.ones_like(must), np.ones_like(must)
    if not known.all() and concept.sanctions == "improvements":
        may = _kind(model, orders, willing(model, known), concept.kind)
        for i in map(int, np.flatnonzero(known)):
            may_exact[i] = True if not _tracked(model, i, known) else must[i] == may[i]
    for i in map(int, np.flatnonzero(~known)):
        must[i], must_exact[i] = _always(model, orders, known, concept, i)
        may[i], may_exact[i] = True, True
    return _Parts(must, may, must_exact, may_exact)


def _tracked(model: GraphModel, party: int, known: Bools) -> bool:
    """Whether an unknown opponent matters and somebody's moves do not compose."""
    opponents = model.opponents(party)
    open_ = any(not known[p] for m in opponents for p in m.parties)
    return open_ and not all(m.moves.transitive for m in opponents)


def _has_moves(model: GraphModel, party: int) -> Bools:
    """Where a party has a move: to a state of higher number, or to one of lower."""
    alone, orders = _alone(model, party), np.zeros((len(model.parties), model.n), dtype=np.int64)
    orders[party] = np.arange(model.n)
    stays = [kinds(model, o, plain(model), only(0), alone)[0, party] for o in (orders, -orders)]
    return np.asarray(~(stays[0] & stays[1]))


def _alone(model: GraphModel, party: int) -> Bools:
    alone = np.zeros(len(model.parties), dtype=bool)
    alone[party] = True
    return alone


def _always(
    model: GraphModel,
    orders: Orders,
    known: Bools,
    concept: Concept,
    party: int,
    stays: Bools | None = None,
    states: NDArray[np.intp] | None = None,
) -> tuple[Bools, Bools]:
    """Where a party of unknown order is stable whatever it is, and where that is exact.

    ``stays`` says where it has no move, if that is known already; it is written to. Of ``states``
    only, if given, it is asked whether its moves can be undone.
    """
    stays = ~_has_moves(model, party) if stays is None else stays
    exact = np.ones(model.n, dtype=bool)
    if concept.sanctions == "none" or concept.answers or not _may_be_undone(model, party):
        return stays, exact
    asked = np.flatnonzero(~stays) if states is None else states[~stays[states]]
    if len(asked) == 0:
        return stays, exact
    if len(asked) * model.n > MOST_STEPS or model.more_arcs(MOST_STEPS // len(asked)):
        exact[asked] = False
        return stays, exact
    stays[asked] = _undone(model, orders, known, concept, party, asked)
    return stays, exact


def _may_be_undone(model: GraphModel, party: int) -> bool:
    """Whether opponents share an issue with the party, so that they could undo its moves."""
    products = [m.moves for m in (model.movers[party], *model.opponents(party))]
    if not all(isinstance(m, ProductMoves) for m in products):
        return True
    own, *others = (set(m.axes) for m in products if isinstance(m, ProductMoves))
    return any(own & axes for axes in others)


def _undone(
    model: GraphModel, orders: Orders, known: Bools, concept: Concept, party: int, states: NDArray[np.intp]
) -> Bools:
    """Whether the opponents can undo every move of the party, state by state: s alone at the bottom."""
    alone = _alone(model, party)
    at_once = max(1, 4_000_000 // max(1, orders.size))
    answers = []
    for some in np.array_split(states, -(-len(states) // at_once)):
        worst = np.repeat(orders[None], len(some), axis=0)
        worst[:, party] = 1
        worst[np.arange(len(some)), party, some] = 0
        stable = kinds_batch(model, worst, indifferent(model, known), only(concept.kind), alone)
        answers.append(stable[concept.kind, np.arange(len(some)), party, some])
    return np.concatenate(answers)


def _few(model: GraphModel, known: Bools) -> bool:
    # the exponent is small: no more than the parties
    return model.n <= 8 and how_many(model.n) ** int((~known).sum()) <= MOST_ORDERS


def _under_all_orders(model: GraphModel, orders: Orders, known: Bools, concept: Concept) -> Bools:
    """Verdicts under every combination of weak orders, shape (combinations, parties, n)."""
    every = weak_orders(model.n)
    unknown = np.flatnonzero(~known)
    chosen = np.indices((len(every),) * len(unknown)).reshape(len(unknown), -1)
    settings = np.repeat(orders[None], chosen.shape[1], axis=0)
    for party, which in zip(unknown, chosen, strict=True):
        settings[:, party] = every[which]
    verdicts: Bools = kinds_batch(model, settings, plain(model), only(concept.kind))[concept.kind]
    return verdicts


def _tried(every: Bools) -> Bounds:
    """Bounds from verdicts under every order, along the first axis."""
    must = np.asarray(every.all(axis=0))
    return Bounds(must, np.asarray(every.any(axis=0)), np.ones_like(must))


def _equilibria(
    model: GraphModel,
    orders: Orders,
    known: Bools,
    concept: Concept,
    states: NDArray[np.intp] | None = None,
) -> Bounds:
    parts = _parts(model, orders, known, concept)
    must, may = np.asarray(parts.must.all(axis=0)), np.asarray(parts.may.all(axis=0))
    exact = np.asarray(must | (~parts.must & parts.must_exact).any(axis=0))
    open_ = may & ~must
    if known.all() or (concept.sanctions != "improvements" and exact.all()):
        return Bounds(must, may, exact)
    if open_.any() and _few(model, known):
        every = _under_all_orders(model, orders, known, concept)
        return _tried(np.asarray(every.all(axis=1)))
    if concept.sanctions == "improvements":
        asked = open_ if states is None else open_ & np.isin(np.arange(model.n), states)
        exact &= ~open_ | witnessed(model, orders, known, concept, asked, parts.must)
    return Bounds(must, may, exact)
