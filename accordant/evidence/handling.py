"""What must not leave unless it is asked for by name: restricted claims, and restricted sources.

Every export of sources asks here what is withheld, and says what mark the rest carries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from accordant.errors import InputError, did_you_mean

if TYPE_CHECKING:  # reading a report asks for the marks alone, and needs no case
    from accordant.case.objects import Case
    from accordant.case.redacting import Redacted

RESTRICTED = "restricted"
Audience: TypeAlias = Literal["public", "team"]
"""Whom a document is for."""
WITHHELD_FROM: dict[str, tuple[str, ...]] = {"team": (RESTRICTED,), "public": ("team", RESTRICTED)}
"""The marks of what is withheld, by whom a document is for."""
WITHHELD = "restricted, withheld"
"""What stands where words are left out."""
_MARKS = ("", "public", "team", RESTRICTED)


@dataclass(frozen=True)
class Handling:
    """Which claims and which entries of the register are withheld, and what must go with them.

    A withheld claim keeps its number, kind, grade and standing, so that the answers can still be
    followed; its words, its place, its report and its source stay behind. Its number stands nowhere
    beside its source or its report; where a source or a report is known through withheld claims only,
    nothing of it is told. Of a withheld entry of the register only the id is left, with the grades that
    claims are given.

    Parameters
    ----------
    released
        Ids of restricted claims and entries that may leave all the same.
    audience
        For whom it is: ``public`` withholds what is marked ``team`` too.

    Attributes
    ----------
    withheld
        Claims that stay behind.
    entries
        Entries of the register that stay behind.

    Raises
    ------
    InputError
        If ``released`` names something that is no restricted claim or source of the case.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> Handling(Case.model_validate({"title": "t", "parties": {}})).withheld
    frozenset()
    """

    case: Case
    released: Collection[str] = ()
    audience: Audience = "team"
    withheld: frozenset[str] = field(init=False)
    entries: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        held_back = WITHHELD_FROM[self.audience]
        claims = [c for c, claim in self.case.claims.items() if claim.handling in held_back]
        register = self.case.sources.register_
        entries = [e for e, entry in register.items() if entry.handling in held_back]
        held = [*claims, *(e for e in entries if e not in claims)]
        what = "claim or source" if entries else "claim"
        for name in self.released:
            if name not in held:
                hint = did_you_mean(name, held)
                kind = "restricted" if self.audience == "team" else "withheld"
                allowed = ", ".join(held) if held else f"none: the case has no {kind} {what}s"
                raise InputError(
                    f"{name!r} is not a {kind} {what}; allowed: {allowed}" + (f"; {hint}" if hint else "")
                )
        object.__setattr__(self, "withheld", frozenset(claims) - frozenset(self.released))
        object.__setattr__(self, "entries", frozenset(entries) - frozenset(self.released))

    @classmethod
    def everything(cls, case: Case) -> Handling:
        """With nothing withheld, as on a person's own screen."""
        return cls(case, Handling(case).withheld | Handling(case).entries)

    def only_withheld(self, because: Collection[str]) -> bool:
        """Whether all the claims that something stands on are withheld (and there is one)."""
        return bool(because) and all(c in self.withheld for c in because)

    def shown(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Those of some claims that are not withheld, where the others would show what they belong to."""
        return tuple(c for c in claims if c not in self.withheld)

    def report_withheld(self, report: str) -> bool:
        """Whether a report is only known through withheld claims."""
        return report in self.reports

    def origin_withheld(self, origin: str) -> bool:
        """Whether an origin is only known through withheld claims."""
        return origin in self.origins

    @cached_property
    def origins(self) -> frozenset[str]:
        """Origins that only withheld claims lead to."""
        return self._only("origin")

    @cached_property
    def reports(self) -> frozenset[str]:
        """Reports that only withheld claims lead to."""
        return self._only("report")

    def tells(self, origin: str, changes: Collection[str]) -> bool:
        """Whether it may be told that an answer changes without an origin, as it does without some claims.

        Not where it does so without a withheld claim of the origin, and without none that is shown: that
        would show whose claim it is.
        """
        from accordant.case.grounds import one_source, sources_of

        one = one_source(self.case)
        source = one.get(origin, origin)
        own = [c for c in changes if c in self.case.claims and source in sources_of(self.case, c, one)]
        return not self.origin_withheld(origin) and not self.only_withheld(own)

    def without(self) -> Case:
        """The case without what is withheld, and without origins and reports that only it leads to.

        Claims that are said inside withheld ones stand by themselves.
        """
        if not self.withheld:
            return self.case
        sources = self.case.sources
        claims = {
            id_: claim.model_copy(update={"within": None}) if claim.within in self.withheld else claim
            for id_, claim in sources.claims.items()
            if id_ not in self.withheld
        }
        origins = {id_: one for id_, one in sources.origins.items() if id_ not in self.origins}
        reports = {id_: one for id_, one in sources.reports.items() if id_ not in self.reports}
        kept = {"claims": claims, "origins": origins, "reports": reports}
        return self.case.model_copy(update={"sources": sources.model_copy(update=kept)})

    def redacted(self) -> Redacted:
        """The case without what is withheld, and without what only it tells, as others may read it.

        Raises
        ------
        InputError
            If a claim that is released is said inside one that is withheld.
        """
        from accordant.case.redacting import Held, redacted

        made = redacted(self.case, Held(self.withheld, self.entries))
        for name in self.released:
            if name in made.inside:
                outer = self.case.claims[name].within
                raise InputError(
                    f"{name!r} is said inside {outer!r}, which is withheld: release that too, or neither"
                )
        return made

    def by_table(self) -> dict[str, frozenset[str]]:
        """Everything that stays behind, by the section of ``claims.yaml``."""
        return {
            "claims": self.withheld,
            "origins": self.origins,
            "reports": self.reports,
            "register": self.entries,
        }

    def _only(self, part: str) -> frozenset[str]:
        """Origins or reports that only withheld claims lead to."""
        held: set[str] = set()
        known: set[str] = set()
        for id_, claim in self.case.claims.items():
            (held if id_ in self.withheld else known).add(getattr(claim, part) or "")
        return frozenset(held - known - {""})

    @property
    def notice(self) -> str:
        """The most confidential handling of any claim that is shown, empty when all is public."""
        shown = (claim.handling for c, claim in self.case.claims.items() if c not in self.withheld)
        return strictest(shown)

    @property
    def notice_of_sources(self) -> str:
        """The same over the claims and the entries of the register that are shown."""
        register = self.case.sources.register_
        return strictest(
            (self.notice, *(e.handling for id_, e in register.items() if id_ not in self.entries))
        )


def strictest(marks: Iterable[str]) -> str:
    """The most confidential of some handling marks; empty where all is public.

    Examples
    --------
    >>> strictest(["public", "team"]), strictest(["public"])
    ('team', '')
    """
    found = max(marks, key=_MARKS.index, default="")
    return "" if found == "public" else found
