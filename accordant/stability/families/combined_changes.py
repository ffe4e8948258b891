"""Changes of the issues of a case, in the form in which several of them can be made at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import prod
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError, TooLargeError
from accordant.model.graph import ArcMoves, GraphModel, Mover
from accordant.model.growth import pack
from accordant.model.movers import build_movers, home_combinations
from accordant.model.moves import arcs_from_pairs
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.stability.arc_form import end_to_end

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Bools = NDArray[np.bool_]


DENSE = 2**22
"""Combinations, feasible or not, up to which each has a place of its own in a table."""


@dataclass(frozen=True, eq=False)
class Changes:
    """Every change that a mover can make, from combination of values to combination.

    Attributes
    ----------
    codes
        Value number of each issue in each combination.
    state_of
        The state that each combination makes.
    key, stride
        The number of each combination among all, feasible or not; ``codes @ stride``.
    keys, numbers
        The keys ascending, and whose they are; or no keys, and a place for every key, -1 where it is
        not feasible.
    start, targets
        Changes of mover k at combination c: ``targets[start[k, c]:start[k, c + 1]]``.
    movers
        The parties of each mover.
    shared
        Whether some issue can be changed by several movers.
    """

    codes: NDArray[np.uint16]
    state_of: Int32s
    key: Int64s
    stride: Int64s
    keys: Int64s
    numbers: Int32s
    start: Int64s
    targets: Int32s
    movers: tuple[tuple[int, ...], ...]
    shared: bool

    @cached_property
    def members(self) -> tuple[Int32s, Int32s]:
        """The parties of all movers end to end, and where each mover's begin."""
        ends = np.cumsum([0, *(len(m) for m in self.movers)]).astype(np.int32)
        return ends, np.array([p for m in self.movers for p in m], dtype=np.int32)

    @cached_property
    def several(self) -> Bools:
        """Which states are made by several combinations, shape (states,)."""
        return np.asarray(np.bincount(self.state_of) > 1)

    def end(self, c: int, others: Iterable[int]) -> int:
        """The combination that changes of c make together, -1 where it is not feasible.

        No two of them may change an issue to different values.
        """
        together = self.codes[c].astype(np.int64)
        for b in others:
            differs = self.codes[b] != self.codes[c]
            together[differs] = self.codes[b][differs]
        key = int(together @ self.stride)
        if not len(self.keys):
            return int(self.numbers[key])
        place = int(np.searchsorted(self.keys, key))
        found = place < len(self.keys) and self.keys[place] == key
        return int(self.numbers[place]) if found else -1

    def opponents(self, party: int) -> tuple[Int32s, Int64s]:
        """Movers that a party is no member of and that can move; a bit for each of their parties."""
        moving = self.start[:, -1] > self.start[:, 0]
        found = [k for k, members in enumerate(self.movers) if moving[k] and party not in members]
        bits = [sum(1 << p for p in self.movers[k]) for k in found]
        return np.array(found, dtype=np.int32), np.array(bits, dtype=np.int64)

    def room(self, opponents: Int32s) -> int:
        """The most changes that all of some movers have at one combination."""
        return int(sum(np.diff(self.start[k]).max(initial=0) for k in opponents))


BYTES_EACH = 30
"""Of memory for each change, as measured while they are listed for a model of a million states."""


def changes_in(view: View) -> int:
    """About how many changes there are, or how many more than that: not one of them is listed.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}, "z": {"by": "b"}}})
    >>> changes_in(Compiler(case).view())
    32
    """
    total = 0
    for mover in view.model.movers:
        if isinstance(mover.moves, ArcMoves):
            total += len(mover.moves.targets)
            continue
        groups = np.diff(mover.moves.groups[1]).astype(float)
        full = prod(len(view.space.values[k]) ** 2 for k in mover.moves.axes)
        taken = prod(int(a.sum()) for a in mover.moves.allowed)
        total += int((groups**2 - groups).sum() * min(1, (taken or 1) / full))
    return total


def changes_at(view: View, state: int) -> Changes:
    """The changes that can be made at one state: all others are left out.

    Where states stand for several combinations of values, all changes are there.
    """
    if view.space.merged or view.model in _made:
        return changes_of(view)

    def from_state(mover: Mover) -> ArcMoves:
        targets = mover.moves.from_state(state)
        indptr = np.zeros(view.model.n + 1, dtype=np.int64)
        indptr[state + 1 :] = len(targets)
        return ArcMoves(indptr, targets, transitive=False)

    return _build(view, tuple(Mover(m.parties, from_state(m)) for m in view.model.movers))


