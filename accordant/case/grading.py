"""What forbids a better grade of an item: the rules, one by one, from how the claim is sourced.

The two axes of a grade are apart: nothing here looks at how reliable a source is. 6 means that the
truth cannot be judged; it is always allowed and never a limit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from accordant.case.corroboration import Corroboration, Counting
from accordant.case.grounds import chain
from accordant.case.objects import Case
from accordant.case.sources import Claim

Rule = Literal["contradicted", "retracted", "conflict", "one-origin", "unnamed", "no-origin", "nested"]
WITHDRAWN = ("retracted", "superseded", "contradicted")
BEST, UNKNOWN = 1, 6
REFUSING: tuple[Rule, ...] = ("one-origin", "no-origin", "conflict")
"""Rules that refuse the grade 1, whatever reason is given for it."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One rule that forbids a better grade than ``best``, with its reason in words."""

    best: int
    rule: Rule
    says: str


def best_item(limits: tuple[Limit, ...]) -> int:
    """The best grade that some limits leave.

    Examples
    --------
    >>> best_item(()), best_item((Limit(2, "one-origin", ""), Limit(4, "contradicted", "")))
    (1, 4)
    """
    return max((limit.best for limit in limits), default=BEST)


def item_of(claim: Claim) -> int:
    """The item's grade of a claim as it stands in the case."""
    return int(claim.grade[1])


class Limits:
    """What limits the item grade of each claim of one case.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> sources = Sources.model_validate({
    ...     "origins": {"o1": {"kind": "described"}}, "claims": {"c1": {**said, "origin": "o1"}}})
    >>> limits = Limits(Case(title="t", parties={}, sources=sources))
    >>> [limit.rule for limit in limits.of("c1")], best_item(limits.of("c1"))
    (['one-origin', 'unnamed'], 3)
    """

    def __init__(self, case: Case) -> None:
        self.case = case
        self.counting = Counting(case)
        self._against = _against(case)
        self._order = {claim: k for k, claim in enumerate(case.claims)}
        self._own: dict[str, tuple[Limit, ...]] = {}

    def of(self, claim: str) -> tuple[Limit, ...]:
        """Every rule that limits a claim, its own first, then those of the claims around it."""
        return (*self._limits(claim), *self._around(claim))

    def counted(self, claim: str) -> Corroboration:
        """How many independent origins assert it."""
        return self.counting.of(claim)

    def against(self, claim: str) -> tuple[str, ...]:
        """Claims that are not withdrawn and contradict what this one asserts, whoever says it."""
        same = self.counting.same[claim]
        found = dict.fromkeys(d for c in same for d in self._against.get(c, ()))
        return tuple(sorted((d for d in found if d not in same), key=self._order.__getitem__))

    def _limits(self, claim: str) -> tuple[Limit, ...]:
        if claim not in self._own:
            self._own[claim] = tuple(self._made(claim))
        return self._own[claim]

    def _made(self, claim: str) -> Iterator[Limit]:
        said = self.case.claims[claim]
        if said.status == "retracted":
            yield Limit(4, "retracted", "whoever said it has taken it back")
        if said.status == "contradicted":
            yield Limit(4, "contradicted", "its status is contradicted")
        elif said.status != "confirmed":
            for other in self._against.get(claim, ()):
                if claim in self.case.claims[other].contradicts:
                    yield Limit(4, "contradicted", f"{other} contradicts it")
        if against := self.against(claim):
            names = ", ".join(against)
            yield Limit(2, "conflict", f"in conflict with {names}: not confirmed while that is open")
        yield from _of_origins(self.counted(claim))

    def _around(self, claim: str) -> Iterator[Limit]:
        for outer in chain(self.case, claim)[1:]:
            best, graded = best_item(self._limits(outer)), item_of(self.case.claims[outer])
            if graded not in (BEST, UNKNOWN) and graded >= best:
                yield Limit(graded, "nested", f"is said inside {outer}, which is graded {graded}")
            elif best > BEST:
                why = max(self._limits(outer), key=lambda limit: limit.best).says
                yield Limit(best, "nested", f"is said inside {outer}, which can be {best} at best: {why}")


def _of_origins(found: Corroboration) -> Iterator[Limit]:
    if found.at_most == 0:
        yield Limit(3, "no-origin", "goes back to no origin")
        return
    if found.at_least < 2:
        what = "one origin" if found.at_most == 1 else _may_be_one(found)
        yield Limit(2, "one-origin", f"goes back to {what}")
    if found.unnamed == found.at_most:
        what = "a single unnamed source" if found.at_most == 1 else "unnamed sources, who may be one"
        yield Limit(3, "unnamed", f"rests on {what}")


def _may_be_one(found: Corroboration) -> str:
    unnamed = "unnamed " if found.unnamed == found.at_most else ""
    return f"{found.at_most} {unnamed}origins that may be one"


def _against(case: Case) -> Mapping[str, tuple[str, ...]]:
    """For each claim those that contradict it, written either way, and are not withdrawn."""
    live = {id_: not any(case.claims[c].status in WITHDRAWN for c in chain(case, id_)) for id_ in case.claims}
    found: dict[str, dict[str, None]] = {}
    for id_, claim in case.claims.items():
        for other in claim.contradicts:
            if other in case.claims and other != id_:
                if live[id_]:
                    found.setdefault(other, {})[id_] = None
                if live[other]:
                    found.setdefault(id_, {})[other] = None
    return {id_: tuple(others) for id_, others in found.items()}
