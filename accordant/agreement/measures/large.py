"""Levers and improvements where there are too many packages to list: only what is near is put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from accordant.agreement.additive.building import additive_of
from accordant.agreement.additive.frontier import frontier
from accordant.agreement.additive.listing import near, permitted
from accordant.agreement.additive.problem import Additive, Codes
from accordant.agreement.levers import LARGEST
from accordant.agreement.measures.improvements import LISTED, Improvement, Improvements, gains_of
from accordant.agreement.numbers import NoBargain
from accordant.agreement.result import Answer
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler, landing_row
from accordant.model.settings import Setting

if TYPE_CHECKING:
    from accordant.agreement.measures.lever_result import LeversResult


def listable(compiler: Compiler) -> bool:
    """Whether the states of a case are few enough to be listed."""
    try:
        compiler.space()
    except TooLargeError:
        return False
    return True


def large_improvements(problem: Additive, codes: Sequence[int], name: str) -> Improvements:
    """What could still be had beyond a package, as :func:`improvements`, without listing packages.

    Parameters
    ----------
    codes
        The value numbers of the package.
    name
        What it is called; others are called by their values.

    Raises
    ------
    TooLargeError
        If the frontier has too many points, or rules couple too many issues.

    Examples
    --------
    >>> from accordant.agreement.additive.problem import make_additive
    >>> problem = make_additive([[[0, 2, 3], [0, 2, 0]]] * 40, [0, 0])
    >>> found = large_improvements(problem, [2] * 40, "signed")
    >>> found.most["p1"], found.most["p2"], found.count is None
    (Fraction(0, 1), Fraction(0, 1), True)
    """
    k = len(problem.parties)
    held = problem.worth(codes)[:k]
    found = frontier(replace(problem, reservations=held))
    worths = found.points.worths
    better = [p for p in range(found.points.m) if tuple(worths[:, p].tolist()) != held]
    tops = worths.max(axis=1).tolist() if found.points.m else held
    best: list[Improvement] = []
    for p in better:
        for row in found.members(p, LISTED - len(best)):
            best.append(
                Improvement(_said(problem, codes, row), gains_of(problem, held, worths[:, p].tolist()))
            )
        if len(best) >= LISTED:
            break
    return Improvements(
        name, None, tuple(best), sum(found.number(p) for p in better), gains_of(problem, held, tops)
    )


def _said(problem: Additive, before: Sequence[int], row: Codes) -> str:
    """A package by what it changes."""
    changed = [
        f"{issue}={values[new]}"
        for issue, values, old, new in zip(problem.issues, problem.values, before, row, strict=True)
        if old != new
    ]
    return f"with {', '.join(changed)}"


def large_levers(compiler: Compiler, proposal: str) -> LeversResult:
    """The levers of a proposal, as :func:`accordant.agreement.measures.levering.levers`.

    Changes that lead to an agreement as the case is written are put together and compared over all
    settings; which of them are efficient is known where nothing is unsure.
    """
    from accordant.agreement.measures.levering import levers_in

    listed = ListedCompiler(compiler.case)
    setting = Setting(frozenset(listed.setting_space().lost))
    problem = additive_of(compiler, setting, lined=True)
    codes = landing_row(compiler.case, compiler.case.proposals[proposal].package)
    if isinstance(problem, NoBargain) or codes is None:
        why = problem.reason if isinstance(problem, NoBargain) else f"{proposal} leads to no single package."
        return _noted(levers_in(listed, proposal), f"Changes were not looked at: {why}")
    more, complete = _around(problem, compiler, codes, proposal)
    result = levers_in(ListedCompiler(compiler.case, more), proposal)
    if not complete:
        result = _noted(result, "Not every change was looked at: those of fewest steps were.")
    settled = listed.setting_space().of_packages == 1
    if not settled and not any(p.lever.certain for group in result.levers for p in group.listed):
        note = "Changes that are agreements only where something unsure is otherwise were not looked at."
        result = _noted(result, note)
    return _with_efficiency(result, problem, codes, settled=settled)


def _noted(result: LeversResult, note: str) -> LeversResult:
    return replace(result, notes=(*result.notes, note))


def _around(
    problem: Additive, compiler: Compiler, codes: Codes, proposal: str
) -> tuple[dict[str, Codes], bool]:
    """Names for the packages near one: small changes, and every value of an issue that is paid in."""
    found: dict[Codes, str] = {}
    complete = True
    allowed = permitted(compiler.case)
    for size in range(1, min(LARGEST, len(codes)) + 1):
        rows, whole = near(problem, codes, size, allowed)
        complete = complete and whole
        for row in rows.tolist():
            found[tuple(row)] = f"{proposal} changed {len(found) + 1}"
    for k, issue in enumerate(compiler.case.issues.values()):
        if issue.transfer is not None:
            for value in range(problem.shape[k]):
                row = (*codes[:k], value, *codes[k + 1 :])
                found.setdefault(row, f"{proposal} changed {len(found) + 1}")
    return {name: row for row, name in found.items()}, complete


def _with_efficiency(result: LeversResult, problem: Additive, codes: Codes, *, settled: bool) -> LeversResult:
    """Say of each change whether it is efficient among all packages, not among those listed."""
    try:
        found = frontier(problem) if settled else None
    except TooLargeError:
        found = None

    def answered(changes: Mapping[str, tuple[str, str]]) -> Answer:
        if found is None:
            return "unknown"
        package = {**problem.package(codes), **{i: new for i, (_, new) in changes.items()}}
        return "no" if found.point(problem.codes(package)) is None else "yes"

    return replace(
        result,
        levers=tuple(
            replace(
                group,
                listed=tuple(
                    replace(p, lever=replace(p.lever, efficient=answered(p.lever.changes)))
                    for p in group.listed
                ),
            )
            for group in result.levers
        ),
    )
