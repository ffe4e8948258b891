"""What runs in the process that takes documents apart; see :mod:`accordant.evidence.intake.worker`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from accordant.errors import ReportError
from accordant.evidence.intake.built import Extract, OverLimitError, as_data
from accordant.evidence.intake.limits import Limits

Reader = Callable[[bytes, str, Limits], Extract]


_LIBRARIES = {"html": "trafilatura", "pdf": "pypdfium2", "docx": "docx"}


def main(kind: str = "") -> None:
    """Answer one document after the other until the other side closes the pipe.

    Parameters
    ----------
    kind
        What will come first: its library is imported while the other side does something else.
    """
    answers = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints must not look like an answer
    if kind in _LIBRARIES:
        reader(kind)
        import_module(_LIBRARIES[kind])
    asked = sys.stdin.buffer
    while True:
        length = int.from_bytes(asked.read(8), "big")
        if not length:
            return
        head = json.loads(asked.read(length))
        raw = asked.read(head["size"])
        limits = Limits(**head["limits"])
        _bind(limits)
        _answer(answers, _taken_apart(head["kind"], raw, head["filename"], limits))


def _taken_apart(kind: str, raw: bytes, filename: str, limits: Limits) -> Extract | str:
    """The extract, or why there is none."""
    try:
        return reader(kind)(raw, filename, limits)
    except ReportError as error:
        return str(error).removeprefix(f"{filename}: ")
    except OverLimitError as error:
        return str(error)
    except MemoryError:
        return f"taking it apart needs more than {limits.memory / 1e9:g} GB; save its text and read that"
    except RecursionError:
        return "taking it apart failed: it is nested too deeply; save its text and read that"
    except Exception as error:  # whatever a parser raises on a damaged file, it is the file's fault
        about = "its XML is broken, or nested too deeply"
        if not type(error).__module__.startswith("lxml"):
            about = " ".join(str(error).split())[:200] or type(error).__name__
        return (
            f"taking it apart failed ({about}): the file is damaged or hostile; save its text and read that"
        )


def reader(kind: str) -> Reader:
    """The function that takes one kind of document apart."""
    # Imported when the first of its kind comes: each of these libraries takes a fifth of a second.
    if kind == "html":
        from accordant.evidence.intake.web import read_page

        return read_page
    if kind == "pdf":
        from accordant.evidence.intake.pdf import read_pdf

        return read_pdf
    if kind == "docx":
        from accordant.evidence.intake.word import read_word

        return read_word
    from accordant.evidence.intake.mail import read_mail

    return read_mail


def _answer(handle: int, found: Extract | str) -> None:
    blobs = [] if isinstance(found, str) else [a.raw for a in found.attachments]
    data: dict[str, Any] = {"refused": found} if isinstance(found, str) else as_data(found)
    encoded = json.dumps({**data, "sizes": [len(b) for b in blobs]}).encode()
    whole = memoryview(b"".join([len(encoded).to_bytes(8, "big"), encoded, *blobs]))
    while whole:
        whole = whole[os.write(handle, whole) :]


def _bind(limits: Limits) -> None:
    """Bind this process to its limits; where the system knows none, the other side still has its clock."""
    try:
        import resource
    except ImportError:  # not a Unix
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.seconds + 0.999)
    wanted = ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_FSIZE, 0))
    for what, most in wanted:
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(what, (most, hard))
        except (OSError, ValueError):
            continue
