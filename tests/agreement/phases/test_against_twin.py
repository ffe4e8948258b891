"""Answers about stages against the definition, world by world."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings

from accordant.agreement.phases.analysis import analyse
from accordant.agreement.phases.judging import Questions, judge
from accordant.agreement.phases.plans import plan_of
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.phases.random_plans import plans
from tests.agreement.phases.twin import Twin, worlds

MOST = 400
"""Most worlds of one case."""
RELAXED = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def gathered(case):
    """What is so in all worlds and in any: the plan carried out, and every row of the whole plan."""
    twin = Twin(case)
    carried, rows, exact, several = [], {}, not twin.rough, False
    whole = len(case.proposals["plan"].stages)
    for k, world in enumerate(worlds(twin)):
        assume(k < MOST)
        if world.walked is None:
            carried.append(False)
            continue
        several |= len(twin.no_deals(world.off)) > 1 or any(
            len(
                twin.exits(
                    world.walked[0][d - 1], world.walked[1][d - 1], twin.no_deals(world.off)[0],
                    world.off, p, world.terms, d == 1,
                )
            ) > 1
            for d in range(1, len(world.walked[0]) + 1)
            for p in twin.parties
        )  # fmt: skip
        found, done = world.play()
        carried.append(done)
        if len(world.stages) == whole:
            for key, stays in found.items():
                rows.setdefault(key, []).append(stays)
    return carried, rows, exact and not several


def answer(truths) -> str:
    return "yes" if all(truths) else "unknown" if any(truths) else "no"


@RELAXED
@given(plans())
def test_every_answer_is_that_of_all_worlds_together(case) -> None:
    questions = Questions(Compiler(case))
    judged = judge(questions, plan_of(case, "plan", case.proposals["plan"].terms))
    carried, rows, exact = gathered(case)
    if exact:
        assert judged.carried.answer == answer(carried)
    assert judged.carried.answer in ("unknown", answer(carried))
    for key, truths in rows.items():
        said = judged.rows[key].answer
        assert said in ("unknown", answer(truths)), key
        if exact:
            assert said == answer(truths), key


@RELAXED
@given(plans())
def test_a_repair_keeps_everybody_in_when_the_case_is_written_so(case) -> None:
    plan = case.proposals["plan"]
    assume(not any(s.unsure for s in plan.stages))
    for repair in analyse(Compiler(case), "plan").repairs:
        stages = [
            {"name": s.name, "package": s.package, "day": s.day, "event": s.event} for s in repair.stages
        ]
        terms = {
            f"held {p} {i} {v}": {
                "kind": "guarantee",
                "removes": [{"party": p, "if": f"{i} = {v}", "to": f"{i} != {v}"}],
            }
            for p, i, v in repair.held
        }
        terms |= {
            f"added {p}": {"kind": "inducement", "worth": {p: worth}}
            for p, worth in repair.added.items()
            if 10**9 % worth.denominator == 0
        }
        assume(len(terms) == len(repair.held) + len(repair.added))
        data = case.model_dump(by_alias=True, exclude_none=True)
        data["terms"] |= {
            name: {**term, "worth": {p: str(float(w)) for p, w in term.get("worth", {}).items()}}
            for name, term in terms.items()
        }
        data["proposals"]["plan"] = {"stages": stages, "terms": [*repair.terms, *terms]}
        again = judge(
            questions := Questions(Compiler(Case.model_validate(data))),
            plan_of(questions.case, "plan", questions.case.proposals["plan"].terms),
        )
        assert (again.carried.answer, again.ahead.answer) == ("yes", repair.one_ahead), repair.sentence
