"""The drawing of issue ranges: one row for each issue, from its first value to its last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any

from accordant.brief.figures import look

WIDTH = 690.0
NAMES, TRACK = 168.0, 300.0
SAYS = NAMES + TRACK + 26
HEAD, ROW = 26.0, 52.0
CHARACTERS, SAID = 28, 34
SINGLE = 21
"""Up to so many values each is a mark of its own; more are a band."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an issue: how far along it lies (0 to 1), and where it occurs."""

    at: float
    possible: bool
    efficient: bool
    no_deal: bool


@dataclass(frozen=True, slots=True)
class Track:
    """One issue: its name, its ends in words, its values, and the values of efficient deals in words.

    Only numbers are ``joined`` to bands: between names there is nothing.
    """

    issue: str
    first: str
    last: str
    values: tuple[Value, ...]
    says: str
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Tracks:
    """Issues from top to bottom."""

    rows: tuple[Track, ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, values cannot be read."""
        return 560

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        height = HEAD + ROW * len(self.rows)
        at = canvas.pixels(WIDTH, height)
        return canvas.spec(list(self._layers(canvas, at)), WIDTH, height)

    def _layers(self, canvas: look.Canvas, at: tuple[Any, Any]) -> Iterator[Any]:
        x, y = at
        ends = {"x2": "x2:Q", "y2": "y2:Q"}
        lines = [
            {"x": NAMES, "x2": NAMES + TRACK, "y": middle, "y2": middle}
            for middle in map(self._middle, range(len(self.rows)))
        ]
        yield canvas.chart(lines).mark_rule(color=look.RULE, strokeWidth=1).encode(x, y, **ends)
        for which, half, style in (
            ("possible", 7.0, {"fill": "#d5dade", "stroke": "#8b959e", "strokeWidth": 0.8}),
            ("efficient", 3.5, {"fill": look.INK}),
        ):
            bands = list(self._bands(which, half))
            if bands:
                yield canvas.chart(bands).mark_rect(cornerRadius=2, **style).encode(x, y, **ends)
        yield from self._marks(canvas, at)
        no_deal = [
            {"x": self._at(v.at), "y": self._middle(k) - 15}
            for k, row in enumerate(self.rows)
            for v in row.values
            if v.no_deal
        ]
        if no_deal:
            diamond = canvas.chart(no_deal).mark_point(
                shape="diamond", size=62, fill=look.PAPER, stroke=look.INK, strokeWidth=1.3, opacity=1
            )
            yield diamond.encode(x, y)
        for align, size, colour, rows in self._texts():
            text = canvas.chart(rows).mark_text(align=align, baseline="middle", fontSize=size, color=colour)
            yield text.encode(x, y, text="text:N")

    def _middle(self, k: int) -> float:
        return HEAD + ROW * k + ROW * 0.42

    def _at(self, along: float) -> float:
        return NAMES + along * TRACK

    def _bands(self, which: str, half: float) -> Iterator[dict[str, Any]]:
        """Neighbouring values that occur, as one band; half a step is not claimed beyond them."""
        for k, row in enumerate(self.rows):
            run: list[float] = []
            for value in (*row.values, None):
                here = value is not None and getattr(value, which)
                if value is not None and here and (row.joined or not run):
                    run.append(value.at)
                    continue
                if run:
                    middle = self._middle(k)
                    left, right = self._at(run[0]) - half, self._at(run[-1]) + half
                    yield {"x": left, "x2": right, "y": middle - half, "y2": middle + half}
                    run = [value.at] if value is not None and here else []

    def _marks(self, canvas: look.Canvas, at: tuple[Any, Any]) -> Iterator[Any]:
        """Where values are few: a tick for each, so that what lies between them is not claimed."""
        ticks = [
            {"x": self._at(v.at), "x2": self._at(v.at), "y": self._middle(k) - 3, "y2": self._middle(k) + 3}
            for k, row in enumerate(self.rows)
            if len(row.values) <= SINGLE
            for v in row.values
        ]
        if ticks:
            rule = canvas.chart(ticks).mark_rule(color="#8b959e", strokeWidth=1)
            yield rule.encode(*at, x2="x2:Q", y2="y2:Q")

    def _texts(self) -> Iterator[tuple[str, float, str, Rows]]:
        names: Rows = []
        says: Rows = []
        left: Rows = []
        right: Rows = []
        for k, row in enumerate(self.rows):
            middle = self._middle(k)
            for found, text, most, x in ((names, row.issue, CHARACTERS, 0.0), (says, row.says, SAID, SAYS)):
                lines = _lines(text, most)
                found += [
                    {"x": x, "y": middle + (n - (len(lines) - 1) / 2) * 13, "text": line}
                    for n, line in enumerate(lines)
                ]
            left.append({"x": NAMES - 4, "y": middle + 17, "text": _lines(row.first, 26)[0]})
            right.append({"x": NAMES + TRACK + 4, "y": middle + 17, "text": _lines(row.last, 26)[0]})
        heads = [
            {"x": 0, "y": 10, "text": "Issue"},
            {"x": NAMES, "y": 10, "text": "All values, from first to last"},
            {"x": SAYS, "y": 10, "text": "In efficient deals"},
        ]
        yield "left", 11, look.SOFT, heads
        yield "left", 11.5, look.INK, names
        yield "left", 11.5, look.INK, says
        yield "left", 10.5, look.SOFT, left
        yield "right", 10.5, look.SOFT, right


def _lines(text: str, most: int) -> list[str]:
    found = wrap(text, most) or [""]
    return found if len(found) <= 3 else [*found[:2], shorten(" ".join(found[2:]), most, placeholder=" …")]
