"""The packages that the part on what could be agreed names, and how numbers of theirs are put."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from accordant.brief import words
from accordant.brief.document import Cell, Mark, Rich, Row, Table, Text, joined, muted, plain, rich

if TYPE_CHECKING:
    from accordant.agreement.frontier_result import Answer, FrontierResult
    from accordant.agreement.picks import LensAnswer, Pick
    from accordant.brief.context import Context

PROPOSALS, EACH = 6, 3
"""Most proposals shown, the latest ones; most picks shown of one lens."""
ANSWERS: dict[Answer, tuple[str, Mark]] = {
    "yes": ("yes", "yes"),
    "no": ("no", "no"),
    "unknown": ("open", "open"),
}


@dataclass(frozen=True)
class Named:
    """A package with everything that it is called: proposals that lead there, lenses that pick it."""

    package: str
    worths: Mapping[str, Fraction]
    beats: Answer
    proposals: tuple[str, ...]
    lenses: tuple[str, ...]
    efficient: bool
    number: int
    """How many packages are worth the same to everybody, where it is efficient."""

    @property
    def label(self) -> str:
        """Its names in a row."""
        return "; ".join(filter(None, (", ".join(self.proposals), ", ".join(self.lenses))))


def named(context: Context) -> tuple[Named, ...]:
    """Where proposals lead and what lenses pick, each package once; proposals first."""
    found = context.frontier
    if found is None:
        return ()
    worths: dict[str, Mapping[str, Fraction]] = {}
    ties: dict[str, int] = {p.package: p.number for p in found.points}
    proposals: dict[str, list[str]] = {}
    for name in latest(context):
        placed = found.proposals.get(name)
        if placed is not None:
            worths[placed.package] = placed.worths
            proposals.setdefault(placed.package, []).append(name)
            if placed.efficient:
                ties[placed.package] = placed.number
    lenses: dict[str, list[str]] = {}
    on = {tuple(p.worths.values()): p.number for p in found.points}
    for lens, pick in picked(context):
        # What is picked only where something unsure turns out otherwise stands in the table alone.
        if tuple(pick.worths.values()) in on:
            worths.setdefault(pick.package, pick.worths)
            ties.setdefault(pick.package, on[tuple(pick.worths.values())])
            lenses.setdefault(pick.package, []).append(lens_name(lens))
    return tuple(
        Named(
            k,
            w,
            found.beats(w),
            tuple(proposals.get(k, ())),
            tuple(lenses.get(k, ())),
            k in ties,
            ties.get(k, 1),
        )
        for k, w in worths.items()
    )


def latest(context: Context) -> list[str]:
    """The proposals that are shown, in the order of the case."""
    case = context.case.proposals
    dated = sorted(case, key=lambda p: case[p].date or "", reverse=True)[:PROPOSALS]
    return [p for p in case if p in dated]


def picked(context: Context) -> list[tuple[LensAnswer, Pick]]:
    """The first picks of every lens that can be applied, those of most ways first."""
    fairness = context.deals.fairness
    if fairness is None:
        return []
    return [
        (lens, pick) for lens in fairness.lenses.values() for pick in lens.picks[:EACH] if not pick.mixture
    ]


def lens_name(lens: LensAnswer) -> str:
    """A lens by its short name."""
    return words.LENSES.get(lens.name, lens.title)


# Numbers


def told(value: Fraction) -> str:
    """A number for readers, with a minus sign that is one; what is no short decimal is rounded.

    Examples
    --------
    >>> told(Fraction(-5, 2)), told(Fraction(61, 3))
    ('−2.5', 'about 20.3')
    """
    from accordant.agreement.lenses.telling import readable

    return readable(value).replace("-", "−")


def between(low: Fraction, high: Fraction) -> str:
    """A number, or the two ends of a range.

    Examples
    --------
    >>> between(Fraction(2), Fraction(2)), between(Fraction(-1), Fraction(2))
    ('2', '−1 to 2')
    """
    return told(low) if low == high else f"{told(low)} to {told(high)}"


def gained(low: Fraction, high: Fraction) -> str:
    """A gain over no deal, signed.

    Examples
    --------
    >>> gained(Fraction(2), Fraction(2)), gained(Fraction(-1), Fraction(2)), gained(Fraction(0), Fraction(0))
    ('+2', '−1 to +2', '0')
    """
    return _signed(low) if low == high else f"{_signed(low)} to {_signed(high)}"


def _signed(value: Fraction) -> str:
    return plus(told(value)) if value > 0 else told(value)


def plus(text: str) -> str:
    """A number above zero with its sign: ``+2``, ``about +20.3``."""
    return f"about +{text.removeprefix('about ')}" if text.startswith("about ") else f"+{text}"


# Rows of the tables behind the figures


def ties_words(number: int, called: bool) -> Text | str:
    """Below a package of which several are worth the same to everybody; ``called`` has a name of its own."""
    of = "one of " if called else ""
    return Text(f"\n{of}{number:,} packages of the same worth", "muted") if number > 1 else ""


def package_words(context: Context, package: str) -> Rich:
    """A package by the name of its state, with what is settled in it."""
    return rich(context.state(package), "\n", muted(context.state_words(package)))


def worth_cells(found: FrontierResult, worths: Mapping[str, Fraction]) -> list[Cell]:
    """What a package is worth to each party, with what that is over no deal."""
    gains = found.gains(worths)
    return [Cell(rich(told(worths[p]), Text(f" ({gained(*gains[p])})", "muted"))) for p in found.numbers]


def beats_cell(beats: Answer) -> Cell:
    """Whether a package is worth at least no deal to everybody."""
    says, mark = ANSWERS[beats]
    return Cell(rich(says), mark=mark)


def is_efficient(found: FrontierResult, beats: Answer) -> str:
    """What an efficient package is called: those at the ends of a range by what that takes.

    Counts of efficient packages are of those that are surely worth no deal; the words tell the rest apart.
    """
    if found.apart:
        return "efficient among all packages"
    return "efficient" if beats == "yes" else "efficient, if no deal is low enough"


def efficient_number(found: FrontierResult) -> tuple[int, int]:
    """How many efficient packages are worth at least no deal, and how many more if it is low enough."""
    sure = sum(p.number for p in found.points if p.beats == "yes")
    return sure, sum(p.number for p in found.points) - sure


def what_cell(context: Context, found: FrontierResult, one: Named) -> Cell:
    """What a package is called, and whether it is efficient."""
    parts = [rich("proposal ", words.said(context.case, p)) for p in one.proposals]
    if one.lenses:
        parts.append(rich(f"picked by {plain(words.either([rich(x) for x in one.lenses]))}"))
    if one.efficient:
        parts.append(rich(Text(is_efficient(found, one.beats), "muted")))
    return Cell(joined(parts, "\n"))


def table(context: Context, id_: str, title: Rich, rows: tuple[Row, ...], key: Rich = ()) -> Table:
    """The table behind a figure of worths: what, package, worth to each party, against no deal."""
    found = context.frontier
    assert found is not None
    parties = (rich("Worth to ", context.party(p)) for p in found.numbers)
    columns = (rich("What"), rich("Package"), *parties, rich("At least no deal"))
    return Table(id_, title, columns, rows, fold=len(rows) > 8, wide=True, key=key)
