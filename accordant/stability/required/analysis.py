"""Required preferences: what the parties would have to prefer for a state to hold.

The inverse question of stability. One change is one pair of states that a party compares
differently; orders stay orders, and a strict order stays strict. What has to be so is found by
search along what lacks (:mod:`.required_search`), how much has to change for it by the nearest
orders (:mod:`.required_orders`), and how many rankings do by counting (:mod:`.required_counts`).

References
----------
[1] M. A. Kinsara, D. M. Kilgour, K. W. Hipel, Inverse approach to the graph model for conflict
    resolution, IEEE Transactions on Systems, Man, and Cybernetics: Systems 45 (2015) 734-742.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from math import factorial
from typing import TYPE_CHECKING

from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.stability.required import counts
from accordant.stability.required.asked import (
    check_known,
    check_size,
    concepts_of,
    nodes_for,
    open_pairs,
    parties_of,
)
from accordant.stability.required.conditions import Situation, Standing
from accordant.stability.required.orders import Atom
from accordant.stability.required.own import own_least
from accordant.stability.required.placing import CrowdedError
from accordant.stability.required.result import (
    ChangedPair,
    Needed,
    PartyNeeds,
    Rankings,
    RequireResult,
    Wanted,
    Way,
)
from accordant.stability.required.search import Effort, Found, Lack, Search, cost_of, nearest_orders
from accordant.stability.required.settings import in_settings
from accordant.stability.required.together import Together
from accordant.stability.required.verdicts import Verdicts
from accordant.stability.required.words import compared, levels, requires, wanted
from accordant.tables import Method

if TYPE_CHECKING:
    from accordant.model.compiler import Compiler
    from accordant.model.graph import Orders

MOST_SETS, MOST_WAYS = 50, 20
"""Minimal sets listed for one question, and ways to bring one about."""

MOST_COUNTED = 200
"""States up to which rankings are counted (beyond it only their share is given)."""

MOST_WORK = 200_000_000
"""Work of all searches for one answer (see :class:`Effort`)."""

ONE_CHANGE = "one pair of states that a party compares differently; a strict order stays strict"


def analyse(
    compiler: Compiler,
    state: str,
    concept: str = "seq",
    *,
    party: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> RequireResult:
    """What the parties would have to prefer for a state to be an equilibrium.

    Parameters
    ----------
    compiler
        The compiled case; it is judged as it is written, unsure lines counted.
    state
        The wanted state, by name.
    concept
        nash, gmr, smr, seq or sseq, or a concept for each party: ``north=nash,south=seq``.
    party
        Only this party's answers, beside those of all together.
    progress
        Called with the questions answered and all of them.

    Returns
    -------
    RequireResult
        A party of unknown order may have any: the changes counted for it are the comparisons that
        are required. So are those of a pair of unknown order; all other comparisons of that party
        are what they are, and changing them is counted as for everybody.

    Raises
    ------
    InputError
        If the state, the party or the concept is unknown.
    TooLargeError
        If the model has too many states to be searched.

    Examples
    --------
    >>> import accordant
    >>> result = analyse(accordant.load("cases/syria-iraq-1975").compiler, "s2", "seq")
    >>> result.jointly.changes, result.jointly.sets[0].sentence
    (1, 'Syria would have to like s6 no better than s2.')
    >>> result.parties["Syria"].equilibrium_rankings.strict
    (384, 720)
    """
    setting_space = compiler.setting_space()
    view = compiler.view(Setting(frozenset(setting_space.lost)))
    result = _Requiring(view, state, concept, party, setting_space.listed).result(progress)
    return replace(result, settings=in_settings(compiler, [concept]).get((state, concept)))


class _Requiring:
    def __init__(self, view: View, state: str, concept: str, party: str | None, settings: int) -> None:
        check_size(view)
        self.view, self.settings = view, settings
        self.state = view.space.numbers[check_known("state", state, view.space.names)]
        self.asked = view.parties if party is None else (check_known("party", party, view.parties),)
        self.situation = Situation(view.model, self.state, concepts_of(view, concept))
        self.orders = parties_of(view)
        self.verdicts = Verdicts(view, self.orders)
        self.open = self.situation.unsettled(self.orders)
        self.standing = self._sure(self.verdicts.orders)
        self.everybody = range(len(view.parties))
        self.effort, self.on_ways = Effort(MOST_WORK, 2 * len(self.asked) + 1), MOST_WORK // 4

    def result(self, progress: Callable[[int, int], None] | None) -> RequireResult:
        """All answers."""
        found: dict[str, PartyNeeds] = {}
        for k, party in enumerate(self.asked):
            if progress:
                progress(k, len(self.asked) + 1)
            found[party] = self._party(self.view.parties.index(party))
        jointly = self._needed(frozenset(self.everybody), self.everybody)
        parties = self.view.parties
        return RequireResult(
            title=self.view.case.title,
            state=self.view.space.name(self.state),
            concepts={p: c.name for p, c in zip(parties, self.situation.concepts, strict=True)},
            names={p: self.view.case.party_name(p) for p in parties},
            parties=found,
            jointly=jointly,
            cheapest=_cheapest(found),
            method=self._method(found, jointly),
        )

    def _sure(self, orders: Orders, asked: frozenset[Atom] = frozenset()) -> Standing:
        """What is surely so under some orders, and what is asked for, of open pairs too."""
        return self.situation.with_atoms(self.situation.standing(orders) - self.open, asked)

    def _party(self, i: int) -> PartyNeeds:
        name, party = self.view.space.name, self.view.parties[i]
        own = counts.clauses(self.situation, self.standing, i)
        return PartyNeeds(
            known=bool(self.view.known[i]),
            incomparable=tuple((name(s), name(t)) for s, t in self.view.incomparable(party).tolist()),
            stable=self._needed(frozenset([i]), [i]),
            alone=self._needed(frozenset([i]), self.everybody),
            stable_rankings=self._rankings(own),
            equilibrium_rankings=self._equilibria(i, own),
        )

    def _needed(self, free: frozenset[int], judged: Sequence[int]) -> Needed:
        """What the parties in ``free`` would have to prefer for s to be stable for those judged."""

        def lack(orders: Orders, atoms: frozenset[Atom]) -> list[Atom] | None:
            counted = self.situation.with_atoms(self.standing, atoms)
            return self.situation.lack(self._sure(orders, atoms) & counted, judged, free)

        already = self.verdicts.so(self.situation, self.open, judged)
        if self.situation.hopeless(self.standing, judged, free):
            return Needed(already, False, None, (), complete=True)
        search = Search(
            self.orders,
            [(frozenset(), lack)],
            most=nodes_for(self.view.model.n),
            most_work=self.effort.share(),
            situation=self.situation,
        )
        sets = _minimal(islice(search.solutions(), MOST_SETS), self._missing)
        self.effort.spent(search.work)
        done = search.complete
        at_least = min((f.cost for f, _ in sets), default=None if done else search.floor)
        if not sets and not done and (found := self._by_own(free, judged, lack)):
            sets = [(found, self._missing(found.atoms))]
            at_least = found.cost if list(judged) == list(free) else min(search.floor, found.cost)
        return Needed(
            already=already,
            possible=True if sets else False if done else None,
            at_least=at_least,
            sets=tuple(self._wanted(found, missing, judged) for found, missing in sets if missing),
            complete=done,
        )

    def _by_own(self, free: frozenset[int], judged: Sequence[int], lack: Lack) -> Found | None:
        """Everybody kept by its own order, where a search was cut off: enough, perhaps not least."""
        atoms: frozenset[Atom] = frozenset()
        for i in judged:
            if self.situation.lack(self.standing, [i], frozenset()) is not None:
                order = self.orders[i]
                least = None if i not in free or order.pairs or not order.known else self._own(i)
                if least is None:
                    return None
                atoms |= least
        try:
            for orders in islice(nearest_orders(self.orders, atoms, 4), 12):
                if lack(orders, atoms) is None:
                    return Found(cost_of(self.orders, atoms) or 0, atoms, orders)
        except CrowdedError:
            pass
        return None

    def _own(self, i: int) -> frozenset[Atom] | None:
        least = own_least(self.situation, self.standing, self.orders[i].ranks, i, so=False)
        return None if least is None else least[1]

    def _missing(self, atoms: frozenset[Atom]) -> frozenset[Atom]:
        """Of the atoms asked for, those that are not so now."""
        return frozenset(a for a in atoms if not self.orders[a.party].settles(a))

    def _wanted(self, found: Found, missing: frozenset[Atom], judged: Sequence[int]) -> Wanted:
        before = self._worked()
        ways, more = self._ways(found, judged)
        self.on_ways -= self._worked() - before
        return Wanted(
            requires=requires(self.view, missing),
            sentence=wanted(self.view, missing),
            changes=found.cost,
            ways=ways,
            more_ways=more,
        )

    def _worked(self) -> int:
        return self.situation.work + sum(order.work for order in self.orders)

    def _ways(self, found: Found, judged: Sequence[int]) -> tuple[tuple[Way, ...], bool]:
        """The sets of changed pairs of least number, each with one choice of orders."""
        ways: dict[object, Way] = {}
        if self.view.model.n > MOST_COUNTED:
            return (), True
        tried = 0
        most = 10 * MOST_WAYS if self.on_ways > 0 else 1
        for orders in islice(nearest_orders(self.orders, found.atoms, most), 2 * most):
            tried += 1
            if self.situation.lack(self._sure(orders, found.atoms), judged, frozenset()) is not None:
                continue
            pairs = tuple(o.changed(row) for o, row in zip(self.orders, orders, strict=True))
            if pairs not in ways and len(ways) == MOST_WAYS:
                return tuple(ways.values()), True
            ways.setdefault(pairs, self._way(orders, pairs))
        return tuple(ways.values()), tried >= most

    def _way(self, orders: Orders, pairs: Sequence[frozenset[tuple[int, int]]]) -> Way:
        name, changed, new = self.view.space.name, [], {}
        for i, party in enumerate(self.view.parties):
            for s, t, now, then in compared(self.orders[i].ranks, orders[i], pairs[i]):
                changed.append(ChangedPair(party, (name(s), name(t)), now, then))
            if pairs[i] or (not self.orders[i].known and orders[i].any()):
                new[party] = levels(self.view, orders[i])
        return Way(tuple(changed), new)

    def _rankings(self, own: Sequence[counts.Clause]) -> Rankings:
        n = self.view.model.n
        try:
            matter, sizes = counts.by_size(own)
        except counts.UncountedError:
            return Rankings(None, None, None)
        if n > MOST_COUNTED:
            return Rankings(None, None, counts.share(matter, sizes) if matter <= MOST_COUNTED else None)
        return Rankings(
            (counts.of_strict(n, matter, sizes), factorial(n)),
            (counts.of_weak(n, matter, sizes), counts.weak(n)),
            counts.share(matter, sizes),
        )

    def _equilibria(self, i: int, own: Sequence[counts.Clause]) -> Rankings:
        """Rankings of a party with which the state is stable for everybody."""
        n = self.view.model.n
        together = Together(self.situation, self.standing, i, own)
        settled = together.settled()
        if settled:
            return self._rankings(own)
        if settled is False:
            return self._rankings([frozenset()])
        if n > MOST_COUNTED:
            return Rankings(None, None, None)
        strict, ties = (_counted(together, ties=ties) for ties in (False, True))
        return Rankings(
            None if strict is None else (strict, factorial(n)),
            None if ties is None else (ties, counts.weak(n)),
            None if strict is None else Fraction(strict, factorial(n)),
        )

    def _method(self, found: Mapping[str, PartyNeeds], jointly: Needed) -> Method:
        asked = {"all together": jointly}
        for party, needs in found.items():
            asked |= {f"{party} stays": needs.stable, f"{party} alone": needs.alone}
        cut = [name for name, needed in asked.items() if not needed.complete]
        parameters = [("one change", ONE_CHANGE)]
        if self.settings != 1:
            parameters.append(("unsure", "judged as the case is written, not in every admissible setting"))
        unknown = [p for p, order in zip(self.view.parties, self.orders, strict=True) if not order.known]
        told = "; each comparison asked of them is one change, and they answer nothing unasked"
        if unknown:
            parameters.append(("orders not known", ", ".join(unknown) + told))
        if pairs := open_pairs(self.view):
            told = "; each comparison asked of them is one change, and nothing rests on them unasked"
            parameters.append(("pairs of unknown order", pairs + told))
        if unknown or pairs:
            counted = "of a party that has one in full; the state has to hold whatever else is not known"
            parameters.append(("rankings counted", counted))
        more = f"not every minimal set was listed for: {', '.join(cut)}" if cut else ""
        name = "required preferences, from the cheapest changes on"
        return Method(name, not cut, 1, more, tuple(parameters))


def _counted(together: Together, *, ties: bool) -> int | None:
    try:
        return together.count(ties=ties)
    except counts.UncountedError:
        return None


def _minimal(
    found: Iterable[Found], missing: Callable[[frozenset[Atom]], frozenset[Atom]]
) -> list[tuple[Found, frozenset[Atom]]]:
    """Solutions none of which asks for all that another asks for, at no lower a cost."""
    kept: list[tuple[Found, frozenset[Atom]]] = []
    for one in found:
        asks = missing(one.atoms)
        if any(_implied(others, asks) for _, others in kept):
            continue
        kept = [(f, others) for f, others in kept if f.cost < one.cost or not _implied(asks, others)]
        kept.append((one, asks))
    return kept


def _implied(less: frozenset[Atom], more: frozenset[Atom]) -> bool:
    """Whether comparisons follow from others: better is no worse."""
    return all(a in more or replace(a, strict=True) in more for a in less)


def _cheapest(found: Mapping[str, PartyNeeds]) -> tuple[str, ...]:
    """The parties whose order alone does it with the fewest changes."""
    cost = {p: c for p, n in found.items() if (c := n.alone.changes) is not None}
    least = min(cost.values(), default=0)
    if any(n.alone.changes is None and (n.alone.at_least or least) < least for n in found.values()):
        return ()  # one whose number was not found may need fewer
    return tuple(p for p, c in cost.items() if c == least) if least else ()
