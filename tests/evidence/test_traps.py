"""Traps in which attribution is easily misread, one test each, named after the trap."""

from __future__ import annotations

import pytest

from tests.evidence.read_helpers import claims, kinds, only, reading


def test_told_cnn() -> None:
    claim = only("Two officials close to the inquiry told CNN that the vault had been empty for weeks.")
    assert (claim.source.text, claim.told, claim.outlet) == (
        "Two officials close to the inquiry",
        "CNN",
        "CNN",
    )


@pytest.mark.parametrize("banner", ["Exclusive", "Breaking", "EXCLUSIVE", "Live updates"])
def test_exclusive_and_breaking(banner: str) -> None:
    assert claims(f"{banner}: bakers to strike in June\n\nThe ovens go cold on Monday.") == []


@pytest.mark.parametrize(
    "text",
    [
        "The state of the road is poor.",
        "Members like the new hall.",
        "The post was advertised in May.",
        "A call came at noon, and nobody answered.",
        "His claims to the land are old.",
        "The report lay on the table.",
    ],
)
def test_state_like_post_call_as_nouns(text: str) -> None:
    assert claims(text) == []


def test_x_the_y_of_z_said() -> None:
    claim = only("Nils Aker, the treasurer of the bakers’ guild, said the fund was sound.")
    assert claim.source.text == "Nils Aker, the treasurer of the bakers’ guild"
    assert (claim.source.kind, claim.source.count) == ("named", 1)


def test_that_he_has_demanded() -> None:
    claim = only("The inquiry that he has demanded will begin in autumn.")
    assert (claim.source.text, claim.cue, claim.act) == ("he", "demanded", "demand")
    assert claim.quote == "The inquiry"


def test_scope_of_a_second_conjunct() -> None:
    text = "The director said the turbine was new, and the lake has been closed to boats since May."
    claim = only(text)
    assert claim.quote == "the turbine was new"
    assert claim.tail is not None
    assert claim.tail.of(text).startswith("and the lake has been closed")


@pytest.mark.parametrize(
    "text",
    [
        "The baker did not say whether the oven was safe.",
        "The ministry has not said who will pay.",
        "The captain would not say how many were aboard.",
    ],
)
def test_did_not_say(text: str) -> None:
    assert claims(text) == []


def test_asked_whether() -> None:
    text = "Asked whether she would resign, the rector smiled. Reporters asked if the hall was full."
    assert claims(text) == []
    assert "not-said" in kinds(text)


def test_a_hypothetical_suggestion_inside_an_experts_view() -> None:
    text = (
        "If the council were to suggest a toll, traders would fight it, said Eva Holt, an economist at "
        "the Port Institute."
    )
    found = reading(text).claims
    assert [c.source.text for c in found] == ["Eva Holt, an economist at the Port Institute"]


def test_several_is_no_number() -> None:
    source = only("Several delegates said that the vote was close.").source
    assert (source.count, source.at_least) == (None, 2)


@pytest.mark.parametrize(
    "text",
    [
        "“The hall is full, said the usher.",
        "The usher said the “hall is full.",
        "''The hall is full,'' the usher said.",
        '"The hall is full", the usher said. "Go home.',
        "The usher said: ”the hall is full“.",
    ],
)
def test_odd_quotation_marks(text: str) -> None:
    result = reading(text)
    assert all(c.at.of(result.text) == c.quote for c in result.claims)


def test_a_quotation_over_three_paragraphs() -> None:
    text = (
        "The owner, Marit Sole, said: “We kept the mill open.\n\n“We paid for the road.\n\n“We are done.”\n\n"
        "The mill closed in May."
    )
    claim = only(text)
    assert claim.quote == "“We kept the mill open.\n\n“We paid for the road.\n\n“We are done.”"
    assert claim.source.text == "The owner, Marit Sole"


def test_a_surname_later_in_the_text() -> None:
    text = "Marit Sole, who owns the mill, met the mayor.\n\nRain fell.\n\nSole said the roof leaked."
    source = only(text).source
    assert (source.text, source.name, source.kind) == ("Sole", "Marit Sole", "named")


def test_two_people_with_one_surname() -> None:
    text = "Marit Sole and Jon Sole own the mill.\n\nSole said the roof leaked."
    source = only(text).source
    assert (source.name, source.resolved) == (None, False)


def test_comment_form_boilerplate() -> None:
    text = (
        "Ferry cancelled\n\nThe harbour office said the ferry would not sail.\n\nIt was the third time.\n\n"
        "Leave a comment\n\nYour e-mail address will not be published. Required fields are marked *\n\nName *"
    )
    assert [c.source.text for c in reading(text).claims] == ["The harbour office"]
    assert "furniture" in kinds(text)


@pytest.mark.parametrize("share", ["70%", "70 %", "1950 homes", "45 percent", "20.24 percent"])
def test_percentages_read_as_dates(share: str) -> None:
    claim = only(f"The water board said {share} of the pipes were lead.")
    assert claim.dates == ()


def test_a_report_that_credits_itself() -> None:
    text = "KARSEL, 4 May 2031 (Meridian) – The bridge is shut, the mayor told Meridian on Sunday."
    result = reading(text)
    assert "secondary-report" not in [flag.kind for flag in result.flags]
    assert [c.source.text for c in result.claims] == ["the mayor"]


def test_nesting_keeps_the_inner_offer_with_its_own_source() -> None:
    text = "Two people told the Courier that the island has suggested that its ferries be sold."
    outer, inner = reading(text).claims
    assert (outer.source.count, inner.source.text, inner.act) == (2, "the island", "offer")
    assert inner.within == outer.id
