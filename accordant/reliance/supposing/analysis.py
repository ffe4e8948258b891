"""What if: something is supposed, and what else must change is worked out. The case stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from accordant.agreement.result import DealsResult
from accordant.case.objects import Case
from accordant.case.switches import ground_words
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import NO_ANSWERS, Answers, SettingSpace
from accordant.reliance import analysis as reliance
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.supposing import asking, claimed, contradicting
from accordant.reliance.supposing.against import deciding_against
from accordant.reliance.supposing.altering import SIZE, Alterations
from accordant.reliance.supposing.changes import Change, denied, put_elsewhere
from accordant.reliance.supposing.goals import Goal, Prefers, Says
from accordant.reliance.supposing.judging import Judge, There, Verdict, statuses, worlds
from accordant.reliance.supposing.open_questions import (
    Reply,
    answers_of,
    deciding_answers,
    opening_grounds,
)
from accordant.reliance.supposing.result import (
    Against,
    Shift,
    Step,
    Supposed,
    Way,
    WayKind,
    Ways,
    WhatIfResult,
)
from accordant.tables import Method

KEPT = 24
"""Most ways of one kind that are listed."""
KEPT_LARGE = 8
"""The same in a model of more than :data:`LARGE` states."""
LARGE = 400
GIVEN = 1024
"""Most settings gone through for what is so where something that is supposed is so."""
DEFAULT_CONCEPTS = ("seq",)
"""Under which a state that is supposed to be the outcome holds, unless others are asked for."""

Progress = Callable[[int, int], None]
Deals = Callable[[], DealsResult]
Grounds = frozenset[str]


def what_if(
    compiler: Compiler,
    suppose: Sequence[str] = (),
    *,
    states: Sequence[str] = (),
    claims: Sequence[str] | Mapping[str, str] = (),
    prefer: Sequence[str] = (),
    concepts: Sequence[str] | None = None,
    without: Iterable[str] = (),
    size: int = SIZE,
    progress: Progress | None = None,
    deals: Deals | None = None,
) -> WhatIfResult:
    """What must change with what is supposed.

    Parameters
    ----------
    suppose
        Conclusions that are so, or with ``not`` before them are not: ``agreement(offer-1)``.
    states
        States that are the outcome, by name or values: they hold, and everybody accepts them.
    claims
        What claims are supposed to be: ``c5=retracted``, ``c5=true``, ``c5=false``.
    prefer
        What parties prefer: ``south: s3 > s1``.
    concepts
        Under which a state that is the outcome holds; sequential stability by default.
    without
        Claims, origins and assumptions to take away from the start.
    size
        Most changes to what the case states in one set.

    Raises
    ------
    InputError
        If nothing is supposed, or something is not known or cannot be read.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": {"joint": ["a", "b"]}}},
    ...     "status_quo": {"x": "no"}, "proposals": {"offer": {"package": {"x": "yes"}}},
    ...     "preferences": {"a": {"priorities": ["not x"]}, "b": {"priorities": ["x"]}}})
    >>> result = what_if(Compiler(case), ["agreement(offer)"])
    >>> result.status, [[step.id for step in way.steps] for way in result.ways["changes"].ways]
    ('never', [['drop a.priorities.1'], ['reverse a.priorities.1']])
    """
    if not (suppose or states or claims or prefer):
        raise InputError(
            "nothing is supposed; give --suppose 'agreement(PROPOSAL)', --state NAME, --claim ID=false or "
            "--prefer 'PARTY: one > other'"
        )
    if size < 1:
        raise InputError(f"a set of changes holds at least one: {size} is too few")
    given = asking.statuses_given(claims, compiler.case)
    taken = reliance.known_grounds(compiler.case, without)
    found = _WhatIf(compiler, given, taken, size, progress, deals)
    return found.answer(_goals(found.compiler, suppose, states, prefer, concepts))


def _goals(
    compiler: Compiler,
    suppose: Sequence[str],
    states: Sequence[str],
    prefer: Sequence[str],
    concepts: Sequence[str] | None,
) -> list[Goal]:
    held = asking.known_concepts(concepts or DEFAULT_CONCEPTS)
    goals: list[Goal] = [goal for text in suppose for goal in asking.suppositions(text, compiler)]
    goals += [goal for text in states for goal in asking.as_outcome(text, compiler, held)]
    goals += [asking.preference(text, compiler) for text in prefer]
    return list({goal.id: goal for goal in goals}.values())


class _WhatIf:
    """One question, with what is worked out for it."""

    def __init__(
        self,
        compiler: Compiler,
        given: Mapping[str, str],
        taken: Grounds,
        size: int,
        progress: Progress | None,
        deals: Deals | None,
    ) -> None:
        self.before, self.taken, self.size, self.progress = compiler, taken, size, progress
        self.given = given
        self.inferred: dict[str, str] = {}
        self.compiler = compiler
        if given:
            case, self.inferred = claimed.with_claims(compiler.case, given)
            self.compiler = Compiler(case)
        self.case: Case = self.compiler.case
        self.kept = KEPT if compiler.space().n <= LARGE else KEPT_LARGE
        self.words = ground_words(self.case)
        self.notes: list[str] = []
        self.conclusions = self._default(deals)
        self.space = self.compiler.setting_space(taken)
        self.base = statuses(self.compiler, self.conclusions, self.space)

    def _default(self, deals: Deals | None) -> list[Conclusion]:
        found = reliance.default_conclusions(self.before, self.taken, self.notes, deals)
        return list(dict.fromkeys(found))

    def answer(self, goals: Sequence[Goal]) -> WhatIfResult:
        """Everything that is asked of some goals."""
        judge = Judge(self.compiler, goals)
        self.asked = {goal.conclusion.id for goal in goals if isinstance(goal, Says)}
        each = judge.each(self.space, counted=True)
        together = judge.verdict(self.space, counted=True) if goals else Verdict(True, True)
        against = [
            *claimed.contradictions(self.case, self.given),
            *contradicting.contradictions(self.compiler, goals),
        ]
        if against:
            of = None if together.settings is None else (0, together.settings[1])
            together = Verdict(False, False, of)
        ways: dict[WayKind, Ways] = {}
        if goals:
            ways = self._ways(judge, together, bool(against))
        self._told(1, 1)
        cuts = [w.cut for w in ways.values() if w.cut] + ([together.cut] if together.cut else [])
        return WhatIfResult(
            self.case.title,
            tuple(self._supposed(g, v) for g, v in zip(goals, each, strict=True)),
            together.status,
            together.settings,
            tuple(against),
            claimed.effects(self.before.case, self.case, self.given, self.inferred) if self.given else None,
            self._by_claims(),
            self._where(goals, together),
            ways,
            self.words,
            Method(
                "what must change with what is supposed",
                exact=not cuts,
                settings=self.space.count,
                cut="" if not cuts else "some searches were cut off, as each says",
                parameters=(
                    ("supposed", "; ".join(g.id for g in goals)),
                    ("claims", ", ".join(f"{c}={s}" for c, s in self.given.items())),
                    ("without", ", ".join(sorted(self.taken))),
                    ("changes in one set", str(self.size)),
                    ("conclusions compared", str(len(self.conclusions))),
                ),
            ),
            together.cut,
            {id_: claim.origin for id_, claim in self.case.claims.items() if claim.origin},
        )

    def _told(self, done: int, of: int) -> None:
        if self.progress is not None:
            self.progress(done, of)

    def _supposed(self, goal: Goal, verdict: Verdict) -> Supposed:
        prefers = isinstance(goal, Prefers)
        return Supposed(
            "preference" if prefers else "conclusion",
            goal.id,
            goal.says(self.case),
            verdict.status,
            verdict.settings,
            "; ".join(c for c in (goal.note if isinstance(goal, Prefers) else "", verdict.cut) if c),
            self._against(goal) if isinstance(goal, Prefers) else (),
        )

    # What would make it so

    def _ways(self, judge: Judge, together: Verdict, contradict: bool) -> dict[WayKind, Ways]:
        if contradict:
            why = "what is supposed contradicts itself"
            return {kind: Ways(kind, needless=why) for kind in ("answers", "grounds", "changes")}
        if together.always:
            why = "it is so in every setting already"
            return {kind: Ways(kind, needless=why) for kind in ("answers", "grounds", "changes")}
        return {
            "answers": self._answers(judge, together),
            "grounds": self._grounds(judge, together),
            "changes": self._changes(judge),
        }

    def _answers(self, judge: Judge, together: Verdict) -> Ways:
        if not together.may:
            return Ways(
                "answers", needless="no answer to an open question makes it so: it is so in no setting"
            )
        found = deciding_answers(judge, self.taken, self.space)
        ways = []
        for chosen in found.sets[: self.kept]:
            space = self._space(answers=answers_of(chosen))
            steps = tuple(self._reply_step(reply) for reply in chosen)
            verdict = judge.verdict(space, counted=True)
            ways.append(
                Way("answers", steps, verdict.status, verdict.settings, self._also(self.compiler, space))
            )
        return Ways("answers", tuple(ways), found.tried, max(0, len(found.sets) - self.kept), found.cut)

    def _space(self, *, gone: Iterable[str] = (), answers: Answers = NO_ANSWERS) -> SettingSpace:
        return self.compiler.setting_space({*self.taken, *gone}, answers=answers)

    def _grounds(self, judge: Judge, together: Verdict) -> Ways:
        if together.may:
            return Ways("grounds", needless="it is possible as the grounds stand")
        found = opening_grounds(judge, self.taken, self._breaks)
        ways = []
        for chosen in found.sets[: self.kept]:
            space = self._space(gone=chosen)
            verdict = judge.verdict(space, counted=True)
            steps = tuple(self._ground_step(ground) for ground in chosen)
            ways.append(
                Way("grounds", steps, verdict.status, verdict.settings, self._also(self.compiler, space))
            )
        return Ways("grounds", tuple(ways), found.tried, max(0, len(found.sets) - self.kept), found.cut)

    def _breaks(self, goal: Says) -> tuple[tuple[tuple[str, ...], ...], str]:
        """The smallest sets of grounds whose loss opens a conclusion that is decided."""
        result = reliance.analyse(self.compiler, [goal.conclusion.id], without=self.taken)
        rest = result[goal.conclusion.id]
        return rest.breaks, rest.cut

    def _changes(self, judge: Judge) -> Ways:
        alterations = Alterations(self.compiler, judge.goals, self.taken)
        progress = self.progress
        told = None if progress is None else (lambda done: progress(done, max(done, 1)))
        extra = [line for goal in judge.goals if isinstance(goal, Prefers) for line in self._new_line(goal)]
        found = alterations.find(self.size, told, extra)
        ordered = sorted(found.sets, key=lambda s: (not s[1].always, len(s[0])))
        ways = []
        for chosen, verdict in ordered[: self.kept]:
            compiler, settled = alterations.workshop.with_changes(chosen)
            space = compiler.setting_space(self.taken, answers=settled)
            steps = tuple(self._change_step(change) for change in chosen)
            also = self._also(compiler, space)
            ways.append(Way("changes", steps, verdict.status, verdict.settings, also))
        more = max(0, len(ordered) - self.kept)
        needless = "" if found.offered else "the case states nothing that could be changed"
        return Ways("changes", tuple(ways), found.tried, more, found.cut, needless, found.note)

    def _new_line(self, goal: Prefers) -> list[Change]:
        """A line before all others that makes a strict preference so."""
        known = self.compiler.orders().get(goal.party)
        stated = self.case.preferences.get(goal.party)
        if goal.relation == "=" or known is None or known.open or not stated or stated.priorities is None:
            return []
        names = self.compiler.space().numbers
        wants = f"state {goal.better}" if goal.better in names else goal.better
        if goal.better not in names and goal.worse in names:
            return []
        name = self.case.party_name(goal.party)
        says = f"{name}: a new line, before all others, wants {goal.better}"
        return [Change("add", f"{goal.party}.priorities", to=wants, party=goal.party, says=says)]

    def _reply_step(self, reply: Reply) -> Step:
        party = reply.question.partition(".")[0]
        return Step(reply.id, reply.says, party if party in self.case.preferences else "")

    def _ground_step(self, ground: str) -> Step:
        claim = ground in self.case.claims
        return Step(
            ground,
            self.words.get(ground, ground),
            wrong=(ground,) if claim else (),
            assumptions=() if claim else (ground,),
        )

    def _change_step(self, change: Change) -> Step:
        against = list(dict.fromkeys(g for e in denied(self.compiler, change) for g in sorted(e.standing)))
        moved = dict.fromkeys(g for e in put_elsewhere(self.compiler, change) for g in sorted(e.standing))
        claims = tuple(g for g in against if g in self.case.claims)
        rest = tuple(g for g in against if g not in self.case.claims)
        return Step(change.id, change.says, change.party, claims, rest, tuple(moved))

    # What else changes

    def _also(self, compiler: Compiler, space: SettingSpace) -> tuple[Shift, ...]:
        found = _shifts(self.base, statuses(compiler, self.conclusions, space))
        return tuple(shift for shift in found if shift.conclusion not in self.asked)

    def _by_claims(self) -> tuple[Shift, ...]:
        if not self.given:
            return ()
        before = statuses(self.before, self.conclusions, self.before.setting_space(self.taken))
        return _shifts(before, self.base)

    def _where(self, goals: Sequence[Goal], together: Verdict) -> tuple[Shift, ...] | None:
        """What is decided otherwise in the settings in which what is supposed is so."""
        if not goals or together.always or not together.may:
            return ()
        every = [*goals, *(Says(c) for c in self.conclusions)]
        found = worlds(self.compiler, every, self.space)
        if found is None or len(found) > GIVEN:
            return None
        must = np.ones(len(self.conclusions), dtype=bool)
        may = np.zeros(len(self.conclusions), dtype=bool)
        sure = np.zeros(len(self.conclusions), dtype=int)
        of = 0
        for world in found:
            there = There(self.compiler, world.setting)
            if not all(there.truth(goal)[1] for goal in goals):
                continue
            told = np.array([there.conclusion(c) for c in self.conclusions], dtype=bool).reshape(-1, 2)
            must, may, of = must & told[:, 0], may | told[:, 1], of + 1
            sure = sure + told[:, 0]
        after = {
            c: Verdict(bool(a), bool(m), (int(s), of))
            for c, a, m, s in zip(self.conclusions, must, may, sure, strict=True)
        }
        moved = [s for s in _shifts(self.base, after) if s.before != s.after]
        return tuple(replace(s, counts=(s.counts[0], None)) for s in moved if s.conclusion not in self.asked)

    def _against(self, goal: Prefers) -> tuple[Against, ...]:
        """The lines that decide against a preference, in the case as it is written."""
        order = self.compiler.orders().get(goal.party)
        if order is None or self.compiler.view().ranks(goal.party) is None:
            return ()
        counted, of = deciding_against(order, goal)
        found = []
        for id_, pairs in counted.items():
            element = self.compiler.element[id_]
            claims = tuple(g for g in sorted(element.standing) if g in self.case.claims)
            rest = tuple(g for g in sorted(element.standing) if g not in self.case.claims)
            found.append(Against(id_, element.says, pairs, of, claims, rest))
        return tuple(sorted(found, key=lambda a: (-a.pairs, a.element)))


def _shifts(before: Mapping[Conclusion, Verdict], after: Mapping[Conclusion, Verdict]) -> tuple[Shift, ...]:
    """Conclusions of which the word or the share of settings is another."""
    found = []
    for conclusion, old in before.items():
        new = after[conclusion]
        moved = old.status != new.status
        if not moved and old.settings and new.settings:
            moved = old.settings[0] * new.settings[1] != new.settings[0] * old.settings[1]
        if moved:
            counts = (old.settings, new.settings)
            found.append(Shift(conclusion.id, old.status, new.status, counts))
    return tuple(sorted(found, key=lambda s: s.before == s.after))
