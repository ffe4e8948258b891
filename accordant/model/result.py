"""What the model room answers: the states of a case and who can move where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from accordant.emitting import described, plain
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.settings import AS_WRITTEN
from accordant.tables import Beside, Method, Rows, Table

LISTED = 10_000
"""Most states whose moves are listed one by one, and most pairs of unknown order of one party."""
MOVES = 500_000
"""Most moves that are listed: whoever may settle everything together has one between any two states."""
SAID = 8
"""Most states or pairs that a sentence names."""


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
        whose order nothing is known are missing. They say nothing of pairs of unknown order.
    moves
        Every move; empty when there are more than :data:`LISTED` states or :data:`MOVES` moves
        (``method.cut`` says so).
    incomparable
        The pairs of states of unknown order, for the parties that have some; of a party with more
        than :data:`LISTED` none (``method.cut`` says so).
    blocks
        For the parties that tell states apart strongly: the number of strong gaps below each state.
    """

    title: str
    issues: Mapping[str, tuple[str, ...]]
    states: Sequence[str]
    values: Sequence[Mapping[str, str]]
    parties: tuple[str, ...]
    status_quo: str | None
    no_deal: tuple[str, ...]
    ranks: Mapping[str, Sequence[int]]
    moves: tuple[StateMove, ...]
    method: Method
    incomparable: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    blocks: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``states --json``."""
        found: dict[str, Any] = plain(self.outline())
        return found

    def outline(self) -> dict[str, Any]:
        """The same data, its long parts made only as they are written."""
        return {
            "schema": "accordant/states/1",
            "issues": self.issues,
            "states": described(self.states, self.values),
            "parties": self.parties,
            "status_quo": self.status_quo,
            "no_deal": self.no_deal,
            "ranks": {p: Beside(self.states, r) for p, r in self.ranks.items()},
            "incomparable": self.incomparable,
            "blocks": {p: Beside(self.states, b) for p, b in self.blocks.items()},
            "moves": [{"by": m.movers, "from": m.start, "to": m.end} for m in self.moves],
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per state: its values, what it is, each party's rank of it (1 is best)."""

        def rows(start: int, stop: int) -> list[tuple[Any, ...]]:
            states, values = self.states[start:stop], self.values[start:stop]
            ranks = [r[start:stop] for r in self.ranks.values()]
            return [
                (s, *(v[i] for i in self.issues), self._what(s), *(r[k] for r in ranks))
                for k, (s, v) in enumerate(zip(states, values, strict=True))
            ]

        columns = ("state", *self.issues, "is", *self.ranks)
        return Table("The states", columns, Rows(len(self.states), rows))

    def notes(self) -> tuple[str, ...]:
        """What the ranks leave out, party by party: pairs of unknown order, strong gaps."""
        found = []
        for party, pairs in self.incomparable.items():
            said = [f"{s} and {t}" for s, t in pairs[:SAID]]
            more = f" and {len(pairs) - SAID:,} more pairs" if len(pairs) > SAID else ""
            found.append(f"{party}: order not known of {'; '.join(said)}{more}")
        for party, blocks in self.blocks.items():
            groups: dict[int, list[str]] = {}
            many = Counter(blocks)
            for state, block in zip(self.states, blocks, strict=True):
                if len(group := groups.setdefault(block, [])) < SAID:
                    group.append(state)
            told = " ≫ ".join(_some(groups[block], many[block]) for block in sorted(groups, reverse=True))
            found.append(f"{party}: {told} (≫: strongly preferred)")
        return tuple(found)

    def moves_table(self) -> Table:
        """One row per move."""
        rows = tuple((" + ".join(m.movers), m.start, m.end) for m in self.moves)
        return Table("Who can move where", ("by", "from", "to"), rows)

    def tables(self) -> dict[str, Table]:
        """Every table, by the name of its sheet in a workbook."""
        return {"states": self.table(), "moves": self.moves_table()}

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
    listed = space.n <= LISTED and not view.model.more_arcs(MOVES)
    voices = (*view.parties, *view.constituencies)
    ranks = {p: r for p in voices if (r := view.base_ranks(p)) is not None}
    pairs = {p: found for p in voices if len(found := view.incomparable(p))}
    too_many = [p for p, found in pairs.items() if len(found) > LISTED]
    cut = [] if listed else [f"moves of {space.n:,} states not listed"]
    cut += [f"{len(pairs.pop(p)):,} pairs of unknown order of {p} not listed" for p in too_many]
    return StatesResult(
        title=compiler.case.title,
        issues={i: v.values for i, v in compiler.case.issues.items()},
        states=space.names,
        values=space.state_values,
        parties=view.parties,
        status_quo=None if view.status_quo is None else space.name(view.status_quo),
        no_deal=tuple(space.name(s) for s in view.no_deal),
        ranks={p: _numbers(_places(r)) for p, r in ranks.items()},
        moves=tuple(_moves(view.model)) if listed else (),
        method=Method("feasible states and moves", cut="; ".join(cut)),
        incomparable={
            p: tuple((space.name(int(s)), space.name(int(t))) for s, t in found) for p, found in pairs.items()
        },
        blocks={p: _numbers(b) for p in voices if (b := view.blocks(p)).any()},
    )


def _some(states: Sequence[str], many: int) -> str:
    more = f" and {many - SAID:,} more" if many > SAID else ""
    return ", ".join(states) + more


def _places(ranks: Any) -> Any:
    """1 for the best, ties sharing a place."""
    return 1 + np.unique(-ranks, return_inverse=True)[1].ravel()


def _numbers(found: Any) -> Rows[int]:
    """An array as numbers of Python, made when they are asked for."""
    return Rows(len(found), lambda start, stop: found[start:stop].tolist())


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
