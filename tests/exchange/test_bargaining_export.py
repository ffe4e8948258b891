"""Cases written for bargaining programs: read back they are the same, and what cannot be said is said."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as examples
from hypothesis import settings
from hypothesis import strategies as st

import accordant
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import CaseError, FailedError, InputError
from accordant.exchange import genius, geniusweb, negmas, negolog, nfg
from accordant.exchange.formats import Exported, File, Given, Imported
from accordant.exchange.genius_boxes import apart
from accordant.opened import OpenCase

BOTH = {"joint": ["north", "south"]}
TALKS: dict[str, Any] = {
    "title": "Talks",
    "parties": {"north": {"name": "Northern <Council> & Co"}, "south": {}},
    "issues": {
        "truce": {"by": BOTH, "values": ["none", "pause", "lasting"]},
        "aid": {"by": BOTH, "range": {"from": "0", "to": "4", "step": "1"}},
        "share": {"name": "Share", "by": BOTH, "range": {"from": "0", "to": "1", "step": "0.25"}},
    },
    "preferences": {
        "north": {
            "worth": {
                "truce": {"none": "0", "pause": "2", "lasting": "5"},
                "aid": {"linear": [["0", "3"], ["4", "0"]]},
                "share": {"linear": [["0", "0"], ["1", "2"]]},
            },
            "reservation": "4",
        },
        "south": {
            "worth": {
                "truce": {"none": "1", "pause": "2", "lasting": "0"},
                "aid": {"linear": [["0", "0"], ["4", "4"]]},
                "share": {"0": "3", "0.25": "2", "0.5": "2", "0.75": "1", "1": "-1"},
            },
            "reservation": "2.5",
        },
    },
}


def opened(**changes: Any) -> OpenCase:
    return OpenCase(CaseFolder(Path("talks"), Case.model_validate({**TALKS, **changes})))


def preferring(**changes: Any) -> OpenCase:
    """The talks with other preferences of the north."""
    given = TALKS["preferences"]
    return opened(preferences={**given, "north": {**given["north"], **changes}})


def back(format: Any, made: Exported, scale: Any = None) -> Imported:
    files = tuple(File(Path(name), content) for name, content in made.files.items())
    found = format.FORMAT.read(Given(files, scale))
    assert isinstance(found, Imported)
    assert found.case is not None, [str(p) for p in found.problems]
    return found


def numbers(case: Case, party: str) -> tuple[list[Fraction], Fraction | None]:
    """What every package is worth, in the order of the issues, and what no deal is worth."""
    from accordant.model.compiler import Compiler

    view = Compiler(case).view()
    order = view.frame.orders[party]
    assert order.score is not None
    ranks = [Fraction(int(rank), order.score.scale) for rank in order.score.ranks_in(frozenset())]
    held = order.reservation
    if held is None:
        return ranks, None
    return ranks, ranks[held.state] if held.state is not None else Fraction(held.low or 0, order.score.scale)


def same_up_to_scale(one: OpenCase, other: Imported, *, exactly: bool = False) -> None:
    """Each party's numbers are those of the case, moved and multiplied by something greater than nought."""
    assert other.case is not None
    for party, again in zip(
        [p for p, about in one.case.parties.items() if about.role == "party"], other.case.parties, strict=True
    ):
        (before, held), (after, held_after) = numbers(one.case, party), numbers(other.case, again)
        apart_by = next((k for k, worth in enumerate(before) if worth != before[0]), None)
        if apart_by is None:
            assert len(set(after)) == 1
            continue
        factor = (after[apart_by] - after[0]) / (before[apart_by] - before[0])
        assert factor > 0
        tiny = Fraction(0) if exactly else Fraction(1, 10**9)
        for x, y in zip(before, after, strict=True):
            assert abs(y - after[0] - factor * (x - before[0])) <= tiny * max(factor, 1)
        if held is not None and held_after is not None:
            assert abs(held_after - after[0] - factor * (held - before[0])) <= tiny * max(factor, 1)
        else:
            assert held is None


