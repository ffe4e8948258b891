"""Links that lead somewhere: references to what is not in a document become their bare words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from accordant.brief import document
from accordant.brief.document import Brief, Ref

T = TypeVar("T")


def settled(brief: Brief) -> Brief:
    """The same document, every reference to a block, row or entry that it does not have as plain words.

    Documents of a set share their numbers and ids, and each has only some of the parts.

    Examples
    --------
    >>> from accordant.brief.document import Said, Section, rich, Paragraph, Text
    >>> text = rich("see ", Ref("elsewhere", (Text("there"),)))
    >>> made = Brief(Said("t"), (), "", (), (Section("a", (), (Paragraph("p", text),)),), "1", "")
    >>> settled(made).refs()
    ()
    """
    known = set(brief.ids())
    if all(ref.target in known for ref in brief.refs()):
        return brief
    return _changed(brief, lambda ref: (ref,) if ref.target in known else ref.text)


def _changed(value: T, each: Callable[[Ref], tuple[Any, ...]]) -> T:
    made: Any = value
    if isinstance(value, tuple):
        found: list[Any] = []
        for item in value:
            found.extend(each(item) if isinstance(item, Ref) else (_changed(item, each),))
        same = len(found) == len(value) and all(a is b for a, b in zip(found, value, strict=True))
        made = value if same else tuple(found)
    elif is_dataclass(value) and not isinstance(value, type) and type(value).__module__ == document.__name__:
        new = {f.name: _changed(getattr(value, f.name), each) for f in fields(value)}
        changed = {name: part for name, part in new.items() if part is not getattr(value, name)}
        made = replace(value, **changed) if changed else value
    result: T = made
    return result
