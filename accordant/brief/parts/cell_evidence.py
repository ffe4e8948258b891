"""How well the claims behind one cell of a table are sourced: the best grades, and how many origins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Rich, Text, rich
from accordant.brief.parts.parties import element_mark
from accordant.case.grounds import one_source

UNJUDGED = "F6"


def best(grades: Iterable[str]) -> tuple[str, ...]:
    """The grades that no other one is as good as on both axes, each axis judged apart.

    A and 1 are best; F and 6 are not worst but unknown, so that they say less than any other letter or
    number and can be compared with none. F6 says nothing beside another grade.

    Examples
    --------
    >>> best(["B3", "C2", "D4"]), best(["E4", "F2"]), best(["F6", "F6"]), best(["B2", "F2"])
    (('B3', 'C2'), ('E4', 'F2'), ('F6',), ('B2',))
    """
    known = sorted(set(grades))
    return tuple(g for g in known if not any(h != g and _says_as_much(h, g) for h in known))


def _says_as_much(one: str, other: str) -> bool:
    """Whether on each axis one grade is known to be as good as the other, or the other not known at all."""
    source = other[0] == "F" or (one[0] != "F" and one[0] <= other[0])
    item = other[1] == "6" or (one[1] != "6" and one[1] <= other[1])
    return source and item


def sources_behind(context: Context, claims: Sequence[str]) -> int:
    """How many sources some claims have, those that are certainly one counted once."""
    one = one_source(context.case)
    return len({one.get(o, o) for o in context.origins_behind(claims)})


def standing(context: Context, because: Iterable[str]) -> tuple[str, ...]:
    """The claims of a ground that count."""
    return tuple(c for c in because if c in context.standing and context.standing[c].stands)


def evidence(context: Context, because: Sequence[str]) -> Rich:
    """``B2 or F1, two origins [3] [4]``; empty where no claim that counts is behind it."""
    claims = standing(context, because)
    if not claims:
        return ()
    grades = best(context.case.claims[c].grade for c in claims)
    behind = sources_behind(context, claims)
    told = "cannot be judged" if grades == (UNJUDGED,) else " or ".join(grades)
    origins = words.counted(behind, "origin") if behind else "origin not known"
    return rich(Text(f"{told}, {origins} ", "muted"), context.grounds(claims))


def grounded_by(context: Context, element: str) -> Rich:
    """The grounds of a line by number, in brackets with its mark where it has one: `` (assumed [A2])``."""
    mark = element_mark(context, element)
    ground = context.grounds(context.elements[element].grounds)
    if mark not in ("assumed", "unsure"):
        return rich(" ", ground) if ground else ()
    return rich(" (", Text(mark, "emphasis"), rich(" ", ground) if ground else "", ")")
