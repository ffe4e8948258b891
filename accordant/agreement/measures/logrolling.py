"""Log-rolling: pairs of issues on which two parties both gain by giving way on one for the other.

A *swap* from a package changes two issues so that both parties gain although neither change by itself
would suit both: one of them gives way on the first issue, the other on the second. Where a rule ties
the two issues, so that neither can change alone, the pair counts as well. A *trade* needs no package
to start from: what hangs on two issues between two parties with worths by issue (see
:mod:`accordant.agreement.measures.stakes`), where one cares more for the first and the other for the
second.

Gains are in each party's own worth. To put the largest first they are taken as parts of the distance
between the worst and the best of all packages for that party, compared by the smaller part, then by the
larger one; so nothing depends on a party's unit.

A trade that nobody could agree to, whatever the rest of the package, is set apart with who refuses it: by
a red line, as a constituency, or the rules of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Bargain
from accordant.agreement.measures.extremes import told
from accordant.agreement.measures.stakes import columns, conditional, stake
from accordant.agreement.refusals import Refused
from accordant.agreement.rounding import signed
from accordant.case.objects import Case, Issue
from accordant.model.space import StateSpace
from accordant.tables import Table


@dataclass(frozen=True, slots=True)
class Swap:
    """Two issues changed together, and who gains what.

    Attributes
    ----------
    changes
        For each of the two issues: (value before, value after).
    state
        The package that it leads to; None for a trade, which starts from no package.
    parties
        The two who gain; ``gives`` names for each the issue on which it gives way, where either can
        change alone.
    gains
        By party, in its own worth; None for a gain that is not a number.
    parts
        The gains of the two as parts of what lies between each one's worst and best.
    losers
        Other parties who lose by it.
    acceptable
        Whether nobody refuses where it leads, and nobody prefers no deal; None for a trade.
    refused_by
        Of a trade: who refuses where it leads whatever else is settled, by a red line or as a
        constituency; :data:`RULES` for the rules of the case.
    """

    changes: Mapping[str, tuple[str, str]]
    state: str | None
    parties: tuple[str, str]
    gives: Mapping[str, str]
    gains: Mapping[str, Fraction | None]
    parts: tuple[Fraction, Fraction]
    losers: tuple[str, ...] = ()
    acceptable: bool | None = None
    refused_by: tuple[str, ...] = ()

    @property
    def size(self) -> tuple[Fraction, Fraction]:
        """How large it is: the smaller part first."""
        return (min(self.parts), max(self.parts))

    def to_json(self) -> dict[str, Any]:
        """Plain data; exact numbers as text."""
        return {
            "issues": {i: list(change) for i, change in self.changes.items()},
            "state": self.state,
            "parties": list(self.parties),
            "gives": dict(self.gives),
            "gains": {p: told(g) for p, g in self.gains.items()},
            "losers": list(self.losers),
            "acceptable": self.acceptable,
            "refused_by": list(self.refused_by),
        }


@dataclass(frozen=True, slots=True)
class LogRolls:
    """Swaps, largest first.

    Attributes
    ----------
    start
        The package that they start from; None for trades.
    left_out
        Issues that could not be looked at by themselves, and why.
    refused
        Trades that nobody could agree to, whatever the rest of a package; None where that was not looked
        at.
    issues
        The issues of the case, for how their values are shown.
    """

    start: str | None
    swaps: tuple[Swap, ...]
    left_out: str = ""
    refused: tuple[Swap, ...] | None = ()
    issues: Mapping[str, Issue] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "start": self.start,
            "swaps": [s.to_json() for s in self.swaps],
            "refused": None if self.refused is None else [s.to_json() for s in self.refused],
            "left_out": self.left_out or None,
        }

    def table(self) -> Table:
        """One row per swap; of trades those that nobody could agree to come last."""
        if self.start is not None:
            rows = tuple(
                (self._change(s), s.state or "", *_gains(s), ", ".join(s.losers) or "nobody")
                for s in self.swaps
            )
            columns = ("change", "leads to", "one gains", "the other", "loses")
            return Table(f"What two parties could trade, from {self.start}", columns, rows)
        title = "What two parties could trade"
        if self.refused is None:
            title += " (rules, red lines and vetoes are left aside)"
        found = (*self.swaps, *(self.refused or ()))
        columns = ("change", "one gains", "the other", *(("refused by",) if self.refused else ()))
        told_ = [
            (self._change(s), *_gains(s), *((", ".join(s.refused_by),) if self.refused else ()))
            for s in found
        ]
        return Table(title, columns, tuple(told_))

    def _change(self, swap: Swap) -> str:
        return "; ".join(f"{i}: {_span(self.issues.get(i), *change)}" for i, change in swap.changes.items())


def _gains(swap: Swap) -> list[str]:
    return [f"{p} {_gain(swap.gains[p])}" for p in swap.parties]


def _span(issue: Issue | None, old: str, new: str) -> str:
    return f"{old} to {new}" if issue is None else f"{old} to {issue.shown(new)}"


def _gain(gain: Fraction | None) -> str:
    return "better" if gain is None else signed(gain)


def logrolls(bargain: Bargain, space: StateSpace, start: int) -> LogRolls:
    """The best swaps from a package: for each pair of issues and each pair of parties, with all ties.

    Parameters
    ----------
    space
        The states, which are the packages of ``bargain``.
    start
        The number of the package.

    Returns
    -------
    LogRolls
        Only swaps that lead to a package nobody refuses by a red line or a veto; ``acceptable`` says
        whether it also beats no deal for everyone. None from a merged state.

    Examples
    --------
    >>> from accordant.agreement.numbers import bargain_of
    >>> from accordant.model.compiler import Compiler
    >>> worth = {"a": {"x": {"no": 0, "yes": 3}, "y": {"no": 0, "yes": -1}},
    ...          "b": {"x": {"no": 0, "yes": -1}, "y": {"no": 0, "yes": 2}}}
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {p: {"worth": w} for p, w in worth.items()}})).view()
    >>> swap, = logrolls(bargain_of(view), view.space, 0).swaps
    >>> swap.state, swap.gains, swap.gives
    ('s4', {'a': Fraction(2, 1), 'b': Fraction(1, 1)}, {'a': 'y', 'b': 'x'})
    """
    name = space.name(start)
    members = space.members(start)
    if len(members) != 1 or not space.issues:
        return LogRolls(name, (), "the package leaves issues open" if space.issues else "there are no issues")
    near = _Near(bargain, space, int(members[0]), start)
    best: dict[tuple[str, ...], list[Swap]] = {}
    for row in near.candidates():
        for i, j in combinations(range(len(bargain.parties)), 2):
            swap = near.swap(int(row), i, j)
            if swap is not None:
                key = (*swap.changes, *swap.parties)
                best[key] = _larger(best.get(key, []), swap)
    found = [swap for swaps in best.values() for swap in swaps]
    return LogRolls(name, tuple(sorted(found, key=lambda s: s.size, reverse=True)))


def _larger(held: list[Swap], swap: Swap) -> list[Swap]:
    if not held or swap.size > held[0].size:
        return [swap]
    return [*held, swap] if swap.size == held[0].size else held


class _Near:
    """The packages that differ from one package in one issue or in two."""

    def __init__(self, bargain: Bargain, space: StateSpace, row: int, start: int) -> None:
        self.bargain, self.space, self.start = bargain, space, start
        self.codes = space.codes
        self.code = space.codes[row]
        self.apart = (self.codes != self.code).sum(axis=1)
        self.rational = bargain.rational()
        self.alone = {self._changed(int(k))[0]: int(space.state_of[k]) for k in self.rows(1)}
        self.ranges = [int(row.max()) - int(row.min()) for row in bargain.worths]

    def rows(self, size: int) -> NDArray[np.intp]:
        return np.flatnonzero(self.apart == size)

    def candidates(self) -> NDArray[np.intp]:
        """Combinations two issues away that at least two parties like better."""
        rows = self.rows(2)
        states = self.space.state_of[rows]
        better = self.bargain.worths[:, states] > self.bargain.worths[:, self.start, None]
        kept: NDArray[np.intp] = rows[(better.sum(axis=0) >= 2) & self.bargain.allowed[states]]
        return kept

    def _changed(self, row: int) -> list[tuple[int, int]]:
        """The issues that differ in a combination, with their new values."""
        return [(int(k), int(self.codes[row, k])) for k in np.flatnonzero(self.codes[row] != self.code)]

    def gain(self, party: int, state: int) -> int:
        return int(self.bargain.worths[party, state]) - int(self.bargain.worths[party, self.start])

    def swap(self, row: int, i: int, j: int) -> Swap | None:
        """The swap that a combination is for two parties; None where it is none."""
        bargain, space = self.bargain, self.space
        state = int(space.state_of[row])
        if self.gain(i, state) <= 0 or self.gain(j, state) <= 0:
            return None
        changed = self._changed(row)
        gives: dict[str, str] = {}
        for k, code in changed:
            alone = self.alone.get((k, code))
            if alone is None:
                continue
            losers = [p for p in (i, j) if self.gain(p, alone) < 0]
            if not losers:
                return None  # this change suits both by itself: nothing is traded for it
            gives.update({bargain.parties[p]: space.issues[k] for p in losers})
        pair = (bargain.parties[i], bargain.parties[j])
        gives = {p: gives[p] for p in pair if p in gives}
        gains = {bargain.parties[p]: self._told(p, state) for p in range(len(bargain.parties))}
        changes = {
            space.issues[k]: (space.values[k][int(self.code[k])], space.values[k][code])
            for k, code in changed
        }
        losers_ = tuple(
            p for k, p in enumerate(bargain.parties) if k not in (i, j) and self.gain(k, state) < 0
        )
        parts = (
            Fraction(self.gain(i, state), self.ranges[i]),
            Fraction(self.gain(j, state), self.ranges[j]),
        )
        return Swap(
            changes, space.name(state), pair, gives, gains, parts, losers_, bool(self.rational[state])
        )

    def _told(self, party: int, state: int) -> Fraction | None:
        gain = self.gain(party, state)
        if gain and not self.bargain.cardinal[party]:
            return None
        return Fraction(gain, self.bargain.scales[party])


def _set_apart(swaps: Sequence[Swap], refused: Refused | None) -> Iterator[Swap]:
    """The trades with who refuses where they lead."""
    for swap in swaps:
        after = {issue: new for issue, (_, new) in swap.changes.items()}
        yield swap if refused is None else replace(swap, refused_by=refused(after))


def trades(case: Case, parties: Sequence[str], refused: Refused | None = None) -> LogRolls:
    """Which issues each two parties could trade, whatever the rest of a package is.

    For a pair of issues the trade is: from the first settled as one party wants and the second as
    the other does, to the other way round.

    Parameters
    ----------
    parties
        Those to look at; who has no worths by issue is left out, and said.
    refused
        Who refuses every package with some values; rules, red lines and vetoes are left aside where
        that is not given.

    Examples
    --------
    >>> worth = {"a": {"x": {"no": 0, "yes": 6}, "y": {"no": 2, "yes": 0}},
    ...          "b": {"x": {"no": 1, "yes": 0}, "y": {"no": 0, "yes": 4}}}
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "preferences": {p: {"worth": w} for p, w in worth.items()}})
    >>> trade, = trades(case, ["a", "b"]).swaps
    >>> trade.changes, trade.gains
    ({'x': ('no', 'yes'), 'y': ('no', 'yes')}, {'a': Fraction(4, 1), 'b': Fraction(3, 1)})
    """
    tables = {p: t for p in parties if (t := columns(case, p)) is not None}
    found: list[Swap] = []
    left = [f"{p} has no worths by issue" for p in parties if p not in tables]
    for first, second in combinations(tables, 2):
        tied = {*conditional(case, first), *conditional(case, second)}
        stakes = [
            stake(name, issue.values, tables[first][name], tables[second][name])
            for name, issue in case.issues.items()
            if name not in tied
        ]
        left += [
            f"{name} depends on other issues for {first} or {second}" for name in case.issues if name in tied
        ]
        whole = [_between(tables[p]) for p in (first, second)]
        for a, b in combinations([s for s in stakes if not s.agreed], 2):
            # whoever cares more for a is to have it; the signs say who that is
            mine, other = a.points[0] - b.points[0], b.points[1] - a.points[1]
            if not mine * other > 0:
                continue
            to = 0 if mine > 0 else 1
            changes = {
                a.issue: (a.wanted[1 - to], a.wanted[to]),
                b.issue: (b.wanted[to], b.wanted[1 - to]),
            }
            gains = {first: abs(mine), second: abs(other)}
            gives = {(first, second)[to]: b.issue, (first, second)[1 - to]: a.issue}
            parts = (abs(mine) / whole[0], abs(other) / whole[1])
            found.append(Swap(changes, None, (first, second), gives, gains, parts))
    found.sort(key=lambda s: s.size, reverse=True)
    told_ = list(_set_apart(found, refused))
    return LogRolls(
        None,
        tuple(s for s in told_ if not s.refused_by),
        "; ".join(dict.fromkeys(left)),
        None if refused is None else tuple(s for s in told_ if s.refused_by),
        case.issues,
    )


def _between(table: Mapping[str, Mapping[str, Fraction]]) -> Fraction:
    """What lies between a party's worst and best combination of values."""
    return sum((max(c.values()) - min(c.values()) for c in table.values()), Fraction(0))
