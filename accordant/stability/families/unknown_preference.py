"""Unknown preference: what a party makes of pairs of states whose order is not known, in four ways.

======  =====================================  ==============================================
 ext.   leaves for what                        is deterred by what (and cannot undo)
======  =====================================  ==============================================
 a      is better, or of unknown order         is surely not better
 b      is surely better                       is surely not better
 c      is better, or of unknown order         is not surely better
 d      is surely better                       is not surely better
======  =====================================  ==============================================

In all four, opponents are expected to take steps that are better for them or of unknown order.
Without pairs of unknown order all four are the classical concept.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.graph import GraphModel
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.explain import explain
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.incomparable import PairWords
from accordant.stability.pairwise.relational import CREDIBLE, Goals
from accordant.stability.pairwise.relations import afford_matrices
from accordant.stability.pairwise.wishes import OnDemand, Wishes, wishes
from accordant.stability.result import Explanation

Bools = NDArray[np.bool_]

TITLES = {
    "nash": "Nash stability",
    "gmr": "general metarationality",
    "smr": "symmetric metarationality",
    "seq": "sequential stability",
    "sseq": "symmetric sequential stability",
}

EXTENSIONS = {
    "a": "leaves for what may be better, deterred by what is surely no better",
    "b": "leaves for what is surely better, deterred by what is surely no better",
    "c": "leaves for what may be better, deterred by what is not surely better",
    "d": "leaves for what is surely better, deterred by what is not surely better",
}

FORMS: tuple[tuple[str, str], ...] = tuple(
    (f"<concept>-{letter}", f"{', '.join(TITLES)} under unknown preference, {what}")
    for letter, what in EXTENSIONS.items()
)

MATRICES = 8
"""Matrices of states x states that are there at a time."""

SOURCE = (
    "K. W. Li, K. W. Hipel, D. M. Kilgour, L. Fang, Preference uncertainty in the graph model for conflict "
    "resolution, IEEE Transactions on Systems, Man, and Cybernetics A 34 (2004) 507-520"
)


def find(name: str, options: Options) -> Further | None:
    """The concept of that name, such as ``gmr-a``; None when it is none.

    Raises
    ------
    InputError
        If the letter is none of the four.

    Examples
    --------
    >>> find("seq-b", Options()).title
    'sequential stability under unknown preference, extension b'
    >>> find("gmr-general", Options()) is None
    True
    """
    match = re.fullmatch(rf"({'|'.join(TITLES)})-([a-z])", name)
    if match is None:
        return None
    kind, letter = match.groups()
    if letter not in EXTENSIONS:
        raise InputError(
            f"there is no extension {letter!r} for unknown preference; known: "
            + ", ".join(f"{kind}-{known}" for known in EXTENSIONS)
        )
    ours = "" if kind != "sseq" else "; the extension of this concept is ours, by the same reading"
    return Further(
        name=name,
        title=f"{TITLES[kind]} under unknown preference, extension {letter}",
        explanation=_explanation(kind, letter),
        source=SOURCE + ours,
        read=False,
        judge=lambda view: _judged(view, kind, letter),
        explain=lambda view, state, party: _explained(view, state, party, kind, letter),
        unknown=True,
        parameters=((f"extension {letter}", EXTENSIONS[letter]),),
    )


def _explanation(kind: str, letter: str) -> str:
    better = "is, or may be, better" if letter in "ac" else "is surely better"
    if kind == "nash":
        return f"{{party}} has no move to anything that {better}."
    how = ", each by moves that are, or may be, to its own advantage," if kind in CREDIBLE else ""
    worse = "is surely no better" if letter in "ab" else "is not surely better"
    text = (
        f"If {{party}} moves to anything that {better}, the others can lead on{how} to something that {worse}"
    )
    if kind in relational.LASTING:
        text += " and that it cannot leave for anything else"
    return f"{text} than where it started."


def goals(of: list[Wishes], letter: str) -> Goals:
    """What everybody leaves for, is not deterred by, and may be expected to do.

    Examples
    --------
    >>> import numpy as np
    >>> one = Wishes(2, None, np.zeros((0, 2), int), np.zeros(2, int))
    >>> [bool(goals([one], letter).leaves[0].any()) for letter in "abcd"]
    [True, False, True, False]
    """
    perhaps, surely = OnDemand(of, Wishes.perhaps_better), OnDemand(of, Wishes.better)
    return Goals(perhaps if letter in "ac" else surely, perhaps if letter in "ab" else surely, perhaps)


def verdicts(model: GraphModel, of: list[Wishes], kind: str, letter: str) -> Bools:
    """Which states are stable for whom, shape (parties, n).

    Parameters
    ----------
    model
        States and moves.
    of
        What is known of everybody's preference.
    kind
        A classical concept.
    letter
        The extension.

    Raises
    ------
    TooLargeError
        If some pair is of unknown order and the relations would not fit.
    """
    if all(w.known for w in of):  # all four extensions are the classical concept, at any size
        orders = np.array([w.ranks for w in of], dtype=np.int64)
        return engine.judge(model, orders, [kind])[kind]
    afford_matrices(model.n, MATRICES)
    chosen = goals(of, letter)
    return relational.judge(model, kind, chosen, chosen).must


def _judged(view: View, kind: str, letter: str) -> Judgement:
    stable = verdicts(view.model, wishes(view), kind, letter)
    return Judgement(stable, stable)


def _explained(view: View, state: int, party: int, kind: str, letter: str) -> Explanation:
    name = f"{kind}-{letter}"
    if view.known.all():
        return replace(explain(view, state, view.parties[party], kind), concept=name)
    afford_matrices(view.model.n, MATRICES)
    of = wishes(view)
    chosen = goals(of, letter)
    return relational.explain(view, state, party, name, kind, chosen, chosen, PairWords(of, party, letter))
