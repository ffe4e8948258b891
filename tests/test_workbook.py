from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from accordant import workbook
from accordant.errors import InputError
from accordant.tables import Table, guarded, unguarded
from accordant.workbook import Sheet, as_number, escaped, sheet_name, unescaped, workbook_bytes

texts = st.text(st.characters() | st.sampled_from("=+-@'\"_x000D0F5\\u\r\n\t,"), max_size=12)


def read(content: bytes) -> dict[str, list[list[Any]]]:
    book = load_workbook(io.BytesIO(content))
    return {page.title: [[cell.value for cell in row] for row in page] for page in book}


@settings(max_examples=60)
@given(texts)
def test_text_comes_back_to_the_letter_and_is_never_a_formula(text: str) -> None:
    book = load_workbook(io.BytesIO(workbook_bytes([Sheet("t", ("a",), ((text,), ("end",)), wrapped=True)])))
    cell = book["t"]["A2"]
    assert cell.data_type != "f"
    found = "" if cell.value is None else str(cell.value) if cell.data_type == "n" else unescaped(cell.value)
    assert found == text


@given(texts)
def test_csv_gives_back_the_same_text_and_holds_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    if len(text) > 1 and text[0] in "=@\t\r":
        assert guarded(text).startswith("'")


def test_numbers_in_csv_stay_numbers_and_what_looks_like_a_formula_does_not() -> None:
    table = Table("t", ("a", "b"), (("-5", -2.5), ("=cmd()", "-x"), ("+1", "@a"), ("-", "a=b")))
    assert table.to_csv() == "a,b\n-5,-2.5\n'=cmd(),'-x\n+1,'@a\n-,a=b\n"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        ("2.5", Decimal("2.5")),
        ("0.50", None),  # a spreadsheet would give back 0.5
        ("007", None),
        (3, 3),
        (-4, -4),
        ("1/3", None),
        ("1e5", None),
        ("123456789012345", 123456789012345),
        ("1234567890123456", None),  # more digits than a spreadsheet keeps
        (True, None),
        ("", None),
    ],
)
def test_a_cell_is_a_number_where_a_spreadsheet_keeps_it_exactly(value: object, number: object) -> None:
    assert as_number(value) == number


@settings(max_examples=30)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9))
def test_numbers_come_back_exactly(number: Decimal) -> None:
    text = format(number, "f")
    (row,) = read(workbook_bytes([Sheet("t", ("a",), ((text,),))]))["t"][1:]
    assert Decimal(str(row[0])) == number


def test_the_same_tables_give_the_same_bytes_with_no_time_in_them() -> None:
    sheets = [Sheet("one", ("a", "b"), (("x", 1), ("=y", "2.5"))), Sheet("two", ("c",), ())]
    content = workbook_bytes(sheets)
    assert content == workbook_bytes(sheets)
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"1980-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_a_sheet_looks_as_a_person_expects() -> None:
    long = "word " * 40
    sheet = Sheet("people", ("id", "what they say"), (("a", long),), choices={0: ("a", "b")}, wrapped=True)
    page = load_workbook(io.BytesIO(workbook_bytes([sheet])))["people"]
    assert page.freeze_panes == "A2"
    assert page["A1"].font.b
    assert page.column_dimensions["B"].width == workbook.WIDEST
    assert page["B2"].alignment.wrap_text
    assert page.auto_filter.ref == "A1:B2"
    assert page.data_validations.dataValidation[0].formula1 == '"a,b"'


def test_sheets_of_one_name_are_told_apart() -> None:
    name = "a very long name of a table that goes on"
    found = list(read(workbook_bytes([Sheet(name, ("a",), ()), Sheet(name, ("a",), ())])))
    assert len(set(found)) == 2
    assert all(len(one) <= 31 for one in found)
    assert sheet_name("[]:*?/\\") == "table"


def test_what_a_sheet_cannot_hold_is_said_and_csv_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="write CSV instead"):
        workbook_bytes([Sheet("t", ("a",), (("x" * 32_768,),))])
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)
    with pytest.raises(InputError, match=r"has 3 rows.*write CSV instead"):
        workbook_bytes([Sheet("t", ("a",), (("x",), ("y",), ("z",)))])


@given(texts)
def test_escapes_are_undone(text: str) -> None:
    assert unescaped(escaped(text)) == text
