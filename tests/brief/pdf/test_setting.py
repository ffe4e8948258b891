"""The PDF as other programs read it: pypdf its structure, poppler its words and its pages."""

from __future__ import annotations

import io
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from accordant.brief.build import build
from accordant.brief.document import Paragraph, Said, Section, plain, rich
from accordant.brief.house import House
from accordant.brief.pdf import render
from accordant.brief.pdf.flow import Flow
from accordant.brief.pdf.room import Room
from accordant.brief.pdf.running import Runs
from accordant.errors import InputError
from tests.brief import pages
from tests.brief.fakes import SOUTH
from tests.brief.fakes import opened as faked
from tests.brief.pdf.hard import ARABIC, HEBREW, HOSTILE, Dots, brief, figure, table
from tests.brief.talks import TWO, opened

SQUARE = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "hard.pdf"
    path.write_bytes(render(brief()))
    return path


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A brief with figures, as the commands write it."""
    path = tmp_path_factory.mktemp("pdf") / "talks.pdf"
    path.write_bytes(render(build(opened(TWO))))
    return path


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def tags(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the structure tree, in reading order."""
    return list(_tags(reader.root_object["/StructTreeRoot"]["/K"]))


def _tags(found: Any) -> Iterator[DictionaryObject]:
    found = found.get_object()
    if isinstance(found, ArrayObject):
        for inner in found:
            yield from _tags(inner)
    elif isinstance(found, DictionaryObject):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from _tags(found["/K"])


def links(reader: PdfReader) -> list[Any]:
    found = [note.get_object() for page in reader.pages for note in page.get("/Annots", ())]
    return [note for note in found if note["/Subtype"] == "/Link"]


def text(reader: PdfReader) -> str:
    """The words of all pages, spaces evened out, without the places where words may break."""
    return _text(reader.stream.read() if reader.stream.seek(0) == 0 else b"")


@lru_cache(maxsize=4)
def _text(made: bytes) -> str:
    reader = read(made)
    words = " ".join(page.extract_text() for page in reader.pages).replace("\u200b", "")
    return " ".join(words.split())


def test_the_file_is_tagged_says_its_language_and_its_title_and_is_made_for_the_archive(hard: Path) -> None:
    reader = PdfReader(hard)
    root = reader.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Departure – Assessment brief"
    xmp = hard.read_bytes().decode("latin-1")
    assert re.search(r"pdfuaid:part[=>\"]+1", xmp)
    assert re.search(r"pdfaid:part[=>\"]+2", xmp)


def test_every_kind_of_block_has_its_tag(hard: Path) -> None:
    found = Counter(str(tag["/S"]) for tag in tags(PdfReader(hard)))
    assert found["/Title"] == 1
    assert found["/H1"] == 6
    assert found["/H2"] == 1
    assert found["/Figure"] == 2
    assert found["/Table"] == 7
    assert found["/THead"] == 6  # a table without rows has no head
    assert found["/Caption"] == 9
    assert found["/LI"] == 2
    assert found["/BlockQuote"] == 2
    assert found["/P"] >= len(HOSTILE)
    assert found["/Link"] == 3


def test_a_picture_has_its_finding_and_its_description_in_its_place(hard: Path) -> None:
    told = [str(tag["/Alt"]) for tag in tags(PdfReader(hard)) if tag["/S"] == "/Figure"]
    assert told == ["Finding of dot Drawn as a dot.", "Finding of broad Drawn as a dot."]


def test_pictures_are_vectors_with_words_that_can_be_found(hard: Path) -> None:
    reader = PdfReader(hard)
    assert not any(page.images for page in reader.pages)
    assert text(reader).count("inside") == 2


def test_foreign_words_carry_their_language(hard: Path) -> None:
    marked = b"".join(page.get_contents().get_data() for page in PdfReader(hard).pages)  # type: ignore[union-attr]
    told = marked + b"".join(str(tag.get("/Lang", "")).encode() + b" " for tag in tags(PdfReader(hard)))
    assert b"/Lang(ar)" in told
    assert b"he-IL" in told


