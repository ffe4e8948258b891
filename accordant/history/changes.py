"""What differs between two cases, part by part, so that each difference can be made without the others.

A change is the smallest difference that a person would name: a new claim, another status of one, a line of
a party's priorities that is new, gone, moved or stands on something else, a rule, a proposal. Remarks
(``note``) are not compared: nothing depends on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from accordant.case.base import Node
from accordant.case.digest import content, in_order, is_set
from accordant.case.objects import Case, Issue, Line, Preference, Proposal, RedLine, Relation, Rule, Term
from accordant.case.sources import Claim
from accordant.history.changes_edits import (
    ABSENT,
    Edit,
    InList,
    Order,
    Path,
    Put,
    Reordered,
    edited,
)
from accordant.history.changes_lists import PLACE, Member, Roster, joint_order, roster

ChangeKind = Literal["new", "gone", "changed", "moved"]

SECTIONS = (
    "reports",
    "origins",
    "register",
    "claims",
    "parties",
    "issues",
    "feasible",
    "states",
    "only",
    "moves",
    "status_quo",
    "no_deal",
    "preferences",
    "proposals",
    "terms",
    "positions",
    "relations",
    "judgements",
    "events",
    "attitudes",
    "perceptions",
    "coalitions",
)
"""The parts of a case in the order in which changes are listed; whatever else it has comes last."""

GROUNDS = ("because", "assumed")
TOGETHER: Mapping[type[Node], tuple[tuple[str, ...], ...]] = {
    Issue: (("values", "range"),),
    Proposal: (("package", "stages"),),
    Claim: (("report", "quote", "at"),),
}
"""Fields that make sense only together: they change in one."""
FORMS = ("priorities", "ranking", "worth", "table")
"""The ways of saying what a party wants: at most one of them is used."""
ORDERED = ("parties", "issues", "states")
"""Mappings whose order means something."""
INERT_PARTS = frozenset(
    {
        "title",
        "question",
        "as_of",
        "language",
        "half_life",
        "yardstick",
        "reports",
        "origins",
        "register",
        "positions",
        "relations",
        "judgements",
        "events",
        "attitudes",
        "perceptions",
        "coalitions",
    }
)
"""Parts on which no status and no count depends."""
CLAIM_STANDING = frozenset({"status", "contradicts", "within"})
"""What decides whether a claim counts."""
INERT_FIELDS = frozenset(
    {
        "name",
        "aliases",
        "tags",
        "unit",
        "date",
        "by",
        "via",
        "to",
        "kind",
        "divisible",
        "transfer",
        "decisive",
    }
)
"""Fields of parties, issues, proposals and guarantees on which no status depends."""
_LISTS: Mapping[str, tuple[type[Node], Callable[[Any], str]]] = {
    "priorities": (Line, lambda line: _text(line.want)),
    "never": (RedLine, lambda line: _text(line.rule)),
    "feasible": (Rule, lambda rule: _text(rule.rule)),
    "also": (Term, lambda term: _text(term.if_)),
    "relations": (Relation, lambda r: f"{r.from_} {r.kind} {r.to}"),
}
"""Lists that are compared member by member, with what tells one member from the others."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two cases.

    Attributes
    ----------
    id
        Its place and what happened there: ``claims.c5:status``, ``south.priorities.2:new``. The place is
        that in the new case, of what is gone that in the old one.
    section
        The part of the case, such as ``claims`` or ``preferences``.
    kind
        ``new``, ``gone``, ``changed`` or ``moved``.
    subject
        What it belongs to: a claim, a party, an issue, a proposal; empty for rules and the like.
    old, new
        Where it stands in each case, such as ``preferences.south.priorities.3``; empty where it does not.
    before, after
        What stands there in each, None where nothing does.
    matters
        Whether a status or a count can depend on it.
    edits
        What it does to the old case.
    """

    id: str
    section: str
    kind: ChangeKind
    subject: str
    old: str
    new: str
    before: Any = field(repr=False)
    after: Any = field(repr=False)
    aspect: str
    matters: bool
    edits: tuple[Edit, ...] = field(repr=False, compare=False)

    @property
    def says(self) -> str:
        """The change in words."""
        from accordant.history.changes_words import told

        return told(self)


def changes(old: Case, new: Case) -> tuple[Change, ...]:
    """Every difference between two cases, by the parts of a case, in the order of the files.

    Parameters
    ----------
    old, new
        The case as it was and as it is, or the models of two teams.

    Returns
    -------
    tuple of Change
        Made all together (:func:`applied`) they turn the one into the other, but for remarks.

    Examples
    --------
    >>> was = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["x"]}}})
    >>> now = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["not x"]}}})
    >>> [(change.id, change.says) for change in changes(was, now)]
    [('a.priorities.1:want', "a: line 1 now says 'not x' instead of 'x'")]
    """
    found = [*_node_changes(("sources",), old.sources, new.sources), *_node_changes((), old, new)]
    rank = {name: k for k, name in enumerate(SECTIONS)}
    return tuple(sorted(found, key=lambda change: rank.get(change.section, len(SECTIONS))))


def applied(case: Case, some: Iterable[Change]) -> Case:
    """The old case once some of its changes are made, in whatever order they are given.

    Raises
    ------
    InputError
        If the changes are those of another case.

    Examples
    --------
    >>> was = Case.model_validate({"title": "t", "parties": {"a": {}}})
    >>> now = Case.model_validate({"title": "u", "parties": {"a": {"name": "Aland"}}})
    >>> applied(was, changes(was, now)) == now
    True
    """
    return edited(case, (edit for change in some for edit in change.edits))


def _text(expression: str) -> str:
    return " ".join(expression.split())


# Walking two cases side by side


def _node_changes(path: Path, old: Node, new: Node) -> Iterator[Change]:
    """The changes in a part that both cases have."""
    groups, seen = _field_groups(old, new), set[str]()
    for name in type(old).model_fields:
        if name in seen or name == "sources":
            continue
        group = next((g for g in groups if name in g), (name,))
        seen.update(group)
        one = {n: getattr(old, n) for n in group}
        other = {n: getattr(new, n) for n in group}
        if all(_equal(n, one[n], other[n]) for n in group):
            continue
        if len(group) > 1:
            yield _put(path, group, one, other)
        else:
            yield from _field_changes((*path, name), one[name], other[name])


def _field_groups(old: Node, new: Node) -> tuple[tuple[str, ...], ...]:
    fields = type(old).model_fields
    groups = TOGETHER.get(type(old), ())
    if "because" in fields:
        groups = (*groups, GROUNDS)
    if isinstance(old, Preference) and isinstance(new, Preference):
        used = [[name for name in FORMS if getattr(p, name) is not None] for p in (old, new)]
        if used[0] != used[1]:
            groups = (*groups, FORMS)
    return groups


def _equal(name: str, one: Any, other: Any) -> bool:
    if name == "note":
        return True
    if name in ORDERED and list(one or ()) != list(other or ()):
        return False
    if one == other:
        return True
    mine, its = content(one), content(other)
    if is_set(name) and mine is not None and its is not None:
        mine, its = in_order(mine), in_order(its)
    return bool(mine == its)


def _field_changes(path: Path, old: Any, new: Any) -> Iterator[Change]:
    """The changes in one field of a part."""
    name = path[-1]
    if name in _LISTS and old is not None and new is not None:
        yield from _list_changes(roster(path, old, new, _LISTS[name][1]))
    elif isinstance(old, Mapping) and isinstance(new, Mapping) and _keyed(path):
        yield from _mapping_changes(path, old, new)
    elif _open(old) and _open(new) and type(old) is type(new):
        yield from _node_changes(path, old, new)
    else:
        yield _put(path[:-1], (name,), {name: old}, {name: new})


def _keyed(path: Path) -> bool:
    """Whether a mapping is compared key by key."""
    where = path[1:] if path[0] == "sources" else path
    if len(where) == 1:
        return True
    inner = where[0] == "preferences" and len(where) == 3 and where[-1] == "worth"
    return inner or (where[0] == "positions" and len(where) == 2)


def _open(part: Any) -> bool:
    """Whether a part is compared field by field: what has grounds of its own, and what is listed by id."""
    return isinstance(part, Node) and ("because" in type(part).model_fields)


def _mapping_changes(path: Path, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    order = Order(*joint_order(list(old), list(new)))
    if path[-1] in ORDERED and [k for k in order.old if k in old and k in new] != [
        k for k in order.new if k in old and k in new
    ]:
        yield _made("order", path, "moved", list(old), list(new), (Reordered(path, order),))
    for key in order.new:
        one, other = old.get(key, ABSENT), new.get(key, ABSENT)
        place = (*path, key)
        if one is ABSENT or other is ABSENT:
            kind: ChangeKind = "new" if one is ABSENT else "gone"
            yield _made("", place, kind, one, other, (Put(place, one, other, order),))
        elif isinstance(one, Node) and type(one) is type(other) and (len(path) == 1 or path[0] in _DEEP):
            yield from _node_changes(place, one, other)
        elif isinstance(one, Mapping) and isinstance(other, Mapping) and _keyed(place):
            yield from _mapping_changes(place, one, other)
        elif not _equal(key, one, other):
            yield _made("", place, "changed", one, other, (Put(place, one, other),))


_DEEP = ("sources", "positions")


def _list_changes(found: Roster) -> Iterator[Change]:
    together: dict[tuple[str, str], list[int]] = {}
    for k, member in enumerate(found.members):
        if member.before is None or member.after is None or not (member.was_in or member.is_in):
            if _placed(member):
                yield _place_change(found, [k])
        elif member.moved:
            together.setdefault((member.was_in, member.is_in), []).append(k)
        if member.before is not None and member.after is not None:
            yield from _member_changes(found, k)
    for group in together.values():
        yield _place_change(found, group)


def _placed(member: Member) -> bool:
    return member.before is None or member.after is None or member.moved


def _place_change(found: Roster, numbers: Sequence[int]) -> Change:
    """Members that come, go, or stand elsewhere together."""
    first = found.members[numbers[0]]
    kind: ChangeKind = "new" if first.before is None else "gone" if first.after is None else "moved"
    aspect = "order" if first.was_in != first.is_in and kind == "moved" else ""
    edits = tuple(InList(found, k, (PLACE,)) for k in numbers)
    old, new = ([getattr(found.members[k], side) for k in numbers] for side in ("before", "after"))
    places = [[getattr(found.members[k], side) for k in numbers] for side in ("old_place", "new_place")]
    return _made(aspect, found.path, kind, old, new, edits, places)


def _member_changes(found: Roster, k: int) -> Iterator[Change]:
    """The fields in which a member of both lists differs."""
    member = found.members[k]
    assert member.before is not None and member.after is not None  # noqa: PT018 - asked for those only
    places = [[member.old_place], [member.new_place]]
    groups, seen = _field_groups(member.before, member.after), set[str]()
    for name in type(member.before).model_fields:
        group = next((g for g in groups if name in g), (name,))
        pairs = [(n, getattr(member.before, n), getattr(member.after, n)) for n in group]
        if name in seen or all(_equal(*pair) for pair in pairs):
            continue
        seen.update(group)
        old, new = ({n: pair[side] for n, *pair in pairs} for side in (0, 1))
        aspect = "grounds" if group == GROUNDS else name
        yield _made(aspect, found.path, "changed", old, new, (InList(found, k, group),), places, member)


# What is found, as changes


def _put(path: Path, names: Sequence[str], old: Mapping[str, Any], new: Mapping[str, Any]) -> Change:
    """Other values in some fields of a part."""
    edits = tuple(Put((*path, n), old[n], new[n]) for n in names)
    if path in ((), ("sources",)):
        one, other = (ABSENT if part[names[0]] is None else part[names[0]] for part in (old, new))
        kind: ChangeKind = "new" if one is ABSENT else "gone" if other is ABSENT else "changed"
        return _made("", (*path, names[0]), kind, one, other, edits)
    aspect = "grounds" if tuple(names) == GROUNDS else names[0].rstrip("_")
    return _made(aspect, path, "changed", dict(old), dict(new), edits)


def _made(
    aspect: str,
    path: Path,
    kind: ChangeKind,
    old: Any,
    new: Any,
    edits: tuple[Edit, ...],
    places: Sequence[Sequence[str]] = ((), ()),
    member: Member | None = None,
) -> Change:
    where = path[1:] if path[:1] == ("sources",) else path
    where = tuple(step.rstrip("_") for step in where)
    section = where[0] if where else aspect
    subject = where[1] if len(where) > 1 else ""
    stands = [_place(where, p, there is not ABSENT) for p, there in zip(places, (old, new), strict=True)]
    at = stands[1] if kind != "gone" and stands[1] else stands[0]
    short = at.removeprefix("preferences.")
    what = aspect or kind
    before, after = (None if part is ABSENT else part for part in (old, new))
    if member is not None:
        before, after = {**old, "": member.before}, {**new, "": member.after}
    matters = _matters(where, section, aspect, kind)
    return Change(
        f"{short}:{what}" if short else f"{section}:{what}",
        section,
        kind,
        subject,
        stands[0],
        stands[1],
        before,
        after,
        aspect,
        matters,
        edits,
    )


def _place(where: Path, places: Sequence[str], there: bool) -> str:
    """Where a part stands in one of the cases; of members of a list that go together, the first."""
    if places and not any(places):
        return ""
    return ".".join((*where, *[p for p in places if p][:1])) if there else ""


def _matters(where: Path, section: str, aspect: str, kind: ChangeKind) -> bool:
    if section in INERT_PARTS:
        return False
    if section == "claims":
        return kind != "changed" or aspect in CLAIM_STANDING
    if section == "issues" and aspect == "by":
        return True
    if section in ("feasible",) or "also" in where:
        return kind != "moved"
    if aspect == "order":
        return section == "preferences"
    if section == "proposals" and aspect == "status":
        return False
    return not (section in ("parties", "issues", "proposals", "terms") and aspect in INERT_FIELDS) and not (
        section == "preferences" and aspect in ("decisive", "degrees", "delay")
    )
