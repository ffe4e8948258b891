"""What the answers rest on, in the brief: what falls first, the widths of lines, what switches leave."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

import accordant
from accordant.brief.context import Context
from accordant.brief.document import Table, plain
from accordant.brief.figures.layers import reliance_figure
from accordant.brief.figures.layers_chart import HEAVY, THIN, WIDER
from accordant.brief.figures.render import svg
from accordant.brief.parts.reliance import section
from accordant.brief.parts.switches import points_table, switches_table
from accordant.case.switches import Switch
from accordant.errors import InputError
from accordant.reliance import Rest, Status
from accordant.reliance.result import RestsResult
from tests.brief import fakes

CASES = Path(__file__).parents[2] / "cases"


@pytest.fixture(scope="module")
def river() -> Context:
    return Context(accordant.load(CASES / "river"))


def said(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[plain(cell.text) for cell in row.cells] for row in table.rows]


def drawing(context: Context) -> Any:
    figure = reliance_figure(context)
    assert figure is not None
    return figure.drawing


def context(rests: RestsResult, **case: Any) -> Context:
    return Context(fakes.opened(fakes.case(**case) if case else None, rests=rests))


def test_single_points_of_failure_come_first_origins_before_assumptions(river: Context) -> None:
    blocks = section(river).blocks
    ids = [block.id for block in blocks]
    assert ids[:2] == ["rests-say", "rests-points"]
    assert ids.index("rests-points") < ids.index("rests-figure") < ids.index("rests-switches")
    rows = said(points_table(river))
    assumed = [row[0].startswith("the assumption") for row in rows]
    assert assumed == sorted(assumed)


def test_unnamed_people_are_named_as_such_with_what_falls_without_them() -> None:
    (spokesman, two) = said(points_table(context(fakes.RESTS)))
    assert two == [
        "two people familiar with the talks (unnamed) [1]",
        "1 of 9",
        "offer-1 is acceptable to Northern Council",
    ]
    assert spokesman[:2] == ["A. Spokesman [2]", "2 of 9"]


def test_where_nothing_falls_alone_there_is_no_table_of_it() -> None:
    rests = tuple(replace(r, without=dict.fromkeys(r.without, r.status)) for r in fakes.RESTS.conclusions)
    assert points_table(context(replace(fakes.RESTS, conclusions=rests))) is None


def without(rest: Rest, river: Context, *taken: str) -> Status:
    result = river.opened.rests([rest.conclusion], without=taken, supports=False)
    return result[rest.conclusion].status


def test_a_line_is_as_wide_as_the_conclusions_that_change_without_what_it_leads_to(river: Context) -> None:
    """Each line against the answers once what is at its right end is taken away."""
    made = drawing(river)
    left = {a for a, _, _ in made.edges}
    elements = {b for a, b, _ in made.edges if a.startswith("c:")}
    main = {key: river.rests[key[2:]] for key in left if key.startswith("c:")}
    uses = {c: {b for a, b, _ in made.edges if a == c} for c in main}
    stands = {e: {b for a, b, _ in made.edges if a == e} for e in elements}
    for a, b, falling in made.edges:
        if b.startswith("e:"):
            assert falling == int(b[2:] in main[a].elements)
            continue
        on = [c for c in main if a in uses[c] or any(a in stands[e] for e in uses[c])]
        changed = [c for c in on if without(main[c], river, b[2:]) != main[c].status]
        assert falling == len(changed)
    assert any(falling for _, _, falling in made.edges)


def test_a_single_point_of_failure_is_marked_in_words_and_by_its_frame(river: Context) -> None:
    made = drawing(river)
    boxes = [box for column in made.columns for box in column]
    single = [box for box in boxes if box.single]
    assert single
    assert all(box.lines[-1] == box.single and "without it" in box.single for box in single)
    picture = "".join(ElementTree.fromstring(svg(reliance_figure(river))).itertext())  # type: ignore[arg-type]
    assert single[0].single in picture
    frames = {row["frame"] for rows in made.spec()["datasets"].values() for row in rows if "frame" in row}
    assert HEAVY in frames


def test_widths_are_drawn_as_counted(river: Context) -> None:
    made = drawing(river)
    widths = {row["width"] for rows in made.spec()["datasets"].values() for row in rows if "width" in row}
    assert widths == {THIN + falling * WIDER for _, _, falling in made.edges}
    assert "http" not in json.dumps(made.spec()["datasets"])


def test_every_line_of_the_picture_is_in_the_table_behind_it(river: Context) -> None:
    figure = reliance_figure(river)
    assert figure is not None
    made = drawing(river)
    drawn = sum(a.startswith("c:") for a, _, _ in made.edges)
    rows = [row for row in figure.table.rows if not row.group]
    assert len(rows) >= drawn
    opens = sum(falling for a, _, falling in made.edges if a.startswith("c:"))
    assert sum(plain(row.cells[1].text) == "open" for row in rows) == opens


SWITCHES = (
    Switch("unnamed", "everybody unnamed", frozenset({"c1"})),
    Switch("side:south", "the claims from the side of south", frozenset({"c2", "c3"})),
    Switch("below:C3", "everything graded below C3", frozenset(), ("c1",)),
    Switch("outlet:Daily", "everything that goes back to Daily", frozenset({"c1"})),
)


def switched(**case: Any) -> Context:
    under: dict[str, dict[str, Status]] = {
        "acceptable(offer-1, north)": {"unnamed": "sometimes", "outlet:Daily": "sometimes"},
        "acceptable(offer-1, south)": {"side:south": "sometimes"},
    }
    rests = tuple(
        replace(r, under={s.id: under.get(r.conclusion, {}).get(s.id, r.status) for s in SWITCHES})
        for r in fakes.RESTS.conclusions
    )
    return context(replace(fakes.RESTS, conclusions=rests, switches=SWITCHES), **case)


def test_switches_stand_beside_the_main_conclusions_with_how_many_answers_open() -> None:
    table = switches_table(switched())
    assert table is not None
    assert [plain(c) for c in table.columns][:3] == [
        "Without",
        "offer-1 is acceptable to Northern Council",
        f"offer-1 is acceptable to {fakes.SOUTH}",
    ]
    rows = said(table)
    assert [row[:3] + row[-1:] for row in rows] == [
        ["everybody unnamed", "open", "unchanged", "1 of 9 open"],
        [f"claims from the side of {fakes.SOUTH}", "unchanged", "open", "1 of 9 open"],
        ["everything graded below C3", "unchanged", "unchanged", "unchanged"],
        ["everything that goes back to Daily", "open", "unchanged", "1 of 9 open"],
    ]
    opens = [" ".join(plain(text) for text in row.cells[0].opens) for row in table.rows]
    assert opens[1] == "Leaves out [2]."  # the third claim is out anyway
    assert opens[2] == "Leaves in, because the case does not tell: [1]."


def test_what_is_asked_for_has_rows_of_its_own_and_one_together() -> None:
    opened = accordant.load(CASES / "games" / "prisoners-dilemma")
    found = opened.rests(trying=["unnamed", "before:1950"])
    assert {"unnamed", "before:1950"} <= set(found.conclusions[0].under)
    brief = opened.brief(without=["assumptions", "before:1950"])
    table = next(b for b in brief.blocks() if isinstance(b, Table) and b.id == "rests-switches")
    assert [row[0] for row in said(table)][-2:] == [
        "everything reported before 1950",
        "every assumption and everything reported before 1950",
    ]
    with pytest.raises(InputError, match="before:YYYY"):
        opened.brief(without=["before:then"])


def test_where_nobody_unnamed_is_needed_the_picture_says_which_source_most_need() -> None:
    rests = tuple(
        replace(r, without_unnamed=r.status, without={**r.without, "c1": r.status, "two": r.status})
        for r in fakes.RESTS.conclusions
    )
    figure = reliance_figure(context(replace(fakes.RESTS, conclusions=rests)))
    assert figure is not None
    said = plain(figure.finding)
    assert said.startswith("None of the main conclusions needs an unnamed source; one of ")
    assert said.endswith("needs A. Spokesman")
