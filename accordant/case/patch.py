"""Changes to a file that touch only what has changed.

The old and the new object are compared beside the tree of the file. What is equal is left alone, to
the letter; what differs is replaced, put in or taken out in the style around it, so that comments,
order, quotation marks and odd but legal spacing survive.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from pydantic import BaseModel

from accordant.case.base import Node
from accordant.case.edits import Edit, Lines, is_empty
from accordant.case.emit import Plain, block, entry, flow, item, scalar, to_plain
from accordant.case.objects import Anchor, Case
from accordant.case.tree import Entry, Mapping, Scalar, Sequence, Tree

ORDERED = ("parties", "issues", "states")
"""Sections whose order means something: states are numbered and lists made by it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value stands: after a key's colon or an item's dash.

    Attributes
    ----------
    head
        The offset after the colon or dash.
    column
        Columns by which the key or dash is indented.
    used
        Columns that the line takes up to there.
    flow
        Inside brackets.
    """

    head: int
    column: int
    used: int
    flow: bool


def same(old: Any, new: Any) -> bool:
    """Whether two parts are equal, the order of sections included where it means something."""
    if old != new:
        return False
    return not isinstance(old, Case) or all(
        list(getattr(old, key) or ()) == list(getattr(new, key) or ()) for key in ORDERED
    )


class Patch(Lines):
    """Collects the edits that turn one file's text from an old object into a new one."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.edits: list[Edit] = []

    def file(self, old: BaseModel, new: BaseModel, tree: Tree) -> bool:
        """Add the edits for a whole file; False where it has to be written anew."""
        if same(old, new):
            return True
        before, after = _keyed(old, tree), _keyed(new, tree)
        return isinstance(tree, Mapping) and self._mapping(before or {}, after or {}, tree, top=True)

    def change(self, old: Any, new: Any, tree: Tree, slot: Slot, *, ordered: bool = False) -> None:
        """Add the edits for one value."""
        if old == new and not (ordered and list(old) != list(new)):
            return
        if isinstance(tree, Mapping):
            before, after = _keyed(old, tree), _keyed(new, tree)
            if (
                before is not None
                and after is not None
                and self._mapping(before, after, tree, ordered=ordered)
            ):
                return
        both_lists = isinstance(old, tuple) and isinstance(new, tuple)
        if both_lists and isinstance(tree, Sequence) and self._sequence(old, new, tree):
            return
        self._replace(tree, new, slot)

    # Mappings

    def _mapping(
        self,
        old: dict[str, Any],
        new: dict[str, Any],
        tree: Mapping,
        *,
        ordered: bool = False,
        top: bool = False,
    ) -> bool:
        """Edit a mapping key by key; False where it has to be written anew."""
        kept = [e for e in tree.entries if e.key in new]
        if not kept or (ordered and [e.key for e in kept] != [k for k in new if tree.get(k)]):
            return False
        for e in kept:
            slot = Slot(self.head_end(e), e.at.column, e.at.column + len(e.key) + 1, tree.flow)
            in_order = top and e.key in ORDERED
            self.change(old.get(e.key), new[e.key], e.value, slot, ordered=in_order)
        # A key that was not in the old object was written out with its default, and stays.
        self._delete_entries([e.key not in new and e.key in old for e in tree.entries], tree)
        self._insert_entries(new, kept, tree)
        return True

    def _insert_entries(self, new: dict[str, Any], kept: list[Entry], tree: Mapping) -> None:
        """Put in the keys that are new, each after the one it follows."""
        there = {e.key: e for e in kept}
        last: Entry | None = None
        for fresh, group in groupby(new, key=lambda k: tree.get(k) is None):
            keys = list(group)
            if not fresh:
                last = there[keys[-1]]
            elif tree.flow:
                at = self.end_of(last) if last else kept[0].at.start
                self._put_in_brackets(
                    at, [f"{_key(k)}: {flow(to_plain(new[k]))}" for k in keys], last is None
                )
            else:
                column = kept[0].at.column
                lines = [entry(k, to_plain(new[k]), column, self.newline) for k in keys]
                at = self.end_of(last) if last else kept[0].at.start
                self._put_on_lines(at, lines, column, last is None)

    def _delete_entries(self, gone: list[bool], tree: Mapping) -> None:
        starts = [e.at.start for e in tree.entries]
        ends = [self.end_of(e) for e in tree.entries]
        self._delete(gone, starts, ends, tree.flow)

    # Lists

    def _sequence(self, old: tuple[Any, ...], new: tuple[Any, ...], tree: Sequence) -> bool:
        """Edit a list item by item; False where it has to be written anew."""
        if not old or not new or len(old) != len(tree.items):
            return False
        matcher = SequenceMatcher(None, [repr(o) for o in old], [repr(n) for n in new], autojunk=False)
        codes = matcher.get_opcodes()
        gone = [False] * len(old)
        for kind, a, b, c, d in codes:
            shared = min(b - a, d - c) if kind == "replace" else 0
            for k in range(shared):
                self._change_item(old[a + k], new[c + k], a + k, tree)
            if kind != "equal":
                gone[a + shared : b] = [True] * (b - a - shared)
                self._insert_items(b if kind == "replace" else a, new[c + shared : d], tree)
        starts = [self._item_start(k, tree) for k in range(len(old))]
        self._delete(gone, starts, [self.end(i) for i in tree.items], tree.flow)
        return True

    def _item_start(self, k: int, tree: Sequence) -> int:
        return tree.items[k].span.start if tree.flow else self.dash(tree, k)

    def _change_item(self, old: Any, new: Any, k: int, tree: Sequence) -> None:
        column = tree.span.column
        head = self._item_start(k, tree) + (0 if tree.flow else 1)
        self.change(old, new, tree.items[k], Slot(head, column, column + 1, tree.flow))

    def _insert_items(self, position: int, values: tuple[Any, ...], tree: Sequence) -> None:
        if not values:
            return
        first = position == 0
        at = self._item_start(0, tree) if first else self.end(tree.items[position - 1])
        plain = [to_plain(value) for value in values]
        if tree.flow:
            self._put_in_brackets(at, [flow(p) for p in plain], first)
        else:
            column = tree.span.column
            self._put_on_lines(at, [item(p, column, self.newline) for p in plain], column, first)

    # Text

    def _put_in_brackets(self, at: int, parts: list[str], first: bool) -> None:
        text = "".join(f"{part}, " if first else f", {part}" for part in parts)
        self.edits.append(Edit(at, at, text))

    def _put_on_lines(self, at: int, parts: list[str], column: int, first: bool) -> None:
        pad = self.newline + " " * column
        if first:
            self.edits.append(Edit(at, at, "".join(part + pad for part in parts)))
        else:
            at = self.line_end(at)
            self.edits.append(Edit(at, at, "".join(pad + part for part in parts)))

    def _delete(self, gone: list[bool], starts: list[int], ends: list[int], in_brackets: bool) -> None:
        """Take parts of a list or mapping out, in runs where one of them gives way to the next."""
        for away, group in groupby(range(len(gone)), key=gone.__getitem__):
            run = list(group)
            if not away:
                continue
            first, last = run[0], run[-1]
            following = starts[last + 1] if last + 1 < len(starts) else None
            if not in_brackets and all(self.first_on_line(starts[k]) for k in run):
                for k in run:
                    self.edits.append(Edit(self.line_start(starts[k]), self.next_line(ends[k]), ""))
            elif following is not None:
                self.edits.append(Edit(starts[first], following, ""))
            else:
                self.edits.append(Edit(ends[first - 1], ends[last], ""))

    def _replace(self, tree: Tree, new: Any, slot: Slot) -> None:
        """Write a value anew in place of what stands there; comments inside it are kept."""
        plain = _as_written(new, tree)
        if isinstance(tree, Scalar) and is_empty(tree):
            self._fill(plain, slot)
        elif slot.flow:
            text = scalar(plain, _style(tree), inside=True) if isinstance(plain, str) else flow(plain)
            self.edits.append(Edit(tree.span.start, self.end(tree), text))
        elif isinstance(tree, Scalar) and isinstance(plain, str):
            self.edits.append(Edit(tree.span.start, self.end(tree), scalar(plain, _style(tree))))
        else:
            end = self.end(tree)
            text = block(plain, slot.column + 2, slot.used, self.newline)
            pad = self.newline + " " * (slot.column + 2)
            kept = "".join(pad + c for c in self.comments(tree, slot.head, end))
            on_lines = text.startswith(self.newline)
            self.edits.append(Edit(slot.head, end, kept + text if on_lines else text + kept))

    def _fill(self, plain: Plain, slot: Slot) -> None:
        """Write a value where there is none yet."""
        if slot.flow:
            self.edits.append(Edit(slot.head, slot.head, f" {flow(plain)}"))
            return
        text = block(plain, slot.column + 2, slot.used, self.newline)
        at = self.line_end(slot.head) if text.startswith(self.newline) else slot.head
        self.edits.append(Edit(at, at, text))


