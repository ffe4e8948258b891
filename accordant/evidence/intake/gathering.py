"""Reports taken in, one after the other: what cannot be read is said, and the others go on."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from accordant.errors import ReportError
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.intake.listing import Refused as Refused
from accordant.evidence.intake.listing import listed
from accordant.evidence.intake.opening import STANDARD_INPUT, read_bytes, read_input
from accordant.evidence.text import Format, Intake, take_in

_INPUT = "standard-input"
_ENDING: dict[Format, str] = {"text": ".txt", "html": ".html", "pdf": ".pdf", "docx": ".docx", "eml": ".eml"}
_NAMED = {".html": "html", ".htm": "html", ".xhtml": "html", ".pdf": "pdf", ".docx": "docx", ".docm": "docx"}
_NAMED |= {".eml": "eml"}
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """A report taken in.

    Attributes
    ----------
    name
        What to call it for people: the path as it was given, for an attachment with the mail before it.
    filename
        The name of the file itself.
    raw
        The bytes as received.
    intake
        Its text and how it was read.
    inside
        The name of the mail that it was attached to.
    """

    name: str
    filename: str
    raw: bytes
    intake: Intake
    inside: str | None = None


def gather(
    paths: Iterable[str | Path],
    limits: Limits = LIMITS,
    progress: Progress = lambda _done, _total: None,
) -> Iterator[Source | Refused]:
    """The reports that a command names, taken in one after the other, in the order in which they are named.

    Parameters
    ----------
    paths
        Files, folders, ``@list`` (a file with a path in each line) and ``-`` for standard input.
    progress
        Called with how many files are done and how many there are.

    Yields
    ------
    Source or Refused
        Each report once: the same bytes a second time are refused as a duplicate. Attachments of a
        mail follow it.

    Examples
    --------
    >>> [refused.says for refused in gather(["no-such-report.txt"])]
    ['no-such-report.txt: there is no such file']
    """
    found = listed(paths, limits)
    start_ahead([p for p in found if isinstance(p, Path)], limits)
    total = sum(isinstance(entry, Path) for entry in found)
    seen: dict[str, str] = {}
    done = 0
    for entry in found:
        if isinstance(entry, Refused):
            yield entry
            continue
        progress(done, total)
        try:
            name, filename, raw = _bytes(entry, limits)
            yield from _taken(name, filename, raw, limits, seen)
        except ReportError as error:
            yield Refused(str(entry), str(error))
        done += 1
    progress(done, total)


def start_ahead(paths: Iterable[Path], limits: Limits = LIMITS) -> None:
    """Start what takes files apart, where the names of files say that it will be needed."""
    kinds = (_NAMED.get(path.suffix.lower()) for path in paths)
    kind = next((kind for kind in kinds if kind), None)
    if kind is not None:
        from accordant.evidence.intake.worker import start

        start(kind, limits)


def _bytes(path: Path, limits: Limits) -> tuple[str, str, bytes]:
    if str(path) == STANDARD_INPUT:
        return "standard input", _INPUT, read_input(limits)
    piped = path.is_absolute() and path.parts[1:2] == ("dev",)  # from a command: <(command)
    return str(path), _INPUT if piped else path.name, read_bytes(path, limits)


def _taken(
    name: str,
    filename: str,
    raw: bytes,
    limits: Limits,
    seen: dict[str, str],
    inside: str | None = None,
    depth: int = 0,
) -> Iterator[Source | Refused]:
    digest = hashlib.sha256(raw).hexdigest()
    if digest in seen:
        yield Refused(name, f"{name}: the same bytes as {seen[digest]}; read once", "duplicate")
        return
    seen[digest] = name
    try:
        intake = take_in(raw, filename, limits)
    except ReportError as error:
        says = str(error).removeprefix(f"{filename}: ")
        yield Refused(name, f"{name}: {says}")
        return
    if filename == _INPUT:
        filename += _ENDING[intake.format]
    yield Source(name, filename, raw, intake, inside)
    for attached in intake.attachments:
        inner = f"{name}: {attached.name}"
        if depth >= limits.depth:
            yield Refused(inner, f"{inner}: mails inside mails more than {limits.depth} deep; not read")
        else:
            yield from _taken(inner, attached.name, attached.raw, limits, seen, name, depth + 1)
