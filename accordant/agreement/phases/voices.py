"""What parties and constituencies may think of a few states: every different view over all settings.

A *profile* is one voice's view of the states looked at, with some of its own lines counted: which red
lines it sees crossed where, how it ranks the states, and what they are worth to it where it has given
numbers. Voices vary independently of each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt
from accordant.agreement.restricted import open_elements, restrict
from accordant.case.objects import Delay
from accordant.model.preferences import Choice, PartyOrder, Score
from accordant.model.view import View

Columns = NDArray[np.intp]

OWN = 4096
"""Most settings of one voice's own lines that are gone through."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One view of the states looked at, by their columns.

    Attributes
    ----------
    kept
        For each red line that counts, in which states it is kept.
    ranks
        Larger is better; None where the order is unknown.
    worths
        What the states are worth; None where it has given no numbers.
    """

    kept: tuple[tuple[bool, ...], ...]
    ranks: tuple[int, ...] | None
    worths: tuple[Fraction, ...] | None


@dataclass(frozen=True, eq=False)
class Voice:
    """A party or a constituency, with everything it may think.

    Attributes
    ----------
    profiles
        Each different one once, the case as it is written first.
    apart
        Pairs of columns whose order is stated to be unknown.
    reservation
        The ends between which no deal is worth something to it, each on the scale of its worths;
        None where it says nothing of it.
    reservation_open
        Whether what no deal is worth to it is not known.
    home, home_open
        The states that no deal is to it, and whether nothing stands behind that, so that it may be any.
    delay
        What waiting does to its worths, and whether that may not count.
    bonus
        What terms without a condition add while the deal stands.
    cut
        Whether there were too many settings of its lines: then nothing is known of it.
    """

    name: str
    profiles: tuple[Profile, ...]
    apart: frozenset[tuple[int, int]]
    reservation: tuple[Fraction, Fraction] | None
    reservation_open: bool
    home: tuple[int, ...]
    home_open: bool
    delay: Delay | None
    delay_open: bool
    bonus: Fraction
    cut: bool = False

    @property
    def cardinal(self) -> bool:
        """Whether it has given numbers."""
        return self.profiles[0].worths is not None


def home_of(view: View, name: str) -> tuple[int, ...]:
    """The states that no deal is to a voice: one of its own, or those of the case."""
    order = view.frame.orders.get(name)
    held = order.reservation if order is not None else None
    return view.no_deal if held is None or held.state is None else (held.state,)


def voice(
    view: View, name: str, doubt: Doubt, opened: frozenset[str], columns: Sequence[int], bonus: Fraction
) -> Voice:
    """A party or constituency on some states, over all settings of its own lines.

    Parameters
    ----------
    doubt
        Which lines are open.
    opened
        Ids of every element that is unsure, of whatever kind.
    columns
        The states looked at, by number.
    """
    order = view.frame.orders.get(name)
    preference = view.case.preferences.get(name)
    held = order.reservation if order is not None else None
    whole = None if order is None else _on(order.whole, np.array(columns, dtype=np.intp))
    profiles, cut = _profiles(whole, doubt, len(columns))
    scale = whole.score.scale if whole is not None and whole.score is not None else 1
    ends = None
    if held is not None and held.low is not None and held.high is not None:
        ends = Fraction(held.low, scale), Fraction(held.high, scale)
    unknown = held is not None and (held.element in opened or (ends is None and held.state is None))
    return Voice(
        name,
        profiles,
        _apart(view, name, columns),
        ends,
        unknown,
        home_of(view, name),
        unknown and held is not None and held.state is not None,
        preference.delay if preference else None,
        f"{name}.delay" in opened,
        bonus,
        cut,
    )


def _on(order: PartyOrder, columns: Columns) -> PartyOrder:
    """A party's order on some states, its worths in full: no deal may be a number to compare them with."""
    small, score = restrict(order, columns), order.score
    if score is None:
        return small
    terms = tuple((element, worth[columns]) for element, worth in score.terms)
    spread = None if score.spread is None else score.spread.at(columns)
    return replace(small, score=replace(score, ranks=score.ranks[columns], terms=terms, spread=spread))


def _apart(view: View, name: str, columns: Sequence[int]) -> frozenset[tuple[int, int]]:
    pairs = view.incomparable(name)
    mine = pairs[np.isin(pairs, np.array(columns)).all(axis=1)].tolist() if len(pairs) else []
    at = {state: k for k, state in enumerate(columns)}
    return frozenset((at[s], at[t]) for a, b in mine for s, t in ((a, b), (b, a)))


def _profiles(order: PartyOrder | None, doubt: Doubt, n: int) -> tuple[tuple[Profile, ...], bool]:
    nothing = Profile((), None, None)
    if order is None:
        return (nothing,), False
    free = open_elements(order, doubt)
    groups = {e.group: len(e.lines) for e in order.lines if isinstance(e, Choice)}
    if (1 << len(free)) * prod(factorial(size) for size in groups.values()) > OWN:
        return (nothing,), True
    found: dict[Profile, None] = {}
    for chosen in product(*(permutations(range(size)) for size in groups.values())):
        perms = dict(zip(groups, chosen, strict=True))
        for bits in product((False, True), repeat=len(free)):
            off = doubt.lost | {e for e, gone in zip(free, bits, strict=True) if gone}
            found[_profile(order, off, perms, n)] = None
    return tuple(found), False


def _profile(order: PartyOrder, off: frozenset[str], perms: Mapping[str, tuple[int, ...]], n: int) -> Profile:
    kept = tuple(tuple(line.holds.tolist()) for line in order.red if line.element not in off)
    if not order.known(off):
        return Profile(kept, None, None)
    ranks = tuple(order.ranks(n, off, perms).tolist())
    return Profile(kept, ranks, worths_of(order.score, off))


def worths_of(score: Score | None, off: frozenset[str]) -> tuple[Fraction, ...] | None:
    """What states are worth where numbers are given; None where they are not.

    Examples
    --------
    >>> [str(w) for w in worths_of(Score("a.worth", np.array([1, 4]), scale=2), frozenset()) or ()]
    ['1/2', '2']
    """
    if score is None or not score.cardinal:
        return None
    return tuple(Fraction(int(w), score.scale) for w in score.ranks_in(off).tolist())
