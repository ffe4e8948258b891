"""The content of a brief: frozen sections of typed blocks that every renderer reads.

Text is kept in small runs, so that a renderer always knows whose words it sets: :class:`Text` is
Accordant's own English, :class:`Said` comes from the case or from a report (any language, any
direction, possibly hostile), :class:`Ref` is a cross reference by id. Nothing in here knows about
HTML, Markdown or any other form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from accordant.brief.characters import isolated, runs_leftward

if TYPE_CHECKING:
    from collections.abc import Sequence

    from accordant.brief.house import House

Style = Literal["plain", "strong", "emphasis", "code", "muted"]
Mark = Literal["", "assumed", "unsure", "open", "yes", "no"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words of Accordant's own, in English."""

    text: str
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Said:
    """Words from the case or a report, set apart from the text around them.

    ``lang`` is a language tag where the case gives one, empty where the language is not known.
    """

    text: str
    lang: str = ""
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Ref:
    """A cross reference to the block, row or entry with an id."""

    target: str
    text: tuple[Text | Said, ...]


Rich: TypeAlias = tuple[Text | Said | Ref, ...]
"""Running text."""
Part: TypeAlias = str | Text | Said | Ref | Rich
"""What :func:`rich` takes."""


def rich(*parts: Part) -> Rich:
    """Running text from pieces; a bare string is Accordant's own words.

    Examples
    --------
    >>> rich("by ", Said("North"), "")
    (Text(text='by ', style='plain'), Said(text='North', lang='', style='plain'))
    """
    found: list[Text | Said | Ref] = []
    for part in parts:
        if isinstance(part, str):
            if part:
                found.append(Text(part))
        elif isinstance(part, tuple):
            found.extend(part)
        else:
            found.append(part)
    return tuple(found)


def muted(text: Rich) -> Rich:
    """The same text, set as secondary."""
    return tuple(p if isinstance(p, Ref) else replace(p, style="muted") for p in text)


def plain(text: Rich) -> str:
    """The bare words of running text.

    Examples
    --------
    >>> plain(rich("by ", Said("North")))
    'by North'
    """
    return "".join(plain(p.text) if isinstance(p, Ref) else p.text for p in text)


def said_leftward(text: Rich) -> bool:
    r"""Whether a paragraph runs from right to left: all of it is words from elsewhere, and they do.

    Examples
    --------
    >>> said_leftward((Said("\u05d0"),)), said_leftward((Text("Of "), Said("\u05d0")))
    (True, False)
    """
    return all(isinstance(part, Said) for part in text) and runs_leftward(plain(text))


def spoken(text: Rich) -> str:
    r"""The bare words for a place without markup, foreign ones set apart in direction.

    Examples
    --------
    >>> spoken(rich("by ", Said("North")))
    'by \u2068North\u2069'
    """
    return "".join(
        spoken(p.text) if isinstance(p, Ref) else isolated(p.text) if isinstance(p, Said) else p.text
        for p in text
    )


def joined(parts: Sequence[Rich], between: str = ", ", last: str | None = None) -> Rich:
    """Several pieces as one text; ``last`` goes before the last piece.

    Examples
    --------
    >>> plain(joined([rich("a"), rich("b"), rich("c")], last=" and "))
    'a, b and c'
    """
    found: list[Text | Said | Ref] = []
    for k, part in enumerate(parts):
        if k:
            found.append(Text(last if last is not None and k == len(parts) - 1 else between))
        found.extend(part)
    return tuple(found)


def ended(text: Rich) -> Rich:
    """The same text with a full stop, where it has no end of its own.

    Examples
    --------
    >>> plain(ended(rich("It holds"))), plain(ended(rich("Does it hold?")))
    ('It holds.', 'Does it hold?')
    """
    return text if plain(text).rstrip().endswith((".", "?", "!", "…")) else rich(text, ".")


