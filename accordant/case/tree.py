"""A YAML text as a tree that keeps every scalar as it is written and knows where it stands.

ruamel.yaml turns the text into events; the tree is built from them here, so that nothing is ever
typed by guess (``no``, ``0.10``, ``007`` and ``2024-01`` stay text), duplicate keys are reported
with both lines, and what makes YAML dangerous (aliases, tags, endless nesting) never gets far.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from accordant.errors import Problem

DEEPEST = 40
"""Most levels of nesting; a case needs eight."""
MOST_PROBLEMS = 50
"""Problems of form that are reported for one file before reading it stops."""

Data: TypeAlias = "str | list[Data] | dict[str, Data] | None"


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the text: offsets in characters, line and column from 0."""

    start: int
    end: int
    line: int
    column: int


@dataclass(slots=True)
class Scalar:
    """Text as written; ``value`` is None for a plain scalar that is empty, ``~`` or ``null``."""

    span: Span
    value: str | None
    style: str


@dataclass(slots=True)
class Entry:
    """One key of a mapping with its value."""

    key: str
    at: Span
    value: Tree


@dataclass(slots=True)
class Mapping:
    """Keys in the order written."""

    span: Span
    flow: bool
    entries: list[Entry] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict, repr=False)

    def get(self, key: str) -> Entry | None:
        """The entry with this key; of one that stands twice the first."""
        k = self.index.get(key)
        return None if k is None else self.entries[k]

    def add(self, entry: Entry) -> Entry:
        """Add an entry; the one that has its key already, or itself."""
        first = self.index.setdefault(entry.key, len(self.entries))
        self.entries.append(entry)
        return self.entries[first]


@dataclass(slots=True)
class Sequence:
    """Items in the order written."""

    span: Span
    flow: bool
    items: list[Tree] = field(default_factory=list)


Tree: TypeAlias = Scalar | Mapping | Sequence

_NULLS = ("", "~", "null", "Null", "NULL")


def grow(text: str, file: str) -> tuple[Tree | None, list[Problem]]:
    """The tree of a YAML text, with every problem of form.

    Where the text is not YAML, or uses what is refused, the tree is None; of a key that stands twice
    the first value counts.

    Examples
    --------
    >>> tree, problems = grow("a: 007\\nb: [no, 0.10]\\n", "case.yaml")
    >>> plain(tree), problems
    ({'a': '007', 'b': ['no', '0.10']}, [])
    """
    return _Builder(text, file).build()


def plain(tree: Tree) -> Data:
    """The tree as dicts, lists and text; of a duplicate key the first value counts."""
    match tree:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(entries=entries):
            found: dict[str, Data] = {}
            for entry in entries:
                if entry.key not in found:
                    found[entry.key] = plain(entry.value)
            return found


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being filled; ``key`` waits for its value."""

    node: Mapping | Sequence
    key: tuple[str, Span] | None = None


class _Builder:
    """Builds one tree from the parser's events, with a stack of its own: depth costs no recursion."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.root: Tree | None = None
        self.stopped = False
        self.maimed = False  # an alias or a tag stands for something that is not there

    def build(self) -> tuple[Tree | None, list[Problem]]:
        from ruamel.yaml.error import YAMLError

        from accordant.case.syntax_errors import in_plain_words

        try:
            for event in self.events():
                self.take(event)
                if self.stopped or len(self.problems) >= MOST_PROBLEMS:
                    return None, self.problems
        except YAMLError as error:
            return None, [*self.problems, in_plain_words(error, self.text, self.file)]
        return None if self.maimed else self.root, self.problems

    def events(self) -> Iterator[Any]:
        from ruamel.yaml import YAML

        yield from YAML(typ="safe", pure=True).parse(self.text)

    def take(self, event: Any) -> None:
        match type(event).__name__:
            case "ScalarEvent":
                self.refuse_extras(event)
                self.scalar(event)
            case "MappingStartEvent":
                self.refuse_extras(event)
                self.start(event, Mapping(_span(event), bool(event.flow_style)))
            case "SequenceStartEvent":
                self.refuse_extras(event)
                self.start(event, Sequence(_span(event), bool(event.flow_style)))
            case "MappingEndEvent" | "SequenceEndEvent":
                self.end(event)
            case "AliasEvent":
                self.say(event, f"an alias (*{event.anchor}) cannot be used", "write the text out here too")
                self.maimed = True
                self.scalar_or_key("", "", _span(event), "alias")
            case "DocumentStartEvent" if self.root is not None:
                self.say(event, "a second document in one file", "remove the line '---'")
                self.stopped = True

    def say(self, event: Any, message: str, hint: str | None = None) -> None:
        mark = event.start_mark
        at = (mark.line + 1, mark.column + 1)
        self.problems.append(Problem(message, file=self.file, line=at[0], column=at[1], hint=hint))

    def refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self.maimed = True
            message = f"an anchor (&{event.anchor}) cannot be used"
            self.say(event, message, "write the text out in both places")
        tag = event.ctag if hasattr(event, "ctag") else event.tag
        if tag is not None:
            self.maimed = True
            self.say(event, f"a tag ({tag}) cannot be used", "a case holds plain text, lists and mappings")

    def scalar(self, event: Any) -> None:
        style = event.style or ""
        value = None if not style and event.value in _NULLS else event.value
        self.scalar_or_key(event.value, value, _span(event), style)

    def scalar_or_key(self, text: str, value: str | None, span: Span, style: str) -> None:
        top = self.open[-1] if self.open else None
        if top and isinstance(top.node, Mapping) and top.key is None:
            top.key = (text, span)
        else:
            self.add(Scalar(span, value, style))

    def start(self, event: Any, node: Mapping | Sequence) -> None:
        top = self.open[-1] if self.open else None
        if top and isinstance(top.node, Mapping) and top.key is None:
            self.say(event, "a list or mapping stands where a key has to be", "a key is a word")
            self.stopped = True
        elif len(self.open) >= DEEPEST:
            self.say(event, f"nested more than {DEEPEST} levels deep")
            self.stopped = True
        else:
            self.add(node)
            self.open.append(_Open(node))

    def end(self, event: Any) -> None:
        node = self.open.pop().node
        node.span = Span(node.span.start, event.end_mark.index, node.span.line, node.span.column)

    def add(self, node: Tree) -> None:
        if not self.open:
            self.root = node
            return
        top = self.open[-1]
        if isinstance(top.node, Sequence):
            top.node.items.append(node)
        elif top.key is not None:
            entry = Entry(*top.key, node)
            top.key = None
            self.refuse_twice(entry, top.node.add(entry))

    def refuse_twice(self, entry: Entry, first: Entry) -> None:
        if first is not entry:
            line, column = entry.at.line + 1, entry.at.column + 1
            message = f"the key {entry.key!r} stands twice; first in line {first.at.line + 1}"
            self.problems.append(Problem(message, file=self.file, line=line, column=column, found=entry.key))


def _span(event: Any) -> Span:
    start = event.start_mark
    return Span(start.index, event.end_mark.index, start.line, start.column)
