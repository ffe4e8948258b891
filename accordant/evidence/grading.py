"""Grades of every claim, with what is suggested for each axis, why, and what forbids a better one.

The two axes are apart throughout. The source's comes from the analyst's own register and from
nothing else; the item's from how many independent origins assert it and what stands against it.
Where nothing is known, F and 6 are suggested: they mean unknown, not bad.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from accordant.case.corroboration import Corroboration
from accordant.case.grading import BEST, UNKNOWN, Limit, Limits, best_item
from accordant.case.grounds import chain
from accordant.case.objects import Case
from accordant.case.register import UNJUDGED, Link, date_of, weakest
from accordant.evidence.handling import WITHHELD, Handling
from accordant.tables import Method, Table

UNKNOWN_ITEM = str(UNKNOWN)
METHOD = Method("grades by source and item, suggested from the register and from independent origins")


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two grades of a claim: as given, as suggested, and why it is suggested."""

    given: str
    suggested: str
    because: str

    @property
    def open(self) -> bool:
        """Whether it has not been judged."""
        return self.given in (UNJUDGED, UNKNOWN_ITEM)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"given": self.given, "suggested": self.suggested, "because": self.because}


@dataclass(frozen=True, slots=True)
class Graded:
    """One claim with its two grades.

    Attributes
    ----------
    says, origin, graded_because
        As in the case; None where they are withheld.
    best
        The best item grade that its sourcing allows.
    limits
        The rules that forbid a better one.
    origins
        How many independent origins assert it, at least and at most.
    """

    claim: str
    says: str | None
    origin: str | None
    status: str
    handling: str
    source: Axis
    item: Axis
    best: int
    limits: tuple[Limit, ...]
    origins: tuple[int, int]
    graded_because: str | None
    withheld: bool

    @property
    def past(self) -> bool:
        """Whether its item is graded better than its sourcing allows."""
        return int(self.item.given) < self.best

    @property
    def forbids(self) -> str:
        """Why no better item grade is allowed; empty where nothing forbids one."""
        if self.best == BEST:
            return ""
        return "; ".join(dict.fromkeys(limit.says for limit in self.limits if limit.best == self.best))

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "claim": self.claim,
            "says": self.says,
            "origin": self.origin,
            "status": self.status,
            "handling": self.handling,
            "source": self.source.to_json(),
            "item": self.item.to_json(),
            "best": self.best,
            "limits": [{"best": x.best, "rule": x.rule, "says": x.says} for x in self.limits],
            "origins": list(self.origins),
            "graded_because": self.graded_because,
            "withheld": self.withheld,
        }


