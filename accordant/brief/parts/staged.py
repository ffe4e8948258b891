"""Deals in stages: who would leave at which stage; guarantees and inducements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Bullets,
    Cell,
    Mark,
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
from accordant.brief.parts.parties import element_mark, ground_word
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.agreement.phases.result import AtStage, GoesOn, StageAnswer, StagesResult
    from accordant.case.deals import Commitment

REPAIRS = 4
"""Most repairs that are shown."""
GOES: dict[str, tuple[str, Mark]] = {
    "yes": ("goes on", "yes"),
    "no": ("leaves", "no"),
    "unknown": ("open", "open"),
}
NOTHING = rich(Text("–", "muted"))


def section(context: Context) -> Section | None:
    """Each proposal in stages, stage by stage."""
    blocks: list[Block] = []
    for name in context.plans:
        blocks += _plan(context, name)
    return Section("staged", rich("Deals in stages"), tuple(blocks)) if blocks else None


def _plan(context: Context, name: str) -> list[Block]:
    found = context.plans[name]
    if isinstance(found, InputError):
        text = rich(words.said(context.case, name), ": ", context.sentence(str(found)))
        return [Paragraph(context.ids("staged", name), text)]
    blocks: list[Block] = [Paragraph(context.ids("staged", name), _verdict(context, name, found))]
    if found.stages:
        blocks.append(_table(context, name, found))
    if found.repairs:
        more = "" if found.repairs_complete else " (the search was cut off)"
        blocks.append(
            Paragraph(context.ids("repair-say", name), rich(f"What would keep everybody in{more}:"))
        )
        items = tuple(context.named_issues(r.sentence) for r in found.repairs[:REPAIRS])
        blocks.append(Bullets(context.ids("repairs", name), items))
    says = [context.named_issues(note) for note in found.notes]
    if found.lasts is not None:
        until = found.lasts.everybody.told
        says.insert(0, rich(f"To be had at once, its end beats no deal for everybody: {until}."))
    if says:
        blocks.append(Paragraph(context.ids("staged-note", name), joined(says, " "), "note"))
    return blocks


def _verdict(context: Context, name: str, found: StagesResult) -> Rich:
    proposal = words.said(context.case, name)
    if found.impossible:
        return rich(proposal, ": ", context.sentence(found.impossible))
    said = {
        "yes": " would be carried out to its end by parties that look to the end",
        "no": " would break off before its end among parties that look to the end",
        "unknown": " may or may not be carried out by parties that look to the end",
    }[found.carried_out]
    ahead = {
        "yes": "looking one stage ahead, everybody goes on at every stage.",
        "no": "looking one stage ahead, somebody leaves as well.",
        "unknown": "looking one stage ahead, it is open.",
    }[found.one_ahead]
    if found.carried_out != "no" and found.one_ahead == "no":
        ahead = "looking one stage ahead, somebody leaves."
    leaves = [
        rich(
            context.party(x.party),
            f" {'leaves' if x.surely else 'may leave'} at ",
            words.said(context.case, x.stage),
        )
        for x in found.leaves
    ]
    who = rich(": ", joined(leaves, "; ")) if leaves else ()
    return rich(proposal, said, who, f". {words.upper_first(ahead)}", _in_force(context, found))


def breaks_off(context: Context, name: str) -> Rich:
    """Where the stages of a proposal would break off, as a clause; empty where they would not."""
    found = context.plans.get(name)
    if found is None or isinstance(found, InputError) or found.impossible or found.carried_out == "yes":
        return ()
    sure = found.carried_out == "no" and any(x.surely for x in found.leaves)
    leaves = [x for x in found.leaves if x.surely or not sure]
    if not leaves:
        says = "would break off before their end" if found.carried_out == "no" else "may break off"
        return rich(f"its stages {says}")
    first = min(x.number for x in leaves)
    who = [x for x in leaves if x.number == first]
    parties = context.parties(x.party for x in who)
    leave = "leave" if len(who) > 1 else "leaves"
    leave = f" {leave} there" if sure else " may leave there"
    if first == found.stages[-1].number:
        says = "would not be kept" if sure else "may not be kept"
        return rich(f"it {says} after its last stage: ", parties, leave)
    says = "would" if sure else "may"
    stage = words.said(context.case, who[0].stage)
    return rich(f"its stages {says} break off before ", stage, ": ", parties, leave)


def _in_force(context: Context, found: StagesResult) -> Rich:
    if not found.in_force or found.without_terms is None:
        return ()
    names = [rich(words.said(context.case, t.name)) for t in found.terms if t.part]
    without = {
        "yes": "it would still be carried out",
        "no": "it would not be carried out",
        "unknown": "it would be open whether it is carried out",
    }[found.without_terms[0]]
    return rich(" Part of it: ", words.either(names), f"; without, {without}.")


def _table(context: Context, name: str, found: StagesResult) -> Table:
    parties = list(dict.fromkeys(p for stage in found.stages for p in stage.parties))
    columns = (
        rich("Stage"),
        rich("Settles"),
        rich("Can no longer be taken back"),
        *(rich(context.party(p)) for p in parties),
    )
    rows = tuple(_stage(context, name, stage, parties) for stage in found.stages)
    key = (
        "What each party would do before the stage: looking to the end, and in brackets looking one stage "
        "ahead where that differs. Cells open to the reason, for the case as it is written."
    )
    title = rich(words.said(context.case, name), ", stage by stage: who would go on and who would leave")
    return Table(context.ids("stage-table", name), title, columns, rows, key=rich(key), wide=True)


def _stage(context: Context, name: str, stage: StageAnswer, parties: list[str]) -> Row:
    case, id_ = context.case, f"proposals.{name}.stages.{stage.number}"
    known = id_ in context.elements
    when = [rich(f"day {stage.day}")] if stage.day is not None else []
    if stage.event:
        when.append(rich(words.said(case, stage.event)))
    head = rich(f"{stage.number}. ", words.said(case, stage.name))
    if when:
        head = rich(head, "\n", muted(joined(when)))
    if known:
        head = rich(head, "\n", context.basis(id_))
    if isinstance(stage.package, str):
        settles: Rich = rich(context.state(stage.package))
    else:
        settles = words.package(case, stage.package) or NOTHING
    kept = joined([_kept(context, k) for k in stage.kept], "\n") or NOTHING
    cells = [Cell(head), Cell(settles), Cell(kept)]
    cells += [_goes(context, stage.parties.get(p)) for p in parties]
    return Row("", tuple(cells))


def _kept(context: Context, told: str) -> Rich:
    """``wage = 2 crowns`` with the issue by its name."""
    issue, equal, value = told.partition(" = ")
    if not equal or issue not in context.case.issues:
        return rich(words.said(context.case, told))
    name = words.said(context.case, words.issue_name(context.case, issue))
    return rich(name, ": ", words.said(context.case, value))


def _goes(context: Context, at: AtStage | None) -> Cell:
    if at is None:
        return Cell(NOTHING)
    says, mark = GOES[at.end.answer]
    text = rich(Text(says, "strong"))
    if at.ahead.answer != at.end.answer:
        text = rich(text, "\n", Text(f"(one ahead: {GOES[at.ahead.answer][0]})", "muted"))
    opens = [_reason(context, "To the end", at.end)]
    if at.ahead.because != at.end.because:
        opens.append(_reason(context, "One stage ahead", at.ahead))
    return Cell(text, tuple(opens), mark)


def _reason(context: Context, head: str, found: GoesOn) -> Rich:
    return rich(Text(f"{head}: ", "strong"), context.named_issues(found.because))


# Guarantees and inducements


def terms(context: Context) -> Section | None:
    """The guarantees and inducements of the case, and what each changes."""
    if not context.case.terms:
        return None
    columns = ("Term", "By", "Applies", "Changes", "Part of", "Stands on", "Ground")
    rows = tuple(_term(context, id_, found) for id_, found in context.case.terms.items())
    table = Table(
        "terms-table",
        rich("Guarantees and inducements, and what each changes"),
        tuple(rich(c) for c in columns),
        rows,
        wide=True,
    )
    return Section("terms-say", rich("Guarantees and inducements"), (table,))


def _term(context: Context, id_: str, found: Commitment) -> Row:
    case, element = context.case, f"terms.{id_}"
    part = [n for n, p in case.proposals.items() if id_ in p.terms]
    applies = words.expression(case, found.if_) if found.if_ else rich("everywhere")
    changes: list[Rich] = [
        rich(context.party(p), f": {'+' if more >= 0 else '−'}{abs(more):f}")
        for p, more in found.worth.items()
    ]
    changes += [_removed(context, r.party, r.if_, r.to) for r in found.removes]
    cells = (
        Cell(rich(words.said(case, found.name or id_), "\n", Text(found.kind, "muted"))),
        Cell(context.parties(found.by) or NOTHING),
        Cell(applies),
        Cell(joined(changes, "\n") or NOTHING),
        Cell(joined([rich(words.said(case, n)) for n in part]) or rich(Text("no proposal", "muted"))),
        Cell(context.basis(element)),
        Cell(rich(ground_word(context, element)), mark=element_mark(context, element)),
    )
    return Row(context.ids("element", element), cells)


def _removed(context: Context, party: str, before: str | None, to: str) -> Rich:
    case = context.case
    when = rich(" from ", words.expression(case, before)) if before else ()
    return rich(context.party(party), " can no longer go", when, " to ", words.expression(case, to))
