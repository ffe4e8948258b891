"""Whether patterns place every feasible package exactly once, without listing the packages.

The combinations of the issues that the patterns read are listed. One that no pattern matches, or
more than one, matters only if all rules together leave it possible: the rules are settled at its
values, and what is left of them is followed through the other issues that they link.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.additive.residual import Left, settle
from accordant.case.expressions import Expression
from accordant.case.objects import Case
from accordant.errors import TooLargeError
from accordant.model.frame import active_rules, issue_values
from accordant.model.growth import Product, components, count_feasible, feasible

MOST_CELLS = 200_000
"""Most combinations of the issues that patterns read."""
MOST_LEFT = 20_000
"""Most things that may be left of the rules at once."""

Key = tuple[Left, ...]
"""What is left of each rule."""


def placed_once(
    case: Case, patterns: Sequence[Expression], off: frozenset[str], *, whole: bool = False
) -> bool:
    """Whether every package that keeps the rules matches exactly one pattern.

    Parameters
    ----------
    off
        Elements that do not count, among them rules.
    whole
        Whether there is one more pattern that every package matches.

    Raises
    ------
    TooLargeError
        If that cannot be decided: the patterns read too many issues, or rules couple too many.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
    ...     "feasible": ["y -> not x", "y or not x"]})
    >>> from accordant.case.expressions import parse
    >>> placed_once(case, [parse("not x", issue_values(case))], frozenset())
    True
    """
    values = issue_values(case)
    rules = [rule for _, rule in active_rules(case, off)]
    read = tuple(i for i in case.issues if any(i in p.names for p in patterns))
    inside = tuple(r for r in rules if r.names <= set(read))
    product = Product(read, tuple(len(values[i]) for i in read), inside)
    if count_feasible(product)[0] > MOST_CELLS:
        raise TooLargeError("they read too many issues together")
    cells = feasible(product)
    columns = {i: cells[:, k] for k, i in enumerate(read)}
    matched = np.full(len(cells), int(whole))
    for pattern in patterns:
        matched += pattern.evaluate(columns)
    doubtful = cells[matched != 1]
    if not len(doubtful):
        return True
    outside = [rule for rule in rules if not rule.names <= set(read)]
    return not _possible(case, read, doubtful, outside)


def _possible(
    case: Case, read: Sequence[str], cells: NDArray[np.integer], rules: Sequence[Expression]
) -> bool:
    """Whether some of the combinations can be completed to a package that keeps all rules."""
    issues = tuple(case.issues)
    shape = tuple(len(issue.values) for issue in case.issues.values())
    blocks = components(Product(issues, shape, tuple(rules)))
    linked = [k for block in blocks if any(issues[j] in read for j in block) for k in block]
    names = {issues[k] for k in linked}
    start: Key = tuple(rule.tree for rule in rules if rule.names & names)
    keys: Iterable[Key] = _settled(start, read, cells)
    for k in linked:
        if issues[k] not in read:
            keys = _distinct(_after(keys, issues[k], range(shape[k])))
    return any(True for _ in keys)


def _settled(start: Key, read: Sequence[str], cells: NDArray[np.integer]) -> Iterable[Key]:
    """What combinations leave of the rules, those that break one left out."""
    groups: dict[Key, NDArray[np.integer]] = {start: cells}
    for k, issue in enumerate(read):
        parts: dict[Key, list[NDArray[np.integer]]] = {}
        for key, rows in groups.items():
            for value in np.unique(rows[:, k]).tolist():
                for after in _after([key], issue, [value]):
                    parts.setdefault(after, []).append(rows[rows[:, k] == value])
        groups = {key: np.concatenate(rows) for key, rows in parts.items()}
        _distinct(groups)
    return groups


def _after(keys: Iterable[Key], issue: str, values: Iterable[int]) -> Iterator[Key]:
    for key in keys:
        for value in values:
            after = tuple(settle(left, issue, value) for left in key)
            if not any(left is False for left in after):
                yield after


def _distinct(keys: Iterable[Key]) -> Iterable[Key]:
    found = dict.fromkeys(keys)
    if len(found) > MOST_LEFT:
        raise TooLargeError("rules couple too many issues")
    return found
