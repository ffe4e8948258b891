"""What can be reached from where things stand: the answer of the status quo analysis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from accordant.stability.result import Move
from accordant.tables import Method, Table

Answer = Literal["yes", "no", "unknown"]

WAYS = {"any": "by any moves", "improvements": "by improvements", "mixed": "mixed"}
"""The kinds of ways, with the words of their columns."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest state that improvements lead to, and the moves that would still be missing."""

    state: str
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """What stands in the way.

    Attributes
    ----------
    kind
        ``direction`` (an issue would have to go a way that its moves do not permit), ``control``
        (nobody can take it there), ``rules`` (only by way of states that rules forbid), ``named``
        (only by way of states that the case leaves out), ``turns`` (only if somebody moved twice in
        a row), ``moves`` (no move leads there), ``preference`` (somebody does not gain by a step),
        ``unknown`` (whether somebody gains is not known).
    elements
        The elements of the case that are in the way.
    step
        For ``preference`` and ``unknown``: the step that is not gained by.
    nearest
        For ``preference`` and ``unknown``: how near improvements come.
    """

    kind: str
    elements: tuple[str, ...] = ()
    step: Move | None = None
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class Route:
    """Whether and how one state is reached in one kind of way.

    Attributes
    ----------
    answer
        As the case is written; "unknown" where it hangs on an order that is not known.
    steps
        Fewest moves, None where it is not reached.
    path
        One shortest legal sequence; ``others`` are further ones, a few.
    count
        Number of shortest legal sequences, None where there are none or too many to count.
    settings
        Settings in which it is reached, and all settings; None where they cannot be counted.
    over
        ``always``, ``sometimes`` or ``never``, over all settings.
    """

    answer: Answer
    steps: int | None
    path: tuple[Move, ...]
    others: tuple[tuple[Move, ...], ...]
    count: int | None
    sentence: str
    elements: tuple[str, ...]
    blocked: Obstacle | None
    over: str
    settings: tuple[int, int] | None


@dataclass(frozen=True)
class Destination:
    """A state, the concepts that it holds under (``always`` or ``sometimes``), and the ways to it."""

    state: str
    values: Mapping[str, str]
    holds: Mapping[str, str]
    routes: Mapping[str, Route]

    @property
    def always(self) -> tuple[str, ...]:
        """The concepts under which it holds in every setting."""
        return tuple(c for c, over in self.holds.items() if over == "always")

    @property
    def sometimes(self) -> tuple[str, ...]:
        """The concepts under which it holds in some settings, or may hold."""
        return tuple(c for c, over in self.holds.items() if over != "always")


@dataclass(frozen=True, slots=True)
class Spread:
    """How far one kind of ways leads.

    ``counts[k]`` is how many states are first reached at step k; ``states[k]`` names them, None where
    there are too many. Where orders are unknown, what is reached whatever they are.
    """

    reached: int
    counts: tuple[int, ...]
    states: tuple[tuple[str, ...], ...] | None


@dataclass(frozen=True)
class PathsResult:
    """What can be reached from a state, how, and what stands in the way of the rest.

    ``summary[concept][way]`` counts the equilibria that are reached, ``summary[concept]["all"]`` all
    of them: states that hold in every setting.
    """

    title: str
    start: str
    parties: tuple[str, ...]
    free: tuple[str, ...]
    states: int
    spreads: Mapping[str, Spread]
    summary: Mapping[str, Mapping[str, int]]
    destinations: tuple[Destination, ...]
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``path --json``."""
        return {
            "schema": "accordant/path/1",
            "from": self.start,
            "parties": list(self.parties),
            "free": list(self.free),
            "states": self.states,
            "reach": {
                way: {
                    "reached": s.reached,
                    "counts": list(s.counts),
                    "first": None if s.states is None else [list(names) for names in s.states],
                }
                for way, s in self.spreads.items()
            },
            "equilibria": {c: dict(counts) for c, counts in self.summary.items()},
            "destinations": [_destination_json(d) for d in self.destinations],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per destination: what it holds under, and the way to it; what always holds comes first."""
        ordered = sorted(self.destinations, key=lambda d: not d.always)
        rows = tuple((d.state, _held(d) or "–", *(_cell(r) for r in d.routes.values())) for d in ordered)
        columns = ("state", "holds under", *(WAYS[way] for way in self.spreads))
        return Table(f"What can be reached from {self.start}", columns, rows)

    def steps_table(self) -> Table:
        """One row per step: the states that are first reached by it."""
        most = max((len(s.counts) for s in self.spreads.values()), default=0)
        rows = tuple((k, *(_first(s, k) for s in self.spreads.values())) for k in range(most))
        columns = ("step", *(WAYS[way] for way in self.spreads))
        return Table("The states first reached at each step", columns, rows)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return {"destinations": self.table(), "steps": self.steps_table()}

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _held(found: Destination) -> str:
    told = [", ".join(found.always)] if found.always else []
    return "; ".join([*told, f"sometimes: {', '.join(found.sometimes)}"] if found.sometimes else told)


def _cell(route: Route) -> str:
    if route.steps is None:
        text = "no"
    elif route.steps == 0:
        text = "here"
    else:
        text = f"{route.steps}: " + ", ".join(f"{' + '.join(m.mover)} → {m.end}" for m in route.path)
    if route.answer == "unknown":
        text += " (unknown)"
    if route.over == "sometimes" and route.settings:
        text += " ({} of {})".format(*route.settings)
    return text


def _first(spread: Spread, k: int) -> str:
    if k >= len(spread.counts):
        return "–"
    if spread.states is None:
        return f"{spread.counts[k]:,} states"
    return ", ".join(spread.states[k]) or "–"


def moves_json(moves: Iterable[Move]) -> list[dict[str, Any]]:
    """Moves as plain data."""
    return [{"by": list(m.mover), "from": m.start, "to": m.end} for m in moves]


def _destination_json(found: Destination) -> dict[str, Any]:
    return {
        "state": found.state,
        "values": dict(found.values),
        "holds": dict(found.holds),
        "ways": {way: _route_json(route) for way, route in found.routes.items()},
    }


def _route_json(route: Route) -> dict[str, Any]:
    return {
        "answer": route.answer,
        "steps": route.steps,
        "path": moves_json(route.path),
        "others": [moves_json(path) for path in route.others],
        "shortest_paths": route.count,
        "over_settings": route.over,
        "settings": None if route.settings is None else list(route.settings),
        "says": route.sentence,
        "elements": list(route.elements),
        "blocked": None if route.blocked is None else _obstacle_json(route.blocked),
    }


def _obstacle_json(found: Obstacle) -> dict[str, Any]:
    near = found.nearest
    return {
        "kind": found.kind,
        "elements": list(found.elements),
        "step": moves_json([found.step])[0] if found.step else None,
        "nearest": None if near is None else {"state": near.state, "moves": moves_json(near.moves)},
    }
