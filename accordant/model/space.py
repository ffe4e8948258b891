"""The states of a case: names, values, and how to find one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class StateSpace:
    """Feasible combinations of values and the states they make.

    Attributes
    ----------
    issues, values
        Issue ids and the value names of each, in the order of the case; empty for a case that
        gives its graph directly.
    codes
        Every feasible combination, shape (combinations, issues), ascending.
    state_of
        The state of each combination; several combinations may make one (merged) state.
        States are numbered by their first combination; where only the named states count,
        in the order in which they are named.
    given
        Names that the case gives, by state number; the others are s1, s2, … by position.
    """

    issues: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    codes: NDArray[np.integer]
    state_of: NDArray[np.int32]
    n: int
    given: Mapping[int, str] = field(default_factory=dict)

    def name(self, state: int) -> str:
        """The name of a state."""
        return self.names[state]

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all states, in their order."""
        taken = set(self.given.values())
        return tuple(self.given.get(k) or _free_name(k, taken) for k in range(self.n))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each state by its name."""
        return {name: k for k, name in enumerate(self.names)}

    @property
    def merged(self) -> bool:
        """Whether some state stands for several combinations."""
        return self.n != len(self.codes)

    @cached_property
    def direct(self) -> bool:
        """Whether state k is combination k, so that states and combinations need no translation."""
        return not self.merged and bool((self.state_of == np.arange(self.n)).all())

    @cached_property
    def first(self) -> NDArray[np.int64]:
        """The first combination of each state."""
        return np.unique(self.state_of, return_index=True)[1]

    def members(self, state: int) -> NDArray[np.int64]:
        """The combinations that make a state."""
        if self.direct:
            return np.array([state])
        return np.flatnonzero(self.state_of == state)

    def values_of(self, state: int) -> dict[str, str]:
        """The value of every issue in a state; ``*`` where a merged state leaves it open."""
        rows = self.codes[self.members(state)]
        return {
            issue: (names[int(rows[0, k])] if bool((rows[:, k] == rows[0, k]).all()) else "*")
            for k, (issue, names) in enumerate(zip(self.issues, self.values, strict=True))
        }

    def matching(self, pattern: Mapping[str, str]) -> NDArray[np.int64]:
        """The combinations that have the given values; all of them for an empty pattern."""
        keep = np.ones(len(self.codes), dtype=bool)
        for issue, value in pattern.items():
            k = self.issues.index(issue)
            keep &= self.codes[:, k] == self.values[k].index(value)
        return np.flatnonzero(keep)


def _free_name(position: int, taken: set[str]) -> str:
    name = f"s{position + 1}"
    while name in taken:  # a case may give s9 to a pattern that stands earlier
        name += "'"
    return name
