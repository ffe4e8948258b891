"""Where settings are too many to count: what is drawn, and what it can and cannot show."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.cli.output import as_page
from accordant.cli.resting import overview, rests_page
from accordant.model.compiler import Compiler
from accordant.reliance import RestsResult, analyse
from accordant.reliance.sweep import Group, Sweep
from tests.reliance import twin
from tests.reliance.test_against_brute_force import some_conclusions

SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


def uncounted(group: Group, found: Sweep) -> Sweep:
    """The same, as if some settings had not been looked at: every counter-example missed."""
    lost = np.ones(len(found.status), dtype=bool)
    return Sweep(np.full_like(found.status, 1), None, found.open & False, lost, (None,) * len(lost))


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found but by drawing."""
    whole = Group.sweep

    def sweep(self: Group, space: Any, pending: Any = None, frames: Any = None) -> Sweep:
        found = whole(self, space, pending, frames)
        return uncounted(self, found) if pending is None else found

    monkeypatch.setattr(Group, "sweep", sweep)


def case(lines: int) -> Case:
    """South may or may not care about each of several issues; it leaves only if it cares for none."""
    names = [f"x{k}" for k in range(lines)]
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {}},
            "issues": {"leave": {"by": "south"}, **{n: {"by": "north"} for n in names}},
            "status_quo": {"leave": "no", **dict.fromkeys(names, "no")},
            "preferences": {
                "north": {"priorities": ["leave"]},
                "south": {"priorities": [{"want": f"not {n}", "unsure": "true"} for n in names]},
            },
            "proposals": {"offer": {"package": dict.fromkeys(names, "yes")}},
        }
    )


def asked(lines: int) -> RestsResult:
    return analyse(Compiler(case(lines)), ["acceptable(offer, south)", "acceptable(offer, north)"])


@pytest.mark.usefixtures("blind")
def test_a_drawn_setting_is_a_counter_example_like_any_other() -> None:
    """In one of eight settings South cares for nothing and accepts."""
    rest = asked(3)["acceptable(offer, south)"]
    assert rest.status == "sometimes"
    assert rest.sample is not None
    assert rest.sample.low <= 12 <= rest.sample.high  # 12.5 of every hundred
    assert rest.settings is None
    assert not rest.exact
    assert "were drawn with the seed" in rest.cut


@pytest.mark.usefixtures("blind")
def test_without_a_counter_example_the_answer_stays_and_says_that_none_was_seen() -> None:
    rest = asked(3)["acceptable(offer, north)"]
    assert rest.status == "always"
    assert rest.sample is not None
    assert (rest.sample.true, rest.sample.high) == (rest.sample.drawn, 100)
    assert "no counter-example was seen" in rest.cut


@pytest.mark.usefixtures("blind")
def test_what_was_drawn_is_the_same_again_and_told_on_the_page() -> None:
    first, second = asked(3), asked(3)
    assert [r.sample for r in first.conclusions] == [r.sample for r in second.conclusions]
    rest = first["acceptable(offer, south)"]
    assert rest.sample is not None
    assert overview(first).rows[0][1] == f"{rest.sample.low} to {rest.sample.high} of 100"
    page = " ".join(as_page(rests_page(first, rows=0, full=True)).split())
    assert f"seed {rest.sample.seed}" in page
    told = rest.to_json()["sample"]
    assert told == {
        "drawn": rest.sample.drawn,
        "true": rest.sample.true,
        "seed": rest.sample.seed,
        "low": rest.sample.low,
        "high": rest.sample.high,
    }


def test_nothing_is_drawn_where_settings_are_counted() -> None:
    rest = asked(3)["acceptable(offer, south)"]
    assert (rest.sample, rest.settings, rest.exact) == (None, (1, 8), True)


@given(twin.cases(), st.data())
@settings(deadline=None, max_examples=8, suppress_health_check=SLOW)
def test_what_is_drawn_contradicts_no_listing_of_all_settings(drawn: Case, data: st.DataObject) -> None:
    from accordant.reliance.conclusions import parse_conclusion
    from accordant.reliance.drawing import draw

    compiler = Compiler(drawn)
    space = compiler.setting_space(())
    if space.of_packages is None or space.ranges is not None or space.binary > 256:
        return
    conclusions = [parse_conclusion(text, compiler) for text in some_conclusions(compiler, data)]
    for conclusion, sample in zip(conclusions, draw(compiler, space, conclusions), strict=True):
        status, count = twin.status(compiler, conclusion, ())
        if status == "always":
            assert sample.true == sample.drawn
        if status == "never":
            assert sample.true == 0
        if sample.true == 0 and count is not None:
            assert count[0] / count[1] < 0.05
