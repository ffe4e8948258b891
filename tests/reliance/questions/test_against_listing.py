from __future__ import annotations

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.questions import QuestionsResult, ask
from accordant.reliance.questions.counting import decided
from tests.reliance import twin as reliance_twin
from tests.reliance.questions.twin import Listed

FEW = 64
"""Most settings listed."""


def countable(case: Case) -> Compiler:
    compiler = Compiler(case)
    space = compiler.setting_space()
    assume(space.count is not None and 2 <= space.count <= FEW and not space.vague)
    return compiler


@st.composite
def asked(draw: st.DrawFn) -> tuple[Compiler, list[Conclusion], QuestionsResult]:
    compiler = countable(draw(reliance_twin.cases()))
    parties = list(compiler.parties)
    names = list(compiler.space().names)
    conclusions = [
        Conclusion("acceptable", "offer", draw(st.sampled_from(parties))),
        Conclusion("agreement", "offer"),
        Conclusion("agreement-exists"),
        Conclusion("holds", draw(st.sampled_from(names)), draw(st.sampled_from(["nash", "gmr", "seq"]))),
    ]
    return compiler, conclusions, ask(compiler, [c.id for c in conclusions])


@given(asked())
@settings(max_examples=20)
def test_each_answer_decides_and_counts_what_listing_the_settings_left_gives(found: Any) -> None:
    compiler, conclusions, result = found
    for conclusion in conclusions:
        listed = Listed.of(compiler, conclusion)
        if listed.status({}) != "sometimes":
            assert result.decided[conclusion.id] == listed.status({})
            continue
        told = result.conclusion(conclusion.id)
        assert told.settings == listed.count({})
        for question, answers in listed.questions.items():
            then = {a: listed.status({question: a}) for a in answers}
            q = result[question]
            if conclusion.id not in q.bears_on:
                assert set(then.values()) == {"sometimes"}
                continue
            assert (conclusion.id in q.decides) == ("sometimes" not in then.values())
            assert (conclusion.id in q.at_best) == any(s != "sometimes" for s in then.values())
            for a in answers:
                shown = result.answer(question, a)
                assert shown.decides.get(conclusion.id, "sometimes") == then[a]
                assert shown.settings[conclusion.id] == listed.count({question: a})


@given(asked())
@settings(max_examples=20)
def test_what_decides_together_and_what_suffices_is_what_trying_every_set_gives(found: Any) -> None:
    compiler, conclusions, result = found
    for conclusion in conclusions:
        listed = Listed.of(compiler, conclusion)
        if listed.status({}) != "sometimes" or len(listed.questions) > 5:
            continue
        told = result.conclusion(conclusion.id)
        assert [frozenset(told.together or ())] == listed.together()
        for status, sets in (("always", told.always), ("never", told.never)):
            assert {frozenset(s) for s in sets} == listed.enough(status)
        if len(listed.questions) <= 4:
            assert told.at_most == listed.at_most({})
            worst = [listed.at_most({told.first or "": a}) for a in listed.questions[told.first or ""]]
            assert max(worst) == (told.at_most or 0) - 1


@given(asked())
@settings(max_examples=15)
def test_theorems(found: Any) -> None:
    _, _, result = found
    for told in result.undecided:
        together = set(told.together or ())
        # whatever suffices is about questions that must be asked, and each of these is somewhere of use
        assert {q for chosen in (*told.always, *told.never) for q, _ in chosen} == together
        assert 1 <= (told.at_most or 0) <= len(together) <= len(told.questions)
        # one set for always and one for never contradict each other
        for yes in told.always:
            for no in told.never:
                assert any(dict(yes)[q] != a for q, a in no if q in dict(yes))
        for bar in result.tornado(told.conclusion):
            low, high = (n[0] / n[1] for n in (bar.low, bar.high))
            now = (told.settings or (0, 1))[0] / (told.settings or (0, 1))[1]
            assert low <= now <= high
            assert low < high
    ranks = [
        (
            not any(c.startswith("agreement") for c in q.decides),
            -result.sure_counted(q),
            sum(c.startswith("holds") for c in decided(q.decides, result.open)),
            -result.best_counted(q),
        )
        for q in result.questions
    ]
    assert ranks == sorted(ranks)


@given(reliance_twin.cases())
@settings(max_examples=10)
def test_taking_a_claim_away_only_adds_questions(case: Case) -> None:
    compiler = countable(case)
    before = {q.id for q in ask(compiler, ["agreement(offer)"]).questions}
    after = {q.id for q in ask(compiler, ["agreement(offer)"], without=["c1"]).questions}
    assert before <= after
