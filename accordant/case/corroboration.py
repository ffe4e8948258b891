"""How many independent origins a claim goes back to: origins count, pages never do.

Claims that assert the same are linked by ``confirms``. Two of them are one piece of evidence when
they share an origin, their own or one that they are said inside of. Origins of one name, or of one
entry of the register, are one. An outlet is only the way by which a claim came: where somebody else
stands behind the claim it is passed over, and credited alone it adds none beside a source that told
it, nor beside what its own report passes on: outlets that cite each other in a circle are one. What a
report that rewrites another one says in its own voice adds nothing, and two rewrites of one report add
one. The count is an interval, since pieces that are not certainly different may be one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from accordant.case.chains import linked
from accordant.case.counting import Interval, interval
from accordant.case.grounds import chain, origins_of, standings
from accordant.case.groups import Groups, reached
from accordant.case.identity import Known, may_be_one, parties_by_name, plain
from accordant.case.objects import Case
from accordant.case.outlets import credited, name_of, printed, rewritten
from accordant.case.register import Lookup

_VOICES = ("outlet", "unattributed")
"""Kinds of origins that speak in nobody's voice but that of the report."""

Key = tuple[str, ...]


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


@dataclass(frozen=True)
class Piece:
    """What is surely one origin, as far as the case tells.

    Attributes
    ----------
    origins
        Everybody behind it; outlets only where nobody else is.
    unnamed
        Whether every claim of it has come through somebody unnamed.
    outlets
        The outlets that were told, or that are credited.
    channel
        Whether only outlets stand behind it.
    credited
        The outlets that are all that is told of who stands behind it, by each of their names.
    printed
        The outlets of its reports, and of those that these go back to.
    reports
        The reports of its claims, and those that these go back to.
    retold
        The reports that those of its claims go back to that stand in a report's own voice.
    """

    origins: frozenset[str]
    unnamed: bool
    outlets: frozenset[str]
    channel: bool
    credited: frozenset[str]
    printed: frozenset[str]
    reports: frozenset[str]
    retold: frozenset[str]


def corroboration(case: Case, claim: str) -> Corroboration:
    """How many independent origins assert what a claim asserts.

    Claims that do not stand are not counted and link nothing, and neither are claims without an origin.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"a": {"kind": "named", "name": "Ida Renn"}, "b": {"kind": "described"},
    ...                 "c": {"kind": "named", "name": "Per Aas"}},
    ...     "claims": {"c1": {**said, "origin": "a"}, "c2": {**said, "origin": "b", "confirms": ["c1"]},
    ...                "c3": {**said, "origin": "c", "confirms": ["c1"]}}})
    >>> corroboration(Case(title="t", parties={}, sources=sources), "c1")
    Corroboration(at_least=2, at_most=3, claims=('c1', 'c2', 'c3'), unnamed=1)
    """
    return Counting(case).of(claim)


