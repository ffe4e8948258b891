"""Edits to a text, and where in it the parts of a tree begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from accordant.case.tree import Entry, Mapping, Scalar, Sequence, Tree

_COMMENT = re.compile(r"(?:(?<=\s)|^)#[^\r\n]*", re.M)


@dataclass(frozen=True, slots=True)
class Edit:
    """Text to stand in place of what stands between two offsets."""

    start: int
    end: int
    text: str


def apply(text: str, edits: list[Edit]) -> str:
    """The text with every edit made; edits do not overlap.

    Examples
    --------
    >>> apply("a: 1\\nb: 2\\n", [Edit(3, 4, "one"), Edit(8, 9, "two")])
    'a: one\\nb: two\\n'
    """
    # Last first, so that offsets stay right. At one place what is put in comes before what goes, and
    # what was put in first (an inner part) before what was put in after it (an outer one).
    in_order = sorted(enumerate(edits), key=lambda pair: (pair[1].start, pair[1].end, pair[0]))
    for _, edit in reversed(in_order):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


class Lines:
    """A text that is looked at by lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"

    def line_start(self, at: int) -> int:
        """Where the line with an offset begins."""
        return self.text.rfind("\n", 0, at) + 1

    def line_end(self, at: int) -> int:
        """Where the line with an offset ends, before its line end."""
        found = self.text.find("\n", at)
        end = len(self.text) if found < 0 else found
        return end - 1 if end > at and self.text[end - 1] == "\r" else end

    def next_line(self, at: int) -> int:
        """Where the line after the one with an offset begins."""
        found = self.text.find("\n", at)
        return len(self.text) if found < 0 else found + 1

    def first_on_line(self, at: int) -> bool:
        """Whether nothing but spaces stands before an offset on its line."""
        return not self.text[self.line_start(at) : at].strip(" ")

    def end(self, tree: Tree) -> int:
        """Where what is written of a tree ends: block style runs on to the next part."""
        if isinstance(tree, Scalar):
            return self._scalar_end(tree)
        if tree.flow:
            return tree.span.end
        parts = [e.value for e in tree.entries] if isinstance(tree, Mapping) else tree.items
        last = self.end_of(tree.entries[-1]) if isinstance(tree, Mapping) else self.end(parts[-1])
        return max(last, tree.span.start)

    def _scalar_end(self, tree: Scalar) -> int:
        if is_empty(tree):
            return len(self.text[: tree.span.start].rstrip())
        written = self.text[tree.span.start : tree.span.end]
        return tree.span.start + len(written.rstrip() if tree.style in "|>" else written)

    def end_of(self, entry: Entry) -> int:
        """Where an entry of a mapping ends."""
        if isinstance(entry.value, Scalar) and is_empty(entry.value):
            return self.head_end(entry)
        return self.end(entry.value)

    def head_end(self, entry: Entry) -> int:
        """The offset after an entry's colon; after its key where a bare key stands in brackets."""
        rest = re.compile(r"\s*:").match(self.text, entry.at.end)
        return rest.end() if rest else entry.at.end

    def dash(self, tree: Sequence, k: int) -> int:
        """The offset of the dash of an item in block style."""
        column = tree.span.column
        line = self.line_start(tree.items[k].span.start)
        while self.text[line + column : line + column + 1] != "-" or not self.dashed(line, column):
            line = self.line_start(line - 1)
        return line + column

    def dashed(self, line: int, column: int) -> bool:
        """Whether what stands before a column of a line leaves room for a dash there."""
        return not self.text[line : line + column].strip(" -?") and (
            self.text[line + column + 1 : line + column + 2] in ("", " ", "\r", "\n")
        )

    def comments(self, tree: Tree, start: int, end: int) -> list[str]:
        """The comments between two offsets, outside the scalars of a tree."""
        found, at = [], start
        for low, high in [*_scalars(tree), (end, end)]:
            if high > at:
                found += _COMMENT.findall(self.text[at : max(at, low)])
                at = high
        return found


def comment_lines(text: str) -> list[str]:
    """The comments of a text that holds nothing else."""
    return _COMMENT.findall(text)


def is_empty(tree: Scalar) -> bool:
    """Whether nothing is written where a value could be."""
    return tree.span.start == tree.span.end and not tree.style


def _scalars(tree: Tree) -> Iterator[tuple[int, int]]:
    match tree:
        case Scalar(span=span):
            yield span.start, span.end
        case Sequence(items=items):
            for part in items:
                yield from _scalars(part)
        case Mapping(entries=entries):
            for entry in entries:
                yield entry.at.start, entry.at.end
                yield from _scalars(entry.value)
