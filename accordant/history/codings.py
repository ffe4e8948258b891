"""Two analysts' codings of the same reports: what both found, where they differ, how far they agree.

Claims are paired by their places (:mod:`accordant.history.codings_pairs`); of pairs, each field is set side
by side. Agreement is counted, and put beside what chance would give (kappa and alpha,
:mod:`accordant.history.codings_agreement`). Reports that only one of them has are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accordant.case.dates import when
from accordant.case.objects import Case
from accordant.case.sources import Claim
from accordant.case.wording import counted
from accordant.evidence.handling import Handling
from accordant.history.codings_agreement import alpha, kappa, ordinal, rounded
from accordant.history.comparing_align import Alignment
from accordant.tables import Table

NONE = "none"
"""What stands where an analyst gives nothing: that is a judgement too."""
FEW = 20
"""Fewer pairs than this are said to be few: one pair more or less moves a coefficient."""
CAVEAT = (
    "Kappa and alpha set agreement against chance: 1 is full agreement, 0 what chance gives. They look at "
    "claims that both found only, need many of them, are low where one value is nearly always right, and do "
    "not say who is right."
)


@dataclass(frozen=True, slots=True)
class FieldOfClaim:
    """One field that is set side by side.

    Attributes
    ----------
    value
        What a claim has there, as a value that can be compared between the codings.
    order
        Its values from best to worst, without the one that says that it cannot be judged, where they have
        an order.
    """

    name: str
    value: Callable[[Claim], str]
    order: str = ""


def _event(claim: Claim) -> str:
    found = when(claim.event)
    # one span of days, however it is written
    if found is None:
        return claim.event or NONE
    return f"{found.first or '..'}/{found.last or '..'}"


FIELDS: tuple[FieldOfClaim, ...] = (
    FieldOfClaim("kind", lambda claim: claim.kind),
    FieldOfClaim("by", lambda claim: claim.by or NONE),
    FieldOfClaim("origin", lambda claim: claim.origin or NONE),
    FieldOfClaim("attribution", lambda claim: claim.attribution),
    FieldOfClaim("source grade", lambda claim: claim.grade[0], "ABCDE"),
    FieldOfClaim("item grade", lambda claim: claim.grade[1], "12345"),
    FieldOfClaim("status", lambda claim: claim.status),
    FieldOfClaim("event", _event),
    FieldOfClaim("within", lambda claim: claim.within or NONE),
)
"""What is compared of two claims on the same words; what they assert stands beside it in words."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One claim as one analyst has it.

    Attributes
    ----------
    id
        Its id in that analyst's own case.
    fields
        Its value in every field of :data:`FIELDS`, in words.
    """

    id: str
    report: str
    at: tuple[int, int]
    quote: str
    says: str
    fields: Mapping[str, str]

    def to_json(self) -> dict[str, Any]:
        """One side of a pair, or a claim that only one analyst found."""
        return {
            "id": self.id,
            "report": self.report,
            "at": list(self.at),
            "quote": self.quote,
            "says": self.says,
            "fields": dict(self.fields),
        }


@dataclass(frozen=True, slots=True)
class CodedPair:
    """Two claims on the same words.

    Attributes
    ----------
    differ
        The fields in which they differ.
    same_place
        Whether they begin and end at the same places.
    """

    a: Coded
    b: Coded
    differ: tuple[str, ...]

    @property
    def same_place(self) -> bool:
        """Whether they begin and end at the same places."""
        return self.a.at == self.b.at

    def to_json(self) -> dict[str, Any]:
        """One entry of ``pairs``."""
        return {
            "a": self.a.to_json(),
            "b": self.b.to_json(),
            "same_place": self.same_place,
            "differ": list(self.differ),
        }


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far two analysts agree in one field, over the claims that both found.

    Attributes
    ----------
    alike, pairs
        In how many of the pairs they give the same value.
    kappa, alpha
        Cohen's kappa and Krippendorff's alpha, exactly; None where they are not defined.
    judged
        For grades: (the same grade, next to each other, further apart) among the pairs in which both
        judged it; and alpha for values in order over these.
    ordinal
        That alpha; None where it is not defined, or the field has no order.
    """

    field: str
    alike: int
    pairs: int
    kappa: Fraction | None
    alpha: Fraction | None
    judged: tuple[int, int, int] | None = None
    ordinal: Fraction | None = None

    @property
    def caveat(self) -> str:
        """Why a coefficient says little, or cannot be given; empty where neither is so."""
        if not self.pairs:
            return "no claim was found by both"
        if self.kappa is None and self.alpha is None:
            return "both always gave one value: nothing was told apart"
        return f"only {self.pairs} pairs" if self.pairs < FEW else ""

    @property
    def word(self) -> str:
        """What to bear in mind of the count, in a word or two; empty where there is nothing."""
        if self.pairs and self.kappa is None and self.alpha is None:
            return "one value throughout"
        return "few pairs" if self.pairs < FEW else ""

    def to_json(self) -> dict[str, Any]:
        """One entry of ``agreement``."""
        found: dict[str, Any] = {"field": self.field, "alike": self.alike, "pairs": self.pairs}
        for name in ("kappa", "alpha", "ordinal"):
            number: Fraction | None = getattr(self, name)
            found[name] = None if number is None else {"rounded": rounded(number), "exact": str(number)}
        found["judged"] = None if self.judged is None else list(self.judged)
        return found | {"caveat": self.caveat or None}


