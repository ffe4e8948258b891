"""What the agreement room answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from accordant.agreement.lenses.telling import readable
from accordant.agreement.measured import Measured
from accordant.agreement.picks import Fairness, text
from accordant.tables import Method, Table

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Whether one package is acceptable to one party, and why.

    Attributes
    ----------
    answer
        ``own`` and ``vetoed_by`` together.
    own
        The party's own view.
    vetoed_by
        Constituencies that refuse it for the party; ``unsure_veto`` those that may.
    reason
        One sentence: the first line that decides, or the red line that refuses.
    element
        Id of the deciding element (``accordant.case.grounds``), None for a tie or unknown.
    counts
        (settings in which it is acceptable, settings), None where there is no count.
    turns_on
        For an unknown answer: ids of the elements that may or may not count (or whose order is
        open) and can change it.
    """

    party: str
    answer: Answer
    own: Answer
    vetoed_by: tuple[str, ...]
    unsure_veto: tuple[str, ...]
    reason: str
    element: str | None
    counts: tuple[int, int] | None
    turns_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lever:
    """A smallest change that makes a refused package acceptable to all.

    Attributes
    ----------
    changes
        For each issue that changes: (value in the package, new value).
    state
        The agreement that the changed package leads to.
    gains, losses
        Parties that like it better, or less, than the original package, in every setting.
    unclear
        Parties for whom that differs between settings.
    certain
        Whether it is an agreement in every setting; otherwise it is one in some.
    efficient
        Whether the agreement is efficient.
    counts
        (settings in which it is an agreement, settings), None where there is no count.
    """

    changes: Mapping[str, tuple[str, str]]
    state: str
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    sentence: str
    unclear: tuple[str, ...] = ()
    certain: bool = True
    efficient: Answer = "unknown"
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """One proposal against no deal.

    ``state`` is the state it leads to, None where it is not possible (``impossible`` names the
    rule or the move). ``agreement`` says whether it is an agreement; ``efficient`` whether no
    other agreement is better for someone and worse for nobody; ``holds`` under which concepts
    its state holds once reached. ``made`` is False where the proposal may not have been made:
    then no answer about it is ``yes``. ``levers`` shows the smallest changes, ``levers_found`` how
    many of that size there are, None where they were not all looked at; ``counts`` is (settings in
    which it is an agreement, settings). ``note`` says what the answers cannot.
    """

    proposal: str
    state: str | None
    impossible: str
    acceptable: Mapping[str, Acceptance]
    agreement: Answer
    efficient: Answer
    holds: Mapping[str, Answer]
    levers: tuple[Lever, ...]
    dominated_by: str | None = None
    made: bool = True
    levers_found: int | None = 0
    counts: tuple[int, int] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A state that every party accepts and at least one strictly prefers to no deal.

    Attributes
    ----------
    better_for
        Parties that strictly prefer it to no deal in every setting.
    efficient
        Whether no other agreement is better for someone and worse for nobody.
    certain
        Whether it is an agreement in every setting; otherwise it is one in some.
    dominated_by
        An agreement that dominates it in every setting in which it is one itself.
    counts
        (settings in which it is an agreement, settings), None where there is no count.
    """

    state: str
    values: Mapping[str, str]
    better_for: tuple[str, ...]
    efficient: Answer
    certain: bool
    holds: Mapping[str, Answer]
    dominated_by: str | None = None
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Who refuses how many of the states when no agreement exists.

    Attributes
    ----------
    refuses, of
        How many of the states that somebody prefers to no deal it refuses in every setting.
    alone
        How many of them nobody else refuses.
    """

    party: str
    refuses: int
    of: int
    sentence: str
    alone: int = 0


