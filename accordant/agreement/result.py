"""What the agreement room answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

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
    """

    party: str
    answer: Answer
    own: Answer
    vetoed_by: tuple[str, ...]
    unsure_veto: tuple[str, ...]
    reason: str
    element: str | None
    counts: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Lever:
    """A smallest change that makes a refused package acceptable to all."""

    changes: Mapping[str, tuple[str, str]]
    state: str
    gains: tuple[str, ...]
    losses: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ProposalAnswer:
    """One proposal against no deal.

    ``state`` is the state it leads to, None where it is not possible (``impossible`` names the
    rule or the move). ``agreement`` says whether it is an agreement; ``efficient`` whether no
    other agreement is better for someone and worse for nobody; ``holds`` under which concepts
    its state holds once reached.
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


@dataclass(frozen=True, slots=True)
class Agreement:
    """A state that every party accepts and at least one strictly prefers to no deal."""

    state: str
    values: Mapping[str, str]
    better_for: tuple[str, ...]
    efficient: Answer
    certain: bool
    holds: Mapping[str, Answer]
    dominated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """Who refuses how many of the states when no agreement exists."""

    party: str
    refuses: int
    of: int
    sentence: str


@dataclass(frozen=True)
class DealsResult:
    """Packages against no deal.

    ``agreements`` holds those that are agreements in every setting (``certain``) or in some.
    ``one_serves`` names the states that are agreements in every setting (empty although an
    agreement may exist in each).
    """

    title: str
    no_deal: Mapping[str, Any]
    proposals: Mapping[str, ProposalAnswer]
    agreements: tuple[Agreement, ...]
    exists: Answer
    one_serves: tuple[str, ...]
    blocks: tuple[Block, ...]
    method: Method

    @property
    def efficient(self) -> tuple[Agreement, ...]:
        """The agreements that no other agreement dominates (in every setting)."""
        return tuple(a for a in self.agreements if a.efficient == "yes")

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``deals --json``."""
        return {
            "schema": "accordant/deals/1",
            "no_deal": dict(self.no_deal),
            "proposals": {name: _proposal_json(p) for name, p in self.proposals.items()},
            "agreements": {
                "exists": self.exists,
                "count": sum(a.certain for a in self.agreements),
                "possible": len(self.agreements),
                "efficient": [a.state for a in self.efficient],
                "one_serves": list(self.one_serves),
                "all": [
                    {
                        "state": a.state,
                        "values": dict(a.values),
                        "better_for": list(a.better_for),
                        "efficient": a.efficient,
                        "certain": a.certain,
                        "holds": dict(a.holds),
                        "dominated_by": a.dominated_by,
                    }
                    for a in self.agreements
                ],
                "blocks": [
                    {"party": b.party, "refuses": b.refuses, "of": b.of, "says": b.sentence}
                    for b in self.blocks
                ],
            },
            "lenses": {},
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per proposal and party."""
        rows = [
            (name, party, a.answer, a.reason)
            for name, p in self.proposals.items()
            for party, a in p.acceptable.items()
        ]
        return Table("Who would accept what", ("proposal", "party", "acceptable", "because"), tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _proposal_json(p: ProposalAnswer) -> dict[str, Any]:
    return {
        "state": p.state,
        "impossible": p.impossible or None,
        "acceptable": {party: a.answer for party, a in p.acceptable.items()},
        "because": {party: a.reason for party, a in p.acceptable.items()},
        "own": {party: a.own for party, a in p.acceptable.items()},
        "vetoed_by": {party: list(a.vetoed_by) for party, a in p.acceptable.items()},
        "counts": {party: list(a.counts) if a.counts else None for party, a in p.acceptable.items()},
        "agreement": p.agreement,
        "efficient": p.efficient,
        "dominated_by": p.dominated_by,
        "holds": dict(p.holds),
        "levers": [
            {
                "changes": {k: list(v) for k, v in lever.changes.items()},
                "state": lever.state,
                "gains": list(lever.gains),
                "losses": list(lever.losses),
                "says": lever.sentence,
            }
            for lever in p.levers
        ],
    }
