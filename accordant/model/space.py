"""The states of a case: names, values, and how to find one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from json.encoder import encode_basestring
from typing import SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray

from accordant.tables import AT_ONCE, Rows


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
    def names(self) -> Names:
        """The names of all states, in their order."""
        return Names(self.n, self.given)

    @cached_property
    def numbers(self) -> Numbers:
        """The number of each state by its name."""
        return Numbers(self.names)

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

    @cached_property
    def state_codes(self) -> NDArray[np.integer]:
        """Value number of every issue in each state, -1 where a merged state leaves it open."""
        if self.direct:
            return self.codes
        together = np.argsort(self.state_of, kind="stable")
        first = np.searchsorted(self.state_of[together], np.arange(self.n))
        found = np.empty((self.n, len(self.issues)), dtype=np.int32)
        for k in range(len(self.issues)):
            column = self.codes[together, k].astype(np.int32)
            low, high = (f.reduceat(column, first) for f in (np.minimum, np.maximum))
            found[:, k] = np.where(low == high, low, -1)
        return found

    def values_of(self, state: int) -> dict[str, str]:
        """The value of every issue in a state; ``*`` where a merged state leaves it open."""
        return self._values(state, state + 1)[0]

    def _values(self, start: int, stop: int) -> list[dict[str, str]]:
        issues = self.issues
        return [
            dict(zip(issues, row, strict=True))
            for row in self._rows(self.values, "*" * len(issues), start, stop)
        ]

    def _written(self, start: int, stop: int) -> list[str]:
        """The values as JSON; everything that is said of an issue is written once."""
        texts = [[_entry(i, v) for v in values] for i, values in zip(self.issues, self.values, strict=True)]
        open_ = [_entry(i, "*") for i in self.issues]
        rows = self._rows(texts, open_, start, stop)
        return ["{" + ", ".join(row) + "}" for row in rows]

    def _rows(
        self, said: Sequence[Sequence[str]], open_: Sequence[str], start: int, stop: int
    ) -> Iterable[tuple[str, ...]]:
        """What is said of each value, state by state; ``open_`` where a merged state leaves it open."""
        if not self.issues:
            return repeat((), stop - start)
        columns = [
            np.array([*texts, star], dtype=object)[column].tolist()  # -1, what is open, stands last
            for texts, star, column in zip(said, open_, self.state_codes[start:stop].T, strict=True)
        ]
        return zip(*columns, strict=True)

    @cached_property
    def state_values(self) -> Rows[dict[str, str]]:
        """The values in every state, made when they are asked for."""
        return Rows(self.n, self._values, self._written)

    def matching(self, pattern: Mapping[str, str]) -> NDArray[np.int64]:
        """The combinations that have the given values; all of them for an empty pattern."""
        at = {issue: k for k, issue in enumerate(self.issues)}
        wanted = {at[issue]: self.values[at[issue]].index(value) for issue, value in pattern.items()}
        start, stop = 0, len(self.codes)
        for k in range(len(self.issues)):  # combinations ascend: the first issues' values stand together
            if k not in wanted:
                break
            column, value = self.codes[start:stop, k], self.codes.dtype.type(wanted.pop(k))
            low, high = (int(np.searchsorted(column, value, side)) for side in ("left", "right"))
            start, stop = start + low, start + high
        keep = np.ones(stop - start, dtype=bool)
        for k, code in wanted.items():
            keep &= self.codes[start:stop, k] == code
        return start + np.flatnonzero(keep)


def _entry(issue: str, value: str) -> str:
    return f"{encode_basestring(issue)}: {encode_basestring(value)}"


class Names(Sequence[str]):
    """Names of states, made when they are asked for: a million take no room.

    Those that are not given are s1, s2, … by position, with a stroke where a case gives that name
    to another state.

    Examples
    --------
    >>> Names(3, {2: "s1"})[:]
    ("s1'", 's2', 's1')
    """

    def __init__(self, n: int, given: Mapping[int, str]) -> None:
        self.n, self.given = n, given
        self.taken = {name: k for k, name in given.items()}

    def __len__(self) -> int:
        return self.n

    @overload
    def __getitem__(self, at: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> str | tuple[str, ...]:
        numbers = range(self.n)[at]
        return self._name(numbers) if isinstance(numbers, int) else tuple(self.of(numbers))

    def __iter__(self) -> Iterator[str]:
        for start in range(0, self.n, AT_ONCE):
            yield from self.of(range(start, min(start + AT_ONCE, self.n)))

    def of(self, numbers: Iterable[int]) -> list[str]:
        """The names of some states."""
        if self.given:
            return [self._name(k) for k in numbers]
        return [f"s{k + 1}" for k in numbers]

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self.find(name) is not None

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Names):
            return (self.n, self.given) == (other.n, other.given) or tuple(self) == tuple(other)
        return isinstance(other, tuple) and tuple(self) == other

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))

    def index(self, name: str, start: int = 0, stop: int | None = None) -> int:
        """The number of the state with a name, as :meth:`tuple.index` gives it."""
        found = self.find(name)
        if found is None or found not in range(self.n)[start:stop]:
            raise ValueError(f"there is no state {name!r}")
        return found

    def find(self, name: str) -> int | None:
        """The number of the state with a name, None where there is none.

        Examples
        --------
        >>> Names(3, {2: "s1"}).find("s1"), Names(3, {}).find("s4")
        (2, None)
        """
        if name in self.taken:
            return self.taken[name]
        digits = name[1:].rstrip("'")
        if not (name.startswith("s") and digits.isascii() and digits.isdigit() and len(digits) < 20):
            return None
        k = int(digits) - 1
        return k if 0 <= k < self.n and self._name(k) == name else None

    def _name(self, position: int) -> str:
        given = self.given.get(position)
        if given is not None:
            return given
        name = f"s{position + 1}"
        while name in self.taken:  # a case may give s9 to a pattern that stands earlier
            name += "'"
        return name


class Picked(Sequence[str]):
    """The names of some states, by ascending number, made when they are asked for.

    Examples
    --------
    >>> some = Picked(Names(4, {}), np.array([0, 3]))
    >>> some == ("s1", "s4"), "s2" in some, some[1:]
    (True, False, ('s4',))
    """

    def __init__(self, names: Names, numbers: NDArray[np.integer]) -> None:
        self.names, self.numbers = names, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[str, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> str | tuple[str, ...]:
        if isinstance(at, slice):
            return tuple(self.names.of(self.numbers[at].tolist()))
        return self.names[int(self.numbers[at])]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self.numbers), AT_ONCE):
            yield from self.names.of(self.numbers[start : start + AT_ONCE].tolist())

    def among(self, start: int, stop: int) -> NDArray[np.bool_]:
        """Which of the states from one number up to another are among them."""
        found = np.zeros(stop - start, dtype=bool)
        low, high = np.searchsorted(self.numbers, (start, stop))
        found[self.numbers[low:high] - start] = True
        return found

    def __contains__(self, name: object) -> bool:
        number = self.names.find(name) if isinstance(name, str) else None
        if number is None:
            return False
        at = int(np.searchsorted(self.numbers, number))
        return at < len(self.numbers) and int(self.numbers[at]) == number

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Picked) and other.names is self.names:
            return np.array_equal(self.numbers, other.numbers)
        return isinstance(other, (tuple, Picked, Names)) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


class Numbers(Mapping[str, int]):
    """The numbers of states by their names.

    Examples
    --------
    >>> Numbers(Names(3, {}))["s2"], "s9" in Numbers(Names(3, {}))
    (1, False)
    """

    def __init__(self, names: Names) -> None:
        self.names = names

    def __getitem__(self, name: str) -> int:
        found = self.names.find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)