@dataclass(frozen=True, slots=True)
class Closest:
    """A state that fewest parties refuse, when no agreement exists.

    ``short`` says, for those who refuse it and have given numbers, by how much it is worth less to them
    than no deal, at the lower end of a range.
    """

    state: str
    values: Mapping[str, str]
    refused_by: tuple[str, ...]
    better_for: tuple[str, ...]
    short: Mapping[str, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class DealsResult:
    """Packages against no deal.

    Attributes
    ----------
    no_deal
        ``state`` (None when no deal may be several states), ``states``, ``values``, ``unsure``.
    agreements
        Agreements in every setting (``certain``) or in some, efficient ones first, as many as are
        listed; ``count`` are all that are certain, ``possible`` all of either kind, and
        ``efficient_count`` all that are efficient: None where they were not counted.
    exists
        Whether there is an agreement: in every setting, in some, in none; ``exists_counts`` is
        (settings with one, settings), None where there is no count.
    one_serves
        Listed states that are agreements in every setting: empty although there may be an
        agreement in each. ``count`` says how many there are.
    blocks
        When no agreement exists: who refuses how much. ``blocking`` are the smallest sets of
        parties whose refusals leave nothing that anybody would gain from, ``closest`` the states
        that fewest parties refuse (``closest_found`` of them, None where they were not counted).
    fairness
        What the fairness lenses pick.
    measures
        Ideal and nadir, ranges, opposition, trades; None where packages cannot be compared.
    units
        Of numeric issues, by issue.
    """

    title: str
    no_deal: Mapping[str, Any]
    proposals: Mapping[str, ProposalAnswer]
    agreements: tuple[Agreement, ...]
    exists: Answer
    one_serves: tuple[str, ...]
    blocks: tuple[Block, ...]
    method: Method
    count: int | None = None
    possible: int | None = None
    efficient_count: int | None = None
    exists_counts: tuple[int, int] | None = None
    blocking: tuple[tuple[str, ...], ...] = ()
    closest: tuple[Closest, ...] = ()
    closest_found: int | None = 0
    note: str = ""
    fairness: Fairness | None = None
    measures: Measured | None = None
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def efficient(self) -> tuple[Agreement, ...]:
        """The agreements that no other agreement dominates (in every setting)."""
        return tuple(a for a in self.agreements if a.efficient == "yes")

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``deals --json``."""
        return {
            "schema": "accordant/deals/1",
            "no_deal": dict(self.no_deal),
            "proposals": {name: proposal_json(p) for name, p in self.proposals.items()},
            "agreements": self._agreements_json(),
            "lenses": {} if self.fairness is None else self.fairness.names(),
            "fairness": None if self.fairness is None else self.fairness.to_json(),
            "measures": None if self.measures is None else self.measures.to_json(),
            "method": self.method.to_json(),
        }

    def _agreements_json(self) -> dict[str, Any]:
        return {
            "exists": self.exists,
            "exists_counts": _pair(self.exists_counts),
            "count": self.count,
            "possible": self.possible,
            "efficient": [a.state for a in self.efficient],
            "efficient_count": self.efficient_count,
            "one_serves": list(self.one_serves),
            "all": [_agreement_json(a) for a in self.agreements],
            "blocks": [
                {"party": b.party, "refuses": b.refuses, "of": b.of, "alone": b.alone, "says": b.sentence}
                for b in self.blocks
            ],
            "blocking": [list(parties) for parties in self.blocking],
            "closest": [
                {
                    "state": c.state,
                    "values": dict(c.values),
                    "refused_by": list(c.refused_by),
                    "better_for": list(c.better_for),
                    "short": {party: text(much) for party, much in c.short.items()},
                }
                for c in self.closest
            ],
            "closest_found": self.closest_found,
            "note": self.note or None,
        }

    def table(self) -> Table:
        """One row per proposal and party."""
        rows = [
            (name, party, a.answer, a.reason)
            for name, p in self.proposals.items()
            for party, a in p.acceptable.items()
        ]
        return Table("Who would accept what", ("proposal", "party", "acceptable", "because"), tuple(rows))

    def agreements_table(self) -> Table:
        """One row per agreement listed: its values, who gains, whether it is efficient."""
        issues = tuple(self.agreements[0].values) if self.agreements else ()
        rows = [
            (
                a.state,
                *(a.values[i] for i in issues),
                "always" if a.certain else "sometimes",
                a.efficient,
                ", ".join(a.better_for),
                _under(a.holds),
            )
            for a in self.agreements
        ]
        headed = (f"{i} ({self.units[i]})" if i in self.units else i for i in issues)
        columns = ("state", *headed, "agreement", "efficient", "better for", "holds under")
        return Table("What everybody would accept", columns, tuple(rows))

    def closest_table(self) -> Table:
        """One row per state that comes closest: who refuses it, and by how much it falls short."""
        issues = tuple(self.closest[0].values) if self.closest else ()
        rows = [
            (
                c.state,
                ", ".join(c.refused_by),
                ", ".join(f"{party} by {readable(much)}" for party, much in c.short.items()),
                *(c.values.get(issue, "") for issue in issues),
            )
            for c in self.closest
        ]
        headed = (f"{i} ({self.units[i]})" if i in self.units else i for i in issues)
        return Table(
            "What comes closest", ("state", "refused by", "worth too little to", *headed), tuple(rows)
        )

    def packages_table(self) -> Table:
        """One row per package that some lens picks: which do, its values, what it is worth."""
        return (self.fairness or Fairness({}, (), (), {})).packages_table(self.units)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        found = {"acceptance": self.table(), "agreements": self.agreements_table()}
        if self.closest:
            found["closest"] = self.closest_table()
        if self.fairness is not None:
            found |= {"lenses": self.fairness.table(), "packages": self.fairness.packages_table()}
        return found if self.measures is None else found | self.measures.tables()

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _under(holds: Mapping[str, Answer]) -> str:
    """The concepts that a state surely holds under; *none* only where it surely holds under none."""
    if len(holds) > 1 and set(holds.values()) == {"yes"}:
        return "all"
    sure = ", ".join(concept for concept, held in holds.items() if held == "yes")
    return sure or ("none" if holds and set(holds.values()) == {"no"} else "unknown")


def _pair(counts: tuple[int, int] | None) -> list[int] | None:
    return None if counts is None else list(counts)


def _agreement_json(a: Agreement) -> dict[str, Any]:
    return {
        "state": a.state,
        "values": dict(a.values),
        "better_for": list(a.better_for),
        "efficient": a.efficient,
        "certain": a.certain,
        "counts": _pair(a.counts),
        "holds": dict(a.holds),
        "dominated_by": a.dominated_by,
    }


def proposal_json(p: ProposalAnswer) -> dict[str, Any]:
    """The documented form of the answer about one proposal."""
    return {
        "state": p.state,
        "impossible": p.impossible or None,
        "made": p.made,
        "acceptable": {party: a.answer for party, a in p.acceptable.items()},
        "because": {party: a.reason for party, a in p.acceptable.items()},
        "element": {party: a.element for party, a in p.acceptable.items()},
        "turns_on": {party: list(a.turns_on) for party, a in p.acceptable.items()},
        "own": {party: a.own for party, a in p.acceptable.items()},
        "vetoed_by": {party: list(a.vetoed_by) for party, a in p.acceptable.items()},
        "unsure_veto": {party: list(a.unsure_veto) for party, a in p.acceptable.items()},
        "counts": {party: _pair(a.counts) for party, a in p.acceptable.items()},
        "agreement": p.agreement,
        "agreement_counts": _pair(p.counts),
        "efficient": p.efficient,
        "dominated_by": p.dominated_by,
        "holds": dict(p.holds),
        "levers": [_lever_json(lever) for lever in p.levers],
        "levers_found": None if p.levers_found is None else max(p.levers_found, len(p.levers)),
        "note": p.note or None,
    }


def _lever_json(lever: Lever) -> dict[str, Any]:
    return {
        "changes": {k: list(v) for k, v in lever.changes.items()},
        "state": lever.state,
        "gains": list(lever.gains),
        "losses": list(lever.losses),
        "unclear": list(lever.unclear),
        "certain": lever.certain,
        "efficient": lever.efficient,
        "counts": _pair(lever.counts),
        "says": lever.sentence,
    }
