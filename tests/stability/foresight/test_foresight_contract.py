"""Concepts that look ahead keep the contract of concepts, and each has a page that says what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.stability.further import Further, find_any, forms

PAGES = Path(__file__).parents[3] / "docs" / "concepts"
PAGE = {"l4": "limited-move", "nm": "non-myopic", "mr4": "metarational", "sim": "sim"}


@pytest.mark.parametrize("name", PAGE)
def test_every_concept_explains_itself_and_has_a_page(name: str) -> None:
    (concept,) = find_any([name])
    assert isinstance(concept, Further)
    assert concept.name == name
    assert concept.explanation.format(party="North").endswith(".")
    assert "North" in concept.explanation.format(party="North")
    page = " ".join((PAGES / f"{PAGE[name]}.md").read_text(encoding="utf-8").split())
    assert concept.title.removesuffix(" with horizon 4").casefold() in page.casefold()
    assert ("not read" in page) == (not concept.read)
    assert "unknown" in page or "not known" in page or name == "nm"


def test_their_forms_are_listed() -> None:
    assert {"l<h>", "limited", "nm", "mr<h>", "mr", "sim"} <= {form for form, _ in forms()}


def test_only_metarationality_answers_where_an_order_is_unknown() -> None:
    found = {c.name: c.unknown for c in find_any(list(PAGE)) if isinstance(c, Further)}
    assert found == {"l4": False, "nm": False, "mr4": True, "sim": False}
