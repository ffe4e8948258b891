"""Talking points: what to ask each party, in the same form for all, and what an answer would settle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Basis, Judgement, Paragraph, Rich, Section, joined, rich
from accordant.brief.kinds import NothingToTellError
from accordant.brief.parts.assessed import by_weight
from accordant.brief.parts.minds import follows, grouped, shortly
from accordant.brief.plainly import capital, conclusions, sentence, some
from accordant.brief.standing import about
from accordant.brief.tabled import pressing

if TYPE_CHECKING:
    from accordant.reliance.questions import Assumed, Question, QuestionsResult

EACH, MOST = 3, 6
"""Most questions for one party, and in all."""
LEAST, OWN = 2, 2
"""Up to so many, a party is also asked to confirm what stands on one source; most assumptions about one."""
WANTED = ("line", "red-line", "ranking", "worth", "reservation", "delay")
"""What a party wants, by kind of element."""
CLAUSES, REPLIES = 1, 3
"""Most conclusions that are named one by one, and most replies whose meaning is told."""


def sections(context: Context) -> Sequence[Section | None]:
    """A section for each party that decides, those whose answers settle most first."""
    result = context.opened.questions()
    useful = sorted(
        (q for q in result.questions if q.decides or q.at_best or q.moved),
        key=lambda q: (-result.sure_counted(q), -result.best_counted(q)),
    )
    opening = [a for a in result.assumptions if a.opens]
    asked = _asked(context, result, useful, opening)
    unasked = [a for a in opening if len(_whom(context, a)) != 1 or blanket(context, a)]
    if not any(asked.values()):
        raise NothingToTellError(
            "nothing that is open, assumed or told by one source alone could be asked of a party"
            + ("; what is assumed of several or of the whole is listed in the whole brief" if unasked else "")
        )
    lead = Paragraph("to-ask-say", _lead(context, result, useful), "lead")
    silent = [p for p, party in context.case.parties.items() if party.role == "party" and not asked.get(p)]
    return [
        Section("to-ask", rich("What to ask"), (lead, _note(context, silent, len(unasked)))),
        *(_party(context, party, own) for party, own in asked.items() if own),
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it is put, and the parties that could carry it."""

    block: Judgement
    through: tuple[str, ...] = ()


def _party(context: Context, party: str, asked: Sequence[Asked]) -> Section:
    """What to ask one party, and through whom."""
    through = list(dict.fromkeys(p for one in asked for p in one.through))
    carry = joined([rich(context.party(p)) for p in through], ", ", " or ")
    lead = (Paragraph(context.ids("through", party), rich("Through ", carry, ".")),) if through else ()
    title = rich("To ask ", context.party(party))
    return Section(context.ids("to-ask", party), title, (*lead, *(one.block for one in asked)))


def _note(context: Context, silent: Sequence[str], unasked: int) -> Paragraph:
    who = joined([rich(context.party(p)) for p in silent], last=" or ")
    nothing = rich("Nothing that is open turns on an answer of ", who, ". ") if silent else ()
    says = "The sources behind these questions are left out, so that the page can be carried into a meeting; "
    verb, they = ("is", "it is no question") if unasked == 1 else ("are", "they are no questions")
    many = words.upper_first(words.counted(unasked, "assumption"))
    told = (
        f" {many} on which answers stand {verb} about several parties or the whole: {they} to one, and "
        "listed in the whole brief."
        if unasked
        else ""
    )
    return Paragraph("to-ask-note", rich(nothing, says, "the whole brief has them.", told), "note")


# Whom to ask what


def _asked(
    context: Context, result: QuestionsResult, useful: Sequence[Question], opening: Sequence[Assumed]
) -> dict[str, list[Asked]]:
    """For each party what to put to it, as much as fits a page: by turns, so that nobody takes it all."""
    waiting: dict[str, list[Asked]] = {}
    for question in useful:
        for party in question.ask[:1]:
            if len(waiting.setdefault(party, [])) < EACH:
                waiting[party].append(_question(context, result, question))
    decide = [p for p, party in context.case.parties.items() if party.role == "party"]
    for party in decide:
        own = waiting.setdefault(party, [])
        if not result.open_counted:
            own += [_assumption(context, a, f"{party} {a.id}") for a in _own(context, party, opening)[:OWN]]
        room = max(0, LEAST - len(own))
        own += [_confirmed(context, c, opens) for c, opens in _alone(context, party)[:room]]
    first = {p: k for k, q in reversed([*enumerate(useful)]) for p in q.ask[:1]}
    order = sorted(waiting, key=lambda p: (first.get(p, len(useful)), -len(waiting[p])))
    given: dict[str, list[Asked]] = {p: [] for p in order}
    for turn in range(EACH):
        for party in order:
            if turn < len(waiting[party]) and sum(map(len, given.values())) < MOST:
                given[party].append(waiting[party][turn])
    return given


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


# One question


