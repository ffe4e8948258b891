from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.brief.context import Context
from accordant.brief.document import Figure, plain
from accordant.brief.figures import graph, look
from accordant.brief.figures.graph_chart import bent
from accordant.brief.figures.layers import reliance_figure
from accordant.brief.figures.layers_chart import CHARACTERS, MOST_LINES, Box
from accordant.brief.figures.render import svg
from accordant.brief.figures.timeline_chart import MOST as MOST_TICKS
from accordant.brief.figures.timeline_chart import Timeline, ticks
from accordant.brief.parts import others
from accordant.brief.relevant import CHOSEN, DRAWN, MOST, relevant
from accordant.case.dates import when
from accordant.model.result import StateMove, StatesResult
from tests.brief import fakes


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(fakes.opened())


def events_of(context: Context) -> Figure | None:
    section = others.events(context)
    assert section is not None
    return next((b for b in section.blocks if isinstance(b, Figure)), None)


def figures(context: Context) -> list[Figure]:
    found = [graph.state_graph(context), reliance_figure(context), events_of(context)]
    return [f for f in found if f is not None]


def test_every_figure_becomes_a_picture_with_its_finding_and_ids_of_its_own(context: Context) -> None:
    made = figures(context)
    assert len(made) == 3
    ids: list[str] = []
    for figure in made:
        root = ElementTree.fromstring(svg(figure))
        ids += [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
        assert all(i.startswith(figure.id) for i in ids[-2:])
        words = {e.tag.split("}")[-1] for e in root.iter()}
        assert not words & {"script", "image", "a", "foreignObject", "use"}
    assert len(ids) == len(set(ids))


def test_no_specification_can_make_the_converter_fetch_anything(context: Context) -> None:
    for figure in figures(context):
        spec = json.dumps(figure.drawing.spec())
        assert '"url"' not in spec
        assert "http" not in spec.replace('"$schema": "https://vega.github.io/schema/vega-lite/', "")


def test_text_of_any_script_survives(context: Context) -> None:
    pictures = " ".join("".join(ElementTree.fromstring(svg(f)).itertext()) for f in figures(context))
    assert fakes.SOUTH in pictures


def test_the_moves_drawn_are_those_in_the_table(context: Context) -> None:
    figure = graph.state_graph(context)
    assert figure is not None
    assert [[plain(c.text) for c in r.cells] for r in figure.table.rows] == [
        ["s1", fakes.SOUTH, "s2", "departure: yes", "no"],
        ["s3", fakes.SOUTH, "s4", "departure: yes", "no"],
        ["s1", f"Northern Council and {fakes.SOUTH}", "s3", "Truce: lasting", "yes"],
        ["s2", f"Northern Council and {fakes.SOUTH}", "s4", "Truce: lasting", "yes"],
        ["s3", "Northern Council", "s1", "Truce: none", "no"],
    ]
    assert plain(figure.finding).startswith(
        f"From the status quo Northern Council and {fakes.SOUTH} have moves"
    )


def test_parties_differ_in_line_and_letters_as_well_as_in_colour(context: Context) -> None:
    figure = graph.state_graph(context)
    assert figure is not None
    drawing: Any = figure.drawing
    n = len(drawing.movers)
    assert len(set(drawing.codes)) == n
    assert len({look.hue(k) for k in range(n)}) == n
    assert len({tuple(look.dash(k)) for k in range(n)}) == n


def test_no_party_is_red_or_green() -> None:
    for hue in look.HUES:
        red, green, blue = (int(hue[k : k + 2], 16) for k in (1, 3, 5))
        assert not (red > 150 and green < 90 and blue < 90)
        assert not (green > red + 40 and green > blue + 40)


def test_roles_are_told_by_shape(context: Context) -> None:
    figure = graph.state_graph(context)
    assert figure is not None
    kinds = {n.state: (n.kind, n.holds) for n in figure.drawing.nodes}  # type: ignore[attr-defined]
    assert kinds == {
        "s1": ("status quo", "all"),
        "s2": ("another state", ""),
        "s3": ("another state", "all"),
        "s4": ("where a proposal leads", "some"),
    }


def chain(n: int) -> StatesResult:
    """A long row of states, each better for the north than the one before."""
    names = tuple(f"s{k + 1}" for k in range(n))
    return replace(
        fakes.STATES_RESULT,
        states=names,
        values=tuple({"truce": "none", "departure": "no"} for _ in names),
        ranks={"north": tuple(range(n, 0, -1)), "south": tuple(1 for _ in names)},
        moves=tuple(StateMove(("north",), a, b) for a in names for b in names if a != b),
    )


def test_a_large_case_shows_what_matters_and_says_so() -> None:
    states = chain(DRAWN + 20)
    stability = replace(fakes.stability(), states=states.states)
    found = relevant(states, stability, fakes.DEALS)
    assert not found.whole
    assert len(found.names) <= MOST
    assert {"s1", "s3", "s4"} <= set(found.names)
    assert states.states[-1] in found.names  # where the north would go on to
    context = Context(fakes.opened(states=states, stability=stability))
    figure = graph.state_graph(context)
    assert figure is not None
    assert f"of {DRAWN + 20} states" in plain(figure.note)


def test_a_crowded_graph_draws_only_what_can_be_read() -> None:
    states = chain(DRAWN)
    context = Context(fakes.opened(states=states, stability=replace(fakes.stability(), states=states.states)))
    scope = graph.scope_of(context)
    assert len(scope.drawn) <= graph.LEGIBLE
    assert scope.left_out == len(scope.steps) - len(scope.drawn)
    assert CHOSEN <= MOST <= DRAWN


POINTS = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@given(POINTS, POINTS, st.floats(0, 1))
def test_an_arrow_runs_from_node_to_node_without_touching_them(
    start: tuple[float, float], end: tuple[float, float], bend: float
) -> None:
    curve = bent(start, end, bend)
    lengths = [((x - start[0]) ** 2 + (y - start[1]) ** 2) ** 0.5 for x, y in (curve[0], curve[-1])]
    assert lengths[0] <= lengths[1] + 1e-6 or start == end
    assert all(abs(v) < 1e4 for point in curve for v in point)


@given(st.text(max_size=300))
def test_a_box_holds_its_text_in_few_lines(text: str) -> None:
    lines = Box("k", text, "sourced").lines
    assert 1 <= len(lines) <= MOST_LINES
    assert all(len(line) <= CHARACTERS + 2 for line in lines)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
    ],
)
def test_a_date_is_as_exact_as_it_is_written(text: str, first: date, last: date) -> None:
    found = when(text)
    assert found is not None
    assert (found.first, found.last) == (first, last)


@given(st.text(max_size=12))
def test_what_is_no_date_stays_open(text: str) -> None:
    found = when(text)
    assert found is None or found.first is None or found.last is None or found.first <= found.last


@pytest.mark.parametrize("text", [None, "", "2024-13", "2024-02-30", "0000-01", "last week"])
def test_impossible_dates_are_no_dates(text: str | None) -> None:
    assert when(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 30000))
def test_the_time_axis_is_marked_a_few_times_within_its_span(first: date, days: int) -> None:
    last = date.fromordinal(min(first.toordinal() + days, date.max.toordinal()))
    found = ticks(first, last)
    assert 1 <= len(found) <= MOST_TICKS
    assert all(first.toordinal() <= at <= last.toordinal() for at, _ in found)


def test_events_without_a_date_are_told_apart(context: Context) -> None:
    figure = events_of(context)
    assert figure is not None
    assert isinstance(figure.drawing, Timeline)
    assert len(figure.drawing.undated) == 1
    assert "Date not known" in svg(figure)
    assert [plain(r.cells[1].text) for r in figure.table.rows][-1] == "not known"
