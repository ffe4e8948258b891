"""What is compared: reports with their claims, from reading or from a case, in one form.

A *statement* is one claim as it stands in one report. Its *chain* is who says it and everybody that
it is said inside of, innermost first; ``cites`` are sources that an outlet names for it (*the Courier
reported, citing two officials*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from accordant.case.identity import plain
from accordant.case.sources import OriginKind
from accordant.evidence.quotations import Quotation
from accordant.evidence.spans import Span
from accordant.evidence.together.names import capitals
from accordant.evidence.together.wording import Worded, worded

FAMILIES = {
    "claim": "saying",
    "assessment": "saying",
    "admission": "saying",
    "forecast": "saying",
    "blame": "saying",
    "question": "question",
    "offer": "offer",
    "promise": "offer",
    "agreement": "agreement",
    "demand": "demand",
    "threat": "threat",
    "denial": "denial",
    "rejection": "rejection",
}
"""Acts that may be one and the same in two tellings have one family."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A source in one report.

    Attributes
    ----------
    id
        Its id in the report (``o1``), or in the case.
    outlet
        The outlet that it told.
    side
        The party of the case that it belongs to, where that is known.
    party
        The party of the case whose name, or alias, it has.
    """

    id: str
    kind: OriginKind
    words: str
    name: str | None = None
    count: int | None = None
    at_least: int | None = None
    outlet: str | None = None
    at: Span | None = None
    side: str | None = None
    party: str | None = None

    @property
    def unnamed(self) -> bool:
        """Whether nobody can be asked by name."""
        return self.kind in ("described", "unattributed")

    @property
    def title(self) -> str:
        """How it is called."""
        return self.name or self.words or self.id


@dataclass(frozen=True)
class Statement:
    """One claim as it stands in one report.

    Attributes
    ----------
    report
        The number of its report.
    id
        Its id in that report or in the case.
    parts
        The pieces of what is said, which are compared.
    depth
        How many it is said inside of, outlets not counted: an outlet is only the way.
    act
        The family of its act (:data:`FAMILIES`), or its kind in a case.
    speaker
        Index into the report's speakers; None where nobody is named.
    chain
        The speakers of the claims around it, innermost first, then those that an outlet cites.
    dates
        The ranges of the times in it that are known.
    """

    report: int
    id: str
    at: Span
    quote: str
    parts: tuple[Span, ...]
    act: str
    negative: bool
    depth: int
    speaker: int | None = None
    chain: tuple[int, ...] = ()
    dates: tuple[tuple[date, date], ...] = ()
    date_spans: tuple[Span, ...] = ()
    within: str | None = None
    by: str | None = None


@dataclass(frozen=True)
class Credited:
    """Another outlet that a report names as where words come from.

    Attributes
    ----------
    told
        Whether it was only told something by a source, as outlets write of themselves.
    """

    outlet: str
    at: Span
    told: bool


@dataclass(frozen=True)
class Material:
    """One report as it is compared with others."""

    id: str
    file: str
    sha256: str
    text: str
    body: tuple[Span, ...]
    title: str | None = None
    outlet: str | None = None
    published: str | None = None
    original: str | None = None
    credits: tuple[Credited, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    statements: tuple[Statement, ...] = ()
    quotations: tuple[Quotation, ...] = field(default=(), repr=False)

    @cached_property
    def words(self) -> Worded:
        """Its words, without what belongs to the page."""
        return worded(self.text, self.body)

    @cached_property
    def capitals(self) -> tuple[tuple[str, bool], ...]:
        """Its words with a capital, and whether the place of each could be the only reason."""
        return tuple((word, first) for span in self.body for word, _, first in capitals(self.text, span))

    @property
    def retold(self) -> frozenset[str]:
        """Outlets, without regard to case, that it credits as an outlet does that was told nothing."""
        return frozenset(key_of(c.outlet) for c in self.credits if not c.told)

    @property
    def own(self) -> frozenset[str]:
        """Outlets whose own report this may be: its outlet, or else one that its sources told directly."""
        if self.outlet:
            # A case may say more after the name: “Meridian, in our own summary”.
            return frozenset({key_of(re.split(r"[,(;]", self.outlet)[0])})
        return frozenset(key_of(c.outlet) for c in self.credits if c.told) - self.retold


def key_of(name: str) -> str:
    """A name without regard to case, article and how it is written.

    Examples
    --------
    >>> key_of("The Harbour  Courier")
    'harbour courier'
    """
    return plain(name)


@dataclass(frozen=True)
class Matter:
    """All the reports, as everything that compares them sees them."""

    reports: tuple[Material, ...]

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """Every claim of every report, in order."""
        return tuple(s for report in self.reports for s in report.statements)

    def speaker(self, statement: Statement) -> Speaker | None:
        """Who says it; None where nobody is named."""
        if statement.speaker is None:
            return None
        return self.reports[statement.report].speakers[statement.speaker]

    def outlet_of(self, report: int, speaker: Speaker) -> str | None:
        """The outlet that a source told: as it says, or the one whose own report this seems to be."""
        if speaker.outlet:
            return speaker.outlet
        own = self.reports[report].own
        return next(iter(own)) if len(own) == 1 else None

    def chain(self, statement: Statement) -> Sequence[Speaker]:
        """Who says it, everybody it is said inside of, and whoever is cited for it."""
        speakers = self.reports[statement.report].speakers
        own = () if statement.speaker is None else (statement.speaker,)
        return [speakers[k] for k in (*own, *statement.chain)]
