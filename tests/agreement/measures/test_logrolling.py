"""Swaps and trades: both gain by giving way, and nothing else is called so."""

from fractions import Fraction
from itertools import combinations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accordant.agreement.measures.logrolling import logrolls, trades
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.agreement.refusals import refused_in
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from tests.agreement.measures.talks import VALUES, packages, talks, view_of, worth
from tests.agreement.random_cases import cases


def swaps_by_definition(view, bargain, start):
    """For each pair of issues and of parties the best swaps, found by looking at every package."""
    all_ = packages(view)
    numbers = {tuple(p.values()): k for k, p in enumerate(all_)}
    u, n = bargain.worths, bargain.n

    def gain(i, k):
        return int(u[i, k]) - int(u[i, start])

    best = {}
    for k in range(n):
        changed = [i for i in VALUES if all_[k][i] != all_[start][i]]
        if len(changed) != 2 or not bargain.allowed[k]:
            continue
        alone = []
        for issue in changed:
            half = {**all_[start], issue: all_[k][issue]}
            if tuple(half.values()) in numbers:
                alone.append(numbers[tuple(half.values())])
        for i, j in combinations(range(len(bargain.parties)), 2):
            if gain(i, k) <= 0 or gain(j, k) <= 0:
                continue
            if any(gain(i, s) >= 0 and gain(j, s) >= 0 for s in alone):
                continue
            size = tuple(sorted(Fraction(gain(p, k), int(u[p].max() - u[p].min())) for p in (i, j)))
            best.setdefault((*changed, i, j), []).append((size, k))
    return {(key, k) for key, found in best.items() for size, k in found if size == max(s for s, _ in found)}


@given(talks(ordinal=True), st.data())
def test_swaps_are_those_of_the_definition(case, data):
    view = view_of(case)
    bargain = bargain_of(view)
    start = data.draw(st.integers(0, bargain.n - 1))
    found = logrolls(bargain, view.space, start)
    index = {p: i for i, p in enumerate(bargain.parties)}
    assert {
        ((*s.changes, *(index[p] for p in s.parties)), view.space.numbers[s.state]) for s in found.swaps
    } == swaps_by_definition(view, bargain, start)


@given(talks(ordinal=True), st.data())
def test_the_largest_comes_first_and_third_parties_are_named(case, data):
    view = view_of(case)
    bargain = bargain_of(view)
    start = data.draw(st.integers(0, bargain.n - 1))
    swaps = logrolls(bargain, view.space, start).swaps
    assert [s.size for s in swaps] == sorted((s.size for s in swaps), reverse=True)
    for swap in swaps:
        k = view.space.numbers[swap.state]
        losers = [p for i, p in enumerate(bargain.parties) if bargain.worths[i, k] < bargain.worths[i, start]]
        assert list(swap.losers) == losers
        assert swap.acceptable == bool(bargain.rational()[k])
        assert not set(swap.losers) & set(swap.parties)


@given(talks(parties=(2, 2), rules=False))
def test_in_additive_worths_each_gives_way_on_one_issue(case):
    view = view_of(case)
    bargain = bargain_of(view)
    for swap in logrolls(bargain, view.space, 0).swaps:
        assert set(swap.gives) == {"a", "b"}
        assert set(swap.gives.values()) == set(swap.changes)
        for party, issue in swap.gives.items():
            before, after = swap.changes[issue]
            values = packages(view)[0]
            assert worth(case, party, {**values, issue: after}) < worth(
                case, party, {**values, issue: before}
            )


@given(talks(parties=(2, 3), rules=False))
def test_a_trade_brings_both_what_it_says_whatever_the_rest(case):
    for trade in trades(case, list(case.parties)).swaps:
        rest = {i: v[0] for i, v in VALUES.items()}
        before = {**rest, **{i: old for i, (old, _) in trade.changes.items()}}
        after = {**rest, **{i: new for i, (_, new) in trade.changes.items()}}
        for party in trade.parties:
            more = worth(case, party, after) - worth(case, party, before)
            assert more == trade.gains[party] > 0


def test_issues_that_hang_together_are_left_out_of_trades_and_named():
    worths = {
        "a": {"worth": {"x": {"no": 0, "yes": 6}, "y": {"no": 2, "yes": 0}}},
        "b": {
            "worth": {"x": {"no": 1, "yes": 0}, "y": {"no": 0, "yes": 4}},
            "also": [{"if": "x and y", "worth": 1}],
        },
        "c": {"priorities": ["x"]},
    }
    case = Case.model_validate({
        "title": "t", "parties": {p: {} for p in "abc"}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "preferences": worths,
    })  # fmt: skip
    found = trades(case, ["a", "b", "c"])
    assert found.swaps == ()
    assert "c has no worths by issue" in found.left_out
    assert "x depends on other issues for a or b" in found.left_out


