"""What would settle a case: its open questions, ranked, and what their answers would decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accordant.reliance.questions import counting
from accordant.reliance.questions.asked import QuestionKind
from accordant.reliance.questions.touching import Touching
from accordant.reliance.result import Status
from accordant.tables import Method, Table

Count = tuple[int, int]
Chosen = tuple[tuple[str, str], ...]
"""(question, answer) by their ids."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, or several with the same effect.

    Attributes
    ----------
    id
        Of a single answer its id; of several that of the first.
    says
        In words.
    decides
        Conclusions that are open now and would be *always* or *never* so.
    settings
        For each conclusion that is open now, in how many of the settings left it would be true; None
        where there is no count.
    ids
        The ids of all answers that are meant.
    """

    id: str
    says: str
    decides: Mapping[str, Status]
    settings: Mapping[str, Count | None]
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One open question.

    Attributes
    ----------
    asks
        The question in plain words; ``detail`` says where it belongs.
    ask, through
        Parties: whom to ask, and who carries messages to them.
    claims
        The claims that touch it.
    decides
        Conclusions that it decides whatever the answer.
    at_best
        Conclusions that some answer decides.
    moves
        For each open conclusion that has a count, the lowest and the highest that it can come to, with the
        answers that lead there: (count, answer), (count, answer).
    bears_on
        Open conclusions on which it has a bearing.
    complete
        Whether every answer was looked at; ``note`` says what was not.
    """

    id: str
    kind: QuestionKind
    asks: str
    detail: str
    ask: tuple[str, ...]
    through: tuple[str, ...]
    claims: tuple[Touching, ...]
    answers: tuple[Answered, ...]
    decides: tuple[str, ...]
    at_best: tuple[str, ...]
    moves: Mapping[str, tuple[tuple[Count, str], tuple[Count, str]]]
    bears_on: tuple[str, ...]
    complete: bool
    note: str = ""

    def spread(self, conclusion: str) -> Fraction:
        """How far the share of settings can move; 0 where there is no count."""
        if conclusion not in self.moves:
            return Fraction(0)
        (low, _), (high, _) = self.moves[conclusion]
        return Fraction(*high) - Fraction(*low)

    @property
    def moved(self) -> tuple[str, ...]:
        """The conclusions whose counts it moves, furthest first."""
        found = [c for c in self.moves if self.spread(c)]
        return tuple(sorted(found, key=lambda c: -self.spread(c)))


@dataclass(frozen=True, slots=True)
class Assumed:
    """An assumption, asked as a question: what becomes open without it.

    Attributes
    ----------
    stated
        Whether the case states it; otherwise something simply has no other ground.
    opens
        Conclusions that are decided now, and open without it.
    """

    id: str
    says: str
    asks: str
    stated: bool
    opens: tuple[str, ...]
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Undecided:
    """A conclusion that is *sometimes* so, with what would decide it.

    Attributes
    ----------
    questions
        The questions that bear on it.
    together
        Those that must be asked together: their answers decide it, whatever they are, and no other set
        without one of them does. None where no set of answers is sure to decide it, or none was found.
    first, at_most
        Asked one after the other, the best first question, and how many it takes at most.
    always, never
        Smallest sets of answers with which it is always, or never, so.
    cut
        What was not looked at, and how much that is.
    """

    conclusion: str
    says: str
    settings: Count | None
    questions: tuple[str, ...]
    together: tuple[str, ...] | None
    first: str | None
    at_most: int | None
    always: tuple[Chosen, ...]
    never: tuple[Chosen, ...]
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a tornado: how far one question moves the count of one conclusion."""

    question: str
    low: Count
    low_answer: str
    high: Count
    high_answer: str


@dataclass(frozen=True)
class QuestionsResult:
    """The open questions of a case, those first that decide most."""

    title: str
    questions: tuple[Question, ...]
    assumptions: tuple[Assumed, ...]
    undecided: tuple[Undecided, ...]
    decided: Mapping[str, Status]
    names: Mapping[str, str]
    grounds: Mapping[str, str]
    method: Method

    def __getitem__(self, question: str) -> Question:
        for found in self.questions:
            if found.id == question:
                return found
        raise KeyError(question)

    @property
    def open(self) -> tuple[str, ...]:
        """The ids of the conclusions that are open."""
        return tuple(u.conclusion for u in self.undecided)

    @property
    def open_counted(self) -> int:
        """How many conclusions are open: a state counts once, under however many concepts it is."""
        return counting.counted(self.open)

    def sure_counted(self, question: Question) -> int:
        """How many of them a question decides whatever the answer: of a state, all that is open of it."""
        return len(counting.decided(question.decides, self.open))

    def best_counted(self, question: Question) -> int:
        """How many of them some answer decides, counted in the same way."""
        return len(counting.decided(question.at_best, self.open))

    def conclusion(self, conclusion: str) -> Undecided:
        """What would decide one conclusion.

        Raises
        ------
        KeyError
            If it was not asked for, or is decided.
        """
        for found in self.undecided:
            if found.conclusion == conclusion:
                return found
        raise KeyError(conclusion)

    def tornado(self, conclusion: str) -> tuple[Bar, ...]:
        """The questions by how far they move the count of a conclusion, furthest first.

        Examples
        --------
        >>> import accordant
        >>> found = accordant.load("cases/january-2024").questions(["agreement(halt-for-captives)"])
        >>> for bar in found.tornado("agreement(halt-for-captives)"):
        ...     print(bar.question, "in {} of {} …".format(*bar.low), "in {} of {}".format(*bar.high))
        israel.priorities.2 in 0 of 8 … in 8 of 8
        """
        found = [q for q in self.questions if q.spread(conclusion)]
        bars = []
        for q in sorted(found, key=lambda q: -q.spread(conclusion)):
            (low, below), (high, above) = q.moves[conclusion]
            bars.append(Bar(q.id, low, below, high, above))
        return tuple(bars)

    def answer(self, question: str, answer: str) -> Answered:
        """One answer by its id."""
        return next(a for a in self[question].answers if answer in a.ids)

    # As data and tables

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``rests --questions --json``."""
        from accordant.reliance.questions.forms import as_json

        return as_json(self)

    def table(self) -> Table:
        """One row per question, those first that decide most."""
        from accordant.reliance.questions.forms import questions_table

        return questions_table(self)

    def tables(self) -> dict[str, Table]:
        """Every table of the result by its title."""
        from accordant.reliance.questions import forms

        made = [
            forms.questions_table(self),
            forms.answers_table(self),
            forms.undecided_table(self),
            forms.tornado_table(self),
            forms.assumptions_table(self),
        ]
        return {table.title: table for table in made}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
