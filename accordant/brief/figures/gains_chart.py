"""The drawing of gains by package: a row for each package, a column on its own scale for each party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any

from accordant.brief.figures import look

WIDTH = 690.0
NAMES, GAP, NUMBER = 176.0, 14.0, 58.0
"""Width of the names, space between columns, and room for a number beside a bar."""
HEAD, ROW, BLOCK = 46.0, 30.0, 26.0
COLUMNS = 4
"""Most columns side by side; further parties stand below."""
CHARACTERS = 30

Rows = list[dict[str, Any]]
At = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Bar:
    """What one party gains by one package: at the least, at the most, and in words."""

    low: float
    high: float
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """One party: its name, a bar for each package, and the most that it could gain, if anything."""

    party: str
    bars: tuple[Bar, ...]
    best: float | None

    @property
    def span(self) -> tuple[float, float]:
        """What its scale has to hold."""
        ends = [0.0, *(b.low for b in self.bars), *(b.high for b in self.bars), self.best or 0.0]
        return (min(ends), max(ends)) if max(ends) > min(ends) else (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Gains:
    """Packages by name, and a column for each party."""

    packages: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, names cannot be read."""
        return 560

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        blocks = [self.columns[k : k + COLUMNS] for k in range(0, len(self.columns), COLUMNS)]
        each = HEAD + ROW * len(self.packages) + BLOCK
        height = each * len(blocks) - BLOCK + 8
        at = canvas.pixels(WIDTH, height)
        rows = _Rows([], [], [], [], [], [], [])
        for k, columns in enumerate(blocks):
            self._names(rows, k * each)
            width = (WIDTH - NAMES) / min(COLUMNS, max(len(columns), 2 if k == 0 else COLUMNS))
            for c, column in enumerate(columns):
                self._column(rows, column, NAMES + c * width, width - GAP, k * each)
        return canvas.spec(list(_layers(canvas, at, rows)), WIDTH, height)

    def _names(self, rows: _Rows, top: float) -> None:
        for k, package in enumerate(self.packages):
            middle = top + HEAD + ROW * (k + 0.5)
            rows.lines.append({"x": 0, "x2": WIDTH, "y": middle + ROW / 2, "y2": middle + ROW / 2})
            lines = _lines(package)
            for n, line in enumerate(lines):
                y = middle + (n - (len(lines) - 1) / 2) * 12.5
                rows.names.append({"x": 0, "y": y, "text": line})

    def _column(self, rows: _Rows, column: Column, left: float, width: float, top: float) -> None:
        low, high = column.span
        before = NUMBER if low < 0 else 4
        room = width - before - NUMBER

        def at(value: float) -> float:
            return left + before + (value - low) / (high - low) * room

        bottom = top + HEAD + ROW * len(self.packages)
        rows.heads.append({"x": left, "y": top + 12, "text": _cut(column.party, width)})
        rows.zeros.append({"x": at(0), "x2": at(0), "y": top + HEAD - 6, "y2": bottom})
        rows.words.append({"x": at(0), "y": top + HEAD - 13, "text": "no deal", "align": "center"})
        if column.best:
            rows.bests.append(
                {"x": at(column.best), "x2": at(column.best), "y": top + HEAD - 6, "y2": bottom}
            )
        for k, bar in enumerate(column.bars):
            middle = top + HEAD + ROW * (k + 0.5)
            # The sure part of a gain or a loss is the bar, what depends on no deal a line beyond it.
            sure = bar.low if bar.low > 0 else min(bar.high, 0.0)
            box = {"x": at(0), "x2": at(sure), "y": middle - 6, "y2": middle + 6, "loss": sure < 0}
            rows.bars.append(box)
            rows.bars[-1]["whisker"] = [at(bar.low), at(bar.high), middle] if bar.low != bar.high else None
            if bar.high <= 0 and bar.low < 0:
                place = {"x": at(bar.low) - 5, "align": "right"}
            else:
                place = {"x": at(max(bar.high, 0.0)) + 5, "align": "left"}
            rows.words.append({**place, "y": middle, "text": bar.text})


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is drawn, by layer."""

    names: Rows
    heads: Rows
    lines: Rows
    zeros: Rows
    bests: Rows
    bars: Rows
    words: Rows


def _lines(text: str) -> list[str]:
    """A name in at most two lines."""
    found = wrap(text, CHARACTERS) or [""]
    return (
        found if len(found) <= 2 else [found[0], shorten(" ".join(found[1:]), CHARACTERS, placeholder=" …")]
    )


def _cut(text: str, width: float) -> str:
    most = int(width / 6.0)
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _layers(canvas: look.Canvas, at: At, rows: _Rows) -> Iterator[Any]:
    x, y = at
    ends = {"x2": "x2:Q", "y2": "y2:Q"}
    rule = canvas.chart(rows.lines).mark_rule(color=look.RULE, strokeWidth=0.6)
    yield rule.encode(x, y, **ends)
    if rows.bests:
        best = canvas.chart(rows.bests).mark_rule(color=look.INK, strokeWidth=0.9, strokeDash=[1.5, 2.5])
        yield best.encode(x, y, **ends)
    for loss, fill in ((False, "#8b959e"), (True, look.PAPER)):
        here = [{k: v for k, v in r.items() if k != "whisker"} for r in rows.bars if r["loss"] is loss]
        if here:
            bar = canvas.chart(here).mark_rect(fill=fill, stroke=look.INK, strokeWidth=0.9)
            yield bar.encode(x, y, **ends)
    whiskers = [_whisker(r["whisker"]) for r in rows.bars if r["whisker"]]
    if whiskers:
        line = canvas.chart(whiskers).mark_rule(color=look.INK, strokeWidth=1.6)
        yield line.encode(x, y, **ends)
    yield canvas.chart(rows.zeros).mark_rule(color=look.INK, strokeWidth=1).encode(x, y, **ends)
    yield _text(canvas, rows.names, "left", 11.5, look.INK).encode(x, y, text="text:N")
    yield _text(canvas, rows.heads, "left", 11.5, look.INK).encode(x, y, text="text:N")
    for align in ("left", "center", "right"):
        here = [r for r in rows.words if r["align"] == align]
        if here:
            colour = look.SOFT if align == "center" else look.INK
            halo = canvas.chart(here).mark_text(
                align=align, baseline="middle", fontSize=10.5, stroke=look.PAPER, strokeWidth=3
            )
            yield halo.encode(x, y, text="text:N")
            yield _text(canvas, here, align, 10.5, colour).encode(x, y, text="text:N")


def _whisker(place: Sequence[float]) -> dict[str, float]:
    low, high, y = place
    return {"x": low, "x2": high, "y": y, "y2": y}


def _text(canvas: look.Canvas, rows: Rows, align: str, size: float, colour: str) -> Any:
    return canvas.chart(rows).mark_text(align=align, baseline="middle", fontSize=size, color=colour)
