"""The claims of a case, each with everything that is known of it, and those of them that are asked for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from accordant.case.corroboration import Counting
from accordant.case.grounds import chain, unnamed_claims
from accordant.case.objects import Case
from accordant.case.sources import Claim, ClaimKind, ClaimStatus, Origin
from accordant.errors import InputError, did_you_mean
from accordant.evidence.handling import WITHHELD, Handling, strictest
from accordant.tables import Method, Table

COUNTS, OUT = "counts", "out"
"""Two words for what has become of a claim, beside its status: it counts, or it does not."""
KINDS: tuple[str, ...] = get_args(ClaimKind)
STATUSES: tuple[str, ...] = (*get_args(ClaimStatus), COUNTS, OUT)
NONE = "none"
"""What is asked for to get the claims that have no party, or no origin."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One claim. Where it is withheld, everything but its kind, grades, status and handling is None.

    Attributes
    ----------
    who
        Its origin by name, or in the words that describe it.
    told_by
        Who tells it, where it is said inside other claims, innermost first.
    outlet
        The outlet that the origin told, or that first had it.
    unnamed
        Whether it goes back to somebody who cannot be asked by name.
    counts, reason
        Whether answers may rest on it, and why not.
    origins
        How many independent origins assert it, at least and at most.
    """

    id: str
    report: str | None
    quote: str | None
    at: tuple[int, int] | None
    says: str | None
    kind: str
    by: str | None
    origin: str | None
    who: str | None
    origin_kind: str | None
    people: int | None
    side: str | None
    told_by: tuple[str, ...]
    outlet: str | None
    attribution: str | None
    unnamed: bool | None
    source: str
    item: str
    graded_because: str | None
    event: str | None
    reported: str | None
    entered: str | None
    status: str
    counts: bool
    reason: str
    within: str | None
    contradicts: tuple[str, ...]
    confirms: tuple[str, ...]
    origins: tuple[int, int] | None
    handling: str
    withheld: bool
    entered_by: str | None
    reviewed_by: str | None
    note: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        made: dict[str, Any] = {}
        for name in self.__slots__:
            value = getattr(self, name)
            made[name] = list(value) if isinstance(value, tuple) else value
        return made


@dataclass(frozen=True)
class ClaimsResult:
    """Claims of a case.

    Attributes
    ----------
    total
        How many the case has.
    unseen
        How many withheld claims could not be told from their words, place or source to be meant.
    handling
        The most confidential mark of anything that is shown; empty where all is public.
    """

    title: str
    claims: tuple[Listed, ...]
    total: int
    unseen: int
    handling: str
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``claims --json``."""
        return {
            "schema": "accordant/claims/1",
            "total": self.total,
            "unseen": self.unseen,
            "handling": self.handling or "public",
            "claims": [claim.to_json() for claim in self.claims],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per claim, every column."""
        return Table(self.title, _COLUMNS, tuple(map(_row, self.claims)))

    def overview(self) -> Table:
        """The same in short, for a page."""
        columns = ("claim", "says", "kind", "who", "grade", "standing")
        rows = tuple(
            (
                *(c.id, c.says or WITHHELD, c.kind, c.who or (WITHHELD if c.withheld else "")),
                *(c.source + c.item, "counts" if c.counts else f"out: {c.reason}"),
            )
            for c in self.claims
        )
        return Table(self.title, columns, rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


_COLUMNS = (
    *("claim", "report", "from", "to", "words", "says", "kind", "by", "origin", "who", "origin kind"),
    *("people", "side", "told by", "outlet", "attribution", "unnamed", "source", "item", "graded because"),
    *("event", "reported", "entered", "status", "counts", "reason", "within", "contradicts", "confirms"),
    *("origins at least", "origins at most", "handling", "entered by", "reviewed by", "note"),
)


def _row(claim: Listed) -> tuple[Any, ...]:
    start, end = claim.at or ("", "")
    least, most = claim.origins or ("", "")
    words = WITHHELD if claim.withheld else claim.quote
    unnamed = "" if claim.unnamed is None else "yes" if claim.unnamed else "no"
    row = (
        *(claim.id, claim.report, start, end, words, claim.says, claim.kind, claim.by, claim.origin),
        *(claim.who, claim.origin_kind, claim.people, claim.side, "; ".join(claim.told_by), claim.outlet),
        *(claim.attribution, unnamed, claim.source, claim.item, claim.graded_because, claim.event),
        *(claim.reported, claim.entered, claim.status, "yes" if claim.counts else "no", claim.reason),
        *(claim.within, ", ".join(claim.contradicts), ", ".join(claim.confirms), least, most),
        *(claim.handling, claim.entered_by, claim.reviewed_by, claim.note),
    )
    return tuple("" if cell is None else cell for cell in row)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which claims are wanted; what is left empty asks for nothing.

    Of several values of one field any will do; all fields have to fit.

    Attributes
    ----------
    kinds, statuses
        From :data:`KINDS` and :data:`STATUSES`.
    by, origins, reports
        Ids of the case; :data:`NONE` for claims without a party, or without an origin.
    unnamed
        Only those that go back to somebody unnamed.
    words
        Each has to stand in the words of the report, in what is said, in the note, or in who says it.
    """

    kinds: Sequence[str] = ()
    by: Sequence[str] = ()
    origins: Sequence[str] = ()
    statuses: Sequence[str] = ()
    reports: Sequence[str] = ()
    unnamed: bool = False
    words: Sequence[str] = ()

    def check(self, case: Case) -> None:
        """Every mistake in what is asked for, at once.

        Raises
        ------
        InputError
            For a kind, status, party, origin or report that there is none of.
        """
        wrong = [
            *_unknown("kind of claim", self.kinds, KINDS),
            *_unknown("status", self.statuses, STATUSES),
            *_unknown("party", self.by, (*case.parties, NONE)),
            *_unknown("origin", self.origins, (*case.origins, NONE)),
            *_unknown("report", self.reports, tuple(case.reports)),
        ]
        if wrong:
            raise InputError("\n".join(wrong))

    @property
    def of_content(self) -> bool:
        """Whether something is asked that a withheld claim does not tell."""
        return bool(self.by or self.origins or self.reports or self.unnamed or self.words)

    def fits(self, claim: Listed) -> bool:
        """Whether a claim that is not withheld is wanted."""
        if not self.fits_openly(claim) or (self.unnamed and not claim.unnamed):
            return False
        if self.by and (claim.by or NONE) not in self.by:
            return False
        if self.origins and (claim.origin or NONE) not in self.origins:
            return False
        if self.reports and claim.report not in self.reports:
            return False
        said = " ".join(filter(None, (claim.quote, claim.says, claim.note, claim.who))).casefold()
        said = " ".join(said.split())
        return all(" ".join(word.casefold().split()) in said for word in self.words)

    def fits_openly(self, claim: Listed) -> bool:
        """The same as far as a withheld claim tells it: by its kind and status."""
        if self.kinds and claim.kind not in self.kinds:
            return False
        standing = COUNTS if claim.counts else OUT
        return not self.statuses or bool({claim.status, standing} & set(self.statuses))

    def words_of(self) -> str:
        """What is asked, in words."""
        named = {
            "kind": self.kinds,
            "by": self.by,
            "origin": self.origins,
            "status": self.statuses,
            "report": self.reports,
        }
        parts = [f"{name} {' or '.join(values)}" for name, values in named.items() if values]
        parts += ["unnamed sources only"] if self.unnamed else []
        parts += [f"with “{word}”" for word in self.words]
        return ", ".join(parts)


def _unknown(what: str, names: Sequence[str], allowed: Sequence[str]) -> Iterator[str]:
    for name in names:
        if name not in allowed:
            hint = did_you_mean(name, list(allowed))
            shown = ", ".join(allowed) if len(allowed) <= 40 else f"{len(allowed)} ids of the case"
            yield f"there is no {what} {name!r}; allowed: {shown}" + (f"; {hint}" if hint else "")


def claims(case: Case, held: Handling, asked: Asked | None = None) -> ClaimsResult:
    """The claims of a case, or those of them that are asked for, in the order of the file.

    Parameters
    ----------
    held
        What is withheld: of those claims only the kind, the grades, the status and the handling are told.

    Raises
    ------
    InputError
        If something is asked for that the case does not have.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "We wait", "at": (0, 7), "says": "They wait", "kind": "position"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "described", "words": "an aide", "outlet": "Meridian"}},
    ...     "reports": {"r": {"file": "reports/r.txt", "sha256": "0"}},
    ...     "claims": {"c1": {**said, "origin": "o1"}, "c2": {**said, "kind": "offer"}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> found = claims(case, Handling(case), Asked(unnamed=True, kinds=["position"]))
    >>> [(c.id, c.who, c.outlet) for c in found.claims]
    [('c1', 'an aide', 'Meridian')]
    """
    asked = asked or Asked()
    asked.check(case)
    listing = _Listing(case, held)
    shown, unseen = [], 0
    for id_, claim in case.claims.items():
        made = listing.listed(id_, claim)
        if made.withheld and asked.of_content:
            unseen += asked.fits_openly(made)
        elif asked.fits_openly(made) if made.withheld else asked.fits(made):
            shown.append(made)
    said = asked.words_of()
    title = f"{len(shown)} of {len(case.claims)} claims: {said}" if said else f"{len(shown)} claims"
    marks = [c.handling for c in shown if not c.withheld]
    method = Method("claims of the case as they stand", parameters=(("asked", said),) if said else ())
    return ClaimsResult(title, tuple(shown), len(case.claims), unseen, strictest(marks), method)


def _reason(reason: str, withheld: Collection[str]) -> str:
    """Why a claim does not count; not inside of which withheld claim, since they share a report."""
    inside = re.match(r"said inside (\S+), which", reason)
    return f"said inside another claim, {WITHHELD}" if inside and inside[1] in withheld else reason


class _Listing:
    """What the claims of one case share, worked out once."""

    def __init__(self, case: Case, held: Handling) -> None:
        self.case, self.held = case, held
        self.counting = Counting(case)
        self.unnamed = unnamed_claims(case)
        self.hidden = held.by_table()["origins"]

    def who(self, id_: str) -> str:
        """An origin as it is called; never where only withheld claims lead to it."""
        origin = self.case.origins.get(id_)
        if id_ in self.hidden:
            return WITHHELD
        return id_ if origin is None else origin.name or origin.words or id_

    def told_by(self, id_: str) -> tuple[str, ...]:
        """Whoever tells a claim that is said inside others, innermost first, each once."""
        own = self.case.claims[id_].origin
        around = [c for c in chain(self.case, id_) if c != id_]
        tellers = dict.fromkeys(
            self.case.claims[c].origin or "" for c in around if c not in self.held.withheld
        )
        return tuple(self.who(o) for o in tellers if o and o != own)

    def listed(self, id_: str, claim: Claim) -> Listed:
        """One claim with everything that may be told of it."""
        hidden = id_ in self.held.withheld
        origin = self.case.origins.get(claim.origin or "")
        standing, count = self.counting.standing[id_], self.counting.of(id_)
        reason = _reason(standing.reason, self.held.withheld)
        told: dict[str, Any] = dict.fromkeys(
            (
                "report",
                "quote",
                "at",
                "says",
                "by",
                "origin",
                "who",
                "origin_kind",
                "people",
                "side",
                "outlet",
            )
        )
        told |= dict.fromkeys(("attribution", "unnamed", "graded_because", "event", "reported", "entered"))
        told |= dict.fromkeys(("within", "origins", "entered_by", "reviewed_by", "note"))
        told |= {"told_by": (), "contradicts": (), "confirms": ()}
        if not hidden:
            told |= self._told(id_, claim, origin)
            told["origins"] = (count.at_least, count.at_most)
        return Listed(
            id=id_,
            kind=claim.kind,
            source=claim.grade[0],
            item=claim.grade[1],
            status=claim.status,
            counts=standing.stands,
            reason=reason,
            handling=claim.handling,
            withheld=hidden,
            **told,
        )

    def _told(self, id_: str, claim: Claim, origin: Origin | None) -> dict[str, Any]:
        plain = ("report", "quote", "says", "by", "origin", "attribution", "graded_because", "event")
        more = ("reported", "entered", "within", "contradicts", "confirms", "entered_by", "reviewed_by")
        found = {name: getattr(claim, name) for name in (*plain, *more, "note")}
        return found | {
            "at": (claim.at[0], claim.at[1]),
            "who": self.who(claim.origin) if claim.origin else None,
            "origin_kind": origin.kind if origin else None,
            "people": origin.count if origin else None,
            "side": None if origin is None or origin.side == NONE else origin.side,
            "told_by": self.told_by(id_),
            "outlet": origin.outlet if origin else None,
            "unnamed": id_ in self.unnamed,
            # it stands in the same report as what it is said inside of
            "within": None if claim.within in self.held.withheld else claim.within,
        }
