"""Words that must not be seen are found however they are written, and words like them are not."""

from __future__ import annotations

import pytest

from accordant.case.describing import _called, _id
from accordant.case.veiling import COVERED, Veil, Veiled

VEIL = Veil([Veiled("José Al-Masri", "an official"), Veiled("Al-Masri", "an official", name=True)])


@pytest.mark.parametrize(
    "text",
    [
        "JOSÉ AL-MASRI",
        "Jose\u0301  Al\u2011Masri",
        "jose al masri",
        "the Al-Masri paper",
        "Al\u200b-Mas\u200bri’s",
        "(José\nAl-Masri)",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert VEIL.shown(text) is not None
    assert VEIL.shown(VEIL.cover(text)) is None
    assert "[an official]" in VEIL.cover(text)


@pytest.mark.parametrize("text", ["al-masri", "Almasri", "Masri al", "José", ""])
def test_what_is_not_the_name_stays(text: str) -> None:
    assert VEIL.shown(text) is None
    assert VEIL.cover(text) == text


def test_the_rest_of_a_text_stays_as_it_is() -> None:
    assert VEIL.cover("So  José Al-Masri said;\n  Al-Masri left.") == (
        "So  [an official] said;\n  [an official] left."
    )


@pytest.mark.parametrize(
    ("name", "text", "covered"),
    [
        ("رينا", "وقالت ورينا هنا", "وقالت و[x] هنا"),
        ("כהן", "והכהן אמר", "וה[x] אמר"),
        ("王小明", "記者王小明說", "記者[x]說"),
    ],
)
def test_in_scripts_without_capitals_a_part_of_a_word_counts(name: str, text: str, covered: str) -> None:
    assert Veil([Veiled(name, "x")]).cover(text) == covered


def test_what_cannot_be_cut_out_goes_as_a_whole() -> None:
    veil = Veil([Veiled("רינה", "x")])
    assert veil.cover("רי\u200bנה כאן") == f"[{COVERED}]"


def test_the_longest_words_go_first() -> None:
    veil = Veil([Veiled("Renn", "b", name=True), Veiled("Ida Renn", "a")])
    assert veil.cover("Ida Renn and Renn") == "[a] and [b]"


def test_words_that_others_may_come_to_are_no_sign_of_a_leak() -> None:
    veil = Veil([Veiled("they will go", common=True), Veiled("Ida Renn")])
    assert veil.shown("They will go") is not None
    assert veil.certain.shown("They will go") is None
    assert veil.certain.shown("ida renn") is not None


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Bo Li", "Li's aide"),
        ("John Smithers Jr.", "Smithers said"),
        ("Smithers, John", "Mr Smithers"),
        ("Vera Holt (Ministry)", "vera holt"),
        ("Łukasz Bøgh", "LUKASZ BOGH"),
        ("Işık Ilgın", "Isik Ilgin"),
        ("王明", "主任王明不同意"),
        ("علي حسن", "علي حســـن"),
    ],
)
def test_people_are_found_however_they_are_called(name: str, said: str) -> None:
    assert Veil(list(_called(name, "named", "somebody"))).shown(said) is not None


def test_short_ids_are_covered_and_are_no_sign_of_a_leak() -> None:
    veil = Veil([_id("c8")])
    assert veil.cover("as he told (c8, c9)") == "as he told ([withheld], c9)"
    assert veil.certain.shown("c8") is None
