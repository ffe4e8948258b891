"""Who there is and how they stand to each other: who talks to whom, presses whom, may veto."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, Text, rich
from accordant.brief.figures.stakeholders_chart import Stakeholders
from accordant.brief.figures.stakeholders_places import Actor, Band, Tie

MOST = 30
"""Most who are drawn; of more, parties and those with most ties."""
LEGIBLE = 60
"""Most ties that are drawn; of more, those of the parties first."""
BANDS = {
    "mediator": "Mediators",
    "party": "Parties",
    "constituency": "Constituencies",
    "observer": "Observers",
}
"""The rows from top to bottom, by role."""
VETO, BEHIND = "may veto", "constituency of"


@dataclass(frozen=True, slots=True)
class Known:
    """One tie as it is known: a relation of the case, or a constituency and its party."""

    start: str
    end: str
    kind: str
    because: tuple[str, ...] = ()
    given: bool = False

    @property
    def ends(self) -> tuple[str, str]:
        """Both ends."""
        return self.start, self.end


def known_ties(context: Context) -> list[Known]:
    """Every tie, relations first; of a constituency also what it can do to its party."""
    case = context.case
    found = [Known(r.from_, r.to, r.kind, tuple(r.because)) for r in case.relations if r.from_ != r.to]
    for id_, party in case.parties.items():
        if party.role == "constituency" and party.of in case.parties:
            stated = id_ in case.preferences and case.preferences[id_].stated
            because = tuple(dict.fromkeys(_wants_by(context, id_))) if stated else ()
            found.append(Known(id_, party.of or "", VETO if stated else BEHIND, because, given=True))
    return found


def _wants_by(context: Context, party: str) -> Iterator[str]:
    """The claims that a party's preferences stand on."""
    for element in context.elements.values():
        if element.subject == party and element.kind not in ("control", "proposal"):
            yield from (g for g in element.grounds if g in context.case.claims)


def is_silent(context: Context, party: str) -> bool:
    """Whether nothing is said of what a party or a constituency wants."""
    case = context.case
    stated = party in case.preferences and case.preferences[party].stated
    return (
        case.parties[party].role in ("party", "constituency") and not stated and not case.positions.get(party)
    )


def stakeholder_map(context: Context) -> Figure | None:
    """The picture with its table of ties; None where none is known."""
    every = known_ties(context)
    if not every:
        return None
    drawn = _chosen(context, every)
    there = [t for t in every if t.start in drawn and t.end in drawn]
    ties = _legible(context, there)
    kinds = list(dict.fromkeys(t.kind for t in ties))
    bands = tuple(
        Band(title, tuple(_actor(context, p) for p in drawn if context.case.parties[p].role == role))
        for role, title in BANDS.items()
        if any(context.case.parties[p].role == role for p in drawn)
    )
    drawing = Stakeholders(bands, tuple(Tie(t.start, t.end, kinds.index(t.kind)) for t in ties), tuple(kinds))
    return Figure(
        "stakeholder-map",
        _finding(context, every),
        "Boxes in rows by role: mediators, parties, constituencies, observers. Arrows between them carry a "
        "word for how one stands to the other. The table lists every one.",
        drawing,
        ties_table(context, every),
        _note(context, drawn, len(every) - len(ties)),
    )


def _actor(context: Context, party: str) -> Actor:
    return Actor(party, context.case.party_name(party), is_silent(context, party))


def _chosen(context: Context, ties: Sequence[Known]) -> list[str]:
    """Everybody; of too many the parties, then those with most ties, in the order of the case."""
    case = context.case
    if len(case.parties) <= MOST:
        return list(case.parties)
    tied = {p: sum(p in t.ends for t in ties) for p in case.parties}
    by = sorted(case.parties, key=lambda p: (case.parties[p].role != "party", -tied[p]))[:MOST]
    return [p for p in case.parties if p in by]


def _legible(context: Context, ties: Sequence[Known]) -> list[Known]:
    """Every tie; of too many those of the parties first, in the order of the case."""
    roles = {p: found.role == "party" for p, found in context.case.parties.items()}
    first = sorted(range(len(ties)), key=lambda k: -sum(roles[p] for p in ties[k].ends))[:LEGIBLE]
    return [ties[k] for k in sorted(first)]


# What is said about it


def _finding(context: Context, ties: Sequence[Known]) -> Rich:
    """Whether the parties are in touch, and through whom; who may veto."""
    case = context.case
    parties = [p for p, found in case.parties.items() if found.role == "party"]
    veto = list(dict.fromkeys(t.start for t in ties if t.kind == VETO))
    tail = rich("; ", context.parties(veto), " may veto") if veto else ()
    if not any(not t.given for t in ties):
        count = words.upper_first(words.counted(len(case.parties), "stakeholder"))
        return rich(f"{count}, and nothing is told of how they stand to each other", tail)
    return rich(_touch(context, parties, ties), tail)


def _touch(context: Context, parties: Sequence[str], ties: Sequence[Known]) -> Rich:
    case = context.case
    direct = [t for t in ties if t.start in parties and t.end in parties]
    reach = {
        p: {q for t in ties if p in t.ends for q in t.ends if q in parties and q != p}
        for p in case.parties
        if case.parties[p].role == "mediator"
    }
    carriers = [p for p, reached in reach.items() if len(parties) > 1 and reached >= set(parties)]
    every = "both" if len(parties) == 2 else "all of them"
    who = rich(context.parties(carriers), f" {'reaches' if len(carriers) == 1 else 'reach'} {every}")
    if direct or len(parties) < 2:
        count = words.counted(len(ties), "tie")
        return rich(f"{words.upper_first(count)} known", rich("; ", who) if carriers else ())
    known = "told here" if context.withheld else "known"
    none = f"no mediator is {'said' if context.withheld else 'known'} to reach {every}"
    return rich(f"No direct tie between the parties is {known}; ", who if carriers else none)


def ties_table(context: Context, ties: Sequence[Known]) -> Table:
    """Every tie with what it is known from."""
    columns = tuple(rich(c) for c in ("From", "How", "To", "Known from"))
    rows = tuple(_row(context, tie) for tie in ties)
    return Table("stakeholder-ties", rich("How they stand to each other"), columns, rows, fold=True)


def _row(context: Context, tie: Known) -> Row:
    how: Rich = rich(tie.kind) if tie.given else rich(words.said(context.case, tie.kind))
    known = context.grounds(tie.because)
    last = Cell(known)
    if not known:
        text = (
            rich(Text("as the case is set up", "muted")) if tie.given else rich(Text("assumed", "emphasis"))
        )
        last = Cell(text, mark="" if tie.given else "assumed")
    cells = (rich(context.party(tie.start)), how, rich(context.party(tie.end)))
    return Row("", (*map(Cell, cells), last))


def _note(context: Context, drawn: Sequence[str], left: int) -> Rich:
    text = "An arrow leads from whoever does something to whom it is done; its word says what. "
    text += "Rows are roles, not ranks. "
    if any(is_silent(context, p) for p in drawn):
        text += "A broken frame: nothing is said of what it wants. "
    if len(drawn) < len(context.case.parties):
        text += f"Drawn are {len(drawn)} of {len(context.case.parties)}; the tables have all. "
    if left:
        verb = "is" if left == 1 else "are"
        text += f"{words.upper_first(words.counted(left, 'tie'))} {verb} not drawn; the table has all. "
    return rich(text.strip())
