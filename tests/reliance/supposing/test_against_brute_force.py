"""What if agrees with cases written anew, with every setting listed, and with every small set tried."""

from __future__ import annotations

from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import parse_conclusion
from accordant.reliance.supposing import what_if
from accordant.reliance.supposing.altering import Alterations
from accordant.reliance.supposing.asking import preference
from accordant.reliance.supposing.changes import Change, goes_with, possible_changes
from accordant.reliance.supposing.editing import Workshop
from accordant.reliance.supposing.goals import Goal, Says
from accordant.reliance.supposing.judging import Judge, statuses
from tests.reliance import twin as reliance_twin
from tests.reliance.supposing import twin

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
EITHER = st.booleans().flatmap(lambda held: reliance_twin.cases(held=held)).filter(lambda case: plain(case))


def plain(case: Case) -> bool:
    """Whether nothing that is worth something is a range."""
    held = (p.reservation for p in case.preferences.values() if p.reservation is not None)
    return not any(isinstance(r.worth, tuple) for r in held)


def countable(compiler: Compiler, most: int = 64) -> None:
    space = compiler.setting_space()
    assume(space.of_packages is not None and space.listed <= most)


def some_goal(compiler: Compiler, data: st.DataObject) -> Goal:
    case, names = compiler.case, compiler.space().names
    party = data.draw(st.sampled_from(sorted(case.parties)))
    if data.draw(st.integers(0, 2)) == 0:
        one, other = (data.draw(st.sampled_from([*names, *case.issues])) for _ in range(2))
        mark = data.draw(st.sampled_from([">", ">=", "="]))
        assume(one != other and (one in names) == (other in names))
        try:
            return preference(f"{party}: {one} {mark} {other}", compiler)
        except InputError:  # true of the same states: nothing to compare
            assume(False)
    state = data.draw(st.sampled_from(names))
    concept = data.draw(st.sampled_from(["nash", "gmr", "smr", "seq", "sseq"]))
    texts = [
        f"acceptable(offer, {party})",
        "agreement(offer)",
        "agreement-exists",
        f"holds({state}, {concept})",
    ]
    text = data.draw(st.sampled_from(texts))
    return Says(parse_conclusion(text, compiler), data.draw(st.booleans()))


def some_changes(compiler: Compiler, data: st.DataObject, most: int = 3) -> list[Change]:
    offered, _ = possible_changes(compiler, [e.id for e in compiler.elements])
    chosen: list[Change] = []
    for change in (
        data.draw(st.lists(st.sampled_from(offered), max_size=most, unique=True)) if offered else []
    ):
        if goes_with(change, chosen):
            chosen.append(change)
    return chosen


