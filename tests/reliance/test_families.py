"""Supports and breaks, by ground and by origin, agree with trying every subset; also with answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.case.grounds import chain
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.settings import NO_ANSWERS, Answers
from accordant.reliance import parse_conclusion
from accordant.reliance.families import breaking, keeping
from accordant.reliance.supports import Stands, Supports, backing_of
from accordant.reliance.sweep import STATUS, groups_of
from tests.reliance import twin
from tests.reliance.test_against_brute_force import few_settings, some_conclusions

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
Sets = set[frozenset[str]]


def stands(compiler: Compiler, text: str, answers: Answers = NO_ANSWERS) -> tuple[str, Stands]:
    (group,) = groups_of(compiler, [parse_conclusion(text, compiler)])
    sweep = group.sweep(compiler.setting_space(answers=answers))
    return STATUS[int(sweep.status[0])], Supports(compiler, group, sweep.status, frozenset(), answers).find()[
        0
    ]


def every_family(
    names: Iterable[str], follows: Callable[[frozenset[str]], bool], closed: Callable[[frozenset[str]], bool]
) -> tuple[Sets, Sets]:
    """Straight from the words: smallest kept sets that do, smallest lost sets that break."""
    names = sorted(names)
    subsets = [frozenset(s) for size in range(len(names) + 1) for s in combinations(names, size)]
    does: Sets = set()
    breaks: Sets = set()
    for some in subsets:
        if closed(some) and not any(d <= some for d in does) and follows(frozenset(names) - some):
            does.add(some)
        if not any(b <= some for b in breaks) and not follows(some):
            breaks.add(some)
    return does, breaks


def status_without(compiler: Compiler, text: str, taken: Iterable[str], answers: Answers) -> str:
    conclusion = parse_conclusion(text, compiler)
    space = compiler.setting_space(taken, answers=answers)
    found = [
        twin.truth(compiler, compiler.view(s), conclusion)
        for s in space.settings(deals=conclusion.kind != "holds")
    ]
    if all(must for must, _ in found):
        return "always"
    return "sometimes" if any(may for _, may in found) else "never"


def as_sets(listed: tuple[tuple[str, ...], ...]) -> Sets:
    return {frozenset(s) for s in listed}


def origins_kept_apart(compiler: Compiler) -> list[str]:
    case = compiler.case
    return sorted({name for claim in case.claims for name in backing_of(case, claim)})


@st.composite
def small_cases(draw: st.DrawFn) -> Case:
    """Cases in which one claim may go back to no origin."""
    case = draw(twin.cases(held=draw(st.booleans())))
    if draw(st.booleans()):
        claims = dict(case.sources.claims)
        claims["c4"] = claims["c4"].model_copy(update={"origin": None})
        case = case.model_copy(update={"sources": case.sources.model_copy(update={"claims": claims})})
    return case


@given(small_cases(), st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_families_of_origins_are_those_of_all_subsets(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    assume(few_settings(compiler))
    text = data.draw(st.sampled_from(some_conclusions(compiler, data)))
    status, found = stands(compiler, text)
    assume(status != "sometimes" and not found.cut)
    does, breaks = every_family(
        origins_kept_apart(compiler),
        lambda gone: status_without(compiler, text, gone, NO_ANSWERS) == status,
        lambda kept: True,
    )
    # a claim within another stands only with it, so that it is no support to keep it alone
    assert as_sets(found.origin_supports) == does
    assert as_sets(found.origin_breaks) == breaks


@given(small_cases(), st.data())
@settings(deadline=None, max_examples=10, suppress_health_check=SLOW)
def test_all_families_of_claims_and_a_few_assumptions(case: Case, data: st.DataObject) -> None:
    """Every subset of what the conclusion may stand on, where that is little enough to try."""
    compiler = Compiler(case)
    assume(few_settings(compiler))
    text = data.draw(st.sampled_from(some_conclusions(compiler, data)))
    status, found = stands(compiler, text)
    names = twin.grounds(case)
    assume(status != "sometimes" and not found.cut and len(names) <= 9)
    does, breaks = every_family(
        names,
        lambda gone: status_without(compiler, text, gone, NO_ANSWERS) == status,
        lambda kept: all(set(chain(case, g)) <= kept for g in kept if g in case.claims),
    )
    assert as_sets(found.supports) == does
    assert as_sets(found.breaks) == breaks


@given(small_cases(), st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=SLOW)
def test_with_answers_the_families_are_those_of_what_is_left_open(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    assume(few_settings(compiler))
    binary = [e.id for e in compiler.elements if e.kind in ("line", "red-line", "rule", "control")]
    chosen = data.draw(st.lists(st.sampled_from(binary), max_size=3, unique=True)) if binary else []
    out = data.draw(st.sets(st.sampled_from(chosen))) if chosen else set()
    answers = Answers(frozenset(chosen) - out, frozenset(out))
    text = data.draw(st.sampled_from(some_conclusions(compiler, data)))
    status, found = stands(compiler, text, answers)
    assert status == status_without(compiler, text, (), answers)
    assume(status != "sometimes" and not found.cut)
    _, breaks = every_family(
        origins_kept_apart(compiler),
        lambda gone: status_without(compiler, text, gone, answers) == status,
        lambda kept: True,
    )
    assert as_sets(found.origin_breaks) == breaks
    for support in found.supports:
        gone = set(twin.grounds(case)) - set(support)
        assert status_without(compiler, text, gone, answers) == status


@given(
    st.lists(
        st.lists(st.frozensets(st.sampled_from("abcde"), max_size=3), min_size=1, max_size=4), max_size=4
    )
)
@settings(deadline=None)
def test_each_family_holds_the_minimal_hitting_sets_of_the_other(
    fatal: list[list[frozenset[str]]],
) -> None:
    ways = [tuple(f) for f in fatal]
    kept, lost = keeping(ways), breaking(ways)
    assert kept.whole
    assert lost.whole

    def alive(names: frozenset[str]) -> bool:
        return all(any(way <= names for way in f) for f in ways)

    every = frozenset("abcde")
    subsets = [frozenset(s) for size in range(6) for s in combinations(sorted(every), size)]
    does = {s for s in subsets if alive(s)}
    assert set(kept.sets) == {s for s in does if not any(d < s for d in does)}
    breaks = {s for s in subsets if not alive(every - s)}
    assert set(lost.sets) == {s for s in breaks if not any(b < s for b in breaks)}


def test_a_family_cut_short_says_of_how_many() -> None:
    pairs = [(frozenset([f"a{k}"]), frozenset([f"b{k}"])) for k in range(6)]
    found = keeping(pairs)
    assert len(found.sets) == 64
    assert not found.left_out(64, "supports")
    assert found.left_out(10, "supports") == "only 10 of 64 supports are listed"
    short = keeping(pairs, held=20)
    assert not short.whole
    assert short.left_out(10, "supports") == "only 10 of at least 20 supports are listed"
