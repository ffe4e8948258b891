"""Places and what they are to what is told of them."""

from __future__ import annotations

import pytest

from accordant.evidence.places import places_in
from accordant.evidence.spans import Span
from tests.evidence.read_helpers import only


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The envoys will meet in Geneva.", [("Geneva", "talks", True)]),
        ("A second round of talks at Karsel ended early.", [("Karsel", "talks", False)]),
        ("Two shells landed near the village of Ulm.", [("the village of Ulm", "happened", False)]),
        ("Families fled from Aleppo on foot.", [("Aleppo", "from", True)]),
        ("The convoy travelled to Port Sellard.", [("Port Sellard", "to", False)]),
        ("The minister told reporters in Cairo.", [("Cairo", "said", True)]),
        ("It rained in March.", []),
        ("A letter to Marit Sole was lost.", []),
        ("They wrote in English.", []),
        ("She works at the Harbour Council.", []),
    ],
)
def test_a_place_has_a_role(text: str, expected: list[tuple[str, str, bool]]) -> None:
    found = places_in(text, Span(0, len(text)))
    assert [(p.text, p.role, p.known) for p in found] == expected
    assert all(p.at.of(text) == p.text for p in found)


def test_a_suggestion_has_the_places_of_what_is_said_and_the_one_where_it_was_said() -> None:
    claim = only("The mayor told reporters in Vienna that talks would be held in Doha.")
    assert [(p.text, p.role) for p in claim.places] == [("Vienna", "said"), ("Doha", "talks")]
    assert claim.to_json("")["places"][1]["role"] == "talks"
