"""Ways in which reporters attribute, each in several sentences: who says it, by which words, which pieces."""

from __future__ import annotations

import pytest

from tests.evidence.read_helpers import reading

CASES: dict[str, list[tuple[str, str, str, list[str]]]] = {
    "a quotation that goes on after its attribution is one": [
        (
            "“The kiln is cold,” said Ada Brun. “It will stay cold.”",
            "Ada Brun",
            "said",
            ["“The kiln is cold,”", "“It will stay cold.”"],
        ),
        (
            "“Prices fell,” the broker said. “Nobody noticed.”",
            "the broker",
            "said",
            ["“Prices fell,”", "“Nobody noticed.”"],
        ),
    ],
    "what the reporter adds after a whole clause is not said": [
        (
            "The bridge will close in May, the province said on Monday, raising fears among traders.",
            "the province",
            "said",
            ["The bridge will close in May"],
        ),
        (
            "Exports fell by a tenth, the bank said, in what would be the first drop since 2029.",
            "the bank",
            "said",
            ["Exports fell by a tenth"],
        ),
        (
            "Rents rose again, according to the housing office, 4 percent more than in 2030.",
            "the housing office",
            "according to",
            ["Rents rose again"],
        ),
    ],
    "what is said in two pieces": [
        (
            "The quota, the growers said, would ruin them.",
            "the growers",
            "said",
            ["The quota", "would ruin them"],
        ),
        (
            "The ferry, two officers say, was overloaded.",
            "two officers",
            "say",
            ["The ferry", "was overloaded"],
        ),
    ],
    "prepositions belong to verbs of calling and asking": [
        ("The guild called for a new vote.", "The guild", "called for", ["a new vote"]),
        ("The nurses have asked for a rest room.", "The nurses", "asked for", ["a rest room"]),
        ("Norland called on Belmar to open the lock.", "Norland", "called on", ["Belmar to open the lock"]),
        (
            "The Assembly called upon all members to pay.",
            "The Assembly",
            "called upon",
            ["all members to pay"],
        ),
    ],
    "what somebody is said to do": [
        ("The mayor is said to favour a tram.", "", "said", ["The mayor", "to favour a tram"]),
        ("A ruling is expected before Easter.", "", "expected", ["A ruling", "before Easter"]),
        ("The board is unlikely to agree.", "", "unlikely", ["The board", "to agree"]),
        (
            "It remains unlikely that the mill will reopen.",
            "",
            "It remains unlikely",
            ["the mill will reopen"],
        ),
    ],
    "what people were told, asked or promised": [
        ("Crews were told that the harbour was closed.", "", "told", ["the harbour was closed"]),
        ("Tenants have been promised a new boiler.", "", "promised", ["a new boiler"]),
        ("Drivers had been asked to wait.", "", "asked", ["to wait"]),
        ("The draft was rejected by the islanders.", "the islanders", "rejected", ["The draft"]),
    ],
    "a second verb of the same speaker": [
        (
            "The minister said that the dam was safe and warned that repairs would take a year.",
            "The minister",
            "said",
            ["the dam was safe"],
        ),
        (
            "The minister said that the dam was safe and warned that repairs would take a year.",
            "The minister",
            "warned",
            ["repairs would take a year"],
        ),
        (
            "The firm denied polluting the lake and accused the council of lying.",
            "The firm",
            "denied",
            ["polluting the lake"],
        ),
        (
            "The clerk said the files were lost but did not say when.",
            "The clerk",
            "said",
            ["the files were lost"],
        ),
    ],
    "who speaks, with all that describes them": [
        (
            "The port’s harbour master, Tove Lind, said that the crane was safe.",
            "The port’s harbour master, Tove Lind",
            "said",
            ["the crane was safe"],
        ),
        (
            "The mediator, retired judge Ola Brandt, said talks would resume.",
            "The mediator, retired judge Ola Brandt",
            "said",
            ["talks would resume"],
        ),
        (
            "Karin Moe, a spokeswoman for the bank, said the vault was empty.",
            "Karin Moe, a spokeswoman for the bank",
            "said",
            ["the vault was empty"],
        ),
        (
            "A study commissioned by the city and seen by the Courier says that the wells are dry.",
            "A study commissioned by the city and seen by the Courier",
            "says",
            ["the wells are dry"],
        ),
        (
            "A diplomat briefed on the offer said it was fair.",
            "A diplomat briefed on the offer",
            "said",
            ["it was fair"],
        ),
    ],
    "semicolons part two attributions": [
        (
            "The union said it would wait; the owners said they would not.",
            "The union",
            "said",
            ["it would wait"],
        ),
        (
            "The union said it would wait; the owners said they would not.",
            "the owners",
            "said",
            ["they would not"],
        ),
    ],
    "a summary in the reporter’s words is not said": [
        (
            "The owners said the mill lost money, a claim that the union disputes.",
            "The owners",
            "said",
            ["the mill lost money"],
        ),
        (
            "The buyer said the fish was old, an allegation the fleet denied.",
            "The buyer",
            "said",
            ["the fish was old"],
        ),
    ],
    "expressions that attribute": [
        ("The economist puts the cost at 40 million.", "The economist", "puts", ["the cost at 40 million"]),
        ("The captain called the order a mistake.", "The captain", "called", ["the order a mistake"]),
        (
            "The government declared its readiness to talk.",
            "The government",
            "declared its readiness",
            ["to talk"],
        ),
        (
            "The ministry let it be known that the fee would fall.",
            "The ministry",
            "let it be known",
            ["the fee would fall"],
        ),
        (
            "The parties have agreed in principle to share the catch.",
            "The parties",
            "agreed",
            ["to share the catch"],
        ),
        ("It is understood the fund is empty.", "", "It is understood", ["the fund is empty"]),
        ("The company’s line was that the guard had slept.", "The company", "line", ["the guard had slept"]),
        ("The board denied reports that the fund was empty.", "", "reports", ["the fund was empty"]),
        ("He’s said that the well is deep.", "He", "said", ["the well is deep"]),
    ],
    "nested and numbered": [
        (
            "3.2 The chair asked that the remark be struck out.",
            "The chair",
            "asked",
            ["the remark be struck out"],
        ),
        ("• The Front says nine articles are settled.", "The Front", "says", ["nine articles are settled"]),
        (
            "“The firm said the pumps were new. They were not,” said Ida Renn.",
            "The firm",
            "said",
            ["the pumps were new"],
        ),
    ],
}


