"""Who has to gain by a credible step: what orders of unknown parties change in SEQ and SSEQ.

A reading says for each mover which of its parties must strictly improve for the step to be
credible, or None when the mover makes no credible steps at all.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel

Reading: TypeAlias = tuple[tuple[int, ...] | None, ...]


def plain(model: GraphModel) -> Reading:
    """Every member of a mover must strictly improve."""
    return tuple(m.parties for m in model.movers)


def indifferent(model: GraphModel, known: NDArray[np.bool_]) -> Reading:
    """Parties of unknown order never improve, and so take no credible step."""
    return tuple(m.parties if all(known[p] for p in m.parties) else None for m in model.movers)


def willing(model: GraphModel, known: NDArray[np.bool_]) -> Reading:
    """Parties of unknown order improve by every step; the others must improve as usual."""
    return tuple(tuple(p for p in m.parties if known[p]) for m in model.movers)
