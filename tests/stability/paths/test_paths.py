"""What can be reached from where things stand, and what is in the way: answers, words, settings."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import AS_WRITTEN, Setting
from accordant.model.view import View
from accordant.stability import analyse as judge
from accordant.stability.paths.analysis import analyse
from accordant.stability.paths.result import PathsResult, Route
from accordant.stability.result import Move
from tests.cases.shipped import opened
from tests.stability.paths import paths_twin

PARTIES = ("north", "south", "west")


def found(case: Case, **asked: Any) -> PathsResult:
    compiler = Compiler(case)
    return analyse(compiler, judge(compiler, asked.pop("concepts", ["nash", "seq"])), **asked)


def to(case: Case, state: str, way: str, **asked: Any) -> Route:
    (destination,) = found(case, to=state, **asked).destinations
    return destination.routes[way]


def made(**changed: Any) -> Case:
    base: dict[str, Any] = {
        "title": "t",
        "parties": {p: {"name": p.title()} for p in PARTIES[:2]},
        "issues": {"x": {"by": "north"}, "y": {"by": "south"}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {"north": {"priorities": ["x"]}, "south": {"priorities": ["y"]}},
    }
    return Case.model_validate({**base, **changed})


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Small cases: rules, directions, joint issues, unsure lines and rules, unknown orders."""
    rules = draw(
        st.lists(
            st.sampled_from(["y -> x", "not (x and z)", "z -> y", "x or y or not z"]), max_size=2, unique=True
        )
    )
    holders = st.one_of(
        st.sampled_from(PARTIES), st.just({"joint": list(PARTIES[:2])}), st.just(list(PARTIES[1:]))
    )
    moves = st.sampled_from(["any", "any", "forward", "backward"])
    wants = ["x", "not x", "y", "not y", "z", "x and z"]
    preferences: dict[str, Any] = {}
    for party in PARTIES:
        lines = draw(st.lists(st.sampled_from(wants), min_size=1, max_size=3, unique=True))
        unsure = draw(st.integers(0, 3))
        preferences[party] = {"priorities": [{"want": w, "unsure": k == unsure} for k, w in enumerate(lines)]}
    silent = draw(st.integers(0, 3))
    if silent == 0:
        del preferences["west"]
    elif silent == 1:
        preferences["west"]["incomparable"] = [[{"x": "no", "z": "no"}, {"x": "yes", "z": "yes"}]]
    return Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in PARTIES},
            "issues": {i: {"by": draw(holders), "moves": draw(moves)} for i in ("x", "y", "z")},
            "feasible": [{"rule": r, "unsure": k == 1 and draw(st.booleans())} for k, r in enumerate(rules)],
            "status_quo": {"x": "no", "y": "no", "z": "no"},
            "preferences": preferences,
        }
    )


@settings(max_examples=50)
@given(cases(), st.sets(st.sampled_from(PARTIES), max_size=2))
def test_what_is_reached_in_how_many_settings_is_what_going_through_them_gives(
    case: Case, free: set[str]
) -> None:
    compiler = Compiler(case)
    result = analyse(compiler, judge(compiler, ["gmr"]), free=sorted(free))
    space = compiler.setting_space()
    for destination in result.destinations:
        for way, route in destination.routes.items():
            answers = [
                in_one(compiler, setting, destination.state, way, result.free) for setting in space.settings()
            ]
            sure, may = [a[0] for a in answers], [a[1] for a in answers]
            assert route.over == ("always" if all(sure) else "sometimes" if any(may) else "never")
            counted = None if space.count is None else (sum(sure), len(sure))
            assert route.settings == counted
            as_written = answers[0]
            assert route.answer == ("yes" if as_written[0] else "unknown" if as_written[1] else "no")


