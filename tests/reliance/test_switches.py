"""Answers without what a switch stands for, against every setting listed; what counts as one origin."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.case.grounds import falls_with, standings
from accordant.case.objects import Case
from accordant.case.switches import default_switches, parse_switches
from accordant.model.compiler import Compiler
from accordant.reliance import analyse, parse_conclusion
from accordant.reliance.footing import footings, single_points
from tests.reliance import twin

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
NAMES: tuple[str, ...] = (
    "unnamed",
    "side:a",
    "after:2024-01-10",
    "before:2024-01-10",
    "below:C3",
    "ungraded",
    "report:r1",
)
NAMES = (*NAMES, "outlet:Meridian", "kind:offer", "undated", "c1", "o2")
FIELDS = {
    "grade": st.sampled_from(["B2", "C3", "D3", "C4", "F6", "F4"]),
    "reported": st.sampled_from([None, "2024-01-05", "2024-01", "2024-01-20", "2024-01-08/.."]),
    "kind": st.sampled_from(["offer", "position"]),
}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Random cases whose claims have dates, grades and kinds, in two reports of two outlets."""
    case = draw(twin.cases())
    reports = {
        "r1": case.reports["r1"].model_copy(update={"outlet": "Meridian", "published": "2024-01-15"}),
        "r2": case.reports["r1"].model_copy(update={"file": "reports/r2.txt", "outlet": "Courier"}),
    }
    if draw(st.booleans()):
        reports["r2"] = reports["r2"].model_copy(update={"original": "r1"})
    claims = {
        id_: claim.model_copy(
            update={
                **{field: draw(values) for field, values in FIELDS.items()},
                "report": draw(st.sampled_from(["r1", "r2"])),
            }
        )
        for id_, claim in case.claims.items()
    }
    sources = case.sources.model_copy(update={"reports": reports, "claims": claims})
    return case.model_copy(update={"sources": sources})


def asked(case: Case, compiler: Compiler, data: st.DataObject) -> str:
    party = data.draw(st.sampled_from(sorted(case.parties)))
    state = data.draw(st.sampled_from(compiler.space().names))
    return data.draw(
        st.sampled_from([f"acceptable(offer, {party})", "agreement(offer)", f"holds({state}, seq)"])
    )


@given(cases(), st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_switches_together_are_the_loss_of_all_that_they_take(case: Case, data: st.DataObject) -> None:
    names = data.draw(st.lists(st.sampled_from(NAMES), max_size=3, unique=True))
    compiler = Compiler(case)
    taken = {g for switch in parse_switches(case, names) for g in switch.grounds}
    if compiler.setting_space(taken).listed > 300:
        return
    text = asked(case, compiler, data)
    result = analyse(compiler, [text], without=names, supports=False)
    expected = twin.status(compiler, parse_conclusion(text, compiler), taken)
    assert (result[text].status, result[text].settings) == expected
    assert result.taken == tuple(names)
    assert all(result[text].under[name] == expected[0] for name in names)


@given(cases(), st.data())
@settings(deadline=None, max_examples=15, suppress_health_check=SLOW)
def test_each_switch_that_is_tried_is_the_loss_of_what_it_takes(case: Case, data: st.DataObject) -> None:
    compiler = Compiler(case)
    switches = [s for s in default_switches(case) if compiler.setting_space(s.grounds).listed <= 200]
    text = asked(case, compiler, data)
    rest = analyse(compiler, [text], supports=False)[text]
    for switch in switches:
        assert (
            rest.under[switch.id]
            == twin.status(compiler, parse_conclusion(text, compiler), switch.grounds)[0]
        )


@given(cases(), st.sets(st.sampled_from(NAMES), max_size=3), st.sampled_from(NAMES))
@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
def test_more_switches_take_more_and_settle_nothing(case: Case, names: set[str], more: str) -> None:
    compiler = Compiler(case)
    few, many = (parse_switches(case, sorted(n)) for n in (names, {*names, more}))
    before, after = (compiler.setting_space({g for s in some for g in s.grounds}) for some in (few, many))
    assert set(before.free) <= {*after.free, *after.lost}
    assert set(before.lost) <= set(after.lost)
    assert set(before.unknown) <= set(after.unknown)


@given(cases(), st.sets(st.sampled_from(NAMES), max_size=2))
@settings(deadline=None, max_examples=20, suppress_health_check=SLOW)
def test_standing_never_changes_because_something_was_taken_away(case: Case, names: set[str]) -> None:
    whole = analyse(Compiler(case), ["agreement(offer)"], supports=False)
    less = analyse(Compiler(case), ["agreement(offer)"], without=names, supports=False)
    told = {c: (f.stands, f.reason) for c, f in whole.standing.items()}
    assert told == {c: (f.stands, f.reason) for c, f in less.standing.items()}
    assert {c: stands for c, (stands, _) in told.items()} == {c: s.stands for c, s in standings(case).items()}


@given(cases(), st.sets(st.sampled_from(["c1", "c2", "c3", "c4", "o1", "o2", "assumed:x"])))
@settings(deadline=None, max_examples=25, suppress_health_check=SLOW)
def test_every_ground_whose_loss_matters_falls_with_a_single_point(case: Case, falls: set[str]) -> None:
    """Single points name each thing once: what falls with none of the others."""
    points = single_points(case, sorted(falls))
    assert set(points) <= falls
    assert falls <= {g for p in points for g in (p, *falls_with(case, [p]))}
    origins = [p for p in points if p in case.origins]
    assert points[: len(origins)] == tuple(origins)
    assert not {p for p in points if p in case.claims} & falls_with(case, origins)


@given(cases())
@settings(deadline=None, max_examples=10, suppress_health_check=SLOW)
def test_only_the_claims_that_answers_rest_on_have_their_origins_counted(case: Case) -> None:
    found = footings(case, ["c1"])
    assert [c for c, f in found.items() if f.origins is not None] == ["c1"]
    assert all(f.reason for f in found.values())
