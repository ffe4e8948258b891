"""Proposals, who would accept them and why, what would make a refused one acceptable."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Definition,
    Definitions,
    Mark,
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
from accordant.brief.packages import between
from accordant.brief.parts.staged import breaks_off
from accordant.brief.standing import holding

if TYPE_CHECKING:
    from accordant.agreement.result import Acceptance, Agreement, Answer, Lever, ProposalAnswer
    from accordant.case.deals import Stage

LISTED = 20
"""Most agreements that are listed."""

ANSWERS: dict[Answer, str] = {"yes": "acceptable", "no": "not acceptable", "unknown": "open"}
OPEN: dict[Answer, str] = {"yes": "yes", "no": "no", "unknown": "open"}
MARKS: dict[Answer, Mark] = {"yes": "yes", "no": "no", "unknown": "open"}


def section(context: Context) -> Section:
    """Each proposal in turn, then every agreement there is."""
    inner = [_proposal(context, name, answer) for name, answer in context.deals.proposals.items()]
    return Section(
        "proposals",
        rich("Proposals, and who would accept them" if inner else "Agreements"),
        (_no_deal(context),),
        (*inner, *([_agreements(context)] if context.states.no_deal else [])),
    )


def _no_deal(context: Context) -> Paragraph:
    states = context.states.no_deal
    if not states:
        return Paragraph(
            "no-deal", rich("The case gives no state for no deal, so that nothing can be compared with it.")
        )
    where = words.either([context.state_in_full(s) for s in states])
    more = "" if len(states) == 1 else ": an answer is yes or no only if it is so against each of them"
    return Paragraph(
        "no-deal",
        rich(
            "A proposal is acceptable to a party that weakly prefers it to no deal, unless it crosses one of "
            "the party’s red lines. No deal is ",
            where,
            more,
            ".",
            _by_numbers(context),
        ),
    )


def _by_numbers(context: Context) -> Rich:
    """The parties that compare with a number or a state of their own instead."""
    says: list[Rich] = []
    for party, preference in context.case.preferences.items():
        held = preference.reservation
        if held is None or context.elements[f"{party}.reservation"].unsure:
            continue
        if held.low is not None and held.high is not None:
            low, high = (Fraction(end) for end in (held.low, held.high))
            worth = between(low, high)
            says.append(
                rich(context.party(party), f" compares with a number: no deal is worth {worth} to it")
            )
        elif held.state is not None:
            state = rich(context.state(held.state)) if isinstance(held.state, str) else ()
            state = state or words.package(context.case, held.state)  # type: ignore[arg-type]
            says.append(rich(context.party(party), " compares with another state: ", state))
    return rich(" ", joined(says, "; "), ".") if says else ()


def _proposal(context: Context, name: str, answer: ProposalAnswer) -> Section:
    blocks: list[Block] = [_facts(context, name, answer)]
    if answer.acceptable:
        blocks.append(_acceptance(context, name, answer))
    if answer.agreement != "yes" and answer.state is not None:
        blocks.append(_levers(context, name, answer))
    return Section(context.ids("proposal", name), rich(words.said(context.case, name)), tuple(blocks))


def _facts(context: Context, name: str, answer: ProposalAnswer) -> Definitions:
    case, proposal = context.case, context.case.proposals[name]
    package = (
        rich(context.state(proposal.package))
        if isinstance(proposal.package, str)
        else words.package(case, proposal.package)
    )
    facts = [("Package", package)]
    route = [
        rich(f"{word} ", context.parties(who))
        for word, who in (("from", proposal.by), ("to", proposal.to), ("carried by", proposal.via))
        if who
    ]
    if route:
        facts.append(("Floated", joined(route, ", ")))
    when = [rich(words.said(case, w)) for w in (proposal.date, proposal.status) if w]
    if when:
        facts.append(("Date and status", joined(when, "; ")))
    if proposal.note:
        facts.append(("Remark", rich(context.note(proposal.note))))
    facts.append(("Known from", context.basis(f"proposals.{name}")))
    facts += _outcome(context, name, answer)
    entries = [Definition("", rich(term), says) for term, says in facts]
    # The proposal's own element is listed here, so that references to it land here.
    entries[0] = Definition(context.ids("element", f"proposals.{name}"), entries[0].term, entries[0].says)
    entries += [
        _stage(context, f"proposals.{name}.stages.{k}", k, s) for k, s in enumerate(proposal.stages, 1)
    ]
    return Definitions(context.ids("facts", name), tuple(entries))


def _stage(context: Context, id_: str, number: int, stage: Stage) -> Definition:
    """One stage of a proposal: what it settles, when, and on whose word."""
    case = context.case
    settles = (
        rich(context.state(stage.package))
        if isinstance(stage.package, str)
        else words.package(case, stage.package)
    )
    when: Rich = ()
    if stage.day is not None:
        when = rich(f" on day {stage.day}")
        if stage.event:
            when = rich(when, " (", words.said(case, stage.event), ")")
    elif stage.event:
        when = rich(" when ", words.said(case, stage.event))
    says = rich(words.said(case, stage.name), when, " – ", settles, " ", context.basis(id_))
    return Definition(context.ids("element", id_), rich(f"Stage {number}"), says)


def _outcome(context: Context, name: str, answer: ProposalAnswer) -> list[tuple[str, Rich]]:
    if answer.state is None:
        return [("Leads nowhere", context.sentence(answer.impossible))]
    verdict = {
        "yes": "yes, under these assumptions",
        "no": "no, under these assumptions",
        "unknown": "open: it depends on what is not known",
    }[answer.agreement]
    found = [("Leads to", context.state_in_full(answer.state)), ("An agreement", rich(verdict))]
    staged = breaks_off(context, name)
    if staged:
        found.append(("In stages", rich(staged, " (", Ref("staged", (Text("stage by stage"),)), ")")))
    if not answer.made:
        unsure = "unsure, since nothing that stands says so; no answer about it is a plain yes"
        found.append(("Whether it was made", rich(unsure)))
    if answer.note and (answer.made or not answer.note.startswith("It may not have been made")):
        found.append(("Note", context.sentence(answer.note)))
    if answer.agreement != "no" and answer.dominated_by:
        found.append(
            (
                "Efficient",
                rich(
                    "no: ",
                    context.state_in_full(answer.dominated_by),
                    " is better for somebody and worse for nobody",
                ),
            )
        )
    found.append(("Once reached", holds_words(context, answer.state)))
    return found


def holds_words(context: Context, state: str) -> Rich:
    """Under which concepts a state holds, in how many settings where that is not all or none."""
    return rich(words.upper_first(holding(context, state)))


def _acceptance(context: Context, name: str, answer: ProposalAnswer) -> Table:
    title = rich("Who would accept ", words.said(context.case, name), ", and what decides it")
    columns = ("Party", "Answer", "Why", "Stands on", "Admissible settings")
    rows = tuple(_accepts(context, name, a) for a in answer.acceptable.values())
    return Table(context.ids("accepts", name), title, tuple(rich(c) for c in columns), rows)


def _accepts(context: Context, name: str, found: Acceptance) -> Row:
    reason = context.sentence(found.reason.rstrip(". ") + ".") if found.reason else rich()
    for who, verb in ((found.vetoed_by, "Refused by "), (found.unsure_veto, "May be refused by ")):
        left = [c for c in who if context.case.party_name(c) not in found.reason]
        if left:
            reason = rich(reason, " ", verb, context.parties(left), ".")
    on: Rich = rich(Text("–", "muted"))
    if found.element in context.elements:
        on = context.basis(found.element)
    cells = (
        Cell(rich(context.party(found.party))),
        Cell(rich(Text(ANSWERS[found.answer], "strong")), mark=MARKS[found.answer]),
        Cell(reason),
        Cell(on),
        Cell(rich(counts(found.counts))),
    )
    return Row(context.ids("accepts", f"{name} {found.party}"), cells)


def counts(found: tuple[int, int] | None) -> str:
    """``41 of 48``, or that there is no count."""
    return "no count" if found is None else f"{found[0]:,} of {found[1]:,}"


def _levers(context: Context, name: str, answer: ProposalAnswer) -> Block:
    id_ = context.ids("levers", name)
    if not answer.levers:
        return Paragraph(id_, rich("No change of one or two issues makes it acceptable to every party."))
    title = rich("Smallest changes to ", words.said(context.case, name), " that every party would accept")
    columns = tuple(rich(c) for c in ("Change", "Leads to", "Better for", "Worse for", "Sure", "Efficient"))
    rows = tuple(_lever(context, lever) for lever in answer.levers)
    left = (answer.levers_found or 0) - len(answer.levers)
    more = (
        f" {words.upper_first(words.counted(left, 'other change'))} as small not shown." if left > 0 else ""
    )
    unknown = context.silent
    silent = rich(" What ", context.parties(unknown), " wants is not known.") if unknown else rich()
    key = rich("Better and worse compared with the proposal as it stands.", silent, more)
    return Table(id_, title, columns, rows, key=key, fold=len(rows) > 8)


def _lever(context: Context, lever: Lever) -> Row:
    case = context.case
    changes = [
        rich(
            words.said(case, words.issue_name(case, i)),
            ": ",
            words.said(case, words.value(case, i, old)),
            " → ",
            words.said(case, words.value(case, i, new)),
        )
        for i, (old, new) in lever.changes.items()
    ]
    nobody = rich(Text("nobody", "muted"))
    cells = (
        Cell(joined(changes, "\n")),
        Cell(rich(context.state(lever.state))),
        Cell(context.parties(lever.gains) or nobody),
        Cell(context.parties(lever.losses) or nobody),
        Cell(rich("in every setting" if lever.certain else "in some settings")),
        Cell(rich(OPEN[lever.efficient])),
    )
    return Row("", cells)


def _agreements(context: Context) -> Section:
    deals = context.deals
    blocks: list[Block] = [Paragraph("agreements-say", _existence(context))]
    if deals.agreements:
        blocks.append(_agreement_table(context))
    if deals.exists != "yes" and deals.blocks:
        columns = tuple(rich(c) for c in ("Party", "Refuses", "In words"))
        rows = tuple(
            Row(
                "",
                (
                    Cell(rich(context.party(b.party))),
                    Cell(rich(f"{b.refuses:,} of {b.of:,} states")),
                    Cell(context.sentence(b.sentence)),
                ),
            )
            for b in deals.blocks
        )
        blocks.append(Table("blocks", rich("Who refuses how much"), columns, rows))
    return Section("agreements", rich("Every agreement there is"), tuple(blocks))


def _existence(context: Context) -> Rich:
    deals = context.deals
    sure = sum(a.certain for a in deals.agreements)
    if deals.exists == "no":
        return rich(
            "Under these assumptions no state is acceptable to every party and better than no deal for "
            "one of them."
        )
    if deals.exists == "unknown":
        return rich(
            "Whether an agreement exists depends on what is not known: ",
            f"{len(deals.agreements):,} of the {len(context.states.states):,} states may be one.",
        )
    serves = (
        rich(
            f"{words.upper_first(words.counted(len(deals.one_serves), 'package'))} ",
            "serves" if len(deals.one_serves) == 1 else "serve",
            " in every admissible setting.",
        )
        if deals.one_serves
        else rich("No one package serves in every admissible setting.")
    )
    return rich(
        f"{words.upper_first(words.counted(sure, 'state'))} of {len(context.states.states):,} "
        f"{'is' if sure == 1 else 'are'} acceptable to every party and better than no deal for one or "
        f"more, in every admissible setting; {len(deals.agreements) - sure:,} more may be. ",
        serves,
    )


def _agreement_table(context: Context) -> Table:
    deals = context.deals
    best = sorted(deals.agreements, key=lambda a: (not a.certain, a.efficient != "yes"))[:LISTED]
    cut = f" (the first {LISTED} of {len(deals.agreements):,})" if len(deals.agreements) > LISTED else ""
    columns = ("State", "What is settled", "Better than no deal for", "Efficient", "Once reached", "Sure")
    rows = tuple(_agreement(context, a) for a in best)
    return Table(
        "agreement-table",
        rich("Agreements: sure and efficient ones first", cut),
        tuple(rich(c) for c in columns),
        rows,
        fold=len(rows) > 8,
        wide=True,
        key=rich("Efficient: no other agreement is better for somebody and worse for nobody."),
    )


def _agreement(context: Context, found: Agreement) -> Row:
    cells = (
        Cell(rich(context.state(found.state))),
        Cell(context.state_words(found.state)),
        Cell(context.parties(found.better_for)),
        Cell(rich(OPEN[found.efficient])),
        Cell(holds_words(context, found.state)),
        Cell(rich("in every setting" if found.certain else "in some settings")),
    )
    return Row("", cells)
