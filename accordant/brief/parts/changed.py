"""What changed since the last version: answers first, each with the changes that moved it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Paragraph,
    Ref,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    muted,
    rich,
)
from accordant.brief.standing import about, sentence

if TYPE_CHECKING:
    from accordant.history.changes import Change
    from accordant.history.changes_diff import DiffResult
    from accordant.history.versions import VersionFile
    from accordant.history.why import Moved

SETS = 3
"""Most sets of changes shown for one answer; the rest are counted."""
THROUGH = 3
"""Most lines that lose or gain their ground shown for one answer; the rest are counted."""
OPEN = 12
"""Most changes whose table stands open on a screen."""
CONCEPTS = 5
"""How many concepts an answer is worked out under."""

PARTS = {
    "feasible": "rules",
    "status_quo": "status quo",
    "no_deal": "no deal",
    "as_of": "date",
    "terms": "guarantees",
    "only": "states",
}


def section(context: Context) -> Section | None:
    """What moved since the version before; None where there is none, or nothing changed."""
    result = context.opened.since()
    if result is None or not result.changes:
        return None
    result = result.cleared(context.handling.released)
    blocks: list[Block] = [Paragraph("changed-say", _finding(context, result), "lead")]
    marked = result.new.version or result.old.version
    if marked is not None and marked.direction and marked.because:
        blocks.append(Paragraph("changed-direction", direction(context, result, marked)))
    if result.changed:
        blocks.append(_answers(context, result))
    blocks.append(changes_table(context, result))
    if result.method.cut:
        said = rich("Not complete: ", context.sentence(result.method.cut), ".")
        blocks.append(Paragraph("changed-cut", said, "note"))
    return Section("changed", rich("What changed"), tuple(blocks))


def _finding(context: Context, result: DiffResult) -> Rich:
    n, moved, of = len(result.changes), len(result.changed), len(result.moves.conclusions)
    dated = result.old.case.as_of
    when = f" (as of {dated})" if dated and dated != result.old.label else ""
    head = rich(
        f"{words.upper_first(words.counted(n, 'change'))} since the version ",
        words.said(context.case, result.old.label),
        f"{when}. ",
    )
    if not moved:
        return rich(head, f"None of {of} answers differs.")
    return rich(head, f"{words.upper_first(words.number(moved))} of {of} answers ", _verb(moved))


def _verb(moved: int) -> str:
    return "differs." if moved == 1 else "differ."


def direction(context: Context, result: DiffResult, marked: VersionFile) -> Rich:
    """The mark that whoever froze a version gave it, with the reason."""
    from accordant.history.direction import in_words

    told = in_words(marked.direction)
    of = "" if result.new.version is marked else f"{marked.id} itself was marked "
    return rich(
        Text(f"{of}{told if of else words.upper_first(told)}, in the view of whoever froze it: ", "strong"),
        words.said(context.case, marked.because or ""),
    )


def _answers(context: Context, result: DiffResult) -> Table:
    """One row per answer that differs; of a state the concepts with the same answers together."""
    together: dict[tuple[str, ...], list[Moved]] = {}
    for one in result.changed:
        kind = about(one.conclusion)
        subject = kind.subject if kind.kind == "holds" else one.conclusion
        was, now = _answer(one, before=True), _answer(one, before=False)
        together.setdefault((kind.kind, subject, was, now, result.sets(one)), []).append(one)
    rows = tuple(_row(context, result, group) for group in together.values())
    columns = tuple(rich(c) for c in ("Conclusion", "Was", "Is", "Moved by"))
    key = rich(
        "Moved by: the smallest sets of changes that make the new answer from the old case, by their numbers "
        "below; + needs both, “or” is either."
    )
    return Table("changed-answers", rich("Answers that differ"), columns, rows, key=key)


def _row(context: Context, result: DiffResult, group: Sequence[Moved]) -> Row:
    first = group[0]
    said = sentence(context, first.conclusion) if first.after is not None else rich(first.says)
    parts = about(first.conclusion)
    if parts.kind == "holds" and first.after is not None:
        names = [about(one.conclusion).detail for one in group]
        said = rich(context.state_in_full(parts.subject), f" holds under {words.concepts(names, CONCEPTS)}")
    cells = (
        Cell(said),
        Cell(rich(_answer(first, before=True))),
        Cell(rich(Text(_answer(first, before=False), "strong"))),
        Cell(_sets(context, result, first)),
    )
    return Row("", cells)


def _answer(one: Moved, *, before: bool) -> str:
    answer = one.before if before else one.after
    return "not asked" if answer is None else answer.says


def _sets(context: Context, result: DiffResult, one: Moved) -> Rich:
    shown = [
        joined([rich(number(context, result, change)) for change in why.changes], " + ")
        for why in one.sets[:SETS]
    ]
    left = len(one.sets) - len(shown)
    more = rich(f" or {words.counted(left, 'more set')}") if left else rich()
    if not shown:
        return rich(Text("not looked for", "muted"))
    through = one.sets[0].through
    lines = [muted(rich("\n", words.said(context.case, line))) for line in through[:THROUGH]]
    if len(through) > THROUGH:
        lines.append(rich(Text(f"\nand {words.number(len(through) - THROUGH)} more", "muted")))
    return rich(joined(shown, " or "), more, *lines)


def number(context: Context, result: DiffResult, change: Change) -> Ref:
    """The number under which a change is listed, linked to it."""
    return Ref(context.ids("change", change.id), (Text(str(result.numbers[change.id])),))


def changes_table(context: Context, result: DiffResult) -> Table:
    """Every change with its number, those that an answer depends on as such."""
    columns = tuple(rich(c) for c in ("No.", "Part", "What changed"))
    moving = {change.id for one in result.changed for why in one.sets for change in why.changes}
    rows = []
    for change in result.changes:
        text = change_words(context, result, change)
        if change.id in moving:
            text = rich(text, Text(" · moves an answer", "emphasis"))
        part = PARTS.get(change.section, change.section.replace("_", " "))
        cells = (Cell(rich(str(result.numbers[change.id]))), Cell(rich(part)), Cell(text))
        rows.append(Row(context.ids("change", change.id), cells))
    title = rich(f"{words.upper_first(words.counted(len(rows), 'change'))}, by the parts of the case")
    return Table("changed-list", title, columns, tuple(rows), fold=len(rows) > OPEN, wide=True)


def change_words(context: Context, result: DiffResult, change: Change) -> Rich:
    """A change in words, claims by the labels that they have in the brief."""
    text = result.said[change.id]
    claims = {change.subject} if change.section == "claims" else _mentioned(change)
    known = sorted((c for c in claims if c in context.labels), key=len, reverse=True)
    if not known:
        return rich(words.said(context.case, text))
    found: list[Rich] = []
    for k, piece in enumerate(re.split(rf"(?<![\w-])({'|'.join(map(re.escape, known))})(?![\w-])", text)):
        if piece:
            found.append(rich(context.ground(piece)) if k % 2 else _between(context, piece))
    return rich(*found)


def _between(context: Context, piece: str) -> Rich:
    """Words beside a reference, the blanks around them outside of what is set apart."""
    inner = piece.strip()
    before, _, after = piece.partition(inner) if inner else (piece, "", "")
    return rich(before, words.said(context.case, inner) if inner else "", after)


def _mentioned(change: Change) -> set[str]:
    """The claims that grounds name, before and now."""
    if change.aspect != "grounds":
        return set()
    return {c for side in (change.before, change.after) for c in side.get("because", ())}
