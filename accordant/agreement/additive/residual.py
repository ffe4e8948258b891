"""What is left of an expression once some issues are settled.

Two sets of values that leave the same of every expression can be continued in the same ways: that
is what lets issues coupled by rules be merged without listing their combinations. What is left is
``True``, ``False`` or a smaller tree; equal trees are equal objects, so that they can be compared
and looked up.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

from accordant.case.expressions import Join, Negation, Test, Tree

Left: TypeAlias = Tree | bool
"""What is left of an expression."""


@lru_cache(maxsize=1 << 16)
def settle(left: Left, issue: str, value: int) -> Left:
    """What is left when an issue is settled at the value with a number.

    Examples
    --------
    >>> from accordant.case.expressions import parse
    >>> tree = parse("a -> b", {"a": ("no", "yes"), "b": ("no", "yes")}).tree
    >>> settle(tree, "a", 0), settle(settle(tree, "a", 1), "b", 0)
    (True, False)
    """
    match left:
        case bool():
            return left
        case Test():
            return bool(left.column(value)) if left.issue == issue else left
        case Negation(inner):
            return _negated(settle(inner, issue, value))
        case Join(operator, parts):
            return _joined(operator, tuple(settle(part, issue, value) for part in parts))


def _negated(left: Left) -> Left:
    if isinstance(left, bool):
        return not left
    return left.inner if isinstance(left, Negation) else Negation(left)


def _joined(operator: str, parts: tuple[Left, ...]) -> Left:
    if operator in ("and", "or"):
        return _all_or_any(operator, parts)
    made = parts[0]
    for part in parts[1:]:
        made = _implied(made, part) if operator == "->" else _level(made, part)
    return made


def _all_or_any(operator: str, parts: tuple[Left, ...]) -> Left:
    """``and`` and ``or``: one part may decide, the others say nothing; repeated parts say it once."""
    decides = operator == "or"
    if any(part is decides for part in parts):
        return decides
    open_ = tuple(dict.fromkeys(part for part in parts if not isinstance(part, bool)))
    if len(open_) > 1:
        return Join(operator, open_)
    return open_[0] if open_ else not decides


def _implied(left: Left, right: Left) -> Left:
    if left is False or right is True:
        return True
    if left is True:
        return right
    return _negated(left) if right is False else Join("->", (left, right))


def _level(left: Left, right: Left) -> Left:
    if isinstance(left, bool):
        return right if left else _negated(right)
    if isinstance(right, bool):
        return left if right else _negated(left)
    return Join("<->", (left, right))
