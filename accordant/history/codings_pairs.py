"""Which claims of two codings are about the same words: paired by overlapping places in the same report.

Two claims can be paired where their places share at least half of the shorter one. Of all ways of
pairing, that one is taken in which the paired places overlap most, all pairs together; among those, the
one whose pairs agree in most fields.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accordant.case.objects import Case
from accordant.case.sources import Claim

PARTS = 1000
"""Overlap is measured in thousandths of both places together."""
TOLD_BY = ("kind", "by", "attribution", "status")
"""Fields that decide between claims on the same words."""


@dataclass(frozen=True, slots=True)
class SharedReports:
    """Reports that both codings hold, by their files, and those that only one has.

    Attributes
    ----------
    same
        Ids of the second coding's reports, with the id that the first has for the same file.
    only_ours, only_theirs
        Ids of the others.
    """

    same: Mapping[str, str]
    only_ours: tuple[str, ...]
    only_theirs: tuple[str, ...]


def shared_reports(ours: Case, theirs: Case) -> SharedReports:
    """Which reports of two cases are the same file as received: those with the same SHA-256.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> def case(**reports):
    ...     held = {id_: {"file": "f", "sha256": text} for id_, text in reports.items()}
    ...     return Case(title="t", parties={}, sources=Sources.model_validate({"reports": held}))
    >>> shared_reports(case(r1="aa", r2="bb"), case(x="BB", y="cc"))
    SharedReports(same={'x': 'r2'}, only_ours=('r1',), only_theirs=('y',))
    """
    known: dict[str, str] = {}
    for id_, report in ours.reports.items():
        known.setdefault(report.sha256.lower(), id_)
    same: dict[str, str] = {}
    for id_, report in theirs.reports.items():
        found = known.get(report.sha256.lower())
        # a file that one case holds twice is itself first of all
        twin = ours.reports.get(id_)
        if twin is not None and twin.sha256.lower() == report.sha256.lower():
            found = id_
        if found is not None and found not in same.values():
            same[id_] = found
    return SharedReports(
        same,
        tuple(r for r in ours.reports if r not in same.values()),
        tuple(r for r in theirs.reports if r not in same),
    )


def shared_words(one: tuple[int, int], other: tuple[int, int]) -> int:
    """How much of two places is common, in thousandths; 0 where it is less than half of the shorter.

    Examples
    --------
    >>> shared_words((0, 10), (0, 10)), shared_words((0, 10), (5, 15)), shared_words((0, 10), (6, 16))
    (1000, 500, 0)
    """
    common = min(one[1], other[1]) - max(one[0], other[0])
    lengths = (one[1] - one[0], other[1] - other[0])
    if common <= 0 or 2 * common < min(lengths):
        return 0
    return max(2 * common * PARTS // sum(lengths), 1)


def alike(ours: Claim, theirs: Claim) -> int:
    """In how many of the fields in :data:`TOLD_BY` two claims agree."""
    return sum(getattr(ours, name) == getattr(theirs, name) for name in TOLD_BY)


def pairs(ours: Case, theirs: Case, same: Mapping[str, str]) -> dict[str, str]:
    """The first coding's claim for each of the second's that has one.

    Parameters
    ----------
    same
        Reports of the second coding with the first's id, as :func:`shared_reports` has them.
    """
    found: dict[str, str] = {}
    for theirs_id, ours_id in same.items():
        mine = [c for c, claim in ours.claims.items() if claim.report == ours_id]
        its = [c for c, claim in theirs.claims.items() if claim.report == theirs_id]
        found |= _best(ours.claims, theirs.claims, mine, its)
    return {c: found[c] for c in theirs.claims if c in found}


def _best(
    ours: Mapping[str, Claim], theirs: Mapping[str, Claim], mine: Sequence[str], its: Sequence[str]
) -> dict[str, str]:
    """The pairing that is worth most, as second claim to first."""
    import networkx as nx

    graph: nx.Graph[tuple[int, int]] = nx.Graph()
    # all fields of all pairs together count less than a thousandth of overlap
    overlap = len(TOLD_BY) * min(len(mine), len(its)) + 1
    for k, a in enumerate(mine):
        for j, b in enumerate(its):
            if common := shared_words(ours[a].at, theirs[b].at):
                graph.add_edge((0, k), (1, j), weight=common * overlap + alike(ours[a], theirs[b]))
    found = {}
    for part in nx.connected_components(graph):
        for one, other in nx.max_weight_matching(graph.subgraph(sorted(part))):
            (_, k), (_, j) = sorted((one, other))
            found[its[j]] = mine[k]
    return found
