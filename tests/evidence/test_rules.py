"""Each rule on its own example, the traps that rules fall into, and nesting."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from accordant.evidence.frames import Rule
from accordant.evidence.rules import RULES
from tests.evidence.read_helpers import claims, only, reading

ROOT = Path(__file__).parents[2]
NAMES = [rule.name for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_finds_its_example(rule: Rule) -> None:
    text, source, cue, content = rule.example
    if rule.name == "headline":
        text += "\n\nTalks go on in the port."
    found = [c for c in reading(text).claims if c.rule == rule.name]
    assert [(c.source.text, c.cue, c.quote) for c in found] == [(source.removesuffix("’s"), cue, content)]


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_suggestion_carries_the_name_of_its_rule_in_its_trace(rule: Rule) -> None:
    found = [c for c in reading(rule.example[0] + "\n\nTalks go on.").claims if c.rule == rule.name]
    assert found
    assert all(c.trace[0].startswith(f"rule {rule.name}") for c in found)


def test_names_of_rules_are_unique_and_every_rule_is_documented_with_its_example() -> None:
    assert len(set(NAMES)) == len(NAMES)
    page = (ROOT / "docs" / "reading-reports.md").read_text(encoding="utf-8")
    for rule in RULES:
        assert f"`{rule.name}`" in page, rule.name
        assert rule.example[0] in re.sub(r"\s+", " ", page), rule.name


SILENT = {
    "did not say": "He did not say when the talks would resume.",
    "declined to say": "The company declined to say who would chair the meeting.",
    "would not say": "The minister would not say whether the army would leave.",
    "asked whether": "Reporters asked whether the offer still stood.",
    "asked if": "Asked if the port would reopen, the secretary shrugged.",
    "never said": "The union has never said that it would strike.",
    "nobody said": "Nobody said the talks were easy.",
    "if the union says": "The strike will spread if the union says that the talks have failed.",
    "state as a noun": "The state of emergency was extended by a month.",
    "calls as a noun": "Calls for a ceasefire grew louder on Friday.",
    "claims as a noun": "The claims were filed with the court.",
    "reports as a noun": "The reports of the gauges are kept in a cellar.",
    "like": "Like the minister, the mayor was silent.",
    "post as a noun": "The post of harbour master has been vacant since May.",
    "modal": "The board would say yes to almost any plan.",
    "infinitive": "The growers met to claim damages from the city.",
    "percentages": "70% of the wells are dry.",
    "a move signals": "The move signals that the government is weakening.",
    "talks offer": "The talks offered a chance to end the war.",
    "fighting claims lives": "The fighting has claimed more than 200 lives.",
    "willing": "The council might be willing to offer a pause.",
    "according to plan": "The retreat went according to plan.",
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_no_claim_is_made_of(text: str) -> None:
    assert claims(text) == []


def test_whom_somebody_tells_is_never_a_source() -> None:
    claim = only("A delegate told CNN that the talks were over.")
    assert (claim.source.text, claim.told, claim.outlet) == ("A delegate", "CNN", "CNN")
    claim = only("The mayor told the river board that the water was safe.")
    assert (claim.source.text, claim.told, claim.outlet) == ("The mayor", "the river board", None)
    claim = only("The Port Company was told that the berths were full.")
    assert (claim.source.attribution, claim.told) == ("unattributed", "The Port Company")


@pytest.mark.parametrize("listener", ["reporters", "us", "the growers", "her brother", "a packed meeting"])
def test_who_listens_is_kept_only_where_it_is_a_name_a_body_or_an_outlet(listener: str) -> None:
    claim = only(f"The mayor told {listener} that the water was safe.")
    assert (claim.source.text, claim.quote, claim.told) == ("The mayor", "the water was safe", None)


@pytest.mark.parametrize("banner", ["Exclusive", "Breaking", "Update", "Live"])
def test_a_banner_is_no_speaker(banner: str) -> None:
    text = f"{banner}: envoys to meet in the harbour office\n\nNobody knows when."
    assert claims(text) == []


def test_a_headline_names_its_speaker_before_or_after_the_colon() -> None:
    body = "\n\nMore will follow."
    assert claims("Growers: the river is empty" + body) == [("Growers", ":", "the river is empty")]
    assert claims("River is empty: growers" + body) == [("growers", ":", "River is empty")]


def test_an_apposition_belongs_to_the_source_and_hides_nothing() -> None:
    claim = only("Ida Renn, the secretary of the dockers’ union, said that the offer was fair.")
    assert claim.source.text == "Ida Renn, the secretary of the dockers’ union"
    assert claim.source.name == "Ida Renn"


def test_what_he_has_demanded_is_the_noun_before_it() -> None:
    text = "The “full reopening” of the canal that the growers have demanded is years away."
    claim = only(text)
    assert (claim.quote, claim.act) == ("The “full reopening” of the canal", "demand")


def test_a_second_clause_is_kept_apart_and_flagged() -> None:
    text = "The board claims that the river is full, and it has closed two gauges."
    result = reading(text)
    (claim,) = result.claims
    assert claim.quote == "the river is full"
    assert claim.tail is not None
    assert claim.tail.of(text) == "and it has closed two gauges"
    assert "scope" in [f.kind for f in result.flags]


def test_a_second_that_belongs_to_what_is_said() -> None:
    claim = only("Dall said that rejection would mean layoffs and that no money would be found.")
    assert claim.quote == "rejection would mean layoffs and that no money would be found"
    assert claim.tail is None


def test_a_second_clause_with_an_attribution_of_its_own_is_not_in_doubt() -> None:
    result = reading("Bohr said members were divided, but Dall said that they were not.")
    assert [(c.source.text, c.quote, c.tail) for c in result.claims] == [
        ("Bohr", "members were divided", None),
        ("Dall", "they were not", None),
    ]


def test_nesting_is_read_from_the_outside_in() -> None:
    text = (
        "As part of a truce, the North has suggested that the leaders of the South leave the valley, "
        "two people familiar with the talks told the Harbour Courier."
    )
    outer, inner = reading(text).claims
    assert (outer.source.text, outer.within) == ("two people familiar with the talks", None)
    assert (inner.source.text, inner.within) == ("the North", outer.id)
    assert inner.quote == "the leaders of the South leave the valley"
    assert inner.act == "offer"
    assert outer.kind == "offer"  # what the two people pass on is an offer


def test_nesting_goes_two_levels_deep_and_no_deeper() -> None:
    text = "Smith said that Jones had said that Brown had said that Green had said that it rained."
    result = reading(text)
    assert [result.depth(c.id) for c in result.claims] == [0, 1, 2]


def test_several_is_no_number() -> None:
    claim = only("Several officials said that the talks had stalled.")
    assert (claim.source.count, claim.source.at_least) == (None, 2)


def test_a_suggestion_inside_an_experts_view_is_no_offer() -> None:
    result = reading("The council would be willing to suggest that the leaders leave, Oole argued.")
    assert [(c.source.text, c.act) for c in result.claims] == [("Oole", "claim")]
    assert [h.of(result.text) for h in result.claims[0].hedges] == ["would be willing to"]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The envoy suggested that the leaders should leave.", "offer"),
        ("The envoy suggested that the leaders leave the valley.", "offer"),
        ("The envoy suggested that the leaders were tired.", "claim"),
        ("The audit suggests that the meters are wrong.", "claim"),
        ("The union threatened to strike.", "threat"),
        ("The company denied moving the wagons.", "denial"),
        ("The Front rejected the draft.", "rejection"),
        ("The director acknowledged that a pump had failed.", "admission"),
        ("The bank predicts that prices will fall.", "forecast"),
        ("The mayor called for a pause.", "demand"),
        ("The mayor called the pause “a trick”.", "assessment"),
        ("The ministry told schools to close.", "demand"),
        ("The growers accused the city of draining the lake.", "blame"),
    ],
)
def test_the_act_follows_from_the_verb_and_what_follows_it(text: str, act: str) -> None:
    assert only(text).act == act


def test_a_denial_and_a_negation_are_negative() -> None:
    assert only("The company denied moving the wagons.").polarity == "negative"
    assert only("The mayor said that nobody had been paid.").polarity == "negative"
    assert only("The mayor said that everybody had been paid.").polarity == "positive"


def test_the_same_speaker_goes_on_in_the_next_sentence() -> None:
    text = "“We are ready,” said Marta Quell. “The ships are not.”"
    assert claims(text) == [
        ("Marta Quell", "said", "“We are ready,” said Marta Quell. “The ships are not.”"),
    ]
    assert [p.of(text) for p in only(text).parts] == ["“We are ready,”", "“The ships are not.”"]


def test_a_quotation_over_three_paragraphs_is_one() -> None:
    text = (
        "The owner, Signe Aall, said:\n\n“We offered nine crossings.\n\n“We offered the night boat.\n\n"
        "“It was not enough.”\n\nThe council was silent."
    )
    result = reading(text)
    outer = result.claims[0]
    assert (outer.source.name, outer.rule, outer.directness) == ("Signe Aall", "announced", "direct")
    assert outer.quote.startswith("“We offered nine")
    assert outer.quote.endswith("enough.”")
    inside = [c for c in result.claims if c.within == outer.id]
    assert [(c.source.text, c.source.name, c.act) for c in inside] == [("We", "Signe Aall", "offer")] * 2


def test_an_attribution_after_the_last_paragraph_covers_all_of_them() -> None:
    text = "“The road is open.\n\n“The bridge is not,” said Ida Renn."
    claim = only(text)
    assert claim.quote == "“The road is open.\n\n“The bridge is not,”"


def test_a_speakers_label_counts_only_where_it_comes_again() -> None:
    interview = "Vang: Why?\n\nHolm: We waited for diesel.\n\nVang: And then?\n\nHolm: Nothing came."
    assert claims(interview) == [
        ("Holm", ":", "We waited for diesel."),
        ("Holm", ":", "Nothing came."),
    ]
    assert claims("Note: the office is closed.\n\nThe mayor left.") == []


def test_a_dateline_and_its_outlet_are_no_part_of_what_is_said() -> None:
    text = "KARSEL, 12 March (Meridian) – The road is open, two delegates said."
    result = reading(text)
    assert [c.quote for c in result.claims] == ["The road is open"]
    assert result.report.outlet == "Meridian"


def test_nothing_is_read_from_a_comment_form() -> None:
    text = (
        "Envoys left\n\nThe envoys left the harbour on Monday without saying a word to anybody at all.\n\n"
        "2 Comments\n\nTomas says: the mayor said she lied!\n\nLeave a Reply"
    )
    assert claims(text) == []


FOUND = {
    "name, role and no closing comma": (
        "“The river is full,” Ida Renn, a spokeswoman for the board said.",
        ("Ida Renn, a spokeswoman for the board", "said", "“The river is full,”"),
    ),
    "an aside before the verb is no inversion": (
        "Ida Renn, a spokeswoman for the board, said a pump had failed, which was rare.",
        ("Ida Renn, a spokeswoman for the board", "said", "a pump had failed, which was rare"),
    ),
    "quoted as saying": (
        "“We will wait,” Krane was quoted by the Lake Post as saying.",
        ("Krane", "saying", "“We will wait,”"),
    ),
    "said on a programme": (
        "“We will wait,” Krane said on Sunday on “Face the Lake”.",
        ("Krane", "said", "“We will wait,”"),
    ),
    "two apostrophes for a quotation mark": (
        "''We will wait,'' said Olav Krane.",
        ("Olav Krane", "said", "''We will wait,''"),
    ),
    "a date in brackets": (
        "The envoy said on Tuesday (24 January) that the talks were over.",
        ("The envoy", "said", "the talks were over"),
    ),
    "expressed a noun": (
        "The minister voiced his hope that the growers would sign.",
        ("The minister", "voiced his hope", "the growers would sign"),
    ),
    "the agency passes it on": (
        "The agency, citing a delegate, reports that the envoys have left.",
        ("a delegate", "citing", "the envoys have left"),
    ),
    "as stated by": (
        "As stated by the source, the delegation has left.",
        ("the source", "As stated by", "the delegation has left"),
    ),
    "when asked": (
        "The mayor, when asked about the plan, said that it was dead.",
        ("The mayor", "said", "it was dead"),
    ),
    "a noun with its own verb after it": (
        "Lunt’s claim that Westmark hides its catch rests on an audit.",
        ("Lunt", "claim", "Westmark hides its catch"),
    ),
    "the verb comes after a comma in the quotation": (
        "The army said it had struck “three targets,” and residents were afraid.",
        ("The army", "said", "it had struck “three targets,”"),
    ),
    "an object and a second verb": (
        "A spokesman for the firm confirmed the meeting but gave no details.",
        ("A spokesman for the firm", "confirmed", "the meeting"),
    ),
    "ruled out": ("The council ruled out a pause.", ("The council", "ruled out", "a pause")),
    "made clear": (
        "The union has made clear that pensions are not negotiable.",
        ("The union", "made clear", "pensions are not negotiable"),
    ),
}


@pytest.mark.parametrize("name", FOUND)
def test_unusual_frames_are_read(name: str) -> None:
    text, expected = FOUND[name]
    assert claims(text)[0] == expected


def test_the_subject_of_a_participle_is_that_of_the_sentence() -> None:
    text = "The union rejected Lunt’s offer to pay, stressing that it was too low."
    assert ("The union", "stressing", "it was too low") in claims(text)


@pytest.mark.parametrize(
    ("content", "polarity"),
    [
        ("the company is “not paying its debts”", "negative"),
        ("if the talks fail, it will not sign", "negative"),
        ("neither side can afford another winter", "negative"),
        ("the company no longer wants a strike", "negative"),
        ("the offer, which hasn’t been made public, is generous", "positive"),
        ("conditions that are not being met led to the strike", "positive"),
        ("the port is open although the road is not", "positive"),
        ("it will leave because it was not paid", "positive"),
    ],
)
def test_only_the_main_verb_makes_a_claim_negative(content: str, polarity: str) -> None:
    claim = reading(f"The mayor said that {content}.").claims[0]
    assert claim.quote == content
    assert claim.polarity == polarity


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The mayor said that the port is quiet.", "assessment"),
        ("The mayor said that the Front has 400 fighters.", "capability"),
        ("The mayor said that the Council controls the Orren road.", "capability"),
        ("The mayor admitted that victory is a long way off.", "assessment"),
        ("The mayor denied that the port is quiet.", "interpretation"),
        ("The mayor denied that he had met with the union.", "contact"),
        ("The mayor said that the port is quiet because it rains.", "interpretation"),
    ],
)
def test_a_kind_is_suggested_from_the_act_where_the_words_suggest_none(text: str, kind: str) -> None:
    assert only(text).kind == kind
