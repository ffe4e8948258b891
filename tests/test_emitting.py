"""JSON in pieces: the same text for small results, the same data for long ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant import emitting
from accordant.case.writer import write_whole
from accordant.emitting import json_pieces, plain
from accordant.tables import Beside, Rows, Table

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
data = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=20,
)


@given(data)
def test_short_data_are_written_as_the_standard_library_writes_them(found: Any) -> None:
    text, usual = "".join(json_pieces(found)), json.dumps(found, indent=2, ensure_ascii=False)
    assert json.loads(text) == found
    if usual.isascii() and "\x7f" not in usual:
        assert text == f"{usual}\n"


@given(data)
def test_long_data_are_the_same_in_dense_lines(found: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(emitting, "LONG", 1)
        patch.setattr(emitting, "AT_ONCE", 2)
        assert json.loads("".join(json_pieces(found))) == found


def test_what_is_made_when_asked_for_is_written_like_what_is_there() -> None:
    rows = Rows(3, lambda start, stop: [{"a": k} for k in range(start, stop)])
    beside = Beside(("x", "y", "z"), rows)
    assert "".join(json_pieces(beside)) == "".join(json_pieces(plain(beside)))
    assert plain(beside) == {"x": {"a": 0}, "y": {"a": 1}, "z": {"a": 2}} == dict(beside)
    assert rows == ({"a": 0}, {"a": 1}, {"a": 2})
    assert rows != ({"a": 0},)
    assert rows[2:1] == []
    assert "w" not in beside
    with pytest.raises(KeyError):
        beside["w"]


def test_a_file_that_cannot_be_made_to_its_end_is_not_written(tmp_path: Path) -> None:
    place = tmp_path / "result.json"
    place.write_text("before")
    cut = Rows(5, lambda start, stop: [1 // (2 - k) for k in range(start, stop)])
    with pytest.raises(ZeroDivisionError):
        write_whole(place, json_pieces({"rows": cut}))
    assert place.read_text() == "before"
    assert list(tmp_path.iterdir()) == [place]
    write_whole(place, json_pieces({"rows": (1, 2)}))
    assert json.loads(place.read_text()) == {"rows": [1, 2]}


def test_a_table_is_the_same_text_in_pieces() -> None:
    table = Table("t", ("a",), Rows(9000, lambda start, stop: [(k,) for k in range(start, stop)]))
    pieces = list(table.csv_pieces())
    assert len(pieces) == 4
    assert "".join(pieces) == table.to_csv() == "a\n" + "".join(f"{k}\n" for k in range(9000))
