"""The list of claims: complete, filtered as asked, and silent about what is restricted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.case.grounds import standings
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.evidence.claims import KINDS, STATUSES, Asked, Listed, claims
from accordant.evidence.handling import WITHHELD, Handling

ROOT = Path(__file__).parents[2] / "cases"
CASES = [ROOT / name for name in ("january-2024", "labour", "river", "supply")]


def case_of(**more: Any) -> Case:
    """Two origins, three claims, the second inside the first, the third restricted."""
    said = {"report": "r", "kind": "offer", "by": "north"}
    return Case.model_validate(
        {
            "title": "t",
            "parties": {"north": {}, "south": {}},
            "sources": {
                "reports": {"r": {"file": "reports/r.txt", "sha256": "0" * 64}},
                "origins": {
                    "aide": {"kind": "described", "words": "an aide", "outlet": "Meridian"},
                    "council": {"kind": "institution", "name": "The council", "side": "north"},
                    "hidden": {"kind": "named", "name": "Ida Renn"},
                },
                "claims": {
                    "c1": {**said, "quote": "a b c", "at": [0, 5], "says": "It offers", "origin": "aide"},
                    "c2": {
                        **said,
                        "quote": "b c",
                        "at": [2, 5],
                        "says": "It waits",
                        "origin": "council",
                        "within": "c1",
                        "kind": "position",
                        **more,
                    },
                    "c3": {
                        **said,
                        "quote": "secret",
                        "at": [9, 15],
                        "says": "It hides",
                        "origin": "hidden",
                        "handling": "restricted",
                        "note": "Ask nobody",
                    },
                },
            },
        }
    )


@pytest.mark.parametrize("path", CASES, ids=lambda p: p.name)
def test_every_claim_is_listed_once_with_all_that_the_case_says(path: Path) -> None:
    case = accordant.load(path).case
    found = claims(case, Handling.everything(case))
    assert [c.id for c in found.claims] == list(case.claims)
    standing = standings(case)
    for listed, claim in zip(found.claims, case.claims.values(), strict=True):
        same = ("report", "quote", "says", "kind", "by", "origin", "event", "status", "within", "note")
        assert all(getattr(listed, name) == getattr(claim, name) for name in same)
        assert listed.source + listed.item == claim.grade
        assert listed.counts == standing[listed.id].stands
    table = found.table()
    assert all(len(row) == len(table.columns) for row in table.rows)


def test_a_claim_inside_another_says_who_tells_it() -> None:
    case = case_of()
    listed = {c.id: c for c in claims(case, Handling(case)).claims}
    assert listed["c2"].told_by == ("an aide",)
    assert listed["c2"].unnamed is True  # through whoever tells it
    assert listed["c1"].outlet == "Meridian"


def test_of_a_restricted_claim_only_kind_grades_and_standing_leave() -> None:
    case = case_of()
    result = claims(case, Handling(case))
    held = next(c for c in result.claims if c.id == "c3")
    told = {"id", "kind", "source", "item", "status", "counts", "reason", "handling", "withheld"}
    for name in Listed.__slots__:
        if name not in told:
            assert getattr(held, name) in (None, ()), name
    for text in (str(result.to_json()), result.table().to_csv(), str(result.overview())):
        assert not any(word in text for word in ("secret", "hides", "Ida Renn", "Ask nobody"))
    assert WITHHELD in result.table().to_csv()
    released = claims(case, Handling(case, ["c3"]))
    assert "Ida Renn" in released.table().to_csv()
    assert result.handling == ""
    assert released.handling == "restricted"


@pytest.mark.parametrize(
    "asked",
    [
        Asked(words=["secret"]),
        Asked(words=["nothing of it"]),
        Asked(by=["south"]),
        Asked(by=["north"]),
        Asked(origins=["hidden"]),
        Asked(reports=["r"]),
        Asked(unnamed=True),
    ],
)
def test_whether_a_restricted_claim_fits_is_not_told(asked: Asked) -> None:
    case = case_of()
    result = claims(case, Handling(case), asked)
    assert "c3" not in {c.id for c in result.claims}
    assert result.unseen == 1


def fits(claim: Listed, asked: Asked) -> bool:
    """The slow twin: every condition by itself."""
    said = [claim.quote or "", claim.says or "", claim.note or "", claim.who or ""]
    conditions = [
        not asked.kinds or claim.kind in asked.kinds,
        not asked.by or (claim.by if claim.by else "none") in asked.by,
        not asked.origins or (claim.origin if claim.origin else "none") in asked.origins,
        not asked.reports or claim.report in asked.reports,
        not asked.unnamed or bool(claim.unnamed),
        not asked.statuses
        or any(
            s == claim.status or (s == "counts" and claim.counts) or (s == "out" and not claim.counts)
            for s in asked.statuses
        ),
        all(any(word.casefold() in text.casefold() for text in said) for word in asked.words),
    ]
    return all(conditions)


JANUARY = accordant.load(ROOT / "january-2024").case


def some(values: Any) -> Any:
    return st.lists(st.sampled_from(sorted(values)), max_size=2)


@given(
    st.builds(
        Asked,
        kinds=some(KINDS),
        by=some((*JANUARY.parties, "none")),
        origins=some((*JANUARY.origins, "none")),
        statuses=some(STATUSES),
        reports=some(JANUARY.reports),
        unnamed=st.booleans(),
        words=some(("Hamas", "ceasefire", "doha", "captive", "xyz")),
    )
)
def test_filters_choose_what_each_of_them_would_by_itself(asked: Asked) -> None:
    everything = claims(JANUARY, Handling(JANUARY)).claims
    expected = [c.id for c in everything if fits(c, asked)]
    assert [c.id for c in claims(JANUARY, Handling(JANUARY), asked).claims] == expected


def test_what_there_is_none_of_is_said_at_once_with_a_hint() -> None:
    case = case_of()
    with pytest.raises(InputError) as error:
        claims(case, Handling(case), Asked(kinds=["offr"], by=["nort"], reports=["x"]))
    said = str(error.value)
    assert said.count("\n") == 2
    assert "did you mean 'offer'" in said
    assert "did you mean 'north'" in said
