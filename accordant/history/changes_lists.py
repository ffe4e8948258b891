"""What two lists of a case hold in common, and where each of their members stands.

The lists (priorities, red lines, rules, terms of a worth, relations) are laid over each other: members
that stand in both in the same order are fixed, and everything else has a slot between them, one for where
it stood and one for where it stands. Each change then fills or empties slots of its own, so that any of
the changes can be made without the others, in any order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from accordant.case.base import Grounded, Node
from accordant.case.objects import Either, Line

LIKE = 0.6
"""How alike two texts are, from 0 to 1, before one is taken for the other put differently."""

PLACE = "place"
"""The aspect of a member that says where it stands, or that it is there at all."""


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a list as it is written: ``group`` numbers the ``either`` it stands in, -1 for none."""

    key: str
    node: Node
    group: int = -1
    place: str = ""


@dataclass(frozen=True, slots=True)
class Member:
    """Something that stands in one of two lists or in both.

    Attributes
    ----------
    before, after
        What it is in each; None where it is not there.
    at, to
        Its slot in the old list and in the new one.
    was_in, is_in
        The ``either`` group that it stands in, by a name that both lists share; empty for none.
    old_place, new_place
        Its number in each list, such as ``3`` or ``2.1``.
    """

    before: Node | None
    after: Node | None
    at: int = -1
    to: int = -1
    was_in: str = ""
    is_in: str = ""
    old_place: str = ""
    new_place: str = ""

    @property
    def moved(self) -> bool:
        """Whether it stands in both, elsewhere."""
        return (
            self.before is not None
            and self.after is not None
            and (self.at != self.to or self.was_in != self.is_in)
        )


@dataclass(frozen=True, eq=False)
class Roster:
    """Two lists laid over each other.

    Attributes
    ----------
    path
        Where the list stands in the case.
    old
        The old list, to tell the case that the changes are made to.
    members
        Everything that stands in either.
    """

    path: tuple[str, ...]
    old: tuple[Node, ...]
    members: tuple[Member, ...]

    def made(self, done: Collection[tuple[int, tuple[str, ...]]]) -> tuple[Node, ...]:
        """The list once some changes are made: of members by number, to their place or some fields."""
        placed = {k for k, aspects in done if PLACE in aspects}
        fields: dict[int, list[str]] = {}
        for k, aspects in done:
            fields.setdefault(k, []).extend(a for a in aspects if a != PLACE)
        standing = []
        for k, member in enumerate(self.members):
            here = k in placed
            slot, group = (member.to, member.is_in) if here else (member.at, member.was_in)
            if slot < 0:
                continue
            standing.append((slot, group, _node(member, fields.get(k, []))))
        standing.sort(key=lambda entry: entry[0])
        return tuple(_gathered(standing))


def _node(member: Member, fields: Sequence[str]) -> Node:
    if member.before is None or member.after is None:
        found = member.before or member.after
        assert found is not None
        return found
    if not fields:
        return member.before
    return member.before.model_copy(update={name: getattr(member.after, name) for name in fields})


def _gathered(standing: Sequence[tuple[int, str, Node]]) -> Iterator[Node]:
    """Members of a group together, where the first of them stands."""
    groups: dict[str, list[Line]] = {}
    for _, group, node in standing:
        if group and isinstance(node, Line):
            groups.setdefault(group, []).append(node)
    for _, group, node in standing:
        if not group:
            yield node
        elif group in groups:
            yield Either(either=tuple(groups.pop(group)))


def flat(entries: Sequence[Node], key: Callable[[Node], str]) -> list[Item]:
    """The members of a list, those of ``either`` groups one by one."""
    found = []
    for k, entry in enumerate(entries, 1):
        if isinstance(entry, Either):
            found += [Item(key(line), line, k, f"{k}.{m}") for m, line in enumerate(entry.either, 1)]
        else:
            found.append(Item(key(entry), entry, -1, str(k)))
    return found


def roster(
    path: tuple[str, ...], old: Sequence[Node], new: Sequence[Node], key: Callable[[Node], str]
) -> Roster:
    """Lay two lists over each other.

    Parameters
    ----------
    key
        What tells one member from the others: its expression, say.
    """
    before, after = flat(old, key), flat(new, key)
    pairs = _pairs(before, after)
    names = _group_names(before, after, pairs)
    was = [names[0].get(item.group, "") for item in before]
    now = [names[1].get(item.group, "") for item in after]
    fixed = _fixed([(a, b) for a, b in pairs if was[a] == now[b]])
    pairs += _reworded(before, after, was, now, pairs, fixed)
    fixed = _fixed([(a, b) for a, b in pairs if was[a] == now[b]])
    at, to = _slots(len(before), len(after), fixed)
    new_of = dict(pairs)
    members = []
    for a, item in enumerate(before):
        b = new_of.get(a)
        if b is None:
            members.append(Member(item.node, None, at[a], -1, was[a], "", item.place, ""))
        else:
            other = after[b]
            members.append(
                Member(item.node, other.node, at[a], to[b], was[a], now[b], item.place, other.place)
            )
    taken = set(new_of.values())
    for b, item in enumerate(after):
        if b not in taken:
            members.append(Member(None, item.node, -1, to[b], "", now[b], "", item.place))
    return Roster(path, tuple(old), tuple(members))


