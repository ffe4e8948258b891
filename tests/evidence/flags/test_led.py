"""Looking only where a word stands finds what looking everywhere finds."""

from __future__ import annotations

from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.cued import stems_of
from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import ReportFacts
from accordant.evidence.segment import segment
from tests.evidence.flags.test_kinds import IN_ORDER, WANTED

MODULES = ("blame", "certainty", "counts", "garbled", "numbers", "speech", "status", "tellings")
LED = {
    f"{name}.{key}": value
    for name in MODULES
    for key, value in vars(import_module(f"accordant.evidence.flags.{name}")).items()
    if isinstance(value, Led)
}
TEXTS = [text for table in (WANTED, IN_ORDER) for texts in table.values() for text in texts]
SENTENCES = sorted({line for text in TEXTS for line in text.split("\n") if line})


def as_read(text: str) -> Reading:
    return Reading(segment(text), ReportFacts("a.txt", "", 0, "utf-8", "text", len(text)), (), {})


def everywhere(reading: Reading, pattern: Led) -> list[tuple[int, int]]:
    """By the definition: at each place where a word begins."""
    text = reading.text
    inside = [k > 0 and (text[k - 1].isalnum() or text[k - 1] in "’'") for k in range(len(text))]
    starts = [k for k in range(len(text)) if text[k].isalnum() and not inside[k]]
    found = [m for at in starts if (m := pattern.pattern.match(text, at)) is not None]
    sentences = [s.span for s in reading.segments.sentences]
    return [m.span() for m in found if any(s.start <= m.start() and m.end() <= s.end for s in sentences)]


@pytest.mark.parametrize("name", LED)
def test_led_patterns_miss_nothing(name: str) -> None:
    reading = as_read("\n\n".join(SENTENCES))
    assert [m.span() for m in reading.matches(LED[name])] == everywhere(reading, LED[name])


@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6), st.sampled_from(sorted(LED)))
def test_led_patterns_miss_nothing_in_any_order(sentences: list[str], name: str) -> None:
    reading = as_read(" ".join(sentences))
    assert [m.span() for m in reading.matches(LED[name])] == everywhere(reading, LED[name])


@pytest.mark.parametrize("name", [name for name, led in LED.items() if led.needs])
def test_every_match_holds_a_word_that_the_pattern_needs(name: str) -> None:
    led = LED[name]

    @given(st.from_regex(led.pattern))
    def holds_one(text: str) -> None:
        for match in led.pattern.finditer(text):
            assert not led.needs.isdisjoint(stems_of(match.group()))

    holds_one()
