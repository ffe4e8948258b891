"""Relational stability: a party moves for what agrees with its attitudes, to itself and to others.

The attitude of party i towards party j is positive, neutral or negative. From s, a state q is a
*reply* for i when, for every j to which i's attitude is positive, j finds q at least as good as s,
and, for every j to which it is negative, j finds q at most as good as s. A neutral attitude asks for
nothing. Relational Nash, GMR, SMR and SEQ are the four concepts with moves to replies in place of
improvements. What deters i is being led back to s itself or to a state that is no reply.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.model.view import View
from accordant.stability.further import Further, Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.relational import Goals
from accordant.stability.pairwise.relations import afford_matrices
from accordant.stability.result import Explanation
from accordant.stability.telling import listed

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
        judge=lambda view: relational.judge(view.model, kind, *_relations(view), apart=False),
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


def _relations(view: View) -> tuple[Goals, Goals]:
    afford_matrices(view.model.n, _MATRICES * len(view.parties))
    orders = [_Order(view, p) for p in view.parties]
    sure = _goals(view, orders, unknown_counts=False)
    if all(o.whole for o in orders):
        return sure, sure
    return sure, _goals(view, orders, unknown_counts=True)


def _goals(view: View, orders: list[_Order], *, unknown_counts: bool) -> Goals:
    n = view.model.n
    replies = []
    for i in range(len(orders)):
        reply = np.ones((n, n), dtype=bool)
        for j, well in _concerned(view, i):
            reply &= orders[j].at_least_as_good(unknown_counts, turned=not well)
        replies.append(reply)
    elsewhere = ~np.eye(n, dtype=bool)
    return Goals(replies, [reply & elsewhere for reply in replies], replies)


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

    def at_least_as_good(self, unknown_counts: bool, *, turned: bool) -> Bools:
        """``[s, q]``: whether q is at least as good as s; ``turned`` for at most as good."""
        if self.ranks is None:
            found = np.full((self.n, self.n), unknown_counts)
            np.fill_diagonal(found, True)
            return found
        ranks = -self.ranks if turned else self.ranks
        found = ranks[None, :] >= ranks[:, None]
        s, t = self.pairs[:, 0], self.pairs[:, 1]
        found[s, t] = found[t, s] = unknown_counts
        return found


def _explained(view: View, state: int, party: int, name: str, kind: str) -> Explanation:
    able = "has a move that agrees with its own attitudes"
    return relational.explain(view, state, party, name, kind, *_relations(view), words=_Words(), able=able)


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
            ranks = view.base_ranks(view.parties[j])
            if ranks is not None and (ranks[t] < ranks[s] if well else ranks[t] > ranks[s]):
                who = view.case.party_name(view.parties[j])
                return f"which {who} likes {'less' if well else 'more'} than {here}"
        return f"which does not agree with its attitudes at {here}"

    def compared(self, view: View, party: int, s: int, t: int) -> list[tuple[int, int, int]]:
        return [(j, s, t) for j, _ in _concerned(view, party)]
