"""What ``concessions`` answers: who moved, how far, and what was left on the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from accordant.agreement.lenses.telling import readable
from accordant.agreement.measures.extremes import told
from accordant.agreement.measures.improvements import Improvements
from accordant.agreement.measures.offers import Offer
from accordant.agreement.measures.steps import Kind
from accordant.agreement.rounding import signed
from accordant.case.objects import Case, Issue
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Step:
    """One offer, and how far it is from the offer that the same party made before.

    Attributes
    ----------
    previous
        That offer; None for the first one, and for offers of nobody's own.
    moved
        The issues that changed, with the value before and after.
    worths
        By party what the offer is worth, in its own numbers; None where it has given an order only,
        or where the offer is not possible.
    changes
        By party how much more it is worth than the one before; None where that is not a number.
    signs
        By party whether it is better (1), worse (-1) or as good (0); None where that is not known.
    accepted
        By party whether it is worth at least no deal; None where that is not known.
    kind
        The kind of step; None where there is none before it.
    left
        What could still be had without taking anything from anybody; None where that is not known.
    """

    offer: Offer
    state: str | None
    previous: str | None
    moved: Mapping[str, tuple[str, str]]
    worths: Mapping[str, Fraction | None]
    changes: Mapping[str, Fraction | None]
    signs: Mapping[str, int | None]
    accepted: Mapping[str, bool | None]
    kind: Kind | None
    left: Improvements | None

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "proposal": self.offer.proposal,
            "date": self.offer.date,
            "by": list(self.offer.by),
            "party": self.offer.mover,
            "state": self.state,
            "impossible": self.offer.impossible or None,
            "previous": self.previous,
            "kind": self.kind,
            "moved": {i: list(change) for i, change in self.moved.items()},
            "worth": {p: told(v) for p, v in self.worths.items()},
            "change": {p: told(v) for p, v in self.changes.items()},
            "direction": dict(self.signs),
            "at_least_no_deal": dict(self.accepted),
            "left": None if self.left is None else self.left.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Record:
    """One party's offers taken together.

    Attributes
    ----------
    offers
        How many it made; ``kinds`` how many steps of each kind.
    own
        What it gave up from its first possible offer to its last (below zero: gained), in its own
        worth; None where that is not a number, or it made fewer than two.
    given
        What the others gained by that, each in its own worth.
    gap
        By other party: how much more this party asks for in its last offer than the other one's last
        offer holds for it, in this party's worth.
    """

    party: str
    offers: int
    kinds: Mapping[str, int]
    own: Fraction | None
    given: Mapping[str, Fraction | None]
    gap: Mapping[str, Fraction | None]

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "offers": self.offers,
            "kinds": dict(self.kinds),
            "gave": told(self.own),
            "others_gained": {p: told(v) for p, v in self.given.items()},
            "gap": {p: told(v) for p, v in self.gap.items()},
        }


@dataclass(frozen=True, slots=True)
class Overlooked:
    """An offer that was better for a party than what the same party asked for later, or at last."""

    party: str
    offer: str
    asked: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"party": self.party, "offer": self.offer, "asked": self.asked}


@dataclass(frozen=True)
class ConcessionsResult:
    """The history of offers.

    Attributes
    ----------
    steps
        Every dated offer, the earliest first.
    records
        By party, its offers taken together.
    overlooked
        Offers of others that are worth more to a party than its own last demand.
    signed
        For each signed proposal what could still be had.
    issues
        The issues of the case, for how their values are shown.
    """

    title: str
    steps: tuple[Step, ...]
    records: Mapping[str, Record]
    overlooked: tuple[Overlooked, ...]
    signed: Mapping[str, Improvements]
    method: Method
    notes: tuple[str, ...] = ()
    issues: Mapping[str, Issue] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``concessions --json``."""
        return {
            "schema": "accordant/concessions/1",
            "offers": [s.to_json() for s in self.steps],
            "parties": {p: r.to_json() for p, r in self.records.items()},
            "overlooked": [o.to_json() for o in self.overlooked],
            "signed": {p: i.to_json() for p, i in self.signed.items()},
            "notes": list(self.notes),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per offer."""
        columns = ("date", "offer", "by", "step", "moved", *self.records, "left on the table")
        rows = tuple(
            (s.offer.date, *self._made(s), self._moved(s), *self._worths(s), _left(s.left))
            for s in self.steps
        )
        return Table("Offers, in the order in which they were made", columns, rows)

    def halves(self) -> tuple[Table, Table]:
        """The same table in two that fit a page: who offered what it is worth; what moved, what was left."""
        worths = tuple((s.offer.date, *self._made(s), *self._worths(s)) for s in self.steps)
        moved = tuple((s.offer.proposal, self._moved(s), _left(s.left)) for s in self.steps)
        return (
            Table(
                "Offers, in the order in which they were made",
                ("date", "offer", "by", "step", *self.records),
                worths,
            ),
            Table("What moved, and what was left", ("offer", "moved", "left on the table"), moved),
        )

    def _made(self, step: Step) -> tuple[str, str, str]:
        first = "first" if step.offer.mover and step.previous is None else ""
        kind = (step.kind if len(self.records) > 1 else "") or first
        return step.offer.proposal, ", ".join(step.offer.by) or "?", kind

    def _moved(self, step: Step) -> str:
        return "; ".join(f"{i}: {old} to {self._shown(i, new)}" for i, (old, new) in step.moved.items())

    def _shown(self, issue: str, value: str) -> str:
        return self.issues[issue].shown(value) if issue in self.issues else value

    def _worths(self, step: Step) -> tuple[str, ...]:
        return tuple(_cell(step, p) for p in self.records)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        signed = {f"better than {name}": found.table() for name, found in self.signed.items()}
        return {"offers": self.table(), **signed}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


_SIGNS = {1: "better", 0: "same", -1: "worse", None: "?"}


def _cell(step: Step, party: str) -> str:
    """What the offer is worth to a party, with the change; words where there are no numbers."""
    worth, change = step.worths.get(party), step.changes.get(party)
    parts = [] if worth is None else [readable(worth)]
    if step.previous is not None:
        sign = _SIGNS[step.signs.get(party)]
        parts.append(sign if change is None else f"({signed(change)})")
    return " ".join(parts)


def _left(left: Improvements | None) -> str:
    if left is None:
        return ""
    if left.efficient:
        return "nothing"
    parts = [f"{p} {'better' if g is None else signed(g)}" for p, g in left.most.items() if g or g is None]
    return f"up to {', '.join(parts)}"


def offers_of(case: Case, party: str, record: Record) -> Iterator[str]:
    """One party's record in words."""
    name = case.party_name(party)
    if record.own is not None:
        gave = f"gave up {readable(record.own)}" if record.own >= 0 else f"gained {readable(-record.own)}"
        others = [
            f"{case.party_name(p)} {'gained' if more >= 0 else 'lost'} {readable(abs(more))} by that"
            for p, more in record.given.items()
            if more is not None
        ]
        yield f"{'; '.join([f'{name} {gave} from its first offer to its last', *others])}."
    for other, gap in record.gap.items():
        them = case.party_name(other)
        if gap is None:
            continue
        if gap > 0:
            yield f"{name} asks for {readable(gap)} more than the last offer of {them} holds for it."
        else:
            yield f"The last offer of {them} holds for {name} what it asks for, and {readable(-gap)} more."
