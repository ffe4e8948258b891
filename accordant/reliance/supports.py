"""Smallest sets of grounds with which a conclusion follows, and smallest sets whose loss breaks it.

Taking away grounds only makes elements unsure. For a conclusion that is *always* or *never*, call a
set of elements *fatal* when making them unsure turns it to *sometimes*. Breaks are the smallest sets
of grounds that take every ground from some fatal set; supports are the smallest sets that leave a
ground to each fatal set. Fatal sets of one and two elements are found by trying all; larger ones by
taking away everything but a candidate support and looking for a counter-example: when every
candidate withstands that, no fatal set is missing (the two families are each other's minimal
hitting sets), and both lists are complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from accordant.case.grounds import chain, falls_with
from accordant.model.compiler import Compiler
from accordant.model.settings import SettingSpace
from accordant.reliance.sweep import SOMETIMES, Group, Statuses

Elements = frozenset[str]
Grounds = frozenset[str]

PAIR_SETTINGS = 1 << 13
"""Most settings spent on trying pairs of elements in one group."""
KEPT = 24
"""Most supports, and most breaks, listed for one conclusion."""
ROUNDS = 60
"""Most candidates tried for one conclusion."""


@dataclass
class Fatal:
    """The fatal sets found for one conclusion, none containing another."""

    sets: list[Elements] = field(default_factory=list)
    complete: bool = False

    def add(self, found: Elements) -> None:
        """Keep a set unless a smaller one is known; drop the larger ones."""
        if not any(s <= found for s in self.sets):
            self.sets = [s for s in self.sets if not found <= s]
            self.sets.append(found)


@dataclass(frozen=True, slots=True)
class Stands:
    """Supports and breaks of one conclusion; ``cut`` says what was not searched."""

    supports: tuple[tuple[str, ...], ...]
    breaks: tuple[tuple[str, ...], ...]
    cut: str = ""


class Supports:
    """Supports and breaks for the conclusions of one group."""

    def __init__(self, compiler: Compiler, group: Group, status: Statuses, taken: Grounds) -> None:
        self.compiler, self.group, self.status, self.taken = compiler, group, status, taken
        self.decided = status != SOMETIMES
        base = group.narrow(compiler.setting_space(taken))
        open_ = {*base.free, *base.lost, *base.anchors}
        self.sure = tuple(
            e for e in (x.id for x in compiler.elements) if e in group.elements and e not in open_
        )
        self.fatal = [Fatal() for _ in group.conclusions]
        self.all_grounds: Grounds = frozenset(g for e in self.sure for g in self._standing(e))

    def find(self) -> list[Stands]:
        """Supports and breaks of every conclusion of the group, in order."""
        if not self.decided.any():
            return [Stands((), ()) for _ in self.group.conclusions]
        self._single()
        pairs = self._pairs()
        return [self._one(k, pairs) for k in range(len(self.group.conclusions))]

    def _standing(self, element: str) -> Grounds:
        return self.compiler.element[element].standing - falls_with(self.compiler.case, self.taken)

    def _space(self, unsure: Iterable[str]) -> SettingSpace:
        return self.group.narrow(self.compiler.setting_space(self.taken, unsure=unsure))

    def _try(self, unsure: Elements, pending: Sequence[bool]) -> None:
        wanted = np.array(pending, dtype=bool)
        if not wanted.any():
            return
        broken = (self.group.sweep(self._space(unsure), wanted).status == SOMETIMES) & wanted
        for k in np.flatnonzero(broken):
            self.fatal[k].add(unsure)

    def _single(self) -> None:
        for element in self.sure:
            self._try(frozenset({element}), list(self.decided))

    def _pairs(self) -> bool:
        """Try every pair of elements, if that is affordable; whether it was."""
        each = self._space(self.sure[:2]).listed
        count = len(self.sure) * (len(self.sure) - 1) // 2
        if count * each > PAIR_SETTINGS:
            return False
        for pair in combinations(self.sure, 2):
            unsure = frozenset(pair)
            pending = [
                bool(d) and not any(s <= unsure for s in f.sets)
                for d, f in zip(self.decided, self.fatal, strict=True)
            ]
            self._try(unsure, pending)
        return True

    def _one(self, k: int, pairs: bool) -> Stands:
        if not self.decided[k]:
            return Stands((), ())
        supports, cut = self._verified(k)
        if not cut:
            self.fatal[k].complete = True
        elif pairs:
            cut += "; fatal sets of up to two parts of the case are complete"
        breaks, cut_breaks = self._breaks(k)
        return Stands(supports, breaks, "; ".join(c for c in (cut, cut_breaks) if c))

    def _verified(self, k: int) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Candidate supports, each tested against the loss of everything else."""
        good: set[Grounds] = set()
        unproved: set[Grounds] = set()
        for _ in range(ROUNDS):
            candidates, whole = self._candidates(k)
            new = next((c for c in candidates if c not in good and c not in unproved), None)
            if new is None:
                cut = "" if whole else f"only {KEPT} supports are listed"
                if unproved:
                    cut = "supports: no counter-example among the settings looked at" + (
                        f"; {cut}" if cut else ""
                    )
                return _ordered(candidates), cut
            found, exhausted = self._counter_example(k, new)
            if found is not None:
                self.fatal[k].add(found)
            elif exhausted:
                good.add(new)
            else:
                unproved.add(new)
        return _ordered(good | unproved), f"the search for supports was cut off after {ROUNDS} candidates"

    def _candidates(self, k: int) -> tuple[list[Grounds], bool]:
        """Minimal sets of grounds that leave one to each fatal set, with what they are said inside of."""
        needs = [frozenset(g for e in s for g in self._standing(e)) for s in self.fatal[k].sets]
        found, whole = hitting_sets(needs, KEPT)
        closed = {frozenset(g for ground in s for g in self._around(ground)) for s in found}
        return _minimal(closed), whole

    def _around(self, ground: str) -> tuple[str, ...]:
        return chain(self.compiler.case, ground) if ground in self.compiler.case.claims else (ground,)

    def _counter_example(self, k: int, kept: Grounds) -> tuple[Elements | None, bool]:
        """A fatal set among what falls when only ``kept`` is left; whether all was searched."""
        lost = frozenset(e for e in self.sure if not self._standing(e) & kept)
        pending = np.zeros(len(self.decided), dtype=bool)
        pending[k] = True
        sweep = self.group.sweep(self._space(lost), pending)
        if sweep.status[k] != SOMETIMES:
            return None, sweep.complete
        return self._shrink(k, lost, pending), True

    def _shrink(self, k: int, unsure: Elements, pending: np.ndarray) -> Elements:
        """A minimal fatal subset: put elements back as long as the conclusion stays broken."""
        kept = unsure
        for element in sorted(unsure):
            fewer = kept - {element}
            if any(s <= fewer for s in self.fatal[k].sets):
                continue
            sweep = self.group.sweep(self._space(fewer), pending)
            if sweep.status[k] == SOMETIMES:
                kept = fewer
        return kept

    def _breaks(self, k: int) -> tuple[tuple[tuple[str, ...], ...], str]:
        """Minimal sets of claims and assumptions that take every ground from some fatal set."""
        found: set[Grounds] = set()
        for fatal in self.fatal[k].sets:
            needs = frozenset(g for e in fatal for g in self._standing(e))
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
    for family in sorted(_minimal(families), key=len):
        grown = {s if s & family else s | {g} for s in partial for g in (family if not s & family else ("",))}
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
