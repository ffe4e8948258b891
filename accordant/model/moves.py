"""Moves as arrays: groups of states, arcs, directions, merged states."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.graph import ArcMoves, ProductMoves
from accordant.model.growth import Codes, memory_limit, memory_text, pack

Bools = NDArray[np.bool_]


def direction(size: int, moves: str | Sequence[tuple[int, int]]) -> Bools:
    """Which value may follow which: from, to; a value may always stay.

    Examples
    --------
    >>> direction(3, "forward").astype(int).tolist()
    [[1, 1, 1], [0, 1, 1], [0, 0, 1]]
    """
    if isinstance(moves, str):
        every = np.ones((size, size), dtype=bool)
        return {"any": every, "forward": np.triu(every), "backward": np.tril(every)}[moves]
    allowed = np.eye(size, dtype=bool)
    for start, end in moves:
        allowed[start, end] = True
    return allowed


def is_transitive(allowed: Bools) -> bool:
    """Whether two permitted changes in a row are always one permitted change."""
    # "any", "forward" and "backward" are: issues with thousands of values would wait for the product
    if allowed.all() or any((allowed == half(np.ones_like(allowed))).all() for half in (np.triu, np.tril)):
        return True
    rows, columns = np.nonzero(allowed & ~np.eye(len(allowed), dtype=bool))
    if len(rows) <= 4 * len(allowed):  # few changes, as back to one value: look at each of them
        return not any(bool((allowed[b] & ~allowed[a]).any()) for a, b in zip(rows, columns, strict=True))
    counts = allowed.astype(np.float32)  # sums of ones: exact, and multiplied much faster than integers
    return bool((allowed | ~((counts @ counts) > 0)).all())


def reachable(allowed: Bools) -> Bools:
    """Which value can ever follow which, by any number of permitted changes."""
    if is_transitive(allowed):
        return allowed
    closed = allowed.copy()
    for k in range(len(closed)):
        closed |= closed[:, k : k + 1] & closed[k : k + 1, :]
    return closed


def group_states(
    codes: Codes, shape: Sequence[int], axes: Sequence[int]
) -> tuple[NDArray[np.int32], NDArray[np.int64], NDArray[np.int32]]:
    """States that differ in some issues only.

    Returns
    -------
    group, start, members
        The group of each state; members of group g are ``members[start[g]:start[g + 1]]``,
        ascending.
    """
    others = [k for k in range(len(shape)) if k not in axes]
    sizes = [shape[k] for k in others]
    if prod(sizes) < 2**63:
        key: NDArray[np.generic] = pack(codes[:, others], sizes)
    else:
        packed = np.ascontiguousarray(codes[:, others])
        key = packed.view([("", packed.dtype)] * packed.shape[1]).ravel()
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    members = np.argsort(inverse, kind="stable").astype(np.int32)
    return inverse.astype(np.int32).ravel(), start, members


def product_arcs(moves: ProductMoves) -> ArcMoves:
    """The moves of an option form listed arc by arc.

    Raises
    ------
    TooLargeError
        If the list would not fit, with its size.
    """
    _, start, members = moves.groups
    sizes = np.diff(start)
    pairs = int((sizes.astype(object) ** 2).sum()) if len(sizes) else 0
    if pairs * 16 > memory_limit():
        raise TooLargeError(
            f"listing the moves one by one would take {pairs:,} pairs of states "
            f"({memory_text(pairs * 16)}); this question needs a smaller model"
        )
    sources, targets = [], []
    for size in np.unique(sizes):
        # all groups of one size at once: their members as a (groups, size) block
        blocks = members[start[:-1][sizes == size][:, None] + np.arange(size)]
        source = np.repeat(blocks, size, axis=1).ravel()
        target = np.tile(blocks, (1, int(size))).ravel()
        keep = source != target
        for axis, allowed in zip(moves.axes, moves.allowed, strict=True):
            keep &= allowed[moves.codes[source, axis], moves.codes[target, axis]]
        sources.append(source[keep])
        targets.append(target[keep])
    empty = np.zeros(0, dtype=np.int32)
    return arcs_from_pairs(
        len(moves.codes),
        np.concatenate(sources) if sources else empty,
        np.concatenate(targets) if targets else empty,
        transitive=moves.transitive,
    )


def arcs_from_pairs(
    n: int, sources: NDArray[np.integer], targets: NDArray[np.integer], *, transitive: bool | None = None
) -> ArcMoves:
    """Arcs from pairs of states, loops and repetitions dropped.

    Parameters
    ----------
    transitive
        As known by the caller; None to find out (only for models small enough to look).

    Examples
    --------
    >>> arcs_from_pairs(3, np.array([0, 0, 1]), np.array([1, 2, 2])).transitive
    True
    """
    keep = sources != targets
    key = np.sort(sources[keep].astype(np.int64) * n + targets[keep])  # np.unique hashes: slower here
    key = key[np.diff(key, prepend=-1) != 0]
    source, target = np.divmod(key, max(n, 1))
    indptr = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=n))]).astype(np.int64)
    arcs = target.astype(np.int32)
    known = _arcs_transitive(n, indptr, arcs) if transitive is None else transitive
    return ArcMoves(indptr, arcs, known)


def _arcs_transitive(n: int, indptr: NDArray[np.int64], targets: NDArray[np.int32]) -> bool:
    if n > 1024:  # False is always right: it only makes the verdicts track the last mover
        return len(targets) == 0
    matrix = np.eye(n, dtype=bool)
    matrix[np.repeat(np.arange(n), np.diff(indptr)), targets] = True
    return is_transitive(matrix)


def merge_arcs(arcs: ArcMoves, state_of: NDArray[np.int32], n: int) -> ArcMoves:
    """Moves between merged states: the union of the members' moves, less those that stay."""
    sources = np.repeat(np.arange(len(arcs.indptr) - 1), np.diff(arcs.indptr))
    return arcs_from_pairs(n, state_of[sources], state_of[arcs.targets])
