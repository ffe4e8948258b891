"""Names typed into sources that are unnamed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.case.objects import Case
from accordant.case.sources import Claim, Origin, Sources
from accordant.case.unnamed import Unnamed, names_like, unnamed_warning

CASE = Case.model_validate(
    {"title": "Talks at Lake Orrin", "parties": {"north": {"name": "Northern Council", "aliases": ["NC"]}}}
).model_copy(
    update={
        "sources": Sources.model_validate(
            {
                "origins": {"renn": {"kind": "named", "name": "Ida Renn"}},
                "register": {
                    "per": {"name": "Per Aldo", "aliases": ["דוד לוי"]},
                    "aide": {"name": "an aide", "kind": "described"},
                },
            }
        )
    }
)


def keys(origin: Origin) -> list[str]:
    return [key for key, _ in Unnamed(CASE).origin(origin)]


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ({"words": "two people who know the talks"}, []),
        ({"words": "an official of the Northern Council"}, []),
        ({"words": "an aide to Ida Renn"}, []),  # the report's own words: she is quoted by name
        ({"name": "Jon Vale"}, ["name"]),
        ({"name": "יונתן"}, ["name"]),
        ({"name": "an aide"}, []),
        ({"name": "anonymous"}, []),
        ({"note": "Probably Jon Vale."}, ["note"]),
        ({"note": "May be Renn."}, ["note"]),
        ({"note": "נראה שזה דוד לוי"}, ["note"]),
        ({"note": "Spoke on Tuesday in the Northern Council."}, []),
        ({"register": "per"}, ["register"]),
        ({"register": "aide"}, []),
    ],
)
def test_a_name_in_an_unnamed_origin_is_seen(about: dict[str, str], found: list[str]) -> None:
    assert keys(Origin.model_validate({"kind": "described", **about})) == found
    assert keys(Origin.model_validate({"kind": "named", **about})) == []


@pytest.mark.parametrize(
    ("says", "found"),
    [
        ("The council will yield", 0),
        ("Jon Vale says that the council will yield", 1),
        ("It will yield, says Dr Vale", 1),
        ("Mara Toll will yield", 0),  # who is in the quotation
        ("On Monday the Northern Council met at Lake Orrin", 0),
        ("THE COUNCIL YIELDS", 0),
    ],
)
def test_a_name_that_was_never_published_is_seen_in_a_claim_of_somebody_unnamed(
    says: str, found: int
) -> None:
    claim = Claim(report="r", quote="Mara Toll will yield", at=(0, 20), says=says, kind="offer")
    unnamed = Origin(kind="described", words="an aide")
    assert len(unnamed_warning(CASE, unnamed, claim)) == found
    assert unnamed_warning(CASE, Origin(kind="named", name="Jon Vale"), claim) == []
    assert (
        unnamed_warning(CASE, unnamed, claim, report="Jon Vale and Dr Vale came. The council yields.") == []
    )
    assert unnamed_warning(CASE, None, claim) == []


@given(st.text(max_size=200) | st.text("AaBb'’. -", max_size=30))
def test_words_that_are_public_are_nobodys_secret(text: str) -> None:
    assert names_like(text, [text]) == ()


@pytest.mark.parametrize(
    "text", ["The Security Council met", "They crossed at Kerem Road", "In Lower Orrin Valley"]
)
def test_bodies_and_places_are_no_persons(text: str) -> None:
    assert names_like(text) == ()


def test_long_and_odd_texts_are_looked_through() -> None:
    assert names_like("A" * 100_000 + " " + "-." * 50_000) == ()
    assert len(names_like("Xa Yb, " * 20_000)) == 1
