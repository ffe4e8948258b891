"""Side payments that would make a refused package acceptable: in worth, and in an issue that is paid in.

A party that refuses a package because it is worth less to it than no deal lacks the difference, in
its own worth. Where the case has an issue with ``transfer``, moving it alone may pay for that: the
values at which everybody accepts are looked for, and of these the one nearest to the package's. A
``divisible`` issue may be settled between its steps; where worths are straight lines there, the
nearest value is found exactly. Red lines, vetoes and rules refuse whatever is paid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from accordant.agreement.bargain import Bargain
from accordant.agreement.lenses.telling import listed, readable
from accordant.agreement.measures.extremes import told
from accordant.agreement.measures.stakes import line, measured
from accordant.case.objects import Case, Issue
from accordant.case.ranges import ascending_numbers
from accordant.model.view import View


@dataclass(frozen=True, slots=True)
class Compensation:
    """What would have to be paid in worth.

    Attributes
    ----------
    short
        By party that refuses for the numbers: what it lacks, in its own worth.
    spare
        By party that accepts: what it could give up before it refuses, in its own worth; None for a
        party that has given an order only.
    enough
        Whether what is spare covers what lacks, if worth were one currency for all of them; None
        where not everybody has given numbers.
    """

    short: Mapping[str, Fraction]
    spare: Mapping[str, Fraction | None]
    enough: bool | None
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "short": {p: told(v) for p, v in self.short.items()},
            "spare": {p: told(v) for p, v in self.spare.items()},
            "enough": self.enough,
            "says": self.sentence,
        }


@dataclass(frozen=True, slots=True)
class Payment:
    """One issue moved alone so that somebody is paid.

    Attributes
    ----------
    issue, pays, paid
        The issue, and who pays whom the more of it there is.
    before, after
        Its value in the package and the new one, as numbers in text; ``after`` is None where no
        value makes everybody accept.
    between
        Whether the new value lies between two steps.
    changes
        What each party gains by the payment, or loses (below zero), in its own worth; None for a
        difference that is not a number.
    """

    issue: str
    pays: str
    paid: str
    before: str
    after: str | None
    between: bool
    changes: Mapping[str, Fraction | None]
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "issue": self.issue,
            "pays": self.pays,
            "paid": self.paid,
            "before": self.before,
            "after": self.after,
            "between": self.between,
            "changes": {p: told(v) for p, v in self.changes.items()},
            "says": self.sentence,
        }


def compensation(case: Case, bargain: Bargain, state: int) -> Compensation | None:
    """What the parties that refuse a package for the numbers lack, and what the others have to spare.

    None where a red line or a veto refuses it, where nobody lacks anything that can be counted, or
    where a party lacks what only its order tells.

    Examples
    --------
    >>> from accordant.agreement.bargain import make_bargain
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {"name": "Alpha"}, "b": {}}})
    >>> found = compensation(case, make_bargain([[2], [9]], [5, 4], parties=["a", "b"]), 0)
    >>> found.short, found.enough
    ({'a': Fraction(3, 1)}, True)
    """
    if not bargain.allowed[state]:
        return None
    over = {p: int(bargain.worths[i, state]) - bargain.reservations[i] for i, p in enumerate(bargain.parties)}
    cardinal = dict(zip(bargain.parties, bargain.cardinal, strict=True))
    scale = dict(zip(bargain.parties, bargain.scales, strict=True))
    refuse = [p for p, more in over.items() if more < 0]
    if not refuse or not all(cardinal[p] for p in refuse):
        return None
    short = {p: Fraction(-over[p], scale[p]) for p in refuse}
    spare = {
        p: Fraction(more, scale[p]) if cardinal[p] else None for p, more in over.items() if p not in refuse
    }
    known = [v for v in spare.values() if v is not None]
    enough = sum(known, Fraction(0)) >= sum(short.values(), Fraction(0)) if all(cardinal.values()) else None
    return Compensation(short, spare, enough, _compensation_says(case, short, spare, enough))


def _compensation_says(
    case: Case, short: Mapping[str, Fraction], spare: Mapping[str, Fraction | None], enough: bool | None
) -> str:
    lacks = listed(f"{readable(v)} to {case.party_name(p)}" for p, v in short.items())
    said = [f"A side payment worth {lacks} would make it acceptable, each counted in that party's own worth"]
    counted = [f"{case.party_name(p)} has {readable(v)} to spare" for p, v in spare.items() if v is not None]
    if counted:
        said.append(f"{listed(counted)}, counted in its own" if len(counted) == 1 else listed(counted))
    if not any(v is None or v > 0 for v in spare.values()):
        said.append("nobody gains anything by it, so that there is nothing to pay this from")
    elif enough is not None:
        said.append(
            f"were worth one currency for all, that would {'be' if enough else 'not be'} enough to pay it"
        )
    return f"{'; '.join(said)}."


def transfers(view: View, bargain: Bargain, values: Mapping[str, str]) -> tuple[Payment, ...]:
    """For each issue that is paid in, the nearest value at which everybody accepts the package.

    Parameters
    ----------
    values
        The package, a value for every issue.
    """
    issues = view.case.issues
    return tuple(
        _payment(_Paid(view, bargain, values, name, issue))
        for name, issue in issues.items()
        if issue.transfer is not None
        and ascending_numbers(issue.values) is not None
        and values.get(name, "*") != "*"
    )


class _Paid:
    """One issue that is paid in, all others as in the package."""

    def __init__(
        self, view: View, bargain: Bargain, values: Mapping[str, str], name: str, issue: Issue
    ) -> None:
        assert issue.transfer is not None
        self.view, self.bargain, self.name, self.issue = view, bargain, name, issue
        self.pays, self.paid = issue.transfer.from_, issue.transfer.to
        self.before = values[name]
        self.states = {v: view.package({**values, name: v}).state for v in issue.values}
        self.numbers = {v: Fraction(v) for v in issue.values}
        self.names = {x: v for v, x in self.numbers.items()}
        self.k = len(bargain.parties)
        self.lines = [line(view.case, p, name) for p in bargain.parties]

    def accepted(self) -> list[str]:
        """The steps at which everybody accepts."""
        rational = self.bargain.rational()
        return [v for v, s in self.states.items() if s is not None and rational[s]]

    def nearest(self) -> list[Fraction]:
        """The numbers nearest to the package's at which everybody accepts: none, one, or two as near."""
        found = {self.numbers[v] for v in self.accepted()}
        if self.issue.divisible:
            found |= set(self._between())
        here = self.numbers[self.before]
        least = min((abs(x - here) for x in found), default=None)
        return sorted(x for x in found if abs(x - here) == least)

    def _between(self) -> list[Fraction]:
        """Numbers between two steps at which somebody just accepts, and everybody does."""
        found = []
        for low, high in pairwise(self.issue.values):
            a, b = self.states[low], self.states[high]
            if a is None or b is None or not (self.bargain.allowed[a] and self.bargain.allowed[b]):
                continue
            ends = (self.numbers[low], self.numbers[high])
            cuts = {x for i in range(self.k) for x in self._crossings(i, *ends)}
            found += [x for x in cuts if all(self._accepts(i, x) for i in range(self.k))]
        return found

    def _crossings(self, i: int, low: Fraction, high: Fraction) -> list[Fraction]:
        """Where a party's worth passes that of no deal, strictly between two neighbouring steps."""
        held = self.lines[i]
        if held is None:
            return []
        bends = sorted({low, high, *(x for a, _ in held.linear if low < (x := Fraction(a)) < high)})
        over = [self.over(i, x) or Fraction(0) for x in bends]
        found = [x for x, more in zip(bends[1:-1], over[1:-1], strict=True) if not more]
        for (x, y), (a, b) in zip(pairwise(bends), pairwise(over), strict=True):
            if min(a, b) < 0 < max(a, b):
                found.append(x - a * (y - x) / (b - a))
        return found

    def _accepts(self, i: int, x: Fraction) -> bool:
        over = self.over(i, x)
        return over is not None and over >= 0

    def over(self, i: int, x: Fraction) -> Fraction | None:
        """What the package is worth to a party over no deal with the issue at a number, on its scale.

        None between two steps where its worths are no straight lines.
        """
        step = max(n for n in self.numbers.values() if n <= x)
        state = self.states[self.names[step]]
        if state is None:
            return None
        here = Fraction(int(self.bargain.worths[i, state]) - self.bargain.reservations[i])
        if step == x:
            return here
        held = self.lines[i]
        return None if held is None else here + self.bargain.scales[i] * (held.at(x) - held.at(step))

    def changes(self, after: Fraction) -> dict[str, Fraction | None]:
        """What each party gains when the issue is settled at a number instead."""
        found: dict[str, Fraction | None] = {}
        for i, party in enumerate(self.bargain.parties):
            new, old = self.over(i, after), self.over(i, self.numbers[self.before])
            more = None if new is None or old is None else new - old
            known = more is not None and (self.bargain.cardinal[i] or not more)
            found[party] = more / self.bargain.scales[i] if known and more is not None else None
        return found


