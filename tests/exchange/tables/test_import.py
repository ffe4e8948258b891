"""Edited tables: what a person is shown, what is refused, and what is written."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import accordant
from accordant.errors import CaseError, InputError
from accordant.exchange.tables import case_tables, reading
from accordant.opened import OpenCase
from tests.exchange.tables.sent import Edit, edited

ROOT = Path(__file__).parents[3]


def row_of(page: Any, name: str) -> int:
    return next(cell.row for cell in page["A"] if cell.value == name)


def mistakes(opened: OpenCase, edit: Edit) -> list[tuple[str, str]]:
    with pytest.raises(CaseError) as caught:
        opened.merge(edited(opened, edit))
    assert "nothing was changed" in caught.value.closing
    return [(problem.path, problem.message) for problem in caught.value.problems]


def test_every_change_is_shown_with_its_cell_and_only_that_is_written(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["parties"]["B2"] = "The dockers' union"
        page = book["preferences"]
        page.cell(row_of(page, "company.reservation"), 9).value = -2.5
        book["positions"]["D2"] = "0.60"

    before = (labour.path / "case.yaml").read_text()
    found = labour.merge(edited(labour, edit))
    assert [(c.kind, c.cell, c.column, c.old, c.new) for c in found.changes] == [
        ("changed", "parties!B2", "name", "Portside Workers' Union", "The dockers' union"),
        ("changed", "preferences!I31", "worth", "-2", "-2.5"),
        ("changed", "positions!D2", "company", "0.40", "0.60"),
    ]
    assert (labour.path / "case.yaml").read_text() == before
    done = found.apply()
    after = (labour.path / "case.yaml").read_text()
    assert done.written == (str(labour.path / "case.yaml"),)
    lines = [(a, b) for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b]
    assert len(lines) == 3
    assert lines[1][1].endswith("# what it says itself that the summer would cost")
    assert accordant.load(labour.path).case == found.case


def test_rows_are_added_and_removed_by_id(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["proposals"]
        page.delete_rows(row_of(page, "union-first"))
        page.append(
            ["late-offer", "company", None, "union", datetime(2025, 5, 13), None, "wage = 0.60, term = 1"]
        )

    found = labour.merge(edited(labour, edit))
    assert [(c.kind, c.row) for c in found.changes] == [("added", "late-offer"), ("removed", "union-first")]
    made = found.apply().case.proposals
    assert list(made)[-1] == "late-offer"
    assert made["late-offer"].date == "2025-05-13"
    assert made["late-offer"].package == {"wage": "0.60", "term": "1"}
    assert "union-first" not in accordant.load(labour.path).case.proposals


def test_a_line_is_put_between_others_by_its_level(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["preferences"].append([None, "members", "priorities", 1.5, "term = 1"])

    found = labour.merge(edited(labour, edit))
    lines = [line.want for line in found.case.preferences["members"].priorities]
    assert lines == ["rota = fixed", "term = 1", "wage >= 0.60", "wage > 0.00"]
    assert [c.kind for c in found.changes] == ["added"]


def test_lines_of_one_level_are_of_unknown_order(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["preferences"]
        page.cell(row_of(page, "members.priorities.2"), 4).value = 1

    priorities = labour.merge(edited(labour, edit)).case.preferences["members"].priorities
    assert [line.want for line in priorities[0].either] == ["rota = fixed", "wage >= 0.60"]


def test_sorting_a_sheet_changes_nothing_but_the_order_of_parties_and_issues(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        for page in book.worksheets:
            rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
            for number, row in enumerate(sorted(rows, key=lambda r: str(r[0]), reverse=True), 2):
                for column, value in enumerate(row, 1):
                    page.cell(number, column).value = value

    found = labour.merge(edited(labour, edit))
    assert {(c.kind, c.sheet) for c in found.changes} == {("moved", "parties"), ("moved", "issues")}
    assert found.changes[0].old == "union, company, office, members"


def test_every_mistake_is_found_at_once_with_its_cell(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["parties"]["C4"] = "mediatr"
        book["claims"]["F2"] = "=1+1"
        book["claims"]["Q3"] = "opn"
        book["issues"]["L2"] = "perhaps"
        book["preferences"].append([None, "union", "prioritys", 1, "strike"])
        book["events"].append([None, "2025-05-01"])

    found = mistakes(labour, edit)
    assert ("parties!C4 (role)", "'mediatr' is not allowed here") in found
    assert ("claims!F2", "holds a formula") in found
    assert ("claims!Q3 (status)", "'opn' is not allowed here") in found
    assert ("issues!L2 (binding)", "'perhaps' cannot be read") in found
    assert ("preferences!C37 (kind)", "'prioritys' is no kind of row") in found
    assert ("events!A4 (id)", "the row has no id") in found
    assert len(found) == 6


def test_what_does_not_fit_together_is_found_in_the_cell_that_says_it(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["preferences"]
        page.cell(row_of(page, "members.priorities.1"), 5).value = "rota = fixd"
        book["proposals"]["G2"] = "wage = 9"
        book["positions"]["C10"] = "9"
        book["claims"]["C2"] = "words that nobody wrote"

    found = dict(mistakes(labour, edit))
    assert found["preferences!E34 (says)"] == "'fixd' is not a value of 'rota'"
    assert found["proposals!G2 (package)"] == "'9' is not a value of wage"
    assert any(path.startswith("claims!") for path in found)


def test_a_party_that_is_removed_is_missed_where_it_is_named(labour: OpenCase) -> None:
    found = mistakes(labour, lambda book: book["parties"].delete_rows(5))
    assert any("there is no party 'members'" in message for _, message in found)


def test_a_column_or_sheet_of_a_wrong_name_is_said_and_others_are_left_alone(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["parties"]["B1"] = "nmae"
        book["claims"].title = "claim"
        book.create_sheet("my sums")["A1"] = 3

    found = mistakes(labour, edit)
    assert found == [("parties!B1", "there is no column 'nmae'"), ("claim", "is none of the tables")]
    noted = labour.merge(edited(labour, lambda book: book.create_sheet("my sums").append([3])))
    assert noted.changes == ()
    assert "'my sums' is none of the tables" in noted.notes[0]


def test_tables_that_were_applied_already_change_nothing_more(labour: OpenCase) -> None:
    place = edited(labour, lambda book: book["parties"].__setitem__("B2", "Dock union"))
    labour.merge(place).apply()
    again = accordant.load(labour.path).merge(place)
    assert again.changes == ()
    assert again.apply().written == ()


def test_one_csv_file_changes_its_own_table_only_and_says_what_cannot_be_seen(
    labour: OpenCase, tmp_path: Path
) -> None:
    file = tmp_path / "origins.csv"
    rows = case_tables(labour.case).pages["origins"].texts
    head = ["id", "kind"]
    with file.open("w", newline="") as out:
        csv.writer(out, delimiter=";").writerows(
            [head, *([row[0], row[1]] for row in rows), ["clerk", "role"]]
        )
    found = labour.merge(file)
    assert [(c.kind, c.row, c.new, c.cell) for c in found.changes] == [
        ("added", "clerk", "kind: role", "origins!9")
    ]
    assert found.stale is None
    assert "about.csv" in found.notes[0]


def test_a_mistake_in_csv_is_given_with_its_line(labour: OpenCase, tmp_path: Path) -> None:
    folder = case_tables(labour.case).write(tmp_path / "t")
    file = folder / "parties.csv"
    file.write_text(file.read_text("utf-8-sig").replace("mediator", "mediatr"), "utf-8")
    with pytest.raises(CaseError) as caught:
        labour.merge(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.path) == (str(file), 4, "parties!C4 (role)")


def test_the_place_of_a_quotation_is_looked_up_in_its_report(labour: OpenCase) -> None:
    claim = next(iter(labour.case.claims.values()))

    def edit(book: Any) -> None:
        page = book["claims"]
        page.append(["new", claim.report, claim.quote, None, "said once more", "offer"])

    assert labour.merge(edited(labour, edit)).case.claims["new"].at == claim.at
    found = mistakes(
        labour, lambda book: book["claims"].append(["new", claim.report, "e", None, "x", "offer"])
    )
    assert "times in" in found[0][1]


# Restricted claims


@pytest.fixture
def secret(labour: OpenCase) -> OpenCase:
    file = labour.path / "claims.yaml"
    text = file.read_text()
    assert text.count("\n  l1:") == 1
    file.write_text(text.replace("\n  l1:", "\n  l1:\n    handling: restricted", 1))
    return accordant.load(labour.path)


def test_restricted_claims_leave_only_by_name_and_stay_in_the_case(secret: OpenCase, tmp_path: Path) -> None:
    words = secret.case.claims["l1"].quote
    held = case_tables(secret.case)
    folder = held.write(tmp_path / "held")
    assert not any(words in file.read_text() for file in folder.iterdir())
    assert "l1" in held.withheld["claims"]
    found = secret.merge(folder)
    assert found.changes == ()
    named = case_tables(secret.case, ["l1"]).write(tmp_path / "named")
    assert words in (named / "claims.csv").read_text()
    assert secret.merge(named).changes == ()
    with pytest.raises(InputError, match="is not a restricted claim"):
        case_tables(secret.case, ["l2"])


def test_other_claims_can_be_edited_while_restricted_ones_are_held_back(secret: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["claims"]
        page.cell(row_of(page, "l2"), 19).value = "seen"

    found = secret.merge(edited(secret, edit))
    assert [c.row for c in found.changes] == ["l2"]
    assert list(found.case.claims) == list(secret.case.claims)
    assert found.case.claims["l1"] == secret.case.claims["l1"]


# The register of sources


@pytest.fixture
def registered(labour: OpenCase) -> OpenCase:
    file = labour.path / "claims.yaml"
    entries = """
