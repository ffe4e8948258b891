"""Packages and what they are worth, as the bargaining methods take them: arrays of exact numbers.

Notation, here and in every module that works on it: ``u`` are worths of shape (parties, packages),
whole numbers; the worth of package ``k`` to party ``i`` is ``u[i, k] / scales[i]``. ``d`` is what
no deal is worth to each party, on the same scale. ``X_d`` are the packages that nobody refuses and
that are worth at least ``d`` to everyone. A party that has given no numbers takes part with the
ranks of its order, larger is better; only comparisons of its own numbers mean anything then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Worths = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROOM = 2**62
"""Worths and what no deal is worth are smaller than this in size, so that differences never overflow."""


@dataclass(frozen=True, eq=False)
class Bargain:
    """Every package there is, with what it is worth to each party.

    Attributes
    ----------
    parties
        Ids of the parties whose acceptance counts.
    worths
        ``u``, shape (parties, n), each smaller in size than :data:`ROOM`.
    scales
        For each party the number that its worths are multiplied by; 1 for ranks.
    reservations
        ``d``: what no deal is worth to each party, multiplied like its worths.
    cardinal
        Whether a party has given numbers; otherwise its worths are ranks.
    allowed
        Packages that no red line and no constituency refuses, shape (n,).
    """

    parties: tuple[str, ...]
    worths: Worths
    scales: tuple[int, ...]
    reservations: tuple[int, ...]
    cardinal: tuple[bool, ...]
    allowed: Bools

    @property
    def n(self) -> int:
        """Number of packages."""
        return int(self.worths.shape[1])

    def rational(self) -> Bools:
        """``X_d``: packages that nobody refuses, worth at least no deal to everyone, shape (n,).

        Examples
        --------
        >>> make_bargain([[0, 3, 5], [4, 3, 0]], [1, 1]).rational().tolist()
        [False, True, False]
        """
        found = self.allowed.copy()
        for row, least in zip(self.worths, self.reservations, strict=True):
            found &= row >= least
        return found


@dataclass(frozen=True, eq=False)
class Points:
    """The efficient worths in ``X_d``: distinct columns, none of which dominates another.

    What the fairness lenses look at. The packages behind a point are somebody else's business: for
    listed packages :class:`accordant.agreement.frontier.Efficient` keeps them, for very large spaces
    they are put together on demand.

    Attributes
    ----------
    parties, scales, reservations, cardinal
        As in :class:`Bargain`.
    worths
        Shape (parties, m); the first party's descending, ties by the next party's, and so on.
    levels
        For each party the distinct worths within ``X_d``, ascending; None where they are too many
        to list, as for additive worths over very many issues.
    slack
        Zero where every efficient point is there. Otherwise for each package of ``X_d`` some point
        is worth at least its worth less ``slack[i]`` to every party ``i`` (on the scale of worths).
    """

    parties: tuple[str, ...]
    worths: Worths
    scales: tuple[int, ...]
    reservations: tuple[int, ...]
    cardinal: tuple[bool, ...]
    levels: tuple[Worths, ...] | None = None
    slack: tuple[int, ...] = field(default=())

    @property
    def m(self) -> int:
        """Number of points."""
        return int(self.worths.shape[1])

    @property
    def exact(self) -> bool:
        """Whether every efficient point is there."""
        return not any(self.slack)

    def gains(self) -> Worths:
        """``u - d``, shape (parties, m)."""
        return self.worths - np.array(self.reservations, dtype=np.int64)[:, None]

    def worth(self, party: int, point: int) -> Fraction:
        """What a point is worth to a party, in the numbers of the case."""
        return Fraction(int(self.worths[party, point]), self.scales[party])


def make_bargain(
    worths: Sequence[Sequence[int]],
    reservations: Sequence[int],
    *,
    parties: Sequence[str] = (),
    scales: Sequence[int] = (),
    cardinal: Sequence[bool] = (),
    allowed: Sequence[bool] | None = None,
) -> Bargain:
    """A bargain from plain numbers: for tests, notebooks and other programs.

    Parameters
    ----------
    worths
        For each party a whole number for each package.
    reservations
        What no deal is worth to each party.

    Examples
    --------
    >>> bargain = make_bargain([[0, 1], [1, 0]], [0, 0])
    >>> bargain.parties, bargain.n
    (('p1', 'p2'), 2)
    """
    u = np.array(worths, dtype=np.int64)
    k, n = u.shape
    return Bargain(
        tuple(parties) or tuple(f"p{i}" for i in range(1, k + 1)),
        u,
        tuple(scales) or (1,) * k,
        tuple(reservations),
        tuple(cardinal) or (True,) * k,
        np.ones(n, dtype=bool) if allowed is None else np.array(allowed, dtype=bool),
    )