_made: WeakKeyDictionary[GraphModel, Changes] = WeakKeyDictionary()


def changes_of(view: View) -> Changes:
    """The changes that can be made in a view.

    Raises
    ------
    InputError
        If the case gives its states directly, so that there is nothing to combine.
    TooLargeError
        If combinations cannot be numbered.
    """
    if view.model not in _made:
        _made[view.model] = _build(view)
    return _made[view.model]


def _build(view: View, given: tuple[Mover, ...] | None = None) -> Changes:
    space = view.space
    shape = tuple(len(v) for v in space.values)
    if not shape:
        raise InputError(
            "sim adds up changes of issues that are made at the same time, and this case has no issues: its "
            "moves lead from state to state; ask for seq or sseq"
        )
    if prod(shape) >= 2**63 or len(view.parties) > 62:
        raise TooLargeError(
            "sim numbers all combinations of values, feasible or not, and these are too many; ask for seq or "
            "sseq"
        )
    if space.merged:
        codes, state_of, movers = space.codes, space.state_of, _apart(view)
    else:
        codes, state_of = space.codes[space.first], np.arange(space.n, dtype=np.int32)
        movers = view.model.movers if given is None else given
    key = pack(codes, shape).astype(np.int64)
    stride = np.array([prod(shape[k + 1 :]) for k in range(len(shape))], dtype=np.int64)
    arcs = [m.moves.arcs for m in movers]
    return Changes(
        np.ascontiguousarray(codes, dtype=np.uint16),
        np.ascontiguousarray(state_of),
        key,
        stride,
        *_places(key, prod(shape)),
        *end_to_end(arcs, len(codes)),
        tuple(m.parties for m in movers),
        _shared(arcs, codes),
    )


def _places(key: Int64s, every: int) -> tuple[Int64s, Int32s]:
    """How a key is found: by a place for every key if that is no waste, otherwise among those there are."""
    if every <= max(DENSE, 8 * len(key)):
        numbers = np.full(every, -1, dtype=np.int32)
        numbers[key] = np.arange(len(key), dtype=np.int32)
        return np.zeros(0, dtype=np.int64), numbers
    numbers = np.argsort(key, kind="stable").astype(np.int32)
    return key[numbers], numbers


def _shared(arcs: list[ArcMoves], codes: NDArray[np.integer]) -> bool:
    """Whether some issue is changed by several movers."""
    touched = np.zeros(codes.shape[1], dtype=np.int64)
    for a in arcs:
        source = np.repeat(np.arange(len(codes)), np.diff(a.indptr))
        touched += [bool((c[source] != c[a.targets]).any()) for c in codes.T]
    return bool((touched > 1).any())


def _apart(view: View) -> tuple[Mover, ...]:
    """Movers from combination to combination where states merge several.

    A change counts only if it leads to another state, and the mover has that move between the states.
    """
    space, at = view.space, view.status_quo
    number = None
    if at is not None:
        home = home_combinations(view.case, space, at)
        number = int(home[0])
        issues = view.case.issues
        joint = [k for k, name in enumerate(space.issues) if issues[name].joint and not issues[name].binding]
        if (space.codes[home][:, joint] != space.codes[number, joint]).any():
            raise InputError(
                f"sim adds up changes, and walking out of a joint issue leads back to {space.name(at)}, "
                "which stands for several combinations of values; ask for seq or sseq"
            )
    n = len(space.codes)
    wide = StateSpace(space.issues, space.values, space.codes, np.arange(n, dtype=np.int32), n)
    built = build_movers(view.case, wide, view.setting.off, number)
    movers = []
    for mover, merged in zip(built, view.model.movers, strict=True):
        arcs = mover.moves.arcs
        source = np.repeat(np.arange(n), np.diff(arcs.indptr))
        pairs = space.state_of[source].astype(np.int64) * space.n + space.state_of[arcs.targets]
        own = merged.moves.arcs
        known = np.repeat(np.arange(space.n), np.diff(own.indptr)) * space.n + own.targets
        keep = np.isin(pairs, known)
        movers.append(
            Mover(mover.parties, arcs_from_pairs(n, source[keep], arcs.targets[keep], transitive=False))
        )
    return tuple(movers)
