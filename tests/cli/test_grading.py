"""``sources`` and ``grade`` as a person types them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cases.ungraded import ungraded
from tests.documents import ROOT, documented_keys, keys, matches, section

Run = Callable[..., Any]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return ungraded(tmp_path / "talks")


def enter(accordant: Run, case: Path, *words: str) -> Any:
    return accordant("sources", case, *words)


def test_a_source_is_entered_and_its_claims_are_graded_by_it(accordant: Run, case: Path) -> None:
    ran = enter(accordant, case, "--origin", "miller", "--grade", "B", "--because", "Borne out twice.")
    assert (ran.status, ran.err) == (0, "")
    assert "miller is B from the beginning: Borne out twice." in ran.out
    ran = accordant("grade", case, "--claim", "c15")
    assert "source F; suggested B: miller was B on 2024-01-30: Borne out" in ran.out
    ran = accordant("grade", case, "--accept", "--yes")
    assert (ran.status, "c15: F6 -> B6, written" in ran.out) == (0, True)
    assert "grade: B6" in (case / "claims.yaml").read_text(encoding="utf-8")
    ran = accordant("grade", case, "--accept", "--yes")
    assert (ran.status, "No grade changes." in ran.out) == (0, True)
    assert accordant("check", case, "--strict").status == 0


def test_a_question_is_asked_before_suggestions_are_taken(
    accordant: Run, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (case / "claims.yaml").read_bytes()
    for answer, status in (("", 2), ("n\n", 0), ("what\nno\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        ran = accordant("grade", case, "--accept")
        assert ran.status == status
        assert (case / "claims.yaml").read_bytes() == before
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    ran = accordant("grade", case, "--accept", "--json")
    assert json.loads(ran.out)["changes"][0] == {"claim": "w3", "old": "F6", "new": "F4"}
    assert (case / "claims.yaml").read_bytes() != before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["grade", "--source", "B"], "--claim"),
        (["grade", "--claim", "c1", "--item", "3", "--accept"], "--accept"),
        (["grade", "--yes"], "--accept"),
        (["grade", "--claim", "c99"], "no claim 'c99'"),
        (["grade", "--claim", "c1", "--item", "1"], "two independent origins"),
        (["grade", "--claim", "c1", "--item", "0"], "allowed: 1, 2, 3"),
        (["grade", "--json", "--csv"], "one of"),
        (["grade", "--restricted", "c1"], "is not a restricted claim"),
        (["sources", "--grade", "B"], "--origin"),
        (["sources", "--origin", "miller", "--csv"], "--json"),
        (["sources", "-o", "claims.yaml"], ""),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    accordant: Run, case: Path, words: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(case)
    before = (case / "claims.yaml").read_bytes()
    ran = accordant(words[0], case, *words[1:])
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert "Traceback" not in ran.err
    assert (case / "claims.yaml").read_bytes() == before


def test_another_programs_file_cannot_be_graded(accordant: Run, tmp_path: Path) -> None:
    file = tmp_path / "game.gmcr"
    assert accordant("convert", ROOT / "cases" / "games" / "prisoners-dilemma", file).status == 0
    ran = accordant("sources", file, "--entry", "x", "--handling", "team")
    assert (ran.status, "another program" in ran.err) == (2, True)
    assert accordant("grade", file).status == 0


def test_comments_and_everything_else_stay_as_they_are(accordant: Run, case: Path) -> None:
    before = (case / "claims.yaml").read_text(encoding="utf-8").splitlines()
    accordant("grade", case, "--claim", "c1", "--item", "3", "--because", "two people, one outlet")
    after = (case / "claims.yaml").read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line not in after] == []
    assert sorted(set(after) - set(before)) == ["    grade: F3", "    graded_because: two people, one outlet"]


def secret(case: Path) -> None:
    file = case / "claims.yaml"
    text = file.read_text(encoding="utf-8").replace("\n  c15:", "\n  c15:\n    handling: restricted")
    text = text.replace("\n  c16:", "\n  c16:\n    handling: restricted").replace(
        "\n  c17:", "\n  c17:\n    handling: restricted"
    )
    file.write_text(text, encoding="utf-8")


def test_the_terminal_shows_what_an_export_withholds(accordant: Run, case: Path, tmp_path: Path) -> None:
    secret(case)
    enter(
        accordant,
        case,
        "--origin",
        "miller",
        "--grade",
        "B",
        "--because",
        "Met thrice.",
        "--handling",
        "team",
    )
    shown = accordant("sources", case)
    assert "Handling: restricted" in shown.out
    assert "Miller" in shown.out
    for name in ("--json", "--csv"):
        for command in ("sources", "grade"):
            out = accordant(command, case, name).out
            assert "not being met" not in out
            assert "Israel is not meeting" not in out
    assert "Aaron David Miller" not in accordant("sources", case, "--csv").out
    assert "Israel is not meeting" in accordant("grade", case, "--csv", "--restricted", "c15").out
    place = tmp_path / "s.xlsx"
    assert accordant("sources", case, "-o", place).status == 0
    book = load_workbook(place)
    assert book.sheetnames[:2] == ["origins", "register"]
    assert "Met thrice." in {cell.value for row in book["register"].iter_rows() for cell in row}


def test_every_key_is_documented_and_the_other_way_round(accordant: Run, case: Path) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    enter(accordant, case, "--origin", "two-people", "--grade", "C", "--because", "Half right.")
    enter(accordant, case, "--origin", "one-official", "--entry", "two-people")
    file = case / "claims.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace(
            "note: May be one of the two people.", "note: Not Aaron David Miller."
        ),
        encoding="utf-8",
    )
    enter(accordant, case, "--entry", "two-people", "--handling", "team")
    for command, words in (("sources", ()), ("grade", ("--accept", "--yes"))):
        found = json.loads(accordant(command, case, *words, "--json").out)
        documented = documented_keys(section(page, found["schema"])) | documented_keys(
            section(page, "method")
        )
        used = set()
        for path in set(keys(found)):
            fits = {pattern for pattern in documented if matches(pattern, path)}
            assert fits, f"{found['schema']}: {path} is not in docs/json.md"
            used |= fits
        never = documented_keys(section(page, found["schema"])) - used
        assert not {k for k in never if not any(u.startswith(k + ".") for u in used) and "aliases" not in k}
