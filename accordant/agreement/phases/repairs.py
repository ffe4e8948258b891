"""Changes of a plan with which nobody would leave: every one is judged like the plan itself.

Another order, stages joined, a part of a stage brought forward or put off, a term that the case knows;
and what a term that it does not know would have to do: what nobody may be able to take back, or how
much more the deal would have to be worth. Where none of these is enough alone, stages laid out
otherwise are tried together with a term. Every changed plan leads to the same state in the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, permutations

from accordant.agreement.phases.induction import DONE
from accordant.agreement.phases.judging import Questions, Scene, judge, scene
from accordant.agreement.phases.path import follow
from accordant.agreement.phases.plans import Plan, Step
from accordant.agreement.phases.result import Repair
from accordant.agreement.phases.voices import Profile, Voice
from accordant.agreement.phases.weighing import Prospect, exit_worth, worth_of
from accordant.agreement.rounding import told_apart
from accordant.case.objects import Issue
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable
from accordant.stability.telling import listed

TRIED = 600
"""Most changed plans that are tried."""
SHOWN = 3
"""Most changes of one kind that are given."""
REORDERED = 6
"""Most stages of which every order is tried; of more, every order in which one of them moves."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A changed plan, and what is changed in words."""

    kind: str
    plan: Plan
    says: str


def repairs(
    questions: Questions, plan: Plan, looked: Scene, progress: Callable[[int, int], None] | None = None
) -> tuple[tuple[Repair, ...], bool]:
    """The changes with which the plan would surely be carried out; whether every one was tried.

    Parameters
    ----------
    looked
        The plan as the case is written; its stages are possible.
    """
    assert looked.tree is not None
    end, tried = looked.tree.end, 0
    found: dict[str, list[Repair]] = {}
    for candidates in (_single(questions, plan, looked), _double(questions, plan, looked)):
        for candidate in candidates:
            if len(found.get(candidate.kind, ())) == SHOWN:
                continue
            if tried == TRIED:
                return _all(found), False
            tried += 1
            if progress is not None:
                progress(tried, TRIED)
            if repair := _tried(questions, candidate, end):
                found.setdefault(candidate.kind, []).append(repair)
        if found:
            break
    return _all(found), True


def _all(found: Mapping[str, Sequence[Repair]]) -> tuple[Repair, ...]:
    return tuple(repair for some in found.values() for repair in some)


def _tried(questions: Questions, candidate: Candidate, end: int) -> Repair | None:
    plan = candidate.plan
    looked = scene(questions, plan, questions.written)
    if looked.tree is None or looked.tree.end != end or looked.written()[0].ends[1] != (DONE,):
        return None  # as written it is no repair, so that the other settings need no look
    judged = judge(questions, plan)
    if judged.answer(judged.carried) != "yes":
        return None
    return Repair(
        candidate.kind,
        f"{candidate.says}, nobody would leave.",
        plan.steps,
        plan.terms,
        plan.held,
        dict(plan.added),
        judged.answer(judged.ahead),
    )


def _single(questions: Questions, plan: Plan, looked: Scene) -> Iterator[Candidate]:
    yield from _laid_out(questions, plan)
    yield from _terms(questions, plan)
    yield from _guarantees(questions, plan, looked)
    yield from _inducements(questions, plan, looked)


def _laid_out(questions: Questions, plan: Plan) -> Iterator[Candidate]:
    yield from _orders(plan)
    yield from _joins(plan)
    yield from _splits(questions, plan)


def _double(questions: Questions, plan: Plan, looked: Scene) -> Iterator[Candidate]:
    """Two changes at once: where nothing less does."""
    for one in _laid_out(questions, plan):
        secured = (*_terms(questions, one.plan), *_guarantees(questions, one.plan, looked))
        for two in secured:
            says = f"{one.says}, and {two.says[0].lower()}{two.says[1:]}"
            yield Candidate(f"{one.kind}+{two.kind}", two.plan, says)


