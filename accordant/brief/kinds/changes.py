"""The change note: which answers differ since the last version and why, and what has stayed as it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Ref,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    rich,
)
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts import cited
from accordant.brief.parts.assessed import assessed
from accordant.brief.parts.changed import PARTS, change_words, direction, number
from accordant.brief.parts.since import answers, since
from accordant.brief.parts.summary_of_sources import statement
from accordant.brief.plainly import capital, dated

if TYPE_CHECKING:
    from accordant.history.changes import Change
    from accordant.history.changes_diff import DiffResult

SETS, MOST = 2, 12
"""Most sets of changes that are named for an answer, and most answers that are listed."""
CITED, LISTED = 10, 40
"""Most claims, and most changes, that are listed."""


def sections(context: Context) -> Sequence[Section | None]:
    """What moved, by what; what stayed; every change; the sources that these lines cite."""
    result = since(context)
    if result is None:
        raise NothingToTellError(
            "there is no version that says something else; 'accordant freeze CASE' keeps the case as it is, "
            "and later change notes compare with it"
        )
    body = [_moved(context, result), _stayed(context, result), _all(context, result)]
    return [*body, _standing(context, body)]


def _moved(context: Context, result: DiffResult) -> Section:
    blocks: list[Block] = [Paragraph("changed-say", _finding(context, result), "lead")]
    marked = result.new.version or result.old.version
    if marked is not None and marked.direction and marked.because:
        blocks.append(Paragraph("changed-direction", direction(context, result, marked)))
    if result.changed:
        blocks.append(_answers(context, result))
    if result.method.cut:
        blocks.append(
            Paragraph("changed-cut", rich("Not complete: ", context.sentence(result.method.cut), "."), "note")
        )
    return Section("changed", rich("What changed"), tuple(blocks))


def _finding(context: Context, result: DiffResult) -> Rich:
    n, moved, of = len(result.changes), len(result.changed), len(result.moves.conclusions)
    when = dated(result.old.case.as_of)
    head = rich(
        "Since the version “",
        words.said(context.case, result.old.label),
        f"” ({when}) " if when else "” ",
        f"{words.counted(n, 'change')} to the case {'was' if n == 1 else 'were'} made. ",
    )
    if not moved:
        return rich(head, f"None of {of:,} answers differs.")
    differ = "differs" if moved == 1 else "differ"
    return rich(head, f"{words.upper_first(words.number(moved))} of {of:,} answers {differ}.")


def _answers(context: Context, result: DiffResult) -> Table:
    """Each answer that differs: what it was and is, and which changes moved it."""
    found = answers(context, result)
    rows = tuple(
        Row(
            "",
            (
                Cell(capital(one.says)),
                Cell(rich(one.was)),
                Cell(rich(Text(one.now, "strong"))),
                Cell(_by(context, result, one.sets)),
            ),
        )
        for one in found[:MOST]
    )
    left = len(found) - MOST
    key = "Moved by: the numbers of the changes below; + needs both, “or” is either."
    if left > 0:
        key += f" {words.upper_first(words.counted(left, 'more answer'))} stand in the whole brief."
    columns = tuple(rich(c) for c in ("Question", "Was", "Is", "Moved by"))
    return Table("changed-answers", rich("Answers that differ"), columns, rows, heads=0, key=rich(key))


def _by(context: Context, result: DiffResult, sets: Sequence[Sequence[Change]]) -> Rich:
    told = [joined([rich(number(context, result, change)) for change in one], " + ") for one in sets[:SETS]]
    left = len(sets) - SETS
    more = f" or {words.counted(left, 'more set')}" if left > 0 else ""
    return rich(joined(told, " or "), more) if told else rich(Text("not looked for", "muted"))


def _stayed(context: Context, result: DiffResult) -> Section | None:
    """The judgements of the bottom line whose answers are as they were."""
    moved = {one.conclusion for one in result.changed}
    kept = [
        (r, one)
        for one in assessed(context)
        for r in one.rests[:1]
        if not moved & {r.conclusion for r in one.rests}
    ]
    if not kept:
        return None
    items = tuple(one.block.says for _, one in kept)
    return Section("stayed", rich("What has not changed"), (Bullets("stayed-list", items),))


def _all(context: Context, result: DiffResult) -> Section:
    """Every change under its number, those that moved an answer marked."""
    moving = {change.id for one in result.changed for why in one.sets for change in why.changes}
    rows = tuple(_change(context, result, change, change.id in moving) for change in result.changes[:LISTED])
    left = len(result.changes) - LISTED
    more = (
        f"{words.upper_first(words.counted(left, 'more change'))} stand in the whole brief."
        if left > 0
        else ""
    )
    columns = tuple(rich(c) for c in ("No.", "Part", "What changed"))
    many = words.upper_first(words.counted(len(result.changes), "change"))
    title = rich(f"{many}, by the parts of the case")
    table = Table("changed-list", title, columns, rows, key=rich(more))
    return Section("changes", rich("Every change"), (table,))


def _change(context: Context, result: DiffResult, change: Change, moves: bool) -> Row:
    part = PARTS.get(change.section, change.section.replace("_", " "))
    mark = rich(" ", Text("(moves an answer)", "emphasis")) if moves else ()
    text = rich(_read(context, change_words(context, result, change)), mark)
    cells = (Cell(rich(str(result.numbers[change.id]))), Cell(rich(part)), Cell(text))
    return Row(context.ids("change", change.id), cells)


def _read(context: Context, text: Rich) -> Rich:
    """The words of a change, expressions of the case in it as they are read."""
    found: list[Rich] = []
    for part in text:
        if isinstance(part, Ref):
            found.append(rich(part))
            continue
        for k, piece in enumerate(re.split(r"(?<!\w)'([^']+)'(?!\w)", part.text)):
            if k % 2:
                found.append(rich("“", words.expression(context.case, piece), "”"))
            elif piece:
                found.append(rich(replace(part, text=piece)))
    return rich(*found)


def _standing(context: Context, body: Sequence[Section | None]) -> Section:
    made = statement(context)
    claims, _ = cited.grounds(context, [*body, Section("", (), (made,))])
    table = cited.table(context, claims[:CITED])
    return Section("sources", rich("What it stands on"), (made, *((table,) if table is not None else ())))
