"""Judgements of others in the brief: their words, the yardstick, and what came of them."""

from __future__ import annotations

from pathlib import Path

import pytest

import accordant
from accordant.brief.document import Table, plain

CASE = """\
title: t
as_of: 2030-05-01
parties: {a: {}, b: {}}
issues: {x: {by: a}}
status_quo: {x: no}
preferences: {a: {priorities: [x]}, b: {priorities: [x]}}
proposals: {p: {by: a, package: {x: yes}}}
"""
BANDED = "judgements: {j1: {by: R, question: Will it hold?, likelihood: good odds, band: likely}}\n"
SETTLED = (
    "judgements: {j1: {by: R, about: agreement-exists, likelihood: hardly, "
    "outcome: {came: no, date: 2030-06, says: The talks ended}}}\n"
)


def tables(folder: Path, judgements: str) -> dict[str, Table]:
    (folder / "case.yaml").write_text(CASE + judgements, encoding="utf-8")
    section = next(s for s in accordant.load(folder).brief().sections if s.id == "others")
    return {block.id: block for block in section.blocks if isinstance(block, Table)}


def test_a_word_on_the_yardstick_brings_the_yardstick_with_it(tmp_path: Path) -> None:
    found = tables(tmp_path, BANDED)
    cells = [plain(cell.text) for cell in found["others-table"].rows[0].cells]
    assert cells[1] == "Will it hold?"
    assert "“good odds”" in cells[2]
    assert "on the yardstick: likely" in cells[2]
    assert cells[3] == "not asked of the model"
    steps = [plain(row.cells[0].text) for row in found["others-yardstick"].rows]
    assert steps[0] == "almost no chance"
    assert "likely" in steps


@pytest.mark.parametrize(("judgements", "there"), [(BANDED, False), (SETTLED, True)])
def test_what_came_of_it_has_a_column_where_something_did(
    tmp_path: Path, judgements: str, there: bool
) -> None:
    table = tables(tmp_path, judgements)["others-table"]
    heads = [plain(column) for column in table.columns]
    assert ("What came of it" in heads) is there
    if there:
        came = plain(table.rows[0].cells[heads.index("What came of it")].text)
        assert came == "Did not (2030-06)\nThe talks ended"


def test_no_yardstick_is_printed_where_no_word_is_on_it(tmp_path: Path) -> None:
    assert "others-yardstick" not in tables(tmp_path, SETTLED)
