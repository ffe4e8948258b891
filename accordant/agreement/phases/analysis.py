"""A deal in stages: everything that ``stages`` answers about a proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from accordant.agreement.holding import Holding, holding
from accordant.agreement.phases.judging import STRUCTURES, Judgement, Questions, Scene, judge, scene
from accordant.agreement.phases.lasting import LastsFor, latest_days
from accordant.agreement.phases.listing import listed
from accordant.agreement.phases.plans import Plan, plan_of
from accordant.agreement.phases.repairs import repairs
from accordant.agreement.phases.result import (
    Answer,
    AtStage,
    GoesOn,
    Leaving,
    Repair,
    StageAnswer,
    StagesResult,
    TermAnswer,
)
from accordant.agreement.phases.telling import Teller, Why
from accordant.agreement.phases.terms import terms_of, unapplied
from accordant.agreement.phases.voices import OWN
from accordant.agreement.reasons import Speaker
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.stability.result import StabilityResult
from accordant.stability.telling import listed as in_words
from accordant.tables import Method

Progress = Callable[[int, int], None]

_TOO_MANY = (
    "The case has too many states to be listed: only those are looked at that the stages and walking away "
    "can lead to, so that nothing is said of whether the deal holds once it is reached."
)


class Opened(Protocol):
    """A case opened for analysis."""

    @property
    def compiler(self) -> Compiler:
        """The compiled case."""

    def stability(self) -> StabilityResult:
        """Which states hold."""


def analyse(
    opened: Opened | Compiler,
    proposal: str,
    *,
    terms: Sequence[str] = (),
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> StagesResult:
    """Whether a deal in stages would be carried out, and at which stage somebody would leave.

    Parameters
    ----------
    opened
        A case opened for analysis, or its compiled form.
    proposal
        Its id; one without stages is carried out at once.
    terms, without
        Guarantees and inducements taken to be part of it besides its own; some of them left out.
    progress
        Told how many changed plans have been tried.

    Raises
    ------
    InputError
        If the proposal or a term is unknown.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "status_quo": {"x": "no", "y": "no"},
    ...     "issues": {"x": {"by": "a", "moves": "forward"}, "y": {"by": "b", "moves": "forward"}},
    ...     "preferences": {"a": {"priorities": ["y", "not x"]}, "b": {"priorities": ["x", "not y"]}},
    ...     "proposals": {"swap": {"stages": [{"name": "first", "package": {"x": "yes"}},
    ...                                       {"name": "then", "package": {"y": "yes"}}]}}})
    >>> result = analyse(Compiler(case), "swap")
    >>> result.carried_out, [(x.stage, x.party) for x in result.leaves]
    ('no', [('first', 'a')])
    >>> result.stages[1].parties["b"].end.because.partition(":")[0], result.stages[1].parties["b"].leads_to
    ('b would walk away', ('s3',))
    >>> result.repairs[0].sentence
    'With first and then carried out together, nobody would leave.'
    """
    compiler = opened if isinstance(opened, Compiler) else opened.compiler
    case = compiler.case
    in_force = terms_of(case, proposal, terms, without)
    plan = plan_of(case, proposal, in_force)
    few, changeable = listed(compiler, plan)
    questions = Questions(few)
    judged = judge(questions, plan)
    made = f"proposals.{proposal}" not in questions.opened
    looked = scene(questions, plan, questions.written)
    carried, ahead = _pair(judged, made)
    mended: tuple[tuple[Repair, ...], bool] = ((), changeable)
    if changeable and looked.tree is not None and judged.answer(judged.carried) != "yes":
        mended = repairs(questions, plan, looked, progress)
    stages = _stages(questions, plan, judged, looked)
    values = _values(looked, stages)
    return StagesResult(
        title=case.title,
        proposal=proposal,
        names={p: case.party_name(p) for p in questions.vetoes},
        made=made,
        impossible=_impossible(plan, looked),
        carried_out=carried,
        one_ahead=ahead,
        stages=stages,
        leaves=_leaves(plan, judged, "end"),
        short_sighted=_leaves(plan, judged, "ahead"),
        in_force=in_force,
        terms=tuple(_term(questions, plan, t, made) for t in case.terms),
        without_terms=_pair(judge(questions, Plan(plan.steps)), made) if in_force else None,
        repairs=mended[0],
        repairs_complete=mended[1],
        lasts=_lasts(questions, plan, looked),
        holding=_holding(opened, plan, looked) if few is compiler else None,
        values=values,
        shown={s: {i: case.issues[i].shown(v) for i, v in row.items()} for s, row in values.items()},
        notes=(*_notes(case, questions, plan, made, looked), *([] if few is compiler else [_TOO_MANY])),
        method=_method(questions, judged, mended[1]),
    )


def _pair(judged: Judgement, made: bool) -> tuple[Answer, Answer]:
    return _said(judged.answer(judged.carried), made), _said(judged.answer(judged.ahead), made)


def _said(answer: Answer, made: bool) -> Answer:
    """An answer as it is given: never yes about a proposal that may not have been made."""
    return "unknown" if answer == "yes" and not made else answer


def _impossible(plan: Plan, looked: Scene) -> str:
    if not looked.path.problem:
        return ""
    stage = plan.steps[max(0, len(looked.path.reached) - 1)].name
    return f"the stage {stage} is not possible: {looked.path.problem}"


def _stages(questions: Questions, plan: Plan, judged: Judgement, looked: Scene) -> tuple[StageAnswer, ...]:
    if looked.tree is None:
        return _without_verdicts(plan, looked)
    verdicts, chosen = looked.written()
    speaker = Speaker(looked.view, questions.compiler.element)
    teller = Teller(looked, plan, verdicts, chosen, speaker)
    found = []
    for decision in looked.tree.decisions:
        step = plan.steps[decision - 1] if decision < looked.tree.last else None
        state = looked.path.reached[min(decision, looked.tree.last - 1)].state
        found.append(
            StageAnswer(
                decision,
                step.name if step else "afterwards",
                step.day if step else None,
                step.event if step else None,
                step.package if step else {},
                looked.view.space.name(state),
                teller.kept(decision),
                {p: _at(teller, judged, decision, p) for p in questions.vetoes},
                teller.comes_of(decision),
            )
        )
    return tuple(found)


def _without_verdicts(plan: Plan, looked: Scene) -> tuple[StageAnswer, ...]:
    """The stages as far as they are possible, where nothing can be judged."""
    names = [looked.view.space.name(r.state) for r in looked.path.reached[1:]]
    states = [*names, *[None] * (len(plan.steps) - len(names))]
    return tuple(
        StageAnswer(k, step.name, step.day, step.event, step.package, state, (), {}, "")
        for k, (step, state) in enumerate(zip(plan.steps, states, strict=True), 1)
    )


def _at(teller: Teller, judged: Judgement, decision: int, party: str) -> AtStage:
    return AtStage(
        _goes_on(teller, judged, decision, party, "ahead"),
        _goes_on(teller, judged, decision, party, "end"),
        teller.leads_to(decision, party),
    )


def _goes_on(teller: Teller, judged: Judgement, decision: int, party: str, sight: str) -> GoesOn:
    answer = judged.answer(judged.rows[decision, party, sight])
    why: Why = teller.why(decision, party, sight)
    stay = getattr(teller.verdicts, sight)[decision, party]
    settled = stay.surely or not stay.maybe
    says = f"Something is unsure that may change this. As written: {why.sentence}"
    vetoes = [c for c in teller.scene.vetoes[party] if judged.own[decision, c, sight].answer == "no"]
    return GoesOn(
        answer,
        judged.answer(judged.own[decision, party, sight]),
        tuple(vetoes),
        says if answer == "unknown" and settled else why.sentence,
        why.going_on,
        why.walking_away,
        why.elements,
    )


def _leaves(plan: Plan, judged: Judgement, sight: str) -> tuple[Leaving, ...]:
    stages = [*(step.name for step in plan.steps), "afterwards"]
    return tuple(
        Leaving(decision, stages[decision - 1], party, judged.complete and surely == judged.looked)
        for (decision, party), surely in sorted(judged.leaving[sight].items())
    )


def _term(questions: Questions, plan: Plan, term: str, made: bool) -> TermAnswer:
    """A term of the case, with what would follow if it were the other way round."""
    part = term in plan.terms
    others = tuple(t for t in plan.terms if t != term) if part else (*plan.terms, term)
    carried, ahead = _pair(judge(questions, Plan(plan.steps, others)), made)
    found = questions.case.terms[term]
    return TermAnswer(term, found.name or term, found.kind, found.by, part, carried, ahead)


def _lasts(questions: Questions, plan: Plan, looked: Scene) -> LastsFor | None:
    waits = any(p.delay is not None for p in questions.case.preferences.values())
    if looked.tree is None or not waits:
        return None
    return latest_days(questions, [looked.tree.end], plan.terms)[0]


def _holding(opened: Opened | Compiler, plan: Plan, looked: Scene) -> Holding | None:
    return None if looked.tree is None else holding(opened, looked.tree.end, plan.terms)


def _values(looked: Scene, stages: Sequence[StageAnswer]) -> dict[str, dict[str, str]]:
    """What every state that is named stands for, in the order of the case."""
    space = looked.view.space
    names = [s.state for s in stages if s.state]
    names += [name for s in stages for at in s.parties.values() for name in at.leads_to]
    numbers = sorted({space.numbers[name] for name in names}) if space.issues else []
    return {space.name(s): space.values_of(s) for s in numbers}


def _notes(case: Case, questions: Questions, plan: Plan, made: bool, looked: Scene) -> tuple[str, ...]:
    found = list(unapplied(case, plan.terms))
    if not made:
        found.append("The proposal may not have been made: no answer about it is yes.")
    unsure = [step.name for step in plan.steps if step.element in questions.opened]
    if unsure:
        found.append(f"It is unsure whether {', '.join(unsure)} is part of the deal.")
    if not looked.view.no_deal:
        found.append(
            "The case gives neither no deal nor a status quo, so that nothing can be compared with it."
        )
    shifted = [v.name for v in looked.voices.values() if v.reservation is not None]
    if shifted and plan.steps:
        who = in_words([case.party_name(p) for p in shifted])
        found.append(
            f"No deal is worth a number to {who}: walking away is worth that number, and as much more or "
            "less as what can no longer be taken back is worth, as if what it could have elsewhere were not "
            "lost by that. Where nothing of it can be taken back, walking away is worth what the deal is."
        )
    if any(step.day is None for step in plan.steps) and any(v.delay for v in looked.voices.values()):
        found.append(
            "The day of a stage that waits for an event is not known: any day that fits is allowed for."
        )
    return tuple(found)


def _method(questions: Questions, judged: Judgement, complete: bool) -> Method:
    cut = []
    if not judged.complete:
        cut.append(
            f"more is unsure than is gone through (up to {STRUCTURES} settings of rules, control and no "
            f"deal, and {OWN:,} of one party's lines), so that nothing is certain"
        )
    if not complete:
        cut.append("not every changed plan was tried: what would keep everybody in may be missing")
    return Method(
        "backward induction over the stages, walking away with what cannot be taken back",
        not cut,
        questions.settings.count,
        "; ".join(cut),
    )
