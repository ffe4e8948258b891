"""The drawing of the timeline, by lanes, as an Altair chart."""

from __future__ import annotations

import calendar
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Literal

from accordant.brief.figures import look

WIDTH, LEFT = 700.0, 22.0
TOP, HEAD, ROW, LOW, GAP = 26.0, 20.0, 30.0, 16.0, 8.0
BAR = 8.0
LETTER = 5.8
"""Width of a letter of a label, about."""
LEAST = 5.0
"""Width of a bar of one day, at least."""
FADES = (0.75, 0.55, 0.38, 0.24, 0.12)
"""How a bar fades towards an end that is not known."""
MARGIN = 0.07
"""Part of the time shown that is added on a side with such an end."""

LONG, WIDE, BREAK = 120, 1, 26.0
"""A gap is left out from so many days, and from so many times the days in use; the width of its mark."""
ROOM = 1e9

Kind = Literal["contact", "event", "proposal", "report", "claim"]
FILLS: dict[Kind, str] = {
    "contact": "#3b444b",
    "event": "#a4adb4",
    "proposal": look.PAPER,
    "report": look.PAPER,
    "claim": "#e3e7ea",
}
STYLES: dict[Kind, list[float]] = {
    "contact": [1, 0],
    "event": [1, 0],
    "proposal": [1, 0],
    "report": [1, 2],
    "claim": [4, 2],
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One happening in one lane; an end that is None is not known.

    Attributes
    ----------
    label
        What stands under it: its words in the first of its lanes.
    brief
        Whether its label is a number only, as in the others.
    """

    lane: int
    kind: Kind
    label: str
    first: date | None
    last: date | None
    brief: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated happening in full, for forms that hold dates and not a drawing.

    Attributes
    ----------
    key
        What tells it apart in every version of the case.
    dated
        Its date in words.
    who
        Names of the parties that take part.
    unnamed
        Whether all that it is known from goes back to somebody unnamed.
    """

    key: str
    kind: str
    what: str
    where: str
    who: tuple[str, ...]
    first: date | None
    last: date | None
    dated: str
    note: str = ""
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """A mark with the height of its bar, and where its label begins (``left``) or ends."""

    mark: Mark
    top: float
    x: float
    align: str


@dataclass(frozen=True)
class Timeline:
    """Lanes from top to bottom with bars over the days that a date may mean.

    Attributes
    ----------
    undated
        Labels of what has no date: they stand apart in a lane of their own.
    today
        The date for which the case is right: a broken line.
    entries
        Everything with a date, also what is not drawn.
    without_date
        How much has none.
    """

    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    undated: tuple[str, ...] = ()
    today: date | None = None
    entries: tuple[Entry, ...] = ()
    without_date: int = 0

    @property
    def least_width(self) -> int:
        """Narrower than this, labels cannot be read."""
        return 560

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas = look.Canvas()
        at = canvas.pixels(WIDTH, self._height)
        parts = (self._rules, self._bars, self._fading, self._labels)
        return canvas.spec([layer for part in parts for layer in part(canvas, *at)], WIDTH, self._height)

    # Time

    @cached_property
    def _span(self) -> tuple[int, int]:
        """First day and the day after the last, with room for ends that are not known."""
        # Days are plain numbers, so that no time zone can shift them.
        days = [d.toordinal() for m in self.marks for d in (m.first, m.last) if d is not None]
        low, high = min(days, default=1), max(days, default=1) + 1
        more = max(2, round((high - low) * MARGIN))
        if any(m.first is None for m in self.marks):
            low = max(1, low - more)
        if any(m.last is None for m in self.marks):
            high = min(date.max.toordinal(), high + more)
        return low, high

    @cached_property
    def _parts(self) -> tuple[tuple[int, int], ...]:
        """The stretches of days that are drawn, without long times in which nothing is known."""
        low, high = self._span
        busy = sorted(
            (m.first.toordinal() if m.first else low, m.last.toordinal() + 1 if m.last else high)
            for m in self.marks
        )
        if self.today and self.shows_today:
            busy = sorted([*busy, (self.today.toordinal(), self.today.toordinal() + 1)])
        joined: list[tuple[int, int]] = []
        for start, end in busy:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        used = sum(end - start for start, end in joined)
        return _without_gaps(joined, max(LONG, round(WIDE * used))) or ((low, high),)

    @property
    def shows_today(self) -> bool:
        """Whether the date for which the case is right lies on the scale."""
        low, high = self._span
        return self.today is not None and low <= self.today.toordinal() < high

    @property
    def breaks(self) -> tuple[tuple[int, int], ...]:
        """The times that are left out of the scale."""
        return tuple((a[1], b[0]) for a, b in itertools.pairwise(self._parts))

    def _x(self, day: float) -> float:
        days = sum(end - start for start, end in self._parts)
        scale = (WIDTH - 2 * LEFT - BREAK * len(self.breaks)) / max(1, days)
        at = LEFT
        for k, (start, end) in enumerate(self._parts):
            if day <= end or k == len(self._parts) - 1:
                return at + max(0.0, day - start) * scale
            at += (end - start) * scale + BREAK
        return at

    def _ends(self, mark: Mark) -> tuple[float, float]:
        low, high = self._span
        start = self._x(mark.first.toordinal() if mark.first else low)
        end = self._x(mark.last.toordinal() + 1 if mark.last else high)
        return start, max(end, start + LEAST)

    # Places

    @cached_property
    def _placed(self) -> tuple[list[_Place], list[float]]:
        """Each mark with its height and the place of its label; and where lanes begin, and the last ends.

        In a lane what has words stands first, in rows of bar and label; what has a number only needs less.
        """
        found: list[_Place] = []
        at, tops = TOP, []
        for lane in range(len(self.lanes)):
            tops.append(at)
            at += HEAD
            own = [m for m in self.marks if m.lane == lane]
            for brief, step in ((False, ROW), (True, LOW)):
                rows: list[list[tuple[float, float]]] = []
                for mark in (m for m in own if m.brief is brief):
                    x, align, room = self._room(mark)
                    row = next((k for k, taken in enumerate(rows) if _free(taken, room)), len(rows))
                    if row == len(rows):
                        rows.append([])
                    rows[row].append(room)
                    found.append(_Place(mark, at + row * step, x, align))
                at += len(rows) * step
            at += GAP
        return found, [*tops, at]

    @property
    def _tops(self) -> list[float]:
        return self._placed[1]

    def _room(self, mark: Mark) -> tuple[float, str, tuple[float, float]]:
        """Where a label stands, which way, and what it takes with its bar."""
        start, end = self._ends(mark)
        width = len(mark.label) * LETTER
        if mark.brief:  # a number stands before its bar
            return start - 4, "right", (start - 4 - width, end)
        if start + width <= WIDTH:
            return start, "left", (start, max(end, start + width))
        right = min(WIDTH, max(end, width))
        return right, "right", (min(start, right - width), right)

    @cached_property
    def _height(self) -> float:
        return self._tops[-1] + (HEAD + len(self.undated) * LOW + GAP if self.undated else 0)

    # Layers

    def _rules(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        """Where months begin, and where lanes do."""
        known = list(self._ticks()) if self.marks else []
        marks = [
            {"x": self._x(day), "y": TOP - 6, "y2": self._tops[-1] - GAP, "text": text} for day, text in known
        ]
        lines = [{"x": 0, "x2": WIDTH, "y": top} for top in self._tops[1 : None if self.undated else -1]]
        layers = []
        cuts = [
            {"x": at + side, "x2": at + side + 5, "y": y0, "y2": y0 - 9}
            for start, _ in self.breaks
            for at in [self._x(start) + BREAK / 2 - 5]
            for side in (0, 5)
            for y0 in (TOP, self._tops[-1] - GAP + 4)
        ]
        if marks:
            rule = canvas.chart(marks).mark_rule(color=look.RULE, strokeWidth=1)
            text = canvas.chart(marks).mark_text(align="left", dy=-10, fontSize=11, color=look.SOFT)
            layers += [rule.encode(x, y, y2="y2:Q"), text.encode(x, y, text="text:N")]
        if cuts:
            cut = canvas.chart(cuts).mark_rule(color=look.INK, strokeWidth=1.2)
            layers.append(cut.encode(x, y, x2="x2:Q", y2="y2:Q"))
        if lines:
            layers.append(canvas.chart(lines).mark_rule(color=look.RULE).encode(x, y, x2="x2:Q"))
        if self.today and self.shows_today:
            at = self._x(self.today.toordinal() + 0.5)
            now = canvas.chart([{"x": at, "y": TOP - 6, "y2": self._tops[-1] - GAP}])
            layers.append(now.mark_rule(color=look.INK, strokeDash=[2, 3]).encode(x, y, y2="y2:Q"))
        return layers

    def _ticks(self) -> Iterator[tuple[int, str]]:
        """The names along the scale, stretch by stretch, as far as there is room for them."""
        taken = -ROOM
        for start, end in self._parts:
            for day, text in ticks(date.fromordinal(start), date.fromordinal(end - 1), bool(self.breaks)):
                if self._x(day) >= taken:
                    taken = self._x(day) + len(text) * LETTER + 8
                    yield day, text

    @property
    def _bars_at(self) -> list[tuple[Mark, float]]:
        return [(place.mark, place.top) for place in self._placed[0]]

    def _bars(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        layers = []
        for kind, fill in FILLS.items():
            rows = [
                {"x": start, "x2": end, "y": top, "y2": top + BAR}
                for mark, top in self._bars_at
                if mark.kind == kind and mark.first and mark.last
                for start, end in [self._ends(mark)]
            ]
            if rows:
                bar = canvas.chart(rows).mark_rect(
                    fill=fill, stroke=look.INK, strokeWidth=0.9, strokeDash=STYLES[kind]
                )
                layers.append(bar.encode(x, y, x2="x2:Q", y2="y2:Q"))
        return layers

    def _fading(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        """Bars with an end that is not known: they fade, and an arrow points there."""
        pieces, arrows = [], []
        for mark, top in self._bars_at:
            if mark.first and mark.last:
                continue
            start, end = self._ends(mark)
            step = (end - start) / len(FADES)
            strengths = FADES if mark.last is None else FADES[::-1]
            for k, strength in enumerate(strengths):
                left = start + k * step
                pieces.append({"x": left, "x2": left + step, "y": top, "y2": top + BAR, "strength": strength})
            tip, sign = (end, "→") if mark.last is None else (start, "←")
            arrows.append({"x": tip - 8 if mark.last is None else tip + 8, "y": top + BAR / 2, "text": sign})
        if not pieces:
            return []
        strength = canvas.alt.Opacity("strength:Q", scale=None, legend=None)
        faded = canvas.chart(pieces).mark_rect(fill="#3b444b")
        arrow = canvas.chart(arrows).mark_text(fontSize=12, color=look.INK, fontWeight=600)
        return [faded.encode(x, y, strength, x2="x2:Q", y2="y2:Q"), arrow.encode(x, y, text="text:N")]

    def _labels(self, canvas: look.Canvas, x: Any, y: Any) -> list[Any]:
        heads = [
            {"x": 0, "y": top + 9, "text": name} for name, top in zip(self.lanes, self._tops, strict=False)
        ]
        if self.undated:
            heads.append({"x": 0, "y": self._tops[-1] + 9, "text": "Date not known"})
        head = canvas.chart(heads).mark_text(align="left", fontSize=11, fontWeight=600, color=look.SOFT)
        layers = [head.encode(x, y, text="text:N")]
        words = [
            {
                "x": p.x,
                "y": p.top + (BAR / 2 if p.mark.brief else BAR + 9),
                "text": p.mark.label,
                "align": p.align,
            }
            for p in self._placed[0]
        ]
        words += [
            {"x": LEFT, "y": self._tops[-1] + HEAD + 4 + k * LOW, "text": text, "align": "left"}
            for k, text in enumerate(self.undated)
        ]
        for align in ("left", "right"):
            some = [w for w in words if w["align"] == align]
            if some:
                style = {"align": align, "fontSize": 11}
                halo = canvas.chart(some).mark_text(
                    stroke=look.PAPER, strokeWidth=4, strokeJoin="round", **style
                )
                text = canvas.chart(some).mark_text(color=look.INK, **style)
                layers += [c.encode(x, y, text="text:N") for c in (halo, text)]
        return layers


def _free(taken: Sequence[tuple[float, float]], room: tuple[float, float]) -> bool:
    return all(room[0] >= end + 10 or room[1] <= start - 10 for start, end in taken)


WEEKS, YEARS = 75, 800
"""Days up to which weeks, and from which years, are named."""
MOST = 8
"""Names along the axis."""


def _without_gaps(busy: Sequence[tuple[int, int]], least: int) -> tuple[tuple[int, int], ...]:
    """Stretches of days joined over every gap shorter than ``least`` days.

    Examples
    --------
    >>> _without_gaps([(1, 5), (9, 12), (500, 510)], 100)
    ((1, 12), (500, 510))
    """
    found: list[tuple[int, int]] = []
    for start, end in busy:
        if found and start - found[-1][1] < least:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def ticks(first: date, last: date, years: bool = False) -> list[tuple[int, str]]:
    """Where weeks, months or years begin, and what they are called.

    Examples
    --------
    >>> [text for _, text in ticks(date(2023, 11, 1), date(2024, 1, 31))]
    ['Nov 2023', 'Dec 2023', 'Jan 2024']
    >>> [text for _, text in ticks(date(2024, 1, 8), date(2024, 1, 30))]
    ['8 Jan', '15 Jan', '22 Jan', '29 Jan']
    """
    found = [
        (day.toordinal(), f"{text} {day.year}" if years and str(day.year) not in text else text)
        for day, text in _named(first, last)
        if day >= first
    ]
    if years and not any(day == first.toordinal() for day, _ in found):  # a stretch begins with its date
        day = "" if first.day == 1 else f"{first.day} "
        found.insert(0, (first.toordinal(), f"{day}{calendar.month_abbr[first.month]} {first.year}"))
    step = max(1, -(-len(found) // MOST))
    return found[::step] or [(first.toordinal(), first.isoformat())]


def _named(first: date, last: date) -> Iterator[tuple[date, str]]:
    days = (last - first).days
    if days < WEEKS:
        day = first - timedelta(days=min(first.weekday(), first.toordinal() - 1))
        while day <= last:
            yield day, f"{day.day} {calendar.month_abbr[day.month]}"
            if (date.max - day).days < 7:
                return
            day += timedelta(days=7)
        return
    yearly = days > YEARS
    year, month = first.year, 1 if yearly else first.month
    while date(year, month, 1) <= last:
        yield date(year, month, 1), str(year) if yearly else f"{calendar.month_abbr[month]} {year}"
        year, month = (year + 1, 1) if yearly or month == 12 else (year, month + 1)
        if year > date.max.year:
            return
