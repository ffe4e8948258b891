"""Chunks worked out by processes of this machine.

Each is a Python of its own that is told what to do through a pipe, so that nothing of the calling program
is run again in it, whatever that program is. When the calling process ends, for any reason, the pipe ends
and the others with it.
"""

from __future__ import annotations

import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from queue import Queue
from typing import IO, Any

from accordant.errors import AccordantError, FailedError
from accordant.reliance.variants.working import Done, Job, work

_SIZE = struct.Struct("<Q")
AHEAD = 2
"""Chunks per process that may be done and not yet taken."""


def in_processes(job: Job, numbers: Iterable[int], count: int) -> Iterator[Done]:
    """Chunks as they are done by some processes.

    Raises
    ------
    FailedError
        If a process ends before its work does.
    """
    left, lock = iter(numbers), threading.Lock()
    done: Queue[Done | BaseException | None] = Queue(count * AHEAD)
    stopped = threading.Event()
    started = [_start() for _ in range(count)]

    def drive(process: subprocess.Popen[bytes]) -> None:
        try:
            _send(process.stdin, job.packed)
            while not stopped.is_set():
                with lock:
                    number = next(left, None)
                if number is None:
                    break
                _send(process.stdin, number)
                found = _received(process.stdout)
                done.put(_lost(process) if found is None else found)
                if not isinstance(found, Done):
                    break
        except OSError:
            done.put(_lost(process))
        except Exception as error:  # nothing may be lost in a thread: whoever waits is told
            done.put(error)
        finally:
            done.put(None)

    drivers = [threading.Thread(target=drive, args=(p,), daemon=True) for p in started]
    try:
        for driver in drivers:
            driver.start()
        open_ = count
        while open_:
            found = done.get()
            if found is None:
                open_ -= 1
            elif isinstance(found, BaseException):
                raise found
            else:
                yield found
    finally:
        stopped.set()
        for process in started:
            _end(process)


def _start() -> subprocess.Popen[bytes]:
    path = os.pathsep.join(p for p in sys.path if p)
    return subprocess.Popen(
        [sys.executable, "-c", "from accordant.reliance.variants.processes import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        start_new_session=True,  # Ctrl-C is for the process that was started by hand
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            try:
                pipe.close()
            except OSError:  # what was not sent has no reader any more
                continue


def _lost(process: subprocess.Popen[bytes]) -> FailedError:
    code = process.poll()
    why = "" if code is None or code >= 0 else f" (signal {signal.Signals(-code).name})"
    return FailedError(
        f"a process that worked on the sweep ended{why}, perhaps for want of memory; what is done is kept, "
        "and the same command goes on; try fewer with --jobs"
    )


def _send(pipe: IO[bytes] | None, what: object) -> None:
    assert pipe is not None
    packed = pickle.dumps(what)
    pipe.write(_SIZE.pack(len(packed)) + packed)
    pipe.flush()


def _received(pipe: IO[bytes] | None) -> Any:
    """What the other side sent, None where it has ended."""
    assert pipe is not None
    head = pipe.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    packed = pipe.read(size)
    return pickle.loads(packed) if len(packed) == size else None


def main() -> None:
    """What each process runs: take the number of a chunk, work it out, until there are no more."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever prints must not come between
    packed = _received(sys.stdin.buffer)
    while packed is not None and (number := _received(sys.stdin.buffer)) is not None:
        try:
            found: object = work(packed, number)
        except AccordantError as error:
            found = error
        except MemoryError:
            found = FailedError("not enough memory for this sweep; try fewer processes with --jobs")
        try:
            _send(out, found)
        except BrokenPipeError:
            return
