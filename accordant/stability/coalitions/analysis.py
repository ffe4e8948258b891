"""What coalitions could do together, over all admissible settings.

For every coalition: the states it leaves under each concept, what it could improve to, and which of
these improvements lead from one equilibrium of parties on their own to another. A state at which
every coalition stays, single parties included, is a strong equilibrium under the concept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from math import prod
from random import Random

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.graph import GraphModel
from accordant.model.settings import Setting
from accordant.model.space import Picked
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.bounds import bounds_of
from accordant.stability.coalitions.bounds import all_of, bounds, pairwise_wishes
from accordant.stability.coalitions.improvements import Found, told
from accordant.stability.coalitions.reach import can_move
from accordant.stability.coalitions.result import CoalitionConcept, CoalitionsResult
from accordant.stability.coalitions.sides import Rule, Side, coalition
from accordant.stability.coalitions.telling import explain_side
from accordant.stability.coalitions.wishes import Pairs, Wishes, set_aside, wishes_of
from accordant.stability.concept import Concept
from accordant.stability.concepts import CONCEPTS, TABLE
from accordant.stability.explain import unknown
from accordant.stability.further import Judgement
from accordant.stability.outlook import Framed, Unsure
from accordant.stability.outlook import combinations as order_combinations
from accordant.stability.pairwise.incomparable import judge_pairs
from accordant.stability.result import Explanation, Lazily
from accordant.stability.tally import Tally, judged
from accordant.tables import Method

Bools = NDArray[np.bool_]
Group = tuple[int, ...]
Progress = Callable[[int, int], None]

MOST_PARTIES = 10
"""Parties with moves up to which every coalition is looked at: 1,023 of them."""

MOST_CELLS = 300_000
"""Combinations of orders x coalitions x states up to which every combination is judged."""

FEWEST = 16
"""Combinations that are judged in any case."""

MOST_COMPARED = 4096
"""States beyond which concepts that compare pairs of states are judged only when asked for."""

TOGETHER = "-class"
"""What follows the name of a concept when outsiders may form coalitions of their own."""

NAMES: tuple[str, ...] = (*CONCEPTS, *(c + TOGETHER for c in ("seq", "sseq")))
"""The concepts that coalitions are judged by."""


def analyse(
    compiler: Compiler,
    of: Sequence[Sequence[str]] | None = None,
    concepts: Iterable[str] | None = None,
    *,
    pareto: bool = False,
    starts: Sequence[str] = (),
    explain: Sequence[str] = (),
    seed: int = 1,
    progress: Progress | None = None,
) -> CoalitionsResult:
    """What coalitions could do together, and which states hold against them.

    Parameters
    ----------
    compiler
        The compiled case.
    of
        The coalitions to look at, by ids of parties; every coalition of parties with moves by
        default, single parties included.
    concepts
        Some of :data:`NAMES`; the five classical ones by default.
    pareto
        Whether better for one member and worse for none is enough for a coalition to move.
    starts
        States whose improvements are listed; all of them in small models by default, otherwise the
        status quo and equilibria.
    explain
        States to explain the verdicts of, for every coalition and concept.
    seed
        For the random choice of settings where there are too many.
    progress
        Told how many combinations of orders are done, and of how many.

    Returns
    -------
    CoalitionsResult

    Raises
    ------
    InputError
        If a party, a state or a concept is unknown, or there are too many coalitions.
    TooLargeError
        If a concept that was asked for has to compare pairs of states, and these would not fit.

    Examples
    --------
    >>> import accordant
    >>> result = analyse(accordant.load("cases/elmira").compiler, [["MoE", "UR"]], ["nash"])
    >>> [(jump.start, jump.end) for jump in result.jumps]
    [('s5', 's8')]
    """
    return _Coalitions(compiler, of, concepts, pareto, starts, seed, progress).result(explain)


@dataclass
class _Frame:
    """One way that states and moves can turn out: its sides, and what was judged in it.

    ``pairs`` are those of unknown order, of parties whose order is otherwise known; ``wider`` says
    that more is known of some order than is used.
    """

    framed: Framed
    sides: dict[Group, Side]
    listed: NDArray[np.int64]
    number: NDArray[np.int64]
    pairs: Mapping[int, Pairs]
    wider: bool
    verdicts: dict[object, Judgement] = field(default_factory=dict)

    @property
    def model(self) -> GraphModel:
        return self.framed.view.model

    def wishes(self, row: Sequence[int]) -> Wishes:
        """What everybody wants where each party has the order of the given number."""
        rows = [o.ranks[k] for o, k in zip(self.framed.outlooks, row, strict=True)]
        return Wishes(np.stack(rows).astype(np.int64), self.framed.known, pairs=self.pairs)


class _Coalitions:
    def __init__(
        self,
        compiler: Compiler,
        of: Sequence[Sequence[str]] | None,
        concepts: Iterable[str] | None,
        pareto: bool,
        starts: Sequence[str],
        seed: int,
        progress: Progress | None,
    ) -> None:
        self.compiler, self.pareto, self.seed = compiler, pareto, seed
        self.settings = compiler.setting_space()
        self.random = Random(seed)
        self.unsure = Unsure(compiler, self.settings, self.random)
        self.view = compiler.view(Setting(frozenset(self.settings.lost)))
        self.groups = _groups(self.view, of)
        self.given_concepts = concepts is not None
        self.names = _names(concepts)
        self.left_out = self.not_used = ""
        self.told_progress = progress or (lambda _done, _total: None)
        self.starts = tuple(_state(self.view, s) for s in starts)
        self.drawn: tuple[int, int] = (0, 0)

    def result(self, explain: Sequence[str]) -> CoalitionsResult:
        """The answer of the room."""
        asked = [_state(self.view, s) for s in explain]
        tallies, found = self._tallies()
        parties, names = self.view.parties, self.view.space.names
        coalitions = tuple(tuple(parties[p] for p in group) for group in self.groups)
        uncounted = self.settings.count is None
        result = CoalitionsResult(
            title=self.compiler.case.title,
            states=names,
            parties=parties,
            coalitions=coalitions,
            concepts={n: self._concept(n, coalitions, tallies[n], uncounted) for n in self.names},
            improvements=told(self.view, found, self.pareto, uncounted),
            method=self._method(found, tallies),
            explainer=self._explained,
        )
        why = [self._explained(names[s], c, n) for s in asked for c in coalitions for n in self.names]
        return replace(result, explanations=tuple(why))

    def rule(self, name: str) -> Rule:
        """How a concept of the given name is judged."""
        base = name.removesuffix(TOGETHER)
        return Rule(TABLE[base], self.pareto, base != name)

    def _tallies(self) -> tuple[dict[str, Tally], Found]:
        tallies: dict[str, Tally] = {}
        found = Found(self.view, self.starts, self.names)
        done = 0
        for framed in self.unsure.frames(fine=any(len(self.view.incomparable(p)) for p in self.view.parties)):
            frame = self._frame(framed)
            self._choose(frame)
            rows = self._rows(frame)
            for row, weight in rows:
                wishes = frame.wishes(row)
                for name in self.names:
                    tally = judged(self._judged(frame, row, wishes, name), weight).states(frame.listed)
                    tallies[name] = tallies[name].joined(tally) if name in tallies else tally
                equilibria = {n: self._equilibria(frame, row, wishes, n) for n in self.names}
                found.add(frame.sides, frame.number, wishes, equilibria, weight, self.pareto)
                done += 1
                self.told_progress(done, len(rows) * self.unsure.frames_in_all)
        return tallies, found

    def _frame(self, framed: Framed) -> _Frame:
        model = framed.view.model
        names, numbers = self.view.space.names, framed.view.space.numbers
        if framed.view.space is self.view.space:
            listed = np.arange(model.n)
        else:
            listed = np.array([numbers[name] for name in names], dtype=np.int64)
        number = np.full(model.n, -1, dtype=np.int64)
        number[listed] = np.arange(len(listed))
        sides = {g: coalition(model, g) for g in self.groups}
        pairs, why = self._pairs(framed.view)
        self.not_used = why or self.not_used
        return _Frame(framed, sides, listed, number, pairs, bool(why))

    def _pairs(self, view: View) -> tuple[Mapping[int, Pairs], str]:
        """The pairs of unknown order that are used, and what of the others is not, with the reason."""
        wishes, why = wishes_of(view)
        if wishes.pairs and view.model.n > MOST_COMPARED and not self.given_concepts:
            why = set_aside(
                [view.parties[p] for p in wishes.pairs],
                f"it takes comparing states pair by pair, which with {view.model.n:,} states is done for a "
                "concept that is asked for by name",
            )
        return ({} if why else wishes.pairs), why

    def _choose(self, frame: _Frame) -> None:
        """In larger models, leave out what compares pairs of states unless it was asked for."""
        if self.given_concepts or frame.model.n <= MOST_COMPARED:
            return
        swept = all(side.fibres is not None or len(side.members) == 1 for side in frame.sides.values())
        kept = ("nash", "gmr", "seq") if swept and not self.pareto else ("nash",)
        left = [n for n in self.names if n not in kept]
        self.names = tuple(n for n in self.names if n in kept)
        if left:
            self.left_out = (
                f"{' and '.join(left)} compare states pair by pair and were left out with {frame.model.n:,} "
                "states; ask for one by name"
            )

    def _rows(self, frame: _Frame) -> list[tuple[tuple[int, ...], int]]:
        """Combinations of orders with the number of settings behind each; some of them where too many."""
        outlooks = frame.framed.outlooks
        most = max(FEWEST, MOST_CELLS // (frame.model.n * len(self.groups)))
        if frame.framed.joint <= most:
            every = (
                tuple(map(int, row))
                for block in order_combinations([len(o.weight) for o in outlooks], most)
                for row in block
            )
            return [
                (row, self.unsure.besides * prod(o.weight[k] for o, k in zip(outlooks, row, strict=True)))
                for row in every
            ]
        self.drawn = (self.drawn[0] + most, self.drawn[1] + frame.framed.joint)
        columns = [self.random.choices(range(len(o.weight)), o.weight, k=most) for o in outlooks]
        return [(row, 1) for row in zip(*columns, strict=True)]

    def _judged(self, frame: _Frame, row: tuple[int, ...], wishes: Wishes, name: str) -> Judgement:
        found = [self._side(frame, g, row, wishes, name) for g in self.groups]
        return all_of(found, [frame.sides[g] for g in self.groups], wishes, self.rule(name))

    def _side(
        self, frame: _Frame, group: Group, row: tuple[int, ...], wishes: Wishes, name: str
    ) -> Judgement:
        rule = self.rule(name)
        everybody = rule.concept.sanctions == "improvements"
        key = (name, group, row if everybody else tuple(row[p] for p in group))
        if key not in frame.verdicts:
            found = bounds(frame.sides[group], wishes, rule)
            if not found.exact and len(group) == 1 and not (rule.together or frame.pairs):
                # one party against outsiders of whom nothing is known: as it is judged on its own
                alone, _ = self._alone(frame, row, wishes, name)
                found = Judgement(alone.must[group[0]], alone.may[group[0]], alone.exact)
            exact = found.exact and (not frame.wider or bool((found.must == found.may).all()))
            frame.verdicts[key] = replace(found, exact=exact)
        return frame.verdicts[key]

    def _equilibria(
        self, frame: _Frame, row: tuple[int, ...], wishes: Wishes, name: str
    ) -> tuple[Bools, Bools]:
        """States at which every party stays on its own: surely, and possibly."""
        together = self._alone(frame, row, wishes, name)[1]
        return together.must, together.may

    def _alone(
        self, frame: _Frame, row: tuple[int, ...], wishes: Wishes, name: str
    ) -> tuple[Judgement, Judgement]:
        """Every party on its own, and where all of them stay."""
        base = name.removesuffix(TOGETHER)
        key, both = ("alone", base, row), ("all alone", base, row)
        if key not in frame.verdicts:
            alone, together = _each_alone(frame.model, wishes, TABLE[base])
            frame.verdicts[key], frame.verdicts[both] = alone, together
        return frame.verdicts[key], frame.verdicts[both]

    def _concept(
        self, name: str, coalitions: Sequence[tuple[str, ...]], tally: Tally, uncounted: bool
    ) -> CoalitionConcept:
        names, numbers = self.view.space.names, self.view.space.numbers

        def named(states: Bools) -> Picked:
            return Picked(names, np.flatnonzero(states).astype(np.int32))

        def count(state: str) -> tuple[int, int]:
            return int(tally.count[numbers[state]]), tally.total

        counted = not (uncounted or tally.open)
        return CoalitionConcept(
            concept=name,
            stable={c: named(tally.always[k]) for k, c in enumerate(coalitions)},
            possible={c: named(tally.sometimes[k]) for k, c in enumerate(coalitions)},
            equilibria=named(tally.holds),
            possible_equilibria=named(tally.may_hold),
            counts=Lazily(names, count) if counted else None,
        )

    def _explained(self, state: str, members: tuple[str, ...], name: str) -> Explanation:
        if name not in NAMES:
            raise unknown("solution concept", name, NAMES)
        group = _group(self.view, members)
        side = coalition(self.view.model, group)
        pairs, _ = self._pairs(self.view)
        wishes = replace(wishes_of(self.view)[0], pairs=pairs)
        return explain_side(self.view, side, _state(self.view, state), self.rule(name), name, wishes=wishes)

    def _method(self, found: Found, tallies: Mapping[str, Tally]) -> Method:
        cut = [*self.unsure.left_out]
        if self.drawn[1]:
            cut.append("{:,} of {:,} combinations of orders, drawn at random".format(*self.drawn))
        bounded = [name for name in self.names if not tallies[name].exact]
        if bounded:
            cut.append(
                f"under {' and '.join(bounded)}, not every state listed as possible was shown to be so: what "
                "is not listed is impossible"
            )
        joined = [name for name in bounded if self.pareto and name.endswith(TOGETHER)]
        if joined:
            cut.append(
                f"under {' and '.join(joined)}, a coalition may always stay where that is not said; where it "
                "is said it does"
            )
        cut += [text for text in (self.not_used, self.left_out, *found.cut) if text]
        parameters = [("concepts", ", ".join(self.names))]
        parameters.append(("better for a coalition", _PARETO if self.pareto else _ALL))
        if self.settings.unknown:
            parameters.append(("orders not known", ", ".join(self.settings.unknown)))
        if self.unsure.left_out or self.drawn[1]:
            parameters.append(("seed", str(self.seed)))
        name = "coalitions over all admissible settings"
        return Method(name, not cut, self.settings.count, "; ".join(cut), tuple(parameters))


_ALL = "for every member"
_PARETO = "for some member and worse for none"


def _each_alone(model: GraphModel, wishes: Wishes, concept: Concept) -> tuple[Judgement, Judgement]:
    """Where each party stays on its own, and where all do."""
    if wishes.known.all():
        stable = engine.judge(model, wishes.orders, [concept.name])[concept.name]
        alone = Judgement(stable, stable)
    elif wishes.pairs:
        alone = judge_pairs(model, pairwise_wishes(wishes), concept)
    else:
        each, together = bounds_of(model, wishes.orders, wishes.known, concept)
        whole = Judgement(together.must, together.may, bool(together.exact.all()))
        return Judgement(each.must, each.may, bool(each.exact.all())), whole
    must, may = (np.asarray(x.all(axis=0)) for x in (alone.must, alone.may))
    return alone, Judgement(must, may, alone.exact)


def _state(view: View, name: str) -> int:
    if name not in view.space.numbers:
        raise unknown("state", name, view.space.names)
    return view.space.numbers[name]


def _names(concepts: Iterable[str] | None) -> tuple[str, ...]:
    names = CONCEPTS if concepts is None else tuple(dict.fromkeys(concepts))
    for name in names:
        if name not in NAMES:
            raise unknown("concept for coalitions", name, NAMES)
    return names


def _group(view: View, members: Sequence[str]) -> Group:
    if not members:
        raise InputError("a coalition needs at least one party")
    for party in members:
        if party not in view.parties:
            raise unknown("party", party, view.parties)
    return tuple(sorted({view.parties.index(p) for p in members}))


def _groups(view: View, of: Sequence[Sequence[str]] | None) -> tuple[Group, ...]:
    if of is not None:
        return tuple(dict.fromkeys(_group(view, members) for members in of))
    able = sorted({p for m in view.model.movers for p in m.parties if can_move(m.moves)})
    if len(able) <= MOST_PARTIES:
        return tuple(g for size in range(1, len(able) + 1) for g in combinations(able, size))
    if view.case.coalitions:
        return tuple(dict.fromkeys(_group(view, members) for members in view.case.coalitions))
    raise InputError(
        f"{len(able)} parties with moves make {2 ** len(able) - 1:,} coalitions, and every one is looked at "
        f"only up to {MOST_PARTIES} parties; name those that matter, as in --of "
        f"{view.parties[able[0]]},{view.parties[able[1]]}, or under 'coalitions' in the case"
    )
