"""Adjusted winner on a case: two parties, one package, at most one issue split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from accordant.agreement.lenses.telling import listed, number
from accordant.agreement.measures.adjusted_winner import ALL, Division, divide, pretence
from accordant.agreement.measures.divide_result import DivideResult, Feint, Share, Whole, short
from accordant.agreement.measures.own import owned
from accordant.agreement.measures.points import Contest, Given, contest
from accordant.agreement.measures.stakes import columns, line
from accordant.agreement.numbers import NoBargain, bargain_of
from accordant.agreement.stands import acceptors
from accordant.case.objects import Case
from accordant.case.ranges import ascending_numbers
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
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
    split = _Split(case, found, made)
    view, notes = _view(compiler)
    return DivideResult(
        case.title,
        found.parties,
        tuple(_share(case, found, made, split, k) for k in range(len(found.issues))),
        {i: case.issues[i].shown(v) for i, v in found.agreed.items()},
        dict(zip(found.parties, (made.first, made.second), strict=True)),
        {
            "efficient": split.straight,
            "equitable": made.first == made.second,
            "envy_free": min(made.first, made.second) >= ALL / 2,
        },
        tuple(_whole(case, found, view, values) for values in split.packages()),
        tuple(f for k in (0, 1) if (f := _feint(case, found, k)) is not None),
        dict(zip(found.parties, found.sources, strict=True)),
        Method("adjusted winner, in exact fractions", True, 1, "", (("setting", "as written"),)),
        (*found.notes, *split.notes(), *notes),
    )


def _view(compiler: Compiler) -> tuple[View | None, list[str]]:
    """The case as it is written, where its packages can be listed."""
    try:
        return compiler.view(Setting(frozenset(compiler.setting_space().lost))), []
    except TooLargeError:
        return None, ["There are too many packages to list: rules, red lines and vetoes were not looked at."]


@dataclass(frozen=True, eq=False)
class _Split:
    """The issue that is split, and what can be made of it."""

    case: Case
    found: Contest
    made: Division

    @property
    def issue(self) -> str | None:
        return None if self.made.split is None else self.found.issues[self.made.split]

    def _lines(self) -> list[tuple[Fraction, Fraction, Fraction]] | None:
        """(number, points of the first, points of the second) where the worths of the issue bend.

        None where it cannot be settled in between. Points are counted from what the other wants, so
        that they go from none to all.
        """
        issue, k = self.issue, self.made.split
        if issue is None or k is None or not self.case.issues[issue].divisible:
            return None
        if ascending_numbers(self.case.issues[issue].values) is None:
            return None
        ends = [Fraction(self.found.wanted[i][issue]) for i in (0, 1)]
        held = [
            line(self.case, party, issue) if source == "worths" else None
            for party, source in zip(self.found.parties, self.found.sources, strict=True)
        ]
        cuts = {*ends, *(Fraction(x) for h in held if h for x, _ in h.linear if min(ends) < x < max(ends))}
        found = []
        for x in sorted(cuts, reverse=ends[0] < ends[1]):
            row = []
            for i, h in enumerate(held):
                own, other = ends[i], ends[1 - i]
                part = (x - other) / (own - other)
                if h is not None and h.at(own) != h.at(other):
                    part = (h.at(x) - h.at(other)) / (h.at(own) - h.at(other))
                row.append(part * self.found.points[i][k])
            found.append((x, row[0], row[1]))
        return found

    @property
    def straight(self) -> bool:
        """Whether what the two get of the split issue is in proportion to its number, or there is none."""
        rows, k = self._lines(), self.made.split
        if rows is None or k is None:
            return True
        first, last = rows[0][0], rows[-1][0]
        return all(
            row[1] == self.found.points[0][k] * (row[0] - last) / (first - last)
            and row[2] == self.found.points[1][k] * (first - row[0]) / (first - last)
            for row in rows
        )

    def number(self) -> Fraction | None:
        """The number at which both have as many of their points."""
        rows = self._lines()
        if rows is None or self.made.split is None:
            return None
        k = self.made.split
        p, q = self.found.points
        x = self.made.shares[k]
        rest = (self.made.first - x * p[k], self.made.second - (1 - x) * q[k])
        ahead = [(at, rest[0] + a - rest[1] - b) for at, a, b in rows]
        for (x0, y0), (x1, y1) in pairwise(ahead):
            if y0 >= 0 >= y1 and y0 != y1:
                return x0 + (x1 - x0) * y0 / (y0 - y1)
        return None

    def notes(self) -> list[str]:
        issue = self.issue
        if issue is None:
            return []
        if self.number() is not None:
            if self.straight:
                return []
            return [
                f"Worths of {issue} are not straight lines between what the two want: it is settled where "
                "both get as many of their points, and something better for one and worse for neither may "
                "exist."
            ]
        parts = [
            f"{self.case.party_name(p)} {short(100 * part)} %"
            for p, part in zip(self.found.parties, self._parts(), strict=True)
        ]
        return [
            f"{issue} has to be split ({listed(parts)}) but is not divisible: by turns, by lot with these "
            "chances, or one has it and compensates the other; the packages below come closest."
        ]

    def _parts(self) -> tuple[Fraction, Fraction]:
        assert self.made.split is not None
        x = self.made.shares[self.made.split]
        return x, 1 - x

    def packages(self) -> list[dict[str, str]]:
        """Packages of listed values; where an issue is split those nearest to equal on either side."""
        values = dict(self.found.agreed)
        for k, issue in enumerate(self.found.issues):
            values[issue] = self.found.wanted[0 if self.made.shares[k] else 1][issue]
        split = self.issue
        if split is None:
            return [values]
        lead: dict[str, Fraction] = {}
        for value in self.case.issues[split].values:
            first, second = (points_of(self.case, self.found, i, {**values, split: value}) for i in (0, 1))
            if first is not None and second is not None:
                lead[value] = first - second
        ahead = min(x for x in lead.values() if x >= 0)
        behind = max(x for x in lead.values() if x <= 0)
        return [{**values, split: value} for value, x in lead.items() if x in (ahead, behind)]


def _share(case: Case, found: Contest, made: Division, split: _Split, k: int) -> Share:
    issue, x = found.issues[k], made.shares[k]
    shown = case.issues[issue].shown
    settled: str | None
    settled = shown(found.wanted[0 if x else 1][issue])
    if k == made.split:
        at = split.number()
        settled = None if at is None else shown(number(at))
    a, b = found.parties
    return Share(
        issue,
        {a: shown(found.wanted[0][issue]), b: shown(found.wanted[1][issue])},
        {a: found.points[0][k], b: found.points[1][k]},
        {a: x, b: 1 - x},
        settled,
    )


def _whole(case: Case, found: Contest, view: View | None, values: dict[str, str]) -> Whole:
    points = {p: points_of(case, found, i, values) or Fraction(0) for i, p in enumerate(found.parties)}
    if view is None:
        return Whole(values, points, None, "", dict.fromkeys(found.parties), False)
    landing = view.package(values)
    if landing.state is None:
        return Whole(values, points, None, landing.impossible, dict.fromkeys(found.parties), False)
    rows, bargain = owned(view), bargain_of(view)
    accepted = {p: rows[p].accepts(landing.state) if p in rows else None for p in found.parties}
    refused = not isinstance(bargain, NoBargain) and not bargain.allowed[landing.state]
    return Whole(values, points, view.space.name(landing.state), "", accepted, refused)


def points_of(case: Case, found: Contest, i: int, values: Mapping[str, str]) -> Fraction | None:
    """What a party gets of its points where every issue has a listed value; None where that is not known."""
    total = Fraction(0)
    for k, issue in enumerate(found.issues):
        part = _part(case, found, i, issue, values[issue])
        if part is None:
            return None
        total += found.points[i][k] * part
    return total


def _part(case: Case, found: Contest, i: int, issue: str, value: str) -> Fraction | None:
    """What a value holds for a party, as a part of what hangs on the issue."""
    own, other = found.wanted[i][issue], found.wanted[1 - i][issue]
    if value in (own, other):
        return Fraction(value == own)
    held = columns(case, found.parties[i]) if found.sources[i] == "worths" else None
    if held is not None:
        column = held[issue]
        whole = column[own] - column[other]
        return (column[value] - column[other]) / whole if whole else Fraction(0)
    if ascending_numbers(case.issues[issue].values) is None:
        return None
    return (Fraction(value) - Fraction(other)) / (Fraction(own) - Fraction(other))


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