def test_a_rule_that_ties_two_issues_makes_their_pair_a_swap():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"}, "feasible": ["x <-> y"],
        "preferences": {p: {"worth": {"x": {"no": 0, "yes": 1}}} for p in ("a", "b")},
    })  # fmt: skip
    view = view_of(case)
    (swap,) = logrolls(bargain_of(view), view.space, 0).swaps
    assert (swap.state, dict(swap.gives)) == ("s2", {})


def test_a_merged_state_is_no_start():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"}, "states": {"gone": {"x": "yes"}},
        "preferences": {p: {"priorities": ["x"]} for p in ("a", "b")},
    })  # fmt: skip
    view = view_of(case)
    found = logrolls(bargain_of(view), view.space, view.space.numbers["gone"])
    assert (found.swaps, found.left_out) == ((), "the package leaves issues open")


def test_swaps_have_rows_and_plain_data():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {
            "a": {"worth": {"x": {"no": 0, "yes": 3}, "y": {"no": 0, "yes": -1}}},
            "b": {"worth": {"x": {"no": 0, "yes": -1}, "y": {"no": 0, "yes": 2}}},
        },
    })  # fmt: skip
    view = view_of(case)
    found = logrolls(bargain_of(view), view.space, 0)
    assert found.table().rows == (("x: no to yes; y: no to yes", "s4", "a +2", "b +1", "nobody"),)
    assert found.to_json()["swaps"][0]["gains"] == {"a": "2", "b": "1"}


WAGE = {
    "title": "t",
    "parties": {
        "union": {},
        "firm": {},
        "members": {"role": "constituency", "of": "union"},
    },
    "issues": {
        "pay": {
            "by": {"joint": ["union", "firm"]},
            "range": {"from": 0, "to": 4, "step": 1},
            "unit": "percent",
        },
        "hours": {
            "by": {"joint": ["union", "firm"]},
            "range": {"from": 38, "to": 42, "step": 2},
            "unit": "hours",
        },
        "night": {"by": "firm"},
    },
    "status_quo": {"pay": "0", "hours": "40", "night": "no"},
    "preferences": {
        "union": {
            "worth": {
                "pay": {"linear": [[0, 0], [4, 40]]},
                "hours": {"linear": [[38, 9], [42, 0]]},
                "night": {"no": 5, "yes": 0},
            }
        },
        "firm": {
            "worth": {
                "pay": {"linear": [[0, 9], [4, 0]]},
                "hours": {"linear": [[38, 0], [42, 40]]},
                "night": {"no": 0, "yes": 30},
            }
        },
        "members": {"priorities": ["hours <= 40"]},
    },
}


def traded(**more):
    case = Case.model_validate({**WAGE, **more})
    return trades(case, ["union", "firm"], refused_in(Compiler(case).view()))


def test_what_nobody_could_agree_to_is_set_apart_with_who_refuses():
    found = traded()
    assert [s.changes for s in found.swaps] == [{"pay": ("0", "4"), "night": ("no", "yes")}]
    (refused,) = found.refused
    assert (refused.changes["hours"], refused.refused_by) == (("38", "42"), ("members",))
    assert found.table().columns == ("change", "one gains", "the other", "refused by")
    assert [row[0] for row in found.table().rows] == [
        "pay: 0 to 4 percent; night: no to yes",
        "pay: 0 to 4 percent; hours: 38 to 42 hours",
    ]
    assert [row[-1] for row in found.table().rows] == ["", "members"]


def test_a_red_line_and_a_rule_refuse_a_trade_too():
    preferences = {**WAGE["preferences"], "firm": {**WAGE["preferences"]["firm"], "never": ["pay > 3"]}}
    found = traded(preferences=preferences)
    assert found.swaps == ()
    assert {tuple(s.changes): s.refused_by for s in found.refused} == {
        ("pay", "hours"): ("members", "firm"),
        ("pay", "night"): ("firm",),
    }
    found = traded(feasible=["not (pay = 4 and night)"])
    assert {s.refused_by for s in found.refused} == {("rules",), ("members",)}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_a_trade_is_refused_just_where_every_package_with_its_values_is(case):
    view = Compiler(case).view()
    found = trades(case, list(case.parties), refused_in(view))
    bargain = bargain_of(view)
    assume(not isinstance(bargain, NoBargain))
    space = view.space
    for some, wanted in ((found.swaps, True), (found.refused, False)):
        for swap in some:
            rows = [
                k
                for k, row in enumerate(space.codes)
                if all(
                    space.values[space.issues.index(i)][row[space.issues.index(i)]] == new
                    for i, (_, new) in swap.changes.items()
                )
            ]
            assert any(bargain.allowed[space.state_of[k]] for k in rows) is wanted
            assert bool(swap.refused_by) is not wanted
