"""Packages whose worths are sums over issues: never listed, however many there are.

A package settles every issue at one value. Its worth to a party is the sum of a number for each
value and of the *additions* whose condition it meets; conditions and rules couple the issues that
they read, and no others. Notation as in :mod:`accordant.agreement.bargain`; ``codes`` are value
numbers, one for each issue.

*Voices* are constituencies that may refuse for a party: what a package is worth to them only
decides whether it is in ``X_d``, never whether it is efficient.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.bargain import Worths
from accordant.case.expressions import Expression, Tree, parse
from accordant.model.growth import Product

Codes = tuple[int, ...]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Addition:
    """A worth that is added where a condition is met: one number for each party, then each voice."""

    tree: Tree
    names: frozenset[str]
    worths: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Additive:
    """Everything there is to agree on, with what it is worth to each party.

    Attributes
    ----------
    issues, values
        Issue ids and the value names of each.
    parties, scales, reservations, cardinal
        As in :class:`accordant.agreement.bargain.Bargain`.
    tables
        For each issue the worths of its values, shape (parties and voices, values).
    rules
        What must be true of a package: the rules of the case, and what no red line refuses.
    additions
        Worths that depend on several issues.
    voices, thresholds
        Constituencies, and what a package must at least be worth to each.
    refusers
        For each rule the party or voice whose red line it is, empty for a rule of the case; rules
        beyond these are of the case.
    speak_for
        For each voice the party that it refuses for.
    lined
        Parties with numbers whose sums put red lines before any number, as no deal crosses one.
    """

    issues: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    parties: tuple[str, ...]
    scales: tuple[int, ...]
    reservations: tuple[int, ...]
    cardinal: tuple[bool, ...]
    tables: tuple[Worths, ...]
    rules: tuple[Expression, ...] = ()
    additions: tuple[Addition, ...] = ()
    voices: tuple[str, ...] = ()
    thresholds: tuple[int, ...] = field(default=())
    refusers: tuple[str, ...] = ()
    speak_for: tuple[str, ...] = ()
    lined: frozenset[str] = frozenset()

    @property
    def shape(self) -> tuple[int, ...]:
        """Number of values of each issue."""
        return tuple(len(v) for v in self.values)

    @property
    def size(self) -> int:
        """Number of combinations of values, rules aside."""
        return prod(self.shape)

    @property
    def floor(self) -> NDArray[np.int64]:
        """The least that a package of ``X_d`` is worth to each party and voice."""
        return np.array([*self.reservations, *self.thresholds], dtype=np.int64)

    @cached_property
    def product(self) -> Product:
        """The issues with everything that couples them, as the model grows combinations."""
        conditions = tuple(Expression("", a.names, a.tree) for a in self.additions)
        return Product(self.issues, self.shape, (*self.rules, *conditions))

    def worths(self, rows: Rows) -> Worths:
        """What packages are worth to each party, then to each voice, shape (parties and voices, packages).

        Parameters
        ----------
        rows
            Value numbers, shape (packages, issues).
        """
        total = np.zeros((len(self.floor), len(rows)), dtype=np.int64)
        for k, table in enumerate(self.tables):
            total += table[:, rows[:, k]]
        columns = self._columns(rows)
        for addition in self.additions:
            met = Expression("", addition.names, addition.tree).evaluate(columns)
            total += np.array(addition.worths, dtype=np.int64)[:, None] * met
        return total

    def rationals(self, rows: Rows) -> NDArray[np.bool_]:
        """Which packages are in ``X_d``, shape (packages,)."""
        return self.kept(rows) & (self.worths(rows) >= self.floor[:, None]).all(axis=0)

    def kept(self, rows: Rows) -> NDArray[np.bool_]:
        """Which packages keep every rule, shape (packages,)."""
        found = np.ones(len(rows), dtype=bool)
        columns = self._columns(rows)
        for rule in self.rules:
            found &= rule.evaluate(columns)
        return found

    def keeps(self, codes: Sequence[int]) -> bool:
        """Whether a package keeps every rule."""
        return bool(self.kept(np.array([codes], dtype=np.int64))[0])

    def worth(self, codes: Sequence[int]) -> tuple[int, ...]:
        """What a package is worth to each party, then to each voice."""
        return tuple(int(w) for w in self.worths(np.array([codes], dtype=np.int64))[:, 0])

    def rational(self, codes: Sequence[int]) -> bool:
        """Whether a package is in ``X_d``."""
        return bool(self.rationals(np.array([codes], dtype=np.int64))[0])

    def gaining(self, rows: Rows) -> NDArray[np.bool_]:
        """Which packages are in ``X_d`` and worth more than no deal to some party, shape (packages,)."""
        k = len(self.parties)
        more = self.worths(rows)[:k] > np.array(self.reservations, dtype=np.int64)[:, None]
        return np.asarray(self.rationals(rows) & more.any(axis=0), dtype=bool)

    def package(self, codes: Sequence[int]) -> dict[str, str]:
        """The value of every issue."""
        return {i: v[c] for i, v, c in zip(self.issues, self.values, codes, strict=True)}

    def codes(self, package: Mapping[str, str]) -> Codes:
        """The value numbers of a package that settles every issue."""
        return tuple(v.index(package[i]) for i, v in zip(self.issues, self.values, strict=True))

    def _columns(self, rows: Rows) -> dict[str, Rows]:
        return {issue: rows[:, k] for k, issue in enumerate(self.issues)}


def make_additive(
    worths: Sequence[Sequence[Sequence[int]]],
    reservations: Sequence[int],
    *,
    values: Mapping[str, Sequence[str]] | None = None,
    rules: Sequence[str] = (),
    additions: Sequence[tuple[str, Sequence[int]]] = (),
    thresholds: Sequence[int] = (),
    scales: Sequence[int] = (),
) -> Additive:
    """Packages from plain numbers: for tests, notebooks and other programs.

    Parameters
    ----------
    worths
        For each issue, for each party (then each voice), the worth of each value.
    reservations
        What no deal is worth to each party.
    values
        Names for issues and values; ``i1``, ``i2``, … with ``0``, ``1``, … by default.
    rules
        Expressions that must be true of a package.
    additions
        Expressions with what is added where they are true, for each party (then each voice).
    thresholds
        For each voice what a package must at least be worth to it.

    Examples
    --------
    >>> two = make_additive([[[0, 3], [2, 0]], [[0, 1], [4, 0]]], [1, 1], rules=["not (i1 and i2)"])
    >>> two.size, two.worth((1, 0)), two.rational((1, 1))
    (4, (3, 4), False)
    """
    tables = tuple(np.array(table, dtype=np.int64) for table in worths)
    named = values or {
        f"i{k}": tuple(str(c) for c in range(t.shape[1])) for k, t in enumerate(tables, start=1)
    }
    known = {issue: tuple(found) for issue, found in named.items()}
    conditions = [(parse(text, known), tuple(numbers)) for text, numbers in additions]
    k = len(reservations)
    return Additive(
        tuple(known),
        tuple(known.values()),
        tuple(f"p{i}" for i in range(1, k + 1)),
        tuple(scales) or (1,) * k,
        tuple(reservations),
        (True,) * k,
        tables,
        tuple(parse(text, known) for text in rules),
        tuple(Addition(c.tree, c.names, numbers) for c, numbers in conditions),
        tuple(f"v{i}" for i in range(1, len(thresholds) + 1)),
        tuple(thresholds),
    )
