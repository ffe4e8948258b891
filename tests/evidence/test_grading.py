"""Grades suggested for claims, set by hand and accepted; the register; what is withheld of both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given

import accordant
from accordant.case.checks import check_sources
from accordant.case.grading import Limits, best_item
from accordant.case.objects import Case
from accordant.case.register import links
from accordant.case.sources import Sources
from accordant.errors import InputError
from accordant.evidence.grading import Graded, grades, open_grades
from accordant.evidence.handling import Handling, strictest
from accordant.evidence.register import sources
from accordant.evidence.regrading import accepted
from accordant.opened import OpenCase
from tests.case.sourcing import cases
from tests.cases.ungraded import ungraded

SECRET = "Tova Brandt"
REGISTER = """
register:
  paper: {name: CNN, kind: outlet, reliability: [{from: 2023, grade: B, reason: Right so far.}]}
  friend: {name: Tova Brandt, handling: restricted, reliability: [{grade: A, reason: She has never erred.}]}
"""


@pytest.fixture
def opened(tmp_path: Path) -> OpenCase:
    ungraded(tmp_path / "talks")
    file = tmp_path / "talks" / "claims.yaml"
    text = file.read_text(encoding="utf-8").rstrip() + REGISTER
    text = text.replace("outlet: CNN}", "outlet: CNN, register: friend}", 1)
    file.write_text(text, encoding="utf-8")
    return accordant.load(tmp_path / "talks")


def of(opened: OpenCase, claim: str) -> Graded:
    return next(g for g in opened.grades(restricted=["friend"]).claims if g.claim == claim)


# What is suggested


@given(cases())
def test_what_is_suggested_keeps_to_its_limits_and_each_axis_to_itself(case: Case) -> None:
    limits = Limits(case)
    for graded in grades(case, Handling(case)).claims:
        found = links(case, graded.claim)
        item = int(graded.item.suggested)
        assert item == 6 or item >= best_item(limits.of(graded.claim))
        assert item != 1 or graded.origins[0] >= 2
        known = {link.grade for link in found}
        assert graded.source.suggested == ("F" if "F" in known or not known else max(known))


@given(cases())
def test_without_a_register_every_source_is_unjudged(case: Case) -> None:
    bare = case.model_copy(update={"sources": case.sources.model_copy(update={"register_": {}})})
    assert {g.source.suggested for g in grades(bare, Handling(bare)).claims} <= {"F"}


@given(cases())
def test_accepting_is_done_once_and_leaves_no_refused_grade(case: Case) -> None:
    class Folder:
        def __init__(self, case: Case) -> None:
            self.case = case

    made = accepted(Folder(case)).case  # type: ignore[arg-type]
    again = open_grades(grades(made, Handling(made)))
    assert not again
    before = {f.path for f in check_sources(case) if "grade 1" in f.message}
    assert {f.path for f in check_sources(made) if "grade 1" in f.message} <= before
    for id_, claim in case.claims.items():
        for old, new, unknown in zip(claim.grade, made.claims[id_].grade, "F6", strict=True):
            assert old in (unknown, new)


def test_an_outlet_is_found_in_the_register_by_its_name(opened: OpenCase) -> None:
    graded = of(opened, "c4")
    assert (graded.source.suggested, "Right so far" in graded.source.because) == ("B", True)
    assert (of(opened, "c1").source.suggested, of(opened, "c15").source.suggested) == ("F", "A")


# Grading by hand


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({"item": "1", "because": "sure of it"}, "cannot be 1"),
        ({"item": "2"}, "3, the best that its sourcing allows"),
        ({"source": "B"}, "says nothing of it"),
        ({"item": "7"}, "--item 7 is no grade"),
        ({"source": "b"}, "--source b is no grade"),
        ({}, "give a grade"),
    ],
)
def test_what_is_not_borne_out_is_refused(opened: OpenCase, given_: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        opened.grade(["c1"], **given_)  # type: ignore[arg-type]


def test_a_claim_that_is_not_there_is_said(opened: OpenCase) -> None:
    with pytest.raises(InputError, match=r"no claim 'c99'.*no claim 'x1'"):
        opened.grade(["c99", "x1"], item="3")
    with pytest.raises(InputError, match="no claim 'c99'"):
        opened.accept_grades(["c99"])


def test_each_axis_is_set_by_itself_and_written_with_its_reason(opened: OpenCase) -> None:
    made = opened.grade(["c1", "c8"], item="3", by="K. L.")
    assert made.changes == (("c1", "F6", "F3"), ("c8", "F6", "F3"))
    made.apply()
    read = accordant.load(opened.path)
    assert (read.case.claims["c1"].grade, read.case.claims["c1"].reviewed_by) == ("F3", "K. L.")
    read.grade(["c1"], source="D", because="They were wrong before.").apply()
    claim = accordant.load(opened.path).case.claims["c1"]
    assert (claim.grade, claim.graded_because) == ("D3", "They were wrong before.")


def test_a_name_in_the_reason_for_an_unnamed_source_is_warned_of(opened: OpenCase) -> None:
    made = opened.grade(["c1"], item="3", because="Jon Vale told us himself.")
    assert ["Jon Vale" in warning for warning in made.warnings] == [True]


def test_judged_axes_are_kept_unless_the_claim_is_named(opened: OpenCase) -> None:
    assert "d1" not in {claim for claim, _, _ in opened.accept_grades().changes}
    assert opened.accept_grades(["d1"]).changes == (("d1", "B2", "F6"),)


# The register


def test_a_source_enters_the_register_from_its_origin(opened: OpenCase) -> None:
    change = opened.register(origin="two-people", grade="C", because="Half right.", handling="team")
    change.apply()
    read = accordant.load(opened.path)
    entry = read.case.sources.register_["two-people"]
    assert (entry.kind, entry.name, entry.handling) == (
        "described",
        "two people with knowledge of the talks",
        "team",
    )
    assert read.case.origins["two-people"].register_ == "two-people"
    read.register(origin="two-people", grade="D", start="2024-02", because="Wrong.").apply()
    later = accordant.load(opened.path).register(entry="two-people", grade="E", start="2023", because="W.")
    over = later.case.sources.register_["two-people"].reliability
    assert [(g.from_, g.grade) for g in over] == [(None, "C"), ("2023", "E"), ("2024-02", "D")]
    assert opened.problems == () or all("register" not in p.path for p in accordant.check(opened.path))


@pytest.mark.parametrize(
    ("given_", "message"),
    [
        ({}, "which source"),
        ({"origin": "miler"}, "did you mean 'miller'"),
        ({"entry": "nobody"}, "no entry 'nobody'"),
        ({"entry": "a b"}, "no id"),
        ({"entry": "paper", "grade": "G", "because": "x"}, "no grade"),
        ({"entry": "paper", "grade": "B"}, "reason"),
        ({"entry": "paper", "start": "2024"}, "belong to a grade"),
        ({"entry": "paper", "grade": "B", "because": "x", "start": "lately"}, "no date"),
        ({"entry": "paper", "grade": "B", "because": "x", "start": "2023-01-01"}, "already"),
        ({"entry": "paper", "handling": "secret"}, "no mark"),
        ({"origin": "one-official", "entry": "paper"}, "unnamed sources stay unnamed"),
    ],
)
def test_what_cannot_be_registered_is_said(opened: OpenCase, given_: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        opened.register(**given_)


# Handling


def test_a_restricted_source_is_withheld_everywhere_but_by_name(opened: OpenCase) -> None:
    for result in (opened.sources(), opened.grades()):
        text = json.dumps(result.to_json()) + result.table().to_csv()
        assert SECRET not in text
        assert "never erred" not in text
    assert SECRET in json.dumps(opened.sources(restricted=["friend"]).to_json())
    assert "never erred" in json.dumps(opened.grades(restricted=["friend"]).to_json())
    assert opened.sources(restricted=["friend"]).handling == "restricted"
    assert opened.sources().handling == ""
    with pytest.raises(InputError, match="'frend' is not a restricted claim or source"):
        opened.sources(restricted=["frend"])


def test_of_a_restricted_claim_the_grades_stay_and_the_words_do_not(opened: OpenCase) -> None:
    file = opened.path / "claims.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("\n  c15:", "\n  c15:\n    handling: restricted"), encoding="utf-8")
    read = accordant.load(opened.path)
    graded = next(g for g in read.grades().claims if g.claim == "c15")
    assert (graded.withheld, graded.says, graded.origin, graded.source.given) == (True, None, None, "F")
    assert "miller" not in json.dumps(graded.to_json())


def test_an_origin_of_restricted_claims_alone_has_no_name_in_an_export() -> None:
    said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    made = Sources.model_validate(
        {
            "origins": {"o": {"kind": "named", "name": SECRET, "outlet": "The Echo", "note": "met us"}},
            "claims": {"c": {**said, "origin": "o", "handling": "restricted"}},
        }
    )
    case = Case(title="t", parties={}, sources=made)
    shown = json.dumps(sources(case, Handling(case)).to_json())
    assert not any(words in shown for words in (SECRET, "The Echo", "met us"))
    assert SECRET in json.dumps(sources(case, Handling.everything(case)).to_json())


def test_the_strictest_mark_is_the_one_that_is_said() -> None:
    assert [strictest(m) for m in ([], ["public"], ["team", "public"], ["team", "restricted"])] == [
        *("", "", "team", "restricted")
    ]


@given(cases())
def test_relabelling_claims_changes_no_grade(case: Case) -> None:
    turned = dict(reversed(list(case.claims.items())))
    other = case.model_copy(update={"sources": case.sources.model_copy(update={"claims": turned})})
    found = {
        g.claim: (g.source, g.item.suggested, g.best, g.origins) for g in grades(case, Handling(case)).claims
    }
    again = {
        g.claim: (g.source, g.item.suggested, g.best, g.origins)
        for g in grades(other, Handling(other)).claims
    }
    assert found == again
