"""What ``divide`` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accordant.agreement.lenses.telling import number
from accordant.agreement.picks import text
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Share:
    """One issue.

    Attributes
    ----------
    wanted
        By party what it would have.
    points
        By party, of 100.
    parts
        By party the part that it wins; one and zero where the issue is not split.
    settled
        What that means: a value; None where the issue is split and cannot be settled in between.
    """

    issue: str
    wanted: Mapping[str, str]
    points: Mapping[str, Fraction]
    parts: Mapping[str, Fraction]
    settled: str | None

    @property
    def split(self) -> bool:
        """Whether both win a part."""
        return all(self.parts.values())

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "wanted": dict(self.wanted),
            "points": _numbers(self.points),
            "parts": _numbers(self.parts),
            "split": self.split,
            "settled": self.settled,
        }


@dataclass(frozen=True, slots=True)
class Whole:
    """A package of listed values close to the division.

    Attributes
    ----------
    points
        By party what it gets of its 100 points.
    state, impossible
        The state that it leads to; None where it leads to none, and why, or where that was not looked
        at.
    accepted
        By party whether it accepts, vetoes left aside; None where that is not known.
    refused_by
        Who refuses it by a red line of its own or as a constituency.
    """

    values: Mapping[str, str]
    points: Mapping[str, Fraction]
    state: str | None
    impossible: str
    accepted: Mapping[str, bool | None]
    refused_by: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether a red line or a veto refuses it."""
        return bool(self.refused_by)

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "values": dict(self.values),
            "points": _numbers(self.points),
            "state": self.state,
            "impossible": self.impossible or None,
            "accepted": dict(self.accepted),
            "refused": self.refused,
            "refused_by": list(self.refused_by),
        }


@dataclass(frozen=True, slots=True)
class Feint:
    """How a party that knows the other's points would gain by misstating its own.

    Attributes
    ----------
    stated
        By issue the points that it would state.
    honest, gets
        What it gets of its true points, stating those and misstating; ``bound`` is what no statement
        can exceed.
    other_honest, other_gets
        The same of the other party, in its own points.
    """

    party: str
    stated: Mapping[str, Fraction]
    honest: Fraction
    gets: Fraction
    other_honest: Fraction
    other_gets: Fraction
    bound: Fraction
    sentence: str

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "party": self.party,
            "stated": _numbers(self.stated),
            "honest": text(self.honest),
            "gets": text(self.gets),
            "other_honest": text(self.other_honest),
            "other_gets": text(self.other_gets),
            "bound": text(self.bound),
            "says": self.sentence,
        }


@dataclass(frozen=True)
class DivideResult:
    """Adjusted winner on a case.

    Attributes
    ----------
    shares
        The issues on which the two differ.
    agreed
        What the others are settled at.
    gets
        By party what it gets of its 100 points: the same.
    guarantee
        Whether the division is efficient, equitable and envy-free by the points stated.
    wholes
        Packages of listed values: the division itself where no issue is split, otherwise the ones
        nearest to equal, one where either party is ahead.
    feints
        For each party that could gain by it, how.
    sources
        By party where the points come from: given, worths or positions.
    """

    title: str
    parties: tuple[str, str]
    shares: tuple[Share, ...]
    agreed: Mapping[str, str]
    gets: Mapping[str, Fraction]
    guarantee: Mapping[str, bool]
    wholes: tuple[Whole, ...]
    feints: tuple[Feint, ...]
    sources: Mapping[str, str]
    method: Method
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``divide --json``."""
        return {
            "schema": "accordant/divide/1",
            "parties": list(self.parties),
            "issues": {s.issue: s.to_json() for s in self.shares},
            "agreed": dict(self.agreed),
            "gets": _numbers(self.gets),
            "guarantee": dict(self.guarantee),
            "packages": [w.to_json() for w in self.wholes],
            "misstating": [f.to_json() for f in self.feints],
            "sources": dict(self.sources),
            "notes": list(self.notes),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per issue."""
        a, b = self.parties
        rows: list[tuple[Any, ...]] = [
            (
                s.issue,
                s.wanted[a],
                s.wanted[b],
                *(short(s.points[p]) for p in (a, b)),
                _won(s),
                s.settled or "",
            )
            for s in self.shares
        ]
        rows += [(issue, value, value, "0", "0", "both", value) for issue, value in self.agreed.items()]
        columns = (
            "issue",
            f"{a} wants",
            f"{b} wants",
            f"points of {a}",
            f"points of {b}",
            "won by",
            "settled at",
        )
        return Table("Adjusted winner", columns, tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _numbers(values: Mapping[str, Fraction]) -> dict[str, str]:
    return {key: text(value) for key, value in values.items()}


def short(value: Fraction) -> str:
    """A number for a page: exact where that is short, otherwise to one decimal place and said to be so.

    Examples
    --------
    >>> short(Fraction(5, 2)), short(Fraction(100, 3))
    ('2.5', 'about 33.3')
    """
    exact = number(value)
    return exact if len(exact) <= 5 and "/" not in exact else f"about {float(value):.1f}"


def _won(share: Share) -> str:
    if not share.split:
        return next(p for p, part in share.parts.items() if part)
    return ", ".join(f"{p} {short(100 * part)} %" for p, part in share.parts.items())
