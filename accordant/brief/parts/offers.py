"""The concession record: dated offers in their order, who moved, and what was left on the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Bullets, Cell, Rich, Row, Section, Table, Text, joined, rich
from accordant.brief.packages import gained, told
from accordant.brief.parts.trades import changes
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.agreement.measures.concession_result import ConcessionsResult, Step
    from accordant.agreement.measures.improvements import Improvements

NOTHING = rich(Text("–", "muted"))
SIGNS = {1: "better", 0: "the same", -1: "worse", None: "not known"}
KINDS = {
    "concession": "less for itself, more or the same for the others",
    "selfish": "more for itself, less or the same for the others",
    "fortunate": "more for itself and for the others",
    "nice": "the same for itself, more for the others",
    "unfortunate": "less or the same for itself, less for the others",
    "silent": "the same for everybody",
    "mixed": "more for some of the others and less for some",
    "unknown": "not known",
}


def section(context: Context) -> Section | None:
    """The record, where some party made at least two offers, or there are numbers to compare them in."""
    if sum(bool(p.date) for p in context.case.proposals.values()) < 2:
        return None
    try:
        found: ConcessionsResult = context.opened.concessions()
    except InputError:
        return None
    numbers = any(w is not None for s in found.steps for w in s.worths.values())
    if not numbers and not any(s.previous for s in found.steps):
        return None
    blocks: list[Block] = [_table(context, found)]
    said = list(_said(context, found))
    if said:
        blocks.append(Bullets("offers-said", tuple(said)))
    return Section("offers", rich("Offers so far, and who moved"), tuple(blocks))


def _table(context: Context, found: ConcessionsResult) -> Table:
    parties = tuple(found.records)
    heads = (rich("Worth to ", context.party(p)) for p in parties)
    columns = (
        rich("Date"),
        rich("Offer"),
        rich("By"),
        rich("Step"),
        rich("Moved"),
        *heads,
        rich("Left on the table"),
    )
    rows = tuple(_row(context, step, parties) for step in found.steps)
    kinds = list(dict.fromkeys(s.kind for s in found.steps if s.kind)) if len(parties) > 1 else []
    key = "In brackets: compared with the offer that the same party made before. "
    key += "".join(f"{words.upper_first(k)}: {KINDS[k]}. " for k in kinds)
    key += "Left on the table: what could be had without taking anything from anybody."
    title = rich("Offers in the order of their dates, in each party’s own numbers")
    return Table("offers-table", title, columns, rows, key=rich(key), wide=True, fold=len(rows) > 12)


def _row(context: Context, step: Step, parties: tuple[str, ...]) -> Row:
    case, offer = context.case, step.offer
    first = "first offer" if offer.mover and step.previous is None else ""
    kind = (step.kind if len(parties) > 1 else "") or first
    cells = (
        Cell(rich(words.said(case, offer.date))),
        Cell(rich(words.said(case, offer.proposal))),
        Cell(context.parties(offer.by) or NOTHING),
        Cell(rich(kind) or NOTHING),
        Cell(changes(context, step.moved) or NOTHING),
        *(Cell(_worth(step, p)) for p in parties),
        Cell(left(context, step.left)),
    )
    return Row("", cells)


def _worth(step: Step, party: str) -> Rich:
    worth, change = step.worths.get(party), step.changes.get(party)
    text = rich(told(worth)) if worth is not None else rich()
    if step.previous is not None:
        sign = SIGNS[step.signs.get(party)]
        if change is not None:
            sign = gained(change, change) if change else "the same"
        text = rich(text, Text(f" ({sign})", "muted")) if text else rich(sign)
    return text or NOTHING


def left(context: Context, found: Improvements | None) -> Rich:
    """What could still be had by anybody without taking anything from anybody."""
    if found is None:
        return rich(Text("not known", "muted"))
    if found.efficient:
        return rich("nothing")
    most = [
        rich(context.party(p), " better" if gain is None else f" up to {gained(gain, gain)}")
        for p, gain in found.most.items()
        if gain is None or gain
    ]
    return joined(most, "\n")


def _said(context: Context, found: ConcessionsResult) -> list[Rich]:
    from accordant.agreement.measures.concession_result import offers_of

    says = [
        context.sentence(line)
        for party, record in found.records.items()
        if record.offers > 1
        for line in offers_of(context.case, party, record)
    ]
    for one in found.overlooked:
        party, later = context.party(one.party), words.said(context.case, one.asked)
        says.append(
            rich(
                words.said(context.case, one.offer),
                " held more for ",
                party,
                " than it asked for in ",
                later,
                ".",
            )
        )
    return says + [context.sentence(note) for note in found.notes]
