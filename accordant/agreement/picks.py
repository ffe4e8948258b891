"""What the fairness lenses answer: which packages each of them picks, and on what terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from accordant.agreement.lenses.contract import Lens
from accordant.agreement.lenses.telling import readable
from accordant.case.objects import Case
from accordant.case.ranges import shortest
from accordant.tables import Table


@dataclass(frozen=True, slots=True)
class Share:
    """A package in a mixture, how much of the mixture it is, and its values."""

    package: str
    share: Fraction
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pick:
    """A package that a lens picks.

    Attributes
    ----------
    package
        The name of its state; of a package put together on demand, its values in words.
    values
        The value of each issue.
    worths
        What it is worth to each party that has given numbers, exactly.
    ways
        In how many of the ways looked at it is picked, and how many were looked at. A way is an
        admissible setting with one end of every range of what no deal is worth.
    mixture
        For a lottery the packages that are mixed; empty for a package.
    when
        Where only what no deal is worth is unsure: the ends of the ranges with which it is picked.
    """

    package: str
    values: Mapping[str, str]
    worths: Mapping[str, Fraction]
    ways: tuple[int, int] = (1, 1)
    mixture: tuple[Share, ...] = ()
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LensAnswer:
    """What one lens picks.

    Attributes
    ----------
    name, title, says, assumes, fails
        Of the lens: see :class:`accordant.agreement.lenses.contract.Lens`.
    picks
        Packages that attain it in some way looked at, those of most ways first; as many as are listed.
    found
        How many packages there are.
    compared
        What was compared, in the case as it is written.
    notes
        What a reader has to know of this answer.
    refused
        Why it cannot be applied; empty where it can.
    """

    name: str
    title: str
    says: str
    assumes: str
    fails: str
    picks: tuple[Pick, ...] = ()
    found: int = 0
    compared: str = ""
    notes: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Fairness:
    """The packages that nobody would refuse, their frontier, and what each lens picks.

    Attributes
    ----------
    lenses
        By name.
    parties
        Those whose acceptance counts; ``numbers`` those of them that have given numbers.
    weights
        By party, where they are given.
    rational, efficient, points
        How many packages are worth at least no deal to everyone, how many of them are efficient, and
        how many different worths these have, in the case as it is written; None where they were not
        counted.
    no_deal
        What no deal is worth to each party with numbers: one number, or the two ends of a range.
    ways
        How many ways were looked at.
    mixed
        Whether mixtures of packages were allowed.
    slack
        Where the frontier is not exact, by how much each party's worth may fall short; otherwise None.
    note
        What the answers cannot say; why there are none, where there are none.
    """

    lenses: Mapping[str, LensAnswer]
    parties: tuple[str, ...]
    numbers: tuple[str, ...]
    weights: Mapping[str, Fraction]
    rational: int | None = None
    efficient: int | None = None
    points: int | None = None
    no_deal: Mapping[str, tuple[Fraction, Fraction]] | None = None
    ways: int = 1
    mixed: bool = False
    slack: Mapping[str, Fraction] | None = None
    note: str = ""

    def names(self) -> dict[str, list[str]]:
        """For each lens the packages that it picks."""
        return {name: [pick.package for pick in answer.picks] for name, answer in self.lenses.items()}

    def to_json(self) -> dict[str, Any]:
        """The part ``fairness`` of ``deals --json``."""
        return {
            "parties": list(self.parties),
            "numbers": list(self.numbers),
            "weights": {p: text(w) for p, w in self.weights.items()} or None,
            "rational": self.rational,
            "efficient": self.efficient,
            "points": self.points,
            "no_deal": {p: [text(low), text(high)] for p, (low, high) in (self.no_deal or {}).items()},
            "ways": self.ways,
            "mixed": self.mixed,
            "slack": _worths(self.slack),
            "lenses": {name: _answer_json(answer) for name, answer in self.lenses.items()},
            "note": self.note or None,
        }

    def table(self) -> Table:
        """One row per lens and package that it picks."""
        columns = ("lens", "package", "values", *(f"worth to {p}" for p in self.numbers), "picked")
        rows = [
            (
                answer.title,
                pick.package,
                ", ".join(f"{i} = {v}" for i, v in pick.values.items()),
                *(text(pick.worths[p]) for p in self.numbers),
                often(pick).strip(" ()") or "always",
            )
            for answer in self.lenses.values()
            for pick in answer.picks
        ]
        return Table("What each fairness lens picks", columns, tuple(rows))

    def packages_table(self, units: Mapping[str, str] | None = None) -> Table:
        """One row per package that some lens picks: which do, its values, what it is worth."""
        by: dict[str, list[tuple[LensAnswer, Pick]]] = {}
        for answer in self.lenses.values():
            for pick in answer.picks:
                by.setdefault(pick.package, []).append((answer, pick))
        first = [picked[0][1] for picked in by.values()]
        issues = tuple(first[0].values) if first else ()
        rows = [
            (
                package,
                ", ".join(answer.name + often(pick) for answer, pick in picked),
                *(readable(picked[0][1].worths[p]) for p in self.numbers),
                *(picked[0][1].values.get(issue, "") for issue in issues),
            )
            for package, picked in by.items()
        ]
        held = units or {}
        headed = (f"{i} ({held[i]})" if i in held else i for i in issues)
        columns = ("package", "picked by", *(f"worth to {p}" for p in self.numbers), *headed)
        if self.mixed:
            columns = columns[: 2 + len(self.numbers)]
            rows = [row[: len(columns)] for row in rows]
        return Table("What the fairness lenses pick", columns, tuple(rows))


def answered(
    lens: Lens,
    picks: Sequence[Pick],
    found: int,
    compared: str = "",
    notes: tuple[str, ...] = (),
    refused: str = "",
) -> LensAnswer:
    """The answer of a lens."""
    return LensAnswer(
        lens.name,
        lens.title,
        lens.says,
        lens.assumes,
        lens.fails,
        tuple(picks),
        found,
        compared,
        notes,
        refused,
    )


def mixture_of(parts: Sequence[Share], worths: Mapping[str, Fraction]) -> Pick:
    """A mixture of packages as a pick."""
    name = " + ".join(f"{text(part.share)} {part.package}" for part in parts)
    return Pick(name, {}, worths, mixture=tuple(parts))


def units_of(case: Case) -> dict[str, str]:
    """The unit of each issue that has one."""
    return {name: issue.unit for name, issue in case.issues.items() if issue.unit}


def mixed_table(fairness: Fairness, units: Mapping[str, str]) -> Table:
    """One row per package that is mixed: its values."""
    parts = {
        part.package: part.values
        for answer in fairness.lenses.values()
        for pick in answer.picks
        for part in (pick.mixture or (Share(pick.package, Fraction(1), pick.values),))
    }
    issues = tuple(next(iter(parts.values()), {}))
    headed = (f"{i} ({units[i]})" if i in units else i for i in issues)
    rows = tuple((package, *(values[i] for i in issues)) for package, values in parts.items())
    return Table("The packages that are mixed", ("package", *headed), rows)


def often(pick: Pick) -> str:
    """In which ways a package is picked, in words; nothing where it is in all of them."""
    if pick.ways[0] == pick.ways[1]:
        return ""
    if pick.when:
        return f" (no deal: {'; or '.join(pick.when)})"
    return f" ({pick.ways[0]:,} of {pick.ways[1]:,} ways)"


def text(number: Fraction) -> str:
    """An exact number as people write it: a decimal where it is one, otherwise a fraction.

    Examples
    --------
    >>> text(Fraction(5, 2)), text(Fraction(7)), text(Fraction(-1, 3))
    ('2.5', '7', '-1/3')
    """
    finite = 10 ** number.denominator.bit_length() % number.denominator == 0
    return shortest(number) if finite else f"{number.numerator}/{number.denominator}"


def _worths(worths: Mapping[str, Fraction] | None) -> dict[str, str] | None:
    return None if worths is None else {party: text(worth) for party, worth in worths.items()}


def _answer_json(answer: LensAnswer) -> dict[str, Any]:
    return {
        "title": answer.title,
        "says": answer.says,
        "assumes": answer.assumes,
        "fails": answer.fails,
        "picks": [
            {
                "package": pick.package,
                "values": dict(pick.values),
                "worths": _worths(pick.worths),
                "ways": list(pick.ways),
                "when": list(pick.when),
                "mixture": [
                    {"package": s.package, "share": text(s.share), "values": dict(s.values)}
                    for s in pick.mixture
                ],
            }
            for pick in answer.picks
        ],
        "found": answer.found,
        "compared": answer.compared or None,
        "notes": list(answer.notes),
        "refused": answer.refused or None,
    }
