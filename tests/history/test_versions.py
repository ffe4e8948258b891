"""Versions of a case: written once and whole, found again, and told apart from what is damaged."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.digest import digest
from accordant.errors import AccordantError, CaseError, FailedError, InputError
from accordant.history.log import answers_differ
from accordant.history.versions import VersionFile, check_id, natural, read_version, versions_of
from accordant.history.versions_freezing import FreezeResult, freeze
from accordant.history.versions_verifying import verified
from accordant.opened import OpenCase
from tests.case.casefiles import folder

START = datetime(2024, 2, 1, 12, tzinfo=UTC)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return folder(tmp_path / "talks")


def frozen(path: Path, hours: int = 0, **said: Any) -> FreezeResult:
    opened: OpenCase = accordant.load(path)
    at = START + timedelta(hours=hours)
    few = ["agreement(offer-1)", "agreement-exists"]  # what is kept is looked at in a test of its own
    return freeze(
        opened.folder, opened.compiler, lambda: opened.rests(few, supports=False), opened.deals, at=at, **said
    )


def edit(path: Path, old: str, new: str, name: str = "case.yaml") -> None:
    text = (path / name).read_text(encoding="utf-8")
    assert old in text
    (path / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def files(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in sorted(path.rglob("*")) if p.is_file()}


def test_a_version_keeps_the_files_as_they_are_and_touches_nothing_else(case: Path) -> None:
    (case / "review.yaml").write_text("# nothing decided yet\n", encoding="utf-8")
    before = files(case)
    result = frozen(case, by="N. N.")
    assert (result.made, result.version.id, result.version.parent) == (True, "2024-01-30", None)
    after = files(case)
    assert {name: after[name] for name in before} == before
    made = {name for name in after if name not in before}
    room = "versions/2024-01-30"
    assert made == {
        f"{room}/{name}"
        for name in ("case.yaml", "claims.yaml", "review.yaml", "answers.json", "version.yaml")
    }
    for name in ("case.yaml", "claims.yaml", "review.yaml"):
        assert after[f"{room}/{name}"] == before[name]
    assert set(result.version.files) == {
        "case.yaml",
        "claims.yaml",
        "review.yaml",
        "answers.json",
        "reports/r1.txt",
    }


def test_the_case_reads_back_as_it_was(case: Path) -> None:
    was = accordant.load(case).case
    frozen(case)
    edit(case, "want: departure", "want: not departure")
    (one,) = versions_of(case).found
    assert one.case() == was
    assert one.about is not None
    assert one.about.case == digest(was)
    again = accordant.load(case / "versions" / "2024-01-30")
    assert again.case == was
    assert not again.problems


def test_freezing_an_unchanged_case_writes_nothing(case: Path) -> None:
    frozen(case)
    before = files(case)
    again = frozen(case, 1)
    assert (again.made, again.version.id) == (False, "2024-01-30")
    assert "nothing has changed since the version 2024-01-30" in again.says
    assert files(case) == before


def test_the_day_is_numbered_where_it_is_taken_and_sorted_as_a_number(case: Path) -> None:
    for k in range(11):
        edit(case, "title: Leaders' departure", f"title: Leaders' departure {k}")
        frozen(case)  # at the same moment, and still each after the one before
    ids = [one.id for one in versions_of(case).found]
    assert ids == ["2024-01-30", *(f"2024-01-30-{k}" for k in range(2, 12))]
    assert sorted(ids, key=natural) == ids


@pytest.mark.parametrize(
    ("as_of", "id_"),
    [
        ("2024-01", "2024-01"),
        ("2024-01/2024-02-03", "2024-02-03"),
        ("2024-02/..", "2024-02-01"),
    ],
)
def test_a_date_that_is_a_span_gives_a_name_without_a_stroke(case: Path, as_of: str, id_: str) -> None:
    edit(case, "as_of: 2024-01-30", f"as_of: {as_of}")
    assert frozen(case).version.id == id_


def test_a_case_without_a_date_is_named_by_the_day(case: Path) -> None:
    edit(case, "as_of: 2024-01-30\n", "")
    assert frozen(case).version.id == "2024-02-01"


def test_versions_follow_each_other_whatever_the_clock_says(case: Path) -> None:
    frozen(case, hours=5, id_="first")
    edit(case, "want: departure", "want: not departure")
    result = frozen(case, hours=-5, id_="second")
    assert result.version.parent == "first"
    assert [one.id for one in versions_of(case).found] == ["first", "second"]


def test_a_name_is_never_used_twice(case: Path) -> None:
    frozen(case, id_="Before")
    edit(case, "want: departure", "want: not departure")
    with pytest.raises(InputError, match="never written again"):
        frozen(case, id_="before")


@pytest.mark.parametrize("name", ["", "..", "a/b", "now", "-x", ".x", "x.", "a b", "x" * 81, "é"])
def test_names_that_are_no_folder_everywhere_are_refused(name: str, case: Path) -> None:
    with pytest.raises(InputError, match="cannot name a version"):
        frozen(case, id_=name)
    assert not (case / "versions").exists()


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,30}[A-Za-z0-9]", fullmatch=True))
@settings(max_examples=30)
def test_plain_names_are_taken(name: str) -> None:
    assert name == "now" or check_id(name) == name


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"direction": "toward"}, "needs its reason"),
        ({"direction": "toward", "because": "  "}, "needs its reason"),
        ({"because": "They met."}, "--direction toward"),
        ({"direction": "up", "because": "They met."}, "allowed: toward, away, none"),
    ],
)
def test_a_direction_needs_its_reason(case: Path, said: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        frozen(case, **said)
    assert not (case / "versions").exists()


def test_a_direction_is_kept_with_its_reason(case: Path) -> None:
    frozen(case, direction="away", because="The Council\nwithdrew its envoy.")
    about = versions_of(case).found[0].about
    assert about is not None
    assert (about.direction, about.because) == ("away", "The Council withdrew its envoy.")


def test_a_file_that_changed_since_it_was_read_is_not_frozen(case: Path) -> None:
    opened = accordant.load(case)
    edit(case, "want: departure", "want: not departure")
    with pytest.raises(FailedError, match="changed since the case was read"):
        opened.freeze()
    assert not (case / "versions").exists()


def test_what_cannot_be_written_leaves_nothing(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("accordant.case.writer.os.replace", refuse)
    with pytest.raises(FailedError, match="No space left"):
        frozen(case)
    monkeypatch.undo()
    assert not any((case / "versions").iterdir())
    assert frozen(case).made


# What a version can be opened for


def test_a_version_is_never_changed_and_never_frozen_itself(case: Path) -> None:
    frozen(case)
    old = accordant.load(case / "versions" / "2024-01-30")
    changed = old.case.model_copy(update={"title": "another"})
    before = files(case)
    with pytest.raises(InputError, match="never written again"):
        old.folder.save(changed)
    with pytest.raises(InputError, match="is a version itself"):
        old.freeze()
    assert files(case) == before


def test_a_version_can_be_saved_as_a_case_of_its_own(case: Path, tmp_path: Path) -> None:
    frozen(case)
    old = accordant.load(case / "versions" / "2024-01-30")
    made = old.folder.save(path=tmp_path / "copy")
    assert accordant.load(made.path).case == old.case
    assert (tmp_path / "copy" / "reports" / "r1.txt").is_file()


def test_a_copy_of_a_case_leaves_its_versions_behind(case: Path, tmp_path: Path) -> None:
    frozen(case)
    accordant.load(case).folder.save(path=tmp_path / "copy")
    assert not (tmp_path / "copy" / "versions").exists()
    assert not accordant.load(tmp_path / "copy").log().entries


def test_a_case_with_versions_is_a_case_like_any_other(case: Path, tmp_path: Path) -> None:
    frozen(case)
    assert accordant.check(case) == accordant.check(folder(tmp_path / "bare"))
    assert accordant.load(case).rests(supports=False).conclusions


# What is damaged


def spoil(case: Path, how: str) -> None:
    room = case / "versions" / "2024-01-30"
    if how == "no version.yaml":
        (room / "version.yaml").unlink()
    elif how == "not YAML":
        (room / "version.yaml").write_text("a: [", encoding="utf-8")
    elif how == "a list":
        (room / "version.yaml").write_text("- a\n", encoding="utf-8")
    elif how == "binary":
        (room / "version.yaml").write_bytes(b"\0\1\2")
    elif how == "unknown key":
        text = (room / "version.yaml").read_text(encoding="utf-8")
        (room / "version.yaml").write_text(text + "colour: red\n", encoding="utf-8")
    elif how == "renamed":
        room.rename(room.with_name("other"))
    elif how == "no case":
        (room / "case.yaml").unlink()
    elif how == "a folder":
        (room / "version.yaml").unlink()
        (room / "version.yaml").mkdir()
    elif how == "foreign":
        shutil.rmtree(room)
        room.mkdir()
        (room / "readme.txt").write_text("not a version", encoding="utf-8")


DAMAGE = [
    "no version.yaml",
    "not YAML",
    "a list",
    "binary",
    "unknown key",
    "renamed",
    "no case",
    "a folder",
    "foreign",
]


@pytest.mark.parametrize("how", DAMAGE)
def test_a_damaged_version_is_said_and_stops_nothing(case: Path, how: str) -> None:
    frozen(case)
    spoil(case, how)
    opened = accordant.load(case)
    result = opened.log(verify=True)
    assert not result.entries
    assert len(result.problems) >= 1
    assert not result.sound
    assert all(str(p).startswith("versions/") for p in result.problems)
    with pytest.raises(CaseError):
        opened.diff("other" if how == "renamed" else "2024-01-30")
    with pytest.raises(InputError, match="no versions yet"):
        opened.diff()
    again = opened.freeze()
    assert again.made
    assert again.version.parent is None


def test_a_case_in_a_version_that_is_wrong_is_an_error_not_a_crash(case: Path) -> None:
    frozen(case)
    (case / "versions" / "2024-01-30" / "case.yaml").write_text("title: [", encoding="utf-8")
    opened = accordant.load(case)
    assert opened.log().entries
    with pytest.raises(AccordantError):
        opened.diff()


def test_verifying_names_every_file_that_is_not_as_it_was(case: Path) -> None:
    frozen(case)
    edit(case, "want: departure", "want: not departure")
    frozen(case, 1, id_="later")
    assert verified(case, versions_of(case)) == {"2024-01-30": (), "later": ()}
    room = case / "versions" / "2024-01-30"
    kept = files(room)
    for name in kept:
        if name != "version.yaml":
            (room / name).write_bytes(kept[name] + b"\n")
            assert (
                f"versions/2024-01-30/{name} is not as it was"
                in verified(case, versions_of(case))["2024-01-30"]
            )
            (room / name).write_bytes(kept[name])
    edit(room, "program:", "note: added later\nprogram:", "version.yaml")
    assert verified(case, versions_of(case))["2024-01-30"] == (
        "versions/2024-01-30/version.yaml is not as it was",
    )
    (room / "version.yaml").write_bytes(kept["version.yaml"])
    (room / "more.txt").write_text("x", encoding="utf-8")
    assert verified(case, versions_of(case))["2024-01-30"] == (
        "versions/2024-01-30/more.txt is no part of the version",
    )
    (room / "more.txt").unlink()
    report = (case / "reports" / "r1.txt").read_bytes()
    (case / "reports" / "r1.txt").write_bytes(report + b"x")
    found = verified(case, versions_of(case))
    assert found == dict.fromkeys(("2024-01-30", "later"), ("reports/r1.txt is not as it was",))
    (case / "reports" / "r1.txt").unlink()
    assert all("no such file" in said for (said,) in verified(case, versions_of(case)).values())
    (case / "reports" / "r1.txt").write_bytes(report)
    shutil.rmtree(room)
    assert verified(case, versions_of(case))["later"] == (
        "the version before it, 2024-01-30, is gone or damaged",
    )


def test_a_version_rewritten_with_hashes_that_fit_breaks_the_chain(case: Path) -> None:
    frozen(case)
    edit(case, "want: departure", "want: not departure")
    frozen(case, 1, id_="later")
    room = case / "versions" / "2024-01-30"
    about = read_version(room).about
    assert about is not None
    forged = about.model_copy(update={"by": "somebody else"})
    forged = forged.model_copy(update={"seal": forged.sealed()})
    from accordant.history.versions import as_file

    (room / "version.yaml").write_bytes(as_file(forged))
    assert verified(case, versions_of(case)) == {
        "2024-01-30": (),
        "later": ("the version before it, 2024-01-30, is not as it was",),
    }


def test_what_depends_on_nothing_changes_the_digest_of_no_answer(case: Path) -> None:
    one = frozen(case, id_="one").version
    edit(case, "parties:", "# a comment\nparties:")
    two = frozen(case, 1, id_="two").version
    assert (one.digest, one.case) == (two.digest, two.case)
    edit(case, "want: departure", "want: not departure")
    three = frozen(case, 2, id_="three").version
    assert three.digest != two.digest


def test_the_answers_of_the_day_are_kept(case: Path) -> None:
    opened = accordant.load(case)
    opened.freeze()
    kept = json.loads((case / "versions" / "2024-01-30" / "answers.json").read_text(encoding="utf-8"))
    told = {r["conclusion"]: (r["status"], r["supports"]) for r in kept["conclusions"]}
    rests = opened.rests().conclusions
    assert told == {r.conclusion: (r.status, [list(s) for s in r.supports]) for r in rests}
    assert answers_differ(kept, kept) == (0, len(rests))
    assert versions_of(case).found[0].about == VersionFile.model_validate(
        versions_of(case).found[0].about.model_dump()  # type: ignore[union-attr]
    )
