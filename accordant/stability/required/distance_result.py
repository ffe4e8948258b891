"""What is answered about the distance of verdicts from flipping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accordant.stability.required.result import Comparison
from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Least:
    """The fewest changes that flip a verdict.

    Attributes
    ----------
    changes
        How many; None where nothing flips it, or where it was not found within the limits.
    at_least
        Fewer changes than this do not flip it; None where nothing does.
    sentence
        Comparisons that flip it with so few changes.
    requires
        The same by name, each with the line of the case that decides it now.
    """

    changes: int | None
    at_least: int | None
    sentence: str = ""
    requires: tuple[Comparison, ...] = ()

    @property
    def elements(self) -> tuple[str, ...]:
        """Ids of the preference lines that decide these comparisons now."""
        return tuple(dict.fromkeys(c.element for c in self.requires if c.element))

    @property
    def told(self) -> str:
        """In words: a number, ``more than 3``, or ``never``."""
        if self.changes is not None:
            return str(self.changes)
        return "never" if self.at_least is None else f"more than {self.at_least - 1}"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "changes": self.changes,
            "more_than": None if self.changes is not None or self.at_least is None else self.at_least - 1,
            "never": self.changes is None and self.at_least is None,
            "sentence": self.sentence or None,
            "requires": [c.to_json() for c in self.requires],
        }


@dataclass(frozen=True, slots=True)
class Distance:
    """One verdict and how far it is from flipping.

    Attributes
    ----------
    party
        Whose verdict; None for whether the state is an equilibrium.
    so
        Whether the state is stable for the party, or an equilibrium; None where that is not known,
        because of an unknown order: then nothing can flip, and the numbers are missing.
    by
        For each party, by changes of its order alone.
    together
        By changes of all orders.
    """

    state: str
    concept: str
    party: str | None
    so: bool | None
    by: Mapping[str, Least]
    together: Least | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "state": self.state,
            "concept": self.concept,
            "party": self.party,
            "so": self.so,
            "by": {p: least.to_json() for p, least in self.by.items()},
            "together": None if self.together is None else self.together.to_json(),
        }


@dataclass(frozen=True, slots=True)
class DistanceResult:
    """How far every verdict is from flipping.

    Attributes
    ----------
    parties
        The parties whose orders are known (but for single pairs), and so can change.
    settings
        By state and concept, in how many of all admissible settings the state is an equilibrium;
        nothing where there is one setting only.
    unknown
        The parties whose orders are wholly unknown. Where there are any, whether a state holds is
        left out.
    """

    title: str
    parties: tuple[str, ...]
    names: Mapping[str, str]
    verdicts: tuple[Distance, ...]
    method: Method
    settings: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``distance --json``."""
        return {
            "schema": "accordant/distance/1",
            "parties": list(self.parties),
            "unknown": list(self.unknown),
            "verdicts": [
                {
                    **v.to_json(),
                    "settings": None
                    if v.party or (v.state, v.concept) not in self.settings
                    else list(self.settings[v.state, v.concept]),
                }
                for v in self.verdicts
            ],
            "method": self.method.to_json(),
        }

    @property
    def elements(self) -> tuple[str, ...]:
        """The preference lines that now decide what would flip the verdicts, each once."""
        return tuple(dict.fromkeys(e for v in self.verdicts if v.together for e in v.together.elements))

    @property
    def states(self) -> tuple[str, ...]:
        """The states that are judged, and those of these comparisons."""
        asked = [c for v in self.verdicts if v.together for c in v.together.requires]
        return tuple(
            dict.fromkeys([v.state for v in self.verdicts] + [s for c in asked for s in (c.state, c.than)])
        )

    def table(self) -> Table:
        """One row per verdict: what is so, the fewest changes that flip it, in whose order, and which.

        For each state whether it holds comes first.
        """
        several = len({v.concept for v in self.verdicts}) > 1
        place = {
            asked: k for k, asked in enumerate(dict.fromkeys((v.state, v.concept) for v in self.verdicts))
        }
        order = sorted(self.verdicts, key=lambda v: (place[v.state, v.concept], v.party is not None))
        rows = [self._row(v, several) for v in order]
        under = "" if several or not rows else f" under {self.verdicts[0].concept}"
        columns = ("state", *(("concept",) if several else ()), "now", "changes", "whose order", "such as")
        return Table(f"Fewest changes that flip each verdict{under}", columns, tuple(rows))

    def _row(self, v: Distance, several: bool) -> tuple[str, ...]:
        counts = None if v.party else self.settings.get((v.state, v.concept))
        told = "" if counts is None else f" (holds in {counts[0]:,} of {counts[1]:,} settings)"
        head = (v.state, *((v.concept,) if several else ()), _verdict(self.names, v) + told)
        if v.together is None:
            return (*head, "", "", "")
        return (*head, v.together.told, self._whose(v, v.together), v.together.sentence)

    def _whose(self, v: Distance, least: Least) -> str:
        """The parties whose order alone does it with so few changes."""
        if least.changes is None:
            return "nobody's" if least.at_least is None else ""
        able = [self.names[p] for p in self.parties if p in v.by and v.by[p].changes == least.changes]
        return " or ".join(able) or "several together"

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _verdict(names: Mapping[str, str], verdict: Distance) -> str:
    if verdict.so is None:
        of = "whether it holds" if verdict.party is None else f"whether {names[verdict.party]} stays"
        return f"not known {of}"
    if verdict.party is None:
        return "holds" if verdict.so else "does not hold"
    return f"{names[verdict.party]} {'stays' if verdict.so else 'leaves'}"
