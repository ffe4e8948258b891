"""Until when a package beats no deal: day by day, and what follows from the definition."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.agreement.phases import latest_days
from accordant.agreement.phases.lasting import ALWAYS, NEVER, Lasting, latest
from accordant.case.objects import Case
from accordant.case.worths import Delay
from accordant.model.compiler import Compiler
from tests.agreement.phases.random_plans import plans
from tests.agreement.phases.twin import Twin

RELAXED = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
WORTHS = st.sampled_from([Fraction(n, d) for n in range(-3, 12) for d in (1, 3, 10)])


@given(
    WORTHS,
    WORTHS,
    st.sampled_from(["0.5", "0.9", "0.99", "1"]),
    st.sampled_from(["0", "0.1", "2"]),
    st.booleans(),
    st.sampled_from([1, 7]),
)
def test_the_last_day_is_the_last_on_which_it_is_enough(worth, least, factor, cost, multiplied, days) -> None:
    if multiplied:
        worth = abs(worth)  # what is multiplied is never below zero
    delay = Delay(factor=Decimal(factor), days=days) if multiplied else Delay(cost=Decimal(cost), days=days)
    last = latest(delay, worth, least)
    enough = [day for day in range(800) if delay.worth(worth, day // days) >= least]
    if last == NEVER:
        assert not enough
    elif last == ALWAYS or last >= 800:
        assert enough == list(range(800))
    else:
        assert enough == list(range(last + 1))


@pytest.mark.parametrize(("factor", "least"), [("0.999999999999", "0.5"), ("0.9999", "0.000000001")])
def test_very_patient_parties_are_answered_at_once(factor: str, least: str) -> None:
    import math

    last = latest(Delay(factor=Decimal(factor)), Fraction(1), Fraction(least))
    assert abs(last - math.log(float(least)) / math.log1p(float(Decimal(factor) - 1))) < 1e-3 * last


@RELAXED
@given(plans())
def test_it_is_the_last_day_in_every_setting_and_the_last_in_any(case) -> None:
    compiler = Compiler(case)
    if compiler.setting_space().anchors or any(r.unsure for r in case.feasible):
        return
    state = compiler.space().n - 1
    values = compiler.space().values_of(state)
    twin = Twin(case)
    found = latest_days(compiler, [state])[0]
    days = sorted({0, 1, 6, 7, 29, 30, 400, *(k * 30 + 29 for k in range(8))})
    for k, (off, orders, held) in enumerate(twin.choices()):
        if k == 60:
            return
        for home in twin.no_deals(off):
            for party in twin.parties:
                accepts = [
                    day
                    for day in days
                    if all(
                        _accepts(twin, who, values, home, day, off, orders, held)
                        for who in (party, *twin.vetoes[party])
                    )
                ]
                told = found.parties[party]
                assert accepts == days[: len(accepts)]
                for day in days:
                    if told.surely == "always" or (told.surely != "never" and day <= told.surely):
                        assert day in accepts
                    if told.possibly == "never" or (told.possibly != "always" and day > told.possibly):
                        assert day not in accepts


def _accepts(twin, who, values, home, day, off, orders, held) -> bool:
    here, there = twin.crossed(who, values, off), twin.crossed(who, home, off)
    if any(a and not b for a, b in zip(here, there, strict=True)):
        return False
    worth = twin.worth(who, values, off, ())
    if worth is None:
        scores = [
            ([not c for c in crossed], list(twin.lines(who, state, off, orders)))
            for crossed, state in ((here, values), (there, home))
        ]
        return scores[0] >= scores[1]
    least = held.get(who, twin.worth(who, home, off, ()))
    return here != there or twin.later(who, worth, day, off) >= least


def test_everybody_is_as_patient_as_whoever_is_least() -> None:
    worth = {"x": {"no": 2, "yes": 10}}
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {"a": {}, "b": {}, "c": {}},
            "issues": {"x": {"by": "a"}},
            "status_quo": {"x": "no"},
            "preferences": {
                "a": {"worth": worth, "delay": {"cost": 1, "days": 10}},
                "b": {"worth": worth, "delay": {"factor": "0.5", "days": 30}, "reservation": [3, 5]},
                "c": {"priorities": ["x"]},
            },
        }
    )
    found = latest_days(Compiler(case), [1])[0]
    assert found.parties["a"] == Lasting(89, 89)
    assert found.parties["b"] == Lasting(59, 59)
    assert found.parties["c"].told == "however long it takes"
    assert found.everybody == Lasting(59, 59)
    assert found.to_json()["everybody"] == {"surely": 59, "possibly": 59}
