"""The drawing of the state graph, as an Altair chart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import atan2, degrees, hypot
from typing import Any

from accordant.brief.figures import look

RADIUS = 15.0
ROW, COLUMN = 64.0, 150.0
MARGIN, LOW = 44.0, 30.0
WIDTH = 700.0
SAMPLES, EACH = 13, 3
"""Points along an arrow, and which of them its line is drawn through."""
INSIDE = 4
"""Most characters of a state's name that fit into its mark; longer names stand below."""

SHAPES = {
    "status quo": "square",
    "no deal": "diamond",
    "where a proposal leads": "triangle-up",
    "another state": "circle",
}
SIZES = {"square": 760, "diamond": 1100, "triangle-up": 1150, "circle": 720}

Point = tuple[float, float]
Values = list[dict[str, Any]]


@dataclass(frozen=True)
class Node:
    """A state: its name, what it is, whether it holds (``all``, ``some`` or nothing), its place."""

    state: str
    name: str
    kind: str
    role: str
    holds: str
    at: Point


@dataclass(frozen=True)
class Arc:
    """A move: from state to state, the number of the mover, whether the mover prefers it or may."""

    start: str
    end: str
    mover: int
    strong: bool


@dataclass(frozen=True)
class StateGraph:
    """States with their places (in columns and rows) and moves, ready to be drawn.

    ``movers`` are the names in the key, ``codes`` the letters on the arrows.
    """

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]
    movers: tuple[str, ...]
    codes: tuple[str, ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, letters on arrows cannot be read."""
        return 560

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        parts = (self._arrows, self._letters, self._rings, self._marks)
        return canvas.spec([layer for part in parts for layer in part(canvas)], *self._size)

    @cached_property
    def _places(self) -> dict[str, Point]:
        columns = max((n.at[0] for n in self.nodes), default=0)
        step = min(COLUMN, (WIDTH - 2 * MARGIN) / columns) if columns else COLUMN
        # Neighbouring columns stand a third of a row apart, so that arrows along a row part.
        return {
            n.state: (MARGIN + n.at[0] * step, LOW + n.at[1] * ROW + (n.at[0] % 2) * ROW / 3)
            for n in self.nodes
        }

    @cached_property
    def _size(self) -> tuple[float, float]:
        width = max((x for x, _ in self._places.values()), default=0) + MARGIN
        height = max((y for _, y in self._places.values()), default=0) + MARGIN
        return max(width, 320), height

    def _where(self, canvas: look.Canvas, y: str = "y") -> tuple[Any, Any]:
        return canvas.pixels(*self._size, y)

    # Moves

    def _who(self, canvas: look.Canvas) -> tuple[Any, Any]:
        """Colour and line style of a mover, in one key."""
        names = list(self.movers)
        key = canvas.alt.Legend(orient="top", direction="vertical", symbolType="stroke")
        hues = canvas.alt.Scale(domain=names, range=[look.hue(k) for k in range(len(names))])
        dashes = canvas.alt.Scale(domain=names, range=[look.dash(k) for k in range(len(names))])
        colour = canvas.alt.Color("mover:N", title="Who moves", sort=names, scale=hues, legend=key)
        return colour, canvas.alt.StrokeDash(
            "mover:N", title="Who moves", sort=names, scale=dashes, legend=key
        )

    def _arrows(self, canvas: look.Canvas) -> list[Any]:
        where, (colour, style) = self._where(canvas), self._who(canvas)
        strength = canvas.alt.Opacity(
            "strong:N", legend=None, scale=canvas.alt.Scale(domain=[True, False], range=[1, 0.4])
        )
        line = canvas.chart(self._lines).mark_line(strokeWidth=1.6, strokeCap="butt", interpolate="natural")
        head = canvas.chart(self._heads).mark_point(shape="triangle", filled=True, size=70)
        turned = canvas.alt.Angle("angle:Q", scale=None)
        return [
            line.encode(*where, colour, style, strength, detail="arc:N", order="k:Q"),
            head.encode(*where, colour, strength, angle=turned),
        ]

    def _letters(self, canvas: look.Canvas) -> list[Any]:
        values = [
            {"x": x, "y": y, "code": self.codes[arc.mover], "mover": self.movers[arc.mover]}
            for arc, curve in zip(self.arcs, self._curves, strict=True)
            for x, y in [curve[int(len(curve) * 0.42)]]
        ]
        base = canvas.chart(values)
        halo = base.mark_text(
            fontSize=10, fontWeight=600, stroke=look.PAPER, strokeWidth=4, strokeJoin="round"
        )
        text = base.mark_text(fontSize=10, fontWeight=600)
        where, (colour, _) = self._where(canvas), self._who(canvas)
        return [halo.encode(*where, text="code:N"), text.encode(*where, colour, text="code:N")]

    @cached_property
    def _curves(self) -> list[list[Point]]:
        seen: dict[tuple[str, str], int] = {}
        found = []
        for arc in self.arcs:
            nth = seen[arc.start, arc.end] = seen.get((arc.start, arc.end), -1) + 1
            found.append(bent(self._places[arc.start], self._places[arc.end], 0.13 + 0.13 * nth))
        return found

    @property
    def _lines(self) -> Values:
        return [
            {"arc": n, "k": k, "x": x, "y": y, "mover": self.movers[arc.mover], "strong": arc.strong}
            for n, (arc, curve) in enumerate(zip(self.arcs, self._curves, strict=True))
            for k, (x, y) in enumerate(curve[::EACH])
        ]

    @property
    def _heads(self) -> Values:
        found = []
        for arc, curve in zip(self.arcs, self._curves, strict=True):
            (x0, y0), (x1, y1) = curve[-2], curve[-1]
            angle = degrees(atan2(y1 - y0, x1 - x0)) + 90
            mover = self.movers[arc.mover]
            found.append({"x": x1, "y": y1, "angle": angle, "mover": mover, "strong": arc.strong})
        return found

    # States

    def _kind(self, canvas: look.Canvas) -> tuple[Any, Any]:
        """Shape and outline of a state, in one key.

        The outline is an encoding although it is always ink, since the key's symbols take their
        outline from there and from nowhere else.
        """
        kinds = [k for k in SHAPES if any(n.kind == k for n in self.nodes)]
        key = canvas.alt.Legend(orient="top", direction="vertical")
        shapes = canvas.alt.Scale(domain=kinds, range=[SHAPES[k] for k in kinds])
        inks = canvas.alt.Scale(domain=kinds, range=[look.INK for _ in kinds])
        shape = canvas.alt.Shape("kind:N", title="States", sort=kinds, scale=shapes, legend=key)
        return shape, canvas.alt.Stroke("kind:N", title="States", sort=kinds, scale=inks, legend=key)

    @cached_property
    def _rows(self) -> Values:
        return [self._row(n) for n in self.nodes]

    def _row(self, node: Node) -> dict[str, Any]:
        x, y = self._places[node.state]
        inside = len(node.state) <= INSIDE
        size = SIZES[SHAPES[node.kind]]
        below = [node.name] if not inside else []
        return {
            "x": x,
            "y": y,
            # The middle of a triangle's body lies below its centre.
            "middle": y + (4.0 if SHAPES[node.kind] == "triangle-up" else 0.0),
            "inside": node.name if inside else "",
            "below": [*below, node.role] if node.role else below,
            "kind": node.kind,
            "holds": node.holds,
            "size": size,
            "ring": size * 1.62,
        }

    def _rings(self, canvas: look.Canvas) -> list[Any]:
        """A second line around the states that hold: whole or dotted."""
        size, kind = canvas.alt.Size("ring:Q", scale=None, legend=None), self._kind(canvas)
        found = []
        for holds, style in (("all", [1, 0]), ("some", [1.5, 2.5])):
            rows = [r for r in self._rows if r["holds"] == holds]
            if rows:
                chart = canvas.chart(rows)
                ring = chart.mark_point(fill=look.PAPER, strokeDash=style, strokeWidth=1.4, opacity=1)
                found.append(ring.encode(*self._where(canvas), *kind, size))
        return found

    def _marks(self, canvas: look.Canvas) -> list[Any]:
        base = canvas.chart(self._rows)
        mark = base.mark_point(fill=look.PAPER, strokeWidth=1.6, opacity=1)
        name = base.mark_text(fontSize=11, fontWeight=600, color=look.INK, baseline="middle")
        plain = {"fontSize": 10.5, "color": look.INK, "dy": 30, "lineHeight": 12}
        halo = base.mark_text(stroke=look.PAPER, strokeWidth=4, strokeJoin="round", **plain)
        size = canvas.alt.Size("size:Q", scale=None, legend=None)
        return [
            mark.encode(*self._where(canvas), *self._kind(canvas), size),
            name.encode(*self._where(canvas, "middle"), text="inside:N"),
            halo.encode(*self._where(canvas), text="below:N"),
            base.mark_text(**plain).encode(*self._where(canvas), text="below:N"),
        ]


def bent(start: Point, end: Point, bend: float) -> list[Point]:
    """A curve from one node to another, bent to its left, cut off at the nodes' edges."""
    (x0, y0), (x1, y1) = start, end
    dx, dy = x1 - x0, y1 - y0
    length = hypot(dx, dy) or 1.0
    mx, my = (x0 + x1) / 2 + dy * bend, (y0 + y1) / 2 - dx * bend
    cut = min(0.42, (RADIUS + 5) / length)
    head = min(0.45, (RADIUS + 8) / length)
    found = []
    for k in range(SAMPLES):
        t = cut + (1 - head - cut) * k / (SAMPLES - 1)
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        found.append((a * x0 + b * mx + c * x1, a * y0 + b * my + c * y1))
    return found
