"""What a lens says before and beside its answer."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from accordant.agreement.bargain import Points, make_bargain
from accordant.agreement.lenses import MODULES, apply, find
from accordant.agreement.lenses.weights import read_weights
from accordant.errors import InputError
from tests.agreement.lenses.problems import points_of

LENSES = {lens.name: lens for lens in find()}


def ask(name, worths, no_deal, weights=None, **options):
    return apply(LENSES[name], points_of(make_bargain(worths, no_deal, **options)), weights)


@pytest.mark.parametrize("name", MODULES)
def test_every_lens_keeps_the_contract(name):
    lens = LENSES[name]
    assert lens.name == name
    for text in (lens.title, lens.says, lens.assumes, lens.fails, lens.source):
        assert text
    assert lens.solve.__doc__


@pytest.mark.parametrize("name", MODULES)
def test_every_lens_has_a_page_that_the_index_names(name):
    folder = Path(__file__).parents[3] / "docs" / "lenses"
    assert f"**Name: `{name}`." in (folder / f"{name}.md").read_text(encoding="utf-8")
    assert f"({name}.md)" in (folder / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MODULES)
def test_where_everybody_rather_has_no_deal_every_lens_says_so(name):
    solution = ask(name, [[0, 1], [1, 0]], [2, 2])
    assert solution.refused == "no package is worth at least no deal to everyone"
    assert not len(solution.points)


@pytest.mark.parametrize("name", MODULES)
def test_a_party_with_an_order_only_is_named(name):
    solution = ask(name, [[3, 2, 0], [0, 2, 3]], [0, 0], parties=["union", "firm"], cardinal=[True, False])
    if name == "fallback":
        assert solution.points.tolist() == [1]
    else:
        assert solution.refused.startswith("it needs worths, and firm has given an order only")


@pytest.mark.parametrize("name", MODULES)
def test_weights_are_used_or_said_to_be_unused(name):
    solution = ask(name, [[3, 2, 0], [0, 2, 3]], [0, 0], {"p1": "0.25", "p2": "0.75"})
    unused = any("takes no weights" in note for note in solution.notes)
    assert unused != LENSES[name].weighs


@pytest.mark.parametrize("name", ["nash", "egalitarian", "utilitarian"])
def test_weights_that_do_not_add_up_to_one_are_said(name):
    worths = [[3, 2, 0], [0, 2, 3]]
    off = ask(name, worths, [0, 0], {"p1": 2, "p2": 1})
    assert "The weights add up to 3, not to 1; only their proportions count." in off.notes
    assert not any("add up" in note for note in ask(name, worths, [0, 0], {"p1": "1/3", "p2": "2/3"}).notes)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"union": 1}, "none is given for firm"),
        ({}, "none is given for union, firm"),
        ({"unoin": 1, "firm": 1}, "there is no party 'unoin'; did you mean 'union'?"),
        ({"union": 0, "firm": 1}, "union has 0, which is not a positive number"),
        ({"union": "-1", "firm": 1}, "'-1', which is not a positive number"),
        ({"union": "nan", "firm": 1}, "'nan'"),
        ({"union": float("inf"), "firm": 1}, "inf"),
        ({"union": "1/0", "firm": 1}, "'1/0'"),
        ({"union": "1e999999999", "firm": 1}, "too large: up to 60 digits are taken"),
        ({"union": "1e-400", "firm": 1}, "too small: up to 60 digits are taken"),
        ({"union": "1." + "3" * 99, "firm": 1}, "3…, which is too long: up to 60 digits are taken"),
        ({"union": "2,5", "firm": 1}, "which is not a positive number; write 2.5"),
        ({"union": True, "firm": 1}, "True"),
        ({"union": "much", "firm": 1}, "'much'"),
        ({"union": None, "firm": 1}, "None"),
    ],
)
def test_weights_that_are_wrong_are_errors(given, said):
    with pytest.raises(InputError, match="weights: ") as error:
        read_weights(["union", "firm"], given)
    assert said in str(error.value)


def test_all_mistakes_in_weights_are_named_at_once():
    with pytest.raises(InputError) as error:
        read_weights(["union", "firm", "town"], {"union": "x", "frim": 1, "town": 1})
    for said in ("'frim'", "none is given for firm", "union has 'x'"):
        assert said in str(error.value)


def test_weights_are_exact_as_written():
    given = {"a": 0.1, "b": "0.1", "c": Decimal("0.1"), "d": Fraction(1, 10), "e": "1/10"}
    assert set(read_weights(list(given), given)) == {Fraction(1, 10)}


def test_nash_says_when_nobody_can_gain_together():
    solution = ask("nash", [[3, 0, 0], [0, 2, 0], [0, 0, 1]], [0, 0, 0])
    assert solution.points.tolist() == [0, 1, 2]
    assert any(
        "The largest sets of parties that can all gain: p1; p2; p3." in note for note in solution.notes
    )


def test_nash_keeps_no_deal_below_everything_on_offer():
    """A no deal below everyone's minimum is legal and changes the answer."""
    worths = [[10, 7, 4], [1, 3, 4]]
    assert ask("nash", worths, [0, 0]).points.tolist() == [1]
    assert ask("nash", worths, [0, -20]).points.tolist() == [0]


