"""What is odd about a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from accordant.evidence.flags import FLAGS
from tests.evidence.read_helpers import REPORTS, kinds, reading

ROOT = Path(__file__).parents[2]

ODD = {
    "secondary-report": "Two people told the Harbour Courier that a pause is near.",
    "exclusive-elsewhere": "Exclusive: a pause\n\nTwo people told the Harbour Courier that it is near.",
    "status-conflict": "The ceasefire accord is near. The ceasefire negotiations go on.",
    "certainty-conflict": "Captives thought to be in Ulm may go free. The captives held in Ulm are forty.",
    "scope": "The board claims that the river is full, and it has closed two gauges.",
    "garbled-time": "They met twice this month in Ulm and this month in Orn.",
    "garbled-place": "The buses ran between Ulm and Ulm until Monday.",
    "garbled-count": "Three ministers: Ida Renn and Tomas Orlo.",
    "number-conflict": "More than 100 captives held in Ulm may go free. The town waits. "
    "The 80 captives held in Ulm were heard singing.",
    "open-time": "The union said that it would wait until this month was over.",
    "unattributed": "It is known that the manager lives upstream.",
    "unsourced-blame": "A convoy was attacked near Ulm on Monday.",
    "unresolved-source": "It rained. She said that it would stop.",
    "not-said": "The company declined to comment.",
    "fragment": "The plan is old. Although nobody expects it to work. It goes on.",
    "unclosed-quotation": "He said “we go now and nobody knows where.",
    "hidden-characters": "The envoy \u202esaid no\u202c to it.",
    "mixed-script": "The Соuncil said no.",
    "furniture": "The envoys left the town without a word to anybody.\n\nShare this article",
    "language": "Die Gesandten haben die Stadt am Montag verlassen und niemand weiß, wann sie "
    "zurückkehren werden, denn die Verhandlungen über die Öffnung der Straße sind erneut ohne Ergebnis "
    "geblieben und beide Seiten schweigen dazu, während die Bewohner warten.",
    "control-characters": "The envoy \x1b[31msaid no.",
    "handling-mark": "Restricted to the team\n\nThe envoy said that a pause is near.",
    "no-date": "The envoy left.",
    "no-author": "The envoy left.",
    "no-address": "The envoy left.",
    "several-tellings": "The intelligence chief proposed that the leaders of the Front leave the valley. "
    "The council has proposed that the leaders of the Front leave for abroad.",
}


@pytest.mark.parametrize("kind", ODD)
def test_it_is_flagged(kind: str) -> None:
    assert kind in kinds(ODD[kind])


def test_every_kind_of_flag_has_a_test_and_stands_in_the_documentation() -> None:
    listed = {kind for names in FLAGS for kind in names.split(", ")} | {"control-characters"}
    assert listed == set(ODD)
    page = (ROOT / "docs" / "reading-reports.md").read_text(encoding="utf-8")
    assert [kind for kind in listed if f"`{kind}`" not in page] == []


def test_places_of_flags_lie_in_the_text() -> None:
    for text in ODD.values():
        result = reading(text)
        for flag in result.flags:
            assert flag.says
            for start, end in flag.at:
                assert 0 <= start < end <= len(result.text)


QUIET = {
    "secondary-report": "The mayor told the growers that the water was safe.",
    "status-conflict": "The ceasefire talks go on. The wage deal is done.",
    "scope": "The board claims that the river is full, despite the drought.",
    "unsourced-blame": "A convoy was attacked near Ulm, two drivers said.",
    "fragment": "Although nobody expects it to work, the plan is on the table.",
    "unattributed": "The manager lives upstream, the board said.",
    "several-tellings": "The union demanded that the port reopen. The growers demanded that water be free.",
}


@pytest.mark.parametrize("kind", QUIET)
def test_it_is_not_flagged_without_cause(kind: str) -> None:
    assert kind not in kinds(QUIET[kind])


def test_a_report_that_credits_itself_is_no_rewrite() -> None:
    page = (REPORTS / "page.html").read_text(encoding="utf-8")
    assert "told the Lake Post" in page
    result = reading(page, name="page.html")
    assert result.report.credits == ()
    assert "secondary-report" not in [f.kind for f in result.flags]


def test_with_a_date_times_are_no_longer_open() -> None:
    text = "The union said that it had waited all this month."
    assert "open-time" in kinds(text)
    assert "open-time" not in kinds(text, published="2031-03-12")
    assert "no-date" not in kinds(text, published="2031-03-12")


@pytest.mark.parametrize("name", ["arabic.txt", "hebrew.txt"])
def test_text_in_other_scripts_is_read_without_failing_and_said_to_be_missed(name: str) -> None:
    result = reading((REPORTS / name).read_text(encoding="utf-8"))
    assert result.claims == ()
    assert "language" in [f.kind for f in result.flags]
    assert result.report.title
