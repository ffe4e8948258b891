"""What has happened, by date, each date as exact as it is known."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, Text, joined, rich
from accordant.brief.figures.timeline_chart import Timeline

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FEWEST = 2


def span(text: str | None) -> tuple[date, date] | None:
    """The first and the last day that a date may mean; None where it cannot be told.

    Examples
    --------
    >>> span("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> span("last week") is None
    True
    """
    found = _DATE.fullmatch((text or "").strip())
    if found is None:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, calendar.IllegalMonthError):
        return None


@dataclass(frozen=True, slots=True)
class Happening:
    """One event or proposal."""

    when: str
    span: tuple[date, date] | None
    what: str
    where: str
    who: tuple[str, ...]
    because: tuple[str, ...]
    note: str = ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:79].rstrip() + "…"


def happenings(context: Context) -> list[Happening]:
    """Events and proposals, dated ones in order, then the others."""
    case, held = context.case, context.handling.only_withheld
    found = [
        Happening(e.date or "", span(e.date), e.what, e.place or "", e.who, e.because, e.note or "")
        for e in case.events.values()
        if not held(e.because)
    ]
    found += [
        Happening(p.date, span(p.date), f"Proposal {name}", "", (*p.by, *p.via, *p.to), p.because)
        for name, p in case.proposals.items()
        if p.date and not held(p.because)
    ]
    return sorted(found, key=lambda h: h.span or (date.max, date.max))


def event_table(context: Context) -> Table | None:
    """Every event, dated or not; None where there is none."""
    if not context.case.events:
        return None
    rows = tuple(_row(context, h) for h in happenings(context))
    columns = tuple(rich(c) for c in ("Date", "What", "Where", "Who", "Known from"))
    return Table(
        "events-table", rich("Events and proposals, by date as far as it is known"), columns, rows, wide=True
    )


def _row(context: Context, found: Happening) -> Row:
    case = context.case
    note = rich("\n", context.note(found.note)) if found.note else ()
    nothing = rich(Text("–", "muted"))
    cells = (
        Cell(rich(words.said(case, found.when)) if found.when else rich(Text("not known", "muted"))),
        Cell(rich(words.said(case, found.what), note)),
        Cell(rich(words.said(case, found.where)) if found.where else nothing),
        Cell(joined([rich(context.party(p)) for p in found.who], "\n") or nothing),
        Cell(context.grounds(found.because) or rich(Text("assumed", "emphasis"))),
    )
    return Row("", cells)


def event_figure(context: Context) -> Figure | None:
    """The timeline, where at least two happenings have dates that differ."""
    table = event_table(context)
    dated = [h for h in happenings(context) if h.span]
    if table is None or len({h.span for h in dated}) < FEWEST:
        return None
    rows = tuple((_label(h), h.span[0], h.span[1]) for h in dated if h.span)
    undated = len(happenings(context)) - len(dated)
    note: Rich = rich("A bar covers every day that the date may mean.")
    if undated:
        note = rich(
            note,
            f" {words.upper_first(words.counted(undated, 'event'))} without a date "
            f"{'is' if undated == 1 else 'are'} in the table only.",
        )
    first, last = rows[0][1], max(r[2] for r in rows)
    finding = (
        f"{words.upper_first(words.counted(len(dated), 'dated event'))} between {_month(first)} "
        f"and {_month(last)}"
    )
    return Figure(
        "timeline",
        rich(finding),
        "Events and proposals from top to bottom in the order of their dates.",
        Timeline(rows),
        table,
        note,
    )


def _label(found: Happening) -> str:
    where = f" ({isolated(found.where)})" if found.where else ""
    return isolated(_short(found.what)) + where


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"
