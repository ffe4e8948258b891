"""What ``rests --questions`` prints: the questions to ask, what they decide, and which decide together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text

from accordant.cli.output import indented, method_line, title
from accordant.cli.resting import not_listed
from accordant.cli.tables import Page
from accordant.reliance.questions.forms import count, finding, merged, sets, span
from accordant.reliance.questions.wording import listed
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.evidence.handling import Handling
    from accordant.reliance.questions.result import Question, QuestionsResult, Undecided

SETS = 2
"""Smallest sets of answers in one cell; the others are counted."""
NAMED = 6
"""Conclusions, or claims, named one by one; the others are counted."""


def cleared(result: QuestionsResult, held: Handling) -> QuestionsResult:
    """The result without the words of claims that are withheld; their ids stay."""
    from accordant.evidence.handling import WITHHELD

    grounds = {g: WITHHELD if g in held.withheld else said for g, said in result.grounds.items()}
    return replace(result, grounds=grounds)


def questions_page(
    result: QuestionsResult, *, rows: int, full: bool, states: Sequence[RenderableType] = ()
) -> Iterator[RenderableType]:
    """The page: with ``full``, how far each question moves the count of each conclusion.

    ``states`` are lines that say what the states are.
    """
    number = {q.id: str(k) for k, q in enumerate(result.questions, 1)}
    useful = [q for q in result.questions if q.at_best or q.moved]
    shown = useful[: rows or None]
    yield title(result.title)
    yield Text(f"{finding(result)}.")
    if result.open_counted < len(result.undecided):
        yield Text("A state counts once, under however many concepts it is open.", style="dim")
    for q in shown:
        yield Text("")
        yield from _question(q, number[q.id], result)
    if len(useful) > len(shown):
        yield Text(f"… and {len(useful) - len(shown):,} more questions (--rows 0 shows all)", style="dim")
    if idle := [q for q in result.questions if q not in useful]:
        yield Text("")
        yield Text(f"No answer by itself changes a conclusion or a count: {len(idle)}")
        for q in idle[: rows or None]:
            yield indented(f"{number[q.id]}. {q.asks} ({q.id})")
    if result.undecided:
        yield Text("")
        yield Page(_undecided(result, number), rows=rows)
        if full:
            yield from _tornados(result, number)
    yield from _assumptions(result)
    yield from states
    yield method_line(result.method)
    yield from not_listed(result.method)


def _question(q: Question, number: str, result: QuestionsResult) -> Iterator[RenderableType]:
    yield title(f"{number}. {q.asks}")
    ask = listed([result.names.get(p, p) for p in q.ask])
    through = listed([result.names.get(p, p) for p in q.through], "or")
    if ask:
        yield indented(f"Ask {ask}{f', through {through}' if through else ''}.")
    if q.detail:
        yield indented(f"Its place: {q.detail}.")
    of = result.open_counted
    sure, best = result.sure_counted(q), result.best_counted(q)
    what = "open conclusion" if of == 1 else "open conclusions"
    more = f", {best} at best" if best > sure else ""
    yield indented(f"Decides {sure} of {of} {what} whatever the answer{more}.")
    alike: dict[str, list[str]] = {}
    for answer in q.answers:
        told = [
            f"{status} {_some(merged(c for c, s in answer.decides.items() if s == status))}"
            for status in ("always", "never")
            if status in answer.decides.values()
        ]
        if told:
            alike.setdefault("; ".join(told), []).append(answer.says)
    for follows, answers in alike.items():
        yield indented(f"If {'; or '.join(answers)}: {follows}.")
    left = [c for c in q.moved if c not in q.decides]
    if left:
        spans: dict[str, list[str]] = {}
        for c in left:
            spans.setdefault(span(q, c), []).append(c)
        told = [f"{_some(merged(same))} from {ends}" for ends, same in spans.items()]
        yield indented(f"Moves {_some(told, '; ')}.")
    if q.claims:
        by_why: dict[str, list[str]] = {}
        for t in q.claims:
            by_why.setdefault(t.why, []).append(t.claim)
        told = [f"{', '.join(claims)} ({why})" for why, claims in by_why.items()]
        yield indented(f"Claims that touch it: {'; '.join(told)}.")
    yield indented(f"In the case: {q.id}.")


def _some(names: Sequence[str], between: str = ", ") -> str:
    left = len(names) - NAMED
    return between.join(names[:NAMED]) + (f"{between}and {left} more" if left > 0 else "")


def _undecided(result: QuestionsResult, number: dict[str, str]) -> Table:
    """What would decide each open conclusion; those alike in everything share a row."""
    alike: dict[tuple[str, ...], list[str]] = {}
    for u in result.undecided:
        alike.setdefault(_row(u, number), []).append(u.conclusion)
    rows = [(name, *row) for row, same in alike.items() for name in [" · ".join(merged(same))]]
    columns = ("conclusion", "true in", "decided by questions", "always if", "never if")
    return Table("What would decide each open conclusion", columns, tuple(rows))


def _row(u: Undecided, number: dict[str, str]) -> tuple[str, ...]:
    by = "no set is sure to" if u.together is None else " + ".join(number[q] for q in u.together)
    if u.together and u.at_most is not None and 1 < u.at_most < len(u.together):
        by += f" (at most {u.at_most} of them, first {number[u.first or '']})"
    if u.cut:
        by += " *"
    return count(u.settings), by, sets(u.always, SETS, number), sets(u.never, SETS, number)


def _tornados(result: QuestionsResult, number: dict[str, str]) -> Iterator[RenderableType]:
    for u in result.undecided:
        if not (bars := result.tornado(u.conclusion)):
            continue
        yield Text("")
        rows = [
            (
                number[bar.question],
                f"in {count(bar.low)}",
                result.answer(bar.question, bar.low_answer).says,
                f"in {count(bar.high)}",
                result.answer(bar.question, bar.high_answer).says,
            )
            for bar in bars
        ]
        now = f", now in {count(u.settings)} settings" if u.settings else ""
        yield Page(
            Table(
                f"How far each answer moves {u.conclusion}{now}",
                ("question", "lowest", "if", "highest", "if "),
                tuple(rows),
            ),
            rows=0,
        )


def _assumptions(result: QuestionsResult) -> Iterator[RenderableType]:
    opening = [a for a in result.assumptions if a.opens]
    if not opening:
        return
    yield Text("")
    yield title("Assumptions, asked as questions: what becomes open without them")
    for a in opening:
        yield indented(f"{a.asks} ({a.id}) Opens {len(a.opens)}: {_some(merged(a.opens))}.")
