"""What could still be had beyond a signed package."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement.bargain import make_bargain
from accordant.agreement.measures.improvements import LISTED, improvements, signed
from accordant.case.objects import Case
from tests.agreement.measures.bargains import bargains, dominates, worths


@given(bargains(), st.data())
def test_improvements_are_the_packages_that_dominate(bargain, data):
    package = data.draw(st.integers(0, bargain.n - 1))
    found = improvements(bargain, package, str)
    u = worths(bargain)
    better = [k for k in range(bargain.n) if bargain.allowed[k] and dominates(u[k], u[package])]
    best = [k for k in better if not any(dominates(u[other], u[k]) for other in better)]
    assert found.count == len(better)
    assert found.efficient == (not better)
    assert found.best_count == len(best)
    assert {int(b.state) for b in found.best} <= set(best)
    assert len(found.best) == min(len(best), LISTED)
    for b in found.best:
        assert list(b.gains.values()) == [x - y for x, y in zip(u[int(b.state)], u[package], strict=True)]
    for i, most in enumerate(found.most.values()):
        assert most == max((u[k][i] - u[package][i] for k in better), default=Fraction(0))


@given(bargains(), st.data())
def test_nobody_loses_by_an_improvement_and_nothing_improves_it_further(bargain, data):
    package = data.draw(st.integers(0, bargain.n - 1))
    for b in improvements(bargain, package, str).best:
        assert all(gain >= 0 for gain in b.gains.values())
        assert b.better_for
        assert improvements(bargain, int(b.state), str).efficient


def test_gains_of_an_order_are_better_or_the_same():
    bargain = make_bargain([[0, 1, 1], [3, 3, 3]], [0, 0], cardinal=[False, True])
    found = improvements(bargain, 0, "abc".__getitem__)
    assert [(b.state, dict(b.gains)) for b in found.best] == [
        ("b", {"p1": None, "p2": Fraction(0)}),
        ("c", {"p1": None, "p2": Fraction(0)}),
    ]
    assert found.table().rows[0] == ("b", "better", "same")
    assert found.to_json()["best"][0] == {
        "state": "b", "better_for": ["p1"], "gains": {"p1": None, "p2": "0"},
    }  # fmt: skip


def test_signed_proposals_are_found_by_their_status():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}, "status_quo": {"x": "no"},
        "proposals": {
            "one": {"package": {"x": "yes"}, "status": "signed"},
            "two": {"package": {"x": "yes"}, "status": "floated"},
        },
    })  # fmt: skip
    assert signed(case) == ("one",)
