"""Words that must not be seen are found however they are written, and words like them are not."""

from __future__ import annotations

import hashlib

import pytest

from accordant.case.describing import _called, _id
from accordant.case.veiling import COVERED, Veil, Veiled, pieces

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


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Иван Петров", "Встреча с Петровым"),
        ("Иван Петров", "слова Петрова"),
        ("Лев Толстой", "у Толстого"),
        ("Shane O'Neill", "ONeill said so"),
        ("Shane O’Neill", "O'Neill said so"),
    ],
)
def test_surnames_are_found_with_their_endings_and_without_apostrophes(name: str, said: str) -> None:
    veil = Veil(list(_called(name, "named", "x")))
    assert veil.shown(said) is not None
    assert veil.shown(veil.cover(said)) is None


def test_a_word_that_begins_like_a_surname_is_none() -> None:
    veil = Veil(list(_called("Иван Петров", "named", "x")))
    assert veil.shown("Петрозаводск и Петр") is None


def test_part_of_a_quotation_is_covered_and_is_no_sign_of_a_leak() -> None:
    said = "We shall leave the islands by the first of May"
    veil = Veil([Veiled(said), *(Veiled(part, common=True) for part in pieces(said))])
    assert veil.cover("He says they 'leave the islands by the first', no less.") == (
        f"He says they '[{COVERED}]', no less."
    )
    assert veil.cover("They leave the islands by June.") == "They leave the islands by June."
    assert veil.certain.shown("leave the islands by the first") is None


def test_part_of_a_sentence_without_spaces_is_covered() -> None:
    said = "我们将在五月一日之前离开这些岛屿并且不再回来"
    veil = Veil([Veiled(part, common=True) for part in pieces(said)])
    assert veil.cover(f"他说{said[2:18]}了") == f"他说[{COVERED}]了"


def test_a_long_piece_of_a_check_sum_is_found() -> None:
    total = hashlib.sha256(b"x").hexdigest()
    veil = Veil([Veiled(total, "x")])
    assert veil.cover(f"see {total[20:33].upper()} there") == "see [x] there"
    assert veil.shown(f"see {total[20:31]} there") is None
