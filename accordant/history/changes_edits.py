"""What a change does to a case, and the case once some changes are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from pydantic import BaseModel

from accordant.case.base import FrozenDict, Node
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.history.changes_lists import Roster

Path: TypeAlias = tuple[str, ...]


class Absent:
    """What stands under a key that is not there."""

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final = Absent()


@dataclass(frozen=True, eq=False, slots=True)
class Order:
    """The keys of a mapping in the order of the old case and of the new one, with those of both."""

    old: Path
    new: Path


@dataclass(frozen=True, eq=False, slots=True)
class Put:
    """Another value at a place of the case.

    Attributes
    ----------
    path
        Fields and keys from the case on; ``sources`` stands for what ``claims.yaml`` holds.
    before, after
        What stands there in the old case and in the new one; :data:`ABSENT` where there is no such key.
    order
        Of a mapping that gains or loses a key: where its keys stand.
    """

    path: Path
    before: Any
    after: Any
    order: Order | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Reordered:
    """The keys of a mapping in the new order."""

    path: Path
    order: Order


@dataclass(frozen=True, eq=False, slots=True)
class InList:
    """A member of a list at its new place, or with new values in some fields."""

    roster: Roster
    member: int
    aspects: tuple[str, ...]


Edit: TypeAlias = Put | Reordered | InList

_HERE = object()
"""The key under which a tree of edits holds what is to stand at that very place."""


def edited(case: Case, edits: Iterable[Edit]) -> Case:
    """The case once some edits are made, in whatever order they are given.

    Raises
    ------
    InputError
        If the case is not the one that the edits were made for.
    """
    tree: dict[Any, Any] = {}
    orders: dict[Path, tuple[Order, bool]] = {}
    lists: dict[Path, tuple[Roster, list[tuple[int, tuple[str, ...]]]]] = {}
    for edit in edits:
        if isinstance(edit, InList):
            known = lists.setdefault(edit.roster.path, (edit.roster, []))
            known[1].append((edit.member, edit.aspects))
        elif isinstance(edit, Reordered):
            orders[edit.path] = (edit.order, True)
        else:
            _check(case, edit.path, edit.before)
            _plant(tree, edit.path, edit.after)
            if edit.order is not None:
                orders.setdefault(edit.path[:-1], (edit.order, False))
    for path, (roster, done) in lists.items():
        _check(case, path, roster.old)
        _plant(tree, path, roster.made(done))
    for path, (order, now) in orders.items():
        _plant(tree, path, order.new if now else order.old, _ORDERED)
    made: Case = _grown(case, tree)
    return made


_ORDERED = object()
"""The key under which a tree of edits holds the order of a mapping's keys."""


def _plant(tree: dict[Any, Any], path: Path, value: Any, kind: object = _HERE) -> None:
    for step in path:
        tree = tree.setdefault(step, {})
    tree[kind] = value


def _grown(part: Any, tree: Mapping[Any, Any]) -> Any:
    if _HERE in tree:
        return tree[_HERE]
    inner = {step: sub for step, sub in tree.items() if step is not _ORDERED}
    if isinstance(part, BaseModel):
        return part.model_copy(update={name: _grown(getattr(part, name), sub) for name, sub in inner.items()})
    found = dict(part or {})
    for key, sub in inner.items():
        value = _grown(found.get(key, ABSENT), sub)
        if value is ABSENT:
            found.pop(key, None)
        else:
            found[key] = value
    if _ORDERED in tree:
        found = {key: found[key] for key in tree[_ORDERED] if key in found}
    return FrozenDict(found)


def value_at(part: Any, path: Path) -> Any:
    """What stands at a place of a case; :data:`ABSENT` where there is no such place.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}})
    >>> value_at(case, ("parties", "a", "role")), value_at(case, ("parties", "b"))
    ('party', ABSENT)
    """
    for step in path:
        if isinstance(part, Node):
            part = getattr(part, step, ABSENT)
        elif isinstance(part, Mapping):
            part = part.get(step, ABSENT)
        else:
            return ABSENT
    return part


def _check(case: Case, path: Path, before: Any) -> None:
    now = value_at(case, path)
    if isinstance(before, tuple) and now is None:
        now = ()
    if now is not before and now != before:
        place = ".".join(step for step in path if step != "sources")
        raise InputError(
            f"the changes are those of another case: {place} is not as it was when they were found"
        )
