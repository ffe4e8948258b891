"""The five concepts behind the contract of the further ones, so that both can be asked alike."""

from __future__ import annotations

import numpy as np

from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.bounds import bounds_of
from accordant.stability.concept import Concept
from accordant.stability.explain import explain
from accordant.stability.further import Further, Judgement


def lifted(concept: Concept | Further) -> Further:
    """A concept as one that is asked view by view.

    Where some orders are unknown, the verdicts of the classical concepts are what must and what may
    be. The verdicts on different parties are each right by themselves; that they can all be so under
    one and the same order is not said.

    Examples
    --------
    >>> from accordant.stability.concepts import TABLE
    >>> lifted(TABLE["seq"]).name
    'seq'
    """
    if isinstance(concept, Further):
        return concept
    return Further(
        name=concept.name,
        title=concept.title,
        explanation=concept.explanation,
        source=concept.source,
        read=concept.read,
        judge=lambda view: _judged(view, concept),
        explain=lambda view, state, party: explain(view, state, view.parties[party], concept.name),
        unknown=True,
    )


def _judged(view: View, concept: Concept) -> Judgement:
    if bool(np.all(view.known)):
        stable = engine.judge(view.model, view.orders, [concept.name])[concept.name]
        return Judgement(stable, stable)
    alone, _ = bounds_of(view.model, view.orders, view.known, concept)
    return Judgement(alone.must, alone.may, bool(alone.exact.all()))
