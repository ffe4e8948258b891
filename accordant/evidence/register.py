"""The sources of a case: where its claims come from, and what the analyst's register says of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accordant.case.corroboration import Counting
from accordant.case.objects import Case
from accordant.case.register import AFTER_ALL, days, reliability
from accordant.case.sources import Origin, Registered
from accordant.case.unnamed import Unnamed
from accordant.evidence.handling import WITHHELD, Handling, strictest
from accordant.tables import Method, Table

METHOD = Method("origins of the claims, with the register of sources")


@dataclass(frozen=True, slots=True)
class Known:
    """One origin of the case.

    Attributes
    ----------
    who
        Its name, or the words that describe it.
    entry, how
        Its entry in the register, and whether it is linked to it or found by name.
    reliability
        A to F at the date of the case; None without an entry, or where that is withheld.
    claims
        Ids of its claims but for those that are withheld; ``standing`` says how many of them count.
    same
        Origins of the same name or entry, counted as one with it.
    handling
        The most confidential mark of its claims and its entry.
    warnings
        Names typed into it, or into its claims, though it is unnamed.
    """

    origin: str
    who: str
    kind: str
    count: int | None
    side: str | None
    outlet: str | None
    unnamed: bool
    entry: str | None
    how: str | None
    reliability: str | None
    claims: tuple[str, ...]
    standing: int
    reports: int
    same: tuple[str, ...]
    handling: str
    warnings: tuple[str, ...]
    note: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "origin": self.origin,
            "who": self.who,
            "kind": self.kind,
            "count": self.count,
            "side": self.side,
            "outlet": self.outlet,
            "unnamed": self.unnamed,
            "entry": self.entry,
            "how": self.how,
            "reliability": self.reliability,
            "claims": list(self.claims),
            "standing": self.standing,
            "reports": self.reports,
            "same": list(self.same),
            "handling": self.handling,
            "warnings": list(self.warnings),
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Entered:
    """One entry of the register, with its reliability over time; without words where it is withheld."""

    entry: str
    name: str | None
    kind: str
    aliases: tuple[str, ...]
    now: str | None
    over_time: tuple[tuple[str | None, str, str], ...]
    origins: tuple[str, ...]
    handling: str
    withheld: bool
    note: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "entry": self.entry,
            "name": self.name,
            "kind": self.kind,
            "aliases": list(self.aliases),
            "now": self.now,
            "reliability": [{"from": f, "grade": g, "reason": r} for f, g, r in self.over_time],
            "origins": list(self.origins),
            "handling": self.handling,
            "withheld": self.withheld,
            "note": self.note,
        }


@dataclass(frozen=True)
class SourcesResult:
    """The origins of a case, and its register of sources.

    Attributes
    ----------
    left_out
        Restricted claims that stay behind, with every origin that only they lead to.
    as_of
        The date at which sources are graded: that of the case; None for the last grade of each.
    handling
        The most confidential mark of anything that is shown; empty where all is public.
    """

    title: str
    as_of: str | None
    origins: tuple[Known, ...]
    register: tuple[Entered, ...]
    handling: str
    left_out: int = 0
    method: Method = METHOD

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``sources --json``."""
        return {
            "schema": "accordant/sources/1",
            "as_of": self.as_of,
            "left_out": self.left_out,
            "handling": self.handling or "public",
            "origins": [known.to_json() for known in self.origins],
            "register": [entered.to_json() for entered in self.register],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per origin."""
        columns = ("origin", "who", "kind", "people", "side", "outlet", "register", "reliability")
        more = ("claims", "that count", "reports", "one with", "handling")
        return Table("Where the claims come from", columns + more, tuple(map(_row, self.origins)))

    def overview(self) -> Table:
        """The same in short, for a page: no column for what is alike throughout."""
        columns = ("origin", "who", "kind", "side", "outlet", "reliability", "claims")
        rows = [
            (k.origin, k.who, k.kind, k.side or "", k.outlet or "", _graded(k), len(k.claims))
            for k in self.origins
        ]
        if all(k.handling == "public" for k in self.origins):
            return Table("Where the claims come from", columns, tuple(rows))
        marked = tuple((*row, k.handling) for row, k in zip(rows, self.origins, strict=True))
        return Table("Where the claims come from", (*columns, "handling"), marked)

    def register_table(self) -> Table:
        """One row per entry of the register and time."""
        columns = ("entry", "name", "kind", "from", "reliability", "reason", "origins", "handling")
        rows = []
        for e in self.register:
            name = WITHHELD if e.withheld else e.name
            times = e.over_time or ((None, "" if e.withheld else "not judged", ""),)
            for from_, grade, reason in times:
                rows.append(
                    (e.entry, name, e.kind, from_ or "", grade, reason, ", ".join(e.origins), e.handling)
                )
        return Table("The register of sources", columns, tuple(rows))

    def tables(self) -> dict[str, Table]:
        """Both tables, by the names of their sheets."""
        return {"origins": self.table(), "register": self.register_table()}

    def to_frame(self) -> Any:
        """The table of origins as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _graded(known: Known) -> str:
    if known.entry is None:
        return "no entry"
    return known.reliability or WITHHELD


def _row(known: Known) -> tuple[Any, ...]:
    return (
        *(known.origin, known.who, known.kind, known.count or "", known.side or "", known.outlet or ""),
        *(known.entry or "", known.reliability or "", ", ".join(known.claims), known.standing),
        *(known.reports, ", ".join(known.same), known.handling),
    )


def sources(case: Case, held: Handling, title: str = "") -> SourcesResult:
    """Who is behind the claims of a case, and how reliable the register makes each of them.

    Parameters
    ----------
    held
        What is withheld: those claims, and origins that only they lead to, are left out; of entries
        that are withheld only the id is told.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> sources_ = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "named", "name": "Ida Renn"}},
    ...     "register": {"renn": {"name": "Ida Renn", "reliability": [{"grade": "B", "reason": "Right."}]}}})
    >>> case = Case(title="t", parties={}, sources=sources_)
    >>> [(k.who, k.entry, k.reliability) for k in sources(case, Handling(case)).origins]
    [('Ida Renn', 'renn', 'B')]
    """
    span = days(case.as_of)
    when = (span[1] if span else AFTER_ALL).isoformat()
    counting, looking = Counting(case), Unnamed(case)
    claims: dict[str, list[str]] = {}
    for id_ in held.shown(case.claims):
        claims.setdefault(case.claims[id_].origin or "", []).append(id_)
    made = [
        _known(case, held, counting, looking, id_, origin, tuple(claims.get(id_, ())), when)
        for id_, origin in case.origins.items()
        if not held.origin_withheld(id_)
    ]
    register = tuple(
        _entered(id_, e, when, id_ in held.entries, tuple(k.origin for k in made if k.entry == id_))
        for id_, e in case.sources.register_.items()
    )
    as_of = case.as_of if span else None
    return SourcesResult(
        title or f"Sources: {case.title}",
        as_of,
        tuple(made),
        register,
        held.notice_of_sources,
        len(held.withheld),
    )


def _known(
    case: Case,
    held: Handling,
    counting: Counting,
    looking: Unnamed,
    id_: str,
    origin: Origin,
    claims: tuple[str, ...],
    when: str,
) -> Known:
    entry = counting.lookup.entry(id_)
    entered = case.sources.register_[entry.id] if entry else None
    secret = entry is not None and entry.id in held.entries
    marks = [case.claims[c].handling for c in claims] + ([entered.handling] if entered else [])
    return Known(
        id_,
        origin.name or origin.words or id_,
        origin.kind,
        origin.count,
        None if origin.side == "none" else origin.side,
        origin.outlet,
        origin.unnamed,
        entry.id if entry else None,
        entry.how if entry else None,
        None if entered is None or secret else reliability(entered, when).grade,
        claims,
        sum(counting.standing[c].stands for c in claims),
        len({case.claims[c].report for c in claims}),
        tuple(o for o in _same(counting, id_) if not held.origin_withheld(o)),
        strictest(marks) or "public",
        _warnings(case, looking, origin, claims),
        origin.note,
    )


def _same(counting: Counting, origin: str) -> tuple[str, ...]:
    """Origins of the same name or entry, in the order of the file."""
    found = {o for key in counting.who[origin] for o in counting.called[key]} - {origin}
    return tuple(o for o in counting.case.origins if o in found) if found else ()


def _warnings(case: Case, looking: Unnamed, origin: Origin, claims: tuple[str, ...]) -> tuple[str, ...]:
    found = [f"{key} {says}" for key, says in looking.origin(origin)]
    for id_ in claims:
        found += [f"{id_}: {key} {says}" for key, says in looking.claim(case.claims[id_], origin)]
    return tuple(found)


def _entered(id_: str, entry: Registered, when: str, hidden: bool, origins: tuple[str, ...]) -> Entered:
    return Entered(
        id_,
        None if hidden else entry.name,
        entry.kind,
        () if hidden else entry.aliases,
        None if hidden else reliability(entry, when).grade,
        () if hidden else tuple((g.from_, g.grade, g.reason) for g in entry.reliability),
        origins,
        entry.handling,
        hidden,
        None if hidden else entry.note,
    )
