"""What would settle a case: every open question, what its answers decide, and which decide together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from accordant.case.grounds import assumptions
from accordant.case.switches import Switch, ground_words
from accordant.model.compiler import Compiler
from accordant.reliance.analysis import Deals, default_conclusions, known_grounds
from accordant.reliance.conclusions import Conclusion, parse_conclusions
from accordant.reliance.questions.asked import Asked
from accordant.reliance.questions.counting import decided as whole
from accordant.reliance.questions.counting import of_proposals, settles_agreement
from accordant.reliance.questions.deciding import Decision
from accordant.reliance.questions.field import Count, Field, Seen
from accordant.reliance.questions.finding import open_questions
from accordant.reliance.questions.result import (
    Answered,
    Assumed,
    Chosen,
    Question,
    QuestionsResult,
    Undecided,
)
from accordant.reliance.questions.together import Alike, alike
from accordant.reliance.questions.touching import Around
from accordant.reliance.result import Status
from accordant.reliance.sweep import SOMETIMES, STATUS
from accordant.tables import Method

KEPT = 24
"""Most smallest sets of answers told of one conclusion and one outcome."""
DEAD = ("rejected", "withdrawn")
"""What a proposal is called that is no longer on the table."""
SHOWN = 12
"""Answers up to which each stands by itself; of more, those with the same effect stand together."""

Progress = Callable[[int, int], None]


def ask(
    compiler: Compiler,
    conclusions: Sequence[str] | None = None,
    *,
    without: Iterable[str | Switch] = (),
    progress: Progress | None = None,
    deals: Deals | None = None,
) -> QuestionsResult:
    """What would settle a case.

    Parameters
    ----------
    compiler
        The compiled case.
    conclusions
        Ids of conclusions that matter; the default ones when None.
    without
        Claims, origins, assumptions and switches, as for :func:`accordant.reliance.analyse`, to take away
        from the start: what stood on them alone is asked for too.
    progress
        Called with (done, total).
    deals
        As for :func:`accordant.reliance.analyse`.

    Raises
    ------
    InputError
        If a conclusion or a switch is not known.

    Examples
    --------
    >>> import accordant
    >>> found = ask(accordant.load("cases/january-2024").compiler, ["agreement(halt-for-captives)"])
    >>> [(q.id, q.ask, len(q.decides)) for q in found.questions][0]
    ('israel.priorities.2', ('israel',), 1)
    """
    taken = known_grounds(compiler.case, without)
    notes: list[str] = []
    if conclusions is None:
        asked = default_conclusions(compiler, taken, notes, deals)
    else:
        asked = [c for text in conclusions for c in parse_conclusions(text, compiler)]
    return _Asking(compiler, asked, taken, progress).result(notes)


@dataclass(frozen=True, eq=False)
class _Effect:
    """One question with what is so under each of its answers."""

    question: Asked
    seen: tuple[Seen, ...]


class _Asking:
    """All questions of a case about some conclusions."""

    def __init__(
        self,
        compiler: Compiler,
        asked: Sequence[Conclusion],
        taken: frozenset[str],
        progress: Progress | None,
    ) -> None:
        self.compiler, self.case, self.taken = compiler, compiler.case, taken
        self.field = Field(compiler, asked, taken)
        self.ids = [c.id for c in self.field.conclusions]
        self.space = compiler.setting_space(taken)
        every = np.ones(len(self.field.conclusions), dtype=bool)
        self.base = self.field.look((), every)
        subjects = [c.subject for c in self.field.conclusions if c.kind in ("acceptable", "agreement")]
        self.asked = open_questions(compiler, self.space, subjects)
        self.open = np.flatnonzero(self.base.status == SOMETIMES).tolist()
        self.assumed = [a for a in assumptions(self.case).values() if a.id not in taken]
        self.progress, self.done = progress, 0
        self.total = len(self.asked) + len(self.assumed) + len(self.open)
        self.alike = alike(self.field, self.asked, self.open, self._tell)
        self.of = {k: one for one in self.alike for k in one.places}
        self.counts = self._counts()

    def result(self, notes: Sequence[str]) -> QuestionsResult:
        """Everything, ranked."""
        questions = _widened([self._question(self._effect(q)) for q in self.asked])
        order = sorted(range(len(questions)), key=lambda k: self._rank(questions[k]))
        assumed = self._assumptions()
        undecided = self._undecided({questions[k].id: n for n, k in enumerate(order)})
        cuts = [*notes, *dict.fromkeys(u.cut for u in undecided if u.cut)]
        cuts += dict.fromkeys(q.note for q in questions if q.note)
        names = {p: self.case.party_name(p) for p in self.case.parties}
        method = Method(
            "every answer to every open question, over all admissible settings",
            exact=not cuts,
            settings=self.space.count,
            cut="; ".join(cuts),
            parameters=(
                ("without", ", ".join(sorted(self.taken))),
                ("questions", str(len(questions))),
                ("combinations looked at", f"{self.field.looks:,}"),
            ),
        )
        decided = {
            id_: _word(int(s))
            for id_, s in zip(self.ids, self.base.status, strict=True)
            if int(s) != SOMETIMES
        }
        ranked = tuple(questions[k] for k in order)
        words = ground_words(self.case)
        return QuestionsResult(self.case.title, ranked, assumed, undecided, decided, names, words, method)

    def _tell(self, more: int = 1) -> None:
        self.done += more
        if self.progress is not None:
            self.progress(self.done, self.total)

    def _rank(self, question: Question) -> tuple[bool, int, int, int, int, Fraction]:
        """Those first that decide an agreement, then those that decide most, a state counted once.

        Of equal ones those about packages come before those about states; then what is decided at best,
        and how far counts move.
        """
        open_ = [self.ids[k] for k in self.open]
        sure, best = whole(question.decides, open_), whole(question.at_best, open_)
        moved = sum((question.spread(c) for c in question.moves), Fraction(0))
        dead = [name for name, p in self.case.proposals.items() if (p.status or "") in DEAD]
        agreement = settles_agreement(sure, dead)
        return not agreement, -len(sure), -of_proposals(sure), -len(best), -of_proposals(best), -moved

    # Each question by itself

    def _counts(self) -> tuple[Count | None, ...]:
        """Settings in which each open conclusion is true: from the tables where these have all of them."""
        if not all(self._plain(k) for k in self.open):
            return self.field.look().counts
        every = range(len(self.field.conclusions))
        of = {k: self._settings(k) for k in every}
        told = {k: None if (n := of[k]) is None else self.of[k].count(k, n) for k in self.open}
        return tuple(told.get(k) for k in every)

    def _plain(self, k: int) -> bool:
        """Whether a table has every setting of what bears on a conclusion."""
        return self.space.ranges is None and self.of[k].plain

    def _settings(self, k: int) -> int | None:
        return self.field.settings_of(self.space, self.field.conclusions[k])

    def _effect(self, question: Asked) -> _Effect:
        """What is so under each answer: from the tables where they tell, otherwise by looking."""
        bears = [k for k in self.open if self.field.bears(question, self.field.conclusions[k])]
        if all(self._plain(k) for k in bears):
            seen = self._from_tables(question, bears)
        else:
            seen = tuple(self.field.look([reply]) for reply in question.replies)
        self._tell()
        return _Effect(question, seen)

    def _from_tables(self, question: Asked, bears: Sequence[int]) -> tuple[Seen, ...]:
        size, replies = len(self.field.conclusions), len(question.replies)
        status = np.zeros((replies, size), dtype=np.int8)
        counts: list[list[Count | None]] = [[None] * size for _ in range(replies)]
        for k in bears:
            for n, (found, count) in enumerate(self.of[k].under(k, question.id, self._settings(k))):
                status[n, k], counts[n][k] = found, count
        sure = np.ones(size, dtype=bool)
        return tuple(Seen(status[n], sure, tuple(counts[n])) for n in range(replies))

    def _question(self, effect: _Effect) -> Question:
        q = effect.question
        bears = [k for k in self.open if self.field.bears(q, self.field.conclusions[k])]
        answers = self._answers(effect, bears)
        if q.whole:
            sure = [k for k in bears if all(s.decided[k] for s in effect.seen)]
        else:  # whatever the answer is: there is nothing else on which it could depend
            sure = [k for k in bears if q.settles and not self._others(q, k)]
        best = [k for k in bears if k in sure or any(s.decided[k] for s in effect.seen)]
        around = Around(self.case, self.compiler.elements)
        return Question(
            q.id,
            q.kind,
            q.asks,
            q.detail,
            around.ask(q),
            around.through(q),
            around.claims(q),
            answers,
            tuple(self.ids[k] for k in sure),
            tuple(self.ids[k] for k in best),
            self._moves(effect, bears),
            tuple(self.ids[k] for k in bears),
            q.whole,
            _note(q),
        )

    def _others(self, question: Asked, k: int) -> list[Asked]:
        """Other questions that bear on a conclusion, and are not about the same order."""
        part = [q for q in self.asked if question.kind == "unknown" and _part_of(q, question)]
        others = (q for q in self.asked if q is not question and q not in part)
        return [q for q in others if self.field.bears(q, self.field.conclusions[k])]

    def _answers(self, effect: _Effect, bears: Sequence[int]) -> tuple[Answered, ...]:
        found: dict[object, list[Answered]] = {}
        many = len(effect.seen) > SHOWN
        for n, (reply, seen) in enumerate(zip(effect.question.replies, effect.seen, strict=True)):
            decides = {self.ids[k]: _word(int(seen.status[k])) for k in bears if seen.decided[k]}
            settings = {self.ids[k]: seen.counts[k] for k in bears}
            one = Answered(reply.id, reply.says, decides, settings, (reply.id,))
            key = (tuple(decides.items()), tuple(settings.items())) if many else n
            found.setdefault(key, []).append(one)
        return tuple(_as_one(same, len(effect.seen)) for same in found.values())

    def _moves(
        self, effect: _Effect, bears: Sequence[int]
    ) -> dict[str, tuple[tuple[Count, str], tuple[Count, str]]]:
        found = {}
        for k in bears:
            ends = [
                (count, reply.id)
                for reply, seen in zip(effect.question.replies, effect.seen, strict=True)
                if (count := seen.counts[k]) is not None
            ]
            if ends and len(ends) == len(effect.seen):
                low = min(ends, key=lambda e: Fraction(*e[0]))
                high = max(ends, key=lambda e: Fraction(*e[0]))
                found[self.ids[k]] = (low, high)
        return found

    # Assumptions

    def _assumptions(self) -> tuple[Assumed, ...]:
        found = []
        decided = self.base.status != SOMETIMES
        for made in self.assumed:
            seen = self.field.look((), decided, without=[made.id])
            opens = tuple(self.ids[k] for k in np.flatnonzero(decided & (seen.status == SOMETIMES)))
            asks = f"Is it so that “{made.says}”?"
            found.append(Assumed(made.id, made.says, asks, made.stated, opens, made.elements))
            self._tell()
        return tuple(sorted(found, key=lambda a: -len(a.opens)))

    # Each open conclusion

    def _undecided(self, rank: Mapping[str, int]) -> tuple[Undecided, ...]:
        found = {k: (one, d) for one in self.alike for k, d in zip(one.places, one.found, strict=True)}
        return tuple(self._told(k, *found[k], rank) for k in self.open)

    def _told(self, k: int, one: Alike, found: Decision, rank: Mapping[str, int]) -> Undecided:
        conclusion, known = self.field.conclusions[k], one.known
        together = None if found.together is None else [known[n].id for n in found.together]
        cuts = _cuts(found, known)
        if together is None and all(q.settles for q in one.told):
            together = [q.id for q in one.told]  # there is nothing else on which it could depend
            if len(together) > 1:
                cuts.append("perhaps fewer questions are enough together")
        return Undecided(
            conclusion.id,
            conclusion.says(self.case),
            self.counts[k],
            tuple(sorted((q.id for q in one.every), key=lambda q: rank[q])),
            None if together is None else tuple(sorted(together, key=lambda q: rank[q])),
            None if found.first is None else known[found.first].id,
            found.at_most,
            _chosen(found.always[:KEPT], known),
            _chosen(found.never[:KEPT], known),
            "; ".join(cuts),
        )


def _cuts(found: Decision, known: Sequence[Asked]) -> list[str]:
    cuts = []
    if found.size == 0:
        cuts.append("no smallest sets of answers were looked for")
    elif found.size is not None:
        of = f"{words_of(len(known), 'question')} with {found.combinations:,} combinations of answers"
        cuts.append(f"sets of more than {words_of(found.size, 'answer')} were not looked at, of {of}")
    for what, sets in (("always", found.always), ("never", found.never)):
        if len(sets) > KEPT:
            cuts.append(f"{KEPT} of {len(sets):,} smallest sets of answers for {what} are told")
    return cuts


def words_of(number: int, noun: str) -> str:
    """A number with its noun.

    Examples
    --------
    >>> words_of(1, "answer"), words_of(2, "answer")
    ('1 answer', '2 answers')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _note(question: Asked) -> str:
    if question.whole or not question.settles:
        return ""
    if not question.replies:
        return f"the answers to {question.id} cannot be listed: what they decide is told as far as it is sure"
    return f"of the answers to {question.id} only some were looked at"


