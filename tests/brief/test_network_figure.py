"""The pictures of what happened and of who told whom: laid out so that they can be read."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.brief.alone import page
from accordant.brief.figures.network import MANY, MOST, network_figure, placed
from accordant.brief.figures.network_chart import Network
from accordant.brief.figures.render import svg
from accordant.brief.figures.timeline import timeline_figure
from accordant.brief.figures.timeline_chart import LEFT, WIDTH, Mark, Timeline
from accordant.brief.plain import Plain
from accordant.case.objects import Case
from accordant.evidence.network import NetworkResult, Node, Step

ROOT = Path(__file__).parents[2] / "cases"

days = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    first = draw(days)
    last = first + timedelta(days=draw(st.sampled_from([0, 1, 30, 400])))
    ends = draw(st.sampled_from([(first, last), (first, None), (None, last)]))
    label = draw(st.text("abc ", min_size=1, max_size=60))
    return Mark(draw(st.integers(0, 2)), draw(st.sampled_from(["contact", "event", "claim"])), label, *ends)


@settings(deadline=None)
@given(st.lists(marks(), min_size=1, max_size=12))
def test_bars_cover_their_days_and_labels_of_a_lane_do_not_overlap(some: list[Mark]) -> None:
    drawing = Timeline(("A", "B", "C"), tuple(some))
    low, high = drawing._span
    for mark in some:
        start, end = drawing._ends(mark)
        assert LEFT - 0.01 <= start <= end
        if mark.first and mark.last:
            share = (mark.last.toordinal() + 1 - mark.first.toordinal()) / (high - low)
            assert end - start >= share * (WIDTH - 2 * LEFT) - 0.01
        if mark.last is None:  # an end that is not known lies beyond every known day
            known = [m.last for m in some if m.last] + [m.first for m in some if m.first]
            assert high > max(d.toordinal() for d in known) + 1
    rooms: dict[float, list[tuple[float, float]]] = {}
    for place in drawing._placed[0]:
        rooms.setdefault(place.top, []).append(drawing._room(place.mark)[2])
    for taken in rooms.values():
        ordered = sorted(taken)
        assert all(a[1] < b[0] for a, b in itertools.pairwise(ordered))


@pytest.mark.parametrize("name", ["january-2024", "labour", "river"])
def test_the_pictures_of_a_case_are_drawn_with_their_finding(name: str) -> None:
    opened = accordant.load(ROOT / name)
    plain = Plain(opened.case)
    for figure in (
        timeline_figure(opened.timeline(), plain),
        network_figure(opened.network(), plain),
    ):
        assert figure is not None
        made = page(figure, opened.case, opened.folder.digest, "timeline")
        raw = made.form(".svg")
        text = "".join(ElementTree.fromstring(raw).itertext())
        said = "".join(p.text for p in figure.finding if hasattr(p, "text") and isinstance(p.text, str))
        assert said.split(";")[0][:40] in text
        assert made.form(".png").startswith(b"\x89PNG")


def test_an_unnamed_source_is_marked_in_words_and_by_its_frame() -> None:
    opened = accordant.load(ROOT / "january-2024")
    figure = network_figure(opened.network(), Plain(opened.case))
    assert figure is not None
    assert isinstance(figure.drawing, Network)
    boxes = [b for column in figure.drawing.columns for b in column]
    unnamed = {n.id for n in opened.network().nodes if n.unnamed}
    assert {b.key for b in boxes if b.kind == "unnamed"} == unnamed
    assert all(("(unnamed" in b.text) == (b.key in unnamed) for b in boxes)
    assert "unnamed" in svg(figure)


names = st.integers(0, 7).map(lambda k: f"r{k}")


@given(st.lists(st.tuples(names, names), max_size=20))
def test_reports_stand_to_the_right_of_what_they_retell(pairs: list[tuple[str, str]]) -> None:
    nodes = [Node(f"r{k}", "report", "x") for k in range(8)] + [Node("s", "source", "y")]
    steps = [Step("retold in", a, b) for a, b in pairs if a < b] + [Step("quoted in", "s", "r0")]
    columns = placed(nodes, steps)
    at = {n.id: k for k, column in enumerate(columns) for n in column}
    assert len(at) == len(nodes)
    assert all(at[s.start] < at[s.end] for s in steps)
    # a circle is laid out all the same
    circle = [Step("retold in", a, b) for a, b in pairs if a != b]
    assert sum(map(len, placed(nodes, circle))) == len(nodes)


@given(st.integers(1, 400), st.integers(1, 400))
def test_the_more_claims_the_wider_the_line(few: int, many: int) -> None:
    from accordant.brief.figures.network_chart import Line

    one, other = Line("a", "b", "told", min(few, many)), Line("a", "b", "told", max(few, many))
    assert one.width <= other.width


def test_of_very_many_boxes_those_with_most_claims_are_drawn_and_it_is_said() -> None:
    sources = [
        Node(f"s{k}", "source", f"source {k}", claims=tuple(f"c{k}-{n}" for n in range(k))) for k in range(90)
    ]
    reports = [Node(f"r{k}", "report", f"report {k}") for k in range(40)]
    steps = [Step("quoted in", s.id, reports[k % 40].id, s.claims) for k, s in enumerate(sources)]
    result = NetworkResult("t", (*sources, *reports), tuple(steps), 0, "")
    figure = network_figure(result, Plain(Case(title="t", parties={})))
    assert figure is not None
    assert isinstance(figure.drawing, Network)
    drawn = {b.key for column in figure.drawing.columns for b in column}
    assert len(drawn) <= MOST
    assert "s89" in drawn
    assert "s0" not in drawn
    assert f"Drawn are {len(drawn)} of 130 boxes" in "".join(str(p) for p in figure.note)
    assert len(figure.table.rows) == 90


def test_of_many_sources_those_that_carry_nothing_are_folded_and_counted() -> None:
    said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "position"}
    content = {
        "title": "t",
        "parties": {"north": {}, "south": {}},
        "issues": {"truce": {"by": "north"}},
        "status_quo": {"truce": "no"},
        "preferences": {"north": {"priorities": [{"want": "truce", "because": ["c0"]}]}},
        "sources": {
            "reports": {"r": {"file": "r.txt", "sha256": "0"}},
            "origins": {f"o{k}": {"kind": "named", "name": f"N{k}"} for k in range(42)},
            "claims": {f"c{k}": {**said, "origin": f"o{k}"} for k in range(42)},
        },
    }
    case = Case.model_validate(content)
    sources = tuple(Node(f"o{k}", "source", f"N{k}", claims=(f"c{k}",)) for k in reversed(range(42)))
    report = Node("r", "report", "R", claims=tuple(case.claims))
    steps = tuple(Step("quoted in", n.id, "r", n.claims) for n in sources)
    figure = network_figure(NetworkResult("t", (*sources, report), steps, 0, ""), Plain(case))
    assert figure is not None
    assert isinstance(figure.drawing, Network)
    drawn = {b.key for column in figure.drawing.columns for b in column}
    assert "o0" in drawn
    assert len(drawn - {"r"}) == MANY
    assert "Not drawn, but in the table: 30 sources" in "".join(str(p) for p in figure.note)
    assert len(figure.table.rows) == 42


line = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 40))


@given(st.lists(line, min_size=1, max_size=24, unique_by=lambda n: n[:2]))
def test_no_number_stands_on_another_or_on_a_box(lines: list[tuple[int, int, int]]) -> None:
    from accordant.brief.figures.network_chart import _meet, _room

    path = [(200.0 + 9 * k, 50.0) for k in range(9)]
    taken = [(0.0, 30.0, 200.0, 70.0)]
    for _, _, claims in lines[:6]:
        room = _room(str(claims), path, taken)
        assert not any(_meet(room, other) for other in taken)
        taken.append(room)


def test_long_empty_times_are_left_out_of_the_scale_and_marked() -> None:
    week = [Mark(0, "event", str(k), date(2031, 3, k), date(2031, 3, k)) for k in range(1, 8)]
    old = Mark(0, "contact", "old", date(2025, 1, 1), date(2025, 1, 31))
    drawing = Timeline(("Lane",), (old, *week))
    ((start, end),) = drawing.breaks
    assert (start, end) == (date(2025, 2, 1).toordinal(), date(2031, 3, 1).toordinal())
    places = [drawing._x(m.first.toordinal()) for m in (old, *week) if m.first]
    assert places == sorted(places)
    assert LEFT <= places[0] < places[-1] <= WIDTH - LEFT
    assert min(b - a for a, b in itertools.pairwise(places[1:])) > 10  # the week is not one pixel
    assert next(text for _, text in drawing._ticks()) == "Jan 2025"
    assert not Timeline(("Lane",), tuple(week)).breaks
    assert not Timeline(("Lane",), (Mark(0, "event", "all", date(2025, 1, 1), None), *week)).breaks


@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 60)), min_size=1, max_size=8))
def test_the_order_of_days_stays_on_a_broken_scale(found: list[tuple[int, int]]) -> None:
    days = [(date(2020, 1, 1) + timedelta(a), date(2020, 1, 1) + timedelta(a + b)) for a, b in found]
    drawing = Timeline(("Lane",), tuple(Mark(0, "event", "x", a, b) for a, b in days))
    every = sorted({d.toordinal() for pair in days for d in pair})
    places = [drawing._x(d) for d in every]
    assert all(a < b for a, b in itertools.pairwise(places))
    assert all(LEFT - 1 <= p <= WIDTH - LEFT + 1 for p in places)
    for start, end in drawing.breaks:  # nothing lies in what is left out
        assert not any(a.toordinal() < end and b.toordinal() >= start for a, b in days)
