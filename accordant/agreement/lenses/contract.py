"""What every fairness lens is: a rule that picks points of the frontier, and says on what terms.

A lens is one module of this package that holds a ``LENS``; :data:`accordant.agreement.lenses.MODULES`
names them. It picks among the efficient points, never among dominated packages, and returns every
point that attains it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Points

Weights: TypeAlias = tuple[Fraction, ...]
"""One positive number for each party, in the order of the parties."""


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """What a lens picks.

    Attributes
    ----------
    points
        Numbers of every point that attains it, ascending; empty where it cannot be applied.
    compared
        What was compared, in words and exact numbers: one sentence for a reader.
    notes
        What a reader has to know of this answer, such as a party that was left out.
    refused
        Why the lens cannot be applied; empty where it can.
    """

    points: NDArray[np.intp]
    compared: str = ""
    notes: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Lens:
    """A fairness lens.

    Attributes
    ----------
    name
        As in commands, files and results: ``nash``, ``kalai-smorodinsky`` …
    title
        What the literature calls it.
    says
        What it picks, in one plain sentence.
    assumes
        What has to be true of the numbers for it to mean anything.
    fails
        Where it cannot answer, or answers badly.
    source, read
        The publication, and whether its text was read by the maintainers.
    ordinal
        Whether ranks are enough.
    comparable
        Whether it compares one party's worth with another's.
    weighs
        Whether it takes weights.
    solve
        From the points, and weights or None, to the solution. Called with at least one point.
    """

    name: str
    title: str
    says: str
    assumes: str
    fails: str
    source: str
    read: bool
    ordinal: bool
    comparable: bool
    weighs: bool
    solve: Callable[[Points, Weights | None], Solution]
