"""Two models side by side: what is the same, what differs, where answers part and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import accordant
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.history.changes import applied, changes
from accordant.history.comparing import compare
from accordant.history.comparing_align import aligned
from accordant.history.comparing_sides import lines
from accordant.model.compiler import Compiler
from accordant.reliance import analyse
from tests.case import casefiles
from tests.history.team_cases import team_a, team_b

CASES = Path(__file__).parents[2] / "cases"
NAMES = ("Team A", "Team B")
OTHER_ORDER = casefiles.CASE.replace(
    "      - {want: not departure, because: [c1]}\n"
    "      - {want: truce = lasting, assumed: it wants the fighting to end}\n",
    "      - {want: truce = lasting, assumed: it wants the fighting to end}\n"
    "      - {want: not departure, because: [c1]}\n",
)


def model(*lines: object, **about: object) -> Case:
    raw = {
        "title": "t",
        "parties": {"a": {}, "b": {}},
        "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
        "status_quo": {"x": "no", "y": "no"},
        "preferences": {"a": {"priorities": list(lines)}, "b": {"priorities": ["x", "not y"]}},
    }
    return Case.model_validate({**raw, **about})


def test_a_model_beside_itself_differs_in_nothing(tmp_path: Path) -> None:
    one = team_a(tmp_path)
    result = one.compare(one, names=NAMES)
    assert (result.differences, result.parting, result.suggestions) == ((), (), ())
    assert result.finding == "Team A and Team B are the same model"
    assert {row.whose for row in result.lines} == {"both"}


def test_the_line_that_stands_elsewhere_makes_the_answers_part(tmp_path: Path) -> None:
    result = team_a(tmp_path).compare(team_b(tmp_path, OTHER_ORDER), names=NAMES)
    parted = {one.conclusion: one for one in result.parting}
    found = parted["acceptable(offer-1, south)"]
    assert found.a is not None
    assert found.b is not None
    assert (found.a.status, found.b.status) == ("never", "always")
    assert [reason.differences for reason in found.because] == [("south.priorities.2:moved",)]
    assert found.because[0].says == ("south.priorities.2 (not departure), place: 1 in Team A, 2 in Team B",)


def test_the_claim_that_counts_in_one_model_only_makes_the_answers_part(tmp_path: Path) -> None:
    claims = (tmp_path / "x", "grade: D2", "grade: D2, status: retracted")
    there = team_b(tmp_path)
    file = there.path / "claims.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(*claims[1:]), encoding="utf-8")
    result = team_a(tmp_path).compare(accordant.load(there.path), names=NAMES)
    assert not result.differences
    parted = {one.conclusion: one for one in result.parting}
    (reason,) = parted["acceptable(offer-1, south)"].because
    assert reason.differences == ("claims.c1:status",)
    assert any("not departure" in said for said in reason.through)
    assert "3 claims not counted alike" in result.finding


def test_every_set_of_differences_makes_the_first_model_answer_as_the_second() -> None:
    one, two = model("x", "y", {"either": ["not x", "not y"]}), model("not x", {"want": "y", "unsure": True})
    result = compare(one, two, NAMES)
    every = {change.id: change for change in changes(one, aligned(one, two).case)}
    assert result.parting
    for part in result.parting:
        assert part.because
        for reason in part.because:
            between = applied(one, [every[id_] for id_ in reason.differences])
            (rest,) = analyse(Compiler(between), [part.conclusion], supports=False).conclusions
            assert part.b is not None
            assert rest.status == part.b.status


def test_sides_may_be_changed(tmp_path: Path) -> None:
    one, two = team_a(tmp_path), team_b(tmp_path, OTHER_ORDER)
    there, back = one.compare(two, names=NAMES), two.compare(one, names=NAMES[::-1])
    assert {c.conclusion for c in there.parting} == {c.conclusion for c in back.parting}
    assert len(there.differences) == len(back.differences)
    assert (there.codings is None) == (back.codings is None)
    assert there.codings is not None
    assert back.codings is not None
    assert [(a.alike, a.kappa, a.alpha) for a in there.codings.agreement] == [
        (a.alike, a.kappa, a.alpha) for a in back.codings.agreement
    ]


def test_names_suggest_and_a_person_decides(tmp_path: Path) -> None:
    renamed = (
        casefiles.CASE.replace("south", "front")
        .replace("departure", "leave")
        .replace("issues:", "issues:", 1)
        .replace("{name: Southern Front}", "{name: The Front, aliases: [southern front]}")
    )
    one, two = team_a(tmp_path), team_b(tmp_path, renamed)
    result = one.compare(two, names=NAMES)
    said = {(s.kind, s.ours, s.theirs) for s in result.suggestions}
    assert ("party", "south", "front") in said
    assert ("issue", "departure", "leave") not in said  # yes and no are everybody's values
    assert {d.where for d in result.differences} >= {"parties.south", "parties.front"}
    same = one.compare(two, names=NAMES, match={"south": "front", "departure": "leave"})
    assert {d.where for d in same.differences} <= {"parties.south"}
    assert ("parties", "south", "front") in same.matches
    assert not same.parting


@pytest.mark.parametrize(
    ("match", "says"),
    [
        ({"suth": "south"}, "did you mean 'south'"),
        ({"south": "nobody"}, "the second model has no"),
        ({"south": "north"}, "the second model has a 'south' of its own"),
        ({"south": "truce"}, "not of one kind"),
    ],
)
def test_what_cannot_be_matched_is_refused(tmp_path: Path, match: dict[str, str], says: str) -> None:
    with pytest.raises(InputError, match=says):
        team_a(tmp_path).compare(team_b(tmp_path), match=match)


def test_unnamed_origins_in_the_same_words_are_one_only_about_the_same_claims(tmp_path: Path) -> None:
    words = "{kind: described, words: an official, count: 1}"
    one = team_a(tmp_path)
    file = one.path / "claims.yaml"
    text = file.read_text(encoding="utf-8").replace("{kind: named, name: An envoy}", words)
    file.write_text(text, encoding="utf-8")
    two = team_b(tmp_path, origin=f"him: {words}")
    found = aligned(accordant.load(one.path).case, two.case)
    assert found.names["origins"] == {"him": "the-envoy"}  # both stand behind c1 and k1
    lone = two.case.sources.model_copy(update={"claims": {"c1": two.case.claims["c1"]}})
    alone = two.case.model_copy(update={"sources": lone})
    assert "him" in aligned(accordant.load(one.path).case, alone).case.origins


def test_lines_that_say_the_same_are_one_line() -> None:
    rows = lines(
        model("x", "not y", "x and y", "x -> y"), model("y = no", "y and x", "not (x = no)", "y -> x")
    )
    told = {(row.says, row.a, row.b) for row in rows if row.party == "a"}
    assert told == {
        ("x", "1", "3"),
        ("not y", "2", "1"),
        ("x and y", "3", "2"),
        ("x -> y", "4", ""),
        ("y -> x", "", "4"),
    }


def test_two_lines_that_say_the_same_in_one_model_are_two() -> None:
    rows = [row for row in lines(model("x", "x"), model("x")) if row.party == "a"]
    assert [(row.a, row.b) for row in rows] == [("1", "1"), ("2", "")]


def test_states_are_followed_by_their_values() -> None:
    more = model("x", issues={"z": {"by": "a"}, "x": {"by": "a"}, "y": {"by": "b"}}, status_quo=None)
    result = compare(model("x"), more, NAMES, why=False)
    assert result.conclusions
    assert all(one.says for one in result.conclusions)


def test_words_of_restricted_claims_stay_behind(tmp_path: Path) -> None:
    one, two = team_a(tmp_path), team_b(tmp_path, OTHER_ORDER, handling="restricted")
    result = one.compare(two, names=NAMES)
    text = json.dumps(result.to_json()) + "".join(t.to_csv() for t in result.tables().values())
    text += result.table().to_csv()
    assert "The Council offers to stop" not in text
    assert "Council would stop the fighting" not in text
    assert result.codings is not None
    assert (result.codings.both, result.codings.left_out, result.codings.pairs) == (1, 1, ())
    assert result.codings.agreement[0].pairs == 1
    shown = one.compare(two, names=NAMES, restricted=["k1"])
    assert "The Council offers to stop" in json.dumps(shown.to_json())
    with pytest.raises(InputError, match="not a restricted claim of either"):
        one.compare(two, restricted=["c2"])


def test_two_codings_of_one_report(tmp_path: Path) -> None:
    result = team_a(tmp_path).compare(team_b(tmp_path), names=NAMES)
    found = result.codings
    assert found is not None
    assert found.reports == ("r1",)
    (pair,) = found.pairs
    assert (pair.a.id, pair.b.id, pair.same_place) == ("c1", "k1", False)
    assert pair.differ == ("kind", "attribution", "source grade")
    assert [one.id for one in found.only_a] == ["c2"]
    assert [one.id for one in found.only_b] == ["c1"]
    by_field = {one.field: one for one in found.agreement}
    assert (by_field["origin"].alike, by_field["origin"].pairs) == (1, 1)  # him is the envoy, by name
    assert by_field["source grade"].judged == (0, 1, 0)
    assert by_field["item grade"].judged == (1, 0, 0)
    assert ("claims", "B:c1", "c1") not in result.matches


def test_without_a_shared_report_there_are_no_codings() -> None:
    one, two = accordant.load(CASES / "labour"), accordant.load(CASES / "river")
    assert one.compare(two, why=False).codings is None
