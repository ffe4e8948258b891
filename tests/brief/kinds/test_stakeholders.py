"""The stakeholder map: who is tied to whom, who is not heard, and that nothing lies upon anything else."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.brief.build import build, prepared
from accordant.brief.document import Brief, Bullets, Figure, Paragraph, Table, plain
from accordant.brief.figures import look
from accordant.brief.figures.stakeholders import LEGIBLE, known_ties
from accordant.brief.figures.stakeholders_chart import Stakeholders
from accordant.brief.figures.stakeholders_places import BOX, Actor, Band, Places, Tie
from accordant.brief.kinds import NothingToTellError
from accordant.brief.kinds.stakeholders import table
from accordant.brief.parts.parties import issue_cell
from accordant.case.folder import CaseFolder
from accordant.opened import OpenCase
from tests.brief import fakes, talks

RIVALS = [{"from": "north", "to": "south", "kind": "rival"}]


def mapped(changes: dict[str, Any] | None = None) -> Brief:
    return build(fakes.opened(fakes.case(changes)), "stakeholders")


def figure(brief: Brief) -> Figure:
    return next(b for b in brief.blocks() if isinstance(b, Figure))


def unheard(brief: Brief) -> list[str]:
    found = [b for b in brief.blocks() if isinstance(b, Bullets) and b.id == "unheard-list"]
    return [plain(item) for block in found for item in block.items]


@pytest.fixture(scope="module")
def made() -> Brief:
    return mapped()


def test_the_finding_says_whether_the_parties_are_in_touch(made: Brief) -> None:
    assert plain(figure(made).finding) == (
        "No direct tie between the parties is known; no mediator is known to reach both"
    )


def test_a_mediator_with_ties_to_every_party_is_said_to_reach_them() -> None:
    both = [{"from": "envoy", "to": p, "kind": "channel", "because": ["c1"]} for p in ("north", "south")]
    assert plain(figure(mapped({"relations": both})).finding).endswith("Envoys reaches both")


def test_direct_ties_are_counted() -> None:
    assert plain(figure(mapped({"relations": RIVALS})).finding) == "Two ties known"


def test_a_constituency_with_preferences_may_veto_and_one_without_only_stands_behind() -> None:
    wants = {**fakes.CASE["preferences"], "street": {"priorities": [{"want": "truce", "because": ["c2"]}]}}
    last = figure(mapped({"preferences": wants})).table.rows[-1]
    assert [plain(c.text) for c in last.cells] == [
        *("Families of captives", "may veto", "Northern Council"),
        "[2]",
    ]
    before = figure(mapped()).table.rows[-1]
    assert [plain(c.text) for c in before.cells[1:]] == [
        *("constituency of", "Northern Council"),
        "as the case is set up",
    ]


def test_a_tie_without_a_claim_is_marked_as_assumed() -> None:
    row = figure(mapped({"relations": RIVALS})).table.rows[0]
    assert row.cells[3].mark == "assumed"
    assert plain(row.cells[3].text) == "assumed"


def test_a_tie_that_only_withheld_claims_tell_is_left_out() -> None:
    sources = deepcopy(fakes.SOURCES)
    sources["claims"]["c1"]["handling"] = "restricted"
    ties = known_ties(prepared(OpenCase(CaseFolder(Path("talks"), fakes.case(sources=sources)))))
    assert [t.kind for t in ties] == ["constituency of"]


def test_the_table_has_everybody_with_what_they_control_and_refuse(made: Brief) -> None:
    table = next(b for b in made.blocks() if isinstance(b, Table) and b.id == "stakeholders-table")
    south = [plain(c.text) for c in table.rows[1].cells]
    assert south[1:3] == ["decides", "Truce (with Northern Council); departure"]
    assert south[3].startswith("never departure: yes and Truce: none (assumed [A")
    assert south[4:] == ["1", "1"]


def test_many_that_settle_an_issue_are_told_as_all_or_all_but_a_few() -> None:
    many = [f"p{k}" for k in range(8)]
    issues = {
        "all": {"by": {"joint": many}, "values": ["none", "some"]},
        "most": {"by": {"joint": many[:-1]}, "values": ["none", "some"]},
        "half": {"by": many[:4], "values": ["none", "some"]},
        "any": {"by": many, "values": ["none", "some"]},
    }
    content = {
        "title": "Many",
        "parties": {**{p: {} for p in many}, "envoy": {"role": "mediator"}},
        "issues": issues,
        "status_quo": dict.fromkeys(issues, "none"),
    }
    context = prepared(talks.opened(content))
    assert plain(table(context).rows[0].cells[2].text) == (
        "all (with all seven others that decide); most (with all others that decide but p7); "
        "half (as can p1, p2 and p3); any (as can all seven others that decide)"
    )
    heads = [plain(issue_cell(context, i).text).split("\n")[1] for i in issues]
    assert heads == [
        "settled by all eight parties that decide",
        "settled by all parties that decide but p7",
        "settled by any of p0, p1, p2 and p3",
        "settled by any of the eight parties that decide",
    ]


def test_those_who_are_not_heard_are_named_with_what_that_means(made: Brief) -> None:
    north, street = unheard(made)
    assert north == (
        "Northern Council: no claim comes from its side; what it wants is told by others or assumed."
    )
    assert street == (
        "Families of captives: nothing is said of what it wants, and no claim comes from its side. It vetoes "
        "nothing in the model, which does not mean that it would accept."
    )


def test_of_very_many_ties_those_of_the_parties_are_drawn_and_the_rest_is_counted() -> None:
    names = ("north", "south", "envoy", "street")
    pairs = [{"from": a, "to": b, "kind": f"k{n}"} for a in names for b in names if a != b for n in range(6)]
    found = figure(mapped({"relations": pairs}))
    assert isinstance(found.drawing, Stakeholders)
    assert len(found.drawing.ties) == LEGIBLE
    assert len(found.table.rows) == len(pairs) + 1
    assert "13 ties are not drawn; the table has all." in plain(found.note)
    assert not any({t.start, t.end} <= {"envoy", "street"} for t in found.drawing.ties)


def test_where_something_is_withheld_nobody_is_said_to_be_silent() -> None:
    sources = deepcopy(fakes.SOURCES)
    sources["claims"]["c1"]["handling"] = "restricted"
    relations = [{"from": "envoy", "to": "south", "kind": "channel", "because": ["c2"]}]
    case = fakes.case({"relations": relations}, sources)
    brief = build(OpenCase(CaseFolder(Path("talks"), case)), "stakeholders")
    assert plain(figure(brief).finding).startswith("No direct tie between the parties is told here; ")
    assert not any("no claim comes from its side" in item for item in unheard(brief))


def test_lines_and_boxes_have_no_colour_that_could_judge(made: Brief) -> None:
    spec = json.dumps(figure(made).drawing.spec())
    assert not [hue for hue in look.HUES if hue in spec]


def test_where_no_tie_is_known_that_is_said_in_place_of_a_picture() -> None:
    parties = {**fakes.CASE["parties"], "street": {"name": "Families", "role": "observer"}}
    brief = mapped({"relations": [], "parties": parties})
    first, *rest = brief.blocks()
    assert isinstance(first, Paragraph)
    assert plain(first.text) == "Nothing is told of how they stand to each other."
    assert not any(isinstance(b, Figure) for b in rest)


def test_a_case_with_one_party_has_no_map() -> None:
    alone = {"parties": {"north": {}}, "issues": {"truce": {"by": "north"}}, "status_quo": {"truce": "no"}}
    changes = {**alone, "relations": [], "positions": {}, "proposals": {}, "events": {}, "judgements": {}}
    case = fakes.case({**changes, "preferences": {}}, {"reports": {}})
    with pytest.raises(NothingToTellError):
        build(fakes.opened(case), "stakeholders")


# Places

KEYS = [f"k{k}" for k in range(14)]


@st.composite
def maps(draw: st.DrawFn) -> Places:
    cuts = sorted(draw(st.lists(st.integers(1, len(KEYS) - 1), min_size=2, max_size=2, unique=True)))
    parts = (KEYS[: cuts[0]], KEYS[cuts[0] : cuts[1]], KEYS[cuts[1] :])
    names = st.text("abc الجبهة", min_size=1, max_size=70).filter(str.strip)
    bands = tuple(
        Band(f"B{k}", tuple(Actor(key, draw(names)) for key in part)) for k, part in enumerate(parts)
    )
    pair = st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] != p[1])
    return Places(bands, tuple(Tie(a, b, 0) for a, b in draw(st.lists(pair, max_size=16))))


@settings(max_examples=30, deadline=None)
@given(maps())
def test_no_box_lies_on_another_and_lines_run_from_box_to_box(places: Places) -> None:
    frames = {
        key: (x - BOX / 2, y - places.height(key) / 2, x + BOX / 2, y + places.height(key) / 2)
        for key, (x, y) in places.middles.items()
        if key in places.actors
    }
    assert set(frames) == set(KEYS)
    for key, (left, top, right, bottom) in frames.items():
        assert left >= 0
        assert right <= places.width_of_all
        assert top >= 0
        assert bottom <= places.height_of_all
        others = [f for other, f in frames.items() if other != key]
        assert not any(left < r and le < right and top < b and t < bottom for le, t, r, b in others)
    for tie, path in zip(places.ties, places.paths, strict=True):
        for key, (x, y) in ((tie.start, path[0]), (tie.end, path[-1])):
            left, top, right, bottom = frames[key]
            assert left <= x <= right
            assert min(abs(y - top), abs(y - bottom)) < 1e-6
        assert all(0 <= x <= places.width_of_all and 0 <= y <= places.height_of_all for x, y in path)
