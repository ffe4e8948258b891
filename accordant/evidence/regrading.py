"""Claims graded by a person: what would change, what is refused, and writing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from accordant.case.folder import CaseFolder
from accordant.case.grading import BEST, REFUSING, Limits, best_item, item_of
from accordant.case.objects import Case
from accordant.case.register import UNJUDGED, links, weakest
from accordant.case.sources import Claim
from accordant.case.unnamed import unnamed_warning
from accordant.errors import InputError, did_you_mean
from accordant.evidence.changing import Change
from accordant.evidence.grading import GradesResult, grades, open_grades
from accordant.evidence.handling import Handling

SOURCES, ITEMS = "ABCDEF", "123456"


@dataclass(frozen=True)
class Regraded(Change):
    """Grades as they would be; nothing is written before :meth:`apply`.

    Attributes
    ----------
    case
        The case with the new grades.
    changes
        What changes, as (claim, old grade, new grade).
    warnings
        What a reader should think about before it is written.
    """

    changes: tuple[tuple[str, str, str], ...]
    warnings: tuple[str, ...] = ()

    def result(self, held: Handling | None = None) -> GradesResult:
        """The grades of the changed case, the changes with them."""
        shown = Handling(self.case) if held is None else held
        return replace(grades(self.case, shown), changes=self.changes)


def accepted(folder: CaseFolder, claims: Sequence[str] | None = None) -> Regraded:
    """The case with the suggested grades taken, wherever nobody has judged, or for the claims named.

    Raises
    ------
    InputError
        If a claim is not one of the case's.
    """
    case = folder.case
    _known(case, claims or ())
    new = open_grades(grades(case, Handling(case)), claims or None)
    return _made(folder, {c: case.claims[c].model_copy(update={"grade": g}) for c, g in new.items()})


def regraded(
    folder: CaseFolder,
    claims: Sequence[str],
    *,
    source: str | None = None,
    item: str | None = None,
    because: str | None = None,
    by: str | None = None,
) -> Regraded:
    """The case with some claims graded by hand, each axis by itself.

    Parameters
    ----------
    source, item
        A to F and 1 to 6; what is left out stays.
    because
        Why, in a sentence; required for what the register or the sourcing does not bear out.
    by
        Who has looked at the claims again.

    Raises
    ------
    InputError
        With everything that is wrong: unknown claims and grades, 1 without two independent origins or
        in a conflict, a grade past what the sourcing allows without a reason.
    """
    case = folder.case
    if not claims:
        raise InputError("name the claims to grade, as in --claim c1")
    _known(case, claims)
    _one_of("--source", source, SOURCES)
    _one_of("--item", item, ITEMS)
    given = {"graded_because": because, "reviewed_by": by}
    if source is None and item is None and not any(given.values()):
        raise InputError("give a grade: --source A to F, --item 1 to 6, or a reason with --because")
    changed: dict[str, Claim] = {}
    for id_ in claims:
        claim = case.claims[id_]
        grade = (source or claim.grade[0]) + (item or claim.grade[1])
        more = {key: value for key, value in given.items() if value}
        changed[id_] = claim.model_copy(update={"grade": grade, **more})
    made = _made(folder, changed)
    _allowed(made.case, claims, source=source, item=item)
    return made


def _known(case: Case, claims: Sequence[str]) -> None:
    wrong = []
    for name in claims:
        if name not in case.claims:
            hint = did_you_mean(name, list(case.claims))
            wrong.append(f"there is no claim {name!r}" + (f"; {hint}" if hint else ""))
    if wrong:
        few = ", ".join(list(case.claims)[:12]) or "none: the case has no claims"
        raise InputError("; ".join(wrong) + f" (claims: {few}{', …' if len(case.claims) > 12 else ''})")


def _one_of(option: str, given: str | None, allowed: str) -> None:
    if given is not None and (len(given) != 1 or given not in allowed):
        raise InputError(f"{option} {given} is no grade; allowed: {', '.join(allowed)}")


def _made(folder: CaseFolder, changed: Mapping[str, Claim]) -> Regraded:
    case = folder.case
    claims = {id_: changed.get(id_, claim) for id_, claim in case.claims.items()}
    new = case.model_copy(update={"sources": case.sources.model_copy(update={"claims": claims})})
    changes = tuple((id_, case.claims[id_].grade, claim.grade) for id_, claim in changed.items())
    warnings = [
        f"{id_}: {said}"
        for id_, claim in changed.items()
        if claim.graded_because != case.claims[id_].graded_because
        for said in unnamed_warning(case, case.origins.get(claim.origin or ""), claim)
        if said.startswith("graded_because")
    ]
    return Regraded(folder, new, changes, tuple(warnings))


def _allowed(case: Case, claims: Sequence[str], *, source: str | None, item: str | None) -> None:
    """Refuse what no reason can make right, and what wants a reason and has none."""
    limits, wrong = Limits(case), []
    for id_ in claims:
        claim, found = case.claims[id_], limits.of(id_)
        refusing = [limit.says for limit in found if limit.rule in REFUSING]
        if item is not None and item_of(claim) == BEST and refusing:
            wrong.append(
                f"{id_} cannot be 1 (confirmed): it {'; it '.join(_verbal(said) for said in refusing)}; "
                "1 needs two independent origins that nothing stands against"
            )
        elif item is not None and item_of(claim) < best_item(found) and not claim.graded_because:
            limit = max(found, key=lambda one: one.best)
            wrong.append(
                f"item {item} for {id_} is better than {limit.best}, the best that its sourcing allows "
                f"({limit.says}); say why with --because"
            )
        known = weakest(links(case, id_))
        if source not in (None, UNJUDGED, known) and not claim.graded_because:
            said = "says nothing of it" if known == UNJUDGED else f"makes it {known}"
            wrong.append(f"source {source} for {id_}: the register {said}; say why with --because")
    if wrong:
        raise InputError(". ".join(dict.fromkeys(wrong)))


def _verbal(said: str) -> str:
    return said if said.startswith("goes back") else f"is {said}"
