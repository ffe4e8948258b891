"""Whether a case treats its parties alike: what is counted, which words lean, and where they may stand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.case.grounds import standings
from accordant.case.objects import Case
from accordant.errors import CaseError, InputError
from accordant.evidence.handling import Handling
from accordant.evidence.leaning import FILE, leanings, words_for
from accordant.evidence.parity import ParityResult, parity

ROOT = Path(__file__).parents[2]
JANUARY = ROOT / "cases" / "january-2024"


def case_of(sources: dict[str, Any] | None = None, **parts: Any) -> Case:
    made = {
        "title": "t",
        "parties": {"a": {"name": "North"}, "b": {"name": "South", "aliases": ["the Front"]}},
    }
    case = Case.model_validate({**made, **parts})
    from accordant.case.sources import Sources

    return case.model_copy(update={"sources": Sources.model_validate(sources or {})})


def claim(quote: str = "words", says: str = "it is so", **more: Any) -> dict[str, Any]:
    return {"report": "r", "quote": quote, "at": [0, 5], "says": says, "kind": "offer", **more}


def found(case: Case) -> ParityResult:
    return parity(case, Handling(case), words_for())


def test_claims_are_counted_as_the_definition_says() -> None:
    """A twin on the shipped case: who acts, who first said it, whether it counts."""
    case = accordant.load(JANUARY).case
    standing = standings(case)
    counted = [c for c in case.claims if standing[c].stands]
    for one in found(case).parties:
        if one.party:
            about = [c for c in counted if case.claims[c].by == one.party]
            assert one.about == len(about)
            assert one.kinds == Counter(case.claims[c].kind for c in about)
    assert sum(one.about for one in found(case).parties) == len(counted)


def test_two_reports_of_one_source_count_it_once() -> None:
    origins = {"x": {"kind": "named", "name": "Ida", "side": "a"}}
    case = case_of(
        {
            "origins": origins,
            "claims": {
                "c1": claim(origin="x", by="a"),
                "c2": claim(origin="x", by="b"),
                "c3": claim(origin="x", by="b", status="retracted"),
            },
        }
    )
    north, south = found(case).parties[:2]
    assert (north.side, north.sources, north.about, north.own) == (2, 1, 1, 1)
    assert (south.side, south.about, south.others) == (0, 1, 1)
    assert found(case).finding == "No claim comes from the side of South"


@pytest.mark.parametrize("where", ["question", "note"])
def test_a_word_that_leans_is_found_in_the_analysts_own_words(where: str) -> None:
    (one,) = leanings(case_of(**{where: "Will the Regime give way?"}), words_for())
    assert (one.path, one.word, one.found) == (where, "regime", "Regime")
    assert "government" in one.instead
    assert one.because


def test_a_word_that_leans_is_nobodys_fault_in_a_quotation() -> None:
    case = case_of(
        {"claims": {"c1": claim(quote="the regime lies", says="It denies what “the regime” said", by="b")}}
    )
    result = found(case)
    assert result.leaning == ()
    assert result.quoted == {"regime": 1}
    said = case_of({"claims": {"c1": claim(says="The regime denies it", by="b")}})
    assert [(one.path, one.by) for one in found(said).leaning] == [("claims.c1.says", "b")]


def test_what_a_party_calls_itself_is_its_own() -> None:
    parties = {"a": {"name": "Martyr Brigade", "aliases": ["the junta"]}}
    assert leanings(case_of(parties=parties, note="Martyr Brigade waits."), words_for()) == ()
    (one,) = leanings(case_of(parties=parties, note="The junta waits."), words_for())
    assert one.word == "junta"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("regimes, regime's", ["regime", "regime"]),
        ("the regimen", []),
        ("so-called talks", ["so-called"]),
        ("Freedom  fighters", ["freedom fighter"]),
        ("henchmen and heroes", ["henchman", "hero"]),
        ("mobile, heroin, admittance", []),
    ],
)
def test_forms_of_a_word_are_found_and_other_words_are_not(text: str, words: list[str]) -> None:
    assert [one.word for one in leanings(case_of(note=text), words_for())] == words


def test_names_are_counted_longest_first() -> None:
    parties = {"a": {"name": "Northern Front", "aliases": ["Front", "the North"]}}
    case = case_of({"claims": {"c1": claim(quote="the front moved")}}, parties=parties)
    case = case.model_copy(update={"note": "Northern Front and the Front. Not the frontier."})
    counts = {one.words: (one.analyst, one.quoted) for one in found(case).names}
    assert counts == {"Northern Front": (1, 0), "Front": (1, 1), "the North": (0, 0)}


# The list


def test_a_case_adds_words_and_takes_others_out(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        "words:\n  - {word: wildcat, instead: [unannounced], because: it judges}\nwithout: [regime]\n"
    )
    known = words_for(tmp_path)
    assert [o.word for o in leanings(case_of(note="a wildcat strike of the regime"), known)] == ["wildcat"]
    house = tmp_path / "house.yaml"
    house.write_text("without: [junta]\n")
    assert leanings(case_of(note="the junta"), words_for(None, [house])) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wrds: []\n", "unknown key 'wrds'"),
        ("words:\n  - {word: x}\n", "because"),
        ("- x\n", "must be a mapping"),
        ("", "is empty"),
    ],
)
def test_mistakes_in_a_list_are_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(CaseError) as caught:
        words_for(tmp_path)
    assert said in " ".join(f"{p.path} {p.message}" for p in caught.value.problems)
    assert caught.value.problems[0].file == str(tmp_path / FILE)


def test_a_word_that_cannot_be_taken_out_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("without: [regme]\n")
    with pytest.raises(InputError, match=r"did you mean 'regime'"):
        words_for(tmp_path)


def test_every_word_of_the_list_has_a_reason_and_something_to_say_instead() -> None:
    for word in words_for().words.values():
        assert word.instead
        assert word.because[0].islower()
        assert not word.because.endswith(".")
        assert [m.group() for m, _ in words_for().found(word.word)]


# Restricted


def test_what_is_restricted_is_not_told() -> None:
    case = case_of(
        {
            "claims": {"c1": claim(says="the regime of Okapi", handling="restricted"), "c2": claim()},
            "register": {"okapi": {"name": "Okapi", "handling": "restricted", "note": "a thug"}},
        }
    )
    result = found(case)
    assert result.left_out == 1
    assert result.leaning == ()
    assert "kapi" not in str(result.to_json())
    named = parity(case, Handling(case, ["c1", "okapi"]), words_for())
    assert {one.word for one in named.leaning} == {"regime", "thug"}
