"""Files of a case to text: size, encoding, and what is not text at all."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from accordant.errors import Problem

LIMIT = 10_000_000
"""Most bytes of ``case.yaml`` or ``claims.yaml``; a thousand claims take half a million."""
REPORT_LIMIT = 20_000_000
"""Most bytes of a report."""
REVIEW_FILE, REVIEW_LIMIT = "review.yaml", 200_000_000
"""What a person decided on suggestions, and the most bytes of it: over a million decisions."""

BOM = "\ufeff"
# Without O_NONBLOCK, opening a named pipe would wait for somebody to write into it.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_MARKS = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))


@dataclass(frozen=True)
class Source:
    """A file as it was when it was read.

    Attributes
    ----------
    raw
        Its bytes, to notice a change before writing.
    text
        Its text, without a byte-order mark.
    """

    name: str
    raw: bytes
    text: str

    @property
    def marked(self) -> bool:
        """Whether the file begins with a byte-order mark, to be kept on writing."""
        return self.raw.startswith(BOM.encode())


def read_bytes(path: Path, name: str, limit: int) -> bytes | Problem:
    """The bytes of an ordinary file of bounded size, or why there are none."""
    try:
        handle = os.open(path, _FLAGS)
    except FileNotFoundError:
        return Problem("there is no such file", file=name)
    except OSError as error:
        return Problem(f"cannot be opened: {error.strerror}", file=name)
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):
        os.close(handle)
        is_folder = stat.S_ISDIR(about.st_mode)
        return Problem("is a folder, not a file" if is_folder else "is not an ordinary file", file=name)
    with os.fdopen(handle, "rb") as file:
        if about.st_size > limit:
            size, most = about.st_size / 1e6, limit / 1e6
            return Problem(f"has {size:,.1f} MB; at most {most:,.0f} MB are read", file=name)
        try:
            return file.read(limit + 1)
        except OSError as error:
            return Problem(f"cannot be read: {error.strerror}", file=name)


def read_source(path: Path, name: str) -> Source | Problem:
    """A YAML file of a case as text, or why it cannot be."""
    raw = read_bytes(path, name, LIMIT)
    if isinstance(raw, Problem):
        return raw
    text = decode(raw, name)
    return text if isinstance(text, Problem) else Source(name, raw, text)


def decode(raw: bytes, name: str) -> str | Problem:
    """Bytes as UTF-8 text, or why they are not.

    Examples
    --------
    >>> decode(b"caf\\xe9", "case.yaml").message
    'is not UTF-8: byte 3 (0xE9) does not fit'
    """
    if not raw.strip(b" \t\r\n"):
        return Problem("is empty", file=name)
    encoding = next((e for mark, e in _MARKS if raw.startswith(mark)), None)
    if encoding:
        return Problem(f"is {encoding}", file=name, line=1, hint="save it as UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in raw:
            return Problem("is a binary file, not text", file=name)
        line = raw.count(b"\n", 0, error.start) + 1
        message = f"is not UTF-8: byte {error.start} (0x{raw[error.start]:02X}) does not fit"
        return Problem(message, file=name, line=line, hint="save it as UTF-8")
    if "\0" in text:
        return Problem(f"is a binary file, not text (a zero byte at {text.index(chr(0))})", file=name)
    return text.removeprefix(BOM)
