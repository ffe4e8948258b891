"""The drawing of who there is and how they stand to each other, as an Altair chart.

Nobody is drawn as good or bad: all boxes look alike and stand in rows by role, lines are told apart by their
style and their words, and there is no colour in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import atan2, degrees
from typing import Any

from accordant.brief.characters import isolated
from accordant.brief.figures import look
from accordant.brief.figures.stakeholders_places import BOX, LINE, PAD, Band, Places, Point, Tie

LETTER, TALL = 5.6, 12.0
"""Width of a letter of a label and its height, about."""
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78)
"""Where along a line its word may stand, the middle first."""

Frame = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Stakeholders:
    """Rows of boxes by role, with lines between them, ready to be drawn.

    Attributes
    ----------
    kinds
        The words of the lines.
    """

    bands: tuple[Band, ...]
    ties: tuple[Tie, ...]
    kinds: tuple[str, ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, names cannot be read."""
        return 680

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas, size = look.Canvas(), (self._places.width_of_all, self._places.height_of_all)
        at = canvas.pixels(*size)
        parts = (self._lines, self._boxes, self._names, self._words)
        return canvas.spec([layer for part in parts for layer in part(canvas, *at)], *size)

    @cached_property
    def _places(self) -> Places:
        return Places(self.bands, self.ties)

    def _lines(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        layers = []
        for kind in range(len(self.kinds)):
            paths = [p for t, p in zip(self.ties, self._places.paths, strict=True) if t.kind == kind]
            rows = [
                {"line": n, "k": k, "x": px, "y": py}
                for n, path in enumerate(paths)
                for k, (px, py) in enumerate(path)
            ]
            if rows:
                style = {"strokeDash": look.dash(kind), "strokeWidth": 1.4, "strokeCap": "butt"}
                drawn = canvas.chart(rows).mark_line(color=look.INK, interpolate="natural", **style)
                layers.append(drawn.encode(x, y, detail="line:N", order="k:Q"))
        heads = [_head(path) for path in self._places.paths]
        if heads:
            turned = canvas.alt.Angle("angle:Q", scale=None)
            point = {"shape": "triangle", "filled": True, "size": 62, "color": look.INK, "opacity": 1}
            layers.append(canvas.chart(heads).mark_point(**point).encode(x, y, turned))
        return layers

    def _boxes(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        layers = []
        for silent, style in ((False, [1, 0]), (True, [3, 2])):
            frames = [self._frame(key) for key, a in self._places.actors.items() if a.silent is silent]
            rows = [dict(zip(("x", "y", "x2", "y2"), frame, strict=True)) for frame in frames]
            if rows:
                look_ = {"fill": look.PAPER, "stroke": look.INK, "strokeWidth": 1.1, "strokeDash": style}
                box = canvas.chart(rows).mark_rect(cornerRadius=3, **look_)
                layers.append(box.encode(x, y, x2="x2:Q", y2="y2:Q"))
        return layers

    def _frame(self, key: str) -> Frame:
        (x, y), height = self._places.middles[key], self._places.height(key)
        return x - BOX / 2, y - height / 2, x + BOX / 2, y + height / 2

    def _names(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        rows = []
        for key, actor in self._places.actors.items():
            at, middle = self._places.middles[key]
            top = middle - actor.height / 2 + PAD
            for k, line in enumerate(actor.lines):
                rows.append({"x": at, "y": top + LINE * (k + 0.5), "text": isolated(line)})
        heads = [
            {"x": 0, "y": self._places.middles[band.rows[0][0].key][1], "text": band.title}
            for band in self.bands
            if band.actors
        ]
        text = canvas.chart(rows).mark_text(fontSize=11.5, fontWeight=600, color=look.INK)
        head = canvas.chart(heads).mark_text(align="left", fontSize=11.5, color=look.SOFT)
        return [text.encode(x, y, text="text:N"), head.encode(x, y, text="text:N")]

    def _words(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        """The word of each line on it, where neither a box nor another word stands."""
        taken = [self._frame(key) for key in self._places.actors]
        rows = []
        for tie, path in zip(self.ties, self._places.paths, strict=True):
            text = self.kinds[tie.kind]
            others = [p for other in self._places.paths if other is not path for p in other]
            frame = _room(text, path, taken, others)
            taken.append(frame)
            middle = (frame[0] + frame[2]) / 2, (frame[1] + frame[3]) / 2
            rows.append({"x": middle[0], "y": middle[1], "text": isolated(text)})
        if not rows:
            return []
        style = {"fontSize": 10.5}
        halo = canvas.chart(rows).mark_text(stroke=look.PAPER, strokeWidth=5, strokeJoin="round", **style)
        text_ = canvas.chart(rows).mark_text(color=look.INK, **style)
        return [c.encode(x, y, text="text:N") for c in (halo, text_)]


def _head(path: Sequence[Point]) -> dict[str, float]:
    (x0, y0), (x1, y1) = path[-2], path[-1]
    back = 4.0 / max(abs(x1 - x0), abs(y1 - y0), 1e-9)
    angle = degrees(atan2(y1 - y0, x1 - x0)) + 90
    return {"x": x1 - (x1 - x0) * back, "y": y1 - (y1 - y0) * back, "angle": angle}


def _room(text: str, path: Sequence[Point], taken: Sequence[Frame], others: Sequence[Point]) -> Frame:
    """The place along a line where its word covers no box, no other word and as little of other lines."""
    wide = len(text) * LETTER + 4
    frames = []
    for k, share in enumerate(ALONG):
        px, py = path[round(share * (len(path) - 1))]
        frame = (px - wide / 2, py - TALL / 2, px + wide / 2, py + TALL / 2)
        covers = sum(_meet(frame, other) for other in taken)
        crosses = sum(frame[0] <= x <= frame[2] and frame[1] <= y <= frame[3] for x, y in others)
        frames.append((covers, crosses, k, frame))
    return min(frames)[-1]


def _meet(one: Frame, other: Frame) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
