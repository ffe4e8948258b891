"""Forecasts: recorded, settled and scored as a person would do it on paper."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.case.yardsticks import ICD_203, PHIA, YARDSTICKS, Band
from accordant.errors import CaseError, InputError
from accordant.history.forecasts import CAVEAT, result
from accordant.history.scoring import TAIL, Settled, at_most, fits, outwards, score

CASE = """\
title: t
as_of: 2030-05-01
parties: {a: {}, b: {}}
issues: {x: {by: a}}
status_quo: {x: no}
preferences: {a: {priorities: [x]}, b: {priorities: [x]}}
proposals: {p: {by: a, package: {x: yes}}}
judgements:
"""
BANDS = st.sampled_from(ICD_203.bands)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    (tmp_path / "case.yaml").write_text(CASE + "  j1: {by: R, about: agreement-exists, likelihood: hardly}\n")
    return tmp_path


@pytest.mark.parametrize("name", YARDSTICKS)
def test_steps_ascend_and_their_words_name_one_step_each(name: str) -> None:
    yardstick = YARDSTICKS[name]  # type: ignore[index]
    words = [w for b in yardstick.bands for w in (b.term, *b.others)]
    assert len(words) == len(set(words))
    assert all(yardstick.band(w.upper()) is b for b in yardstick.bands for w in (b.term, *b.others))
    ends = [(b.low, b.high) for b in yardstick.bands]
    assert ends == sorted(ends)
    assert all(0 <= low < high <= 100 for low, high in ends)


@given(st.lists(st.tuples(BANDS, st.booleans()), min_size=1, max_size=12))
def test_the_score_lies_between_all_chances_within_the_bands(said: list[tuple[Band, bool]]) -> None:
    found = score("", ICD_203, [Settled(*one) for one in said])
    assert found.brier is not None
    ends = [(Fraction(b.low, 100), Fraction(b.high, 100)) for b, _ in said]
    for share in (Fraction(0), Fraction(1, 3), Fraction(1)):
        within = [low + share * (high - low) for low, high in ends]
        brier = sum((p - came) ** 2 for p, (_, came) in zip(within, said, strict=True)) / len(said)
        assert found.brier[0] <= brier <= found.brier[1]
    assert sum(c.said for c in found.bands) == len(said)
    assert sum(c.came for c in found.bands) == sum(came for _, came in said)


@given(st.integers(0, 8), BANDS)
def test_what_fits_is_what_listing_every_outcome_says(n: int, band: Band) -> None:
    def chance(k: int, p: Fraction) -> Fraction:
        ways = (o for o in product((0, 1), repeat=n) if sum(o) == k)
        return sum(
            ((p ** sum(o)) * (1 - p) ** (n - sum(o)) for o in ways),
            Fraction(0),
        )

    low, high = Fraction(band.low, 100), Fraction(band.high, 100)
    for k in range(n + 1):
        fewer = sum((chance(j, low) for j in range(k + 1)), Fraction(0))
        more = sum((chance(j, high) for j in range(k, n + 1)), Fraction(0))
        assert at_most(n, k, low) == fewer
        told = "fewer" if fewer < TAIL else "more" if more < TAIL else "fits"
        assert fits(n, k, band) == told


def test_saying_even_chances_of_everything_scores_about_a_quarter() -> None:
    even = ICD_203.band("roughly even chance")
    assert even is not None
    found = score("", ICD_203, [Settled(even, True), Settled(even, False)])
    assert found.brier is not None
    assert found.brier[0] < Fraction(1, 4) < found.brier[1]
    assert found.base == Fraction(1, 4)


def test_ends_are_rounded_outwards() -> None:
    assert outwards((Fraction(149, 1000), Fraction(151, 1000))) == ("0.14", "0.16")
    assert outwards((Fraction(0), Fraction(1))) == ("0.00", "1.00")


def test_a_forecast_is_recorded_with_the_date_of_the_case_and_settled_later(case: Path) -> None:
    opened = accordant.load(case)
    made = opened.forecast({"by": "A", "question": "Will it?", "likelihood": "good odds", "band": "probable"})
    assert made.id == "j2"
    made.apply()
    accordant.load(case).settle("j2", "yes", date="2030-06-02", says="It did").apply()
    found = accordant.load(case).forecasts()
    assert [f.id for f in found.forecasts] == ["j1", "j2"]
    assert {"forecasts", "yardstick"} <= found.tables().keys()
    second = found.forecasts[1]
    assert (second.made, second.band, second.came, second.settled) == (
        "2030-05-01",
        "likely",
        "yes",
        "2030-06-02",
    )
    assert [(c.said, c.came) for c in found.scores[0].bands] == [(1, 1)]


def test_the_models_answer_stands_beside_the_writers_own(case: Path) -> None:
    first = accordant.load(case).forecasts().forecasts[0]
    assert (first.likelihood, first.band, first.model) == ("hardly", "", "always")


def test_words_without_a_term_are_never_scored(case: Path) -> None:
    accordant.load(case).settle("j1", "no", date="2030-07").apply()
    found = accordant.load(case).forecasts()
    assert found.scores == ()
    assert "1 settled without a term" in found.method.cut


def test_the_last_word_of_a_line_of_revisions_is_scored_and_every_word_on_request(case: Path) -> None:
    opened = accordant.load(case)
    said = {"by": "A", "question": "q?", "until": "2030-06"}
    opened.forecast({**said, "band": "unlikely"}).apply()
    accordant.load(case).forecast({**said, "band": "likely", "revises": "j2", "made": "2030-05-20"}).apply()
    accordant.load(case).settle("j3", "yes").apply()
    last, every = (accordant.load(case).forecasts(every=e) for e in (False, True))
    assert [(c.band.term, c.came) for c in last.scores[0].bands] == [("likely", 1)]
    assert [(c.band.term, c.came) for c in every.scores[0].bands] == [("unlikely", 1), ("likely", 1)]


def test_hindsight_is_refused(case: Path) -> None:
    accordant.load(case).settle("j1", "no").apply()
    with pytest.raises(InputError, match="known already"):
        accordant.load(case).forecast({"by": "A", "question": "q?", "revises": "j1"})
    with pytest.raises(InputError, match="settled already"):
        accordant.load(case).settle("j1", "yes")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"by": " ", "question": ""}, "by is empty; question is empty"),
        ({"by": "A"}, "neither what it is about nor a question"),
        ({"question": "q?"}, "by: field required"),
        (
            {"by": "A", "question": "q?", "band": "perhaps"},
            "no term of the ICD 203.*allowed: almost no chance",
        ),
        ({"by": "A", "question": "q?", "because": ("c9",)}, "no claim 'c9'"),
        ({"by": "A", "question": "q?", "until": "soon"}, "not a date"),
        ({"by": "A", "question": "q?", "made": "2030-05", "until": "2029"}, "before it was judged"),
        ({"by": "A", "about": "acceptable(z, a)"}, "no proposal 'z'"),
        ({"by": "A", "question": "q?", "revises": "j7"}, "no judgement 'j7'"),
    ],
)
def test_what_is_wrong_with_a_forecast_is_said(case: Path, given: dict[str, object], said: str) -> None:
    with pytest.raises(InputError, match=said):
        accordant.load(case).forecast(given)


def test_the_check_finds_the_same_in_a_file(case: Path) -> None:
    lines = [
        "  j1: {by: R, question: q?, band: maybe, revises: j2}",
        "  j2: {by: R, question: q?, revises: j1, made: 2030-05-01, outcome: {came: yes, date: 2030-04}}",
        "  j3: {by: R}",
    ]
    (case / "case.yaml").write_text(CASE + "\n".join(lines) + "\n")
    with pytest.raises(CaseError) as caught:
        accordant.load(case)
    said = " ".join(problem.message for problem in caught.value.problems)
    for part in ("no term", "circle", "before it was judged", "neither what it is about"):
        assert part in said


def test_cases_on_different_yardsticks_are_not_scored_together(case: Path) -> None:
    opened = accordant.load(case)
    other = opened.case.model_copy(update={"yardstick": "phia", "title": "u"})
    with pytest.raises(InputError, match="different yardsticks"):
        result([(opened.case, {}, None), (other, {}, None)])
    assert other.yardstick == PHIA.id


def test_what_is_overdue_is_said(case: Path) -> None:
    opened = accordant.load(case)
    opened.forecast({"by": "A", "question": "q?", "made": "2030-01", "until": "2030-03"}).apply()
    assert [f.overdue for f in accordant.load(case).forecasts().forecasts] == [False, True]


def test_likelihood_and_confidence_never_share_a_row(case: Path) -> None:
    opened = accordant.load(case)
    opened.forecast({"by": "A", "question": "q?", "likelihood": "likely", "confidence": "low"}).apply()
    found = accordant.load(case).forecasts()
    assert "confidence" not in " ".join(found.table().columns)
    assert "likelihood" not in " ".join(found.confidence_table().columns)
    assert "Brier" in CAVEAT
