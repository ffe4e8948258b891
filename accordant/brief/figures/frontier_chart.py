"""The drawing of frontiers, one panel for each pair of parties, as an Altair chart.

Places are worked out in pixels, so that panels stand side by side in one specification and labels can be
kept apart. A mark is told from another by its shape; nothing depends on colour.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor, log10
from textwrap import wrap
from typing import Any, Literal, TypeAlias

from accordant.brief.figures import look
from accordant.brief.figures.placing import LETTER, LINE, Box, Label, labels

Kind: TypeAlias = Literal["no deal", "range", "proposal", "pick", "both"]
KeyKind: TypeAlias = Kind | Literal["point", "open", "other", ""]
Point = tuple[float, float]
Rows = list[dict[str, Any]]

WIDTH = 690.0
LARGE, SMALL = (600.0, 350.0), (178.0, 168.0)
"""Width and height of the plot where there is one panel, and where there are several."""
LEFT, TOP, BOTTOM = 50.0, 24.0, 46.0
SMALL_LEFT, GAP = 40.0, 20.0
LABEL = 26
"""Most characters in a line of a label."""
KEY_LINE = 19.0

OTHER, STAIR = "#bcc3c9", "#8b959e"
TINT = "#eef1f3"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something with a name in a panel; ``codes`` stand for labels in small panels."""

    kind: Kind
    x: float
    y: float
    label: str


@dataclass(frozen=True)
class Panel:
    """Two parties' worths.

    Attributes
    ----------
    across, up
        The names of the two.
    no_deal
        For each of them the two ends of what no deal is worth.
    points
        The frontier: both worths, and whether the package is worth at least no deal to everybody.
    others
        Worths of other packages.
    stairs
        Whether the points are a frontier of these two parties by themselves.
    """

    across: str
    up: str
    no_deal: tuple[Point, Point]
    points: tuple[tuple[float, float, str], ...]
    others: tuple[Point, ...]
    marks: tuple[Mark, ...]
    stairs: bool = True

    @cached_property
    def spans(self) -> tuple[Point, Point]:
        """What is drawn of either axis."""
        xs = [*self.no_deal[0], *(p[0] for p in self.points), *(m.x for m in self.marks)]
        ys = [*self.no_deal[1], *(p[1] for p in self.points), *(m.y for m in self.marks)]
        return _span(xs), _span(ys)


def _span(values: Sequence[float]) -> Point:
    low, high = min(values), max(values)
    margin = (high - low) * 0.07 or max(abs(high), 1.0) * 0.1
    return low - margin, high + margin


def ticks(low: float, high: float, about: int) -> list[float]:
    """Round numbers along an axis, about so many.

    Examples
    --------
    >>> ticks(-0.3, 10.2, 5), ticks(0.1, 0.4, 3)
    ([0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [0.1, 0.2, 0.3, 0.4])
    """
    rough = (high - low) / about
    power = 10.0 ** floor(log10(rough))
    step = next(s * power for s in (1, 2, 5, 10) if s * power >= rough * 0.75)
    return [round(k * step, 12) for k in range(ceil(low / step - 1e-9), floor(high / step + 1e-9) + 1)]


