"""Our own reports against what a careful reader marks in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from accordant.evidence.reading import read
from accordant.evidence.result import ReadResult, Suggestion
from tests.evidence.read_helpers import REPORTS

GOLD: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(Path(__file__).parent / "gold.yaml")
LEAST = {"linked": 0.95, "cue": 0.95, "who": 0.95, "says": 0.95, "how": 0.95, "n": 0.95, "in": 0.95}
"""F1 that the rules reach at least on these reports, which their makers have seen."""


def f1(found: Iterable[object], marked: Iterable[object]) -> float:
    """The harmonic mean of precision and recall over two bags."""
    ours, theirs = Counter(found), Counter(marked)
    hits = sum((ours & theirs).values())
    return 2 * hits / (sum(ours.values()) + sum(theirs.values()))


def number(claim: Suggestion) -> str:
    source = claim.source
    return (
        str(source.count) if source.count is not None else f"{source.at_least}+" if source.at_least else "-"
    )


def found(result: ReadResult) -> list[dict[str, Any]]:
    return [
        {
            "who": c.source.text,
            "cue": c.cue,
            "says": c.quote,
            "how": c.source.attribution,
            "n": number(c),
            "in": None if c.within is None else result[c.within].quote,
        }
        for c in result.claims
    ]


def marked(name: str) -> list[dict[str, Any]]:
    entries = GOLD[name]
    return [{**e, "in": entries[e["in"] - 1]["says"] if "in" in e else None} for e in entries]


def linked(entries: list[dict[str, Any]], *keys: str) -> list[tuple[object, ...]]:
    return [tuple(e[key] for key in keys) for e in entries]


KEYS = {
    "linked": ("who", "cue", "says"),
    "cue": ("cue",),
    "who": ("who",),
    "says": ("says",),
    "how": ("cue", "says", "how"),
    "n": ("cue", "says", "n"),
    "in": ("cue", "says", "in"),
}


@pytest.mark.parametrize("measure", KEYS)
def test_the_rules_find_what_a_careful_reader_marks(measure: str) -> None:
    ours = [e for name in GOLD for e in linked(found(read(REPORTS / name)), *KEYS[measure])]
    theirs = [e for name in GOLD for e in linked(marked(name), *KEYS[measure])]
    assert f1(ours, theirs) >= LEAST[measure]


@pytest.mark.parametrize("name", GOLD)
def test_what_is_marked_stands_in_the_report(name: str) -> None:
    text = read(REPORTS / name).text
    for entry in GOLD[name]:
        for key in ("who", "cue", "says"):
            assert entry[key] in text


def test_every_report_in_english_is_marked() -> None:
    assert {p.name for p in REPORTS.iterdir()} - set(GOLD) == {"arabic.txt", "hebrew.txt"}


def test_a_rewrite_credits_the_outlet_and_keeps_the_comments_out() -> None:
    result = read(REPORTS / "rewrite-web.txt")
    assert [c.outlet for c in result.report.credits] == ["Harbour Courier"]
    assert "Tomas" not in " ".join(c.quote for c in result.claims)
    two = result.claims[0]
    assert (two.source.count, two.source.attribution, two.outlet) == (2, "described", "Harbour Courier")
    assert two.kind == "offer"
    furniture = [s.of(result.text) for f in result.flags if f.kind == "furniture" for s in f.at]
    assert "3 Comments" in furniture
    assert "Tomas says: the Council said it would never do this!" in furniture


def test_a_wire_report_knows_its_outlet_from_its_dateline() -> None:
    result = read(REPORTS / "ceasefire-wire.txt")
    assert (result.report.outlet, result.report.published) == ("Meridian", "2031-03-12")
    assert result.report.credits == ()
    assert result.claims[1].origin == result.claims[0].origin  # one of the diplomats is one of the three


def test_byline_and_date_are_read_from_the_first_lines() -> None:
    facts = read(REPORTS / "dock-strike.txt").report
    assert (facts.author, facts.published) == ("Ida Renn", "2031-05-04")


def test_json_says_everything_and_offsets_are_those_of_the_text() -> None:
    result = read(REPORTS / "rewrite-web.txt")
    data = result.to_json()
    assert data["schema"] == "accordant/read/1"
    assert set(data) == {"schema", "report", "claims", "origins", "flags", "model", "learned", "method"}
    for claim in data["claims"]:
        start, end = claim["at"]
        assert result.text[start:end] == claim["quote"]
        source = claim["source"]
        if source["at"] is not None:
            assert result.text[slice(*source["at"])] == source["text"]
        assert result.text[slice(*claim["cue"]["at"])] == claim["cue"]["text"]


def test_a_result_is_a_table_and_a_frame() -> None:
    result = read(REPORTS / "dock-strike.txt")
    assert len(result.table().rows) == len(result.claims)
    assert "Marta Quell" in result._repr_html_()
    pytest.importorskip("pandas")
    assert list(result.to_frame()["claim"])[:2] == ["k1", "k2"]
