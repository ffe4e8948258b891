"""The drawing of a tornado: a bar for each question, from the lowest to the highest share of settings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any

from accordant.brief.figures import look

WIDTH = 690.0
NAMES, MARGIN = 262.0, 62.0
"""Width of the questions, and room for a count beside a bar."""
HEAD, ROW, HALF = 34.0, 68.0, 8.0
CHARACTERS, MOST_LINES = 42, 3
ANSWER, ANSWER_LINES = 37, 2

Rows = list[dict[str, Any]]
At = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """One question with both ends: the share of settings, the count in words, the answer that leads there."""

    asks: str
    low: float
    low_count: str
    low_answer: str
    high: float
    high_count: str
    high_answer: str


@dataclass(frozen=True, slots=True)
class Tornado:
    """Bars, furthest first, on one scale from no setting to all; ``now`` is where the count stands."""

    bars: tuple[Bar, ...]
    now: float
    now_count: str

    @property
    def least_width(self) -> int:
        """Narrower than this, questions cannot be read."""
        return 560

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        height = HEAD + ROW * len(self.bars) + 4
        at = canvas.pixels(WIDTH, height)
        return canvas.spec(list(self._layers(canvas, at, height)), WIDTH, height)

    def _layers(self, canvas: look.Canvas, at: At, height: float) -> Iterator[Any]:
        x, y = at
        ends = {"x2": "x2:Q", "y2": "y2:Q"}
        tracks: Rows = [
            {"x": _along(0), "x2": _along(1), "y": m, "y2": m} for m in map(_middle, range(len(self.bars)))
        ]
        yield canvas.chart(tracks).mark_rule(color=look.RULE, strokeWidth=1).encode(x, y, **ends)
        boxes: Rows = [
            {"x": _along(b.low), "x2": _along(b.high), "y": _middle(k) - HALF, "y2": _middle(k) + HALF}
            for k, b in enumerate(self.bars)
        ]
        bars = canvas.chart(boxes).mark_rect(fill="#8b959e", stroke=look.INK, strokeWidth=0.9)
        yield bars.encode(x, y, **ends)
        now: Rows = [{"x": _along(self.now), "x2": _along(self.now), "y": HEAD - 8, "y2": height - 14}]
        line = canvas.chart(now).mark_rule(color=look.INK, strokeWidth=1.3, strokeDash=[3, 2])
        yield line.encode(x, y, **ends)
        for align, size, colour, rows in self._texts():
            if rows:
                halo = canvas.chart(rows).mark_text(
                    align=align, baseline="middle", fontSize=size, stroke=look.PAPER, strokeWidth=3
                )
                yield halo.encode(x, y, text="text:N")
                text = canvas.chart(rows).mark_text(
                    align=align, baseline="middle", fontSize=size, color=colour
                )
                yield text.encode(x, y, text="text:N")

    def _texts(self) -> Iterator[tuple[str, float, str, Rows]]:
        asks: Rows = []
        low: Rows = []
        high: Rows = []
        below: Rows = []
        above: Rows = []
        for k, bar in enumerate(self.bars):
            middle = _middle(k)
            lines = _lines(bar.asks, CHARACTERS, MOST_LINES)
            asks += [
                {"x": 0, "y": middle + (n - (len(lines) - 1) / 2) * 13, "text": line}
                for n, line in enumerate(lines)
            ]
            low.append({"x": _along(bar.low) - 5, "y": middle, "text": bar.low_count})
            high.append({"x": _along(bar.high) + 5, "y": middle, "text": bar.high_count})
            below += _answer(NAMES + 12, middle, bar.low_answer)
            above += _answer(WIDTH, middle, bar.high_answer)
        now: Rows = [{"x": _along(self.now), "y": 12, "text": f"now {self.now_count}"}]
        yield "left", 11.5, look.INK, asks
        yield "right", 11, look.INK, low
        yield "left", 11, look.INK, high
        yield "left", 10, look.SOFT, below
        yield "right", 10, look.SOFT, above
        yield "center", 10.5, look.INK, now


def _middle(k: int) -> float:
    return HEAD + ROW * k + 23


def _along(share: float) -> float:
    return NAMES + MARGIN + share * (WIDTH - NAMES - 2 * MARGIN)


def _lines(text: str, characters: int, most: int) -> list[str]:
    found = wrap(text, characters) or [""]
    if len(found) <= most:
        return found
    last = shorten(" ".join(found[most - 1 :]), characters, placeholder=" …")
    return [*found[: most - 1], last]


def _answer(x: float, middle: float, text: str) -> Rows:
    """An answer below its end of the bar, in lines."""
    lines = _lines(text, ANSWER, ANSWER_LINES)
    return [{"x": x, "y": middle + 20 + 12 * n, "text": line} for n, line in enumerate(lines)]
