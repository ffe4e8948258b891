"""What one party's unsure lines can do to a comparison with no deal, without listing settings.

A state is compared with no deal on the first line that tells them apart. A line that may or may
not count can therefore only decide what no surer line before it decides; in an ``either`` group
any line may come first. So the worst and the best that can happen follow line by line, for all
states at once, at the cost of one pass over the lines: see :func:`bounds`. How *often* each
happens follows in the same way, with exact fractions, for one state: see :func:`outcomes`.

Levels are those of :mod:`accordant.agreement.stands`: 0 refuses, 1 a tie, 2 strictly better.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import NoDeal
from accordant.model.admitted import Points
from accordant.model.preferences import Choice, PartyOrder, Score, Statement

Bools = NDArray[np.bool_]
Levels = NDArray[np.int8]
Ranks = NDArray[np.int64]

UNTOLD = -1


@dataclass(frozen=True, eq=False)
class Doubt:
    """What is open about the case's preferences: unsure elements, lost rankings, and ranges.

    ``ranges`` gives, for whom it is asked, every setting of its unsure elements and ranges: the elements
    that do not count, and the points at which ranges are (see :meth:`PartyOrder.at`). It is None where
    there are too many, or where somebody has no ranges.
    """

    free: frozenset[str]
    lost: frozenset[str]
    ranges: Callable[[str], Sequence[tuple[frozenset[str], Points]] | None] = field(
        default=lambda who: None, compare=False
    )

    def open(self, element: str) -> bool:
        """Whether an element may or may not count."""
        return element in self.free


@dataclass(eq=False)
class _Race:
    """The worst and the best level so far; -1 where nothing has told the states apart yet."""

    worst: Levels
    best: Levels

    def decide(self, worse: Bools, better: Bools, unsure: bool) -> None:
        """Let one line speak: where it is worse, where it is better."""
        if not unsure:
            self.put(self.worst, better, 2)
            self.put(self.best, worse, 0)
        self.put(self.worst, worse, 0)
        self.put(self.best, better, 2)

    def decide_group(self, lines: Sequence[tuple[Bools, Bools, bool]]) -> None:
        """Let lines speak whose order is open: any of them may come first."""
        for worse, _, _ in lines:
            self.put(self.worst, worse, 0)
        for _, better, _ in lines:
            self.put(self.best, better, 2)
        for worse, better, unsure in lines:
            if not unsure:
                self.put(self.worst, better, 2)
                self.put(self.best, worse, 0)

    def settle(self, where: Bools, worst: int, best: int) -> None:
        """Give levels to states that nothing has told apart from no deal."""
        self.put(self.worst, where, worst)
        self.put(self.best, where, best)

    @staticmethod
    def put(levels: Levels, where: Bools, level: int) -> None:
        """Set a level where none is set yet."""
        levels[where & (levels == UNTOLD)] = level


def bounds(
    order: PartyOrder | None, doubt: Doubt, d: int, n: int, *, refusals: bool = True
) -> tuple[Levels, Levels]:
    """The lowest and the highest level of every state against no deal, over all settings.

    Parameters
    ----------
    order
        What is known of the party's order; None for nothing.
    doubt
        What is open.
    d
        The state that no deal is.
    n
        Number of states.
    refusals
        Whether a newly crossed red line refuses whatever else holds; without it red lines are
        priorities only.
    """
    race = _Race(np.full(n, UNTOLD, np.int8), np.full(n, UNTOLD, np.int8))
    if order is not None:
        if refusals:
            _refuse(order, doubt, d, race)
        for entry in (*order.red, *order.lines):
            _speak(entry, doubt, d, race)
    if order is None or not order.bounded(doubt.lost):
        unlike = np.arange(n) != d
        race.settle(unlike, 0, 2)
    elif order.score is not None:
        low, high = score_range(order.score, doubt, d)
        for levels, gain in ((race.worst, low), (race.best, high)):
            race.put(levels, gain > 0, 2)
            race.put(levels, gain < 0, 0)
    race.settle(np.ones(n, dtype=bool), 1, 1)
    return race.worst, race.best


def levels(against: NoDeal, doubt: Doubt, k: int, *, refusals: bool = True) -> tuple[Levels, Levels]:
    """The lowest and the highest level of every state against no deal, whatever no deal may be.

    Parameters
    ----------
    against
        What no deal is to the party.
    doubt
        What is open.
    k
        Which of the states that no deal may be.
    refusals
        As for :func:`bounds`.
    """
    low, high = bounds(against.order, doubt, against.high[k], against.width, refusals=refusals)
    if against.low[k] != against.high[k]:
        high = bounds(against.order, doubt, against.low[k], against.width, refusals=refusals)[1]
    return low[: against.states], high[: against.states]


def _refuse(order: PartyOrder, doubt: Doubt, d: int, race: _Race) -> None:
    for line in order.red:
        if line.holds[d]:
            newly = ~line.holds
            race.put(race.worst, newly, 0)
            if not doubt.open(line.element):
                race.put(race.best, newly, 0)


def _signs(line: Statement, doubt: Doubt, d: int) -> tuple[Bools, Bools, bool]:
    nothing = np.zeros(len(line.holds), dtype=bool)
    worse, better = (~line.holds, nothing) if line.holds[d] else (nothing, line.holds)
    return worse, better, doubt.open(line.element)


def _speak(entry: Statement | Choice, doubt: Doubt, d: int, race: _Race) -> None:
    if isinstance(entry, Choice):
        race.decide_group([_signs(line, doubt, d) for line in entry.lines])
    else:
        race.decide(*_signs(entry, doubt, d))


def score_range(score: Score, doubt: Doubt, d: int) -> tuple[Ranks, Ranks]:
    """The least and the most by which each state can exceed no deal, over the unsure terms and the ranges.

    One range moves all states that it is in together, and no two terms have one in common: so the ends
    of the difference are reached.
    """
    low = score.ranks - score.ranks[d]
    high = low
    if score.spread is not None:
        rows = score.spread.rows - score.spread.rows[d]
        low, high = low + score.spread.least(rows), high + score.spread.most(rows)
    for element, worth in score.terms:
        less, more = _term_range(score, element, worth - worth[d], d)
        if doubt.open(element):
            low, high = low + np.minimum(less, 0), high + np.maximum(more, 0)
        else:
            low, high = low + less, high + more
    return low, high


def _term_range(score: Score, element: str, more: Ranks, d: int) -> tuple[Ranks, Ranks]:
    """The least and the most that a term adds to what each state exceeds no deal by."""
    ranged = {} if score.spread is None else dict(score.spread.terms)
    if score.spread is None or element not in ranged:
        return more, more
    rows = ranged[element] - ranged[element][d]
    return more + score.spread.least(rows), more + score.spread.most(rows)


Ties = frozenset[int]
"""The no-deal states that a state is as good as; it is strictly better than the others."""


def outcomes(order: PartyOrder, doubt: Doubt, state: int, against: Sequence[int]) -> dict[Ties, Fraction]:
    """The share of settings in which a party accepts a state, by the no-deal states it only ties.

    The shares of settings in which it refuses against some no-deal state are left out. The order
    must be known in every setting.
    """
    alive: dict[Ties, Fraction] = {frozenset(range(len(against))): _not_refused(order, doubt, state, against)}
    # a red line that the state newly crosses is off in what is left of the settings
    red = [line for line in order.red if not _newly(line, state, against)]
    for entry in (*red, *order.lines):
        lines = entry.lines if isinstance(entry, Choice) else (entry,)
        rows = [_effect(line, doubt, state, against) for line in lines]
        rows = [row for row in rows if row[0] or row[1]]
        if rows:
            alive = _pass_on(alive, lambda ties, rows=rows: _first_to_speak(rows, ties))  # type: ignore[misc]
    if order.score is not None:
        more = gains(order.score, doubt, state, against)
        alive = _pass_on(alive, lambda ties: _by_score(more, ties))
    return {ties: share for ties, share in alive.items() if share}


def accepted(shares: Mapping[Ties, Fraction]) -> Fraction:
    """The share of settings in which a state is accepted, from :func:`outcomes`."""
    return sum(shares.values(), start=Fraction(0))


def _not_refused(order: PartyOrder, doubt: Doubt, state: int, against: Sequence[int]) -> Fraction:
    share = Fraction(1)
    for line in order.red:
        if _newly(line, state, against):
            share *= Fraction(1, 2) if doubt.open(line.element) else 0
    return share


def _newly(line: Statement, state: int, against: Sequence[int]) -> bool:
    return not line.holds[state] and any(bool(line.holds[d]) for d in against)


Row = tuple[Ties, Ties, bool]
"""What one line does: against which no-deal states a state is worse, better; whether it is unsure."""


def _effect(line: Statement, doubt: Doubt, state: int, against: Sequence[int]) -> Row:
    here = bool(line.holds[state])
    worse = frozenset(k for k, d in enumerate(against) if line.holds[d] and not here)
    better = frozenset(k for k, d in enumerate(against) if here and not line.holds[d])
    return worse, better, doubt.open(line.element)


def _pass_on(
    alive: dict[Ties, Fraction], step: Callable[[Ties], Iterable[tuple[Ties, Fraction]]]
) -> dict[Ties, Fraction]:
    after: dict[Ties, Fraction] = defaultdict(Fraction)
    for ties, share in alive.items():
        for left, part in step(ties):
            after[left] += share * part
    return dict(after)


def _first_to_speak(rows: Sequence[Row], ties: Ties) -> list[tuple[Ties, Fraction]]:
    """Each way in which lines in open order, all equally likely, leave a state undecided."""
    kinds = Counter(rows)  # lines with the same effect are alike: count them rather than order them
    effects = tuple(kinds)

    @cache
    def walk(left: tuple[int, ...], ties: Ties) -> dict[Ties, Fraction]:
        if not any(left) or not ties:
            return {ties: Fraction(1)}
        total: dict[Ties, Fraction] = defaultdict(Fraction)
        for k, (worse, better, unsure) in enumerate(effects):
            if not left[k]:
                continue
            share = Fraction(left[k], sum(left) * (2 if unsure else 1))
            branches = [ties] if unsure else []
            if not worse & ties:
                branches.append(ties - better)
            rest = (*left[:k], left[k] - 1, *left[k + 1 :])
            for after in branches:
                for end, part in walk(rest, after).items():
                    total[end] += share * part
        return dict(total)

    return list(walk(tuple(kinds.values()), ties).items())


def gains(score: Score, doubt: Doubt, state: int, against: Sequence[int]) -> dict[tuple[int, ...], Fraction]:
    """By how much a state exceeds each no-deal state, with the share of settings of each case."""
    sums = {tuple(int(score.ranks[state]) - int(score.ranks[d]) for d in against): Fraction(1)}
    for element, worth in score.terms:
        more = tuple(int(worth[state]) - int(worth[d]) for d in against)
        if not any(more):
            continue
        after: dict[tuple[int, ...], Fraction] = defaultdict(Fraction)
        for before, share in sums.items():
            moved = tuple(a + b for a, b in zip(before, more, strict=True))
            if doubt.open(element):
                after[before] += share / 2
                after[moved] += share / 2
            else:
                after[moved] += share
        sums = dict(after)
    return sums


def _by_score(more: dict[tuple[int, ...], Fraction], ties: Ties) -> Iterator[tuple[Ties, Fraction]]:
    for gain, share in more.items():
        if all(gain[k] >= 0 for k in ties):
            yield frozenset(k for k in ties if gain[k] == 0), share
