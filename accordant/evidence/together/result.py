"""What reading several reports together answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accordant.case.counting import Interval
from accordant.case.groups import Groups
from accordant.evidence.spans import Span
from accordant.evidence.together.conflicts import Conflict
from accordant.evidence.together.conflicts import Place as ConflictPlace
from accordant.evidence.together.material import Material, Matter, Statement
from accordant.evidence.together.merging import Perhaps
from accordant.evidence.together.origins import Piece
from accordant.evidence.together.reports import ReportLink
from accordant.evidence.together.telling import TellingGraph, source_id
from accordant.tables import Method, Table

SCHEMA = "accordant/together/1"


@dataclass(frozen=True)
class ClaimGroup:
    """Statements that may all be one claim, and where they come from.

    Attributes
    ----------
    members
        Numbers of the statements.
    pieces
        Their ultimate sources, as far as is sure.
    origins
        Between how many and how many of them are independent.
    """

    members: tuple[int, ...]
    pieces: tuple[Piece, ...]
    origins: Interval


@dataclass(frozen=True)
class TogetherResult:
    """Several reports at once. Nothing is merged by this; a person decides.

    Attributes
    ----------
    links
        Pairs of reports that hang together.
    groups
        The same claim in several reports.
    conflicts
        What cannot both be right.
    perhaps
        Sources that may be one.
    told
        Who told whom.
    """

    matter: Matter
    links: tuple[ReportLink, ...]
    groups: tuple[ClaimGroup, ...]
    conflicts: tuple[Conflict, ...]
    perhaps: tuple[Perhaps, ...]
    told: TellingGraph
    method: Method

    @property
    def reports(self) -> tuple[Material, ...]:
        """The reports, in the order in which they were given."""
        return self.matter.reports

    @cached_property
    def clusters(self) -> tuple[tuple[int, ...], ...]:
        """Reports that hang together by copies, excerpts or suspected retellings, two or more each."""
        groups = Groups(len(self.reports))
        for link in self.links:
            if link.kind not in ("shared-words", "same-story"):
                groups.join(link.one, link.other)
        held: dict[int, list[int]] = {}
        for k, root in enumerate(groups.roots()):
            held.setdefault(root, []).append(k)
        return tuple(tuple(members) for members in held.values() if len(members) > 1)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``read --together --json``."""
        return {
            "schema": SCHEMA,
            "reports": [_report_json(report) for report in self.reports],
            "clusters": [[self.reports[k].id for k in cluster] for cluster in self.clusters],
            "report_links": [self._link_json(link) for link in self.links],
            "same_claims": [self._group_json(n, group) for n, group in enumerate(self.groups, 1)],
            "contradictions": [self._conflict_json(n, c) for n, c in enumerate(self.conflicts, 1)],
            "perhaps_one_source": [
                {"sources": [source_id(p.one), source_id(p.other)], "because": p.because}
                for p in self.perhaps
            ],
            "told": self.told.to_json(),
            "method": self.method.to_json(),
        }

    def _link_json(self, link: ReportLink) -> dict[str, Any]:
        shared, of_one, of_other = link.inside
        return {
            "kind": link.kind,
            "reports": [self.reports[link.one].id, self.reports[link.other].id],
            "original": None if link.original is None else self.reports[link.original].id,
            "sure": link.sure,
            "because": link.because,
            "shingles": {"shared": shared, "of": [of_one, of_other]},
            "passages": [
                {
                    "at": [list(p.one), list(p.other)],
                    "words": p.words,
                    "quoted": p.quoted,
                    "text": p.one.of(self.reports[link.one].text),
                }
                for p in link.passages
            ],
            "names": list(link.names),
            "numbers": list(link.numbers),
            "claims": link.claims,
        }

    def _group_json(self, number: int, group: ClaimGroup) -> dict[str, Any]:
        return {
            "id": f"g{number}",
            "claims": [self.statement_json(self.matter.statements[m]) for m in group.members],
            "origins": {
                "at_least": group.origins.at_least,
                "at_most": group.origins.at_most,
                "pieces": [
                    {
                        "sources": [source_id(s) for s in piece.sources],
                        "unnamed": piece.unnamed,
                        "claims": [self.place_of(m) for m in piece.statements],
                    }
                    for piece in group.pieces
                ],
            },
        }

    def statement_json(self, statement: Statement) -> dict[str, Any]:
        """One claim with its place and who says it."""
        speaker = self.matter.speaker(statement)
        return {
            "report": self.reports[statement.report].id,
            "claim": statement.id,
            "quote": statement.quote,
            "at": list(statement.at),
            "source": None if speaker is None else speaker.title,
            "through": [s.title for s in self.matter.chain(statement) if s is not speaker],
        }

    def place_of(self, member: int) -> list[str]:
        """A statement by the ids of its report and claim."""
        statement = self.matter.statements[member]
        return [self.reports[statement.report].id, statement.id]

    def _conflict_json(self, number: int, conflict: Conflict) -> dict[str, Any]:
        return {
            "id": f"x{number}",
            "kind": conflict.kind,
            "sides": [
                {"differs": words, "places": [self._side_json(place) for place in side]}
                for words, side in zip(conflict.differs, (conflict.one, conflict.other), strict=True)
            ],
        }

    def _side_json(self, place: ConflictPlace) -> dict[str, Any]:
        report = self.reports[place.report]
        return {
            "report": report.id,
            "claim": place.claim,
            "at": list(place.at),
            "quote": place.at.of(report.text),
        }

    def table(self) -> Table:
        """One row per link: of two reports, two claims or two sources."""
        columns = ("link", "kind", "one", "words", "other", "words there", "what differs or why", "origins")
        rows = (*self._report_rows(), *self._claim_rows(), *self._conflict_rows(), *self._source_rows())
        title = f"{len(rows)} link{'' if len(rows) == 1 else 's'} in {len(self.reports)} reports"
        return Table(title, columns, tuple(rows))

    def _report_rows(self) -> Sequence[tuple[Any, ...]]:
        made = []
        for link in self.links:
            longest = max(link.passages, key=lambda p: p.words, default=None)
            one, other = self.reports[link.one], self.reports[link.other]
            words = ("", "") if longest is None else (longest.one.of(one.text), longest.other.of(other.text))
            made.append(("reports", link.kind, one.id, words[0], other.id, words[1], link.because, ""))
        return made

    def _claim_rows(self) -> Sequence[tuple[Any, ...]]:
        made = []
        for number, group in enumerate(self.groups, 1):
            first, *others = (self.matter.statements[m] for m in group.members)
            low, high = group.origins
            count = str(low) if low == high else f"{low} to {high}"
            for other in others:
                made.append(
                    (
                        "same claim",
                        f"g{number}",
                        self.named(first),
                        first.quote,
                        self.named(other),
                        other.quote,
                        "",
                        count,
                    )
                )
        return made

    def named(self, statement: Statement) -> str:
        """A statement's report and claim in one word, such as ``r1:k2``."""
        return f"{self.reports[statement.report].id}:{statement.id}"

    def _conflict_rows(self) -> Sequence[tuple[Any, ...]]:
        made = []
        for conflict in self.conflicts:
            sides = []
            for side in (conflict.one, conflict.other):
                place = side[0]
                id_ = self.reports[place.report].id + (f":{place.claim}" if place.claim else "")
                sides += [id_, place.at.of(self.reports[place.report].text)]
            made.append(("contradiction", conflict.kind, *sides, " / ".join(conflict.differs), ""))
        return made

    def _source_rows(self) -> Sequence[tuple[Any, ...]]:
        labels: Mapping[str, str] = {node.id: node.label for node in self.told.nodes}
        return [
            ("sources", "perhaps one", a, labels.get(a, ""), b, labels.get(b, ""), p.because, "")
            for p in self.perhaps
            for a, b in [(source_id(p.one), source_id(p.other))]
        ]

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _report_json(report: Material) -> dict[str, Any]:
    return {
        "id": report.id,
        "file": report.file,
        "sha256": report.sha256,
        "title": report.title,
        "outlet": report.outlet,
        "published": report.published,
        "credits": [{"outlet": c.outlet, "at": list(c.at), "told": c.told} for c in report.credits],
        "claims": len(report.statements),
    }


def words_at(report: Material, at: Span) -> str:
    """The words at a place, in one line."""
    return " ".join(at.of(report.text).split())
