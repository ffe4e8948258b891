"""What holds on any text: offsets are true, every suggestion has its words, and nothing raises."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from accordant.errors import ReportError
from accordant.evidence.matching import DEPTH
from accordant.evidence.result import ReadResult
from tests.evidence.read_helpers import REPORTS, reading

PHRASES = """
the union; Ida Renn; two people familiar with the talks; He; Norland; several officials; a report; said;
claims; told CNN; has proposed; denied; warned; did not say; was told; according to; that; the port reopens;
it will strike; reportedly; It is known that; unlikely to; this month; By his own admission; 70%; who;
which; and; but; in Ulm; the demand; Renn’s
"""
WORDS = [phrase.strip() for phrase in PHRASES.split(";")]
MARKS = (",", ".", ":", ";", "“", "”", '"', "‘", "’", "—", "?", "(", ")", "\n\n", "\n", "’s")
NEWS = st.lists(st.sampled_from((*WORDS, *MARKS)), min_size=1, max_size=60).map(" ".join)
ANY = st.text(min_size=1, max_size=300)


def check(result: ReadResult) -> None:
    text = result.text
    ids = [c.id for c in result.claims]
    assert len(set(ids)) == len(ids)
    for claim in result.claims:
        assert text[claim.at.start : claim.at.end] == claim.quote
        assert claim.quote.strip()
        assert text[claim.cue_at.start : claim.cue_at.end] == claim.cue
        assert claim.cue.strip()
        for part in claim.parts:
            assert claim.at.holds(part)
            assert part.start < part.end
        assert claim.parts[0].start == claim.at.start
        assert claim.parts[-1].end == claim.at.end
        source = claim.source
        assert (source.at is None) == (source.text == "")
        assert source.at is None or source.at.of(text) == source.text
        assert (source.attribution == "unattributed") == (source.kind == "unattributed")
        assert source.count is None or source.count >= 1
        assert claim.trace
        assert claim.within is None or claim.within in ids
        assert result.depth(claim.id) <= DEPTH + 1  # what is said inside a quotation over paragraphs adds one
        assert claim.origin is None or claim.id in result.origins[claim.origin].claims
        for written in claim.dates:
            assert written.at.of(text) == written.text
    for flag in result.flags:
        for span in flag.at:
            assert 0 <= span.start < span.end <= len(text)
    assert result.to_json()["report"]["length"] == len(text)


def survives(text: str) -> None:
    try:
        result = reading(text)
    except ReportError:
        return  # only what is no text at all
    check(result)


@given(NEWS)
@example("“ . Ida Renn reportedly the union")
@example("It is known that ;")
def test_on_anything_like_news(text: str) -> None:
    survives(text)


@given(ANY)
def test_on_any_text(text: str) -> None:
    survives(text.encode("utf-8", "replace").decode())


@given(NEWS)
def test_reading_twice_gives_the_same(text: str) -> None:
    try:
        assert reading(text).to_json() == reading(text).to_json()
    except ReportError:
        return


@given(st.sampled_from(sorted(REPORTS.glob("*.txt"))), st.data())
@settings(max_examples=60)
def test_on_reports_with_pieces_missing(path: object, data: st.DataObject) -> None:
    text = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start, len(text)))
    survives(text[:start] + text[end:])


MONOTONOUS = {
    "quotes": "word “abc " * 8_000,
    "stops": "a. " * 20_000,
    "singles": "'abc " * 10_000,
    "one word": "x" * 200_000,
    "nested": "He said that " * 3_000,
    "cues": "said, " * 6_000,
    "paragraphs": "“One.\n\n" * 2_000,
    "relatives": "who said which told " * 2_000,
    "according": "according to " * 12_000,
    "names": "Ida Renn, " * 12_000,
}


@pytest.mark.parametrize("text", MONOTONOUS.values(), ids=MONOTONOUS)
def test_long_and_monotonous_texts_come_to_an_end(text: str) -> None:
    check(reading(text))