def _keyed(value: Any, tree: Tree) -> dict[str, Any] | None:
    """A part as keys and values, as a mapping in the file writes it; None where it does not."""
    if isinstance(value, Anchor) and isinstance(tree, Mapping) and tree.get("state") is None:
        only_state = value == Anchor(state=value.state)
        return dict(value.state) if only_state and isinstance(value.state, dict) else None
    if isinstance(value, dict):
        return dict(value)
    if not isinstance(value, BaseModel):
        return None
    found = {}
    derived = value.derived() if isinstance(value, Node) else frozenset()
    for name, field in type(value).model_fields.items():
        part = getattr(value, name)
        is_default = not field.is_required() and part == field.get_default(call_default_factory=True)
        if not field.exclude and not is_default and name not in derived:
            found[field.alias or name] = part
    return found


def _as_written(value: Any, tree: Tree) -> Plain:
    """A part in the short form that the file used, where it still fits."""
    if isinstance(tree, Scalar):
        if isinstance(value, tuple) and len(value) == 1 and isinstance(value[0], str):
            return value[0]
        keyed = _keyed(value, tree)
        if keyed is not None and list(keyed) == ["want"]:
            return str(keyed["want"])
    return to_plain(value)


def _style(tree: Tree) -> str:
    return tree.style if isinstance(tree, Scalar) else ""


def _key(key: str) -> str:
    return scalar(key, inside=True)
