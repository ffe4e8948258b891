"""Reading .gmcr files: what they become, what is wrong with them, and that nothing else can happen."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.objects import Case
from accordant.errors import CaseError, Problem
from accordant.exchange.formats import Given
from accordant.exchange.gmcr import FORMAT
from tests.exchange.random_models import files

ROOT = Path(__file__).parent.parent.parent
ELMIRA = ROOT / "docs" / "examples" / "elmira.gmcr"
DAM: dict[str, Any] = {
    "options": [
        {"name": "Fill the dam", "permittedDirection": "fwd"},
        {"name": "Protest", "permittedDirection": "both"},
        {"name": "Protest", "permittedDirection": "back"},
    ],
    "decisionMakers": [
        {
            "name": "Upper Land",
            "options": [0],
            "preferences": [
                [[0, "Y"], [1, "N"]],
                {"compound": True, "members": [[[2, "N"]], [[0, "N"], [1, "Y"]]]},
            ],
            "misperceptions": [[[1, "Y"]], {"compound": True, "members": [[[2, "Y"]]]}],
        },
        {"name": "Нижняя страна", "options": [1], "preferences": [[[0, "N"]]]},
        {"name": "Delta", "options": [2], "preferences": [[[0, "N"]]]},
    ],
    "infeasibles": [
        [[0, "N"], [1, "N"], [2, "N"]],
        {"compound": True, "members": [[[0, "N"], [1, "Y"], [2, "Y"]]]},
    ],
    "coalitions": [0, [2, 1]],
    "program": "gmcr-py",
    "version": "0.3.12",
}


def read(data: Any) -> tuple[Case | None, tuple[Problem, ...]]:
    text = data if isinstance(data, str | bytes) else json.dumps(data)
    found = FORMAT.read(Given.of(text if isinstance(text, bytes) else text.encode(), Path("dam.gmcr")))
    return found.case, found.problems


def changed(**parts: Any) -> dict[str, Any]:
    return {**copy.deepcopy(DAM), **parts}


def warned(data: Any) -> list[tuple[str, str]]:
    case, problems = read(data)
    assert case is not None, problems
    return [(p.path, p.message) for p in problems]


def wrong(data: Any) -> list[tuple[str, str]]:
    case, problems = read(data)
    assert case is None
    return [(p.path, p.message) for p in problems if p.severity == "error"]


def test_every_part_of_a_file_finds_its_place() -> None:
    case, problems = read(DAM)
    assert case is not None
    assert not problems
    assert case.title == "dam"
    assert case.note == "Made from dam.gmcr, written by gmcr-py 0.3.12."
    assert [(p, about.name) for p, about in case.parties.items()] == [
        ("Upper-Land", "Upper Land"),
        ("Нижняя-страна", "Нижняя страна"),
        ("Delta", None),
    ]
    assert [(i, issue.name, issue.by, issue.moves) for i, issue in case.issues.items()] == [
        ("Protest-2", "Protest", ("Delta",), "backward"),
        ("Protest", None, ("Нижняя-страна",), "any"),
        ("Fill-the-dam", "Fill the dam", ("Upper-Land",), "forward"),
    ]
    assert [rule.rule for rule in case.feasible] == [
        "Fill-the-dam or Protest or Protest-2",
        "not (not Fill-the-dam and Protest and Protest-2)",
    ]
    lines = case.preferences["Upper-Land"].priorities or ()
    assert [getattr(line, "want", None) for line in lines] == [
        "Fill-the-dam and not Protest",
        "not Protest-2 or (not Fill-the-dam and Protest)",
    ]
    assert case.perceptions["Upper-Land"].unseen == ({"Protest": "yes"}, {"Protest-2": "yes"})
    assert case.coalitions == (("Delta", "Нижняя-страна"),)
    assert {rule.assumed.says for rule in case.feasible if rule.assumed} == {"as in dam.gmcr"}


@pytest.mark.parametrize("flag", ["useManualPreferenceRanking", "useManualPreferenceVectors"])
@pytest.mark.parametrize("key", ["preferenceRanking", "preferenceVector"])
def test_rankings_are_read_under_old_and_new_names_by_number_or_decimal(flag: str, key: str) -> None:
    for ranking in ([[5, 1], 2, 3, 4, 6], [[6, 1], 2, 3, 4, 7]):  # the decimals 1, 2, 3, 4, 6 and 7 but 5
        infeasibles = [[[0, "N"], [1, "N"], [2, "N"]], [[0, "Y"], [1, "N"], [2, "Y"]]]
        data = changed(infeasibles=infeasibles, **{flag: True})
        for maker in data["decisionMakers"]:
            del maker["preferences"]
            maker[key] = ranking
        case, problems = read(data)
        assert case is not None, problems
        assert case.preferences["Delta"].ranking == (("s5", "s1"), "s2", "s3", "s4", "s6")
        warnings = ["its rankings name states by their decimals, not by their numbers; read so"]
        assert [p.message for p in problems] == (warnings if 7 in ranking else [])


def test_elmira_gives_the_published_equilibria() -> None:
    opened = accordant.load(ELMIRA)
    assert not opened.problems
    # the states are numbered as in the file: 7 and 10 are s5 and s8 of the literature; the plant is
    # abandoned in 5, 6, 11 and 12, which the literature takes together as s9
    result = opened.stability()
    for concept in ("nash", "seq", "sseq"):
        assert result.concepts[concept].equilibria == ("s5", "s6", "s7", "s10", "s11", "s12")
    for concept in ("gmr", "smr"):
        assert result.concepts[concept].equilibria == ("s1", "s4", "s5", "s6", "s7", "s10", "s11", "s12")
    assert opened.case.coalitions == (("Ministry-of-the-Environment", "Uniroyal"),)


def test_the_coalition_that_the_file_gives_leaves_the_state_that_the_literature_says_it_leaves() -> None:
    opened = accordant.load(ELMIRA)
    alone = opened.stability(["seq"]).concepts["seq"].equilibria
    together = opened.stability(["seq"], coalitions=opened.case.coalitions).concepts["seq"].equilibria
    assert "s7" in alone
    assert "s7" not in together
    assert "s10" in together


def test_elmira_as_a_file_agrees_with_the_shipped_case_state_by_state() -> None:
    mine = accordant.load(ELMIRA).stability()
    theirs = accordant.load(ROOT / "cases" / "elmira").stability()
    same = {"s1": "s1", "s2": "s2", "s3": "s3", "s4": "s4", "s7": "s5", "s8": "s6", "s9": "s7", "s10": "s8"}
    same |= dict.fromkeys(("s5", "s6", "s11", "s12"), "s9")
    parties = {"Ministry-of-the-Environment": "MoE", "Uniroyal": "UR", "Local-government": "LG"}
    for name, concept in mine.concepts.items():
        for party, stable in concept.stable.items():
            published = set(theirs.concepts[name].stable[parties[party]])
            assert set(stable) == {state for state, other in same.items() if other in published}


def test_what_cannot_be_carried_over_is_said() -> None:
    data = changed(coalitions=[0])
    data["options"].append({"name": "Idle"})
    data["decisionMakers"][0]["preferenceRanking"] = [1]
    data["decisionMakers"][0]["misperceptions"].append([[0, "N"], [1, "N"], [2, "N"]])
    data["decisionMakers"][1]["options"].append(0)
    data["decisionMakers"][1]["preferences"] = [{"compound": True, "members": []}]
    data["decisionMakers"][2]["payoffs"] = [1, 2, 3]
    assert warned(data) == [
        ("options[0]", "belongs to Upper-Land and Нижняя-страна: read as each of them may change it"),
        ("options[3]", "gives no permitted direction; read as both"),
        ("options[3]", "belongs to no decision maker: nobody can change it"),
        ("decisionMakers[0].misperceptions[2]", "is true of no feasible state; left out"),
        (
            "decisionMakers[0].preferenceRanking",
            "is not in use: the file says that statements count; left out",
        ),
        ("decisionMakers[1]", "says nothing of what it prefers; read as of unknown order"),
        ("decisionMakers[1].preferences[0]", "is a compound without members, true of no state; left out"),
        ("decisionMakers[2].payoffs", "are not those that the preferences give; left out"),
        ("coalitions", "leaves decision makers out; read as acting alone"),
    ]


def test_payoffs_that_follow_from_the_preferences_need_no_word() -> None:
    data = changed(infeasibles=[])
    for maker in data["decisionMakers"]:
        maker["preferences"] = [[[0, "N"]]]
        maker["payoffs"] = [2, 1, 2, 1, 2, 1, 2, 1]
    assert not warned(data)


def test_every_mistake_is_found_at_once_with_its_place() -> None:
    data = changed(infeasible=[], coalitions=[[0, 9], 0, "x"], useManualPreferenceVectors="yes")
    data["infeasibles"] += [[], [[0, "Y"], [0, "N"]], 7, {"compound": False, "member": []}]
    data["options"][1] = {"name": " ", "permittedDirection": "sideways", "colour": "red"}
    data["options"][2] = "Protest"
    first, second, third = data["decisionMakers"]
    first["preferences"][1]["members"][0] = [[3, "Y"], [0, "J"], [True, "N"], [1]]
    first["options"] = [0, 0, -1]
    second["name"] = "Upper Land"
    del third["name"], third["options"]
    compound = "decisionMakers[0].preferences[1].members"
    assert set(wrong(data)) == {
        ("infeasible", "unknown key"),
        ("useManualPreferenceVectors", "must be true or false"),
        ("options[1].name", "must be a name"),
        ("options[1].permittedDirection", "'sideways' is no direction"),
        ("options[1].colour", "unknown key"),
        ("options[2]", "must be an object with 'name', 'permittedDirection'"),
        ("decisionMakers[0].options[1]", "names option 0 twice"),
        ("decisionMakers[0].options[2]", "there is no option -1; options are numbered from 0"),
        (f"{compound}[0][0][0]", "there is no option 3; options are numbered from 0"),
        (f"{compound}[0][1][1]", "must say whether the option is taken"),
        (f"{compound}[0][2][0]", "must be the number of an option"),
        (f"{compound}[0][3]", 'must be a pair [option, "Y" or "N"]'),
        ("decisionMakers[1].name", "another decision maker has this name"),
        ("decisionMakers[2]", "the key 'name' is missing"),
        ("decisionMakers[2]", "the key 'options' is missing"),
        ("infeasibles[2]", "is an empty condition, true of every state"),
        ("infeasibles[3][1]", "wants option 0 both taken and not taken"),
        ("infeasibles[4]", 'must be a condition: [[option, "Y" or "N"], ...]'),
        ("infeasibles[5]", "the key 'members' is missing"),
        ("infeasibles[5].compound", "must be true"),
        ("infeasibles[5].member", "unknown key"),
        ("coalitions[0][1]", "there is no decision maker 9; they are numbered from 0"),
        ("coalitions[1]", "names decision maker 0 twice"),
        ("coalitions[2]", "must be the number of a decision maker, or a list of them"),
    }


def test_every_mistake_in_rankings_is_found_at_once() -> None:
    data = changed(useManualPreferenceRanking=True)
    first, second, third = data["decisionMakers"]
    first["preferenceRanking"] = [1, [2, 2], 9, "three", []]
    second["preferenceRanking"] = []
    third["preferenceVector"], third["preferenceRanking"] = [1, 2, 3, 4, 5, 6], [1, 2, 3, 4, [5, 6]]
    none = "there is no state 9: there are 6 feasible states, numbered from 1"
    assert wrong(data) == [
        ("decisionMakers[0].preferenceRanking", "misses feasible states"),
        ("decisionMakers[0].preferenceRanking[1][1]", "names the state 2 twice"),
        ("decisionMakers[0].preferenceRanking[2]", none),
        ("decisionMakers[0].preferenceRanking[3]", "must be a state's number, or a list of them for a tie"),
        ("decisionMakers[0].preferenceRanking[4]", "is an empty tie"),
        ("decisionMakers[2].preferenceVector", "says something else than its newer name 'preferenceRanking'"),
    ]
    _, problems = read(data)
    assert next(p.found for p in problems if "misses" in p.message) == "3, 4, 5, 6"


def test_an_infeasible_state_in_a_ranking_of_decimals_is_named() -> None:
    data = changed(useManualPreferenceRanking=True)
    for maker in data["decisionMakers"]:
        maker["preferenceRanking"] = [0, 1, 2, 3, 4, 5, 7]
    assert (
        "decisionMakers[1].preferenceRanking[0]",
        "the state with the decimal 0 is not feasible",
    ) in wrong(data)


def test_of_a_key_that_stands_twice_the_first_counts_and_nothing_else_is_wrong() -> None:
    text = json.dumps(changed(), indent=1).rstrip("}\n") + ',\n "options": []\n}'
    assert wrong(text) == [("options", "the key stands twice; first in line 2")]
    _, problems = read(text)
    (problem,) = (p for p in problems if p.severity == "error")
    assert (problem.line, problem.column) == (len(text.splitlines()) - 1, 2)


def test_numbers_of_no_option_are_not_taken_for_one_that_stands_twice() -> None:
    data = changed()
    data["decisionMakers"][0]["options"] = [0, 7, 9]
    assert wrong(data) == [
        (f"decisionMakers[0].options[{k}]", f"there is no option {n}; options are numbered from 0")
        for k, n in ((1, 7), (2, 9))
    ]


def test_decision_makers_that_coalitions_leave_out_are_named() -> None:
    _, problems = read(changed(coalitions=[0]))
    found = next(p.found for p in problems if p.path == "coalitions")
    names = [maker["name"] for maker in changed()["decisionMakers"]]
    assert found == f"1 ({names[1]}), 2 ({names[2]})"


TWICE = "the key stands twice; first in line 1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("[1, 2]", "must be an object with 'options', 'decisionMakers' and 'infeasibles'"),
        ("{'a': 1}", "is not JSON: Expecting property name enclosed in double quotes"),
        ('{"options": NaN}', "is not JSON: NaN is no number"),
        ("[" * 100_000, "is nested too deeply to be a model"),
        ('{"options": %s}' % ("9" * 5000), "holds a number that is too long to be read"),
        (b'{"name": "caf\xe9"}', "is not UTF-8: byte 13 (0xE9) does not fit"),
        ("{}".encode("utf-16"), "is UTF-16"),
        ('{"options": [], "options": [], "decisionMakers": [], "infeasibles": []}', TWICE),
        ('{"options": [], "decisionMakers": [], "infeasibles": []}', "a model needs at least an option"),
    ],
)
def test_what_is_no_model_at_all_is_said(text: str | bytes, message: str) -> None:
    assert message in [m for _, m in wrong(text)]


def test_infeasible_patterns_that_leave_nothing_are_a_mistake() -> None:
    assert wrong(changed(infeasibles=[[[0, "Y"]], [[0, "N"]]])) == [
        ("infeasibles", "together they forbid every combination of options")
    ]


def test_a_model_that_is_too_large_is_refused_with_its_size() -> None:
    options = [{"name": f"o{k}", "permittedDirection": "both"} for k in range(60)]
    maker = {"name": "all", "options": list(range(60)), "preferences": [], "preferenceRanking": [1, 2]}
    data = {
        "options": options,
        "decisionMakers": [maker],
        "infeasibles": [],
        "useManualPreferenceRanking": True,
    }
    (message,) = [m for _, m in wrong(data)]
    assert message.startswith("is too large: the case has ")
    assert "1,152,921,504,606,846,976" in message or "10^18" in message


def test_problems_have_the_line_and_column_of_what_is_wrong(tmp_path: Path) -> None:
    text = json.dumps(changed(), indent=1).replace('"fwd"', '"forth"')
    file = tmp_path / "dam.gmcr"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        accordant.load(file)
    (problem,) = caught.value.problems
    line = next(k for k, words in enumerate(text.splitlines(), 1) if '"forth"' in words)
    assert problem.where == f"{file}:{line}:{text.splitlines()[line - 1].index(chr(34) + 'forth') + 1}"
    assert problem.allowed == ("both", "fwd", "back")
    assert accordant.check(file) == caught.value.problems


KEYS = st.sampled_from(["name", "compound", "x"])
SCALARS = st.none() | st.booleans() | st.integers(-3, 40) | st.floats() | st.text(max_size=3) | st.just("Y")
SCRAPS = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=2),
    max_leaves=4,
)


@given(files(), st.data())
@settings(max_examples=120)
def test_whatever_is_broken_gives_problems_and_nothing_else(
    data: dict[str, Any], draws: st.DataObject
) -> None:
    for _ in range(draws.draw(st.integers(1, 3))):
        spoil(data, draws)
    text = json.dumps(data)
    case, problems = read(text)
    assert all(p.file == "dam.gmcr" and p.message for p in problems)
    assert (case is None) == any(p.severity == "error" for p in problems)
    cut, _ = read(text[: draws.draw(st.integers(0, len(text) - 1))])
    assert cut is None


def spoil(part: Any, draws: st.DataObject) -> None:
    """Put something else in place of one part, chosen at random, or take it out."""
    while True:
        keys = list(part) if isinstance(part, dict) else list(range(len(part)))
        if not keys:
            return
        key = draws.draw(st.sampled_from(keys))
        inner = part[key]
        if isinstance(inner, dict | list) and inner and draws.draw(st.integers(0, 3)):
            part = inner
        elif draws.draw(st.booleans()):
            part[key] = draws.draw(SCRAPS)
            return
        else:
            del part[key]
            return
