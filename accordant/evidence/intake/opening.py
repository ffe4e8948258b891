"""The bytes of a file, a pipe or standard input: never more than the limit, never waiting for ever."""

from __future__ import annotations

import os
import select
import stat
import sys
import time
from pathlib import Path

from accordant.errors import ReportError
from accordant.evidence.intake.limits import LIMITS, Limits

STANDARD_INPUT = "-"
# Without O_NONBLOCK, opening a named pipe would wait for somebody to write into it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_CHUNK = 1 << 20


def read_bytes(path: str | Path, limits: Limits = LIMITS) -> bytes:
    """The bytes of a report, refused before reading when the file is too large.

    Raises
    ------
    ReportError
        If it cannot be read: missing, a folder, a device, not permitted, too large.

    Examples
    --------
    >>> read_bytes("no-such-report.txt")
    Traceback (most recent call last):
    accordant.errors.ReportError: no-such-report.txt: there is no such file
    """
    path = Path(path)
    try:
        _refuse_kind(path, os.stat(path).st_mode)
        handle = os.open(path, _FLAGS)
    except FileNotFoundError as error:
        raise ReportError(f"{path}: there is no such file") from error
    except (OSError, ValueError) as error:
        raise ReportError(f"{path}: cannot be read: {_why(error)}") from error
    try:
        about = os.fstat(handle)  # what was opened, whatever the name stands for by now
        _refuse_kind(path, about.st_mode)
        refuse_by_size(about.st_size, str(path), limits)
        if stat.S_ISFIFO(about.st_mode):
            return _pipe(handle, path, limits)
        raw = _up_to(handle, limits.size + 1)
    except OSError as error:
        raise ReportError(f"{path}: cannot be read: {_why(error)}") from error
    finally:
        os.close(handle)
    refuse_by_size(len(raw), str(path), limits)
    return raw


def read_input(limits: Limits = LIMITS) -> bytes:
    """What comes from standard input, to its end.

    Raises
    ------
    ReportError
        If there is nothing, or too much of it.
    """
    source = getattr(sys.stdin, "buffer", None)
    raw = source.read(limits.size + 1) if source is not None else sys.stdin.read(limits.size + 1).encode()
    refuse_by_size(len(raw), "standard input", limits)
    if not raw:
        raise ReportError("standard input: nothing came; pipe a report into the command")
    return bytes(raw)


def refuse_by_size(size: int, filename: str, limits: Limits = LIMITS) -> None:
    """Refuse what is larger than a report may be.

    Raises
    ------
    ReportError
        If it is.
    """
    if size > limits.size:
        raise ReportError(
            f"{filename}: too large: {size / 1e6:.0f} MB, at most {limits.size / 1e6:.0f} MB; "
            "cut out the part that matters"
        )


def _why(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse_kind(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReportError(f"{path}: a folder, not a report; name the files in it")
    if stat.S_ISCHR(mode) or stat.S_ISBLK(mode):
        raise ReportError(f"{path}: a device, not a report; '-' reads what is piped into the command")
    if stat.S_ISSOCK(mode):
        raise ReportError(f"{path}: a socket, not a report")


def _up_to(handle: int, most: int) -> bytes:
    held = bytearray()
    while len(held) < most and (piece := os.read(handle, min(_CHUNK, most - len(held)))):
        held += piece
    return bytes(held)


def _pipe(handle: int, path: Path, limits: Limits) -> bytes:
    """What comes out of a pipe, as long as something comes."""
    held = bytearray()
    until = time.monotonic() + 6 * limits.waiting  # a byte now and then is not a report either
    while True:
        try:
            piece = os.read(handle, _CHUNK)
        except BlockingIOError:
            patience = min(limits.waiting, until - time.monotonic())
            if patience <= 0 or not select.select([handle], [], [], patience)[0]:
                raise ReportError(
                    f"{path}: a pipe that does not come to an end; save the report first"
                ) from None
            continue
        if not piece:
            break
        held += piece
        refuse_by_size(len(held), str(path), limits)
    if not held:
        raise ReportError(f"{path}: a pipe that nobody writes to")
    return bytes(held)
