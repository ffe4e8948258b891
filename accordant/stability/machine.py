"""What the machine offers."""

from __future__ import annotations

import os
from functools import cache

WORTH_THREADS = 1_000_000
"""Elementary steps below which starting threads costs more than it saves."""


@cache
def workers() -> int:
    """Number of threads worth starting: kernels run side by side, one per processor."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)
