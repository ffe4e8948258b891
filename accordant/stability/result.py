"""What the stability room answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar, overload

from accordant.tables import Method, Rows, Table

V = TypeVar("V")

if TYPE_CHECKING:
    from accordant.model.space import StateSpace


@dataclass(frozen=True, slots=True)
class Move:
    """One step: who, from where, to where (state names)."""

    mover: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a state is stable or not for a party, under one concept.

    Attributes
    ----------
    sentence
        Plain words that name the improvement, the counter-move and the states.
    improvement
        The improvement that decides (for an unstable verdict the one that nobody sanctions;
        for a stable one the first one, sanctioned), or None when there is none.
    sanction
        The legal sequence that answers it, empty when there is none.
    elements
        Element ids (``accordant.case.grounds``) of the preference lines that the comparison used.
    sanctions
        For a stable verdict: every improvement with its sanction, in order.
    """

    state: str
    party: str
    concept: str
    stable: bool
    sentence: str
    improvement: Move | None = None
    sanction: tuple[Move, ...] = ()
    elements: tuple[str, ...] = ()
    sanctions: tuple[tuple[Move, tuple[Move, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class ConceptResult:
    """Verdicts under one concept, over all admissible settings.

    ``stable`` and ``equilibria`` hold in every setting, ``possible`` and
    ``possible_equilibria`` in some; where nothing is unsure the two are the same.
    ``counts[state]`` is (settings in which it is an equilibrium, settings), None where a party's
    order is wholly unknown.
    """

    concept: str
    stable: Mapping[str, Sequence[str]]
    possible: Mapping[str, Sequence[str]]
    equilibria: Sequence[str]
    possible_equilibria: Sequence[str]
    counts: Mapping[str, tuple[int, int]] | None


@dataclass(frozen=True, eq=False)
class StateValues(Sequence[Mapping[str, str]]):
    """The value of every issue in each state, worked out when asked for."""

    space: StateSpace

    def __len__(self) -> int:
        return self.space.n

    @overload
    def __getitem__(self, at: int) -> Mapping[str, str]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Mapping[str, str]]: ...
    def __getitem__(self, at: int | slice) -> Mapping[str, str] | Sequence[Mapping[str, str]]:
        numbers = range(self.space.n)[at]
        if isinstance(numbers, int):
            return self.space.values_of(numbers)
        if not self.space.direct:
            return [self.space.values_of(s) for s in numbers]
        rows = self.space.codes[numbers.start : numbers.stop : numbers.step].tolist()
        issues = list(zip(self.space.issues, self.space.values, strict=True))
        return [{i: names[v] for (i, names), v in zip(issues, row, strict=True)} for row in rows]


@dataclass(frozen=True, eq=False)
class Lazily(Mapping[str, V]):
    """A mapping whose values are worked out when they are first looked at.

    ``make`` raises ``KeyError`` for a name that is none of ``names``.

    Examples
    --------
    >>> Lazily(("a", "bb"), len)["bb"]
    2
    """

    names: Sequence[str]
    make: Callable[[str], V]
    made: dict[str, V] = field(default_factory=dict)

    def __getitem__(self, name: str) -> V:
        if name not in self.made:
            self.made[name] = self.make(name)
        return self.made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True)
class StabilityResult:
    """Which states hold, for whom, under which concepts."""

    title: str
    states: Sequence[str]
    values: Sequence[Mapping[str, str]]
    parties: tuple[str, ...]
    concepts: Mapping[str, ConceptResult]
    method: Method
    explainer: Callable[[str, str, str], Explanation] = field(repr=False)

    def explain(self, state: str, party: str, concept: str) -> Explanation:
        """Why ``state`` is stable or not for ``party`` under ``concept``."""
        return self.explainer(state, party, concept)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``stability --json``."""
        return {
            "schema": "accordant/stability/1",
            "states": [{"name": s, "values": dict(v)} for s, v in zip(self.states, self.values, strict=True)],
            "parties": list(self.parties),
            "concepts": {
                name: {
                    "stable": {p: list(s) for p, s in c.stable.items()},
                    "equilibria": list(c.equilibria),
                    "possible": {p: list(s) for p, s in c.possible.items()},
                    "possible_equilibria": list(c.possible_equilibria),
                    "counts": None if c.counts is None else {s: list(k) for s, k in c.counts.items()},
                }
                for name, c in self.concepts.items()
            },
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state: its values, and for each concept ``yes``, ``no`` or ``n of m``."""
        issues = tuple(self.values[0]) if self.values else ()
        cells = [_cells(c) for c in self.concepts.values()]

        def rows(start: int, stop: int) -> list[tuple[Any, ...]]:
            some = zip(self.states[start:stop], self.values[start:stop], strict=True)
            return [(s, *(v[i] for i in issues), *(cell(s) for cell in cells)) for s, v in some]

        columns = ("state", *issues, *self.concepts)
        return Table("Which states hold", columns, Rows(len(self.states), rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _cells(result: ConceptResult) -> Callable[[str], str]:
    certain, possible = result.equilibria, result.possible_equilibria

    def cell(state: str) -> str:
        if state in certain:
            return "yes"
        if state not in possible:
            return "no"
        return "unknown" if result.counts is None else "{} of {}".format(*result.counts[state])

    return cell