def test_bookmarks_are_the_sections(hard: Path) -> None:
    def titles(found: Any) -> list[Any]:
        return [titles(item) if isinstance(item, list) else item.title for item in found]

    given = brief().sections
    told = titles(PdfReader(hard).outline)
    assert [t for t in told if isinstance(t, str)] == [plain(s.title) for s in given]
    assert ["Inner"] in told


def test_links_lead_to_pages_of_the_document_and_what_leads_nowhere_is_bare(hard: Path) -> None:
    reader = PdfReader(hard)
    numbers = {page.indirect_reference.idnum for page in reader.pages if page.indirect_reference}
    assert len(links(reader)) == 3  # [1] twice and [2]; not the one in a head, which is repeated
    for link in links(reader):
        assert link["/Dest"].get_object()[0].idnum in numbers
        assert "/A" not in link  # nothing outside is ever opened
    assert "and nothing" in text(reader)


def test_a_brief_links_its_answers_down_to_the_words(talks: Path) -> None:
    document, reader = build(opened(TWO)), PdfReader(talks)
    flow = Flow(Runs(set(document.ids())), Room(), "FiraGO").groups(document.sections)
    asked = json.dumps(flow).count('["to", "')
    assert asked > 300
    assert len(links(reader)) == asked + len(document.sections)  # the list of contents is linked too


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stand_on_the_page_as_they_are(words: str, hard: Path) -> None:
    assert " ".join(f"{words} ends".split()) in text(PdfReader(hard))


def test_words_are_in_the_order_of_the_document(hard: Path) -> None:
    said = text(PdfReader(hard))
    marks = [
        "Would it hold?",
        "Bottom line",
        "Hostile",
        *(f"{h} ends" for h in HOSTILE),
        "Inner",
        "Lies across",
    ]
    marks += ["Title of high", "Key of none", "Finding of dot", "Title of dot-table", "Finding of broad"]
    marks += ["Sources", "Key of opens", "because", "Two people.", "Words withheld: restricted."]
    at = 0
    for mark in marks:
        found = said.find(" ".join(mark.split()), at)
        assert found >= 0, mark
        at = found + 1


def test_every_word_of_a_brief_is_on_its_pages(talks: Path) -> None:
    said = re.sub(r"\s", "", text(PdfReader(talks)))
    for block in build(opened(TWO)).blocks():
        for told in (
            plain(v) for v in (getattr(block, k, ()) for k in ("says", "text", "finding", "title")) if v
        ):
            bare = re.sub(r"[\s\u2068\u2069]", "", told)
            assert bare in said, told


def test_arabic_and_hebrew_are_set_as_their_own_letters(pdftotext: str, hard: Path) -> None:
    said = "".join(pages.texts(pdftotext, hard))
    letters = {c for c in said if "\u0590" <= c <= "\u06ff"}
    assert {*ARABIC, *HEBREW} - {" "} <= letters
    fonts = {str(f["/BaseFont"]) for f in _fonts(PdfReader(hard))}
    assert all("Fira" in name for name in fonts), fonts


def _fonts(reader: PdfReader) -> Iterator[Any]:
    for page in reader.pages:
        yield from (f.get_object() for f in page["/Resources"].get("/Font", {}).values())  # type: ignore[union-attr]


def test_each_page_has_its_number_and_the_mark_of_handling(pdftotext: str, hard: Path) -> None:
    told = pages.texts(pdftotext, hard)
    for k, page in enumerate(told, 1):
        assert f"{k} / {len(told)}" in page
        assert "Handling: restricted" in page


