"""What a model says, taken apart: the right shape is taken, anything else is refused with a reason."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.model_layer.answers import MOST, Parsed, parse
from accordant.evidence.model_layer.parsing import AnswerError
from tests.evidence.model_layer.stub import entry

GOOD = entry("Ida Renn", "said", "we will wait")


def reasons(*entries: Any) -> list[str]:
    return [reason for reason, _ in parse(json.dumps({"claims": list(entries)})).wrong]


@pytest.mark.parametrize(
    "around",
    [
        "{}", "```json\n{}\n```", "Here you are:\n{}\nI hope that this helps.",
        "<think>{{}} or so?</think>{}", "Note {{braces}} first. {}", "  {}  ",
    ],
)  # fmt: skip
def test_words_around_the_answer_do_no_harm(around: str) -> None:
    found = parse(around.format(json.dumps({"claims": [GOOD]})))
    assert [(c.source, c.cue, c.content) for c in found.claims] == [("Ida Renn", "said", ("we will wait",))]


def test_a_list_without_the_outermost_braces_is_taken() -> None:
    assert len(parse(json.dumps([GOOD, GOOD])).claims) == 2


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no JSON"),
        ("I will not do that.", "no JSON"),
        ("null", "no 'claims'"),
        ('{"answer": []}', "no 'claims'"),
        ('{"claims": [], "claims": [1]}', "stands twice"),
        ('{"claims": [{"cue": "a", "cue": "b"}]}', "stands twice"),
        ('text {"claims": [], "claims": [1]}', "stands twice"),
        ('{"claims": ' + "[" * 100_000, "too many levels"),
        ('{"claims": [Infinity]}', "Infinity is no number"),
        ('{"claims": [' + "1" * 10_000 + "]}", "too long"),
        ('{"claims": [', "no JSON"),
    ],
    ids=range(11),
)
def test_an_answer_without_a_list_is_refused(text: str, why: str) -> None:
    with pytest.raises(AnswerError, match=why):
        parse(text)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"source": 7}, "wrong type: source is no string"),
        ({"content": {"a": "b"}}, "wrong type: content is no list of strings"),
        ({"content": ["a", None]}, "wrong type: content is no list of strings"),
        ({"content": []}, "no content"),
        ({"content": ["", " "]}, "no content"),
        ({"content": ["a"] * 13}, "more than 12 pieces of content"),
        ({"cue": ""}, "no cue"),
        ({"kind": "wizard"}, "kind is not one of the list"),
        ({"kind": None}, "kind is not one of the list"),
        ({"act": ["claim"]}, "wrong type: act is no string"),
        ({"inside": "1"}, "wrong type: inside is no number"),
        ({"inside": True}, "wrong type: inside is no number"),
    ],
)
def test_an_entry_of_the_wrong_shape_is_rejected_and_the_others_stay(
    change: dict[str, Any], reason: str
) -> None:
    assert reasons(GOOD, {**GOOD, **change}, GOOD) == [reason]


@pytest.mark.parametrize("bad", [7, "a", None, [GOOD], True])
def test_an_entry_that_is_no_object_is_rejected(bad: Any) -> None:
    assert reasons(bad) == ["wrong type: an entry is no object"]


@pytest.mark.parametrize("bad", [7, "a", None, {"0": GOOD}])
def test_claims_that_are_no_list_are_rejected(bad: Any) -> None:
    assert parse(json.dumps({"claims": bad})).wrong[0][0] == "wrong type: claims is no list"


def test_no_more_are_taken_than_a_paragraph_can_hold() -> None:
    found = parse(json.dumps({"claims": [GOOD] * (MOST + 3)}))
    assert (len(found.claims), len(found.wrong)) == (MOST, 3)


def test_grades_dates_and_affiliations_are_left_out_and_counted() -> None:
    found = parse(json.dumps({"claims": [{**GOOD, "grade": "A1", "date": "2031-01-01", "party": "union"}]}))
    assert dict(found.ignored) == {"grade": 1, "date": 1, "party": 1}
    assert len(found.claims) == 1


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(
    st.one_of(st.text(max_size=80), _JSON.map(json.dumps), _JSON.map(lambda v: json.dumps({"claims": [v]})))
)
def test_whatever_is_said_it_is_taken_apart_or_refused(text: str) -> None:
    with contextlib.suppress(AnswerError):
        assert isinstance(parse(text), Parsed)
