"""The smallest changes to a package that lead to a wanted state.

A change gives some issues other values than the package does, whether the package named them or
left them at the status quo. Changes are compared by how many issues they touch; among those of one
size, by how many steps the values move. A change counts only if the changed package is possible:
its state feasible, and every value one that the issue's moves permit from the status quo.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import StateRef
from accordant.model.movers import issue_direction
from accordant.model.moves import reachable
from accordant.model.view import View

Bools = NDArray[np.bool_]

LARGEST = 2
"""Most issues that a change touches."""


TRIED = 20_000
"""Most changes of one size tried one by one, where the status quo is a merged state."""


@dataclass(frozen=True, slots=True)
class Change:
    """New values for some issues of a package, and the state that they lead to.

    The old value is ``*`` for an issue that neither the package nor a merged status quo settles.
    """

    values: Mapping[str, tuple[str, str]]
    state: int


def smallest_changes(view: View, package: StateRef, wanted: Bools) -> tuple[tuple[Change, ...], bool]:
    """Every smallest change to a package that leads to a wanted state.

    Parameters
    ----------
    view
        The case in one setting.
    package
        A proposal's id, a state's name, or values for some issues.
    wanted
        The states that a change should lead to, shape (n,).

    Returns
    -------
    changes, complete
        Changes that touch the same number of issues, one or two, one for each state that they
        lead to; fewer steps first, then in the order of the states. Empty when none is small
        enough. ``complete`` is False when not every change was tried.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
    ...     "status_quo": {"x": "no", "y": "no"}})).view()
    >>> smallest_changes(view, {"x": "yes"}, np.array([False, True, False, True]))
    ((Change(values={'y': ('no', 'yes')}, state=3),), True)
    """
    for size in range(1, LARGEST + 1):
        found, complete = changes_of_size(view, package, wanted, size)
        if found or not complete:
            return found, complete
    return (), True


def changes_of_size(
    view: View, package: StateRef, wanted: Bools, size: int
) -> tuple[tuple[Change, ...], bool]:
    """Every change of so many issues that leads to a wanted state, as :func:`smallest_changes`."""
    space = view.space
    values = package_values(view, package)
    if values is None or not space.issues or not wanted.any():
        return (), True
    if view.status_quo is None and set(values) != set(space.issues):
        return (), True
    if view.status_quo is not None and len(space.members(view.status_quo)) > 1:
        return _tried(view, values, wanted, size)
    start = _target(view, values)
    rows = np.flatnonzero(wanted[space.state_of] & _permitted(view))
    codes = space.codes[rows]
    near = (codes != start).sum(axis=1) == size
    return _changes(view, start, codes[near], rows[near]), True


def package_values(view: View, package: StateRef) -> dict[str, str] | None:
    """The values that a package gives; None for a state that does not exist."""
    if isinstance(package, str) and package in view.case.proposals:
        package = view.case.proposals[package].package
    if not isinstance(package, str):
        return dict(package)
    if package not in view.space.numbers:
        return None
    return {i: v for i, v in view.space.values_of(view.space.numbers[package]).items() if v != "*"}


def _target(view: View, values: Mapping[str, str]) -> NDArray[np.integer]:
    """The combination that a package asks for, feasible or not."""
    space = view.space
    # without a status quo the package names every issue, and any row will do
    row = 0 if view.status_quo is None else int(space.members(view.status_quo)[0])
    start: NDArray[np.integer] = space.codes[row].copy()
    for issue, value in values.items():
        k = space.issues.index(issue)
        start[k] = space.values[k].index(value)
    return start


def _permitted(view: View) -> Bools:
    """The combinations whose values the issues' moves permit from the status quo."""
    space = view.space
    keep = np.ones(len(space.codes), dtype=bool)
    if view.status_quo is None:
        return keep
    start = space.codes[int(space.members(view.status_quo)[0])]
    for k, issue in enumerate(space.issues):
        keep &= reachable(issue_direction(view.case.issues[issue]))[start[k]][space.codes[:, k]]
    return keep


def _changes(
    view: View, start: NDArray[np.integer], codes: NDArray[np.integer], rows: NDArray[np.intp]
) -> tuple[Change, ...]:
    space = view.space
    steps = np.abs(codes.astype(np.int64) - start.astype(np.int64)).sum(axis=1)
    found: dict[int, Change] = {}
    for k in np.lexsort((rows, steps)):
        state = int(space.state_of[rows[k]])
        if state not in found:
            changed = {
                issue: (names[int(start[j])], names[int(codes[k, j])])
                for j, (issue, names) in enumerate(zip(space.issues, space.values, strict=True))
                if codes[k, j] != start[j]
            }
            found[state] = Change(changed, state)
    return tuple(found.values())


def _tried(
    view: View, package: Mapping[str, str], wanted: Bools, size: int
) -> tuple[tuple[Change, ...], bool]:
    """Changes tried one by one: from a merged status quo a package must still lead to one state."""
    assert view.status_quo is not None
    before = {**view.space.values_of(view.status_quo), **package}
    values = dict(zip(view.space.issues, view.space.values, strict=True))
    found: dict[int, Change] = {}
    tried = 0
    for issues in combinations(values, size):
        for new in product(*([v for v in values[i] if v != before[i]] for i in issues)):
            tried += 1
            if tried > TRIED:
                return tuple(found.values()), False
            changed = dict(zip(issues, new, strict=True))
            state = view.package({**package, **changed}).state
            if state is not None and wanted[state] and state not in found:
                found[state] = Change({i: (before[i], v) for i, v in changed.items()}, state)
    return tuple(found.values()), True
