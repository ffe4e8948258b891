from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case import writer
from accordant.case.edits import Lines, apply
from accordant.case.emit import document, scalar
from accordant.case.files import Source
from accordant.case.folder import CaseFolder, Written, read_folder
from accordant.case.objects import Case, Line, Party, Proposal
from accordant.case.patch import Patch, same
from accordant.case.saving import save
from accordant.case.sources import Report, Sources
from accordant.case.tidy import tidy
from accordant.case.tree import grow, plain
from accordant.errors import FailedError, InputError
from tests.case.casefiles import CASE, CLAIMS, folder, swapped
from tests.case.written import CASES, WORDS, texts


def read(text: str) -> Case:
    tree, problems = grow(text, "case.yaml")
    assert tree is not None
    assert not problems, text
    data = plain(tree)
    assert isinstance(data, dict)
    return Case.model_validate(tidy(data))


def patched(text: str, old: Case, new: Case) -> str | None:
    tree, _ = grow(text, "case.yaml")
    assert tree is not None
    patch = Patch(text)
    return apply(text, patch.edits) if patch.file(old, new, tree) else None


def top_parts(text: str) -> dict[str, str]:
    """Every top-level entry as it is written, from its key to the end of its value."""
    tree, _ = grow(text, "case.yaml")
    lines = Lines(text)
    return {e.key: text[e.at.start : lines.end_of(e)] for e in getattr(tree, "entries", [])}


# Properties


@given(st.data())
def test_what_is_written_in_any_legal_way_reads_the_same(data: st.DataObject) -> None:
    case = data.draw(CASES)
    assert read(data.draw(texts(st.just(case)))) == Case.model_validate(case)


@given(CASES)
def test_a_case_without_a_file_is_written_so_that_it_reads_back(data: dict[str, Any]) -> None:
    case = Case.model_validate(data)
    assert same(read(document(case)), case)


@given(texts())
def test_saving_an_unchanged_case_changes_no_byte(text: str) -> None:
    case = read(text)
    assert patched(text, case, read(text)) == text


@settings(max_examples=150)
@given(st.data())
def test_any_change_reads_back_and_leaves_the_rest_alone(data: st.DataObject) -> None:
    first = data.draw(CASES)
    text = data.draw(texts(st.just(first)))
    second = dict(first)
    for key, value in data.draw(CASES).items():
        if data.draw(st.booleans()):
            second[key] = value
    if second.get("issues") and data.draw(st.booleans()):
        second["issues"] = dict(list(second["issues"].items())[:-1])
    old, new = read(text), Case.model_validate(second)
    result = patched(text, old, new)
    assert result is not None
    assert same(read(result), new)
    before, after = top_parts(text), top_parts(result)
    for key, part in before.items():
        if first.get(key) == second.get(key) and key in second:
            assert after[key] == part


@given(st.data())
def test_a_change_in_one_line_of_a_list_leaves_the_other_lines_alone(data: st.DataObject) -> None:
    from tests.case.written import LINES

    lines = data.draw(st.lists(LINES, min_size=2, max_size=5))
    case = {"title": "t", "parties": {"a": {}}, "preferences": {"a": {"priorities": lines}}}
    text = data.draw(texts(st.just(case)))
    at = data.draw(st.integers(0, len(lines)))
    new_lines = [*lines[:at], {"want": "a line that is new"}, *lines[at:]]
    new = Case.model_validate({**case, "preferences": {"a": {"priorities": new_lines}}})
    result = patched(text, read(text), new)
    assert result is not None
    assert same(read(result), new)
    assert [k for k in range(50) if f"# remark {k}," in text] == [
        k for k in range(50) if f"# remark {k}," in result
    ]


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | WORDS, st.sampled_from(["", "'", '"'])
)
def test_any_text_is_written_so_that_it_reads_back(text: str, style: str) -> None:
    for written in (f"k: {scalar(text, style)}\n", f"k: [{scalar(text, style, inside=True)}]\n"):
        tree, problems = grow(written, "")
        value = plain(tree)["k"] if tree else None  # type: ignore[call-overload,index]
        assert (problems, value) == ([], text if written[3] != "[" else [text])


# Examples


def changed(room: Path, case: str, change: dict[str, Any], claims: str = CLAIMS) -> str:
    before = read_folder(folder(room, case, claims))
    before.save(before.case.model_copy(update=change))
    assert read_folder(room).case == before.case.model_copy(update=change)
    return (room / "case.yaml").read_bytes().decode()


