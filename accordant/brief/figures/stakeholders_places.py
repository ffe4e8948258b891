"""Places for a map of who there is: boxes in rows by role, lines that curve between the rows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from textwrap import shorten, wrap

from accordant.brief.figures.layout import ordered

WIDTH = 860.0
LEFT, TOP = 104.0, 14.0
"""Room for the names of the rows, and above the first row."""
BOX, BETWEEN, BELOW = 132.0, 18.0, 92.0
"""Width of a box, the least room between two, and the room between two rows."""
SLOT = 16.0
"""Width kept free in a row for a line that passes it."""
ARCH = 58.0
"""How high a line between two boxes of one row rises, at most."""
STEP = 50.0
"""Most room between two lines that meet one side of a box."""
LINE, PAD = 13.5, 7.0
CHARACTERS, MOST_LINES = 20, 3
ACROSS = 5
"""Most boxes of one row."""
SAMPLES = 16
SWAPS = 60
"""Most rounds in which neighbours change places."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Actor:
    """One box: who it is, and whether nothing is known of what it wants."""

    key: str
    name: str
    silent: bool = False

    @property
    def lines(self) -> list[str]:
        """The name in lines that fit the box, cut off with an ellipsis."""
        found = wrap(self.name, CHARACTERS) or [""]
        if len(found) > MOST_LINES:
            rest = " ".join(found[MOST_LINES - 1 :])
            found = [*found[: MOST_LINES - 1], shorten(rest, CHARACTERS, placeholder=" …")]
        return found

    @property
    def height(self) -> float:
        """Height in pixels."""
        return len(self.lines) * LINE + 2 * PAD


@dataclass(frozen=True, slots=True)
class Tie:
    """How one of them stands to another; ``kind`` is the number of the word in the key."""

    start: str
    end: str
    kind: int