@dataclass(frozen=True, slots=True)
class Basis:
    """One line of what a judgement rests on: a label and its text."""

    label: str
    text: Rich


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of the bottom line, with what it rests on and links down to the words."""

    id: str
    says: Rich
    rests: tuple[Basis, ...]
    links: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``note`` is set smaller."""

    id: str
    text: Rich
    style: Literal["plain", "lead", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short texts."""

    id: str
    items: tuple[Rich, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    text
        What is always shown.
    opens
        What the cell opens to, paragraph by paragraph.
    mark
        How the cell stands, shown by more than colour.
    """

    text: Rich
    opens: tuple[Rich, ...] = ()
    mark: Mark = ""

    @property
    def head(self) -> Rich:
        """The text up to its first line break."""
        for k, part in enumerate(self.text):
            if isinstance(part, Text) and "\n" in part.text:
                return rich(*self.text[:k], part.text.split("\n")[0])
        return self.text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; ``id`` is empty where nothing refers to it.

    A ``group`` row has one cell, a heading over the rows that follow.
    """

    id: str
    cells: tuple[Cell, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title that states what it shows.

    ``heads`` leading columns head their rows. ``fold`` tables may be closed on a screen; they are
    whole on paper, unless ``paper`` says there in a line where their rows can be read. ``opener``
    is the word that opens a cell whose own words are a link.
    """

    id: str
    title: Rich
    columns: tuple[Rich, ...]
    rows: tuple[Row, ...]
    heads: int = 1
    fold: bool = False
    key: Rich = ()
    wide: bool = False
    paper: Rich = ()
    opener: str = "more"

    @property
    def reasons(self) -> tuple[tuple[Rich, tuple[Rich, ...]], ...]:
        """What cells open to, for forms in which nothing opens: (rows and columns, texts).

        Cells that open to the same share one note, where the first of them stands.
        """
        places: dict[tuple[Rich, ...], list[Rich]] = {}
        for row in self.rows:
            for k, cell in enumerate(row.cells):
                if cell.opens:
                    places.setdefault(cell.opens, []).append(self._place(row, k))
        return tuple((joined(same, "; "), opens) for opens, same in places.items())

    def _place(self, row: Row, column: int) -> Rich:
        head = row.cells[0].head
        return head if column == 0 else rich(head, ", ", self.columns[column])


class Drawing(Protocol):
    """What a figure shows, ready to be drawn."""

    @property
    def least_width(self) -> int:
        """Width in pixels below which the figure should scroll, not shrink."""
        ...

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, complete with its data."""
        ...


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture whose title states the finding, with the table of the same data behind it."""

    id: str
    finding: Rich
    describes: str
    drawing: Drawing
    table: Table
    note: Rich = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One claim as a numbered source: its words, and everything known of where they come from."""

    id: str
    label: str
    says: Rich
    quote: Said | None
    withheld: str
    facts: tuple[Basis, ...]
    out: Rich = ()


@dataclass(frozen=True, slots=True)
class SourceList:
    """Numbered sources that go back to one origin."""

    id: str
    title: Rich
    note: Rich
    entries: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what it means."""

    id: str
    term: Rich
    says: Rich


@dataclass(frozen=True, slots=True)
class Definitions:
    """A definition list."""

    id: str
    entries: tuple[Definition, ...]


Block: TypeAlias = Judgement | Paragraph | Bullets | Table | Figure | SourceList | Definitions


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document; sections inside it are one level down.

    ``page`` says what it does on paper: ``new`` begins a page, ``wide`` begins one that lies across. What
    follows a wide section begins a page again.
    """

    id: str
    title: Rich
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    page: Literal["", "new", "wide"] = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """A whole document, ready to be rendered.

    Made by :func:`accordant.brief.build`; :meth:`html`, :meth:`markdown`, :meth:`docx`, :meth:`pdf` and
    :meth:`save` render it, and it shows itself in a notebook.

    Attributes
    ----------
    kind, label
        Its kind, as it is asked for, and what it is called at its head.
    handling
        The mark that stands on each page: the most confidential of what is shown; empty where all is
        public.
    language
        In which its own words are written.
    wide
        Whether all of it is set across the page.
    """

    title: Said
    question: Rich
    as_of: str
    notices: tuple[Rich, ...]
    sections: tuple[Section, ...]
    version: str
    digest: str
    kind: str = "brief"
    label: str = "Brief"
    handling: str = ""
    language: str = "en"
    wide: bool = False

    def html(self, house: House | None = None) -> str:
        """The document as one self-contained HTML page."""
        return self.form(".html", house).decode()

    def markdown(self) -> str:
        """The document as Markdown, figures as tables."""
        return self.form(".md").decode()

    def docx(self, house: House | None = None) -> bytes:
        """The document for Word and LibreOffice."""
        return self.form(".docx", house)

    def pdf(self, house: House | None = None) -> bytes:
        """The document as pages, tagged for screen readers."""
        return self.form(".pdf", house)

    def form(self, ending: str, house: House | None = None) -> bytes:
        """The document in the form of an ending, such as ``.docx``.

        Raises
        ------
        InputError
            For an ending that there is no form for, or that this kind of document does not have.
        """
        from accordant.brief.forms import form
        from accordant.brief.house import PLAIN

        return form(Path(f"{self.kind}{ending}")).render(self, PLAIN if house is None else house)

    def save(self, path: str | Path, house: House | None = None) -> Path:
        """Write the document; the file's extension chooses the form.

        Parameters
        ----------
        path
            A file whose ending is one of :data:`accordant.brief.forms.FORMS`. It is written whole or not
            at all.
        house
            The look of an organisation's own documents; by default Accordant's.

        Raises
        ------
        InputError
            For any other extension, or a folder that does not exist.
        FailedError
            If the file cannot be written.
        """
        from accordant.brief.house import PLAIN
        from accordant.brief.saving import save

        return save(self, Path(path), PLAIN if house is None else house)

    def _repr_html_(self) -> str:
        from accordant.brief.html import framed

        return framed(self)

    def blocks(self) -> Iterator[Block]:
        """Every block, in reading order."""
        for section in self.sections:
            yield from _blocks(section)

    def ids(self) -> tuple[str, ...]:
        """Every id, in reading order."""
        return tuple(id_ for found in _walk(self) if (id_ := getattr(found, "id", "")))

    def refs(self) -> tuple[Ref, ...]:
        """Every cross reference, in reading order."""
        return tuple(found for found in _walk(self) if isinstance(found, Ref))


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for inner in section.sections:
        yield from _blocks(inner)


def _walk(value: object) -> Iterator[object]:
    if isinstance(value, tuple):
        for item in value:
            yield from _walk(item)
    elif is_dataclass(value) and type(value).__module__ == __name__:
        yield value
        for field in fields(value):
            yield from _walk(getattr(value, field.name))
