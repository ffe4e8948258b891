"""Expressions as disjunctions of conditions, for formats that know nothing else.

A *cube* gives for some issues the set of values that each may have; the others are free. An expression
is a union of cubes: negations are pushed inwards, conjunctions are multiplied out, and cubes that lie
within another, or that differ from another in one issue only, are joined as soon as they appear.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import TypeAlias

from accordant.case.expressions import Expression, Join, Negation, Test, Tree
from accordant.errors import InputError

Cube: TypeAlias = Mapping[str, frozenset[int]]
MOST = 256
"""Most cubes of one expression."""


class TooManyCubesError(InputError):
    """An expression that comes to more conditions than anybody would read."""


def cubes_of(expression: Expression, *, negated: bool = False) -> tuple[Cube, ...]:
    """The cubes whose union is where an expression is true.

    Parameters
    ----------
    negated
        Where it is false instead.

    Raises
    ------
    TooManyCubesError
        If there are more than :data:`MOST`.

    Examples
    --------
    >>> from accordant.case.expressions import parse
    >>> e = parse("a -> b = y", {"a": ("no", "yes"), "b": ("x", "y", "z")})
    >>> [{issue: sorted(values) for issue, values in cube.items()} for cube in cubes_of(e)]
    [{'a': [0]}, {'b': [1]}]
    >>> [{issue: sorted(values) for issue, values in cube.items()} for cube in cubes_of(e, negated=True)]
    [{'a': [1], 'b': [0, 2]}]
    """
    return tuple(_union(expression.tree, not negated))


def _union(tree: Tree, wanted: bool) -> list[Cube]:
    match tree:
        case Test():
            return _test(tree, wanted)
        case Negation(inner):
            return _union(inner, not wanted)
        case Join("<->", parts):
            return reduce(_alike, ((_union(p, True), _union(p, False)) for p in parts))[0 if wanted else 1]
        case Join("->", (first, second)):
            return (
                _any(_union(first, False), _union(second, True))
                if wanted
                else _both(_union(first, True), _union(second, False))
            )
        case Join(operator, parts):
            join = _both if (operator == "and") == wanted else _any
            return reduce(join, (_union(part, wanted) for part in parts))


def _test(test: Test, wanted: bool) -> list[Cube]:
    values = frozenset(v for v in range(test.size) if bool(test.column(v)) == wanted)
    if not values:
        return []
    return [{}] if len(values) == test.size else [{test.issue: values}]


def _alike(
    one: tuple[list[Cube], list[Cube]], two: tuple[list[Cube], list[Cube]]
) -> tuple[list[Cube], list[Cube]]:
    """Where both are true or both false, and where they are not: each given by its truth and falsehood."""
    (a, not_a), (b, not_b) = one, two
    return _any(_both(a, b), _both(not_a, not_b)), _any(_both(a, not_b), _both(not_a, b))


def _any(one: Sequence[Cube], two: Sequence[Cube]) -> list[Cube]:
    return _joined([*one, *two])


def _both(one: Sequence[Cube], two: Sequence[Cube]) -> list[Cube]:
    if len(one) * len(two) > 8 * MOST:
        raise TooManyCubesError(f"it comes to more than {MOST:,} conditions")
    return _joined([c for a in one for b in two if (c := _meet(a, b)) is not None])


def _meet(one: Cube, two: Cube) -> Cube | None:
    """What lies in both cubes; None where nothing does."""
    met = dict(one)
    for issue, values in two.items():
        met[issue] = met.get(issue, values) & values
        if not met[issue]:
            return None
    return met


def _joined(cubes: Iterable[Cube]) -> list[Cube]:
    """The same union in fewer cubes; the order is kept."""
    kept: list[Cube] = []
    for cube in cubes:
        found: Cube = cube
        while (
            k := next((k for k, other in enumerate(kept) if _one(found, other) is not None), None)
        ) is not None:
            joined = _one(found, kept[k])
            if joined == kept[k]:
                break
            found = joined if joined is not None else found
            del kept[k]
        else:
            kept.append(found)
        if len(kept) > MOST:
            raise TooManyCubesError(f"it comes to more than {MOST:,} conditions")
    return kept


def _one(one: Cube, two: Cube) -> Cube | None:
    """Two cubes as one, where one lies in the other or they differ in one issue; otherwise None."""
    if _within(one, two):
        return two
    if _within(two, one):
        return one
    odd = [i for i in (*one, *(i for i in two if i not in one)) if one.get(i) != two.get(i)]
    if len(odd) != 1 or odd[0] not in one or odd[0] not in two:
        return None
    return {**one, odd[0]: one[odd[0]] | two[odd[0]]}


def _within(one: Cube, two: Cube) -> bool:
    return all(issue in one and one[issue] <= values for issue, values in two.items())
