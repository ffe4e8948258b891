"""From the places where a claim stands to where it ultimately comes from, and how many those are.

Behind a claim stand its speaker, those it is said inside of, and those an outlet cites for it. An
outlet is only the way by which a claim came wherever somebody else stands behind it; credited alone,
it is whatever source it had, so that it adds none beside a source that told that outlet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from accordant.case.counting import Interval, interval
from accordant.case.groups import Groups
from accordant.case.identity import Known, may_be_one
from accordant.evidence.together.material import Matter, Speaker, Statement, key_of
from accordant.evidence.together.merging import Merging
from accordant.evidence.together.reports import SURE, ReportLink


@dataclass(frozen=True)
class Piece:
    """One ultimate source of a claim, as far as is sure.

    Attributes
    ----------
    sources
        Numbers of the sources (:class:`Merging`) behind it; none where nobody is named.
    unnamed
        Whether nobody in it can be asked by name.
    statements
        The statements that go back to it.
    """

    sources: tuple[int, ...]
    unnamed: bool
    statements: tuple[int, ...]
    outlets: frozenset[str]
    reports: frozenset[int]


@dataclass(frozen=True)
class Origins:
    """Counts independent origins of groups of statements."""

    matter: Matter
    merging: Merging
    links: Sequence[ReportLink]

    @cached_property
    def _copied(self) -> tuple[int, ...]:
        """For each report the first one that it is a copy of."""
        groups = Groups(len(self.matter.reports))
        for link in self.links:
            if link.kind in SURE:
                groups.join(link.one, link.other)
        return groups.roots()

    @cached_property
    def _perhaps(self) -> frozenset[tuple[int, int]]:
        return frozenset((p.one, p.other) for p in self.merging.perhaps)

    def pieces(self, group: Sequence[int]) -> tuple[Piece, ...]:
        """The ultimate sources of some statements, those that share one put together."""
        every = self.matter.statements
        behind = [self._behind(every[m]) for m in group]
        joined = Groups(len(group))
        first: dict[object, int] = {}
        for k, (keys, _, _) in enumerate(behind):
            for key in keys:
                joined.join(first.setdefault(key, k), k)
        held: dict[int, list[int]] = {}
        for k, root in enumerate(joined.roots()):
            held.setdefault(root, []).append(k)
        made = [self._piece(group, behind, members) for members in held.values()]
        return tuple(self._without_channels(made))

    def _piece(
        self,
        group: Sequence[int],
        behind: Sequence[tuple[frozenset[object], bool, frozenset[str]]],
        members: list[int],
    ) -> Piece:
        every = self.matter.statements
        sources = {k for m in members for k in behind[m][0] if isinstance(k, int)}
        return Piece(
            tuple(sorted(sources)),
            all(behind[m][1] for m in members),
            tuple(group[m] for m in members),
            frozenset(o for m in members for o in behind[m][2]),
            frozenset(every[group[m]].report for m in members),
        )

    def _behind(self, statement: Statement) -> tuple[frozenset[object], bool, frozenset[str]]:
        """The keys of who stands behind a statement, whether all are unnamed, and the outlets told."""
        speakers = self.matter.reports[statement.report].speakers
        own = () if statement.speaker is None else (statement.speaker,)
        chain = [*own, *statement.chain]
        people = [k for k in chain if speakers[k].kind != "outlet"]
        outlets = frozenset(key_of(o) for k in chain if (o := self._outlet(statement, k)))
        if people:
            keys: frozenset[object] = frozenset(self.merging.source(statement.report, k) for k in people)
            # Whoever is only reached through somebody unnamed may be the same person as in another line.
            return keys, any(speakers[k].unnamed for k in people), outlets
        if chain:
            keys = frozenset(self.merging.source(statement.report, k) for k in chain)
            return keys, False, outlets
        nobody = ("nobody", self._copied[statement.report])
        return frozenset({nobody}), True, self.matter.reports[statement.report].own

    def _outlet(self, statement: Statement, k: int) -> str | None:
        speaker = self.matter.reports[statement.report].speakers[k]
        if speaker.kind == "outlet":
            return speaker.title
        return self.matter.outlet_of(statement.report, speaker)

    def _without_channels(self, pieces: list[Piece]) -> list[Piece]:
        """Outlets that are credited alone, put to a source that told that outlet."""
        kept = [p for p in pieces if not self._channel(p)]
        for piece in pieces:
            if not self._channel(piece):
                continue
            home = next((k for k, p in enumerate(kept) if p.outlets & piece.outlets), None)
            if home is None:
                kept.append(piece)
                continue
            held = kept[home]
            kept[home] = Piece(
                held.sources,
                held.unnamed,
                tuple(sorted(held.statements + piece.statements)),
                held.outlets | piece.outlets,
                held.reports | piece.reports,
            )
        return kept

    def _channel(self, piece: Piece) -> bool:
        return bool(piece.sources) and all(
            self.merging.places[s].speaker.kind == "outlet" for s in piece.sources
        )

    def count(self, pieces: Sequence[Piece]) -> Interval:
        """Between how many and how many independent origins some pieces are."""
        return interval(len(pieces), lambda a, b: self.may_be_one(pieces[a], pieces[b]))

    def may_be_one(self, one: Piece, other: Piece) -> bool:
        """Whether two ultimate sources may be one: whatever is not certainly different.

        The rule is that of a case (:func:`accordant.case.identity.may_be_one`), and pairs that are asked
        about (:attr:`Merging.perhaps`); a person who has said that two are two is believed. Where nobody is
        named it may be anybody.
        """
        if not one.sources or not other.sources:
            return True
        return any(self._pair(a, b) for a in one.sources for b in other.sources)

    def _pair(self, a: int, b: int) -> bool:
        here, there = (self.merging.sources[source] for source in (a, b))
        if any(frozenset({x.speaker.id, y.speaker.id}) in self.merging.apart for x in here for y in there):
            return False
        if (min(a, b), max(a, b)) in self._perhaps:
            return True
        return may_be_one(_known(p.speaker for p in here), _known(p.speaker for p in there))


def _known(speakers: Iterable[Speaker]) -> Known:
    """What is known of a source from all the places where it speaks."""
    held = tuple(speakers)
    names = dict.fromkeys(s.name for s in held if s.name and not s.unnamed)
    side = next((s.side for s in held if s.side), None)
    words = " ".join(dict.fromkeys(s.words for s in held))
    return Known(held[0].kind, tuple(names), words, side, all(s.unnamed for s in held))
