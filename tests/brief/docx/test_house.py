"""An organisation's own look: what its Word document lends, what its name and logo do, what stays behind."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.shared import Cm, RGBColor
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx import render
from accordant.brief.house import House
from accordant.errors import InputError
from tests.brief.docx.made import R, W, brief, names, only, part, says, table
from tests.brief.docx.test_valid import ORDER

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30">'
    b'<rect width="9" height="9"/></svg>'
)
SECRETS = ("Somebody Inside", "The text of the template", "canary.example")


@pytest.fixture(scope="module")
def template() -> bytes:
    """A document of an organisation: styles of its own, a head with a picture and a link, a margin."""
    document = Document()
    for name, colour in (("Heading 1", RGBColor(0x80, 0, 0x20)), ("Quote", RGBColor(0, 0x40, 0))):
        document.styles[name].font.color.rgb = colour
    document.styles["Normal"].font.name = "Georgia"
    section = document.sections[0]
    section.left_margin = Cm(3.5)
    head = section.header.paragraphs[0]
    head.text = "MINISTRY OF TALKS"
    head.add_run().add_picture(BytesIO(_dots()), width=Cm(1))
    link = section.header.part.relate_to("https://canary.example/", f"{R[1:-1]}/hyperlink", is_external=True)
    made = etree.SubElement(head._p, f"{W}hyperlink")
    made.set(f"{R}id", link)
    etree.SubElement(etree.SubElement(made, f"{W}r"), f"{W}t").text = "the ministry"
    document.add_paragraph(SECRETS[1])
    document.core_properties.author = SECRETS[0]
    found = BytesIO()
    document.save(found)
    return found.getvalue()


def _dots() -> bytes:
    import vl_convert

    made: bytes = vl_convert.svg_to_png(SVG.decode(), scale=1)
    return made


@pytest.fixture(scope="module")
def content(template: bytes) -> bytes:
    return render(brief(), House(name="Ministry", docx=template))


def style(content: bytes, name: str) -> Any:
    return next(
        s
        for s in part(content, "word/styles.xml").iter(f"{W}style")
        if s.find(f"{W}name").get(f"{W}val") == name
    )


def test_styles_of_the_house_stand_for_ours_and_missing_ones_are_added(content: bytes) -> None:
    assert style(content, "heading 1").find(f"{W}rPr/{W}color").get(f"{W}val") == "800020"
    assert style(content, "Accordant Judgement") is not None
    listed = [s.find(f"{W}name").get(f"{W}val") for s in part(content, "word/styles.xml").iter(f"{W}style")]
    assert len({name.lower() for name in listed}) == len(listed)


def test_head_and_margins_of_the_house_are_taken_with_the_picture(content: bytes) -> None:
    heads = [part(content, n) for n in names(content) if n.startswith("word/header")]
    assert all("MINISTRY OF TALKS" in says(h) and "the ministry" in says(h) for h in heads)
    assert all(says(h).endswith("team") for h in heads)
    assert all(list(h.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}blip")) for h in heads)
    assert next(part(content).iter(f"{W}pgMar")).get(f"{W}left") == "1984"
    feet = [part(content, n) for n in names(content) if n.startswith("word/footer")]
    assert all("NUMPAGES" in etree.tostring(f, encoding="unicode") for f in feet)


def test_nothing_else_of_the_template_leaves(content: bytes) -> None:
    import zipfile

    with zipfile.ZipFile(BytesIO(content)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert not [secret for secret in SECRETS if secret in everything]
    assert Document(BytesIO(content)).core_properties.author == "Ministry"


def test_a_document_in_a_house_is_as_the_standard_asks(content: bytes) -> None:
    for name in names(content):
        if not name.endswith(".xml") or "theme" in name:
            continue
        for element in part(content, name).iter(*(f"{W}{tag}" for tag in ("pPr", "rPr", "tcPr", "sectPr"))):
            order = ORDER[etree.QName(element).localname].split()
            places = [
                order.index(etree.QName(child).localname) for child in element if child.tag.startswith(W)
            ]
            assert places == sorted(places), name


def test_prefixes_that_word_is_told_to_ignore_stay_declared(content: bytes) -> None:
    for name in names(content):
        if name.endswith(".xml"):
            root = part(content, name)
            told = root.get("{http://schemas.openxmlformats.org/markup-compatibility/2006}Ignorable", "")
            assert set(told.split()) <= set(root.nsmap), name


def test_the_language_is_that_of_the_document_not_of_the_template(template: bytes) -> None:
    german = Document(BytesIO(template))
    defaults = german.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    defaults.set(f"{W}val", "de-DE")
    found = BytesIO()
    german.save(found)
    made = part(render(brief(), House(docx=found.getvalue())), "word/styles.xml")
    assert [e.get(f"{W}val") for e in made.iter(f"{W}lang")] == ["en-GB"]


def test_header_footer_logo_fonts_paper_and_colour_without_a_template() -> None:
    house = House(
        name="Ministry",
        header="Ministry of Talks",
        footer="14 Lake Street",
        logo=SVG,
        logo_kind="svg",
        paper="letter",
        text_font="Gentium",
        heading_font="Charis",
        accent="#884400",
    )
    made = render(brief(), house)
    heads = [part(made, n) for n in names(made) if n.startswith("word/header")]
    assert all("Ministry of Talks" in says(h) for h in heads)
    assert all("svgBlip" in etree.tostring(h, encoding="unicode") for h in heads)
    feet = [part(made, n) for n in names(made) if n.startswith("word/footer")]
    assert all(says(f).startswith("14 Lake Street") for f in feet)
    size = next(part(made).iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("12240", "15840")
    assert style(made, "heading 1").find(f"{W}rPr/{W}rFonts").get(f"{W}ascii") == "Charis"
    assert style(made, "Hyperlink").find(f"{W}rPr/{W}color").get(f"{W}val") == "884400"
    fonts = part(made, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}rFonts")
    assert {fonts.get(f"{W}{name}") for name in ("ascii", "hAnsi", "cs")} == {"Gentium"}
    assert Document(BytesIO(made)).core_properties.last_modified_by == "Ministry"


@pytest.mark.parametrize(
    ("theirs", "links"),
    [("", "884400"), ("0563C1", "884400"), ("1F4F82", "884400"), ("800020", "800020"), ("auto", "auto")],
)
def test_the_accent_colours_links_unless_the_styles_choose_a_colour(theirs: str, links: str) -> None:
    document = Document(BytesIO(render(only(table("t")))))
    letters = document.styles["Hyperlink"].element.find(f"{W}rPr")
    colour = letters.find(f"{W}color")
    letters.remove(colour)
    if theirs:
        letters.insert(0, colour)
        colour.set(f"{W}val", theirs)
        colour.set(f"{W}themeColor", "hyperlink")
    found = BytesIO()
    document.save(found)
    made = style(render(only(table("t")), House(docx=found.getvalue(), accent="#884400")), "Hyperlink")
    (said,) = made.iter(f"{W}color")
    assert said.get(f"{W}val") == links
    assert (said.get(f"{W}themeColor") is None) == (links == "884400")
    assert [etree.QName(e).localname for e in made.find(f"{W}rPr")] == ["color", "u"]


def test_our_own_document_serves_as_a_template() -> None:
    ours = render(only(table("t")))
    again = render(only(table("t")), House(docx=ours))
    assert part(again).find(f".//{W}tblStyle").get(f"{W}val") == "AccordantTable"
    before, after = (len(part(c, "word/styles.xml")) for c in (ours, again))
    assert before == after


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"no archive at all"])
def test_what_is_no_document_is_an_error_that_says_so(raw: bytes) -> None:
    with pytest.raises(InputError, match="the house's Word document cannot be read"):
        render(replace(brief(), sections=()), House(docx=raw))
