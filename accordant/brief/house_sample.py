"""A document with one of everything, for somebody who sets up the look of an organisation's own."""

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
    Text,
    rich,
)
from accordant.brief.figures import look
from accordant.version import __version__

_ARABIC = "لا اتفاق قبل فتح الممر"
_HEBREW = "אין הסכם לפני פתיחת המעבר"


@dataclass(frozen=True, slots=True)
class _Bars:
    """Three bars: a figure stands for all the others."""

    @property
    def least_width(self) -> int:
        return 320

    def spec(self) -> dict[str, Any]:
        canvas = look.Canvas()
        bars = canvas.chart([{"what": w, "n": n} for w, n in _COUNTS])
        what = canvas.alt.Y("what:N", title=None, sort=None)
        count = canvas.alt.X("n:Q", title="claims", axis=canvas.alt.Axis(tickMinStep=1))
        return canvas.spec([bars.mark_bar(color=look.hue(0)).encode(x=count, y=what)], 420, 110)


_COUNTS = (("Northern Council", 7), ("Southern Front", 5), ("Envoys", 2))


def sample(mark: str = "team") -> Brief:
    """The document.

    Parameters
    ----------
    mark
        Its handling mark; empty for none.

    Examples
    --------
    >>> [section.page for section in sample().sections]
    ['', 'wide', 'new']
    """
    return Brief(
        title=Said("A sample of everything that a document can hold"),
        question=rich("How do our headings, tables, quotations and sources look?"),
        as_of="2024-01-30",
        notices=(rich(f"Handling: {mark}"),) if mark else (),
        sections=(_first(), _across(), _second()),
        version=__version__,
        digest="0" * 64,
        kind="sample",
        label="Sample",
        handling=mark,
    )


def _ref(number: int) -> Ref:
    return Ref(f"claim-{number}", (Text(f"[{number}]"),))


def _first() -> Section:
    says = rich("Under these assumptions, ", Said("Southern Front"), " would accept the first package.")
    basis = (
        Basis("Because", rich("it prefers ", Said("a lasting truce"), " to what happens without a deal")),
        Basis("Falls without", rich(_ref(1), " and ", _ref(2))),
    )
    blocks = (
        Judgement("judgement-1", says, basis, (_ref(1), _ref(2))),
        Judgement("judgement-2", rich("Whether an agreement exists is open."), basis[:1], (_ref(3),)),
        Paragraph("lead", rich("A leading paragraph says what follows in a sentence."), "lead"),
        Paragraph(
            "plain",
            rich(
                "Running text has ",
                Text("strong words", "strong"),
                ", ",
                Text("emphasis", "emphasis"),
                ", ",
                Text("code", "code"),
                " and ",
                Text("what matters less", "muted"),
                ". It leads to ",
                _ref(1),
                ".",
            ),
        ),
        Bullets("bullets", (rich("A point of a list."), rich("Another, on ", Said(_HEBREW, "he"), "."))),
        Bullets("steps", (rich("The first of several steps."), rich("The second.")), ordered=True),
        Paragraph("note", rich("A note is set smaller."), "note"),
    )
    return Section("bottom-line", rich("Bottom line"), blocks)


def _second() -> Section:
    figure = Figure(
        "figure",
        rich("Most claims come from the side of the council"),
        "A bar for each side, as long as the number of its claims.",
        _Bars(),
        _table("figure-table", "Claims by side", [(name, str(n)) for name, n in _COUNTS], ("Side", "Claims")),
        rich("The note of a figure."),
    )
    entries = (
        _source(1, "The council offers to open the crossing.", Said("the crossing could open within a week")),
        _source(2, "The front wants the crossing first.", Said(_ARABIC, "ar")),
        _source(3, "A deal is near.", None),
    )
    people = rich(Text("Two people familiar with the talks", "strong"))
    inner = Section(
        "sources",
        rich("Sources"),
        (SourceList("origin-1", people, rich("not named, described"), entries),),
    )
    terms = Definition("term-1", rich("no deal"), rich("what happens if the talks fail"))
    words = Section("words", rich("Words"), (Definitions("terms", (terms,)),))
    return Section("evidence", rich("Figures and sources"), (figure,), (inner, words), page="new")


def _across() -> Section:
    rows = (
        Row("", (Cell(rich("On the table")),), group=True),
        Row(
            "row-1",
            (
                Cell(rich(Said("Crossing"))),
                Cell(rich("open"), mark="yes"),
                Cell(rich("closed"), mark="no"),
                Cell(rich("not known"), mark="open"),
            ),
        ),
        Row(
            "row-2",
            (
                Cell(rich(Said("Truce"))),
                Cell(rich("lasting ", _ref(1))),
                Cell(rich("nothing said"), mark="assumed"),
                Cell(rich("perhaps a pause"), mark="unsure"),
            ),
        ),
    )
    columns = tuple(rich(w) for w in ("Issue", "Northern Council", "Southern Front", "Envoys"))
    table = Table(
        "matrix",
        rich("Positions, issue by issue"),
        columns,
        rows,
        wide=True,
        key=rich("Hatched: assumed, no claim says so."),
    )
    return Section("matrix-section", rich("A page that lies across"), (table,), page="wide")


def _table(id_: str, title: str, rows: list[tuple[str, str]], columns: tuple[str, str]) -> Table:
    made = tuple(Row("", tuple(Cell(rich(word)) for word in row)) for row in rows)
    return Table(id_, rich(title), tuple(rich(c) for c in columns), made)


def _source(number: int, says: str, quote: Said | None) -> Source:
    facts = (Basis("Published", rich("2024-01-30")), Basis("Grade", rich("B2")))
    withheld = "" if quote else "restricted"
    return Source(f"claim-{number}", str(number), rich(says), quote, withheld, facts)
