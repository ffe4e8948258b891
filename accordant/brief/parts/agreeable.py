"""What could be agreed: what no deal is worth, the frontier, ranges, and the parts that follow from them."""

from __future__ import annotations

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Cell, Paragraph, Rich, Row, Section, Table, Text, rich
from accordant.brief.figures.frontier import frontier_figure
from accordant.brief.figures.gains import gains_figure
from accordant.brief.figures.ranges import ranges_figure
from accordant.brief.packages import between
from accordant.brief.parts import lenses, offers, staged, trades
from accordant.brief.parts.parties import delay_words

NOTHING = rich(Text("–", "muted"))


def section(context: Context) -> Section | None:
    """The section, as far as the case has what each part needs; None where it has nothing of it."""
    inner = [
        _stakes(context),
        _room(context),
        lenses.section(context),
        trades.section(context),
        staged.section(context),
        staged.terms(context),
        offers.section(context),
    ]
    kept = tuple(s for s in inner if s is not None)
    if not kept:
        return None
    return Section("agreeable", rich("What could be agreed"), tuple(_says(context)), kept)


def _says(context: Context) -> list[Block]:
    fairness = context.deals.fairness
    if fairness is None:
        return []
    if not fairness.rational:
        if fairness.rational is None:
            why = f": {fairness.note}" if fairness.note else "."
            return [
                Paragraph(
                    "agreeable-say", rich("What could be agreed cannot be worked out", context.sentence(why))
                )
            ]
        return [Paragraph("agreeable-say", rich("No package is at least as good as no deal for everyone."))]
    many = fairness.rational
    text = (
        f"{words.upper_first(words.counted(many, 'package'))} {'is' if many == 1 else 'are'} refused by "
        "nobody and at least as good as no deal for everyone"
    )
    if fairness.efficient is not None:
        text += f", {words.number(fairness.efficient)} of them efficient"
        text += ": no other is better for somebody and worse for nobody"
    text += "."
    ranged = any(low != high for low, high in (fairness.no_deal or {}).values())
    if ranged or (context.deals.method.settings or 0) > 1:
        text += " These numbers, the figures and the ranges are those of the case as it is written"
        text += ", with the upper end where what no deal is worth is a range." if ranged else "."
    if not fairness.numbers:
        text += " The parties have given orders and no numbers, so that only what needs ranks can be said."
    elif len(fairness.numbers) < len(fairness.parties):
        missing = [p for p in fairness.parties if p not in fairness.numbers]
        return [
            Paragraph(
                "agreeable-say", rich(text, " ", context.parties(missing), " gave an order, no numbers.")
            )
        ]
    return [Paragraph("agreeable-say", rich(text))]


def _room(context: Context) -> Section | None:
    """The figures: frontier, gains, ranges."""
    figures = (frontier_figure(context), gains_figure(context), ranges_figure(context))
    blocks = tuple(f for f in figures if f is not None)
    return Section("room", rich("The room for a deal"), blocks) if blocks else None


# What no deal is worth


def _stakes(context: Context) -> Section | None:
    """What no deal is worth to each party, what waiting costs it, and what it could get."""
    fairness, case = context.deals.fairness, context.case
    if fairness is None:
        return None
    held = [p for p in fairness.parties if p in case.preferences]
    stated = [p for p in held if case.preferences[p].reservation or case.preferences[p].delay]
    if not fairness.numbers and not stated:
        return None
    rows = tuple(_stake(context, p) for p in fairness.parties)
    columns = ("Party", "No deal is worth", "Stands on", "Least and most in an efficient deal", "Waiting")
    key = "Each party counts on a scale of its own; numbers of different parties cannot be compared."
    table = Table(
        "stakes",
        rich("What no deal is worth to each party, and what it could get instead"),
        tuple(rich(c) for c in columns),
        rows,
        key=rich(key),
        wide=True,
    )
    return Section("stakes-say", rich("What no deal is worth"), (table,))


def _stake(context: Context, party: str) -> Row:
    id_ = f"{party}.reservation"
    known = id_ in context.elements
    cells = (
        Cell(rich(context.party(party))),
        Cell(_no_deal(context, party)),
        Cell(context.basis(id_) if known else rich(Text("as the state of no deal", "muted"))),
        Cell(_extremes(context, party)),
        _waiting(context, party),
    )
    return Row("", cells)


def _no_deal(context: Context, party: str) -> Rich:
    fairness = context.deals.fairness
    ends = (fairness.no_deal or {}).get(party) if fairness is not None else None
    stated = context.case.preferences[party].reservation if party in context.case.preferences else None
    state: Rich = ()
    if stated is not None and stated.state is not None:
        state = (
            rich(context.state(stated.state))
            if isinstance(stated.state, str)
            else words.package(context.case, stated.state)
        )
    if ends is None and stated is not None and stated.low is not None and stated.high is not None:
        low, high = stated.low, stated.high
        return rich(f"{low}" if low == high else f"{low} to {high}")
    if ends is None:
        return state or rich(Text("no number: it gave an order", "muted"))
    return rich(between(*ends), rich(" (", state, ")") if state else "")


def _extremes(context: Context, party: str) -> Rich:
    measures = context.deals.measures
    found = next((e for e in measures.extremes.parties if e.party == party), None) if measures else None
    if found is None:
        return NOTHING
    if found.nadir is not None and found.ideal is not None:
        return rich(between(found.nadir, found.ideal))
    if found.levels is None:
        return NOTHING
    return rich(
        f"ranks {found.nadir_level} to {found.ideal_level} of {found.levels}, 1 the worst within reach"
    )


def _waiting(context: Context, party: str) -> Cell:
    preference = context.case.preferences.get(party)
    if preference is None or preference.delay is None:
        return Cell(NOTHING)
    return Cell(rich(delay_words(preference.delay), " ", context.basis(f"{party}.delay")))
