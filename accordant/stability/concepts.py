"""The table of solution concepts. A new one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Iterable

from accordant.errors import InputError, did_you_mean
from accordant.stability import (
    general_metarational,
    nash,
    sequential,
    symmetric_metarational,
    symmetric_sequential,
)
from accordant.stability.concept import Concept

TABLE: dict[str, Concept] = {
    module.CONCEPT.name: module.CONCEPT
    for module in (nash, general_metarational, symmetric_metarational, sequential, symmetric_sequential)
}
"""Every concept by its name, in the order in which results show them."""

CONCEPTS: tuple[str, ...] = tuple(TABLE)
"""The names of all concepts."""


def find(names: Iterable[str] | None = None) -> tuple[Concept, ...]:
    """The concepts with the given names, all of them for None.

    Raises
    ------
    InputError
        If a name is unknown, with the nearest known one.

    Examples
    --------
    >>> [c.title for c in find(["nash"])]
    ['Nash stability']
    >>> find(["sequ"])
    Traceback (most recent call last):
    ...
    accordant.errors.InputError: there is no solution concept 'sequ'; did you mean 'seq'?
    """
    found = []
    for name in CONCEPTS if names is None else dict.fromkeys(names):
        if name not in TABLE:
            hint = did_you_mean(name, CONCEPTS)
            known = f"there is no solution concept {name!r}; "
            raise InputError(known + (hint or f"known: {', '.join(CONCEPTS)}"))
        found.append(TABLE[name])
    return tuple(found)
