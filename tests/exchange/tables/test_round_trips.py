"""Whatever a case holds, its tables give back: unchanged where nothing was edited, edited where it was."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.patch import same
from accordant.case.repair import validate
from accordant.case.sources import Sources
from accordant.case.tidy import tidy
from accordant.exchange.tables import case_tables
from accordant.exchange.tables.export import plain_of
from accordant.exchange.tables.importing import SOURCES, Merging
from accordant.exchange.tables.quirks import as_it_was
from accordant.exchange.tables.reading import read_tables
from tests.exchange.tables.random_tables import cases

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Two whole cases take minutes to be made smaller; a failing pair is shown as it was found."""
ROOT = Path(__file__).parents[3]
SHIPPED = sorted(path.parent for path in (ROOT / "cases").rglob("case.yaml"))


def put_into(case: Case, edited: Case, *, workbook: bool) -> tuple[Case, Merging]:
    """The case with the tables of another put into it, unchecked."""
    with tempfile.TemporaryDirectory() as room:
        made = case_tables(edited).write(Path(room) / ("t.xlsx" if workbook else "t"))
        found = read_tables(made)
        if case is not edited:  # as by hand: every difference is an edit
            found.about.clear()
        merging = Merging(CaseFolder(Path(room), case), found)
        data = merging.build()
    assert not merging.work.wrong
    assert not merging.problems
    assert not merging.found.wrong
    main = validate(Case, tidy({k: v for k, v in data.items() if k not in SOURCES}))
    sources = validate(Sources, tidy({k: data[k] for k in SOURCES if k in data}))
    assert not main.findings, main.findings
    assert not sources.findings
    assert main.value is not None
    return main.value.model_copy(update={"sources": sources.value}), merging


@settings(max_examples=15, deadline=None, phases=QUICK)
@given(cases(), st.booleans())
def test_tables_that_nobody_edited_change_nothing(case: Case, workbook: bool) -> None:
    found, merging = put_into(case, case, workbook=workbook)
    assert same(found, case)
    assert plain_of(found) == plain_of(case)
    assert merging._changes() == []
    assert merging._stale() is False


@settings(max_examples=20, deadline=None, phases=QUICK)
@given(cases(), cases(), st.booleans())
def test_the_tables_of_an_edited_case_make_the_edited_case(old: Case, new: Case, workbook: bool) -> None:
    found, merging = put_into(old, new, workbook=workbook)
    assert meant(plain_of(found), plain_of(new))
    assert list(found.parties) == list(new.parties)
    assert bool(merging._changes()) == (not same(old, found))
    assert not merging.conflicts


def meant(one: Any, other: Any) -> bool:
    """Whether two parts are equal but for blanks and zeros that spreadsheet programs add and take."""
    if isinstance(one, dict) or isinstance(other, dict):
        left, right = (part if isinstance(part, dict) else {} for part in (one, other))
        return all(meant(left.get(key, ""), right.get(key, "")) for key in {**left, **right})
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(meant, one, other))
    return as_it_was(str(one), str(other))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_tables_of_every_shipped_case_change_nothing(path: Path, tmp_path: Path) -> None:
    opened = accordant.load(path)
    for place in (tmp_path / "t.xlsx", tmp_path / "t"):
        found = opened.merge(case_tables(opened.case).write(place))
        assert found.changes == ()
        assert found.case is opened.case
        assert found.stale is False
        assert found.apply().written == ()
