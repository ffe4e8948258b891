"""The state graph of a case as any program for graphs can hold it: nodes and edges with attributes.

Nodes are states, edges are moves, both as the case is written; ranks are those of the written case too,
and what holds is said over all settings, as everywhere. Attributes are words, numbers and flags with names
that are the same in every format that is written from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from accordant.case.objects import Case, Preference
from accordant.exchange.formats import Named, Told
from accordant.exchange.losses import fields_left, grounds_left, groups_left, no_place
from accordant.exchange.outgoing import Outgoing

if TYPE_CHECKING:
    from accordant.errors import Problem
    from accordant.model.graph import GraphModel
    from accordant.model.result import StateMove, StatesResult
    from accordant.opened import OpenCase
    from accordant.stability.result import StabilityResult

CARRIED = (
    "accordant", "title", "parties", "issues", "feasible", "states", "only", "moves", "status_quo", "no_deal",
    "preferences",
)  # fmt: skip
MOST_STATES = 10_000
"""Most states that are written."""
MOST_MOVES = 100_000
"""Most moves that are written: programs for graphs become slow far below that."""

Attribute: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class Node:
    """One state.

    Attributes
    ----------
    id
        ``n1``, ``n2``, … in the order of the states: a name that every format takes.
    """

    id: str
    name: str
    status_quo: bool
    no_deal: bool
    values: Mapping[str, str]
    ranks: Mapping[str, int]
    holds: Mapping[str, str]

    @property
    def attributes(self) -> dict[str, Attribute]:
        """Everything about it by name."""
        return {
            "state": self.name,
            "status_quo": self.status_quo,
            "no_deal": self.no_deal,
            **{f"issue.{issue}": value for issue, value in self.values.items()},
            **{f"rank.{party}": rank for party, rank in self.ranks.items()},
            **{f"holds.{concept}": verdict for concept, verdict in self.holds.items()},
        }


@dataclass(frozen=True, slots=True)
class Edge:
    """One move: by one party, or by several together; ``better`` says whether all of them prefer its end."""

    id: str
    start: str
    end: str
    movers: tuple[str, ...]
    better: str

    @property
    def attributes(self) -> dict[str, Attribute]:
        """Everything about it by name."""
        return {"by": " + ".join(self.movers), "joint": len(self.movers) > 1, "better": self.better}


@dataclass(frozen=True)
class StateGraph:
    """A case as a graph, with what could not be said of it."""

    case: Case
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    problems: tuple[Problem, ...]
    told: tuple[Told, ...]

    @property
    def names(self) -> tuple[Named, ...]:
        """What states are called on both sides."""
        return tuple(Named("state", node.name, node.id) for node in self.nodes)


def state_graph(opened: OpenCase, title: str, ending: str) -> StateGraph:
    """The state graph of a case.

    Parameters
    ----------
    title, ending
        Of the format that it is to be written in, for messages.

    Raises
    ------
    CaseError
        If it has too many states or moves.
    TooLargeError
        If its states cannot even be listed.
    """
    made, case = Outgoing(opened, title), opened.case
    _refuse(made, opened.compiler.view().model)
    states = opened.states()
    for party, one in case.parties.items():
        if one.role in ("party", "constituency") and party not in states.ranks:
            at = ("preferences", party) if party in case.preferences else ("parties", party)
            message = "has an order that is not wholly known: no ranks are written"
            made.say.warning(at, message, on_key=True)
    _leave(made, ending)
    return StateGraph(
        case,
        tuple(_nodes(case, states, opened.stability())),
        tuple(_edges(states)),
        made.finish(),
        tuple(
            Told(f"ranks of {case.party_name(party)}", _kind(case, party), "1 for the most preferred", False)
            for party in states.ranks
        ),
    )


def _refuse(made: Outgoing, model: GraphModel) -> None:
    """Graphs that no program could use; moves are counted before any is listed."""
    at = "issues" if made.case.issues else "states"
    if model.n > MOST_STATES:
        message = f"come to {model.n:,} states; at most {MOST_STATES:,} are written as a graph"
        made.say.error((at,), message, on_key=True)
    elif model.more_arcs(MOST_MOVES):
        message = f"come to more than {MOST_MOVES:,} moves; at most so many are written as a graph"
        made.say.error((at,), message, hint="'accordant states --csv' lists the states", on_key=True)
    made.finish()


def _nodes(case: Case, states: StatesResult, stability: StabilityResult) -> Iterator[Node]:
    from accordant.stability.result import cells

    told = {
        name: dict(
            zip(stability.states, cells(found, stability.states, 0, len(stability.states)), strict=True)
        )
        for name, found in stability.concepts.items()
    }
    ranks = {party: list(found) for party, found in states.ranks.items()}
    no_deal = set(states.no_deal)
    for k, (name, values) in enumerate(zip(states.states, states.values, strict=True)):
        yield Node(
            f"n{k + 1}",
            name,
            name == states.status_quo,
            name in no_deal,
            {issue: case.issues[issue].shown(value) for issue, value in values.items()},
            {party: found[k] for party, found in ranks.items()},
            {concept: found[name] for concept, found in told.items()},
        )


def _edges(states: StatesResult) -> Iterator[Edge]:
    place = {name: k for k, name in enumerate(states.states)}
    unknown = {party: {frozenset(pair) for pair in pairs} for party, pairs in states.incomparable.items()}
    ranks = {party: list(found) for party, found in states.ranks.items()}

    def better(party: str, move: StateMove) -> bool | None:
        if party not in ranks or frozenset((move.start, move.end)) in unknown.get(party, ()):
            return None
        return ranks[party][place[move.end]] < ranks[party][place[move.start]]

    for k, move in enumerate(states.moves, 1):
        every = [better(party, move) for party in move.movers]
        said = "no" if False in every else "unknown" if None in every else "yes"
        yield Edge(f"e{k}", f"n{place[move.start] + 1}", f"n{place[move.end] + 1}", move.movers, said)


def _kind(case: Case, party: str) -> str:
    preference = case.preferences.get(party)
    return "worths" if preference is not None and preference.cardinal else "an order"


def _leave(made: Outgoing, ending: str) -> None:
    case, say = made.case, made.say
    no_place(say, case, CARRIED, ending)
    for id_, party in case.parties.items():
        fields_left(say, ("parties", id_), party, ("name", "role", "of"), ending)
    for id_, issue in case.issues.items():
        carried = ("by", "values", "range", "unit", "moves", "binding")
        fields_left(say, ("issues", id_), issue, carried, ending)
    ranked = ("priorities", "never", "ranking", "worth", "table", "also")
    for id_ in case.parties:
        fields_left(say, ("preferences", id_), case.preferences.get(id_, Preference()), ranked, ending)
    groups_left(say, case)
    for key in ("issues", "preferences", "feasible"):
        grounds_left(say, getattr(case, key), (key,), ending)
