"""What follows when claims are supposed to be true, false, or of another standing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from accordant.case.grounds import chain, elements, standings
from accordant.case.objects import Case


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that counts now and did not before, or the other way round.

    Attributes
    ----------
    stands
        Whether it counts once the claims are as supposed.
    reason
        Why not, or why it did not before.
    supposed
        What it is supposed to be, empty for a claim that follows.
    """

    claim: str
    stands: bool
    reason: str
    supposed: str = ""


@dataclass(frozen=True, slots=True)
class ElementChange:
    """A part of the case that becomes unsure, or sure."""

    element: str
    says: str
    unsure: bool


@dataclass(frozen=True, slots=True)
class ClaimEffects:
    """What becomes of a case when claims are supposed to be of another standing.

    Attributes
    ----------
    supposed
        The status that each claim is supposed to have.
    inferred
        Claims that cannot be right if what is supposed is, with the reason.
    claims
        Those that stand or fall with it.
    elements
        Parts of the case that become unsure or sure.
    touched
        Claims that stay as they are but go back to an origin of one that falls, by origin.
    """

    supposed: Mapping[str, str]
    inferred: Mapping[str, str]
    claims: tuple[ClaimChange, ...]
    elements: tuple[ElementChange, ...]
    touched: Mapping[str, tuple[str, ...]]


def with_claims(case: Case, given: Mapping[str, str]) -> tuple[Case, dict[str, str]]:
    """The case with claims as supposed, and the claims that cannot be right then.

    A claim that is supposed to be confirmed takes down every open claim that says it contradicts it: both
    cannot be right.

    Examples
    --------
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> case = Case.model_validate({"title": "t", "parties": {}, "sources": {
    ...     "claims": {"c1": {**said, "contradicts": ["c2"]}, "c2": said}}})
    >>> after, inferred = with_claims(case, {"c2": "confirmed"})
    >>> inferred, after.claims["c1"].status
    ({'c1': 'it says that c2 is wrong'}, 'contradicted')
    """
    inferred = {
        id_: f"it says that {other} is wrong"
        for other, status in given.items()
        if status == "confirmed"
        for id_, claim in case.claims.items()
        if other in claim.contradicts and id_ not in given and claim.status == "open"
    }
    every = {**dict.fromkeys(inferred, "contradicted"), **given}
    claims = {
        id_: claim.model_copy(update={"status": every[id_]}) if id_ in every else claim
        for id_, claim in case.claims.items()
    }
    sources = case.sources.model_copy(update={"claims": type(case.claims)(claims)})
    return case.model_copy(update={"sources": sources}), inferred


def effects(before: Case, after: Case, given: Mapping[str, str], inferred: Mapping[str, str]) -> ClaimEffects:
    """What differs between a case and the same with claims as supposed."""
    old, new = standings(before), standings(after)
    every = {**dict.fromkeys(inferred, "contradicted"), **given}
    changed = tuple(
        ClaimChange(id_, new[id_].stands, new[id_].reason or old[id_].reason, every.get(id_, ""))
        for id_ in old
        if old[id_].stands != new[id_].stands
    )
    was = {e.id: e.unsure for e in elements(before)}
    moved = tuple(ElementChange(e.id, e.says, e.unsure) for e in elements(after) if e.unsure != was[e.id])
    fallen = [c.claim for c in changed if not c.stands]
    origins = dict.fromkeys(o for c in fallen if (o := before.claims[c].origin) is not None)
    touched = {
        origin: tuple(
            id_
            for id_, claim in before.claims.items()
            if claim.origin == origin and new[id_].stands and id_ not in given
        )
        for origin in origins
    }
    return ClaimEffects(given, inferred, changed, moved, {o: c for o, c in touched.items() if c})


def contradictions(case: Case, given: Mapping[str, str]) -> list[str]:
    """Why some claims cannot be as supposed all at once.

    Examples
    --------
    >>> said = {"report": "r", "quote": "q", "at": (0, 1), "says": "s", "kind": "offer"}
    >>> case = Case.model_validate({"title": "t", "parties": {}, "sources": {
    ...     "claims": {"c1": {**said, "contradicts": ["c2"]}, "c2": said, "c3": {**said, "within": "c2"}}}})
    >>> contradictions(case, {"c1": "confirmed", "c2": "confirmed"})
    ['c1 and c2 are both supposed to be right, but c1 contradicts c2']
    >>> contradictions(case, {"c2": "retracted", "c3": "confirmed"})
    ['c3 is supposed to be right, but it is said inside c2, which is supposed to be retracted']
    """
    told = []
    right = [c for c, status in given.items() if status == "confirmed"]
    for claim in right:
        for other in case.claims[claim].contradicts:
            if other in right:
                told.append(
                    f"{claim} and {other} are both supposed to be right, but {claim} contradicts {other}"
                )
        for outer in chain(case, claim)[1:]:
            if given.get(outer) in ("retracted", "superseded", "contradicted"):
                told.append(
                    f"{claim} is supposed to be right, but it is said inside {outer}, which is supposed to "
                    f"be {given[outer]}"
                )
    return told