def in_one(
    compiler: Compiler, setting: Setting, state: str, way: str, free: tuple[str, ...]
) -> tuple[bool, bool]:
    """Whether a state is surely reached in one setting, and whether it may be."""
    view = compiler.view(setting)
    assert view.status_quo is not None
    able = [view.parties.index(p) for p in free] if way == "mixed" else []
    model, answers = view.model, []
    for open_ in (False, True):

        def permitted(k: int, s: int, t: int, open_: bool = open_) -> bool:
            needs = [] if way == "any" else [p for p in model.movers[k].parties if p not in able]
            gained = (gains(view, view.parties[p], s, t) for p in needs)
            return all(open_ if g is None else g for g in gained)

        reached = paths_twin.layers_by(model, permitted, view.status_quo)
        answers.append(view.space.numbers[state] in reached)
    return answers[0], answers[1]


def gains(view: View, party: str, s: int, t: int) -> bool | None:
    """Whether a party strictly prefers t to s; None where that is not known."""
    ranks = view.base_ranks(party)
    if ranks is None or sorted((s, t)) in view.incomparable(party).tolist():
        return None
    return bool(ranks[t] > ranks[s])


@settings(max_examples=80)
@given(cases(), st.sets(st.sampled_from(PARTIES), max_size=1))
def test_every_path_told_can_be_followed_move_by_move(case: Case, free: set[str]) -> None:
    compiler = Compiler(case)
    result = analyse(compiler, judge(compiler, ["nash", "gmr"]), free=sorted(free))
    for destination in result.destinations:
        for way, route in destination.routes.items():
            assert route.sentence.endswith(".")
            for path in (route.path, *route.others) if route.steps is not None else ():
                assert len(path) == route.steps
                follow(compiler, path, result.start, destination.state, route.answer == "yes" and way)
            assert (route.blocked is None) == (route.answer == "yes")
            if route.blocked and route.blocked.nearest:
                near = route.blocked.nearest
                follow(compiler, near.moves, near.state, destination.state, "any")


def follow(compiler: Compiler, path: tuple[Move, ...], start: str, end: str, way: str | bool) -> None:
    """Every move is one of its mover's, nobody moves twice in a row, and whoever must gain does."""
    view = compiler.view(AS_WRITTEN)
    at, last = start, None
    for move in path:
        members = tuple(view.parties.index(p) for p in move.mover)
        mover = next(m for m in view.model.movers if m.parties == members)
        s, t = (view.space.numbers[name] for name in (move.start, move.end))
        assert (move.start, mover is last) == (at, False)
        assert t in mover.moves.from_state(s)
        if way == "improvements":
            assert all(gains(view, view.parties[p], s, t) for p in members)
        at, last = move.end, mover
    assert at == end


@settings(max_examples=60)
@given(cases())
def test_the_first_step_that_is_not_gained_by_is_named(case: Case) -> None:
    compiler = Compiler(case)
    view = compiler.view(AS_WRITTEN)
    for destination in analyse(compiler, judge(compiler, ["gmr"])).destinations:
        route, free = destination.routes["improvements"], destination.routes["any"]
        if route.answer != "no" or free.answer == "no":
            continue
        assert route.blocked is not None
        assert route.blocked.kind == "preference"
        step = route.blocked.step
        assert step is not None
        assert step in free.path
        assert False in [gained(view, p, step) for p in step.mover]
        before = free.path[: free.path.index(step)]
        assert False not in [gained(view, p, m) for m in before for p in m.mover]
        assert set(route.blocked.elements) <= {e.id for e in compiler.elements}


def gained(view: View, party: str, move: Move) -> bool | None:
    return gains(view, party, *(view.space.numbers[name] for name in (move.start, move.end)))


# What stands in the way


def test_an_issue_that_does_not_go_back_is_named() -> None:
    case = made(
        issues={"x": {"by": "north", "moves": "forward"}, "y": {"by": "south"}},
        status_quo={"x": "yes", "y": "no"},
    )
    route = to(case, "s2", "any")
    assert route.sentence == (
        "No moves lead from s3 to s2: x would have to go from yes back to no, which its moves do not permit."
    )
    assert route.blocked is not None
    assert (route.blocked.kind, route.blocked.elements) == ("direction", ("issues.x",))
    assert "issues.x" in route.elements


def test_every_issue_that_is_in_the_way_is_named() -> None:
    both = {i: {"by": p, "moves": "backward"} for i, p in (("x", "north"), ("y", "south"))}
    route = to(made(issues=both), "s4", "any")
    assert route.blocked is not None
    assert route.blocked.elements == ("issues.x", "issues.y")