@dataclass(frozen=True)
class GradesResult:
    """The grades of the claims of a case.

    Attributes
    ----------
    handling
        The most confidential mark of anything that is shown; empty where all is public.
    changes
        What has just been graded otherwise, as (claim, old grade, new grade).
    """

    title: str
    claims: tuple[Graded, ...]
    handling: str
    method: Method = METHOD
    changes: tuple[tuple[str, str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``grade --json``."""
        return {
            "schema": "accordant/grade/1",
            "handling": self.handling or "public",
            "claims": [graded.to_json() for graded in self.claims],
            "changes": [{"claim": c, "old": old, "new": new} for c, old, new in self.changes],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per claim: what is given and suggested for each axis, and the best item allowed."""
        columns = ("claim", "says", "origin", "handling", "source", "suggested source", "why this source")
        more = ("item", "suggested item", "best item", "why this item", "forbids a better item", "because")
        rows = tuple((*_who(g), *_judged(g)) for g in self.claims)
        return Table("Grades of the claims", columns + more, rows)

    def overview(self) -> Table:
        """The same in short, for a page."""
        columns = ("claim", "says", "source", "suggested", "item", "suggested item", "best item")
        rows = tuple(
            (g.claim, g.says or WITHHELD, g.source.given, g.source.suggested, *_items(g)) for g in self.claims
        )
        return Table("", columns, rows)

    def only(self, claims: Collection[str]) -> GradesResult:
        """The same for some claims."""
        return replace(self, claims=tuple(g for g in self.claims if g.claim in claims))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _who(graded: Graded) -> tuple[str, ...]:
    origin = WITHHELD if graded.withheld else graded.origin or ""
    return graded.claim, graded.says or WITHHELD, origin, graded.handling


def _items(graded: Graded) -> tuple[str, str, str]:
    past = " (past it)" if graded.past else ""
    return graded.item.given, graded.item.suggested, f"{graded.best}{past}"


def _judged(graded: Graded) -> tuple[str, ...]:
    source, item = graded.source, graded.item
    return (
        *(source.given, source.suggested, source.because),
        *(item.given, item.suggested, str(graded.best), item.because, graded.forbids),
        graded.graded_because or "",
    )


def grades(case: Case, held: Handling, title: str = "") -> GradesResult:
    """Every claim of a case with its grades, what is suggested, and what forbids a better one.

    Parameters
    ----------
    held
        What is withheld: of those claims the words, the origin and the reasons stay behind.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "named"}, "o2": {"kind": "named"}},
    ...     "claims": {"c1": {**said, "origin": "o1"}, "c2": {**said, "origin": "o2", "confirms": ["c1"]}}})
    >>> case = Case(title="t", parties={}, sources=sources)
    >>> [(g.source.suggested, g.item.suggested) for g in grades(case, Handling(case)).claims]
    [('F', '1'), ('F', '1')]
    """
    limits = Limits(case)
    made = tuple(_graded(case, held, limits, id_) for id_ in case.claims)
    return GradesResult(title or f"Grades: {case.title}", made, held.notice)


def _graded(case: Case, held: Handling, limits: Limits, id_: str) -> Graded:
    claim, found, counted = case.claims[id_], limits.of(id_), limits.counted(id_)
    hidden = id_ in held.withheld
    through = limits.counting.lookup.links(id_)
    if any(outer in held.withheld for outer in chain(case, id_)[1:]):
        # why a claim around it can be no better tells of that one's source, and that they share a report
        says = f"is said inside a claim that is {WITHHELD}"
        found = tuple(Limit(x.best, x.rule, says) if x.rule == "nested" else x for x in found)
    item, why = _item(found, counted)
    best = best_item(found)
    because = WITHHELD if hidden else _why_source(case, through, held)
    return Graded(
        id_,
        None if hidden else claim.says,
        None if hidden else claim.origin,
        claim.status,
        claim.handling,
        Axis(claim.grade[0], weakest(through), because),
        Axis(claim.grade[1], str(item), WITHHELD if hidden else why),
        best,
        () if hidden else found,  # the rules would tell of its source whether it is named, and alone
        (counted.at_least, counted.at_most),
        None if hidden else claim.graded_because,
        hidden,
    )


def _item(found: tuple[Limit, ...], counted: Corroboration) -> tuple[int, str]:
    """What is suggested for the item, and why: its sourcing only, never how reliable the source is."""
    best = best_item(found)
    against = [x.says for x in found if x.rule in ("contradicted", "retracted")]
    if against:
        return best, "; ".join(dict.fromkeys(against))
    if counted.at_least >= 2:
        why = f"asserted by {_interval(counted.at_least, counted.at_most)} independent origins"
        if best == BEST:
            return best, f"{why}, and nothing stands against it"
        forbids = next(x.says for x in found if x.best == best)
        return best, f"{why}, but {forbids}"
    why = next((x.says for x in found if x.rule in ("one-origin", "no-origin")), "")
    return UNKNOWN, f"{why}: how true it is cannot be told from its sourcing"


def _interval(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} to {most}"


def _why_source(case: Case, through: Sequence[Link], held: Handling) -> str:
    return "; ".join(_why_link(case, link, held) for link in through)


def _why_link(case: Case, link: Link, held: Handling) -> str:
    if link.claim in held.withheld:
        return f"{link.claim}: {WITHHELD}"
    if link.origin is None:
        return f"{link.claim} names no origin"
    if link.entry is None or link.judged is None:
        return f"{link.origin} has no entry in the register"
    when = date_of(case, link.claim)
    at = f"on {when}" if when else "at a date that is not known"
    name = link.entry.id if link.entry.id == link.origin else f"{link.origin} ({link.entry.id})"
    if len(link.judged.possible) > 1:
        return f"{name} was {' or '.join(link.judged.possible)} {at}"
    if not link.judged.reasons:
        return f"{name} was not judged {at}"
    reason = WITHHELD if link.entry.id in held.entries else " ".join(link.judged.reasons).rstrip(".")
    return f"{name} was {link.grade} {at}: {reason}"


def open_grades(result: GradesResult, named: Iterable[str] | None = None) -> dict[str, str]:
    """The grade of every claim whose suggestions would change it, once they are taken.

    An axis that a person has judged stays as it is, unless its claim is named.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> case = Case(title="t", parties={}, sources=Sources())
    >>> open_grades(grades(case, Handling(case)))
    {}
    """
    wanted = None if named is None else set(named)
    found: dict[str, str] = {}
    for graded in result.claims:
        if wanted is not None and graded.claim not in wanted:
            continue
        axes = (graded.source, graded.item)
        new = "".join(a.suggested if a.open or wanted is not None else a.given for a in axes)
        if new != graded.source.given + graded.item.given:
            found[graded.claim] = new
    return found
