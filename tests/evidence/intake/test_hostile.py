"""Files that were made to harm: refused with a reason, and what comes after them is read as ever."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable

import pytest

from accordant.errors import ReportError
from accordant.evidence.intake import worker
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.reading import read_report
from accordant.evidence.text import take_in
from tests.evidence.intake.made import W, assembled, docx, said, zipped

QUICK = Limits(seconds=1.0, memory=200_000_000, unpacked=10_000_000)
FORM = (
    b"<< /Type /XObject /Subtype /Form /BBox [0 0 400 600] /Length %d "
    b"/Resources << /XObject << /X %d 0 R >> >> >>"
)


def document(*further: bytes, page: bytes = b"") -> bytes:
    """A PDF file of one page; further objects are numbered from 4."""
    return assembled(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents 4 0 R %s >>" % page,
            *further,
            b"<< >>",
        ]
    )


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), extra, content)


def form(content: bytes, inside: int) -> bytes:
    return FORM % (len(content), inside) + b"\nstream\n%s\nendstream" % content


def blown_up_stream() -> bytes:
    return document(stream(zlib.compress(b"q " * 30_000_000), b"/Filter /FlateDecode"))


def forms_in_forms() -> bytes:
    forms = [form(b"/X Do " * 10, k + 1) for k in range(4, 20)]
    page = b"/Resources << /XObject << /X 5 0 R >> >>"
    return document(stream(b"/X Do " * 10), *forms[1:], form(b"n", 4), page=page)


def form_in_itself() -> bytes:
    return document(form(b"/X Do", 4), page=b"/Resources << /XObject << /X 4 0 R >> >>")


def pages_in_themselves() -> bytes:
    return assembled(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R] >>", b"<< >>"]
    )


def entities(kind: str) -> bytes:
    """A Word file whose document declares entities."""
    declared = {
        "laughs": '<!ENTITY a "ha">'
        + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for x, y in zip("bcdefghij", "abcdefghi", strict=True)),
        "outside": '<!ENTITY j SYSTEM "file:///etc/hostname">',
        "network": '<!ENTITY j SYSTEM "https://lakepost.example/x">',
    }[kind]
    body = "<w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body>"
    part = f"<!DOCTYPE d [{declared}]><w:document {W}>{body}</w:document>"
    return docx("", {"word/document.xml": part.encode()})


def nested_mail(depth: int) -> bytes:
    heads = (f"Content-Type: multipart/mixed; boundary=b{k}\n\n--b{k}\n" for k in range(depth))
    return ("MIME-Version: 1.0\n" + "".join(heads) + "Content-Type: text/plain\n\nsaid\n").encode()


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb": ("a.docx", lambda: docx("", {"word/x.xml": b"\0" * 15_000_000}), "unpacks to 15 MB"),
    "a zip of many files": (
        "a.docx",
        lambda: zipped({f"word/{k}.xml": b"" for k in range(6000)}),
        "6,000 files in one Word file, at most 5,000",
    ),
    "a billion laughs": ("a.docx", lambda: entities("laughs"), "declares a document type"),
    "an entity from a file": ("a.docx", lambda: entities("outside"), "declares a document type"),
    "an entity from a network": ("a.docx", lambda: entities("network"), "declares a document type"),
    "a document type in UTF-16": (
        "a.docx",
        lambda: docx("", {"word/document.xml": "<!DOCTYPE d [<!ENTITY j 'x'>]><d>&j;</d>".encode("utf-16")}),
        "declares a document type",
    ),
    "deep XML": ("a.docx", lambda: docx("<w:ins>" * 9000 + "</w:ins>" * 9000), "nested too deeply"),
    "a Word file without end": ("a.docx", lambda: docx(said("said " * 100) * 5000), "too long|longer than"),
    "mail in mail in mail": ("a.eml", lambda: nested_mail(400), "parts inside parts more than 10 deep"),
    "a mail of parts": ("a.eml", lambda: nested_mail(5000), "5,000 parts in one mail, at most 500"),
    "mails without end": ("a.eml", lambda: b"Content-Type: message/rfc822\n\n" * 3000, "nested too deeply"),
    "a mail that is all head": (
        "a.eml",
        lambda: b"X-A: b\n" * 200_000 + b"\nsaid",
        "head of the mail is larger",
    ),
    "a PDF that blows up": ("a.pdf", blown_up_stream, "failed|longer than|needs more than"),
    "a PDF of forms in forms": ("a.pdf", forms_in_forms, "failed|longer than|no text in it"),
    "a PDF in itself": ("a.pdf", form_in_itself, "no text in it"),
    "pages in themselves": ("a.pdf", pages_in_themselves, "cannot be opened|no text in it"),
    "noise named as PDF": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(range(256)) * 4000, "cannot be opened"),
    "a page without end": (
        "a.html",
        lambda: b"<html><table>" + b"<tr><td>said " * 60_000,
        "longer than|needs|failed",
    ),
    "a tag of attributes": (
        "a.html",
        lambda: b"<p " + b" ".join(b"a%d=1" % k for k in range(100_000)) + b">said",
        "a tag with over 10,000 attributes",
    ),
    "a deep page": ("a.html", lambda: b"<html>" + b"<div>said " * 200_000, "nested too deeply"),
    "a line of 19 MB": ("a.txt", lambda: b"a" * 19_000_000, "its text is too long"),
    "a long line": ("a.txt", lambda: b"a " * 400_000, "a line of 800,000 characters, at most 500,000"),
    "a line of 100 MB": ("a.txt", lambda: b"a" * 100_000_000, "too large: 100 MB, at most 20 MB"),
    "no encoding": ("a.txt", lambda: b"\xc3\x28" * 500, "not UTF-8: byte 0"),
    "surrogates": ("a.txt", lambda: b"said \xed\xa0\x80", "not UTF-8: byte 5"),
    "an overlong NUL": ("a.txt", lambda: b"said \xc0\x80", "not UTF-8: byte 5"),
    "a picture": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n", "looks like a PNG picture"),
}


@pytest.mark.parametrize(("name", "made", "says"), HOSTILE.values(), ids=HOSTILE)
def test_what_was_made_to_harm_is_refused_with_a_reason(
    name: str, made: Callable[[], bytes], says: str
) -> None:
    with pytest.raises(ReportError, match=says) as caught:
        take_in(made(), name, QUICK)
    assert str(caught.value).startswith(f"{name}: ")
    assert len(str(caught.value)) < 300


def test_after_a_crash_the_next_report_is_read() -> None:
    with pytest.raises(ReportError):
        take_in(blown_up_stream(), "a.pdf", QUICK)
    assert take_in(docx(said("The union said no.")), "b.docx", QUICK).text == "The union said no.\n"


def test_a_page_cannot_make_the_reader_open_anything() -> None:
    page = (
        "<!DOCTYPE html SYSTEM 'file:///etc/hostname' [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><html>"
        "<link rel=stylesheet href='https://lakepost.example/x'><p>The union said &x; that it would wait.</p>"
    )
    assert take_in(page.encode(), "a.html").text == "The union said \ufffd that it would wait.\n"


def test_what_a_page_declares_of_its_own_is_no_text_of_it() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY f "[x]>"><!ENTITY g \'&f;&f;\'> ]>'
    page = f"{head}<html><body><p>The union said &f; &amp; &g; &nbsp;&h; in May.</p></body></html>"
    assert take_in(page.encode(), "a.xhtml").text == "The union said \ufffd & \ufffd &h; in May.\n"


def test_broken_utf16_is_called_what_it_is() -> None:
    raw = "The union said no.".encode("utf-16")
    with pytest.raises(ReportError, match=r"not UTF-16.*get it anew") as caught:
        take_in(raw[:-1], "a.txt")
    assert "iconv" not in str(caught.value)
    with pytest.raises(ReportError, match="byte 20 does not fit"):
        take_in(raw[:20] + b"\x00\xdc" + raw[20:], "a.txt")


def test_pages_may_take_less_time_than_other_files() -> None:
    assert LIMITS.page_seconds < 5 < LIMITS.seconds


def test_the_process_is_bound_to_its_limits_and_writes_no_file() -> None:
    take_in(b"<p>said</p>", "a.html", QUICK)
    assert worker._running is not None
    limits = f"/proc/{worker._running.process.pid}/limits"
    if not os.path.exists(limits):
        pytest.skip("needs a system that shows the limits of processes, which is not installed here")
    with open(limits, encoding="ascii") as file:
        found = {line[:26].strip(): line[26:].split()[0] for line in file}
    assert found["Max address space"] == str(QUICK.memory)
    assert found["Max file size"] == "0"
    assert found["Max cpu time"] != "unlimited"


def test_the_process_is_ended_and_started_again() -> None:
    take_in(b"<p>said</p>", "a.html")
    assert worker._running is not None
    before = worker._running.process
    worker.stop()
    assert before.poll() is not None
    assert take_in(b"<p>said</p>", "a.html", LIMITS).text == "said\n"


@pytest.mark.parametrize(
    "text",
    ["“" * 20_000, '"' * 9001, "(" * 20_000, "said that " * 900, ". " * 9000, "\u202e\u200f" * 9000 + "x"],
)
def test_hostile_words_are_read_and_every_place_stays_right(text: str) -> None:
    result = read_report(text.encode(), "a.txt")
    assert result.text == text
    assert all(result.text[c.at.start : c.at.end] == c.quote for c in result.claims)
