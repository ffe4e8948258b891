"""What ``accordant read`` takes in, as a person types it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest

from accordant.case.starting import start
from accordant.cli import main
from tests.evidence.intake.made import column, docx, pdf, said

Run = Callable[..., tuple[int, str, str]]
WAIT = "The union said that it would wait."


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``read`` with bytes on standard input; gives status, output and messages."""

    def command(*words: object, piped: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped)))
        status = main(["read", *(str(w) for w in words)])
        caught = capsys.readouterr()
        return status, caught.out, caught.err

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one report of each kind, a copy of one, and something else."""
    room = tmp_path / "reports"
    room.mkdir()
    (room / "a.txt").write_text(WAIT, encoding="utf-8")
    (room / "b.pdf").write_bytes(pdf([column(["The board said that the dam is safe."])]))
    (room / "c.docx").write_bytes(docx(said("The growers said that the wells are dry.")))
    message = EmailMessage()
    message["Subject"] = "Notice"
    message["From"] = "Ida Renn <ida@union.example>"
    message.set_content("The owner said that the port is open.")
    message.add_attachment(b"The clerk said that nothing was agreed.", maintype="text", subtype="plain",
                           filename="minutes.txt")  # fmt: skip
    (room / "d.eml").write_bytes(bytes(message))
    (room / "e.html").write_text("<html><p>The mayor said that the bridge holds.", encoding="utf-8")
    (room / "f.txt").write_text(WAIT, encoding="utf-8")
    (room / "g.xlsx").write_bytes(b"PK")
    return room


def test_a_folder_is_read_file_by_file_and_what_is_not_read_is_said(run: Run, folder: Path) -> None:
    status, out, err = run(folder, "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert [(row["report"], row["quote"]) for row in rows] == [
        ("a.txt", "it would wait"),
        ("b.pdf", "the dam is safe"),
        ("c.docx", "the wells are dry"),
        ("d.eml", "the port is open"),
        ("minutes.txt", "nothing was agreed"),
        ("e.html", "the bridge holds"),
    ]
    assert err.splitlines() == [
        f"note: {folder / 'f.txt'}: the same bytes as {folder / 'a.txt'}; read once",
        f"note: {folder}: left out: g.xlsx "
        "(read are .docm, .docx, .eml, .htm, .html, .md, .pdf, .text, .txt, .xhtml)",
    ]


def test_a_mixture_of_files_folders_and_lists_is_read_in_the_order_typed(run: Run, folder: Path) -> None:
    listing = folder.parent / "list"
    listing.write_text("reports/c.docx\nreports/a.txt\n", encoding="utf-8")
    _, out, _ = run(folder / "e.html", f"@{listing}", "--json")
    assert [r["report"]["file"] for r in json.loads(out)] == ["e.html", "c.docx", "a.txt"]
    assert [r["report"]["format"] for r in json.loads(out)] == ["html", "docx", "text"]


def test_what_is_piped_in_is_read_whatever_it_is(run: Run, folder: Path) -> None:
    status, out, _ = run("-", "--json", piped=(folder / "b.pdf").read_bytes())
    assert status == 0
    assert json.loads(out)["claims"][0]["quote"] == "the dam is safe"
    assert run("-", "--text", piped=WAIT.encode())[1] == WAIT
    assert run("-", "--json")[0] == 2


def test_one_report_gives_one_object_and_a_folder_a_list(run: Run, folder: Path) -> None:
    assert isinstance(json.loads(run(folder / "a.txt", "--json")[1]), dict)
    assert isinstance(json.loads(run(folder / "d.eml", "--json")[1]), list)
    for name in ("b.pdf", "c.docx", "d.eml", "e.html", "f.txt", "g.xlsx"):
        (folder / name).unlink()
    assert isinstance(json.loads(run(folder, "--json")[1]), list)


def test_the_text_of_a_mail_is_printed_without_its_attachments(run: Run, folder: Path) -> None:
    status, out, _ = run(folder / "d.eml", "--text")
    assert (status, "Notice" in out, "nothing was agreed" in out) == (0, True, False)
    assert run(folder, "--text")[0] == 2


def test_pages_are_printed_with_what_taking_in_has_to_say(run: Run, folder: Path) -> None:
    status, out, _ = run(folder / "d.eml")
    flat = " ".join(out.split())
    assert status == 0
    assert "attachments: Read as reports of their own: minutes.txt." in flat
    assert "Part of the page, not of the report: mail header." in flat


def test_when_it_was_received_is_kept(run: Run, folder: Path) -> None:
    _, out, _ = run(folder / "a.txt", "--retrieved", "2031-05-06", "--json")
    assert json.loads(out)["report"]["retrieved"] == "2031-05-06"
    status, _, err = run(folder / "a.txt", "--retrieved", "May")
    assert (status, "--retrieved May: write a day as YYYY-MM-DD" in err) == (2, True)


def test_answers_and_a_report_cannot_both_come_from_standard_input(run: Run, tmp_path: Path) -> None:
    status, _, err = run("-", "--into", start(tmp_path / "talks"), piped=b"a\n")
    assert (status, "save the report to a file first" in err) == (2, True)


def test_a_file_that_breaks_the_reader_is_said_and_the_others_go_on(run: Run, folder: Path) -> None:
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "c.docx").write_bytes(b"PK\x03\x04broken")
    status, out, err = run(folder, "--csv")
    assert status == 2
    assert len(list(csv.DictReader(io.StringIO(out)))) == 4
    assert "b.pdf: the PDF document cannot be opened" in err
    assert "c.docx: no ZIP archive that can be opened" in err
    assert "Traceback" not in err


def test_a_line_break_in_a_files_name_breaks_no_message(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "two\nlines.txt"
    path.write_bytes(b"")
    assert main(["read", str(path)]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len([line for line in lines if "lines.txt: empty file" in line and "two\ufffd" in line]) == 1


def test_a_page_without_suggestions_says_how_words_are_marked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It rained.", encoding="utf-8")
    assert main(["read", str(path)]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "No claim was found in any sentence." in out
    assert "where h marks words by hand" in out
