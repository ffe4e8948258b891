"""Points for adjusted winner: what each of two parties would have, issue by issue, and how much it counts.

Points come, in this order, from what is asked for, from worths by issue, and from stated positions
with their importance. Only of worths it is known how much each value counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from accordant.agreement.lenses.telling import listed, number
from accordant.agreement.measures.adjusted_winner import ALL, normalised
from accordant.agreement.measures.stakes import Column, columns, conditional, stake
from accordant.case.objects import Case
from accordant.errors import InputError, did_you_mean

Source = Literal["given", "worths", "positions"]

IMPORTANCE = {"high": 3, "medium": 2, "low": 1, None: 1}
"""What an importance counts, where there is nothing better: an assumption, said wherever it is used."""


@dataclass(frozen=True, slots=True)
class Contest:
    """Two parties' points.

    Attributes
    ----------
    issues
        Those on which they differ; ``wanted`` what each would have, ``points`` 100 of each party.
    agreed
        What the others are settled at: both want it, or neither minds.
    sources
        Where each party's points come from.
    """

    parties: tuple[str, str]
    issues: tuple[str, ...]
    wanted: tuple[Mapping[str, str], Mapping[str, str]]
    points: tuple[tuple[Fraction, ...], tuple[Fraction, ...]]
    agreed: Mapping[str, str]
    sources: tuple[Source, Source]
    notes: tuple[str, ...] = ()


Given = Mapping[str, Mapping[str, Fraction]]
"""By party, points by issue."""


def contest(case: Case, parties: tuple[str, str], given: Given) -> Contest:
    """What two parties have to divide.

    Raises
    ------
    InputError
        If a party has neither worths by issue nor positions, points do not add up to 100, or there is
        nothing that both care for.
    """
    _check(case, parties, given)
    sides = tuple(_Side(case, p, given.get(p)) for p in parties)
    lacking = [case.party_name(s.party) for s in sides if not s.known]
    if lacking:
        raise InputError(
            f"adjusted winner needs points: of {listed(lacking)} there are neither worths by issue nor "
            "positions; write worth or positions (and --points PARTY=issue:number,… for other points)"
        )
    wanted, weights, agreed = _contested(case, sides[0], sides[1])
    issues = tuple(i for i in case.issues if i not in agreed)
    points = tuple(_hundred(case, s, weights[k], issues) for k, s in enumerate(sides))
    notes = [note for s in sides for note in s.notes()]
    return Contest(
        parties,
        issues,
        wanted,
        (points[0], points[1]),
        agreed,
        (sides[0].source, sides[1].source),
        tuple(notes),
    )


def _check(case: Case, parties: tuple[str, str], given: Given) -> None:
    wrong = []
    for party, points in given.items():
        if party not in parties:
            hint = did_you_mean(party, parties)
            wrong.append(f"--points {party}: is none of {' and '.join(parties)}{f'; {hint}' if hint else ''}")
        for issue, many in points.items():
            if issue not in case.issues:
                hint = did_you_mean(issue, list(case.issues))
                known = ", ".join(case.issues) + (f"; {hint}" if hint else "")
                wrong.append(f"--points {party}: there is no issue {issue!r}; allowed: {known}")
            if many < 0:
                wrong.append(f"--points {party}: {issue} has {number(many)}; points are at least 0")
        total = sum(points.values(), Fraction(0))
        if total != ALL:
            wrong.append(f"--points {party}: they add up to {number(total)}, not to 100")
    if wrong:
        raise InputError("\n".join(wrong))


class _Side:
    """What is known of one party."""

    def __init__(self, case: Case, party: str, given: Mapping[str, Fraction] | None) -> None:
        self.case, self.party, self.given = case, party, given
        self.columns = columns(case, party)
        self.positions = case.positions.get(party, {})

    @property
    def known(self) -> bool:
        return self.columns is not None or bool(self.positions)

    @property
    def source(self) -> Source:
        return "given" if self.given else "worths" if self.columns is not None else "positions"

    def column(self, issue: str) -> Column | None:
        return None if self.columns is None else self.columns[issue]

    def wants(self, issue: str) -> str | None:
        """What it would have; None where it does not mind."""
        values = self.case.issues[issue].values
        column = self.column(issue)
        if column is not None:
            best = max(values, key=lambda v: column[v])
            return best if len(set(column.values())) > 1 else None
        position = self.positions.get(issue)
        return position.wants if position is not None and position.wants in values else None

    def weight(self, issue: str, wanted: str, other: str) -> Fraction:
        """How much hangs on an issue between what it wants and what the other does."""
        if self.given is not None:
            return self.given.get(issue, Fraction(0))
        column = self.column(issue)
        if column is not None:
            return column[wanted] - column[other]
        position = self.positions.get(issue)
        return Fraction(IMPORTANCE[position.importance]) if position is not None else Fraction(0)

    def notes(self) -> list[str]:
        name, found = self.case.party_name(self.party), []
        tied = conditional(self.case, self.party)
        if self.source == "worths" and tied:
            found.append(
                f"Terms of {name} that depend on {listed(tied)} together are left aside: adjusted winner "
                "takes issues one by one."
            )
        if self.source == "positions":
            found.append(
                f"Points of {name} are from its stated positions: an importance of high, medium and low "
                "counts 3, 2 and 1, which is an assumption."
            )
        return found


Sides = tuple[dict[str, str], dict[str, str]]


def _contested(
    case: Case, first: _Side, second: _Side
) -> tuple[Sides, tuple[dict[str, Fraction], dict[str, Fraction]], dict[str, str]]:
    """What each wants where they differ, what hangs on it for each, and what the rest is settled at."""
    wanted: Sides = ({}, {})
    weights: tuple[dict[str, Fraction], dict[str, Fraction]] = ({}, {})
    agreed: dict[str, str] = {}
    for issue, settled in case.issues.items():
        a, b = first.wants(issue), second.wants(issue)
        mine, other = first.column(issue), second.column(issue)
        if mine is not None and other is not None:
            a, b = stake(issue, settled.values, mine, other).wanted
        a, b = a or b, b or a
        if a is None or b is None:
            continue  # nobody minds: it is left as it is
        one, two = first.weight(issue, a, b), second.weight(issue, b, a)
        if a == b or not (one or two):
            agreed[issue] = a
            continue
        wanted[0][issue], wanted[1][issue] = a, b
        weights[0][issue], weights[1][issue] = one, two
    left = {i: issue.values[0] for i, issue in case.issues.items() if i not in agreed and i not in wanted[0]}
    start = case.status_quo.state if case.status_quo is not None else {}
    held = start if isinstance(start, Mapping) else {}
    agreed |= {i: held.get(i, value) for i, value in left.items()}
    return wanted, weights, agreed


def _hundred(
    case: Case, side: _Side, weights: Mapping[str, Fraction], issues: tuple[str, ...]
) -> tuple[Fraction, ...]:
    found = [weights[i] for i in issues]
    if not any(found):
        name = case.party_name(side.party)
        why = (
            "they want the same on every issue"
            if not issues
            else f"no issue on which they differ counts for {name}"
        )
        raise InputError(f"there is nothing to divide: {why}")
    return normalised(found)
