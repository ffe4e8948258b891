"""The drawing of who told whom: boxes in columns, joined from left to right, as an Altair chart."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Any, Literal

from accordant.brief.figures import look
from accordant.brief.figures.layers_chart import BOX, LINE, PAD, Box
from accordant.brief.figures.layout import ordered

GAP, SPACE, TOP = 74.0, 12.0, 34.0
THROUGH = 12.0
"""Height kept free in a column for a line that passes it."""
SAMPLES = 8
NUMERAL, TALL = 6.0, 11.0
"""Width of a sign of a number, and the height of one, about."""
STYLES: dict[str, list[float]] = {
    "told": [1, 0],
    "quoted in": [1, 0],
    "passed on by": [1, 0],
    "published": [1, 0],
    "retold in": [7, 3],
    "credited in": [2, 3],
    "suspected": [1, 5],
}

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A step from one box to another, with the number of claims that went that way."""

    start: str
    end: str
    how: Literal["told", "quoted in", "passed on by", "published", "retold in", "credited in"]
    claims: int
    suspected: bool = False

    @property
    def width(self) -> float:
        """Width in pixels: it grows with the root of the number."""
        return min(9.0, 1.0 + 1.2 * sqrt(max(0, self.claims - 1))) if self.claims else 1.0


@dataclass(frozen=True)
class Network:
    """Columns of boxes with lines that lead from left to right.

    Attributes
    ----------
    headings
        What stands over each column.
    """

    headings: tuple[str, ...]
    columns: tuple[tuple[Box, ...], ...]
    lines: tuple[Line, ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, the boxes cannot be read."""
        return 640

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        at = canvas.pixels(*self._size)
        parts = (self._curves, self._counts, self._boxes, self._texts)
        return canvas.spec([layer for part in parts for layer in part(canvas, *at)], *self._size)

    # Places

    @cached_property
    def _column_of(self) -> dict[str, int]:
        return {box.key: k for k, column in enumerate(self.columns) for box in column}

    @cached_property
    def _ways(self) -> list[list[str]]:
        """Each line by the keys that it passes: its ends, and a place kept free in each column between."""
        ways = []
        for n, line in enumerate(self.lines):
            low, high = sorted((self._column_of[line.start], self._column_of[line.end]))
            between = [f"\0{n}:{k}" for k in range(low + 1, high)]
            if self._column_of[line.start] > self._column_of[line.end]:
                between.reverse()
            ways.append([line.start, *between, line.end])
        return ways

    @cached_property
    def _order(self) -> list[list[str]]:
        layers = [[box.key for box in column] for column in self.columns]
        for way in self._ways:
            for key in way[1:-1]:
                layers[int(key.rpartition(":")[2])].append(key)
        pairs = [(a, b) for way in self._ways for a, b in itertools.pairwise(way)]
        return ordered(layers, pairs)

    @cached_property
    def _boxed(self) -> dict[str, Box]:
        return {box.key: box for column in self.columns for box in column}

    def _height_of(self, key: str) -> float:
        return self._boxed[key].height if key in self._boxed else THROUGH

    @cached_property
    def _middles(self) -> dict[str, Point]:
        """The left edge and the middle of everything in a column."""
        heights = [sum(map(self._height_of, keys)) + SPACE * (len(keys) - 1) for keys in self._order]
        tallest = max(heights, default=0)
        found = {}
        for k, (keys, own) in enumerate(zip(self._order, heights, strict=True)):
            at = TOP + (tallest - own) / 2
            for key in keys:
                height = self._height_of(key)
                found[key] = (k * (BOX + GAP), at + height / 2)
                at += height + SPACE
        return found

    @cached_property
    def _size(self) -> Point:
        width = len(self.columns) * BOX + max(0, len(self.columns) - 1) * GAP
        lowest = max((y + self._height_of(key) / 2 for key, (_, y) in self._middles.items()), default=TOP)
        return width, lowest + 6

    @cached_property
    def _ports(self) -> list[tuple[float, float]]:
        """Where each line leaves and arrives, in steps from the middle, so that lines of one box part."""
        out: dict[str, list[int]] = {}
        into: dict[str, list[int]] = {}
        for n, line in enumerate(self.lines):
            out.setdefault(line.start, []).append(n)
            into.setdefault(line.end, []).append(n)
        for held, far in ((out, 1), (into, -2)):
            for numbers in held.values():
                numbers.sort(key=lambda n, far=far: self._middles[self._ways[n][far]][1])  # type: ignore[misc]
        return [
            (self._port(line.start, out[line.start], n), self._port(line.end, into[line.end], n))
            for n, line in enumerate(self.lines)
        ]

    def _port(self, key: str, numbers: Sequence[int], n: int) -> float:
        room = self._height_of(key) - 10
        step = min(8.0, room / len(numbers))
        return (numbers.index(n) - (len(numbers) - 1) / 2) * step

    @cached_property
    def _paths(self) -> list[list[Point]]:
        """The points of every line."""
        paths = []
        for way, (leaves, arrives) in zip(self._ways, self._ports, strict=True):
            points: list[Point] = []
            for a, b in itertools.pairwise(way):
                (xa, ya), (xb, yb) = self._middles[a], self._middles[b]
                x0, x1 = (xa + BOX, xb) if xa < xb else (xa, xb + BOX)
                y0 = ya + (leaves if a == way[0] else 0)
                y1 = yb + (arrives if b == way[-1] else 0)
                points += _eased((x0, y0), (x1, y1))
            paths.append(points)
        return paths

    # Layers

    def _curves(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        layers = []
        for name, style in STYLES.items():
            some = [n for n, s in enumerate(self.lines) if ("suspected" if s.suspected else s.how) == name]
            rows = [
                {"line": n, "k": k, "x": px, "y": py, "width": self.lines[n].width}
                for n in some
                for k, (px, py) in enumerate(self._paths[n])
            ]
            if rows:
                colour = "#8b959e" if name in ("published", "credited in") else look.INK
                drawn = canvas.chart(rows).mark_line(
                    color=colour, strokeDash=style, opacity=0.85, strokeCap="butt"
                )
                width = canvas.alt.StrokeWidth("width:Q", scale=None, legend=None)
                layers.append(drawn.encode(x, y, width, detail="line:N", order="k:Q"))
        heads = [{"x": path[-1][0] - 4, "y": path[-1][1]} for path in self._paths if path]
        if heads:
            point = {"shape": "triangle-right", "filled": True, "size": 46, "color": look.INK}
            layers.append(canvas.chart(heads).mark_point(**point).encode(x, y))
        return layers

    def _counts(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        """The number of claims at the start of each line, and what a broken line means."""
        rows: list[dict[str, Any]] = []
        taken = [
            (x0 - 2, y0 - box.height / 2 - 2, x0 + BOX + 2, y0 + box.height / 2 + 2)
            for key, box in self._boxed.items()
            for x0, y0 in [self._middles[key]]
        ]
        for line, path in sorted(zip(self.lines, self._paths, strict=True), key=lambda p: p[1][0][1]):
            said = {"retold in": "retold", "credited in": "credited"}.get(line.how, "")
            text = f"{said}{'?' if line.suspected else ''} {line.claims or ''}".strip()
            if text:
                room = _room(text, path, taken)
                taken.append(room)
                rows.append({"x": room[0], "y": (room[1] + room[3]) / 2, "text": text})
        if not rows:
            return []
        style = {"align": "left", "fontSize": 10}
        halo = canvas.chart(rows).mark_text(stroke=look.PAPER, strokeWidth=3, strokeJoin="round", **style)
        text_ = canvas.chart(rows).mark_text(color=look.SOFT, **style)
        return [c.encode(x, y, text="text:N") for c in (halo, text_)]

    def _boxes(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        rows = []
        for key, box in self._boxed.items():
            left, middle = self._middles[key]
            frame = {"x": left, "x2": left + BOX, "y": middle - box.height / 2, "y2": middle + box.height / 2}
            rows.append(frame)
            if box.kind == "unnamed":  # a second frame inside the first marks a source that is not named
                rows.append({"x": left + 3, "x2": left + BOX - 3, "y": frame["y"] + 3, "y2": frame["y2"] - 3})
        if not rows:
            return []
        box_ = canvas.chart(rows).mark_rect(fill=look.PAPER, stroke=look.INK, strokeWidth=1, cornerRadius=2)
        return [box_.encode(x, y, x2="x2:Q", y2="y2:Q")]

    def _texts(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        rows = []
        for key, box in self._boxed.items():
            left, middle = self._middles[key]
            top = middle - box.height / 2 + PAD
            for k, line in enumerate(box.lines):
                rows.append({"x": left + 8, "y": top + LINE * (k + 0.5), "text": line})
        heads = [
            {"x": k * (BOX + GAP), "y": 10, "text": heading}
            for k, heading in enumerate(self.headings)
            if heading
        ]
        text = canvas.chart(rows).mark_text(align="left", fontSize=11, color=look.INK)
        head = canvas.chart(heads).mark_text(align="left", fontSize=11, color=look.SOFT)
        return [text.encode(x, y, text="text:N"), head.encode(x, y, text="text:N")]


Frame = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def _room(text: str, path: Sequence[Point], taken: Sequence[Frame]) -> Frame:
    """Where a label stands along its line: the first place that no box and no other label has."""
    wide = len(text) * NUMERAL
    frames = [
        (px + dx, py + dy - TALL / 2, px + dx + wide, py + dy + TALL / 2)
        for dy in (-5.0, 6.0, -14.0, 15.0)
        for dx in (4.0, -wide / 2)
        for px, py in path[:-1]
    ]
    return next((f for f in frames if not any(_meet(f, other) for other in taken)), frames[0])


def _meet(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _eased(start: Point, end: Point) -> list[Point]:
    """A line that leaves and arrives level."""
    (x0, y0), (x1, y1) = start, end
    found = []
    for k in range(SAMPLES + 1):
        t = k / SAMPLES
        found.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)))
    return found
