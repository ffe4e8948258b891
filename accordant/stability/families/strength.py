"""Strength of preference: whether what deters a party is far worse for it, or just no better.

Improvements ignore strength, the party's own and those of its opponents. *General* stability is the
classical concept. It is *strong* where every improvement is answered by a sanction that the party
likes far less than where it started, under SMR wherever it can go on to as well; *weak* where it is
general and not strong. Where there is no improvement, nothing needs an answer: that is strong.
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
from accordant.stability.concepts import TABLE
from accordant.stability.explain import explain
from accordant.stability.families.unknown_preference import TITLES
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.pairwise import relational
from accordant.stability.pairwise.incomparable import PairWords, judge_pairs
from accordant.stability.pairwise.relational import CREDIBLE, LASTING, Goals
from accordant.stability.pairwise.relations import afford_matrices
from accordant.stability.pairwise.wishes import OnDemand, Wishes, wishes
from accordant.stability.result import Explanation
from accordant.stability.telling import OPEN

Bools = NDArray[np.bool_]

FORMS: tuple[tuple[str, str], ...] = (
    ("nash-general", "Nash stability; improvements ignore strength of preference"),
    *(
        (f"{kind}-{how}", f"{TITLES[kind]}, {what}")
        for kind in ("gmr", "smr", "seq")
        for how, what in (
            ("general", "strong or weak"),
            ("strong", "every improvement answered by something far worse"),
            ("weak", "stable, but not strongly"),
        )
    ),
)

DETERS = ("does not deter it strongly", "deters it strongly")

MATRICES = 8
"""Matrices of states x states that are there at a time."""

SOURCE = (
    "L. Hamouda, D. M. Kilgour, K. W. Hipel, Strength of preference in the graph model for conflict "
    "resolution, Group Decision and Negotiation 13 (2004) 449-462; for several parties: Strength of "
    "preference in graph models for multiple-decision-maker conflicts, Applied Mathematics and Computation "
    "179 (2006) 314-327"
)


def find(name: str, options: Options) -> Further | None:
    """The concept of that name, such as ``gmr-strong``; None when it is none.

    Raises
    ------
    InputError
        If there is no strong or weak form of the concept.

    Examples
    --------
    >>> find("seq-strong", Options()).title
    'sequential stability under strength of preference, strong'
    >>> find("seq", Options()) is None
    True
    """
    match = re.fullmatch(r"(nash|gmr|smr|seq)-(general|strong|weak)", name)
    if match is None:
        return None
    kind, how = match.groups()
    if kind == "nash" and how != "general":
        raise InputError(f"there is no {name}: where no improvement is answered, none is answered strongly")
    return Further(
        name=name,
        title=f"{TITLES[kind]} under strength of preference, {how}",
        explanation=_explanation(kind, how),
        source=SOURCE,
        read=False,
        judge=lambda view: judge(view.model, wishes(view), kind, how),
        explain=lambda view, state, party: _explained(view, state, party, kind, how),
        unknown=True,
    )


def _explanation(kind: str, how: str) -> str:
    if kind == "nash":
        return "{party} has no move to anything better, by much or by little."
    credible = ", each by moves to its own advantage," if kind in CREDIBLE else ""
    how_far = "far less" if how == "strong" else "no better"
    text = f"Whatever better state {{party}} moves to, the others can lead on{credible} to one that "
    text += f"{{party}} likes {how_far} than where it started"
    text += ", and from which it has no way out" if kind in LASTING else ""
    return (
        text
        + {"general": ", by much or by little.", "strong": ".", "weak": ", but not always far less."}[how]
    )


def goals(of: list[Wishes], *, possible: bool = False) -> Goals:
    """What everybody leaves for, is not strongly deterred by, and may be expected to do.

    Parameters
    ----------
    possible
        Whether what is unknown counts as so.
    """
    better = OnDemand(of, Wishes.perhaps_better if possible else Wishes.better)
    tempts = Wishes.not_surely_far_worse if possible else Wishes.surely_not_far_worse
    return Goals(better, OnDemand(of, tempts), better)


def judge(model: GraphModel, of: list[Wishes], kind: str, how: str) -> Judgement:
    """What must and what may be stable, for every party.

    Parameters
    ----------
    model
        States and moves.
    of
        What is known of everybody's preference. A pair of unknown order may turn out strongly or
        mildly preferred.
    kind
        ``nash``, ``gmr``, ``smr`` or ``seq``.
    how
        ``general``, ``strong`` or ``weak``.

    Raises
    ------
    TooLargeError
        If something is strongly preferred, or of unknown order, and the relations would not fit.
    """
    if all(w.known for w in of):
        stable = _known(model, of, kind, how)
        return Judgement(stable, stable)
    general = judge_pairs(model, of, TABLE[kind])
    if how == "general":
        return general
    strong = relational.judge(model, kind, goals(of), goals(of, possible=True))
    if how == "strong":
        return strong
    must, may = np.asarray(general.must & ~strong.may), np.asarray(general.may & ~strong.must)
    return Judgement(must, may, exact=bool((must == may).all()))


def _known(model: GraphModel, of: list[Wishes], kind: str, how: str) -> Bools:
    orders = np.array([w.ranks for w in of], dtype=np.int64)
    judged = engine.judge(model, orders, dict.fromkeys((kind, "nash")))
    if how == "general":
        return judged[kind]
    strong = judged["nash"]  # where nothing is far worse than anything, only what needs no answer
    if any(w.blocks.any() for w in of):
        afford_matrices(model.n, MATRICES)
        chosen = goals(of)
        strong = relational.judge(model, kind, chosen, chosen).must
    return strong if how == "strong" else np.asarray(judged[kind] & ~strong)


def _explained(view: View, state: int, party: int, kind: str, how: str) -> Explanation:
    name = f"{kind}-{how}"
    general = replace(explain(view, state, view.parties[party], kind), concept=name)
    if how == "general" or (how == "weak" and not general.stable):
        return general
    afford_matrices(view.model.n, MATRICES)
    of = wishes(view)
    sure = goals(of)
    possible = sure if all(w.known for w in of) else goals(of, possible=True)
    strong = relational.explain(view, state, party, name, kind, sure, possible, _Words(of, party), DETERS)
    return strong if how == "strong" else _weak(general, strong, kind)


def _weak(general: Explanation, strong: Explanation, kind: str) -> Explanation:
    """Why a state that is stable in general is stable weakly, or is not."""
    if strong.stable:
        text = f"Not weakly stable, because it is strongly stable: {strong.sentence}"
        return replace(strong, stable=False, sentence=text)
    elements = tuple(dict.fromkeys((*general.elements, *strong.elements)))
    if strong.sentence.endswith(OPEN):
        text = f"{general.sentence} Whether that is strong or weak depends on what is not known."
        return replace(general, stable=False, sentence=text, elements=elements)
    assert strong.improvement is not None
    others = "others, to their own advantage," if kind in CREDIBLE else "others"
    text = f"{general.sentence} That is weak, not strong: where it goes to {strong.improvement.end}, "
    text += f"nothing that {others} can then lead on to {DETERS[1]}."
    return replace(general, sentence=text, elements=elements)


class _Words(PairWords):
    """How strong stability speaks of what is far worse."""

    def __init__(self, of: list[Wishes], party: int) -> None:
        super().__init__(of, party, "a", sure_steps=True)

    def left_for(self, view: View, party: int, s: int, q: int) -> str:
        """Why the party would go there."""
        if self.of[party].open_between(s, q):
            return super().left_for(view, party, s, q)
        far = self.of[party].blocks[q] > self.of[party].blocks[s]
        return f"which it likes {'far ' if far else ''}better"

    def deterred_by(self, view: View, party: int, s: int, t: int) -> str:
        """Why being led there deters it."""
        return f"which {view.case.party_name(view.parties[party])} likes far less than {view.space.name(s)}"
