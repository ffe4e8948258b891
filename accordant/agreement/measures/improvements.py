"""Post-settlement improvements: packages better than a signed one for someone and worse for nobody.

The signed package takes the place of no deal [1]_: whoever would lose by a change can insist on it.
What is left is the bargain over what both sides overlooked.

References
----------
.. [1] H. Raiffa, "Post-settlement settlements", Negotiation Journal 1 (1985) 9–12. (Not read by the
   maintainers: the definition is the usual one.)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from accordant.agreement.bargain import Bargain
from accordant.agreement.frontier import efficient_points
from accordant.agreement.lenses.telling import number
from accordant.agreement.measures.extremes import told
from accordant.case.objects import Case
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.agreement.additive.problem import Additive

LISTED = 12
"""Most improvements listed; their number is exact."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """A package that nothing improves any further.

    Attributes
    ----------
    gains
        What each party gains over the signed package, in its own worth; for a party that has given
        an order only, None where it likes it better and zero where it does not.
    """

    state: str
    gains: Mapping[str, Fraction | None]

    @property
    def better_for(self) -> tuple[str, ...]:
        """Who gains."""
        return tuple(p for p, gain in self.gains.items() if gain is None or gain > 0)

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text, null for a gain that is not a number."""
        return {
            "state": self.state,
            "better_for": list(self.better_for),
            "gains": {p: told(g) for p, g in self.gains.items()},
        }


@dataclass(frozen=True, slots=True)
class Improvements:
    """What could still be had without taking anything from anybody.

    Attributes
    ----------
    count
        How many packages improve on the signed one; None where there are too many to list.
    best
        Those that nothing improves further, as many as are listed; ``best_count`` all of them.
    most
        The most that each party could gain while nobody loses; as ``gains`` of an improvement.
    """

    package: str
    count: int | None
    best: tuple[Improvement, ...]
    best_count: int
    most: Mapping[str, Fraction | None]

    @property
    def efficient(self) -> bool:
        """Whether nothing improves on the package."""
        return not self.best_count

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "state": self.package,
            "count": self.count,
            "best": [b.to_json() for b in self.best],
            "best_count": self.best_count,
            "most": {p: told(g) for p, g in self.most.items()},
        }

    def table(self) -> Table:
        """One row per improvement listed: what each party gains."""
        rows = [(b.state, *(_cell(b.gains[p]) for p in self.most)) for b in self.best]
        return Table(f"Better than {self.package}, and worse for nobody", ("state", *self.most), tuple(rows))


def signed(case: Case) -> tuple[str, ...]:
    """The proposals of a case that were signed."""
    return tuple(p for p, proposal in case.proposals.items() if proposal.signed)


def improvements(bargain: Bargain, package: int, name: Callable[[int], str]) -> Improvements:
    """Every improvement on a package, and the best of them.

    Parameters
    ----------
    package
        The number of the signed package; it need not be in ``X_d``.
    name
        The name of a package.

    Examples
    --------
    >>> from accordant.agreement.bargain import make_bargain
    >>> bargain = make_bargain([[0, 1, 3, 2], [0, 1, 1, 2]], [0, 0])
    >>> found = improvements(bargain, 1, "abcd".__getitem__)
    >>> found.count, [(b.state, b.gains["p1"], b.gains["p2"]) for b in found.best]
    (2, [('c', Fraction(2, 1), Fraction(0, 1)), ('d', Fraction(1, 1), Fraction(1, 1))])
    """
    held = tuple(int(w) for w in bargain.worths[:, package])
    from_here = replace(bargain, reservations=held)
    found = efficient_points(from_here)
    same = from_here.allowed & (bargain.worths == np.array(held)[:, None]).all(axis=0)
    points = found.points
    better = [k for k in range(points.m) if tuple(points.worths[:, k].tolist()) != held]
    best = [int(s) for k in better for s in found.members(k)[:LISTED]][:LISTED]
    tops = points.worths.max(axis=1) if points.m else np.array(held)
    return Improvements(
        name(package),
        found.rational - int(same.sum()),
        tuple(Improvement(name(s), gains_of(bargain, held, bargain.worths[:, s].tolist())) for s in best),
        sum(found.number(k) for k in better),
        gains_of(bargain, held, tops.tolist()),
    )


def gains_of(
    bargain: Bargain | Additive, held: Sequence[int], worths: Sequence[int]
) -> dict[str, Fraction | None]:
    """By party what some worths are more than others; None for a difference that is not a number."""
    found: dict[str, Fraction | None] = {}
    for i, party in enumerate(bargain.parties):
        more = worths[i] - held[i]
        found[party] = None if more and not bargain.cardinal[i] else Fraction(more, bargain.scales[i])
    return found


def _cell(gain: Fraction | None) -> str:
    return "better" if gain is None else "same" if not gain else f"+{number(gain)}"