decimals = (
    st.integers(-20, 40)
    .map(lambda n: str(Fraction(n, 4).limit_denominator(4) if n % 4 else n // 4))
    .map(lambda t: str(float(Fraction(t))) if "/" in t else t)
)


@st.composite
def cases(draw: Any) -> Case:
    sizes = draw(st.lists(st.integers(2, 3), min_size=1, max_size=3))
    issues: dict[str, Any] = {}
    for k, size in enumerate(sizes):
        numeric = draw(st.booleans())
        ends = {"from": "0", "to": str(size - 1), "step": "1"}
        issues[f"i{k}"] = (
            {"by": BOTH, "range": ends} if numeric else {"by": BOTH, "values": [f"v{v}" for v in range(size)]}
        )
    preferences = {}
    for party in ("north", "south"):
        worth: dict[str, Any] = {}
        for id_, issue in issues.items():
            values = issue.get("values") or [str(v) for v in range(int(issue["range"]["to"]) + 1)]
            if "range" in issue and draw(st.booleans()):
                worth[id_] = {"linear": [["0", draw(decimals)], [values[-1], draw(decimals)]]}
            else:
                worth[id_] = {value: draw(decimals) for value in values}
        preferences[party] = {"worth": worth, "reservation": draw(decimals)}
    return Case.model_validate(
        {"title": "t", "parties": {"north": {}, "south": {}}, "issues": issues, "preferences": preferences}
    )


@pytest.mark.parametrize(
    ("format", "scale", "exactly"),
    [(genius, "genius", False), (negmas, "file", True), (negmas, "genius", False), (negolog, "file", True)],
)
@examples(case=cases())
@settings(max_examples=25, deadline=None)
def test_what_is_written_reads_back_as_the_same_negotiation(
    case: Case, format: Any, scale: Any, exactly: bool
) -> None:
    one = OpenCase(CaseFolder(Path("talks"), case))
    made = format.FORMAT.write(one, scale)
    same_up_to_scale(one, back(format, made, scale), exactly=exactly)


@examples(case=cases())
@settings(max_examples=25, deadline=None)
def test_geniusweb_accepts_the_same_packages(case: Case) -> None:
    one = OpenCase(CaseFolder(Path("talks"), case))
    again = back(geniusweb, geniusweb.FORMAT.write(one, None))
    assert again.case is not None
    for party in ("north", "south"):
        (before, held), (after, held_after) = numbers(case, party), numbers(again.case, party)
        accepted = [worth >= held for worth in before if held is not None]
        if any(accepted):
            assert held_after is not None
            assert [worth >= held_after for worth in after] == accepted
        else:
            assert held_after is None


def test_numeric_issues_stay_numbers_where_a_line_says_it_for_everybody() -> None:
    made = genius.FORMAT.write(opened(), None)
    domain = made.files["domain.xml"].decode()
    assert re.findall(r'<issue index="\d" name="(\w+)" type="(\w+)"', domain) == [
        ("truce", "discrete"), ("aid", "integer"), ("Share", "discrete")
    ]  # fmt: skip
    assert back(genius, made, "genius").case is not None
    assert any(p.path == "issues.share" and "written as names" in p.message for p in made.problems)
    (web,) = [f for f in geniusweb.FORMAT.write(opened(), None).files.items() if f[0] == "domain.json"]
    assert '"range"' in web[1].decode()
    same_up_to_scale(opened(), back(genius, made, "genius"))


def test_issues_that_may_be_divided_are_real_ones() -> None:
    issues = {**TALKS["issues"], "share": {**TALKS["issues"]["share"], "divisible": "true"}}
    line = {"linear": [["0", "3"], ["1", "-1"]]}
    south = {**TALKS["preferences"]["south"]}
    south["worth"] = {**south["worth"], "share": line}
    one = opened(issues=issues, preferences={**TALKS["preferences"], "south": south})
    made = genius.FORMAT.write(one, None)
    assert 'type="real"' in made.files["domain.xml"].decode()
    assert "parameter1" in made.files["south.xml"].decode()
    again = back(genius, made, "genius").case
    assert again is not None
    assert again.issues["Share"].divisible
    assert len(again.issues["Share"].values) == 21


TERMS = [
    {"if": "truce = lasting and aid <= 1", "worth": "3"},
    {"if": "truce = none or share > 0.5", "worth": "-1"},
]


@pytest.mark.parametrize("scale", ["genius", "file"])
@pytest.mark.parametrize("format", [genius, negmas])
def test_worths_that_depend_on_several_issues_become_boxes(format: Any, scale: Any) -> None:
    one = preferring(also=TERMS)
    made = format.FORMAT.write(one, scale)
    again = back(format, made, scale)
    same_up_to_scale(one, again, exactly=scale == "file")
    assert ("value", "truce = pause", "truce = 1") in [(n.kind, n.case, n.file) for n in made.names]


@pytest.mark.parametrize("format", [genius, negmas])
def test_tables_become_boxes_too(format: Any) -> None:
    states = product(*(Case.model_validate(TALKS).issues[i].values for i in TALKS["issues"]))
    table = [
        [dict(zip(TALKS["issues"], row, strict=True)), str((k * 7) % 11 - 2)] for k, row in enumerate(states)
    ]
    given = TALKS["preferences"]
    one = opened(preferences={**given, "north": {"table": table, "reservation": "3"}})
    same_up_to_scale(one, back(format, format.FORMAT.write(one, "file"), "file"), exactly=True)


cubes = st.lists(
    st.dictionaries(st.sampled_from("ab"), st.frozensets(st.integers(0, 2), min_size=1), max_size=2),
    max_size=4,
)


@examples(cubes)
def test_boxes_cover_what_conditions_cover_and_nothing_twice(made: Any) -> None:
    boxes = list(apart(made, {"a": 3, "b": 3}))
    for a, b in product(range(3), repeat=2):
        at = {"a": a, "b": b}
        covered = sum(all(low <= at[i] <= high for i, (low, high) in box.items()) for box in boxes)
        assert covered == any(all(at[i] in values for i, values in cube.items()) for cube in made)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"feasible": ["truce = lasting -> aid >= 1"]}, "forbids packages, and the program takes"),
        ({"preferences": {**TALKS["preferences"], "south": {"priorities": ["truce"]}}},
         "gives an order without numbers, and the program needs numbers"),
        ({"preferences": {"north": TALKS["preferences"]["north"]}},
         "says nothing of what it prefers, and the program needs numbers"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("format", [genius, geniusweb, negmas, negolog])
def test_what_a_format_cannot_say_is_refused_with_the_reason(format: Any, changes: Any, words: str) -> None:
    with pytest.raises(CaseError) as caught:
        format.FORMAT.write(opened(**changes), None)
    assert words in str(caught.value)
    assert "cannot be written for" in caught.value.closing


@pytest.mark.parametrize("format", [geniusweb, negolog])
def test_formats_that_add_up_refuse_what_depends_on_several_issues(format: Any) -> None:
    with pytest.raises(CaseError, match="depends on several issues"):
        format.FORMAT.write(preferring(also=TERMS), None)


def test_what_is_left_out_is_said_item_by_item() -> None:
    one = opened(
        parties={**TALKS["parties"], "envoy": {"role": "mediator"}},
        no_deal={"truce": "none", "aid": "0", "share": "0"},
        proposals={"p": {"by": "north", "package": {"aid": "2"}}},
        preferences={
            **TALKS["preferences"],
            "north": {
                **TALKS["preferences"]["north"],
                "never": ["aid = 4"],
                "reservation": ["2", "4"],
                "delay": {"cost": "1", "days": "7"},
            },
        },
    )
    for format in (genius, negmas):
        said = {(p.path, p.message) for p in format.FORMAT.write(one, None).problems}
        paths = {path for path, _ in said}
        assert {
            "parties.envoy", "no_deal", "proposals.p", "preferences.north.never.1",
            "preferences.north.reservation", "preferences.north.delay",
        } <= paths  # fmt: skip
        assert any("lies between 2 and 4" in message for _, message in said)


def test_no_deal_as_a_state_is_worth_what_the_state_is_worth() -> None:
    given = {p: {"worth": w["worth"]} for p, w in TALKS["preferences"].items()}
    one = opened(no_deal={"truce": "none", "aid": "1", "share": "0"}, preferences=given)
    again = back(negmas, negmas.FORMAT.write(one, None)).case
    assert again is not None
    assert numbers(again, next(iter(again.parties)))[1] == Fraction("2.25")


def test_nothing_of_no_deal_is_said_and_written_without_a_reservation() -> None:
    one = preferring(reservation=None)
    made = genius.FORMAT.write(one, None)
    assert b"<reservation" not in made.files["north.xml"]
    assert any("written without a reservation" in p.message for p in made.problems)


def test_discounts_are_written_and_read_back() -> None:
    one = preferring(delay={"factor": "0.9", "days": "7"})
    for format in (genius, negmas):
        again = back(format, format.FORMAT.write(one, None)).case
        assert again is not None
        delays = [p.delay and p.delay.factor for p in again.preferences.values()]
        assert delays == [Fraction("0.9"), None]


# -- strategic games ----------------------------------------------------------------------------------


def game(made: Exported) -> tuple[list[str], list[list[str]], list[list[Fraction]]]:
    """Players, strategies and payoffs of an ``.nfg`` file, read as its format says."""
    text = made.content.decode()
    head, rest = text.split("\n", 1)
    assert head.startswith('NFG 1 R "')
    players = re.findall(r'"([^"]*)"', head.split("{", 1)[1])
    body, payoffs = rest.rsplit('"\n\n', 1)
    groups = re.findall(r"\{ ((?:\"[^\"]*\" ?)+)\}", body)
    strategies = [re.findall(r'"([^"]*)"', group) for group in groups]
    return players, strategies, [[Fraction(n) for n in line.split()] for line in payoffs.split("\n") if line]


GAME: dict[str, Any] = {
    "title": 'A "game"',
    "parties": {"a": {"name": "A"}, "b": {}},
    "issues": {
        "x": {"by": "a"}, "y": {"by": "b", "values": ["l", "m", "r"]}, "z": {"by": "a"},
    },
    "preferences": {
        "a": {"worth": {
            "x": {"no": "0", "yes": "0.5"}, "y": {"l": "0", "m": "2", "r": "3"},
            "z": {"no": "0", "yes": "-1"},
        }},
        "b": {"priorities": ["y = l", "x"]},
    },
}  # fmt: skip


def test_strategies_are_the_combinations_of_what_a_party_controls() -> None:
    one = OpenCase(CaseFolder(Path("game"), Case.model_validate(GAME)))
    made = nfg.FORMAT.write(one, None)
    players, strategies, payoffs = game(made)
    assert players == ["A", "b"]
    assert strategies == [["x no, z no", "x no, z yes", "x yes, z no", "x yes, z yes"], ["y l", "y m", "y r"]]
    view = one.compiler.view()
    codes = {tuple(row): k for k, row in enumerate(view.space.codes.tolist())}
    order = view.ranks("b")
    assert order is not None
    for k, (of_a, of_b) in enumerate(payoffs):
        y, (x, z) = divmod(k, 4)[0], divmod(k % 4, 2)
        state = codes[x, y, z]
        assert of_a == Fraction(x, 2) + (0, 2, 3)[y] - z
        assert all((of_b < other) == (order[state] < order[codes[m % 4 // 2, m // 4, m % 2]])
                   for m, (_, other) in enumerate(payoffs))  # fmt: skip
    assert any("only their order means anything" in p.message for p in made.problems)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issues": {**GAME["issues"], "z": {"by": {"joint": ["a", "b"]}}}}, "takes a and b together"),
        ({"issues": {**GAME["issues"], "z": {"by": ["a", "b"]}}}, "may be changed by each of a and b"),
        ({"feasible": ["x -> z"]}, "rules forbid 3 of 12 combinations"),
        ({"preferences": {"a": GAME["preferences"]["a"]}}, "has an order that is not wholly known"),
    ],
)
def test_what_is_no_strategic_game_is_refused(changes: Any, words: str) -> None:
    one = OpenCase(CaseFolder(Path("game"), Case.model_validate({**GAME, **changes})))
    with pytest.raises(CaseError, match=words):
        nfg.FORMAT.write(one, None)


def test_games_are_written_and_never_read(tmp_path: Path) -> None:
    one = OpenCase(CaseFolder(Path("game"), Case.model_validate(GAME)))
    result = one.save_as(tmp_path / "game.nfg")
    assert result.target_format == "nfg"
    with pytest.raises(CaseError, match="cannot be read: Gambit"):
        accordant.load(tmp_path / "game.nfg")


# -- folders ------------------------------------------------------------------------------------------


def test_a_folder_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from accordant.exchange import converting

    def full(*_: object) -> None:
        raise FailedError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(converting, "write_together", full)
        with pytest.raises(FailedError):
            opened().save_as(tmp_path / "new" / "talks", "genius")
    assert not list(tmp_path.iterdir())
    (tmp_path / "talks").mkdir()
    opened().save_as(tmp_path / "talks", "genius")
    assert sorted(p.name for p in (tmp_path / "talks").iterdir()) == ["domain.xml", "north.xml", "south.xml"]
    with pytest.raises(InputError, match="is not an empty folder; name a new one"):
        opened().save_as(tmp_path / "talks", "negmas")


def test_a_party_called_domain_does_not_overwrite_the_domain() -> None:
    case = {**TALKS, "parties": {"domain": {}, "south": {}}}
    case["issues"] = {i: {**v, "by": {"joint": ["domain", "south"]}} for i, v in TALKS["issues"].items()}
    case["preferences"] = {"domain": TALKS["preferences"]["north"], "south": TALKS["preferences"]["south"]}
    one = OpenCase(CaseFolder(Path("talks"), Case.model_validate(case)))
    assert set(genius.FORMAT.write(one, None).files) == {"domain.xml", "domain-2.xml", "south.xml"}


@pytest.mark.parametrize(
    ("format", "scale", "words"),
    [
        ("genus", None, "there is no format 'genus'"),
        ("case", "genius", "there is no scale to choose for a case"),
    ],
)
def test_a_wrong_format_or_scale_is_said(tmp_path: Path, format: str, scale: Any, words: str) -> None:
    with pytest.raises(InputError, match=words):
        opened().save_as(tmp_path / "x", format, scale)


def test_without_negmas_the_case_is_not_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "negmas", None)
    with pytest.raises(InputError, match="NegMAS is not installed"):
        opened().to_negmas()


def messages(made: Exported | Imported) -> list[str]:
    return [p.message for p in made.problems]


def test_of_a_discount_one_thing_is_said() -> None:
    for delay, what in (({"factor": "0.9"}, "its discount factor"), ({"cost": "2"}, "its cost of waiting")):
        one = preferring(delay=delay)
        for format, title in ((geniusweb, "GeniusWeb"), (negolog, "NegoLog")):
            said = [p.message for p in format.FORMAT.write(one, None).problems if p.path.endswith("delay")]
            assert said == [f"{what} has no place in {title}'s files; left out"]


def test_a_number_that_becomes_a_bid_is_told_with_the_worth_of_the_bid() -> None:
    made = geniusweb.FORMAT.write(preferring(reservation="4"), None)
    (told,) = [t for t in made.told if t.about == "reservation of Northern <Council> & Co"]
    package = "truce = none, aid = 0, Share = 0.5"
    assert (told.file, told.case) == ("4", f"the package {package}, which is worth 4")
    as_state = preferring(reservation={"state": {"truce": "none", "aid": "0", "share": "0.5"}})
    assert not [t for t in geniusweb.FORMAT.write(as_state, None).told if t.about == told.about]


def test_parties_that_lose_their_names_are_told() -> None:
    told = {
        t.file: t.case for t in negolog.FORMAT.write(opened(), None).told if t.about.startswith("name of")
    }
    assert told["Northern <Council> & Co"].startswith("profileA.json")
    assert told["south"].startswith("profileB.json")


def test_weights_that_come_to_1_up_to_their_digits_come_back_without_a_complaint() -> None:
    thirds = {
        "truce": {"none": "0", "pause": "0", "lasting": "1"},
        "aid": {"linear": [["0", "1"], ["4", "0"]]},
    }
    one = preferring(worth={**thirds, "share": {"linear": [["0", "0"], ["1", "1"]]}}, reservation="2")
    for format in (genius, geniusweb, negolog):
        found = back(format, format.FORMAT.write(one, None))
        assert not [said for said in messages(found) if "weights come to" in said]


def test_what_a_constituency_would_veto_is_open_without_it_and_that_is_said() -> None:
    parties = {
        **TALKS["parties"],
        "street": {"role": "constituency", "of": "north"},
        "envoy": {"role": "mediator"},
    }
    preferences = {**TALKS["preferences"], "street": {"never": ["aid = 4"]}}
    made = genius.FORMAT.write(opened(parties=parties, preferences=preferences), None)
    said = {p.path: p.message for p in made.problems}
    assert said["parties.street"].endswith("left out: packages that it would veto are open now")
    assert said["parties.envoy"].endswith("left out")
