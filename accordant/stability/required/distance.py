"""How far each verdict is from flipping: the fewest changes of orders that turn it round.

One change is one pair of states that a party compares differently: in a strict ranking a swap of
two neighbours, where there are ties also a tie that is split or made. The least number is exact.
It is found best first (:mod:`.required_search`): a state that is not stable becomes so by supplying
what lacks, one that is stops being so when some improvement is no longer answered, and each
improvement is tried. What a party can do about its own verdict by its own order is known in closed
form (:mod:`.required_own`) and bounds the search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from accordant.errors import TooLargeError
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.stability.concept import Concept
from accordant.stability.lifted import lifted
from accordant.stability.required.asked import (
    check_known,
    check_size,
    concepts_of,
    nodes_for,
    open_pairs,
    parties_of,
)
from accordant.stability.required.conditions import Situation
from accordant.stability.required.distance_result import Distance, DistanceResult, Least
from accordant.stability.required.orders import Atom, Order
from accordant.stability.required.own import own_least
from accordant.stability.required.search import Effort, Lack, Search
from accordant.stability.required.settings import in_settings
from accordant.stability.required.verdicts import Verdicts
from accordant.stability.required.words import requires, wanted
from accordant.tables import Method

if TYPE_CHECKING:
    from collections.abc import Iterable

    from accordant.model.compiler import Compiler
    from accordant.model.graph import Orders

MOST_NODES = 500
"""Sets of comparisons looked at for one number."""

MOST_WHOLE, MOST_LISTED = 64, 16
"""States up to which every state is asked about unless some are named, and how many are beyond it."""

MOST_WORK = 400_000_000
"""Work of all searches for one answer (see :class:`.required.search.Effort`)."""

STEP = (
    "one pair of states that a party compares differently (in a strict ranking: a swap of two "
    "neighbours); a strict order stays strict"
)


def analyse(
    compiler: Compiler,
    concepts: Iterable[str] | None = None,
    *,
    states: Iterable[str] | None = None,
    most: int = MOST_NODES,
    progress: Callable[[int, int], None] | None = None,
) -> DistanceResult:
    """How many changes of preference flip each verdict, and in whose order.

    Parameters
    ----------
    compiler
        The compiled case; it is judged as it is written, unsure lines counted.
    concepts
        nash, gmr, smr, seq, sseq, or a concept for each party; sequential stability by default.
    states
        Names of the states asked about; by default all of up to ``MOST_WHOLE``, and of more the
        status quo, what no deal leaves and what holds, up to ``MOST_LISTED``.
    most
        Sets of comparisons looked at for one number; what is cut off is given as a lower bound.
    progress
        Called with the states done and all of them.

    Returns
    -------
    DistanceResult
        Verdicts of parties whose order is unknown are left out, and their orders cannot change.
        What is not known of an order speaks against a flip: it has to be sure, whatever it is.

    Raises
    ------
    InputError
        If a concept or a state is unknown.
    TooLargeError
        If the model has too many states to be searched.

    Examples
    --------
    >>> import accordant
    >>> result = analyse(accordant.load("cases/syria-iraq-1975").compiler, ["seq"], states=["s6"])
    >>> for verdict in result.verdicts:
    ...     print(verdict.party, verdict.so, verdict.together.told)
    Syria True 2
    Iraq True 3
    None True 2
    """
    space = compiler.setting_space()
    view = compiler.view(Setting(frozenset(space.lost)))
    check_size(view)
    names = list(dict.fromkeys(concepts or ["seq"]))
    asked = [(name, concepts_of(view, name)) for name in names]
    chosen = [check_known("state", s, view.space.names) for s in states or ()] or states_of(view, asked)
    room = _Flipping(view, most, len(chosen) * len(asked))
    found: list[Distance] = []
    for k, state in enumerate(chosen):
        if progress:
            progress(k, len(chosen))
        for name, each in asked:
            found += room.distances(state, name, each)
    return DistanceResult(
        title=view.case.title,
        parties=tuple(view.parties[i] for i in room.able),
        names={p: view.case.party_name(p) for p in view.parties},
        verdicts=tuple(found),
        method=_method(view, found, space.listed, 0 if states else view.model.n - len(chosen)),
        settings=in_settings(compiler, names),
        unknown=tuple(p for p in view.parties if view.base_ranks(p) is None),
    )


def states_of(view: View, asked: Sequence[tuple[str, Sequence[Concept]]]) -> list[str]:
    """All states of a small model; of a larger one those that are looked at first.

    The status quo, what no deal leaves, and what surely holds under the concepts, up to ``MOST_LISTED``.
    """
    if view.model.n <= MOST_WHOLE:
        return list(view.space.names)
    first = [*(() if view.status_quo is None else (view.status_quo,)), *view.no_deal]
    for _, concepts in asked:
        try:
            rows = {c.name: lifted(c).judge(view).must for c in set(concepts)}
        except TooLargeError:  # then the states are to be named
            continue
        surely = np.all([rows[c.name][i] for i, c in enumerate(concepts)], axis=0)
        first += np.flatnonzero(surely)[:MOST_LISTED].tolist()
    return [view.space.name(s) for s in list(dict.fromkeys(first))[:MOST_LISTED]] or [view.space.name(0)]


def _method(view: View, found: Sequence[Distance], settings: int, left_out: int) -> Method:
    parameters = [("one change", STEP)]
    if settings != 1:
        parameters.append(("unsure", "judged as the case is written, not in every admissible setting"))
    unknown = [p for p in view.parties if view.base_ranks(p) is None]
    sure = "a verdict flips when it is surely the opposite"
    if unknown:
        parameters.append(("orders not known", f"{', '.join(unknown)}: left as they are; {sure}"))
    if pairs := open_pairs(view):
        told = f"{pairs}; each comparison asked of them is one step; {sure}"
        parameters.append(("pairs of unknown order", told))
    open_ = sum(v.so is None for v in found)
    if open_:
        told = (
            f"{open_:,} of {len(found):,}: nothing to flip, so no number; require says what would settle them"
        )
        parameters.append(("verdicts not known", told))
    every = [least for v in found if v.together for least in (*v.by.values(), v.together)]
    bounds = sum(least.changes is None and least.at_least is not None for least in every)
    cut = f"{bounds:,} of {len(every):,} numbers are lower bounds (more than …)" if bounds else ""
    if left_out:
        told = (
            f"the status quo, no deal and what holds, at most {MOST_LISTED}; {left_out:,} states are left "
            "out (--state asks about one)"
        )
        parameters.append(("states", told))
    return Method("fewest changes that flip a verdict", not cut, 1, cut, tuple(parameters))


class _Flipping:
    """Searches that share the parties' nearest orders."""

    def __init__(self, view: View, most: int, verdicts: int = 1) -> None:
        self.view, self.most = view, nodes_for(view.model.n, most)
        each = len(view.parties) + 1
        self.effort = Effort(MOST_WORK, verdicts * each * each)
        self.parties: tuple[Order, ...] = parties_of(view)
        self.able = [i for i, order in enumerate(self.parties) if order.known]
        self.verdicts = Verdicts(view, self.parties)
        self.orders = self.verdicts.orders

    def distances(self, state: str, name: str, concepts: Sequence[Concept]) -> Iterator[Distance]:
        """The verdict of each party, then whether the state is an equilibrium."""
        situation = Situation(self.view.model, self.view.space.numbers[state], concepts)
        self.parties = parties_of(self.view)  # what was kept for another state is of no more use
        self.open = situation.unsettled(self.parties)
        own: dict[int, Least] = {}
        for i in self.able:
            so = self.verdicts.so(situation, self.open, [i])
            if so is not None and not self.parties[i].pairs:
                own[i] = self._own(situation, i, so)
            near = {i: own[i]} if i in own else {}
            yield self._distance(situation, name, [i], self.view.parties[i], so, near)
        if len(self.able) == len(self.parties):
            # an equilibrium falls with any one verdict; it takes all of them to make one
            so = self.verdicts.so(situation, self.open, self.able)
            yield self._distance(situation, name, self.able, None, so, own if so else {})

    def _own(self, situation: Situation, i: int, so: bool) -> Least:
        now = situation.standing(self.orders)
        standing = now | self.open if so else now - self.open
        found = own_least(situation, standing, self.parties[i].ranks, i, so=so)
        return Least(None, None) if found is None else self._such_as(found[0], found[1])

    def _such_as(self, changes: int, atoms: frozenset[Atom]) -> Least:
        return Least(changes, changes, wanted(self.view, atoms), requires(self.view, atoms))

    def _distance(
        self,
        situation: Situation,
        name: str,
        judged: Sequence[int],
        party: str | None,
        so: bool | None,
        near: Mapping[int, Least],
    ) -> Distance:
        """One verdict; ``near`` has what parties can do about it by their own orders."""
        if so is None:
            return Distance(self.view.space.name(situation.state), name, party, None, {}, None)
        flip = self._broken if so else self._made
        by = {}
        for j in self.able:
            settled = near.get(j) if list(judged) == [j] else None
            by[self.view.parties[j]] = settled or flip(situation, judged, frozenset([j]), near.get(j))
        all_ = min((n for n in near.values() if n.changes is not None), key=_changes, default=None)
        together = flip(situation, judged, frozenset(self.able), all_)
        return Distance(self.view.space.name(situation.state), name, party, so, by, together)

    def _made(
        self, situation: Situation, judged: Sequence[int], free: frozenset[int], near: Least | None
    ) -> Least:
        """Fewest changes that make the state stable for all who are judged."""
        before, open_ = situation.standing(self.orders), self.open

        def lack(orders: Orders, atoms: frozenset[Atom]) -> list[Atom] | None:
            sure = (situation.standing(orders) & before) - open_
            return situation.lack(situation.with_atoms(sure, atoms), judged, free)

        return self._least(situation, [(frozenset(), lack)], near)

    def _broken(
        self, situation: Situation, judged: Sequence[int], free: frozenset[int], near: Least | None
    ) -> Least:
        """Fewest changes that make one of those who are judged leave."""

        def starts() -> Iterator[tuple[frozenset[Atom], Lack]]:
            for i in judged:
                for q, better in situation.exits(i, free, self.parties[i]):
                    atoms = frozenset() if better is None else frozenset([better])
                    yield atoms, self._hold(situation, i, q, free)

        return self._least(situation, starts(), near)

    def _hold(self, situation: Situation, i: int, q: int, free: frozenset[int]) -> Lack:
        before, open_ = situation.standing(self.orders), self.open

        def lack(orders: Orders, atoms: frozenset[Atom]) -> list[Atom] | None:
            perhaps = situation.standing(orders) | before | open_
            return situation.hold(situation.without_atoms(perhaps, atoms), i, q, free)

        return lack

    def _least(
        self, situation: Situation, starts: Iterable[tuple[frozenset[Atom], Lack]], near: Least | None
    ) -> Least:
        """The first that the search finds below what is known to do."""
        known = None if near is None else near.changes
        search = Search(
            self.parties,
            starts,
            most=self.most,
            most_cost=None if known is None else known - 1,
            most_work=self.effort.share(),
            situation=situation,
        )
        found = next(search.solutions(), None)
        self.effort.spent(search.work)
        if found is not None:
            changed = frozenset(a for a in found.atoms if not self.parties[a.party].settles(a))
            return self._such_as(found.cost, changed)
        if near is not None and known is not None and (search.complete or search.floor >= known):
            return near
        return Least(None, None if search.complete else max(1, search.floor))


def _changes(least: Least) -> int:
    return least.changes or 0
