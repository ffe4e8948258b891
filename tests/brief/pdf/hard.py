"""A document with everything that is hard to set: hostile words, three scripts, long words, broad tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accordant.brief.document import (
    Basis,
    Brief,
    Bullets,
    Cell,
    Definition,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Ref,
    Row,
    Said,
    Section,
    Source,
    SourceList,
    Table,
    rich,
)

HOSTILE = (
    '#import "@preview/x:1.0.0": *',
    "*bold* _em_ $x^2$ `code` <l> @ref",
    '\\ #{panic("x")} "] #(1/0)',
    "= Heading",
    '"],"kind":"heading"}',
    "</svg><script>",
    '#read("/etc/passwd")',
    "//comment /* x */ ~ -- ---",
)
ARABIC = "الجبهة الجنوبية لن يغادر القادة"
HEBREW = "ממשלת ישראל"
LONG = "x" * 200
ADDRESS = "https://example.org/" + "part/" * 40


@dataclass(frozen=True)
class Dots:
    """A drawing of a given size, with words in a given type."""

    width: int = 300
    height: int = 100
    size: float = 11

    @property
    def least_width(self) -> int:
        return self.width

    def spec(self) -> dict[str, Any]:
        text = {"type": "text", "fontSize": self.size}
        place = {"x": {"value": self.width / 2}, "y": {"value": self.height / 2}}
        marks = [{"mark": "rect"}, {"mark": text, "encoding": {**place, "text": {"value": "inside"}}}]
        data = {"values": [{"a": 1}]}
        return {"width": self.width, "height": self.height, "data": data, "layer": marks, "padding": 0}


def table(id_: str, columns: int, rows: int, words: str = "word", mark: Any = "", opens: int = 0) -> Table:
    """A table of the same words."""
    why = (rich("because " * opens),) if opens else ()
    cells = tuple(Cell(rich(Said(f"{words} {k}")), why, mark) for k in range(columns))
    heads = tuple(rich(f"Column {k}") for k in range(columns))
    found = tuple(Row(f"{id_}-{k}", cells) for k in range(rows))
    return Table(id_, rich(f"Title of {id_}"), heads, found, key=rich(f"Key of {id_}"))


def figure(id_: str, drawing: Dots | None = None, rows: int = 2) -> Figure:
    """A figure with its table."""
    behind = table(f"{id_}-table", 2, rows)
    return Figure(id_, rich(f"Finding of {id_}"), "Drawn as a dot.", drawing or Dots(), behind, rich("Note."))


def brief(*sections: Section, **changes: Any) -> Brief:
    """A document of some sections, by default of all that is hard."""
    given = {"as_of": "2024-01-30", "handling": "restricted", "label": "Assessment brief", **changes}
    title = given.pop("title", Said("Departure"))
    return Brief(
        title=title,
        question=rich("Would it ", Said("hold"), "?"),
        notices=(rich("Two restricted claims withheld"),),
        sections=sections or _sections(),
        version="0.1",
        digest="0123456789abcdef" * 4,
        **given,
    )


def _sections() -> tuple[Section, ...]:
    hostile = tuple(Paragraph(f"p{k}", rich(Said(words), " ends")) for k, words in enumerate(HOSTILE))
    scripts = (
        Paragraph("mixed", rich("by ", Said(ARABIC, "ar"), ", and ", Said(HEBREW, "he-IL"), ".")),
        Paragraph("from-the-right", rich(Said(f"{ARABIC} " * 12, "ar"))),
        Paragraph("long", rich(Said(LONG), " and ", Said(ADDRESS))),
    )
    judged = Judgement(
        "j1",
        rich("It holds, says ", Said(HOSTILE[2])),
        (Basis("Because", rich("of ", Ref("c1", rich("[1]")), " and ", Ref("nowhere", rich("nothing")))),),
        (Ref("c2", rich("[2]")),),
    )
    group = Row("g", (Cell(rich("A group, see ", Ref("c1", rich("[1]")))),), group=True)
    marked = table("marked", 4, 3, mark="assumed")
    marked = Table(
        "marked",
        rich(Said(HOSTILE[0])),
        (*(rich(Said(h)) for h in HOSTILE[:3]), rich(Ref("c1", rich("linked")))),
        (group, *marked.rows, *table("yes", 4, 60, mark="yes").rows),
    )
    sources = SourceList(
        "origin",
        rich("From ", Said(ARABIC, "ar")),
        rich("Two people."),
        (
            Source("c1", "1", rich("Says"), Said(ARABIC, "ar"), "", (Basis("Where", rich("page 1")),)),
            Source("c2", "2", rich("Says no more"), None, "restricted", (), rich("contradicted")),
            Source("c3", "3", rich("Says much"), Said("many words " * 600), "", ()),
        ),
    )
    terms = Definitions("terms", (Definition("t1", rich(Said(LONG[:40])), rich("means this")),))
    return (
        Section("bottom-line", rich("Bottom line"), (judged,)),
        Section(
            "hostile",
            rich("Hostile ", Said(HOSTILE[3])),
            (*hostile, *scripts),
            (
                Section(
                    "inner", rich("Inner"), (Bullets("b", (rich("one"), rich("two")), True), terms, marked)
                ),
            ),
        ),
        Section("wide", rich("Lies across"), (table("many", 16, 4, "Considerable"),), page="wide"),
        Section(
            "tables", rich("Tables"), (table("high", 2, 2, "word " * 1300), table("none", 2, 0)), page="new"
        ),
        Section("figures", rich("Figures"), (figure("dot"), figure("broad", Dots(1000, 300, 10)))),
        Section("sources", rich("Sources"), (table("opens", 2, 2, opens=600), sources)),
    )
