"""What could be traded, what a refused proposal would cost to mend, and what a signed package leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Cell, Paragraph, Rich, Row, Section, Table, Text, joined, rich
from accordant.brief.packages import gained, latest, package_words
from accordant.errors import InputError

if TYPE_CHECKING:
    from fractions import Fraction

    from accordant.agreement.measures.improvements import Improvements
    from accordant.agreement.measures.lever_result import LeversResult, Priced
    from accordant.agreement.measures.logrolling import Swap

MOST, CHANGES = 8, 4
"""Most trades shown, and most changes of each size to a proposal."""


def section(context: Context) -> Section | None:
    """Trades, priced changes to refused proposals, improvements on signed ones."""
    blocks: list[Block] = [*_trades(context), *_prices(context), *_improvements(context)]
    return Section("trades", rich("What could be traded or mended"), tuple(blocks)) if blocks else None


def _trades(context: Context) -> list[Block]:
    measures = context.deals.measures
    if measures is None or not measures.trades.swaps:
        return []
    swaps = measures.trades.swaps
    columns = tuple(rich(c) for c in ("Issues and their change", "Who gains what", "Gives way on"))
    rows = tuple(_trade(context, swap) for swap in swaps[:MOST])
    left = len(swaps) - len(rows)
    key = "Gains in each party’s own numbers; largest first. Rules, red lines and vetoes are left aside."
    if left:
        key += f" {words.upper_first(words.counted(left, 'smaller trade'))} not shown."
    if measures.trades.left_out:
        key += f" Not looked at: {measures.trades.left_out}."
    title = rich("Trades: who gives way on one issue could gain more on another")
    return [Table("trade-table", title, columns, rows, key=rich(key), fold=len(rows) > 8)]


def _trade(context: Context, swap: Swap) -> Row:
    case = context.case
    gains = [rich(context.party(p), f" {_change(swap.gains.get(p))}") for p in swap.parties]
    gives = [
        rich(context.party(p), ": ", words.said(case, words.issue_name(case, i)))
        for p, i in swap.gives.items()
    ]
    cells = (Cell(changes(context, swap.changes)), Cell(joined(gains, "\n")), Cell(joined(gives, "\n")))
    return Row("", cells)


def changes(context: Context, changed: object) -> Rich:
    """Values before and after, issue by issue, with their units."""
    case = context.case
    told_ = [
        rich(
            words.said(case, words.issue_name(case, i)),
            ": ",
            words.said(case, words.value(case, i, old)),
            " → ",
            words.said(case, words.value(case, i, new)),
        )
        for i, (old, new) in changed.items()  # type: ignore[attr-defined]
    ]
    return joined(told_, "\n")


def _change(change: Fraction | None) -> str:
    if change is None:
        return "better off"
    return gained(change, change)


# What it would cost to mend a proposal


def _prices(context: Context) -> list[Block]:
    if context.frontier is None:
        return []
    found: list[Block] = []
    for name in latest(context):
        answer = context.deals.proposals[name]
        made = context.case.proposals[name]
        if answer.agreement == "yes" or answer.state is None or made.closed or made.signed:
            continue
        try:
            levers = context.opened.levers(name)
        except InputError:
            continue
        found += _priced(context, name, levers)
    return found


def _priced(context: Context, name: str, levers: LeversResult) -> list[Block]:
    parties = tuple(levers.acceptable)
    shown = [p for group in levers.levers for p in group.listed[:CHANGES]]
    blocks: list[Block] = []
    proposal = words.said(context.case, name)
    if shown:
        columns = (rich("Change"), rich("Leads to"), *(rich("For ", context.party(p)) for p in parties))
        rows = tuple(_price(context, one, parties) for one in shown)
        many = sum(group.found for group in levers.levers)
        key = f"More or less than {name} in each party’s own numbers; of one issue first, then of two"
        key += f": {len(shown)} of {many:,}." if many > len(shown) else "."
        title = rich("Smallest changes that would make ", proposal, " acceptable, and what they cost")
        blocks.append(Table(context.ids("prices", name), title, columns, rows, key=rich(key)))
    says = [levers.compensation.sentence] if levers.compensation is not None else []
    says += [payment.sentence for payment in levers.payments]
    if says:
        text = rich("Paying for ", proposal, ": ", context.named_issues(" ".join(says)))
        blocks.append(Paragraph(context.ids("payments", name), text))
    return blocks


def _price(context: Context, one: Priced, parties: tuple[str, ...]) -> Row:
    costs = []
    for party in parties:
        change = one.changes.get(party)
        gains, losses = party in one.lever.gains, party in one.lever.losses
        if change is None:
            costs.append(Cell(rich("better" if gains else "worse" if losses else Text("not known", "muted"))))
        else:
            costs.append(Cell(rich(_change(change) if change else "the same")))
    leads = Cell(rich(context.state(one.lever.state)))
    return Row("", (Cell(changes(context, one.lever.changes)), leads, *costs))


# What a signed package leaves on the table


def _improvements(context: Context) -> list[Block]:
    measures = context.deals.measures
    signed = {
        a.state: name for name, a in context.deals.proposals.items() if context.case.proposals[name].signed
    }
    if measures is None:
        return []
    return [
        b for found in measures.improvements for b in _better(context, signed.get(found.package, ""), found)
    ]


def _better(context: Context, name: str, found: Improvements) -> list[Block]:
    what = words.said(context.case, name) if name else words.said(context.case, found.package)
    if found.efficient:
        text = rich(
            "Signed: ",
            what,
            " leaves nothing on the table: no package is better for somebody and worse for nobody.",
        )
        return [Paragraph(context.ids("signed", found.package), text)]
    parties = tuple(found.most)
    columns = (rich("Package"), *(rich("For ", context.party(p)) for p in parties))
    rows = tuple(
        Row("", (Cell(package_words(context, b.state)), *(Cell(_gain(b.gains[p])) for p in parties)))
        for b in found.best
    )
    key = "Each is better for somebody and worse for nobody than what was signed"
    if found.count is not None:
        number = words.upper_first(words.counted(found.count, "package"))
        key = f"{number} better for somebody, worse for nobody"
    key += f"; shown are {len(found.best)} that nothing improves further." if found.best else "."
    title = rich("Signed, and still to be gained over ", what)
    return [Table(context.ids("signed", found.package), title, columns, rows, key=rich(key))]


def _gain(gain: Fraction | None) -> Rich:
    if gain is None:
        return rich("better")
    return rich(_change(gain) if gain else "the same")
