"""Why conclusions differ, straight from the words: every set of changes made, every setting listed."""

from __future__ import annotations

from itertools import combinations

from accordant.case.checks import check_case
from accordant.case.objects import Case
from accordant.errors import AccordantError
from accordant.history.changes import Change, applied
from accordant.history.why_halfway import needs
from accordant.model.compiler import Compiler
from accordant.reliance.conclusions import Conclusion
from tests.reliance import twin

Found = tuple[str, tuple[int, int] | None]


def answer(case: Case, conclusion: Conclusion) -> Found | None:
    """Status and count, None where it cannot be drawn."""
    compiler = Compiler(case)
    if conclusion.kind in ("acceptable", "agreement") and conclusion.subject not in case.proposals:
        return None
    return twin.status(compiler, conclusion, ())


def whole(chosen: frozenset[int], needed: list[set[int]]) -> bool:
    """Whether a set of changes has all that its members need."""
    return all(needed[k] <= chosen for k in chosen)


def right(case: Case) -> bool:
    """Whether a case could be opened."""
    try:
        if any(f.severity == "error" for f in check_case(case)):
            return False
        Compiler(case).view()
    except AccordantError:
        return False
    return True


def smallest(old: Case, some: list[Change], conclusion: Conclusion, new: Case) -> set[frozenset[str]]:
    """All sets of changes that move a conclusion and hold no smaller one that does."""
    before, target = answer(old, conclusion), answer(new, conclusion)
    needed = needs(some)
    found: list[frozenset[int]] = []
    for size in range(1, len(some) + 1):
        for chosen in map(frozenset, combinations(range(len(some)), size)):
            if any(f <= chosen for f in found) or not whole(chosen, needed):
                continue
            case = applied(old, [some[k] for k in chosen])
            if right(case) and reached(before, target, answer(case, conclusion)):
                found.append(chosen)
    return {frozenset(some[k].id for k in f) for f in found}


def reached(before: Found | None, target: Found | None, found: Found | None) -> bool:
    """Whether a half-way answer is the new one."""
    if target is None or found is None:
        return target is found
    if before is not None and before[0] == target[0]:
        return found[0] == target[0] and same_part(found[1], target[1])
    return found[0] == target[0]


def same_part(one: tuple[int, int] | None, other: tuple[int, int] | None) -> bool:
    """Whether two counts are the same part of the settings, where both are known."""
    return one is None or other is None or one[0] * other[1] == other[0] * one[1]
