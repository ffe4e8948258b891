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
    whole = {"case": content(case), "sources": content(case.sources)}
    whole["order"] = [list(case.parties), list(case.issues)]
    text = json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_set(name: str) -> bool:
    """Whether a field holds a set, so that the order in which it is written means nothing."""
    return name in _SETS


def content(value: Any) -> Any:
    """What a part of a case says, however it is written down: the same for parts that mean the same.

    Examples
    --------
    >>> from accordant.case.objects import Rule
    >>> content(Rule(rule="a", because=("c2", "c1"), note="a remark"))
    {'because': ['c1', 'c2'], 'rule': 'a'}
    """
    if isinstance(value, BaseModel):
        return _fields(value)
    if isinstance(value, dict):
        return {key: content(part) for key, part in value.items()}
    if isinstance(value, tuple | list):
        return [content(part) for part in value]
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
        said = content(value)
        found[name] = in_order(said) if is_set(name) else said
    return found


def in_order(members: list[Any]) -> list[Any]:
    """The members of a set in an order of their own; pairs and coalitions are sets of sets."""
    inner = [in_order(part) if isinstance(part, list) else part for part in members]
    return sorted(inner, key=lambda part: part if isinstance(part, str) else json.dumps(part, sort_keys=True))
