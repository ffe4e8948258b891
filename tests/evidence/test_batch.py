"""Suggestions as a table: written, marked in a spreadsheet, read back with a preview, all or nothing."""

from __future__ import annotations

import csv
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import accordant as library
from accordant.case.objects import Case
from accordant.evidence.adding import add
from accordant.evidence.batch.columns import COLUMNS, NAMES
from accordant.evidence.batch.marked import MarkedRow, plan
from accordant.evidence.batch.suggested import Suggested, place_in, place_of
from accordant.evidence.decisions import Decisions, read_decisions
from accordant.evidence.into import with_tellings
from accordant.evidence.result import ReadResult
from accordant.evidence.reviewing import Answer, Review
from tests.evidence.read_helpers import Run, reading

ONE = (
    "Two people close to the talks said that the Northern Council has offered a pause. Ida Renn told the "
    "Harbour Courier that the board was wrong. The board said that the works would go on."
)
OTHER = "The board said that it would wait. Two people close to the talks said that it would not."


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in (("one.txt", ONE), ("other.txt", OTHER)):
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / "one.txt", folder / "other.txt"]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, rows: list[dict[str, str]], separator: str = ",") -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, NAMES, delimiter=separator)
        writer.writeheader()
        writer.writerows(rows)


def marked(run: Run, case: Path, reports: list[Path], change: Callable[[list[dict[str, str]]], Any]) -> Path:
    path = case.parent / "table.csv"
    assert run(*reports, "--into", case, "--out", path)[0] == 0
    rows = rows_of(path)
    found = change(rows)
    write(path, rows if found is None else found)
    return path


def accept_all(rows: list[dict[str, str]]) -> None:
    for row in rows:
        row["decision"] = "accept"


def state(folder: Path) -> dict[Path, bytes]:
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_every_open_suggestion_is_a_row_with_its_exact_words(
    run: Run, case: Path, reports: list[Path]
) -> None:
    path = case.parent / "table.csv"
    status, out, err = run(*reports, "--into", case, "--out", path)
    assert (status, out) == (0, "")
    assert f"--marked {path}" in err
    rows = rows_of(path)
    claims = [c for text in (ONE, OTHER) for c in reading(text).claims]
    assert [row["place"] for row in rows] == [place_of(c) for c in claims]
    assert all(row["words"] in (ONE, OTHER)[k >= len(reading(ONE).claims)] for k, row in enumerate(rows))
    assert {row["decision"] for row in rows} == {""}
    assert all(f"[{c.quote}]" in row["context"] for c, row in zip(claims, rows, strict=True))


def test_a_workbook_offers_choices_and_locks_what_was_read(run: Run, case: Path, reports: list[Path]) -> None:
    path = case.parent / "table.xlsx"
    assert run(*reports, "--into", case, "--out", path)[0] == 0
    page = load_workbook(path)["suggestions"]
    assert [cell.value for cell in page[1]] == list(NAMES)
    assert page.protection.sheet
    for k, column in enumerate(COLUMNS, 1):
        assert page.cell(2, k).protection.locked != column.marked
    lists = load_workbook(path)["choices"]
    assert [c.value for c in lists["A"][:4]] == ["decision", "accept", "reject", "skip"]
    assert len(page.data_validations.dataValidation) >= 6


def test_a_marked_table_is_shown_first_and_written_after_a_yes(
    run: Run, case: Path, reports: list[Path]
) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        for row, decision in zip(rows, ("accept", "accept", "reject", "skip"), strict=False):
            row["decision"] = decision
        rows[0] |= {"says": "They say so", "source": "B", "item": "2", "why": "two desks", "event": "2031-03"}
        rows[0] |= {"note": "see map", "handling": "team", "by": ""}
        rows[2]["because"] = "only a view"

    path = marked(run, case, reports, change)
    before = state(case)
    status, out, err = run("--into", case, "--marked", path)
    assert status == 0
    assert "2 accepted, 1 rejected, 1 skipped" in out
    assert "nothing is written" in err
    assert run("--into", case, "--marked", path, answers="n\n")[0] == 0
    assert state(case) == before
    status, out, _ = run("--into", case, "--marked", path, "--by", "Ann", answers="y\n")
    assert status == 0
    opened = library.load(case).case
    first = next(c for c in opened.claims.values() if c.says == "They say so")
    assert (first.grade, first.graded_because, first.event) == ("B2", "two desks", "2031-03")
    assert (first.note, first.handling, first.by, first.entered_by) == ("see map", "team", None, "Ann")
    text = (case / opened.reports[first.report].file).read_text(encoding="utf-8")
    assert text[slice(*first.at)] == first.quote
    decided = [d for t in read_decisions(case).texts.values() for d in t.decided]
    assert sorted(d.decision for d in decided) == ["accepted", "accepted", "rejected", "skipped"]
    assert "only a view" in {d.because for d in decided}


