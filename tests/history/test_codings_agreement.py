"""Agreement beyond chance: published examples, slow twins, and what must not change it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.history.codings_agreement import alpha, kappa, ordinal, rounded

# K. Krippendorff, Computing Krippendorff's alpha-reliability (2011): examples A, B and C
MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
FOUR = ("123321412   ", "1233224125 3", " 3332342251 ", "12332441251 ")


def units(*coders: str) -> list[tuple[str | None, ...]]:
    return [tuple(None if value == " " else value for value in unit) for unit in zip(*coders, strict=True)]


def test_two_observers_and_two_values() -> None:
    assert rounded(alpha(units(MEG, OWEN))) == "0.10"
    assert abs(float(alpha(units(MEG, OWEN)) or 0) - 0.095) < 0.0005


def test_two_observers_and_five_values() -> None:
    assert abs(float(alpha(units(BEN, GERRY)) or 0) - 0.692) < 0.0005


@pytest.mark.parametrize(("metric", "published"), [(None, 0.743), (ordinal("12345"), 0.815)])
def test_four_observers_who_did_not_see_everything(metric: object, published: float) -> None:
    found = alpha(units(*FOUR), metric)  # type: ignore[arg-type]
    assert abs(float(found or 0) - published) < 0.0005


def test_the_published_kappa_of_a_table_of_three_by_three() -> None:
    # Cohen 1960, table 1: 200 judgements, 0.70 alike, 0.41 by chance
    table = ((88, 10, 2), (14, 40, 6), (18, 10, 12))
    pairs = [(a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)]
    assert rounded(kappa(pairs)) == "0.49"


values = st.sampled_from("abcd")
said = st.lists(st.tuples(values, values), min_size=1, max_size=12)


def twin_kappa(pairs: Sequence[tuple[str, str]]) -> Fraction | None:
    """Chance is every judgement of one person set beside every judgement of the other."""
    n = len(pairs)
    observed = Fraction(sum(a == b for a, b in pairs), n)
    chance = Fraction(sum(a == b for a, _ in pairs for _, b in pairs), n * n)
    return None if chance == 1 else (observed - chance) / (1 - chance)


def twin_alpha(units: Sequence[Sequence[str | None]], order: str = "") -> Fraction | None:
    """Disagreement within things against disagreement between any two judgements, pair by pair."""
    whole = [[v for v in unit if v is not None] for unit in units]
    whole = [unit for unit in whole if len(unit) > 1]
    every = [v for unit in whole for v in unit]

    def apart(a: str, b: str) -> Fraction:
        if a == b or not order:
            return Fraction(a != b)
        low, high = sorted((order.index(a), order.index(b)))
        inside = sum(low <= order.index(v) <= high for v in every)
        return (inside - Fraction(every.count(a) + every.count(b), 2)) ** 2

    n = len(every)
    observed = sum(
        (apart(a, b) / (len(unit) - 1) for unit in whole for a, b in permutations(unit, 2)), Fraction(0)
    )
    expected = sum((apart(a, b) for a, b in permutations(every, 2)), Fraction(0))
    return None if not expected else 1 - observed / n / (expected / (n * (n - 1)))


@settings(deadline=None)
@given(said)
def test_kappa_is_its_definition(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs) == twin_kappa(pairs)


@settings(deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), values), min_size=1, max_size=4), max_size=7), st.booleans())
def test_alpha_is_its_definition(units: list[list[str | None]], ordered: bool) -> None:
    metric = ordinal("abcd") if ordered else None
    assert alpha(units, metric) == twin_alpha(units, "abcd" if ordered else "")


@settings(deadline=None)
@given(said, st.permutations("abcd"))
def test_names_order_and_sides_change_nothing(pairs: list[tuple[str, str]], names: list[str]) -> None:
    other = dict(zip("abcd", names, strict=True))
    renamed = [(other[b], other[a]) for a, b in reversed(pairs)]
    assert kappa(renamed) == kappa(pairs)
    assert alpha(renamed) == alpha(pairs)


@settings(deadline=None)
@given(said)
def test_one_is_full_agreement_and_nothing_else(pairs: list[tuple[str, str]]) -> None:
    for found in (kappa(pairs), alpha(pairs)):
        if found is not None:
            assert found <= 1
            assert (found == 1) == all(a == b for a, b in pairs)


def test_nothing_is_defined_where_one_value_is_all_there_is() -> None:
    assert (kappa([("a", "a")]), alpha([("a", "a")]), alpha([])) == (None, None, None)
