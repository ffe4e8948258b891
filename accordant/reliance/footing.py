"""The claims of a case as answers stand on them: whether each counts and why, and how many say the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from accordant.case.corroboration import Corroboration, Counting
from accordant.case.grounds import chain, one_source, origins_of, standings
from accordant.case.objects import Case

UNCHALLENGED = "nothing contradicts it"
"""Why most claims stand."""
SETTLED = ("retracted", "superseded", "contradicted")


@dataclass(frozen=True, slots=True)
class Footing:
    """One claim as an answer may stand on it.

    Attributes
    ----------
    stands
        Whether it counts: settled once, on the whole case, whatever is taken away.
    reason
        Why it does, or does not.
    grade
        As the case has it.
    origins
        How many independent origins assert it; None for a claim that no answer rests on.
    """

    stands: bool
    reason: str
    grade: str
    origins: Corroboration | None = None

    @property
    def corroborated(self) -> str:
        """How many independent origins assert it, in words; empty where that was not counted.

        Examples
        --------
        >>> counts = (Corroboration(1, 1, ("c1",), 1), Corroboration(1, 2, ("c1", "c2")))
        >>> [Footing(True, "", "F6", found).corroborated for found in counts]
        ['1, unnamed', '1 to 2']
        """
        if self.origins is None:
            return ""
        least, most, unnamed = self.origins.at_least, self.origins.at_most, self.origins.unnamed
        if most == 0:
            return "none"
        count = str(most) if least == most else f"{least} to {most}"
        if not unnamed:
            return count
        return f"{count}, unnamed" if unnamed == most else f"{count}, {unnamed} of them unnamed"

    def to_json(self) -> dict[str, Any]:
        """The documented form."""
        found = self.origins
        return {
            "stands": self.stands,
            "reason": self.reason,
            "grade": self.grade,
            "origins": None
            if found is None
            else {
                "at_least": found.at_least,
                "at_most": found.at_most,
                "unnamed": found.unnamed,
                "claims": list(found.claims),
            },
        }


def footings(case: Case, used: Collection[str] = ()) -> dict[str, Footing]:
    """Every claim with its standing, its reason and its grade; those that are used with their origins.

    Parameters
    ----------
    used
        Claims that answers rest on, whose independent origins are counted.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "claims": {"c1": {**said, "contradicts": ["c2"]}, "c2": {**said, "status": "confirmed"},
    ...                "c3": {**said, "status": "retracted", "contradicts": ["c1"]}}})
    >>> [found.reason for found in footings(Case(title="t", parties={}, sources=sources)).values()]
    ['c3 contradicts it, which is itself retracted', 'confirmed, although c1 contradicts it', 'retracted']
    """
    against: dict[str, list[str]] = {}
    for id_, claim in case.claims.items():
        for other in claim.contradicts:
            against.setdefault(other, []).append(id_)
    counting = Counting(case) if used else None
    found = {}
    for id_, standing in standings(case).items():
        reason = standing.reason if not standing.stands else _why(case, id_, against.get(id_, ()))
        origins = counting.of(id_) if counting and id_ in used else None
        found[id_] = Footing(standing.stands, reason, case.claims[id_].grade, origins)
    return found


def _why(case: Case, claim: str, against: Collection[str]) -> str:
    """Why a claim that stands does so."""
    confirmed = case.claims[claim].status == "confirmed"
    if not against:
        return "confirmed" if confirmed else UNCHALLENGED
    live = [a for a in against if _withdrawn(case, a) is None]
    if confirmed:
        verb = "contradicts" if len(live) == 1 else "contradict"
        return f"confirmed, although {' and '.join(live)} {verb} it" if live else "confirmed"
    told = [f"{a} contradicts it, which is {_withdrawn(case, a)}" for a in against]
    return "; ".join(told)


def _withdrawn(case: Case, claim: str) -> str | None:
    """What has become of a claim that contradicts nothing any more."""
    for outer in chain(case, claim):
        status = case.claims[outer].status
        if status in SETTLED:
            return f"itself {status}" if outer == claim else f"said inside {outer}, {status}"
    return None


def single_points(case: Case, falls: Collection[str]) -> tuple[str, ...]:
    """Of grounds whose loss changes an answer: the origins, then claims and assumptions.

    Of origins that are certainly one the first is named. A claim is named only where its origin, or one
    that it is said inside of, is not among them.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o": {"kind": "described"}}, "claims": {"c1": {**said, "origin": "o"}, "c2": said}})
    >>> single_points(Case(title="t", parties={}, sources=sources), ["c1", "c2", "o", "assumed:x"])
    ('o', 'c2', 'assumed:x')
    """
    one = one_source(case)
    first: dict[str, str] = {}
    for origin in (o for o in case.origins if o in falls):
        first.setdefault(one[origin], origin)
    origins = first.values()
    claims = [c for c in case.claims if c in falls and not {one[o] for o in origins_of(case, c)} & set(first)]
    return (*origins, *claims, *(g for g in falls if g not in case.origins and g not in case.claims))
