"""Many reports read in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from accordant.evidence.intake.gathering import Progress, Refused, gather
from accordant.evidence.intake.limits import LIMITS, Limits
from accordant.evidence.reading import read_source
from accordant.evidence.result import ReadResult


def read_many(
    paths: Iterable[str | Path],
    published: str | None = None,
    retrieved: str | None = None,
    limits: Limits = LIMITS,
    progress: Progress = lambda _done, _total: None,
) -> Iterator[ReadResult | Refused]:
    """Read reports one after the other; what cannot be read is said, and the others go on.

    Parameters
    ----------
    paths
        Files, folders, ``@list`` (a file with a path in each line) and ``-`` for standard input.
    published, retrieved
        Dates as ``YYYY-MM-DD``: of the reports where they do not say it, and when they were received.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("The union said that it would wait.")
    >>> _ = (folder / "b.txt").write_text("The union said that it would wait.")
    >>> first, second = read_many([folder])
    >>> first.claims[0].source.text, second.kind
    ('The union', 'duplicate')
    """
    for found in gather(paths, limits, progress):
        yield found if isinstance(found, Refused) else read_source(found, published, retrieved)
