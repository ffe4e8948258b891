"""How far each party prefers one state to another: shares of the admissible settings, exact.

Where something about a party's preference is unsure, its orders differ between settings, and the
*degree* to which it prefers q to s is the share of the settings of its own lines in which it
strictly does. A degree that the case gives stands in place of the share. States, moves and rules are
those of the case as it is written.

Notation: matrices are read from their row. ``better[s, q]`` belongs to the question whether the
party, being at s, prefers q.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from random import Random

import numpy as np
from numpy.typing import NDArray

from accordant.model.compiler import Compiler
from accordant.model.preferences import Ranks
from accordant.model.view import View
from accordant.stability.outlook import Outlook, Unsure
from accordant.stability.pairwise.relations import afford_matrices
from accordant.stability.ranks import dense

Bools = NDArray[np.bool_]
Counts = NDArray[np.int32]

SEED = 1
"""For the settings drawn where a party's own lines have too many to look at all."""

_MATRICES = 16
"""Bytes that a question about degrees takes per party and pair of states."""


@dataclass(frozen=True, eq=False)
class Degrees:
    """How far one party prefers each state to each other.

    Attributes
    ----------
    better
        In how many settings the party strictly prefers q to s, shape (n, n) as ``better[s, q]``.
    settings
        Number of settings of the party's own lines.
    open
        Pairs of which nothing is known, shape (n, n), symmetric.
    given
        Degrees that the case gives, (q, s): the degree to which q is preferred to s; both ways.
    views
        The case with each of the party's distinct orders.
    """

    better: Counts
    settings: int
    open: Bools
    given: Mapping[tuple[int, int], Fraction] = field(default_factory=dict)
    views: tuple[View, ...] = ()

    def preferred(self, q: int, s: int) -> Fraction:
        """P(q, s): the degree to which q is strictly preferred to s.

        Degrees that the case gives leave no room for ties: what is not preferred one way is
        preferred the other way.
        """
        if (q, s) in self.given:
            return self.given[q, s]
        return Fraction(int(self.better[s, q]), self.settings)

    def margin(self, q: int, s: int) -> Fraction:
        """The relative certainty: P(q, s) - P(s, q)."""
        return self.preferred(q, s) - self.preferred(s, q)

    def more_than(self, bound: Fraction, *, unknown: bool) -> Bools:
        """Where P(q, s) > bound, shape (n, n) as ``[s, q]``; ``unknown`` where nothing is known.

        Examples
        --------
        >>> two = Degrees(np.array([[0, 3], [1, 0]], dtype=np.int32), 4, np.zeros((2, 2), dtype=bool))
        >>> two.more_than(Fraction(1, 4), unknown=False).tolist()
        [[False, True], [False, False]]
        """
        found = self.better > (bound * self.settings).__floor__()
        return self._with_given(found, unknown, lambda q, s: self.preferred(q, s) > bound)

    def margin_at_least(self, threshold: Fraction, *, unknown: bool) -> Bools:
        """Where P(q, s) - P(s, q) >= threshold, as :meth:`more_than`.

        Examples
        --------
        >>> two = Degrees(np.array([[0, 3], [1, 0]], dtype=np.int32), 4, np.zeros((2, 2), dtype=bool))
        >>> two.margin_at_least(Fraction(1, 2), unknown=False).tolist()
        [[False, True], [False, False]]
        """
        least = (threshold * self.settings).__ceil__()
        found = self.better - self.better.T >= least
        return self._with_given(found, unknown, lambda q, s: self.margin(q, s) >= threshold)

    def _with_given(self, found: Bools, unknown: bool, holds: Callable[[int, int], bool]) -> Bools:
        found = np.where(self.open, unknown, found)
        for q, s in self.given:
            found[s, q] = holds(q, s)
        return found


def degrees_of_case(compiler: Compiler) -> tuple[View, list[Degrees]]:
    """The case as it is written, and everybody's degrees over all settings of their own lines.

    Raises
    ------
    TooLargeError
        If the matrices would not fit.
    """
    n = compiler.space().n
    afford_matrices(n, _MATRICES * len(compiler.parties))
    space = compiler.setting_space()
    framed = Unsure(compiler, space, Random(SEED)).written(_ranks)
    view = framed.view
    found = []
    for party, outlook in zip(view.parties, framed.outlooks, strict=True):
        base = view.setting
        views = (compiler.view(replace(base, off=base.off | off, perms=perms)) for off, perms in outlook.ways)
        found.append(_degrees(view, party, outlook, tuple(views)))
    return view, found


def degrees_of_view(view: View) -> list[Degrees]:
    """Everybody's degrees in one setting: 0 or 1, but for those that the case gives.

    Raises
    ------
    TooLargeError
        If the matrices would not fit.
    """
    n = view.model.n
    afford_matrices(n, _MATRICES * len(view.parties))
    found = []
    for party in view.parties:
        ranks = _ranks(view, party)
        row = dense((np.zeros(n, dtype=np.int64) if ranks is None else ranks)[None])
        found.append(_degrees(view, party, Outlook(row, (1,), ranks is not None), (view,)))
    return found


def _ranks(view: View, party: str) -> Ranks | None:
    return view.base_ranks(party)


def _degrees(view: View, party: str, outlook: Outlook, views: tuple[View, ...]) -> Degrees:
    n = view.model.n
    better = np.zeros((n, n), dtype=np.int32)
    open_ = np.full((n, n), not outlook.known)
    if outlook.known:
        for ranks, weight in zip(outlook.ranks, outlook.weight, strict=True):
            np.add(better, weight, out=better, where=ranks[None, :] > ranks[:, None])
        pairs = view.incomparable(party)
        open_[pairs[:, 0], pairs[:, 1]] = open_[pairs[:, 1], pairs[:, 0]] = True
    np.fill_diagonal(open_, False)
    return Degrees(better, outlook.settings, open_, view.degrees(party), views)