@given(EITHER, st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=SLOW)
def test_a_changed_case_is_the_case_that_a_person_would_write(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    changes = some_changes(compiler, data)
    written = Compiler(twin.edited_case(case, changes))
    changed, settled = Workshop(compiler).with_changes(changes)
    space = changed.setting_space(answers=settled)
    assume(written.setting_space().listed <= 64)
    state = data.draw(st.integers(0, compiler.space().n - 1))
    name = compiler.space().name(state)
    values = compiler.space().values_of(state)
    again = next(s for s in range(written.space().n) if written.space().values_of(s) == values)
    concept = data.draw(st.sampled_from(["nash", "gmr", "smr", "seq", "sseq"]))
    pairs = {f"holds({name}, {concept})": f"holds({written.space().name(again)}, {concept})"}
    pairs |= {t: t for t in ("agreement(offer)", "agreement-exists", "acceptable(offer, a)")}
    asked = {text: parse_conclusion(text, compiler) for text in pairs}
    found = statuses(changed, asked.values(), space)
    for text, other in pairs.items():
        expected = reliance_twin.status(written, parse_conclusion(other, written), ())
        verdict = found[asked[text]]
        assert (verdict.status, verdict.settings) == expected, (text, [c.id for c in changes])


@given(EITHER, st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_several_things_at_once_are_counted_over_all_settings(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    countable(compiler)
    goals = [some_goal(compiler, data) for _ in range(data.draw(st.integers(1, 3)))]
    space = compiler.setting_space()
    found = Judge(compiler, goals).verdict(space, counted=True)
    word, count = twin.verdict(compiler, goals, space)
    assert (found.status, found.cut) == (word, "")
    assert found.settings in (None, count)
    assert found.settings or len(goals) > 1


@given(EITHER, st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=SLOW)
def test_answers_are_the_smallest_that_decide(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    countable(compiler, 32)
    goals = [some_goal(compiler, data) for _ in range(data.draw(st.integers(1, 2)))]
    result = _asked(compiler, goals)
    if result.status != "sometimes" or result.contradictions:
        return
    found = {frozenset(s.id for s in way.steps) for way in result.ways["answers"].ways}
    expected = twin.answer_sets(compiler, goals, 3)
    assert {f for f in found if len(f) <= 3} == expected


@given(EITHER, st.data())
@settings(deadline=None, max_examples=5, suppress_health_check=SLOW)
def test_grounds_are_the_smallest_whose_loss_makes_it_possible(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    countable(compiler, 16)
    assume(compiler.setting_space(reliance_twin.grounds(case)).listed <= 300)
    goals = [some_goal(compiler, data) for _ in range(data.draw(st.integers(1, 2)))]
    if any(not isinstance(g, Says) for g in goals):
        free = compiler.setting_space(reliance_twin.grounds(case))
        assume(not free.lost and not free.unknown)
    result = _asked(compiler, goals)
    if result.status != "never" or result.contradictions:
        return
    found = result.ways["grounds"]
    sets = {tuple(sorted(s.id for s in way.steps)) for way in found.ways}
    expected = twin.opening_sets(compiler, goals, 2)
    if found.cut:
        assert {s for s in sets if len(s) <= 2} <= expected
    else:
        assert {s for s in sets if len(s) <= 2} == expected


@given(reliance_twin.cases(), st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=SLOW)
def test_changes_are_the_smallest_that_do_it(case: Case, data: st.DataObject) -> None:
    """Each set listed does it, no part of it does, and any other that does it is listed or moves further."""
    compiler = Compiler(case)
    countable(compiler, 8)
    goal = some_goal(compiler, data)
    search = Alterations(compiler, [goal], frozenset())
    found = search.find(2)
    works: dict[frozenset[Change], bool] = {}

    def does(changes: frozenset[Change]) -> bool:
        if changes not in works:
            written = Compiler(twin.edited_case(case, changes))
            assume(written.setting_space().listed <= 32)
            again = goal
            if not isinstance(goal, Says):
                again = preference(goal.id, written) if written.space().n == compiler.space().n else goal
            works[changes] = twin.verdict(written, [again], written.setting_space())[0] == "always"
        return works[changes]

    # written anew without a rule the states have other names: only what is about packages is the same
    renamed = not isinstance(goal, Says) or goal.conclusion.kind == "holds"
    listed = [s for s, verdict in found.sets if verdict.always]
    if does(frozenset()):
        return
    for chosen in listed:
        if renamed and any(c.what == "lift" for c in chosen):
            continue
        assert does(frozenset(chosen))
        assert not any(does(frozenset(chosen) - {c}) for c in chosen)
    offered, _ = possible_changes(compiler, [e.id for e in compiler.elements])
    offered = [c for c in offered if not (renamed and c.what == "lift")]
    largest = min((len(s) for s in listed), default=1)
    for size in range(1, min(largest, 1) + 1):
        for chosen in combinations(offered, size):
            if does(frozenset(chosen)):
                assert any(_no_further(one, chosen) for one in listed), [c.id for c in chosen]


def _no_further(one: tuple[Change, ...], other: tuple[Change, ...]) -> bool:
    if len(one) != len(other):
        return False
    pairs = list(zip(sorted(one), sorted(other), strict=True))
    return all(
        (a.what, a.element) == (b.what, b.element) and abs(a.distance) <= abs(b.distance) for a, b in pairs
    )


def _asked(compiler: Compiler, goals: list[Goal]):  # type: ignore[no-untyped-def]
    return what_if(
        compiler,
        [g.id for g in goals if isinstance(g, Says)],
        prefer=[g.id for g in goals if not isinstance(g, Says)],
        size=1,
    )
