"""Tables that went through a spreadsheet program: what it changed by itself is no edit."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

import accordant
from accordant.exchange.tables import case_tables
from accordant.exchange.tables.quirks import as_it_was, dated
from accordant.opened import OpenCase
from tests.brief import pages

ROOT = Path(__file__).parents[3]
ALL_SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture(scope="module")
def labour(tmp_path_factory: pytest.TempPathFactory) -> OpenCase:
    room = tmp_path_factory.mktemp("programs")
    return accordant.load(shutil.copytree(ROOT / "cases" / "labour", room / "labour"))


@pytest.mark.parametrize(
    ("said", "was"),
    [
        ("0.1", "0.10"),
        ("0,6", "0.60"),
        ("1e3", "1000"),
        ("7", "007"),
        ("45786", "2025-05-09"),
        ("45352", "2024-03"),
        ("45786.583333", "2025-05-09 14:00"),
        ("2025-05-09T00:00:00", "2025-05-09"),
        ("09/05/2025", "2025-05-09"),
        ("5/9/25", "2025-05-09"),
        ("9.5.2025", "2025-05-09"),
        ("09-May-25", "2025-05-09"),
        ("Mar-24", "2024-03"),
        ("TRUE", "true"),
        ("two\r\nlines ", "two\nlines"),
        ("a\u00a0b", "a b"),
    ],
)
def test_another_way_of_writing_a_cell_is_no_edit(said: str, was: str) -> None:
    assert as_it_was(said, was)


@pytest.mark.parametrize(
    ("said", "was"),
    [
        ("0.2", "0.10"),
        ("45787", "2025-05-09"),
        ("10/05/2025", "2025-05-09"),
        ("09-Jun-25", "2025-05-09"),
        ("2025", "2025-05-09"),
        ("FALSE", "true"),
        ("ab", "a b"),
        ("A b", "a b"),
        ("", "a"),
        ("nan", "0"),
        ("sNaN", "0"),
        ("1_0", "10.5"),
    ],
)
def test_a_cell_that_says_something_else_is_an_edit(said: str, was: str) -> None:
    assert not as_it_was(said, was)


@pytest.mark.parametrize(("said", "date"), [("45786", "2025-05-09"), ("2025", "2025"), ("99999", "99999")])
def test_the_number_of_a_day_becomes_its_date(said: str, date: str) -> None:
    assert dated(said) == date


def as_excel(text: str) -> str:
    """What Excel makes of a CSV file where decimals have commas: semicolons, dates its own way."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff"))):
        writer.writerow([_cell(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def _cell(cell: str) -> str:
    if len(cell) == 10 and cell[4:5] == "-" and cell[7:8] == "-":
        year, month, day = cell.split("-")
        return f"{day}.{month}.{year}"
    try:
        return f"{float(cell):g}".replace(".", ",") if cell.replace(".", "").isdecimal() else cell
    except ValueError:
        return cell


def test_what_excel_does_to_csv_is_no_edit(labour: OpenCase, tmp_path: Path) -> None:
    folder = case_tables(labour.case).write(tmp_path / "t")
    for file in folder.iterdir():
        if file.stem != "about":
            file.write_text(as_excel(file.read_text("utf-8")), "utf-8", newline="")
    found = labour.merge(folder)
    assert (found.changes, found.conflicts) == ((), ())
    assert ";" in (folder / "parties.csv").read_text("utf-8")
    assert "12.05.2025" in "".join(file.read_text("utf-8") for file in folder.iterdir())


def test_a_csv_file_of_another_name_is_told_by_its_first_row(labour: OpenCase, tmp_path: Path) -> None:
    folder = case_tables(labour.case).write(tmp_path / "t")
    place = (folder / "parties.csv").rename(tmp_path / "from a colleague.csv")
    place.write_text(place.read_text("utf-8").replace("Kestrel Terminals", "Kestrel Ports"), "utf-8")
    assert [(c.row, c.new) for c in labour.merge(place).changes] == [("company", "Kestrel Ports")]


@pytest.mark.parametrize("form", ["xlsx", ALL_SHEETS])
def test_libreoffice_gives_back_what_it_was_given(
    form: str, labour: OpenCase, tmp_path: Path, soffice: str
) -> None:
    made = labour.tables().write(tmp_path / "talks.xlsx")
    folder = tmp_path / "out"
    folder.mkdir()
    if form == "xlsx":
        place = pages.opened(soffice, made, folder, to=form)
        assert labour.merge(place).changes == ()
        book = load_workbook(place)
        book["parties"]["B2"] = "Dock union"
        book["events"]["B2"] = 45780
        book.save(place)
        found = labour.merge(place)
        assert [(c.cell, c.new) for c in found.changes] == [
            ("parties!B2", "Dock union"),
            ("events!B2", "2025-05-03"),
        ]
        return
    profile = f"-env:UserInstallation={pages._profile().as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(made)]
    subprocess.run(command, capture_output=True, check=True, timeout=240)
    found = labour.merge(folder)
    assert (found.changes, found.conflicts, found.stale) == ((), (), False)


# Results


def test_results_go_out_and_never_come_back(labour: OpenCase, tmp_path: Path) -> None:
    place = labour.tables().write(tmp_path / "t.xlsx")
    book = load_workbook(place)
    names = [name for name in book.sheetnames if name.startswith("results ")]
    assert names == [f"results {of}" for of in ("conclusions", "proposals", "agreements", "states")]
    for name in names:
        assert book[name]["A1"].value.startswith("Results: not read back")
        assert book[name].freeze_panes == "A3"
    states = book["results states"]
    assert states.max_row == 42
    assert [cell.value for cell in states[2]][-5:] == ["nash", "gmr", "smr", "seq", "sseq"]
    conclusions = {row[0].value: row[2].value for row in book["results conclusions"].iter_rows(min_row=3)}
    assert conclusions["agreement-exists"] == "always"
    book["results states"]["A3"] = "mine"
    book.save(place)
    found = labour.merge(place)
    assert (found.changes, found.notes) == ((), ())


def test_results_are_worked_out_without_what_is_withheld(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(ROOT / "cases" / "labour", tmp_path / "labour"))
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text().replace("\n  l5:", "\n  l5:\n    handling: restricted", 1))
    opened = accordant.load(folder)
    results = opened.tables().results
    falls = [str(row) for row in results["results conclusions"].rows]
    assert not [row for row in falls if "l5" in row.replace("'", ",").replace(" ", ",").split(",")]
    whole = opened.tables(restricted=["l5"]).results
    assert whole["results conclusions"].rows != results["results conclusions"].rows


def test_a_case_that_cannot_be_listed_says_so_in_place_of_results(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "title: many\nparties:\n  a: {}\n  b: {}\nissues:\n"
        + "".join(f"  i{k}: {{by: a}}\n" for k in range(40))
    )
    results = accordant.load(tmp_path).tables().results
    for name in ("results conclusions", "results states"):
        assert results[name].columns == ("not worked out",)
        assert "states" in str(results[name].rows)
