"""Relational stability: a party moves for what agrees with its attitudes, to itself and to others.

The attitude of party i towards party j is positive, neutral or negative. From s, a state q is a
*reply* for i when, for every j to which i's attitude is positive, j finds q at least as good as s,
and, for every j to which it is negative, j finds q at most as good as s. A neutral attitude asks for
nothing. Relational Nash, GMR, SMR and SEQ are the four concepts with moves to replies in place of
improvements. What deters i is being led back to s itself or to a state that is no reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.model.view import View
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.relational import CREDIBLE, Goals
from accordant.stability.pairwise.relations import afford_matrices
from accordant.stability.result import Explanation
from accordant.stability.telling import OPEN, listed
from accordant.stability.weak_orders import how_many, weak_orders

Bools = NDArray[np.bool_]

KINDS = {"rnash": "nash", "rgmr": "gmr", "rsmr": "smr", "rseq": "seq"}

FORMS: tuple[tuple[str, str], ...] = (
    ("rnash", "nobody has a move that agrees with its attitudes (attitudes in the case)"),
    ("rgmr", "every such move is answered by any moves"),
    ("rsmr", "every such move is answered by any moves, for good"),
    ("rseq", "every such move is answered by moves that agree with the attitudes of whoever makes them"),
)

TITLES = {
    "nash": "relational Nash stability",
    "gmr": "relational general metarationality",
    "smr": "relational symmetric metarationality",
    "seq": "relational sequential stability",
}

EXPLANATIONS = {
    "nash": "{party} stays because it has no move that agrees with its attitudes.",
    "gmr": "{party} stays because, wherever it moves, the others can lead on to something that does not "
    "agree with its attitudes.",
    "smr": "{party} stays because, wherever it moves, the others can lead on to something that does not "
    "agree with its attitudes and from which it has no way out.",
    "seq": "{party} stays because, wherever it moves, the others can lead on, each by moves that agree with "
    "its own attitudes, to something that does not agree with those of {party}.",
}

LESS = "what is listed as stable is a bound, too: more may be so however what is not known turns out"
"""Said of a method that looked at each open pair by itself."""

MOST_WAYS = 250
"""Ways in which what is unknown may turn out up to which each is judged."""

MOST_TRIED = 50_000_000
"""Ways x parties x pairs of states up to which each way is judged."""

_MATRICES = 8
"""Bytes that a question about attitudes takes per party and pair of states."""


def find(name: str, options: Options) -> Further | None:
    """The relational concept of a name, None when the name is none.

    Examples
    --------
    >>> find("rseq", Options()).title
    'relational sequential stability'
    >>> find("seq", Options()) is None
    True
    """
    kind = KINDS.get(name)
    if kind is None:
        return None
    return Further(
        name=name,
        title=TITLES[kind],
        explanation=EXPLANATIONS[kind],
        source="T. Inohara, K. W. Hipel, S. Walker, Conflict analysis approaches for investigating attitudes "
        "and misperceptions in the War of 1812, Journal of Systems Science and Systems Engineering 16 (2007) "
        "181-201",
        read=False,
        judge=lambda view: _judged(view, name, kind),
        explain=lambda view, state, party: _explained(view, state, party, name, kind),
        unknown=True,
        parameters=(("attitudes", "where none is given, positive to oneself and neutral to others"),),
    )


def attitude(attitudes: Mapping[str, Mapping[str, str]], one: str, other: str) -> str:
    """The attitude of one party towards another or itself.

    Examples
    --------
    >>> attitude({"north": {"south": "negative"}}, "north", "south"), attitude({}, "north", "north")
    ('negative', 'positive')
    """
    return attitudes.get(one, {}).get(other, "positive" if one == other else "neutral")


def _concerned(view: View, party: int) -> Iterator[tuple[int, bool]]:
    """Whom a party is not neutral to, and whether it wants them well."""
    for j, other in enumerate(view.parties):
        how = attitude(view.case.attitudes, view.parties[party], other)
        if how != "neutral":
            yield j, how == "positive"


def _judged(view: View, name: str, kind: str) -> Judgement:
    sure, possible = _relations(view)
    bounds = relational.judge(view.model, kind, sure, possible, apart=False)
    if kind not in CREDIBLE or bounds.exact:
        return bounds
    tried = _tried(view, kind)
    if tried is not None:
        return tried
    return replace(bounds, notes=((name, LESS),))


def _relations(view: View) -> tuple[Goals, Goals]:
    afford_matrices(view.model.n, _MATRICES * len(view.parties))
    orders = [_Order(view, p) for p in view.parties]
    sure = _goals(view, [o.at_least_as_good(unknown_counts=False) for o in orders])
    if all(o.whole for o in orders):
        return sure, sure
    return sure, _goals(view, [o.at_least_as_good(unknown_counts=True) for o in orders])


def _goals(view: View, at_least_as_good: Sequence[Bools]) -> Goals:
    """Everybody's replies, from one relation per party: ``[s, q]``, q is at least as good as s."""
    n = view.model.n
    replies = []
    for i in range(len(view.parties)):
        reply = np.ones((n, n), dtype=bool)
        for j, well in _concerned(view, i):
            reply &= at_least_as_good[j] if well else at_least_as_good[j].T
        replies.append(reply)
    elsewhere = ~np.eye(n, dtype=bool)
    return Goals(replies, [reply & elsewhere for reply in replies], replies)


