from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.brief import words
from accordant.brief.characters import isolated, visible
from accordant.brief.document import plain
from accordant.case.expressions import parse
from accordant.case.objects import Case
from accordant.stability.concepts import CONCEPTS

CASE = Case.model_validate(
    {
        "title": "t",
        "parties": {"a": {}},
        "issues": {
            "truce": {"by": "a", "values": ["none", "pause", "lasting"], "name": "Halt"},
            "leave": {"by": "a"},
            "pay": {"by": "a", "values": ["0", "1", "2", "3", "4", "5"]},
        },
    }
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("leave", "leave: yes"),
        ("not leave", "leave: no"),
        ("truce", "Halt: pause/lasting"),
        ("truce != pause", "Halt: none/lasting"),
        ("not truce = lasting", "Halt: none/pause"),
        ("pay != 3", "pay: not 3"),
        ("pay >= 2", "pay: at least 2"),
        ("pay < 4", "pay: at most 3"),
        ("leave -> truce = lasting", "leave: yes only if Halt: lasting"),
        ("leave and (truce or pay > 4)", "leave: yes and (Halt: pause/lasting or pay: 5)"),
        ("not (leave or truce)", "not (leave: yes or Halt: pause/lasting)"),
        ("pay < 0", "pay: no value"),
    ],
)
def test_an_expression_is_told_as_the_values_it_permits(text: str, said: str) -> None:
    assert plain(words.expression(CASE, text)) == said


def test_an_expression_that_cannot_be_read_is_shown_as_written() -> None:
    assert plain(words.expression(CASE, "truce = forever")) == "truce = forever"


OPERATORS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


@given(OPERATORS, st.sampled_from(["0", "1", "2", "3", "4", "5"]), st.booleans())
def test_the_values_told_are_those_that_make_the_expression_true(op: str, value: str, negated: bool) -> None:
    text = f"pay {op} {value}"
    tree = parse(text, {"pay": CASE.issues["pay"].values}).tree
    want = {v for k, v in enumerate(CASE.issues["pay"].values) if bool(tree.column(k)) != negated}  # type: ignore[union-attr]
    said = plain(words.expression(CASE, f"not {text}" if negated else text)).removeprefix("pay: ")
    every = list(CASE.issues["pay"].values)
    if said.startswith("at least "):
        found = set(every[every.index(said[-1]) :])
    elif said.startswith("at most "):
        found = set(every[: every.index(said[-1]) + 1])
    elif said.startswith("not "):
        found = set(every) - {said[-1]}
    else:
        found = set() if said == "no value" else set(said.split("/"))
    assert found == want


def test_f_and_6_mean_that_nothing_can_be_judged() -> None:
    assert words.grade("F6") == "F6: reliability of the source cannot be judged; truth cannot be judged"
    assert "unreliable" in words.grade("E5")


def test_every_concept_of_the_engine_has_a_name_and_one_sentence() -> None:
    for name in CONCEPTS:
        short, full, says = words.CONCEPTS[name]
        assert short
        assert full
        assert says.count(".") == 1
        assert says.endswith(".")


def test_all_concepts_are_told_as_all_and_one_by_its_name() -> None:
    assert words.concepts(list(CONCEPTS), of=5) == "all five concepts"
    assert words.concepts(["seq"], of=5) == "SEQ"


@given(st.lists(st.text(min_size=1), min_size=1, max_size=6, unique=True))
def test_codes_on_arrows_tell_parties_apart(names: list[str]) -> None:
    codes = words.short_codes(names)
    assert len(set(codes)) == len(names)
    assert all(code.isascii() for code in codes)


@given(st.text())
def test_nothing_that_reorders_or_cannot_be_held_stays_in_a_text(text: str) -> None:
    shown = visible(text)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x08\ufffe")
    assert visible(shown) == shown


def test_an_override_is_shown_not_obeyed() -> None:
    assert visible("annexe\u202etxt.exe") == "annexe[RLO]txt.exe"
    assert isolated("a\u2069b") == "\u2068a[PDI]b\u2069"


def test_marks_that_right_to_left_text_needs_are_kept() -> None:
    text = "\u05d0\u200f, \u0645\u200c\u0647"
    assert visible(text) == text
