"""How reporters say that somebody said something: who it was, what was done, and what is nobody's claim."""

from __future__ import annotations

import pytest

from accordant.evidence.written import says_of
from tests.evidence.read_helpers import reading


def found(text: str, published: str | None = None) -> list[tuple[str, str, list[str]]]:
    read = reading(text, published)
    return [(c.source.text, c.cue, [p.of(read.text).strip('“”"., ') for p in c.parts]) for c in read.claims]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("An official close to the treasurer, Mira Okun, said the fund was empty.", 1),
        ("A cousin of the mayor, Jon Hale, said the house had been sold.", 1),
        ("Two aides to the governor, Pia Strand, told the Courier that she would resign.", 2),
        ("Delegates close to the envoy, Tam Orlo, said the paper was thin.", None),
        ("A clerk in the office of the judge, Ora Venn, said the file was lost.", 1),
    ],
)
def test_whoever_is_close_to_somebody_with_a_name_has_none(text: str, count: int | None) -> None:
    source = reading(text).claims[0].source
    assert (source.kind, source.name, source.count) == ("described", None, count)


def test_a_name_after_an_office_still_names_who_speaks() -> None:
    for text in (
        "The head of the union, Mira Okun, said the fund was empty.",
        "The union’s secretary, Jon Hale, said the house had been sold.",
        "A former minister, Pia Strand, said the paper was thin.",
    ):
        assert reading(text).claims[0].source.kind == "named", text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The guild swore never to reopen the quarry.", "never to reopen the quarry"),
        ("The mayor promised not to sell the pier.", "not to sell the pier"),
        ("The owners pledged never again to dump slag.", "never again to dump slag"),
        ("The crew has threatened not to sail.", "not to sail"),
    ],
)
def test_a_promise_not_to_keeps_its_not(text: str, said: str) -> None:
    (claim,) = reading(text).claims
    assert (claim.quote, claim.polarity) == (said, "negative")


@pytest.mark.parametrize(
    "text",
    [
        "Crews offered a bonus are still waiting.",
        "Three captains offered shelter left the bay on Monday.",
        "Has the mill offered the town a pause?",
        "Did the envoy say that the road was open?",
        "The clerk refused to say whether the vault was empty.",
        "The captain declined to comment on the fire.",
        "An aide who asked not to be named left early.",
        "The company contested the election.",
        "The crowd laughed, and the band shrugged.",
    ],
)
def test_nobody_says_anything(text: str) -> None:
    assert found(text) == []


def test_a_headline_in_the_past_tense_does_not_say_who_offers() -> None:
    assert found("Harbour pilots offered new boats\n\nThe bay was calm. Nobody came.") == []


@pytest.mark.parametrize(
    ("text", "source", "cue", "said"),
    [
        ("The court ruled that the lease was void.", "The court", "ruled", "the lease was void"),
        ("The panel took the view that the well is dry.", "The panel", "view", "the well is dry"),
        ("The board is of the opinion that fees are low.", "The board", "opinion", "fees are low"),
        ("The abbot gave notice that he would leave.", "The abbot", "notice", "he would leave"),
        ("Pia Strand confided that she had wept.", "Pia Strand", "confided", "she had wept"),
        ("“Nonsense,” snapped Tam Orlo.", "Tam Orlo", "snapped", "Nonsense"),
        ("Pia Strand had this to say: “We are broke.”", "Pia Strand", "had this to say", "We are broke"),
        ("The guild went further: the pier must close.", "The guild", "went further", "the pier must close"),
        ("By the guild’s count, 300 people marched.", "the guild", "count", "300 people marched"),
        ("In the judge’s reading, the deed is void.", "the judge", "reading", "the deed is void"),
        (
            "As was stated by the board, the lock is shut.",
            "the board",
            "As was stated by",
            "the lock is shut",
        ),
        ("The guild does not accept the figure.", "The guild", "accept", "the figure"),
        ("The firm does not accept that the dam leaks.", "The firm", "accept", "the dam leaks"),
        ("The break the nurses have demanded is far off.", "the nurses", "demanded", "The break"),
        ("Accusing the bank of greed, the guild walked out.", "the guild", "Accusing", "the bank of greed"),
        ("The jury rejected the idea out of hand.", "The jury", "rejected", "the idea"),
        ("Rumours that the mint would close were wrong.", "", "Rumours", "the mint would close"),
        ("The board, for its part, denied the leak.", "The board", "denied", "the leak"),
    ],
)
def test_ways_of_saying(text: str, source: str, cue: str, said: str) -> None:
    assert (source, cue, [said]) in found(text)


def test_lettered_points_are_a_piece_each() -> None:
    text = "The council agreed: (a) to drain the lake; (b) to pay the divers; and (c) to meet in May."
    assert found(text) == [
        ("The council", "agreed", ["to drain the lake", "to pay the divers", "to meet in May"])
    ]


