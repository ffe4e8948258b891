"""Words that two texts share in a row, with their places in both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from accordant.evidence.together.wording import SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

PASSAGE_SHINGLES = 4
"""Shingles in eight words in a row: the least that is shown as shared."""
OFTEN = 64
"""A shingle with more places in one text times those in the other is passed over: it is a refrain."""


class Run(NamedTuple):
    """``size`` words from the word ``first`` of one text and ``second`` of the other."""

    first: int
    second: int
    size: int


class Ordered(NamedTuple):
    """The shingles of a text in the order of their numbers, with their places.

    Attributes
    ----------
    single
        Whether none comes twice.
    """

    ids: Ints
    places: Ints
    single: bool


def ordered(shingles: Ints) -> Ordered:
    """A text's shingles made ready for many comparisons."""
    import numpy as np

    places = np.argsort(shingles, kind="stable")
    ids = shingles[places]
    return Ordered(ids, places, bool((ids[1:] != ids[:-1]).all()))


def runs(one: Ints, other: Ints, least: int) -> list[Run]:
    """The longest stretches of words that stand in both texts, none over another in either text.

    Parameters
    ----------
    one, other
        The shingles of the texts (:func:`accordant.evidence.together.wording.shingles`).
    least
        How many words a stretch has at least; five or more.

    Returns
    -------
    list
        In the order of the first text. Of stretches that overlap, the longest one is kept.

    Examples
    --------
    >>> from accordant.evidence.together.wording import shingles, worded
    >>> runs(*shingles([worded("x a b c d e f"), worded("a b c d e f y z")]), least=6)
    [Run(first=1, second=0, size=6)]
    """
    return chosen(maximal_runs(ordered(one), ordered(other), least))


def chosen(found: list[Run]) -> list[Run]:
    """Of stretches of words the longest ones of which none lies over another in either text."""
    kept: list[Run] = []
    taken_one: set[int] = set()
    taken_other: set[int] = set()
    for run in sorted(found, key=lambda r: (-r.size, r.first, r.second)):
        here = range(run.first, run.first + run.size)
        there = range(run.second, run.second + run.size)
        if taken_one.isdisjoint(here) and taken_other.isdisjoint(there):
            kept.append(run)
            taken_one.update(here)
            taken_other.update(there)
    return sorted(kept)


def maximal_runs(one: Ordered, other: Ordered, least: int) -> list[Run]:
    """Every stretch of at least ``least`` words in both texts that cannot be made longer at either end."""
    first, second = _meeting(one, other)
    if not len(first):
        return []
    import numpy as np

    order = np.lexsort((first, first - second))
    first, second = first[order], second[order]
    new = np.r_[True, (np.diff(first) != 1) | (np.diff(second) != 1)]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.r_[starts, len(first)]) + SIZE - 1
    return sorted(
        Run(int(a), int(b), int(size))
        for a, b, size in zip(first[starts], second[starts], sizes, strict=True)
        if size >= least
    )


def _meeting(one: Ordered, other: Ordered) -> tuple[Ints, Ints]:
    """Every pair of places with the same shingle, those of a refrain aside."""
    import numpy as np

    low = np.searchsorted(other.ids, one.ids, side="left")
    if one.single and other.single:
        met = low < len(other.ids)
        met[met] = other.ids[low[met]] == one.ids[met]
        return one.places[met], other.places[low[met]]
    times = np.searchsorted(other.ids, one.ids, side="right") - low
    met = times > 0
    if not met.any():
        return low[met], low[met]
    _, ranks, repeats = np.unique(one.ids[met], return_inverse=True, return_counts=True)
    fine = times[met] * repeats[ranks.reshape(-1)] <= OFTEN
    at, low, times = one.places[met][fine], low[met][fine], times[met][fine]
    within = np.arange(int(times.sum())) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(at, times), other.places[np.repeat(low, times) + within]