def _payment(paid: _Paid) -> Payment:
    case, issue = paid.view.case, paid.issue
    found = paid.nearest()
    before = issue.shown(paid.before)
    if not found:
        says = f"No value of {paid.name} alone makes everybody accept it."
        return Payment(paid.name, paid.pays, paid.paid, paid.before, None, False, {}, says)
    after = found[0]
    between = after not in paid.numbers.values()
    changes = paid.changes(after)
    who = f"{case.party_name(paid.pays)} pays {case.party_name(paid.paid)}"
    where = " (between two steps)" if between else ""
    new = f"{paid.name} at {measured(issue, after)} instead of {before}{where}"
    says = f"With {new}, everybody accepts it; {who}"
    more = after > paid.numbers[paid.before]
    says += f" {readable(abs(after - paid.numbers[paid.before]))} {'more' if more else 'less'}"
    says += _changes_say(case, changes)
    if len(found) > 1:
        says += f"; {measured(issue, found[1])} is as near"
    return Payment(paid.name, paid.pays, paid.paid, paid.before, told(after), between, changes, f"{says}.")


def _changes_say(case: Case, changes: Mapping[str, Fraction | None]) -> str:
    parts = [changed(case.party_name(p), v) for p, v in changes.items() if v is not None and v]
    return f": {listed(parts)}, each in its own worth" if parts else ""


def changed(who: str, value: Fraction) -> str:
    """What a party gains or loses, in words.

    Examples
    --------
    >>> changed("Union", Fraction(5, 2)), changed("Firm", Fraction(-3))
    ('Union gains 2.5', 'Firm loses 3')
    """
    return f"{who} {'gains' if value > 0 else 'loses'} {readable(abs(value))}"
