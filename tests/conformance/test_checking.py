"""Another program's answers: agreement, departures with the sequence that decides, and mistakes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from accordant.cli import main
from accordant.conformance import models as all_models
from accordant.conformance import writing
from accordant.conformance.checking import check_answers
from accordant.conformance.writing import write_suite
from accordant.errors import CaseError, FailedError, InputError
from tests.conformance.twin import stable

SOME = ("elmira", "prisoners-dilemma", "new-neighbour", "long-sanction", "options-05", "graph-08")


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A suite of a few models, which is quick to write."""
    few = [m for m in all_models.models(1) if m.name in SOME]
    monkeypatch.setattr(writing, "models", lambda seed: few)
    return write_suite(tmp_path / "suite").folder


def model(suite: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((suite / "models" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def answer(suite: Path, name: str, verdicts: Any, **besides: Any) -> None:
    (suite / "answers").mkdir(exist_ok=True)
    said = {
        "schema": "accordant/conformance-answers/1",
        "program": "another",
        "verdicts": verdicts,
        **besides,
    }
    (suite / "answers" / f"{name}.json").write_text(json.dumps(said), encoding="utf-8")


def answers(suite: Path, judge: Callable[[dict[str, Any], str], Any], concepts: tuple[str, ...]) -> None:
    for name in SOME:
        found = model(suite, name)
        if None not in found["ranks"].values() and "unknown" not in found:
            answer(suite, name, {c: {"stable": judge(found, c)} for c in concepts})


def test_a_program_that_goes_by_the_definitions_agrees(suite: Path) -> None:
    answers(suite, stable, ("nash", "gmr", "smr", "seq", "sseq"))
    found = check_answers(suite)
    assert found.agrees
    assert all(agree == of > 0 for agree, of in found.compared.values())
    assert found.missing == ("new-neighbour",)


def test_our_own_verdicts_agree_under_every_concept(suite: Path) -> None:
    for name in SOME:
        answer(suite, name, model(suite, name)["verdicts"])
    found = check_answers(suite)
    assert found.agrees
    assert {"l3", "seq coalition MoE+UR", "seq-c"} <= set(found.compared)


def test_a_program_in_which_each_opponent_moves_once_departs_with_the_sequence(suite: Path) -> None:
    answers(suite, lambda m, c: stable(m, c, once=True), ("nash", "seq"))
    found = check_answers(suite)
    assert found.compared["nash"][0] == found.compared["nash"][1]
    first = next(d for d in found.departures if d.model == "long-sanction")
    assert (first.concept, first.party, first.state, first.theirs, first.ours) == (
        "seq",
        "a",
        "s1",
        False,
        True,
    )
    told = first.to_json()
    assert [(m["by"], m["from"], m["to"]) for m in told["sequence"]] == [
        (["a"], "s1", "s2"),
        (["b"], "s2", "s3"),
        (["c"], "s3", "s4"),
        (["b"], "s4", "s5"),
    ]
    assert "so it stays" in told["because"]


def test_one_flipped_verdict_is_the_only_departure(suite: Path) -> None:
    verdicts = model(suite, "elmira")["verdicts"]
    verdicts["gmr"]["stable"]["LG"] = [f"s{s + 1}" for s in verdicts["gmr"]["stable"]["LG"] if s != 4]
    answer(suite, "elmira", {"gmr": verdicts["gmr"]})
    (only,) = check_answers(suite).departures
    assert (only.party, only.state, only.theirs, only.ours) == ("LG", "s5", False, True)


def test_verdicts_that_the_definition_leaves_open_are_no_departures(suite: Path) -> None:
    found = model(suite, "new-neighbour")["verdicts"]["seq"]
    for side in ("stable", "possible"):
        answer(suite, "new-neighbour", {"seq": {"stable": found[side]}})
        assert check_answers(suite).agrees


def test_every_mistake_in_answers_is_reported_at_once(suite: Path) -> None:
    answer(
        suite, "elmira", {"seqq": {"stable": {}}, "seq": {"stable": {"MoEE": [], "UR": [99, "s77"], "LG": 3}}}
    )
    answer(suite, "nowhere", {})
    answer(suite, "long-sanction", {}, schema="other")
    with pytest.raises(CaseError) as caught:
        check_answers(suite)
    told = "\n".join(str(p) for p in caught.value.problems)
    for word in (
        "seqq",
        "did you mean 'seq'",
        "MoEE",
        "99",
        "s77",
        "has to be a list",
        "nowhere",
        "long-sanction",
    ):
        assert word in told or word in str([p.found for p in caught.value.problems]), word


def test_mistakes_in_answers_say_what_is_allowed_and_what_to_try(
    suite: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer(suite, "elmira", {"nash": {"stabel": {}}, "seq": {"stable": {"MoEE": []}}})
    answer(suite, "elmyra", {})
    answer(suite, "x", {})
    assert main(["conformance", "check", str(suite)]) == 2
    err = capsys.readouterr().err
    assert "verdicts.nash: needs 'stable': states by party\n    found: stabel\n    allowed: stable" in err
    assert 'try: write {"stable": {"MoE": [names or numbers of states], …}}' in err
    assert "there is no model of this name\n    found: elmyra\n    try: did you mean 'elmira'?" in err
    assert "found: x\n    allowed: elmira, " in err
    assert err.endswith("error: 4 mistakes in the answers\n")


@pytest.mark.parametrize("nothing", [{}, {"nash": {"stable": {}}}])
def test_an_answer_that_says_nothing_is_no_agreement(
    suite: Path, capsys: pytest.CaptureFixture[str], nothing: Any
) -> None:
    answers(suite, stable, ("seq",))
    answer(suite, "elmira", nothing)
    assert main(["conformance", "check", str(suite)]) == 2
    err = capsys.readouterr().err
    assert f"{suite / 'answers' / 'elmira.json'}: error: verdicts: no verdict compared" in err
    assert err.endswith("error: 1 mistake in the answers\n")


def test_one_model_is_one_model(suite: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(suite, "elmira", {"nash": model(suite, "elmira")["verdicts"]["nash"]})
    assert main(["conformance", "check", str(suite)]) == 0
    assert "another: 1 model compared, 5 without an answer" in capsys.readouterr().out


def test_a_changed_model_is_noticed(suite: Path) -> None:
    file = suite / "models" / "elmira.json"
    file.write_text(file.read_text(encoding="utf-8").replace("MoE", "moe"), encoding="utf-8")
    answer(suite, "elmira", {"nash": {"stable": {}}})
    with pytest.raises(CaseError, match="not as it was written") as caught:
        check_answers(suite)
    assert caught.value.closing == "1 model cannot be used"


def test_places_that_are_no_suite(tmp_path: Path, suite: Path) -> None:
    with pytest.raises(InputError, match="is no suite of models"):
        check_answers(tmp_path)
    with pytest.raises(InputError, match="holds no answers"):
        check_answers(suite)
    with pytest.raises(InputError, match="not empty"):
        write_suite(suite)
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"):
        write_suite(tmp_path / "file")


def test_what_cannot_be_written_leaves_nothing(
    suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(FailedError, match="No space left"):
        write_suite(tmp_path / "other")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["suite"]


def test_the_command_says_how_many_agree_and_fails_where_one_does_not(
    suite: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers(suite, lambda m, c: stable(m, c, once=True), ("seq",))
    assert main(["conformance", "check", str(suite)]) == 1
    out = capsys.readouterr().out
    assert "verdicts agree" in out
    assert "long-sanction, seq: s1 is stable for a; another says unstable" in out
    assert main(["conformance", "check", str(suite), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["schema"] == "accordant/conformance-check/1"
    answers(suite, stable, ("seq",))
    assert main(["conformance", "check", str(suite)]) == 0


def test_the_command_writes_the_folder(
    suite: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["conformance", "--to", str(tmp_path / "made")]) == 0
    assert "holds 6 models" in " ".join(capsys.readouterr().out.split())
    listed = json.loads((tmp_path / "made" / "manifest.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in listed["models"]] == [
        r for r in (m["name"] for m in listed["models"]) if r in SOME
    ]
    assert (tmp_path / "made" / "README.md").is_file()
