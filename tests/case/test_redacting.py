"""What is left of a case without what must not be seen, and what stands in its place."""

from __future__ import annotations

import random
from typing import Any

from accordant.case.grounds import standings
from accordant.case.objects import Case
from accordant.case.redacting import UNTOLD, Held, redacted
from accordant.case.sources import Sources

SAID = {"report": "r", "quote": "They will surely go.", "at": (0, 20), "says": "They go", "kind": "offer"}


def case(sources: dict[str, Any] | None = None, **more: Any) -> Case:
    content: dict[str, Any] = {
        "title": "t",
        "parties": {"a": {"name": "Aland"}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"},
        **more,
    }
    reports = {"r": {"file": "reports/r.txt", "sha256": "0" * 64}}
    given = Sources.model_validate({"reports": reports, **(sources or {})})
    return Case.model_validate(content).model_copy(update={"sources": given})


def claims(**more: dict[str, Any]) -> dict[str, Any]:
    return {"claims": {id_: {**SAID, **fields} for id_, fields in more.items()}}


def test_without_anything_withheld_it_is_the_case_itself() -> None:
    whole = case(claims(c1={}))
    assert redacted(whole, Held()).case is whole


def test_a_claim_that_a_withheld_one_contradicts_is_not_brought_back() -> None:
    whole = case(claims(c1={"contradicts": ["c2"]}, c2={}))
    made = redacted(whole, Held(frozenset({"c1"}))).case
    assert [standing.stands for standing in standings(made).values()] == [False]
    assert made.claims["c2"].contradicts == ()


def test_what_a_struck_claim_contradicts_is_not_brought_back_either() -> None:
    whole = case(claims(c1={"contradicts": ["c2"]}, c2={"contradicts": ["c3"]}, c3={}, c4={"within": "c3"}))
    made = redacted(whole, Held(frozenset({"c1"}))).case
    assert [standing.stands for standing in standings(made).values()] == [False] * 3


def test_claims_stand_or_fall_as_they_do_in_the_whole_case() -> None:
    drawn = random.Random(7)
    for _ in range(300):
        links: dict[str, dict[str, Any]] = {}
        for k in range(1, drawn.randint(3, 8)):
            some = list(links)
            links[f"c{k}"] = {
                "contradicts": drawn.sample(some, min(len(some), drawn.choice([0, 1, 1, 2]))),
                "within": drawn.choice(some) if some and drawn.random() < 0.25 else None,
                "status": drawn.choice(["open", "open", "open", "open", "confirmed", "retracted"]),
            }
        whole = case(claims(**links))
        held = frozenset(drawn.sample(list(links), drawn.randint(1, 2)))
        before = standings(whole)
        for id_, standing in standings(redacted(whole, Held(held)).case).items():
            assert standing.stands == before[id_].stands, (links, held, id_)


def test_what_others_tell_too_stays_as_it_is() -> None:
    lines = [{"want": "x", "because": ["c1", "c2"]}, {"want": "y", "because": ["c1"], "assumed": "so"}]
    whole = case(claims(c1={}, c2={}), preferences={"a": {"priorities": lines}})
    made = redacted(whole, Held(frozenset({"c1"})))
    assert made.unsure == ()
    assert [line.unsure for line in made.case.preferences["a"].lines] == [False, False]


def test_a_line_that_nobody_else_tells_is_unsure_and_not_told() -> None:
    lines = [{"either": [{"want": "x", "because": ["c1"]}, "y"]}, {"want": "not x", "because": ["c2"]}]
    red = [{"rule": "x and y", "because": ["c1"]}]
    whole = case(
        claims(c1={}, c2={"status": "retracted"}), preferences={"a": {"priorities": lines, "never": red}}
    )
    made = redacted(whole, Held(frozenset({"c1"})))
    assert made.unsure == ("a.never.1", "a.priorities.1.1")
    assert dict(made.masked) == {"a.never.1": "x and y", "a.priorities.1.1": "x"}
    told = made.told.preferences["a"]
    assert [getattr(line, "want", getattr(line, "rule", "")) for line in told.lines] == [
        *(UNTOLD, UNTOLD),
        *("y", "not x"),
    ]


def test_a_ranking_that_nobody_else_tells_says_nothing() -> None:
    ranking = {"ranking": [{"x": "yes"}, {"x": "no"}], "because": ["c1"]}
    whole = case(claims(c1={}), preferences={"a": ranking})
    made = redacted(whole, Held(frozenset({"c1"})))
    assert made.case.preferences["a"].levels == (({"x": "no"}, {"x": "yes"}),)
    assert made.told.preferences["a"].ranking is None


def test_what_a_party_believes_goes_where_only_withheld_claims_tell_it() -> None:
    seen = {"a": {"preferences": {"b": {"priorities": [{"want": "x", "because": ["c1"]}]}}, "assumed": "so"}}
    whole = case(claims(c1={}), perceptions=seen)
    assert not redacted(whole, Held(frozenset({"c1"}))).case.perceptions["a"].preferences


def test_views_on_a_proposal_that_is_gone_go_with_it() -> None:
    whole = case(
        claims(c1={}),
        proposals={"p": {"package": {"x": "yes"}, "because": ["c1"]}, "q": {"package": {"y": "yes"}}},
        judgements={
            "j1": {"by": "A", "about": "agreement(p)"},
            "j2": {"by": "A", "about": "agreement(q)", "revises": "j1"},
        },
    )
    made = redacted(whole, Held(frozenset({"c1"})))
    assert made.dropped == ("proposals.p", "judgements.j1")
    assert made.case.judgements["j2"].revises is None


def sources() -> dict[str, Any]:
    return {
        "origins": {
            "renn": {"kind": "role", "name": "Ida Renn", "side": "a"},
            "stone": {"kind": "role", "name": "Bo Stone", "side": "a", "register": "stone"},
            "open": {"kind": "named", "name": "Ann Stone"},
        },
        "register": {
            "ida": {"name": "Ida Renn", "kind": "role", "handling": "restricted"},
            "stone": {"name": "Bo Stone", "kind": "role", "handling": "restricted"},
        },
        **claims(c1={"origin": "renn"}, c2={"origin": "stone", "says": "Stone and Bo Stone differ"}, c3={}),
    }


def test_sources_that_would_be_called_the_same_are_told_apart() -> None:
    made = redacted(case(sources()), Held(entries=frozenset({"ida", "stone"})))
    assert made.described["ida"] == "an official on the side of Aland (A)"
    assert made.described["stone"] == made.described["renn"].replace("A)", "B)")
    assert {o.register_ for o in made.case.origins.values()} == {"source-1", "source-2", None}


def test_a_name_that_somebody_else_has_openly_is_no_secret() -> None:
    made = redacted(case(sources()), Held(entries=frozenset({"ida", "stone"})))
    says = made.case.claims["c2"].says
    assert says == "Stone and [an official on the side of Aland (B)] differ"


def test_words_of_a_claim_that_is_shown_are_no_secret() -> None:
    whole = case(claims(c1={}, c2={}), note="They will surely go.")
    assert redacted(whole, Held(frozenset({"c1"}))).case.note == "They will surely go."
    alone = case(claims(c1={}), note="We heard: they will surely go!")
    assert redacted(alone, Held(frozenset({"c1"}))).case.note == "We heard: [words that are withheld]!"


def test_a_short_quotation_in_a_script_without_spaces_is_covered() -> None:
    whole = case(claims(c1={"quote": "我们会撤军"}), note="听说我们会撤军。")
    assert redacted(whole, Held(frozenset({"c1"}))).case.note == "听说[words that are withheld]。"


def test_the_author_of_a_report_is_not_named_where_the_register_forbids_it() -> None:
    said = sources()
    reports = {"r": {"file": "reports/r.txt", "sha256": "0" * 64, "author": "Ida Renn"}}
    made = redacted(case({**said, "reports": reports}), Held(entries=frozenset({"ida", "stone"})))
    assert made.case.reports["r"].author == "[an official on the side of Aland (A)]"


def test_ids_that_are_made_of_names_are_replaced_by_others() -> None:
    said = sources()
    said["claims"]["c3"]["contradicts"] = ["Renn-1"]
    said["claims"]["Renn-1"] = dict(SAID)
    whole = case(
        said,
        judgements={
            "old-renn": {"by": "A", "about": "agreement(q)"},
            "j2": {"by": "A", "about": "agreement(q)", "revises": "old-renn"},
        },
        proposals={"q": {"package": {"y": "yes"}, "assumed": {"id": "renn-says", "says": "so"}}},
        preferences={"a": {"priorities": [{"want": "x", "because": ["Renn-1"]}]}},
        note="As renn-says has it.",
    )
    made = redacted(whole, Held(entries=frozenset({"ida"})))
    assert "renn" not in str(made.case).casefold()
    assert made.case.judgements["j2"].revises == made.renamed["old-renn"] == "judgement-x1"
    assert made.case.preferences["a"].lines[0].because == ("claim-x1",)
    assert made.case.claims["c3"].contradicts == ("claim-x1",)
    assert made.case.note == "As [assumption-x1] has it."
