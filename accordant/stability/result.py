"""What the stability room answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any, Protocol, TypeVar

from accordant.emitting import described, plain
from accordant.model.space import Picked
from accordant.tables import Method, Rows, Table

V = TypeVar("V")


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
        found: dict[str, Any] = plain(self.outline())
        return found

    def outline(self) -> dict[str, Any]:
        """The same data, its long parts made only as they are written."""
        return {
            "schema": "accordant/stability/1",
            "states": described(self.states, self.values),
            "parties": list(self.parties),
            "concepts": {
                name: {
                    "stable": dict(c.stable),
                    "equilibria": c.equilibria,
                    "possible": dict(c.possible),
                    "possible_equilibria": c.possible_equilibria,
                    "counts": c.counts,
                }
                for name, c in self.concepts.items()
            },
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state: its values, and for each concept ``yes``, ``no`` or ``n of m``."""
        issues = tuple(self.values[0]) if self.values else ()
        concepts = tuple(self.concepts.values())

        def rows(start: int, stop: int) -> list[tuple[Any, ...]]:
            states = self.states[start:stop]
            told = zip(*(cells(c, states, start, stop) for c in concepts), strict=True)
            verdicts = told if concepts else repeat(())
            some = zip(states, self.values[start:stop], verdicts, strict=bool(concepts))
            return [(s, *(v[i] for i in issues), *cell) for s, v, cell in some]

        columns = ("state", *issues, *self.concepts)
        return Table("Which states hold", columns, Rows(len(self.states), rows))

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


class Held(Protocol):
    """What holds under a concept, over all admissible settings."""

    @property
    def equilibria(self) -> Sequence[str]:
        """States that hold in every setting."""

    @property
    def possible_equilibria(self) -> Sequence[str]:
        """States that hold in some."""

    @property
    def counts(self) -> Mapping[str, tuple[int, int]] | None:
        """Settings in which a state holds, and all of them."""


def cells(result: Held, states: Sequence[str], start: int, stop: int) -> list[str]:
    """The verdicts on states, which stand in the result from ``start`` to ``stop``."""
    sure = _among(result.equilibria, states, start, stop)
    possible = _among(result.possible_equilibria, states, start, stop)
    return [
        "yes" if sure[k] else _partly(result, state) if possible[k] else "no"
        for k, state in enumerate(states)
    ]


def _among(some: Sequence[str], states: Sequence[str], start: int, stop: int) -> list[bool]:
    if isinstance(some, Picked):
        found: list[bool] = some.among(start, stop).tolist()
        return found
    held = set(some)
    return [state in held for state in states]


def _partly(result: Held, state: str) -> str:
    return "unknown" if result.counts is None else "{} of {}".format(*result.counts[state])
