"""A document as what stands on its pages, one thing after another: data for the typesetter.

Nothing in here is markup. The typesetter reads it as JSON and puts every word on the page as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from accordant.brief.characters import runs_leftward
from accordant.brief.document import (
    Basis,
    Block,
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
    Section,
    Source,
    SourceList,
    Table,
    Text,
    ended,
    joined,
    plain,
    rich,
    said_leftward,
)
from accordant.brief.pdf.grids import Grid, grid, height
from accordant.brief.pdf.pictures import described, picture
from accordant.brief.pdf.room import HEADING, OPENING, Lie, Room
from accordant.brief.pdf.running import Runs

Item = dict[str, Any]
"""One thing on a page: its ``kind`` says which part of the template sets it."""
_SHORT = 260.0
"""Points below which something is kept on one page."""
_LONG_TERM = 40
_CAPTIONS = 80.0
"""Height of what stands over and under a figure."""


class Flow:
    """Puts sections and blocks on pages.

    Parameters
    ----------
    runs
        Makes data of running text.
    room
        What fits on a page.
    family
        The font of words in figures.
    """

    def __init__(self, runs: Runs, room: Room, family: str) -> None:
        self._runs = runs
        self._room = room
        self._family = family
        self._anchored: set[str] = set()
        self._above = OPENING
        self._makers: dict[type[Block], Callable[[Any, bool], Iterator[tuple[Lie, Item]]]] = {
            Paragraph: self._paragraph,
            Bullets: self._bullets,
            Table: self._table,
            Figure: self._figure,
            SourceList: self._sources,
            Definitions: self._definitions,
        }

    def groups(self, sections: Sequence[Section]) -> list[Item]:
        """The pages: runs of things that share one way for the page to lie."""
        found: list[Item] = []
        for section in sections:
            for fresh, lie, item in self._section(section, 1, False):
                _put(found, fresh, lie, item)
        if found:
            found[0]["fresh"] = False  # below the title
        _stand(found)
        return found

    def _section(self, section: Section, level: int, turned: bool) -> Iterator[tuple[bool, Lie, Item]]:
        turned = turned or (section.page == "wide" and not self._room.wide)
        about: Lie = "turned" if turned else ""
        heading = {"kind": "heading", "level": min(level, 5), "text": self._runs(section.title)}
        fresh = section.page != ""
        self._above = HEADING if fresh and self._anchored else self._above + HEADING
        yield fresh, about, {**heading, "id": self._anchor(section.id)[0]}
        number = 0
        for block in section.blocks:
            number = number + 1 if isinstance(block, Judgement) else 0
            for lie, item in self._block(block, number, turned):
                # What leads over to a figure has to stand on its page.
                self._above = self._above + item["height"] if item.get("short") else 0.0
                yield False, about or lie, item
        for inner in section.sections:
            yield from self._section(inner, level + 1, turned)

    def _block(self, block: Block, number: int, turned: bool) -> Iterator[tuple[Lie, Item]]:
        if isinstance(block, Judgement):
            yield "", self._judgement(block, number)
        else:
            yield from self._makers[type(block)](block, turned)

    def _anchor(self, *ids: str) -> list[str]:
        """The ids that links may lead to; each stands in a document once."""
        fresh = [id_ for id_ in dict.fromkeys(ids) if id_ and id_ not in self._anchored]
        self._anchored.update(fresh)
        return fresh

    def _rows(self, rows: Sequence[Basis]) -> list[Any]:
        return [[self._runs.own(row.label), self._runs(row.text)] for row in rows]

    def _judgement(self, block: Judgement, number: int) -> Item:
        rows = block.rests
        if block.links:
            between = [rich(link) for link in block.links]
            rows = (*rows, Basis("Down to the words", joined(between, " ")))
        high = 20.0 + sum(height(row.text, 370.0, 8.1) + 4.6 for row in rows)
        return {
            "kind": "judgement",
            "ids": self._anchor(block.id),
            "number": number,
            "says": self._runs(block.says, bold=True),
            "rows": self._rows(rows),
            "whole": high < 2 * _SHORT,
        }

    def _paragraph(self, block: Paragraph, turned: bool) -> Iterator[tuple[Lie, Item]]:
        text = self._runs(block.text)
        made = {"ids": self._anchor(block.id), "text": text, "style": block.style, "keep": False}
        made["rtl"] = said_leftward(block.text)
        high = height(block.text, 490.0, 9.2) + 9.0
        yield "", {"kind": "paragraph", **made, "short": high < _SHORT / 2, "height": high}

    def _bullets(self, block: Bullets, turned: bool) -> Iterator[tuple[Lie, Item]]:
        items = [self._runs(item) for item in block.items]
        ids = self._anchor(block.id)
        yield "", {"kind": "bullets", "ids": ids, "items": items, "ordered": block.ordered}

    def _table(self, block: Table, turned: bool) -> Iterator[tuple[Lie, Item]]:
        if block.fold and block.paper:
            ids = self._anchor(block.id, *(row.id for row in block.rows))
            yield "", {"kind": "left-out", "ids": ids, "text": self._runs(block.paper)}
            return
        fit = grid(block, self._room, turned)
        rows = zip(block.rows, fit.whole, strict=True)
        yield (
            fit.lie,
            {
                "kind": "table",
                "ids": self._anchor(block.id),
                "title": self._runs(block.title, bold=True),
                "widths": fit.widths,
                "size": fit.size,
                "hyphenate": fit.tight,
                "whole": fit.height < _SHORT * 0.7,
                "heads": block.heads,
                "head": [self._runs.bare(c, fit.longest[k], bold=True) for k, c in enumerate(block.columns)],
                "rows": [self._row(row, fit, whole, block.heads) for row, whole in rows],
                "key": self._runs(block.key),
                "notes": [self._note(place, texts) for place, texts in block.reasons],
            },
        )

    def _row(self, row: Row, fit: Grid, whole: bool, heads: int) -> Item:
        most = (36.0,) if row.group else fit.longest
        cells = [
            {
                "text": self._runs(cell.text, most[k], bold=row.group or k < heads),
                "mark": cell.mark,
                "ids": [],
            }
            for k, cell in enumerate(_filled(row, len(fit.widths)))
        ]
        cells[0]["ids"] = self._anchor(row.id)
        linked = any(isinstance(part, Ref) for part in row.cells[0].text)
        return {"group": row.group, "cells": cells, "whole": whole, "again": row.group and not linked}

    def _note(self, place: Rich, texts: Sequence[Rich]) -> Item:
        high = sum(height(text, 360.0, 7.8) for text in texts)
        told = [self._runs(text) for text in texts]
        return {"place": self._runs(ended(place), 15.0, bold=True), "texts": told, "breaks": high > _SHORT}

    def _figure(self, block: Figure, turned: bool) -> Iterator[tuple[Lie, Item]]:
        drawn = picture(block, self._room, self._family, self._above, turned)
        left = self._room.size(drawn.lie)[1] - self._above - _CAPTIONS - drawn.height
        along = turned or (drawn.lie == "turned" and grid(block.table, self._room, True).height < left)
        yield (
            drawn.lie,
            {
                "kind": "figure",
                "ids": self._anchor(block.id),
                "finding": self._runs(block.finding, bold=True),
                "alt": self._runs.words(described(block)),
                "svg": drawn.svg,
                "width": drawn.width,
                "note": self._runs(block.note),
                "keep": False,
            },
        )
        for lie, item in self._table(block.table, along):
            # The line that stands for a table stays with its picture.
            yield drawn.lie if item["kind"] == "left-out" else lie, item

    def _sources(self, block: SourceList, turned: bool) -> Iterator[tuple[Lie, Item]]:
        made = {"ids": self._anchor(block.id), "title": self._runs(block.title, bold=True)}
        yield "", {"kind": "origin", **made, "note": self._runs(block.note)}
        for entry in block.entries:
            yield "", self._source(entry)

    def _source(self, entry: Source) -> Item:
        facts = joined([rich(f"{fact.label}: ", fact.text) for fact in entry.facts], " · ")
        quote = None
        high = 30.0 + height(facts, 460.0, 8.1) + height(entry.says, 460.0, 9.2)
        if entry.quote is not None:
            quote = {"text": self._runs((entry.quote,)), "rtl": runs_leftward(entry.quote.text)}
            high += height((entry.quote,), 440.0, 9.2)
        return {
            "kind": "source",
            "ids": self._anchor(entry.id),
            "label": self._runs.own(f"[{entry.label}]"),
            "says": self._runs(entry.says),
            "out": self._runs(rich("Out: ", entry.out, ".")) if entry.out else [],
            "quote": quote,
            "withheld": self._runs.own(f"Words withheld: {entry.withheld}."),
            "facts": self._runs(facts),
            "whole": high < _SHORT,
        }

    def _definitions(self, block: Definitions, turned: bool) -> Iterator[tuple[Lie, Item]]:
        wide = any(len(plain(entry.term)) > _LONG_TERM for entry in block.entries)
        ids = self._anchor(block.id)
        entries = [self._definition(entry, wide) for entry in block.entries]
        short = sum(height(entry.says, 370.0, 9.2) + 7.4 for entry in block.entries) < _SHORT * 0.7
        yield "", {"kind": "terms", "ids": ids, "wide": wide, "entries": entries, "whole": short}

    def _definition(self, entry: Definition, wide: bool) -> Item:
        return {
            "ids": self._anchor(entry.id),
            "term": self._runs(entry.term, WIDE if wide else NARROW, bold=True),
            "says": self._runs(entry.says),
            "whole": height(entry.says, 370.0, 9.2) < _SHORT,
        }


WIDE, NARROW = 36.0, 11.0
"""The widest word of a term that stands over its text, and of one that stands beside it."""


def _filled(row: Row, columns: int) -> list[Cell]:
    """The cells of a row, empty ones where it has too few: a table that is one cell short slips."""
    if row.group:
        return [row.cells[0]]
    empty = Cell((Text(""),))
    return [*row.cells[:columns], *[empty] * (columns - len(row.cells))]


def _put(groups: list[Item], fresh: bool, lie: Lie, item: Item) -> None:
    """One thing more; a page that lies otherwise takes along the heading that stands over it."""
    last = groups[-1] if groups else None
    if last is not None and not fresh and last["lie"] == lie:
        last["items"].append(item)
        return
    along: list[Item] = []
    if last is not None and lie:
        along = _led(last["items"])
        del last["items"][len(last["items"]) - len(along) :]
        fresh = fresh or (bool(last["fresh"]) and not last["items"])
    if last is not None and not last["items"]:
        groups.pop()
    groups.append({"lie": lie, "fresh": fresh, "items": [*along, item]})


def _led(items: Sequence[Item]) -> list[Item]:
    """The end of a page that only leads over to what follows: headings, and a short paragraph after them."""
    k = len(items)
    if k and items[k - 1]["kind"] == "paragraph" and items[k - 1]["short"]:
        k -= 1
    start = k
    while start and items[start - 1]["kind"] == "heading":
        start -= 1
    return list(items[start:]) if start < k else []


def _stand(groups: Sequence[Item]) -> None:
    """Short paragraphs stay with the table or figure that they lead over to."""
    for group in groups:
        items = group["items"]
        group["turned"], group["edge"] = group["lie"] == "turned", group["lie"] == "edge"
        for item, after in pairwise(items):
            if item["kind"] == "paragraph":
                item["keep"] = item["short"] and after["kind"] in ("table", "figure")
