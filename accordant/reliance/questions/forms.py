"""Questions as data and as tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from accordant.reliance.questions.wording import listed
from accordant.stability.concepts import CONCEPTS
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.reliance.questions.result import (
        Chosen,
        Count,
        Question,
        QuestionsResult,
        Undecided,
    )

SHOWN = 3
"""Smallest sets of answers in one cell of a table, and answers in one of them; the others are counted."""

Joined = tuple[tuple[str, tuple[str, ...]], ...]
"""Questions with those of their answers that come to the same."""


def as_json(result: QuestionsResult) -> dict[str, Any]:
    """The documented form of ``rests --questions --json``."""
    return {
        "schema": "accordant/questions/1",
        "open": result.open_counted,
        "questions": [
            _question(q) | {"counted": {"decides": result.sure_counted(q), "at_best": result.best_counted(q)}}
            for q in result.questions
        ],
        "assumptions": [
            {
                "id": a.id,
                "asks": a.asks,
                "says": a.says,
                "stated": a.stated,
                "opens": list(a.opens),
                "elements": list(a.elements),
            }
            for a in result.assumptions
        ],
        "undecided": [_undecided(u) for u in result.undecided],
        "decided": dict(result.decided),
        "grounds": {g: said for g, said in result.grounds.items() if g in _named(result)},
        "method": result.method.to_json(),
    }


def _named(result: QuestionsResult) -> set[str]:
    """The claims and assumptions that the result speaks of."""
    return {t.claim for q in result.questions for t in q.claims} | {a.id for a in result.assumptions}


def _question(q: Question) -> dict[str, Any]:
    return {
        "id": q.id,
        "kind": q.kind,
        "asks": q.asks,
        "detail": q.detail or None,
        "ask": list(q.ask),
        "through": list(q.through),
        "claims": [{"claim": t.claim, "why": t.why} for t in q.claims],
        "answers": [
            {
                "id": a.id,
                "ids": list(a.ids),
                "says": a.says,
                "decides": dict(a.decides),
                "settings": _counts(a.settings),
            }
            for a in q.answers
        ],
        "decides": list(q.decides),
        "at_best": list(q.at_best),
        "moves": {
            c: {
                "low": {"settings": list(low[0]), "answer": low[1]},
                "high": {"settings": list(high[0]), "answer": high[1]},
            }
            for c, (low, high) in q.moves.items()
            if q.spread(c)
        },
        "bears_on": list(q.bears_on),
        "complete": q.complete,
        "note": q.note or None,
    }


def _counts(counts: Mapping[str, Count | None]) -> dict[str, list[int] | None]:
    return {c: None if found is None else list(found) for c, found in counts.items()}


def _undecided(u: Undecided) -> dict[str, Any]:
    return {
        "conclusion": u.conclusion,
        "says": u.says,
        "settings": None if u.settings is None else list(u.settings),
        "questions": list(u.questions),
        "together": None if u.together is None else list(u.together),
        "first": u.first,
        "at_most": u.at_most,
        "always": [_pairs(chosen) for chosen in u.always],
        "never": [_pairs(chosen) for chosen in u.never],
        "cut": u.cut or None,
    }


def _pairs(chosen: Chosen) -> list[dict[str, str]]:
    return [{"question": q, "answer": a} for q, a in chosen]


def questions_table(result: QuestionsResult) -> Table:
    """One row per question, those first that decide most."""
    rows = [
        (
            q.id,
            q.asks,
            ", ".join(q.ask),
            ", ".join(q.through),
            result.sure_counted(q),
            result.best_counted(q),
            "; ".join(f"{c}: {span(q, c)}" for c in q.moved[:SHOWN]),
            ", ".join(t.claim for t in q.claims),
        )
        for q in result.questions
    ]
    columns = ("question", "asks", "ask", "through", "decides", "at best", "moves", "claims")
    return Table(finding(result), columns, tuple(rows))


def finding(result: QuestionsResult) -> str:
    """The finding in one line."""
    open_ = result.open_counted
    if not open_:
        return "Nothing is open: no answer would change a conclusion"
    conclusions = "open conclusion" if open_ == 1 else "open conclusions"
    if not result.questions:
        return f"{open_} {conclusions}, and no question that would decide {'it' if open_ == 1 else 'them'}"
    best = result.questions[0]
    whom = listed([result.names.get(p, p) for p in best.ask])
    first = f"Ask {whom} first: {best.asks}" if whom else f"First: {best.asks}"
    if sure := result.sure_counted(best):
        return f"{first} That decides {sure} of {open_} {conclusions}, whatever the answer"
    if may := result.best_counted(best):
        return f"{first} No one answer is sure to decide, but this may decide {may} of {open_} {conclusions}"
    if best.decides or best.at_best:
        return f"{first} It decides some concepts of a state, and no conclusion of {open_} as a whole"
    return f"No one answer decides any of {open_} {conclusions}"


def span(question: Question, conclusion: str) -> str:
    """From the lowest to the highest count: ``0 of 8 to 8 of 8``."""
    (low, _), (high, _) = question.moves[conclusion]
    return "{} of {} to {} of {}".format(*low, *high)


def answers_table(result: QuestionsResult) -> Table:
    """One row per question, answer and open conclusion that it bears on."""
    rows = [
        (q.id, a.says, c, a.decides.get(c, "sometimes"), count(found))
        for q in result.questions
        for a in q.answers
        for c, found in a.settings.items()
    ]
    columns = ("question", "answer", "conclusion", "then", "settings left")
    return Table("What follows from each answer", columns, tuple(rows))


def undecided_table(result: QuestionsResult) -> Table:
    """One row per open conclusion: what would decide it."""
    rows = [
        (
            u.conclusion,
            count(u.settings),
            "none is sure to" if u.together is None else " + ".join(u.together),
            "" if u.at_most is None else u.at_most,
            sets(u.always),
            sets(u.never),
        )
        for u in result.undecided
    ]
    columns = ("conclusion", "settings", "decided by", "questions at most", "always if", "never if")
    return Table("What would decide each open conclusion", columns, tuple(rows))


def tornado_table(result: QuestionsResult) -> Table:
    """One row per open conclusion and question that moves its count, furthest first."""
    rows = [
        (u.conclusion, bar.question, bar.low_answer, count(bar.low), bar.high_answer, count(bar.high))
        for u in result.undecided
        for bar in result.tornado(u.conclusion)
    ]
    columns = ("conclusion", "question", "lowest if", "settings", "highest if", "settings left")
    return Table("How far each question moves each count", columns, tuple(rows))


def assumptions_table(result: QuestionsResult) -> Table:
    """One row per assumption: what becomes open without it."""
    rows = [(a.id, a.asks, len(a.opens), ", ".join(a.opens)) for a in result.assumptions]
    return Table(
        "Assumptions, asked as questions", ("assumption", "asks", "opens", "conclusions"), tuple(rows)
    )


def merged(conclusions: Iterable[str]) -> list[str]:
    """Conclusions on one state under several concepts as one.

    Examples
    --------
    >>> merged(["agreement(a)", "holds(s1, nash)", "holds(s1, seq)"])
    ['agreement(a)', 'holds(s1, nash seq)']
    """
    found: dict[str, list[str]] = {}
    for conclusion in conclusions:
        stem, comma, concept = conclusion.rpartition(", ")
        holds = stem.startswith("holds(")
        found.setdefault(stem + comma if holds else conclusion, []).append(concept[:-1] if holds else "")
    made = []
    for stem, concepts in found.items():
        every = "every concept" if concepts == list(CONCEPTS) else " ".join(concepts)
        made.append(f"{stem}{every})" if stem.startswith("holds(") else stem)
    return made


def count(found: Count | None) -> str:
    """A count of settings; empty where there is none."""
    return "" if found is None else "{} of {}".format(*found)


def sets(found: Iterable[Chosen], most: int = SHOWN, names: Mapping[str, str] | None = None) -> str:
    """Smallest sets of answers in one cell, those that differ in one answer only as one."""
    every = _joined(found)
    shown = "; or ".join(
        " + ".join(f"{(names or {}).get(q, q)}: {_answers(answers)}" for q, answers in chosen)
        for chosen in every[:most]
    )
    return shown + (f"; or {len(every) - most} more" if len(every) > most else "")


def _answers(answers: Sequence[str]) -> str:
    left = len(answers) - SHOWN
    return " / ".join(answers[:SHOWN]) + (f" / {left} more" if left > 0 else "")


def _joined(found: Iterable[Chosen]) -> list[Joined]:
    """Sets of answers to the same questions, alike but for one answer, as one.

    Examples
    --------
    >>> _joined([(("p", "yes"), ("q", "1")), (("p", "yes"), ("q", "2")), (("r", "no"),)])
    [(('p', ('yes',)), ('q', ('1', '2'))), (('r', ('no',)),)]
    """
    made: list[Joined] = [tuple((q, (a,)) for q, a in chosen) for chosen in found]
    for at in range(max((len(chosen) for chosen in made), default=0)):
        alike: dict[object, list[Joined]] = {}
        for chosen in made:
            rest = (*chosen[:at], *chosen[at + 1 :])
            alike.setdefault((rest, chosen[at][0] if at < len(chosen) else ""), []).append(chosen)
        made = [_one(same, at) for same in alike.values()]
    return made


def _one(same: list[Joined], at: int) -> Joined:
    first = same[0]
    if len(same) == 1:
        return first
    answers = tuple(a for chosen in same for a in chosen[at][1])
    return (*first[:at], (first[at][0], answers), *first[at + 1 :])
