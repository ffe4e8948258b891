"""That every word of a document's blocks stands in the file, in the order in which it is to be read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from accordant.brief import Brief, build
from accordant.brief.document import (
    Block,
    Bullets,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Section,
    SourceList,
    Table,
    plain,
)
from accordant.brief.docx import render
from tests.brief import fakes, talks
from tests.brief.docx.made import W, brief, part


def expected(found: Brief) -> Iterator[str]:
    yield found.title.text
    yield plain(found.question)
    yield from map(plain, found.notices)
    behind: list[Table] = []
    for section in found.sections:
        yield from of_section(section, behind)
    for late in behind:
        yield from of_table(late)


def of_section(section: Section, behind: list[Table]) -> Iterator[str]:
    yield plain(section.title)
    for block in section.blocks:
        yield from of_block(block, behind)
    for inner in section.sections:
        yield from of_section(inner, behind)


def of_block(block: Block, behind: list[Table]) -> Iterator[str]:
    match block:
        case Judgement():
            yield plain(block.says)
            for basis in block.rests:
                yield from (basis.label, plain(basis.text))
            yield from (plain(link.text) for link in block.links)
        case Paragraph():
            yield plain(block.text)
        case Bullets():
            yield from map(plain, block.items)
        case Table():
            yield from of_table(block)
        case Figure():
            yield from (plain(block.finding), plain(block.note))
            if block.table.paper:
                behind.append(block.table)
            else:
                yield from of_table(block.table)
        case SourceList():
            yield from (plain(block.title), plain(block.note))
            for entry in block.entries:
                yield from (entry.label, plain(entry.says), plain(entry.out))
                yield entry.quote.text if entry.quote else entry.withheld
                for fact in entry.facts:
                    yield from (fact.label, plain(fact.text))
        case Definitions():
            for term in block.entries:
                yield from (plain(term.term), plain(term.says))


def of_table(block: Table) -> Iterator[str]:
    yield plain(block.title)
    yield from map(plain, block.columns)
    for row in block.rows:
        yield from (plain(cell.text) for cell in row.cells)
    yield plain(block.key)
    for place, texts in block.reasons:
        yield plain(place)
        yield from map(plain, texts)


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize("which", ["made", "talks in words", "talks in numbers"])
def test_every_word_is_there_in_its_order(which: str) -> None:
    opened = {"talks in words": fakes.opened, "talks in numbers": lambda: talks.opened(talks.TWO)}
    found = brief() if which == "made" else build(opened[which]())
    text = letters("".join(t.text or "" for t in part(render(found)).iter(f"{W}t")))
    at = 0
    for piece in expected(found):
        place = text.find(letters(piece), at)
        assert place >= 0, piece[:200]
        at = place + len(letters(piece))