def test_headlines_in_capitals_are_read_as_others() -> None:
    assert found("PILOTS TO STRIKE IN JUNE, GUILD SAYS\n\nThe bay was calm.") == [
        ("GUILD", "SAYS", ["PILOTS TO STRIKE IN JUNE"])
    ]


def test_a_noun_of_saying_ends_before_the_main_verb() -> None:
    text = "The guild’s demand that the mill close before any sale remains the main hurdle."
    assert found(text) == [("The guild", "demand", ["the mill close before any sale"])]


def test_what_is_promised_ends_before_a_clause_of_its_own() -> None:
    text = "“We were promised a pier in June and we are still waiting,” said Tam Orlo."
    assert ("", "promised", ["a pier in June"]) in found(text)


def test_thought_to_be_takes_the_participle_and_the_noun_beside_it() -> None:
    text = "The envoy discussed the nine divers thought to be trapped in the mine."
    assert found(text) == [("", "thought", ["the nine divers", "to be trapped in the mine"])]


def test_what_comes_after_a_colon_with_its_own_attribution_is_said_once() -> None:
    assert found("Tam Orlo disagreed: the pier, he said, is safe.") == [
        ("he", "said", ["the pier", "is safe"])
    ]


def test_who_asks_says_nothing_and_a_single_answer_is_read() -> None:
    text = (
        "Pia Strand: Has the mill offered you work?\n\nTam Orlo: No. Nobody has come to the pier this week."
    )
    assert found(text) == [("Tam Orlo", ":", ["No. Nobody has come to the pier this week"])]
    again = text + "\n\nStrand: Will you strike?\n\nOrlo: We will wait until the spring and then decide."
    assert [(c.source.name, c.rule) for c in reading(again).claims if c.within is None] == [
        ("Tam Orlo", "label"),
        ("Tam Orlo", "label"),
    ]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Statement of the Pilots’ Guild", "Pilots’ Guild"),
        ("OPEN LETTER FROM THE FAMILIES OF THE DIVERS", "Families Of The Divers"),
        ("Harbour League press statement", "Harbour League"),
    ],
)
def test_we_in_a_statement_is_the_body_that_issues_it(head: str, name: str) -> None:
    (claim,) = reading(f"{head}\n\nWe demand that the mine be opened.").claims
    assert (claim.source.kind, claim.source.name, claim.source.resolved) == ("institution", name, True)


def test_we_of_whoever_writes_is_left_open() -> None:
    (claim,) = reading("The bay was calm. We understand that the pier is closed.").claims
    assert not claim.source.resolved


def test_a_state_and_its_government_are_one_origin() -> None:
    text = (
        "Ostland said the road was open. The government of Ostland denied any delay. "
        "The government said it would wait, and Ostland’s government said that all was well."
    )
    assert len({c.origin for c in reading(text).claims}) == 1


def test_a_pronoun_reaches_back_where_nobody_else_is_named() -> None:
    text = (
        "Ms Pia Strand runs the mill, her brother said. The pier is old. Boats come rarely. "
        "Pia Strand said it would last. The tide was low. Gulls sat on the rail. She denied a sale."
    )
    last = reading(text).claims[-1].source
    assert (last.text, last.name) == ("She", "Pia Strand")


def test_two_clauses_are_one_act_in_either_order() -> None:
    first = reading("“We have seen no deed, and we will not leave our pier,” the elder said.").claims[0]
    second = reading("“We will not leave our pier, and we have seen no deed,” the elder said.").claims[0]
    assert first.act == second.act == "rejection"


def test_to_keep_silent_rejects_nothing() -> None:
    assert reading("“I won’t say whom I met,” said Tam Orlo.").claims[0].act == "claim"


def test_to_doubt_is_to_deny() -> None:
    assert reading("Tam Orlo doubts that the pier will hold.").claims[0].polarity == "negative"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("The guild said it has until June to pay.", "2031-06-01", "2031-06-30"),
        ("The board said the pier is expected to open on March 12.", "2031-03-12", "2031-03-12"),
        ("The board said the pier will open on 3 February.", "2032-02-03", "2032-02-03"),
        ("The envoy said he had met them in June.", "2030-06-01", "2030-06-30"),
    ],
)
def test_what_is_to_come_lies_ahead_of_the_report(text: str, first: str, last: str) -> None:
    (when,) = reading(text, "2031-03-10").claims[0].dates
    assert (str(when.first), str(when.last)) == (first, last)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("By his own account he has not visited the pier.", "he has not visited the pier"),
        ("According to the clerk, there was no deed.", "there was no deed"),
    ],
)
def test_an_account_that_denies_is_written_whole(text: str, says: str) -> None:
    read = reading(text)
    assert says_of(read.text, read.claims[0]) == says