def test_a_workbook_goes_there_and_back(run: Run, case: Path, reports: list[Path]) -> None:
    path = case.parent / "table.xlsx"
    run(*reports, "--into", case, "--out", path)
    book = load_workbook(path)
    page = book["suggestions"]
    for number in range(2, page.max_row + 1):
        page.cell(number, 1, "Accepted")
    book.save(path)
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert (status, err) == (0, "")
    assert library.load(case).case.reports.keys() >= {"r1", "r2"}
    _, _, err = run(*reports, "--into", case, "--out", path)
    assert "0 suggestions to mark" in err


def test_every_mistake_is_told_with_its_cell_and_nothing_is_written(
    run: Run, case: Path, reports: list[Path]
) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        accept_all(rows)
        rows[0] |= {"kind": "offr", "by": "nroth", "says": ""}
        rows[1] |= {"origin": "idarenn", "source": "G", "item": "7", "event": "soon", "words": "other"}
        rows[2] |= {"decision": "perhaps"}
        rows[3] |= {"place": "somewhere"}

    path = marked(run, case, reports, change)
    before = state(case)
    status, out, err = run("--into", case, "--marked", path, "--yes")
    assert (status, out) == (2, "")
    for words in ("row 2, column 'kind'", "did you mean 'offer'?", "did you mean 'north'?", "is empty",
                  "no origin 'idarenn'", "no source 'G'", "no item '7'", "'soon' is no date", "not the words",
                  "'perhaps' is no decision", "row 5, column 'place'", "nothing is written"):  # fmt: skip
        assert words in err
    assert state(case) == before


