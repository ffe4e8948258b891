"""The compiled model agrees with the plain reading of the format."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from accordant.case.expressions import parse
from accordant.case.objects import Case
from accordant.errors import CaseError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.growth import Product, count_feasible, feasible
from accordant.model.moves import arcs_from_pairs
from tests.model import twin


def make(**parts: object) -> Compiler:
    return Compiler(Case.model_validate({"title": "t", "parties": {"a": {}, "b": {}}, **parts}))


@given(twin.cases())
@settings(deadline=None, max_examples=80)
def test_states_are_the_feasible_combinations_in_order(made: twin.Made) -> None:
    space = Compiler(made.case).space()
    assert [space.values_of(s) for s in range(space.n)] == twin.states(made)
    assert space.names == tuple(f"s{k + 1}" for k in range(space.n))


@given(twin.cases())
@settings(deadline=None, max_examples=80)
def test_counting_agrees_with_listing(made: twin.Made) -> None:
    rules = tuple(parse(r.text, made.values) for r in made.rules)
    product = Product(tuple(made.values), tuple(len(v) for v in made.values.values()), rules)
    assert count_feasible(product) == (len(feasible(product)), True)


@given(twin.cases())
@settings(deadline=None, max_examples=80)
def test_moves_are_what_control_and_direction_permit(made: twin.Made) -> None:
    model = Compiler(made.case).view().model
    states = twin.states(made)
    joint = {frozenset(i.holders) for i in made.case.issues.values() if i.joint and len(i.holders) > 1}
    assert {
        frozenset(model.parties[p] for p in m.parties) for m in model.movers[len(model.parties) :]
    } == joint
    for mover in model.movers:
        who = [model.parties[p] for p in mover.parties]
        for k, s in enumerate(states):
            allowed = (
                [j for j, t in enumerate(states) if twin.can_move(made, who[0], s, t)]
                if len(who) == 1
                else [j for j, t in enumerate(states) if twin.can_move_jointly(made, frozenset(who), s, t)]
            )
            assert mover.moves.from_state(k).tolist() == allowed
            assert mover.moves.arcs.from_state(k).tolist() == allowed


@given(twin.cases())
@settings(deadline=None, max_examples=80)
def test_moves_called_transitive_are(made: twin.Made) -> None:
    for mover in Compiler(made.case).view().model.movers:
        arcs = mover.moves.arcs
        found = arcs_from_pairs(
            len(arcs.indptr) - 1,
            np.repeat(np.arange(len(arcs.indptr) - 1), np.diff(arcs.indptr)),
            arcs.targets,
        )
        assert found.transitive or not mover.moves.transitive


@given(twin.cases())
@settings(deadline=None, max_examples=80)
def test_ranks_order_states_by_the_first_line_that_tells_them_apart(made: twin.Made) -> None:
    view = Compiler(made.case).view()
    states = twin.states(made)
    for k, party in enumerate(view.parties):
        ranks = view.orders[k]
        for s in range(len(states)):
            for t in range(len(states)):
                assert (ranks[s] > ranks[t]) == twin.prefers(made.wants[party], states[s], states[t])


@given(twin.cases())
@settings(deadline=None, max_examples=60)
def test_what_decides_is_the_first_line_that_differs(made: twin.Made) -> None:
    view = Compiler(made.case).view()
    states = twin.states(made)
    for party in view.parties:
        for t in range(len(states)):
            first = next(
                (k for k, w in enumerate(made.wants[party], 1) if w.holds(states[0]) != w.holds(states[t])),
                None,
            )
            expected = None if first is None else f"{party}.priorities.{first}"
            assert view.decides(party, 0, t) == expected


@given(twin.cases())
@settings(deadline=None, max_examples=40)
def test_taking_rules_away_keeps_every_state_and_its_name(made: twin.Made) -> None:
    compiler = Compiler(made.case)
    narrow = compiler.space()
    wide = compiler.space(frozenset(f"feasible.{k}" for k in range(1, len(made.rules) + 1)))
    assert wide.n == len(twin.combinations_of(made.values))
    for s, name in enumerate(narrow.names):
        assert wide.values_of(wide.numbers[name]) == narrow.values_of(s)


def test_states_that_come_with_fewer_rules_take_no_name_that_is_given() -> None:
    compiler = make(
        issues={"x": {"by": "a"}, "y": {"by": "a"}},
        feasible=["x -> y"],
        states={"x1": {"x": "no", "y": "yes"}},
    )
    assert sorted(compiler.space(frozenset({"feasible.1"})).names) == ["s1", "s3", "x1", "x2"]


def test_sixty_issues_with_few_feasible_states_compile() -> None:
    n = 60
    compiler = make(
        issues={f"x{k}": {"by": "ab"[k % 2]} for k in range(n)},
        feasible=[f"x{k + 1} -> x{k}" for k in range(n - 1)],
    )
    assert compiler.space().n == n + 1


def test_priorities_longer_than_a_machine_word_stay_exact() -> None:
    lines = [f"x{k % 7}" for k in range(200)]
    view = make(
        issues={f"x{k}": {"by": "a"} for k in range(7)}, preferences={"a": {"priorities": lines}}
    ).view()
    assert np.array_equal(np.argsort(view.orders[0]), np.arange(128))


def test_growth_that_would_not_fit_is_refused_with_its_size() -> None:
    with pytest.raises(TooLargeError, match="1,152,921,504,606,846,976"):
        make(issues={f"x{k}": {"by": "a"} for k in range(60)}).space()


def test_contradictory_rules_leave_no_state() -> None:
    with pytest.raises(CaseError, match="no state is feasible"):
        make(issues={"x": {"by": "a"}}, feasible=["x", "not x"]).space()


def test_decimals_tie_exactly() -> None:
    view = make(
        issues={"x": {"by": "a"}, "y": {"by": "a"}, "z": {"by": "a"}},
        preferences={
            "a": {"worth": {i: {"no": "0", "yes": w} for i, w in (("x", "0.1"), ("y", "0.2"), ("z", "0.3"))}}
        },
    ).view()
    at = view.space.numbers
    by_values = {tuple(view.space.values_of(s).values()): s for s in at.values()}
    assert view.orders[0][by_values["yes", "yes", "no"]] == view.orders[0][by_values["no", "no", "yes"]]


def test_terms_add_worth_where_their_condition_holds() -> None:
    view = make(
        issues={"x": {"by": "a"}, "y": {"by": "a"}},
        preferences={
            "a": {
                "worth": {"x": {"no": "0", "yes": "1"}, "y": {"no": "0", "yes": "1"}},
                "also": [{"if": "x and y", "worth": "-1.5"}],
            }
        },
    ).view()
    assert view.orders[0].argsort(kind="stable").tolist() == [0, 3, 1, 2]  # 0, 0.5, 1, 1


def test_numbers_beyond_64_bits_are_compared_exactly() -> None:
    view = make(
        issues={"x": {"by": "a", "values": ["l", "m", "h"]}},
        preferences={
            "a": {"worth": {"x": {"l": "1e30", "m": "1000000000000000000000000000001", "h": "1e-9"}}}
        },
    ).view()
    assert view.orders[0].tolist() == [1, 2, 0]


def test_a_pattern_merges_states_with_the_union_of_their_moves() -> None:
    view = make(
        issues={"x": {"by": "a"}, "y": {"by": "b"}, "end": {"by": "b", "moves": "forward"}},
        states={"over": {"end": "yes"}},
    ).view()
    assert view.space.n == 5
    over = view.space.numbers["over"]
    assert view.space.values_of(over) == {"x": "*", "y": "*", "end": "yes"}
    a, b = (m.moves for m in view.model.movers)
    assert a.from_state(over).tolist() == []
    assert all(over in b.from_state(s) for s in range(5) if s != over)


def test_an_expression_of_two_minds_about_a_merged_state_names_both_members() -> None:
    compiler = make(
        issues={"x": {"by": "a"}, "end": {"by": "b"}},
        states={"over": {"end": "yes"}},
        preferences={"a": {"priorities": ["x"]}},
    )
    with pytest.raises(CaseError, match=r"x=no, end=yes against x=yes, end=yes"):
        compiler.view()


def test_overlapping_patterns_are_refused() -> None:
    compiler = make(
        issues={"x": {"by": "a"}, "y": {"by": "a"}}, states={"p": {"x": "yes"}, "q": {"y": "yes"}}
    )
    with pytest.raises(CaseError, match="p and q overlap"):
        compiler.space()


def test_only_the_named_states_in_the_order_they_are_named() -> None:
    compiler = make(
        issues={"x": {"by": "a"}, "y": {"by": "b"}},
        states={
            "both": {"x": "yes", "y": "yes"},
            "none": {"x": "no", "y": "no"},
            "mine": {"x": "yes", "y": "no"},
        },
        only="named",
    )
    view = compiler.view()
    assert view.space.names == ("both", "none", "mine")
    assert [m.moves.from_state(1).tolist() for m in view.model.movers] == [[2], []]


def test_a_ranking_that_misses_or_repeats_states_names_them() -> None:
    compiler = make(
        issues={"x": {"by": "a"}, "y": {"by": "a"}}, preferences={"a": {"ranking": ["s1", ["s2", "s1"]]}}
    )
    with pytest.raises(CaseError) as error:
        compiler.view()
    assert "names the state s1 twice" in str(error.value)
    assert "misses the states s3, s4" in str(error.value)


def test_a_graph_given_directly() -> None:
    view = make(states=["s1", "s2", "s9"], moves={"a": {"s1": ["s2", "s9"]}, "b": {"s2": "s1"}}).view()
    assert [m.moves.from_state(0).tolist() for m in view.model.movers] == [[1, 2], []]
    assert view.model.movers[1].moves.from_state(1).tolist() == [0]


OFFER = {
    "issues": {"go": {"by": "a", "moves": "forward"}, "pass": {"by": "b", "values": ["no", "half", "full"]}},
    "feasible": ["go -> pass"],
    "status_quo": {"go": "no", "pass": "no"},
}


def test_a_package_changes_the_status_quo_where_it_says_so() -> None:
    view = make(**OFFER).view()
    assert view.space.values_of(view.package({"pass": "half"}).state) == {"go": "no", "pass": "half"}


def test_an_infeasible_package_names_the_rule() -> None:
    landing = make(**OFFER).view().package({"go": "yes"})
    assert landing.state is None
    assert "'go -> pass'" in landing.impossible


def test_a_package_that_undoes_the_irreversible_is_not_possible() -> None:
    landing = make(**{**OFFER, "status_quo": {"go": "yes", "pass": "full"}}).view().package({"go": "no"})
    assert landing.state is None
    assert "from yes to no" in landing.impossible


@pytest.mark.parametrize(
    ("status_quo", "alone"),
    [
        ({"i": "yes", "deal": "no"}, [("s2", "s1")]),
        ({"i": "yes", "deal": "yes"}, [("s1", "s2")]),
        ("big", [("s1", "s2"), ("s2", "s1")]),
        ({"i": "yes"}, [("s1", "s2"), ("s2", "s1")]),
    ],
)
def test_walking_out_leads_to_the_value_that_the_case_writes_even_in_a_merged_state(
    status_quo: object, alone: list[tuple[str, str]]
) -> None:
    view = make(
        issues={"i": {"by": "c", "moves": "forward"}, "deal": {"by": {"joint": ["a", "b"]}}},
        states={"big": {"i": "yes"}},
        status_quo=status_quo,
    ).view()
    names = view.space.names
    for party in ("a", "b"):
        moves = view.model.movers[view.parties.index(party)].moves
        found = [(names[s], names[int(t)]) for s in range(view.model.n) for t in moves.from_state(s)]
        assert found == alone
