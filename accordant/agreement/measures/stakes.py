"""What each issue is worth to each party: what it would have it settled at, and how much hangs on that.

A party's *best* values of an issue are those worth most to it. What hangs on an issue between two
parties is, for each of them, the worth of its own best value less the worth of the other's: nothing
where both can have their best at once. All of this supposes that issues are worth what they are worth
each by itself: worths by issue, conditional terms left aside and named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accordant.agreement.picks import text
from accordant.case.expressions import parse
from accordant.case.objects import Case, Issue, Linear
from accordant.case.ranges import unit_of
from accordant.case.worths import ends_of
from accordant.model.frame import issue_values

Column = Mapping[str, Fraction]
"""For each value of an issue its worth."""


@dataclass(frozen=True, slots=True)
class Stake:
    """What hangs on one issue between two parties.

    Attributes
    ----------
    wanted
        For the first and for the second party the value it would have, of its best ones the one
        that is better for the other.
    points
        What each would lose by settling at what the other wants, in its own worth.
    """

    issue: str
    wanted: tuple[str, str]
    points: tuple[Fraction, Fraction]

    @property
    def agreed(self) -> bool:
        """Whether both can have their best at once."""
        return not any(self.points)


def columns(case: Case, party: str) -> Mapping[str, Column] | None:
    """What each value of each issue is worth to a party by itself; None where it gives no such worths.

    An issue that its worths do not name is worth nothing to it at any value.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"worth": {"x": {"no": 0, "yes": "2.5"}}}}})
    >>> columns(case, "a")
    {'x': {'no': Fraction(0, 1), 'yes': Fraction(5, 2)}}
    """
    preference = case.preferences.get(party)
    if preference is None or preference.worth is None or not case.issues or preference.ranged:
        return None
    found: dict[str, Column] = {}
    for name, issue in case.issues.items():
        worth = preference.worth.get(name)
        if isinstance(worth, Linear):
            found[name] = worth.along(issue.values)
        elif isinstance(worth, Mapping):
            found[name] = {v: Fraction(ends_of(worth[v])[0]) for v in issue.values}
        else:
            found[name] = dict.fromkeys(issue.values, Fraction(0))
    return found


def line(case: Case, party: str, issue: str) -> Linear | None:
    """What a divisible issue is worth to a party by itself at any number, as straight lines.

    Where the case gives a number for each step, lines are drawn from step to step. None where the
    party has no worths by issue, or terms that depend on this one, or where worths are ranges.
    """
    preference = case.preferences.get(party)
    if preference is None or preference.worth is None or issue in conditional(case, party):
        return None
    if preference.ranged:
        return None
    worth = preference.worth.get(issue)
    if isinstance(worth, Linear):
        return worth
    steps = case.issues[issue].values
    given = worth if isinstance(worth, Mapping) else dict.fromkeys(steps, Decimal(0))
    return Linear(linear=tuple((Decimal(v), given[v]) for v in steps))


def measured(issue: Issue, value: Fraction) -> str:
    """A number of an issue with its unit; one that is no short decimal also as what it is about.

    Examples
    --------
    >>> land = Issue(by=("a",), values=("0", "100"), unit="hectares")
    >>> measured(land, Fraction(5, 2)), measured(land, Fraction(300, 13))
    ('2.5 hectares', '300/13 hectares (about 23.08)')
    """
    exact = text(value)
    shown = f"{exact} {unit_of(value, issue.unit)}" if issue.unit else exact
    return f"{shown} (about {float(value):.2f})" if "/" in exact or len(exact) > 8 else shown


def conditional(case: Case, party: str) -> tuple[str, ...]:
    """The issues that a party's conditional terms speak of."""
    preference = case.preferences.get(party)
    values = issue_values(case)
    terms = () if preference is None else preference.also
    named = {name for term in terms for name in parse(term.if_, values).names}
    return tuple(i for i in case.issues if i in named)


def stake(issue: str, values: Sequence[str], first: Column, second: Column) -> Stake:
    """What hangs on one issue between two parties.

    Examples
    --------
    >>> found = stake("x", ["a", "b", "c"], {"a": Fraction(4), "b": Fraction(1), "c": Fraction(0)},
    ...                                     {"a": Fraction(0), "b": Fraction(1), "c": Fraction(1)})
    >>> found.wanted, found.points
    (('a', 'b'), (Fraction(3, 1), Fraction(1, 1)))
    """
    mine = _best(values, first, second)
    other = _best(values, second, first)
    return Stake(issue, (mine, other), (first[mine] - first[other], second[other] - second[mine]))


def _best(values: Sequence[str], own: Column, other: Column) -> str:
    return max(values, key=lambda v: (own[v], other[v]))
