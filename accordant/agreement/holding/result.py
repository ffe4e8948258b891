"""What is answered about a package as a state that has been reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from accordant.stability.result import Move
from accordant.tables import Method, Table

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class PartyStays:
    """One party at the state, under one concept.

    Attributes
    ----------
    stays
        Over all admissible settings.
    leaves_for
        The state that it would leave for, as the case is written: for good where it does not stay,
        the one that is answered where it does. None where it has nothing better to move to.
    answered_by
        The moves of the others that answer it, empty where there are none.
    because
        Why, in plain words, as the case is written.
    elements
        Ids of the lines of the case that the comparison used.
    """

    stays: Answer
    leaves_for: str | None
    answered_by: tuple[Move, ...]
    because: str
    elements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HoldsUnder:
    """The state under one concept.

    Attributes
    ----------
    holds
        Whether every party with moves stays, over all admissible settings.
    counts
        (settings in which it holds, settings); None where there is no count.
    """

    concept: str
    holds: Answer
    counts: tuple[int, int] | None
    parties: Mapping[str, PartyStays]


@dataclass(frozen=True)
class Holding:
    """Whether a package holds once it is reached.

    Attributes
    ----------
    state
        The name of the state that it leads to.
    names
        How each party is shown, by id.
    terms
        Ids of the guarantees and inducements that are taken to be in force.
    notes
        What a reader has to know besides.
    """

    title: str
    state: str
    values: Mapping[str, str]
    names: Mapping[str, str]
    terms: tuple[str, ...]
    concepts: Mapping[str, HoldsUnder]
    notes: tuple[str, ...]
    method: Method

    @property
    def answers(self) -> dict[str, Answer]:
        """For each concept whether it holds."""
        return {name: found.holds for name, found in self.concepts.items()}

    @property
    def elements(self) -> tuple[str, ...]:
        """The lines of the case that were used, each once."""
        every = (e for c in self.concepts.values() for p in c.parties.values() for e in p.elements)
        return tuple(dict.fromkeys(every))

    @property
    def sentence(self) -> str:
        """The whole answer in one sentence."""
        sure = [name for name, answer in self.answers.items() if answer == "yes"]
        open_ = [f"{name} (unknown)" for name, answer in self.answers.items() if answer == "unknown"]
        under = ", ".join(sure + open_)
        if not under:
            return f"{self.state} holds under no concept."
        none = [name for name, answer in self.answers.items() if answer == "no"]
        return f"{self.state} holds under {under}" + (f"; not under {', '.join(none)}." if none else ".")

    def to_json(self) -> dict[str, Any]:
        """The ``holding`` part of ``deals --explain --json`` and of ``stages --json``."""
        return {
            "state": self.state,
            "values": dict(self.values),
            "terms": list(self.terms),
            "concepts": {name: _under_json(found) for name, found in self.concepts.items()},
            "notes": list(self.notes),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per concept and party that would have something better; one where nobody has."""
        rows = []
        for name, found in self.concepts.items():
            told = {p: s for p, s in found.parties.items() if s.stays != "yes" or s.leaves_for}
            for party, stays in told.items():
                answered = _steps(stays.answered_by) or ("not weighed" if name == "nash" else "nobody")
                rows.append(
                    (name, found.holds, self.names[party], stays.stays, stays.leaves_for or "", answered)
                )
            if not told:
                rows.append((name, found.holds, "everybody", "yes", "", ""))
        columns = ("concept", "holds", "party", "stays", "better for it", "who could answer")
        return Table(f"Whether {self.state} holds once it is reached", columns, tuple(rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _steps(moves: tuple[Move, ...]) -> str:
    return ", then ".join(f"{' + '.join(move.mover)} to {move.end}" for move in moves)


def _under_json(found: HoldsUnder) -> dict[str, Any]:
    return {
        "holds": found.holds,
        "counts": None if found.counts is None else list(found.counts),
        "parties": {
            party: {
                "stays": stays.stays,
                "leaves_for": stays.leaves_for,
                "answered_by": [
                    {"by": list(m.mover), "from": m.start, "to": m.end} for m in stays.answered_by
                ],
                "because": stays.because,
                "elements": list(stays.elements),
            }
            for party, stays in found.parties.items()
        },
    }
