"""A document with every kind of block by hand, and ways to look into a Word file."""

from __future__ import annotations

import zipfile
from functools import lru_cache
from io import BytesIO
from typing import Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

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
    Rich,
    Row,
    Said,
    Section,
    Source,
    SourceList,
    Table,
    Text,
    rich,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ARABIC, HEBREW = "الجبهة الجنوبية", "החזית הדרומית"


def ref(target: str, words: str) -> Ref:
    return Ref(target, (Text(words),))


class Dots:
    """A drawing of some dots, so wide."""

    def __init__(self, width: int) -> None:
        self.least_width = self.width = width

    def spec(self) -> dict[str, Any]:
        return {
            "data": {"values": [{"x": k, "y": f"row {k}"} for k in range(4)]},
            "mark": "point",
            "width": self.width,
            "encoding": {"x": {"field": "x", "type": "quantitative"}, "y": {"field": "y", "type": "nominal"}},
        }


def table(id_: str, rows: int = 3, columns: int = 3, words: str = "a few words", **more: Any) -> Table:
    body = tuple(
        Row(f"{id_}-{k}", tuple(Cell(rich(f"{words} {k} {c}")) for c in range(columns))) for k in range(rows)
    )
    return Table(id_, rich(f"Title of {id_}"), tuple(rich(f"Head {c}") for c in range(columns)), body, **more)


def figure(id_: str, width: int, paper: Rich = ()) -> Figure:
    behind = table(f"{id_}-table", paper=paper)
    return Figure(
        id_, rich(f"What {id_} finds"), f"How {id_} is drawn.", Dots(width), behind, rich("A note.")
    )


def marked() -> Table:
    cells = [Cell(rich(mark), mark=mark) for mark in ("yes", "no", "open", "assumed", "unsure")]
    opens = Cell(rich("why"), opens=(rich("Because of ", ref("claim-1", "[1]"), "."),))
    group = Row("marks-group", (Cell(rich("Over the rows")),), group=True)
    row = Row("marks-row", (opens, *cells))
    heads = tuple(map(rich, ("What", "1", "2", "3", "4", "5")))
    return Table("marks", rich("Every mark"), heads, (group, row), key=rich("What the marks mean."))


def judgement() -> Judgement:
    rests = (Basis("Because", rich("of ", ref("claim-1", "[1]"))), Basis("Settings", rich("all")))
    return Judgement("j1", rich("It holds."), rests, (ref("claim-1", "[1]"), ref("claim-2", "[2]")))


def sources() -> SourceList:
    facts = (
        Basis("Where", rich("page 3")),
        Basis("Grade", rich("F3: ", Text("cannot be judged", "emphasis"))),
    )
    return SourceList(
        "origin-1",
        rich("Two people"),
        rich("Not named."),
        (
            Source("claim-1", "1", rich("They would leave"), Said("لن يغادر القادة", "ar"), "", facts),
            Source("claim-2", "2", rich("They may"), None, "it is restricted", facts, rich("taken back")),
        ),
    )


@lru_cache
def brief() -> Brief:
    """Every block, a part across the page and one after it."""
    text = rich(
        "By ", Said(ARABIC), ", ", Said(HEBREW), ", 12 claims; see ", ref("marks-row", "the row"), "."
    )
    first = (
        judgement(),
        Judgement("j2", rich("It does not."), (), ()),
        Paragraph("p-lead", rich("In short."), "lead"),
        Paragraph("p-text", text),
        Paragraph("p-note", rich(Text("small", "code"), " ", Text("print", "muted")), "note"),
        Bullets("b1", (rich("one"), rich("two")), ordered=True),
        Bullets("b2", (rich("again one"),), ordered=True),
        Bullets("b3", (rich("a dash"),)),
        Definitions("d1", (Definition("d1-a", rich("Short"), rich("Its meaning")),)),
        Definitions(
            "d2", (Definition("", rich("A term that is a sentence of its own"), rich("What it is")),)
        ),
        Paragraph("p-leads", rich("The table shows it.")),
        marked(),
    )
    pictures = (figure("narrow", 300), figure("behind", 300, rich("It is on the screen.")))
    return Brief(
        Said("حديث ABC", "ar"),
        rich(Said("Would it hold?")),
        "2024-01",
        (rich("One restricted claim is withheld"),),
        (
            Section("s1", rich("First part"), first, (Section("s1-1", rich("Inside"), (sources(),)),)),
            Section("s2", rich("Pictures"), pictures, page="new"),
            Section("s3", rich("Across"), (table("broad", 4, 9),), page="wide"),
            Section("s4", rich("Upright again"), (table("long", 70, words="some words in a row"),)),
        ),
        "0.1.0",
        "0123456789abcdef" * 4,
        "assessment",
        "Assessment brief",
        "team",
    )


def only(*blocks: Any, **more: Any) -> Brief:
    """A document of some blocks."""
    return Brief(Said("t"), (), "", (), (Section("s", rich("Part"), tuple(blocks)),), "0", "0" * 64, **more)


def part(content: bytes, name: str = "word/document.xml") -> Any:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


def names(content: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.namelist()


def styled(content: bytes, style: str) -> list[Any]:
    """The paragraphs of a style, by its name."""
    styles = part(content, "word/styles.xml")
    ids = {s.find(f"{W}name").get(f"{W}val"): s.get(f"{W}styleId") for s in styles.iter(f"{W}style")}
    found = part(content).iter(f"{W}p")
    return [p for p in found if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == ids[style]]


def says(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))
