"""Every concept declares the same things, and one that does not exist is answered with the nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.errors import InputError
from accordant.stability.concepts import CONCEPTS, TABLE, find

PAGES = Path(__file__).parents[2] / "docs" / "concepts"


def test_the_five_concepts_in_their_order() -> None:
    assert CONCEPTS == ("nash", "gmr", "smr", "seq", "sseq")


@pytest.mark.parametrize("name", CONCEPTS)
def test_every_concept_explains_itself_and_has_a_page(name: str) -> None:
    concept = TABLE[name]
    assert concept.name == name
    assert "{party}" in concept.explanation
    assert concept.explanation.format(party="North").endswith(".")
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert concept.title.casefold() in page.casefold()
    assert ("not read" in page) == (not concept.read)


def test_every_concept_is_a_computation_of_its_own() -> None:
    assert sorted(c.kind for c in TABLE.values()) == [0, 1, 2, 3, 4]


def test_a_repeated_name_counts_once() -> None:
    assert [c.name for c in find(["seq", "nash", "seq"])] == ["seq", "nash"]


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean 'smr'"):
        find(["SMRR"])
    with pytest.raises(InputError, match="known: nash, gmr, smr, seq, sseq"):
        find(["zzz"])