@dataclass(frozen=True)
class Frontiers:
    """One panel, or several side by side with a key to their letters."""

    panels: tuple[Panel, ...]
    key: tuple[tuple[KeyKind, str], ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, labels cannot be read."""
        return 560

    @property
    def _one(self) -> bool:
        return len(self.panels) == 1

    @property
    def _plot(self) -> Point:
        return LARGE if self._one else SMALL

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        key, top = self._key()
        boxes = [self._box(k, top) for k in range(len(self.panels))]
        height = max(b.bottom for b in boxes) + BOTTOM
        at = canvas.pixels(WIDTH, height)
        pages = [_Page(panel, box, self._one) for panel, box in zip(self.panels, boxes, strict=True)]
        return canvas.spec(list(_layers(canvas, at, pages, key)), WIDTH, height)

    def _box(self, k: int, top: float) -> Box:
        width, height = self._plot
        if self._one:
            return Box(LEFT, top + TOP, LEFT + width, top + TOP + height)
        each = max(1, int(WIDTH // (width + SMALL_LEFT)))
        row, column = divmod(k, each)
        left = SMALL_LEFT + column * (width + SMALL_LEFT + GAP / 2)
        above = top + TOP + row * (height + TOP + BOTTOM)
        return Box(left, above, left + width, above + height)

    def _key(self) -> tuple[Rows, float]:
        """What the marks are, in rows; and how far down they reach."""
        found: Rows = []
        x, y = 8.0, 8.0
        for kind, says in self.key:
            width = len(says) * (LETTER + 0.5) + (36 if kind else 22)
            first = (
                not kind and bool(found) and bool(found[-1]["kind"])
            )  # what letters stand for begins a row
            if (x + width > WIDTH or first) and x > 8:
                x, y = 8.0, y + KEY_LINE
            found.append({"x": x, "y": y, "kind": kind, "text": says, "at": x + (13 if kind else 0)})
            x += width
        return found, y + 14


@dataclass(frozen=True)
class _Page:
    """A panel at its place, in pixels."""

    panel: Panel
    box: Box
    large: bool

    def x(self, worth: float) -> float:
        (low, high), box = self.panel.spans[0], self.box
        return box.left + (worth - low) / (high - low) * (box.right - box.left)

    def y(self, worth: float) -> float:
        (low, high), box = self.panel.spans[1], self.box
        return box.bottom - (worth - low) / (high - low) * (box.bottom - box.top)

    def at(self, point: Sequence[float]) -> Point:
        return self.x(point[0]), self.y(point[1])

    def rules(self) -> Rows:
        """Lines of the grid."""
        (x0, x1), (y0, y1) = self.panel.spans
        box, many = self.box, 6 if self.large else 3
        across = [
            {"x": x, "x2": x, "y": box.top, "y2": box.bottom}
            for t in ticks(x0, x1, many)
            for x in [self.x(t)]
        ]
        return across + [
            {"x": box.left, "x2": box.right, "y": y, "y2": y}
            for t in ticks(y0, y1, many)
            for y in [self.y(t)]
        ]

    def numbers(self) -> Rows:
        """Numbers along the axes."""
        (x0, x1), (y0, y1) = self.panel.spans
        box, many = self.box, 6 if self.large else 3
        across = [
            {"x": self.x(t), "y": box.bottom + 11, "text": _number(t), "align": "center"}
            for t in ticks(x0, x1, many)
        ]
        return across + [
            {"x": box.left - 6, "y": self.y(t), "text": _number(t), "align": "right"}
            for t in ticks(y0, y1, many)
        ]

    def titles(self) -> Rows:
        """What the axes are."""
        box, most = self.box, 90 if self.large else 30
        across, up = (
            _cut(f"{arrow} {name}", most) for arrow, name in (("→", self.panel.across), ("↑", self.panel.up))
        )
        left = 0.0 if self.large else box.left - SMALL_LEFT + 6
        return [
            {"x": box.right, "y": box.bottom + 28, "text": across, "align": "right"},
            {"x": left, "y": box.top - 12, "text": up, "align": "left"},
        ]

    def better(self) -> Rows:
        """Where packages are surely worth at least no deal to both."""
        (_, x), (_, y) = self.panel.no_deal
        box = self.box
        return [{"x": self.x(x), "x2": box.right, "y": box.top, "y2": self.y(y)}]

    def limits(self) -> Iterator[dict[str, Any]]:
        """What no deal is worth to either: lines, at both ends of a range."""
        box = self.box
        for k, ends in enumerate(self.panel.no_deal):
            for end, low in {(ends[1], False), *([(ends[0], True)] if ends[0] != ends[1] else [])}:
                if k == 0:
                    yield {"x": self.x(end), "x2": self.x(end), "y": box.top, "y2": box.bottom, "low": low}
                else:
                    yield {"x": box.left, "x2": box.right, "y": self.y(end), "y2": self.y(end), "low": low}

    def nowhere(self) -> Rows:
        """The rectangle in which no deal lies, where it is a range for somebody."""
        (x0, x1), (y0, y1) = self.panel.no_deal
        if x0 == x1 and y0 == y1:
            return []
        a, b, c, d = self.x(x0), self.x(x1), self.y(y1), self.y(y0)
        if a == b:
            a, b = a - 3, b + 3
        if c == d:
            c, d = c - 3, d + 3
        return [{"x": a, "x2": b, "y": c, "y2": d}]

    def dots(self, beats: str) -> Rows:
        """Points of the frontier."""
        return [{"x": x, "y": y} for p in self.panel.points if p[2] == beats for x, y in [self.at(p[:2])]]

    def others(self) -> Rows:
        """Other packages, as far as they fall into the frame."""
        found = [self.at(p) for p in self.panel.others]
        return [{"x": x, "y": y} for x, y in found if self.box.holds((x, y))]

    def stairs(self, name: int) -> Rows:
        """The edge of what can be had."""
        if not self.panel.stairs or len(self.panel.points) < 2:
            return []
        order = sorted(self.at(p[:2]) for p in self.panel.points)
        # From point to point first down, then across: only what a package leaves to both is within.
        path = [order[0]]
        for x, y in order[1:]:
            path += [(path[-1][0], y), (x, y)]
        return [{"x": x, "y": y, "k": k, "panel": name} for k, (x, y) in enumerate(path)]

    def marks(self) -> Rows:
        """Marks, and where no deal is where it is a number."""
        return [{"x": x, "y": y, "kind": m.kind} for m in self.panel.marks for x, y in [self.at((m.x, m.y))]]

    def named(self) -> Iterator[tuple[Point, list[str], Label]]:
        """Labels with their places."""
        marks = [(self.at((m.x, m.y)), wrap(m.label, LABEL) or [""]) for m in self.panel.marks if m.label]
        frame = Box(
            self.box.left + 2,
            self.box.top + 1,
            self.box.right + (-2 if self.large else 8),
            self.box.bottom - 1,
        )
        points = [self.at(p[:2]) for p in self.panel.points]
        placed = labels(marks, frame, points, radius=8.0 if self.large else 6.0)
        for (at, lines), label in zip(marks, placed, strict=True):
            yield at, lines, label


def _number(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# Layers


def _layers(canvas: look.Canvas, at: tuple[Any, Any], pages: Sequence[_Page], key: Rows) -> Iterator[Any]:
    x, y = at
    ends = {"x2": "x2:Q", "y2": "y2:Q"}

    def every(name: str, *args: Any) -> Rows:
        return [row for page in pages for row in getattr(page, name)(*args)]

    yield canvas.chart(every("better")).mark_rect(fill=TINT).encode(x, y, **ends)
    yield canvas.chart(every("rules")).mark_rule(color=look.RULE, strokeWidth=0.6).encode(x, y, **ends)
    others = every("others")
    if others:
        yield canvas.chart(others).mark_point(filled=True, size=9, color=OTHER, opacity=1).encode(x, y)
    for low, dashes in ((False, [5, 3]), (True, [1.5, 2.5])):
        rows = [r for r in every("limits") if r["low"] is low]
        if rows:
            rule = canvas.chart(rows).mark_rule(color=look.INK, strokeWidth=0.9, strokeDash=dashes)
            yield rule.encode(x, y, **ends)
    nowhere = every("nowhere")
    if nowhere:
        box = canvas.chart(nowhere).mark_rect(fill=look.INK, fillOpacity=0.18, stroke=look.INK, strokeWidth=1)
        yield box.encode(x, y, **ends)
    stairs = [row for k, page in enumerate(pages) for row in page.stairs(k)]
    if stairs:
        line = canvas.chart(stairs).mark_line(color=STAIR, strokeWidth=1)
        yield line.encode(x, y, detail="panel:N", order="k:Q")
    for beats in ("no", "unknown", "yes"):
        rows = every("dots", beats)
        if rows:
            yield _dot(canvas, rows, beats).encode(x, y)
    marks = [*every("marks"), *({**r, "x": r["x"]} for r in key if r["kind"] in _SHAPES)]
    for kind in _SHAPES:
        rows = [r for r in marks if r["kind"] == kind]
        if rows:
            for style in _SHAPES[kind]:
                yield canvas.chart(rows).mark_point(opacity=1, **style).encode(x, y)
    yield from _texts(canvas, at, pages, key)


_PROPOSAL = {"shape": "triangle-up", "fill": look.PAPER, "stroke": look.INK, "strokeWidth": 1.5}
_PICK = {"shape": "circle", "fill": look.HUES[0], "stroke": look.INK, "strokeWidth": 1}
_SHAPES: dict[str, list[dict[str, Any]]] = {
    "no deal": [{"shape": "diamond", "fill": look.INK, "stroke": look.INK, "size": 130}],
    "pick": [{**_PICK, "size": 120}],
    "proposal": [{**_PROPOSAL, "size": 130}],
    "both": [{**_PICK, "size": 300}, {**_PROPOSAL, "size": 95}],
}


def _dot(canvas: look.Canvas, rows: Rows, beats: str) -> Any:
    fill = look.INK if beats == "yes" else look.PAPER
    stroke = STAIR if beats == "no" else look.INK
    return canvas.chart(rows).mark_point(
        shape="circle", size=24, fill=fill, stroke=stroke, strokeWidth=1, opacity=1
    )


def _texts(canvas: look.Canvas, at: tuple[Any, Any], pages: Sequence[_Page], key: Rows) -> Iterator[Any]:
    x, y = at
    for align in ("left", "center", "right"):
        for name, style in (
            ("numbers", {"fontSize": 10, "color": look.SOFT}),
            ("titles", {"fontSize": 11.5, "color": look.INK}),
        ):
            rows = [r for page in pages for r in getattr(page, name)() if r["align"] == align]
            if rows:
                chart = canvas.chart(rows).mark_text(align=align, baseline="middle", **style)
                yield chart.encode(x, y, text="text:N")
    leads: Rows = []
    texts: Rows = []
    for page in pages:
        for mark, lines, label in page.named():
            box = label.box
            if label.led:
                end = (min(max(mark[0], box.left), box.right), min(max(mark[1], box.top), box.bottom))
                leads.append({"x": mark[0], "y": mark[1], "x2": end[0], "y2": end[1]})
            texts += [
                {"x": label.anchor, "y": box.top + LINE * (k + 0.5), "text": line, "align": label.align}
                for k, line in enumerate(lines)
            ]
    if leads:
        yield (
            canvas.chart(leads).mark_rule(color=look.SOFT, strokeWidth=0.7).encode(x, y, x2="x2:Q", y2="y2:Q")
        )
    for side in ("left", "center", "right"):
        rows = [r for r in texts if r["align"] == side]
        if rows:
            base = canvas.chart(rows)
            plain: dict[str, Any] = {"fontSize": 11, "baseline": "middle", "align": side}
            halo = base.mark_text(stroke=look.PAPER, strokeWidth=3.5, strokeJoin="round", **plain)
            yield halo.encode(x, y, text="text:N")
            yield base.mark_text(color=look.INK, **plain).encode(x, y, text="text:N")
    for kind, beats in (("point", "yes"), ("open", "unknown")):
        rows = [r for r in key if r["kind"] == kind]
        if rows:
            yield _dot(canvas, rows, beats).encode(x, y)
    rows = [r for r in key if r["kind"] == "other"]
    if rows:
        yield canvas.chart(rows).mark_point(filled=True, size=14, color=OTHER, opacity=1).encode(x, y)
    said = [{"x": r["at"], "y": r["y"], "text": r["text"]} for r in key]
    yield (
        canvas.chart(said)
        .mark_text(fontSize=11, align="left", baseline="middle", color=look.INK)
        .encode(x, y, text="text:N")
    )
