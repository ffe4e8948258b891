"""How many independent origins a claim goes back to: origins count, pages never do.

Claims that assert the same are linked by ``confirms``. Two of them are one piece of evidence when
they share an origin, their own or one that they are said inside of. Origins of one name, or of one
entry of the register, are one. Unnamed sources of different outlets may be one and the same, so that
the count is an interval. What a report that rewrites another one says in its own voice adds nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from accordant.case.grounds import chain, origins_of, standings
from accordant.case.objects import Case
from accordant.case.register import Lookup

_VOICES = ("outlet", "unattributed")
"""Kinds of origins that speak in nobody's voice but that of the report."""


@dataclass(frozen=True, slots=True)
class Corroboration:
    """Independent origins of one assertion, at least and at most, and the claims counted.

    Attributes
    ----------
    unnamed
        How many of those counted at most are only reached through somebody unnamed.
    """

    at_least: int
    at_most: int
    claims: tuple[str, ...]
    unnamed: int = 0


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
    Corroboration(at_least=2, at_most=3, claims=('c1', 'c2', 'c3'), unnamed=2)
    """
    return Counting(case).of(claim)


class Counting:
    """The counts for every claim of one case; what claims share is worked out once."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.standing = standings(case)
        self.lookup = Lookup(case)
        self._known: dict[str, Corroboration] = {}

    def of(self, claim: str) -> Corroboration:
        """The count for one claim: the same for all that it is linked to by ``confirms``."""
        same = self.same[claim]
        if same[0] not in self._known:
            self._known[same[0]] = self._counted(tuple(c for c in same if self.standing[c].stands))
        return self._known[same[0]]

    @cached_property
    def same(self) -> Mapping[str, tuple[str, ...]]:
        """For each claim those that assert the same, itself among them, in the order of the file."""
        claims = self.case.claims
        linked: dict[str, set[str]] = {c: {d for d in x.confirms if d in claims} for c, x in claims.items()}
        for one, others in list(linked.items()):
            for other in others:
                linked[other].add(one)
        order = {c: k for k, c in enumerate(claims)}
        groups: dict[str, tuple[str, ...]] = {}
        for start in claims:
            if start in groups:
                continue
            found, ahead = {start}, [start]
            while ahead:
                new = linked[ahead.pop()] - found
                found |= new
                ahead.extend(new)
            group = tuple(sorted(found, key=order.__getitem__))
            groups |= dict.fromkeys(group, group)
        return groups

    @cached_property
    def who(self) -> Mapping[str, frozenset[tuple[str, ...]]]:
        """For each origin what it is known by: its id, its name, its entry in the register."""
        return {id_: frozenset(self._known_by(id_)) for id_ in self.case.origins}

    @cached_property
    def called(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The origins that are known by each of those."""
        found: dict[tuple[str, ...], list[str]] = {}
        for origin, keys in self.who.items():
            for key in keys:
                found.setdefault(key, []).append(origin)
        return {key: tuple(origins) for key, origins in found.items()}

    def _known_by(self, id_: str) -> list[tuple[str, ...]]:
        origin = self.case.origins[id_]
        known: list[tuple[str, ...]] = [("origin", id_)]
        if origin.name is not None and not origin.unnamed:
            known.append(("name", origin.kind, origin.name.casefold()))
        entry = self.lookup.entry(id_)
        return known if entry is None else [*known, ("register", entry.id)]

    def _counted(self, same: tuple[str, ...]) -> Corroboration:
        pieces: list[tuple[set[tuple[str, ...]], bool]] = []
        for one in same:
            origins = origins_of(self.case, one)
            if not origins or self._retold(one, same):
                continue
            keys = {k for o in origins for k in self.who.get(o, {("origin", o)})}
            # one unnamed link is enough: it may be the same person as in another line
            unnamed = any(self.case.origins[o].unnamed for o in origins if o in self.case.origins)
            for piece in [p for p in pieces if p[0] & keys]:
                pieces.remove(piece)
                keys |= piece[0]
                unnamed = unnamed and piece[1]
            pieces.append((keys, unnamed))
        named = sum(not unnamed for _, unnamed in pieces)
        least = named + (named < len(pieces))
        return Corroboration(least, len(pieces), same, len(pieces) - named)

    def _retold(self, claim: str, same: tuple[str, ...]) -> bool:
        """Whether a rewrite says in its own voice what the report that it rewrites has already."""
        case = self.case
        origins = [case.origins[o] for o in origins_of(case, claim) if o in case.origins]
        if any(origin.kind not in _VOICES for origin in origins):
            return False
        before = self._rewritten(case.claims[claim].report)
        return any(
            case.claims[other].report in before
            and origins_of(case, other)
            and other not in chain(case, claim)
            for other in same
        )

    def _rewritten(self, report: str) -> frozenset[str]:
        """The reports that one goes back to as a rewrite; safe on circles."""
        found: list[str] = []
        at = self.case.reports[report].original if report in self.case.reports else None
        while at is not None and at in self.case.reports and at not in (report, *found):
            found.append(at)
            at = self.case.reports[at].original
        return frozenset(found)
