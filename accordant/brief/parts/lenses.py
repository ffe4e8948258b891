"""What the fairness lenses pick, and on what terms."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Bullets,
    Cell,
    Definition,
    Definitions,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    Text,
    joined,
    muted,
    rich,
)
from accordant.brief.packages import EACH, gained, lens_name, package_words, picked, told
from accordant.brief.standing import holding

if TYPE_CHECKING:
    from accordant.agreement.picks import Fairness, LensAnswer, Pick


def section(context: Context) -> Section | None:
    """The packages that lenses pick, the terms of each lens, and why others cannot be applied."""
    fairness = context.deals.fairness
    if fairness is None or not any(lens.picks for lens in fairness.lenses.values()):
        return None
    blocks: list[Block] = [
        Paragraph(
            "lenses-say",
            rich(
                "A fairness lens is one account of a fair division, applied to the efficient packages. They "
                "differ, each on its terms; none of them says what should be agreed."
            ),
        ),
        _table(context, fairness),
        _terms(context, fairness),
    ]
    refused = [lens for lens in fairness.lenses.values() if lens.refused]
    if refused:
        blocks += [
            Paragraph("refused-say", rich("Not applied here:")),
            Bullets("refused", tuple(_refused(context, refused))),
        ]
    return Section("lenses", rich("What the fairness lenses pick"), tuple(blocks))


def _table(context: Context, fairness: Fairness) -> Table:
    by: dict[str, list[tuple[LensAnswer, Pick]]] = {}
    for lens, pick in picked(context):
        by.setdefault(pick.package, []).append((lens, pick))
    parties = tuple(rich("Worth to ", context.party(p)) for p in fairness.numbers)
    columns = (rich("Package"), rich("Picked by"), *parties, rich("Once reached"))
    rows = tuple(_row(context, fairness, package, found) for package, found in by.items())
    key = "In brackets: more than no deal. " if fairness.numbers else ""
    more = [lens for lens in fairness.lenses.values() if lens.found > EACH]
    if more:
        told_ = ", ".join(f"{lens_name(lens)} picks {lens.found:,}" for lens in more)
        key += f"The first {words.number(EACH)} of each lens are shown: {told_}. "
    if fairness.ways > 1:
        key += (
            f"“n of {fairness.ways:,}”: picked in n of the {fairness.ways:,} ways looked at in which what is "
            "unsure can turn out."
        )
    title = rich("Packages that some lens picks; every tie is kept")
    return Table("lens-picks", title, columns, rows, key=rich(f"{key} {fairness.note}".strip()), wide=True)


def _row(context: Context, fairness: Fairness, package: str, found: list[tuple[LensAnswer, Pick]]) -> Row:
    cells = [Cell(package_words(context, package)), Cell(joined([_by(*one) for one in found], "\n"))]
    pick = found[0][1]
    for party in fairness.numbers:
        low, high = (fairness.no_deal or {})[party]
        worth = pick.worths[party]
        cells.append(Cell(rich(told(worth), Text(f" ({gained(worth - high, worth - low)})", "muted"))))
    listed = package in set(context.stability.states)
    holds = words.upper_first(holding(context, package)) if listed else "not worked out"
    cells.append(Cell(rich(holds)))
    return Row("", tuple(cells))


def _by(lens: LensAnswer, pick: Pick) -> Rich:
    ways, of = pick.ways
    often = Text(f" ({ways:,} of {of:,})", "muted") if ways != of else ""
    return rich(lens_name(lens), often)


def _terms(context: Context, fairness: Fairness) -> Definitions:
    """What each lens that was applied says, assumes, and where it fails."""
    entries = []
    for lens in fairness.lenses.values():
        if lens.refused:
            continue
        says: Rich = rich(lens.says, " ", Text("Assumes: ", "muted"), lens.assumes)
        says = rich(says, " ", Text("Fails: ", "muted"), lens.fails)
        here = [_named(context, f"{words.upper_first(lens.compared)}.")] if lens.compared else []
        here += [context.sentence(note) for note in lens.notes]
        if here:
            says = rich(says, "\n", muted(rich("Here: ")), joined(here, " "))
        entries.append(Definition("", rich(lens.title), says))
    return Definitions("lens-terms", tuple(entries))


def _refused(context: Context, refused: list[LensAnswer]) -> list[Rich]:
    """Lenses that cannot be applied, those with one reason together."""
    by: dict[str, list[str]] = {}
    for lens in refused:
        by.setdefault(lens.refused, []).append(lens_name(lens))
    return [
        rich(Text(", ".join(names), "strong"), ": ", _reason(context, reason)) for reason, names in by.items()
    ]


def _reason(context: Context, reason: str) -> Rich:
    """Why a lens cannot be applied, without what to write in the case for it."""
    fairness = context.deals.fairness
    assert fairness is not None
    orders = [p for p in fairness.parties if p not in fairness.numbers]
    if reason.startswith("it needs worths") and orders:
        return rich("worths are needed, and ", context.parties(orders), " gave an order only.")
    return context.sentence(reason.rstrip(".") + ".")


def _named(context: Context, text: str) -> Rich:
    """What a lens compared: ids of parties before a number become names."""
    ids = "|".join(map(re.escape, sorted(context.case.parties, key=len, reverse=True)))
    pieces = re.split(rf"(?<![\w-])({ids})(?= (?:-?\d|its best))", text)
    pieces = [p if k % 2 else context.rounded(p) for k, p in enumerate(pieces)]
    return rich(*(context.party(p) if k % 2 else p for k, p in enumerate(pieces)))
