"""Smallest sets, found by size: every single step, then every pair, as far as a budget goes.

Each set is tested once. A set that does what is wanted is kept and not added to; one of which it is
certain that nothing added to it will help is dropped; the others are made larger by one step. What
was tried, and of how many, is told.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

S = TypeVar("S", bound=Hashable)
Answer = Literal["yes", "no", "dead", "stop"]


@dataclass(frozen=True)
class Found(Generic[S]):
    """Smallest sets of steps.

    Attributes
    ----------
    sets
        Those that do what is wanted, no subset of them doing it, smallest first.
    tried
        How many sets were tested.
    size
        The largest size of which every set was gone through.
    cut
        What was not gone through; empty when no smallest set is missing.
    note
        What was not looked for, because it was not asked for.
    """

    sets: tuple[tuple[S, ...], ...]
    tried: int
    size: int
    cut: str = ""
    note: str = ""


def smallest(
    steps: Sequence[S],
    test: Callable[[tuple[S, ...]], Answer],
    *,
    most: int,
    fits: Callable[[S, tuple[S, ...]], bool] = lambda _step, _others: True,
    largest: int | None = None,
    first_only: bool = False,
    told: Callable[[int], None] | None = None,
) -> Found[S]:
    """Smallest sets of steps that pass a test.

    Parameters
    ----------
    test
        ``yes``: the set does it; ``no``: a larger one may; ``dead``: no larger one will; ``stop``: there
        is no time left to tell.
    most
        Most sets that are tested.
    fits
        Whether a step may stand beside others.
    largest
        Most steps in one set.
    first_only
        Stop after the size at which the first set is found.
    told
        Takes how many sets have been tested.

    Examples
    --------
    >>> found = smallest("abcd", lambda s: "yes" if {"a", "c"} <= set(s) or "d" in s else "no", most=99)
    >>> found.sets, found.tried, found.cut
    ((('d',), ('a', 'c')), 7, '')
    """
    number = {step: k for k, step in enumerate(steps)}
    level: list[tuple[S, ...]] = [()]
    found: list[tuple[S, ...]] = []
    tried = size = 0
    while level and (largest is None or size < largest) and not (first_only and found):
        left: list[tuple[S, ...]] = []
        closed, mates = set(found), set(level)
        candidates = 0
        for held in level:
            start = number[held[-1]] + 1 if held else 0
            for step in steps[start:]:
                one = (*held, step)
                if not fits(step, held) or not _may_be_smallest(one, mates, closed):
                    continue
                candidates += 1
                answer = test(one) if tried < most else "stop"
                if answer == "stop":
                    return Found(tuple(found), tried, size, _cut(tried, size))
                tried += 1
                if answer == "yes":
                    found.append(one)
                elif answer == "no":
                    left.append(one)
                if told is not None:
                    told(tried)
        level = left
        size += 1 if candidates else 0
        if not candidates:
            break
    cut = note = ""
    if level and first_only and found:
        note = "larger sets were not looked for"
    elif level and largest is not None and size >= largest and any(len(s) < len(steps) for s in level):
        cut = f"sets of more than {size:,} were not looked at"
    return Found(tuple(found), tried, size, cut, note)


def _may_be_smallest(one: tuple[S, ...], mates: set[tuple[S, ...]], found: set[tuple[S, ...]]) -> bool:
    """Whether every set with one step less was tested, and may be added to."""
    if len(one) < 2:
        return True
    return all(one[:k] + one[k + 1 :] in mates for k in range(len(one) - 1))


def _cut(tried: int, size: int) -> str:
    whole = f"every set of up to {size:,} was gone through, " if size > 1 else ""
    whole = "every set of one was gone through, " if size == 1 else whole
    return f"{whole}the search stopped after {tried:,} sets"
