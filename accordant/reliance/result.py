"""What the reliance room answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from accordant.case.switches import Switch
from accordant.reliance.conclusions import together
from accordant.reliance.footing import Footing
from accordant.tables import Method, Table

if TYPE_CHECKING:
    from accordant.reliance.drawing import Sample

Status = Literal["always", "sometimes", "never"]
GroundKind = Literal["origin", "unnamed origin", "claim", "assumption"]
_ORDER: dict[GroundKind, int] = {"unnamed origin": 0, "origin": 0, "claim": 1, "assumption": 2}
"""What comes first among single points of failure."""


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
    single_points
        Of ``falls_without`` each thing once: origins first, then claims whose origin alone is not among
        them, then assumptions.
    elements
        Parts of the case, such as preference lines and rules, of which each alone changes the status once
        it is unsure.
    origin_supports, origin_breaks
        The same as ``supports`` and ``breaks`` for origins, every assumption standing; a claim that goes
        back to no origin stands for itself.
    sample
        Where settings are too many to count: how many were drawn, in how many it is true, the seed, and
        between how many of every hundred it then is.
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
    single_points: tuple[str, ...] = ()
    elements: tuple[str, ...] = ()
    origin_supports: tuple[tuple[str, ...], ...] = ()
    origin_breaks: tuple[tuple[str, ...], ...] = ()
    sample: Sample | None = None

    @property
    def falls_without(self) -> tuple[str, ...]:
        """The single grounds and origins whose loss changes the status."""
        return tuple(g for g, status in self.without.items() if status != self.status)

    @property
    def counted(self) -> str:
        """In how many settings it is true, or between how many of every hundred; empty without a count."""
        if self.settings is not None:
            return "{} of {}".format(*self.settings)
        return "" if self.sample is None else f"{self.sample.low} to {self.sample.high} of 100"

    @property
    def falls_under(self) -> tuple[str, ...]:
        """Ids of the switches that change the status."""
        return tuple(name for name, status in self.under.items() if status != self.status)

    def to_json(self) -> dict[str, Any]:
        """The documented form of one conclusion."""
        return {
            "conclusion": self.conclusion,
            "says": self.says,
            "status": self.status,
            "settings": None if self.settings is None else list(self.settings),
            "sample": None if self.sample is None else asdict(self.sample),
            "single_points": list(self.single_points),
            "elements": list(self.elements),
            "without": dict(self.without),
            "without_unnamed": self.without_unnamed,
            "without_assumptions": self.without_assumptions,
            "without_side": dict(self.without_side),
            "under": dict(self.under),
            "supports": [list(s) for s in self.supports],
            "breaks": [list(s) for s in self.breaks],
            "origin_supports": [list(s) for s in self.origin_supports],
            "origin_breaks": [list(s) for s in self.origin_breaks],
            "exact": self.exact,
            "cut": self.cut or None,
            "note": self.note or None,
        }


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
    standing
        For each claim whether it counts and why, settled once on the whole case.
    kinds
        For each ground what it is: a claim, an origin, one that nobody can ask by name, an assumption.
    """

    title: str
    conclusions: tuple[Rest, ...]
    grounds: Mapping[str, str]
    method: Method
    switches: tuple[Switch, ...] = ()
    taken: tuple[str, ...] = ()
    standing: Mapping[str, Footing] = field(default_factory=dict)
    kinds: Mapping[str, GroundKind] = field(default_factory=dict)

    def __getitem__(self, conclusion: str) -> Rest:
        for rest in self.conclusions:
            if rest.conclusion == conclusion:
                return rest
        raise KeyError(conclusion)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``rests --json``."""
        return {
            "schema": "accordant/rests/1",
            "conclusions": [rest.to_json() for rest in self.conclusions],
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
            "standing": {claim: found.to_json() for claim, found in self.standing.items()},
            "grounds": dict(self.grounds),
            "kinds": dict(self.kinds),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per conclusion."""
        rows = [
            (
                r.conclusion,
                r.status,
                r.counted,
                ", ".join(r.single_points),
                ", ".join(r.falls_under),
                r.without_unnamed,
                r.without_assumptions,
            )
            for r in self.conclusions
        ]
        columns = (
            "conclusion",
            "status",
            "settings",
            "falls without one of",
            "falls without all of",
            "without unnamed",
            "without assumptions",
        )
        return Table("What each conclusion rests on", columns, tuple(rows))

    def points_table(self) -> Table:
        """The single points of failure: those that most answers fall without first, origins before claims."""
        settled = sum(r.status != "sometimes" for r in self.conclusions)
        fallen: dict[str, list[str]] = {}
        for rest in self.conclusions:
            for ground in rest.single_points:
                fallen.setdefault(ground, []).append(rest.conclusion)
        order = {ground: k for k, ground in enumerate(self.grounds)}
        kind = {ground: _ORDER[self.kinds.get(ground, "claim")] for ground in fallen}
        ids = sorted(fallen, key=lambda g: (kind[g], -len(fallen[g]), order.get(g, len(order))))
        rows = [
            (self.in_words(g), g, f"{len(fallen[g])} of {settled}", "; ".join(together(fallen[g])))
            for g in ids
        ]
        columns = ("falls without", "id", "answers", "which")
        return Table("Single points of failure", columns, tuple(rows))

    def in_words(self, ground: str) -> str:
        """A ground as it reads after *without*: who it is, or what is claimed or assumed."""
        says, kind = self.grounds.get(ground, ground), self.kinds.get(ground)
        if kind == "unnamed origin":
            return f"{says} (unnamed)"
        return says if kind == "origin" else f"the {kind or 'ground'} “{says}”"

    def switches_table(self) -> Table:
        """Each conclusion without what each switch takes away; empty where nothing changes."""
        columns = ("conclusion", "status", *(f"without {s.id}" for s in self.switches))
        rows = [
            (
                r.conclusion,
                r.status,
                *("" if r.under.get(s.id, r.status) == r.status else r.under[s.id] for s in self.switches),
            )
            for r in self.conclusions
        ]
        return Table("Answers without several grounds at once", columns, tuple(rows))

    def standing_table(self) -> Table:
        """The claims that answers rest on, and all that are out, with the reason and the origins."""
        rows = [
            (c, found.grade, "stands" if found.stands else "out", found.reason, found.corroborated)
            for c, found in self.standing.items()
            if not found.stands or found.origins is not None
        ]
        columns = ("claim", "grade", "standing", "because", "independent origins")
        return Table("Standing of claims", columns, tuple(rows))

    def tables(self) -> dict[str, Table]:
        """Every table of the result, for a workbook."""
        made = (self.table(), self.points_table(), self.switches_table(), self.standing_table())
        return {table.title: table for table in made}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
