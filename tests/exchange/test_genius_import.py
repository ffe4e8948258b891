"""Reading Genius files: every quirk met in real ones, and everything that can be wrong with them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

from accordant.case.folder import CaseFolder
from accordant.case.objects import Linear
from accordant.exchange.formats import Imported
from accordant.opened import OpenCase
from tests.exchange.genius_files import (
    domain,
    issue,
    items,
    linear,
    plain_domain,
    profile,
    read,
    twin,
    worths,
)

PAY = {"low": "1", "high": "4"}
CAR = {"no": "2", "yes": "3"}
TABLES = {"Pay": PAY, "Car": CAR}
TALKS = plain_domain(TABLES)
NORTH = linear(TABLES, ["0.25", "0.75"], '<discount_factor value="1.0"/><reservation value="0.5"/>')


def said(found: Imported, severity: str = "warning") -> list[str]:
    return [p.message for p in found.problems if p.severity == severity]


def told(found: Imported, about: str) -> tuple[str, str, bool]:
    (one,) = [t for t in found.told if t.about == about]
    return one.file, one.case, one.assumed


def reserved(found: Imported, party: str = "a") -> Any:
    assert found.case is not None, said(found, "error")
    held = found.case.preferences[party].reservation
    return None if held is None else held.worth


def wrong(*texts: str | bytes) -> list[str]:
    found = read(*texts)
    assert found.case is None
    return said(found, "error")


numbers = st.integers(0, 1000).map(str) | st.decimals(0, 1, places=3).map(str)


@st.composite
def scenarios(draw: Any) -> tuple[dict[str, dict[str, str]], list[str] | None, str]:
    sizes = draw(st.lists(st.integers(2, 4), min_size=1, max_size=3))
    tables = {f"i{k}": {f"v{v}": draw(numbers) for v in range(size)} for k, size in enumerate(sizes)}
    weights = draw(st.none() | st.lists(numbers, min_size=len(sizes), max_size=len(sizes)))
    if weights is not None and not any(Fraction(w) for w in weights):
        weights = None
    return tables, weights, draw(st.sampled_from(["genius", "file"]))


@examples(scenarios())
@settings(max_examples=60, deadline=None)
def test_worths_are_those_of_the_definition_up_to_one_factor_for_all(scenario: Any) -> None:
    tables, weights, scale = scenario
    text = linear(tables, weights, '<reservation value="0.25"/>')
    found = read(plain_domain(tables), text, text, scale=scale)
    rounded = any("rounded" in message for message in said(found))
    factor = next(
        (int(t.case.split()[1].replace(",", "")) for t in found.told if t.case.startswith("times")), 1
    )
    expected = twin(tables, weights, scale)
    for party in ("a", "b"):
        made = worths(found, party)
        assert list(made) == list(expected)
        off = max(abs(made[row] - factor * expected[row]) for row in made)
        assert off <= (Fraction(1, 10**9) if rounded else 0)
        assert abs(Fraction(reserved(found, party)) - factor * Fraction("0.25")) <= off + Fraction(1, 10**9)


def test_the_reservation_of_a_file_applies_on_the_scale_of_genius() -> None:
    found = read(TALKS, NORTH)
    assert found.case is not None
    assert (found.scale, found.format) == ("genius", "genius")
    assert told(found, "reservation of a")[0] == "0.5"
    ratio = Fraction(reserved(found)) / max(worths(found, "a").values())
    assert ratio == Fraction("0.5")


def test_on_the_scale_of_the_file_a_reservation_outside_the_worths_is_said() -> None:
    found = read(TALKS, NORTH, scale="file")
    assert worths(found, "a") == twin(TABLES, ["0.25", "0.75"], "file")
    assert reserved(found) == Fraction("0.5")
    (message,) = [m for m in said(found) if "reservation" in m]
    assert message == (
        "its reservation 0.5 lies outside its worths, which go from 1.75 to 3.25; with --scale genius both "
        "lie between 0 and 1"
    )


def test_agent_stubs_may_come_first_and_the_count_may_be_wrong() -> None:
    stub = '<agent agentName="x" utilitySpace="y.xml"/>'
    text = domain(issue(1, "Pay", items(PAY)), issue(2, "Car", items(CAR)), count=7, before=stub)
    found = read(text.replace(' evaluation="1"', ""), NORTH)
    assert "says that there are 7 issues and holds 2: those are read" in said(found)


def test_without_weights_each_issue_weighs_1_and_that_is_said() -> None:
    found = read(TALKS, linear(TABLES, None, '<reservation value="0"/>'))
    assert "gives no weights: each issue is taken to weigh 1" in said(found)
    assert told(found, "weights of a") == ("", "1 for each issue", True)
    assert worths(found, "a")["high", "yes"] == max(worths(found, "a").values())


def test_some_weights_missing_is_a_mistake() -> None:
    assert wrong(TALKS, linear(TABLES, ["0.5"])) == ["gives weights, but none to 'Car'"]


@pytest.mark.parametrize(
    ("scale", "words"), [("genius", "each is divided by that"), ("file", "taken as they are")]
)
def test_weights_that_do_not_come_to_1_are_said(scale: str, words: str) -> None:
    found = read(TALKS, linear(TABLES, ["1", "0.5"], '<reservation value="0"/>'), scale=scale)
    assert f"its weights come to 1.5, not to 1: {words}" in said(found)
    assert told(found, "weights of a")[0] == "1 + 0.5 = 1.5"


def test_weights_that_are_all_nought_are_a_mistake() -> None:
    assert wrong(TALKS, linear(TABLES, ["0", "0.0"])) == ["all weights are 0: nothing matters to this party"]
    assert wrong(TALKS, linear(TABLES, ["-1", "2"]))[0] == "the weight of 'Pay' is below 0"


def test_a_weight_beyond_the_issues_is_left_out_and_said() -> None:
    found = read(TALKS, linear(TABLES, ["0.5", "0.5", "0.25"], '<reservation value="0"/>'))
    assert "is a weight for the issue 3, which there is not: left out" in said(found)


def test_evaluations_may_be_whole_numbers_up_to_a_thousand() -> None:
    tables = {"Pay": {"low": "250", "high": "1000"}, "Car": CAR}
    found = read(plain_domain(tables), linear(tables, ["0.5", "0.5"], '<reservation value="0.2"/>'))
    expected = twin(tables, ["0.5", "0.5"], "genius")
    assert worths(found, "a") == {row: 3 * worth for row, worth in expected.items()}
    assert told(found, "reservation of a") == ("0.2", "0.6 (times 3)", False)


def test_an_issue_whose_evaluations_are_all_nought_is_worth_nothing() -> None:
    tables = {"Pay": {"low": "0", "high": "0"}, "Car": CAR}
    found = read(plain_domain(tables), linear(tables, ["0.5", "0.5"], '<reservation value="0"/>'))
    assert {worths(found, "a")["low", "yes"], worths(found, "a")["high", "yes"]} == {Fraction(1, 2) * 3}


def test_items_and_issues_may_stand_in_another_order_than_in_the_domain() -> None:
    turned = profile(
        issue(2, "Car", items(dict(reversed(CAR.items())))),
        issue(1, "Pay", items(dict(reversed(PAY.items())))),
        weights={2: "0.75", 1: "0.25"}, after='<reservation value="0.5"/>',
    )  # fmt: skip
    assert worths(read(TALKS, turned), "a") == worths(read(TALKS, NORTH), "a")


def test_a_number_that_differs_from_the_domain_is_said_and_the_name_counts() -> None:
    swapped = profile(
        issue(2, "Pay", items(PAY)), issue(1, "Car", items(CAR)), weights={2: "0.25", 1: "0.75"},
        after='<reservation value="0.5"/>',
    )  # fmt: skip
    found = read(TALKS, swapped)
    assert worths(found, "a") == worths(read(TALKS, NORTH), "a")
    assert "has the number 2 here and 1 in the domain: read by name" in said(found)


@pytest.mark.parametrize(("text", "kept"), [("0", None), ("0.0", None), ("1.0", None), ("0.9", "0.9")])
def test_a_discount_of_nought_means_none(text: str, kept: str | None) -> None:
    found = read(
        TALKS, linear(TABLES, ["1", "0"], f'<discount_factor value="{text}"/><reservation value="0"/>')
    )
    assert found.case is not None
    delay = found.case.preferences["a"].delay
    assert (None if delay is None else str(delay.factor)) == kept
    assert (kept is None) == (told(found, "discount of a")[1] == "none")
    if delay is not None:
        assert delay.days == 1
        assert delay.assumed is not None
        assert any("for the whole time of the negotiation" in message for message in said(found))


def test_a_discount_that_makes_no_sense_is_not_taken() -> None:
    found = read(TALKS, linear(TABLES, ["1", "0"], '<discount_factor value="1.5"/><reservation value="0"/>'))
    assert "a discount factor is above 0 and at most 1, and this is 1.5: none is taken" in said(found)


@pytest.mark.parametrize("where", ["before", "after"])
def test_reservation_and_discount_stand_in_either_order_and_place(where: str) -> None:
    for text in (
        '<reservation value="0.25"/><discount_factor value="0.9"/>',
        '<discount_factor value="0.9"/><reservation value="0.25"/>',
    ):
        inside = [issue(1, "Pay", items(PAY)), issue(2, "Car", items(CAR))]
        found = read(TALKS, profile(*inside, weights={1: 1, 2: 3}, **{where: text}))
        assert told(found, "reservation of a")[0] == "0.25"
        assert told(found, "discount of a")[0] == "0.9"


def test_no_reservation_is_nought_as_genius_takes_it_and_a_ground_that_can_be_taken_away() -> None:
    found = read(TALKS, linear(TABLES, ["0.5", "0.5"]))
    assert "gives no reservation: Genius takes 0" in said(found)
    assert told(found, "reservation of a") == ("", "0", True)
    assert found.case is not None
    held = found.case.preferences["a"].reservation
    assert held is not None
    assert held.assumed is not None
    assert (held.worth, held.assumed.id) == (0, "no-reservation-1")


def test_a_byte_order_mark_and_blank_lines_before_the_text_are_passed_over() -> None:
    found = read(b"\xef\xbb\xbf\r\n" + TALKS.encode(), b"\xef\xbb\xbf" + NORTH.encode())
    assert worths(found, "a") == worths(read(TALKS, NORTH), "a")
    head = '<?xml version="1.0" encoding="{}"?>'
    for encoding in ("ISO-8859-1", "UTF-16"):
        text = (head.format(encoding) + TALKS.replace("Car", "Träume")).encode(encoding)
        assert read(text, NORTH.replace("Car", "Träume")).case is not None


def test_the_kind_of_an_issue_may_be_said_in_any_of_three_ways() -> None:
    for key in ("type", "etype", "vtype"):
        text = f'<issue index="1" name="Days" {key}="integer" lowerbound="0" upperbound="4"/>'
        found = read(domain(text), profile(
            issue(1, "Days", '<evaluator ftype="linear" offset="0" slope="0.25"/>'), weights={1: 1},
            after='<reservation value="0.5"/>',
        ))  # fmt: skip
        assert found.case is not None
        assert found.case.issues["Days"].values == ("0", "1", "2", "3", "4")


def test_whole_number_issues_count_their_slope_from_the_lower_bound_and_stay_in_bounds() -> None:
    days = issue(1, "Days", "", "integer", 'lowerbound="10" upperbound="14"')
    found = read(domain(days), profile(
        issue(1, "Days", '<evaluator ftype="linear" offset="0.25" slope="0.25"/>', "integer"), weights={1: 1},
        after='<reservation value="0"/>',
    ))  # fmt: skip
    assert list(worths(found, "a").values()) == [Fraction(k, 4) for k in (1, 2, 3, 4, 4)]
    assert found.case is not None
    line = (found.case.preferences["a"].worth or {})["Days"]
    assert line == Linear.model_validate({"linear": [["10", "0.25"], ["13", "1"], ["14", "1"]]})


def test_real_issues_are_read_in_stated_steps_and_may_be_divided() -> None:
    price = '<issue index="1" name="Price" type="real"><range lowerbound="10.0" upperbound="40.0"/></issue>'
    evaluator = '<evaluator ftype="linear" parameter0="-0.25" parameter1="0.025"/>'
    found = read(domain(price), profile(
        issue(1, "Price", f'<range lowerbound="10.0" upperbound="40.0"/>{evaluator}', "real"),
        weights={1: 1}, after='<reservation value="0.1"/>',
    ))  # fmt: skip
    assert found.case is not None
    made = found.case.issues["Price"]
    assert (made.values[:2], made.values[-1], len(made.values), made.divisible) == (
        ("10", "11.5"),
        "40",
        21,
        True,
    )
    assert "may be any number from 10 to 40: read in 20 steps of 1.5, and as divisible between them" in said(
        found
    )
    assert worths(found, "a")[("25",)] == Fraction("0.375")


@pytest.mark.parametrize("inside", ["", "range"])
def test_a_profile_repeats_the_ends_of_the_domain_or_it_is_said(inside: str) -> None:
    def days(low: str, high: str) -> Imported:
        ends = f'lowerbound="{low}" upperbound="{high}"'
        within = f"<range {ends}/>" if inside else ""
        line = '<evaluator ftype="linear" offset="0" slope="0.125"/>'
        one = issue(1, "Days", within + line, "integer", "" if inside else ends)
        text = profile(one, weights={1: 1}, after='<reservation value="0.5"/>')
        return read(domain(issue(1, "Days", "", "integer", 'lowerbound="0" upperbound="8"')), text)

    alike, other, down = days("0.0", "8"), days("0", "10"), days("8", "0")
    assert said(alike) == said(alike, "error") == []
    assert said(other) == [
        "goes from 0 to 10 here and from 0 to 8 in the domain: read with the values of the domain"
    ]
    assert worths(other, "a") == worths(alike, "a")
    assert down.case is None
    assert said(down, "error") == ["is upside down: it goes from 8 to 0"]


def test_triangles_and_constants_are_read() -> None:
    price = '<issue index="1" name="Price" type="integer" lowerbound="0" upperbound="10"/>'
    for evaluator, expected in (
        ('ftype="triangular" parameter0="0" parameter1="10" parameter2="4"', [0, 0.25, 0.5, 0.75, 1]),
        ('ftype="constant" parameter0="0.5"', [0.5] * 5),
    ):
        found = read(
            domain(price), profile(issue(1, "Price", f"<evaluator {evaluator}/>", "integer"), weights={1: 1})
        )
        made = list(worths(found, "a").values())
        factor = made[4] / Fraction(expected[4])
        assert [worth / factor for worth in made[:5]] == expected


def test_an_issue_with_one_value_is_left_out_and_its_worth_kept() -> None:
    tables = {"Fixed": {"so": "4"}, "Pay": PAY, "Car": CAR}
    found = read(plain_domain(tables), linear(tables, ["0.25", "0.25", "0.5"], '<reservation value="0.5"/>'))
    expected = twin(tables, ["0.25", "0.25", "0.5"], "genius")
    made = worths(found, "a")
    factor = max(made.values())
    assert {("so", *row): worth / factor for row, worth in made.items()} == expected
    assert Fraction(reserved(found)) / factor == Fraction(1, 2)
    assert any(message.startswith("has one value: left out") for message in said(found))


def test_objectives_within_objectives_are_passed_through() -> None:
    inner = (
        f'<objective index="9" name="Money" type="objective">{issue(2, "Car", items(list(CAR)))}</objective>'
    )
    found = read(domain(issue(1, "Pay", items(list(PAY))), inner), NORTH)
    assert worths(found, "a") == worths(read(TALKS, NORTH), "a")


def test_a_value_that_stands_twice_is_read_once() -> None:
    text = TALKS.replace('<item index="1" value="no"/>', '<item value="no"/><item value="no"/>')
    assert "the value 'no' stands twice: read once" in said(read(text, NORTH))


# -- mistakes -----------------------------------------------------------------------------------------

SINGLE = linear({"x": {"only": "1"}}, [1])


def whole(ends: str, kind: str = "integer") -> str:
    """A domain with one issue of numbers."""
    return domain(issue(1, "x", "", kind, ends))


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-inf", "1e999999", "ten", ""])
@pytest.mark.parametrize("where", ["evaluation", "weight", "reservation"])
def test_what_is_no_finite_number_is_a_mistake(number: str, where: str) -> None:
    tables = {"Pay": {"low": number if where == "evaluation" else "1", "high": "2"}, "Car": CAR}
    weights = [number if where == "weight" else "1", "2"]
    after = f'<reservation value="{number if where == "reservation" else "0"}"/>'
    if where == "reservation" and number == "-inf":
        assert "left open" in " ".join(said(read(TALKS, linear(tables, weights, after))))
        return
    (message, *_) = wrong(TALKS, linear(tables, weights, after))
    assert any(words in message for words in ("number", "digits", "no evaluation"))


@pytest.mark.parametrize(
    ("talks", "north", "words"),
    [
        (TALKS, NORTH.replace('"Car"', '"Cra"'), "there is no issue 'Cra' in the domain"),
        (TALKS, NORTH.replace('"Car"', '"Cra"'), "says nothing of the issue 'Car' of the domain"),
        (TALKS, NORTH.replace('"yes"', '"Yes"'), "'Yes' is not a value of Car in the domain"),
        (TALKS, linear({"Pay": {"low": "1"}, "Car": CAR}, [1, 1]),
         "says nothing of these values of Pay: high"),
        (TALKS, linear({"Pay": {**PAY, "low": "null"}, "Car": CAR}, [1, 1]), "has no evaluation"),
        (TALKS, NORTH.replace("Pay", "Car"), "the issue 'Car' stands twice"),
        (TALKS.replace("Pay", "Car"), NORTH, "there are two issues called 'Car'"),
        (TALKS.replace('index="2" name', 'index="1" name'), NORTH, "there are two issues with the index 1"),
        (TALKS.replace('index="2" name', 'index="two" name'), NORTH, "'two' is not a number of an issue"),
        (TALKS.replace('"discrete"', '"discreet"'), NORTH, "there is no kind of issue 'discreet'"),
        (TALKS.replace('name="Car"', 'name=" "'), NORTH, "an issue has no name"),
        (domain(), NORTH, "holds no issue"),
        (domain(issue(1, "Pay")), NORTH, "has no values"),
        (whole('lowerbound="4" upperbound="1"'), NORTH, "is upside down: it goes from 4 to 1"),
        (whole('lowerbound="4"'), NORTH,
         "has no upperbound: a numeric issue needs both"),
        (whole('lowerbound="0" upperbound="1.5"'), NORTH,
         "goes from 0 to 1.5: both have to be whole numbers"),
        (whole('lowerbound="0" upperbound="Infinity"', "real"), NORTH, 
         "Infinity is not a finite number: the upperbound has to be one"),
        (NORTH, TALKS, "is no domain: its outermost element is utility_space"),
        (TALKS, TALKS, "is no profile: its outermost element is negotiation_template"),
        (domain(issue(1, "x", items(["only"]))), SINGLE,
         "leaves nothing to settle: no issue has two values"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_words(talks: str, north: str, words: str) -> None:
    assert words in wrong(talks, north)


def test_a_mistake_has_its_line_what_is_allowed_and_what_was_meant() -> None:
    found = read(TALKS, NORTH.replace("><", ">\n<").replace('"Car"', '"Cra"'))
    (problem, *_) = [p for p in found.problems if p.severity == "error"]
    assert (problem.file, problem.found, problem.allowed, problem.hint) == (
        "a.xml", "Cra", ("Pay", "Car"), "did you mean 'Car'?"
    )  # fmt: skip
    assert problem.line == 7
    assert problem.path.endswith("issue Cra")


def test_every_mistake_is_reported_at_once_in_every_file() -> None:
    bad = linear({"Pay": {"low": "NaN", "high": "x"}, "Cra": CAR}, ["one", "2"])
    found = read(TALKS, bad, bad)
    assert {p.file for p in found.problems} == {"a.xml", "b.xml"}
    assert len(said(found, "error")) >= 8


def test_a_domain_alone_says_that_profiles_are_missing() -> None:
    assert wrong(TALKS) == ["has no profiles: nothing is said of what anybody wants"]


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE utility_space [<!ENTITY x SYSTEM "file:///etc/hostname">]>{}',
        '<!DOCTYPE utility_space [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>{}',
        '<!DOCTYPE utility_space SYSTEM "http://localhost/x.dtd">{}',
    ],
)
def test_document_types_and_entities_are_never_read(text: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        assert wrong(TALKS, text.format(NORTH).encode(encoding)) == [
            "declares a document type or entities, which are never read"
        ]


def test_a_million_nested_elements_are_refused_at_once() -> None:
    deep = b"<utility_space>" + b"<objective>" * 1_000_000
    assert wrong(TALKS, deep) == ["is nested more than 32 elements deep"]
    flat = b"<utility_space>" + b"<item/>" * 1_000_000 + b"</utility_space>"
    assert wrong(TALKS, flat) == ["has more than 400,000 elements"]


@pytest.mark.parametrize("raw", [b"", b"<", b"<a", b"<utility_space>", b"<utility_space></x>", b"\0\1\2"])
def test_what_is_no_xml_is_said(raw: bytes) -> None:
    (message,) = wrong(TALKS, raw)
    assert message.startswith(("is not XML", "is empty"))


@examples(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
@settings(max_examples=60, deadline=None)
def test_nothing_but_words_comes_of_any_bytes(noise: bytes) -> None:
    middle = NORTH.encode()
    for raw in (noise, middle[:90] + noise + middle[90:], middle.replace(b"0.25", noise)):
        found = read(TALKS, raw)
        assert found.case is not None or said(found, "error")


def test_ranges_of_too_many_whole_numbers_are_taken_in_larger_steps() -> None:
    price = domain(issue(1, "Price", "", "integer", 'lowerbound="0" upperbound="100000"'))
    found = read(price, profile(
        issue(1, "Price", '<evaluator ftype="linear" offset="0" slope="0.00001"/>', "integer"), weights={1: 1}
    ))  # fmt: skip
    assert found.case is not None
    assert found.case.issues["Price"].range is not None
    assert len(found.case.issues["Price"].values) == 4001
    assert any("taken in steps of 25, 4,001 values" in message for message in said(found))


def test_ten_values_of_thirty_issues_are_read_without_being_listed() -> None:
    tables = {f"i{k}": {f"v{v}": str((k * 7 + v * 3) % 11 + 1) for v in range(10)} for k in range(30)}
    found = read(plain_domain(tables), linear(tables, [1] * 30), linear(tables, range(1, 31)))
    assert found.case is not None, said(found, "error")
    assert len(found.case.issues) == 30
    fairness = OpenCase(CaseFolder(Path("talks"), found.case)).deals(["nash"]).fairness
    assert fairness.lenses["nash"].picks