def test_a_rule_on_the_way_is_named_with_the_state_that_it_forbids() -> None:
    case = made(feasible=["x <-> y"])
    route = to(case, "s2", "any")
    assert route.blocked is not None
    assert (route.blocked.kind, route.blocked.elements) == ("rules", ("feasible.1",))
    assert "without the rule 'x <-> y' (feasible.1) it could go by way of x=" in route.sentence


def test_rules_that_only_together_are_in_the_way_are_said_to_be() -> None:
    route = to(made(feasible=["x -> y", "y -> x"]), "s2", "any")
    assert route.blocked is not None
    assert set(route.blocked.elements) <= {"feasible.1", "feasible.2"}


def test_states_that_the_case_leaves_out_are_said_to_be_missing() -> None:
    case = made(only="named", states={"a": {"x": "no", "y": "no"}, "b": {"x": "yes", "y": "yes"}})
    route = to(case, "b", "any")
    assert route.blocked is not None
    assert route.blocked.kind == "named"


def line(moves: dict[str, dict[str, list[str]]], states: int = 3) -> Case:
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {}},
            "states": [f"s{k}" for k in range(1, states + 1)],
            "moves": moves,
            "status_quo": "s1",
        }
    )


def test_moving_twice_in_a_row_is_what_is_in_the_way_where_it_would_do() -> None:
    route = to(line({"north": {"s1": ["s2"], "s2": ["s3"]}}), "s3", "any")
    assert route.blocked is not None
    assert route.blocked.kind == "turns"
    assert "only if somebody moves twice in a row" in route.sentence


def test_in_a_graph_the_states_to_be_passed_are_named() -> None:
    case = line({"north": {"s1": ["s2"]}, "south": {"s3": ["s4"]}}, states=5)
    assert "no move of anybody leads to s5" in to(case, "s5", "any").sentence
    assert "moves to s4 come from s3 only, and that is not reached" in to(case, "s4", "any").sentence


def test_a_tie_is_no_improvement_and_is_told_as_one() -> None:
    case = made(preferences={"north": {"priorities": ["y"]}, "south": {"priorities": ["y"]}})
    route = to(case, "s3", "improvements")
    assert "North would have to move from s1 to s3, which it likes no better" in route.sentence
    assert route.blocked is not None
    assert route.blocked.elements == ()


def test_what_hangs_on_an_unknown_order_is_open() -> None:
    case = made(preferences={"north": {"priorities": ["x"]}})
    route = to(case, "s4", "improvements")
    assert (route.answer, route.over, route.settings) == ("unknown", "sometimes", None)
    assert "because what South would gain is not known" in route.sentence
    assert route.blocked is not None
    assert route.blocked.nearest is not None
    assert route.blocked.nearest.state == "s3"


def test_a_step_between_two_states_of_unknown_order_is_open_and_the_others_are_not() -> None:
    south = {"priorities": ["y"], "incomparable": [["s1", "s2"]]}
    case = made(preferences={"north": {"priorities": ["x"]}, "south": south})
    assert to(case, "s2", "improvements").answer == "unknown"
    assert to(case, "s4", "improvements").answer == "yes"


def test_holders_move_together_on_a_path_and_both_must_gain() -> None:
    joint = {"x": {"by": {"joint": ["north", "south"]}}, "y": {"by": "south"}}
    willing = made(issues=joint, preferences={p: {"priorities": ["x"]} for p in PARTIES[:2]})
    route = to(willing, "s3", "improvements")
    assert route.path == (Move(("north", "south"), "s1", "s3"),)
    assert "North and South together can move to s3, which both like better" in route.sentence
    split = made(
        issues=joint, preferences={"north": {"priorities": ["x"]}, "south": {"priorities": ["not x"]}}
    )
    assert "South would have to join in the move" in to(split, "s3", "improvements").sentence


