"""The change note: what is answered otherwise, by which changes, and what has stayed."""

from __future__ import annotations

import pytest

from accordant.brief.document import plain
from accordant.brief.kinds import NothingToTellError
from tests.brief.kinds import papers

KIND = "changes"


def test_it_fills_two_pages_at_most() -> None:
    assert papers.pages(papers.january(KIND)) <= 2


def test_it_tells_how_much_changed_and_what_it_came_to() -> None:
    said = " ".join(papers.texts(papers.january(KIND).sections[0]))
    assert "Since the version “before” (30 January 2024) one change to the case was made." in said


def test_every_change_has_a_number_and_reads_as_words() -> None:
    rows = papers.table(papers.january(KIND), "changed-list").rows
    assert [papers.cell(row.cells[0].text) for row in rows] == ["1"]
    assert "is retracted now" in papers.cell(rows[0].cells[2].text)


def test_what_moved_is_not_told_as_unchanged() -> None:
    found = papers.january(KIND)
    stayed = [s for s in found.sections if s.id == "stayed"]
    moved = [b for b in found.blocks() if b.id == "changed-answers"]
    says = " ".join(text for s in stayed for text in papers.texts(s))
    for row in moved[0].rows if moved else ():  # type: ignore[union-attr]
        assert plain(row.cells[0].text).removeprefix("Whether ") not in says


def test_without_a_version_it_says_how_to_keep_one() -> None:
    with pytest.raises(NothingToTellError, match="accordant freeze CASE"):
        papers.paper("labour", KIND)
