"""One number for everything that answers depend on."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from accordant.case.base import Node
from accordant.case.objects import Case

_REMARKS = frozenset({"note"})
_SETS = frozenset(
    {"aliases", "tags", "because", "contradicts", "confirms", "coalitions", "incomparable", "unseen"}
)


def digest(case: Case) -> str:
    """SHA-256 of the case's content, the same however it is written down.

    Comments, quoting, shorthands, defaults written out and the order of keys change nothing; the
    order of issues and of parties counts, for states are numbered and listed by it. Remarks
    (``note``) are left out. Reports come in by their own SHA-256.

    Examples
    --------
    >>> one = Case.model_validate({"title": "t", "parties": {"a": {}}, "feasible": []})
    >>> two = Case.model_validate({"accordant": 1, "parties": {"a": {"role": "party"}}, "title": "t"})
    >>> digest(one) == digest(two)
    True
    """
    content = {"case": _content(case), "sources": _content(case.sources)}
    content["order"] = [list(case.parties), list(case.issues)]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _content(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, dict):
        return {key: _content(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [_content(part) for part in value]
    # Numbers as text: decimals are exact, and 0.10 is worth what 0.1 is worth.
    return value if value is None or isinstance(value, str | bool | int) else str(value.normalize())


def _fields(node: BaseModel) -> dict[str, Any]:
    found = {}
    derived = node.derived() if isinstance(node, Node) else frozenset()
    for name, field in type(node).model_fields.items():
        value = getattr(node, name)
        if (
            name in _REMARKS
            or name in derived
            or field.exclude
            or value == field.get_default(call_default_factory=True)
        ):
            continue
        content = _content(value)
        found[name] = _in_order(content) if name in _SETS else content
    return found


def _in_order(content: list[Any]) -> list[Any]:
    """The members of a set in an order of their own; pairs and coalitions are sets of sets."""
    inner = [_in_order(part) if isinstance(part, list) else part for part in content]
    return sorted(inner, key=lambda part: part if isinstance(part, str) else json.dumps(part, sort_keys=True))