def _orders(plan: Plan) -> Iterator[Candidate]:
    """The same stages in other orders, on the same days; those that change least first."""
    n = len(plan.steps)
    every = permutations(range(n)) if n <= REORDERED else _one_moved(n)
    for order in sorted(set(every) - {tuple(range(n))}, key=lambda o: (_inversions(o), o)):
        steps = tuple(_at(plan.steps[k], slot) for k, slot in zip(order, plan.steps, strict=True))
        names = [step.name for step in steps]
        says = f"In the order {', '.join(names[:-1])} and then {names[-1]}"
        yield Candidate("order", replace(plan, steps=steps), says)


def _one_moved(n: int) -> Iterator[tuple[int, ...]]:
    for k in range(n):
        rest = [j for j in range(n) if j != k]
        yield from ((*rest[:at], k, *rest[at:]) for at in range(n))


def _inversions(order: Sequence[int]) -> int:
    return sum(a > b for a, b in combinations(order, 2))


def _at(step: Step, slot: Step) -> Step:
    """A stage when another one was to be carried out."""
    return replace(step, day=slot.day, event=slot.event)


def _joins(plan: Plan) -> Iterator[Candidate]:
    """Neighbouring stages carried out together, when the later one was."""
    for size in range(2, len(plan.steps) + 1):
        for k in range(len(plan.steps) - size + 1):
            some = plan.steps[k : k + size]
            package = _together(some)
            if package is None:
                continue
            names = [step.name for step in some]
            step = Step(" + ".join(names), package, some[-1].day, some[-1].event)
            steps = (*plan.steps[:k], step, *plan.steps[k + size :])
            says = f"With {listed(names)} carried out together"
            yield Candidate("join", replace(plan, steps=steps), says)


def _together(steps: Sequence[Step]) -> dict[str, str] | None:
    whole: dict[str, str] = {}
    for step in steps:
        if isinstance(step.package, str):
            return None
        whole.update(step.package)
    return whole


def _splits(questions: Questions, plan: Plan) -> Iterator[Candidate]:
    """A part of one stage carried out with another: an issue, or a step of it."""
    case, view = questions.case, questions.compiler.view(questions.written)
    if view.status_quo is None or any(isinstance(step.package, str) for step in plan.steps):
        return
    before = view.space.values_of(view.status_quo)
    settled = [issue for step in plan.steps for issue in step.package]
    for j, step in enumerate(plan.steps):
        assert not isinstance(step.package, str)
        for name, value in step.package.items():
            if settled.count(name) > 1 or before[name] == "*":
                continue
            shown = case.issues[name].shown
            for i in sorted((k for k in range(len(plan.steps)) if k != j), key=lambda k: abs(k - j)):
                other = plan.steps[i].name
                if len(step.package) > 1:
                    moved = _moved(plan, {(j, name): None, (i, name): value})
                    when = "already" if i < j else "only"
                    says = f"With {name} = {shown(value)} {when} in {other}"
                    yield Candidate("split", moved, says)
                for part in _between(case.issues[name], before[name], value):
                    first, last = (i, j) if i < j else (j, i)
                    moved = _moved(plan, {(first, name): part, (last, name): value})
                    names = f"{plan.steps[first].name} and {name} = {shown(value)} in {plan.steps[last].name}"
                    says = f"With {name} = {shown(part)} in {names}"
                    yield Candidate("split", moved, says)


def _between(issue: Issue, before: str, after: str) -> list[str]:
    """The values on the way from one to another, the one nearest to the middle first."""
    closed = reachable(issue_direction(issue))
    a, b = issue.values.index(before), issue.values.index(after)
    way = [k for k in range(min(a, b) + 1, max(a, b)) if closed[a, k] and closed[k, b]]
    return [issue.values[k] for k in sorted(way, key=lambda k: abs(2 * k - a - b))]


