"""A report's bytes to one immutable text; every offset in Accordant is a code point in that text.

The rules, in full (also in ``docs/reading-reports.md``):

1. Encodings: UTF-8, UTF-8 with a byte-order mark, UTF-16 with a byte-order mark. The mark is not
   part of the text. Anything else is refused with the offset of the first byte that does not fit.
2. Line ends: CRLF and a lone CR become LF. Form feed, vertical tab and NEL become LF.
3. Control characters that an editor does not show (NUL, escape and the like) become U+FFFD, one
   for one, so that offsets stay and nothing can steer the terminal that shows the text.
4. Nothing else changes: no Unicode normalisation, no trimming, no joining of lines. A clean UTF-8
   text file is its own text.
5. HTML is reduced to its body by trafilatura, paragraphs separated by an empty line
   (:mod:`accordant.evidence.page`); then rules 2 and 3 apply.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from accordant.errors import ReportError

Format = Literal["text", "html"]

LIMIT = 20_000_000
"""The largest report that is read, in bytes."""

_HTML_NAMES = frozenset({".html", ".htm", ".xhtml"})
_TEXT_NAMES = frozenset({".txt", ".text"})
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_-]{3,30})""", re.I)
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, or a Word or OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF document"),
)
_LINE_ENDS = re.compile("\r\n?|[\f\v\x85]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")


@dataclass(frozen=True, slots=True)
class Intake:
    """A report as taken in.

    Attributes
    ----------
    text
        The normalised text that offsets refer to.
    sha256
        Of the raw bytes.
    size
        Number of raw bytes.
    encoding
        ``utf-8``, ``utf-8-sig`` or ``utf-16``.
    markup
        The decoded page where the report is HTML, otherwise None.
    replaced
        Number of control characters that became U+FFFD.
    """

    text: str
    sha256: str
    size: int
    encoding: str
    format: Format
    markup: str | None = None
    replaced: int = 0


def report_text(raw: bytes, filename: str) -> str:
    """The text of a report: what every quotation and every offset refers to.

    Parameters
    ----------
    raw
        The file's bytes.
    filename
        Its name; the ending decides between text and HTML.

    Raises
    ------
    ReportError
        If the report is empty, binary, too large or not in a known encoding.

    Examples
    --------
    >>> report_text(b"The envoy said yes.\\r\\n", "note.txt")
    'The envoy said yes.\\n'
    """
    return take_in(raw, filename).text


def take_in(raw: bytes, filename: str) -> Intake:
    """The report's text with its hash and how it was read; see :func:`report_text`.

    Examples
    --------
    >>> take_in(b"Talks resume.", "a.txt").encoding
    'utf-8'
    """
    _refuse_by_size(len(raw), filename)
    _refuse_by_kind(raw, filename)
    decoded, encoding = _decode(raw, filename)
    markup = decoded if _is_html(decoded, filename) else None
    body = decoded
    if markup is not None:
        from accordant.evidence.page import body_text

        body = body_text(markup, filename)
    text, replaced = _CONTROLS.subn("\ufffd", _LINE_ENDS.sub("\n", body))
    if not text.strip():
        raise ReportError(f"{filename}: no text in it; if it is a page, save the article itself as text")
    if replaced > max(8, len(text) // 100):
        raise ReportError(f"{filename}: binary, not text: {replaced} control characters; convert it to text")
    digest = hashlib.sha256(raw).hexdigest()
    return Intake(text, digest, len(raw), encoding, "html" if markup else "text", markup, replaced)


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a report, refused before reading when the file is too large.

    Raises
    ------
    ReportError
        If it cannot be read: missing, a folder, not permitted, too large.

    Examples
    --------
    >>> read_bytes("no-such-report.txt")
    Traceback (most recent call last):
    accordant.errors.ReportError: no-such-report.txt: there is no such file
    """
    path = Path(path)
    try:
        if path.is_dir():
            raise ReportError(f"{path}: a folder, not a report; name the files in it")
        _refuse_by_size(path.stat().st_size, str(path))
        with path.open("rb") as file:
            raw = file.read(LIMIT + 1)  # a pipe or a device says size 0 and may never end
    except FileNotFoundError as error:
        raise ReportError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    _refuse_by_size(len(raw), str(path))
    return raw


def _refuse_by_size(size: int, filename: str) -> None:
    if size > LIMIT:
        raise ReportError(
            f"{filename}: too large: {size / 1e6:.0f} MB, at most {LIMIT / 1e6:.0f} MB; "
            "cut out the part that matters"
        )


def _refuse_by_kind(raw: bytes, filename: str) -> None:
    if not raw:
        raise ReportError(f"{filename}: empty file")
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise ReportError(f"{filename}: binary: looks like {what}; save it as text (UTF-8) or HTML first")


def _decode(raw: bytes, filename: str) -> tuple[str, str]:
    if raw.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise ReportError(f"{filename}: UTF-32 at byte 0; save it as UTF-8 (iconv -f UTF-32 -t UTF-8)")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(raw, "utf-16", filename), "utf-16"
    if raw.startswith(b"\xef\xbb\xbf"):
        return _strictly(raw, "utf-8-sig", filename), "utf-8-sig"
    if raw.count(0) * 5 > len(raw):
        raise ReportError(
            f"{filename}: binary, or UTF-16 without a byte-order mark (first NUL at byte {raw.index(0)}); "
            "save it as UTF-8 (iconv -f UTF-16LE -t UTF-8)"
        )
    return _strictly(raw, "utf-8", filename), "utf-8"


def _strictly(raw: bytes, encoding: str, filename: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        # The offset that utf-8-sig reports does not count the mark itself.
        at = error.start + (3 if encoding == "utf-8-sig" and len(error.object) < len(raw) else 0)
        declared = _CHARSET.search(raw[:4096])
        guess = declared.group(1).decode("ascii").upper() if declared else "WINDOWS-1252"
        if guess in ("UTF-8", "UTF8"):
            guess = "WINDOWS-1252"
        raise ReportError(
            f"{filename}: not {encoding.removesuffix('-sig').upper()}: byte {at} (0x{raw[at]:02x}) "
            f"does not fit; save it as UTF-8, or try: iconv -f {guess} -t UTF-8"
        ) from error


def _is_html(decoded: str, filename: str) -> bool:
    suffix = PurePath(filename).suffix.lower()
    if suffix in _TEXT_NAMES:
        return False
    return suffix in _HTML_NAMES or _HTML_START.match(decoded, 0, 4096) is not None
