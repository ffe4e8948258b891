"""A report's bytes to one immutable text; every offset in Accordant is a code point in that text.

The rules, in full (also in ``docs/reading-reports.md``):

1. Encodings: UTF-8, UTF-8 with a byte-order mark, UTF-16 with a byte-order mark; a page may declare
   another common one. The mark is not part of the text. Anything else is refused with the offset of
   the first byte that does not fit.
2. Line ends: CRLF and a lone CR become LF. Form feed, vertical tab and NEL become LF.
3. Control characters that an editor does not show (NUL, escape and the like) become U+FFFD, one
   for one, so that offsets stay and nothing can steer the terminal that shows the text.
4. Nothing else changes: no Unicode normalisation, no trimming, no joining of lines. A clean UTF-8
   text file is its own text.
5. HTML, PDF, Word files and mails are taken apart in a process of their own
   (:mod:`accordant.evidence.intake.worker`), paragraphs separated by an empty line; then rules 2
   and 3 apply.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Literal

from accordant.errors import ReportError
from accordant.evidence.furniture import Furniture
from accordant.evidence.intake.built import Attachment, Extract, Note, too_long
from accordant.evidence.intake.cleaning import cleaned
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.intake.opening import read_bytes as read_bytes
from accordant.evidence.intake.opening import refuse_by_size
from accordant.evidence.page import PageFacts

Format = Literal["text", "html", "pdf", "docx", "eml"]

LIMIT = LIMITS.size
"""The largest report that is read, in bytes."""

_NAMES: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".docm": "docx",
    ".eml": "eml",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
}
_CALLED: dict[Format, str] = {"pdf": "a PDF document", "docx": "a Word document", "eml": "a mail"}
_HTML_START = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_MAIL_START = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|DKIM-Signature|ARC-Seal|MIME-Version|Message-ID|X-[\w-]+):[ \t]",
    re.I,
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,30})""", re.I)
_DECLARABLE = {
    **{f"windows-{n}": f"cp{n}" for n in range(1250, 1259)},
    **{f"iso-8859-{n}": f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"), "cp1252"),  # as browsers do
    **{"iso-8859-9": "cp1254", "iso-8859-11": "cp874", "windows-874": "cp874", "tis-620": "cp874"},
    **{n: n for n in ("koi8-r", "koi8-u", "big5", "gb18030", "shift_jis", "euc-jp", "euc-kr")},
    **{"gbk": "gb18030", "gb2312": "gb18030", "iso-2022-jp": "iso2022_jp"},
}
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive, or an OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"{\\rtf", "an RTF document"),
)


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
        ``utf-8``, ``utf-8-sig``, ``utf-16``, what a page declares, or ``binary`` for PDF, Word and mail.
    replaced
        Number of control characters that became U+FFFD.
    about
        What the document says of itself.
    furniture
        Stretches that belong to the page or the mail, as far as its format tells.
    notes
        What taking in has to say: shown as flags.
    attachments
        Files inside that are reports of their own.
    """

    text: str
    sha256: str
    size: int
    encoding: str
    format: Format
    replaced: int = 0
    about: PageFacts = field(default_factory=PageFacts)
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()


def report_text(raw: bytes, filename: str) -> str:
    """The text of a report: what every quotation and every offset refers to.

    Parameters
    ----------
    raw
        The file's bytes.
    filename
        Its name; with the first bytes it decides what kind of file it is.

    Raises
    ------
    ReportError
        If the report is empty, not of a kind that is read, too large or not in a known encoding.

    Examples
    --------
    >>> report_text(b"The envoy said yes.\\r\\n", "note.txt")
    'The envoy said yes.\\n'
    """
    return take_in(raw, filename).text


def take_in(raw: bytes, filename: str, limits: Limits = LIMITS) -> Intake:
    """The report's text with its hash and how it was read; see :func:`report_text`.

    Examples
    --------
    >>> take_in(b"Talks resume.", "a.txt").encoding
    'utf-8'
    """
    refuse_by_size(len(raw), filename, limits)
    if not raw:
        raise ReportError(f"{filename}: empty file")
    kind = format_of(raw, filename)
    if kind in ("text", "html"):
        decoded, encoding = _decode(raw, filename)
        kind = "html" if _is_html(decoded, filename) else "text"
        found = _plain(decoded) if kind == "text" else _extract(kind, decoded.encode(), filename, limits)
    else:
        encoding, found = "binary", _extract(kind, raw, filename, limits)
    _refuse_text(found, kind, filename, limits)
    return Intake(
        text=found.text,
        sha256=hashlib.sha256(raw).hexdigest(),
        size=len(raw),
        encoding=encoding,
        format=kind,
        replaced=found.replaced,
        about=found.about,
        furniture=found.furniture,
        notes=found.notes,
        attachments=found.attachments,
    )


def format_of(raw: bytes, filename: str) -> Format:
    """What kind of file the bytes are; ``text`` may still turn out to be a page.

    Raises
    ------
    ReportError
        If they are of a kind that is not read, or not of the kind that the name says.

    Examples
    --------
    >>> format_of(b"%PDF-1.7", "minutes"), format_of(b"Minutes", "minutes.txt")
    ('pdf', 'text')
    """
    named = _NAMES.get(PurePath(filename).suffix.lower())
    if raw.startswith(b"%PDF-") or (named == "pdf" and b"%PDF-" in raw[:1024]):
        return "pdf"
    if raw.startswith(b"PK\x03\x04") and (named == "docx" or b"word/" in raw):
        return "docx"
    for signature, what in _SIGNATURES:
        if raw.startswith(signature):
            raise ReportError(
                f"{filename}: binary: looks like {what}; save it as text, HTML, PDF or DOCX first"
            )
    if named in ("pdf", "docx"):
        raise ReportError(
            f"{filename}: named as {_CALLED[named]}, and is none; give it the ending of what it is"
        )
    if named == "eml" or (named is None and _MAIL_START.match(raw) is not None):
        return "eml"
    return "text"


def _extract(kind: str, raw: bytes, filename: str, limits: Limits) -> Extract:
    from accordant.evidence.intake.worker import extract

    return extract(kind, raw, filename, limits)


def _plain(decoded: str) -> Extract:
    text, replaced = cleaned(decoded)
    return Extract(text, replaced=replaced)


def _refuse_text(found: Extract, kind: Format, filename: str, limits: Limits) -> None:
    """Refuse what is no text, or more of it than anybody reads."""
    text = found.text
    if not text.strip():
        hint = (
            "if it is a page, save the article itself as text"
            if kind in ("text", "html")
            else "save its text"
        )
        raise ReportError(f"{filename}: no text in it; {hint}")
    if found.replaced > max(8, len(text) // 100):
        raise ReportError(
            f"{filename}: binary, not text: {found.replaced} control characters; convert it to text"
        )
    if len(text) > limits.length:
        raise ReportError(f"{filename}: {too_long(limits)}")
    longest = max(map(len, text.split("\n"))) if len(text) > limits.line else 0
    if longest > limits.line:
        raise ReportError(
            f"{filename}: a line of {longest:,} characters, at most {limits.line:,}: no report is written "
            "like that; save its text with its paragraphs"
        )


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
    declared = _declared(raw, filename)
    if declared is not None:
        return _strictly(raw, _DECLARABLE[declared], filename, declared), declared
    return _strictly(raw, "utf-8", filename), "utf-8"


def _declared(raw: bytes, filename: str) -> str | None:
    """Another encoding that a page declares, where its bytes are not UTF-8."""
    if _NAMES.get(PurePath(filename).suffix.lower()) == "text":
        return None
    found = _CHARSET.search(raw[:4096])
    name = found.group(1).decode("ascii").lower() if found else None
    if name not in _DECLARABLE or not _is_html(raw[:4096].decode("latin-1"), filename):
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return name
    return None


def _strictly(raw: bytes, encoding: str, filename: str, called: str = "") -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        # The offset that utf-8-sig reports does not count the mark itself.
        at = error.start + (3 if encoding == "utf-8-sig" and len(error.object) < len(raw) else 0)
        declared = _CHARSET.search(raw[:4096])
        guess = declared.group(1).decode("ascii").upper() if declared else "WINDOWS-1252"
        if guess in ("UTF-8", "UTF8") or called:
            guess = "WINDOWS-1252"
        if encoding == "utf-16":
            raise ReportError(
                f"{filename}: not UTF-16: byte {at} does not fit, although its byte-order mark says "
                "so; it is cut off or damaged: get it anew"
            ) from error
        raise ReportError(
            f"{filename}: not {(called or encoding).removesuffix('-sig').upper()}: byte {at} "
            f"(0x{raw[at]:02x}) does not fit; save it as UTF-8, or try: iconv -f {guess} -t UTF-8"
        ) from error


def _is_html(decoded: str, filename: str) -> bool:
    named = _NAMES.get(PurePath(filename).suffix.lower())
    if named == "text":
        return False
    return named == "html" or _HTML_START.match(decoded, 0, 4096) is not None
