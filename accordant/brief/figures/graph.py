"""The state graph: who would move from where to where, laid out by distance from the status quo.

Columns count the issues on which a state differs from the status quo (in a case without issues,
the fewest moves to it). That choice keeps every column readable and makes a package of several
changes lie as far to the right as it asks for changes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accordant.brief import words
from accordant.brief.characters import isolated
from accordant.brief.context import Context
from accordant.brief.document import Cell, Figure, Rich, Row, Table, Text, rich, spoken
from accordant.brief.figures.graph_chart import Arc, Node, StateGraph
from accordant.brief.figures.layout import placed
from accordant.brief.standing import certain

MOST_MOVES = 48
"""Most improvements that are drawn in full; of more, only each party's best from each state."""
LEGIBLE = 60
"""Most arrows in one picture."""
ALL_MOVES = 30
"""Most moves with which those that are no improvement are drawn too."""


@dataclass(frozen=True, slots=True)
class Step:
    """One move between two named states.

    ``better`` says whether every mover prefers the end to the start; None when that is unknown.
    """

    movers: tuple[str, ...]
    start: str
    end: str
    better: bool | None


@dataclass(frozen=True, slots=True)
class Scope:
    """What is drawn: states, moves, and how many moves between these states are left out."""

    names: tuple[str, ...]
    steps: tuple[Step, ...]
    drawn: tuple[Step, ...]

    @property
    def left_out(self) -> int:
        """Moves that are not drawn."""
        return len(self.steps) - len(self.drawn)


def state_graph(context: Context) -> Figure | None:
    """The figure, or None for a case with a single state or without moves."""
    scope = scope_of(context)
    if len(scope.names) < 2 or not scope.steps:
        return None
    rank = {p: k for k, p in enumerate(context.case.parties)}
    movers = sorted({s.movers for s in scope.drawn}, key=lambda m: (len(m), [rank.get(p, 0) for p in m]))
    codes = _codes(context, movers)
    names = [f"{code}  {spoken(context.parties(m))}" for code, m in zip(codes, movers, strict=True)]
    drawing = StateGraph(
        nodes=tuple(_node(context, s, at) for s, at in _places(context, scope).items()),
        arcs=tuple(Arc(s.start, s.end, movers.index(s.movers), s.better is not False) for s in scope.drawn),
        movers=tuple(names),
        codes=tuple(codes),
    )
    return Figure(
        "state-graph",
        _finding(context, scope),
        _describes(scope),
        drawing,
        _table(context, scope.drawn),
        _note(context, scope),
    )


def scope_of(context: Context) -> Scope:
    """As much as can be read: all named states, then those that matter most, then sure moves only."""
    found = Scope((), (), ())
    for names in (context.relevant.names, context.relevant.argued):
        steps = moves(context, names)
        found = Scope(names, tuple(steps), tuple(chosen(context, steps)))
        if len(found.drawn) <= LEGIBLE:
            return found
    sure = [s for s in found.steps if s.better]
    return Scope(found.names, found.steps, tuple(_best(context, sure)[:LEGIBLE]))


def _codes(context: Context, movers: Sequence[tuple[str, ...]]) -> list[str]:
    alone = list(dict.fromkeys(p for m in movers for p in m))
    code = dict(zip(alone, words.short_codes([context.case.party_name(p) for p in alone]), strict=True))
    return ["+".join(code[p] for p in m) for m in movers]


def moves(context: Context, names: Sequence[str]) -> list[Step]:
    """Every move between two of the states."""
    named = set(names)
    if context.states.moves:
        found = [
            (m.movers, m.start, m.end) for m in context.states.moves if m.start in named and m.end in named
        ]
    else:
        found = _from_model(context, named)
    place = {s: k for k, s in enumerate(context.states.states)}
    return [Step(who, a, b, _better(context, who, place[a], place[b])) for who, a, b in found]


def _from_model(context: Context, named: set[str]) -> list[tuple[tuple[str, ...], str, str]]:
    """Moves of a case whose moves are too many to be listed all."""
    model = context.opened.compiler.view().model
    numbers = model.space.numbers
    return [
        (tuple(model.parties[p] for p in mover.parties), name, model.space.name(int(end)))
        for name in sorted(named, key=numbers.__getitem__)
        for mover in model.movers
        for end in mover.moves.from_state(numbers[name])
        if model.space.name(int(end)) in named
    ]


def _better(context: Context, movers: Iterable[str], start: int, end: int) -> bool | None:
    ranks = [context.states.ranks.get(p) for p in movers]
    if any(r is not None and r[end] >= r[start] for r in ranks):
        return False
    return None if any(r is None for r in ranks) else True


def chosen(context: Context, steps: Sequence[Step]) -> list[Step]:
    """The moves to draw: all of a few; of more, those that the mover prefers or may prefer."""
    if len(steps) <= ALL_MOVES:
        return list(steps)
    wanted = [s for s in steps if s.better is not False]
    return _best(context, wanted) if len(wanted) > MOST_MOVES else wanted


