"""Families of smallest sets: what must stand together, what must fall together.

A conclusion follows while no *fatal* set of elements has lost all its grounds. So each fatal set is
an alternative to be kept alive, each of its grounds a way to do so, and each way needs some names to
stand: a claim needs itself and what it is said inside of, or every origin that it goes back to. The
smallest sets of names that keep every fatal set alive, and the smallest whose loss takes all ways of
one of them, are each other's minimal hitting sets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Names: TypeAlias = frozenset[str]
Ways: TypeAlias = tuple[Names, ...]
"""The ways in which one fatal set may be kept alive, each with the names that it needs."""

HELD = 2048
"""Most sets held at once while families are worked out."""


@dataclass(frozen=True, slots=True)
class Found:
    """A family of smallest sets, smallest first; ``whole`` where no other is missing."""

    sets: tuple[Names, ...]
    whole: bool = True

    def listed(self, most: int) -> tuple[tuple[str, ...], ...]:
        """The first of them, each in the order of the alphabet."""
        return tuple(tuple(sorted(s)) for s in self.sets[:most])

    def left_out(self, most: int, what: str) -> str:
        """What is not among the first, in words; empty where nothing is."""
        if self.whole and len(self.sets) <= most:
            return ""
        of = f"{len(self.sets):,}" if self.whole else f"at least {len(self.sets):,}"
        return f"only {min(most, len(self.sets)):,} of {of} {what} are listed"


def keeping(fatal: Iterable[Ways], held: int = HELD) -> Found:
    """Smallest sets of names that leave one way to every fatal set.

    Examples
    --------
    >>> a, b, c = (frozenset(x) for x in "abc")
    >>> [sorted(s) for s in keeping([(a, b), (b, c)]).sets]
    [['b'], ['a', 'c']]
    """
    names = _Names()
    found, whole = _crossing([[names.mask(way) for way in ways] for ways in fatal], held)
    return Found(names.sets(found), whole)


def breaking(fatal: Iterable[Ways], held: int = HELD) -> Found:
    """Smallest sets of names whose loss takes every way of some fatal set.

    A way that needs nothing cannot be taken.

    Examples
    --------
    >>> a, b, c = (frozenset(x) for x in "abc")
    >>> [sorted(s) for s in breaking([(a | b, c)]).sets]
    [['a', 'c'], ['b', 'c']]
    """
    names, whole = _Names(), True
    found: set[int] = set()
    for ways in fatal:
        losses, all_of_them = _crossing([[names.mask([n]) for n in sorted(way)] for way in ways], held)
        found.update(losses)
        whole &= all_of_them
    return Found(names.sets(_minimal(found)), whole)


class _Names:
    """Names as bits, so that many sets are compared quickly."""

    def __init__(self) -> None:
        self._bit: dict[str, int] = {}

    def mask(self, names: Iterable[str]) -> int:
        """A set as a whole number."""
        found = 0
        for name in names:
            found |= 1 << self._bit.setdefault(name, len(self._bit))
        return found

    def sets(self, masks: Iterable[int]) -> tuple[Names, ...]:
        """The sets again, smaller ones first."""
        names = tuple(self._bit)
        made = (frozenset(n for k, n in enumerate(names) if mask >> k & 1) for mask in masks)
        return tuple(sorted(made, key=lambda s: (len(s), sorted(s))))


def _crossing(families: Sequence[Sequence[int]], held: int) -> tuple[list[int], bool]:
    """Minimal unions of one member of each family; whether all of them are there."""
    partial, whole = [0], True
    for family in sorted((_minimal(f) for f in families), key=len):
        grown: set[int] = set()
        for sofar in partial:
            if any(way | sofar == sofar for way in family):
                grown.add(sofar)
            else:
                grown.update(sofar | way for way in family)
        partial = _minimal(grown)
        if len(partial) > held:
            partial, whole = partial[:held], False
    return partial, whole


def _minimal(masks: Iterable[int]) -> list[int]:
    """The masks that hold no other, those with fewest bits first."""
    kept: list[int] = []
    for mask in sorted(set(masks), key=lambda m: (m.bit_count(), m)):
        if not any(k & mask == k for k in kept):
            kept.append(mask)
    return kept
