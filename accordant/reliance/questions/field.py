"""What is so under some answers: the statuses and counts of all conclusions at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.stands import acceptors, constituencies, no_deals
from accordant.case.base import FrozenDict
from accordant.case.objects import Anchor, Case, Preference
from accordant.model.compiler import Compiler
from accordant.model.settings import NO_ANSWERS, SettingSpace
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.questions.asked import NOTHING, Asked, Given, Reply
from accordant.reliance.sweep import SOMETIMES, Group, Statuses, groups_of, relevant

Bools = NDArray[np.bool_]
Count = tuple[int, int]

CASES = 96
"""Most cases with something put into them that are kept compiled."""


@dataclass(frozen=True, eq=False)
class Seen:
    """All conclusions under some answers, each array of their length.

    Attributes
    ----------
    status
        ALWAYS, SOMETIMES or NEVER; SOMETIMES where it was not asked.
    sure
        Where that is proved, every setting having been looked at, or a setting of either kind found.
    counts
        Settings in which each is true, of how many; None where there is no count.
    """

    status: Statuses
    sure: Bools
    counts: tuple[Count | None, ...]

    @property
    def decided(self) -> Bools:
        """Where a conclusion is always or never so, and that is proved."""
        return np.asarray((self.status != SOMETIMES) & self.sure)


class Field:
    """Conclusions about one case, to be looked at under any answers."""

    def __init__(self, compiler: Compiler, conclusions: Sequence[Conclusion], taken: Iterable[str]) -> None:
        self.compiler, self.taken = compiler, frozenset(taken)
        self.conclusions = tuple(dict.fromkeys(conclusions))
        self.looks = 0
        self._place = {c: k for k, c in enumerate(self.conclusions)}
        self._compiled: dict[Given, tuple[Compiler, list[Group]]] = {}

    def look(
        self, replies: Iterable[Reply] = (), pending: Bools | None = None, without: Iterable[str] = ()
    ) -> Seen:
        """Statuses under some answers, with counts.

        Parameters
        ----------
        pending
            Only these conclusions, without counts; the others come out as *sometimes*.
        without
            Grounds to take away besides.
        """
        answers, given = NO_ANSWERS, NOTHING
        for reply in replies:
            answers, given = answers.also(reply.settles), given.also(reply.given)
        compiler, groups = self._with(given)
        space = compiler.setting_space({*self.taken, *without}, answers=answers)
        size = len(self.conclusions)
        status, sure = np.zeros(size, dtype=np.int8), np.zeros(size, dtype=bool)
        counts: list[Count | None] = [None] * size
        for group in groups:
            at = np.array([self._place[c] for c in group.conclusions], dtype=np.intp)
            wanted = None if pending is None else pending[at]
            if wanted is not None and not wanted.any():
                continue
            of = self.settings_of(space, group.conclusions[0])
            if wanted is None and of is None:
                wanted = np.ones(len(at), dtype=bool)
            self.looks += 1
            found = group.sweep(space, wanted)
            status[at] = found.status
            sure[at] = ~(found.cut | found.open)
            if of is not None and found.share is not None:
                for k, share in zip(at.tolist(), found.share, strict=True):
                    if self.settings_of(space, self.conclusions[k]) is not None:
                        counts[k] = (int(share * of), of)
        return Seen(status, sure, tuple(counts))

    def settings_of(self, space: SettingSpace, conclusion: Conclusion) -> int | None:
        """How many settings a conclusion is counted over; None where there is no count."""
        if conclusion.kind == "holds":
            return space.count
        return space.of_packages if no_deals(self.compiler.view()) else None

    def bears(self, question: Asked, conclusion: Conclusion) -> bool:
        """Whether an answer to a question can make a difference to a conclusion."""
        if question.kind == "acceptance":
            about = conclusion.kind in ("acceptable", "agreement")
            return about and conclusion.subject in question.subjects and self._heard(question.who, conclusion)
        if question.kind == "unknown":
            return self._heard(question.who, conclusion)
        if question.kind == "reservation":
            return conclusion.kind != "holds" and self._heard(question.who, conclusion)
        return bool(question.elements & self._relevant[conclusion])

    @cached_property
    def _relevant(self) -> dict[Conclusion, frozenset[str]]:
        return {c: relevant(self.compiler, c) for c in self.conclusions}

    def _heard(self, who: str, conclusion: Conclusion) -> bool:
        """Whether somebody has a say in a conclusion."""
        if conclusion.kind == "holds":
            return who in self.compiler.parties
        case = self.compiler.case
        alone = conclusion.kind == "acceptable"
        parties = [conclusion.detail] if alone else list(acceptors(case))
        return any(who in (p, *constituencies(case)[p]) for p in parties)

    def _with(self, given: Given) -> tuple[Compiler, list[Group]]:
        if given not in self._compiled:
            put = given != NOTHING
            compiler = Compiler(put_into(self.compiler.case, given)) if put else self.compiler
            self._compiled[given] = compiler, groups_of(compiler, self.conclusions)
            oldest = [g for g in self._compiled if g not in (NOTHING, given)]
            if len(oldest) >= CASES:
                del self._compiled[oldest[0]]
        return self._compiled[given]


def put_into(case: Case, given: Given) -> Case:
    """The case with what some answers say in place of what it leaves open."""
    preferences = dict(case.preferences)
    for party, levels in given.orders:
        known = preferences.get(party, Preference())
        preferences[party] = Preference.model_construct(  # states by name, long and right
            ranking=tuple(tie[0] if len(tie) == 1 else tie for tie in levels if tie),
            never=known.never,
            reservation=known.reservation,
        )
    for party, worth in given.held:
        held = preferences[party].reservation
        assert held is not None
        told = held.model_copy(update={"worth": worth})
        preferences[party] = preferences[party].model_copy(update={"reservation": told})
    changed: dict[str, object] = {"preferences": FrozenDict(preferences)}
    for which, state in given.anchors:
        was: Anchor | None = getattr(case, which)
        changed[which] = Anchor(state=state) if was is None else was.model_copy(update={"state": state})
    return case.model_copy(update=changed)
