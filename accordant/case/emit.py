"""Parts of a case as YAML text, in the style of the format's documentation.

What is short stands on one line in brackets; what is long stands in lines of its own. Text is
written plain wherever it reads back as itself, otherwise in quotation marks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from pydantic import BaseModel

from accordant.case.base import Node
from accordant.case.objects import Anchor
from accordant.case.tree import Mapping as Mapped
from accordant.case.tree import Scalar, Sequence, grow

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"

WIDTH = 100
"""Longest line that a part in brackets may make."""

_SIMPLE = re.compile(r"[^\W_][\w./+-]*(?: [\w./+-]+)*")
_NULLS = ("null", "Null", "NULL")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_SHORT_FORM = {
    "Rule": "rule",
    "RedLine": "rule",
    "Assumption": "says",
    "Anchor": "state",
    "Reservation": "worth",
}


def to_plain(value: Any) -> Plain:
    """A part of a case as text, lists and mappings, in its shortest form; defaults are left out.

    Examples
    --------
    >>> from accordant.case.objects import Rule
    >>> to_plain(Rule(rule="a -> b")), to_plain(Rule(rule="a", because=("c1",)))
    ('a -> b', {'rule': 'a', 'because': ['c1']})
    """
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): to_plain(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(part) for part in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return format(value, "f") if isinstance(value, Decimal) and abs(value.adjusted()) < 30 else str(value)


def _fields(node: BaseModel) -> Plain:
    found: dict[str, Plain] = {}
    kind = type(node)
    # The grounds come last: what is said before why.
    names = sorted(kind.model_fields, key=lambda n: n in ("because", "assumed", "unsure", "note"))
    derived = node.derived() if isinstance(node, Node) else frozenset()
    for name in names:
        field = kind.model_fields[name]
        value = getattr(node, name)
        optional = not field.is_required() and name != "accordant"  # a file says which format it is in
        if (
            field.exclude
            or name in derived
            or (optional and value == field.get_default(call_default_factory=True))
        ):
            continue
        alone = name == "by" and isinstance(value, tuple) and len(value) == 1
        found[field.alias or name] = to_plain(value[0] if alone else value)
    short = _SHORT_FORM.get(kind.__name__)
    if short is not None and list(found) == [short]:
        return _unless_confused(node, found, short)
    return found


def _unless_confused(node: BaseModel, found: dict[str, Plain], short: str) -> Plain:
    # A pattern that holds an issue called `state` would be read as the long form.
    inner = found[short]
    confused = isinstance(node, Anchor) and isinstance(inner, dict) and short in inner
    return found if confused else inner


def scalar(text: str, style: str = "", *, inside: bool = False) -> str:
    """A text as YAML writes it.

    Parameters
    ----------
    style
        The quotation mark to use where it can be.
    inside
        It stands in brackets, where commas and brackets mean something.

    Examples
    --------
    >>> scalar("no"), scalar("a: b"), scalar("null"), scalar("it's", "'"), scalar("two\\nlines")
    ('no', "'a: b'", "'null'", "'it''s'", '"two\\\\nlines"')
    """
    if _UNSEEN.search(text):
        return _escaped(text)
    if style not in ("'", '"'):
        if _reads_plain(text, inside):
            return text
        style = '"' if "'" in text and not re.search(r'["\\]', text) else "'"
    if style == '"':
        return _escaped(text)
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    # JSON text is YAML, but for a few signs that JSON leaves as they are.
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted)


def _reads_plain(text: str, inside: bool) -> bool:
    if text in _NULLS or text.endswith(":"):
        return False
    if _SIMPLE.fullmatch(text):
        return True
    # The reader decides: what it gives back as it was can be written plain.
    tree, problems = grow(f"k: [{text}, x]\n" if inside else f"k: {text}\n", "")
    found = tree.get("k") if isinstance(tree, Mapped) else None
    if problems or found is None:
        return False
    if not inside:
        return isinstance(found.value, Scalar) and (found.value.value, found.value.style) == (text, "")
    items = found.value.items if isinstance(found.value, Sequence) else []
    return len(items) == 2 and isinstance(items[0], Scalar) and (items[0].value, items[0].style) == (text, "")


def flow(value: Plain) -> str:
    """A part on one line, in brackets.

    Examples
    --------
    >>> flow({"by": {"joint": ["north", "south"]}, "values": ["none", "0.10"]})
    '{by: {joint: [north, south]}, values: [none, 0.10]}'
    """
    if isinstance(value, str):
        return scalar(value, inside=True)
    if isinstance(value, list):
        return "[" + ", ".join(flow(item) for item in value) + "]"
    return "{" + ", ".join(f"{scalar(key, inside=True)}: {flow(part)}" for key, part in value.items()) + "}"


def block(value: Plain, indent: int, used: int, newline: str = "\n") -> str:
    """A part as the value of a key or of a list item, from after its colon or dash.

    Parameters
    ----------
    indent
        Columns by which the part's own lines are indented.
    used
        Columns that the line already takes.
    """
    line = scalar(value) if isinstance(value, str) else flow(value)
    if isinstance(value, str) or not value or (used + 1 + len(line) <= WIDTH and _fits(value)):
        return f" {line}"
    pad = newline + " " * indent
    if isinstance(value, list):
        return "".join(f"{pad}-{_after_dash(item, indent, newline)}" for item in value)
    return "".join(f"{pad}{entry(key, part, indent, newline)}" for key, part in value.items())


def _fits(value: Plain) -> bool:
    """Whether a part reads well on one line: no lists of mappings, and not too much of it."""
    if isinstance(value, list):
        return not any(isinstance(item, dict) for item in value)
    return isinstance(value, str) or len(value) <= 8


def entry(key: str, value: Plain, indent: int, newline: str = "\n") -> str:
    """A key with its value, the first line without indentation."""
    name = scalar(key)
    return f"{name}:{block(value, indent + 2, indent + len(name) + 1, newline)}"


def item(value: Plain, indent: int, newline: str = "\n") -> str:
    """A list item with its dash, the first line without indentation."""
    return f"-{_after_dash(value, indent, newline)}"


def _after_dash(value: Plain, indent: int, newline: str) -> str:
    if isinstance(value, str):
        return f" {scalar(value)}"
    if not value or indent + 2 + len(flow(value)) <= WIDTH:
        return f" {flow(value)}"
    text = block(value, indent + 2, WIDTH, newline)
    # The first key stands on the line of the dash.
    return " " + text.lstrip() if isinstance(value, dict) else text


def document(node: BaseModel, newline: str = "\n") -> str:
    """A whole file.

    Examples
    --------
    >>> from accordant.case.sources import Sources
    >>> print(document(Sources.model_validate({"origins": {"a": {"kind": "named"}}})), end="")
    origins:
      a: {kind: named}
    """
    plain = to_plain(node)
    lines = []
    for key, value in plain.items() if isinstance(plain, dict) else ():
        deep = isinstance(value, dict) and any(isinstance(part, dict) for part in value.values())
        long = block(value, 2, 2 * WIDTH if deep else len(key) + 1, newline)
        lines.append(f"{scalar(key)}:{long}{newline}")
    return "".join(lines) or "{}" + newline


__all__ = ["Plain", "block", "document", "entry", "flow", "item", "scalar", "to_plain"]
