"""Concepts by name: every form is found, explained and documented, and mistakes come all at once."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from accordant.errors import InputError
from accordant.stability.concepts import CONCEPTS
from accordant.stability.further import FAMILIES, Further, Options, covered, find_any, forms

PAGES = Path(__file__).parents[2] / "docs" / "concepts"
FORMS = dict(forms())
PAGE = {"simultaneous": "sim"}
"""Pages that are not called as their family is."""


def example(form: str) -> str:
    """A name of a form."""
    return form.replace("<party>=<name>,…", "a=nash,b=seq").replace("<concept>", "gmr").replace("<h>", "4")


def test_without_names_there_are_the_five() -> None:
    assert tuple(c.name for c in find_any()) == CONCEPTS


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_found_and_says_what_it_is(form: str) -> None:
    name = example(form)
    horizon = 3 if name in ("limited", "mr") else None
    thresholds = {"fuzzy": {"": "1/2"}, "p": {"alpha": "0.9"}}.get(name.partition("-")[0], {})
    (found,) = find_any([name], Options.of(horizon, thresholds))
    assert isinstance(found, Further)
    assert found.title
    assert found.source
    assert "{party}" in found.explanation
    assert found.explanation.format(party="North").endswith(".")
    assert FORMS[form]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_has_a_page_that_names_its_forms_and_is_found(family: str) -> None:
    stem = family.rpartition(".")[2].replace("_", "-")
    page = f"{PAGE.get(stem, stem)}.md"
    assert f"]({page})" in (PAGES / "index.md").read_text(encoding="utf-8")
    told = (PAGES / page).read_text(encoding="utf-8")
    for form, _ in import_module(f"accordant.stability.{family}").FORMS:
        if form.startswith("<"):
            assert "`nash-a`" in told or "`north=nash,south=seq`" in told
        else:
            assert form.partition("<")[0] in told, form


def test_a_name_counts_once_even_in_two_forms() -> None:
    assert [c.name for c in find_any(["mr", "mr3", "nash", "mr3"], Options.of(3, {}))] == ["mr3", "nash"]


def test_every_mistake_in_the_names_comes_at_once() -> None:
    with pytest.raises(InputError) as caught:
        find_any(["nassh", "limited", "zzz"])
    for said in ("did you mean 'nash'", "limited", "horizon", "zzz", "there are nash, gmr"):
        assert said in str(caught.value)


def test_thresholds_are_exact_and_within_bounds() -> None:
    assert Options.of(None, {"": "0.1", "north": "1/3"}).thresholds == (
        ("", Fraction(1, 10)),
        ("north", Fraction(1, 3)),
    )
    with pytest.raises(InputError) as caught:
        Options.of(0, {"": "1.2", "north": "many", "south": "1/0", "east": "nan"})
    for said in ("horizon is 0", "1.2", "of north is many", "of south is 1/0", "of east is nan"):
        assert said in str(caught.value)


def test_options_that_no_concept_looks_at_are_refused() -> None:
    with pytest.raises(InputError, match="a horizon is for limited and mr"):
        find_any(["nash", "l3"], Options.of(3, {}))
    with pytest.raises(InputError, match="a threshold is for fuzzy and p"):
        find_any(["nash"], Options.of(None, {"": "0.3"}))
    assert find_any(["row=mr,column=nash"], Options.of(3, {}))


def test_families_are_listed_once() -> None:
    assert len(set(FAMILIES)) == len(FAMILIES)


@pytest.mark.parametrize(
    ("names", "horizon", "thresholds", "said"),
    [
        (["l3"], 4, {}, "l3 has its own: ask for l4"),
        (["mr3"], 3, {}, "mr3 has its own: leave the horizon away"),
        (["fuzzy-seq"], None, {"alpha": "0.3"}, "alpha is a threshold of p concepts"),
        (["p-seq"], None, {"": "0.4"}, "is 0.4 without a name; p-seq has its thresholds by name: alpha=1"),
        (["p-seq"], None, {"delta": "1"}, "is delta=1; p-seq has .* try --threshold alpha=0.9"),
        (["p-nash"], None, {"gamma": "0.3"}, "gamma is not looked at by p-nash"),
        (["p-gmr"], None, {"alpha": "0.3", "row": "0.4"}, "row is none of p-gmr"),
        (["fuzzy-seq"], None, {"row": ""}, "the threshold of row is empty, but"),
    ],
)
def test_what_would_be_passed_over_is_refused_with_what_to_try(
    names: list[str], horizon: int | None, thresholds: dict[str, str], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        find_any(names, Options.of(horizon, thresholds))


def test_each_threshold_counts_where_one_of_the_concepts_looks_at_it() -> None:
    both = Options.of(None, {"alpha": "0.3", "row": "0.4", "": "0.5"})
    assert len(find_any(["fuzzy-seq", "p-nash"], both)) == 2
    assert find_any(["p-nash", "p-seq"], Options.of(None, {"gamma": "0.3"}))
    assert find_any(["p-nash"], Options.of(None, {"alpha": "0.3", "gamma": "0.3"}))
    assert find_any(["l3", "limited"], Options.of(4, {}))


def test_several_names_in_one_are_told_apart_from_mixtures() -> None:
    with pytest.raises(InputError, match="name several one by one: -c nash -c seq"):
        find_any(["nash, seq"])
    assert find_any(["row=nash,column=seq"])


def test_names_that_are_like_nothing_are_answered_with_few_of_each_family() -> None:
    with pytest.raises(InputError) as caught:
        find_any(["foo"])
    told = str(caught.value)
    assert all(words in told for words in FAMILIES.values())
    assert "docs/concepts/index.md" in told
    assert len(told) < 700


def test_names_that_another_kind_of_answer_has_are_told_where_to_go() -> None:
    covered("coalitions", ["nash", "nosuch"], CONCEPTS)
    with pytest.raises(
        InputError, match=r"coalitions covers nash, .*; for sim try accordant stability -c sim"
    ):
        covered("coalitions", ["nash", "sim"], CONCEPTS)
    with pytest.raises(InputError, match="one by one"):
        covered("coalitions", ["nash,sim"], CONCEPTS)