def _best(context: Context, steps: Sequence[Step]) -> list[Step]:
    """From each state, for each mover, the moves to what the mover likes best."""
    place = {s: k for k, s in enumerate(context.states.states)}
    groups: dict[tuple[str, tuple[str, ...]], list[Step]] = {}
    for step in steps:
        groups.setdefault((step.start, step.movers), []).append(step)

    def key(step: Step) -> tuple[int, ...]:
        ranks = [context.states.ranks.get(p) for p in step.movers]
        return tuple(r[place[step.end]] if r else 0 for r in ranks)

    return [
        s
        for group in groups.values()
        for best in [min(key(s) for s in group)]
        for s in group
        if key(s) == best
    ]


# Places


def _places(context: Context, scope: Scope) -> dict[str, tuple[float, float]]:
    layer = _distances(context, scope)
    layers: list[list[str]] = [[] for _ in range(max(layer.values(), default=0) + 1)]
    for name in scope.names:
        layers[layer[name]].append(name)
    return placed([same for same in layers if same], [(s.start, s.end) for s in scope.drawn])


def _distances(context: Context, scope: Scope) -> dict[str, int]:
    start, values, names = context.states.status_quo, context.values, scope.names
    by_issues = all("*" not in values[s].values() for s in names) and bool(context.states.issues)
    if start is not None and by_issues:
        return {s: sum(values[s][i] != values[start][i] for i in context.states.issues) for s in names}
    found = _steps_from(start if start in names else names[0], scope.steps)
    beyond = max((found[s] for s in names if s in found), default=0) + 1
    return {s: found.get(s, beyond) for s in names}


def _steps_from(start: str | None, steps: Sequence[Step]) -> dict[str | None, int]:
    """The fewest moves to each state."""
    onward: dict[str | None, list[str]] = {}
    for step in steps:
        onward.setdefault(step.start, []).append(step.end)
    found = {start: 0}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        for end in onward.get(here, ()):
            if end not in found:
                found[end] = found[here] + 1
                queue.append(end)
    return found


# What is said about it


def _node(context: Context, state: str, at: tuple[float, float]) -> Node:
    sure = len(certain(context, state))
    maybe = any(state in found for found in context.maybe.values())
    kind = "another state"
    if context.landings.get(state):
        kind = "where a proposal leads"
    if state in context.states.no_deal:
        kind = "no deal"
    if state == context.states.status_quo:
        kind = "status quo"
    holds = "all" if sure == len(context.sure) else "some" if sure or maybe else ""
    role = ", ".join(spoken(r) for r in context.roles(state))
    return Node(state, isolated(state), kind, role, holds, at)


def _finding(context: Context, scope: Scope) -> Rich:
    start = context.states.status_quo
    holding = [s for s in scope.names if all(s in found for found in context.sure.values())]
    verb = "holds" if len(holding) == 1 else "hold"
    tail = f"{words.counted(len(holding), 'state')} {verb} under every concept"
    if start is None:
        return rich(words.upper_first(tail))
    leavers = list(dict.fromkeys(p for s in scope.steps if s.start == start and s.better for p in s.movers))
    if not leavers:
        return rich("From the status quo no party has a move that it prefers; ", tail)
    verb = "has a move that it prefers" if len(leavers) == 1 else "have moves that they prefer"
    return rich("From the status quo ", context.parties(leavers), f" {verb}; ", tail)


def _describes(scope: Scope) -> str:
    states, arrows = words.counted(len(scope.names), "state"), words.counted(len(scope.drawn), "arrow")
    return (
        f"A graph of {states} in columns by distance from the status quo, with {arrows}, each labelled with "
        "the letters of who moves. The same moves are listed in the table below."
    )


def _note(context: Context, scope: Scope) -> Rich:
    columns = "issues changed from the status quo" if context.states.issues else "moves from the first state"
    text = f"Columns from left to right: number of {columns}. "
    total = len(context.states.states)
    if len(scope.names) < total:
        text += f"Drawn are {len(scope.names)} of {total:,} states, those that matter for the answers. "
    if scope.left_out:
        kind = "prefers" if all(s.better for s in scope.drawn) else "prefers or may prefer"
        text += (
            f"Drawn are moves that the mover {kind}, where there are many only to what it likes best; "
            f"{scope.left_out:,} other moves between these states are not drawn. "
        )
    if any(s.better is False for s in scope.drawn):
        text += "Faint arrows: the mover does not prefer it. "
    return rich(
        text,
        "A double ring: holds under every concept in every setting; a dotted ring: under some concept or in "
        "some settings.",
    )


def _table(context: Context, drawn: Sequence[Step]) -> Table:
    rows = tuple(_row(context, s) for s in drawn)
    columns = tuple(rich(c) for c in ("From", "Who moves", "To", "What changes", "Preferred by the mover"))
    return Table("state-graph-table", rich("The moves that are drawn"), columns, rows, fold=True)


def _row(context: Context, step: Step) -> Row:
    before, after = context.values.get(step.start, {}), context.values.get(step.end, {})
    changed = {i: v for i, v in after.items() if before.get(i) != v and v != "*"}
    better = {True: "yes", False: "no", None: "not known"}[step.better]
    cells = (
        Cell(rich(context.state(step.start))),
        Cell(context.parties(step.movers)),
        Cell(rich(context.state(step.end))),
        Cell(words.package(context.case, changed) or rich(Text("–", "muted"))),
        Cell(rich(better)),
    )
    return Row("", cells)
