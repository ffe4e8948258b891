"""Files of JSON or YAML, a domain and what each party wants, as a case: what all programs share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from accordant.errors import Problem
from accordant.exchange.formats import Given, Imported
from accordant.exchange.scenario import Scenario
from accordant.exchange.scenario_in import imported as case_of
from accordant.exchange.source import Source
from accordant.exchange.structured import mapping, read

Files: TypeAlias = Sequence[tuple[Source, dict[str, Any]]]
"""Every file as a mapping, with a collector for what is wrong with it; the domain first."""


def imported(given: Given, format: str, understood: Callable[[Files], Scenario]) -> Imported:
    """The files as a case, or every mistake in them.

    Parameters
    ----------
    format
        The name of their format.
    understood
        What the files say. It tells the collectors what is wrong; what it returns then does not count.
    """
    files: list[tuple[Source, dict[str, Any]]] = []
    problems: list[Problem] = []
    for file in given.files:
        found = read(file)
        if isinstance(found[0], Problem):
            problems.extend(problem for problem in found if isinstance(problem, Problem))
        else:
            source, data = found
            assert isinstance(source, Source)
            files.append((source, mapping(source, data, (), "the file")))
    if problems or not files:
        return Imported(None, tuple(problems))
    scenario = understood(files)
    if any(source.wrong for source, _ in files):
        return Imported(None, tuple(problem for source, _ in files for problem in source.problems()))
    return case_of(scenario, format, given.scale or "file", ())
