"""The options paper: a few packages against no deal, what speaks for and against each, party by party."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
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
    rich,
)
from accordant.brief.kinds import NothingToTellError
from accordant.brief.packages import between
from accordant.brief.parts import cited, firmness, minds
from accordant.brief.parts.parties import delay_words
from accordant.brief.parts.resting import resting
from accordant.brief.parts.staged import breaks_off
from accordant.brief.parts.summary_of_sources import statement
from accordant.brief.parts.weighed import Option, options
from accordant.brief.parts.weighing import ACCEPTS, moves, term, told_in_full
from accordant.brief.plainly import capital, concepts_in_short, settled, standing_of
from accordant.brief.standing import find
from accordant.case.wording import listed

if TYPE_CHECKING:
    from accordant.agreement.package import PackageAnswer

COLUMNS = 4
"""Most parties that have a column of their own in the overview."""
NAMED = 6
"""Most parties that the overview names by what they say; more have a row each in a table of their own."""
RESTING = 6
"""Most outcomes that hold under every concept that are listed where there is nothing to weigh."""
CITED, ASSUMED = 18, 6
"""Most claims and assumptions that are listed."""


def sections(context: Context) -> Sequence[Section | None]:
    """The overview, each option, no deal, what would change it, and what it stands on."""
    if not context.states.no_deal:
        raise NothingToTellError(
            "an options paper compares packages with no deal, and the case says of no state that it is that; "
            "give it no_deal or a status_quo"
        )
    weighed = options(context)
    if not weighed and not resting(context):
        raise NothingToTellError("the case has no proposal and no agreement that could be weighed")
    baseline = _baseline(context)
    letters = {o.state: o.letter for o in reversed(weighed) if o.state is not None}
    body = [
        _overview(context, weighed) if weighed else _rest(context),
        *(told_in_full(context, option, baseline, letters) for option in weighed),
        _no_deal(context, baseline),
        _mind(context, weighed),
    ]
    return [*body, _standing(context, body)]


def _baseline(context: Context) -> PackageAnswer | None:
    """No deal as a package, where it is one state."""
    states = list(context.states.no_deal)
    return context.opened.package(states[0]) if len(states) == 1 else None


# The overview


def _overview(context: Context, weighed: Sequence[Option]) -> Section:
    blocks: list[Block] = [
        Paragraph("overview-say", _found(context, weighed), "lead"),
        *_tables(context, weighed),
    ]
    if (more := _could_be_added(context, weighed)) is not None:
        blocks.append(more)
    note = rich(
        "For and against is told against no deal: in each party’s own order, most important first, or in its "
        "own numbers, largest first, which cannot be compared between parties. ",
        concepts_in_short(context),
    )
    return Section("overview", rich("The options in short"), (*blocks, Paragraph("holds-note", note, "note")))


def _rest(context: Context) -> Section:
    """That there is nothing to weigh, and where it could come to rest instead."""
    found = resting(context)
    of = len(context.stability.concepts)
    many, verb = words.counted(len(found), "outcome"), "holds" if len(found) == 1 else "hold"
    lead = (
        "No package is on the table, and none is acceptable to every party: there is nothing to weigh. "
        f"{words.upper_first(many)} {verb} under {words.concepts(list(context.stability.concepts), of)}; "
        f"{'it is' if len(found) == 1 else 'they are'} where it could come to rest."
    )
    parties = [p for p, party in context.case.parties.items() if party.role == "party"]
    rows = tuple(_resting_row(context, s, parties) for s in found[:RESTING])
    if start := [s for s in (context.states.status_quo,) if s is not None and s not in found]:
        rows += (_resting_row(context, start[0], parties),)
    columns = tuple(rich(c) for c in ("Outcome", "Who must move", "Worse than no deal for", "Holds"))
    left = len(found) - RESTING
    key = rich(f"{words.upper_first(words.counted(left, 'more'))} in the whole brief." if left > 0 else "")
    table = Table("resting-table", rich("Where it could come to rest"), columns, rows, key=key)
    blocks = (
        Paragraph("overview-say", rich(lead), "lead"),
        table,
        Paragraph("holds-note", rich(concepts_in_short(context)), "note"),
    )
    return Section("overview", rich("No package"), blocks)


def _resting_row(context: Context, state: str, parties: Sequence[str]) -> Row:
    start = context.states.status_quo
    what = settled(context, state) if state != start else rich("the status quo")
    found = context.opened.package(state).answer.acceptable
    by = {kind: [p for p in parties if p in found and found[p].answer == kind] for kind in ("no", "unknown")}
    worse = [context.parties(by["no"])] if by["no"] else []
    worse += [rich("open for ", context.parties(by["unknown"]))] if by["unknown"] else []
    who = moves(context, state) if state != start else ()
    cells = (what, who, joined(worse, "; "), rich(standing_of(context, state).removeprefix("holds ")))
    return Row("", tuple(Cell(text or rich(Text("nobody", "muted"))) for text in cells))


def _could_be_added(context: Context, weighed: Sequence[Option]) -> Paragraph | None:
    """Guarantees and inducements of the case that no option has."""
    case = context.case
    had = {t for o in weighed if o.why == "proposal" for t in case.proposals[o.proposal].terms}
    left = [term(context, t) for t in case.terms if t not in had]
    if not left:
        return None
    head = rich("Guarantees and inducements that none of them has and that could be added: ")
    return Paragraph("overview-terms", rich(head, joined(left, "; "), "."))


def _found(context: Context, weighed: Sequence[Option]) -> Rich:
    """Which options all would accept, which are open, which somebody refuses."""
    by = {
        kind: [o.letter for o in weighed if o.answer.answer.agreement == kind]
        for kind in ("yes", "unknown", "no")
    }
    clauses: list[Rich] = []
    if by["yes"]:
        broken = [
            rich("in carrying out ", o.letter, ", ", off)
            for o in weighed
            if o.why == "proposal" and o.letter in by["yes"] and (off := breaks_off(context, o.proposal))
        ]
        though = rich(", though ", joined(broken, " and ")) if broken else ()
        clauses.append(rich(f"every party would accept {listed(by['yes'])}", though))
    if by["unknown"]:
        clauses.append(rich(f"{listed(by['unknown'])} {'is' if len(by['unknown']) == 1 else 'are'} open"))
    if by["no"]:
        verb = "is" if len(by["no"]) == 1 else "are"
        clauses.append(rich(f"{listed(by['no'])} {verb} refused by at least one"))
    head = f"Of {words.counted(len(weighed), 'option')} weighed against no deal, "
    if not by["yes"] and not by["unknown"]:
        many = words.counted(len(weighed), "option")
        none = {1: "The one option", 2: "Neither of the two options"}.get(len(weighed), f"None of the {many}")
        verb = "is not" if len(weighed) == 1 else "is"
        return rich(f"{none} weighed here {verb} acceptable to every party.")
    if not by["yes"]:
        return rich(head, "none is sure to be accepted by every party: ", joined(clauses, " and "), ".")
    return rich(head, joined(clauses, "; "), ".")


def _tables(context: Context, weighed: Sequence[Option]) -> Iterator[Table]:
    """The options with what each party says; of many parties in a second table, one row each."""
    parties = list(dict.fromkeys(p for o in weighed for p in o.answer.answer.acceptable))
    heads = [rich("Answers")]
    if len(parties) <= NAMED:
        heads = [rich("Accept"), rich("Open"), rich("Refuse")]
    if len(parties) <= COLUMNS:
        heads = [rich(context.party(p)) for p in parties]
    columns = (rich("Option"), rich("It settles"), *heads, rich("Once reached"))
    rows = [_row(context, option, parties) for option in weighed]
    rows.append(_none(context, len(heads)))
    many = len(parties) > NAMED
    title = "The options, and how many parties accept them" if many else _SAYS
    yield Table("overview-table", rich(title), columns, tuple(rows))
    if many:
        answers = tuple(_party(context, p, weighed) for p in parties)
        letters = (rich(f"Option {o.letter}") for o in weighed)
        yield Table("answers-table", rich(_SAYS), (rich("Party"), *letters), answers)


_SAYS = "The options, and what each party says to them"


def _party(context: Context, party: str, weighed: Sequence[Option]) -> Row:
    found = [o.answer.answer.acceptable for o in weighed]
    answers = (_answer(by[party].answer if party in by else None) for by in found)
    return Row("", (Cell(rich(context.party(party))), *answers))


def _in_short(by: Mapping[str, Sequence[str]], of: int) -> str:
    """How many accept, leave it open and refuse."""
    if len(by["yes"]) == of:
        return f"all {words.number(of)} accept"
    many = {kind: len(found) for kind, found in by.items() if found}
    said = {
        "yes": "accepts" if many.get("yes") == 1 else "accept",
        "unknown": "open",
        "no": "refuses" if many.get("no") == 1 else "refuse",
    }
    return ", ".join(f"{words.number(count)} {said[kind]}" for kind, count in many.items())


def _row(context: Context, option: Option, parties: Sequence[str]) -> Row:
    found = option.answer.answer.acceptable
    settles = (
        settled(context, option.state) if option.state is not None else rich("leads nowhere as it stands")
    )
    if len(parties) <= COLUMNS:
        answers = [_answer(found[p].answer if p in found else None) for p in parties]
    else:
        by = {
            kind: [p for p in parties if p in found and found[p].answer == kind]
            for kind in ("yes", "unknown", "no")
        }
        answers = [Cell(context.parties(by[kind]) or rich(Text("nobody", "muted"))) for kind in by]
        if len(parties) > NAMED:
            answers = [Cell(rich(_in_short(by, len(parties))))]
    lasts = standing_of(context, option.state) if option.state is not None else "–"
    return Row("", (Cell(rich(Text(option.letter, "strong"))), Cell(settles), *answers, Cell(rich(lasts))))


def _answer(answer: object) -> Cell:
    if answer not in ACCEPTS:
        return Cell(rich(Text("–", "muted")))
    says, mark = ACCEPTS[answer]
    return Cell(rich(says), mark=mark)


def _none(context: Context, answers: int) -> Row:
    state = list(context.states.no_deal)
    what = settled(context, state[0]) if len(state) == 1 else rich(f"one of {len(state):,} outcomes")
    lasts = standing_of(context, state[0]) if len(state) == 1 else "–"
    dash = Cell(rich(Text("–", "muted")))
    return Row("", (Cell(rich("No deal")), Cell(what), *[dash] * answers, Cell(rich(lasts))))


# The comparison


def _no_deal(context: Context, baseline: PackageAnswer | None) -> Section:
    states = list(context.states.no_deal)
    same = " It is the status quo." if states == [context.states.status_quo] else ""
    what = joined([settled(context, s) for s in states[:3]], "; or ")
    facts: list[tuple[str, Rich]] = []
    if baseline is not None and baseline.worths:
        worths = [rich(context.party(p), f": {between(*w.no_deal)}") for p, w in baseline.worths.items()]
        facts.append(("Worth to each, in its own numbers", joined(worths, "; ")))
    if waiting := _waiting(context):
        facts.append(("Waiting", waiting))
    facts.append(("Once there", capital(rich(standing_of(context, states[0])))))
    element = "no_deal"
    if element in context.elements:
        facts.append(("Known from", context.basis(element)))
    entries = tuple(Definition("", rich(term), says) for term, says in facts)
    says = rich("If talks fail: ", what, ".", same)
    return Section(
        "no-deal",
        rich("For comparison: no deal"),
        (Paragraph("no-deal-say", says), Definitions("no-deal-facts", entries)),
    )


def _waiting(context: Context) -> Rich:
    found = [
        rich(context.party(p), ": ", delay_words(preference.delay), " ", context.basis(f"{p}.delay"))
        for p, preference in context.case.preferences.items()
        if preference.delay is not None
    ]
    return joined(found, "; ")


# What it stands on


def _mind(context: Context, weighed: Sequence[Option]) -> Section | None:
    about = [f"agreement({o.proposal})" for o in weighed if o.why == "proposal"]
    rests = [r for c in (*about, "agreement-exists") if (r := find(context, c)) is not None]
    found = minds.bullets(context, rests)
    return Section("mind", rich("What would change our mind"), (found,)) if found is not None else None


def _standing(context: Context, body: Sequence[Section | None]) -> Section:
    made = statement(context)
    claims, assumed = cited.grounds(context, [*body, Section("", (), (made,))])
    blocks: list[Block] = [made, Paragraph("confidence-rule", rich(firmness.RULE), "note")]
    inner: list[Section] = []
    ids = cited.listed_first(cited.carrying(context, assumed, ()), assumed, ASSUMED)
    listed = cited.assumptions(context, ids)
    if listed is not None:
        blocks.append(listed)
    lists = cited.lists(context, claims[:CITED])
    if lists:
        left = len(claims) - CITED
        more = (Paragraph("cited-more", rich(_more(left)), "note"),) if left > 0 else ()
        inner.append(Section("cited", rich("Sources cited"), (*lists, *more)))
    return Section("sources", rich("What it stands on"), tuple(blocks), tuple(inner))


def _more(left: int) -> str:
    verb = "is" if left == 1 else "are"
    many = words.upper_first(words.counted(left, "more claim"))
    return f"{many} that this paper cites {verb} in the whole brief."
