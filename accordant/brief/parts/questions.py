"""What would settle it: the questions to ask, how far each moves an answer, and which decide together."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import (
    Block,
    Cell,
    Paragraph,
    Ref,
    Rich,
    Row,
    Section,
    Table,
    Text,
    ended,
    joined,
    muted,
    rich,
)
from accordant.brief.figures.tornado import tornado_figures
from accordant.brief.paper import left_to
from accordant.brief.standing import about, package_name, sentence

if TYPE_CHECKING:
    from accordant.reliance.questions import Assumed, Question, QuestionsResult, Undecided
    from accordant.reliance.result import Status

SHOWN = 10
"""Most questions in the table."""
NAMED = 3
"""Most statements that an answer decides, one by one; the others are counted."""
SETS = 2
"""Most smallest sets of answers that are shown of each kind."""


def section(context: Context) -> Section | None:
    """The questions, the pictures, and what decides each open conclusion; None where nothing is open."""
    result = context.opened.questions()
    if not result.undecided or not result.questions:
        return None
    useful = [q for q in result.questions if q.at_best or q.moved]
    blocks: list[Block] = [Paragraph("to-ask-say", _intro(context, result))]
    if useful:
        blocks.append(_questions(context, result, useful))
    blocks += [
        left_to(figure, "accordant rests --questions", "has the counts of every answer", 0)
        for figure in tornado_figures(context, result)
    ]
    left = _not_told(context, result, useful[:SHOWN])
    if left:
        blocks.append(_undecided(context, result, left))
    opening = [a for a in result.assumptions if a.opens]
    if opening:
        blocks.append(_assumptions(context, opening))
    if result.method.cut:
        blocks.append(
            Paragraph("to-ask-cut", rich("Not complete: ", context.sentence(result.method.cut), "."), "note")
        )
    return Section("to-ask", rich("What would settle it"), tuple(blocks))


def _intro(context: Context, result: QuestionsResult) -> Rich:
    of, first = len(result.undecided), result.questions[0]
    open_ = words.upper_first(words.counted(of, "conclusion"))
    head = rich(f"{open_} {'is' if of == 1 else 'are'} open. ")
    whom = rich(" of ", context.parties(first.ask)) if first.ask else rich()
    ref = Ref(context.ids("question", first.id), (Text("one question"),))
    if first.decides:
        every = "it" if of == 1 else "all of them" if len(first.decides) == of else ""
        told = every or f"{words.number(len(first.decides))} of them"
        return rich(head, "The answer to ", ref, whom, f" decides {told}, whatever it is.")
    if first.at_best:
        best = words.number(len(first.at_best))
        return rich(head, "No one answer is sure to decide any; ", ref, whom, f" may decide {best}.")
    return rich(head, "No one answer decides any of them.")


def _questions(context: Context, result: QuestionsResult, useful: Sequence[Question]) -> Table:
    columns = ("Question", "Ask", "Decides", "What follows", "Claims that touch it")
    rows = tuple(_question(context, result, q, k) for k, q in enumerate(useful[:SHOWN], 1))
    left = len(result.questions) - len(rows)
    more = (
        f" {words.upper_first(words.counted(left, 'further question'))} decide less or nothing."
        if left
        else ""
    )
    key = rich(
        "“Decides”: so many of the open conclusions are true or false in every setting left, whatever the "
        f"answer; in brackets, with the most telling answer.{more}"
    )
    title = rich("Questions to ask, those first that decide most")
    return Table("to-ask-questions", title, tuple(rich(c) for c in columns), rows, key=key, wide=True)


def _question(context: Context, result: QuestionsResult, q: Question, number: int) -> Row:
    of = len(result.undecided)
    sure, best = len(q.decides), len(q.at_best)
    decides = f"{sure} of {of}" + (f" ({best})" if best > sure else "")
    asks = rich(f"{number}. ", context.sentence(q.asks))
    detail = (ended(context.sentence(words.upper_first(q.detail))),) if q.detail else ()
    ask = context.parties(q.ask)
    if q.through:
        ask = rich(ask, muted(rich("\nthrough ", context.parties(q.through))))
    cells = (
        Cell(asks, opens=detail),
        Cell(ask),
        Cell(rich(decides)),
        Cell(_follows(context, q)),
        Cell(context.grounds(t.claim for t in q.claims)),
    )
    return Row(context.ids("question", q.id), cells)


def _follows(context: Context, q: Question) -> Rich:
    """What each answer decides; answers that decide the same stand together."""
    alike: dict[tuple[tuple[str, Status], ...], list[str]] = {}
    for answer in q.answers:
        if answer.decides:
            alike.setdefault(tuple(answer.decides.items()), []).append(answer.says)
    told = []
    for decides, answers in alike.items():
        says = joined([context.sentence(a) for a in answers], "; or ")
        told.append(rich("If ", says, ": ", _decided(context, dict(decides)), "."))
    if not told and q.moved:
        (low, _), (high, _) = q.moves[q.moved[0]]
        ends = "from {} of {} to {} of {} settings".format(*low, *high)
        return rich(sentence(context, q.moved[0]), f": {ends}.")
    return joined(told, "\n")


def _decided(context: Context, decides: Mapping[str, Status]) -> Rich:
    told = []
    for status, word in (("always", "true"), ("never", "false")):
        said = statements(context, [c for c, s in decides.items() if s == status])
        if said:
            left = len(said) - NAMED
            more = f"; and {words.number(left)} more" if left > 0 else ""
            told.append(rich(f"{word}, ", joined(said[:NAMED], "; "), more))
    return joined(told, ". Then ")


def statements(context: Context, conclusions: Sequence[str]) -> list[Rich]:
    """Conclusions as sentences; states that hold under the same concepts share one."""
    concepts: dict[str, list[str]] = {}
    for c in conclusions:
        if about(c).kind == "holds":
            concepts.setdefault(about(c).subject, []).append(about(c).detail)
    states: dict[tuple[str, ...], list[str]] = {}
    for state, names in concepts.items():
        states.setdefault(tuple(names), []).append(state)
    said = [sentence(context, c) for c in conclusions if about(c).kind != "holds"]
    of = len(context.stability.concepts)
    for under, same in states.items():
        subject = words.either([package_name(context, s) for s in same])
        verb = "holds" if len(same) == 1 else "hold"
        said.append(rich(subject, f" {verb} under {words.concepts(under, of)}"))
    return said


def _not_told(context: Context, result: QuestionsResult, shown: Sequence[Question]) -> list[Undecided]:
    """The open conclusions but those that one question of the table decides: there its answers name them."""
    named = {q.id for q in shown if all(_all_named(context, a.decides) for a in q.answers)}
    return [u for u in result.undecided if u.cut or u.together is None or not _alone(u, named)]


def _alone(u: Undecided, named: Collection[str]) -> bool:
    asked = {q for sets in (u.always, u.never) for chosen in sets for q, _ in chosen}
    return asked == set(u.together or ()) and len(asked) == 1 and asked <= set(named)


def _all_named(context: Context, decides: Mapping[str, Status]) -> bool:
    """Whether what an answer decides is told one by one, nothing only counted."""
    by_status = [[c for c, s in decides.items() if s == status] for status in ("always", "never")]
    return all(len(statements(context, said)) <= NAMED for said in by_status)


def _undecided(context: Context, result: QuestionsResult, left: Sequence[Undecided]) -> Table:
    number = {q.id: str(k) for k, q in enumerate(result.questions, 1)}
    alike: dict[object, list[Undecided]] = {}
    for u in left:
        alike.setdefault((u.settings, u.together, u.first, u.at_most, u.always, u.never, u.cut), []).append(u)
    rows = []
    for same in alike.values():
        u = same[0]
        cells = (
            Cell(joined(statements(context, [s.conclusion for s in same]), "; ")),
            Cell(rich("" if u.settings is None else "{} of {}".format(*u.settings))),
            Cell(_together(context, u, number)),
            Cell(_sets(context, result, u.always, number)),
            Cell(_sets(context, result, u.never, number)),
        )
        rows.append(Row("", cells))
    columns = ("Open conclusion", "True in settings", "Decided by questions", "True if", "False if")
    title = rich("What would decide each open conclusion")
    key = rich(
        "“Decided by questions”: their answers together decide it, whatever they are, and no set without one "
        "of them does. “True if”, “False if”: smallest sets of answers that suffice."
        + ("" if len(left) == len(result.undecided) else " What one question above decides is told there.")
    )
    return Table(
        "to-ask-together",
        title,
        tuple(rich(c) for c in columns),
        tuple(rows),
        key=key,
        wide=True,
        fold=len(rows) > 6,
    )


def _together(context: Context, u: Undecided, number: Mapping[str, str]) -> Rich:
    if u.together is None:
        return rich("no set is sure to")
    by = words.either([rich(number[q]) for q in u.together])
    few = u.at_most is not None and 1 < u.at_most < len(u.together)
    more = f"; asked one by one, at most {u.at_most}, first {number[u.first or '']}" if few else ""
    return rich(by, more, "; perhaps fewer" if u.cut else "")


def _sets(
    context: Context,
    result: QuestionsResult,
    sets: Sequence[Sequence[tuple[str, str]]],
    number: Mapping[str, str],
) -> Rich:
    told = [
        joined(
            [rich(f"{number[q]}: ", context.sentence(result.answer(q, a).says)) for q, a in chosen], " and "
        )
        for chosen in sets[:SETS]
    ]
    left = len(sets) - SETS
    return rich(joined(told, "; or "), f"; or {words.number(left)} more" if left > 0 else "")


def _assumptions(context: Context, opening: Sequence[Assumed]) -> Table:
    rows = tuple(
        Row(
            "",
            (
                Cell(rich(context.sentence(a.asks), " ", context.ground(a.id))),
                Cell(rich(words.number(len(a.opens)))),
                Cell(joined(statements(context, a.opens)[:NAMED], "; ")),
            ),
        )
        for a in opening
    )
    columns = ("Is it so?", "Opens", "Conclusions")
    title = rich("Assumptions, asked as questions: what becomes open without them")
    return Table("to-ask-assumed", title, tuple(rich(c) for c in columns), rows, fold=len(rows) > 6)
