"""Which values of each issue can be part of a deal."""

from hypothesis import given

from accordant.agreement.frontier import efficient_points
from accordant.agreement.measures.ranges import IssueRange, issue_ranges
from accordant.agreement.numbers import bargain_of
from accordant.case.objects import Case
from tests.agreement.measures.bargains import efficient, rational
from tests.agreement.measures.talks import VALUES, packages, talks, view_of


@given(talks(ordinal=True))
def test_ranges_are_the_values_that_occur(case):
    view = view_of(case)
    bargain = bargain_of(view)
    found = issue_ranges(view.space, case.issues, efficient_points(bargain))
    values = packages(view)
    for r in found.issues:
        for among, held in ((rational(bargain), r.possible), (efficient(bargain), r.efficient)):
            occurs = {values[k][r.issue] for k in among}
            assert held == tuple(v for v in VALUES[r.issue] if v in occurs)
    assert (found.packages, found.efficient) == (len(rational(bargain)), len(efficient(bargain)))


def test_values_are_shown_with_their_unit():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}},
        "issues": {
            "pay": {"by": {"joint": ["a", "b"]}, "range": {"from": 0, "to": 4, "step": 1}, "unit": "percent"},
        },
        "status_quo": {"pay": "0"},
        "preferences": {
            "a": {"worth": {"pay": {"linear": [[0, 0], [4, 4]]}}, "reservation": 1},
            "b": {"worth": {"pay": {"linear": [[0, 0], [4, -4]]}}, "reservation": -3},
        },
    })  # fmt: skip
    view = view_of(case)
    found = issue_ranges(view.space, case.issues, efficient_points(bargain_of(view)))
    assert found.table().rows == (("pay", "0 to 4 percent", "1 to 3 percent", "1 to 3 percent"),)
    assert found.to_json()["issues"]["pay"]["possible"] == ["1", "2", "3"]


def test_a_merged_state_stands_for_all_of_its_values():
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
        "status_quo": {"x": "no", "y": "no"}, "states": {"gone": {"x": "yes"}},
        "preferences": {"a": {"priorities": ["x"]}},
    })  # fmt: skip
    view = view_of(case)
    found = issue_ranges(view.space, case.issues, efficient_points(bargain_of(view)))
    assert [r.efficient for r in found.issues] == [("yes",), ("no", "yes")]


def test_gaps_are_kept():
    issue = IssueRange("x", ("0", "1", "2", "3"), (), (), ("0 km", "1 km", "2 km", "3 km"))
    assert issue.says(["0", "2", "3"]) == "0 km, 2 to 3 km"


def test_names_are_listed_one_by_one():
    issue = IssueRange("x", ("a", "b", "c", "1"), (), (), ("a", "b", "c", "1 km"))
    assert issue.says(["a", "b", "c"]) == "a, b, c"
    assert issue.says(["1", "c"]) == "c, 1 km"
