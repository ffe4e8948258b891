"""What stands in a Word document, and that it is what it looks like: headings, lists, links, alternatives."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from accordant.brief import build
from accordant.brief.document import Paragraph, Ref, Said, Section, Text, rich
from accordant.brief.docx import render
from tests.brief import fakes
from tests.brief.docx.made import ARABIC, R, W, brief, figure, names, only, part, ref, says, styled, table

SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
DESCRIBED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(brief())


def val(element: Any, path: str) -> str | None:
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def test_headings_are_headings_of_their_level(content: bytes) -> None:
    assert [says(p) for p in styled(content, "heading 1")] == [
        "First part",
        "Pictures",
        "Across",
        "Upright again",
        "Tables behind the pictures",
    ]
    assert [says(p) for p in styled(content, "heading 2")] == ["Inside"]


def test_every_link_leads_to_a_bookmark(content: bytes) -> None:
    places = {b.get(f"{W}name") for b in part(content).iter(f"{W}bookmarkStart")}
    links = [h.get(f"{W}anchor") for h in part(content).iter(f"{W}hyperlink")]
    assert links
    assert set(links) <= places
    assert len(links) >= len(brief().refs())


def test_a_reference_to_nothing_is_plain_words() -> None:
    made = render(only(Paragraph("p", rich("See ", ref("nowhere", "there"), "."))))
    assert not list(part(made).iter(f"{W}hyperlink"))
    assert says(styled(made, "Body Text")[0]) == "See there."


def test_captions_are_numbered_by_fields_that_have_their_value(content: bytes) -> None:
    captions = styled(content, "caption")
    assert [says(c) for c in captions] == [
        "Table 1.\u2002Every mark",
        "Figure 1.\u2002What narrow finds",
        "Table 2.\u2002Title of narrow-table",
        "Figure 2.\u2002What behind finds",
        "Table 3.\u2002Title of broad",
        "Table 4.\u2002Title of long",
        "Table 5.\u2002Title of behind-table",
    ]
    codes = [t.text for c in captions for t in c.iter(f"{W}instrText")]
    assert set(codes) == {" SEQ Table \\* ARABIC ", " SEQ Figure \\* ARABIC "}
    assert all(c.getnext().tag == f"{W}tbl" or c.getnext().find(f".//{BLIP}") is not None for c in captions)


def test_tables_repeat_their_head_and_keep_rows_whole(content: bytes) -> None:
    for found in part(content).iter(f"{W}tbl"):
        rows = found.findall(f"{W}tr")
        assert [r.find(f"{W}trPr/{W}tblHeader") is not None for r in rows] == [True] + [False] * (
            len(rows) - 1
        )
        assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in rows)


def test_how_a_cell_stands_shows_without_colour(content: bytes) -> None:
    found = next(iter(part(content).iter(f"{W}tbl")))
    cells = found.findall(f"{W}tr")[-1].findall(f"{W}tc")[1:]
    assert [says(c).replace("\u00a0", " ") for c in cells] == ["● yes", "○ no", "◐ open", "assumed", "unsure"]
    hatched = [c.find(f"{W}tcPr/{W}shd") is not None for c in cells]
    edged = [c.find(f"{W}tcPr/{W}tcBorders") is not None for c in cells]
    assert hatched == edged == [False, False, False, True, True]


def test_what_a_cell_opens_to_follows_the_table(content: bytes) -> None:
    assert [says(p) for p in styled(content, "Accordant Reason")] == ["why. Because of [1]."]


def test_each_numbered_list_begins_at_one(content: bytes) -> None:
    lists = [val(p, "pPr/numPr/numId") for p in styled(content, "List Number")]
    assert len(lists) == 3
    assert lists[0] == lists[1] != lists[2]
    starts = part(content, "word/numbering.xml").findall(f"{W}num/{W}lvlOverride/{W}startOverride")
    assert len(starts) == 3
    assert {s.get(f"{W}val") for s in starts} == {"1"}
    assert len({val(p, "pPr/numPr/numId") for p in styled(content, "Accordant Judgement")}) == 1


def test_a_judgement_stays_with_what_it_rests_on(content: bytes) -> None:
    basis = styled(content, "Accordant Basis")
    assert [says(p) for p in basis] == ["Becauseof [1]", "Settingsall", "Down to the words[1] [2]"]
    kept = [p.find(f"{W}pPr/{W}keepNext") is not None for p in basis]
    assert kept == [True, True, False]


def test_sources_have_their_number_their_words_and_the_reason_why_not(content: bytes) -> None:
    assert [says(p) for p in styled(content, "Accordant Source")] == [
        "[1]They would leave",
        "[2]They may Out: taken back.",
    ]
    assert [says(p) for p in styled(content, "Quote")] == [
        "لن يغادر القادة",
        "Words withheld: it is restricted.",
    ]
    facts = says(styled(content, "Accordant Source Facts")[0])
    assert facts == "Where: page 3 · Grade: F3: cannot be judged"


def test_a_figure_is_a_drawing_with_a_picture_for_programs_that_know_none(content: bytes) -> None:
    blips = list(part(content).iter(BLIP))
    kinds = {r.get("Id"): r.get("Target") for r in part(content, "word/_rels/document.xml.rels")}
    assert len(blips) == 2
    for blip in blips:
        vector = next(blip.iter(SVG))
        assert kinds[blip.get(f"{R}embed")].endswith(".png")
        assert kinds[vector.get(f"{R}embed")].endswith(".svg")
    drawing = part(content, "word/media/image1.svg")
    assert drawing.get("font-family", "").startswith("Arial")
    assert float(drawing.get("width")) > 100
    assert "style" not in drawing.attrib
    assert not [e for e in drawing.iter() if "script" in str(e.tag) or "href" in "".join(e.attrib)]


def test_every_picture_says_what_it_finds_and_how_it_is_drawn(content: bytes) -> None:
    told = [(d.get("title"), d.get("descr")) for d in part(content).iter(DESCRIBED)]
    assert told == [
        ("What narrow finds", "How narrow is drawn."),
        ("What behind finds", "How behind is drawn."),
    ]


def test_a_long_table_behind_a_picture_is_at_the_end_and_linked(content: bytes) -> None:
    note = next(p for p in styled(content, "Accordant Note") if "at the end" in says(p))
    assert [h.get(f"{W}anchor") for h in note.iter(f"{W}hyperlink")] == ["behind_table"]
    text = says(part(content))
    assert text.index("Tables behind the pictures") < text.index("Title of behind-table")


def test_a_broad_part_lies_across_and_what_follows_stands(content: bytes) -> None:
    sizes = [s.find(f"{W}pgSz") for s in part(content).iter(f"{W}sectPr")]
    assert [s.get(f"{W}orient") for s in sizes] == [None, "landscape", None]
    assert sizes[0].get(f"{W}w") == sizes[1].get(f"{W}h") == sizes[2].get(f"{W}w")


@pytest.mark.parametrize("page", ["new", "wide"])
def test_the_first_part_stands_below_the_head_whatever_page_it_asks_for(page: Any) -> None:
    first = only(Paragraph("p", rich("x")))
    sections = (replace(first.sections[0], page=page), Section("s2", rich("Second"), page="new"))
    made = part(render(replace(first, sections=sections)))
    assert len(list(made.iter(f"{W}pageBreakBefore"))) == (1 if page == "new" else 0)
    across = [s.find(f"{W}pgSz").get(f"{W}orient") for s in made.iter(f"{W}sectPr")]
    assert across == ([None] if page == "new" else ["landscape", None])


def test_a_broad_picture_lies_across_with_its_caption() -> None:
    made = render(
        only(Paragraph("p", rich("Before.")), figure("broad", 1400), Paragraph("q", rich("After.")))
    )
    body = part(made)[0]
    turned = [k for k, e in enumerate(body) if e.find(f"{W}pPr/{W}sectPr") is not None]
    between = body[turned[0] + 1 : turned[1] + 1]
    assert says(between[0]).startswith("Figure 1.")
    assert between[1].find(f".//{BLIP}") is not None
    assert [s.find(f"{W}pgSz").get(f"{W}orient") for s in part(made).iter(f"{W}sectPr")] == [
        None,
        "landscape",
        None,
    ]


def test_properties_tell_of_the_document_and_of_nobody(content: bytes) -> None:
    about = Document(BytesIO(content)).core_properties
    assert (about.title, about.subject, about.language) == ("حديث ABC", "Assessment brief", "en-GB")
    assert (about.author, about.last_modified_by) == ("", "")
    assert about.created == about.modified
    assert about.created is not None
    assert about.created.isoformat() == "2024-01-01T00:00:00+00:00"
    assert "0123456789abcdef" in about.comments
    extended = part(content, "docProps/app.xml")
    assert [e.text for e in extended] == ["Accordant"]


def test_a_document_without_a_date_has_none(content: bytes) -> None:
    made = render(only(Paragraph("p", rich("x"))))
    assert b"dcterms:created" not in part_bytes(made, "docProps/core.xml")


def part_bytes(content: bytes, name: str) -> bytes:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as archive:
        return archive.read(name)


def test_the_mark_stands_on_every_kind_of_page_with_its_number(content: bytes) -> None:
    edges = [n for n in names(content) if n.startswith(("word/header", "word/footer"))]
    assert len(edges) == 6
    for name in edges:
        assert "team" in says(part(content, name))
    feet = [part(content, n) for n in edges if "footer" in n]
    for foot in feet:
        assert [t.text for t in foot.iter(f"{W}instrText")] == [" PAGE ", " NUMPAGES "]
        assert "Accordant 0.1.0 · case 0123456789ab · as of 2024-01" in says(foot)


def test_the_language_is_set_and_that_of_other_words_too(content: bytes) -> None:
    styles = part(content, "word/styles.xml")
    default = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert default.get(f"{W}val") == "en-GB"
    quote = styled(content, "Quote")[0]
    assert {e.get(f"{W}bidi") for e in quote.iter(f"{W}lang")} == {"ar"}
    french = render(only(Paragraph("p", rich("He said ", Said("non", "fr"), "."))))
    assert [e.get(f"{W}val") for e in part(french).iter(f"{W}lang")] == ["fr"]


def test_a_quotation_from_the_right_is_a_paragraph_from_the_right(content: bytes) -> None:
    quote, withheld = styled(content, "Quote")
    assert quote.find(f"{W}pPr/{W}bidi") is not None
    assert withheld.find(f"{W}pPr/{W}bidi") is None
    assert all(r.find(f"{W}rPr/{W}rtl") is not None for r in quote.iter(f"{W}r"))


def test_a_name_from_the_right_does_not_move_what_stands_beside_it(content: bytes) -> None:
    text = next(p for p in styled(content, "Body Text") if "12 claims" in says(p))
    assert says(text).replace("\u200e", "|").startswith(f"By |{ARABIC}|, |")
    rtl = [says(r) for r in text.iter(f"{W}r") if r.find(f"{W}rPr/{W}rtl") is not None]
    assert len(rtl) == 2
    assert ARABIC in rtl
    hebrew = next(r for r in text.iter(f"{W}r") if says(r) == rtl[1])
    assert hebrew.find(f"{W}rPr/{W}lang").get(f"{W}bidi") == "he-IL"


def test_a_title_in_two_directions_keeps_the_letters_of_each(content: bytes) -> None:
    title = styled(content, "Title")[0]
    assert title.find(f"{W}pPr/{W}bidi") is not None
    runs = [(says(r), r.find(f"{W}rPr/{W}rtl") is not None) for r in title.iter(f"{W}r")]
    assert runs == [("حديث ", True), ("ABC", False)]


@pytest.mark.parametrize("words", ["\x00\x0b\ufffe", "<w:p/>&amp;", "a\u202egnp", "\tx", "]]>", "\ud800"])
def test_hostile_words_are_only_words(words: str) -> None:
    def made(said: str) -> bytes:
        text = (Said(said), Text("."), Ref("claim-1", (Said(said),)))
        return render(only(Paragraph("p", text), table("t", 1, 2, words=said)))

    def shape(content: bytes) -> list[str]:
        return [e.tag for e in part(content).iter() if e.tag != f"{W}br"]

    assert shape(made(words)) == shape(made("harmless"))
    assert "\u202e" not in says(part(made(words)))


def test_a_whole_brief_has_its_contents_at_its_head() -> None:
    found = build(fakes.opened())
    made = render(found)
    contents = styled(made, "Accordant Contents")
    assert len(contents) == 1
    links = [says(h) for h in contents[0].iter(f"{W}hyperlink")]
    assert len(links) == len(found.sections)
