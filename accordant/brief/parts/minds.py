"""What would change our mind: sources whose loss opens an answer, and what replies would settle one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Bullets, Rich, Text, joined, rich
from accordant.brief.parts.assessed import by_weight
from accordant.brief.plainly import capital, conclusions, sentence, some
from accordant.brief.standing import falls, ground_in_words

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.reliance.questions import Answered, Question
    from accordant.reliance.result import Rest, Status

LOSSES, ASKED = 3, 3
"""Most sources whose loss is told, and most questions."""
CLAUSES = 2
"""Most conclusions that are named each time; the others are counted."""


def bullets(
    context: Context, rests: Sequence[Rest], losses: int = LOSSES, asked: int = ASKED
) -> Bullets | None:
    """Losses first, then answers; None where nothing known would change an answer.

    Parameters
    ----------
    rests
        The conclusions that the paper speaks of, most important first.
    """
    items = [*_losses(context, rests, losses), *_answers(context, asked)]
    return Bullets("minds", tuple(items)) if items else None


# What would open an answer


def _losses(context: Context, rests: Sequence[Rest], most: int) -> list[Rich]:
    """For the grounds that carry most of these answers alone: what would be open without each."""
    carried: dict[str, list[str]] = {}
    for rest in rests:
        if rest.status != "sometimes":
            for ground in falls(context, rest):
                carried.setdefault(ground, []).append(rest.conclusion)
    together: dict[tuple[str, ...], list[str]] = {}
    for ground, opened in sorted(carried.items(), key=lambda one: -len(one[1])):
        together.setdefault(tuple(opened), []).append(ground)
    found = []
    for opening, grounds in list(together.items())[:most]:
        named = [ground_in_words(context, g) for g in grounds[:CLAUSES]]
        if len(grounds) > CLAUSES:
            named.append(rich(f"any of {words.number(len(grounds) - CLAUSES)} more"))
        which = joined(named, ", ", " or ")
        told = _opened(context, opening)
        found.append(rich(Text("If we could not rely on ", "strong"), which, ": ", told, "."))
    return found


def _opened(context: Context, opened: Sequence[str]) -> Rich:
    whether = [rich("whether ", clause) for clause in conclusions(context, by_weight(context, opened))]
    return rich("it would be open ", some(whether, CLAUSES))


# What would settle one


def _answers(context: Context, most: int) -> list[Rich]:
    """For the questions that decide most: what each answer would settle."""
    result = context.opened.questions()
    useful = [q for q in result.questions if q.decides or q.at_best]
    return [told for q in useful[:most] if (told := _question(context, q))]


def _question(context: Context, question: Question) -> Rich:
    told = [
        rich("if ", sentence(context, shortly(answer.says)), ", ", follows(context, answer.decides))
        for answer in grouped(question)
    ]
    whom = rich(" from ", context.parties(question.ask)) if question.ask else ()
    head = rich(Text("If we learnt", "strong"), whom, ": ", sentence(context, question.asks))
    return rich(head, " ", capital(joined(told, "; ")), ".") if told else ()


def shortly(answer: str) -> str:
    """An answer without what only repeats its yes or no.

    Examples
    --------
    >>> shortly("yes, it matters"), shortly("no, rather no deal")
    ('yes', 'no, rather no deal')
    """
    return answer.split(",")[0] if answer in ("yes, it matters", "no, it makes no difference") else answer


def grouped(question: Question) -> list[Answered]:
    """The answers that decide something; of several that decide the same the first."""
    found: dict[tuple[tuple[str, Status], ...], Answered] = {}
    for answer in question.answers:
        if answer.decides:
            found.setdefault(tuple(answer.decides.items()), answer)
    return list(found.values())


def follows(context: Context, decides: Mapping[str, Status], most: int = CLAUSES) -> Rich:
    """What follows from an answer, as clauses."""
    told = []
    for status in ("always", "never"):
        clauses = conclusions(context, [c for c, s in decides.items() if s == status], status == "always")
        if clauses:
            told.append(some(clauses, most))
    return joined(told, "; ")
