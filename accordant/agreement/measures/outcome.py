"""What a division comes to on a case: where a split issue is settled, and whether nothing better is left.

Adjusted winner supposes that a part of an issue is worth that part of its points. A case says what
values between the two wishes are worth, and that need not be in proportion: so a divisible issue is
settled where both really get as many of their points, and whether the outcome is efficient is worked
out from what every value holds (:meth:`Outcome.efficient`).

Notation: a *part* is what a value of an issue holds for a party, 0 at what the other wants, 1 at what
the party itself wants.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from accordant.agreement.lenses.telling import listed
from accordant.agreement.measures.adjusted_winner import Division
from accordant.agreement.measures.divide_result import short
from accordant.agreement.measures.points import Contest
from accordant.agreement.measures.stakes import columns, line
from accordant.case.objects import Case
from accordant.case.ranges import ascending_numbers

Parts = tuple[Fraction, Fraction]


def part(case: Case, found: Contest, i: int, issue: str, value: str) -> Fraction | None:
    """What a listed value holds for a party; None where that is not known."""
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


def points_of(case: Case, found: Contest, i: int, values: Mapping[str, str]) -> Fraction | None:
    """What a party gets of its points where every issue has a listed value; None where that is not known."""
    total = Fraction(0)
    for k, issue in enumerate(found.issues):
        held = part(case, found, i, issue, values[issue])
        if held is None:
            return None
        total += found.points[i][k] * held
    return total


@dataclass(frozen=True, eq=False)
class Outcome:
    """A division on a case."""

    case: Case
    found: Contest
    made: Division

    @property
    def issue(self) -> str | None:
        """The issue that is split."""
        return None if self.made.split is None else self.found.issues[self.made.split]

    def _between(self, issue: str) -> list[tuple[Fraction, Parts]]:
        """For a divisible issue: its numbers from what the first wants to what the second does, and parts.

        The numbers are those where worths bend; in between they are straight. Nothing where the issue
        cannot be settled in between.
        """
        settled, found = self.case.issues[issue], self.found
        if not settled.divisible or ascending_numbers(settled.values) is None:
            return []
        ends = [Fraction(found.wanted[i][issue]) for i in (0, 1)]
        held = [
            line(self.case, party, issue) if source == "worths" else None
            for party, source in zip(found.parties, found.sources, strict=True)
        ]
        cuts = {*ends}
        for h in held:
            cuts |= {x for a, _ in (h.linear if h else ()) if min(ends) < (x := Fraction(a)) < max(ends)}
        rows = []
        for x in sorted(cuts, reverse=ends[0] > ends[1]):
            both = []
            for i, h in enumerate(held):
                own, other = ends[i], ends[1 - i]
                whole = h.at(own) - h.at(other) if h is not None else Fraction(0)
                straight = (x - other) / (own - other)
                both.append((h.at(x) - h.at(other)) / whole if h is not None and whole else straight)
            rows.append((x, (both[0], both[1])))
        return rows

    @cached_property
    def settled(self) -> tuple[Fraction, Parts] | None:
        """The number at which the split issue leaves both with as many points, and what it holds there."""
        k, issue = self.made.split, self.issue
        if k is None or issue is None:
            return None
        p, q = self.found.points[0][k], self.found.points[1][k]
        x = self.made.shares[k]
        lead = self.made.first - x * p - (self.made.second - (1 - x) * q)  # without this issue
        for (x0, (a0, b0)), (x1, (a1, b1)) in pairwise(self._between(issue)):
            y0, y1 = lead + a0 * p - b0 * q, lead + a1 * p - b1 * q
            if y0 >= 0 >= y1:
                t = y0 / (y0 - y1) if y0 != y1 else Fraction(0)
                return x0 + t * (x1 - x0), (a0 + t * (a1 - a0), b0 + t * (b1 - b0))
        return None

    @cached_property
    def parts(self) -> tuple[Parts, ...]:
        """For each issue what the division holds for either."""
        found = [(x, 1 - x) for x in self.made.shares]
        if self.settled is not None and self.made.split is not None:
            found[self.made.split] = self.settled[1]
        return tuple(found)

    @property
    def gets(self) -> Parts:
        """What either gets of its points."""
        first, second = (
            sum(
                (many * held[i] for many, held in zip(self.found.points[i], self.parts, strict=True)),
                Fraction(0),
            )
            for i in (0, 1)
        )
        return first, second

    @cached_property
    def efficient(self) -> bool:
        """Whether no values of the issues, lots included, are better for one and worse for neither.

        It is if the points of the first and ``r`` times those of the second add up to the most on every
        issue by itself, for one positive ``r``: each value of an issue bounds ``r`` from one side.
        """
        low, high = Fraction(0), None
        for k, issue in enumerate(self.found.issues):
            p, q = self.found.points[0][k], self.found.points[1][k]
            here = self.parts[k]
            for a, b in self._offered(issue):
                more, less = (a - here[0]) * p, (here[1] - b) * q  # more <= r * less
                if less > 0:
                    low = max(low, more / less)
                elif less < 0:
                    high = more / less if high is None else min(high, more / less)
                elif more > 0:
                    return False
        return high is None or (high > 0 and low <= high)

    def _offered(self, issue: str) -> list[Parts]:
        """What every value of an issue holds for either."""
        found = [held for _, held in self._between(issue)]
        for value in self.case.issues[issue].values:
            a, b = (part(self.case, self.found, i, issue, value) for i in (0, 1))
            if a is not None and b is not None:
                found.append((a, b))
        return found

    def notes(self) -> list[str]:
        """What a reader has to know of the outcome."""
        said = []
        issue, k = self.issue, self.made.split
        if issue is not None and k is not None and self.settled is None:
            x = self.made.shares[k]
            shares = [
                f"{self.case.party_name(p)} {short(100 * some)} %"
                for p, some in zip(self.found.parties, (x, 1 - x), strict=True)
            ]
            said.append(
                f"{issue} has to be split ({listed(shares)}) but is not divisible: by turns, by lot with "
                "these chances, or one has it and compensates the other; the listed packages come closest."
            )
        if not self.efficient:
            said.append(
                "Values between what the two want hold more for them than parts of an issue do, so that "
                "something better for one and worse for neither may exist; deals lists efficient packages."
            )
        return said

    def packages(self) -> list[dict[str, str]]:
        """Packages of listed values; where an issue is split those nearest to equal on either side."""
        won = {
            issue: self.found.wanted[0 if self.made.shares[k] else 1][issue]
            for k, issue in enumerate(self.found.issues)
        }
        values = {i: won.get(i) or self.found.agreed[i] for i in self.case.issues}
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
