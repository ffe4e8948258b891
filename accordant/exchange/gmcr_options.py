"""Issues as options that are taken or not, so that every move stays what it was.

An issue of k values becomes k - 1 options, all of them its holder's. Two codes are tried:

* *one of*: option j is taken where the issue has value j; none is taken for the first value. Two of them
  together are infeasible. Going from v to w undoes option v (unless v is the first value) and takes
  option w (likewise): the permitted directions let through exactly the moves of an issue in which the
  permission to leave v and the permission to enter w do not depend on each other.
* *at least*: option j is taken where the value is j or a later one. Option j + 1 without option j is
  infeasible. Going up takes, going down undoes every option in between: the directions let through
  exactly the moves of an issue in which a move is permitted where every single step on its way is.

Each combination of values is one feasible combination of options, and the other way round; a party changes
any of its issues at once, as it changes any of its options at once. So a code whose options permit the
same pairs of values gives the same states and the same moves, whatever the feasibility rules are. An issue
for which neither code does is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from accordant.case.objects import Issue
from accordant.exchange.gmcr_model import Condition, Option
from accordant.model.movers import issue_direction

Bools = NDArray[np.bool_]
_DIRECTION = {(True, True): "both", (True, False): "fwd", (False, True): "back"}
PLAIN = ("no", "yes")


@dataclass(frozen=True)
class Coded:
    """One issue as options.

    Attributes
    ----------
    directions
        Of its options.
    rising
        The code is *at least*, otherwise *one of*.
    fixed
        No move is permitted at all, so that no party controls the options.
    """

    id: str
    issue: Issue
    directions: tuple[str, ...]
    rising: bool = False
    fixed: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        """Its options, named so that they can be told apart."""
        name = self.issue.name or self.id
        if self.issue.values == PLAIN:
            return (Option(name, self.directions[0]),)
        beyond = " or beyond" if self.rising and len(self.issue.values) > 2 else ""
        return tuple(
            Option(f"{name}: {value}{beyond}" if value != self.issue.values[-1] else f"{name}: {value}", way)
            for value, way in zip(self.issue.values[1:], self.directions, strict=True)
        )

    def said(self, option: int) -> str:
        """What the taking of an option says, as an expression."""
        if self.issue.values == PLAIN:
            return self.id
        return f"{self.id} {'>=' if self.rising else '='} {self.issue.values[option + 1]}"

    def taken(self, value: int) -> tuple[bool, ...]:
        """Which options are taken where the issue has a value."""
        return tuple(value >= j if self.rising else value == j for j in range(1, len(self.issue.values)))

    def forbidden(self) -> tuple[Condition, ...]:
        """The combinations of options that no value stands for."""
        count = len(self.directions)
        if self.rising:
            return tuple(((j, False), (j + 1, True)) for j in range(count - 1))
        return tuple(((a, True), (b, True)) for a, b in combinations(range(count), 2))

    def conditions(self, values: frozenset[int]) -> tuple[Condition, ...]:
        """Conditions on its options that are together true where the issue has one of some values."""
        last = len(self.issue.values) - 1
        if self.rising:
            return tuple(
                (*(((a - 1, True),) if a else ()), *(((b, False),) if b < last else ()))
                for a, b in _runs(values)
            )
        if 0 in values:
            return (tuple((v - 1, False) for v in range(1, last + 1) if v not in values),)
        return tuple(((v - 1, True),) for v in sorted(values))


def _runs(values: frozenset[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring values: the first and the last of each."""
    for v in sorted(values):
        if v - 1 not in values:
            end = v
            while end + 1 in values:
                end += 1
            yield v, end


def coded(id_: str, issue: Issue) -> Coded | None:
    """An issue as options; None where no directions of options permit exactly its moves.

    Examples
    --------
    >>> coded("captives", Issue(by="south", values=("held", "some", "all"), moves="forward")).options
    (Option(name='captives: some or beyond', direction='fwd'), Option(name='captives: all', direction='fwd'))
    >>> truce = coded("truce", Issue(by="north", values=("none", "pause", "lasting")))
    >>> [option.name for option in truce.options]
    ['truce: pause', 'truce: lasting']
    """
    allowed = issue_direction(issue)
    size = len(issue.values)
    if not (allowed & ~np.eye(size, dtype=bool)).any():
        return Coded(id_, issue, ("both",) * (size - 1), fixed=True)
    for rising in (False, True):
        pairs = _steps(allowed) if rising else _leaves(allowed)
        ways = [_DIRECTION.get(pair) for pair in pairs]
        if None not in ways:
            made = Coded(id_, issue, tuple(w for w in ways if w), rising)
            if (permitted(made) == allowed).all():
                return made
    return None


def _leaves(allowed: Bools) -> list[tuple[bool, bool]]:
    """For each value but the first, whether it can be entered from the first and left for it."""
    return [(bool(allowed[0, v]), bool(allowed[v, 0])) for v in range(1, len(allowed))]


def _steps(allowed: Bools) -> list[tuple[bool, bool]]:
    """For each value but the first, whether the step up to it and the step down from it are permitted."""
    return [(bool(allowed[v - 1, v]), bool(allowed[v, v - 1])) for v in range(1, len(allowed))]


def permitted(made: Coded) -> Bools:
    """Which value may follow which, as the directions of the options say."""
    count = len(made.issue.values)
    found = np.eye(count, dtype=bool)
    for v, w in product(range(count), repeat=2):
        changes: Sequence[tuple[bool, bool, str]] = list(
            zip(made.taken(v), made.taken(w), made.directions, strict=True)
        )
        found[v, w] = all(
            before == after or way == "both" or way == ("fwd" if after else "back")
            for before, after, way in changes
        )
    return found
