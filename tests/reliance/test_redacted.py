"""A case without restricted claims answers as the whole case does when those claims are taken away."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.redacting import Held, redacted
from accordant.errors import CaseError
from accordant.model.compiler import Compiler
from accordant.reliance import analyse
from tests.reliance import twin


def answers(case: Case, asked: list[str], without: list[str]) -> dict[str, tuple[object, ...]]:
    found = analyse(Compiler(case), asked, without=without, supports=False).conclusions
    return {
        rest.conclusion: (rest.status, rest.settings and rest.settings[1] and _share(rest)) for rest in found
    }


def _share(rest: object) -> float:
    true, of = rest.settings  # type: ignore[attr-defined]
    return float(true) / float(of)


def check(case: Case, held: frozenset[str]) -> None:
    made = redacted(case, Held(held))
    try:
        asked = [c.conclusion for c in analyse(Compiler(made.case), supports=False).conclusions]
    except CaseError:
        return
    assert answers(made.case, asked, []) == answers(case, asked, sorted(held))


@given(twin.cases(), st.sets(st.sampled_from(["c1", "c2", "c3", "c4"]), min_size=1))
@settings(max_examples=15, deadline=None)
def test_answers_are_those_without_the_claims(case: Case, held: set[str]) -> None:
    check(case, frozenset(held))


@given(twin.cases(held=True, ranges=1), st.sets(st.sampled_from(["c1", "c2", "c4"]), min_size=1))
@settings(max_examples=12, deadline=None)
def test_worths_and_what_no_deal_is_worth_become_unknown(case: Case, held: set[str]) -> None:
    check(case, frozenset(held))
