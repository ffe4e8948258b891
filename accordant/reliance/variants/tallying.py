"""What is counted while the rows go by, so that a million of them need not be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.reliance.variants.columns import UNKNOWN, YES
from accordant.reliance.variants.evaluating import Block
from accordant.reliance.variants.planning import Plan

Int64s = NDArray[np.int64]


@dataclass(eq=False)
class Tally:
    """Counts over some variants.

    Attributes
    ----------
    rows
        How many variants.
    answers
        For each column how many say no, yes and unknown, shape (columns, 3).
    sizes
        For each class of each dimension, one dimension after the other, how many variants are in it.
    by_class
        For each class and column how many say yes and how many unknown, shape (classes, columns, 2).
    equilibria
        For each count the number of variants by how many states hold.
    """

    rows: int
    answers: Int64s
    sizes: Int64s
    by_class: Int64s
    equilibria: list[dict[int, int]]

    @classmethod
    def nothing(cls, plan: Plan) -> Tally:
        """Counts over no variants."""
        classes, columns = sum(len(d.classes) for d in plan.dimensions), len(plan.columns)
        return cls(
            0,
            np.zeros((columns, 3), dtype=np.int64),
            np.zeros(classes, dtype=np.int64),
            np.zeros((classes, columns, 2), dtype=np.int64),
            [{} for _ in plan.counts],
        )

    @classmethod
    def of(cls, plan: Plan, block: Block) -> Tally:
        """Counts over the variants of a chunk."""
        found = cls.nothing(plan)
        found.rows = len(block.answers)
        found.answers = np.stack([(block.answers == code).sum(axis=0) for code in range(3)], axis=1)
        columns = len(plan.columns)
        cells = block.answers + 3 * np.arange(columns)  # which answer of which column
        at = 0
        for d, chosen in zip(plan.dimensions, block.choices, strict=True):
            count, member = len(d.classes), d.class_of(chosen)
            times = np.bincount(
                (cells + 3 * columns * member[:, None]).ravel(), minlength=3 * columns * count
            )
            by = times.reshape(count, columns, 3)
            found.sizes[at : at + count] = np.bincount(member, minlength=count)
            found.by_class[at : at + count] = by[:, :, [YES, UNKNOWN]]
            at += count
        for k, column in enumerate(block.counts.T):
            numbers, times = np.unique(column, return_counts=True)
            found.equilibria[k] = dict(zip(numbers.tolist(), times.tolist(), strict=True))
        return found

    def add(self, other: Tally) -> None:
        """Count in other variants."""
        self.rows += other.rows
        self.answers += other.answers
        self.sizes += other.sizes
        self.by_class += other.by_class
        for mine, its in zip(self.equilibria, other.equilibria, strict=True):
            for number, times in its.items():
                mine[number] = mine.get(number, 0) + times

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "rows": self.rows,
            "answers": self.answers.tolist(),
            "sizes": self.sizes.tolist(),
            "by_class": self.by_class.tolist(),
            "equilibria": [sorted(e.items()) for e in self.equilibria],
        }

    @classmethod
    def from_json(cls, plan: Plan, data: dict[str, Any]) -> Tally:
        """The same back from plain data.

        Raises
        ------
        ValueError, KeyError, TypeError
            If it is not what :meth:`to_json` gives for this plan.
        """
        empty = cls.nothing(plan)
        arrays = [np.array(data[key], dtype=np.int64) for key in ("answers", "sizes", "by_class")]
        for found, expected in zip(arrays, (empty.answers, empty.sizes, empty.by_class), strict=True):
            if found.size != expected.size:
                raise ValueError("these are counts of another sweep")
        answers, sizes, by_class = (
            found.reshape(expected.shape)
            for found, expected in zip(arrays, (empty.answers, empty.sizes, empty.by_class), strict=True)
        )
        equilibria = [{int(k): int(v) for k, v in pairs} for pairs in data["equilibria"]]
        if len(equilibria) != len(empty.equilibria):
            raise ValueError("these are counts of another sweep")
        return cls(int(data["rows"]), answers, sizes, by_class, equilibria)