def _question(context: Context, result: QuestionsResult, question: Question) -> Asked:
    lines = [Basis("Why it matters", _matters(context, result, question))]
    told = [
        rich("if ", sentence(context, shortly(answer.says)), ": ", follows(context, answer.decides, CLAUSES))
        for answer in grouped(question)
    ]
    if told:
        lines.append(Basis("What answers would mean", capital(joined(told[:REPLIES], "; "))))
    asks = sentence(context, question.asks)
    return Asked(Judgement(context.ids("question", question.id), asks, tuple(lines), ()), question.through)


def _matters(context: Context, result: QuestionsResult, question: Question) -> Rich:
    """In a line what hangs on it."""
    sure, best = result.sure_counted(question), result.best_counted(question)
    of = words.number(result.open_counted)
    what = _open(context, question.decides or question.at_best or question.moved)
    if sure:
        return rich(f"any reply settles {words.number(sure)} of {of} open answers: ", what)
    if best:
        return rich(f"one reply settles {words.number(best)} of {of} open answers: ", what)
    return rich("no reply settles anything alone; replies change in how many settings it is so: ", what)


def _open(context: Context, conclusions_: Iterable[str]) -> Rich:
    """What is open, the most pressing first, the rest counted."""
    clauses = conclusions(context, by_weight(context, conclusions_))
    return some([rich("whether ", clause) for clause in clauses], CLAUSES)


# What is assumed, and what one source alone says


def _own(context: Context, party: str, opening: Sequence[Assumed]) -> list[Assumed]:
    """Assumptions about what one party wants or controls, those first that carry most.

    One that is about several who decide is none's own, and one that carries the whole no question.
    """
    found = [a for a in opening if _whom(context, a) == {party} and not blanket(context, a)]
    return sorted(found, key=lambda a: -len(a.opens))


def blanket(context: Context, assumed: Assumed) -> bool:
    """Whether all that a party wants, or most of the model, stands on an assumption."""
    on = set(assumed.elements)
    wanted: dict[str, set[str]] = {}
    for id_, element in context.elements.items():
        if element.subject in context.case.parties and element.kind in WANTED:
            wanted.setdefault(element.subject, set()).add(id_)
    return 2 * len(on) > len(context.elements) or any(own <= on for own in wanted.values())


def _whom(context: Context, assumed: Assumed) -> set[str]:
    """Those who decide that an assumption is about."""
    decide = {p for p, party in context.case.parties.items() if party.role == "party"}
    return {_about(context, element) for element in assumed.elements} & decide


def _about(context: Context, element: str) -> str:
    """The party that an element is about: whose line it is, or who alone controls the issue."""
    found = context.elements.get(element)
    if found is None:
        return ""
    if found.subject in context.case.issues:
        holders = context.case.issues[found.subject].holders
        return holders[0] if len(holders) == 1 else ""
    return found.subject


def _assumption(context: Context, assumed: Assumed, id_: str) -> Asked:
    asks = sentence(context, assumed.asks) if assumed.stated else _implied(context, assumed.elements[0])
    lines = _confirming(context, "nobody has said so; it is assumed", assumed.opens)
    return Asked(Judgement(context.ids("asked", id_), asks, lines, ()))


def _confirming(context: Context, why: str, opens: Sequence[str]) -> tuple[Basis, ...]:
    """Why something is to be confirmed, and what it would mean that it is so, and that it is not."""
    means = rich("If so: what is told stands; if not: it is open ", _open(context, opens))
    return Basis("Why it matters", rich(f"{why}, and answers stand on it")), Basis(
        "What answers would mean", means
    )


def _implied(context: Context, element: str) -> Rich:
    """The question whether something is so for which the case gives no ground."""
    what = context.element_words(element)
    now = context.values.get(context.states.status_quo or "")
    if (found := context.elements[element]).kind == "status-quo" and now:
        what = rich("now, ", words.package(context.case, now))
    if found.kind == "line":
        return rich("Does ", context.party(found.subject), " want “", *what, "”?")
    if found.kind == "red-line":
        return rich("Is it so for ", context.party(found.subject), ": “", *what, "”?")
    return rich("Is it so that “", *what, "”?")


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
    now = set(pressing(context))
    weigh = {c: sum(about(id_).subject in now for id_ in ids) for c, ids in carried.items()}
    ranked = sorted(carried.items(), key=lambda one: (-weigh[one[0]], -len(one[1])))
    return ranked


def _open_to_all(context: Context, claim: str, party: str) -> bool:
    found = context.case.claims[claim]
    open_ = found.handling == "public" and found.attribution == "named" and claim not in context.unnamed
    return open_ and found.by == party and claim not in context.handling.withheld


def _confirmed(context: Context, claim: str, opens: Sequence[str]) -> Asked:
    asks = rich(
        "Is this reported rightly: “", words.said(context.case, context.case.claims[claim].says), "”?"
    )
    lines = _confirming(context, "one source alone says so", opens)
    return Asked(Judgement(context.ids("asked", claim), asks, lines, ()))
