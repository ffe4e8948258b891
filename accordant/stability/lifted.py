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


def as_seen(concept: Concept | Further) -> Further:
    """The concept with each party judging by the case as it sees it.

    Raises
    ------
    InputError
        If the concept looks at all settings at once.
    """
    base = lifted(concept)
    if base.whole is not None:
        raise InputError(f"{base.name} looks at all settings at once, and not at the case as a party sees it")
    return replace(
        base,
        judge=lambda view: _seen(view, base),
        explain=lambda view, state, party: explain_seen(view, state, party, base),
        parameters=(("each party judges", "by the case as it sees it"), *base.parameters),
    )


def _seen(view: View, concept: Further) -> Judgement:
    shape = (len(view.parties), view.model.n)
    must, may, exact = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), True
    for i, party in enumerate(view.parties):
        found = concept.judge(perceived_view(view, party))
        must[i], may[i] = found.must[i], found.may[i]
        exact &= found.exact
    return Judgement(must, may, exact)


from collections.abc import Sequence
from accordant.model.compiler import Compiler
def as_one(
    compiler: Compiler, blocks: Sequence[Sequence[str]], concepts: Sequence[Concept | Further]
) -> tuple[tuple[str, ...], list[Further]]:
    """The players when some parties act as one, and the concepts that judge them.

    Raises
    ------
    InputError
        If a block names no party of the case, blocks overlap, or a concept is none of the five.
    """
    ...
