"""Before a document is written, what would leave in it is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from accordant.cli import main
from tests.brief import planted
from tests.test_docs import DOCS, check_against, documented_keys, section


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted.folder(tmp_path_factory.mktemp("planted") / "mill")


def test_the_preview_lists_what_leaves_and_what_stays(
    case: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["brief", str(case), "--preview", "-o", "never.html"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "A document for the team would be marked team." in told
    assert "Leaves: 4 claims, 4 sources, 1 entry of the register, 1 report, 1 name." in told
    assert "Stays behind: 1 claim, 3 sources, 1 entry of the register, 1 report, 1 name." in told
    assert "proposals.kwizproposal" in told
    assert "42 answers are others in the document" in told
    assert not list(tmp_path.iterdir())


def test_for_the_public_more_stays(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", str(case), "--preview", "--for", "public"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "A document for the public would be marked public." in told
    assert "Leaves: 3 claims" in told


def test_the_list_can_be_passed_on(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", str(case), "--preview", "--json"]) == 0
    out = capsys.readouterr().out
    page = (DOCS / "json.md").read_text(encoding="utf-8")
    used = check_against(page, json.loads(out))
    never = documented_keys(section(page, "accordant/leaving/1")) - used
    assert not {k for k in never if not any(u.startswith(f"{k}.") for u in used)}
    # ids by which claims, entries and parts of the case are known stand in it, words do not
    ids = ("quarrington-z", "k-okapi", "kwizproposal", "kwizterm")
    low = out.casefold()
    for known in ids:
        low = low.replace(known, "")
    assert not [word for word in planted.WORDS if word in low]
    assert "pay = 2" not in low


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--json",), "--json goes with --preview"),
        (("--for", "friends"), "a document is for team or public"),
        (("--restricted", "k1"), "'k1' is not a restricted claim or source"),
        (("--for", "public", "--restricted", "k1"), "'k1' is not a withheld claim or source"),
    ],
)
def test_what_cannot_be_asked_is_said(
    words: tuple[str, ...], told: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["brief", str(case), *words]) == 2
    assert told in capsys.readouterr().err


def test_what_is_for_the_team_is_released_by_name(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["brief", str(case), "--kind", "method", "--for", "public", "--restricted", "k3"]
    assert main(words) == 0
    assert "Handling: team" in capsys.readouterr().out
