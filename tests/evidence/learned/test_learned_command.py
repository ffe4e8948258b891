"""``accordant read --learned CASE`` as a person uses it, after a review of their own."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from accordant.case.starting import start
from accordant.cli import main
from accordant.evidence.learned.examples import examples_of
from tests.evidence.read_helpers import Run

ROUNDS = 8


def text_of(k: int) -> str:
    named = "".join(f"The union said that berth {k}{n} would stay open. " for n in range(4))
    return f"{named}\n\nThe rise of {k} crowns was reportedly withdrawn. Berth {k} has reportedly been sold."


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case after somebody accepted what is said and rejected what is reportedly so."""
    folder = tmp_path_factory.mktemp("learned")
    made = start(folder / "talks")
    with pytest.MonkeyPatch.context() as patch:
        for k in range(ROUNDS):
            report = folder / f"r{k}.txt"
            report.write_text(text_of(k), encoding="utf-8")
            patch.setattr("sys.stdin", io.StringIO("a\na\na\na\nr\nr\n"))
            assert main(["read", str(report), "--into", str(made)]) == 0
    return made


def test_decisions_are_learned_from_with_their_reports(case: Path) -> None:
    examples = examples_of(case)
    assert (len(examples), sum(e.rejected for e in examples)) == (6 * ROUNDS, 2 * ROUNDS)
    assert all(e.known for e in examples)
    assert {e.features["cue"] for e in examples if e.rejected} == {"reportedly"}


def test_a_mark_is_shown_last_and_how_well_it_agrees_is_said(run: Run, case: Path, tmp_path: Path) -> None:
    report = tmp_path / "new.txt"
    report.write_text(
        "The ferry was reportedly late. The owners said that the ferry would sail.", encoding="utf-8"
    )
    status, out, err = run(report, "--learned", case)
    assert status == 0
    assert "Learned from 48 decisions (32 accepted, 16 rejected)." in err
    assert "48 of 48 would be told as you decided" in err
    flat = " ".join(out.split())
    assert "you rejected most like this (16 of 16): rule " in flat
    assert flat.index("the ferry would sail]") < flat.index("you rejected most like this")
    assert run(report, "--learned", case) == (status, out, err)
    found = json.loads(run(report, "--learned", case, "--json")[1])
    assert [c["id"] for c in found["claims"]] == ["k2", "k1"]
    assert [m["claim"] for m in found["learned"]["marks"]] == ["k1"]


def test_the_same_case_twice_teaches_no_more(run: Run, case: Path, tmp_path: Path) -> None:
    report = tmp_path / "new.txt"
    report.write_text("The ferry was reportedly late.", encoding="utf-8")
    assert run(report, "--learned", case, "--learned", case) == run(report, "--learned", case)


def test_marks_are_shown_in_a_review(run: Run, case: Path, tmp_path: Path) -> None:
    report = tmp_path / "new.txt"
    report.write_text("The ferry was reportedly late.", encoding="utf-8")
    status, out, _ = run(report, "--learned", case, "--into", start(tmp_path / "other"), answers="q\n")
    assert status == 0
    assert "you rejected most like this (16 of 16)" in " ".join(out.split())


def test_a_text_that_left_nothing_in_the_case_teaches_rule_and_length(run: Run, tmp_path: Path) -> None:
    case = start(tmp_path / "case")
    report = tmp_path / "a.txt"
    report.write_text("The ferry was reportedly late.", encoding="utf-8")
    run(report, "--into", case, answers="r\n")
    (example,) = examples_of(case)
    assert (example.rejected, example.known) == (True, False)
    assert set(example.features) == {"rule", "length"}


def test_too_few_decisions_are_refused(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("The union said it would wait.", encoding="utf-8")
    status, out, err = run(report, "--learned", start(tmp_path / "case"))
    assert (status, out) == (2, "")
    assert "too little to learn from: 0 decisions" in err
    assert "needed are 40 or more" in err
