"""The faces into which straight cuts divide a box: every way in which sums of ranges can compare.

Each cut is a plane on which two sums are equal. A *face* is a set of points of the box in which every
cut says the same: below, on or above. Faces of all dimensions count, those within the sides of the box
as well, so that each is one way in which all sums compare, ties included.

They are found cut by cut. The closure of a face is a polytope, kept as its vertices. It reaches below
a cut when one of its vertices does, and above likewise; a part of the face lies on the cut when both
are so, or when the mean of the vertices on the cut lies strictly on the face's own side of every cut
before. All arithmetic is in whole numbers: a point is ``(q, p1, p2, …)`` and stands for ``p / q``.

Variables that no cut brings together divide the box independently of each other: their faces are found
apart, and combined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import gcd, lcm, prod
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Point: TypeAlias = tuple[int, ...]
"""A point in whole numbers: what they are divided by, which is greater than 0, then the numbers."""
Cut: TypeAlias = tuple[int, ...]
"""A plane ``c0 + c1 x1 + c2 x2 + … = 0``: its numbers, the constant first."""
Whole = NDArray[np.int64] | NDArray[np.object_]

DIMENSIONS = 8
"""Most variables that cuts bring together in one box: it has two to that power of corners."""
ROOM = 2**62
"""Numbers below this are kept in 64 bits."""


def faces(ends: Sequence[tuple[int, int]], cuts: Sequence[Cut], most: int) -> tuple[Point, ...] | None:
    """One point of every face into which cuts divide a box.

    Parameters
    ----------
    ends
        The lowest and the highest value of each variable.
    cuts
        Planes; those that do not meet the box, and those that stand twice, make no difference.
    most
        Give up when there are more faces than this.

    Returns
    -------
    tuple of Point
        In no particular order; None where there are more than ``most``, or where more than
        :data:`DIMENSIONS` variables are brought together.

    Examples
    --------
    >>> sorted(p[1] / p[0] for p in faces([(0, 4)], [(-1, 1), (-6, 2)], 9))
    [0.5, 1.0, 2.0, 3.0, 3.5]
    >>> faces([(0, 4)], [(-1, 1), (-6, 2)], 4) is None
    True
    """
    met = list(dict.fromkeys(lowest(cut) for cut in cuts if _meets(cut, ends)))
    found: list[tuple[tuple[int, ...], list[Point]]] = []
    for variables, own in _apart(met):
        if len(variables) > DIMENSIONS or len(own) > most:
            return None
        box = _Box([ends[k] for k in variables])
        for cut in sorted((cut[0], *(cut[1 + k] for k in variables)) for cut in own):
            box.divide(cut)
            if len(box.starts) * prod(len(points) for _, points in found) > most:
                return None
        found.append((variables, box.points()))
    return tuple(_combined(ends, found))


def lowest(cut: Sequence[int]) -> Cut:
    """The same plane in the smallest numbers, the first one of a variable above 0.

    Examples
    --------
    >>> lowest((4, 0, -2)), lowest((3, 6, 9))
    ((-2, 0, 1), (1, 2, 3))
    """
    first = next((c for c in cut[1:] if c), 1)
    by = reduce(gcd, cut, 0) or 1
    return tuple(c // (by if first > 0 else -by) for c in cut)


def _meets(cut: Cut, ends: Sequence[tuple[int, int]]) -> bool:
    """Whether a plane that is one has a point in common with the box."""
    if not any(cut[1:]):
        return False
    low = cut[0] + sum(min(c * a, c * b) for c, (a, b) in zip(cut[1:], ends, strict=True))
    high = cut[0] + sum(max(c * a, c * b) for c, (a, b) in zip(cut[1:], ends, strict=True))
    return low <= 0 <= high


def _apart(cuts: Sequence[Cut]) -> Iterator[tuple[tuple[int, ...], list[Cut]]]:
    """The sets of variables that cuts bring together, each with its cuts."""
    groups: list[tuple[set[int], list[Cut]]] = []
    for cut in cuts:
        mine = {k for k, c in enumerate(cut[1:]) if c}
        joined: tuple[set[int], list[Cut]] = (mine, [cut])
        rest = []
        for group in groups:
            if group[0] & mine:
                joined = (joined[0] | group[0], group[1] + joined[1])
            else:
                rest.append(group)
        groups = [*rest, joined]
    for variables, own in groups:
        yield tuple(sorted(variables)), own


def _combined(
    ends: Sequence[tuple[int, int]], found: Sequence[tuple[tuple[int, ...], list[Point]]]
) -> Iterator[Point]:
    """Every choice of one point for each set of variables; the others are at their low ends."""
    for chosen in product(*(points for _, points in found)):
        by = lcm(1, *(point[0] for point in chosen))
        numbers = [by * low for low, _ in ends]
        for (variables, _), point in zip(found, chosen, strict=True):
            for k, p in zip(variables, point[1:], strict=True):
                numbers[k] = p * (by // point[0])
        yield (by, *numbers)


@dataclass(eq=False)
class _Box:
    """A box and the faces into which the cuts so far divide it, each with the vertices of its closure."""

    vertices: list[Point]
    known: dict[Point, int]
    """Where each vertex stands among them."""
    tight: list[int]
    """For each vertex the sides of the box and the cuts that it lies on, as bits."""
    members: NDArray[np.intp]
    """The vertices of each face, one face after the other."""
    starts: NDArray[np.intp]
    """Where each face begins among the members."""
    flat: list[int]
    """The dimension of each face."""
    sides: int
    bits: int
    """How many bits the sides of the box take, and the cuts with them."""

    def __init__(self, ends: Sequence[tuple[int, int]]) -> None:
        self.vertices, self.tight = [], []
        for corner in product(*({0, 1} if low < high else {0} for low, high in ends)):
            self.vertices.append((1, *(end[side] for end, side in zip(ends, corner, strict=True))))
            self.tight.append(sum(1 << (2 * k + side) for k, side in enumerate(corner)))
        self.sides = self.bits = 2 * len(ends)
        self.known = {point: k for k, point in enumerate(self.vertices)}
        self._array: Whole = np.array(self.vertices, dtype=object).reshape(len(self.vertices), -1)
        self._largest = max(abs(p) for point in self.vertices for p in point)
        self.members = np.arange(len(self.vertices))
        self.starts = np.zeros(1, dtype=np.intp)
        self.flat = [sum(low < high for low, high in ends)]

    def divide(self, cut: Cut) -> None:
        """Divide every face by one more cut."""
        sides = self._look(cut)
        bit = 1 << self.bits
        self.bits += 1
        for k in np.flatnonzero(sides == 0).tolist():
            self.tight[k] |= bit
        here = sides[self.members]
        low, high = np.minimum.reduceat(here, self.starts), np.maximum.reduceat(here, self.starts)
        whole = ((low == 0) & (high == 0)) | (low > 0) | (high < 0)
        stays, more, flat = whole.tolist(), [], []
        stops = [*self.starts[1:].tolist(), len(self.members)]
        for face in np.flatnonzero(~whole).tolist():
            own = self.members[self.starts[face] : stops[face]].tolist()
            parts = self._split(own, self.flat[face], sides, bit)
            if len(parts) == 1:
                stays[face] = True
                continue
            more += [part for part, _ in parts]
            flat += [size for _, size in parts]
        self._keep(stays, stops, more, flat)

    def _keep(
        self, stays: Sequence[bool], stops: Sequence[int], more: list[list[int]], flat: list[int]
    ) -> None:
        if not more:
            return
        sizes = np.array(stops, dtype=np.intp) - self.starts
        keep = np.array(stays, dtype=bool)
        kept = self.members[np.repeat(keep, sizes)]
        self.members = np.concatenate([kept, np.array([k for part in more for k in part], dtype=np.intp)])
        every = [*sizes[keep].tolist(), *map(len, more)]
        self.starts = np.concatenate([[0], np.cumsum(every[:-1])]).astype(np.intp)
        self.flat = [f for f, stay in zip(self.flat, stays, strict=True) if stay] + flat

    def _split(
        self, own: list[int], size: int, sides: NDArray[np.int8], bit: int
    ) -> list[tuple[list[int], int]]:
        """The parts of one face below, on and above a cut, each with its dimension."""
        below = [k for k in own if sides[k] < 0]
        on = [k for k in own if sides[k] == 0]
        above = [k for k in own if sides[k] > 0]
        if below and above:
            on += self._crossings(own, below, above, size, bit)
            parts = [(on, size - 1)]
        else:
            # a side of the face: part of it only where no other cut that it is not on runs along there
            parts = [(on, self._size(on))] if self._inside(own, on) else []
        parts += [([*some, *on], size) for some in (below, above) if some]
        return parts

    def _inside(self, own: Sequence[int], on: Sequence[int]) -> bool:
        """Whether the mean of some vertices of a face lies in the face: on no cut that it is not on."""
        whole, part = (reduce(int.__and__, (self.tight[k] for k in some)) for some in (own, on))
        return not part & ~whole & self._before

    @property
    def _before(self) -> int:
        """The bits of the cuts before this one; not those of the sides of the box."""
        last = self.bits - 1
        return ((1 << last) - 1) & ~((1 << self.sides) - 1)

    def _size(self, on: Sequence[int]) -> int:
        """The dimension of the polytope that some vertices span."""
        first = self.vertices[on[0]]
        rows = [
            [p * first[0] - q * point[0] for p, q in zip(point[1:], first[1:], strict=True)]
            for point in (self.vertices[k] for k in on[1:])
        ]
        return _rank(rows)

    def _crossings(
        self, own: list[int], below: Sequence[int], above: Sequence[int], size: int, bit: int
    ) -> list[int]:
        """New vertices: where the edges of a face between the two sides cross the cut."""
        found: dict[int, None] = {}
        for a in below:
            for b in above:
                shared = self.tight[a] & self.tight[b]
                if shared.bit_count() < size - 1 or not self._edge(own, a, b, shared):
                    continue
                found[self._vertex(a, b, shared | bit)] = None
        return list(found)

    def _edge(self, own: Sequence[int], a: int, b: int, shared: int) -> bool:
        """Whether no third vertex of a face lies on everything that two of its vertices lie on."""
        return not any(shared & ~self.tight[c] == 0 for c in own if c not in (a, b))

    def _vertex(self, a: int, b: int, tight: int) -> int:
        one, two = self.vertices[a], self.vertices[b]
        u, v = abs(self._now[a]), abs(self._now[b])
        made = tuple(v * p + u * q for p, q in zip(one, two, strict=True))
        by = reduce(gcd, made)
        point = tuple(p // by for p in made)
        if point not in self.known:
            self.known[point] = len(self.vertices)
            self.vertices.append(point)
            self.tight.append(tight)
        return self.known[point]

    def _look(self, cut: Cut) -> NDArray[np.int8]:
        """On which side of a cut each vertex lies."""
        new = self.vertices[len(self._array) :]
        if new:
            self._largest = max(self._largest, *(abs(p) for point in new for p in point))
            self._array = np.concatenate([self._array, np.array(new, dtype=object).reshape(len(new), -1)])
        self._now = self._values(cut)
        return np.array([(v > 0) - (v < 0) for v in self._now], dtype=np.int8)

    def _values(self, cut: Cut) -> list[int]:
        fits = self._largest * max(map(abs, cut)) * len(cut) < ROOM
        kind = np.int64 if fits else object
        values: list[int] = (self._array.astype(kind) @ np.array(cut, dtype=kind)).tolist()
        return values

    def points(self) -> list[Point]:
        """A point of each face: the mean of its vertices."""
        stops = [*self.starts[1:].tolist(), len(self.members)]
        return [
            _mean([self.vertices[k] for k in self.members[start:stop].tolist()])
            for start, stop in zip(self.starts.tolist(), stops, strict=True)
        ]


def _mean(points: Sequence[Point]) -> Point:
    by = lcm(*(point[0] for point in points))
    sums = [sum(column) for column in zip(*([p * (by // q[0]) for p in q[1:]] for q in points), strict=True)]
    made = (by * len(points), *sums)
    least = reduce(gcd, made)
    return tuple(p // least for p in made)


def _rank(rows: list[list[int]]) -> int:
    """The rank of whole numbers, exactly: elimination without fractions."""
    rank, left = 0, [row for row in rows if any(row)]
    while left:
        pivot = left.pop()
        k = next(i for i, p in enumerate(pivot) if p)
        left = [
            row
            for row in ([p * pivot[k] - q * old[k] for p, q in zip(old, pivot, strict=True)] for old in left)
            if any(row)
        ]
        rank += 1
    return rank
