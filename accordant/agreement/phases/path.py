"""Where the stages of a deal lead, and where walking away leads from there.

Walking away takes everything that stages have changed back towards no deal, but for what cannot go
back: an issue goes as near to its value at no deal as its ``moves`` permit, a joint issue that is
binding stays, and so does an issue of whose control nothing counts. Issues that no stage has touched
are as no deal has them. Where the rules forbid such a state, as much goes back as they permit; there
may be several ways to do so, and then walking away may lead to any of those states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.phases.terms import Bar
from accordant.case.objects import Issue, StateRef
from accordant.model.frame import Landing
from accordant.model.growth import pack
from accordant.model.movers import home_combinations, issue_direction
from accordant.model.moves import reachable
from accordant.model.space import StateSpace
from accordant.model.view import View

Codes = NDArray[np.integer]
Bools = NDArray[np.bool_]

MOST_WAYS = 64
"""Most combinations of merged states from which walking away is followed."""


_packed: WeakKeyDictionary[StateSpace, NDArray[np.int64]] = WeakKeyDictionary()


def placed(space: StateSpace, rows: Codes) -> NDArray[np.intp]:
    """The number of each combination, -1 for one that is not feasible."""
    shape = [len(values) for values in space.values]
    if prod(shape) >= 2**63:
        table = {row.tobytes(): k for k, row in enumerate(space.codes)}
        return np.array(
            [table.get(row.tobytes(), -1) for row in rows.astype(space.codes.dtype)], dtype=np.intp
        )
    if space not in _packed:
        _packed[space] = pack(space.codes, shape)
    keys, wanted = _packed[space], pack(rows, shape)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


@dataclass(frozen=True, eq=False)
class Reached:
    """Where a deal stands after some of its stages.

    Attributes
    ----------
    state
        By number.
    rows
        The combinations of values that are meant, shape (combinations, issues).
    touched
        The issues that a stage has given a value.
    """

    state: int
    rows: Codes
    touched: frozenset[str]


@dataclass(frozen=True, eq=False)
class Path:
    """The states that stages lead through, the first before any of them.

    Attributes
    ----------
    reached
        One more than the stages that are possible.
    problem
        Why the next stage is not; empty where all are.
    """

    reached: tuple[Reached, ...]
    problem: str = ""


def follow(view: View, packages: Sequence[StateRef]) -> Path:
    """Carry stages out, one after the other.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "status_quo": {"x": "no", "y": "no"},
    ...     "issues": {"x": {"by": "a", "moves": "forward"}, "y": {"by": "a"}}})).view()
    >>> [view.space.name(r.state) for r in follow(view, [{"x": "yes"}, {"y": "yes"}]).reached]
    ['s1', 's3', 's4']
    >>> follow(view, [{"x": "yes"}, {"x": "no"}]).problem
    'it takes x from yes to no, which the moves of x do not permit'
    """
    if view.status_quo is None:
        return Path((), "the case gives no status quo for the stages to start from")
    rows = view.space.codes[home_combinations(view.case, view.space, view.status_quo)]
    reached = [Reached(view.status_quo, rows, frozenset())]
    together: dict[str, str] = {}
    for package in packages:
        step = _carried_out(view, reached[-1], package, together)
        if isinstance(step, str):
            return Path(tuple(reached), step)
        reached.append(step)
    return Path(tuple(reached))


def _carried_out(view: View, before: Reached, package: StateRef, together: dict[str, str]) -> Reached | str:
    """Where one stage leads, or why it leads nowhere; ``together`` gathers the values of all stages."""
    space = view.space
    if isinstance(package, str):
        landing = view.package(package)
        if landing.state is None:
            return landing.impossible
        rows = space.codes[space.members(landing.state)]
        values = {i: v for i, v in space.values_of(landing.state).items() if v != "*"}
    else:
        values = dict(package)
        rows = before.rows.copy()
        for issue, value in values.items():
            k = space.issues.index(issue)
            rows[:, k] = space.values[k].index(value)
        landing = _landing(view, rows, {**together, **values})
        if landing.state is None:
            return landing.impossible
    if problem := _undone(view, before.rows, values):
        return problem
    together.update(values)
    return Reached(landing.state, rows, before.touched | set(values))


def _landing(view: View, rows: Codes, package: Mapping[str, str]) -> Landing:
    """The state that some combinations make, or why a package leads to none."""
    at = placed(view.space, rows)
    states = np.unique(view.space.state_of[at[at >= 0]])
    if len(states) == 1:
        return Landing(int(states[0]))
    return view.package(dict(package))


def _undone(view: View, rows: Codes, values: Mapping[str, str]) -> str:
    """That a stage takes an issue where its moves do not let it go; empty where they do."""
    for issue, value in values.items():
        k = view.space.issues.index(issue)
        closed = reachable(issue_direction(view.case.issues[issue]))
        after = view.space.values[k].index(value)
        for before in np.unique(rows[:, k]).tolist():
            if before != after and not closed[before, after]:
                was = view.space.values[k][before]
                return f"it takes {issue} from {was} to {value}, which the moves of {issue} do not permit"
    return ""


@dataclass(frozen=True, eq=False)
class Ways:
    """Where walking away may lead to: states by number; none where that is not known, with the reason."""

    states: tuple[int, ...]
    unknown: str = ""


def walking_away(
    view: View, at: Reached, no_deal: int, bars: Sequence[Bar] = (), *, first: bool = False
) -> Ways:
    """Where walking away leads from where a deal stands.

    Parameters
    ----------
    no_deal
        What no deal would be if nothing had changed hands.
    bars
        Moves that terms make impossible for whoever walks away.
    first
        Whether no stage has been carried out: then walking away is no deal itself.
    """
    if first:
        return Ways((no_deal,))
    if not view.space.issues:
        return _in_a_graph(view, at.state, no_deal)
    home = view.space.codes[_meant(view, no_deal)]
    if len(at.rows) * len(home) > MOST_WAYS:
        return Ways((), "the states that it may lead from and to stand for too many combinations")
    barred = np.zeros(view.space.n, dtype=bool)
    for bar in bars:
        if bar.start[at.state]:
            barred |= bar.end
    found: dict[int, None] = {}
    for row in at.rows:
        for target in home:
            found.update(dict.fromkeys(_back(view, row, _nearest(view, at, row, target), barred)))
    return Ways(tuple(sorted(found)))


def _meant(view: View, no_deal: int) -> NDArray[np.integer]:
    """The combinations of a no-deal state that are meant, as the case writes it."""
    if no_deal == view.status_quo:
        return home_combinations(view.case, view.space, no_deal)
    members = view.space.members(no_deal)
    written = view.case.no_deal.state if view.case.no_deal else None
    if written is None or isinstance(written, str):
        return members
    meant = np.intersect1d(members, view.space.matching(written))
    return meant if len(meant) else members


def _nearest(view: View, at: Reached, row: Codes, home: Codes) -> Codes:
    """For each issue the value that it goes back to."""
    found = home.copy()
    for k, name in enumerate(view.space.issues):
        if name in at.touched and row[k] != home[k]:
            lost = f"issues.{name}" in view.setting.off
            found[k] = goes_back(view.case.issues[name], int(row[k]), int(home[k]), lost=lost)
    return found


def goes_back(issue: Issue, now: int, home: int, *, lost: bool) -> int:
    """The value nearest to that of no deal which the moves of an issue permit."""
    if lost or (issue.joint and issue.binding and len(issue.holders) > 1):
        return now
    can = np.flatnonzero(reachable(issue_direction(issue))[now])
    return min((now, *can.tolist()), key=lambda v: (abs(v - home), abs(v - now)))


def _back(view: View, row: Codes, target: Codes, barred: Bools) -> list[int]:
    """The states in which as much as possible has gone back."""
    space = view.space
    ways = np.flatnonzero(row != target)
    found, gone = _combined(space, row, target, ways)
    stays = ~gone.any(axis=1)  # to take nothing back is no move
    keep = stays | ~barred[space.state_of[found]]
    found, gone = found[keep], gone[keep]
    most: list[int] = []
    for k in np.argsort(-gone.sum(axis=1), kind="stable").tolist():
        if not any(bool((gone[m] >= gone[k]).all()) and bool((gone[m] != gone[k]).any()) for m in most):
            most.append(k)
    return [int(space.state_of[found[k]]) for k in most]


def _combined(
    space: StateSpace, row: Codes, target: Codes, ways: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Bools]:
    """The feasible combinations that take some of ``ways`` from one row, the rest from another.

    Returns
    -------
    found, gone
        Their numbers, and which of ``ways`` are taken from ``target``, shape (found, ways).
    """
    if 2 ** len(ways) > len(space.codes):
        keep = ((space.codes == row) | (space.codes == target)).all(axis=1)
        found = np.flatnonzero(keep)
        return found, np.asarray(space.codes[found][:, ways] == target[ways])
    gone = np.arange(2 ** len(ways))[:, None] >> np.arange(len(ways)) & 1 == 1
    rows = np.repeat(row[None], len(gone), axis=0)
    rows[:, ways] = np.where(gone, target[ways], row[ways])
    at = placed(space, rows)
    return at[at >= 0], gone[at >= 0]


def _in_a_graph(view: View, state: int, no_deal: int) -> Ways:
    """In a case without issues: no deal, where moves can lead back to it."""
    seen, left = {state}, [state]
    while left:
        at = left.pop()
        for mover in view.model.movers:
            for t in mover.moves.from_state(at).tolist():
                if t not in seen:
                    seen.add(t)
                    left.append(t)
    if no_deal in seen:
        return Ways((no_deal,))
    name = view.space.name
    return Ways((), f"no moves lead from {name(state)} back to {name(no_deal)}, and the case has no issues")
