"""Claims against their reports: every quotation stands where it is said to stand."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath

from accordant.case.files import REPORT_LIMIT, read_bytes
from accordant.case.findings import Finding, Findings
from accordant.case.sources import Claim, Report, Sources
from accordant.errors import Problem, ReportError, did_you_mean

ReportText = Callable[[bytes, str], str]

_SHORTEST = 12
"""Fewest characters that have to agree before a place is offered as nearly right."""


def check_reports(sources: Sources, folder: Path, report_text: ReportText) -> list[Finding]:
    """What is wrong with the reports of a case and with the quotations from them.

    Parameters
    ----------
    folder
        The case folder; reports lie inside it.
    report_text
        How a report's bytes become the text that offsets refer to.
    """
    found = Findings()
    texts: dict[str, str] = {}
    for id_, report in sources.reports.items():
        text = _text(found, folder, id_, report, report_text)
        if text is not None:
            texts[id_] = text
    for id_, claim in sources.claims.items():
        start, end = claim.at
        if not 0 <= start < end:
            message = "must be [first, after the last], counted from 0"
            found.error(("claims", id_, "at"), message, found=f"[{start}, {end}]")
        if not claim.quote.strip():
            found.error(("claims", id_, "quote"), "has no words")
        elif claim.report in texts:
            _check_quote(found, id_, claim, texts[claim.report])
    return found.all


def files_of(report: Report) -> tuple[str, ...]:
    """Every file that a report has in its case folder: as received, and its text where that is kept.

    Examples
    --------
    >>> files_of(Report(file="reports/a.pdf", sha256="0", text="reports/a.pdf.txt"))
    ('reports/a.pdf', 'reports/a.pdf.txt')
    """
    return (report.file,) if report.text is None else (report.file, report.text)


def room_of(folder: Path) -> Path:
    """The folder in which the reports of a case lie: of a version, which keeps none, that of its case.

    Examples
    --------
    >>> room_of(Path("case")).name
    'case'
    """
    return folder.resolve().parent.parent if is_version(folder) else folder


def is_version(folder: Path) -> bool:
    """Whether a folder is a version of a case, which is never written again."""
    return folder.resolve().parent.name == "versions" and (folder / "version.yaml").is_file()


def inside(folder: Path, file: str) -> Path | str:
    """The path of a report's file, or why it may not be read.

    Examples
    --------
    >>> inside(Path("case"), "../secret.txt")
    'leads out of the case folder'
    """
    pure = PurePosixPath(file)
    if not file.strip() or "\0" in file:
        return "is not the name of a file"
    if pure.is_absolute() or PureWindowsPath(file).drive or "\\" in file:
        return "must be a path inside the case folder, written with /"
    if ".." in pure.parts:
        return "leads out of the case folder"
    room = room_of(folder)
    path = room / pure
    if not path.resolve().is_relative_to(room.resolve()):
        return "leads out of the case folder, by a link"
    return path


def _text(found: Findings, folder: Path, id_: str, report: Report, report_text: ReportText) -> str | None:
    raw = _bytes(found, folder, ("reports", id_, "file"), report.file)
    if raw is not None:
        _check_hash(found, ("reports", id_, "sha256"), "report", report.sha256, raw)
    if report.text is not None:
        return _kept_text(found, folder, id_, report)
    if report.text_sha256 is not None:
        hint = "name the text's file under text, or leave text_sha256 out"
        found.error(("reports", id_, "text_sha256"), "is the hash of a text that is not named", hint=hint)
    if raw is None:
        return None
    try:
        return report_text(raw, PurePosixPath(report.file).name)
    except ReportError as error:
        found.error(("reports", id_, "file"), str(error), found=report.file)
        return None


def _kept_text(found: Findings, folder: Path, id_: str, report: Report) -> str | None:
    """The text that was taken from a report once: what places refer to, whoever would extract another."""
    at = ("reports", id_, "text")
    if PurePosixPath(str(report.text)) == PurePosixPath(report.file):
        found.error(
            at, "is the report's own file", found=report.text, hint="leave it out: the file is its text"
        )
        return None
    raw = _bytes(found, folder, at, str(report.text))
    if raw is None:
        return None
    if report.text_sha256 is None:
        hint = f"if this is the text as it was taken, write text_sha256: {hashlib.sha256(raw).hexdigest()}"
        found.error(at, "the text of a report needs its hash", found=report.text, hint=hint)
    else:
        _check_hash(found, ("reports", id_, "text_sha256"), "text", report.text_sha256, raw)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {error.start} (0x{raw[error.start]:02X}) does not fit"
        found.error(at, message, found=report.text)
        return None


def _bytes(found: Findings, folder: Path, at: tuple[str, ...], file: str) -> bytes | None:
    """The bytes of a file of a case; None where there are none, which is said."""
    path = inside(folder, file)
    if isinstance(path, str):
        found.error(at, path, found=file, hint="keep reports in reports/")
        return None
    raw = read_bytes(path, file, REPORT_LIMIT)
    if isinstance(raw, Problem):
        there = _files_around(folder, path)
        hint = did_you_mean(file, there) or (None if there else "keep reports in reports/")
        found.error(at, raw.message, found=file, allowed=there, hint=hint)
        return None
    return raw


def _check_hash(found: Findings, at: tuple[str, ...], what: str, written: str, raw: bytes) -> None:
    actual = hashlib.sha256(raw).hexdigest()
    if actual != written.strip().lower():
        how = "received" if what == "report" else "taken"
        hint = f"if this is the text as it was {how}, its hash is {actual}"
        message = f"the {what} is not the one that was read: its hash differs"
        found.error(at, message, found=written, hint=hint)


def _files_around(folder: Path, path: Path) -> list[str]:
    """The files that may be meant, as they are written: those beside ``path``, or in it."""
    room = next((p for p in (path, path.parent, folder / "reports") if p.is_dir() and p != folder), None)
    if room is None:
        return []
    try:
        return sorted(p.relative_to(folder).as_posix() for p in room.iterdir() if p.is_file())
    except OSError:  # a folder that may not be read
        return []


def _check_quote(found: Findings, id_: str, claim: Claim, text: str) -> None:
    start, end = claim.at
    if text[max(start, 0) : max(end, 0)] == claim.quote:
        return
    path = ("claims", id_, "quote")
    shown = claim.quote if len(claim.quote) <= 60 else claim.quote[:57] + "…"
    places = list(_everywhere(text, claim.quote))
    if places:
        stands = " and ".join(f"[{p}, {p + len(claim.quote)}]" for p in places[:3])
        message = f"the quotation does not stand at [{start}, {end}]; it stands at {stands}"
        found.error(
            ("claims", id_, "at"),
            message,
            found=f"[{start}, {end}]",
            hint=f"write at: {stands}" if len(places) == 1 else None,
        )
        return
    near = _nearly(text, claim.quote)
    if near is None:
        message = f"the quotation stands nowhere in {claim.report}"
        found.error(path, message, found=shown, hint="quote the report's words exactly")
        return
    message = f"the quotation stands nowhere in {claim.report}; nearly, at [{near.start}, {near.end}]"
    found.error(path, message, found=shown, hint=near.how)


def _everywhere(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


@dataclass(frozen=True, slots=True)
class _Near:
    """Where something like a quotation stands, and how it differs."""

    start: int
    end: int
    how: str


def _nearly(text: str, quote: str) -> _Near | None:
    # White space, quotation marks and dashes aside: the pattern matches any of each kind.
    pieces = [_loosely(word) for word in quote.split()]
    match = re.search(r"\s+".join(pieces), text)
    if match:
        return _Near(match.start(), match.end(), "only white space, quotation marks or dashes differ")
    return _begins(text, quote)


def _loosely(word: str) -> str:
    groups = ('"“”„«»', "'‘’", "-–—")
    return "".join(next((f"[{re.escape(g)}]" for g in groups if sign in g), re.escape(sign)) for sign in word)


def _begins(text: str, quote: str) -> _Near | None:
    """Where the longest beginning of a quotation stands, found by halving."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        if quote[:middle] in text:
            low = middle
        else:
            high = middle - 1
    if low < max(_SHORTEST, len(quote) // 4):
        return None
    start = text.index(quote[:low])
    end = min(len(text), start + len(quote))
    says = text[start + low : start + low + 24]
    return _Near(start, end, f"after {quote[max(0, low - 24) : low]!r} the report goes on with {says!r}")
