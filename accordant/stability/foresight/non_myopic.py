"""Non-myopic stability: two parties look ahead without end.

A state is stable for a party when from some horizon on it is limited-move stable at every horizon.
What both anticipate with h moves to go follows from what they anticipate with h - 1, and there are
finitely many ways of it, so that from some horizon on it repeats; the horizons of one repetition decide.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from accordant.model.view import View
from accordant.stability.foresight.anticipation import Course, course_of
from accordant.stability.foresight.limited_move import SOURCE
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.result import Explanation

FORMS: tuple[tuple[str, str], ...] = (
    ("nm", "non-myopic stability of two parties that look ahead without end"),
)


def find(name: str, options: Options) -> Further | None:
    """Non-myopic stability, None for another name.

    Examples
    --------
    >>> find("nm", Options()).title
    'non-myopic stability'
    """
    if name != "nm":
        return None
    return Further(
        name="nm",
        title="non-myopic stability",
        explanation="However far both look ahead, from some horizon on, {party} expects no move to end in "
        "anything better than what it has.",
        source=SOURCE,
        read=False,
        judge=judged,
        explain=explained,
        parameters=(("ties between moves", "any of them, at each node by itself"),),
    )


def judged(view: View) -> Judgement:
    """Verdicts in one setting; must hold however ties are broken, may hold in some way.

    Raises
    ------
    InputError
        If more than two parties can move, or the order of one that can is not known.
    TooLargeError
        If what is anticipated takes too many horizons to repeat.
    """
    course = course_of(view, "nm")
    must = np.ones((len(view.parties), view.model.n), dtype=bool)
    may = must.copy()
    for pair in course.repetition():
        for side, ends in zip(course.sides, pair, strict=True):
            if side.party is not None:
                must[side.party] &= ends.must_stay
                may[side.party] &= ends.may_stay
    return Judgement(must, may, notes=(("nm", repeats(course)),))


def repeats(course: Course) -> str:
    """Whether what is anticipated settles, and when, or how long its cycle is."""
    start, length = course.cycle
    if length == 1:
        return f"what is anticipated settles at horizon {start}"
    return f"what is anticipated repeats every {length} horizons, from horizon {start} on"


def explained(view: View, state: int, party: int) -> Explanation:
    """Why a state is stable or not for a party, at one of the horizons that repeat.

    Returns
    -------
    Explanation
        For a state that is left, the first of those horizons at which it is.
    """
    from accordant.stability.foresight.limited_move_telling import explain

    course = course_of(view, "nm")
    start, length = course.cycle
    while start < 2:  # an equivalent horizon that does look ahead
        start += length
    found = explain(view, state, party, horizon := start, "nm")
    if found.improvement is None:  # it has no move at all
        return found
    while found.stable and horizon < start + length - 1:
        found = explain(view, state, party, horizon := horizon + 1, "nm")
    told, why = repeats(course), found.sentence
    why = f"if{why[2:]}" if why.startswith("If ") else why
    sentence = f"{told[:1].upper()}{told[1:]}. Looking {horizon} moves ahead, {why}"
    if found.stable and length > 1:
        sentence += " It stays at the other horizons too."
    return replace(found, sentence=sentence)
