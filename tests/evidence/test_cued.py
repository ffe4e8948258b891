"""What is tried only beside its cue words finds what it would find if it were tried everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence import act, dates, matching, tokens, who
from accordant.evidence.cued import Cued, stems_of
from accordant.evidence.dates import dates_in
from accordant.evidence.frames import Placed
from accordant.evidence.matching import frames_of
from accordant.evidence.quotations import quotations
from accordant.evidence.rules import CONTINUING, FOLLOWING, FRAMING, RULES
from accordant.evidence.segment import segment
from accordant.evidence.spans import Span
from accordant.evidence.tokens import Words, tokens_of, words_of
from tests.evidence.read_helpers import REPORTS
from tests.evidence.test_properties import ANY, NEWS

CUED: dict[str, Cued] = {
    **dict(act._PATTERNS),
    **{name: value for room in (act, who) for name, value in vars(room).items() if isinstance(value, Cued)},
}


@pytest.mark.parametrize("name", CUED)
def test_every_match_of_a_pattern_holds_one_of_its_cue_words(name: str) -> None:
    cued = CUED[name]

    @given(st.from_regex(cued.pattern))
    def holds(text: str) -> None:
        for match in cued.pattern.finditer(text):
            assert not cued.cues.isdisjoint(stems_of(match.group())), match.group()

    holds()


TIMES = """
the; second; half; of; next; year; May; 2030; 3; 5th; early; mid-March; last; this; week; century; morning;
on; Monday; 12/04/2031; 70%; in 1950; homes; more; than; a; couple; several; years; ago; nearly; days; before;
yesterday; -; ,; .; weekend; following; fall; ſix; ıt; past; dozens; months-long; 2031-05-04; 2031-05;
Sept.; tonight
"""
TIMED = st.lists(st.sampled_from([time.strip() for time in TIMES.split(";")]), max_size=25).map(" ".join)


@given(TIMED | NEWS | ANY | st.from_regex(dates._GRAMMAR))
def test_times_are_those_of_the_grammar_tried_at_every_word(text: str) -> None:
    span = Span(0, len(text))
    anywhere = list(dates._GRAMMAR.finditer(text)) if dates._ANCHOR.search(text) else []
    assert [match.span() for match in dates._matches(text, span)] == [match.span() for match in anywhere]
    assert len(dates_in(text, span, date(2031, 5, 4))) <= len(anywhere)


TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Adm|Sen|Rep|Gov|Sgt|St|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct"
    r"|Nov|Dec|No|Jr|Sr)\.(?=\s)"
    r"|[A-Z]\.(?=\s+[A-Z])"
    r"|\d+(?:[.,:/]\d+)*(?:(?:st|nd|rd|th)\b)?%?"
    r"|[^\W_]+(?:[-‑’'][^\W_]+)*(?:(?<=s)[’'](?=\s+[^\W_]))?"
    r"|\.{2,}|-{2,}|[^\w\s]|_+"
)
"""What a token is, by definition."""
WRITTEN = st.lists(
    st.sampled_from(
        ["U.S.", "Mr.", "A.", "Orlo", "workers’", "3.5%", "May", "a-b", "they", "\n", "--", "…", "_"]
    )
).map(" ".join)


@given(WRITTEN | NEWS | ANY)
def test_tokens_stand_where_the_definition_finds_them(text: str) -> None:
    found, starts = tokens_of(text, Span(0, len(text)))
    assert [(t.text, at) for t, at in zip(found, starts, strict=True)] == [
        (match.group(), match.start()) for match in TOKEN.finditer(text)
    ]


def sentences(text: str) -> list[Words]:
    parts = segment(text)
    return [words_of(text, s.span, parts.quotations, s.headline) for s in parts.sentences]


def frames_by_every_rule(words: Words) -> tuple[Placed, ...]:
    """The same reading with every rule tried on every stretch, and nothing remembered."""

    def always(self: Any, region: object) -> matching.Kinds:
        words.known.clear()
        return FRAMING, FOLLOWING, CONTINUING

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching._Reader, "_rules", always)
        return frames_of(words)


@given(NEWS)
def test_rules_that_are_not_tried_would_find_nothing(text: str) -> None:
    for words in sentences(text):
        assert frames_of(words) == frames_by_every_rule(words)


@pytest.mark.parametrize("name", sorted(path.name for path in REPORTS.glob("*.txt")))
def test_rules_that_are_not_tried_would_find_nothing_in_reports(name: str) -> None:
    for words in sentences((REPORTS / name).read_text("utf-8")):
        assert frames_of(words) == frames_by_every_rule(words)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_cues_of_a_rule_stand_in_its_example(rule: matching.Rule) -> None:
    text = rule.example[0]
    words = words_of(text, Span(0, len(text)), quotations(text, [Span(0, len(text))]))
    assert not rule.cues or not words.vocabulary.isdisjoint(rule.cues)
    assert words.verbs or not rule.verbs


def test_a_search_is_made_once_in_a_sentence() -> None:
    made = []

    def find(words: Words, a: int, b: int) -> int:
        made.append((a, b))
        return a + b

    once: Callable[[Words, int, int], int] = tokens.remembered(find)
    words = words_of("Talks resume.", Span(0, 13), ())
    assert [once(words, 1, 2), once(words, 1, 2), once(words, 2, 1)] == [3, 3, 3]
    assert made == [(1, 2), (2, 1)]