def _moved(plan: Plan, changes: Mapping[tuple[int, str], str | None]) -> Plan:
    """A plan with some values in other stages; a stage that settles nothing any more is left out."""
    steps = []
    for k, step in enumerate(plan.steps):
        assert not isinstance(step.package, str)
        package = dict(step.package)
        for (at, issue), value in changes.items():
            if at == k and value is None:
                package.pop(issue, None)
            elif at == k and value is not None:
                package[issue] = value
        if package:
            steps.append(replace(step, package=package))
    return replace(plan, steps=tuple(steps))


def _terms(questions: Questions, plan: Plan) -> Iterator[Candidate]:
    """Terms of the case that are not part of the deal."""
    others = [t for t in questions.case.terms if t not in plan.terms]
    for size in (1, 2):
        for some in combinations(others, size):
            names = listed([questions.case.terms[t].name or t for t in some])
            says = f"With {names} as part of the deal"
            yield Candidate("term", replace(plan, terms=(*plan.terms, *some)), says)


def _guarantees(questions: Questions, plan: Plan, looked: Scene) -> Iterator[Candidate]:
    """What a party, or nobody, could take back any more."""
    space = looked.view.space
    if not space.issues:
        return
    settled = dict(_settled(plan, looked))
    parties = tuple(questions.vetoes)
    for size in range(1, len(parties) + 1):
        for who in combinations(parties, size):
            for issue, values in settled.items():
                held = tuple((p, issue, v) for p in who for v in values)
                name = "nobody could" if size == len(parties) > 1 else f"{_names(questions, who)} could not"
                says = f"With a guarantee that {name} take back {issue}"
                yield Candidate("guarantee", replace(plan, held=held), says)


def _settled(plan: Plan, looked: Scene) -> Iterator[tuple[str, tuple[str, ...]]]:
    """For each issue that the stages settle, its values on the way."""
    view = looked.view
    path = follow(view, plan.packages)
    if path.problem:
        return
    for k, issue in enumerate(view.space.issues):
        if issue in path.reached[-1].touched:
            codes = dict.fromkeys(int(c) for r in path.reached if issue in r.touched for c in r.rows[:, k])
            yield issue, tuple(view.space.values[k][c] for c in codes)


def _names(questions: Questions, who: Sequence[str]) -> str:
    return listed([questions.case.party_name(p) for p in who])


def _inducements(questions: Questions, plan: Plan, looked: Scene) -> Iterator[Candidate]:
    """How much more the deal would have to be worth, to each party that would leave."""
    needed = {}
    for party in questions.vetoes:
        voice = looked.voices[party]
        if not voice.cardinal:
            continue
        lacks = [_lacks(looked, voice, profile, party) for profile in voice.profiles]
        known = [lack for lack in lacks if lack is not None]
        if len(known) == len(lacks) and max(known) > 0:
            needed[party] = max(known)
    if needed:
        much = listed(
            [f"{told_apart(more)[0]} to {questions.case.party_name(p)}" for p, more in needed.items()]
        )
        says = f"With an inducement worth {much} while the deal stands"
        yield Candidate("inducement", replace(plan, added=tuple(needed.items())), says)


def _lacks(looked: Scene, voice: Voice, profile: Profile, party: str) -> Fraction | None:
    """By how much the whole deal falls short of walking away at some stage; None where it is not known."""
    tree, lacks = looked.tree, Fraction(0)
    assert tree is not None
    if profile.worths is None:
        return None
    for decision in tree.decisions:
        wait = tree.waiting(decision, tree.last)
        stays = worth_of(voice, profile, looked.column, Prospect(tree.end, wait))[0]
        if stays is None or wait[1] is None:
            return None
        kept = Fraction(1)
        if voice.delay is not None and voice.delay.factor is not None:
            kept = Fraction(voice.delay.factor) ** (wait[1] // voice.delay.days)
        for leave in tree.exits(decision, party, voice.home):
            whole = Prospect(tree.end, wait)
            if leave.state is None or (voice.reservation_open and not whole.nothing_taken_back(leave)):
                return None
            most = exit_worth(voice, profile, looked.column, leave, whole)[1]
            lacks = max(lacks, (most - stays) / kept)
    return lacks
