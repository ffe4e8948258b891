"""Work that ends by a time, whatever the other side of a connection does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` gives, if it does so in time.

    A connection can be kept open for ever by a byte now and then, in places where no limit of the
    library reaches. The work therefore runs beside the program, and is left to itself where it takes
    too long; its own limits end it some time later. Ctrl-C is heard at once.

    Raises
    ------
    TimeoutError
        If it takes longer than ``seconds``.

    Examples
    --------
    >>> within(5, lambda: 2 + 2)
    4
    """
    done: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def run() -> None:
        try:
            done.put((work(), None))
        except BaseException as error:  # handed over to whoever waits
            done.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        found, error = done.get(timeout=max(0.001, seconds))
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return found  # type: ignore[return-value]  # None only where an error is
