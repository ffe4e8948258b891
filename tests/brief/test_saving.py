from __future__ import annotations

import os
from pathlib import Path

import pytest

from accordant.brief import Brief, build
from accordant.errors import FailedError, InputError
from tests.brief import fakes


@pytest.fixture(scope="module")
def brief() -> Brief:
    return build(fakes.opened())


@pytest.mark.parametrize("name", ["brief.html", "brief.HTM", "brief.md", "brief.markdown"])
def test_the_extension_chooses_the_form(brief: Brief, tmp_path: Path, name: str) -> None:
    found = brief.save(tmp_path / name)
    text = found.read_text(encoding="utf-8")
    assert text == (brief.html() if ".h" in name.lower() else brief.markdown())
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["brief.doc", "brief", "brief.html.exe"])
def test_any_other_extension_is_told_what_is_allowed(brief: Brief, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"allowed: \.html, \.htm, \.md, \.markdown"):
        brief.save(tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_is_not_there_is_named(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        brief.save(tmp_path / "none" / "brief.md")


def test_what_cannot_be_written_leaves_the_old_file_whole(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.md"
    path.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(FailedError, match="No space left"):
        brief.save(path)
    assert path.read_text(encoding="utf-8") == "old"
    assert os.listdir(tmp_path) == ["brief.md"]


def test_a_file_keeps_its_rights(brief: Brief, tmp_path: Path) -> None:
    path = tmp_path / "brief.md"
    path.write_text("old", encoding="utf-8")
    path.chmod(0o640)
    brief.save(path)
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_path_may_be_text(brief: Brief, tmp_path: Path) -> None:
    assert brief.save(str(tmp_path / "b.md")) == tmp_path / "b.md"