@dataclass(frozen=True)
class CodingsResult:
    """Two codings of the same reports side by side.

    Attributes
    ----------
    names
        What the two are called.
    reports
        Reports that both hold, by the first's id.
    pairs
        Claims that both found.
    only_a, only_b
        Claims that one of them found alone.
    left_out
        Pairs and claims that stay behind because one of them is restricted; they are counted in the
        agreement all the same.
    both, alone_a, alone_b
        How many claims both found, and each alone, those left out among them.
    """

    names: tuple[str, str]
    reports: tuple[str, ...]
    pairs: tuple[CodedPair, ...]
    only_a: tuple[Coded, ...]
    only_b: tuple[Coded, ...]
    agreement: tuple[FieldAgreement, ...]
    both: int
    alone_a: int
    alone_b: int
    left_out: int

    @property
    def finding(self) -> str:
        """What was found, in a sentence."""
        a, b = self.names
        total = self.both + self.alone_a + self.alone_b
        if not total:
            return f"Neither found a claim in {counted(len(self.reports), 'shared report')}"
        alone = f"{self.alone_a} only by {a}, {self.alone_b} only by {b}"
        return f"{self.both} of {counted(total, 'claim')} found by both, {alone}"

    @property
    def alike(self) -> bool:
        """Whether both found the same claims and gave them the same fields."""
        alone = self.alone_a or self.alone_b
        fields = all(one.alike == one.pairs for one in self.agreement)
        return not alone and fields and all(pair.same_place for pair in self.pairs)

    def to_json(self) -> dict[str, Any]:
        """The key ``codings`` of ``compare --json``."""
        return {
            "finding": self.finding,
            "reports": list(self.reports),
            "both": self.both,
            "only_a": self.alone_a,
            "only_b": self.alone_b,
            "left_out": self.left_out,
            "pairs": [pair.to_json() for pair in self.pairs],
            "claims_only_a": [one.to_json() for one in self.only_a],
            "claims_only_b": [one.to_json() for one in self.only_b],
            "agreement": [one.to_json() for one in self.agreement],
            "caveat": CAVEAT,
        }

    def agreement_table(self) -> Table:
        """One row per field."""
        rows = tuple(
            (
                *(one.field, f"{one.alike} of {one.pairs}", rounded(one.kappa), rounded(one.alpha)),
                *(_judged(one), one.caveat),
            )
            for one in self.agreement
        )
        columns = ("field", "alike", "kappa", "alpha", "where both judged it", "caveat")
        return Table(self.finding, columns, rows)

    def pairs_table(self) -> Table:
        """One row for each claim that both found: its words, and every field side by side."""
        a, b = self.names
        columns = ["report", f"claim {a}", f"claim {b}", "from", "to", f"words {a}", f"words {b}"]
        columns += [f"says {a}", f"says {b}", "same place", "differ in"]
        columns += [f"{field.name} {name}" for field in FIELDS for name in self.names]
        rows = tuple(_pair_row(pair) for pair in self.pairs)
        return Table(f"Claims that {a} and {b} both found", tuple(columns), rows)

    def differences_table(self) -> Table:
        """One row for each field in which two claims on the same words differ."""
        rows = tuple(
            (
                pair.a.id,
                pair.b.id,
                field,
                pair.a.fields[field],
                pair.b.fields[field],
                pair.a.says,
                pair.b.says,
            )
            for pair in self.pairs
            for field in pair.differ
        )
        a, b = self.names
        pairs = sum(bool(pair.differ) for pair in self.pairs)
        both = f"{counted(len(self.pairs), 'claim')} that both found"
        title = f"{pairs or 'None'} of {both} {'differs' if pairs == 1 else 'differ'}"
        return Table(title, (f"claim {a}", f"claim {b}", "field", a, b, f"{a} says", f"{b} says"), rows)

    def alone_table(self) -> Table:
        """One row for each claim that one of them found alone."""
        rows = tuple(
            (name, one.id, one.report, one.fields["kind"], one.says, one.quote)
            for name, claims in zip(self.names, (self.only_a, self.only_b), strict=True)
            for one in claims
        )
        title = f"{counted(self.alone_a + self.alone_b, 'claim')} found by one of them"
        return Table(title, ("found by", "claim", "report", "kind", "says", "words"), rows)


