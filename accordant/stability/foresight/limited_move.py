"""Limited-move stability L_h: two parties look h moves ahead, each doing the best for itself.

The state that a party anticipates is worked out backwards; a state is stable for it exactly if it
anticipates that very state, because nothing better is to be expected of moving. With one move this is
Nash stability. See :mod:`accordant.stability.foresight.anticipation` for ties.
"""

from __future__ import annotations

import numpy as np

from accordant.model.view import View
from accordant.stability.foresight.anticipation import course_of
from accordant.stability.foresight.horizons import horizon_of
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.result import Explanation

FORMS: tuple[tuple[str, str], ...] = (
    ("l<h>", "limited-move stability of two parties that look h moves ahead, such as l4"),
    ("limited", "the same with --horizon"),
)

SOURCE = (
    "D. M. Kilgour, Anticipation and stability in two-person non-cooperative games, in: Dynamic Models of "
    "International Conflict, Lynne Rienner 1985, 26-51"
)


def find(name: str, options: Options) -> Further | None:
    """Limited-move stability by its name, None when the name is not one of its forms.

    Raises
    ------
    InputError
        If the horizon is missing or is no positive number.

    Examples
    --------
    >>> find("l4", Options()).title
    'limited-move stability with horizon 4'
    >>> find("limited", Options(horizon=2)).name
    'l2'
    """
    h = horizon_of(name, "l", "limited", options)
    if h is None:
        return None
    ahead = "one move" if h == 1 else f"{h} moves"
    return Further(
        name=f"l{h}",
        title=f"limited-move stability with horizon {h}",
        explanation=f"Looking {ahead} ahead, each in turn doing the best for itself, {{party}} expects no "
        "move to end in anything better than what it has.",
        source=SOURCE,
        read=False,
        judge=lambda view: judged(view, h),
        explain=lambda view, state, party: _explained(view, state, party, h),
        parameters=(
            (f"horizon of l{h}", str(h)),
            ("ties between moves", "any of them, at each node by itself"),
        ),
    )


def judged(view: View, horizon: int) -> Judgement:
    """Verdicts in one setting: must hold however ties are broken, may hold in some way.

    Raises
    ------
    InputError
        If more than two parties can move, or the order of one that can is not known.
    """
    course = course_of(view, f"l{horizon}")
    pair = course.at(horizon)
    must = np.ones((len(view.parties), view.model.n), dtype=bool)
    may = must.copy()
    for side, ends in zip(course.sides, pair, strict=True):
        if side.party is not None:
            must[side.party], may[side.party] = ends.must_stay, ends.may_stay
    return Judgement(must, may)


def _explained(view: View, state: int, party: int, horizon: int) -> Explanation:
    from accordant.stability.foresight.limited_move_telling import explain

    return explain(view, state, party, horizon, f"l{horizon}")
