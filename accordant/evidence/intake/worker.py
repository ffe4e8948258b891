"""A process of its own in which documents are taken apart, within limits of time and memory.

Parsers of PDF, Word, HTML and mail are large, and reports come from anywhere. What loops, blows up or
crashes there ends that process and nothing else; the next document gets a new one. One process serves
one document after the other, so that many reports pay for its start once.

What goes over the pipes: a length in eight bytes and JSON of that length, then the raw bytes whose
lengths the JSON gives. Nothing that comes back is executed.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from typing import Any

from accordant.errors import ReportError
from accordant.evidence.intake.built import Extract, from_data
from accordant.evidence.intake.limits import LIMITS, Limits

_START = (
    "import sys; kind = sys.argv[1]; sys.path[:] = sys.argv[2:]; "
    "from accordant.evidence.intake.child import main; main(kind)"
)
_CHUNK = 1 << 18
_MOST = 200_000_000  # bytes of an answer: the text and the attachments of one file
_lock = threading.Lock()
_running: _Child | None = None


class _EndedError(Exception):
    """The process ended, or was ended, before it had answered."""

    def __init__(self, says: str) -> None:
        self.says = says
        super().__init__(says)


class _Child:
    """One process and its pipes."""

    def __init__(self, memory: int, kind: str = "") -> None:
        self.owner, self.memory = os.getpid(), memory
        flags = ["-I", "-S", "-B", "-W", "ignore"]
        self.process = subprocess.Popen(
            [sys.executable, *flags, "-c", _START, kind, *(os.path.abspath(p) for p in sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )

    def ask(self, head: dict[str, Any], raw: bytes, seconds: float) -> tuple[dict[str, Any], list[bytes]]:
        """Send one document and wait for what came out of it."""
        until = time.monotonic() + seconds
        encoded = json.dumps({**head, "size": len(raw)}).encode()
        self._send(len(encoded).to_bytes(8, "big") + encoded + raw, until)
        length = int.from_bytes(self._receive(8, until), "big")
        answer = json.loads(self._receive(length, until))
        return answer, [self._receive(size, until) for size in answer.get("sizes", ())]

    def _send(self, data: bytes, until: float) -> None:
        assert self.process.stdin is not None
        handle, at = self.process.stdin.fileno(), 0
        os.set_blocking(handle, False)
        while at < len(data):
            self._wait(handle, selectors.EVENT_WRITE, until)
            try:
                at += os.write(handle, data[at : at + _CHUNK])
            except BlockingIOError:
                continue
            except OSError:
                raise _EndedError(self._died()) from None

    def _receive(self, length: int, until: float) -> bytes:
        assert self.process.stdout is not None
        if length > _MOST:
            raise _EndedError("too much comes out of it")
        handle, held = self.process.stdout.fileno(), bytearray()
        while len(held) < length:
            self._wait(handle, selectors.EVENT_READ, until)
            piece = os.read(handle, min(_CHUNK, length - len(held)))
            if not piece:
                raise _EndedError(self._died())
            held += piece
        return bytes(held)

    def _wait(self, handle: int, event: int, until: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(handle, event)
            if not selector.select(max(0.0, until - time.monotonic())):
                raise _EndedError("time")

    def _died(self) -> str:
        """Why the process ended by itself."""
        status = self.process.wait(5)
        return "time" if status == -getattr(signal, "SIGXCPU", 24) else "crash"

    def end(self) -> None:
        """End the process and close its pipes."""
        if self.owner != os.getpid():
            return  # a fork of this program: the process belongs to the parent
        with contextlib.suppress(OSError):
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def start(kind: str = "", limits: Limits = LIMITS) -> None:
    """Have the process ready before it is needed: its start takes place while something else is done.

    Parameters
    ----------
    kind
        What will come first, so that its library is there.
    """
    with _lock:
        _child(limits, kind)


def extract(kind: str, raw: bytes, filename: str, limits: Limits = LIMITS) -> Extract:
    """What a document holds: its text, its furniture, what it says of itself.

    Parameters
    ----------
    kind
        ``html``, ``pdf``, ``docx`` or ``eml``.

    Raises
    ------
    ReportError
        If it cannot be taken apart, or not within the limits.

    Examples
    --------
    >>> extract("html", b"<p>The envoy left.</p>", "page.html").text
    'The envoy left.\\n'
    """
    if kind == "html":
        limits = replace(limits, seconds=min(limits.seconds, limits.page_seconds))
    head = {"kind": kind, "filename": filename, "limits": asdict(limits)}
    with _lock:
        try:
            answer, blobs = _child(limits).ask(head, raw, 3 * limits.seconds)
        except _EndedError as ended:
            stop()
            raise ReportError(f"{filename}: {_ended(ended.says, limits)}") from None
        except BaseException:  # Ctrl-C in the middle: what is still in the pipe answers nobody
            stop()
            raise
    if "refused" in answer:
        raise ReportError(f"{filename}: {answer['refused']}")
    return from_data(answer, blobs)


def _ended(says: str, limits: Limits) -> str:
    if says == "time":
        return f"taking it apart takes longer than {limits.seconds:g} s; save its text and read that"
    if says == "crash":
        return "taking it apart failed: it is damaged or hostile; save its text and read that"
    return f"{says}; save its text and read that"


def _child(limits: Limits, kind: str = "") -> _Child:
    global _running
    found = _running
    usable = found is not None and found.owner == os.getpid() and found.memory == limits.memory
    if found is None or not usable or found.process.poll() is not None:
        if found is not None:
            found.end()
        try:
            found = _running = _Child(limits.memory, kind)
        except OSError as error:
            raise ReportError(f"no process can be started to take files apart: {error.strerror}") from error
    return found


def stop() -> None:
    """End the process, if there is one."""
    global _running
    found, _running = _running, None
    if found is not None:
        found.end()


atexit.register(stop)