def test_only_the_changed_words_change(tmp_path: Path) -> None:
    odd = swapped(
        CASE, ("title: Leaders' departure, as part of a ceasefire", 'title:   "Leaders\'  exit"  # working')
    )
    assert changed(tmp_path, odd, {"title": "Exit"}) == swapped(odd, ('"Leaders\'  exit"', '"Exit"'))


def test_windows_line_ends_stay(tmp_path: Path) -> None:
    old = CASE.replace("\n", "\r\n")
    parties = {**read_folder(folder(tmp_path)).case.parties, "un": Party(role="observer")}
    text = changed(tmp_path, old, {"parties": parties})
    assert text == swapped(old, ("of: north}\r\n", "of: north}\r\n  un: {role: observer}\r\n"))


def test_a_byte_order_mark_stays(tmp_path: Path) -> None:
    text = changed(tmp_path, "\ufeff" + CASE, {"title": "Exit"})
    assert text.startswith("\ufeffaccordant: 1\ntitle: Exit\n")


def test_a_line_is_put_in_where_it_belongs_with_the_comments_around_it(tmp_path: Path) -> None:
    odd = swapped(
        CASE,
        ("      - {want: truce = lasting", "      # the second\n      - {want: truce = lasting"),
        ("to end}\n", "to end}   # a guess\n"),
    )
    case = read_folder(folder(tmp_path, odd)).case
    south = case.preferences["south"]
    assert south.priorities is not None
    line = Line(want="passage", because=("c1",))
    new = south.model_copy(update={"priorities": (*south.priorities[:1], line, *south.priorities[1:])})
    text = changed(tmp_path, odd, {"preferences": {**case.preferences, "south": new}})
    put_in = "because: [c1]}\n      - {want: passage, because: [c1]}\n      # the second"
    assert text == swapped(odd, ("because: [c1]}\n      # the second", put_in))


def test_a_section_that_was_empty_is_filled_below_its_comment(tmp_path: Path) -> None:
    bare = "title: t\nparties: {a: {}}\nissues: {x: {by: a}}\nproposals:   # none yet\npositions:\n"
    offer = Proposal.model_validate({"package": {"x": "yes"}, "note": "n" * 90})
    text = changed(tmp_path, bare, {"proposals": {"offer-1": offer}}, "claims: {}\n")
    filled = f"proposals:   # none yet\n  offer-1:\n    package: {{x: yes}}\n    note: {'n' * 90}\n"
    assert text == swapped(bare, ("proposals:   # none yet\n", filled))


def test_taking_the_last_of_several_lines_out(tmp_path: Path) -> None:
    case = read_folder(folder(tmp_path)).case
    parties = {k: v for k, v in case.parties.items() if k != "street"}
    text = changed(tmp_path, CASE, {"parties": parties})
    assert text == swapped(
        CASE, ("  street: {name: Families of captives, role: constituency, of: north}\n", "")
    )


