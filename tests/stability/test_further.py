"""Concepts by name: every form is found, explained and documented, and mistakes come all at once."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from pathlib import Path

import pytest

from accordant.errors import InputError
from accordant.stability.concepts import CONCEPTS
from accordant.stability.further import FAMILIES, Further, Options, find_any, forms

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
    for said in ("did you mean 'nash'", "limited", "horizon", "zzz", "known: nash"):
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
