"""Stability where preferences are relations and not ranks.

Some concepts compare states by relations that no list of ranks gives: pairs of unknown order,
strong preference, degrees, coalitions. A relation is a boolean matrix read from its row: in
``sanction[s, t]`` the party started from s. What opponents can lead on to is worked out once for
all states, as bit sets, exactly for legal sequences of any length: whoever made the last move is
tracked, because relations need not compose even where moves do, and because the state that a
sequence starts from may itself be a sanction.

Made for models of up to some thousand states: several matrices of states x states are needed. What
would not fit is refused before it is tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.graph import ArcMoves, Mover
from accordant.model.growth import memory_limit, memory_text
from accordant.stability.sequences import Step, legal_sequences

Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Ends:
    """For each state the set of states that legal sequences from it end in.

    ``words[s]`` is a row of 64-bit words: state t is bit ``t & 63`` of word ``t >> 6``.
    """

    words: Words

    @property
    def n(self) -> int:
        """Number of states."""
        return len(self.words)

    def contains(self, s: int, t: int) -> bool:
        """Whether a legal sequence leads from s to t.

        Examples
        --------
        >>> Ends(np.array([[2], [0]], dtype=np.uint64)).contains(0, 1)
        True
        """
        return bool(int(self.words[s, t >> 6]) >> (t & 63) & 1)

    def of(self, s: int) -> Bools:
        """Which states legal sequences from s end in."""
        t = np.arange(self.n)
        return np.asarray((self.words[s, t >> 6] >> (t & 63).astype(np.uint64)) & np.uint64(1), dtype=bool)


def legal_ends(steps: Sequence[ArcMoves], n: int) -> Ends:
    """Where legal sequences lead from each state: no mover twice in a row.

    Parameters
    ----------
    steps
        What each mover can do in one step.
    n
        Number of states.

    Raises
    ------
    TooLargeError
        If the sets would not fit, with the memory that they would take.

    Examples
    --------
    One mover goes s1 -> s2 -> s3, but not twice in a row; another goes s2 -> s1.

    >>> from accordant.model.moves import arcs_from_pairs
    >>> there = arcs_from_pairs(3, np.array([0, 1]), np.array([1, 2]))
    >>> back = arcs_from_pairs(3, np.array([1]), np.array([0]))
    >>> [np.flatnonzero(legal_ends([there, back], 3).of(s)).tolist() for s in range(3)]
    [[0, 1], [0, 1, 2], []]
    """
    from accordant.stability.kernels import relations as kernel

    moving = [a for a in steps if len(a.targets)]
    width = -(-n // 64)
    afford(n * width * 8, n)
    if len(moving) < 2:  # alone, nobody moves twice
        words = np.zeros((n, width), dtype=np.uint64)
        if moving:
            _mark(words, np.repeat(np.arange(n), np.diff(moving[0].indptr)), moving[0].targets)
        return Ends(words)
    graph = _graph(moving, n)
    component, members = (np.empty(len(graph.label), dtype=np.int64) for _ in range(2))
    found = kernel.components(graph.start, graph.target, component, members)
    afford((found + n) * width * 8, n)
    rows = np.zeros((found, width), dtype=np.uint64)
    kernel.ends(graph.start, graph.target, graph.label, component, members, rows)
    words = np.zeros((n, width), dtype=np.uint64)
    for nodes in graph.leaving:
        able = np.flatnonzero(nodes >= 0)
        words[able] |= rows[component[nodes[able]]]
    return Ends(words)


def _mark(words: Words, rows: NDArray[np.integer], states: NDArray[np.integer]) -> None:
    bits = np.uint64(1) << (states & 63).astype(np.uint64)
    np.bitwise_or.at(words, (rows, states >> 6), bits)


@dataclass(frozen=True, eq=False)
class _Graph:
    """Who can be where: nodes *k leaves s* and *k arrived at t*, with the arcs between them.

    ``leaving[k, s]`` is the node of k leaving s, -1 where k has no step from s. ``label`` is the
    state arrived at, -1 for leaving.
    """

    start: NDArray[np.int64]
    target: NDArray[np.int64]
    label: NDArray[np.int64]
    leaving: NDArray[np.int64]


def _graph(steps: Sequence[ArcMoves], n: int) -> _Graph:
    leaving, arriving = (np.full((len(steps), n), -1, dtype=np.int64) for _ in range(2))
    able = np.array([np.diff(a.indptr) > 0 for a in steps])
    hit = np.array([np.bincount(a.targets, minlength=n) > 0 for a in steps])
    leaving[able] = np.arange(able.sum())
    arriving[hit] = able.sum() + np.arange(hit.sum())
    froms, tos = [], []
    for k, a in enumerate(steps):
        froms.append(np.repeat(leaving[k], np.diff(a.indptr)))
        tos.append(arriving[k, a.targets])
        for j in range(len(steps)):
            on = np.flatnonzero(hit[k] & able[j]) if j != k else np.zeros(0, dtype=np.intp)
            froms.append(arriving[k, on])
            tos.append(leaving[j, on])
    source, target = np.concatenate(froms), np.concatenate(tos)
    nodes = int(able.sum() + hit.sum())
    start = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=nodes))]).astype(np.int64)
    label = np.concatenate([np.full(able.sum(), -1), np.nonzero(hit)[1]]).astype(np.int64)
    return _Graph(start, target[np.argsort(source, kind="stable")], label, leaving)


def restricted(arcs: ArcMoves, keep: Bools) -> ArcMoves:
    """The arcs (s, q) with ``keep[s, q]``.

    Examples
    --------
    >>> from accordant.model.moves import arcs_from_pairs
    >>> arcs = arcs_from_pairs(2, np.array([0, 1]), np.array([1, 0]))
    >>> restricted(arcs, np.array([[0, 1], [0, 0]], dtype=bool)).indptr.tolist()
    [0, 1, 1]
    """
    n = len(arcs.indptr) - 1
    sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
    chosen = keep[sources, arcs.targets]
    indptr = np.concatenate([[0], np.cumsum(np.bincount(sources[chosen], minlength=n))]).astype(np.int64)
    # whether what is left composes is not asked: False is always right
    return ArcMoves(indptr, arcs.targets[chosen], transitive=not chosen.any())


def answered(leave: ArcMoves, ends: Ends, sanction: Bools) -> Bools:
    """For each state s whether every q that is left for has an end t with ``sanction[s, t]``.

    Examples
    --------
    >>> from accordant.model.moves import arcs_from_pairs
    >>> leave = arcs_from_pairs(2, np.array([0]), np.array([1]))
    >>> ends = legal_ends([arcs_from_pairs(2, np.array([1]), np.array([0]))], 2)
    >>> answered(leave, ends, np.eye(2, dtype=bool)).tolist()
    [True, True]
    """
    from accordant.stability.kernels import relations as kernel

    words = np.zeros_like(ends.words)
    kernel.pack(sanction, words)
    holds = np.empty(ends.n, dtype=bool)
    kernel.answered(leave.indptr, leave.targets, ends.words, words, holds)
    return holds


def held(sanction: Bools, moves: ArcMoves, safe: Bools) -> Bools:
    """The sanctions (s, t) from which every own move leads to some x with ``safe[s, x]``.

    Examples
    --------
    >>> from accordant.model.moves import arcs_from_pairs
    >>> moves = arcs_from_pairs(2, np.array([1]), np.array([0]))
    >>> held(np.ones((2, 2), bool), moves, np.eye(2, dtype=bool)).astype(int).tolist()
    [[1, 1], [1, 0]]
    """
    from accordant.stability.kernels import relations as kernel

    holds = np.empty(sanction.shape, dtype=bool)
    kernel.held(np.ascontiguousarray(sanction), moves.indptr, moves.targets, safe, holds)
    return holds


def afford(need: int, n: int) -> None:
    """Refuse what would take more memory than one question may.

    Parameters
    ----------
    need
        Bytes.
    n
        Number of states, for the message.

    Raises
    ------
    TooLargeError
        With the amount.
    """
    allowed = memory_limit()
    if need > allowed:
        raise TooLargeError(
            f"this question compares states pair by pair: with {n:,} states that would take about "
            f"{memory_text(need)}; {memory_text(allowed)} are allowed here. Ask it of a smaller model"
        )


def afford_matrices(n: int, count: int) -> None:
    """Refuse ``count`` matrices of n x n bytes where they would not fit.

    Examples
    --------
    >>> afford_matrices(10**9, 4)
    Traceback (most recent call last):
    ...
    accordant.errors.TooLargeError: this question compares states pair by pair: ...
    """
    afford(count * n * n, n)


def sequences_from(
    movers: Sequence[Mover], steps: Sequence[ArcMoves], n: int, start: int
) -> Iterator[tuple[Step, ...]]:
    """Legal sequences from a state, shortest first, one to each new end and last mover.

    Parameters
    ----------
    movers, steps
        Who moves, and what each can do in one step.
    n
        Number of states.
    """

    def ahead(k: int, state: int) -> NDArray[np.int32]:
        return steps[k].from_state(state)

    return legal_sequences([m.parties for m in movers], ahead, n, start)


def shortest_to(
    movers: Sequence[Mover], steps: Sequence[ArcMoves], start: int, wanted: Bools
) -> tuple[Step, ...] | None:
    """A shortest legal sequence from a state to one of the wanted ones, None where there is none.

    Examples
    --------
    >>> from accordant.model.moves import arcs_from_pairs
    >>> arcs = arcs_from_pairs(2, np.array([0]), np.array([1]))
    >>> shortest_to([Mover((1,), arcs)], [arcs], 0, np.array([False, True]))
    (Step(mover=(1,), start=0, end=1),)
    """
    found = sequences_from(movers, steps, len(wanted), start)
    return next((s for s in found if wanted[s[-1].end]), None)