class Counting:
    """The counts for every claim of one case; what claims share is worked out once.

    Parameters
    ----------
    apart
        Pairs of origins of which a person has said that they are two.
    """

    def __init__(self, case: Case, apart: Collection[frozenset[str]] = ()) -> None:
        self.case = case
        self.apart = frozenset(apart)
        self.standing = standings(case)
        self.lookup = Lookup(case)
        self._known: dict[tuple[str, ...], Corroboration] = {}

    def of(self, claim: str) -> Corroboration:
        """The count for one claim: the same for all that stand and are linked to it."""
        return self.counted(self.standing_with[claim])

    def counted(self, claims: Sequence[str]) -> Corroboration:
        """The count over some claims that assert the same; those that do not stand are left out."""
        same = tuple(c for c in claims if self.standing[c].stands)
        if same not in self._known:
            self._known[same] = self._counted(same)
        return self._known[same]

    @cached_property
    def same(self) -> Mapping[str, tuple[str, ...]]:
        """For each claim those that assert the same, standing or not, in the order of the file."""
        return linked(self.case, self.case.claims)

    @cached_property
    def standing_with(self) -> Mapping[str, tuple[str, ...]]:
        """The same, linked by claims that stand alone; one that does not is by itself."""
        groups = linked(self.case, [c for c in self.case.claims if self.standing[c].stands])
        return {c: groups.get(c, (c,)) for c in self.case.claims}

    @cached_property
    def who(self) -> Mapping[str, frozenset[Key]]:
        """For each origin what it is known by: its id, its name, its entry in the register."""
        return {id_: frozenset(self.lookup.known_by(id_)) for id_ in self.case.origins}

    @cached_property
    def called(self) -> Mapping[Key, tuple[str, ...]]:
        """The origins that are known by each of those."""
        found: dict[Key, list[str]] = {}
        for origin, keys in self.who.items():
            for key in keys:
                found.setdefault(key, []).append(origin)
        return {key: tuple(origins) for key, origins in found.items()}

    def known(self, id_: str) -> Known:
        """What tells an origin from others: its names, those of its entry or its party, and its side."""
        origin, found = self.case.origins[id_], self.lookup.entry(id_)
        names = [origin.name] if origin.name is not None and not origin.unnamed else []
        entry = None if found is None else self.case.sources.register_[found.id]
        if entry is not None and entry.kind not in ("described", "unattributed"):
            names += [entry.name, *entry.aliases]
        party = self._parties.get(plain(origin.name or origin.words or "")) if not origin.unnamed else None
        if party is not None:
            names += [party, self.case.parties[party].name or "", *self.case.parties[party].aliases]
        names = [name for name in names if plain(name)]
        if not names and not origin.words and not origin.unnamed:
            names = [id_]  # the case calls it nothing else
        side = origin.side if origin.side != "none" else None
        return Known(origin.kind, tuple(names), origin.words or "", side, origin.unnamed and not names)

    def _counted(self, same: tuple[str, ...]) -> Corroboration:
        pieces = self.pieces(same)
        least, most = self.interval(pieces)
        return Corroboration(least, most, same, sum(piece.unnamed for piece in pieces))

    def pieces(self, claims: Sequence[str]) -> tuple[Piece, ...]:
        """What some claims that assert the same go back to, whatever is surely one put together."""
        told = [c for c in claims if origins_of(self.case, c) and not self._retold(c, claims)]
        joined = Groups(len(told))
        first: dict[Key, int] = {}
        for k, claim in enumerate(told):
            for key in self._keys(claim):
                joined.join(first.setdefault(key, k), k)
        held: dict[int, list[str]] = {}
        for claim, root in zip(told, joined.roots(), strict=True):
            held.setdefault(root, []).append(claim)
        return self._gone_back_to([self._piece(members) for members in held.values()], list(held.values()))

    def _gone_back_to(self, made: Sequence[Piece], claims: Sequence[Sequence[str]]) -> tuple[Piece, ...]:
        """Pieces without outlets that only pass on another one; those that pass on each other are one."""
        if not any(piece.channel for piece in made):
            return tuple(made)
        beyond = reached([{k for k, q in enumerate(made) if _passes_on(p, q)} for p in made])
        circles = Groups(len(made))
        for k, found in enumerate(beyond):
            for other in found:
                if k in beyond[other]:
                    circles.join(k, other)
        held: dict[int, list[int]] = {}
        for k, root in enumerate(circles.roots()):
            held.setdefault(root, []).append(k)
        return tuple(
            made[k] if len(one) == 1 else self._piece([c for j in one for c in claims[j]])
            for k, one in held.items()
            if beyond[k] <= set(one)
        )

    def interval(self, pieces: Sequence[Piece]) -> Interval:
        """Between how many and how many origins some pieces are."""
        return interval(len(pieces), lambda a, b: self._may_be_one(pieces[a], pieces[b]))

    def _may_be_one(self, one: Piece, other: Piece) -> bool:
        # A rewrite's own voice may pass on whatever its original, or another rewrite, has from somebody.
        if one.retold & other.reports or other.retold & one.reports:
            return True
        return any(
            frozenset((a, b)) not in self.apart and may_be_one(self._about[a], self._about[b])
            for a in one.origins
            for b in other.origins
        )

    @cached_property
    def _parties(self) -> Mapping[str, str]:
        return parties_by_name(self.case.parties)

    @cached_property
    def _about(self) -> Mapping[str, Known]:
        return {id_: self.known(id_) for id_ in self.case.origins}

    def _behind(self, claim: str) -> frozenset[str]:
        """Who stands behind a claim: no outlets where there is anybody else."""
        origins = frozenset(o for o in origins_of(self.case, claim) if o in self.case.origins)
        return frozenset(o for o in origins if self.case.origins[o].kind != "outlet") or origins

    def _keys(self, claim: str) -> frozenset[Key]:
        """By what a claim is surely one piece of evidence with another."""
        origins = self._behind(claim)
        keys = {key for o in origins for key in self.who[o]}
        if self._outlets_alone(origins):
            keys |= {("outlet", outlet) for outlet in self._outlets(claim)}
        if self._own_voice(claim):
            keys |= {("goes back to", report) for report in self._rewritten(self.case.claims[claim].report)}
        return frozenset(keys)

    def _outlets_alone(self, origins: Collection[str]) -> bool:
        return all(self.case.origins[o].kind == "outlet" for o in origins)

    def _outlets(self, claim: str) -> frozenset[str]:
        """The outlets that those behind a claim told; of outlets alone, those credited."""
        case = self.case
        behind = self._behind(claim)
        about = [case.origins[o] for o in origins_of(case, claim) if o in case.origins]
        passing = [o.name or o.words for o in about if o.kind == "outlet"]
        told = [case.origins[o].outlet for o in behind]
        report = case.reports.get(case.claims[claim].report)
        if not self._outlets_alone(behind) and not any((*told, *passing)) and report and report.outlet:
            # A case may say more after the name: “Meridian, in our own summary”.
            told = [name_of(report.outlet)]
        return frozenset(plain(name) for name in (*told, *passing) if name)

    def _piece(self, claims: Sequence[str]) -> Piece:
        case = self.case
        origins = frozenset(o for c in claims for o in self._behind(c))
        back = {c: self._rewritten(case.claims[c].report) for c in claims}
        return Piece(
            origins,
            # one unnamed link is enough: it may be the same person as in another line
            all(any(case.origins[o].unnamed for o in self._behind(c)) for c in claims),
            frozenset(o for c in claims for o in self._outlets(c)),
            self._outlets_alone(origins),
            frozenset(name for c in claims for name in credited(self.lookup, c)),
            frozenset(name for c in claims for name in printed(case, c)),
            frozenset(r for c in claims for r in (case.claims[c].report, *back[c])),
            frozenset(r for c in claims if self._own_voice(c) for r in back[c]),
        )

    def _own_voice(self, claim: str) -> bool:
        """Whether nobody but the report, or nobody at all, says it."""
        origins = [self.case.origins[o] for o in origins_of(self.case, claim) if o in self.case.origins]
        return all(origin.kind in _VOICES for origin in origins)

    def _retold(self, claim: str, same: Collection[str]) -> bool:
        """Whether a rewrite says in its own voice what the report that it rewrites has already."""
        case = self.case
        if not self._own_voice(claim):
            return False
        before = self._rewritten(case.claims[claim].report)
        return any(
            case.claims[other].report in before
            and origins_of(case, other)
            and other not in chain(case, claim)
            for other in same
        )

    def _rewritten(self, report: str) -> frozenset[str]:
        """The reports that one goes back to as a rewrite."""
        return frozenset(rewritten(self.case, report))


def _passes_on(one: Piece, other: Piece) -> bool:
    """Whether one is an outlet, and the other what that outlet has it from."""
    told = not other.channel and bool(one.outlets & other.outlets)
    return one.channel and (told or bool(one.credited & other.printed))
