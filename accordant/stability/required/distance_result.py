"""What is answered about the distance of verdicts from flipping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
    """

    changes: int | None
    at_least: int | None
    sentence: str = ""

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
    """

    title: str
    parties: tuple[str, ...]
    names: Mapping[str, str]
    verdicts: tuple[Distance, ...]
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``distance --json``."""
        return {
            "schema": "accordant/distance/1",
            "parties": list(self.parties),
            "verdicts": [v.to_json() for v in self.verdicts],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per verdict: what is so, and the fewest changes that flip it, by whose order."""
        rows = []
        for v in self.verdicts:
            verdict = _verdict(self.names, v)
            each = [v.by.get(p) for p in self.parties] + [v.together]
            told = ("" if least is None else least.told for least in each)
            rows.append((v.state, v.concept, verdict, *told, v.together.sentence if v.together else ""))
        columns = ("state", "concept", "now", *(f"by {p}" for p in self.parties), "by all", "such as")
        return Table("Fewest changes that flip each verdict", columns, tuple(rows))

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
