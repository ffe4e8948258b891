from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from accordant.brief.document import Paragraph, Ref, Section, Table, rich
from accordant.brief.pdf.flow import Flow
from accordant.brief.pdf.room import Room
from accordant.brief.pdf.running import Runs
from tests.brief.pdf.hard import Dots, brief, figure, table


def groups(*sections: Section, wide: bool = False) -> list[dict[str, Any]]:
    return Flow(Runs(set(brief(*sections).ids())), Room(wide=wide), "FiraGO").groups(sections)


def kinds(group: dict[str, Any]) -> list[str]:
    return [item["kind"] for item in group["items"]]


LEAD = Paragraph("lead", rich("Leads over."))


def test_a_turned_page_takes_along_the_heading_and_the_lead_of_its_figure() -> None:
    broad = figure("f", Dots(1000, 500, 10), rows=30)
    found = groups(
        Section("a", rich("A"), (table("t", 2, 2),), (Section("b", rich("B"), (LEAD, broad)),)),
        Section("c", rich("C")),
    )
    assert [group["lie"] for group in found] == ["", "turned", ""]
    assert kinds(found[0]) == ["heading", "table"]
    assert kinds(found[1]) == ["heading", "paragraph", "figure"]
    assert found[1]["items"][0]["text"] == [["own", "B", "plain", None]]
    assert kinds(found[2]) == ["table", "heading"]


def test_a_short_table_stays_on_the_turned_page_of_its_figure() -> None:
    found = groups(Section("a", rich("A"), (figure("f", Dots(1000, 100, 10)),)))
    assert [(group["lie"], kinds(group)) for group in found] == [("turned", ["heading", "figure", "table"])]


def test_the_line_for_a_table_left_out_stays_with_its_picture_and_takes_its_links() -> None:
    broad = figure("f", Dots(1000, 300, 10))
    left = replace(broad.table, fold=True, paper=rich("See the screen."))
    found = groups(Section("a", rich("A"), (replace(broad, table=left),)))
    assert kinds(found[-1]) == ["heading", "figure", "left-out"]
    assert found[-1]["items"][-1]["ids"] == ["f-table", "f-table-0", "f-table-1"]


def test_a_section_begins_a_page_where_it_asks_for_one_but_not_below_the_title() -> None:
    found = groups(*(Section(name, rich(name), (LEAD,), page="new") for name in ("a", "b")))
    assert [group["fresh"] for group in found] == [False, True]


def test_a_wide_section_is_turned_as_a_whole_with_what_is_inside() -> None:
    inner = Section("b", rich("B"), (table("t", 2, 2),))
    found = groups(Section("a", rich("A"), (LEAD,), (inner,), page="wide"), Section("c", rich("C")))
    assert [(group["lie"], kinds(group)) for group in found] == [
        ("turned", ["heading", "paragraph", "heading", "table"]),
        ("", ["heading"]),
    ]


def test_in_a_wide_document_wide_sections_lie_as_all_do() -> None:
    found = groups(Section("a", rich("A"), (LEAD,), page="wide"), Section("c", rich("C")), wide=True)
    assert [group["lie"] for group in found] == [""]


def test_every_target_is_on_the_pages_once() -> None:
    document = brief()
    made = Flow(Runs(set(document.ids())), Room(), "FiraGO").groups(document.sections)

    def ids(found: Any) -> list[str]:
        if isinstance(found, list):
            return [id_ for item in found for id_ in ids(item)]
        if not isinstance(found, dict):
            return []
        own = [*found.get("ids", []), *([found["id"]] if "id" in found else [])]
        return [*own, *(id_ for key, item in found.items() if key != "ids" for id_ in ids(item))]

    placed = ids(made)
    assert sorted(placed) == sorted(set(document.ids()))


def test_a_short_lead_is_kept_with_a_table_and_a_long_one_is_not() -> None:
    long = Paragraph("long", rich("many words " * 400))
    for lead, kept in ((LEAD, True), (long, False)):
        items = groups(Section("a", rich("A"), (lead, table("t", 2, 2))))[0]["items"]
        assert items[1]["keep"] is kept


def test_heads_of_tables_have_no_links_and_groups_with_links_are_not_repeated() -> None:
    found = next(item for item in groups(*brief().sections)[0]["items"] if item["kind"] == "table")
    assert all(run[0] != "to" for head in found["head"] for run in head)
    assert found["rows"][0]["group"]
    assert not found["rows"][0]["again"]


def test_rows_that_are_too_short_are_filled_up() -> None:
    full = table("t", 3, 1)
    short = replace(full, rows=(replace(full.rows[0], cells=full.rows[0].cells[:1]),))
    row = groups(Section("a", rich("A"), (short,)))[0]["items"][1]["rows"][0]
    assert len(row["cells"]) == 3


def test_all_of_it_is_plain_data() -> None:
    empty = Table("e", rich("E"), (rich(Ref("nowhere", rich("x"))),), ())
    assert json.loads(json.dumps(groups(Section("a", rich("A"), (empty,)))))