def test_kalai_smorodinsky_says_who_is_left_out():
    solution = ask("kalai-smorodinsky", [[5, 3, 1], [2, 4, 5], [7, 7, 7]], [0, 0, 7])
    assert any(note.startswith("p3 is left out") for note in solution.notes)
    assert solution.points.tolist() == [1]


def test_kalai_smorodinsky_measures_by_the_best_within_reach():
    """What a party could have only in packages that another refuses is no yardstick."""
    worths, no_deal = [[100, 8, 5, 2], [-1, 1, 4, 5]], [0, 0]
    assert ask("kalai-smorodinsky", worths, no_deal).compared == (
        "share of the way from no deal to the best within reach: p1 0.625, p2 0.8 (the best: p1 8, p2 5)"
    )


def test_decimals_that_add_up_are_equal():
    """0.1 + 0.2 is 0.3: the two packages tie under every lens that compares worths."""
    worths = [[1 + 2, 3, 1], [3, 1 + 2, 1]]
    for name in MODULES:
        assert len(ask(name, worths, [0, 0], scales=[10, 10]).points) == 1


def test_raiffa_reports_where_it_ended_and_follows_ties():
    early = ask("raiffa", [[4, 0], [0, 6]], [0, 0])
    assert "last point on the way from no deal: p1 0, p2 0" in early.compared
    assert any("ended early" in note for note in early.notes)
    tied = ask("raiffa", [[3, 3, 2, 0], [0, 1, 2, 3], [2, 0, 1, 1]], [0, 0, 0])
    assert any("every choice was followed" in note for note in tied.notes)


def test_raiffa_with_too_many_ties_is_refused_and_says_so():
    digits = range(9)
    columns = [c for c in np.ndindex(9, 9, 9, 9, 9) if sum(c) == 22 and all(x in digits for x in c)]
    u = np.array(sorted(columns, reverse=True)).T
    points = Points(tuple("abcde"), u, (1,) * 5, (0,) * 5, (True,) * 5)
    assert "equally good packages" in apply(LENSES["raiffa"], points).refused


def test_fallback_needs_the_levels():
    points = Points(("a", "b"), np.array([[2, 1], [1, 2]]), (1, 1), (0, 0), (True, True))
    assert "counts ranks" in apply(LENSES["fallback"], points).refused


def test_numbers_of_any_length_can_be_told():
    """Shares and weights may need more digits than Python turns into text."""
    worths = [[3, 2, 0], [0, 2, 3]]
    for name in ("nash", "egalitarian", "utilitarian"):
        long = {"p1": Fraction(3**20000, 7**20000), "p2": Fraction(1, 11**9000)}
        solution = ask(name, worths, [0, 0], long)
        assert len(solution.compared) < 300
        assert len(solution.points) == 1


def test_comparing_lenses_say_what_they_assume():
    for name in ("egalitarian", "utilitarian"):
        assert any("has to mean the same to all" in note for note in ask(name, [[1], [1]], [0, 0]).notes)


def test_an_approximation_is_said():
    points = Points(("a", "b"), np.array([[4, 1], [1, 4]]), (2, 1), (0, 0), (True, True), slack=(1, 0))
    for name in ("nash", "kalai-smorodinsky", "egalitarian", "utilitarian", "raiffa"):
        assert any("a 0.5" in note for note in apply(LENSES[name], points).notes)


def test_names_that_mean_different_things_elsewhere_are_explained():
    with pytest.raises(InputError, match="'kalai-smorodinsky' and 'egalitarian'"):
        find(["kalai"])
    with pytest.raises(InputError, match="known: nash"):
        find(["zzz"])
    assert [lens.name for lens in find(["raiffa", "nash", "raiffa"])] == ["raiffa", "nash"]