def _judged(one: FieldAgreement) -> str:
    if one.judged is None:
        return ""
    same, near, far = one.judged
    return f"{same} alike, {near} one step apart, {far} further; alpha in order {rounded(one.ordinal)}"


def _pair_row(pair: CodedPair) -> tuple[Any, ...]:
    a, b = pair.a, pair.b
    return (
        *(a.report, a.id, b.id, min(a.at[0], b.at[0]), max(a.at[1], b.at[1]), a.quote, b.quote, a.says),
        *(b.says, "yes" if pair.same_place else "no", ", ".join(pair.differ)),
        *(side.fields[field.name] for field in FIELDS for side in (a, b)),
    )


def codings(
    ours: Case, align: Alignment, names: tuple[str, str], held: tuple[Handling, Handling]
) -> CodingsResult | None:
    """Two codings side by side; None where they share no report.

    Parameters
    ----------
    align
        The second coding in the words of the first, as :func:`accordant.history.comparing_align.aligned`
        gives it.
    names
        What the two are called.
    held
        What is withheld of each.
    """
    shared = tuple(dict.fromkeys(align.reports.same.values()))
    if not shared:
        return None
    making = _Making(ours, align, held)
    both = sorted(align.claims.items(), key=lambda pair: making.place(ours.claims[pair[1]]))
    shown = [(b, a) for b, a in both if not making.hidden(a, b)]
    pairs = [making.pair(a, b) for b, a in shown]
    mine, its = making.alone(set(align.claims.values()), set(align.claims), shared)
    left = len(both) - len(pairs) + sum(making.hidden(a, None) for a in mine)
    left += sum(making.hidden(None, b) for b in its)
    return CodingsResult(
        names,
        shared,
        tuple(pairs),
        tuple(making.coded(0, a) for a in mine if not making.hidden(a, None)),
        tuple(making.coded(1, b) for b in its if not making.hidden(None, b)),
        tuple(making.agreement([(a, b) for b, a in both])),
        len(both),
        len(mine),
        len(its),
        left,
    )


