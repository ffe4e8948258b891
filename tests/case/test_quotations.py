from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.folder import examine, plain_text, read_folder
from accordant.case.quotations import check_reports, inside
from accordant.case.sources import Sources
from accordant.errors import ReportError
from tests.case.casefiles import CLAIMS, HASH, REPORT, folder, only, problems, swapped

QUOTE = "the Council would stop the fighting"


def quoting(room: Path, quote: str, at: str = "[20, 55]", report: str = REPORT) -> Path:
    digest = hashlib.sha256(report.encode()).hexdigest()
    claims = swapped(CLAIMS, (f"quote: {QUOTE}", f"quote: {quote}"), ("[20, 55]", at), (HASH, digest))
    return folder(room, claims=claims, report=report)


def test_a_quotation_stands_at_its_place(tmp_path: Path) -> None:
    assert read_folder(quoting(tmp_path, QUOTE)).problems == ()


def test_a_quotation_that_stands_elsewhere_says_where(tmp_path: Path) -> None:
    found = only(quoting(tmp_path, QUOTE, "[19, 54]"))
    assert (found.file, found.line, found.path) == ("claims.yaml", 6, "claims.c1.at")
    assert found.message == "the quotation does not stand at [19, 54]; it stands at [20, 55]"
    twice = only(quoting(tmp_path, "the", "[0, 3]"))
    assert "it stands at [20, 23] and [43, 46] and [60, 63]" in twice.message


def test_a_quotation_that_stands_nowhere(tmp_path: Path) -> None:
    found = only(quoting(tmp_path, "the Front accepted it"))
    assert (found.path, found.message) == ("claims.c1.quote", "the quotation stands nowhere in r1")


@pytest.mark.parametrize("at", ["[-5, 3]", "[5, 5]", "[9, 3]", "[900, 935]"])
def test_places_that_are_none(tmp_path: Path, at: str) -> None:
    assert "claims.c1.at" in [p.path for p in problems(quoting(tmp_path, QUOTE, at))]


def test_other_quotation_marks_and_spaces_are_said_to_be_nearly_right(tmp_path: Path) -> None:
    report = "He called it “a real\nstep” – and left.\n"
    found = only(quoting(tmp_path, "'\"a real step\" - and left'", "[13, 37]", report))
    assert "nearly, at [13, 37]" in found.message
    assert "only white space, quotation marks or dashes differ" in (found.hint or "")


def test_a_quotation_that_goes_on_differently_says_from_where(tmp_path: Path) -> None:
    found = only(quoting(tmp_path, "the Council would stop the bombing", "[20, 54]"))
    assert "nearly, at [20, 54]" in found.message
    assert "the report goes on with 'fighting, if" in (found.hint or "")


def test_offsets_are_code_points_not_bytes(tmp_path: Path) -> None:
    report = "قال 😀 الوسيط: نعم\n"
    assert problems(quoting(tmp_path, "نعم", "[14, 17]", report)) == []


def test_a_changed_report_is_noticed(tmp_path: Path) -> None:
    found = only(folder(tmp_path, report=REPORT + "More.\n"))
    assert (found.path, "its hash differs" in found.message) == ("reports.r1.sha256", True)
    assert hashlib.sha256((REPORT + "More.\n").encode()).hexdigest() in (found.hint or "")


def test_a_report_that_is_not_there_says_which_are(tmp_path: Path) -> None:
    found = only(folder(tmp_path, claims=swapped(CLAIMS, ("reports/r1.txt", "reports/r1.text"))))
    assert (found.message, found.allowed, found.hint) == (
        "there is no such file",
        ("reports/r1.txt",),
        "did you mean 'reports/r1.txt'?",
    )


def test_a_report_that_is_a_folder_is_one_mistake_among_the_others(tmp_path: Path) -> None:
    claims = swapped(CLAIMS, ("reports/r1.txt", "reports"), ("by: north", "by: nrth"))
    first, second = problems(folder(tmp_path, claims=claims))
    assert (first.where, first.message, first.found) == (
        "claims.yaml:2:14",
        "is a folder, not a file",
        "reports",
    )
    assert first.allowed == ("reports/r1.txt",)
    assert second.path == "claims.c1.by"


@pytest.mark.parametrize(
    "raw",
    ["café".encode("latin-1"), "text".encode("utf-16"), b"\x7fELF\x00\x01", b"", b"PK\x03\x04\x00\x00\xff"],
)
def test_a_report_that_is_no_text_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = folder(tmp_path, claims=swapped(CLAIMS, (HASH, hashlib.sha256(raw).hexdigest())), report=raw)
    found = only(path)
    assert (found.path, found.line) == ("reports.r1.file", 2)
    if raw == "café".encode("latin-1"):
        assert "byte 3 (0xE9)" in found.message


def test_a_huge_report_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = folder(tmp_path)
    with (path / "reports/r1.txt").open("wb") as file:
        file.truncate(50_000_000)
    assert "at most 20 MB" in only(path).message


@pytest.mark.parametrize(
    "file", ["../r.txt", "/etc/passwd", "reports/../../r.txt", "C:/r.txt", "a\\b.txt", "", "x\0y"]
)
def test_a_report_outside_the_folder_is_never_opened(file: str, tmp_path: Path) -> None:
    assert isinstance(inside(tmp_path, file), str)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(REPORT)
    path = folder(tmp_path / "case", report=None)
    (path / "reports/r1.txt").symlink_to(secret)
    assert "leads out of the case folder, by a link" in only(path).message


def test_a_pipe_for_a_report_is_not_waited_for(tmp_path: Path) -> None:
    path = folder(tmp_path, report=None)
    os.mkfifo(path / "reports/r1.txt")
    assert only(path).message == "is not an ordinary file"


def test_the_reader_of_reports_can_be_given(tmp_path: Path) -> None:
    reading = examine(folder(tmp_path), report_text=lambda raw, name: raw.decode().upper())
    assert "stands nowhere" in reading.problems[0].message


def test_line_ends_of_a_plain_report() -> None:
    assert plain_text(b"\xef\xbb\xbfone\r\ntwo\rthree", "r.txt") == "one\ntwo\nthree"
    with pytest.raises(ReportError, match=r"r\.txt is not UTF-8"):
        plain_text(b"\xe9", "r.txt")


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_stretch_of_a_text_can_be_quoted(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end]
    claim = {"report": "r", "quote": quote, "at": (start, end), "says": "s", "kind": "offer"}
    here = Path(__file__)
    report = {"file": here.name, "sha256": hashlib.sha256(here.read_bytes()).hexdigest()}
    sources = Sources.model_validate({"reports": {"r": report}, "claims": {"c": claim}})
    found = check_reports(sources, here.parent, lambda raw, name: text)
    assert [f.message for f in found] == ([] if quote.strip() else ["has no words"])
    moved = Sources.model_validate(
        {"reports": {"r": report}, "claims": {"c": {**claim, "at": (start, end + 1)}}}
    )
    if quote.strip() and end < len(text):
        (wrong,) = check_reports(moved, here.parent, lambda raw, name: text)
        assert f"[{start}, {end}]" in wrong.message or text.count(quote) > 3
