"""Mistakes in a case, as text: where, what was found, what is allowed, what to try."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path
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
    allowed = ", ".join(problem.allowed[:ALLOWED]) + (f" and {more} more" if more > 0 else "")
    details = (("found", problem.found), ("allowed", allowed), ("try", problem.hint))
    return "\n".join([head, *(f"    {name}: {text}" for name, text in details if text)])


def mistakes(problems: Sequence[Problem]) -> list[str]:
    """The mistakes among the problems, each as text."""
    return [problem_text(problem) for problem in problems if problem.severity == "error"]


def closing(problems: Sequence[Problem], *, shown: bool = False) -> str:
    """The line below the mistakes: how many they are, and where the warnings are to be seen.

    Parameters
    ----------
    shown
        The warnings stand above.

    Examples
    --------
    >>> closing([Problem("no such party", "talks/case.yaml"), Problem("vague", severity="warning")])
    "1 mistake in the case, and 1 warning ('accordant check talks' shows it)"
    """
    wrong = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - wrong
    line = f"{wrong:,} mistake{'' if wrong == 1 else 's'} in the case"
    if warnings:
        line += f", and {warnings:,} warning{'' if warnings == 1 else 's'}"
        file = next((p.file for p in problems if p.file), None)
        if not shown and file is not None:
            # a case is named by its folder, a file of another program by itself
            case = Path(file).parent if Path(file).suffix == ".yaml" else file
            show = f"accordant check {shlex.quote(str(case))}"
            line += f" ('{show}' shows {'it' if warnings == 1 else 'them'})"
    return line


def warnings_text(problems: Sequence[Problem]) -> Iterator[tuple[str, bool]]:
    """The warnings among the problems, one kind together: lines, and whether each is a heading."""
    for message, alike in grouped([p for p in problems if p.severity == "warning"]):
        yield f"warning: {message}", True
        together = len({problem.hint for problem in alike}) == 1
        for problem in alike:
            yield "    " + "  ".join(p for p in (problem.where, problem.path, problem.found) if p), False
            if problem.hint and not together:
                yield f"    try: {problem.hint}", False
        if alike[0].hint and together:
            yield f"    try: {alike[0].hint}", False


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
