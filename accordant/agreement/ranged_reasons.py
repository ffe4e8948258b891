"""Why a party whose worths are ranges accepts a state or not, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.agreement.no_deal import NoDeal
from accordant.agreement.rounding import told_apart
from accordant.model.preferences import Score


@dataclass(frozen=True, slots=True)
class Compared:
    """A state and no deal to somebody whose worths are ranges.

    Attributes
    ----------
    here, there
        The ends between which each is worth something.
    gain
        The ends between which the state exceeds no deal: what is in both counts for both alike.
    element
        What the comparison stands on.
    """

    here: tuple[Fraction, Fraction]
    there: tuple[Fraction, Fraction]
    gain: tuple[Fraction, Fraction]
    element: str


def compared(against: NoDeal, off: frozenset[str], state: int, k: int) -> Compared | None:
    """A state against one no deal; None where worths are no ranges, or not known at all.

    Parameters
    ----------
    against
        What no deal is to the party, with its order.
    off
        Elements that do not count.
    state
        A state number.
    k
        Which of the states that no deal may be.
    """
    order = against.order
    if order is None or order.score is None or not order.ranged or not order.bounded(off):
        return None
    held = against.held
    if held is not None and held.element in off:
        return None
    low, high = against.low[k], against.high[k]
    least, most = order.score.reach(off)
    scale = order.score.scale

    def ends(first: int, last: int) -> tuple[Fraction, Fraction]:
        return Fraction(first, scale), Fraction(last, scale)

    gain = ends(_gain(order.score, off, state, high)[0], _gain(order.score, off, state, low)[1])
    number = held is not None and held.low is not None
    return Compared(
        ends(int(least[state]), int(most[state])),
        ends(int(least[low]), int(most[high])),
        gain,
        held.element if held is not None and number else order.score.element,
    )


def _gain(score: Score, off: frozenset[str], state: int, column: int) -> tuple[int, int]:
    """The least and the most by which a state exceeds a column."""
    assert score.spread is not None
    ranks, rows = score.ranks_in(off), score.spread.in_(off)
    apart = np.asarray(rows[[state]] - rows[[column]])
    base = int(ranks[state]) - int(ranks[column])
    return base + int(score.spread.least(apart)[0]), base + int(score.spread.most(apart)[0])


def in_words(name: str, here: str, there: str, found: Compared) -> str:
    """The comparison as a sentence, without its end.

    Examples
    --------
    >>> ends = Fraction(2), Fraction(4)
    >>> in_words("A", "s2", "no deal (s1)", Compared(ends, (Fraction(3), Fraction(3)), (-1, 1), "a.worth"))
    'A may prefer either, s2 or no deal (s1): s2 is worth 2 to 4 to it, no deal (s1) 3 (a.worth)'
    """
    texts = told_apart(*found.here, *found.there)
    says = f"{here} is worth {_span(texts[:2])} to it, {there} {_span(texts[2:])} ({found.element})"
    least, most = found.gain
    if (least >= 0 and found.here[0] < found.there[1]) or (most <= 0 and found.there[0] < found.here[1]):
        says += ", and what both have in common counts for both alike"
    if least == most == 0:
        return f"{name} likes {here} as well as {there}: {says}, and a tie is enough"
    if least > 0:
        return f"{name} prefers {here} to {there}: {says}"
    if least == 0:
        return f"{name} accepts {here}: {says}"
    if most < 0:
        return f"{name} prefers {there} to {here}: {says}"
    return f"{name} may prefer either, {here} or {there}: {says}"


def _span(ends: Sequence[str]) -> str:
    return ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
