"""The stakeholder map: who there is, how they stand to each other, and who is not heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Bullets,
    Cell,
    Paragraph,
    Rich,
    Row,
    Section,
    Table,
    joined,
    muted,
    rich,
)
from accordant.brief.figures.stakeholders import is_silent, stakeholder_map
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.cell_evidence import grounded_by
from accordant.brief.parts.parties import NOTHING
from accordant.brief.parts.sourced import with_sources
from accordant.case.grounds import parts

ROLES = {
    "party": "decides",
    "mediator": "mediates",
    "constituency": "constituency",
    "observer": "watches",
}


def sections(context: Context) -> Sequence[Section | None]:
    """The picture, a table of everybody in it, and those of whom nothing is heard.

    Raises
    ------
    NothingToTellError
        For a case with one party at most.
    """
    if len(context.case.parties) < 2:
        raise NothingToTellError("the case has one party at most, so that there is nothing to map")
    untied = rich("Nothing is told of how they stand to each other.")
    shown: Block = stakeholder_map(context) or Paragraph("untied", untied, "lead")
    made = [
        Section("stakeholders", rich("Who there is, and how they stand"), (shown,)),
        Section("stakeholders-listed", rich("Everybody in short"), (table(context),)),
        _unheard(context),
    ]
    return with_sources(context, made)


# Everybody


def table(context: Context) -> Table:
    """One row each: role, what it controls, red lines, claims from its side and about it."""
    columns = ("Who", "Role", "Controls", "Red lines", "Claims from its side", "Claims about it")
    rows = tuple(_row(context, p) for p in context.case.parties)
    key = rich(
        "Claims that count and are shown here. From its side: the source is on its side. About it: the claim "
        "says what it does or holds."
    )
    title = rich("Who decides what, what each refuses, and how much is known of it")
    return Table("stakeholders-table", title, tuple(map(rich, columns)), rows, key=key, wide=True)


def _row(context: Context, party: str) -> Row:
    about = sum(context.case.claims[c].by == party for c in context.counting)
    cells = (
        Cell(_name(context, party)),
        Cell(_role(context, party)),
        Cell(_controls(context, party) or NOTHING),
        Cell(joined(list(_refuses(context, party)), "\n") or NOTHING),
        Cell(rich(str(sum(side_of(context, c) == party for c in context.counting)))),
        Cell(rich(str(about))),
    )
    return Row(context.ids("stakeholder", party), cells)


def side_of(context: Context, claim: str) -> str:
    """The party that the source of a claim belongs to; empty where it is none, or not known."""
    origin = context.case.origins.get(context.case.claims[claim].origin or "")
    return (origin.side or "") if origin is not None else ""


def _name(context: Context, party: str) -> Rich:
    case, found = context.case, context.case.parties[party]
    own = joined([rich(words.said(case, a)) for a in found.aliases], ", ")
    return rich(context.party(party), rich("\n", muted(rich("also ", own))) if own else ())


def _role(context: Context, party: str) -> Rich:
    found = context.case.parties[party]
    of: Rich = rich(" of ", context.party(found.of)) if found.of else ()
    text = rich(ROLES[found.role], of)
    if found.role == "constituency":
        stated = party in context.case.preferences and context.case.preferences[party].stated
        text = rich(text, "; may veto" if stated else "; vetoes nothing here")
    return text


def _controls(context: Context, party: str) -> Rich:
    """The issues that it settles, alone or with others."""
    case = context.case
    told = []
    for id_, issue in case.issues.items():
        if party in issue.holders:
            others = [p for p in issue.holders if p != party]
            how = "with" if issue.joint else "as can"
            shared: Rich = (
                muted(rich(f" ({how} ", context.parties_in_short(others, party), ")")) if others else ()
            )
            told.append(rich(words.said(case, words.issue_name(case, id_)), shared))
    return joined(told, "; ")


def _refuses(context: Context, party: str) -> Iterator[Rich]:
    """Its red lines, each with how it is grounded."""
    for id_, kind, subject, _, grounded in parts(context.case):
        rule = getattr(grounded, "rule", None)
        if kind == "red-line" and subject == party and rule:
            yield rich("never ", words.expression(context.case, rule), grounded_by(context, id_))


# Who is not heard


def _unheard(context: Context) -> Section | None:
    """Those of whom nothing is known, or only what others say: what the answers cannot speak for."""
    if not context.case.claims:
        return None
    speaking = {side_of(context, c) for c in context.counting}
    items = []
    for party, found in context.case.parties.items():
        if found.role not in ("party", "constituency"):
            continue
        mute = party not in speaking and not context.withheld  # what is withheld may be its word
        if is_silent(context, party):
            also = ", and no claim comes from its side" if mute else ""
            items.append(
                rich(context.party(party), f": nothing is said of what it wants{also}. ", _then(found.role))
            )
        elif mute:
            says = ": no claim comes from its side; what it wants is told by others or assumed."
            items.append(rich(context.party(party), says))
    if not items:
        return None
    return Section("unheard", rich("Who is not heard"), (Bullets("unheard-list", tuple(items)),))


def _then(role: str) -> str:
    if role == "constituency":
        return "It vetoes nothing in the model, which does not mean that it would accept."
    return "Every order of the outcomes is admitted for it."