@pytest.mark.parametrize(
    ("text", "who", "cue", "pieces"),
    [case for cases in CASES.values() for case in cases],
    ids=[f"{name}-{k}" for name, cases in CASES.items() for k in range(len(cases))],
)
def test_a_construction_is_read(text: str, who: str, cue: str, pieces: list[str]) -> None:
    found = [
        (c.source.text, c.cue, [p.of(text) for p in c.parts]) for c in reading(text).claims if c.cue == cue
    ]
    assert (who, cue, pieces) in found


def test_an_outlet_that_cites_somebody_gives_two_claims_one_inside_the_other() -> None:
    text = "The tunnel will be closed for a year, the Hill Courier reported on Friday, citing two engineers."
    outer, inner = reading(text).claims
    assert (outer.source.text, inner.source.text, inner.within) == (
        "the Hill Courier",
        "two engineers",
        outer.id,
    )
    assert outer.quote == inner.quote == "The tunnel will be closed for a year"


def test_an_interviewer_says_nothing_and_a_guest_one_thing_a_turn() -> None:
    text = (
        "Lund: Why did the yard close?\n\nMoe: It had no orders. Nobody told us.\n\n"
        "Lund: The bank says you were warned.\n\nMoe: That is not true.\n"
    )
    turns = [c for c in reading(text).claims if c.rule == "label"]
    assert [(c.source.text, c.quote) for c in turns] == [
        ("Moe", "It had no orders. Nobody told us."),
        ("Moe", "That is not true."),
    ]
