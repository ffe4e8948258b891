"""Which answers together decide a conclusion, by going through all of them.

Notation: the questions that bear on a conclusion are the axes of a table, their answers the places
along them. ``must`` says where the conclusion is true in every setting left, ``may`` where it is true
in some. One more place along each axis stands for *not asked*: there ``must`` holds where it holds under
every answer, ``may`` where it does under some. A set of answers suffices where the table has ``must`` (or not
``may``), and is smallest where that is lost with any one of them not asked.

Where every answer to every question leaves a conclusion decided, it is a function of the answers. Then a set
of questions decides it whatever the answers exactly if it holds each question on which the function
depends: that set is the only smallest one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.reliance.questions.asked import Asked, Reply
from accordant.reliance.questions.field import Field
from accordant.reliance.sweep import ALWAYS, NEVER

Bools = NDArray[np.bool_]
Chosen = tuple[tuple[int, int], ...]
"""(question, answer) by their places."""

COMBINATIONS = 1 << 15
"""Most combinations of answers of which a table is made; one look often settles many of them."""
NEAR = 1 << 20
"""Combinations still open × states up to which it is worth a look whether they all come to the same."""
NODES = 1 << 20
"""Most places of a table, *not asked* included, in which smallest sets are looked for."""


@dataclass(frozen=True, eq=False)
class Decision:
    """What would decide one conclusion; questions and answers are told by their places.

    Attributes
    ----------
    together
        The questions whose answers decide it whatever they are; None where no such set is known.
    first, at_most
        Asked one after the other, each chosen by the answers before it: the best first question, and how
        many it takes at most; None where that was not worked out.
    always, never
        Smallest sets of answers that suffice for one or the other.
    looked, combinations
        Combinations of answers that were looked at, and how many there are.
    size
        Most answers in one set that were looked at together; None for all, 0 where no sets were looked for.
    """

    together: tuple[int, ...] | None
    first: int | None
    at_most: int | None
    always: tuple[Chosen, ...]
    never: tuple[Chosen, ...]
    looked: int
    combinations: int
    size: int | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """``must`` and ``may`` of some conclusions: the answers along all axes but the last."""

    must: Bools
    may: Bools
    looked: int


def with_any_other(question: Asked) -> Asked:
    """The question with one more answer that settles nothing, where those it has are not all there are."""
    if question.whole or not question.settles:
        return question
    return replace(question, replies=(*question.replies, Reply("other", "something else")))


def combinations_of(questions: Sequence[Asked]) -> int:
    """How many combinations of answers there are."""
    return prod(len(q.replies) for q in questions)


def tabulate(field: Field, questions: Sequence[Asked], wanted: NDArray[np.intp], most: int) -> Table | None:
    """Every combination of answers, for some conclusions by their places; None where it takes too many looks.

    What is decided by some answers is not looked at again under further ones.
    """
    shape = tuple(len(q.replies) for q in questions)
    must = np.zeros((*shape, len(wanted)), dtype=bool)
    may = np.ones_like(must)
    looked, near = 0, NEAR // max(1, field.compiler.space().n)
    every = np.zeros(len(field.conclusions), dtype=bool)
    every[wanted] = True
    place = {int(k): n for n, k in enumerate(wanted)}
    todo: list[tuple[tuple[int, ...], Bools]] = [((k,), every) for k in range(shape[0])]
    while todo:
        if looked == most:
            return None
        at, pending = todo.pop()
        if prod(shape[len(at) :]) > near and len(at) < len(questions):
            todo += [((*at, k), pending) for k in range(shape[len(at)])]
            continue
        replies = [q.replies[k] for q, k in zip(questions, at, strict=False)]
        seen = field.look(replies, pending)
        looked += 1
        for k in np.flatnonzero(pending & seen.decided).tolist():
            # whatever the other answers are: the first axes are fixed, all others are filled
            must[at][..., place[k]] = may[at][..., place[k]] = seen.status[k] == ALWAYS
        left = pending & ~seen.decided
        if left.any() and len(at) < len(questions):
            todo += [((*at, k), left) for k in range(shape[len(at)])]
    return Table(must, may, looked)


def decide(table: Table, k: int, settled: bool) -> Decision:
    """What would decide the k-th conclusion of a table.

    Parameters
    ----------
    settled
        Whether nothing else bears on it but the questions of the table.
    """
    must, may = table.must[..., k], table.may[..., k]
    known, size = settled and bool((must == may).all()), must.size
    axes = sorted({*_essential(must), *_essential(may)})  # along the others nothing changes
    others = tuple(0 if a not in axes else slice(None) for a in range(must.ndim))
    must, may = must[others], may[others]
    together = tuple(axes) if known else None
    if prod(n + 1 for n in must.shape) > NODES:
        return Decision(together, None, None, (), (), table.looked, size, 0)
    sure, open_ = _extended(must, np.logical_and), _extended(may, np.logical_or)
    depth, best = _depth(sure | ~open_) if known else (None, None)
    first = None if best is None else axes[best]
    always, never = (_placed(_smallest(x), axes) for x in (sure, ~open_))
    return Decision(together, first, depth, always, never, table.looked, size)


def _placed(found: Sequence[Chosen], axes: Sequence[int]) -> tuple[Chosen, ...]:
    return tuple(tuple((axes[a], p) for a, p in chosen) for chosen in found)


def _essential(truth: Bools) -> list[int]:
    """The axes along which something changes."""
    return [a for a in range(truth.ndim) if (truth != truth.take([0], axis=a)).any()]


def _extended(truth: Bools, joined: np.ufunc) -> Bools:
    """With one more place along each axis, for *not asked*: last."""
    for axis in range(truth.ndim):
        whole = joined.reduce(truth, axis=axis, keepdims=True)
        truth = np.concatenate([truth, whole], axis=axis)
    return truth


def _smallest(enough: Bools) -> tuple[Chosen, ...]:
    """The sets of answers that are enough, no one of them being needless; smallest first."""
    kept = enough.copy()
    for axis in range(enough.ndim):
        answered = np.moveaxis(kept, axis, 0)[:-1]  # a view: what is struck out of it is struck out of all
        answered &= ~enough.take(-1, axis=axis)
    found = []
    for place in np.argwhere(kept).tolist():
        found.append(tuple((a, p) for a, p in enumerate(place) if p < enough.shape[a] - 1))
    return tuple(sorted(found, key=lambda c: (len(c), c)))


def _depth(decided: Bools) -> tuple[int | None, int | None]:
    """Questions that it takes at most, asked in the best order, and the first of them."""
    axes = decided.ndim
    steps = np.where(decided, 0, axes + 1).astype(np.int16)
    for _ in range(axes):
        for axis in range(axes):
            along = np.moveaxis(steps, axis, 0)
            along[-1, ...] = np.minimum(along[-1], along[:-1].max(axis=0) + 1)
    root = (-1,) * axes
    if int(steps[root]) in (0, axes + 1):
        return (0 if steps[root] == 0 else None), None
    sides = (np.moveaxis(steps, a, 0)[:-1] for a in range(axes))
    worst = [int(side.reshape(len(side), -1)[:, -1].max()) for side in sides]  # all others not asked
    return int(steps[root]), worst.index(int(steps[root]) - 1)


def search(
    field: Field, questions: Sequence[Asked], places: Sequence[int], budget: int
) -> tuple[Decision, ...]:
    """Smallest sets of answers by their size, up to so many looks, where not all can be gone through.

    All conclusions, by their places, are looked at together.
    """
    found: dict[tuple[int, int], list[Chosen]] = {(k, s): [] for k in places for s in (ALWAYS, NEVER)}
    looked, size = 0, 0
    for size in range(1, len(questions) + 1):
        sets = list(combinations(range(len(questions)), size))
        if looked + sum(combinations_of([questions[q] for q in s]) for s in sets) > budget:
            size -= 1
            break
        for axes in sets:
            for answers in product(*(range(len(questions[q].replies)) for q in axes)):
                chosen = tuple(zip(axes, answers, strict=True))
                pending = np.zeros(len(field.conclusions), dtype=bool)
                pending[[k for k in places if not _holds_one(chosen, found[k, ALWAYS], found[k, NEVER])]] = (
                    True
                )
                seen = field.look([questions[q].replies[p] for q, p in chosen], pending)
                looked += 1
                for k in np.flatnonzero(pending & seen.decided).tolist():
                    found[k, int(seen.status[k])].append(chosen)
    total = combinations_of(questions)
    return tuple(
        Decision(None, None, None, tuple(found[k, ALWAYS]), tuple(found[k, NEVER]), looked, total, size)
        for k in places
    )


def _holds_one(chosen: Chosen, *families: Sequence[Chosen]) -> bool:
    """Whether a set of answers holds one that is enough already."""
    return any(set(one) <= set(chosen) for family in families for one in family)
