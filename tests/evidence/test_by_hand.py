"""Words that a person marks: found to the letter in any script, or offered as near."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.sources import Origin
from accordant.evidence.by_hand import attribution_by, find_words, marked
from accordant.evidence.spans import Span
from tests.evidence.read_helpers import reading

any_text = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(any_text, st.data())
def test_every_stretch_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    words = text[start:end].strip()
    found = find_words(text, text[start:end])
    if not words:
        assert found.places == ()
        return
    assert found.exact
    assert all(place.of(text) == words for place in found.places)
    first = text.find(words)
    assert found.places[0] == Span(first, first + len(words))


@given(any_text, any_text)
def test_whatever_is_typed_every_place_lies_in_the_text(text: str, words: str) -> None:
    for place in find_words(text, words).places:
        assert 0 <= place.start < place.end <= len(text)


@pytest.mark.parametrize(
    ("text", "typed", "words"),
    [
        ("She said “no\nmore” twice.", '"no more"', "“no\nmore”"),
        ("The envoy’s offer – a pause – is old.", "envoy's offer - a pause", "envoy’s offer – a pause"),
        ("Le délégué a quitté la salle.", "delegue a quitte", "délégué a quitté"),
        ("קבלת ההצעה נדחתה אתמול.", "ההצעה נדחתה", "ההצעה נדחתה"),
        ("وافق المجلس على الهدنة أمس.", "المجلس على الهدنة", "المجلس على الهدنة"),
        ("委員会は提案を拒否した。", "提案を拒否", "提案を拒否"),
        ("The union will not load medicine.", "union wil not load medcine", "union will not load medicine"),
        ("We wait. The port is shut until May, all agree.", "The port … May", "The port is shut until May"),
    ],
)  # fmt: skip
def test_near_words_are_found_in_any_script(text: str, typed: str, words: str) -> None:
    found = find_words(text, typed)
    assert found.places[0].of(text) == words
    assert found.exact == (typed in text or "…" in typed)


def test_words_that_are_not_there_are_not_found() -> None:
    assert find_words("The union will wait.", "a lasting ceasefire in the valley").places == ()
    assert find_words("The union will wait.", "   ").places == ()


def test_marked_words_are_nobodys_until_somebody_says_whose() -> None:
    result = reading("Тихо. Совет согласился на паузу.")
    place = find_words(result.text, "Совет согласился").places[0]
    found = marked(result, place, "h1")
    assert (found.quote, found.source.at, found.rule) == ("Совет согласился", None, "by-hand")
    assert found.sentence.holds(place)


@pytest.mark.parametrize(
    ("kind", "attribution"),
    [("named", "named"), ("document", "named"), ("role", "described"), ("described", "described"),
     ("group", "described"), ("unattributed", "unattributed")],
)  # fmt: skip
def test_an_origin_says_how_marked_words_are_attributed(kind: str, attribution: str) -> None:
    assert attribution_by(Origin.model_validate({"kind": kind})) == attribution
