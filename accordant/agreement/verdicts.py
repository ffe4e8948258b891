"""What is acceptable and what is an agreement, in one setting.

Every answer is yes, no or unknown (``True``, ``False``, ``None``). Against several no-deal states
it is yes or no if it is so against each of them, otherwise unknown; without any it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.frontier import distinct, efficient, weakly_beaten
from accordant.agreement.stands import (
    Scene,
    Stand,
    constituencies,
    no_deals,
    scene,
    voice,
    with_vetoes,
)
from accordant.model.preferences import dense
from accordant.model.view import View

Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Opinion:
    """Whether a state is acceptable to a party: its own view, its constituencies', and both."""

    own: bool | None
    vetoes: Mapping[str, bool | None]
    answer: bool | None

    @property
    def vetoed_by(self) -> tuple[str, ...]:
        """Constituencies that refuse it."""
        return tuple(c for c, accepts in self.vetoes.items() if accepts is False)


def both(sure: bool, maybe: bool) -> bool | None:
    """The answer when something surely is so, or may be so.

    Examples
    --------
    >>> both(True, True), both(False, True), both(False, False)
    (True, None, False)
    """
    return True if sure else None if maybe else False


def opinion(view: View, party: str, state: int) -> Opinion:
    """Whether a state is acceptable to a party in a setting, and to its constituencies.

    Parameters
    ----------
    view
        The case in one setting.
    party
        A party; a constituency is heard for itself.
    state
        A state number.
    """
    held = constituencies(view.case).get(party, ())
    if not no_deals(view):
        return Opinion(None, dict.fromkeys(held), None)
    columns = np.array([state], dtype=np.intp)
    own = voice(view, party, columns)
    vetoes = {c: voice(view, c, columns) for c in held}

    def answer(stand: Stand) -> bool | None:
        levels = [stand.levels(d) for d in range(len(stand.low))]
        return both(all(low[0] > 0 for low, _ in levels), any(high[0] > 0 for _, high in levels))

    joint = with_vetoes(own, vetoes.values())
    return Opinion(answer(own), {c: answer(v) for c, v in vetoes.items()}, answer(joint))


def acceptable(view: View, party: str, state: int) -> bool | None:
    """Whether a party accepts a state rather than no deal, its constituencies' vetoes counted.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}},
    ...     "status_quo": {"x": "no"}, "preferences": {"a": {"priorities": ["not x"]}}})).view()
    >>> acceptable(view, "a", 1), acceptable(view, "a", 0), acceptable(view, "b", 1)
    (False, True, None)
    """
    return opinion(view, party, state).answer


def is_agreement(view: View, state: int) -> bool | None:
    """Whether every party accepts a state and at least one strictly prefers it to no deal."""
    if not no_deals(view):
        return None
    looked = scene(view, np.array([state], dtype=np.intp))
    answers = [looked.agreement(d) for d in range(looked.count)]
    return both(all(bool(sure[0]) for sure, _ in answers), any(bool(maybe[0]) for _, maybe in answers))


def agreements(view: View) -> Bools:
    """Which states surely are agreements, shape (n,).

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}}, "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"priorities": ["y", "not x"]}, "b": {"priorities": ["x"]}}})).view()
    >>> agreements(view).tolist()
    [False, True, False, True]
    """
    return _over_no_deals(view)[0]


def possible_agreements(view: View) -> Bools:
    """Which states may be agreements, shape (n,); the same as :func:`agreements` if all is known."""
    return _over_no_deals(view)[1]


def agreement_exists(view: View) -> bool | None:
    """Whether there is an agreement: against each no-deal state one, not always the same.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "status_quo": {"x": "no"}, "preferences": {"a": {"priorities": ["not x"]}}})).view()
    >>> agreement_exists(view)
    False
    """
    if not no_deals(view):
        return None
    looked = scene(view)
    found = [looked.agreement(d) for d in range(looked.count)]
    return both(all(bool(sure.any()) for sure, _ in found), any(bool(maybe.any()) for _, maybe in found))


def efficient_agreements(view: View) -> tuple[Bools, Bools]:
    """Which states surely are, and which may be, agreements that no other agreement dominates.

    Only the parties themselves count: neither constituencies nor mediators enter improvements.
    """
    n = view.model.n
    if not no_deals(view):
        return np.zeros(n, dtype=bool), np.ones(n, dtype=bool)
    looked = scene(view)
    found = [efficient_bounds(looked, d, *looked.agreement(d)) for d in range(looked.count)]
    return np.all([sure for sure, _ in found], axis=0), np.any([maybe for _, maybe in found], axis=0)


