from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.brief.house import House
from accordant.brief.house_folder import examine_house, read_house
from accordant.brief.house_fonts import Face, read_face
from accordant.brief.house_pictures import bare_png, bare_svg
from accordant.brief.house_start import start_house
from accordant.errors import CaseError, InputError

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20">{}</svg>'


def template(folder: Path, text: str = "", **files: bytes | str) -> Path:
    """A template folder; a name's underscores stand for a slash and a point: ``style_css``."""
    folder.mkdir(exist_ok=True)
    (folder / "house.yaml").write_text(f"accordant-house: 1\n{text}", encoding="utf-8")
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def said(folder: Path) -> list[str]:
    return [str(p).replace(f"{folder}/", "") for p in examine_house(folder).problems]


def png(*chunks: tuple[bytes, bytes]) -> bytes:
    raw = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        raw += len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
    return raw


DOT = png(
    (b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0"),
    (b"tEXt", b"Author\0Jane Roe"),
    (b"IDAT", zlib.compress(b"\0\xff")),
    (b"IEND", b""),
)


def font(family: str = "House Sans", weight: int = 400, embedding: int = 0, kind: bytes = b"OTTO") -> bytes:
    """The least of a font that says what it is called and whether it may be embedded."""
    text = family.encode("utf-16-be")
    name = b"\0\0\0\1\0\x12" + b"".join(n.to_bytes(2, "big") for n in (3, 1, 0x409, 1, len(text), 0)) + text
    style = bytearray(78)
    style[4:6], style[8:10] = weight.to_bytes(2, "big"), embedding.to_bytes(2, "big")
    tables, at, body = b"", 12 + 32, b""
    for tag, table in ((b"OS/2", bytes(style)), (b"name", name)):
        tables += tag + bytes(4) + (at + len(body)).to_bytes(4, "big") + len(table).to_bytes(4, "big")
        body += table
    return kind + b"\0\2" + bytes(6) + tables + body


def word(relations: str = "", **parts: str) -> bytes:
    """A Word document, as far as anybody looks before its styles are taken."""
    made = BytesIO()
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
        archive.writestr("word/styles.xml", "<styles/>")
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{relations}</Relationships>'
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name.replace('_', '.')}", content)
    return made.getvalue()


def test_what_a_template_says_is_what_documents_look_like(tmp_path: Path) -> None:
    text = (
        'name: Office\nheader: " Office of the Envoy "\npaper: letter\naccent: "#AA3300"\n'
        "text_font: House Sans\nlogo: logo.svg\n"
    )
    folder = template(
        tmp_path, text, logo_svg=SVG.format("<g/>"), style_css="h2 { color: red; }", fonts__a_otf=font()
    )
    house = read_house(folder)
    assert (house.name, house.header, house.paper, house.accent) == (
        "Office",
        "Office of the Envoy",
        "letter",
        "#aa3300",
    )
    assert (house.text_font, house.heading_font) == ("House Sans", "House Sans")
    assert (house.logo, house.logo_kind) == (SVG.format("<g/>").encode(), "svg")
    assert house.fonts == (folder / "fonts" / "a.otf",)
    assert house.css == "h2 { color: red; }"


def test_a_template_may_say_nothing(tmp_path: Path) -> None:
    assert read_house(template(tmp_path)) == House()


def test_every_mistake_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = 'papper: a4\naccent: "#ffee00"\nlogo: ../logo.svg\nembed_fonts: perhaps\n'
    folder = template(tmp_path, text, styles_docx="no", style_css="\n@import 'x';", fonts__a_ttf="no")
    found = said(folder)
    assert [line.split(": ")[0] for line in found] == [
        "fonts/a.ttf",
        "house.yaml:2:1",
        "house.yaml:3:9",
        "house.yaml:4",
        "house.yaml:5:14",
        "style.css:2",
        "styles.docx",
    ]
    assert "did you mean 'paper'?" in found[1]
    assert "stands out from white by 1.2 to 1 only" in found[2]
    with pytest.raises(CaseError, match="7 mistakes in the template") as told:
        read_house(folder)
    assert len(told.value.problems) == 7


def test_a_folder_that_is_none_is_told_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="accordant house"):
        read_house(tmp_path / "none")
    (tmp_path / "empty").mkdir()
    assert "there is no such file" in said(tmp_path / "empty")[0]


def test_a_file_with_nearly_the_right_name_is_not_passed_over(tmp_path: Path) -> None:
    found = said(template(tmp_path, styles_dotx="x", README="about"))
    assert len(found) == 1
    assert "did you mean 'styles.docx'?" in found[0]


@pytest.mark.parametrize(
    ("rules", "fine"),
    [
        ("a { background: url(data:image/png;base64,xx) }", True),
        ("/* @import is not read */ a { mask: url(#m) }", True),
        ("a { background: url('https://x.test/a') }", False),
        ("a { background: URL( //x.test/a ) }", False),
        ("@IMPORT 'a.css';", False),
        ("</style><script>", False),
    ],
)
def test_rules_for_web_pages_load_nothing(tmp_path: Path, rules: str, fine: bool) -> None:
    assert (said(template(tmp_path, style_css=rules)) == []) == fine


def test_a_page_of_pdf_takes_in_no_package(tmp_path: Path) -> None:
    assert said(template(tmp_path, template_typ='#let house(body, meta) = body // "@preview/x"')) == []
    assert said(template(tmp_path, template_typ='\n#let x = "@preview/x:1.0.0"')) == [
        "template.typ:2: takes in a package; a template stands on its own"
    ]


