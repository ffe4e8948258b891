"""What an empty value means, before the domain model sees it.

A key without a value counts as absent (templates leave sections empty); a part that is called by
name and says nothing more (``north:`` under ``parties``) counts as a mapping without keys. Anywhere
else an empty value is a mistake, and is left for the domain model to refuse.
"""

from __future__ import annotations

from typing import Any

_NAMED = ("parties", "issues", "preferences", "perceptions", "proposals", "terms", "judgements", "events")
_NAMED_SOURCES = ("reports", "origins", "claims", "register")
_PATTERNS = ("status_quo", "no_deal", "states", "moves")


def tidy(data: dict[str, Any]) -> dict[str, Any]:
    """The data of one file with its empty values settled.

    Examples
    --------
    >>> tidy({"title": "t", "parties": {"north": None}, "proposals": None})
    {'title': 't', 'parties': {'north': {}}}
    """
    return {key: _section(key, value) for key, value in data.items() if value is not None}


def _section(key: str, value: Any) -> Any:
    if key in _NAMED or key in _NAMED_SOURCES:
        if isinstance(value, dict):
            return {name: _part(part) for name, part in value.items()}
        return value
    if key == "positions" and isinstance(value, dict):
        return {name: _section("parties", part or {}) for name, part in value.items()}
    if key in _PATTERNS:
        return value
    if key == "attitudes" and isinstance(value, dict):
        return {name: {} if part is None else part for name, part in value.items()}
    return _without_empty(value)


def _part(value: Any) -> Any:
    part = {} if value is None else _without_empty(value)
    believed = part.get("preferences") if isinstance(part, dict) else None
    if isinstance(believed, dict):  # of a perception: what is believed of somebody may be nothing
        part["preferences"] = _section("preferences", believed)
    return part


def _without_empty(value: Any) -> Any:
    """Drop the empty keys of an object and of the objects in its lists, but no others."""
    if isinstance(value, list):
        return [_without_empty(item) if isinstance(item, dict) else item for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: part for key, part in value.items() if part is not None}
    return {key: _without_empty(part) if isinstance(part, list) else part for key, part in kept.items()}
