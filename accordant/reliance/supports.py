"""Smallest sets of grounds with which a conclusion follows, and smallest sets whose loss breaks it.

Taking away grounds only makes elements unsure. For a conclusion that is *always* or *never*, call a
set of elements *fatal* when making them unsure turns it to *sometimes*. Breaks are the smallest sets
of grounds that take every ground from some fatal set; supports are the smallest sets that leave a
ground to each fatal set. Fatal sets are found by taking away everything but a candidate support:
when the conclusion breaks, what is gone is shrunk to a smallest fatal set and the candidates are
made anew. When every candidate withstands that, no fatal set is missing (supports and breaks are
each other's minimal hitting sets), and both lists are complete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accordant.case.grounds import chain, falls_with
from accordant.model.compiler import Compiler
from accordant.model.settings import SettingSpace
from accordant.reliance.sweep import SOMETIMES, Group, Statuses, relevant

Elements = frozenset[str]
Grounds = frozenset[str]

KEPT = 24
"""Most supports, and most breaks, listed for one conclusion."""
ROUNDS = 48
"""Most candidates tried for one conclusion."""
FRAMES = 256
"""Most frames looked at to refute one candidate."""

BUDGET = 6000
"""Most frames looked at for the supports of all conclusions of a group together."""
BUDGET_RANKS = 1 << 20
"""The same for large models: frames × states × parties."""
BUDGET_PAIRS = 1 << 27
"""Frames that were not looked at before × pairs of states, for the same."""

_PUT_BACK_FIRST = ("status-quo", "no-deal", "control", "moves", "rule", "proposal")


@dataclass(frozen=True, slots=True)
class Stands:
    """Supports and breaks of one conclusion; ``cut`` says what was not searched."""

    supports: tuple[tuple[str, ...], ...] = ()
    breaks: tuple[tuple[str, ...], ...] = ()
    cut: str = ""


class Supports:
    """Supports and breaks for the conclusions of one group."""

    def __init__(self, compiler: Compiler, group: Group, status: Statuses, taken: Grounds) -> None:
        self.compiler, self.group, self.taken = compiler, group, taken
        self.decided = status != SOMETIMES
        gone = falls_with(compiler.case, taken)
        standing = {e.id: e.standing - gone for e in compiler.elements}
        base = compiler.setting_space(taken)
        open_ = {*base.free, *base.lost, *base.anchors}
        self.standing = {e: grounds for e, grounds in standing.items() if e not in open_}
        self._of_use = [relevant(compiler, c) for c in group.conclusions]
        self._fatal: list[list[Elements]] = [[] for _ in group.conclusions]
        self._broken: dict[Elements, tuple[NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]] = {}

    def find(self, told: Callable[[int], None] | None = None) -> list[Stands]:
        """Supports and breaks of every conclusion of the group, in order; ``told`` takes how many are."""
        self._began = self.group.frames_looked_at
        self._last = self._began + self._budget
        self._last_made = self.group.frames_made + max(48, BUDGET_PAIRS // self.compiler.space().n ** 2)
        found = []
        for k, decided in enumerate(self.decided):
            found.append(self._one(k) if decided else Stands())
            if told is not None:
                told(k + 1)
        return found

    @property
    def _budget(self) -> int:
        ranks = self.compiler.space().n * len(self.compiler.parties)
        return min(BUDGET, max(300, BUDGET_RANKS // max(1, ranks)))

    @property
    def _spent(self) -> bool:
        return self.group.frames_looked_at >= self._last or self.group.frames_made >= self._last_made

    def _one(self, k: int) -> Stands:
        sure = frozenset(e for e in self.standing if e in self._of_use[k])
        supports, cut = self._supports(k, sure)
        breaks, cut_breaks = self._breaks(k)
        return Stands(supports, breaks, "; ".join(c for c in (cut, cut_breaks) if c))

    def _supports(self, k: int, sure: Elements) -> tuple[tuple[tuple[str, ...], ...], str]:
        good: set[Grounds] = set()
        unproved: set[Grounds] = set()
        for _ in range(ROUNDS):
            if self._spent:
                looked = self.group.frames_looked_at - self._began
                return (), f"the search for supports stopped after {looked:,} frames"
            candidates, whole = self._candidates(k)
            new = next((c for c in candidates if c not in good and c not in unproved), None)
            if new is None:
                cuts = ["" if whole else f"only {KEPT} supports are listed"]
                if unproved:
                    cuts.append("supports: no counter-example among the settings looked at")
                return _ordered(candidates), "; ".join(c for c in cuts if c)
            lost = frozenset(e for e in sure if not self.standing[e] & new)
            broken, proved = self._breaks_without(k, lost)
            if broken:
                fatal = self._shrink(k, lost)
                if not self._spent:  # otherwise it may not be a smallest one
                    self._share(fatal)
            elif proved:
                good.add(new)
            else:
                unproved.add(new)
        return _ordered(
            _minimal(good | unproved)
        ), f"the search for supports stopped after {ROUNDS} candidates"

    def _candidates(self, k: int) -> tuple[list[Grounds], bool]:
        """Minimal sets of grounds that leave one to each fatal set, with what they are said inside of."""
        needs = [frozenset(g for e in s for g in self.standing[e]) for s in self._fatal[k]]
        found, whole = hitting_sets(needs, KEPT)
        closed = {frozenset(g for ground in s for g in self._around(ground)) for s in found}
        return _minimal(closed), whole

    def _around(self, ground: str) -> tuple[str, ...]:
        return chain(self.compiler.case, ground) if ground in self.compiler.case.claims else (ground,)

    def _breaks_without(self, k: int, lost: Elements) -> tuple[bool, bool]:
        """Whether the loss of some elements breaks a conclusion; whether that is certain."""
        if any(fatal <= lost for fatal in self._fatal[k]):
            return True, True
        if lost not in self._broken:
            none = np.zeros(len(self.decided), dtype=bool)
            self._broken[lost] = (none, none.copy(), none.copy())
        asked, broken, proved = self._broken[lost]
        if not asked[k]:
            fresh = [not any(f <= lost for f in fatal) for fatal in self._fatal]
            pending = self.decided & ~asked & np.array(fresh, dtype=bool)
            sweep = self.group.sweep(self._space(lost), pending, min(FRAMES, self.group.limit))
            broken[pending] = (sweep.status == SOMETIMES)[pending]
            proved[pending] = ~sweep.cut[pending]
            asked[pending] = True
        return bool(broken[k]), bool(proved[k])

    def _share(self, fatal: Elements) -> None:
        """Note a fatal set for every conclusion for which it is one, none smaller being known."""
        for k in (int(k) for k in np.flatnonzero(self.decided)):
            if not fatal <= self._of_use[k] or any(f <= fatal for f in self._fatal[k]):
                continue
            smaller = (fatal - {e} for e in fatal)
            if self._breaks_without(k, fatal)[0] and not any(self._breaks_without(k, s)[0] for s in smaller):
                self._fatal[k].append(fatal)

    def _shrink(self, k: int, lost: Elements) -> Elements:
        """A smallest fatal subset: put elements back as long as the conclusion stays broken."""
        kept = lost
        kinds = {e: self.compiler.element[e].kind for e in lost}
        for element in sorted(lost, key=lambda e: (kinds[e] not in _PUT_BACK_FIRST, e)):
            if self._spent:
                return kept
            if self._breaks_without(k, kept - {element})[0]:
                kept = kept - {element}
        return kept

    def _space(self, unsure: Iterable[str]) -> SettingSpace:
        return self.compiler.setting_space(self.taken, unsure=unsure)

    def _breaks(self, k: int) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Minimal sets of claims and assumptions that take every ground from some fatal set."""
        found: set[Grounds] = set()
        for fatal in self._fatal[k]:
            needs = frozenset(g for e in fatal for g in self.standing[e])
            ways, _ = hitting_sets([frozenset(self._around(g)) for g in sorted(needs)], KEPT)
            found.update(ways)
        smallest = _minimal(found)
        cut = f"only {KEPT} of {len(smallest)} breaks are listed" if len(smallest) > KEPT else ""
        return _ordered(smallest)[:KEPT], cut


def hitting_sets(families: Sequence[Grounds], most: int) -> tuple[list[Grounds], bool]:
    """Minimal sets that meet every family, smallest first; whether all of them are there.

    Examples
    --------
    >>> found, whole = hitting_sets([frozenset("ab"), frozenset("bc")], 9)
    >>> sorted(sorted(s) for s in found), whole
    ([['a', 'c'], ['b']], True)
    """
    partial: list[Grounds] = [frozenset()]
    whole = True
    for family in _minimal(families):
        grown = {s for s in partial if s & family}
        grown |= {s | {g} for s in partial if not s & family for g in family}
        partial = _minimal(grown)
        if len(partial) > most * 8:
            partial, whole = partial[: most * 8], False
    return partial[:most], whole and len(partial) <= most


def _minimal(sets: Iterable[Grounds]) -> list[Grounds]:
    kept: list[Grounds] = []
    for candidate in sorted(set(sets), key=lambda s: (len(s), sorted(s))):
        if not any(k <= candidate for k in kept):
            kept.append(candidate)
    return kept


def _ordered(sets: Iterable[Grounds]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sorted(s)) for s in sorted(sets, key=lambda s: (len(s), sorted(s))))
