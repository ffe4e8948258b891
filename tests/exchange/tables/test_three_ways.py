"""A file merged into a case that has changed too: edits of both sides, and what both edited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings

import accordant
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.exchange.tables import Merge, case_tables
from accordant.exchange.tables.conflicts import Choices
from accordant.exchange.tables.export import CaseTables
from accordant.exchange.tables.importing import Merging
from accordant.exchange.tables.model import Given, Row
from accordant.exchange.tables.reading import Tables
from accordant.exchange.tables.sections import Keyed
from accordant.opened import OpenCase
from tests.exchange.tables.random_tables import cases
from tests.exchange.tables.sent import edited

ROOT = Path(__file__).parents[3]
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)


def changed(opened: OpenCase, *pairs: tuple[str, str], file: str = "case.yaml") -> OpenCase:
    """The case after somebody has edited it meanwhile."""
    place = opened.path / file
    text = place.read_text(encoding="utf-8")
    for old, new in pairs:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    place.write_text(text, encoding="utf-8")
    return accordant.load(opened.path)


def cell(book: Any, sheet: str, name: str, column: str) -> Any:
    page = book[sheet]
    heads = [head.value for head in page[1]]
    row = next(c.row for c in page["A"] if c.value == name)
    return page.cell(row, heads.index(column) + 1)


def lines(found: Merge, party: str) -> list[str]:
    return [line.want for line in found.case.preferences[party].priorities or ()]


def test_edits_of_one_side_are_all_taken(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        cell(book, "parties", "union", "name").value = "Dock union"
        cell(book, "claims", "l2", "note").value = "seen"

    place = edited(labour, edit)
    later = changed(labour, ("name: Kestrel Terminals", "name: Kestrel Ports"))
    found = later.merge(place)
    assert [(c.row, c.column) for c in found.changes] == [("union", "name"), ("l2", "note")]
    assert (found.stale, found.kept, found.conflicts) == (True, 1, ())
    found.apply()
    case = accordant.load(labour.path).case
    assert (case.parties["union"].name, case.parties["company"].name) == ("Dock union", "Kestrel Ports")


def test_the_same_edit_on_both_sides_is_no_change(labour: OpenCase) -> None:
    place = edited(labour, lambda book: book["parties"].__setitem__("B2", "Dock union"))
    found = changed(labour, ("Portside Workers' Union", "Dock union")).merge(place)
    assert (found.changes, found.conflicts) == ((), ())


def test_different_edits_of_one_cell_are_a_conflict_with_all_three_words(labour: OpenCase) -> None:
    place = edited(labour, lambda book: book["parties"].__setitem__("B2", "Dock union"))
    later = changed(labour, ("Portside Workers' Union", "Port union"))
    found = later.merge(place)
    (conflict,) = found.conflicts
    assert (conflict.address, conflict.cell) == ("parties.union.name", "parties!B2")
    assert (conflict.before, conflict.case, conflict.file) == (
        *("Portside Workers' Union", "Port union", "Dock union"),
    )
    assert found.changes == ()
    before = (labour.path / "case.yaml").read_bytes()
    with pytest.raises(InputError, match=r"--take file:parties\.union\.name"):
        found.apply()
    assert (labour.path / "case.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("take", "name"),
    [
        (["file"], "Dock union"),
        (["case"], "Port union"),
        (["case", "file:parties.union.name"], "Dock union"),
        (["file", "case:parties.union"], "Port union"),
        (["file:parties"], "Dock union"),
    ],
)
def test_a_conflict_is_settled_by_taking_a_side(labour: OpenCase, take: list[str], name: str) -> None:
    place = edited(labour, lambda book: book["parties"].__setitem__("B2", "Dock union"))
    found = changed(labour, ("Portside Workers' Union", "Port union")).merge(place, take)
    assert found.open == ()
    found.apply()
    assert accordant.load(labour.path).case.parties["union"].name == name


@pytest.mark.parametrize(
    ("take", "said"),
    [
        (["mine"], "names no side"),
        (["file:"], "names no side"),
        (["file", "case"], "other side is taken"),
        (["file:parties.union.nam"], "no conflict here"),
    ],
)
def test_what_takes_nothing_is_refused(labour: OpenCase, take: list[str], said: str) -> None:
    place = edited(labour, lambda book: book["parties"].__setitem__("B2", "Dock union"))
    later = changed(labour, ("Portside Workers' Union", "Port union"))
    with pytest.raises(InputError, match=said):
        later.merge(place, take)


def test_a_row_that_one_side_removed_and_the_other_edited_is_a_conflict(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["events"]
        page.delete_rows(2)

    event = next(iter(labour.case.events))
    what = labour.case.events[event].what
    place = edited(labour, edit)
    later = changed(labour, (f"what: {what}", "what: call"))
    (conflict,) = later.merge(place).conflicts
    assert conflict.address == f"events.{event}"
    assert conflict.file == "(removed)"
    assert "what: call" in conflict.case
    assert event not in later.merge(place, ["file"]).case.events
    assert later.merge(place, ["case"]).case.events[event].what == "call"


def test_a_row_that_the_case_removed_and_the_file_edited_is_a_conflict(labour: OpenCase) -> None:
    event = next(iter(labour.case.events))
    place = edited(labour, lambda book: cell(book, "events", event, "note").__setattr__("value", "late"))
    text = (labour.path / "case.yaml").read_text()
    head = text.index(f"\n  {event}:")
    end = text.index("\n", head + 1)
    later = changed(labour, (text[head:end], ""))
    assert event not in later.case.events
    found = later.merge(place)
    assert [(c.address, c.case) for c in found.conflicts] == [(f"events.{event}", "(removed)")]
    back = later.merge(place, ["file"]).case.events[event]
    assert (back.note, back.what) == ("late", labour.case.events[event].what)


def test_two_new_rows_of_one_id_are_a_conflict_unless_they_say_the_same(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["events"].append(["e9", "2025-05-01", None, "union", "call"])

    place = edited(labour, edit)
    alike = changed(labour, ("\nevents:", "\nevents:\n  e9: {date: 2025-05-01, who: [union], what: call}"))
    assert alike.merge(place).changes == ()
    assert alike.merge(place).conflicts == ()
    later = changed(alike, ("who: [union], what: call", "who: [company], what: visit"))
    (conflict,) = later.merge(place).conflicts
    assert (conflict.address, conflict.before) == ("events.e9", "")
    assert later.merge(place, ["file:events.e9"]).case.events["e9"].what == "call"


def test_lines_keep_their_places_when_the_case_has_got_others(labour: OpenCase) -> None:
    """The second line of then is the third of now: an edit of it finds it."""

    def edit(book: Any) -> None:
        cell(book, "preferences", "members.priorities.2", "says").value = "wage >= 0.80"
        book["preferences"].append([None, "members", "priorities", 2.5, "training"])

    assert lines(labour.merge(edited(labour, lambda book: None)), "members") == [
        *("rota = fixed", "wage >= 0.60", "wage > 0.00")
    ]
    place = edited(labour, edit)
    later = changed(labour, ("- {want: rota = fixed", "- {want: term = 1}\n      - {want: rota = fixed"))
    found = later.merge(place)
    assert found.conflicts == ()
    assert lines(found, "members") == [
        *("term = 1", "rota = fixed", "wage >= 0.80", "training", "wage > 0.00")
    ]
    again = found.apply()
    assert again.written
    twice = accordant.load(labour.path).merge(place)
    assert lines(twice, "members") == lines(found, "members")


def test_rules_are_followed_where_they_went(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["rules"]["G3"] = "still so"

    rule = labour.case.feasible[1].rule
    place = edited(labour, edit)
    later = changed(labour, ("\nfeasible:", "\nfeasible:\n  - {rule: term = 3 -> wage >= 0.40}"))
    found = later.merge(place)
    assert [r.note for r in found.case.feasible if r.rule == rule] == ["still so"]
    assert len(found.case.feasible) == len(labour.case.feasible) + 1


def test_the_order_of_parties_is_merged_and_two_new_orders_are_a_conflict(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        page = book["parties"]
        rows = [[c.value for c in row] for row in page.iter_rows(min_row=2)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value

    place = edited(labour, edit)
    later = changed(labour, ("\nparties:", "\nparties:\n  watch: {role: observer}"))
    assert list(later.merge(place).case.parties) == ["watch", "members", "office", "company", "union"]
    text = (labour.path / "case.yaml").read_text()
    union = next(line for line in text.splitlines() if line.startswith("  union: {name"))
    company = next(line for line in text.splitlines() if line.startswith("  company: {name"))
    both = changed(later, (f"{union}\n{company}", f"{company}\n{union}"))
    (conflict,) = both.merge(place).conflicts
    assert conflict.address == "parties.order"
    assert next(iter(both.merge(place, ["file"]).case.parties)) == "watch"


def test_a_file_that_lost_what_was_written_makes_every_difference_a_conflict(labour: OpenCase) -> None:
    def edit(book: Any) -> None:
        book["parties"]["B2"] = "Dock union"
        page = book["about"]
        for row in page.iter_rows():
            if str(row[0].value).startswith("base"):
                row[1].value = "gone"

    place = edited(labour, edit)
    assert [c.row for c in labour.merge(place).changes] == ["union"]  # the case is as it was
    later = changed(labour, ("name: Kestrel Terminals", "name: Kestrel Ports"))
    found = later.merge(place)
    assert [(c.address, c.before) for c in found.conflicts] == [
        *(("parties.union.name", "(not known)"), ("parties.company.name", "(not known)")),
    ]
    assert "has been lost" in found.notes[0]


def test_nothing_restricted_is_kept_beside_the_tables(labour: OpenCase) -> None:
    from accordant.exchange.tables.base import unpacked

    later = changed(labour, ("\n  l1:", "\n  l1:\n    handling: restricted"), file="claims.yaml")
    kept = unpacked(dict(case_tables(later.case).about()))
    assert kept is not None
    assert not any(row["id"] == "l1" for row in kept["claims"].rows)
    assert later.case.claims["l1"].quote not in str(kept)


def test_a_name_that_a_program_took_for_a_number_is_the_same_name(labour: OpenCase) -> None:
    later = changed(labour, ("\nevents:", '\nevents:\n  "007": {date: 2025-05-01, who: [union], what: call}'))

    def edit(book: Any) -> None:
        cell(book, "events", "007", "note").value = "seen"
        cell(book, "events", "007", "id").value = 7

    found = later.merge(edited(later, edit))
    assert [(c.kind, c.row, c.new) for c in found.changes] == [("changed", "007", "seen")]


# By definition, on random cases


def merging(then: CaseTables, file: CaseTables, now: Case, take: str = "") -> Merging:
    given = [
        Given(
            name,
            [c.name for c in page.columns],
            [Row(k, dict(row)) for k, row in enumerate(page.rows, 2)],
            at={c.name: k for k, c in enumerate(page.columns, 1)},
        )
        for name, page in file.pages.items()
    ]
    found = Tables(Path("t.xlsx"), given, dict(then.about()))
    choices = Choices.of([take] if take else [])
    return Merging(CaseFolder(Path("none"), now), found, choices)


@settings(max_examples=15, deadline=None, phases=QUICK)
@given(cases(), cases())
def test_a_file_that_nobody_edited_changes_nothing_however_the_case_has_changed(old: Case, new: Case) -> None:
    tables = case_tables(old)
    for file in (tables, case_tables(new)):  # nor does one that says what the case has come to say
        made = merging(tables, file, new)
        made.build()
        assert made._changes() == []
        assert made.conflicts == []


@settings(max_examples=12, deadline=None, phases=QUICK)
@given(cases(), cases(), cases())
def test_cells_are_merged_as_the_definition_says(old: Case, file: Case, now: Case) -> None:
    """Beside a twin that goes through every cell of every table whose rows have names."""
    made = merging(case_tables(old), case_tables(file), now, "file")
    made.build()
    for name, page in case_tables(now).pages.items():
        if isinstance(page.table, Keyed):
            expected = twin(*(by_id(case_tables(case), name) for case in (old, file, now)), page.columns[1:])
            rows = {row.cells["id"]: row.cells for row in made.given[name].rows}
            assert {
                id_: {c.name: c.tidy(cells.get(c.name, "")) for c in page.columns[1:]}
                for id_, cells in rows.items()
            } == expected


def by_id(tables: CaseTables, name: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in tables.pages[name].rows}


def twin(old: Any, file: Any, now: Any, columns: Any) -> dict[str, dict[str, str]]:
    from accordant.exchange.tables.quirks import as_it_was

    def same(column: Any, one: str, other: str) -> bool:
        return column.tidy(one) == column.tidy(other) or as_it_was(one, other)

    def alike(one: Any, other: Any) -> bool:
        return all(same(c, one[c.name], other[c.name]) for c in columns)

    made = {}
    for id_ in {**file, **now}:
        was, said, here = old.get(id_), file.get(id_), now.get(id_)
        if said is None:  # removed in the file, or new in the case
            kept = here if was is None else None
        elif here is None:
            kept = said if was is None or not alike(said, was) else None
        elif was is None:
            kept = here if alike(said, here) else said
        else:
            kept = {
                c.name: here[c.name]
                if same(c, said[c.name], was[c.name]) or same(c, said[c.name], here[c.name])
                else said[c.name]
                for c in columns
            }
        if kept is not None:
            made[id_] = {c.name: c.tidy(kept[c.name]) for c in columns}
    return made