def _pairs(before: Sequence[Item], after: Sequence[Item]) -> list[tuple[int, int]]:
    """Members with the same key, in the order in which they stand where there are several."""
    where: dict[str, list[int]] = {}
    for b, item in enumerate(after):
        where.setdefault(item.key, []).append(b)
    return [(a, where[item.key].pop(0)) for a, item in enumerate(before) if where.get(item.key)]


def _group_names(
    before: Sequence[Item], after: Sequence[Item], pairs: Sequence[tuple[int, int]]
) -> tuple[dict[int, str], dict[int, str]]:
    """Names for the groups of both lists: those that share most members are one group."""
    shared: dict[tuple[int, int], int] = {}
    for a, b in pairs:
        one, other = before[a].group, after[b].group
        if one >= 0 and other >= 0:
            shared[one, other] = shared.get((one, other), 0) + 1
    old_names: dict[int, str] = {}
    new_names: dict[int, str] = {}
    for one, other in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if one not in old_names and other not in new_names:
            old_names[one] = new_names[other] = f"both {one}"
    for item in before:
        if item.group >= 0:
            old_names.setdefault(item.group, f"old {item.group}")
    for item in after:
        if item.group >= 0:
            new_names.setdefault(item.group, f"new {item.group}")
    return old_names, new_names


def _fixed(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many pairs as can be in the same order in both lists."""
    ordered = sorted(pairs)
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for k, (_, b) in enumerate(ordered):
        length = bisect_left(tails, b)
        back.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(b)
            ends.append(k)
        else:
            tails[length], ends[length] = b, k
    chain = []
    k = ends[-1] if ends else -1
    while k >= 0:
        chain.append(ordered[k])
        k = back[k]
    return chain[::-1]


def _reworded(
    before: Sequence[Item],
    after: Sequence[Item],
    was: Sequence[str],
    now: Sequence[str],
    pairs: Sequence[tuple[int, int]],
    fixed: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """Members left over between the same fixed ones that are one statement put differently."""
    old_taken, new_taken = {a for a, _ in pairs}, {b for _, b in pairs}
    found = []
    for (a0, b0), (a1, b1) in zip([(-1, -1), *fixed], [*fixed, (len(before), len(after))], strict=True):
        left = [b for b in range(b0 + 1, b1) if b not in new_taken]
        for a in range(a0 + 1, a1):
            if a in old_taken:
                continue
            for b in left:
                if was[a] == now[b] and _alike(before[a], after[b]):
                    found.append((a, b))
                    left = [c for c in left if c > b]  # in the same order, so that all of them stay fixed
                    break
    return found


def _alike(one: Item, other: Item) -> bool:
    mine = one.node.because if isinstance(one.node, Grounded) else ()
    its = other.node.because if isinstance(other.node, Grounded) else ()
    if mine and set(mine) == set(its):
        return True
    if _bare(one.key) == _bare(other.key):  # the same put the other way round
        return True
    return SequenceMatcher(None, one.key, other.key, autojunk=False).ratio() >= LIKE


def _bare(expression: str) -> str:
    return re.sub(r"\bnot\b|[()\s]", "", expression).replace("!=", "=")


def _slots(olds: int, news: int, fixed: Sequence[tuple[int, int]]) -> tuple[dict[int, int], dict[int, int]]:
    """Slots for the members of both lists, one for both where they are fixed."""
    at: dict[int, int] = {}
    to: dict[int, int] = {}
    slot = a = b = 0
    for one, other in [*fixed, (olds, news)]:
        for k in range(a, one):
            at[k] = slot = slot + 1
        for k in range(b, other):
            to[k] = slot = slot + 1
        slot += 1
        if one < olds:
            at[one] = to[other] = slot
        a, b = one + 1, other + 1
    return at, to


def joint_order(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All keys of two mappings, once in the old order and once in the new one.

    Examples
    --------
    >>> joint_order(["a", "b"], ["b", "c", "a"])
    (('a', 'b', 'c'), ('b', 'c', 'a'))
    """
    return _merged(old, new), _merged(new, old)


def _merged(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """The first sequence with what only the second has, each after what stands before it there."""
    found = list(first)
    for known, run in groupby(enumerate(second), key=lambda entry: entry[1] in set(first)):
        if known:
            continue
        some = list(run)
        start = some[0][0]
        at = found.index(second[start - 1]) + 1 if start else 0
        found[at:at] = [name for _, name in some]
    return tuple(found)
