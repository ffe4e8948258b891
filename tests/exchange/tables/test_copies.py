"""Another copy of the case, merged: from the last version that both have, or every difference in sight."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

import accordant
from accordant.errors import InputError
from accordant.opened import OpenCase

ROOT = Path(__file__).parents[3]


@pytest.fixture
def mine(tmp_path: Path) -> OpenCase:
    return accordant.load(shutil.copytree(ROOT / "cases" / "labour", tmp_path / "mine"))


def copy_of(opened: OpenCase) -> Path:
    return Path(shutil.copytree(opened.path, opened.path.parent / "theirs"))


def edit(folder: Path, old: str, new: str, file: str = "case.yaml") -> OpenCase:
    place = folder / file
    text = place.read_text(encoding="utf-8")
    assert old in text
    place.write_text(text.replace(old, new, 1), encoding="utf-8")
    return accordant.load(folder)


def test_copies_with_a_version_in_common_merge_like_edited_tables(mine: OpenCase) -> None:
    mine.freeze(by="me")
    theirs = copy_of(mine)
    edit(theirs, "Portside Workers' Union", "Dock union")
    edit(theirs, "name: The membership", "name: Members")
    later = edit(mine.path, "Kestrel Terminals", "Kestrel Ports")
    found = later.merge(theirs)
    assert [(c.row, c.new) for c in found.changes] == [("union", "Dock union"), ("members", "Members")]
    assert (found.conflicts, found.kept, found.notes) == ((), 1, ())
    both = edit(mine.path, "name: The membership", "name: The rank and file")
    assert [(c.address, c.before, c.file) for c in both.merge(theirs / "case.yaml").conflicts] == [
        ("parties.members.name", "The membership", "Members")
    ]
    both.merge(theirs, ["file"]).apply()
    names = {p: one.name for p, one in accordant.load(mine.path).case.parties.items()}
    assert (names["union"], names["company"], names["members"]) == ("Dock union", "Kestrel Ports", "Members")


def test_copies_without_a_version_in_common_show_every_difference(mine: OpenCase) -> None:
    theirs = copy_of(mine)
    edit(theirs, "Portside Workers' Union", "Dock union")
    found = mine.merge(theirs)
    assert [(c.address, c.before) for c in found.conflicts] == [("parties.union.name", "(not known)")]
    assert "no version in common" in found.notes[0]
    assert mine.merge(theirs, ["file"]).case.parties["union"].name == "Dock union"


def test_what_stands_in_no_table_is_named(mine: OpenCase) -> None:
    theirs = copy_of(mine)
    edit(theirs, "title: Dock workers'", "title: Harbour workers'")
    assert any("not merged" in note and "title" in note for note in mine.merge(theirs).notes)


def test_new_reports_come_along_with_their_files(mine: OpenCase) -> None:
    theirs = copy_of(mine)
    report = theirs / "reports" / "new.txt"
    report.write_text("The office said on Monday that it would wait.", encoding="utf-8")
    sha = hashlib.sha256(report.read_bytes()).hexdigest()
    place = theirs / "claims.yaml"
    text = place.read_text(encoding="utf-8")
    entry = f"reports:\n  fresh: {{file: reports/new.txt, sha256: {sha}}}"
    place.write_text(text.replace("reports:", entry, 1), encoding="utf-8")
    claim = "{report: fresh, quote: it would wait, at: [31, 44], says: It waits, kind: position, by: office}"
    edit(theirs, "\nclaims:", f"\nclaims:\n  n1: {claim}", "claims.yaml")
    found = mine.merge(theirs)
    assert [(c.kind, c.sheet, c.row) for c in found.changes] == [
        ("added", "claims", "n1"),
        ("added", "reports", "fresh"),
    ]
    done = found.apply()
    assert (mine.path / "reports" / "new.txt").read_bytes() == report.read_bytes()
    assert str(mine.path / "reports" / "new.txt") in done.written
    assert accordant.load(mine.path).case.claims["n1"].quote == "it would wait"


def test_restricted_claims_are_merged_and_told_without_their_words(mine: OpenCase) -> None:
    edit(mine.path, "\n  l1:", "\n  l1:\n    handling: restricted", "claims.yaml")
    mine = accordant.load(mine.path)
    theirs = copy_of(mine)
    says = mine.case.claims["l1"].says
    edit(theirs, says, "Quite another thing", "claims.yaml")
    found = mine.merge(theirs, ["file"])
    assert found.case.claims["l1"].says == "Quite another thing"
    told = str(found.to_json())
    assert "Quite another thing" not in told
    assert says not in told
    assert "restricted, withheld" in told


def test_the_case_itself_is_no_copy(mine: OpenCase) -> None:
    with pytest.raises(InputError, match="is the case itself"):
        mine.merge(mine.path)
