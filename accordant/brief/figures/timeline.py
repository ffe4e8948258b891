"""What has happened, by date and by party, each date as exact as it is known."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.document import Cell, Figure, Row, Table, Text, joined, rich
from accordant.brief.figures.timeline_chart import Entry, Kind, Mark, Timeline
from accordant.brief.plain import Naming
from accordant.case.dates import when
from accordant.evidence.timeline import Happening, TimelineResult

LONGEST = ((16, 64), (28, 40), (10**9, 26))
"""Most signs of a label for so many happenings; the table has the whole. Short labels share their rows."""
UNDATED = 6
"""Most happenings without a date that the figure names; the table has all."""
MOST = 60
"""Most happenings that are drawn."""
FEWEST = 2
"""Happenings from which a picture shows something."""
UNNAMED = "†"
"""Marks what is known from unnamed sources only."""
OTHERS = {"report": "Reports", "": "No party named"}
_MARKS: dict[Kind, str] = {
    "contact": "dark bars are contacts",
    "event": "grey bars other events",
    "proposal": "white bars proposals",
    "report": "dotted bars reports",
    "claim": "broken bars what claims speak of",
}


def timeline_table(
    result: TimelineResult, naming: Naming, id_: str = "events-table", *, fold: bool = False
) -> Table:
    """Every happening, dated or not, with what it is known from."""
    columns = tuple(rich(c) for c in ("No.", "Date", "What", "Where", "Who", "Known from"))
    rows = tuple(_row(h, naming) for h in result.happenings)
    title = "By date as far as it is known; what has no date comes last"
    return Table(id_, rich(title), columns, rows, wide=True, fold=fold)


def _row(found: Happening, naming: Naming) -> Row:
    case = naming.case
    nothing = rich(Text("–", "muted"))
    kind = () if found.kind == "proposal" else rich("\n", Text(found.kind, "muted"))
    note = rich("\n", naming.note(found.note)) if found.note else ()
    known = naming.grounds(found.claims)
    if found.unnamed:
        known = rich(known, "\n", Text("unnamed sources only", "muted"))
    cells = (
        Cell(rich(str(found.number))),
        Cell(
            rich(words.said(case, found.date_words)) if found.when else rich(Text(found.date_words, "muted"))
        ),
        Cell(rich(words.said(case, found.what), kind, note)),
        Cell(rich(words.said(case, found.where)) if found.where else nothing),
        Cell(joined([rich(naming.party(p)) for p in found.who]) or nothing),
        Cell(known or rich(Text("assumed", "emphasis"))),
    )
    return Row("", cells)


def timeline_figure(result: TimelineResult, naming: Naming, id_: str = "timeline") -> Figure | None:
    """The picture with its table; None where nothing has a date."""
    if not result.dated:
        return None
    drawn = result.happenings[:MOST]
    lanes = _lanes(result, drawn)
    most = next(signs for many, signs in LONGEST if len(result.dated) <= many)
    marks = tuple(mark for h in drawn if h.when for mark in _marks(h, lanes, most))
    undated = tuple(_undated(drawn, naming))
    as_of = when(result.as_of)
    day = as_of.first if as_of and as_of.first == as_of.last else None
    names = tuple(OTHERS.get(lane) or isolated(naming.case.party_name(lane)) for lane in lanes)
    entries = tuple(_entry(h, naming) for h in result.happenings if h.when)
    without = len(result.happenings) - len(entries)
    drawing = Timeline(names, marks, undated, day, entries, without)
    return Figure(
        id_,
        rich(result.finding),
        "A lane for each party, with bars over the days that a date may mean; what has no date stands in a "
        "lane of its own below. The table lists everything.",
        drawing,
        timeline_table(result, naming, f"{id_}-table", fold=True),
        rich(" ".join(_notes(result, drawn, drawing.shows_today if day else None, bool(drawing.breaks)))),
    )


def _entry(found: Happening, naming: Naming) -> Entry:
    assert found.when is not None
    return Entry(
        f"{found.kind} {found.id}",
        found.kind,
        found.what,
        found.where,
        tuple(naming.case.party_name(p) for p in found.who),
        found.when.first,
        found.when.last,
        found.date_words,
        found.note,
        found.unnamed,
    )


def _lanes(result: TimelineResult, drawn: tuple[Happening, ...]) -> list[str]:
    """Parties in the order of the case, then what has none."""
    there = {lane for h in drawn if h.when for lane in _lanes_of(h)}
    return [lane for lane in (*result.lanes, *OTHERS) if lane in there]


def _lanes_of(found: Happening) -> tuple[str, ...]:
    if found.kind == "report":
        return ("report",)
    return found.who or ("",)


def _marks(found: Happening, lanes: list[str], most: int) -> Iterator[Mark]:
    """One mark in each lane; the words in the first of them."""
    assert found.when is not None
    own = sorted(lanes.index(lane) for lane in _lanes_of(found))
    for k, lane in enumerate(own):
        label = _short(found, most) if k == 0 else str(found.number)
        yield Mark(lane, found.kind, label, found.when.first, found.when.last, brief=k > 0)


def _short(found: Happening, most: int = LONGEST[0][1]) -> str:
    told = found.where.casefold() in found.what.casefold()
    where = f" ({isolated(found.where)})" if found.where and not told else ""
    room = max(most - len(where), most // 2)
    cut = found.what if len(found.what) <= room else f"{found.what[: room - 1].rstrip()}…"
    return f"{found.number}{UNNAMED if found.unnamed else ''} {isolated(cut)}{where}"


def _undated(drawn: tuple[Happening, ...], naming: Naming) -> Iterator[str]:
    """What has no place in time: the first few by name, the rest by number."""
    labels = [_label(h, naming) for h in drawn if not h.when]
    yield from labels[:UNDATED]
    if len(labels) > UNDATED:
        yield f"and {words.number(len(labels) - UNDATED)} more, which the table has"


def _label(found: Happening, naming: Naming) -> str:
    """A label without a place in time: with the parties, which no lane says."""
    who = ", ".join(naming.case.party_name(p) for p in found.who)
    return f"{_short(found)}{f' – {isolated(who)}' if who else ''}"


def _notes(
    result: TimelineResult, drawn: tuple[Happening, ...], as_of: bool | None, broken: bool
) -> Iterator[str]:
    yield "A bar covers every day that the date may mean; one that fades has an end that is not known."
    kinds = [text for kind, text in _MARKS.items() if any(h.kind == kind and h.when for h in drawn)]
    if len(kinds) > 1:
        yield f"{words.upper_first(', '.join(kinds))}."
    yield "A number stands in the lane of every party that took part, the words in the first of them."
    if any(h.unnamed for h in drawn):
        yield f"{UNNAMED}: known from unnamed sources only."
    if broken:
        yield "A gap in the scale, marked by two strokes, leaves out a time in which nothing is known."
    if as_of is not None:
        what = "The broken line is" if as_of else "Outside the scale lies"
        yield f"{what} {result.as_of}, for which the case is right."
    if len(drawn) < len(result.happenings):
        yield f"Drawn are the first {len(drawn)} of {len(result.happenings):,}; the table has all."
    if result.set_aside:
        one = result.set_aside == 1
        aside = words.upper_first(words.counted(result.set_aside, "claim"))
        yield f"{aside} that {'does' if one else 'do'} not count {'is' if one else 'are'} not shown."
    if result.left_out:
        yield f"{words.upper_first(words.counted(result.left_out, 'entry', 'entries'))} withheld."


def in_brief(result: TimelineResult, naming: Naming) -> Figure | None:
    """The figure with its table; None where fewer than two things happened, or none of them has a date."""
    return timeline_figure(result, naming) if len(result.happenings) >= FEWEST else None
