"""Who can move, and where to: from control and direction to movers.

A party changes any of the issues it controls, at once. A joint issue takes a new value only when
all its holders move together (a mover of its own); any one of them may take it back to its value in
the status quo, unless it is binding. Directions hold for every move.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Case, Issue
from accordant.model.graph import ArcMoves, Mover, Moves, ProductMoves
from accordant.model.moves import Bools, arcs_from_pairs, direction, is_transitive, merge_arcs
from accordant.model.space import StateSpace


def participants(case: Case) -> tuple[str, ...]:
    """Every party of role ``party``, and anyone else who controls an issue or has moves."""
    moving = {h for issue in case.issues.values() for h in issue.holders} | set(case.moves or {})
    return tuple(p for p, party in case.parties.items() if party.role == "party" or p in moving)


def build_movers(
    case: Case, space: StateSpace, off: frozenset[str], status_quo: int | None
) -> tuple[Mover, ...]:
    """One mover per participant, then one per set of joint holders.

    Parameters
    ----------
    off
        Ids of controllers (``issues.x``) and move lists (``moves.x``) that do not count.
    status_quo
        The state that walking out leads back to.
    """
    if not case.issues:
        parties = enumerate(participants(case))
        return tuple(Mover((k,), _listed(case, space, p, off)) for k, p in parties)
    return tuple(Mover(who, moves_of(space, c)) for who, c in changes_of(case, space, off, status_quo))


def changes_of(
    case: Case, space: StateSpace, off: frozenset[str], status_quo: int | None
) -> list[tuple[tuple[int, ...], dict[str, Bools]]]:
    """What each mover of an option form changes: for each issue which value may follow which.

    Arguments as for :func:`build_movers`. One entry per participant, then one per set of joint
    holders; party numbers first.
    """
    parties = participants(case)
    active = {name: issue for name, issue in case.issues.items() if f"issues.{name}" not in off}
    found: list[tuple[tuple[int, ...], dict[str, Bools]]] = [
        ((k,), _own(case, active, p, space, status_quo)) for k, p in enumerate(parties)
    ]
    for holders in sorted(
        {frozenset(i.holders) for i in active.values() if i.joint and len(i.holders) > 1}, key=sorted
    ):
        changes = {
            name: issue_direction(issue)
            for name, issue in active.items()
            if issue.joint and set(issue.holders) <= holders
        }
        found.append((tuple(k for k, p in enumerate(parties) if p in holders), changes))
    return found


def issue_direction(issue: Issue) -> Bools:
    """Which value of an issue may follow which: from, to."""
    moves = issue.moves
    if isinstance(moves, str):
        return direction(len(issue.values), moves)
    index = issue.values.index
    return direction(len(issue.values), [(index(a), index(b)) for a, b in moves])


def _own(
    case: Case, active: dict[str, Issue], party: str, space: StateSpace, status_quo: int | None
) -> dict[str, Bools]:
    """What a party may change alone: for each issue, which value may follow which."""
    changes = {}
    for name, issue in active.items():
        if party not in issue.holders:
            continue
        if not issue.joint or len(issue.holders) == 1:
            changes[name] = issue_direction(issue)
        elif not issue.binding and status_quo is not None:
            back = np.eye(len(issue.values), dtype=bool)
            home = home_combinations(case, space, status_quo)
            back[:, np.unique(space.codes[home, space.issues.index(name)])] = True
            changes[name] = back & issue_direction(issue)
    return changes


def home_combinations(case: Case, space: StateSpace, status_quo: int) -> NDArray[np.intp]:
    """The combinations that walking out leads back to, by number: those that the case writes.

    A merged state stands for several; a status quo that is written by values for some issues says
    which of them is meant, one that is written by a name does not.
    """
    members = space.members(status_quo).astype(np.intp)
    written = case.status_quo.state if case.status_quo else None
    if written is None or isinstance(written, str):
        return members
    meant = np.intersect1d(members, space.matching(written))
    return meant if len(meant) else members


def moves_of(space: StateSpace, changes: Mapping[str, Bools]) -> Moves:
    """Moves that change some issues at once; between merged states, the union of their members' moves."""
    axes = tuple(k for k, issue in enumerate(space.issues) if issue in changes)
    allowed = tuple(changes[space.issues[k]] for k in axes)
    moves = ProductMoves(
        space.codes,
        tuple(len(v) for v in space.values),
        axes,
        allowed,
        transitive=all(is_transitive(a) for a in allowed),
    )
    if space.direct:
        return moves
    return merge_arcs(moves.arcs, space.state_of, space.n)


def _listed(case: Case, space: StateSpace, party: str, off: frozenset[str]) -> ArcMoves:
    """The moves that a graph gives a party, state by state."""
    given = {} if f"moves.{party}" in off else (case.moves or {}).get(party, {})
    pairs = [(space.numbers[s], space.numbers[t]) for s, targets in given.items() for t in targets]
    sources, targets = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return arcs_from_pairs(space.n, sources, targets)
