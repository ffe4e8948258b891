"""Parties that act as one: a partition of the parties whose blocks are players.

In option form a block changes any of the issues that its members control in one move, joint issues
of holders inside the block included; where states are merged, a move of the block is a move between
any of their combinations. In a graph given arc by arc, a legal sequence of its members that leads
elsewhere is one move of the block. The block leaves for what every member likes better, its own
moves against others count as credible on the same condition, and it is deterred by what is not
better for every member.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.graph import ArcMoves, GraphModel, Mover, Moves, ProductMoves
from accordant.model.movers import changes_of, moves_of
from accordant.model.moves import arcs_from_pairs
from accordant.model.view import View
from accordant.stability.coalitions.bounds import all_of, bounds
from accordant.stability.coalitions.reach import Reach, can_move
from accordant.stability.coalitions.sides import Rule, Side, arcs_of
from accordant.stability.coalitions.telling import explain_side
from accordant.stability.coalitions.wishes import Wishes, wishes_of
from accordant.stability.concepts import find
from accordant.stability.explain import unknown
from accordant.stability.further import Judgement
from accordant.stability.pairwise.relations import legal_ends
from accordant.stability.result import Explanation

Bools = NDArray[np.bool_]
Blocks = tuple[tuple[int, ...], ...]
Changes = Sequence[tuple[tuple[int, ...], Mapping[str, Bools]]]
"""For each mover its parties, and for each issue that it changes which value may follow which."""

_sides: WeakKeyDictionary[GraphModel, dict[Blocks, tuple[Side, ...]]] = WeakKeyDictionary()


def acting_as_one(
    view: View, blocks: Sequence[Sequence[str]], concepts: Iterable[str] | None = None
) -> tuple[tuple[str, ...], dict[str, Bools]]:
    """Which states are stable for whom when some parties act as one.

    Parameters
    ----------
    view
        The case in one setting.
    blocks
        Parties that act as one, by id; whoever is in none acts alone.
    concepts
        Names of the classical concepts; all of them by default.

    Returns
    -------
    players, verdicts
        Players in the order of their first members, a block being called ``north+south``; for each
        concept an array of bool, shape (players, n). Where orders are unknown: stable whatever they
        are.

    Raises
    ------
    InputError
        If a party or a concept is unknown, or blocks overlap.
    TooLargeError
        If pairs of states have to be compared and would not fit, with the memory.

    Examples
    --------
    In the prisoners' dilemma, two who act as one would never leave mutual cooperation.

    >>> import accordant
    >>> view = accordant.load("cases/games/prisoners-dilemma").compiler.view()
    >>> players, verdicts = acting_as_one(view, [["row", "column"]], ["nash"])
    >>> players, verdicts["nash"].astype(int).tolist()
    (('row+column',), [[1, 1, 1, 0]])
    """
    players, found = as_one_bounds(view, blocks, concepts)
    return players, {name: judgement.must for name, judgement in found.items()}


def as_one_bounds(
    view: View, blocks: Sequence[Sequence[str]], concepts: Iterable[str] | None = None
) -> tuple[tuple[str, ...], dict[str, Judgement]]:
    """The same where orders may be unknown: what must and what may be stable, shape (players, n).

    Arguments and errors as for :func:`acting_as_one`.
    """
    groups = partition(view.parties, blocks)
    sides = players_of(view, groups)
    wishes, why = wishes_of(view)
    notes = (("orders not used", why),) if why else ()
    found = {}
    for concept in find(concepts):
        rule = Rule(concept)
        each = [_judgement(side, wishes, rule, bool(why)) for side in sides]
        found[concept.name] = replace(all_of(each, sides, wishes, rule), notes=notes)
    return player_names(view.parties, groups), found


def _judgement(side: Side, wishes: Wishes, rule: Rule, more_known: bool) -> Judgement:
    found = bounds(side, wishes, rule)
    if found.exact or more_known or wishes.pairs:
        return replace(found, exact=found.exact and (not more_known or bool((found.must == found.may).all())))
    # what one side may do is exact unless unknown outsiders matter and somebody's moves do not compose
    composing = all(m.moves.transitive for m in side.outsiders)
    settled = wishes.settled([p for m in side.outsiders for p in m.parties])
    return replace(found, exact=composing or settled)


def explain_as_one(
    view: View, blocks: Sequence[Sequence[str]], state: int, player: int, concept: str
) -> Explanation:
    """Why a state is stable or not for a player when some parties act as one.

    Parameters
    ----------
    state, player
        By number; players as :func:`acting_as_one` lists them.
    concept
        The name of a classical concept.

    Raises
    ------
    InputError
        If a party or the concept is unknown, or blocks overlap.

    Examples
    --------
    >>> import accordant
    >>> view = accordant.load("cases/games/prisoners-dilemma").compiler.view()
    >>> explain_as_one(view, [["row", "column"]], 3, 0, "nash").sentence
    'Row and Column can together move from s4 to s1, which both like better.'
    """
    groups = partition(view.parties, blocks)
    rule = Rule(find([concept])[0])
    side = players_of(view, groups)[player]
    return explain_side(view, side, state, rule, concept, as_one=True)


def partition(parties: Sequence[str], blocks: Sequence[Sequence[str]]) -> Blocks:
    """Every party in one block, by number, in the order of first members.

    Raises
    ------
    InputError
        If a block names nobody or an unknown party, or two blocks name the same party.

    Examples
    --------
    >>> partition(["a", "b", "c"], [["c", "a"]])
    ((0, 2), (1,))
    """
    taken: dict[str, int] = {}
    for k, block in enumerate(blocks):
        if not block:
            raise InputError("a coalition needs at least one party")
        for party in block:
            if party not in parties:
                raise unknown("party", party, parties)
            if taken.setdefault(party, k) != k:
                raise InputError(
                    f"{party} is in two coalitions that are to act as one; name it in one of them"
                )
    alone = [(p,) for p in parties if p not in taken]
    together = [tuple(p for p in parties if taken.get(p) == k) for k in range(len(blocks))]
    numbered = (tuple(parties.index(p) for p in block) for block in (*alone, *together))
    return tuple(sorted(numbered))


def player_names(parties: Sequence[str], groups: Blocks) -> tuple[str, ...]:
    """What players are called.

    Examples
    --------
    >>> player_names(["a", "b", "c"], ((0, 2), (1,)))
    ('a+c', 'b')
    """
    return tuple("+".join(parties[p] for p in group) for group in groups)


def players_of(view: View, groups: Blocks) -> tuple[Side, ...]:
    """The players of a case in one setting, as sides."""
    kept = _sides.setdefault(view.model, {})
    if groups not in kept:
        changes: Changes | None = None
        if view.case.issues:
            off = frozenset(e for e in view.setting.off if e.startswith(("issues.", "moves.")))
            changes = changes_of(view.case, view.space, off, view.status_quo)
        kept[groups] = as_players(view.model, groups, changes)
    return kept[groups]


def as_players(model: GraphModel, groups: Blocks, changes: Changes | None = None) -> tuple[Side, ...]:
    """The players of a model when the parties of each group act as one.

    Parameters
    ----------
    groups
        Every party in one group.
    changes
        What movers change, in option form; read off the moves where it is not given.
    """
    listed = _changes(model) if changes is None else changes
    movers = _by_arcs(model, groups) if listed is None else _by_options(model, groups, listed)
    return tuple(
        Side(
            model,
            group,
            Reach(model.n, moves=movers[k].moves),
            tuple(m for m in movers if not set(m.parties) & set(group) and can_move(m.moves)),
        )
        for k, group in enumerate(groups)
    )


def _changes(model: GraphModel) -> Changes | None:
    issues = model.space.issues
    found = []
    for m in model.movers:
        if not isinstance(m.moves, ProductMoves):
            return None
        own = {issues[a]: allowed for a, allowed in zip(m.moves.axes, m.moves.allowed, strict=True)}
        found.append((m.parties, own))
    return found


def _by_options(model: GraphModel, groups: Blocks, changes: Changes) -> list[Mover]:
    """A mover per group, then one per set of groups that jointly control something."""
    inside = {group: [c for who, c in changes if set(who) <= set(group)] for group in groups}
    movers = [_changing(model, group, some) for group, some in inside.items()]
    across = [(_touched(groups, who), c) for who, c in changes if not any(set(who) <= set(g) for g in groups)]
    for who in sorted({who for who, _ in across}):
        movers.append(_changing(model, who, [c for some, c in across if set(some) <= set(who)]))
    return movers


def _changing(model: GraphModel, who: tuple[int, ...], changes: Iterable[Mapping[str, Bools]]) -> Mover:
    allowed: dict[str, Bools] = {}
    for change in changes:
        for issue, matrix in change.items():
            allowed[issue] = allowed[issue] | matrix if issue in allowed else matrix
    return Mover(who, moves_of(model.space, allowed))


def _touched(groups: Blocks, who: Sequence[int]) -> tuple[int, ...]:
    """All parties of the groups that some parties belong to."""
    return tuple(sorted(p for group in groups if set(group) & set(who) for p in group))


def _by_arcs(model: GraphModel, groups: Blocks) -> list[Mover]:
    movers = [Mover(group, _led(model, group)) for group in groups]
    across: dict[tuple[int, ...], list[ArcMoves]] = {}
    for m in model.movers:
        if not any(set(m.parties) <= set(group) for group in groups):
            across.setdefault(_touched(groups, m.parties), []).append(m.moves.arcs)
    return [*movers, *(Mover(who, _union(arcs, model.n)) for who, arcs in sorted(across.items()))]


def _led(model: GraphModel, group: Sequence[int]) -> Moves:
    """Where legal sequences of a group lead, each as one move."""
    own = [m.moves for m in model.movers if set(m.parties) <= set(group) and can_move(m.moves)]
    if len(own) < 2:
        return own[0] if own else model.movers[group[0]].moves
    return arcs_of(legal_ends([m.arcs for m in own], model.n).words)


def _union(arcs: Sequence[ArcMoves], n: int) -> ArcMoves:
    sources = np.concatenate([np.repeat(np.arange(n), np.diff(a.indptr)) for a in arcs])
    return arcs_from_pairs(n, sources, np.concatenate([a.targets for a in arcs]))
