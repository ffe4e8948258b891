"""What the reliance room answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from accordant.case.switches import Switch
from accordant.tables import Method, Table

Status = Literal["always", "sometimes", "never"]


@dataclass(frozen=True, slots=True)
class Rest:
    """One conclusion with what it rests on.

    Attributes
    ----------
    conclusion
        Its id: ``acceptable(offer-1, south)``, ``agreement(offer-1)``, ``agreement-exists``,
        ``holds(s5, seq)``.
    says
        The conclusion as a sentence that is true or false.
    status
        Over all admissible settings.
    settings
        (settings in which it is true, settings), None where there is no count.
    without
        Its status without each claim, origin and assumption (only those whose loss changes it
        need be shown; all are here).
    without_unnamed, without_assumptions
        Its status without every claim that goes back to somebody unnamed; without every
        assumption, stated or implicit.
    without_side
        Its status without the claims of each side.
    supports, breaks
        Smallest sets of grounds with which it still follows; smallest sets whose loss breaks it.
        Empty for ``sometimes``.
    under
        Its status without what each switch takes away, by the switch's id.
    exact
        False where the search was cut off; ``cut`` says how.
    """

    conclusion: str
    says: str
    status: Status
    settings: tuple[int, int] | None
    without: Mapping[str, Status]
    without_unnamed: Status
    without_assumptions: Status
    without_side: Mapping[str, Status]
    supports: tuple[tuple[str, ...], ...]
    breaks: tuple[tuple[str, ...], ...]
    exact: bool = True
    cut: str = ""
    note: str = ""
    under: Mapping[str, Status] = field(default_factory=dict)

    @property
    def falls_without(self) -> tuple[str, ...]:
        """The single grounds and origins whose loss changes the status."""
        return tuple(g for g, status in self.without.items() if status != self.status)


@dataclass(frozen=True)
class RestsResult:
    """What every conclusion rests on.

    Attributes
    ----------
    grounds
        Every claim, origin and assumption in words.
    switches
        What was left out together: the switches asked for, then those that are always tried.
    taken
        Ids of the switches asked for; what they take away is gone from all answers.
    """

    title: str
    conclusions: tuple[Rest, ...]
    grounds: Mapping[str, str]
    method: Method
    switches: tuple[Switch, ...] = ()
    taken: tuple[str, ...] = ()

    def __getitem__(self, conclusion: str) -> Rest:
        for rest in self.conclusions:
            if rest.conclusion == conclusion:
                return rest
        raise KeyError(conclusion)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``rests --json``."""
        return {
            "schema": "accordant/rests/1",
            "conclusions": [
                {
                    "conclusion": r.conclusion,
                    "says": r.says,
                    "status": r.status,
                    "settings": None if r.settings is None else list(r.settings),
                    "without": dict(r.without),
                    "without_unnamed": r.without_unnamed,
                    "without_assumptions": r.without_assumptions,
                    "without_side": dict(r.without_side),
                    "supports": [list(s) for s in r.supports],
                    "breaks": [list(s) for s in r.breaks],
                    "exact": r.exact,
                    "cut": r.cut or None,
                    "note": r.note or None,
                    "under": dict(r.under),
                }
                for r in self.conclusions
            ],
            "switches": [
                {
                    "id": s.id,
                    "says": s.says,
                    "grounds": sorted(s.grounds),
                    "left_undecided": list(s.left_undecided),
                    "taken": s.id in self.taken,
                }
                for s in self.switches
            ],
            "grounds": dict(self.grounds),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per conclusion."""
        rows = [
            (
                r.conclusion,
                r.status,
                "" if r.settings is None else "{} of {}".format(*r.settings),
                ", ".join(r.falls_without),
                r.without_unnamed,
                r.without_assumptions,
            )
            for r in self.conclusions
        ]
        columns = (
            "conclusion",
            "status",
            "settings",
            "changes without",
            "without unnamed",
            "without assumptions",
        )
        return Table("What each conclusion rests on", columns, tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
