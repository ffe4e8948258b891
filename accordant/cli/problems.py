"""Mistakes in a case, as text: where, what was found, what is allowed, what to try."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from accordant.errors import Problem

ALLOWED = 12
"""Allowed names listed; the rest are counted."""


def problem_text(problem: Problem) -> str:
    """One problem; its first line is ``file:line:column: error: message``, as editors read it.

    Examples
    --------
    >>> print(problem_text(Problem("there is no such party", file="case.yaml", line=7, column=3,
    ...     path="issues.truce.by", found="suoth", allowed=("north", "south"),
    ...     hint="did you mean 'south'?")))
    case.yaml:7:3: error: issues.truce.by: there is no such party
        found: suoth
        allowed: north, south
        try: did you mean 'south'?
    """
    head = ": ".join(p for p in (problem.where, problem.severity, problem.path, problem.message) if p)
    more = len(problem.allowed) - ALLOWED
    allowed = ", ".join(problem.allowed[:ALLOWED]) + (f", and {more} more" if more > 0 else "")
    details = (("found", problem.found), ("allowed", allowed), ("try", problem.hint))
    return "\n".join([head, *(f"    {name}: {text}" for name, text in details if text)])


def problem_json(problem: Problem) -> dict[str, Any]:
    """One problem as plain data."""
    return {
        "severity": problem.severity,
        "file": problem.file or None,
        "line": problem.line,
        "column": problem.column,
        "path": problem.path or None,
        "message": problem.message,
        "found": problem.found,
        "allowed": list(problem.allowed),
        "try": problem.hint,
    }


def grouped(problems: Sequence[Problem]) -> list[tuple[str, list[Problem]]]:
    """Problems of one kind together, in the order in which each kind first appears."""
    groups: dict[str, list[Problem]] = {}
    for problem in problems:
        groups.setdefault(problem.message, []).append(problem)
    return list(groups.items())
