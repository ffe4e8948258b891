"""What holds of every kind of document in every form: all of it is there, in order, with its links."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from lxml import html as lxml_html

from accordant.brief import Brief
from accordant.brief.document import (
    Block,
    Bullets,
    Definitions,
    Figure,
    Judgement,
    Paragraph,
    Ref,
    Rich,
    Section,
    SourceList,
    Table,
    plain,
)
from accordant.brief.kinds import KINDS
from tests.brief.sets import january

ENDINGS = (".html", ".md", ".docx", ".pdf")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FIRST = 36
"""Letters of a piece of text by which it is looked for: what follows may stand on the next page."""


@lru_cache
def made(kind: str, ending: str) -> bytes:
    return january(kind).form(ending)


def bare(text: str) -> str:
    """Letters and figures of the Latin alphabet: other scripts are laid out from the right, marks move."""
    return re.sub(r"[^A-Za-z0-9]", "", text)


def pieces(brief: Brief, ending: str) -> Iterator[str]:
    """The text of a document, piece by piece, in the order in which it is to be read."""
    yield brief.title.text
    yield plain(brief.question)
    for section in brief.sections:
        yield from _section(section, ending)


def _section(section: Section, ending: str) -> Iterator[str]:
    yield plain(section.title)
    for block in section.blocks:
        yield from map(plain, _block(block, ending))
    for inner in section.sections:
        yield from _section(inner, ending)


def _block(block: Block, ending: str) -> Iterator[Rich]:
    match block:
        case Judgement():
            yield block.says
            yield from (basis.text for basis in block.rests)
        case Paragraph():
            yield block.text
        case Bullets():
            yield from block.items
        case Table():
            yield block.title
            yield from (row.cells[0].head for row in block.rows)
        case Figure():
            yield block.finding
            # Paper leaves some of these tables to the screen, and Word has them at the end.
            if ending in (".html", ".md"):
                yield from _block(block.table, ending)
        case SourceList():
            for entry in block.entries:
                yield entry.says
                yield () if entry.quote is None else (entry.quote,)
        case Definitions():
            for entry in block.entries:
                yield entry.term
                yield entry.says


def words(content: bytes, ending: str, pdftotext: str, folder: Path) -> str:
    """The text that another program finds in a file, from its beginning to its end."""
    if ending == ".html":
        tree = lxml_html.document_fromstring(content.decode())
        for hidden in tree.xpath("//nav | //style | //*[@class='on-paper']"):
            hidden.drop_tree()
        return str(tree.text_content())
    if ending == ".md":
        from markdown_it import MarkdownIt

        page = MarkdownIt("commonmark").enable("table").render(content.decode())
        return str(lxml_html.fragment_fromstring(page, create_parent="div").text_content())
    if ending == ".docx":
        body = _part(content, "word/document.xml")
        return "".join(e.text or "" if e.tag == f"{W}t" else " " for e in body.iter(f"{W}t", f"{W}p"))
    file = folder / "made.pdf"
    file.write_bytes(content)
    read = subprocess.run([pdftotext, "-raw", str(file), "-"], capture_output=True, check=True, timeout=120)
    return read.stdout.decode()


def _part(content: bytes, name: str) -> Any:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return etree.fromstring(archive.read(name))


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_everything_is_there_in_its_order(kind: str, ending: str, pdftotext: str, tmp_path: Path) -> None:
    text = bare(words(made(kind, ending), ending, pdftotext, tmp_path))
    at = 0
    for piece in pieces(january(kind), ending):
        wanted = bare(piece)[:FIRST]
        found = text.find(wanted, at)
        assert found >= 0, (piece[:120], "stands too early" if wanted in text else "is not there")
        at = found if len(wanted) < FIRST else found + len(wanted)


def targets_html(content: bytes) -> tuple[list[str], set[str]]:
    tree = lxml_html.document_fromstring(content.decode())
    links = [a.get("href") for a in tree.iter("a")]
    assert all(link.startswith("#") for link in links)
    return [link[1:] for link in links], {e.get("id") for e in tree.iter() if e.get("id")}


def targets_markdown(content: bytes) -> tuple[list[str], set[str]]:
    text = content.decode()
    return re.findall(r"(?<!\\)\]\(#([^)]*)\)", text), set(re.findall(r'<a id="([^"]*)"></a>', text))


def targets_docx(content: bytes) -> tuple[list[str], set[str]]:
    body = _part(content, "word/document.xml")
    links = [e.get(f"{W}anchor") for e in body.iter(f"{W}hyperlink")]
    assert None not in links
    return links, {e.get(f"{W}name") for e in body.iter(f"{W}bookmarkStart")}


def targets_pdf(content: bytes) -> tuple[list[str], set[str]]:
    from pypdf import PdfReader

    reader = PdfReader(BytesIO(content))
    links = [
        note["/A"]["/D"] if "/A" in note else note["/Dest"]
        for page in reader.pages
        for note in (n.get_object() for n in page.get("/Annots", ()))
        if note["/Subtype"] == "/Link"
    ]
    # Some lead to a name, others straight to a place on a page.
    sheets = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    direct = [link for link in links if not isinstance(link, str)]
    assert all(link[0].idnum in sheets for link in direct)
    names = {str(name) for name in reader.named_destinations}
    return [str(link) for link in links if isinstance(link, str)] + ["" for _ in direct], names | {""}


TARGETS: dict[str, Callable[[bytes], tuple[list[str], set[str]]]] = {
    ".html": targets_html,
    ".md": targets_markdown,
    ".docx": targets_docx,
    ".pdf": targets_pdf,
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_link_leads_somewhere_and_none_is_lost(kind: str, ending: str) -> None:
    links, places = TARGETS[ending](made(kind, ending))
    assert set(links) <= places
    # A table behind a picture may be left to the screen, with the links in its rows.
    behind = sum(_links(block.table) for block in january(kind).blocks() if isinstance(block, Figure))
    assert len(links) >= len(january(kind).refs()) - behind


def _links(table: Table) -> int:
    rows = (part for row in table.rows for cell in row.cells for part in cell.text)
    return sum(isinstance(part, Ref) for part in (*rows, *table.title, *table.key))


@pytest.mark.parametrize("kind", KINDS)
def test_every_figure_says_what_it_shows_and_has_its_table(kind: str) -> None:
    for block in january(kind).blocks():
        if isinstance(block, Figure):
            assert len(plain(block.finding).split()) > 4, block.id
            assert any(not row.group for row in block.table.rows), block.id
            assert block.describes


@pytest.mark.parametrize("kind", KINDS)
def test_every_source_has_its_number_and_its_words_or_the_reason_why_not(kind: str) -> None:
    entries = [e for b in january(kind).blocks() if isinstance(b, SourceList) for e in b.entries]
    assert len({e.label for e in entries}) == len(entries)
    for entry in entries:
        assert entry.label
        assert entry.quote is not None or entry.withheld


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_document_has_the_same_bytes(ending: str) -> None:
    assert january("assessment").form(ending) == made("assessment", ending)
    assert january("stakeholders").form(ending) == made("stakeholders", ending)
