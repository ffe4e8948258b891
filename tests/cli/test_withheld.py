"""What is restricted stays behind in everything that leaves the terminal, in every command and form."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from accordant.cli import main

MAIN = (
    "Talks at the mill\n\nIda Renn told the Courier that the union wants a lasting truce. "
    "Renn added that the hidden ledger is real, and that the owner will pay. "
    "Two people near the owner said the owner refuses to leave.\n"
)
SECRET = "The zebra file\n\nPer Okapi said that the zebra files are in the quagga vault.\n"
TOKENS = ("hidden ledger", "ledger", "zebra", "okapi", "quagga", "gnu")
"""Words that belong to restricted claims, their source, their report and their reasons only."""
FORMS = ("--json", "--csv", "out.xlsx", "out.json", "out.csv")
COMMANDS: dict[str, tuple[str, ...]] = {
    "claims": (*FORMS, "out.jsonld", "out.txt"),
    "sources": FORMS,
    "grade": FORMS,
    "link": FORMS,
    "timeline --show all": (*FORMS, "out.md", "out.html", "out.svg"),
    "network": (*FORMS, "out.md", "out.html", "out.svg", "out.dot", "out.graphml"),
    "network --suspected": ("--json",),
    "rests": FORMS,
    "what-if --suppose agreement-exists --claim k2=false": FORMS,
    "what-if --prefer owner:leave>=truce": FORMS,
    "rests --without k5": ("--json",),
    "rests --without per-okapi": ("out.xlsx",),
    "rests --without report:zebra --without unnamed": ("--json",),
    "stability --explain s1 owner": ("--json",),
    "path": ("--json",),
    "states": ("--json", "--csv"),
    "deals": ("--json", "--csv"),
    "brief": ("out.md", "out.html"),
    "brief --preview": ("--json",),
    "brief --without report:zebra --without per-okapi": ("out.md",),
    "tables": ("--json", "out.xlsx", "folder"),
}


def claim(report: str, text: str, words: str, origin: str, **more: Any) -> dict[str, Any]:
    at = text.index(words)
    said = {"report": report, "quote": words, "at": [at, at + len(words)], "says": f"Says that {words}"}
    return {**said, "kind": "position", "origin": origin, "attribution": "named", **more}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three public claims, and two restricted ones: one of a source and report that others have too."""
    folder = tmp_path_factory.mktemp("room") / "mill"
    (folder / "reports").mkdir(parents=True)
    reports: dict[str, Any] = {}
    for id_, text, title in (("main", MAIN, "Talks at the mill"), ("zebra", SECRET, "The zebra file")):
        (folder / "reports" / f"{id_}.txt").write_bytes(text.encode())
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        reports[id_] = {"file": f"reports/{id_}.txt", "sha256": sha256, "title": title}
    reports["main"] |= {"outlet": "Courier", "published": "2031-03-10"}
    reports["zebra"] |= {"outlet": "Gnu Wire", "published": "2031-03-11"}
    held = {"handling": "restricted", "graded_because": "The gnu was right before.", "note": "Ask the gnu."}
    claims = {
        "k1": claim("main", MAIN, "the union wants a lasting truce", "ida-renn", by="union"),
        "k2": claim("main", MAIN, "the hidden ledger is real", "ida-renn", event="2031-03-01", **held),
        "k3": claim("main", MAIN, "the owner will pay", "ida-renn", by="owner", within="k2"),
        "k4": claim("main", MAIN, "the owner refuses to leave", "two-people", by="owner"),
        "k5": claim("zebra", SECRET, "the zebra files are in the quagga vault", "per-okapi", **held),
    }
    sources = {
        "reports": reports,
        "origins": {
            "ida-renn": {"kind": "named", "name": "Ida Renn", "outlet": "Courier", "side": "union"},
            "two-people": {"kind": "described", "words": "two people near the owner", "count": 2},
            "per-okapi": {"kind": "named", "name": "Per Okapi", "outlet": "Gnu Wire", "note": "A gnu."},
        },
        "claims": claims,
    }
    content = {
        "accordant": 1,
        "title": "The mill",
        "parties": {"union": {}, "owner": {}},
        "issues": {"truce": {"by": "union"}, "leave": {"by": "owner"}},
        "status_quo": {"truce": "no", "leave": "no"},
        "preferences": {
            "union": {"priorities": [{"want": "truce", "because": ["k1", "k2"]}]},
            "owner": {
                "priorities": [
                    {"want": "not leave", "because": ["k4"]},
                    {"want": "truce", "because": ["k5"]},
                ]
            },
        },
        "proposals": {
            "pause": {"by": "union", "to": "owner", "package": {"truce": "yes"}, "because": ["k2"]}
        },
        "events": {"e1": {"what": "A meeting", "date": "2031-03", "who": "union", "because": ["k1", "k5"]}},
    }
    (folder / "case.yaml").write_text(json.dumps(content), encoding="utf-8")
    (folder / "claims.yaml").write_text(json.dumps(sources), encoding="utf-8")
    return folder