register:
  open-source: {name: The paper, kind: outlet, reliability: [{grade: B, reason: Right so far.}]}
  secret-source: {name: Tova Brandt, handling: restricted, reliability: [{grade: A, reason: An old friend.}]}
"""
    file.write_text(file.read_text().rstrip() + entries)
    return accordant.load(labour.path)


def test_the_register_is_edited_in_two_tables(registered: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["register"].append(["new-source", "The Echo", "outlet", "Echo"])
        book["reliability"].append(["new-source", None, "C", "2025-01", "Careless with figures."])
        book["reliability"].append(["open-source", None, "D", "2025-03", "Took back two stories."])

    found = registered.merge(edited(registered, edit))
    assert [(c.kind, c.sheet, c.row) for c in found.changes] == [
        ("added", "register", "new-source"),
        ("added", "reliability", "new-source"),
        ("added", "reliability", "open-source"),
    ]
    found.apply()
    register = accordant.load(registered.path).case.sources.register_
    assert [(g.from_, g.grade) for g in register["open-source"].reliability] == [
        (None, "B"),
        ("2025-03", "D"),
    ]
    assert register["new-source"].aliases == ("Echo",)
    assert register["secret-source"].reliability[0].reason == "An old friend."


def test_a_restricted_source_leaves_only_by_name_and_stays_in_the_case(
    registered: OpenCase, tmp_path: Path
) -> None:
    held = case_tables(registered.case).write(tmp_path / "held")
    assert not any("Tova" in f.read_text() or "old friend" in f.read_text() for f in held.iterdir())
    assert registered.merge(held).changes == ()
    named = case_tables(registered.case, ["secret-source"]).write(tmp_path / "named")
    assert "Tova Brandt" in (named / "register.csv").read_text()
    assert registered.merge(named).changes == ()

    def smuggle(book: Any) -> None:
        book["reliability"].append(["secret-source", None, "E", None, "No."])
        book["reliability"].append(["no-source", None, "E", None, "No."])

    found = [message for _, message in mistakes(registered, smuggle)]
    assert found == ["'secret-source' is withheld here", "there is no source 'no-source'"]


# Files that are no tables


def test_what_is_no_workbook_is_said(labour: OpenCase, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"not a workbook")
    with pytest.raises(InputError, match="is no workbook"):
        labour.merge(bad)
    with zipfile.ZipFile(bad, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="not a workbook that can be read"):
        labour.merge(bad)
    for name in ("none.xlsx", "none.csv", "none", "tables.ods"):
        with pytest.raises(InputError):
            labour.merge(tmp_path / name)


def repacked(place: Path, name: str, content: bytes) -> Path:
    old = zipfile.ZipFile(io.BytesIO(place.read_bytes()))
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in old.namelist():
            archive.writestr(part, content if part == name else old.read(part))
    return place


def test_an_archive_that_unpacks_to_too_much_is_refused(
    labour: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "UNPACKED", 1_000_000)
    place = repacked(edited(labour, lambda book: None), "xl/styles.xml", b" " * 2_000_000)
    with pytest.raises(InputError, match="unpacks to"):
        labour.merge(place)


def test_entities_are_refused(labour: OpenCase) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa">]><sst>&a;</sst>'
    place = repacked(edited(labour, lambda book: None), "xl/workbook.xml", bomb)
    with pytest.raises(InputError, match="declares entities"):
        labour.merge(place)


def test_a_sheet_that_goes_on_without_end_is_refused(
    labour: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 50)

    def edit(book: Any) -> None:
        for k in range(60):
            book["events"].append([f"e{k}"])

    with pytest.raises(InputError, match="over 50 rows"):
        labour.merge(edited(labour, edit))
    monkeypatch.setattr(reading, "LAST_ROW", 900)
    with pytest.raises(InputError, match="beyond row 900"):
        labour.merge(edited(labour, lambda book: book["events"].cell(1000, 1, "late")))


def test_tables_are_not_read_into_another_programs_file(tmp_path: Path, labour: OpenCase) -> None:
    made = case_tables(labour.case).write(tmp_path / "t.xlsx")
    accordant.load(ROOT / "cases" / "games" / "chicken").save_as(tmp_path / "x.gmcr")
    with pytest.raises(InputError, match="file of another program"):
        accordant.load(tmp_path / "x.gmcr").merge(made)
    assert labour.merge(made).changes == ()


def test_a_workbook_looks_as_a_person_expects(labour: OpenCase, tmp_path: Path) -> None:
    place = case_tables(labour.case).write(tmp_path / "t.xlsx")
    assert place.read_bytes() == case_tables(labour.case).workbook()
    book = load_workbook(place)
    assert book.sheetnames[:4] == ["parties", "issues", "rules", "preferences"]
    assert book["about"].sheet_state == "hidden"
    page = book["preferences"]
    assert page["A1"].font.b
    assert page.freeze_panes == "A2"
    assert page["I3"].value == 0.9
    assert page["H3"].value == "0.40"
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    offered = {
        str(d.sqref).split(":")[0]: d.formula1 for d in book["parties"].data_validations.dataValidation
    }
    assert offered["C2"] == '"party,mediator,constituency,observer"'