@pytest.mark.parametrize("other", [{"decision": "reject"}, {"says": "They say another thing"}])
def test_one_suggestion_in_two_rows_that_differ_is_a_mistake(
    run: Run, case: Path, reports: list[Path], other: dict[str, str]
) -> None:
    def twice(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        accept_all(rows)
        return [*rows, {**rows[0], **other}]

    path = marked(run, case, reports, twice)
    before, last = state(case), len(rows_of(path)) + 1
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert status == 2
    assert f"row {last}, column 'decision': this suggestion stands in row 2 too" in err
    assert f"keep one of the rows 2 and {last}" in err
    assert state(case) == before
    rows = rows_of(path)
    write(path, [*rows[:-1], {**rows[0], "decision": ""}, rows[0]])  # the same again, and one left open
    assert run("--into", case, "--marked", path, "--yes")[0] == 0


def test_item_1_is_refused_in_its_cell_with_the_reason(run: Run, case: Path, reports: list[Path]) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[1] |= {"decision": "accept", "item": "1"}

    path = marked(run, case, reports, change)
    before = state(case)
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert status == 2
    assert "row 3, column 'item': item 1 (confirmed) needs two independent origins" in err
    assert "allowed: 2, 3, 4, 5, 6" in err
    assert state(case) == before


def test_a_row_whose_telling_was_rejected_before_goes_back_to_who_tells_it(
    run: Run, case: Path, reports: list[Path]
) -> None:
    def reject(rows: list[dict[str, str]]) -> None:
        rows[0]["decision"] = "reject"

    path = marked(run, case, reports, reject)
    outer = rows_of(path)[0]
    assert run("--into", case, "--marked", path, "--yes")[0] == 0
    run(*reports, "--into", case, "--out", path)
    rows = rows_of(path)
    inner = next(row for row in rows if row["inside"] == outer["place"])
    assert inner["origin"] == outer["origin"] != ""
    inner["decision"] = "accept"
    write(path, rows)
    assert run("--into", case, "--marked", path, "--yes")[0] == 0
    opened = library.load(case).case
    (claim,) = (c for c in opened.claims.values() if c.report == "r1")
    assert claim.origin == inner["origin"]
    assert opened.origins[claim.origin or ""].kind == "described"


def test_the_preview_shows_every_claim_with_what_it_says_whole(
    run: Run, case: Path, reports: list[Path]
) -> None:
    says = "They say that the council has offered a pause of several weeks and would open the road"

    def change(rows: list[dict[str, str]]) -> None:
        accept_all(rows)
        rows[0]["says"] = says

    _, out, _ = run("--into", case, "--marked", marked(run, case, reports, change))
    assert says in " ".join(out.split())
    assert out.count("row ") >= 6


def test_an_attachment_keeps_its_own_date(run: Run, case: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["Date"], mail["Subject"] = (
        "a@example.org",
        "Sun, 09 Mar 2031 10:00:00 +0000",
        "Two notes",
    )
    mail.set_content("The board said that it would wait.")
    mail.add_attachment(
        "Families speak\n\n8 March 2031\n\nThe board said that it would not.", filename="f.txt"
    )
    path = case.parent / "mail.eml"
    path.write_bytes(mail.as_bytes())
    table = marked(run, case, [path], accept_all)
    assert run("--into", case, "--marked", table, "--yes")[0] == 0
    reports = library.load(case).case.reports
    assert {reports[r].published for r in ("r1", "r2")} == {"2031-03-09", "2031-03-08"}


def test_rows_may_be_sorted_and_left_out_and_columns_moved(run: Run, case: Path, reports: list[Path]) -> None:
    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        accept_all(rows)
        return rows[::-1][:3]

    path = marked(run, case, reports, change)
    rows = rows_of(path)
    with path.open("w", encoding="utf-8", newline="") as file:  # without a mark, with semicolons
        writer = csv.DictWriter(file, NAMES[::-1], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    status, out, _ = run("--into", case, "--marked", path, "--yes")
    assert status == 0
    assert "3 accepted" in out


def test_a_name_typed_for_somebody_unnamed_is_warned_of(run: Run, case: Path, reports: list[Path]) -> None:
    def change(rows: list[dict[str, str]]) -> None:
        rows[0] |= {"decision": "accept", "note": "Wanda Orlo says so"}

    _, out, _ = run("--into", case, "--marked", marked(run, case, reports, change))
    assert "look out: row 2:" in out
    assert "leave unnamed sources unnamed" in " ".join(out.split())


def test_a_report_that_has_moved_is_found_where_it_is_named(
    run: Run, case: Path, reports: list[Path]
) -> None:
    path = marked(run, case, reports, accept_all)
    moved = case.parent / "elsewhere"
    moved.mkdir()
    for report in reports:
        report.rename(moved / report.name)
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert status == 2
    assert "there is no such file" in err
    assert "REPORT before --into" in err
    assert run(moved, "--into", case, "--marked", path, "--yes")[0] == 0


def test_a_report_that_has_changed_is_said(run: Run, case: Path, reports: list[Path]) -> None:
    path = marked(run, case, reports, accept_all)
    reports[0].write_text(ONE + " It rained.", encoding="utf-8")
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert status == 2
    assert "not the one that the table was made from" in err


def test_an_origin_of_another_row_can_be_named(run: Run, case: Path, reports: list[Path]) -> None:
    names: list[str] = []

    def change(rows: list[dict[str, str]]) -> None:
        pairs = [row for row in rows if "Two people" in row["who"]]
        names.extend(row["origin"] for row in pairs)
        for row in pairs:
            row |= {"decision": "accept", "origin": pairs[0]["origin"]}
        pairs[0]["decision"] = "reject"

    path = marked(run, case, reports, change)
    assert len(set(names)) == 2  # two reports' unnamed pairs are two origins until a person says otherwise
    status, _, _ = run("--into", case, "--marked", path, "--yes")
    assert status == 0
    claims = library.load(case).case
    assert names[0] in claims.origins
    assert {c.origin for c in claims.claims.values() if c.report == "r1"} == {names[0]}


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe\x00", b"PK\x03\x04nothing"])
@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_is_no_table_is_refused(run: Run, case: Path, content: bytes, ending: str) -> None:
    path = case.parent / f"bad{ending}"
    path.write_bytes(content)
    status, out, err = run("--into", case, "--marked", path)
    assert (status, out) == (2, "")
    assert "Traceback" not in err
    assert str(path) in err
    assert run("--into", case, "--marked", case.parent / "gone.xlsx")[0] == 2


def test_a_formula_in_a_cell_is_refused(run: Run, case: Path, reports: list[Path]) -> None:
    path = case.parent / "table.xlsx"
    run(*reports, "--into", case, "--out", path)
    book = load_workbook(path)
    book["suggestions"]["A2"] = "accept"
    book["suggestions"]["C2"] = '=HYPERLINK("x")'
    book.save(path)
    status, _, err = run("--into", case, "--marked", path, "--yes")
    assert status == 2
    assert "suggestions!C2: holds a formula" in err


def test_words_that_look_like_formulas_stay_words(run: Run, case: Path, tmp_path: Path) -> None:
    report = tmp_path / "a.txt"
    report.write_text("The union said: “=1+1 is what the board offers.”", encoding="utf-8")
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"t{ending}"
        run(report, "--into", case, "--out", path)
        if ending == ".xlsx":
            cells = [c for row in load_workbook(path)["suggestions"] for c in row]
            assert all(c.data_type != "f" for c in cells)
        else:
            assert all(not row["words"].startswith("=") for row in rows_of(path))


RESULTS = {"one.txt": reading(ONE), "other.txt": reading(OTHER, name="other.txt")}
CASE = Case.model_validate({"title": "t", "parties": {"north": {"name": "Northern Council"}}})


def read_again(file: str, _published: str | None) -> list[tuple[bytes, ReadResult]]:
    result = RESULTS[file]
    return [(result.text.encode(), result)]


decisions = st.lists(st.sampled_from(["accept", "reject", "skip", ""]), min_size=12, max_size=12)


@settings(max_examples=60)
@given(decisions, st.randoms())
def test_a_table_gives_what_the_review_gives_whatever_the_order_of_its_rows(
    given_: list[str], random: Any
) -> None:
    """The slow twin: the same answers given one by one to a review of each report."""
    made = Suggested(CASE, Decisions())
    rows = [row for file, result in RESULTS.items() for row in made.of(result, file, file)]
    numbered = [
        MarkedRow(k, {**dict(zip(NAMES, row, strict=True)), "decision": decision})
        for k, (row, decision) in enumerate(zip(rows, given_, strict=False), 2)
    ]
    shuffled = list(numbered)
    random.shuffle(shuffled)
    found = plan(CASE, Decisions(), shuffled, read_again, day="2031-03-13")
    assert found.wrong == []
    case, answers = CASE, iter(given_)
    expected = []
    for result in RESULTS.values():
        one = Review(case, result)
        said = [next(answers) for _ in one.items]
        for wanted in ("reject", "skip", "accept"):
            for k, item in enumerate(one.items):
                if said[k] == wanted:
                    given: Any = {"accept": "accepted", "reject": "rejected", "skip": "skipped"}[wanted]
                    one.decide(k, Answer(given, one.draft(item) if wanted == "accept" else None))
        whole = with_tellings(case, result, one.accepted, one.rejected)
        if whole:
            case = add(case, result, result.text.encode(), whole, "2031-03-13").case
    expected = sorted((c.quote, c.says, c.kind, c.by or "", c.attribution) for c in case.claims.values())
    entered = found.case.claims.values()
    assert sorted((c.quote, c.says, c.kind, c.by or "", c.attribution) for c in entered) == expected
    assert (found.open, found.rejected, found.skipped) == tuple(
        given_[: len(rows)].count(d) for d in ("", "reject", "skip")
    )
    again = plan(found.case, found.decisions, numbered, read_again, day="2031-03-14")
    assert again.case.claims == found.case.claims


def test_a_place_is_written_and_read() -> None:
    for claim in RESULTS["one.txt"].claims:
        assert place_in(place_of(claim)) == (claim.at, claim.cue_at)
    for cell in ("", "1-2", "2-1 3-4", "a-b c-d", "1-2 3-4 5-6", "٣-٤ a"):
        assert place_in(cell) is None
