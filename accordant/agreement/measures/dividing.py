"""Adjusted winner on a case: two parties, one package, at most one issue split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from accordant.agreement.measures.adjusted_winner import ALL, divide, pretence
from accordant.agreement.measures.divide_result import DivideResult, Feint, Share, Whole, short
from accordant.agreement.measures.large import listable
from accordant.agreement.measures.outcome import Outcome, points_of
from accordant.agreement.measures.own import owned
from accordant.agreement.measures.points import Contest, Given, contest
from accordant.agreement.measures.stakes import measured
from accordant.agreement.refusals import refusers
from accordant.agreement.stands import acceptors
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.listed import ListedCompiler
from accordant.model.settings import Setting
from accordant.model.view import View
from accordant.tables import Method


def divided(compiler: Compiler, points: Given | None = None) -> DivideResult:
    """Who wins which issue by adjusted winner, what that guarantees, and how it can be misled.

    Parameters
    ----------
    points
        By party 100 points on the issues, in place of those that worths or positions give.

    Raises
    ------
    InputError
        If there are not exactly two parties, or no points, or nothing to divide.

    Examples
    --------
    >>> worth = {"a": {"x": {"no": 0, "yes": 60}, "y": {"no": 0, "yes": 40}},
    ...          "b": {"x": {"no": 30, "yes": 0}, "y": {"no": 70, "yes": 0}}}
    >>> found = divided(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {p: {"worth": w} for p, w in worth.items()}})))
    >>> [(s.issue, s.settled, s.parts["a"]) for s in found.shares]
    [('x', 'yes', Fraction(1, 1)), ('y', None, Fraction(1, 11))]
    """
    case = compiler.case
    parties = acceptors(case)
    if len(parties) != 2:
        who = f"this one has {len(parties)}: {', '.join(parties)}" if parties else "this one has none"
        raise InputError(f"adjusted winner is for exactly two parties; {who}")
    found = contest(case, (parties[0], parties[1]), points or {})
    made = divide(*found.points)
    outcome = Outcome(case, found, made)
    first, second = outcome.gets
    packages = outcome.packages()
    view = _view(compiler, packages)
    return DivideResult(
        case.title,
        found.parties,
        tuple(_share(outcome, k) for k in range(len(found.issues))),
        {i: case.issues[i].shown(v) for i, v in found.agreed.items()},
        dict(zip(found.parties, (first, second), strict=True)),
        {
            "efficient": outcome.efficient,
            "equitable": first == second,
            "envy_free": min(first, second) >= ALL / 2,
        },
        tuple(_whole(case, found, view, values) for values in packages),
        tuple(f for k in (0, 1) if (f := _feint(case, found, k)) is not None),
        dict(zip(found.parties, found.sources, strict=True)),
        Method("adjusted winner, in exact fractions", True, 1, "", (("setting", "as written"),)),
        (*found.notes, *outcome.notes()),
    )


def _view(compiler: Compiler, packages: Sequence[Mapping[str, str]]) -> View:
    """The case as it is written; of very many states only those that matter here."""
    if not listable(compiler):
        issues = compiler.case.issues
        rows = [tuple(issue.values.index(p[i]) for i, issue in issues.items()) for p in packages]
        compiler = ListedCompiler(compiler.case, {f"package {k}": row for k, row in enumerate(rows, 1)})
    return compiler.view(Setting(frozenset(compiler.setting_space().lost)))


def _share(outcome: Outcome, k: int) -> Share:
    found, x = outcome.found, outcome.made.shares[k]
    issue = found.issues[k]
    held = outcome.case.issues[issue]
    shown = held.shown
    settled: str | None = shown(found.wanted[0 if x else 1][issue])
    if k == outcome.made.split:
        settled = None if outcome.settled is None else measured(held, outcome.settled[0])
    a, b = found.parties
    return Share(
        issue,
        {a: shown(found.wanted[0][issue]), b: shown(found.wanted[1][issue])},
        {a: found.points[0][k], b: found.points[1][k]},
        dict(zip((a, b), outcome.parts[k], strict=True)),
        settled,
    )


def _whole(case: Case, found: Contest, view: View, values: dict[str, str]) -> Whole:
    points = {p: points_of(case, found, i, values) or Fraction(0) for i, p in enumerate(found.parties)}
    landing = view.package(values)
    if landing.state is None:
        return Whole(values, points, None, landing.impossible, dict.fromkeys(found.parties), ())
    rows = owned(view)
    accepted = {p: rows[p].accepts(landing.state) if p in rows else None for p in found.parties}
    refused = refusers(view, landing.state)
    return Whole(values, points, view.space.name(landing.state), "", accepted, refused)


def _feint(case: Case, found: Contest, i: int) -> Feint | None:
    held = pretence(found.points[i], found.points[1 - i])
    if held is None:
        return None
    party, other = found.parties[i], found.parties[1 - i]
    stated = dict(zip(found.issues, held.stated, strict=True))
    told = ", ".join(f"{issue} {short(many)}" for issue, many in stated.items())
    name, them = case.party_name(party), case.party_name(other)
    says = (
        f"If {name} knew the points of {them} and stated {told} instead of its own, it would get "
        f"{short(held.gets)} of its true points instead of {short(held.honest)}, and {them} "
        f"{short(held.other_gets)} instead of {short(held.other_honest)}; no statement brings it more than "
        f"{short(held.bound)}."
    )
    return Feint(party, stated, held.honest, held.gets, held.other_honest, held.other_gets, held.bound, says)
