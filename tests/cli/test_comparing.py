"""``accordant compare`` as it is typed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ran
from tests.documents import ROOT, documented_keys, keys, matches, section
from tests.history.team_cases import team_a, team_b
from tests.history.test_comparing import OTHER_ORDER

Run = Callable[..., Ran]


@pytest.fixture
def teams(tmp_path: Path) -> tuple[Path, Path]:
    return team_a(tmp_path).path, team_b(tmp_path, OTHER_ORDER, handling="restricted").path


def test_every_key_is_documented_and_the_other_way_round(accordant: Run, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    own = documented_keys(section(page, "accordant/compare/1"))
    documented = own | documented_keys(section(page, "method"))
    front = OTHER_ORDER.replace("south", "front").replace("Southern Front}", "S, aliases: [southern front]}")
    pairs = [
        (team_a(tmp_path).path, team_b(tmp_path, OTHER_ORDER).path),
        (ROOT / "cases" / "labour", ROOT / "cases" / "river"),
        (team_a(tmp_path / "x").path, team_b(tmp_path / "x", front).path),
    ]
    used: set[str] = set()
    for one, other in pairs:
        found = accordant("compare", one, other, "--json")
        assert (found.status, found.err) == (0, "")
        for path in set(keys(json.loads(found.out))):
            fits = {pattern for pattern in documented if matches(pattern, path)}
            assert fits, path
            used |= fits
    never = own - used
    assert not {k for k in never if not any(u.startswith((k + ".", k + "[]")) for u in used)}


def test_the_page_fits_and_says_where_they_part(accordant: Run, teams: tuple[Path, Path]) -> None:
    page = accordant("compare", *teams, "--names", "Team A", "Team B").out
    assert page.startswith("Team A and Team B part over ")
    assert "south.priorities.2:moved" in page
    assert "1 of 3 claims found by both" in page
    assert "North would stop fighting" not in page.splitlines()[0]
    assert max(map(len, page.splitlines())) <= 80


def test_what_is_restricted_is_shown_on_the_screen_and_leaves_when_named(
    accordant: Run, teams: tuple[Path, Path], tmp_path: Path
) -> None:
    assert "described" in accordant("compare", *teams).out
    for form in ("--json", "--csv"):
        out = accordant("compare", *teams, form).out
        assert "Council would" not in out
        assert "Council would" in accordant("compare", *teams, "--json", "--restricted", "k1").out
    file = tmp_path / "side.xlsx"
    assert accordant("compare", *teams, "-o", file).status == 0
    import openpyxl

    book = openpyxl.load_workbook(file)
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if "offers to stop" in cell]
    assert {"answers", "differences", "lines", "claims of both", "agreement"} <= set(book.sheetnames)


def test_csv_has_everything_in_one_table(accordant: Run, teams: tuple[Path, Path]) -> None:
    rows = accordant("compare", *teams, "--csv", "--names", "A", "B").out.splitlines()
    assert rows[0] == "part,where,what,A,B,same"
    assert {row.split(",")[0] for row in rows[1:]} == {"answer", "model", "claim"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--match", "south"), "write the id in the first model"),
        (("--match", "south=x"), "the second model has no"),
        (("--match", "a=b", "--match", "a=c"), "matched with 'b' already"),
        (("--conclusion", "holds(s99, nash)"), "s99"),
        (("--restricted", "c9", "--json"), "not a restricted claim of either"),
        (("-o", "report.pdf"), ".pdf"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    accordant: Run, teams: tuple[Path, Path], words: tuple[str, ...], says: str
) -> None:
    found = accordant("compare", *teams, *words)
    assert (found.status, found.out) == (2, "")
    assert says in found.err
    assert "Traceback" not in found.err


def test_neither_case_is_written_over(accordant: Run, teams: tuple[Path, Path]) -> None:
    for folder in teams:
        found = accordant("compare", *teams, "-o", folder / "case.yaml")
        assert found.status == 2
        report = accordant("compare", *teams, "-o", folder / "reports" / "r1.txt")
        assert report.status == 2


def test_the_other_case_has_to_be_there(accordant: Run, teams: tuple[Path, Path]) -> None:
    found = accordant("compare", teams[0], teams[0].parent / "team-c")
    assert found.status == 2
    assert "team-" in found.err


def test_an_origin_that_only_a_restricted_claim_leads_to_does_not_leave(
    accordant: Run, tmp_path: Path
) -> None:
    """Neither as a suggestion nor as a match, in any form that leaves."""
    miller = "him: {kind: named, name: B. Miller}\n  miller: {kind: named, name: A. Miller}"
    there = team_b(tmp_path, OTHER_ORDER, "restricted", miller).path
    claims = there / "claims.yaml"
    text = claims.read_text(encoding="utf-8").replace("origin: him", "origin: miller", 1)
    claims.write_text(text, encoding="utf-8")
    here = team_a(tmp_path).path
    said = " ".join(accordant("compare", here, there).out.split())
    assert "Perhaps the same origin the-envoy of team-a and miller of team-b" in said
    assert "miller" not in accordant("compare", here, there, "--json").out
    assert "miller" in accordant("compare", here, there, "--json", "--restricted", "k1").out
    file = tmp_path / "page.txt"
    assert accordant("compare", here, there, "-o", file).status == 0
    assert "miller" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "says"), [(("", "B"), "an empty name"), (("A", "A"), "both would be called")]
)
def test_names_have_to_tell_them_apart(
    accordant: Run, teams: tuple[Path, Path], names: tuple[str, str], says: str
) -> None:
    found = accordant("compare", *teams, "--names", *names)
    assert (found.status, found.out, says in found.err) == (2, "", True)


def test_claims_are_told_in_words_and_agreement_in_counts(accordant: Run, tmp_path: Path) -> None:
    here, there = team_a(tmp_path).path, team_b(tmp_path).path
    claims = there / "claims.yaml"
    text = claims.read_text(encoding="utf-8").replace("grade: D2", "grade: D2, status: retracted")
    claims.write_text(text, encoding="utf-8")
    page = accordant("compare", here, there, "--names", "A", "B").out
    said = " ".join(page.split())
    assert "claims.c1:status" not in page
    assert "claim c1: “The Council offers to stop”" in said
    assert "is open in A, retracted in B" in said
    assert "1 of 1 the same few pairs" in said or "one value throughout" in said
    assert not [word for word in page.split() if word[:1].isdigit() and "." in word.strip(".")]
    assert "claims.c1:status" in accordant("compare", here, there, "--json").out
