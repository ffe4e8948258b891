"""What ``levers`` answers about one proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from accordant.agreement.measures.extremes import told
from accordant.agreement.measures.payments import Compensation, Payment
from accordant.agreement.result import Acceptance, Answer, Lever
from accordant.agreement.rounding import signed
from accordant.case.objects import Issue
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Priced:
    """A change that everybody accepts, with what it costs each of them.

    Attributes
    ----------
    lever
        The change, where it leads, and who likes it better or less than the proposal.
    changes
        By party, what the changed package is worth more than the proposal (below zero: less), in its
        own worth; None for a difference that is not a number, or where the proposal is not possible.
    over
        The same over no deal.
    """

    lever: Lever
    changes: Mapping[str, Fraction | None]
    over: Mapping[str, Fraction | None]

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        lever = self.lever
        return {
            "changes": {i: list(change) for i, change in lever.changes.items()},
            "state": lever.state,
            "gains": list(lever.gains),
            "losses": list(lever.losses),
            "unclear": list(lever.unclear),
            "certain": lever.certain,
            "efficient": lever.efficient,
            "counts": None if lever.counts is None else list(lever.counts),
            "worth_change": {p: told(v) for p, v in self.changes.items()},
            "over_no_deal": {p: told(v) for p, v in self.over.items()},
            "says": lever.sentence,
        }


@dataclass(frozen=True, slots=True)
class Levers:
    """Every smallest change of one size.

    Attributes
    ----------
    issues
        How many issues each touches.
    listed, found
        The changes shown, fewest steps first, and how many there are; of two issues only those of
        which neither half would do alone.
    """

    issues: int
    listed: tuple[Priced, ...]
    found: int

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"issues": self.issues, "found": self.found, "listed": [p.to_json() for p in self.listed]}


@dataclass(frozen=True)
class LeversResult:
    """The smallest changes that would make a proposal acceptable to all.

    Attributes
    ----------
    state, impossible
        The state the proposal leads to; None where it is not possible, and why.
    unknown
        For parties of whose order nothing, or not everything, is known: what is to be said of that before
        anything else, since no change is sure to be accepted by them.
    agreement
        Whether it already is an agreement.
    acceptable
        For each party whether it accepts the proposal, and why.
    levers
        Changes of one issue, then of two.
    compensation
        What would have to be paid in worth; None where no payment would do.
    payments
        For each issue that is paid in, the nearest value at which everybody accepts.
    issues
        The issues of the case, for how their values are shown.
    """

    title: str
    proposal: str
    state: str | None
    impossible: str
    agreement: Answer
    acceptable: Mapping[str, Acceptance]
    levers: tuple[Levers, ...]
    compensation: Compensation | None
    payments: tuple[Payment, ...]
    method: Method
    notes: tuple[str, ...] = ()
    issues: Mapping[str, Issue] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``levers --json``."""
        return {
            "schema": "accordant/levers/1",
            "proposal": self.proposal,
            "state": self.state,
            "impossible": self.impossible or None,
            "agreement": self.agreement,
            "unknown": dict(self.unknown),
            "acceptable": {p: a.answer for p, a in self.acceptable.items()},
            "because": {p: a.reason for p, a in self.acceptable.items()},
            "levers": [group.to_json() for group in self.levers],
            "side_payment": None if self.compensation is None else self.compensation.to_json(),
            "transfers": [p.to_json() for p in self.payments],
            "notes": list(self.notes),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per change: what it is, where it leads, what it costs each party."""
        parties = tuple(self.acceptable)
        rows = [
            (
                group.issues,
                "; ".join(
                    f"{i}: {old} to {self._shown(i, new)}" for i, (old, new) in p.lever.changes.items()
                ),
                p.lever.state,
                *(_cost(p, party) for party in parties),
                p.lever.efficient,
            )
            for group in self.levers
            for p in group.listed
        ]
        columns = ("issues", "change", "leads to", *parties, "efficient")
        sure = all(p.lever.certain for group in self.levers for p in group.listed)
        accepts = "accepts" if sure else "accepts in some settings"
        return Table(f"Smallest changes to {self.proposal} that everybody {accepts}", columns, tuple(rows))

    def _shown(self, issue: str, value: str) -> str:
        return self.issues[issue].shown(value) if issue in self.issues else value

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _cost(priced: Priced, party: str) -> str:
    change = priced.changes.get(party)
    if change is not None:
        return "same" if not change else signed(change)
    lever = priced.lever
    return "better" if party in lever.gains else "worse" if party in lever.losses else "?"
