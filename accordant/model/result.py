"""What the model room answers: the states of a case and who can move where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.settings import AS_WRITTEN
from accordant.tables import Method, Table

LISTED = 10_000
"""Most states whose moves are listed one by one."""


@dataclass(frozen=True, slots=True)
class StateMove:
    """One move: who (all holders of a joint issue move together), from where, to where."""

    movers: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True)
class StatesResult:
    """The states of a case, as it is written.

    Attributes
    ----------
    ranks
        Rank of each state by party, 1 for the most preferred, ties sharing a rank; parties of
        whose order nothing is known are missing.
    moves
        Every move; empty when there are more than :data:`LISTED` states (``method.cut`` says so).
    """

    title: str
    issues: Mapping[str, tuple[str, ...]]
    states: tuple[str, ...]
    values: tuple[Mapping[str, str], ...]
    parties: tuple[str, ...]
    status_quo: str | None
    no_deal: tuple[str, ...]
    ranks: Mapping[str, tuple[int, ...]]
    moves: tuple[StateMove, ...]
    method: Method

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``states --json``."""
        return {
            "schema": "accordant/states/1",
            "issues": {i: list(v) for i, v in self.issues.items()},
            "states": [{"name": s, "values": dict(v)} for s, v in zip(self.states, self.values, strict=True)],
            "parties": list(self.parties),
            "status_quo": self.status_quo,
            "no_deal": list(self.no_deal),
            "ranks": {p: dict(zip(self.states, r, strict=True)) for p, r in self.ranks.items()},
            "moves": [{"by": list(m.movers), "from": m.start, "to": m.end} for m in self.moves],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state: its values, what it is, each party's rank of it (1 is best)."""
        rows = [
            (s, *(v[i] for i in self.issues), self._what(s), *(r[k] for r in self.ranks.values()))
            for k, (s, v) in enumerate(zip(self.states, self.values, strict=True))
        ]
        return Table("The states", ("state", *self.issues, "is", *self.ranks), tuple(rows))

    def moves_table(self) -> Table:
        """One row per move."""
        rows = tuple((" + ".join(m.movers), m.start, m.end) for m in self.moves)
        return Table("Who can move where", ("by", "from", "to"), rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def _what(self, state: str) -> str:
        words = (("status quo", state == self.status_quo), ("no deal", state in self.no_deal))
        return ", ".join(word for word, applies in words if applies)


def states_result(compiler: Compiler) -> StatesResult:
    """The states of a case and who can move where, as the case is written.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate(
    ...     {"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a", "moves": "forward"}}})
    >>> states_result(Compiler(case)).moves
    (StateMove(movers=('a',), start='s1', end='s2'),)
    """
    view = compiler.view(AS_WRITTEN)
    space = view.space
    listed = space.n <= LISTED
    ranks = {p: r for p in (*view.parties, *view.constituencies) if (r := view.ranks(p)) is not None}
    return StatesResult(
        title=compiler.case.title,
        issues={i: v.values for i, v in compiler.case.issues.items()},
        states=tuple(space.names),
        values=tuple(space.values_of(s) for s in range(space.n)),
        parties=view.parties,
        status_quo=None if view.status_quo is None else space.name(view.status_quo),
        no_deal=tuple(space.name(s) for s in view.no_deal),
        ranks={p: tuple(int(k) for k in _places(r)) for p, r in ranks.items()},
        moves=tuple(_moves(view.model)) if listed else (),
        method=Method(
            "feasible states and moves", cut="" if listed else f"moves of {space.n:,} states not listed"
        ),
    )


def _places(ranks: Any) -> Any:
    """1 for the best, ties sharing a place."""
    return 1 + np.unique(-ranks, return_inverse=True)[1].ravel()


def _moves(model: GraphModel) -> list[StateMove]:
    names = model.space.names
    found = []
    for mover in model.movers:
        who = tuple(model.parties[p] for p in mover.parties)
        arcs = mover.moves.arcs
        starts = np.repeat(np.arange(model.n), np.diff(arcs.indptr))
        found += [
            StateMove(who, names[int(s)], names[int(t)]) for s, t in zip(starts, arcs.targets, strict=True)
        ]
    return found
