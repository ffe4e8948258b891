"""The same claim in several reports, contradictions, and the origins behind them."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from accordant.evidence.reading import read
from accordant.evidence.spans import Span
from accordant.evidence.together.analysis import together
from accordant.evidence.together.conditions import asserted, conditions
from accordant.evidence.together.features import all_names, features
from accordant.evidence.together.from_reading import material
from accordant.evidence.together.likeness import differences
from accordant.evidence.together.material import Matter
from accordant.evidence.together.same import compare, judged
from tests.evidence.together.stories import (
    EXCLUSIVE,
    FEWER,
    MINISTER,
    NONE_SUCH,
    OTHER_TOPIC,
    RETOLD,
    SIGNED,
    TALKING,
    claims_of,
    read_all,
)

SEEN = sorted((Path(__file__).parents[3] / "corpus" / "seen").glob("*.txt"))


def test_a_retold_claim_is_the_same_claim_and_adds_no_origin() -> None:
    result = read_all(EXCLUSIVE, RETOLD)
    group = next(g for g in result.groups if "30 days" in claims_of(result, g.members)[0])
    assert group.origins == (1, 1)


def test_unnamed_people_may_have_a_named_minister_among_them() -> None:
    result = read_all(EXCLUSIVE, MINISTER)
    group = next(g for g in result.groups if "30 days" in claims_of(result, g.members)[0])
    assert group.origins == (1, 2)


def test_unnamed_people_of_two_outlets_are_one_or_two() -> None:
    other = (
        EXCLUSIVE.split("\n")[0]
        .replace("two officials familiar with the talks", "a diplomat")
        .replace("Lake Tribune", "Harbour Courier")
    )
    result = read_all(EXCLUSIVE, other)
    group = next(g for g in result.groups if "30 days" in claims_of(result, g.members)[0])
    assert group.origins == (1, 2)


def test_another_number_is_a_contradiction_and_not_the_same_claim() -> None:
    result = read_all(EXCLUSIVE.split("\n")[0], FEWER)
    assert result.groups == ()
    assert {(c.kind, c.differs) for c in result.conflicts} == {("number", ("30", "10"))}


def test_a_denial_is_a_contradiction_and_not_the_same_claim() -> None:
    result = read_all(EXCLUSIVE.split("\n")[0].replace(" for 30 days", ""), NONE_SUCH)
    assert result.groups == ()
    assert [c.kind for c in result.conflicts] == ["polarity"]


def test_agreed_in_one_report_and_open_in_another_is_a_contradiction_of_status() -> None:
    result = read_all(SIGNED, TALKING)
    assert [c.kind for c in result.conflicts] == ["status"]
    assert "accord" in " ".join(result.conflicts[0].differs)


def test_what_was_open_a_month_before_is_no_contradiction() -> None:
    assert read_all(SIGNED, TALKING, published=["2031-05-04", "2031-03-01"]).conflicts == ()


def test_a_shared_topic_is_neither_the_same_claim_nor_a_contradiction() -> None:
    result = read_all(EXCLUSIVE, OTHER_TOPIC)
    assert (result.groups, result.conflicts) == ((), ())


def test_members_of_a_group_are_never_at_odds_and_always_alike() -> None:
    result = read_all(EXCLUSIVE, RETOLD, MINISTER, FEWER, NONE_SUCH, OTHER_TOPIC)
    known = all_names(result.matter)
    for group in result.groups:
        made = [features(result.matter, result.matter.statements[m], known) for m in group.members]
        for one, other in combinations(made, 2):
            assert not differences(one, other)
            assert judged(one, other) is not None


def test_comparing_only_what_shares_something_finds_all_that_comparing_everything_finds() -> None:
    matter = Matter(tuple(material(read(path, "2031-05-04"), f"r{k}") for k, path in enumerate(SEEN[:14], 1)))
    found = compare(matter)
    slow = {
        (a, b)
        for a, b in combinations(range(len(found.wordings)), 2)
        if judged(found.wordings[a].features, found.wordings[b].features) is not None
    }
    assert {(pair.one, pair.other) for pair in found.pairs} == slow


def test_reports_on_different_matters_have_nothing_in_common() -> None:
    about = {}
    for path in SEEN[:14]:
        about.setdefault(path.stem, read(path, "2031-05-04"))
    result = together(list(about.values()))
    assert [k for k in result.links if k.sure] == []


def test_who_told_whom_is_a_graph_of_sources_outlets_and_reports() -> None:
    result = read_all(EXCLUSIVE, RETOLD)
    ids = {node.id for node in result.told.nodes}
    kinds = {edge.kind for edge in result.told.edges}
    assert all(edge.start in ids and edge.end in ids for edge in result.told.edges)
    assert {"told", "credits", "rewrites"} <= kinds
    assert [e.asked for e in result.told.edges if e.kind == "rewrites"] == [True]


LEAVES = "The army will leave the heights of Sill, the minister Olan Dries said.\n"
IF_LEAVES = (
    "“We hold 61 people. If the army leaves the heights of Sill, we will release the sick,” "
    "said the commander Edo Marsh.\n"
)
RESIGN = "The minister Olan Dries threatened to resign if the army left the heights of Sill.\n"
STAYS = "The army will not leave the heights of Sill, the minister Barnaby Holt said.\n"


def test_a_condition_is_no_assertion() -> None:
    for text in (IF_LEAVES, RESIGN):
        result = read_all(text, LEAVES)
        assert (result.groups, result.conflicts) == ((), ())
        assert read_all(text, STAYS).conflicts == ()
    assert [c.kind for c in read_all(LEAVES, STAYS).conflicts] == ["polarity"]


def test_the_same_under_a_condition_is_another_claim() -> None:
    free = "The Front will release the sick captives of Sill on Monday, the commander Edo Marsh said.\n"
    bound = free.replace(" on Monday", " on Monday if the army leaves Dolm")
    assert read_all(free, bound).groups == ()
    assert len(read_all(free, free.replace("Marsh said", "Marsh has said")).groups) == 1
    assert len(read_all(bound, bound.replace("Marsh said", "Marsh has said")).groups) == 1


@given(st.lists(st.sampled_from(["if ", "unless ", "the army left", "we stay", ", ", ". ", "“", "”", "so "])))
def test_what_is_asserted_and_its_conditions_are_all_of_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    whole = [Span(0, len(text))]
    found = conditions(text, whole)
    kept = asserted(whole, found)
    every = sorted([*found, *kept])
    assert "".join(span.of(text) for span in every) == text
    assert all(span.of(text).lower().startswith(("if", "unless")) for span in found)
