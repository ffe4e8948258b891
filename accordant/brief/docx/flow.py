"""The body of a document as it grows: paragraphs and tables, page by page where a reader wants it."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.brief.document import Rich
from accordant.brief.docx.look import LOOKS, RULE
from accordant.brief.docx.names import Places
from accordant.brief.docx.numbering import Numbering
from accordant.brief.docx.running import Runs
from accordant.brief.docx.sheet import Sheet
from accordant.brief.docx.styles import Styles
from accordant.brief.docx.xml import Element, on, w, words


class Flow:
    """Takes what is to be set, in order, and turns the sheet where something is wide.

    Attributes
    ----------
    body
        The elements so far.
    base
        Whether the part of the document that is being set lies across.
    """

    def __init__(self, sheet: Sheet, styles: Styles, numbering: Numbering, places: Places) -> None:
        self.upright = sheet
        self.styles = styles
        self.numbering = numbering
        self.places = places
        self.runs = Runs(styles.ids, places)
        self.body: list[Element] = []
        self.base = False
        self.wide = False
        self.fresh = True
        self.turns: list[tuple[Element, bool]] = []
        """The empty end of each section but the last, and whether that section lies across."""
        self._counts = {"Table": 0, "Figure": 0}
        self._after_table = False

    @property
    def sheet(self) -> Sheet:
        """The sheet as it lies."""
        return self.upright.across if self.wide else self.upright

    # Pages

    def turn(self, wide: bool) -> None:
        """Go on with a sheet that lies across, or stands: a new page, where it does not yet."""
        if wide == self.wide:
            return
        if not self.fresh:
            self._end_section()
        self.wide, self.fresh = wide, True

    def _end_section(self) -> None:
        last = self.body[-1]
        if not last.tag.endswith("}p"):
            self.add("Accordant Break")
            last = self.body[-1]
        properties = last[0]
        end = w("sectPr")
        properties.append(end)
        self.turns.append((end, self.wide))

    # Paragraphs

    def add(
        self,
        style: str,
        *content: Element,
        id_: str = "",
        keep: bool = False,
        new_page: bool = False,
        number: int | None = None,
        leftward: bool = False,
        last: bool = False,
    ) -> None:
        """A paragraph; ``keep`` holds it on the page of what follows, ``last`` gives room below a group."""
        self.body.append(
            self.paragraph(
                style,
                content,
                id_=id_,
                keep=keep,
                new_page=new_page and not self.fresh,
                number=number,
                leftward=leftward,
                before=6 if self._after_table and style not in _ROOMY else None,
                after=6 if last else None,
            )
        )
        self.fresh = self._after_table = False

    def paragraph(
        self,
        style: str,
        content: Sequence[Element],
        *,
        id_: str = "",
        keep: bool = False,
        new_page: bool = False,
        number: int | None = None,
        leftward: bool = False,
        before: float | None = None,
        after: float | None = None,
    ) -> Element:
        """A paragraph that stands nowhere yet: for a cell."""
        listed = w("numPr", w("ilvl", val=0), w("numId", val=number)) if number is not None else None
        properties = w(
            "pPr",
            w("pStyle", val=self.styles.ids[style]),
            on("keepNext", keep),
            on("pageBreakBefore", new_page),
            listed,
            _ruled_right() if leftward and style == "Quote" else None,
            on("bidi", leftward),
            _room(before, after),
        )
        return w("p", properties, *self.place(id_), *content)

    def place(self, id_: str) -> list[Element]:
        """The bookmark of an id, where something may lead to it."""
        number = self.places.number(id_) if id_ else None
        if number is None:
            return []
        return [
            w("bookmarkStart", id=number, name=self.places.name(id_)),
            w("bookmarkEnd", id=number),
        ]

    def table(self, made: Element) -> None:
        """A table."""
        self.body.append(made)
        self.fresh, self._after_table = False, True

    # Numbers

    def caption(self, kind: str, text: Rich, id_: str) -> int:
        """The line over a table or a picture, with its number as a field that Word can count again."""
        self._counts[kind] += 1
        number = self._counts[kind]
        counted = field(f"SEQ {kind} \\* ARABIC", str(number))
        self.add(
            "caption",
            self.runs.bare(f"{kind} ", "Accordant Label"),
            *(self._quiet(run) for run in counted),
            self.runs.bare(".\u2002", "Accordant Label"),
            *self.runs(text),
            id_=id_,
            keep=True,
        )
        return number

    def _quiet(self, run: Element) -> Element:
        run.insert(0, w("rPr", w("rStyle", val=self.styles.ids["Accordant Label"])))
        return run


_ROOMY = {found.name for found in LOOKS if found.before} | {"Accordant Break"}
"""Styles with room of their own above them."""


def _room(before: float | None, after: float | None) -> Element | None:
    told = {"before": before, "after": after}
    twips = {name: round(points * 20) for name, points in told.items() if points is not None}
    return w("spacing", **twips) if twips else None


def _ruled_right() -> Element:
    """The line beside a quotation that is read from the right."""
    line: dict[str, str | int] = {"val": "single", "sz": 12, "space": 7, "color": RULE}
    return w("pBdr", w("left", val="nil"), w("right", **line))


def field(code: str, value: str) -> list[Element]:
    """A field with the value that it has already."""
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", words(f" {code} ", "instrText")),
        w("r", w("fldChar", fldCharType="separate")),
        w("r", words(value)),
        w("r", w("fldChar", fldCharType="end")),
    ]


def gap() -> Element:
    """A tab, from a label to its text."""
    return w("r", w("tab"))
