"""Bytes to text: what is taken, what is refused and how, and that nothing else is changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accordant.errors import ReportError
from accordant.evidence.text import LIMIT, read_bytes, report_text, take_in

CLEAN = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), min_size=1).filter(
    lambda text: text.strip() and not text.startswith("\ufeff")
)


@given(CLEAN)
def test_a_clean_text_file_is_its_own_text(text: str) -> None:
    assert report_text(text.encode(), "report.txt") == text


@given(CLEAN, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_the_encoding_makes_no_difference_to_the_text(text: str, encoding: str) -> None:
    assert report_text(text.encode(encoding), "report.txt") == text


@given(st.text(min_size=1))
def test_every_text_is_taken_or_refused_with_a_reason(text: str) -> None:
    taken = taken_or_refused(text.encode("utf-8", "surrogatepass"), "report.txt")
    assert "\r" not in taken
    assert not any(ord(c) < 32 and c not in "\n\t" for c in taken)


def taken_or_refused(raw: bytes, name: str) -> str:
    """The text, or an empty one where the report is refused."""
    try:
        return report_text(raw, name)
    except ReportError:
        return ""


@given(st.binary())
def test_no_bytes_raise_anything_but_a_report_error(raw: bytes) -> None:
    for name in ("report.txt", "page.html", "report"):
        try:
            taken = take_in(raw, name)
        except ReportError:
            continue
        assert taken.text.strip()
        assert taken.sha256 == hashlib.sha256(raw).hexdigest()


def test_line_ends_become_line_feeds_and_a_byte_order_mark_goes() -> None:
    assert report_text(b"\xef\xbb\xbfone\r\ntwo\rthree\fend", "a.txt") == "one\ntwo\nthree\nend"


def test_nothing_is_trimmed_joined_or_normalised() -> None:
    text = "  a\u0301  e\u00e9 \u00a0 x \n\n\n y \u200f\n"
    assert report_text(text.encode(), "a.txt") == text


def test_control_characters_are_replaced_one_for_one() -> None:
    taken = take_in(b"red \x1b[31m and \x00 here", "a.txt")
    assert taken.text == "red \ufffd[31m and \ufffd here"
    assert taken.replaced == 2


def test_text_in_a_text_file_is_never_taken_for_a_page() -> None:
    assert report_text(b"<html><p>The mayor &amp; co.</p>", "a.txt") == "<html><p>The mayor &amp; co.</p>"
    assert report_text(b"<html><p>The mayor &amp; co.</p>", "a.html") == "The mayor & co.\n"


REFUSED = {
    "empty": (b"", "a.txt", "empty"),
    "only space": (b" \n\t ", "a.txt", "no text"),
    "latin-1": ("Zürich sagt ja".encode("latin-1"), "a.txt", r"byte 1 \(0xfc\).*iconv -f WINDOWS-1252"),
    "declared": (b'<meta charset="big5"><p>\xff said no', "a.html", r"not BIG5: byte 24"),
    "declared, unknown": (b'<meta charset="x-own"><p>\xe6 said no', "a.html", r"byte 25.*iconv -f X-OWN"),
    "after the mark": (b"\xef\xbb\xbfok \xff", "a.txt", r"byte 6 \(0xff\)"),
    "utf-16 without a mark": ("The envoy".encode("utf-16-le"), "a.txt", "UTF-16 without a byte-order mark"),
    "half a utf-16": (b"\xff\xfea\x00b", "a.txt", "UTF-16: byte 4"),
    "utf-32": ("a".encode("utf-32"), "a.txt", "UTF-32"),
    "pdf": (b"%PDF-1.7 ...", "a.txt", "cannot be opened.*damaged"),
    "docx": (b"PK\x03\x04rest", "a.docx", "no ZIP archive that can be opened"),
    "zip": (b"PK\x03\x04rest", "a.zip", "ZIP archive"),
    "no pdf": (b"minutes", "a.pdf", "named as a PDF document, and is none"),
    "binary": (bytes(range(1, 32)) * 20, "a.bin", "binary, not text"),
    "empty page": (b"<html><body></body></html>", "a.html", "no text"),
    "too large": (b"x" * (LIMIT + 1), "a.txt", "too large: 20 MB, at most 20 MB"),
}


@pytest.mark.parametrize(("raw", "name", "says"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_report_is_refused_with_what_to_do(raw: bytes, name: str, says: str) -> None:
    with pytest.raises(ReportError, match=says):
        report_text(raw, name)


def test_a_file_of_50_mb_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(50_000_000)  # a hole on the disk: reading it would still cost 50 MB
    with pytest.raises(ReportError, match="too large: 50 MB"):
        read_bytes(large)


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="no such file"):
        read_bytes(tmp_path / "gone.txt")
    with pytest.raises(ReportError, match="a folder, not a report"):
        read_bytes(tmp_path)
    with pytest.raises(ReportError, match="cannot be read"):
        read_bytes("nul\0byte.txt")
