"""Talking points: what to ask each party, in the same form for all, and what an answer would settle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Basis, Block, Judgement, Paragraph, Rich, Section, joined, rich
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.minds import follows, grouped, shortly
from accordant.brief.plainly import capital, conclusions, sentence, some

if TYPE_CHECKING:
    from accordant.reliance.questions import Assumed, Question, QuestionsResult

EACH, MOST = 3, 6
"""Most questions for one party, and in all."""
LEAST = 2
"""Up to so many questions, parties are also asked to confirm what stands on one named source."""
ASSUMED = 2
"""Most assumptions that each party is asked about where nothing else is open."""
CLAUSES = 2
"""Most conclusions that are named one by one; the others are counted."""


def sections(context: Context) -> Sequence[Section | None]:
    """A section for each party that decides, those whose answers settle most first."""
    result = context.opened.questions()
    useful = [q for q in result.questions if q.decides or q.at_best or q.moved]
    if not useful and not result.assumptions:
        raise NothingToTellError(
            "nothing is open in the case and nothing is assumed: there is nothing to ask of anybody"
        )
    asked = _asked(context, useful)
    parties = [p for p, party in context.case.parties.items() if party.role == "party" or p in asked]
    parties.sort(key=lambda p: -len(asked.get(p, ())))
    opening = [a for a in result.assumptions if a.opens]
    lead = Section(
        "to-ask", rich("What to ask"), (Paragraph("to-ask-say", _lead(context, result, useful), "lead"),)
    )
    made = [_party(context, result, p, asked.get(p, []), _own(context, p, opening)) for p in parties]
    elsewhere = _elsewhere(context, useful, parties, opening)
    return [lead, *made, *elsewhere]


def _asked(context: Context, useful: Sequence[Question]) -> dict[str, list[Question]]:
    """For each party the questions to put to it, those first that settle most; not more than fit a page."""
    found: dict[str, list[Question]] = {}
    room = MOST
    for question in useful:
        for party in question.ask[:1]:
            if room and len(found.setdefault(party, [])) < EACH:
                found[party].append(question)
                room -= 1
    return {party: asked for party, asked in found.items() if asked}


def _lead(context: Context, result: QuestionsResult, useful: Sequence[Question]) -> Rich:
    of = result.open_counted
    if not of:
        return rich(
            "Nothing that was examined is open. What is assumed, or stands on one source, can still be put "
            "to the parties: where it is not confirmed, the answers named below open."
        )
    first = useful[0] if useful else None
    open_ = f"{words.upper_first(words.counted(of, 'answer'))} {'is' if of == 1 else 'are'} open"
    if first is None or not first.ask:
        return rich(f"{open_}.")
    sure, best = result.sure_counted(first), result.best_counted(first)
    settles = (
        f"settles {words.number(sure)} of them whatever it is"
        if sure
        else f"may settle {words.number(best)} of them"
    )
    return rich(f"{open_}; the first question to ", context.parties(first.ask[:1]), f" {settles}.")


# One party


def _party(
    context: Context,
    result: QuestionsResult,
    party: str,
    asked: Sequence[Question],
    assumed: Sequence[Assumed],
) -> Section:
    """What to ask one party; the same form for each."""
    blocks: list[Block] = [_question(context, result, q) for q in asked]
    if not result.open_counted:
        blocks += [_assumption(context, a, f"{party} {a.id}") for a in assumed[:ASSUMED]]
    blocks += [_confirmed(context, c, opens) for c, opens in _alone(context, party)[: LEAST - len(blocks)]]
    if not blocks:
        says = "Nothing that is open turns on an answer of this party."
        blocks.append(Paragraph(context.ids("to-ask-nothing", party), rich(says)))
    return Section(context.ids("to-ask", party), rich("To ask ", context.party(party)), tuple(blocks))


def _question(context: Context, result: QuestionsResult, question: Question) -> Judgement:
    lines = [Basis("Why it matters", _matters(context, result, question))]
    told = [
        rich("if ", sentence(context, shortly(answer.says)), ": ", follows(context, answer.decides, CLAUSES))
        for answer in grouped(question)
    ]
    if told:
        lines.append(Basis("What answers would mean", capital(joined(told[:3], "; "))))
    if question.through:
        carry = [rich(context.party(p)) for p in question.through]
        lines.append(Basis("Through", joined(carry, ", ", " or ")))
    links = tuple(context.ground(t.claim) for t in question.claims if t.claim in context.labels)
    shown = tuple(link for link in links if link.target)[:4]
    return Judgement(
        context.ids("question", question.id), sentence(context, question.asks), tuple(lines), shown
    )


def _matters(context: Context, result: QuestionsResult, question: Question) -> Rich:
    """In a line what hangs on it."""
    sure, best, of = (
        result.sure_counted(question),
        result.best_counted(question),
        words.number(result.open_counted),
    )
    about = question.decides or question.at_best or question.moved
    clauses = [rich("whether ", clause) for clause in conclusions(context, about)]
    what = some(clauses, CLAUSES)
    if sure:
        return rich(f"whatever the answer, it settles {words.number(sure)} of {of} open answers: ", what)
    if best:
        return rich(f"one reply to it would settle {words.number(best)} of {of} open answers: ", what)
    return rich("it changes in how many settings it is so, and settles nothing alone: ", what)


# Assumptions, and what no party is asked


def _own(context: Context, party: str, opening: Sequence[Assumed]) -> list[Assumed]:
    """Assumptions about what a party wants or controls, those first that carry most."""
    found = [a for a in opening if any(_about(context, e) == party for e in a.elements)]
    return sorted(found, key=lambda a: -len(a.opens))


def _about(context: Context, element: str) -> str:
    """The party that an element is about: whose line it is, or who alone controls the issue."""
    found = context.elements.get(element)
    if found is None:
        return ""
    if found.subject in context.case.issues:
        holders = context.case.issues[found.subject].holders
        return holders[0] if len(holders) == 1 else ""
    return found.subject


def _assumption(context: Context, assumed: Assumed, id_: str) -> Judgement:
    clauses = [rich("whether ", clause) for clause in conclusions(context, assumed.opens)]
    lines = (Basis("Why it matters", rich("if it is not so, it is open ", some(clauses, CLAUSES))),)
    asks = sentence(context, assumed.asks)
    return Judgement(context.ids("asked", id_), asks, lines, (context.ground(assumed.id),))


def _alone(context: Context, party: str) -> list[tuple[str, list[str]]]:
    """Claims about a party on which answers stand alone, with these answers, those first that carry most.

    Only what a named source has said for all to hear: to ask about anything else would show who talks.
    """
    carried: dict[str, list[str]] = {}
    for rest in context.rests.conclusions:
        if rest.status != "sometimes":
            for claim in rest.falls_without:
                if claim in context.case.claims and _open_to_all(context, claim, party):
                    carried.setdefault(claim, []).append(rest.conclusion)
    return sorted(carried.items(), key=lambda one: -len(one[1]))


def _open_to_all(context: Context, claim: str, party: str) -> bool:
    found = context.case.claims[claim]
    open_ = found.handling == "public" and found.attribution == "named" and claim not in context.unnamed
    return open_ and found.by == party and claim not in context.handling.withheld


def _confirmed(context: Context, claim: str, opens: Sequence[str]) -> Judgement:
    clauses = [rich("whether ", clause) for clause in conclusions(context, opens)]
    asks = rich(
        "Does this hold as reported: “", words.said(context.case, context.case.claims[claim].says), "”?"
    )
    matters = rich("one source alone says so; if it is not so, it is open ", some(clauses, CLAUSES))
    lines = (Basis("Why it matters", matters),)
    return Judgement(context.ids("asked", claim), asks, lines, (context.ground(claim),))


def _elsewhere(
    context: Context, useful: Sequence[Question], parties: Sequence[str], opening: Sequence[Assumed]
) -> list[Section]:
    """What cannot be asked of a party: shared assumptions, and questions of fact."""
    told: set[str] = {a.id for p in parties for a in _own(context, p, opening)[:ASSUMED]}
    shared = [a for a in opening if a.id not in told]
    blocks: list[Block] = [_assumption(context, a, a.id) for a in shared[:ASSUMED]]
    if not blocks:
        return []
    return [Section("to-ask-all", rich("To confirm with everybody"), tuple(blocks))]
