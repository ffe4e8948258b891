"""Deals in stages where a case has too many states to list: only those that they can lead to.

A stage, walking away and no deal lead to few states, whatever else there is. What depends on all states,
such as whether the deal holds as a state of the graph model, is not said then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from accordant.agreement.phases.path import goes_back
from accordant.agreement.phases.plans import Plan
from accordant.case.objects import Case, StateRef
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler, Row, rows_of

MOST = 20_000
"""Most states that are listed."""


def listed(compiler: Compiler, plan: Plan) -> tuple[Compiler, bool]:
    """A compiler that holds the states that a plan needs, and whether changed plans can be tried too.

    The compiler itself where its states can be listed.

    Raises
    ------
    TooLargeError
        If even the states that the plan can lead to are too many.
    """
    try:
        compiler.space()
    except TooLargeError:
        return _few(compiler.case, plan)
    return compiler, True


def _few(case: Case, plan: Plan) -> tuple[Compiler, bool]:
    if case.status_quo is None:
        return ListedCompiler(case), False
    start = _one(case, case.status_quo.state)
    homes = list(dict.fromkeys((start, *_homes(case))))
    for whole in (True, False):
        values = _values(case, plan, start, homes, whole=whole)
        if prod(map(len, values)) <= MOST:
            rows = product(*values)
            return ListedCompiler(case, {_name(case, start, row): row for row in rows}), whole
    raise TooLargeError(
        f"the stages and walking away can lead to more than {MOST:,} states, of a case that has too many "
        "to be listed: let the stages settle fewer issues"
    )


def _one(case: Case, ref: StateRef) -> Row:
    rows = rows_of(case, ref)
    if len(rows) != 1:
        raise TooLargeError(
            "a case with too many states to list needs a status quo with a value for every issue"
        )
    return rows[0]


def _homes(case: Case) -> Iterator[Row]:
    """What no deal may be, to anybody."""
    if case.no_deal is not None and case.no_deal.state != "status_quo":
        yield from rows_of(case, case.no_deal.state)
    for preference in case.preferences.values():
        if preference.reservation is not None and preference.reservation.state is not None:
            yield from rows_of(case, preference.reservation.state)


def _values(
    case: Case, plan: Plan, start: Row, homes: Sequence[Row], *, whole: bool
) -> list[tuple[int, ...]]:
    """For each issue the values that it may have; with those on the way where ``whole``."""
    found = []
    for k, (name, issue) in enumerate(case.issues.items()):
        ends = {start[k], *(home[k] for home in homes)}
        settled = {issue.values.index(v) for v in _settled(case, plan, name) if v in issue.values}
        if settled and whole:
            settled |= set(range(min(settled | ends), max(settled | ends) + 1))
        if settled:
            back = {goes_back(issue, v, home[k], lost=False) for v in settled | ends for home in homes}
            ends |= settled | back
        found.append(tuple(sorted(ends)))
    return found


def _settled(case: Case, plan: Plan, issue: str) -> Iterator[str]:
    """The values that stages give an issue."""
    named = case.states if isinstance(case.states, Mapping) else {}
    for step in plan.steps:
        package = named.get(step.package, {}) if isinstance(step.package, str) else step.package
        if issue in package:
            yield package[issue]


def _name(case: Case, start: Row, row: Row) -> str:
    """What a state is called: the values that differ from the status quo."""
    issues = zip(case.issues.items(), start, row, strict=True)
    said = [f"{name} = {issue.values[now]}" for (name, issue), before, now in issues if now != before]
    return ", ".join(said) or "status quo"
