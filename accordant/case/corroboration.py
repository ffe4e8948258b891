"""How many independent origins a claim goes back to: origins count, pages never do.

Claims that assert the same are linked by ``confirms``. Two of them are one piece of evidence when
they share an origin, their own or one that they are said inside of. Unnamed sources of different
outlets may be one and the same, so that the count is an interval.
"""

from __future__ import annotations

from dataclasses import dataclass

from accordant.case.grounds import origins_of, standings
from accordant.case.objects import Case


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Independent origins of one assertion, at least and at most, and the claims counted."""

    at_least: int
    at_most: int
    claims: tuple[str, ...]


def corroboration(case: Case, claim: str) -> Corroboration:
    """How many independent origins assert what a claim asserts.

    Claims that do not stand are not counted, and neither are claims without an origin.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"a": {"kind": "named"}, "b": {"kind": "described"}, "c": {"kind": "described"}},
    ...     "claims": {"c1": {**said, "origin": "a"}, "c2": {**said, "origin": "b", "confirms": ["c1"]},
    ...                "c3": {**said, "origin": "c", "confirms": ["c1"]}}})
    >>> corroboration(Case(title="t", parties={}, sources=sources), "c1")
    Corroboration(at_least=2, at_most=3, claims=('c1', 'c2', 'c3'))
    """
    standing = standings(case)
    same = [c for c in _same(case, claim) if standing[c].stands]
    pieces: list[tuple[set[str], bool]] = []
    for one in same:
        origins = set(origins_of(case, one))
        if not origins:
            continue
        unnamed = all(case.origins[o].unnamed for o in origins if o in case.origins)
        for piece in [p for p in pieces if p[0] & origins]:
            pieces.remove(piece)
            origins |= piece[0]
            unnamed = unnamed and piece[1]
        pieces.append((origins, unnamed))
    named = sum(not unnamed for _, unnamed in pieces)
    return Corroboration(named + (named < len(pieces)), len(pieces), tuple(same))


def _same(case: Case, claim: str) -> tuple[str, ...]:
    """The claims linked with one by ``confirms``, either way, in the order of the file."""
    linked: dict[str, set[str]] = {c: set(x.confirms) & set(case.claims) for c, x in case.claims.items()}
    for one, others in list(linked.items()):
        for other in others:
            linked[other].add(one)
    found, ahead = {claim}, [claim]
    while ahead:
        new = linked.get(ahead.pop(), set()) - found
        found |= new
        ahead.extend(new)
    return tuple(c for c in case.claims if c in found)
