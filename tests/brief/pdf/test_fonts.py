from __future__ import annotations

import json

import pytest
import typst

from accordant.brief.pdf import fonts
from accordant.brief.pdf.truetype import letters

MEASURED = (
    '#set text(font: "FiraGO", size: 100pt, kerning: false, ligatures: false, weight: {weight})\n'
    "#context [#metadata(measure(sys.inputs.words).width.pt())<width>]"
)


@pytest.mark.parametrize("words", ["Hello, world", "ÄÖÜ ßéñ", "Ελλάδα", "Україна", "8 of 16 – “x”", "WWiill"])
@pytest.mark.parametrize("bold", [False, True])
def test_letters_are_as_wide_as_the_typesetter_sets_them(words: str, bold: bool) -> None:
    source = MEASURED.replace("{weight}", "700" if bold else "400").encode()
    told = typst.query(
        source, "<width>", "value", True, font_paths=fonts.shelf(), sys_inputs={"words": words}
    )
    assert fonts.measure(bold).width(words) * 100 == pytest.approx(json.loads(told), rel=0.005)


def test_joined_letters_are_no_wider_than_they_are_counted() -> None:
    words = "الجبهة الجنوبية"
    source = MEASURED.replace("{weight}", "400").encode()
    told = typst.query(
        source, "<width>", "value", True, font_paths=fonts.shelf(), sys_inputs={"words": words}
    )
    assert json.loads(told) <= fonts.measure().width(words) * 100


def test_one_family_has_latin_greek_cyrillic_arabic_and_hebrew() -> None:
    assert not fonts.measure().lacks("Latin é ß Ελλάδα Київ الجبهة ۱۲۳ ישראל – “ ” … ≥ → ×")
    assert fonts.measure().lacks("中a文") == {"中", "文"}


def test_marks_and_controls_of_direction_take_no_room() -> None:
    assert fonts.measure().width("a\u2068\u2069\u200b") == fonts.measure().width("a")


def test_our_fonts_come_along_and_those_of_the_machine_only_where_they_are_asked_for() -> None:
    assert {"FiraGO", "Fira Mono"} <= set(fonts.shelf().families())
    assert all(str(fonts.folder()) in (f.path or str(fonts.folder())) for f in fonts.shelf().fonts())
    assert fonts.without("Only letters that come along: الجبهة", ("FiraGO",), ()) == (False, frozenset())
    assert fonts.without("\u0378", ("FiraGO",), ())[1] == {"\u0378"}


def test_a_font_is_read_from_its_bytes() -> None:
    found = letters((fonts.folder() / "mono.ttf").read_bytes())
    assert found.width("iiii") == pytest.approx(found.width("WWWW"))