def _part_of(narrow: Asked, wide: Asked) -> bool:
    """Whether a question about one package is about the same order as one about all of them."""
    return narrow.kind == "acceptance" and narrow.who == wide.who


def _widened(questions: Sequence[Question]) -> list[Question]:
    """What one package is to somebody is part of what it wants: an answer to that may decide as much."""
    found = []
    for question in questions:
        if question.kind == "unknown":
            parts = [q for q in questions if q.kind == "acceptance" and q.ask == question.ask]
            best = {c for q in (question, *parts) for c in q.at_best}
            question = replace(question, at_best=tuple(c for c in question.bears_on if c in best))
        found.append(question)
    return found


def _as_one(same: Sequence[Answered], of: int) -> Answered:
    """Several answers with the same effect as one."""
    first = same[0]
    if len(same) == 1:
        return first
    says = f"{len(same)} of the {of} answers, such as {first.says}"
    return replace(first, says=says, ids=tuple(a.id for a in same))


def _chosen(sets: Iterable[Sequence[tuple[int, int]]], known: Sequence[Asked]) -> tuple[Chosen, ...]:
    return tuple(tuple((known[q].id, known[q].replies[p].id) for q, p in chosen) for chosen in sets)


def _word(status: int) -> Status:
    return STATUS[status]  # type: ignore[return-value]
