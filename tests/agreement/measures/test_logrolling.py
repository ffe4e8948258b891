"""Swaps and trades: both gain by giving way, and nothing else is called so."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from accordant.agreement.measures.logrolling import logrolls, trades
from accordant.agreement.numbers import bargain_of
from accordant.case.objects import Case
from tests.agreement.measures.talks import VALUES, packages, talks, view_of, worth


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