def dominating(view: View, state: int) -> int | None:
    """An agreement that surely dominates a state and is itself efficient; None if there is none.

    The certificate of an agreement that is not efficient. It is asked against each no-deal state
    in turn and must be the same for all.
    """
    if not no_deals(view):
        return None
    looked = scene(view)
    among = np.all([follows(looked, d, state, *looked.agreement(d)) for d in range(looked.count)], axis=0)
    return certificate(looked, among, state)


def certificate(looked: Scene, among: Bools, column: int) -> int | None:
    """A column of ``among`` that surely dominates another column, itself dominated by none of them."""
    better = surely_dominating(looked, among, column)
    best = np.flatnonzero(efficient(_keys(looked), better))
    return int(best[0]) if len(best) else None


def follows(looked: Scene, d: int, column: int, sure: Bools, maybe: Bools) -> Bools:
    """Which columns are agreements against one no-deal state wherever a column that they dominate is one.

    Parameters
    ----------
    sure, maybe
        Which columns surely are, and which may be, agreements.
    """
    if looked.settled or not maybe[column]:
        return sure
    given, rows = looked.given(d)
    return np.asarray(sure | (maybe & given & (rows >= rows[:, column, None]).all(axis=0)))


def surely_dominating(looked: Scene, among: Bools, column: int) -> Bools:
    """Which columns of ``among`` dominate a column whatever the unknown orders are."""
    found = among.copy()
    strict = np.zeros(len(among), dtype=bool)
    for stand in looked.stands:
        better = stand.key > stand.key[column]
        strict |= better
        # an unknown order is surely no worse only where the red lines make it better
        found &= better if not stand.known else stand.key >= stand.key[column]
    return found & strict


def _keys(looked: Scene) -> NDArray[np.int64]:
    return np.array([stand.key for stand in looked.stands], dtype=np.int64).reshape(-1, len(looked.columns))


def efficient_bounds(looked: Scene, d: int, sure: Bools, maybe: Bools) -> tuple[Bools, Bools]:
    """Which columns surely are, and which may be, efficient against one no-deal state.

    Parameters
    ----------
    sure, maybe
        Which columns surely are, and which may be, agreements.
    """
    keys = _keys(looked)
    unknown = np.array([not stand.known for stand in looked.stands], dtype=bool)
    if not unknown.any() and bool((sure == maybe).all()):
        found = efficient(keys, sure)
        return found, found
    best = sure & _never_dominated(keys, unknown, maybe)
    if looked.settled:
        return best, maybe & ~_surely_dominated(keys, unknown, sure)
    # what no deal is worth is the same for all states: one that dominates an agreement is accepted too
    given, rows = looked.given(d)
    return best, maybe & ~_dominated_by_following(keys, unknown, maybe & given, rows)


def _never_dominated(keys: NDArray[np.int64], unknown: Bools, maybe: Bools) -> Bools:
    found = efficient(keys, maybe)
    if unknown.any():
        # an unknown order may break any tie: of columns with the same keys each may beat the others
        inverse = distinct(np.ascontiguousarray(keys[:, maybe].T))[1]
        found[maybe] &= np.bincount(inverse)[inverse] == 1
    return found


def _surely_dominated(keys: NDArray[np.int64], unknown: Bools, sure: Bools) -> Bools:
    if unknown.any():
        # strictly better for every unknown order is at least one rank more
        low = keys + unknown[:, None]
        return weakly_beaten(np.ascontiguousarray(low.T), np.ascontiguousarray(keys[:, sure].T))
    best = efficient(keys, sure)
    if not best.any():
        return best
    rows, inverse = distinct(np.ascontiguousarray(keys.T))
    beaten = weakly_beaten(rows, rows[np.unique(inverse[best])])[inverse]
    # nothing beats a maximum or its equal; whatever else a maximum equals or exceeds, it dominates
    return np.asarray(beaten & ~np.isin(inverse, inverse[best]))


def _dominated_by_following(
    keys: NDArray[np.int64], unknown: Bools, among: Bools, rows: NDArray[np.int64]
) -> Bools:
    """Which columns a column of ``among`` surely dominates that is as good in each of the rows."""
    low = [*(keys + unknown[:, None]), *rows]
    high = [*keys, *rows]
    if not unknown.any():
        # at least as good to everybody, and strictly to somebody: so is the sum of the ranks
        total = np.sum([dense(key) for key in keys], axis=0)
        low, high = [*low, total + 1], [*high, total]
    return weakly_beaten(
        np.ascontiguousarray(np.array(low).T), np.ascontiguousarray(np.array(high)[:, among].T)
    )


def _over_no_deals(view: View) -> tuple[Bools, Bools]:
    n = view.model.n
    if not no_deals(view):
        return np.zeros(n, dtype=bool), np.ones(n, dtype=bool)
    looked = scene(view)
    found = [looked.agreement(d) for d in range(looked.count)]
    return np.all([sure for sure, _ in found], axis=0), np.any([maybe for _, maybe in found], axis=0)
