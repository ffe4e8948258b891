"""What the commands print and write."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from accordant.agreement.result import Answer
from accordant.errors import Problem
from tests.cli.conftest import Ran
from tests.cli.standins import LONG, QUOTE, SENTENCE, StandIn

Run = Callable[..., Ran]


@pytest.mark.parametrize("command", ["states", "stability", "deals", "rests"])
def test_json_is_what_the_library_returns(accordant: Run, talks: StandIn, command: str) -> None:
    ran = accordant(command, "talks", "--json")
    expected = talks.rests(progress=lambda *_: None) if command == "rests" else getattr(talks, command)()
    assert json.loads(ran.out) == json.loads(json.dumps(expected.to_json()))
    assert ran.status == 0
    assert "الجنوب" in ran.out or command == "rests"  # scripts stay readable, not escaped


@pytest.mark.parametrize("command", ["states", "stability", "deals", "rests"])
def test_csv_is_the_whole_table(accordant: Run, talks: StandIn, command: str) -> None:
    ran = accordant(command, "talks", "--csv", "--rows", 1)
    expected = talks.rests(progress=lambda *_: None) if command == "rests" else getattr(talks, command)()
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert tuple(rows[0]) == expected.table().columns
    assert len(rows) == 1 + len(expected.table().rows)


@pytest.mark.parametrize(
    ("ending", "holds"), [("json", '"schema"'), ("csv", "state,"), ("txt", "The states")]
)
def test_the_ending_of_the_output_file_chooses_the_form(
    accordant: Run, talks: StandIn, tmp_path: Path, ending: str, holds: str
) -> None:
    file = tmp_path / f"states.{ending}"
    ran = accordant("states", "talks", "-o", file)
    assert ran.status == 0
    assert ran.out == ""
    assert f"wrote {file}" in ran.err
    assert holds in file.read_text(encoding="utf-8")


def test_a_file_that_cannot_be_written_is_said_and_leaves_nothing(
    accordant: Run, talks: StandIn, tmp_path: Path
) -> None:
    ran = accordant("states", "talks", "-o", tmp_path / "nowhere" / "states.json")
    assert ran.status in (1, 2)
    assert "nowhere" in ran.err
    assert not list(tmp_path.iterdir())


def test_moves_are_listed_and_written_as_csv(accordant: Run, talks: StandIn) -> None:
    assert "north" in accordant("states", "talks", "--moves").out
    assert accordant("states", "talks", "--moves", "--csv").out.splitlines()[0] == "by,from,to"


def test_concepts_are_passed_on(accordant: Run, talks: StandIn) -> None:
    accordant("stability", "talks", "--concept", "nash", "-c", "seq")
    assert talks.asked == [["nash", "seq"]]


def test_a_verdict_opens_to_the_sentence_the_moves_the_lines_and_the_quoted_words(
    accordant: Run, talks: StandIn
) -> None:
    printed = " ".join(accordant("stability", "talks", "--explain", "s1", "south", "-c", "seq").out.split())
    for part in (
        "seq: stable",
        SENTENCE,
        "south: s1 → s2 answered by north: s2 → s3",
        "north.priorities.1: wants: north-moves",
        "claim c1: North wants to move",
        QUOTE,
        "two people",
        "reports/r1.txt at 10–90",
        "grade F6",
        "assumed:north.priorities.2",
    ):
        assert part in printed


def test_an_explanation_as_json_holds_the_whole_chain(accordant: Run, talks: StandIn) -> None:
    data = json.loads(accordant("stability", "talks", "--explain", "s1", "south", "--json").out)
    assert [v["concept"] for v in data["verdicts"]] == ["nash", "gmr", "smr", "seq", "sseq"]
    assert data["verdicts"][0]["sanction"] == [{"by": ["north"], "from": "s2", "to": "s3"}]
    assert data["elements"]["north.priorities.1"]["because"] == ["c1"]
    assert data["claims"]["c1"]["quote"] == QUOTE


@pytest.mark.parametrize(("state", "party", "near"), [("s1", "souht", "south"), ("S99", "south", "s")])
def test_an_unknown_state_or_party_names_the_nearest(
    accordant: Run, talks: StandIn, state: str, party: str, near: str
) -> None:
    ran = accordant("stability", "talks", "--explain", state, party)
    assert ran.status == 2
    assert "allowed:" in ran.err
    assert near in ran.err


def test_an_impossible_proposal_names_the_rule(accordant: Run, talks: StandIn) -> None:
    assert "offer-2 is not possible: rule 1 forbids it" in accordant("deals", "talks").out


def test_grounds_to_take_away_are_passed_on_together(accordant: Run, talks: StandIn) -> None:
    assert accordant("rests", "talks", "--without", "c1", "--without", "o1").status == 0
    assert (None, ["c1", "o1"]) in talks.asked


def test_check_groups_warnings_counts_everything_and_fails_only_when_strict(
    accordant: Run, talks: StandIn
) -> None:
    talks.problems = tuple(
        Problem("stands on nothing", file="case.yaml", line=n, path=f"line {n}", hint="add because",
                severity="warning") for n in (3, 9)
    )  # fmt: skip
    ran = accordant("check", "talks")
    assert ran.status == 0
    assert ran.out.count("stands on nothing") == 1
    assert "case.yaml:3" in ran.out
    assert "case.yaml:9" in ran.out
    assert "5 parties, 5 issues, 32 states" in ran.out
    assert "7 assumptions" in ran.out
    assert "2 warnings" in ran.out
    assert accordant("check", "talks", "--strict").status == 2


def test_check_as_json_says_the_same(accordant: Run, talks: StandIn) -> None:
    data = json.loads(accordant("check", "talks", "--json").out)
    assert data["counts"]["states"] == 32
    assert data["errors"] == []


def test_brief_without_a_file_prints_markdown(accordant: Run, talks: StandIn) -> None:
    assert accordant("brief", "talks").out.startswith("# Brief")


def test_brief_writes_every_file_it_is_given(accordant: Run, talks: StandIn) -> None:
    ran = accordant("brief", "talks", "-o", "a.html", "-o", "a.md")
    assert ran.err.splitlines() == ["wrote a.html", "wrote a.md"]


def test_a_long_name_is_whole_in_machine_output(accordant: Run, talks: StandIn) -> None:
    assert LONG in accordant("states", "talks", "--csv").out


@pytest.fixture
def confidential(talks: StandIn) -> StandIn:
    """The stand-in with its one claim restricted."""
    claim = talks.case.claims["c1"].model_copy(update={"handling": "restricted"})
    sources = talks.case.sources.model_copy(update={"claims": {"c1": claim}})
    talks.case = talks.case.model_copy(update={"sources": sources})
    return talks


def test_restricted_claims_are_shown_here_but_do_not_leave(accordant: Run, confidential: StandIn) -> None:
    words = ("stability", "talks", "--explain", "s1", "south")
    assert "two people familiar" in accordant(*words).out
    data = json.loads(accordant(*words, "--json").out)["claims"]["c1"]
    assert data["withheld"]
    assert data["quote"] is None
    file = confidential.path / "why.txt"
    accordant(*words, "-o", file)
    assert "two people familiar" not in file.read_text(encoding="utf-8")
    assert "restricted, withheld" in file.read_text(encoding="utf-8")
    named = json.loads(accordant(*words, "--json", "--restricted", "c1").out)["claims"]["c1"]
    assert named["quote"] == QUOTE


def test_grounds_leave_without_the_words_of_restricted_claims(accordant: Run, confidential: StandIn) -> None:
    assert "the claim “North" in accordant("rests", "talks").out  # the rest wraps
    assert "North wants to move" not in accordant("rests", "talks", "--json").out
    assert "North wants to move" in accordant("rests", "talks", "--json", "--restricted", "c1").out
    ran = accordant("rests", "talks", "--json", "--restricted", "c2")
    assert ran.status == 2
    assert "allowed: c1" in ran.err


def test_restricted_claims_are_asked_for_by_name(accordant: Run, talks: StandIn) -> None:
    accordant("brief", "talks", "--restricted", "c1")
    assert talks.asked == [["c1"]]


def test_new_tells_the_next_commands_as_they_can_be_typed(accordant: Run, folder: Path) -> None:
    ran = accordant("new", "spring talks", "--template", "water")
    assert ran.status == 0
    assert (folder / "spring talks" / "case.yaml").is_file()
    assert "  accordant check 'spring talks'\n" in ran.out
    assert "-o 'spring talks/brief.html'" in ran.out
    again = accordant("new", "spring talks")
    assert (again.status, "not empty" in again.err) == (2, True)


def test_deals_says_what_its_columns_mean(accordant: Run, talks: StandIn) -> None:
    printed = " ".join(accordant("deals", "talks").out.split())
    for word in ("a setting is", "efficient: ", "holds under: ", "nash", "gmr: ", "smr: ", "seq: ", "sseq: "):
        assert word in printed


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ({"nash": "no", "gmr": "no"}, "none"),
        ({"nash": "no", "gmr": "unknown"}, "unknown"),
        ({"nash": "no", "gmr": "yes"}, "gmr"),
        ({}, "unknown"),
    ],
)
def test_holds_under_is_never_blank(talks: StandIn, holds: dict[str, Answer], said: str) -> None:
    found = talks.deals()
    agreement = replace(found.agreements[0], holds=holds)
    assert replace(found, agreements=(agreement,)).agreements_table().rows[0][-1] == said
