"""Nash, GMR, SMR and SEQ over any relation that says what a party would move for.

A family of concepts replaces "strictly prefers" by a relation of its own: sure enough, likely
enough, in accordance with one's attitudes. What stays is the form of the four concepts. A
:class:`Goals` says per party what it leaves for, what does not deter it, and which of its own moves
the others may expect. Relations of which something is unknown come twice, without and with the
unknown pairs, and give what must and what may be stable.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability.further import Judgement
from accordant.stability.pairwise.relations import sequences_from
from accordant.stability.pairwise.rules import Rules, everybody, sanction_of, stable
from accordant.stability.result import Explanation, Move
from accordant.stability.sequences import Step
from accordant.stability.telling import OPEN, Telling, listed

Bools = NDArray[np.bool_]

KINDS = ("nash", "gmr", "smr", "seq")
"""The four forms: nothing answers; any moves; any moves, and the party may move on; credible moves."""

CREDIBLE, LASTING = ("seq", "sseq"), ("smr", "sseq")
"""Forms in which only credible moves answer, and in which the party may move on. ``sseq``, credible
moves that last, is a form as well; which families have it is for them to say."""

DETERS = ("does not deter it", "deters it")
"""What is said of one state that is no sanction, and of several after "none of which"."""

MOST_NAMED = 3
"""States that an answer in vain could lead to up to which all are named."""


@dataclass(frozen=True, eq=False)
class Goals:
    """What everybody would move for: relations per party, read from the state that it starts from.

    Attributes
    ----------
    leaves
        ``leaves[i][s, q]``: party i would leave s for q.
    tempts
        ``tempts[i][s, t]``: being led to t, or able to go on to t, does not deter i from leaving s.
    credible
        ``credible[i][s, t]``: the others may expect i to go from s to t.
    """

    leaves: Sequence[Bools]
    tempts: Sequence[Bools]
    credible: Sequence[Bools]


def rules(kind: str, party: int, goals: Goals, expected: Goals) -> Rules:
    """What decides whether a party stays.

    Parameters
    ----------
    kind
        One of :data:`KINDS`, or ``sseq``.
    goals, expected
        What the party goes by, and what it may expect of the others.
    """
    if kind == "nash":
        return Rules(goals.leaves[party])
    deterred = ~goals.tempts[party]
    return Rules(
        goals.leaves[party],
        deterred,
        everybody(expected.credible) if kind in CREDIBLE else None,
        deterred if kind in LASTING else None,
    )


def judge(model: GraphModel, kind: str, sure: Goals, possible: Goals, *, apart: bool = True) -> Judgement:
    """What must and what may be stable, for every party.

    A party must stay if it stays when it leaves for all that it possibly likes, is tempted by as
    much, and others make the surely credible moves only; it may stay if it stays the other way round.

    Parameters
    ----------
    sure, possible
        Relations without and with what is unknown; the same object where nothing is.
    apart
        Whether what one party leaves for, and what tempts it, depends on what it wants itself and on
        nobody else. Then all that may be can be so at once, unless moves have to be credible.

    Raises
    ------
    TooLargeError
        If the sets of what opponents can lead on to would not fit.
    """
    parties = range(len(model.parties))
    must = np.stack([stable(model, i, rules(kind, i, possible, sure)) for i in parties])
    if sure is possible:
        return Judgement(must, must)
    may = np.stack([stable(model, i, rules(kind, i, sure, possible)) for i in parties])
    return Judgement(must, may, exact=(apart and kind not in CREDIBLE) or bool((must == may).all()))


class Words(Protocol):
    """How a family speaks of its relation. ``who`` is a party's name, states are numbers."""

    nothing_better: str
    """After "has no move from s1 to anything": such as "that is surely better for it"."""
    gain: str
    """After who makes a credible move: such as ", surely to {} own advantage,"."""

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        """After "would leave s for q,": why it would."""

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        """After "can move to t,": why the party would rather have stayed."""

    def compared(self, view: View, party: int, s: int, t: int) -> Sequence[tuple[int, int, int]]:
        """The comparisons behind either: (party, state, state)."""


def explain(
    view: View,
    state: int,
    party: int,
    name: str,
    kind: str,
    sure: Goals,
    possible: Goals,
    words: Words,
    deters: tuple[str, str] = DETERS,
    settings: Callable[[int], Sequence[View]] | None = None,
    able: str = "gains by a move",
) -> Explanation:
    """Why a state is stable or not for a party, in a sentence.

    Parameters
    ----------
    deters
        What is said of one state that is no sanction, and of several after "none of which".
    settings
        For a party the views that its comparisons are looked up in; by default the one view.
    able
        What is said of nobody else where no credible move is left: "nobody else … from there".
    """
    found = _Explainer(view, state, party, name, kind, sure, possible, words, deters)
    found.able = able
    if settings is not None:
        found.settings = settings
    return found.explanation()


