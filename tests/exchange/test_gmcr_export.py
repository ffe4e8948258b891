"""Writing cases as .gmcr files: what is written, what is left out, what is refused."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case, Issue
from accordant.errors import CaseError, InputError
from accordant.exchange import Exported
from accordant.exchange.formats import Given
from accordant.exchange.gmcr import FORMAT
from accordant.exchange.gmcr_options import coded, permitted
from accordant.model.movers import issue_direction
from accordant.opened import OpenCase

ROOT = Path(__file__).parent.parent.parent
TALKS: dict[str, Any] = {
    "title": "Talks",
    "parties": {"north": {"name": "Council"}, "south": {"name": "Front"}},
    "issues": {
        "truce": {"by": "north", "values": ["none", "pause", "lasting"]},
        "captives": {"by": "south", "values": ["held", "some", "all"], "moves": "forward"},
        "passage": {"by": "north", "moves": [["yes", "no"]]},
    },
    "feasible": ["captives -> truce"],
    "preferences": {
        "north": {"priorities": ["truce != lasting", "captives >= some <-> passage"]},
        "south": {"priorities": ["truce"]},
    },
    "coalitions": [["south", "north"]],
    "perceptions": {"south": {"unseen": [{"truce": "none", "captives": "held"}]}},
}


def write(data: dict[str, Any], **changes: Any) -> Exported:
    return FORMAT.write(OpenCase(CaseFolder(Path("talks"), Case.model_validate({**data, **changes}))))


def file(made: Exported) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(made.content)
    return data


def left(made: Exported) -> dict[str, str]:
    assert all(p.severity == "warning" for p in made.problems)
    return {p.path: p.message for p in made.problems}


def refused(data: dict[str, Any], **changes: Any) -> str:
    with pytest.raises(InputError) as caught:
        write(data, **changes)
    return str(caught.value)


def test_values_become_options_and_the_options_of_each_party_stand_together() -> None:
    data = file(write(TALKS))
    assert [(o["name"], o["permittedDirection"]) for o in data["options"]] == [
        ("passage", "back"),
        ("truce: pause", "both"),
        ("truce: lasting", "both"),
        ("captives: some or beyond", "fwd"),
        ("captives: all", "fwd"),
    ]
    assert [(m["name"], m["options"]) for m in data["decisionMakers"]] == [
        ("Council", [0, 1, 2]),
        ("Front", [3, 4]),
    ]
    assert data["infeasibles"] == [
        [[1, "Y"], [2, "Y"]],
        [[3, "N"], [4, "Y"]],
        [[1, "N"], [2, "N"], [3, "Y"]],
    ]


def test_lines_become_statements_and_patterns_conditions() -> None:
    north, south = file(write(TALKS))["decisionMakers"]
    assert north["preferences"][0] == [[2, "N"]]
    assert north["preferences"][1] == {
        "compound": True,
        "members": [[[0, "Y"], [3, "Y"]], [[0, "N"], [3, "N"]]],
    }
    assert south["preferences"] == [{"compound": True, "members": [[[1, "Y"]], [[2, "Y"]]]}]
    assert south["misperceptions"] == [[[1, "N"], [2, "N"], [3, "N"]]]


def test_coalitions_become_a_partition() -> None:
    assert file(write(TALKS))["coalitions"] == [[1, 0]]
    assert file(write(TALKS, coalitions=[]))["coalitions"] == [0, 1]
    many = {**TALKS, "parties": {**TALKS["parties"], "east": {}}}
    made = write(many, coalitions=[["north", "south"], ["south", "east"]])
    assert file(made)["coalitions"] == [[0, 1], 2]
    assert "overlaps with an earlier coalition" in left(made)["coalitions.2"]


def test_one_ranking_makes_rankings_of_all() -> None:
    made = write(
        {
            "title": "Talks",
            "parties": {"north": {}, "south": {}, "east": {}},
            "issues": {"a": {"by": "north"}, "b": {"by": "south"}},
            "preferences": {
                "north": {"ranking": [["s1", "s4"], "s2", "s3"]},
                "south": {"priorities": ["b"]},
            },
        }
    )
    data = file(made)
    assert data["useManualPreferenceRanking"] is True
    # north's option comes first, so that a without b is state 2 of the file and s3 of the case
    assert {n.case: n.file for n in made.names if n.kind == "state"} == {
        "s1": "1",
        "s2": "3",
        "s3": "2",
        "s4": "4",
    }
    assert [m["preferenceRanking"] for m in data["decisionMakers"]] == [[[1, 4], 3, 2], [[3, 4], [1, 2]], []]
    assert left(made)["preferences.south"] == "is written as a ranking of the states that it makes"
    assert left(made)["parties.east"] == "its order is not known; written without preferences"


def test_indifference_is_not_mistaken_for_an_unknown_order() -> None:
    made = write(TALKS, preferences={"north": {"priorities": []}})
    north, south = file(made)["decisionMakers"]
    assert north["preferences"] == [{"compound": True, "members": [[[0, "Y"]], [[0, "N"]]]}]
    assert south["preferences"] == []
    back = FORMAT.read(Given.of(made.content, Path("x.gmcr"))).case
    assert back is not None
    assert list(back.preferences) == ["Council"]


def test_a_line_of_too_many_conditions_makes_rankings_of_all() -> None:
    parity = "a <-> b <-> c <-> d <-> e <-> f <-> g <-> h <-> i <-> j"
    issues = {name: {"by": "north"} for name in "abcdefghij"}
    wants = {"north": {"priorities": [parity]}}
    made = write({"title": "t", "parties": {"north": {}}, "issues": issues, "preferences": wants})
    ranking = file(made)["decisionMakers"][0]["preferenceRanking"]
    assert [len(level) for level in ranking] == [512, 512]


def test_everything_that_is_left_out_is_said() -> None:
    made = write(
        TALKS,
        question="?", as_of="2024", note="n", language="fr",
        parties={
            "north": {"name": "Council", "aliases": ["C"], "note": "n"}, "south": {"name": "Front"},
            "envoy": {"role": "mediator"}, "street": {"role": "constituency", "of": "north"},
        },
        issues={**TALKS["issues"], "seal": {"by": ["south", "north"], "tags": ["x"], "moves": []},
                "talk": {"by": ["south", "north"], "assumed": "so"}},
        feasible=[{"rule": "captives -> truce", "unsure": "true"}, "talk or not talk"],
        status_quo={"truce": "none", "captives": "held", "passage": "no", "seal": "no", "talk": "no"},
        preferences={
            "north": {
                "priorities": [{"want": "truce", "decisive": "true"}, {"either": ["talk", "passage"]}],
                "never": ["captives = all"], "incomparable": [["s1", "s2"]],
            },
            "street": {"priorities": ["talk"]},
        },
        proposals={"p1": {"package": {"truce": "pause"}}},
        positions={"south": {"truce": {"wants": "none"}}},
        relations=[{"from": "envoy", "to": "south", "kind": "channel"}],
        judgements={"j1": {"by": "me", "about": "agreement-exists"}},
        events={"e1": {"what": "meeting"}},
        attitudes={"north": {"south": "negative"}},
        perceptions={"south": {"unseen": [{"truce": "none"}], "preferences": {"north": {}}}},
        sources={"reports": {"r1": {"file": "r.txt", "sha256": "0"}}, "origins": {"o1": {"kind": "named"}}},
    )  # fmt: skip
    said = left(made)
    nothing = "has no place in a .gmcr file; left out"
    for path in (
        "title", "question", "as_of", "language", "note", "status_quo", "proposals.p1", "positions.south",
        "relations.1", "judgements.j1", "events.e1", "attitudes.north", "reports.r1", "origins.o1",
        "parties.north.aliases", "parties.north.note", "issues.seal.tags", "preferences.north.incomparable",
        "preferences.north.priorities.1.decisive",
    ):  # fmt: skip
        assert said.pop(path) == nothing
    decide = "without moves, and the format has decision makers only; left out"
    first = "is a red line; written as a statement before all others, which refuses nothing by itself"
    wrongly = "what a party wrongly believes of another has no place in a .gmcr file; left out"
    group = "the order of these lines is not known; written in the order given"
    assert said == {
        "parties.envoy": f"is a mediator {decide}",
        "parties.street": f"is a constituency {decide}",
        "parties.south": "its order is not known; written without preferences",
        "issues.truce": "its values are written as options; where none is taken it is 'none'",
        "issues.captives": "its values are written as options; where none is taken it is 'held'",
        "issues.seal": "never changes: written as an option that belongs to no decision maker",
        "issues.talk": "what it stands on has no place in a .gmcr file; left out",
        "feasible.1": "is unsure; written as if it counted",
        "feasible.2": "forbids nothing; left out",
        "preferences.north.priorities.2": group,
        "preferences.north.never.1": first,
        "perceptions.south.preferences.north": wrongly,
    }
    shared = [p for p in made.problems if p.path == "issues.talk"]
    assert "is listed as an option of south and north each" in shared[0].message


def test_what_options_cannot_say_is_refused_with_every_reason() -> None:
    issues = {
        "truce": {"by": {"joint": ["north", "south"]}},
        "stage": {"by": "north", "values": ["a", "b", "c"], "moves": [["a", "b"], ["b", "c"], ["c", "a"]]},
    }
    message = refused(TALKS, issues=issues, feasible=[], preferences={}, perceptions={})
    assert "issues.truce.by: takes north and south together, and nobody takes an option together" in message
    assert "issues.stage.moves: no directions of options permit exactly these moves" in message
    graph = {"title": "t", "parties": {"a": {}}, "states": ["s1", "s2"], "moves": {"a": {"s1": ["s2"]}}}
    assert "the moves are given state by state" in refused(graph)


@pytest.mark.parametrize(
    ("case", "path", "message", "hint"),
    [
        ("elmira", "states.s9", "merges 16 combinations", "docs/examples/elmira.gmcr"),
        ("labour", "issues.wage.by", "takes union and company together", "wage-union and wage-company"),
    ],
)
def test_what_is_refused_has_its_place_in_the_case_and_what_to_try(
    case: str, path: str, message: str, hint: str
) -> None:
    folder = ROOT / "cases" / case
    with pytest.raises(CaseError, match=rf"{case} cannot be written as a \.gmcr file") as caught:
        FORMAT.write(accordant.load(folder))
    problem = caught.value.problems[0]
    lines = (folder / "case.yaml").read_text(encoding="utf-8").splitlines()
    assert problem.path == path
    assert message in problem.message
    assert hint in (problem.hint or "")
    assert problem.file == str(folder / "case.yaml")
    assert lines[(problem.line or 0) - 1].strip().startswith(path.rsplit(".", 1)[1])


def test_two_parties_shown_alike_are_told_apart() -> None:
    made = write(TALKS, parties={"north": {"name": "Front"}, "south": {"name": "Front"}})
    assert [m["name"] for m in file(made)["decisionMakers"]] == ["Front (north)", "Front (south)"]


def test_names_in_any_script_are_written_in_ascii_and_read_back() -> None:
    made = write(TALKS, parties={"north": {"name": "Совет 🕊"}, "south": {"name": "جبهة"}})
    assert made.content.isascii()
    back = FORMAT.read(Given.of(made.content, Path("x.gmcr"))).case
    assert back is not None
    assert {p: about.name or p for p, about in back.parties.items()} == {"Совет": "Совет 🕊", "جبهة": "جبهة"}


@st.composite
def issues(draw: st.DrawFn) -> Issue:
    values = [f"v{k}" for k in range(draw(st.integers(2, 4)))]
    pairs = [(a, b) for a in values for b in values if a != b]
    moves = draw(
        st.sampled_from(["any", "forward", "backward"]) | st.lists(st.sampled_from(pairs), unique=True)
    )
    return Issue.model_validate({"by": "north", "values": values, "moves": moves})


@given(issues())
@settings(max_examples=300)
def test_the_options_of_an_issue_permit_exactly_its_moves_or_it_is_refused(issue: Issue) -> None:
    allowed = issue_direction(issue)
    made = coded("x", issue)
    assert (made is None) == (not some_code(allowed))
    if made is None or made.fixed:
        return
    assert (permitted(made) == allowed).all()
    combinations = {made.taken(v) for v in range(len(issue.values))}
    assert len(combinations) == len(issue.values)
    for taken in product((False, True), repeat=len(made.directions)):
        out = any(all(taken[k] == sign for k, sign in pattern) for pattern in made.forbidden())
        assert out == (taken not in combinations)


def some_code(allowed: Any) -> bool:
    """Whether any directions of options give these moves under one of the two codes, by trying all."""
    size = len(allowed)
    if (allowed == np.eye(size, dtype=bool)).all():
        return True
    codes = (
        [[v == j for j in range(1, size)] for v in range(size)],
        [[v >= j for j in range(1, size)] for v in range(size)],
    )
    fine = {
        "both": {(0, 1), (1, 0), (0, 0), (1, 1)},
        "fwd": {(0, 1), (0, 0), (1, 1)},
        "back": {(1, 0), (0, 0), (1, 1)},
    }
    for code in codes:
        for ways in product(fine, repeat=size - 1):
            moves = [
                [
                    all((a, b) in fine[w] for a, b, w in zip(code[v], code[t], ways, strict=True))
                    for t in range(size)
                ]
                for v in range(size)
            ]
            if (np.array(moves) == allowed).all():
                return True
    return False
