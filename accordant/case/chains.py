"""How claims hang together: what one is said inside of, and which of them assert the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from accordant.case.groups import Groups
from accordant.case.objects import Case


def chain(case: Case, claim: str) -> tuple[str, ...]:
    """The claim and every claim it is said inside of, innermost first; safe on circles."""
    seen: list[str] = []
    at: str | None = claim
    while at is not None and at in case.claims and at not in seen:
        seen.append(at)
        at = case.claims[at].within
    return tuple(seen)


def linked(case: Case, claims: Collection[str]) -> Mapping[str, tuple[str, ...]]:
    """For each of some claims those of them that assert the same, through no others, in order.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({"claims": {
    ...     "c1": said, "c2": {**said, "confirms": "c1"}, "c3": {**said, "confirms": "c2"}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> linked(case, case.claims)["c1"], linked(case, ["c1", "c3"])["c1"]
    (('c1', 'c2', 'c3'), ('c1',))
    """
    numbers = {c: k for k, c in enumerate(claims)}
    joined = Groups(len(numbers))
    for claim in claims:
        for other in case.claims[claim].confirms:
            if other in numbers:
                joined.join(numbers[claim], numbers[other])
    held: dict[int, list[str]] = {}
    roots = joined.roots()
    for claim, k in numbers.items():
        held.setdefault(roots[k], []).append(claim)
    return {claim: tuple(held[roots[k]]) for claim, k in numbers.items()}
