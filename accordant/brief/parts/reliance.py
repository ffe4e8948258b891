"""What the answers rest on: as a picture of layers, and as a table of every conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Mark,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    ended,
    joined,
    rich,
)
from accordant.brief.figures.layers import reliance_figure
from accordant.brief.paper import left_to
from accordant.brief.parts.proposals import counts
from accordant.brief.parts.switches import points_table, switches_table
from accordant.brief.standing import (
    Alike,
    about,
    becomes,
    falls_in_words,
    package_name,
    sentence,
    shared,
)

if TYPE_CHECKING:
    from accordant.reliance.result import Rest, Status

SETS = 2
"""Most smallest sets that are shown of each kind."""
STATUS: dict[Status, str] = {"always": "true", "never": "false", "sometimes": "open"}
MARKS: dict[Status, Mark] = {"always": "yes", "never": "no", "sometimes": "open"}


def section(context: Context) -> Section:
    """What falls first, the picture, what is left without several grounds at once, then every conclusion."""
    blocks: list[Block] = [Paragraph("rests-say", _intro(context))]
    figure = left_to(reliance_figure(context), "accordant rests", "tells what each conclusion falls without")
    found = (points_table(context), figure, switches_table(context), _table(context))
    blocks += [block for block in found if block is not None]
    cut = [r for r in context.rests.conclusions if not r.exact]
    if cut:
        blocks.append(
            Paragraph(
                "rests-cut",
                rich(
                    f"For {words.counted(len(cut), 'conclusion')} the search was cut off: ",
                    context.sentence(cut[0].cut),
                    ".",
                ),
                "note",
            )
        )
    return Section("rests-on", rich("What the answers rest on"), tuple(blocks))


def _intro(context: Context) -> Rich:
    all_ = context.rests.conclusions
    settled = [r for r in all_ if r.status != "sometimes"]
    single = [r for r in settled if r.falls_without]
    unnamed = [r for r in settled if r.without_unnamed != r.status]
    assumed = [r for r in settled if r.without_assumptions != r.status]
    return rich(
        f"Of {words.counted(len(all_), 'conclusion')} that were examined, {len(settled)} are settled "
        f"under these "
        f"assumptions. Of those, {len(single)} would be open without some single source or assumption, "
        f"{len(unnamed)} without all unnamed sources, {len(assumed)} without all assumptions. Taking a "
        f"ground away "
        "can only open an answer, never turn it round."
    )


def _table(context: Context) -> Table:
    columns = (
        "Conclusion",
        "Answer",
        "Settings",
        "Opens without",
        "Without unnamed sources",
        "Without assumptions",
        "Without one side’s claims",
    )
    rows: list[Row] = []
    heading = ""
    for together in shared(context.rests.conclusions):
        group = _group(together[0].first)
        if group != heading:
            rows.append(Row("", (Cell(rich(group)),), group=True))
            heading = group
        rows.append(_row(context, together))
    key = rich(
        "“Opens without”: each of these alone, when taken away, leaves the conclusion open. Cells open "
        "to the "
        "smallest sets of grounds that carry the conclusion, and the smallest whose loss opens it."
    )
    return Table(
        "rests",
        rich("What each conclusion rests on"),
        tuple(rich(c) for c in columns),
        tuple(rows),
        key=key,
        wide=True,
        fold=len(rows) > 30,
        opener="what carries it",
    )


def _group(rest: Rest) -> str:
    kind = about(rest.conclusion).kind
    return {"holds": "Outcomes that hold", "agreement-exists": "Agreement"}.get(kind, "Proposals")


def _row(context: Context, together: Sequence[Alike]) -> Row:
    rest = together[0].first
    cells = (
        Cell(_says(context, together), opens=_sets(context, rest)),
        Cell(rich(STATUS[rest.status]), mark=MARKS[rest.status]),
        Cell(rich(rest.counted if rest.sample else counts(rest.settings))),
        Cell(_opens_without(context, rest)),
        _other(rest.status, rest.without_unnamed),
        _other(rest.status, rest.without_assumptions),
        Cell(_sides(context, rest)),
    )
    return Row(context.ids("rest", rest.conclusion), cells)


def _says(context: Context, together: Sequence[Alike]) -> Rich:
    same = together[0]
    if len(together) == len(same.rests) == 1:
        return sentence(context, same.first.conclusion)
    names = [about(r.conclusion).detail for r in same.rests]
    states = [package_name(context, about(one.first.conclusion).subject) for one in together]
    verb = "holds" if len(states) == 1 else "hold"
    under = words.concepts(names, len(context.stability.concepts))
    return rich(joined(states, ", ", " and "), f" {verb} under {under}")


def _other(status: Status, other: Status) -> Cell:
    if status == "sometimes":
        return Cell(rich("open as before"))
    return Cell(rich(becomes(status, other)), mark="open" if other != status else "")


def _opens_without(context: Context, rest: Rest) -> Rich:
    if rest.status == "sometimes":
        return rich("is open")
    return joined(falls_in_words(context, rest), "\n") or rich("no single one")


def _sides(context: Context, rest: Rest) -> Rich:
    if rest.status == "sometimes":
        return rich("open as before")
    lost = [side for side, status in rest.without_side.items() if status != rest.status]
    if not rest.without_side:
        return rich("no side has claims")
    return rich("open without ", context.parties(lost)) if lost else rich("unchanged")


def _sets(context: Context, rest: Rest) -> tuple[Rich, ...]:
    told = []
    if rest.supports:
        sets = joined([context.grounds(s) or rich("nothing") for s in rest.supports[:SETS]], "; or ")
        told.append(rich("Smallest sets that carry it: ", sets, _more(rest.supports), "."))
    if rest.breaks:
        sets = joined([context.grounds(s) for s in rest.breaks[:SETS]], "; or ")
        told.append(rich("Smallest sets whose loss opens it: ", sets, _more(rest.breaks), "."))
    for family, says in (
        (rest.origin_supports, "Smallest sets of origins that carry it beside the assumptions"),
        (rest.origin_breaks, "Smallest sets of origins whose loss opens it"),
    ):
        if family:
            named = joined([_origins(context, s) or rich("nothing") for s in family[:SETS]], "; or ")
            told.append(rich(f"{says}: ", named, _more(family), "."))
    if rest.note:
        told.append(ended(context.sentence(words.upper_first(rest.note))))
    return tuple(told)


def _origins(context: Context, ids: Sequence[str]) -> Rich:
    """Origins by name, and claims without one by their labels."""
    return joined(
        [context.origin(o) if o in context.case.origins else context.grounds([o]) for o in ids],
        ", ",
        " and ",
    )


def _more(sets: Sequence[object]) -> str:
    return f"; and {len(sets) - SETS} more" if len(sets) > SETS else ""