def test_a_word_document_that_loads_or_runs_something_lends_no_styles(tmp_path: Path) -> None:
    outside = '<Relationship Id="r" Type="x/{}" Target="file://server/share" TargetMode="External"/>'
    assert said(template(tmp_path, styles_docx=word(outside.format("hyperlink")))) == []
    assert (
        "attachedTemplate"
        in said(template(tmp_path, styles_docx=word(outside.format("attachedTemplate"))))[0]
    )
    assert "macros" in said(template(tmp_path, styles_docx=word(vbaProject_bin="x")))[0]
    evil = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "document type" in said(template(tmp_path, styles_docx=word(footer1_xml=evil)))[0]


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("<script/>", "holds <script>"),
        ('<g onclick="x"/>', "holds onclick"),
        ('<image href="https://x.test/a.png"/>', "takes something in with href"),
        ('<rect fill="url(https://x.test/a)"/>', "takes something in with fill"),
        ("<style>@import 'x';</style>", "loads something in its styles"),
        ("<foreignObject/>", "holds <foreignObject>"),
    ],
)
def test_a_logo_is_a_picture_and_nothing_else(inside: str, says: str) -> None:
    found = bare_svg(SVG.format(inside).encode())
    assert isinstance(found, str)
    assert says in found


def test_what_a_drawing_program_left_in_a_logo_is_taken_off() -> None:
    left = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/ns" viewBox="0 0 9 9" '
        'i:export-filename="C:/Users/jane/logo.png"><!-- jane --><metadata>Jane Roe</metadata>'
        '<i:view name="jane"/><g fill="url(#a)"><linearGradient id="a"/></g></svg>'
    )
    found = bare_svg(left.encode())
    assert isinstance(found, bytes)
    assert b"jane" not in found.lower()
    assert b'<linearGradient id="a"/>' in found
    dots = bare_png(DOT)
    assert isinstance(dots, bytes)
    assert b"Jane" not in dots
    assert bare_png(dots) == dots


@given(st.binary())
def test_bytes_that_are_no_picture_or_font_are_refused_in_words(raw: bytes) -> None:
    for found in (bare_png(DOT[:8] + raw), bare_svg(raw), read_face(b"OTTO" + raw)):
        assert isinstance(found, str)


@given(st.integers(min_value=8, max_value=len(DOT) - 1))
def test_half_a_picture_is_no_picture(at: int) -> None:
    assert bare_png(DOT[:at]) == "is a damaged PNG picture"


@given(st.integers(min_value=4, max_value=len(font()) - 1))
def test_half_a_font_is_no_font(at: int) -> None:
    assert isinstance(read_face(font()[:at]), str)


def test_a_font_says_what_it_is_and_whether_it_may_be_embedded(tmp_path: Path) -> None:
    assert read_face(font("Bold Sans", 700)) == Face(("Bold Sans",), 700, False, True, True)
    folder = template(
        tmp_path, "embed_fonts: true\n", fonts__a_otf=font(embedding=2), fonts__licence_txt="OFL"
    )
    assert "marked by its maker as not to be embedded" in said(folder)[0]
    template(tmp_path, "embed_fonts: false\n")
    assert said(folder) == []


def test_the_fonts_that_come_along_are_read() -> None:
    import pymupdf_fonts

    faces = [read_face(pymupdf_fonts.myfont(code)) for code in ("figo", "figbo", "figit")]
    assert [(f.families[0], f.weight, f.italic) for f in faces if isinstance(f, Face)] == [
        ("FiraGO", 400, False),
        ("FiraGO", 700, False),
        ("FiraGO", 400, True),
    ]


def test_a_family_that_no_file_holds_is_a_warning(tmp_path: Path) -> None:
    folder = template(tmp_path, "text_font: Hause Sans\nheading_font: FiraGO\n", fonts__a_otf=font())
    found = examine_house(folder)
    assert found.sound
    assert [p.severity for p in found.problems] == ["warning"]
    assert "did you mean 'House Sans'?" in str(found.problems[0])


def test_the_template_to_begin_with_is_without_mistakes(
    tmp_path: Path,
) -> None:
    folder = start_house(tmp_path / "house")
    found = examine_house(folder)
    assert (found.sound, found.problems) == (True, [])
    assert found.house is not None
    assert (found.house.header, found.house.paper, found.house.fonts) == ("", "a4", ())
    assert found.house.docx
    with pytest.raises(InputError, match="not empty"):
        start_house(folder)


def test_the_document_to_begin_with_has_no_head_of_its_own_and_names_nobody(tmp_path: Path) -> None:
    raw = (start_house(tmp_path / "house") / "styles.docx").read_bytes()
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        assert b"headerReference" not in archive.read("word/document.xml")
        core = archive.read("docProps/core.xml").decode()
    assert "creator></" in core or "creator/>" in core or "creator" not in core


def test_a_family_without_bold_or_italic_letters_is_a_warning(tmp_path: Path) -> None:
    folder = template(tmp_path, "text_font: House Sans\n", fonts__a_otf=font(), fonts__b_otf=font(weight=700))
    found = examine_house(folder)
    assert found.sound
    assert [p.severity for p in found.problems] == ["warning"]
    assert "holds italic letters of 'House Sans'" in str(found.problems[0])
