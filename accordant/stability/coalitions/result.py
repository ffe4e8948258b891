"""What coalitions could do together, and which states hold against them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from accordant.stability.result import Explanation, Move, cells
from accordant.tables import Method, Rows, Table

Coalition: TypeAlias = tuple[str, ...]
Status = Literal["always", "sometimes"]


@dataclass(frozen=True, slots=True)
class CoalitionConcept:
    """Verdicts under one concept, over all admissible settings.

    Attributes
    ----------
    stable, possible
        For each coalition the states at which it stays in every setting, and in some.
    equilibria, possible_equilibria
        States at which every coalition that was looked at stays, in every setting and in some.
    counts
        For each state (settings in which every coalition stays there, settings); None where
        settings cannot be counted.
    """

    concept: str
    stable: Mapping[Coalition, Sequence[str]]
    possible: Mapping[Coalition, Sequence[str]]
    equilibria: Sequence[str]
    possible_equilibria: Sequence[str]
    counts: Mapping[str, tuple[int, int]] | None


@dataclass(frozen=True, slots=True)
class Improvement:
    """A state that a coalition can go to, and that is better for all its members.

    Attributes
    ----------
    by, start, end
        The coalition, from where, to where.
    moves
        A legal sequence of its members that leads there as the case is written; empty where none
        does.
    status, counts
        Whether it is one always or sometimes, and in how many settings of how many.
    jumps, jump_counts
        For each concept under which both states are equilibria of parties on their own: always or
        sometimes, and in how many settings of how many.
    says
        In words.
    """

    by: Coalition
    start: str
    end: str
    moves: tuple[Move, ...]
    status: Status
    counts: tuple[int, int] | None
    jumps: Mapping[str, Status]
    jump_counts: Mapping[str, tuple[int, int] | None]
    says: str


@dataclass(frozen=True)
class CoalitionsResult:
    """What coalitions could do together, and which states hold against all of them."""

    title: str
    states: Sequence[str]
    parties: tuple[str, ...]
    coalitions: tuple[Coalition, ...]
    concepts: Mapping[str, CoalitionConcept]
    improvements: tuple[Improvement, ...]
    method: Method
    explainer: Callable[[str, Coalition, str], Explanation] = field(repr=False)
    explanations: tuple[Explanation, ...] = ()

    @property
    def jumps(self) -> tuple[Improvement, ...]:
        """The improvements that lead from an equilibrium to another one under some concept."""
        return tuple(i for i in self.improvements if i.jumps)

    def explain(self, state: str, coalition: Sequence[str], concept: str) -> Explanation:
        """Why a coalition stays at a state or not, under one of the result's concepts."""
        return self.explainer(state, tuple(coalition), concept)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``coalitions --json``."""
        return {
            "schema": "accordant/coalitions/1",
            "states": list(self.states),
            "parties": list(self.parties),
            "coalitions": [list(c) for c in self.coalitions],
            "concepts": {name: _concept_json(c) for name, c in self.concepts.items()},
            "improvements": [_improvement_json(i) for i in self.improvements],
            "explanations": [_explanation_json(e) for e in self.explanations],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per coalition and state: under which concepts the coalition stays there."""

        def cell(concept: CoalitionConcept, coalition: Coalition, state: str) -> str:
            if state in concept.stable[coalition]:
                return "yes"
            return "sometimes" if state in concept.possible[coalition] else "no"

        def rows(start: int, stop: int) -> list[tuple[Any, ...]]:
            places = (divmod(k, len(self.states)) for k in range(start, stop))
            named = ((self.coalitions[c], self.states[s]) for c, s in places)
            return [("+".join(c), s, *(cell(x, c, s) for x in self.concepts.values())) for c, s in named]

        columns = ("coalition", "state", *self.concepts)
        return Table("Where coalitions stay", columns, Rows(len(self.coalitions) * len(self.states), rows))

    def states_table(self) -> Table:
        """One row per state: under which concepts every coalition stays there."""

        def rows(start: int, stop: int) -> list[tuple[Any, ...]]:
            some = self.states[start:stop]
            return list(
                zip(some, *(cells(c, some, start, stop) for c in self.concepts.values()), strict=True)
            )

        columns = ("state", *self.concepts)
        return Table("Where every coalition below stays", columns, Rows(len(self.states), rows))

    def leaving_table(self) -> Table:
        """One row per coalition: which states it leaves in every setting, and in some."""
        rows = tuple(
            ("+".join(c), *(_leaves(x, c, self.states) for x in self.concepts.values()))
            for c in self.coalitions
        )
        return Table("Which states coalitions leave", ("coalition", *self.concepts), rows)

    def improvements_table(self) -> Table:
        """One row per improvement: who, from where, to where, by which moves, a jump under what."""
        rows = tuple(
            (
                "+".join(i.by),
                i.start,
                i.end,
                "; ".join(f"{'+'.join(m.mover)} to {m.end}" for m in i.moves),
                ", ".join(c if s == "always" else f"({c})" for c, s in i.jumps.items()),
                "always" if i.status == "always" else "sometimes" if i.counts is None else _of(i.counts),
            )
            for i in self.improvements
        )
        columns = ("coalition", "from", "to", "moves", "jump under", "settings")
        return Table("What coalitions could improve together", columns, rows)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return {
            "coalitions": self.table(),
            "states": self.states_table(),
            "leaving": self.leaving_table(),
            "improvements": self.improvements_table(),
        }

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


MOST_NAMED = 12
"""States named in one cell of a table; where there are more, they are counted."""


def _leaves(x: CoalitionConcept, coalition: Coalition, states: Sequence[str]) -> str:
    """The states that a coalition leaves; in brackets where only in some settings."""
    left = len(states) - len(x.stable[coalition])
    if left > MOST_NAMED:
        return f"{left:,} of {len(states):,}"
    if not left:
        return "none"
    sure, may = x.stable[coalition], x.possible[coalition]
    return ", ".join(s if s not in may else f"({s})" for s in states if s not in sure)


def _of(counts: tuple[int, int]) -> str:
    return f"{counts[0]} of {counts[1]}"


def _concept_json(c: CoalitionConcept) -> dict[str, Any]:
    return {
        "coalitions": [
            {"by": list(who), "stable": list(c.stable[who]), "possible": list(c.possible[who])}
            for who in c.stable
        ],
        "equilibria": list(c.equilibria),
        "possible_equilibria": list(c.possible_equilibria),
        "counts": None if c.counts is None else {s: list(k) for s, k in c.counts.items()},
    }


def _improvement_json(i: Improvement) -> dict[str, Any]:
    return {
        "by": list(i.by),
        "from": i.start,
        "to": i.end,
        "moves": [_move_json(m) for m in i.moves],
        "status": i.status,
        "counts": None if i.counts is None else list(i.counts),
        "jumps": dict(i.jumps),
        "jump_counts": {c: None if k is None else list(k) for c, k in i.jump_counts.items()},
        "says": i.says,
    }


def _move_json(move: Move) -> dict[str, Any]:
    return {"by": list(move.mover), "from": move.start, "to": move.end}


def _explanation_json(e: Explanation) -> dict[str, Any]:
    return {
        "by": e.party.split("+"),
        "state": e.state,
        "concept": e.concept,
        "stable": e.stable,
        "says": e.sentence,
        "elements": list(e.elements),
    }
