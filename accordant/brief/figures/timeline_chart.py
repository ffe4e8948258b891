"""The drawing of the timeline, as an Altair chart."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accordant.brief.figures import look

ROW, WIDTH = 38.0, 680.0
LETTER = 6.0
"""Width of a letter of a label, about."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated happenings from top to bottom, each as a bar over the days that its date may mean."""

    rows: tuple[tuple[str, date, date], ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, labels cannot be read."""
        return 520

    @property
    def _span(self) -> tuple[int, int]:
        # Days are plain numbers, so that no time zone can shift them.
        starts, ends = zip(*((a.toordinal(), b.toordinal() + 1) for _, a, b in self.rows), strict=True)
        return min(starts), max(ends)

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas, height = look.Canvas(), len(self.rows) * ROW + 6
        return canvas.spec(self._layers(canvas, height), WIDTH, height)

    def _layers(self, canvas: look.Canvas, height: float) -> list[Any]:
        rows = [self._row(k) for k in range(len(self.rows))]
        y = canvas.alt.Y(
            "y:Q", axis=None, scale=canvas.alt.Scale(domain=[height, -8], nice=False, zero=False)
        )
        bar = canvas.chart(rows).mark_bar(height=7, color="#8b959e", stroke=look.INK, strokeWidth=0.8)
        found = [bar.encode(self._across(canvas, "from"), y, x2="to:Q")]
        for align in ("left", "right"):
            here = canvas.chart([r for r in rows if r["align"] == align])
            text = {"align": align, "dy": 14, "fontSize": 11}
            halo = here.mark_text(stroke=look.PAPER, strokeWidth=4, strokeJoin="round", **text)
            x = self._across(canvas, "label")
            found += [c.encode(x, y, text="what:N") for c in (halo, here.mark_text(color=look.INK, **text))]
        return found

    def _across(self, canvas: look.Canvas, field: str) -> Any:
        low, high = self._span
        ticks = months(date.fromordinal(low), date.fromordinal(high - 1))
        axis = canvas.alt.Axis(
            values=[t for t, _ in ticks],
            labelExpr=_labels(ticks),
            orient="top",
            grid=True,
            gridColor=look.RULE,
            labelAlign="left",
            labelFontSize=11,
        )
        scale = canvas.alt.Scale(domain=[low, high], nice=False, zero=False)
        return canvas.alt.X(f"{field}:Q", title=None, scale=scale, axis=axis)

    def _row(self, k: int) -> dict[str, Any]:
        low, high = self._span
        what, start, end = self.rows[k]
        at, to = start.toordinal(), end.toordinal() + 1
        # A label starts at its bar, or ends there where it would run over the right edge.
        fits = (at - low) / (high - low) * WIDTH + len(what) * LETTER <= WIDTH
        label, align = (at, "left") if fits else (to, "right")
        return {"y": k * ROW, "from": at, "to": to, "what": what, "label": label, "align": align}


def months(first: date, last: date) -> list[tuple[int, str]]:
    """Where months (or years, over a long time) begin, and what they are called."""
    yearly = (last - first).days > 800
    found, year, month = [], first.year, 1 if yearly else first.month
    while date(year, month, 1) <= last:
        at = date(year, month, 1)
        if at >= first:
            found.append((at.toordinal(), str(year) if yearly else f"{calendar.month_abbr[month]} {year}"))
        year, month = (year + 1, 1) if yearly or month == 12 else (year, month + 1)
    step = max(1, -(-len(found) // 8))
    return found[::step] or [(first.toordinal(), first.isoformat())]


def _labels(ticks: Sequence[tuple[int, str]]) -> str:
    choices = " : ".join(f"datum.value == {at} ? '{label}'" for at, label in ticks)
    return f"{choices} : ''"
