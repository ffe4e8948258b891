"""The five concepts behind the contract of the further ones, so that both can be asked alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from accordant.errors import InputError
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.bounds import bounds_of
from accordant.stability.coalitions.as_one import as_one_bounds, explain_as_one, partition, player_names
from accordant.stability.concept import Concept
from accordant.stability.explain import explain
from accordant.stability.further import Further, Judgement
from accordant.stability.pairwise.incomparable import incomparable_bounds
from accordant.stability.perceived import explain_seen, perceived


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
    if some_pairs_open(view):
        return incomparable_bounds(view, concept)
    alone, _ = bounds_of(view.model, view.orders, view.known, concept)
    return Judgement(alone.must, alone.may, bool(alone.exact.all()))


def some_pairs_open(view: View) -> bool:
    """Whether some party's order is known but for some pairs of states."""
    return any(len(view.incomparable(party)) > 0 for party in view.parties)


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
        judge=lambda view: _noted(view, perceived(view, base)),
        explain=lambda view, state, party: explain_seen(view, state, party, base),
        parameters=(("each party judges", "by the case as it sees it"), *base.parameters),
    )


def _noted(view: View, judgement: Judgement) -> Judgement:
    """The judgement, with a note where nobody sees anything differently."""
    if view.case.perceptions:
        return judgement
    note = ("perceptions", "the case gives none, so that each party sees it as it is")
    return replace(judgement, notes=(*judgement.notes, note))


def as_one(
    parties: Sequence[str], blocks: Sequence[Sequence[str]], concepts: Sequence[Concept | Further]
) -> tuple[tuple[str, ...], list[Further]]:
    """The players when some parties act as one, and the concepts that judge them.

    Raises
    ------
    InputError
        If a block names no party of the case, blocks overlap, or a concept is none of the five.

    Examples
    --------
    >>> from accordant.stability.concepts import TABLE
    >>> as_one(["a", "b", "c"], [["b", "c"]], [TABLE["nash"]])[0]
    ('a', 'b+c')
    """
    players = player_names(parties, partition(parties, blocks))
    told = ("parties that act as one", ", ".join(p for p in players if p not in parties))
    others = [c.name for c in concepts if isinstance(c, Further)]
    if others:
        raise InputError(
            f"for parties that act as one there are nash, gmr, smr, seq and sseq, and not {', '.join(others)}"
        )
    return players, [replace(_as_one(lifted(c), blocks), parameters=(told,)) for c in concepts]


def _as_one(concept: Further, blocks: Sequence[Sequence[str]]) -> Further:
    name = concept.name
    return replace(
        concept,
        judge=lambda view: as_one_bounds(view, blocks, [name])[1][name],
        explain=lambda view, state, player: explain_as_one(view, blocks, state, player, name),
    )