def test_the_order_of_issues_is_part_of_the_case(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    issues = dict(reversed(before.case.issues.items()))
    before.save(before.case.model_copy(update={"issues": issues}))
    assert list(read_folder(tmp_path).case.issues) == ["passage", "departure", "truce"]


def test_saving_what_has_not_changed_writes_nothing(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    stamps = [(tmp_path / n).stat().st_mtime_ns for n in ("case.yaml", "claims.yaml")]
    inodes = [(tmp_path / n).stat().st_ino for n in ("case.yaml", "claims.yaml")]
    before.save()
    assert stamps == [(tmp_path / n).stat().st_mtime_ns for n in ("case.yaml", "claims.yaml")]
    assert inodes == [(tmp_path / n).stat().st_ino for n in ("case.yaml", "claims.yaml")]


def test_a_saved_folder_can_be_saved_again(tmp_path: Path) -> None:
    once = read_folder(folder(tmp_path)).save(read_folder(tmp_path).case.model_copy(update={"title": "one"}))
    once.save(once.case.model_copy(update={"title": "two"}))
    assert read_folder(tmp_path).case.title == "two"


def test_new_reports_are_written_with_the_claims_that_quote_them(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    text = "The Front refused.\n"
    report = Report(file="reports/deep/r2.txt", sha256=hashlib.sha256(text.encode()).hexdigest())
    claim = before.case.claims["c1"].model_copy(
        update={"report": "r2", "quote": "The Front refused", "at": (0, 17), "note": "by hand: 'x'"}
    )
    sources = Sources(
        reports={**before.case.reports, "r2": report},
        origins=before.case.origins,
        claims={**before.case.claims, "c2": claim},
    )
    after = before.save(
        before.case.model_copy(update={"sources": sources}), reports={"reports/deep/r2.txt": text.encode()}
    )
    assert read_folder(tmp_path).case == after.case
    written = (tmp_path / "claims.yaml").read_text()
    first, _, rest = CLAIMS.partition("origins:")
    assert written.startswith(first)
    assert rest.rstrip() in written
    assert (tmp_path / "case.yaml").read_text() == CASE


@pytest.mark.parametrize("start", ["# where words come from\n", "# where words come from\n{}  # none yet\n"])
def test_comments_survive_even_in_a_file_that_holds_nothing_else(tmp_path: Path, start: str) -> None:
    bare = "title: t\nparties: {a: {}}\nissues: {x: {by: a}}\n"
    before = read_folder(folder(tmp_path, bare, start))
    sources = Sources.model_validate({"origins": {"post": {"kind": "outlet"}}})
    before.save(before.case.model_copy(update={"sources": sources}))
    written = (tmp_path / "claims.yaml").read_text()
    assert written.startswith("# where words come from\n")
    assert written.endswith("origins:\n  post: {kind: outlet}\n")
    assert written.count("#") == start.count("#")


def test_a_report_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    with pytest.raises(FailedError, match="is new since"):
        before.save(reports={"reports/r1.txt": b"something else"})
    assert read_folder(tmp_path).case == before.case


# Whole or not at all


def test_a_file_that_somebody_else_changed_is_not_overwritten(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    (tmp_path / "case.yaml").write_text(CASE + "# mine\n")
    with pytest.raises(FailedError, match="has changed since"):
        before.save(before.case.model_copy(update={"title": "new"}))
    assert (tmp_path / "case.yaml").read_text() == CASE + "# mine\n"


def test_a_file_that_somebody_else_made_is_not_overwritten(tmp_path: Path) -> None:
    bare = "title: t\nparties: {a: {}}\nissues: {x: {by: a}}\n"
    before = read_folder(folder(tmp_path, bare, None))
    (tmp_path / "claims.yaml").write_text("claims: {}\n")
    with pytest.raises(FailedError, match="is new since"):
        before.save(before.case.model_copy(update={"title": "new"}))


def test_both_files_are_written_or_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = read_folder(folder(tmp_path))
    claims = {k: c.model_copy(update={"says": "something else"}) for k, c in before.case.claims.items()}
    sources = before.case.sources.model_copy(update={"claims": claims})
    new = before.case.model_copy(update={"title": "new", "sources": sources})
    real, calls = os.replace, []

    def full_disk(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(28, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr(writer.os, "replace", full_disk)
    with pytest.raises(FailedError, match="No space left"):
        before.save(new)
    assert len(calls) == 3  # the first file was put back
    assert (tmp_path / "case.yaml").read_text() == CASE
    assert (tmp_path / "claims.yaml").read_text() == CLAIMS
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case.yaml", "claims.yaml", "reports"]


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="cannot be written"):
        writer.write_whole(tmp_path / "nowhere" / "x.md", "text")


def test_a_file_keeps_its_permissions_and_a_link_stays_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    real.write_text("old")
    real.chmod(0o640)
    link = tmp_path / "link.md"
    link.symlink_to(real)
    writer.write_whole(link, "new")
    assert (link.is_symlink(), real.read_text(), real.stat().st_mode & 0o777) == (True, "new", 0o640)


def test_a_case_is_copied_with_its_reports_but_never_over_another(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path / "one"))
    copy = before.save(path=tmp_path / "two")
    assert (copy.path, read_folder(tmp_path / "two").digest) == (tmp_path / "two", before.digest)
    assert (tmp_path / "two" / "case.yaml").read_text() == CASE
    with pytest.raises(InputError, match="holds a case already"):
        before.save(path=tmp_path / "two")


def test_a_case_that_came_from_elsewhere_is_written_anew(tmp_path: Path) -> None:
    case = read(CASE)
    made = save(CaseFolder(tmp_path / "made", case), None, None, {})
    assert same(read((made.path / "case.yaml").read_text()), case)
    assert not (made.path / "claims.yaml").exists()


def test_what_would_not_read_back_is_not_written(tmp_path: Path) -> None:
    before = read_folder(folder(tmp_path))
    broken = before.case.model_copy(update={"title": ["no", "text"]})
    with pytest.raises(FailedError, match="reads back"):
        before.save(broken)
    assert (tmp_path / "case.yaml").read_text() == CASE


def test_files_read_in_remember_what_stood_there(tmp_path: Path) -> None:
    files = read_folder(folder(tmp_path)).files
    assert isinstance(files["case.yaml"], Written)
    assert files["case.yaml"].source == Source("case.yaml", CASE.encode(), CASE)
