"""Conversions through the disk: whole or not at all, and what is written reads back."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case import saving
from accordant.errors import FailedError, InputError
from accordant.exchange.formats import Given
from accordant.exchange.gmcr import FORMAT
from tests.exchange.random_models import files

ROOT = Path(__file__).parent.parent.parent
ELMIRA = ROOT / "docs" / "examples" / "elmira.gmcr"
AWKWARD = st.sampled_from(
    ["null", "yes", "- a: b", "\x07", "a\nb", "#", "'", '"', "é", "e\u0301", "\u202e", "🕊", "{}"]
)


@given(files(), st.lists(st.text(min_size=1, max_size=6) | AWKWARD, min_size=8, max_size=8, unique=True))
@settings(max_examples=40)
def test_a_folder_made_of_a_file_holds_the_same_case(data: dict[str, Any], names: list[str]) -> None:
    for named, name in zip([*data["options"], *data["decisionMakers"]], names, strict=False):
        named["name"] = name
    with TemporaryDirectory() as room:
        file = Path(room, "model.gmcr")
        file.write_text(json.dumps(data), encoding="utf-8")
        if FORMAT.read(Given.of(file.read_bytes(), file)).case is None:  # a name of nothing but spaces
            assert any(p.path.endswith(".name") for p in accordant.check(file))
            return
        opened = accordant.load(file)
        result = opened.save_as(Path(room, "talks"))
        assert result.target_format == "case"
        again = accordant.load(Path(room, "talks"))
        assert again.case == opened.case
        assert again.folder.digest == opened.folder.digest


def test_a_conversion_is_one_documented_call_with_a_table() -> None:
    with TemporaryDirectory() as room:
        result = accordant.load(ELMIRA).save_as(Path(room, "copy.gmcr"))
        assert (
            accordant.load(Path(room, "copy.gmcr")).case.issues.keys()
            == accordant.load(ELMIRA).case.issues.keys()
        )
    assert (result.source_format, result.target_format) == ("gmcr", "gmcr")
    assert result.table().rows[0] == ("party", "Ministry-of-the-Environment", "Ministry of the Environment")
    assert [row[2] for row in result.table().rows if row[0] == "state"] == [str(k) for k in range(1, 13)]
    assert "Uniroyal" in result._repr_html_()
    assert list(result.to_frame().columns) == ["kind", "in the case", "in the file"]


def test_a_folder_that_cannot_be_written_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise FailedError("the disk is full")

    monkeypatch.setattr(saving, "write_together", full)
    with pytest.raises(FailedError):
        accordant.load(ELMIRA).save_as(tmp_path / "new" / "talks")
    assert not list(tmp_path.iterdir())


def test_an_empty_folder_is_taken_and_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "talks").mkdir()
    accordant.load(ELMIRA).save_as(tmp_path / "talks")
    (tmp_path / "x.gmcr").mkdir()
    with pytest.raises(InputError, match="is a folder; name a new file"):
        accordant.load(ELMIRA).save_as(tmp_path / "x.gmcr")


def test_a_case_folder_may_be_called_like_a_file(tmp_path: Path) -> None:
    accordant.load(ELMIRA).folder.save(path=tmp_path / "talks.gmcr")
    assert accordant.load(tmp_path / "talks.gmcr").foreign is None


def test_a_file_of_another_program_is_not_saved_over() -> None:
    opened = accordant.load(ELMIRA)
    before = ELMIRA.read_bytes()
    with pytest.raises(FailedError):
        opened.folder.save(opened.case.model_copy(update={"title": "mine"}))
    assert ELMIRA.read_bytes() == before
