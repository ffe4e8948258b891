"""Workbooks that hold more than a table of a case does are refused before they keep anybody busy."""

from __future__ import annotations

import io
import random
import shutil
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

import accordant
from accordant.errors import CaseError, InputError
from accordant.exchange.tables import case_tables
from accordant.opened import OpenCase

LABOUR = Path(__file__).parents[3] / "cases" / "labour"
TEXTS, SHEET = "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"


@pytest.fixture
def opened(tmp_path: Path) -> OpenCase:
    return accordant.load(shutil.copytree(LABOUR, tmp_path / "labour"))


def sent(opened: OpenCase, **parts: bytes) -> Path:
    """The tables of a case as a workbook, the name of the party in B2 replaced by some XML."""
    book = load_workbook(io.BytesIO(case_tables(opened.case).workbook()))
    book["parties"]["B2"] = "Put something here"
    out = io.BytesIO()
    book.save(out)
    place = opened.path.parent / "t.xlsx"
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == SHEET:
                assert b"<t>Put something here</t>" in content
                content = content.replace(b"<t>Put something here</t>", parts.get("text", b"<t>a</t>"))
            new.writestr(name, content)
        if "texts" in parts:
            new.writestr(TEXTS, parts["texts"])
    return place


@pytest.mark.parametrize("runs", [1, 2])
def test_a_cell_of_more_signs_than_a_workbook_holds_is_refused(opened: OpenCase, runs: int) -> None:
    def text(signs: int) -> bytes:
        part = b"<t>" + b"a" * (signs // runs) + b"</t>"
        return part if runs == 1 else (b"<r>" + part + b"</r>") * runs

    assert opened.merge(sent(opened, text=text(32_766))).changes
    with pytest.raises(InputError, match="parties!B2 holds 32,768 signs; a workbook holds 32,767 in a cell"):
        opened.merge(sent(opened, text=text(32_768)))
    with pytest.raises(InputError, match=r"a cell in xl/worksheets/sheet1\.xml holds far over 32,767 signs"):
        opened.merge(sent(opened, text=text(20_000_000)))


def test_sheets_and_texts_that_unpack_to_too_much_are_refused(opened: OpenCase) -> None:
    with pytest.raises(InputError, match=r"sheet1\.xml unpacks to 110 MB; at most 100 MB of it are read"):
        opened.merge(sent(opened, text=b"<c/>" * 27_500_000))
    with pytest.raises(InputError, match=r"xl/sharedStrings\.xml unpacks to 60 MB; at most 50 MB of it are"):
        opened.merge(sent(opened, texts=b"<t/>" * 15_000_000))
    with pytest.raises(InputError, match=r"a cell in xl/sharedStrings\.xml holds far over 32,767 signs"):
        opened.merge(sent(opened, texts=b"<t>" + b"a" * 3_000_000 + b"</t>"))


@pytest.mark.parametrize("name", ["../x", "a\\b", ".hidden"])
def test_a_new_id_that_looks_like_a_path_is_a_mistake(opened: OpenCase, name: str) -> None:
    book = load_workbook(io.BytesIO(case_tables(opened.case).workbook()))
    book["parties"].append([name])
    place = opened.path.parent / "t.xlsx"
    book.save(place)
    with pytest.raises(CaseError) as caught:
        opened.merge(place)
    assert [(p.path, p.message) for p in caught.value.problems] == [
        ("parties!A6 (id)", f"{name!r} looks like the name of a file")
    ]


def test_what_the_tables_said_is_kept_in_cells_that_are_read(opened: OpenCase) -> None:
    """However much it is: it stands in pieces."""
    drawn = random.Random(1)
    text = (opened.path / "case.yaml").read_text(encoding="utf-8")
    name = "Portside Workers' Union"
    assert name in text
    note = "".join(chr(drawn.randint(0x4E00, 0x9FFF)) for _ in range(30_000))
    (opened.path / "case.yaml").write_text(text.replace(name, note), encoding="utf-8")
    long = accordant.load(opened.path)
    book = load_workbook(io.BytesIO(case_tables(long.case).workbook()))
    pieces = [row[0].value for row in book["about"] if str(row[0].value).startswith("base ")]
    assert len(pieces) > 1
    made = long.merge(case_tables(long.case).write(opened.path.parent / "t.xlsx"))
    assert made.changes == ()
    assert made.conflicts == ()