def test_without_a_mark_there_is_none_and_a_document_needs_no_date(pdftotext: str, tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(render(brief(Section("a", rich("A")), handling="", as_of="")))
    assert "Handling" not in pages.texts(pdftotext, path)[0]
    assert PdfReader(path).metadata.creation_date is None  # type: ignore[union-attr]


def test_no_page_is_blank_or_cut_off(pdftoppm: str, hard: Path, talks: Path) -> None:
    for path in (hard, talks):
        for page in pages.drawn(pdftoppm, path):
            assert not page.blank(), page.number
            assert not page.clipped(), page.number


def test_wide_sections_and_broad_figures_lie_across_the_page(pdftotext: str, hard: Path) -> None:
    wide = [page.mediabox.width > page.mediabox.height for page in PdfReader(hard).pages]
    told = pages.texts(pdftotext, hard)
    for page, lies in zip(told, wide, strict=True):
        assert lies == ("Lies across" in page or "Finding of broad" in page)


def test_a_wide_document_lies_across_unless_its_first_figure_can_be_read_upright_only() -> None:
    def first(drawing: Dots) -> bool:
        made = read(render(brief(Section("a", rich("A"), (figure("f", drawing),)), wide=True)))
        return made.pages[0].mediabox.width > made.pages[0].mediabox.height

    assert first(Dots(900, 300))
    assert not first(Dots(600, 650))


def test_a_long_table_repeats_its_head_and_its_key_is_not_left_alone(pdftotext: str, tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(render(brief(Section("a", rich("A"), (table("t", 3, 150),)))))
    told = pages.texts(pdftotext, path)
    assert len(told) > 2
    assert all("Column 2" in page for page in told)
    last = next(page for page in told if "Key of t" in page)
    assert "word 0" in last


@pytest.mark.parametrize("lines", range(38, 50))
def test_headings_and_captions_stay_with_what_follows(lines: int, pdftotext: str, tmp_path: Path) -> None:
    filling = tuple(Paragraph(f"p{k}", rich("filling")) for k in range(lines))
    inner = Section("i", rich("Inner heading"), (Paragraph("lead", rich("Leads over.")), table("t", 2, 9)))
    path = tmp_path / "pages.pdf"
    path.write_bytes(render(brief(Section("a", rich("A"), filling, (inner,)))))
    page = next(page for page in pages.texts(pdftotext, path) if "Inner heading" in page)
    assert "Leads over." in page
    assert "Title of t" in page
    assert "word 0" in page


def test_the_same_document_has_the_same_bytes() -> None:
    sections = (*SHORT, Section("f", rich("F"), (figure("f"),)))
    assert render(brief(*sections)) == render(brief(*sections))


def test_nothing_of_the_machine_is_in_the_file(hard: Path) -> None:
    held = hard.read_bytes()
    for word in (str(Path.home()), "/tmp", "/work", "accordant-fonts"):
        assert word.encode() not in held
    info = PdfReader(hard).metadata
    assert info is not None
    assert info.author is None
    assert set(info) == {"/Title", "/Subject", "/Keywords", "/Creator", "/CreationDate", "/ModDate"}
    assert info["/CreationDate"].startswith("D:20240130000000")


def test_a_letter_that_no_font_has_is_shown_as_missing() -> None:
    made = read(render(brief(Section("a", rich("A"), (Paragraph("p", rich(Said("one \u0378 two"))),)))))
    assert "one \ufffd two" in text(made)


def test_names_in_arabic_do_not_stop_a_brief() -> None:
    made = read(render(build(faked())))
    assert len(made.pages) >= 3
    letters = {c for c in text(made) if "\u0600" <= c <= "\u06ff"}
    assert set(SOUTH) - {" "} <= letters


SHORT = (
    Section("a", rich("A"), (Paragraph("p", rich(Said(HOSTILE[6]))),)),
    Section("b", rich("B"), (table("t", 2, 3),), page="new"),
)
HOUSE = House(
    name="Office",
    header="Office – Analysis",
    footer="Not for circulation",
    logo=SQUARE,
    logo_kind="svg",
    paper="letter",
    accent="#a03030",
)


def test_a_question_that_is_all_in_words_from_the_right_is_set_from_there(
    pdftotext: str, tmp_path: Path
) -> None:
    asked = Said("هل يُقبل العرض؟", "ar")
    rest = (Section("s", rich("S"), (Paragraph("p", rich("x")),)),)
    made = replace(brief(), title=Said("Talks"), question=rich(asked), sections=rest)
    (tmp_path / "q.pdf").write_bytes(render(made))
    ran = subprocess.run(
        [pdftotext, "-bbox", "-l", "1", str(tmp_path / "q.pdf"), "-"], capture_output=True, check=True
    )
    words = re.findall(r'<word xMin="([\d.]+)"[^>]*>([^<]*)<', ran.stdout.decode())
    places = [float(at) for at, word in words if any("\u0600" <= c <= "\u06ff" for c in word)]
    assert len(places) > 1
    assert min(places) > 300


def test_a_house_has_its_lines_its_paper_and_its_name_in_the_properties() -> None:
    made = read(render(brief(*SHORT), HOUSE))
    assert made.metadata is not None
    assert made.metadata.author == "Office"
    assert [float(x) for x in made.pages[0].mediabox[2:]] == [612, 792]
    for page in made.pages:
        assert "Office – Analysis" in page.extract_text()
        assert "Not for circulation" in page.extract_text()


def test_a_template_sets_the_head_anew_and_the_mark_of_handling_stays() -> None:
    template = """#import calc: max
    #let house(doc, meta) = {
      set page(header: [House of #meta.name: #meta.label #(meta.logo)(9pt)])
      set text(size: 11pt)
      doc
    }"""
    made = read(render(brief(*SHORT), replace(HOUSE, typst=template)))
    for page in made.pages:
        assert "House of Office: Assessment brief" in page.extract_text()
        assert "Office – Analysis" not in page.extract_text()
        assert "Handling: restricted" in page.extract_text()
    assert text(made).count("#read(") >= 1


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("#let house(doc) = doc", r"has to define house\(doc, meta\)"),
        ("#let other(doc, meta) = doc", r"has to define house\(doc, meta\)"),
        ("#let house(doc, meta) = {\n doc", r"house\.typ:1:24: unclosed delimiter"),
        ('#import "@preview/x:0.1.0"\n#let house(doc, meta) = doc', "takes in a file or a package"),
        ('#let x = str.from-unicode(64)\n#import x + "preview/x:0.1.0"', "takes in a file or a package"),
        ('#let house(doc, meta) = {\n include "main.typ"\n doc }', "takes in a file or a package"),
        ('#let house(doc, meta) = { eval("1"); doc }', "takes in a file or a package"),
        ('#let house(doc, meta) = { read("/etc/passwd") }', r"file not found \(searched at /etc/passwd\)"),
        ('#let house(doc, meta) = { read("../../x") }', "escape the project root"),
        ("#let house(doc, meta) = [nothing]", "does not give back doc"),
    ],
)
def test_a_template_that_fails_is_named_with_its_place(template: str, told: str) -> None:
    with pytest.raises(InputError, match=told) as error:
        render(brief(Section("a", rich("A"))), House(typst=template))
    assert "accordant-" not in str(error.value)  # the folder that it was set in


def test_the_template_reads_all_words_as_data() -> None:
    markup = (Path(render.__code__.co_filename).parent / "brief.typ").read_text(encoding="utf-8")
    assert markup.count("sys.inputs") == 1
    assert not re.search(r"\b(eval|read|plugin|include)\b\s*\(", markup)
    assert not re.search(r"^#(import|include)\b", markup, re.MULTILINE)


def test_a_long_document_can_be_set() -> None:
    rows = tuple(Section(f"s{k}", rich(f"Section {k}"), (table(f"t{k}", 4, 30),)) for k in range(45))
    assert len(read(render(brief(*rows))).pages) > 25
