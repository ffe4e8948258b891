"""Converting on the command line, and .gmcr files wherever a case is taken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.documents import ROOT, documented_keys, keys, section

Run = Callable[..., Any]
ELMIRA = ROOT / "docs" / "examples" / "elmira.gmcr"


@pytest.fixture
def elmira(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    shutil.copy(ELMIRA, tmp_path / "elmira.gmcr")
    monkeypatch.chdir(tmp_path)
    return "elmira.gmcr"


def test_a_file_becomes_a_case_without_errors_or_warnings(accordant: Run, elmira: str) -> None:
    ran = accordant("convert", elmira, "talks")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "elmira.gmcr was written to talks. Everything was carried over.\n"
    assert sorted(path.name for path in Path("talks").iterdir()) == ["case.yaml"]
    assert accordant("check", "talks", "--strict").status == 0
    same = [json.loads(accordant("stability", case, "--json").out)["concepts"] for case in (elmira, "talks")]
    assert same[0] == same[1]


def test_a_case_becomes_a_file_and_what_is_left_out_is_said(accordant: Run, elmira: str) -> None:
    case = str(ROOT / "cases" / "syria-iraq-1975")
    ran = accordant("convert", case, "syria.gmcr")
    assert (ran.status, ran.err) == (0, "")
    assert "warning: has no place in a .gmcr file; left out\n" in ran.out
    assert f"{case}/case.yaml:40:1  status_quo" in ran.out
    result = json.loads(accordant("convert", case, "again.gmcr", "--json").out)
    assert result["schema"] == "accordant/convert/1"
    assert result["target"] == {"path": "again.gmcr", "format": "gmcr"}
    assert "status_quo" in [w["path"] for w in result["warnings"]]
    assert {"kind": "state", "case": "s1", "file": "1"} in result["names"]
    assert Path("again.gmcr").read_bytes() == Path("syria.gmcr").read_bytes()
    there = json.loads(accordant("stability", case, "--json").out)["concepts"]
    here = json.loads(accordant("stability", "syria.gmcr", "--json").out)["concepts"]
    number = {n["case"]: f"s{n['file']}" for n in result["names"] if n["kind"] == "state"}
    for concept in there:
        assert sorted(number[s] for s in there[concept]["equilibria"]) == sorted(here[concept]["equilibria"])


@pytest.mark.parametrize(
    "words",
    [
        ("check",),
        ("states", "--moves"),
        ("stability", "--explain", "s7", "Uniroyal"),
        ("deals",),
        ("rests", "--conclusion", "holds(s7, seq)"),
        ("brief",),
        ("coalitions",),
        ("path", "--from", "s1"),
        ("tableau", "--concept", "seq"),
        ("hypergame",),
    ],
)
def test_every_command_takes_a_file(accordant: Run, elmira: str, words: tuple[str, ...]) -> None:
    ran = accordant(words[0], elmira, *words[1:])
    assert (ran.status, ran.err) == (0, "")


def test_without_a_status_quo_deals_say_so(accordant: Run, elmira: str) -> None:
    assert "The case gives neither no deal nor a status quo" in accordant("deals", elmira).out


def test_without_a_status_quo_a_path_asks_where_to_start(accordant: Run, elmira: str) -> None:
    ran = accordant("path", elmira)
    assert ran.status == 2
    assert "the case gives no status quo" in ran.err


def test_a_place_that_is_taken_is_left_alone(accordant: Run, elmira: str) -> None:
    before = Path(elmira).read_bytes()
    Path("full").mkdir()
    Path("full/notes.txt").write_text("mine", encoding="utf-8")
    for target, words in (
        (elmira, "elmira.gmcr is there already; name a new file, nothing was written"),
        ("full", "full is not empty; name a new folder, nothing was written"),
        ("full/case.yaml", "full/case.yaml is a file of a case; name the folder for it"),
        (
            "talks.xlsx",
            "talks.xlsx: no file is written with the ending '.xlsx'; "
            "allowed: .gmcr, .nfg, .graphml, .dot, .gv, .jsonld, or a folder",
        ),
        ("no/where.gmcr", "no/where.gmcr: there is no folder 'no'"),
    ):
        ran = accordant("convert", elmira, target)
        assert ran.status == 2
        assert words in ran.err
    assert Path(elmira).read_bytes() == before
    assert sorted(p.name for p in Path().iterdir()) == [elmira, "full"]
    assert accordant("states", elmira, "-o", elmira).status == 2
    assert Path(elmira).read_bytes() == before


def test_nothing_is_written_of_a_case_that_the_format_cannot_say(accordant: Run, elmira: str) -> None:
    ran = accordant("convert", str(ROOT / "cases" / "elmira"), "mine.gmcr")
    assert ran.status == 2
    assert "states.s9: merges 16 combinations, and the format has a state for each" in ran.err
    assert "elmira/case.yaml:55:3: error: states.s9" in ran.err
    assert ran.err.endswith("elmira cannot be written as a .gmcr file for this reason\n")
    assert not Path("mine.gmcr").exists()


def test_mistakes_in_a_file_are_given_as_editors_read_them(accordant: Run, elmira: str) -> None:
    text = Path(elmira).read_text(encoding="utf-8").replace('"fwd"', '"forward"')
    Path("wrong.gmcr").write_text(text, encoding="utf-8")
    for words in (("check", "wrong.gmcr"), ("convert", "wrong.gmcr", "talks")):
        ran = accordant(*words)
        assert ran.status == 2
        assert "wrong.gmcr:3:64: error: options[0].permittedDirection: 'forward' is no direction\n" in ran.err
        assert '    found: "forward"\n    allowed: both, fwd, back\n' in ran.err
        assert ran.err.endswith("error: 2 mistakes in the case\n")
    found = json.loads(accordant("check", "wrong.gmcr", "--json").out)
    assert [e["path"] for e in found["errors"]] == [
        "options[0].permittedDirection",
        "options[3].permittedDirection",
    ]
    assert not Path("talks").exists()


def test_claims_are_not_read_into_a_file(accordant: Run, elmira: str) -> None:
    Path("report.txt").write_text("The plant will close, the company said.\n", encoding="utf-8")
    ran = accordant("read", "report.txt", "--into", elmira)
    assert ran.status == 2
    assert "'accordant convert elmira.gmcr FOLDER' makes a case of it" in ran.err


def test_a_mistyped_name_of_a_file_is_put_right(accordant: Run, elmira: str) -> None:
    assert "did you mean 'elmira.gmcr'?" in accordant("check", "elmria.gmcr").err
    assert "there is no file xyz.gmcr" in accordant("check", "xyz.gmcr").err


def test_a_file_of_another_ending_is_known_by_its_content(accordant: Run, elmira: str) -> None:
    Path(elmira).rename("model.json")
    ran = accordant("check", "model.json")
    assert (ran.status, ran.out.splitlines()[0]) == (0, "model")


def test_a_case_that_is_converted_to_a_folder_is_copied_with_its_reports(accordant: Run, elmira: str) -> None:
    case = ROOT / "cases" / "january-2024"
    assert accordant("convert", case, "copy").status == 0
    for file in (p for p in case.rglob("*") if p.is_file() and p.name != "expected.yaml"):
        copy = Path("copy") / file.relative_to(case)
        assert not copy.exists() or copy.read_bytes() == file.read_bytes()
    assert (Path("copy") / "claims.yaml").read_bytes() == (case / "claims.yaml").read_bytes()
    assert list((Path("copy") / "reports").iterdir())


def test_every_key_of_a_conversion_is_documented_and_the_other_way_round(accordant: Run, elmira: str) -> None:
    page = section((ROOT / "docs" / "json.md").read_text(encoding="utf-8"), "accordant/convert/1")
    some = (
        (str(ROOT / "cases" / "cuba-1962"), "x.gmcr"),
        (str(ROOT / "docs" / "examples" / "clinic"), "talks"),
    )
    found = {k for words in some for k in keys(json.loads(accordant("convert", *words, "--json").out))}
    assert found - {"report"} == documented_keys(page)
