"""One text for each number: values of numeric issues as the range makes them.

``2.50``, ``2.5`` and ``25e-1`` are one number. Where a case names a value of an issue that has a
range, it may write any of them; before the domain model sees it, it becomes the text of the value.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accordant.case.ranges import Range, short

_HOLD_PATTERNS = ("status_quo", "no_deal", "states", "proposals", "preferences", "perceptions")


def canonical(data: dict[str, Any]) -> dict[str, Any]:
    """The data of a case with every value of a numeric issue as the text of its number.

    Nothing else is touched, and what is not a number is left for the checks to refuse.

    Examples
    --------
    >>> canonical({"issues": {"pay": {"range": {"from": 0, "to": 1, "step": 0.5}}},
    ...            "status_quo": {"pay": "0.50"}})["status_quo"]
    {'pay': '0.5'}
    """
    issues = data.get("issues")
    numeric = (
        {i for i, issue in issues.items() if _is_numeric(issue)} if isinstance(issues, Mapping) else set()
    )
    if not numeric:
        return data
    made = {key: _walk(data[key], numeric) for key in _HOLD_PATTERNS if key in data}
    if isinstance(data.get("positions"), Mapping):
        made["positions"] = {p: _positions(said, numeric) for p, said in data["positions"].items()}
    return {**data, **made}


def _is_numeric(issue: Any) -> bool:
    given = issue.get("range") if isinstance(issue, Mapping) else getattr(issue, "range", None)
    return isinstance(given, Mapping | Range)


def _walk(part: Any, numeric: set[str]) -> Any:
    if isinstance(part, Mapping):
        return {k: short(v) if k in numeric and _scalar(v) else _walk(v, numeric) for k, v in part.items()}
    return [_walk(item, numeric) for item in part] if isinstance(part, list | tuple) else part


def _positions(said: Any, numeric: set[str]) -> Any:
    if not isinstance(said, Mapping):
        return said
    return {
        issue: {**position, "wants": short(position["wants"])}
        if issue in numeric and isinstance(position, Mapping) and _scalar(position.get("wants"))
        else position
        for issue, position in said.items()
    }


def _scalar(value: Any) -> bool:
    return value is not None and not isinstance(value, Mapping | list | tuple | bool)
