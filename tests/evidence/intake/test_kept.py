"""A report that is no plain text enters a case with its text beside it, and is quoted from there."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from accordant.case.folder import read_folder
from accordant.case.objects import Case
from accordant.case.starting import start
from accordant.cli import main
from accordant.errors import CaseError, ReportError
from accordant.evidence.text import report_text
from tests.evidence.intake.made import column, docx, pdf, said

WORDS = "Two people close to the talks said that the Northern Council has offered a pause."
FILES = {
    "notice.pdf": pdf(
        [column(["Two people close to the talks said that the Northern", "Council has offered a pause."])]
    ),
    "notice.docx": docx(said(WORDS)),
    "notice.eml": f"Subject: Talks\nDate: Sun, 4 May 2031 10:00:00 +0000\n\n{WORDS}\n".encode(),
    "notice.html": f"<html><body><p>{WORDS}</p></body></html>".encode(),
}


def refuse(_raw: bytes, name: str) -> str:
    raise ReportError(f"{name}: no extractor today")


def opened(case: Path) -> Case:
    """The case, its quotations checked."""
    return read_folder(case, report_text=report_text).case


@pytest.fixture(params=FILES)
def case(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case into which one report has been read."""
    report = tmp_path / request.param
    report.write_bytes(FILES[request.param])
    case = start(tmp_path / "talks")
    monkeypatch.setattr("sys.stdin", io.StringIO("a\n" * 4 + "q\n"))
    assert main(["read", str(report), "--into", str(case), "--retrieved", "2031-05-06"]) == 0
    return case


def test_the_text_is_kept_beside_the_file_with_its_hash(case: Path) -> None:
    found = opened(case)
    report = found.reports["r1"]
    assert report.text == f"{report.file}.txt"
    assert (case / report.file).read_bytes() == FILES[Path(report.file).name]
    text = (case / report.text).read_text(encoding="utf-8")
    claims = [c for c in found.claims.values() if c.report == "r1"]
    assert claims
    assert all(text[slice(*c.at)] == c.quote for c in claims)
    assert report.retrieved == "2031-05-06"


def test_no_extractor_is_needed_to_check_it_again(case: Path) -> None:
    claims = read_folder(
        case, report_text=lambda raw, name: raw.decode() if name.endswith(".txt") else refuse(raw, name)
    )
    assert "r1" in claims.case.reports


def test_a_changed_text_and_a_changed_file_are_both_noticed(case: Path) -> None:
    report = opened(case).reports["r1"]
    assert report.text is not None
    for file, key in ((report.text, "text_sha256"), (report.file, "sha256")):
        before = (case / file).read_bytes()
        (case / file).write_bytes(before + b"\n")
        with pytest.raises(CaseError) as caught:
            opened(case)
        assert f"reports.r1.{key}" in [p.path for p in caught.value.problems]
        (case / file).write_bytes(before)
    (case / report.text).unlink()
    with pytest.raises(CaseError, match="no such file"):
        opened(case)


def test_a_copy_of_the_case_takes_the_text_along(case: Path, tmp_path: Path) -> None:
    folder = read_folder(case, report_text=lambda raw, _name: raw.decode("utf-8", "replace"))
    copy = folder.save(path=tmp_path / "copy")
    report = copy.case.reports["r1"]
    assert report.text is not None
    assert (copy.path / report.text).read_bytes() == (case / report.text).read_bytes()
    assert opened(copy.path) == opened(case)


def test_taking_a_report_in_twice_adds_nothing(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = next(tmp_path.glob("notice.*"))
    before = {p: p.read_bytes() for p in case.rglob("*") if p.is_file() and p.name != "review.yaml"}
    monkeypatch.setattr("sys.stdin", io.StringIO("a\n" * 4 + "q\n"))
    assert main(["read", str(report), "--into", str(case)]) == 0
    assert {p: p.read_bytes() for p in before} == before


def claims_of(case: Path, **changes: str) -> list[str]:
    """What is wrong with a case whose claims.yaml has lines of a report changed; an empty one goes."""
    path = case / "claims.yaml"
    lines = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        key = line.strip().split(":")[0]
        if changes.get(key):
            line = f"{line[: len(line) - len(line.lstrip())]}{key}: {changes[key]}"
        if key not in changes or changes[key]:
            lines.append(line)
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        opened(case)
    return [f"{p.path}: {p.message}" for p in caught.value.problems]


@pytest.mark.parametrize("case", ["notice.pdf"], indirect=True)
def test_a_text_without_a_hash_or_a_hash_without_a_text_is_an_error(case: Path) -> None:
    assert claims_of(case, text_sha256="") == ["reports.r1.text: the text of a report needs its hash"]


@pytest.mark.parametrize("case", ["notice.pdf"], indirect=True)
def test_a_text_outside_the_case_or_the_file_itself_is_an_error(case: Path) -> None:
    assert "reports.r1.text: leads out of the case folder" in claims_of(case, text="../notice.txt")
    assert "reports.r1.text: is the report's own file" in claims_of(case, text="reports/notice.pdf")


@pytest.mark.parametrize("case", ["notice.pdf"], indirect=True)
def test_a_hash_without_a_text_is_an_error(case: Path) -> None:
    found = claims_of(case, text="")
    assert "reports.r1.text_sha256: is the hash of a text that is not named" in found


@pytest.mark.parametrize("case", ["notice.pdf"], indirect=True)
def test_no_result_is_written_over_the_kept_text(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = case / "reports" / "notice.pdf.txt"
    assert main(["states", str(case), "-o", str(text)]) == 2
    assert "among the reports of the case" in capsys.readouterr().err