class _Explainer(Telling):
    def __init__(
        self,
        view: View,
        state: int,
        party: int,
        name: str,
        kind: str,
        sure: Goals,
        possible: Goals,
        words: Words,
        deters: tuple[str, str],
    ) -> None:
        super().__init__(view, state, party, name)
        self.kind, self.words, self.deters = kind, words, deters
        self.able = ""
        self.settings: Callable[[int], Sequence[View]] = lambda _: (view,)
        self.rules = rules(kind, party, possible, sure)
        self.lenient = None if sure is possible else rules(kind, party, sure, possible)
        self.targets = [int(t) for t in view.model.movers[party].moves.from_state(state)]

    def explanation(self) -> Explanation:
        """The whole explanation."""
        who, here = self._who, self._at(self.state)
        if not self.targets:
            return self.verdict(True, f"{who} has no move from {here}, so it stays.")
        left_for = [t for t in self.targets if self.rules.leaves[self.state, t]]
        if not left_for:
            self._compare(self.state, *self.targets)
            return self.verdict(
                True, f"{who} has no move from {here} to anything {self.words.nothing_better}, so it stays."
            )
        if self.kind == "nash":
            self._compare(self.state, left_for[0])
            text = self._leaves(left_for[0]) + f".{self._open()}"
            return self.verdict(False, text, self._first(left_for[0]))
        return self._answered(left_for)

    def _answered(self, left_for: Sequence[int]) -> Explanation:
        answers: list[tuple[int, tuple[Step, ...]]] = []
        for q in left_for:
            self._compare(self.state, q)
            steps = sanction_of(self.view.model, self.party, self.rules, self.state, q)
            if steps is None:
                return self._unanswered(q)
            self._compare_steps(steps)
            answers.append((q, steps))
        told = [(self._first(q), self.moves(steps)) for q, steps in answers]
        return self.verdict(True, self._stays(answers), *told[0], sanctions=tuple(told))

    def _stays(self, answers: Sequence[tuple[int, tuple[Step, ...]]]) -> str:
        first, steps = answers[0]
        end, here = steps[-1].end, self._at(self.state)
        how = self.told(steps, self.words.gain if self.kind in CREDIBLE else "")
        why = "where it started"
        if end != self.state:
            why = self.words.deterred_by(self.view, self.party, self.state, end)
        text = f"{self._leaves(first)}; {how}, {why}"
        if self.kind in LASTING:
            on = len(self.view.model.movers[self.party].moves.from_state(end)) > 0
            text += " and from which it has no move"
            text += f" to anything but {here} that would not deter it as well" if on else ""
        text += ", so it stays."
        others = [self._at(q) for q, _ in answers[1:]]
        if others:
            one = len(others) == 1
            text += f" Its other such move{'' if one else 's'}, to {listed(others)}, "
            text += f"{'is' if one else 'are'} answered too."
        return text

    def _unanswered(self, q: int) -> Explanation:
        others = "others" + (self.words.gain.format("their") if self.kind in CREDIBLE else "")
        movers = self.view.model.opponents(self.party)
        steps = [self.rules.steps(m) for m in movers]
        ends = dict.fromkeys(s[-1].end for s in sequences_from(movers, steps, self.view.model.n, q))
        if not ends:
            able = self.able if self.kind in CREDIBLE else "has a move"
            answer = f"nobody else {able} from there"
        elif len(ends) > MOST_NAMED:
            answer = f"nothing that {others} can then lead on to {self.deters[1]}"
        else:
            named = [self._at(t) for t in ends]
            answer = f"all that {others} can then lead on to is {listed(named)}, "
            answer += f"which {self.deters[0]}" if len(named) == 1 else f"none of which {self.deters[1]}"
        text = f"{self._leaves(q)}; {answer}, so it does not stay.{self._open()}"
        return self.verdict(False, text, self._first(q))

    def _open(self) -> str:
        """A note where what is not known may change the verdict."""
        if self.lenient is None:
            return ""
        if not stable(self.view.model, self.party, self.lenient)[self.state]:
            return ""
        return OPEN

    def _leaves(self, q: int) -> str:
        why = self.words.left_for(self.view, self.party, self.state, q)
        return f"{self._who} would leave {self._at(self.state)} for {self._at(q)}, {why}"

    def _compare(self, s: int, *others: int) -> None:
        for t in others:
            self._note(self.party, s, t)

    def _note(self, party: int, s: int, t: int) -> None:
        for p, one, two in self.words.compared(self.view, party, s, t):
            found = (v.decides(self.view.parties[p], one, two) for v in self.settings(p))
            self.compared.update(dict.fromkeys(e for e in found if e is not None))

    def _compare_steps(self, steps: Sequence[Step]) -> None:
        if self.kind in CREDIBLE:
            for step in steps:
                for member in step.mover:
                    self._note(member, step.start, step.end)
        end = steps[-1].end
        self._compare(self.state, end)
        if self.kind in LASTING:
            self._compare(self.state, *map(int, self.view.model.movers[self.party].moves.from_state(end)))

    @property
    def _who(self) -> str:
        return self.name(self.party)

    def _at(self, state: int) -> str:
        return self.view.space.name(state)

    def _first(self, q: int) -> Move:
        return self.moves([Step((self.party,), self.state, q)])[0]
