"""That Word opens the file without repairing it: parts, links and elements are as the format asks."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx import render
from tests.brief.docx.made import R, W, brief, names, part

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
    "vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc "
    "tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign",
    "tcBorders": "top left bottom right insideH insideV tl2br tr2bl",
    "tblBorders": "top left bottom right insideH insideV",
    "tblCellMar": "top left bottom right",
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed "
    "qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num",
    "settings": "zoom removePersonalInformation defaultTabStop evenAndOddHeaders characterSpacingControl "
    "compat themeFontLang decimalSymbol listSeparator",
    "font": "altName panose1 charset family notTrueType pitch sig embedRegular",
}
"""The children of an element in the order of the standard (ECMA-376, part 1)."""


@pytest.fixture(scope="module")
def content() -> bytes:
    return render(brief())


def roots(content: bytes) -> list[tuple[str, Any]]:
    return [(name, part(content, name)) for name in names(content) if name.endswith((".xml", ".rels"))]


def test_children_stand_in_the_order_of_the_standard(content: bytes) -> None:
    for name, root in roots(content):
        for element in root.iter():
            order = ORDER.get(etree.QName(element).localname, "").split()
            if order and element.tag.startswith(W):
                places = [order.index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (name, etree.tostring(element)[:400])


def test_no_property_stands_twice(content: bytes) -> None:
    for name, root in roots(content):
        for kind in ("pPr", "rPr", "tcPr", "tblPr"):
            for element in root.iter(f"{W}{kind}"):
                assert max(Counter(child.tag for child in element).values(), default=0) < 2, name


def test_every_relationship_leads_to_a_part_and_every_part_is_led_to(content: bytes) -> None:
    parts = set(names(content)) - {"[Content_Types].xml"}
    led: set[str] = set()
    for name, root in roots(content):
        if not name.endswith(".rels"):
            continue
        folder = name.rpartition("_rels/")[0]
        for relation in root:
            assert relation.get("TargetMode") != "External"
            target = relation.get("Target")
            led.add(target.lstrip("/") if target.startswith("/") else folder + target)
    assert led == {name for name in parts if not name.endswith(".rels")}


def test_what_a_part_refers_to_is_among_its_relationships(content: bytes) -> None:
    known = {r.get("Id") for r in part(content, "word/_rels/document.xml.rels")}
    used = [v for e in part(content).iter() for k, v in e.attrib.items() if k.startswith(R)]
    assert used
    assert set(used) <= known


def test_every_part_has_a_content_type(content: bytes) -> None:
    types = part(content, "[Content_Types].xml")
    endings = {e.get("Extension") for e in types}
    parts = {e.get("PartName") for e in types}
    for name in names(content):
        assert f"/{name}" in parts or name.rpartition(".")[2] in endings, name


def test_bookmarks_have_names_that_word_keeps_and_numbers_of_their_own(content: bytes) -> None:
    starts = list(part(content).iter(f"{W}bookmarkStart"))
    ends = [e.get(f"{W}id") for e in part(content).iter(f"{W}bookmarkEnd")]
    marks = [e.get(f"{W}name") for e in starts]
    assert len({name.lower() for name in marks}) == len(marks)
    assert all(re.fullmatch(r"[A-Za-z]\w{0,39}", name) for name in marks)
    assert sorted(ends) == sorted(e.get(f"{W}id") for e in starts)
    assert len(set(ends)) == len(ends)


def test_every_cell_ends_in_a_paragraph_and_every_row_fills_the_grid(content: bytes) -> None:
    for table in part(content).iter(f"{W}tbl"):
        columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
        for row in table.findall(f"{W}tr"):
            spans = row.findall(f"{W}tc/{W}tcPr/{W}gridSpan")
            cells = len(row.findall(f"{W}tc")) + sum(int(s.get(f"{W}val")) - 1 for s in spans)
            assert cells == columns
            assert all(cell[-1].tag == f"{W}p" for cell in row.findall(f"{W}tc"))


def test_styles_that_are_used_are_there(content: bytes) -> None:
    known = {s.get(f"{W}styleId") for s in part(content, "word/styles.xml").iter(f"{W}style")}
    used = {
        e.get(f"{W}val")
        for name, root in roots(content)
        for e in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle", f"{W}basedOn", f"{W}next")
    }
    assert used <= known


def test_python_docx_opens_it_and_finds_the_styles_by_name(content: bytes) -> None:
    document = Document(BytesIO(content))
    found = [p.style.name for p in document.paragraphs if p.style is not None]
    assert found[:5] == ["Accordant Kicker", "Title", "Subtitle", "Accordant Notice", "Heading 1"]
    assert len(document.tables) == 5
    assert [s.orientation for s in document.sections] == [0, 1, 0]


def test_the_same_content_has_the_same_bytes_and_no_hour(content: bytes) -> None:
    assert render(brief()) == content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
