"""Who says it: kinds of source, counts, access, and what names and pronouns stand for."""

from __future__ import annotations

import pytest

from accordant.evidence.spans import Span
from accordant.evidence.tokens import words_of
from accordant.evidence.who import Source, describe
from tests.evidence.read_helpers import only, reading


def who(text: str) -> Source:
    words = words_of(text, Span(0, len(text)), ())
    return describe(words, (0, len(words)))


@pytest.mark.parametrize(
    ("text", "kind", "attribution", "count", "at_least"),
    [
        ("two people familiar with the talks", "described", "described", 2, 2),
        ("one official close to the council", "described", "described", 1, 1),
        ("a spokesman for the ministry", "described", "described", 1, 1),
        ("the ministry’s spokesman", "role", "described", 1, 1),
        ("several officials", "described", "described", None, 2),
        ("at least three diplomats", "described", "described", None, 3),
        ("more than 40 residents", "group", "described", None, 41),
        ("both engineers", "described", "described", 2, 2),
        ("half a dozen delegates", "described", "described", 6, 6),
        ("one of the two people", "described", "described", 1, 1),
        ("analysts", "described", "described", None, 2),
        ("the union", "institution", "named", None, None),
        ("one state in the region", "described", "described", 1, 1),
        ("Norland", "institution", "named", None, None),
        ("the prime minister", "role", "described", 1, 1),
        ("Senior fellow at the Ostry Institute for Water Affairs Ida Renn", "named", "named", 1, 1),
        ("US Secretary of State Jon Arvad", "named", "named", 1, 1),
        ("the port company, Lissa Terminals", "institution", "named", None, None),
        ("a leaked document", "document", "described", None, None),
        ("a report by the river board", "document", "named", None, None),
        ("unconfirmed reports", "unattributed", "unattributed", None, None),
        ("the Harbour Courier", "outlet", "named", None, None),
        ("state media", "outlet", "described", None, None),
        ("Marta Quell and Ida Renn", "named", "named", 2, 2),
        ("Saudi Arabia", "institution", "named", None, None),
    ],
)
def test_a_phrase_is_a_source_of_a_kind(
    text: str, kind: str, attribution: str, count: int | None, at_least: int | None
) -> None:
    found = who(text)
    assert (found.kind, found.attribution, found.count, found.at_least) == (
        kind,
        attribution,
        count,
        at_least,
    )


def test_the_words_that_claim_access_and_those_that_explain_silence_are_kept() -> None:
    found = who(
        "A diplomat briefed on the talks who spoke on condition of anonymity because they are private"
    )
    assert found.access == "briefed on the talks who spoke on condition of anonymity because they are private"
    assert found.anonymity == "who spoke on condition of anonymity because they are private"


def test_a_surname_later_in_the_text_is_the_person_named_before() -> None:
    result = reading("Erling Moe chairs the association. The growers met. Moe said that the river was dry.")
    (claim,) = result.claims
    assert (claim.source.text, claim.source.name, claim.source.kind) == ("Moe", "Erling Moe", "named")


def test_two_people_with_one_surname_are_left_open() -> None:
    text = (
        "“He speaks for the harbour,” said Birte Sand. Her cousin, Hanne Sand, disagreed. "
        "Sand said that the boat was late."
    )
    result = reading(text)
    last = result.claims[-1]
    assert (last.source.text, last.source.name, last.source.resolved) == ("Sand", None, False)
    assert "unresolved-source" in [f.kind for f in result.flags]


def test_a_pronoun_is_whoever_spoke_in_the_sentence_before() -> None:
    result = reading("Sunniva Dahl said that the meters were sealed. She added that the board read them.")
    assert [c.source.name for c in result.claims] == ["Sunniva Dahl", "Sunniva Dahl"]
    assert result.claims[0].origin == result.claims[1].origin


def test_a_pronoun_too_far_away_is_left_open() -> None:
    result = reading("Sunniva Dahl spoke first. It rained. It rained again. She said that it would stop.")
    assert not result.claims[-1].source.resolved


def test_his_own_admission_is_that_of_the_person_before() -> None:
    text = "Olav Krane, the mayor of Belmar, is under pressure. By his own admission, the reservoir is late."
    claim = only(text)
    assert (claim.source.text, claim.source.name) == ("his", "Olav Krane")


def test_the_official_is_the_one_described_before() -> None:
    result = reading("One official close to the talks said they had failed. The official said it was late.")
    first, second = result.claims
    assert (second.source.count, second.source.attribution) == (1, "described")
    assert second.source.access == "close to the talks"
    assert first.origin == second.origin


def test_one_of_two_engineers_is_no_new_origin() -> None:
    result = reading("Two engineers said the meters were wrong. “Everybody knew,” said one.")
    first, second = result.claims
    assert (first.source.count, second.source.count) == (2, 1)
    assert first.origin == second.origin


def test_a_pair_that_speaks_together_is_one_origin_and_two_officials_are_two() -> None:
    result = reading(
        "Two envoys said it had ended. An official said it had failed. An official said it had not."
    )
    assert len(result.origins) == 3


def test_gender_keeps_pronouns_apart() -> None:
    text = "Chairman Jon Arvad said the ships were ready. She said that they were not."
    assert not reading(text).claims[-1].source.resolved


def test_a_body_is_known_by_the_last_word_of_its_name() -> None:
    result = reading("The Northern Council met in Ulm. The Council said that the road was open.")
    assert result.claims[0].source.name == "Northern Council"


def test_a_role_names_nobody() -> None:
    for text in (
        "Norland’s espionage head suggested that the leaders leave.",
        "The minister said that the port is open.",
        "He said that the port is open.",
    ):
        claim = only(text)
        assert (claim.source.kind, claim.source.attribution) == ("role", "described")


def test_a_role_beside_a_name_is_named() -> None:
    claim = only("The minister, Jon Arvad, said that the port is open.")
    assert (claim.source.kind, claim.source.attribution, claim.source.name) == ("named", "named", "Jon Arvad")
