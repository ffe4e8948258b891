"""Several reports at once: one call for everything that can be said about them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from accordant.case.counting import Interval
from accordant.evidence.result import ReadResult
from accordant.evidence.together.conflicts import conflicts
from accordant.evidence.together.copies import overlaps
from accordant.evidence.together.features import all_names
from accordant.evidence.together.from_reading import material
from accordant.evidence.together.material import Matter
from accordant.evidence.together.merging import Merging
from accordant.evidence.together.origins import Origins
from accordant.evidence.together.passages import PASSAGE_SHINGLES
from accordant.evidence.together.reports import Linking, quoting, report_names, twins
from accordant.evidence.together.result import ClaimGroup, TogetherResult
from accordant.evidence.together.same import Compared, compare
from accordant.evidence.together.status import statuses
from accordant.evidence.together.telling import telling
from accordant.evidence.together.wording import shingles
from accordant.tables import Method

Progress = Callable[[int, int], None]


def read_together(paths: Iterable[str | Path], published: str | None = None) -> TogetherResult:
    """Read several reports and say how they hang together; nothing enters a case by this.

    Parameters
    ----------
    paths
        Files as for :func:`accordant.read`.
    published
        The date of those that do not say it.

    Raises
    ------
    ReportError
        If a file cannot be read as a report.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> said = "Two delegates told the Harbour Courier that the port of Lissa would open for medicine."
    >>> for name in ("a.txt", "b.txt"):
    ...     _ = (folder / name).write_text(said)
    >>> found = read_together([folder / "a.txt", folder / "b.txt"])
    >>> found.links[0].kind, found.groups[0].origins
    ('same-file', Interval(at_least=1, at_most=1))
    """
    from accordant.evidence.reading import read

    return together([read(path, published) for path in paths])


def together(
    results: Sequence[ReadResult], progress: Progress = lambda _done, _total: None
) -> TogetherResult:
    """How reports that were read hang together.

    Parameters
    ----------
    results
        The reports; they are called ``r1``, ``r2`` … in this order.
    progress
        Told how many comparisons of claims are done, of how many.
    """
    return of_matter(Matter(tuple(material(r, f"r{k}") for k, r in enumerate(results, 1))), progress)


def of_matter(
    matter: Matter,
    progress: Progress = lambda _done, _total: None,
    *,
    by_id: bool = False,
    apart: frozenset[frozenset[str]] = frozenset(),
    count: Callable[[Sequence[str]], Interval] | None = None,
) -> TogetherResult:
    """How reports hang together, from reading or from a case (``by_id``; see :class:`Merging`).

    ``count`` says how many independent origins some claims of a case have, by their ids.
    """
    known = all_names(matter)
    found = shingles([report.words for report in matter.reports])
    twin, repeated = twins(matter)
    empty = found[0][:0] if found else None
    single = [empty if k in repeated and empty is not None else one for k, one in enumerate(found)]
    shared = overlaps(single, least=PASSAGE_SHINGLES)
    compared = compare(matter, progress)
    names = report_names(matter, known)
    both_quote = quoting(matter, single, shared.cut)
    links = Linking(matter, compared, found, shared, names, twin, repeated, both_quote).links()
    told = tuple(statuses(report) for report in matter.reports)
    merging = Merging(matter, links, known, _told_alike(compared), apart, by_id)
    counting = Origins(matter, merging, links)
    groups = []
    for members in compared.groups:
        pieces = counting.pieces(members)
        ids = [matter.statements[m].id for m in members]
        groups.append(ClaimGroup(members, pieces, counting.count(pieces) if count is None else count(ids)))
    return TogetherResult(
        matter,
        links,
        tuple(groups),
        conflicts(compared, told, names),
        merging.perhaps,
        telling(matter, merging, links),
        _method(matter, shared.common, shared.cut),
    )


_LARGE = 60
"""A group in more reports than this leads to no question about two sources."""


def _told_alike(compared: Compared) -> frozenset[tuple[int, int]]:
    """Pairs of reports that make the same claim."""
    every = compared.matter.statements
    pairs: set[tuple[int, int]] = set()
    for group in compared.groups:
        held = sorted({every[m].report for m in group})
        if len(held) <= _LARGE:
            pairs |= {(one, other) for k, one in enumerate(held) for other in held[k + 1 :]}
    return frozenset(pairs)


def _method(matter: Matter, common: int, cut: int) -> Method:
    parameters = [("reports", str(len(matter.reports))), ("claims", str(len(matter.statements)))]
    words = ""
    if common:
        words = f"{common:,} shingles that stand in more than {cut:,} reports set aside"
        parameters.append(("common shingles", str(common)))
    name = "copies by five-word shingles, claims by names, numbers and words"
    return Method(name, parameters=tuple(parameters), cut=words)
