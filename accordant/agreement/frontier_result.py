"""The frontier of a case in its own numbers: what a chart of it shows, and the table behind the chart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain
from accordant.agreement.frontier import Efficient, efficient_points
from accordant.agreement.numbers import End, NoBargain, bargain_of, ranged
from accordant.agreement.picks import text
from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.model.space import StateSpace
from accordant.model.view import View
from accordant.tables import Table

Answer = Literal["yes", "no", "unknown"]

SAMPLED = 100_000
"""Most packages beside the frontier that are looked at, evenly chosen."""
OTHERS = 2_000
"""Most distinct worths of theirs that are kept, evenly chosen."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A package in the numbers of the parties.

    Attributes
    ----------
    package
        The name of its state; of several with the same worths the first.
    worths
        By party with numbers, exactly.
    beats
        Whether it is worth at least no deal to each of them: ``unknown`` where it depends on which
        number of a range no deal is.
    number
        How many packages are worth the same to everybody.
    efficient
        Whether it is one of the frontier's packages.
    """

    package: str
    worths: Mapping[str, Fraction]
    beats: Answer
    number: int = 1
    efficient: bool = False


@dataclass(frozen=True)
class FrontierResult:
    """The efficient packages, proposals and no deal in the numbers of the parties that gave numbers.

    Attributes
    ----------
    numbers
        Parties with numbers, in the order of the case; ``orders`` those that gave an order only, whose
        ranks count for what is efficient.
    no_deal
        What no deal is worth to each: the two ends of a range, or twice the same.
    ideal
        The most that each can get in a package worth at least no deal to everybody at the lower ends;
        nothing where there is none.
    points
        The frontier, the best for the first party first: of the packages worth at least no deal to
        everybody at the lower ends of ranges; of all packages where there is none (``apart``).
    proposals
        Where each proposal leads, None where it leads nowhere.
    others
        Distinct worths of other packages, whoever refuses them; an even choice where there are very many,
        and ``others_whole`` is False then.
    """

    title: str
    numbers: tuple[str, ...]
    orders: tuple[str, ...]
    no_deal: Mapping[str, tuple[Fraction, Fraction]]
    ideal: Mapping[str, Fraction]
    points: tuple[Placed, ...]
    proposals: Mapping[str, Placed | None]
    others: tuple[tuple[Fraction, ...], ...]
    others_whole: bool
    apart: bool

    def gains(self, worths: Mapping[str, Fraction]) -> dict[str, tuple[Fraction, Fraction]]:
        """What a package is worth more than no deal to each party: at the high end, at the low end."""
        return {p: (worths[p] - high, worths[p] - low) for p, (low, high) in self.no_deal.items()}

    def beats(self, worths: Mapping[str, Fraction]) -> Answer:
        """Whether a package is worth at least no deal to everybody with numbers."""
        gains = self.gains(worths).values()
        if all(least >= 0 for least, _ in gains):
            return "yes"
        return "unknown" if all(most >= 0 for _, most in gains) else "no"

    def table(self) -> Table:
        """One row per point of the frontier: a package, its worths, whether it beats no deal."""
        rows = [
            (p.package, *(text(p.worths[who]) for who in self.numbers), p.beats, p.number)
            for p in self.points
        ]
        columns = ("package", *self.numbers, "at least no deal", "packages")
        return Table("The frontier", columns, tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def frontier_result(compiler: Compiler) -> FrontierResult:
    """The frontier of the case as it is written.

    Raises
    ------
    InputError
        If packages cannot be compared with no deal, or nobody has given numbers.
    TooLargeError
        If there are too many packages to list.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> found = frontier_result(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": {"joint": ["a", "b"]}, "values": ["0", "1", "2"]}},
    ...     "status_quo": {"x": "0"},
    ...     "preferences": {"a": {"worth": {"x": {"0": 0, "1": 2, "2": 3}}},
    ...                     "b": {"worth": {"x": {"0": 5, "1": 4, "2": 1}}, "reservation": [2, 3]}}})))
    >>> print(found.table().to_csv())
    package,a,b,at least no deal,packages
    s2,2,4,yes,1
    s1,0,5,yes,1
    <BLANKLINE>
    """
    view = compiler.view(Setting(frozenset(compiler.setting_space().lost)))
    low, high = (_bargain(view, end) for end in ("low", "high"))
    if not any(low.cardinal):
        raise InputError("nobody has given numbers: give worth in preferences to see the frontier in numbers")
    ends = {
        p: (Fraction(a, scale), Fraction(b, scale))
        for p, a, b, scale, number in zip(
            low.parties, low.reservations, high.reservations, low.scales, low.cardinal, strict=True
        )
        if number
    }
    efficient = efficient_points(low)
    apart = not efficient.points.m
    ideal = {} if apart else _tops(efficient)
    if apart:
        efficient = efficient_points(replace(low, reservations=tuple(int(u.min()) for u in low.worths)))
    orders = tuple(p for p, number in zip(low.parties, low.cardinal, strict=True) if not number)
    bare = FrontierResult(compiler.case.title, tuple(ends), orders, ends, ideal, (), {}, (), True, apart)
    landed = {p: _state(view, p) for p in compiler.case.proposals}
    others, whole = _others(low, efficient)
    firsts = [(int(efficient.members(k)[0]), efficient.number(k)) for k in range(efficient.points.m)]
    return replace(
        bare,
        points=tuple(_placed(bare, low, view.space, s, number) for s, number in firsts),
        proposals={
            p: None if s is None else _placed(bare, low, view.space, s, _ties(low, efficient, s))
            for p, s in landed.items()
        },
        others=others,
        others_whole=whole,
    )


def _ties(bargain: Bargain, efficient: Efficient, package: int) -> int | None:
    """How many efficient packages are worth the same as one to everybody; None where it is not efficient."""
    if package not in efficient.packages:
        return None
    (at,) = np.flatnonzero((efficient.points.worths == bargain.worths[:, [package]]).all(axis=0))
    return efficient.number(int(at))


def _bargain(view: View, end: End) -> Bargain:
    found = bargain_of(view, dict.fromkeys(ranged(view), end))
    if isinstance(found, NoBargain):
        raise InputError(found.reason)
    return found


def _state(view: View, proposal: str) -> int | None:
    return view.package(proposal).state


def _tops(efficient: Efficient) -> dict[str, Fraction]:
    points = efficient.points
    return {
        p: Fraction(int(row.max()), scale)
        for p, row, scale, number in zip(
            points.parties, points.worths, points.scales, points.cardinal, strict=True
        )
        if number
    }


def _worths(bargain: Bargain, package: int) -> dict[str, Fraction]:
    return {
        p: Fraction(int(row[package]), scale)
        for p, row, scale, number in zip(
            bargain.parties, bargain.worths, bargain.scales, bargain.cardinal, strict=True
        )
        if number
    }


def _placed(
    bare: FrontierResult, bargain: Bargain, space: StateSpace, package: int, number: int | None
) -> Placed:
    """A package in numbers; ``number`` is that of its point, None where it is not efficient."""
    worths = _worths(bargain, package)
    return Placed(space.name(package), worths, bare.beats(worths), number or 1, number is not None)


def _others(bargain: Bargain, efficient: Efficient) -> tuple[tuple[tuple[Fraction, ...], ...], bool]:
    """Distinct worths beside the frontier, at most so many, evenly chosen in their order."""
    kept = [k for k, number in enumerate(bargain.cardinal) if number]
    beside = np.ones(bargain.n, dtype=bool)
    beside[efficient.packages] = False
    packages = np.flatnonzero(beside)
    looked = packages[_even(len(packages), SAMPLED)]
    distinct = np.unique(bargain.worths[kept][:, looked], axis=1)
    chosen = _even(distinct.shape[1], OTHERS)
    scales = [bargain.scales[k] for k in kept]
    made = tuple(
        tuple(Fraction(int(w), scale) for w, scale in zip(distinct[:, c], scales, strict=True))
        for c in chosen
    )
    return made, len(looked) == len(packages) and len(chosen) == distinct.shape[1]


def _even(many: int, most: int) -> NDArray[np.intp]:
    """At most so many of a row of things, evenly chosen, the first and the last among them."""
    if many <= most:
        return np.arange(many)
    return np.unique(np.linspace(0, many - 1, most).round().astype(np.intp))