def _tried(view: View, kind: str) -> Judgement | None:
    """Verdicts in every way in which what is unknown may turn out, None where those are too many.

    Of an open pair one direction at least always agrees with an attitude, so that what is sure of each
    pair is less than what is sure of all.
    """
    found = _completions(view)
    if found is None:
        return None
    every = np.array([relational.judge(view.model, kind, g, g).must for g in found])
    must, may = np.asarray(every.all(axis=0)), np.asarray(every.any(axis=0))
    # what each party may do by itself need not be possible for all at once
    together = np.array_equal(every.all(axis=1).any(axis=0), may.all(axis=0))
    return Judgement(must, may, exact=together)


def _completions(view: View) -> Iterator[Goals] | None:
    """Replies in each way in which what is unknown may turn out, ties first; None for too many."""
    orders = [_Order(view, p) for p in view.parties]
    heeded = {j for i in range(len(orders)) for j, _ in _concerned(view, i)}
    ways = prod(o.ways() for j, o in enumerate(orders) if j in heeded)
    if ways > MOST_WAYS or ways * len(orders) * view.model.n**2 > MOST_TRIED:
        return None
    # where nobody heeds an order, any will do
    each = [
        list(o.completions()) if j in heeded else [o.at_least_as_good(True)] for j, o in enumerate(orders)
    ]
    return (_goals(view, chosen) for chosen in product(*each))


@dataclass(init=False, eq=False)
class _Order:
    """What is known of one party's order: ranks, and pairs of which nothing is."""

    ranks: NDArray[np.int64] | None
    pairs: NDArray[np.int64]
    n: int

    def __init__(self, view: View, party: str) -> None:
        self.ranks, self.pairs, self.n = view.base_ranks(party), view.incomparable(party), view.model.n

    @property
    def whole(self) -> bool:
        """Whether it is known of every two states how they compare."""
        return self.ranks is not None and len(self.pairs) == 0

    def open_between(self, s: int, t: int) -> bool:
        """Whether nothing is known of how two states compare."""
        return self.ranks is None or bool((self.pairs == (min(s, t), max(s, t))).all(axis=1).any())

    def at_least_as_good(self, unknown_counts: bool) -> Bools:
        """``[s, q]``: whether q is at least as good as s."""
        if self.ranks is None:
            found = np.full((self.n, self.n), unknown_counts)
            np.fill_diagonal(found, True)
            return found
        found = self.ranks[None, :] >= self.ranks[:, None]
        s, t = self.pairs[:, 0], self.pairs[:, 1]
        found[s, t] = found[t, s] = unknown_counts
        return found

    def ways(self) -> int:
        """In how many ways what is unknown may turn out."""
        return int(how_many(self.n)) if self.ranks is None else 3 ** len(self.pairs)

    def completions(self) -> Iterator[Bools]:
        """:meth:`at_least_as_good` in each of these ways, all ties first."""
        if self.ranks is None:
            for ranks in weak_orders(self.n):
                yield ranks[None, :] >= ranks[:, None]
            return
        s, t = self.pairs[:, 0], self.pairs[:, 1]
        for ways in product(((True, True), (True, False), (False, True)), repeat=len(self.pairs)):
            found = self.at_least_as_good(True)
            if ways:
                found[s, t], found[t, s] = np.array(ways).T
            yield found


def _explained(view: View, state: int, party: int, name: str, kind: str) -> Explanation:
    able = "has a move that agrees with its own attitudes"

    def told(sure: Goals, possible: Goals) -> Explanation:
        return relational.explain(view, state, party, name, kind, sure, possible, words=_Words(), able=able)

    found = told(*_relations(view))
    if found.stable or kind not in CREDIBLE:
        return found
    judgement = _judged(view, name, kind)
    if judgement.must[party, state]:
        ways = _completions(view)
        assert ways is not None
        ties = next(ways)
        why = told(ties, ties)
        text = f"However what is not known turns out, {view.case.party_name(view.parties[party])} stays. "
        text += f"If the states in question tie, for instance: {why.sentence}"
        return replace(why, sentence=text)
    if not judgement.may[party, state]:  # it would take what is unknown in two ways at once
        return replace(found, sentence=found.sentence.removesuffix(OPEN))
    return found


class _Words:
    nothing_better = "that agrees with its attitudes"
    gain = ", in agreement with {} own attitudes,"

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        clauses = []
        for j, well in sorted(_concerned(view, party), key=lambda c: c[0] != party):
            who = "it" if j == party else view.case.party_name(view.parties[j])
            clauses.append(f"{who} likes no {'less' if well else 'more'}")
        return f"which {listed(clauses)}" if clauses else "as it would for anything, being neutral to all"

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        here = view.space.name(s)
        for j, well in _concerned(view, party):
            order = _Order(view, view.parties[j])
            ranks = None if order.open_between(s, t) else order.ranks
            if ranks is not None and (ranks[t] < ranks[s] if well else ranks[t] > ranks[s]):
                who = view.case.party_name(view.parties[j])
                return f"which {who} likes {'less' if well else 'more'} than {here}"
        return f"which does not agree with its attitudes at {here}"

    def compared(self, view: View, party: int, s: int, t: int) -> list[tuple[int, int, int]]:
        return [(j, s, t) for j, _ in _concerned(view, party)]
