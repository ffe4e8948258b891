"""Copies and excerpts by five-word shingles, and the words in a row that two texts share."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.evidence.together.copies import overlaps
from accordant.evidence.together.passages import maximal_runs, ordered, runs
from accordant.evidence.together.sharing import shared
from accordant.evidence.together.wording import shingles, worded
from tests.evidence.together import twins

few_words = st.lists(st.sampled_from("abc"), max_size=25)
some_texts = st.lists(few_words, min_size=1, max_size=8)

STORY = (
    "The harbour board of Karsel will open the lower lock again on Monday so that barges with medicine can "
    "pass, and it will close it every evening until the repairs to the eastern gate are done. Divers have "
    "looked at the hinges twice since the flood and found that one of them has to be made anew."
)


def ids(*texts: list[str]) -> list[np.ndarray]:
    return shingles([worded(" ".join(words)) for words in texts])


@given(some_texts)
def test_shingles_have_one_number_exactly_where_their_words_agree(texts: list[list[str]]) -> None:
    found = ids(*texts)
    by_number: dict[int, tuple[str, ...]] = {}
    by_words: dict[tuple[str, ...], int] = {}
    for words, numbers in zip(texts, found, strict=True):
        assert len(numbers) == max(0, len(words) - 4)
        for k, number in enumerate(numbers.tolist()):
            here = tuple(words[k : k + 5])
            assert by_number.setdefault(number, here) == here
            assert by_words.setdefault(here, number) == number


@given(some_texts, st.integers(2, 6), st.integers(1, 3))
@settings(max_examples=200)
def test_overlaps_are_those_of_the_definition_by_sets(texts: list[list[str]], cut: int, least: int) -> None:
    found = overlaps(ids(*texts), least=least, cut=cut)
    assert list(found.pairs) == twins.overlaps(texts, cut, least)


@given(st.lists(st.sets(st.integers(0, 12), max_size=6), max_size=9), st.integers(1, 5))
def test_shared_columns_are_those_counted_pair_by_pair(rows: list[set[int]], cut: int) -> None:
    found = shared([np.array(sorted(row), dtype=np.int64) for row in rows], cut)
    pairs = zip(found.first.tolist(), found.second.tolist(), found.count.tolist(), strict=True)
    assert {(a, b): n for a, b, n in pairs} == twins.pairs_sharing(rows, cut)


@given(few_words, few_words)
def test_runs_of_words_are_those_found_word_by_word(one: list[str], other: list[str]) -> None:
    assert maximal_runs(*map(ordered, ids(one, other)), 6) == twins.maximal_runs(one, other, 6)


@given(few_words, few_words)
def test_shown_runs_hold_the_same_words_and_lie_over_no_other(one: list[str], other: list[str]) -> None:
    seen: set[int] = set()
    for run in runs(*ids(one, other), least=5):
        here = range(run.first, run.first + run.size)
        assert one[run.first : run.first + run.size] == other[run.second : run.second + run.size]
        assert seen.isdisjoint(here)
        seen.update(here)


def test_a_text_with_a_word_changed_here_and_there_is_a_near_copy() -> None:
    changed = STORY.replace("Monday", "Tuesday").replace("hinges", "bearings")
    found = overlaps(shingles([worded(STORY), worded(changed)]))
    assert [pair.kind for pair in found.pairs] == ["near-copy"]


def test_half_of_a_text_inside_a_longer_one_is_an_excerpt() -> None:
    other = (
        STORY.split(". ")[0] + ". " + " ".join(f"Row {n} of the list names boat {n * 7}." for n in range(20))
    )
    found = overlaps(shingles([worded(STORY.split(". ")[0]), worded(other)]))
    assert [pair.kind for pair in found.pairs] == ["excerpt"]


def test_case_line_ends_and_quotation_marks_make_no_difference() -> None:
    other = STORY.upper().replace(" ", "\n").replace("MEDICINE", "“MEDICINE”")
    one, two = shingles([worded(STORY), worded(other)])
    assert one.tolist() == two.tolist()


def test_a_notice_that_stands_in_many_reports_makes_none_of_them_copies() -> None:
    notice = "Readers who know more about this can write to the editors at any time of the day or night."
    texts = [worded(" ".join(f"w{k}x{n}" for n in range(60)) + " " + notice) for k in range(60)]
    found = overlaps(shingles(texts))
    assert found.pairs == ()
    assert found.common > 0


def test_very_many_copies_of_one_text_are_still_copies() -> None:
    texts = [worded(STORY.replace("Monday", f"day{k}")) for k in range(60)]
    found = overlaps(shingles(texts))
    assert len(found.pairs) == 60 * 59 // 2
    assert {pair.kind for pair in found.pairs} == {"near-copy"}


def test_words_of_any_script_are_compared() -> None:
    chinese = "双方在上周的会谈中同意在下个月之前重新开放港口"
    arabic = "قال الوزير إن المحادثات ستستأنف يوم الاثنين في المدينة القديمة"
    for text in (chinese, arabic):
        one, other = shingles([worded(text), worded("x " + text)])
        assert set(one.tolist()) <= set(other.tolist())
        assert len(one)
