"""Every kind of flag: texts that a careful reader wants flagged, and near misses that are in order."""

from __future__ import annotations

import pytest

from accordant.evidence.flags import FLAGS
from tests.evidence.read_helpers import kinds, reading

GERMAN = (
    "Die Gesandten haben die Stadt am Montag verlassen und niemand weiß, wann sie zurückkehren werden, denn "
    "die Gespräche über die Straße sind ohne Ergebnis geblieben und beide Seiten schweigen weiter dazu."
)
FRENCH = (
    "Les délégués ont quitté la ville lundi et personne ne sait quand ils reviendront, car les pourparlers "
    "sur la route sont restés sans résultat et les deux parties gardent le silence depuis hier soir."
)
HEAD = "Talks resume\n\nBy Ida Renn\n\n4 May 2031\n\nhttps://lake.example/talks\n\n"
BODY = "The union met the board in Ulm. It rained all day and nobody spoke about the pay."

WANTED: dict[str, tuple[str, ...]] = {
    "no-date": (BODY, "Talks resume\n\n" + BODY, "By Ida Renn\n\n" + BODY),
    "no-author": (BODY, "4 May 2031\n\n" + BODY, "Talks resume\n\n" + BODY),
    "no-address": (BODY, "By Ida Renn\n\n" + BODY, "4 May 2031\n\n" + BODY),
    "language": (GERMAN, FRENCH, "Представители сторон покинули город в понедельник утром."),
    "secondary-report": (
        "Two aides told the Harbour Courier that a pause is near.",
        "A memo leaked to the Orn Messenger says that pay will be frozen.",
        "At the same time the weekly Novi Val affirms that two barges were unloaded at night.",
    ),
    "exclusive-elsewhere": (
        "Exclusive: a pause\n\nTwo aides told the Harbour Courier that it is near.",
        "EXCLUSIVE: pay freeze\n\nA freeze is near, the Orn Herald reported on Friday.",
        "Exclusive: ferry sold\n\nAccording to the Lake Post, the ferry has been sold.",
    ),
    "several-tellings": (
        "Whose idea was it? Sources differ. An envoy claims that it came from the Front. A clerk insists "
        "that the "
        "mayor dictated it.",
        "The army fired first, the Front said. The Front fired first, the army said.",
        "The harbour chief proposed that crews leave the upper valley. The council has proposed that "
        "crews leave "
        "the valley for good.",
        "There are two versions of the night. The board says a pump failed. The union claims that nobody "
        "was on "
        "duty.",
    ),
    "status-conflict": (
        "The ceasefire accord is near. The ceasefire negotiations go on.",
        "The strike was called off at noon. Crews are still on strike in Orn.",
        "The two banks have merged. A week on, they are in talks to merge.",
        "The radio reported that the talks had ended. The ministry said they had not.",
        "The ceasefire is welcome. The pause in the fighting lasts three days.",
        "The port signed a contract with the crews. The contract has yet to be signed by both.",
    ),
    "certainty-conflict": (
        "Captives thought to be in Ulm may go free. The captives held in Ulm are forty.",
        "Two miners were reported killed near Orn. The two miners killed near Orn were brothers.",
        "The alleged breach is old. The confirmed breach was in May.",
        "Porters face a two-year pay freeze\n\nPorters in Ulm could have their pay frozen for two years. "
        "It rained.",
    ),
    "number-conflict": (
        "More than 100 captives held in Ulm may go free. The town waits. The 80 captives held in Ulm "
        "were heard.",
        "The mayor says that 300 jobs will go. The union puts the figure at 900.",
        "The firm speaks of 211 drivers. The union says the true figure is nearer 350.",
        "The board would release 26 guards, the Front wants all 31. They did not agree on the number.",
    ),
    "scope": (
        "The board claims that the river is full, and it has closed two gauges.",
        "The strike ends on Friday, the union said on Tuesday, but the port remains shut.",
        "The crews will leave on Friday, the union said on Tuesday, raising fears of empty shops on the "
        "island.",
        "The envoy said that the raise was tied to a rest day, a demand the crews have refused twice.",
    ),
    "garbled-time": (
        "They met twice this month in Ulm and this month in Orn.",
        "The letter was handed over on 11 June and on 11 June.",
        "They met as recently as Monday morning on Monday.",
        "The truce began on 31 June.",
        "They met on Tuesday, 5 May 2031, in Ulm.",
    ),
    "garbled-place": (
        "The buses ran between Ulm and Ulm until Monday.",
        "They met in Orn and in Orn.",
        "Orlo, the capital of Norland, was calm. Later Orlo, the capital of Sarn, was not.",
    ),
    "garbled-count": (
        "Three ministers: Ida Renn and Tomas Orlo.",
        "She visited two cities, Ulm, Orn and Karsel.",
        "Both Ulm, Orn and Karsel were flooded.",
        "Five people, two nurses and four porters, were sent home.",
        "The union has three demands: pay and hours.",
    ),
    "open-time": (
        "The union said that it would wait until this month was over.",
        "The board said that the gate was shut last week.",
        "The envoy said that they would meet on Friday.",
    ),
    "unattributed": (
        "It is known that the manager lives upstream.",
        "The ferry is reportedly for sale.",
        "It is understood that the work was put off twice.",
    ),
    "unsourced-blame": (
        "A convoy was attacked near Ulm on Monday.",
        "The Front, which shelled the market in May, has never said a word on it.",
        "The works dumped acid in the river for two years.",
    ),
    "unresolved-source": (
        "It rained. She said that it would stop.",
        "The road was wet. He claimed that nobody swept it.",
        "The gate is shut. They said that it would open.",
    ),
    "not-said": (
        "The company declined to comment.",
        "The office would neither confirm nor deny the sale.",
        "The board did not immediately respond to questions.",
        "The operator has never confirmed the sum.",
    ),
    "fragment": (
        "The plan is old. Although nobody expects it to work. It goes on.",
        "The dam was opened. Because the growers had asked for it. It rained.",
        "The offer stands. Unless the crews refuse it. They meet again.",
    ),
    "unclosed-quotation": (
        "He said “we go now and nobody knows where.",
        "“It is over, the envoy said. It rained.",
        'The clerk wrote: "the gate is shut.',
    ),
    "hidden-characters": (
        "The envoy \u202esaid no\u202c to it.",
        "The en\u200bvoy left.",
        "The envoy \u2066left\u2069.",
    ),
    "mixed-script": ("The Соuncil said no.", "The unіon met.", "Оrn is quiet."),
    "control-characters": ("The envoy \x1b[31msaid no.", "The envoy\x07 left Ulm.", "The \x01envoy left."),
    "furniture": (
        BODY + "\n\nLeave a Reply",
        BODY + "\n\nHome | Region | Weather | Sign in\n\nThe board left.",
        BODY + "\n\nAlready a subscriber? Log in to read the rest.",
        BODY + "\n\nPhoto: Orn Picture Desk\n\nThe board left.",
        BODY + "\n\nADVERTISEMENT – Continue reading below\n\nThe board left.",
        BODY + "\n\nBy Web Desk | Updated 2 days ago | 3 min read\n\nThe board left.",
        BODY + "\n\nThis website uses cookies to improve your visit.",
        BODY + " Share this article Copy link. The board left.",
        BODY + " Be the first to comment Leave a Reply Your email address will not be published.",
    ),
    "handling-mark": (
        "Restricted to the team\n\n" + BODY,
        BODY + "\n\nNot for publication",
        "Note of 4 May (off the record)\n\n" + BODY,
    ),
}
IN_ORDER: dict[str, tuple[str, ...]] = {
    "no-date": (HEAD + BODY, "Published 4 May 2031\n\n" + BODY, "ULM, 4 May 2031 (Meridian) – " + BODY),
    "no-author": (
        HEAD + BODY,
        "By Ida Renn\n\n" + BODY,
        "By Ida Renn | Updated 4 May 2031 | 3 min read\n\n" + BODY,
    ),
    "no-address": (HEAD + BODY, BODY + "\n\nhttps://lake.example/a", "https://lake.example/b\n\n" + BODY),
    "language": (BODY, "The envoy said so.", "Minutes of the meeting of the board in Ulm."),
    "secondary-report": (
        "The mayor told the growers that the water was safe.",
        "Prices rose by four per cent, according to the National Office of Figures.",
        "THE LAKE POST\n\nThe talks\n\nTwo aides told the Lake Post that a pause is near.",
        "The Front’s radio says that the road is open.",
    ),
    "exclusive-elsewhere": (
        "Exclusive: a pause\n\nTwo aides said that it is near.",
        "Two aides told the Harbour Courier that a pause is near.",
        "A pause\n\nThe sides met. Two aides told the Harbour Courier that the hotel is exclusive.",
    ),
    "several-tellings": (
        "The union demanded that the port reopen. The growers demanded that water be free.",
        "The union offered to end the strike on Monday. It offered to end the strike for good, the union "
        "said.",
        "The paper ran two stories on the flood. It rained in Ulm.",
    ),
    "status-conflict": (
        "The ceasefire talks go on. The wage deal is done.",
        "The strike would be called off if the offer stood. The strike goes on.",
        "The talks collapsed in March. The talks are continuing in May.",
        "No treaty was signed. The treaty has yet to be signed.",
    ),
    "certainty-conflict": (
        "Captives thought to be in Ulm may go free. The captives held in Orn are forty.",
        "Two miners were reported killed near Orn. The mine is old.",
        "Porters may face a pay freeze\n\nPorters in Ulm could have their pay frozen for two years. It "
        "rained.",
        "The dam is thought to be held by a battalion. “It is held by nobody,” said Ida Renn.",
    ),
    "number-conflict": (
        "The firm has 400 workers in Ulm. It has 90 workers in Orn.",
        "More than 100 captives held in Ulm may go free. The 140 captives held in Ulm were heard.",
        "In 2030 there were 40 workers hurt at Orn. Last year 90 workers were hurt at Orn.",
        "The mayor says 300 jobs will go. The union puts the figure at more than 250.",
    ),
    "scope": (
        "The board claims that the river is full, despite the drought.",
        "The strike ends on Friday, the union said on Tuesday.",
        "The strike ends on Friday, the union said, but the board denied that.",
        "The envoy said that the talks, which began in May, would go on.",
    ),
    "garbled-time": (
        "They met this month in Ulm and last month in Orn.",
        "He said on Monday that they would meet again on Monday.",
        "The shop is shut from Monday to Monday.",
        "They met on Monday, 5 May 2031, in Ulm.",
    ),
    "garbled-place": (
        "The buses ran between Ulm and Orn until Monday.",
        "They met in Ulm and in Ulm’s suburbs.",
        "Orlo, the capital of Norland, was calm. Vand, the capital of Sarn, was not.",
    ),
    "garbled-count": (
        "Three ministers: Ida Renn, Tomas Orlo and Bela Voss.",
        "After three rounds, Norland and Sarn agreed to stop.",
        "Four ministers, including Renn and Orlo, left.",
        "Both Ulm and Orn were flooded, and Karsel was not.",
        "Six people, two nurses and four porters, were sent home.",
        "The union has two demands: better pay and shorter hours.",
    ),
    "open-time": (
        "The union said that it would wait.",
        "The union said that it had met on 4 May 2031.",
        "This month it rained. The union said that it would wait.",
    ),
    "unattributed": (
        "The manager lives upstream, the board said.",
        "The board knows that the manager lives upstream.",
        "The union said that the ferry was for sale.",
    ),
    "unsourced-blame": (
        "A convoy was attacked near Ulm, two drivers said.",
        "An avalanche killed three climbers near Ulm.",
        "If the pact is violated the talks end.",
        "Traffic was diverted over the old bridge.",
    ),
    "unresolved-source": (
        "Ida Renn left. She said that it would stop.",
        "The union said that it would wait.",
        "It rained. Nobody swept the road.",
    ),
    "not-said": (
        "The company said that it would comment on Monday.",
        "The office confirmed the sale.",
        "She asked for a meeting with the board.",
    ),
    "fragment": (
        "Although nobody expects it to work, the plan is on the table.",
        "Because of the rain nobody came. It was cold.",
        "Why did they open it? Because the growers had asked for it.",
        "“Because they asked for it.” Ida Renn smiled.",
    ),
    "unclosed-quotation": (
        "He said “we go now” and left.",
        "The crews’ boats left at dawn.",
        "“It is over,” the envoy said. “We go.”",
    ),
    "hidden-characters": (
        "The envoy said no.",
        "The envoy’s “no” – a firm one – stood.",
        "Zoë Çelik left Ulm.",
    ),
    "mixed-script": ("The council said no.", "The word мир means peace.", "Zoë Çelik left Ulm."),
    "control-characters": ("The envoy said no.", "The envoy\tsaid no.", "The envoy\r\nsaid no."),
    "furniture": (
        BODY + "\n\nShare prices fell on Monday after the board left.",
        BODY + "\n\nThe comment form of the ministry was long.",
        BODY + "\n\nSign up or lose the deal, the union told its members in Ulm and in Orn on Monday night.",
        BODY + "\n\nAdvertisements for the new ferry were torn down by the crews.",
        BODY + "\n\nIda Renn, the editor of the Lake Post, was there.",
        "The board uses cookies as bribes. " + BODY,
    ),
    "handling-mark": (
        "Confidential talks resume in Ulm\n\n" + BODY,
        "The letter, marked confidential, was seen by the board.\n\n" + BODY,
        "An envoy who spoke off the record said no.\n\n" + BODY,
    ),
}


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in WANTED.items() for t in texts])
def test_what_a_careful_reader_wants_flagged_is(kind: str, text: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(("kind", "text"), [(k, t) for k, texts in IN_ORDER.items() for t in texts])
def test_what_is_in_order_is_not_flagged(kind: str, text: str) -> None:
    assert kind not in kinds(text)


def test_every_kind_has_three_texts_of_either_sort() -> None:
    listed = {kind for names in FLAGS for kind in names.split(", ")} | {"control-characters"}
    assert listed == set(WANTED) == set(IN_ORDER)
    assert all(len(texts) >= 3 for table in (WANTED, IN_ORDER) for texts in table.values())


@pytest.mark.parametrize("text", [t for texts in WANTED.values() for t in texts])
def test_places_lie_in_the_text_and_sentences_are_for_people(text: str) -> None:
    result = reading(text)
    for flag in result.flags:
        assert flag.says.rstrip("”").endswith((".", "?"))
        assert all(0 <= start < end <= len(result.text) for start, end in flag.at)


FURNITURE = "Sign up for our newsletter"


@pytest.mark.parametrize(
    "text",
    [
        f"The union said that it would wait for the board.\n\n{FURNITURE}\n\nIt rained.",
        f"The union said that it would wait for the board. {FURNITURE}. It rained.",
        "The union, which has met in Ulm every week since the strike\nbegan, said that it would wait for the "
        f"board in the town.\n{FURNITURE}\nIt rained all day in Ulm and nobody came.",
    ],
)
def test_furniture_is_never_read_for_claims(text: str) -> None:
    result = reading(text)
    marked = [span for flag in result.flags if flag.kind == "furniture" for span in flag.at]
    assert [result.text[a:b].rstrip(".") for a, b in marked] == [FURNITURE]
    assert all(not span.meets(claim.at) for span in marked for claim in result.claims)
    assert [claim.quote[:18] for claim in result.claims] == ["it would wait for "]


def test_titles_below_related_stories_go_with_their_heading() -> None:
    text = (
        BODY + "\n\nRelated stories\n\n“We will not move,” say growers\n\nNine signs of rain, says Ida Renn\n"
    )
    result = reading(text)
    (flag,) = (f for f in result.flags if f.kind == "furniture")
    assert len(flag.at) == 3
    assert result.claims == ()


def test_the_number_of_sources_behind_each_telling_is_said() -> None:
    text = (
        "The harbour chief suggested that crews leave the valley. Two people close to the talks told the "
        "Lake Post "
        "that the council has suggested that the crews leave the valley."
    )
    (flag,) = (f for f in reading(text).flags if f.kind == "several-tellings")
    assert "through Two people close to the talks" in flag.says
    assert "knows 1 of these 2 tellings through others: 1 source." in flag.says


@pytest.mark.parametrize(
    ("kind", "text", "flagged"),
    [
        ("garbled-time", "The shop opens on Monday and closes on Monday next week.", False),
        ("garbled-time", "They meet on Monday and on Monday next week.", False),
        ("garbled-time", "They met on Monday in Ulm on Monday.", True),
        ("unsourced-blame", "The film attacked the habits of the rich.", False),
        ("unsourced-blame", "The bishop attacked his plans in May.", False),
        ("unsourced-blame", "The army attacked the village at dawn.", True),
        ("unsourced-blame", "A patrol attacked the planning office.", True),
        ("not-said", "He did not say much, but he left.", False),
        ("not-said", "He did not say whether he would leave.", True),
    ],
)
def test_near_misses(kind: str, text: str, flagged: bool) -> None:
    assert (kind in kinds(text, "2031-03-01")) == flagged


def test_tellings_of_people_who_speak_for_themselves_are_put_plainly() -> None:
    (flag,) = (
        f
        for f in reading("The army fired first, the Front said. The Front fired first, the army said.").flags
        if f.kind == "several-tellings"
    )
    assert "Each speaks for itself" in flag.says
