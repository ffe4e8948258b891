"""What is stale, what stands on it, and which answers change without it."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant
from accordant.errors import InputError
from accordant.history.stale import StaleResult
from tests.case import casefiles

CLAIMS = casefiles.CLAIMS.replace(
    "attribution: named}", "attribution: named, reported: 2023-11-01, handling: public}"
)


def opened(tmp_path: Path, case: str = casefiles.CASE, claims: str = CLAIMS) -> accordant.OpenCase:
    return accordant.load(casefiles.folder(tmp_path / "talks", case, claims))


def test_what_stands_on_a_stale_claim_alone_would_be_unsure(tmp_path: Path) -> None:
    result = opened(tmp_path).stale()
    (claim,) = result.claims
    assert (claim.id, claim.age.word, claim.age.days) == ("c1", "stale", "90")
    assert "north.priorities.1" in claim.carries
    by_id = {element.id: element for element in result.elements}
    assert by_id["south.priorities.1"].opens == "yes"
    assert "south.priorities.2" not in by_id  # it stands on an assumption


def test_answers_without_what_is_stale_are_those_of_the_switch(tmp_path: Path) -> None:
    case = opened(tmp_path)
    result, without = case.stale(), case.rests(without=["stale"], supports=False)
    told = {one.conclusion: one.without_stale for one in result.conclusions}
    shared = [rest for rest in without.conclusions if rest.conclusion in told]
    assert shared
    for rest in shared:
        assert (rest.status, rest.settings) == (
            told[rest.conclusion].status,
            told[rest.conclusion].settings,
        )


def test_nothing_changes_where_nothing_is_stale(tmp_path: Path) -> None:
    result = opened(tmp_path, casefiles.CASE + "half_life: none\n").stale()
    assert (result.claims, result.elements) == ((), ())
    assert not any(one.changes for one in result.conclusions)
    assert result.stages == {"does not age": 1}


def test_another_date_can_be_asked_for(tmp_path: Path) -> None:
    case = opened(tmp_path)
    assert case.stale(on="2023-11-05").claims == ()
    assert [c.age.days for c in case.stale(on="2023-11-05", every=True).claims] == ["4"]
    with pytest.raises(InputError, match="no date"):
        case.stale(on="soon")


def test_a_part_that_something_fresh_holds_stays(tmp_path: Path) -> None:
    more = CLAIMS + (
        "  c2: {report: r1, quote: the Council would stop the fighting, at: [20, 55], says: The same,\n"
        "       kind: interest, by: north, origin: the-envoy, attribution: named, reported: 2024-01-29}\n"
    )
    text = casefiles.CASE.replace("want: departure, because: [c1]", "want: departure, because: [c1, c2]")
    by_id = {e.id: e for e in opened(tmp_path, text, more).stale().elements}
    assert (by_id["north.priorities.1"].opens, by_id["north.priorities.1"].others) == ("no", ("c2",))


def test_words_and_dates_of_restricted_claims_stay_behind(tmp_path: Path) -> None:
    case = opened(tmp_path, claims=CLAIMS.replace("handling: public", "handling: restricted"))
    (told,) = case.stale().to_json()["claims"]
    assert (told["says"], told["date"], told["days"]) == (None, None, None)
    assert "North would stop" not in case.stale().table().to_csv()
    assert "2023-11-01" not in case.stale().table().to_csv()
    (asked,) = case.stale(restricted=["c1"]).to_json()["claims"]
    assert (asked["says"], asked["days"]) == ("North would stop fighting", [90, 90])


def test_every_table_is_there(tmp_path: Path) -> None:
    result: StaleResult = opened(tmp_path).stale()
    assert list(result.tables()) == ["claims", "what stands on them", "answers"]
    assert result.finding.startswith("1 of 1 claims is stale on 2024-01-30; without it ")
    assert "<table>" in result._repr_html_()
