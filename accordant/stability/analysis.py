"""Which states hold over all admissible settings.

In a frame (rules, controllers and status quo fixed) a verdict under Nash, GMR or SMR depends on one
party's order only, so that equilibria are counted by multiplication. Under SEQ and SSEQ it depends
on everybody's order, and every combination of distinct orders is judged. Where there are too many,
some are drawn at random and the result says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from math import prod
from random import Random

import numpy as np
from numpy.typing import NDArray

from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting
from accordant.model.space import Picked
from accordant.model.view import View
from accordant.stability import engine
from accordant.stability.bounds import bounds_of
from accordant.stability.concept import Concept
from accordant.stability.explain import explain, unknown
from accordant.stability.further import Further, Options, find_any
from accordant.stability.lifted import as_one, as_seen, lifted, some_pairs_open
from accordant.stability.outlook import Framed, Unsure, combinations
from accordant.stability.result import ConceptResult, Explanation, Lazily, StabilityResult
from accordant.stability.tally import Bools, Tally, judged, settled, weighed
from accordant.tables import Beside, Method, Rows

MOST_VERDICTS = 20_000_000
"""Combinations of orders x parties x states up to which every combination is judged."""

MOST_VIEWS = 1_000_000
"""The same for concepts that are asked for view by view."""

MOST_BOUNDS = 200_000
"""The same where some orders are wholly unknown, which takes longer."""

MOST_TOLD = 12
"""Most states besides those of the case as written that are named in the method."""

FEWEST = 64
"""Combinations that are judged in any case, however large the model."""

AT_ONCE = 4_000_000
"""Ranks handed to the kernels at once."""


def analyse(
    compiler: Compiler,
    concepts: Iterable[str] | None = None,
    *,
    options: Options | None = None,
    blocks: Sequence[Sequence[str]] = (),
    perceived: bool = False,
    seed: int = 1,
) -> StabilityResult:
    """Which states hold, for whom, under which concepts, over all admissible settings.

    Parameters
    ----------
    compiler
        The compiled case.
    concepts
        Names of solution concepts; the five classical ones by default.
    options
        What the concepts are told besides their names.
    blocks
        Coalitions whose members act as one party.
    perceived
        Whether each party judges by the case as it sees it.
    seed
        For the random choice of settings where there are too many to look at all; recorded in the
        result's method when it is used.

    Returns
    -------
    StabilityResult
        States are those of the case as it is written; one that exists only where an unsure rule
        does not hold is not listed.

    Raises
    ------
    InputError
        If a concept or a party is unknown, or a concept cannot answer for this case.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {"a": {"priorities": ["x"]}, "b": {"priorities": ["y"]}}})
    >>> analyse(Compiler(case)).concepts["nash"].equilibria
    ('s4',)
    """
    found: Sequence[Concept | Further] = find_any(concepts, options)
    players: tuple[str, ...] = ()
    if blocks and perceived:
        raise InputError(
            "coalitions that act as one do not share one view of the case: ask for one of the two"
        )
    if blocks:
        players, found = as_one(compiler.parties, blocks, found)
    if perceived:
        found = [as_seen(concept) for concept in found]
    return _Analysis(compiler, found, players, seed).result()


def over_settings(compiler: Compiler, concepts: Sequence[Further], *, seed: int = 1) -> StabilityResult:
    """The same for concepts that are given themselves, and not by name.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.stability.concepts import TABLE
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["x"]}}})
    >>> over_settings(Compiler(case), [lifted(TABLE["nash"])]).concepts["nash"].equilibria
    ('s2',)
    """
    return _Analysis(compiler, concepts, (), seed).result()


def explained_alone(
    compiler: Compiler,
    concepts: Iterable[str] | None,
    state: str,
    party: str,
    *,
    options: Options | None = None,
) -> tuple[Explanation, ...] | None:
    """Why a state is stable or not for a party, with the work of that state only.

    Returns
    -------
    explanations
        One for each concept. None where a verdict has to be known for every setting, or a concept looks
        at all states at once.

    Raises
    ------
    InputError
        As for :func:`analyse`, and if there is no such state or party.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["x"]}}})
    >>> explained_alone(Compiler(case), ["nash"], "s1", "a")[0].stable
    False
    """
    found = find_any(concepts, options)
    if not all(isinstance(c, Concept) or c.alone for c in found):
        return None
    analysis = _Analysis(compiler, found, (), seed=1)
    if analysis.settings.listed != 1 or analysis.open_pairs or not analysis.view.known.all():
        return None
    return tuple(analysis._explained({}, state, party, c.name) for c in found)


class _Analysis:
    def __init__(
        self, compiler: Compiler, concepts: Sequence[Concept | Further], players: tuple[str, ...], seed: int
    ) -> None:
        self.compiler, self.concepts, self.seed = compiler, concepts, seed
        self.settings = compiler.setting_space()
        self.random = Random(seed)
        self.unsure = Unsure(compiler, self.settings, self.random)
        self.view = compiler.view(Setting(frozenset(self.settings.lost)))
        self.players = players or self.view.parties
        self.open_pairs = some_pairs_open(self.view)
        self.drawn: dict[str, tuple[int, int]] = {}
        self.besides = 0
        self.unlisted: dict[str, dict[str, None]] = {}
        self.notes: dict[tuple[str, str], None] = {}

    def result(self) -> StabilityResult:
        """The answer of the room."""
        tallies = self._tallies()
        space, uncounted = self.view.space, self.settings.count is None
        return StabilityResult(
            title=self.compiler.case.title,
            states=space.names,
            values=space.state_values,
            parties=self.players,
            concepts={c.name: self._concept(c, tallies[c.name], uncounted) for c in self.concepts},
            method=self._method(tallies),
            explainer=partial(self._explained, tallies),
        )

    def _tallies(self) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        by_setting = []
        for concept in self.concepts:
            if isinstance(concept, Further) and concept.whole is not None:
                found[concept.name] = judged(concept.whole(self.compiler), 1)
            else:
                by_setting.append(concept)
        fine = self.open_pairs or any(isinstance(c, Further) for c in by_setting)
        for frame in self.unsure.frames(fine=fine) if by_setting else ():
            chosen = self._listed(frame.view)
            at_once = self._at_once(frame)
            for concept in by_setting:
                whole = at_once.get(concept.name) or self._tally(frame, concept)
                self._note_unlisted(frame.view, concept, whole, chosen)
                tally = whole.states(chosen)
                known = found.get(concept.name)
                found[concept.name] = tally if known is None else known.joined(tally)
        return found

    def _at_once(self, frame: Framed) -> dict[str, Tally]:
        """Verdicts of the classical concepts where nobody's order is unsure: one pass for all."""
        if frame.joint > 1 or not frame.known.all():
            return {}
        behind = self.unsure.besides * prod(o.settings for o in frame.outlooks)
        names = [c.name for c in self.concepts if isinstance(c, Concept)]
        judged_all = engine.judge(
            frame.view.model, _orders(frame, np.zeros((1, len(frame.outlooks)), np.intp))[0], names
        )
        return {name: settled(stable, behind) for name, stable in judged_all.items()}

    def _note_unlisted(
        self, view: View, concept: Concept | Further, tally: Tally, chosen: NDArray[np.int64] | None
    ) -> None:
        """Remember which states that are not listed hold in some setting."""
        if chosen is None:
            return
        holding = tally.may_hold.copy()
        holding[chosen] = False
        for state in np.flatnonzero(holding).tolist():
            values = ", ".join(f"{i} {v}" for i, v in view.space.values_of(state).items())
            self.unlisted.setdefault(values, {})[concept.name] = None

    def _listed(self, view: View) -> NDArray[np.int64] | None:
        """The number in a frame of every state that the case has as it is written; None for all of them."""
        if view.space is self.view.space:
            return None
        self.besides = max(self.besides, view.model.n - self.view.model.n)
        return np.array([view.space.numbers[name] for name in self.view.space.names], dtype=np.int64)

    def _tally(self, frame: Framed, concept: Concept | Further) -> Tally:
        if isinstance(concept, Further) or self.open_pairs:
            return self._each(frame, lifted(concept))
        if concept.sanctions == "improvements":
            return self._together(frame, concept)
        return _apart(frame, concept, self.unsure.besides)

    def _together(self, frame: Framed, concept: Concept) -> Tally:
        """Verdicts that depend on everybody's order at once."""
        found: Tally | None = None
        known = bool(frame.known.all())
        judge = _judged if known else _bounded
        for index, weight in self._blocks(frame, concept, MOST_VERDICTS if known else MOST_BOUNDS):
            tally = judge(frame, concept, index, weight)
            found = tally if found is None else found.joined(tally)
        assert found is not None
        return found

    def _each(self, frame: Framed, concept: Further) -> Tally:
        """Verdicts that are asked for view by view."""
        _check_answerable(concept, frame)
        found: Tally | None = None
        for index, weight in self._blocks(frame, concept, MOST_VIEWS):
            for row, behind in zip(index, weight, strict=True):
                view = self.compiler.view(frame.setting(row.tolist()))
                judgement = concept.judge(view)
                self.notes.update(dict.fromkeys(judgement.notes))
                tally = judged(judgement, behind)
                found = tally if found is None else found.joined(tally)
        assert found is not None
        return found

    def _blocks(
        self, frame: Framed, concept: Concept | Further, budget: int
    ) -> Iterator[tuple[NDArray[np.intp], list[int]]]:
        """Combinations of orders, one per row, and the number of settings behind each."""
        size = frame.view.model.n * len(frame.outlooks)
        at_once = max(1, AT_ONCE // size)
        most = max(FEWEST, budget // size)
        if frame.joint <= most:
            for index in combinations([len(o.weight) for o in frame.outlooks], at_once):
                each = ([o.weight[k] for o, k in zip(frame.outlooks, row, strict=True)] for row in index)
                yield index, [self.unsure.besides * prod(w) for w in each]
            return
        before = self.drawn.get(concept.name, (0, 0))
        self.drawn[concept.name] = (before[0] + most, before[1] + frame.joint)
        columns = [self.random.choices(range(len(o.weight)), o.weight, k=most) for o in frame.outlooks]
        drawn = np.array(columns, dtype=np.intp).T
        for k in range(0, most, at_once):
            yield drawn[k : k + at_once], [1] * len(drawn[k : k + at_once])

    def _concept(self, concept: Concept | Further, tally: Tally, uncounted: bool) -> ConceptResult:
        names, parties = self.view.space.names, self.players
        row = {p: i for i, p in enumerate(parties)}

        def named(states: Bools) -> Picked:
            return Picked(names, np.flatnonzero(states).astype(np.int32))

        uncounted |= tally.open or (isinstance(concept, Further) and concept.whole is not None)

        def counted(start: int, stop: int) -> list[tuple[int, int]]:
            return [(k, tally.total) for k in tally.count[start:stop].tolist()]

        return ConceptResult(
            concept=concept.name,
            stable=Lazily(parties, lambda p: named(tally.always[row[p]])),
            possible=Lazily(parties, lambda p: named(tally.sometimes[row[p]])),
            equilibria=named(tally.holds),
            possible_equilibria=named(tally.may_hold),
            counts=None if uncounted else Beside(names, Rows(len(names), counted)),
        )

    def _method(self, tallies: dict[str, Tally]) -> Method:
        cut = "; ".join([*self.unsure.left_out, *self._left_out(tallies)])
        parameters = [("concepts", ", ".join(c.name for c in self.concepts))]
        told = (p for c in self.concepts if isinstance(c, Further) for p in c.parameters)
        parameters += dict.fromkeys(told)
        for name in dict.fromkeys(name for name, _ in self.notes):
            parameters.append((name, "; ".join(note for of, note in self.notes if of == name)))
        if self.settings.unknown:
            parameters.append(("orders not known", ", ".join(self.settings.unknown)))
        if self.besides:
            parameters.append(("states not listed, where an unsure rule does not hold", str(self.besides)))
            parameters.append(("of these hold in some setting", self._unlisted_told()))
        if self.unsure.left_out or self.drawn:
            parameters.append(("seed", str(self.seed)))
        name = "stability over all admissible settings"
        return Method(name, not cut, self.settings.count, cut, tuple(parameters))

    def _unlisted_told(self) -> str:
        some = list(self.unlisted.items())[:MOST_TOLD]
        told = [f"{values} ({', '.join(concepts)})" for values, concepts in some]
        more = len(self.unlisted) - len(some)
        return "; ".join([*told, *([f"and {more:,} more"] if more else [])]) or "none"

    def _left_out(self, tallies: dict[str, Tally]) -> Iterator[str]:
        for name, (looked, of) in self.drawn.items():
            yield f"under {name}, {looked:,} of {of:,} combinations of orders, drawn at random"
        bounds = [name for name, tally in tallies.items() if not tally.exact]
        if bounds:
            yield (
                f"under {' and '.join(bounds)}, not every state listed as possible was shown to be so: what "
                "is not listed is impossible, but preferences under which the rest hold were not always found"
            )

    def _numbers(self, state: str, party: str) -> tuple[int, int]:
        number = self.view.space.numbers.get(state)
        if number is None:
            raise unknown("state", state, self.view.space.names)
        if party not in self.players:
            raise unknown("party", party, self.players)
        return number, self.players.index(party)

    def _explained(self, tallies: dict[str, Tally], state: str, party: str, concept: str) -> Explanation:
        further = next((c for c in self.concepts if isinstance(c, Further) and c.name == concept), None)
        view, some = self._told_of()
        if further is None:
            found = explain(view, state, party, concept)
        else:
            found = further.explain(view, *self._numbers(state, party))
        s, i = self._numbers(state, party)
        if some:
            return replace(
                found, sentence=f"{found.sentence} {self._of_ranges(tallies, concept, i, s, some)}"
            )
        if concept not in tallies or self.settings.listed == 1 or not self.view.known.all():
            return found
        always, sometimes = (bool(t[i, s]) for t in (tallies[concept].always, tallies[concept].sometimes))
        if found.stable == always == sometimes:
            return found
        note = "That is so as the case is written, not in every admissible setting."
        return replace(found, sentence=f"{found.sentence} {note}")

    def _told_of(self) -> tuple[View, tuple[str, ...]]:
        """The view that is explained, and parties whose worths are at one point of their ranges there."""
        ranges = self.settings.ranges
        parties = () if ranges is None else tuple(p for p in ranges.parties if p in self.view.parties)
        if not parties or not self.settings.count:
            return self.view, ()
        first = next(self.settings.settings())
        return self.compiler.view(Setting(self.view.setting.off, first.perms)), parties

    def _of_ranges(
        self, tallies: dict[str, Tally], concept: str, party: int, state: int, ranged: tuple[str, ...]
    ) -> str:
        """In how much of the settings an explanation holds that is told of one point within the ranges."""
        names = " and ".join(self.compiler.case.party_name(p) for p in ranged)
        says = f"That is told with the worths of {names} at one point within their ranges"
        if concept not in tallies:
            return f"{says}."
        tally = tallies[concept]
        always, sometimes = bool(tally.always[party, state]), bool(tally.sometimes[party, state])
        if always != sometimes:
            return f"{says}; in other admissible settings it is otherwise."
        return f"{says}; whether it is stable is the same in every admissible setting."


def _check_answerable(concept: Further, frame: Framed) -> None:
    """Refuse a concept that needs every order where one is wholly unknown."""
    if concept.unknown or frame.known.all():
        return
    silent = [p for p, known in zip(frame.view.parties, frame.known, strict=True) if not known]
    raise InputError(
        f"{concept.name} needs the order of every party, and that of {' and '.join(silent)} is not known; "
        f"give a preference for {' and '.join(silent)}, or ask for nash, gmr, smr, seq or sseq"
    )


def _apart(frame: Framed, concept: Concept, besides: int) -> Tally:
    """Verdicts that depend on one party's order each."""
    model = frame.view.model
    always, sometimes = (np.empty((len(frame.outlooks), model.n), dtype=bool) for _ in range(2))
    count = np.full(model.n, besides, dtype=object)
    bounds = engine.bounds(model, frame.view.orders, frame.known, [concept.name])[concept.name]
    for i, outlook in enumerate(frame.outlooks):
        if outlook.known:
            stable = _stable_alone(frame, concept, i)
            always[i], sometimes[i] = stable.all(axis=0), stable.any(axis=0)
            count = count * weighed(stable, outlook.weight)
        else:
            always[i], sometimes[i] = bounds.must[i], bounds.may[i]
    total = besides * prod(o.settings for o in frame.outlooks)
    exact = bool(bounds.exact.all())
    both = np.asarray(always.all(axis=0)), np.asarray(sometimes.all(axis=0))
    return Tally(always, sometimes, *both, count, total, exact)


def _stable_alone(frame: Framed, concept: Concept, party: int) -> Bools:
    """Verdicts of one party under each of its orders, shape (orders, n)."""
    model, ranks = frame.view.model, frame.outlooks[party].ranks
    at_once = max(1, AT_ONCE // (model.n * len(frame.outlooks)))
    found = []
    for k in range(0, len(ranks), at_once):
        some = ranks[k : k + at_once]
        orders = np.zeros((len(some), len(frame.outlooks), model.n), dtype=np.int64)
        orders[:, party] = some
        found.append(engine.judge_batch(model, orders, [concept.name])[concept.name][:, party])
    return np.concatenate(found)


def _orders(frame: Framed, index: NDArray[np.intp]) -> NDArray[np.int64]:
    rows = [o.ranks[index[:, i]] for i, o in enumerate(frame.outlooks)]
    return np.stack(rows, axis=1).astype(np.int64)


def _judged(frame: Framed, concept: Concept, index: NDArray[np.intp], weight: Sequence[int]) -> Tally:
    stable = engine.judge_batch(frame.view.model, _orders(frame, index), [concept.name])[concept.name]
    holds = np.asarray(stable.all(axis=1))
    return Tally(
        np.asarray(stable.all(axis=0)),
        np.asarray(stable.any(axis=0)),
        np.asarray(holds.all(axis=0)),
        np.asarray(holds.any(axis=0)),
        weighed(holds, weight),
        sum(weight),
        exact=True,
    )


def _bounded(frame: Framed, concept: Concept, index: NDArray[np.intp], weight: Sequence[int]) -> Tally:
    """The same where some orders are wholly unknown: what must be and what may be."""
    found: Tally | None = None
    for orders, behind in zip(_orders(frame, index), weight, strict=True):
        alone, together = bounds_of(frame.view.model, orders, frame.known, concept)
        tally = Tally(
            alone.must,
            alone.may,
            together.must,
            together.may,
            weighed(together.must[None], [behind]),
            behind,
            exact=bool(alone.exact.all() and together.exact.all()),
        )
        found = tally if found is None else found.joined(tally)
    assert found is not None
    return found
