"""Places for labels beside the marks of a chart, so that none covers another.

Labels are placed one after the other at the best of some places around their marks: never on a label
or a mark if that can be helped, then on as few points as possible, then as near as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Literal

LETTER, LINE = 5.7, 13.0
"""Width of a letter and height of a line, about, at the size of labels."""

NEAR, FAR = 10.0, (24.0, 44.0, 66.0, 92.0)
"""Distances of a label from its mark; from the far ones a line leads back to it."""
SIDES = 16

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page, from the upper left to the lower right corner."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two overlap.

        Examples
        --------
        >>> Box(0, 0, 2, 2).meets(Box(1, 1, 3, 3)), Box(0, 0, 1, 1).meets(Box(1, 0, 2, 1))
        (True, False)
        """
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def within(self, other: Box) -> bool:
        """Whether it lies wholly in another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: its box, whether a line leads to its mark, and the side its lines begin from."""

    box: Box
    led: bool
    align: Literal["left", "center", "right"]

    @property
    def anchor(self) -> float:
        """Where its lines begin, or their middle."""
        left, right = self.box.left, self.box.right
        return {"left": left, "center": (left + right) / 2, "right": right}[self.align]


def size(lines: Sequence[str]) -> tuple[float, float]:
    """Width and height of a label, about."""
    return max(len(line) for line in lines) * LETTER + 4, len(lines) * LINE


def labels(
    marks: Sequence[tuple[Point, Sequence[str]]],
    frame: Box,
    points: Sequence[Point] = (),
    taken: Sequence[Box] = (),
    radius: float = 8.0,
) -> list[Label]:
    """A place for each label.

    Parameters
    ----------
    marks
        Each mark's place, and the lines of its label.
    frame
        What labels should stay within.
    points
        What labels may cover if they must.
    taken
        What they should not cover, besides marks.

    Examples
    --------
    >>> frame = Box(0, 0, 200, 100)
    >>> a, b = labels([((50, 50), ["one"]), ((52, 50), ["two"])], frame)
    >>> a.box.meets(b.box)
    False
    """
    own = [Box(x - radius, y - radius, x + radius, y + radius) for (x, y), _ in marks]
    found: list[Label] = []
    for at, lines in marks:
        others = [*own, *taken, *(label.box for label in found)]
        tried = [
            (_cost(label, far, others, frame, points), k, label)
            for k, (label, far) in enumerate(_around(at, lines))
        ]
        found.append(min(tried, key=lambda t: t[:2])[2])
    return found


def _around(at: Point, lines: Sequence[str]) -> list[tuple[Label, float]]:
    """Places around a mark, and how far each is."""
    width, height = size(lines)
    made = []
    for far in (NEAR, *FAR):
        for k in range(SIDES):
            turn = 2 * pi * k / SIDES
            x, y = at[0] + far * cos(turn), at[1] - far * sin(turn)
            # The box touches the circle with the side that faces the mark.
            side: Literal["left", "center", "right"] = "center"
            if abs(cos(turn)) > 0.3:
                side = "left" if cos(turn) > 0 else "right"
            left = {"left": x, "center": x - width / 2, "right": x - width}[side]
            top = y - height if sin(turn) > 0.3 else y if sin(turn) < -0.3 else y - height / 2
            made.append((Label(Box(left, top, left + width, top + height), far > NEAR, side), far))
    return made


def _cost(label: Label, far: float, others: Sequence[Box], frame: Box, points: Sequence[Point]) -> float:
    covers = sum(label.box.meets(o) for o in others)
    outside = 0 if label.box.within(frame) else 1
    return 1000 * covers + 500 * outside + 12 * sum(map(label.box.holds, points)) + far