@dataclass(frozen=True, slots=True)
class Band:
    """Those of one role, in one row or in several."""

    title: str
    actors: tuple[Actor, ...]

    @property
    def rows(self) -> list[list[Actor]]:
        """As few rows as hold them, about equally full.

        Examples
        --------
        >>> [len(row) for row in Band("Parties", tuple(Actor(c, c) for c in "abcdef")).rows]
        [3, 3]
        """
        count = max(1, -(-len(self.actors) // ACROSS))
        each, more = divmod(len(self.actors), count)
        sizes = [each + (k < more) for k in range(count)]
        starts = itertools.accumulate([0, *sizes[:-1]])
        return [list(self.actors[at : at + size]) for at, size in zip(starts, sizes, strict=True)]


@dataclass(frozen=True)
class Places:
    """Where everything stands.

    Examples
    --------
    >>> bands = (Band("Mediators", (Actor("m", "M"),)), Band("Parties", (Actor("a", "A"), Actor("b", "B"))))
    >>> places = Places(bands, (Tie("m", "b", 0),))
    >>> [len(path) > 2 for path in places.paths], places.middles["m"][1] < places.middles["a"][1]
    ([True], True)
    """

    bands: tuple[Band, ...]
    ties: tuple[Tie, ...]

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """Every box by its key."""
        return {a.key: a for band in self.bands for a in band.actors}

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row that each stands in."""
        rows = [row for band in self.bands for row in band.rows]
        return {a.key: k for k, row in enumerate(rows) for a in row}

    @cached_property
    def ways(self) -> list[list[str]]:
        """Each tie by the keys that it passes: its ends, and a slot in each row between them."""
        ways = []
        for n, tie in enumerate(self.ties):
            low, high = sorted((self.row_of[tie.start], self.row_of[tie.end]))
            between = [f"\0{n}:{k}" for k in range(low + 1, high)]
            down = self.row_of[tie.start] <= self.row_of[tie.end]
            ways.append([tie.start, *(between if down else between[::-1]), tie.end])
        return ways

    @cached_property
    def order(self) -> list[list[str]]:
        """The keys of each row from left to right: few crossings, and what is tied near each other."""
        layers = [[a.key for a in row] for band in self.bands for row in band.rows]
        for way in self.ways:
            for key in way[1:-1]:
                layers[int(key.rpartition(":")[2])].append(key)
        pairs = [(a, b) for way in self.ways for a, b in itertools.pairwise(way)]
        return _nearer(ordered(layers, pairs), pairs)

    @cached_property
    def middles(self) -> dict[str, Point]:
        """The middle of every box and slot."""
        found: dict[str, Point] = {}
        at = TOP + (self._arch(0) if self.order else 0)
        for k, keys in enumerate(self.order):
            height = max(self.height(key) for key in keys)
            if k:
                at += BELOW + self._arch(k) * 0.5
            for key, x in zip(keys, self._across(keys), strict=True):
                found[key] = (x, at + height / 2)
            at += height
        return found

    @property
    def height_of_all(self) -> float:
        """Height of the picture in pixels."""
        return max((y + self.height(key) / 2 for key, (_, y) in self.middles.items()), default=TOP) + 8

    @property
    def width_of_all(self) -> float:
        """Width of the picture in pixels: more than usual where lines pass many boxes."""
        rightmost = max((x + self.width(key) / 2 for key, (x, _) in self.middles.items()), default=0.0)
        return max(WIDTH, rightmost + 24)

    def height(self, key: str) -> float:
        """Height of a box; a slot has none."""
        return self.actors[key].height if key in self.actors else 0.0

    def width(self, key: str) -> float:
        """Width of a box or a slot."""
        return BOX if key in self.actors else SLOT

    def _across(self, keys: Sequence[str]) -> list[float]:
        """Middles from left to right, the free room shared out on all sides."""
        room = WIDTH - LEFT - sum(map(self.width, keys))
        gap = max(BETWEEN, room / (len(keys) + 1))
        found, at = [], LEFT + max(0.0, (room - gap * (len(keys) - 1)) / 2)
        for key in keys:
            found.append(at + self.width(key) / 2)
            at += self.width(key) + gap
        return found

    def _arch(self, row: int) -> float:
        """Room over a row for lines between two of its boxes."""
        return ARCH if any(self._level(way) == row for way in self.ways) else 0.0

    def _level(self, way: Sequence[str]) -> int | None:
        first, last = self.row_of[way[0]], self.row_of[way[-1]]
        return first if first == last else None

    # Lines

    @cached_property
    def paths(self) -> list[list[Point]]:
        """The points of every line, from its start to the edge of the box where it ends."""
        found = []
        for n, way in enumerate(self.ways):
            if self._level(way) is not None:
                found.append(_arched(self._port(n, 0, -1), self._port(n, -1, -1)))
                continue
            points: list[Point] = []
            for a, b in itertools.pairwise(range(len(way))):
                down = 1 if self.middles[way[b]][1] > self.middles[way[a]][1] else -1
                points += _eased(self._port(n, a, down), self._port(n, b, -down))
            found.append(points)
        return found

    def _port(self, tie: int, k: int, side: int) -> Point:
        """Where a line meets a box, on its lower (1) or its upper (-1) side; a slot in the middle."""
        key = self.ways[tie][k]
        x, y = self.middles[key]
        if key not in self.actors:
            return x, y
        own = self._at[key, side]
        step = min(STEP, (BOX - 24) / len(own))
        place = own.index((tie, k % len(self.ways[tie])))
        return x + (place - (len(own) - 1) / 2) * step, y + side * self.height(key) / 2

    @cached_property
    def _at(self) -> dict[tuple[str, int], list[tuple[int, int]]]:
        """For each side of a box the lines that meet it, from left to right by where they come from."""
        found: dict[tuple[str, int], list[tuple[float, tuple[int, int]]]] = {}
        for n, way in enumerate(self.ways):
            level = self._level(way) is not None
            for k, other in ((0, 1), (len(way) - 1, len(way) - 2)):
                (x, y), here = self.middles[way[other]], self.middles[way[k]]
                side = -1 if level or y < here[1] else 1
                found.setdefault((way[k], side), []).append((x, (n, k)))
        return {place: [port for _, port in sorted(own)] for place, own in found.items()}


def _nearer(rows: list[list[str]], pairs: Sequence[tuple[str, str]]) -> list[list[str]]:
    """Neighbours change places while that brings what is tied nearer together."""
    now = [list(row) for row in rows]
    for _ in range(SWAPS):
        best, changed = _spread(now, pairs), False
        for row in now:
            for k in range(len(row) - 1):
                row[k], row[k + 1] = row[k + 1], row[k]
                spread = _spread(now, pairs)
                if spread < best - 1e-9:
                    best, changed = spread, True
                else:
                    row[k], row[k + 1] = row[k + 1], row[k]
        if not changed:
            break
    return now


def _spread(rows: Sequence[Sequence[str]], pairs: Sequence[tuple[str, str]]) -> float:
    """How far apart tied ones stand, and how often their lines cross."""
    row_of = {key: k for k, row in enumerate(rows) for key in row}
    place = {key: (j + 0.5) / len(row) for row in rows for j, key in enumerate(row)}
    apart = sum(abs(place[a] - place[b]) * (2 if row_of[a] == row_of[b] else 1) for a, b in pairs)
    return apart + 0.5 * _crossed(row_of, place, pairs)


def _crossed(row_of: dict[str, int], place: dict[str, float], pairs: Sequence[tuple[str, str]]) -> int:
    by_rows: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for a, b in pairs:
        if row_of[a] > row_of[b]:
            a, b = b, a
        if row_of[a] != row_of[b]:
            by_rows.setdefault((row_of[a], row_of[b]), []).append((place[a], place[b]))
    return sum(
        (p[0] - q[0]) * (p[1] - q[1]) < 0
        for same in by_rows.values()
        for p, q in itertools.combinations(same, 2)
    )


def _eased(start: Point, end: Point) -> list[Point]:
    """A line that leaves and arrives upright."""
    (x0, y0), (x1, y1) = start, end
    lean = (y1 - y0) * 0.5
    return _curve(start, (x0, y0 + lean), (x1, y1 - lean), end)


def _arched(start: Point, end: Point) -> list[Point]:
    """A line over a row: the farther it goes, the higher it rises."""
    (x0, y0), (x1, y1) = start, end
    rise = min(ARCH, 30 + abs(x1 - x0) * 0.05) * 4 / 3
    lean = (x1 - x0) * 0.12
    return _curve(start, (x0 + lean, y0 - rise), (x1 - lean, y1 - rise), end)


def _curve(a: Point, b: Point, c: Point, d: Point) -> list[Point]:
    """Points of a cubic Bézier curve."""
    found = []
    for k in range(SAMPLES + 1):
        t = k / SAMPLES
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x, y = (sum(w * p[i] for w, p in zip(weights, (a, b, c, d), strict=True)) for i in (0, 1))
        found.append((x, y))
    return found
