"""The measures of a case's bargain, together: what ``deals`` shows beside the lenses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accordant.agreement.frontier import Efficient
from accordant.agreement.measures.extremes import Extremes, extremes
from accordant.agreement.measures.improvements import Improvements, improvements, signed
from accordant.agreement.measures.logrolling import LogRolls, trades
from accordant.agreement.measures.opposition import Opposition, opposition
from accordant.agreement.measures.ranges import Ranges, issue_ranges
from accordant.agreement.refusals import refused_in
from accordant.agreement.survey import Survey
from accordant.tables import Table


@dataclass(frozen=True, slots=True)
class Measured:
    """Measures of the case as it is written.

    Attributes
    ----------
    extremes
        Ideal and nadir of every party.
    ranges
        The zone of possible agreement, issue by issue.
    opposition
        How far the parties' interests are apart, and what there is to gain together.
    trades
        Pairs of issues on which two parties could give way to each other.
    improvements
        For each signed proposal what would be better for someone and worse for nobody.
    """

    extremes: Extremes
    ranges: Ranges
    opposition: Opposition
    trades: LogRolls
    improvements: tuple[Improvements, ...] = ()

    def tables(self) -> dict[str, Table]:
        """Every measure as a table, by the name of its sheet in a workbook."""
        found = {
            "ideal and nadir": self.extremes.table(),
            "ranges": self.ranges.table(),
            "opposition": self.opposition.table(),
            "trades": self.trades.table(),
        }
        better = {f"better than signed {k}": one.table() for k, one in enumerate(self.improvements, 1)}
        return found | better

    def to_json(self) -> dict[str, Any]:
        """The part ``measures`` of ``deals --json``."""
        return {
            "extremes": self.extremes.to_json(),
            "ranges": self.ranges.to_json(),
            "opposition": self.opposition.to_json(),
            "trades": self.trades.to_json(),
            "improvements": [one.to_json() for one in self.improvements],
        }


def measured(found: Survey, efficient: Efficient) -> Measured:
    """The measures of the case as it is written, from its frontier."""
    case, space = found.compiler.case, found.base.space
    landed = [found.written.landings[proposal].state for proposal in signed(case)]
    return Measured(
        extremes(efficient.points),
        issue_ranges(space, dict(case.issues), efficient),
        opposition(efficient),
        trades(case, tuple(found.vetoes), refused_in(found.base)),
        tuple(improvements(efficient.bargain, s, space.name) for s in landed if s is not None),
    )