class _Making:
    """What the parts of one comparison share. Claims of the second coding go by their own ids here."""

    def __init__(self, ours: Case, align: Alignment, held: tuple[Handling, Handling]) -> None:
        self.ours, self.align, self.held = ours, align, held
        self.new = align.names.get("claims", {})
        self.order = {report: k for k, report in enumerate(ours.reports)}

    def place(self, claim: Claim) -> tuple[int, int, int]:
        """Where a claim stands: the report, then the words."""
        return self.order.get(claim.report, len(self.order)), *claim.at

    def theirs(self, id_: str) -> Claim:
        """A claim of the second coding, in the words of the first."""
        return self.align.case.claims[self.new.get(id_, id_)]

    def hidden(self, a: str | None, b: str | None) -> bool:
        """Whether one of two claims is withheld: beside the other it would show where it stands."""
        return a in self.held[0].withheld or b in self.held[1].withheld

    def alone(self, mine: set[str], its: set[str], shared: Sequence[str]) -> tuple[list[str], list[str]]:
        """Claims in shared reports that are in no pair, in the order of the words."""
        ours = [c for c, claim in self.ours.claims.items() if claim.report in shared and c not in mine]
        own = self.align.own["claims"]
        every = ((own.get(new, new), claim) for new, claim in self.align.case.claims.items())
        theirs = [c for c, claim in every if claim.report in shared and c not in its]
        return (
            sorted(ours, key=lambda c: self.place(self.ours.claims[c])),
            sorted(theirs, key=lambda c: self.place(self.theirs(c))),
        )

    def coded(self, side: int, id_: str) -> Coded:
        """One claim as it is shown."""
        claim = self.theirs(id_) if side else self.ours.claims[id_]
        fields = {field.name: self.words(side, field, claim) for field in FIELDS}
        return Coded(id_, claim.report, claim.at, claim.quote, claim.says, fields)

    def pair(self, a: str, b: str) -> CodedPair:
        """Two claims side by side."""
        one, other = self.ours.claims[a], self.theirs(b)
        differ = tuple(field.name for field in FIELDS if field.value(one) != field.value(other))
        return CodedPair(self.coded(0, a), self.coded(1, b), differ)

    def words(self, side: int, field: FieldOfClaim, claim: Claim) -> str:
        """What a claim has in a field, as it is shown: origins as they are called, dates as written."""
        held, case = self.held[side], self.align.case if side else self.ours
        if field.name == "event":
            return claim.event or NONE
        if field.name == "within" and claim.within is not None:
            own = self.align.theirs("claims", claim.within) if side else claim.within
            return "another claim" if own in held.withheld else own
        if field.name == "origin" and claim.origin in case.origins:
            origin = case.origins[claim.origin]
            own = self.align.theirs("origins", claim.origin) if side else claim.origin
            if held.origin_withheld(own):
                return "withheld"
            called = origin.name or origin.words
            return f"{own} ({called})" if called and called != own else own
        return field.value(claim)

    def agreement(self, both: Sequence[tuple[str, str]]) -> Iterator[FieldAgreement]:
        """How far the pairs agree, field by field, those that are left out among them."""
        for field in FIELDS:
            values = [(field.value(self.ours.claims[a]), field.value(self.theirs(b))) for a, b in both]
            alike = sum(a == b for a, b in values)
            found = FieldAgreement(
                field.name, alike, len(values), kappa(values) if values else None, alpha(values)
            )
            yield _in_order(found, field.order, values) if field.order else found


def _in_order(found: FieldAgreement, order: str, values: Sequence[tuple[str, str]]) -> FieldAgreement:
    """The same with what the order of the grades adds, over the pairs in which both judged."""
    judged = [(a, b) for a, b in values if a in order and b in order]
    steps = [abs(order.index(a) - order.index(b)) for a, b in judged]
    counted = (steps.count(0), steps.count(1), sum(step > 1 for step in steps))
    return FieldAgreement(
        *(found.field, found.alike, found.pairs, found.kappa, found.alpha),
        judged=counted,
        ordinal=alpha(judged, ordinal(order)),
    )
