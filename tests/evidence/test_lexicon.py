"""Words looked up once: the same as when each stretch is searched on its own."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.lexicon import Known, Lexicon, WordClass, lexicon_in, matches_at, starts_in
from accordant.evidence.spans import Span
from accordant.evidence.together.numbers import quantities

_DIGITS = WordClass(lambda word: any(map(str.isdecimal, word)))
_TEXTS = st.text(st.sampled_from("ab1_ ’.-\nİ停"), max_size=40)


@given(_TEXTS, st.integers(0, 40), st.integers(0, 40))
def test_the_words_of_a_stretch_are_those_found_in_it_alone(text: str, a: int, b: int) -> None:
    span = Span(*sorted((min(a, len(text)), min(b, len(text)))))
    found = lexicon_in(text, span)
    first, end = found.range(span)
    alone = [(m.group(), m.start()) for m in re.compile(r"\w+").finditer(text, *span)]
    assert [*zip(found.words[first:end], found.starts[first:end], strict=True)] == alone
    assert starts_in(text, span, _DIGITS) == [at for word, at in alone if any(map(str.isdecimal, word))]


def test_a_class_that_is_new_since_a_text_was_read_is_found_in_it() -> None:
    text = "Talks resume"
    assert Lexicon(text).starts_of(WordClass(str.istitle)) == [0]
    found = lexicon_in(text, Span(0, 12))
    assert found.starts_of(WordClass(str.islower)) == [6]
    assert found.starts_of(WordClass(str.istitle)) == [0]


def test_what_is_known_of_words_is_bounded() -> None:
    known = Known(len, most=3)
    assert [known[word] for word in ("a", "bb", "ccc", "dddd", "a")] == [1, 2, 3, 4, 1]
    assert len(known) <= 3


@given(st.lists(st.sampled_from(["in Ulm", "in", "Ulm", "in the", "in Ulm in"]), max_size=8))
def test_a_pattern_tried_at_its_first_words_finds_what_a_search_finds(pieces: list[str]) -> None:
    text = " ".join(pieces)
    pattern, first = re.compile(r"\bin (?:the )?[A-Z]\w+(?: in)?"), WordClass("in".__eq__)
    span = Span(0, len(text))
    tried = matches_at(pattern, text, span, starts_in(text, span, first))
    assert [m.span() for m in tried] == [m.span() for m in pattern.finditer(text)]


@given(
    st.lists(st.sampled_from(["half a", "million", "x3y", "$5", "12,000", "one", "of", "two"]), max_size=8)
)
def test_numbers_of_a_stretch_are_those_of_its_words_alone(pieces: list[str]) -> None:
    text = " ".join(pieces)
    whole = quantities(f"{text} . {text}", Span(0, len(text)))
    assert [(q.at, q.low, q.high, q.unit) for q in whole] == [
        (q.at, q.low, q.high, q.unit) for q in quantities(text)
    ]
