"""A walk through the body of a Word file, in the order in which a reader meets its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Element: TypeAlias = Any
"""An element of lxml, which ships no types."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
AUTHOR = f"{_W}author"

_INSIDE = {
    f"{_W}{n}" for n in ("hyperlink", "smartTag", "fldSimple", "customXml", "dir", "bdo", "sdtContent")
}
_INSERTED = {f"{_W}ins", f"{_W}moveTo"}
_DELETED = {f"{_W}del", f"{_W}moveFrom"}
_WRITTEN = {
    f"{_W}tab": "\t",
    f"{_W}ptab": "\t",
    f"{_W}br": "\n",
    f"{_W}cr": "\n",
    f"{_W}noBreakHyphen": "\u2011",
}
_OFF = ("0", "false", "off")
_CELL = 80  # characters: a row of cells no longer than this is one line


@dataclass(slots=True)
class Piece:
    """A paragraph as it is put together; places are in its own text.

    Attributes
    ----------
    inserted
        Stretches that somebody has inserted since.
    commented
        Whether there is a comment on it.
    """

    text: str = ""
    inserted: list[tuple[int, int]] = field(default_factory=list)
    commented: bool = False
    after: list[Piece] = field(default_factory=list)


def parsed(raw: bytes) -> Element:
    """The root of a part, read without entities and without a network."""
    from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

    return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


class Walk:
    """One document being walked through.

    Attributes
    ----------
    deleted, hidden, chunks
        How many deletions, hidden stretches and other documents were left out.
    """

    def __init__(self, footnotes: list[Element], endnotes: list[Element]) -> None:
        self.deleted = self.hidden = self.chunks = 0
        self._notes = {
            f"{_W}footnoteReference": _by_id(footnotes),
            f"{_W}endnoteReference": _by_id(endnotes),
        }

    def blocks(self, container: Element) -> list[Piece]:
        """The paragraphs of a body, a cell, a note or a text box."""
        return list(self._blocks(container))

    def _blocks(self, container: Element) -> Iterator[Piece]:
        for child in container:
            tag = child.tag
            if tag == f"{_W}p":
                piece = Piece()
                self._inline(child, piece, inserted=False)
                yield piece
                yield from piece.after
            elif tag == f"{_W}tbl":
                for row in child.iter(f"{_W}tr"):
                    if _nearest(row, f"{_W}tbl") is child:
                        yield from self._row(row)
            elif tag == f"{_W}altChunk":
                self.chunks += 1
            elif tag in _DELETED:
                self.deleted += 1
            elif tag == f"{_MC}AlternateContent":
                yield from self._blocks(_chosen(child))
            elif tag == f"{_W}sdt" or tag in _INSIDE or tag in _INSERTED:
                yield from self._blocks(child)

    def _row(self, row: Element) -> Iterator[Piece]:
        """A row of a table: one line where its cells are short, otherwise cell after cell."""
        cells = [self.blocks(cell) for cell in row.iter(f"{_W}tc") if _nearest(cell, f"{_W}tr") is row]
        filled = [[piece for piece in cell if piece.text.strip()] for cell in cells]
        if any(len(cell) > 1 or len(p.text) > _CELL or p.after for cell in filled for p in cell):
            yield from (piece for cell in filled for piece in cell)
            return
        line = Piece()
        for cell in filled:
            for piece in cell:
                shift = len(line.text) + (1 if line.text else 0)
                line.text += ("\t" if line.text else "") + piece.text.strip()
                line.inserted += [(a + shift, b + shift) for a, b in piece.inserted]
                line.commented |= piece.commented
        yield line

    def _inline(self, container: Element, piece: Piece, *, inserted: bool) -> None:
        for child in container:
            tag = child.tag
            if tag == f"{_W}r":
                start = len(piece.text)
                self._run(child, piece)
                if inserted and len(piece.text) > start:
                    piece.inserted.append((start, len(piece.text)))
            elif tag in _DELETED:
                self.deleted += 1
            elif tag in _INSERTED:
                self._inline(child, piece, inserted=True)
            elif tag == f"{_W}sdt" or tag in _INSIDE:
                self._inline(child, piece, inserted=inserted)
            elif tag == f"{_MC}AlternateContent":
                self._inline(_chosen(child), piece, inserted=inserted)
            elif isinstance(tag, str) and tag.startswith(_MATHS):
                piece.text += "".join(t.text or "" for t in child.iter(f"{_MATHS}t"))

    def _run(self, run: Element, piece: Piece) -> None:
        if _hidden(run):
            self.hidden += 1
            return
        for child in run:
            self._written(child, piece)

    def _written(self, child: Element, piece: Piece) -> None:
        tag = child.tag
        if tag == f"{_W}t":
            piece.text += child.text or ""
        elif tag in _WRITTEN:
            piece.text += _WRITTEN[tag]
        elif tag == f"{_W}sym":
            piece.text += _symbol(child.get(f"{_W}char"))
        elif tag in self._notes:
            note = self._notes[tag].get(child.get(f"{_W}id"))
            piece.after += self.blocks(note) if note is not None else []
        elif tag == f"{_W}commentReference":
            piece.commented = True
        elif tag == f"{_MC}AlternateContent":
            for inner in _chosen(child):
                self._written(inner, piece)
        elif tag in (f"{_W}drawing", f"{_W}pict", f"{_W}object"):
            for box in child.iter(f"{_W}txbxContent"):
                piece.after += self.blocks(box)


def _by_id(parts: list[Element]) -> dict[str, Element]:
    """Footnotes by their ids, without the lines that separate them from the text."""
    return {n.get(f"{_W}id"): n for part in parts for n in part if n.get(f"{_W}type") in (None, "normal")}


def _nearest(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)


def _chosen(alternatives: Element) -> Element:
    """The first of several forms of the same content."""
    choice = alternatives.find(f"{_MC}Choice")
    fallback = alternatives.find(f"{_MC}Fallback")
    found = choice if choice is not None else fallback
    return found if found is not None else ()


def _hidden(run: Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val", "true").lower() not in _OFF


def _symbol(code: str | None) -> str:
    """A sign from a font of signs; what means something in that font only is no text."""
    try:
        value = int(code or "", 16)
    except ValueError:
        return ""
    return chr(value) if 0x20 <= value < 0xD800 else "\ufffd"