def outcome(case: Path, where: Path, words: str, form: str, capsys: Any, *more: str) -> str:
    """What a command gives in a form, as text."""
    name, *rest = words.split()
    typed = [name, str(case), *rest, *more]
    where.mkdir(exist_ok=True)
    if form.startswith("--"):
        assert main([*typed, form]) == 0, capsys.readouterr().err
        return str(capsys.readouterr().out)
    assert main([*typed, "-o", str(where / form)]) == 0, capsys.readouterr().err
    return "\n".join(contents(where / form))


def contents(path: Path) -> Iterator[str]:
    if path.is_dir():
        for file in sorted(path.iterdir()):
            yield from contents(file)
    elif path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield archive.read(name).decode("utf-8", "replace")
    else:
        yield path.read_text(encoding="utf-8")


@pytest.mark.parametrize("words", list(COMMANDS))
def test_words_places_sources_and_reports_of_restricted_claims_stay_behind(
    words: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for k, form in enumerate(COMMANDS[words]):
        told = outcome(case, tmp_path / str(k), words, form, capsys).casefold()
        assert not [token for token in TOKENS if token in told], (form, told)


@pytest.mark.parametrize("words", ["claims", "sources", "link", "network", "tables", "rests", "grade"])
def test_by_name_they_are_told(
    words: str, case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = outcome(case, tmp_path, words, "--json", capsys, "--restricted", "k5").casefold()
    assert any(token in told for token in ("zebra", "okapi", "gnu"))
    assert "ledger" not in told


@pytest.mark.parametrize("command", ["sources", "network", "timeline"])
def test_no_number_of_a_restricted_claim_stands_beside_its_source_or_report(
    command: str, case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(case), "--json", *(["--show", "report"] if command == "timeline" else [])]) == 0
    told = json.loads(capsys.readouterr().out)
    assert not {"k2", "k5"} & set(re.findall(r"\bk\d\b", json.dumps(told)))
    assert told["left_out"] >= 1


def test_the_brief_has_no_number_for_what_is_withheld(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = outcome(case, tmp_path, "brief", "out.md", capsys)
    assert not re.search(r"claim-k[235]\b", told)
    assert {"1", "2"} == set(re.findall(r"\\\[(\d+)\\\]", told))


def test_of_what_is_said_inside_a_restricted_claim_it_is_not_told_inside_of_which(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(outcome(case, tmp_path, "claims", "--json", capsys))
    assert {c["id"]: c["within"] for c in told["claims"]}["k3"] is None
    rows = csv.DictReader(io.StringIO(outcome(case, tmp_path, "claims", "--csv", capsys)))
    assert {row["claim"]: row["within"] for row in rows}["k3"] == ""
    notes = json.loads(outcome(case, tmp_path, "claims", "out.jsonld", capsys))
    assert "k2" not in json.dumps(notes["first"]["items"])
    tables = json.loads(outcome(case, tmp_path, "tables", "--json", capsys))["tables"]["claims"]
    within = tables["columns"].index("within")
    assert [row[within] for row in tables["rows"]] == ["", "", ""]


def test_tables_read_back_change_nothing_of_what_was_withheld(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outcome(case, tmp_path, "tables", "out.xlsx", capsys)
    capsys.readouterr()
    assert main(["merge", str(case), str(tmp_path / "out.xlsx"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["changes"] == []


def test_on_the_terminal_everything_is_shown(case: Path, run: Callable[[str], str]) -> None:
    assert "Per Okapi" in run("sources")
    assert "quagga vault" in run("claims")


@pytest.fixture
def run(case: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str], str]:
    def ran(command: str) -> str:
        assert main([command, str(case)]) == 0
        return " ".join(capsys.readouterr().out.split())

    return ran