def test_a_party_that_is_free_makes_any_move_and_the_others_improve() -> None:
    case = made(preferences={"north": {"priorities": ["not x"]}, "south": {"priorities": ["x and y"]}})
    assert to(case, "s4", "improvements").answer == "no"
    assert to(case, "s4", "mixed", free=["north"]).steps == 2
    assert to(case, "s4", "mixed", free=["south"]).answer == "no"


def test_an_unsure_line_decides_in_half_of_the_settings() -> None:
    unsure = [{"want": "x", "unsure": True}]
    route = to(made(preferences={"north": {"priorities": unsure}}), "s3", "improvements")
    assert (route.answer, route.over) == ("yes", "sometimes")
    assert "as the case is written, not in every admissible setting" in route.sentence


def test_a_start_of_ones_own_takes_the_place_of_the_status_quo() -> None:
    assert found(made(), start="s4").start == "s4"
    case = made(status_quo=None)
    with pytest.raises(InputError, match="no status quo"):
        found(case)
    assert found(case, start="s2").start == "s2"


@pytest.mark.parametrize(
    ("asked", "near"), [({"start": "s44"}, "s4"), ({"to": "s55"}, "s"), ({"free": ["nroth"]}, "north")]
)
def test_an_unknown_name_is_answered_with_the_nearest(asked: dict[str, Any], near: str) -> None:
    with pytest.raises(InputError, match=near):
        found(made(), **asked)


def test_improvements_only_leaves_the_other_ways_out() -> None:
    assert list(found(made(), improvements=True).spreads) == ["improvements"]


# Published cases


def test_at_elmira_the_government_leads_to_one_equilibrium_and_only_moves_at_a_loss_to_the_others() -> None:
    result = opened("elmira").paths(concepts=["nash"])
    ways = {d.state: d.routes for d in result.destinations}
    assert result.start == "s1"
    assert ways["s5"]["improvements"].path == (Move(("LG",), "s1", "s5"),)
    assert [ways[s]["improvements"].answer for s in ("s8", "s9")] == ["no", "no"]
    assert (ways["s8"]["any"].steps, ways["s8"]["any"].count) == (3, 6)
    assert result.summary["nash"] == {"all": 3, "any": 3, "improvements": 1}


def test_over_cuba_improvements_lead_by_blockade_and_withdrawal_to_the_historic_end() -> None:
    (found_,) = opened("cuba-1962").paths("s5").destinations
    route = found_.routes["improvements"]
    assert [(m.mover, m.end) for m in route.path] == [(("US",), "s3"), (("USSR",), "s7"), (("US",), "s5")]
    assert found_.routes["any"].steps == 1


def test_nothing_leads_back_from_an_abandoned_plant() -> None:
    result = opened("elmira").paths(start="s9")
    assert result.spreads["any"].counts == (1,)
    blocked = [d.routes["any"].blocked for d in result.destinations if d.state != "s9"]
    assert {b.elements for b in blocked if b} == {("issues.abandon",)}


def first_reached(turned: bool) -> list[list[tuple[str, ...]]]:
    """Values of the states that improvements first reach at each step of one game.

    ``turned`` writes the values and the parties the other way round, which numbers everything anew.
    """
    way = -1 if turned else 1
    issues = {i: {"by": p, "values": ["no", "yes"][::way]} for i, p in zip("xyz", PARTIES, strict=True)}
    case = Case.model_validate(
        {
            "title": "t",
            "parties": {p: {} for p in PARTIES[::way]},
            "issues": dict(list(issues.items())[::way]),
            "status_quo": dict.fromkeys("xyz", "no"),
            "preferences": {
                p: {"priorities": [f"{a} = yes -> {b} = yes", f"{a} = yes"]}
                for p, a, b in zip(PARTIES, "xyz", "yzx", strict=True)
            },
        }
    )
    space = Compiler(case).space()
    spread = found(case, concepts=["gmr"]).spreads["improvements"].states
    assert spread is not None
    return [
        sorted(tuple(space.values_of(space.numbers[s])[i] for i in "xyz") for s in states)
        for states in spread
    ]


def test_numbering_states_and_parties_anew_changes_nothing() -> None:
    assert first_reached(turned=False) == first_reached(turned=True)
