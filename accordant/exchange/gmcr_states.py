"""The feasible states of a ``.gmcr`` model, and what rankings call them.

GMCR+ numbers the feasible states 1, 2, 3, … in ascending order of the decimal Σ 2^k over the options taken.
Rankings in its files hold these numbers. Some descriptions of the format say decimals; a ranking of every
state is never ambiguous (where the decimals themselves are 1, 2, 3, …, both readings are the same), so that
both are read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from accordant.case.expressions import parse
from accordant.case.findings import Findings
from accordant.case.places import Path
from accordant.exchange.gmcr_model import UNREAD, Condition, GmcrModel, Level, Statement
from accordant.model.growth import Product, count_feasible, feasible

SHOWN = 12
VALUES = ("N", "Y")


def product(model: GmcrModel, *, seen: Statement = ()) -> Product:
    """Options and infeasible patterns, as the model room grows states.

    Parameters
    ----------
    seen
        Only the states of which this condition, if any, is true.
    """
    issues = {f"o{k}": VALUES for k in range(len(model.options))}
    rules = tuple(parse(f"not ({text(statement)})", issues) for statement in model.infeasibles)
    fixed = {option: int(taken) for condition in seen for option, taken in condition}
    return Product(tuple(issues), (2,) * len(issues), rules, fixed)


def text(statement: Statement, names: Sequence[str] | None = None) -> str:
    """A statement as an expression over option names.

    Examples
    --------
    >>> text((((0, True), (1, False)), ((2, True),)))
    'o0 and not o1 or o2'
    """

    def literal(option: int, taken: bool) -> str:
        name = f"o{option}" if names is None else names[option]
        return name if taken else f"not {name}"

    def conjunction(condition: Condition) -> str:
        return " and ".join(literal(*pair) for pair in condition)

    parts = [conjunction(condition) for condition in statement]
    if names is None or len(parts) == 1:
        return " or ".join(parts)
    # brackets for the reader: 'and' binds tighter anyway
    return " or ".join(f"({p})" if len(c) > 1 else p for p, c in zip(parts, statement, strict=True))


def has_states(model: GmcrModel) -> bool:
    """Whether any combination of options is feasible."""
    return count_feasible(product(model))[0] > 0


def matches_some(model: GmcrModel, condition: Condition) -> bool:
    """Whether a condition is true of some feasible state."""
    return count_feasible(product(model, seen=(condition,)))[0] > 0


@dataclass(frozen=True)
class States:
    """The feasible states as decimals, ascending: the one at position k is state k + 1."""

    decimals: tuple[int, ...]

    @classmethod
    def of(cls, model: GmcrModel) -> States:
        """Every feasible state.

        Raises
        ------
        TooLargeError
            If there are too many to be listed.
        """
        codes = feasible(product(model), parties=len(model.makers))
        weights = np.array(
            [1 << k for k in range(codes.shape[1])], dtype=object if codes.shape[1] > 62 else np.int64
        )
        return cls(tuple(sorted(int(d) for d in codes.astype(weights.dtype) @ weights)))

    @property
    def n(self) -> int:
        """How many there are."""
        return len(self.decimals)

    @cached_property
    def number(self) -> dict[int, int]:
        """The number of each decimal, from 1."""
        return {decimal: k for k, decimal in enumerate(self.decimals, 1)}

    def by_decimals(self, rankings: Sequence[Sequence[Level]]) -> bool:
        """Whether rankings name states by their decimals rather than by their numbers."""
        every = [state for ranking in rankings for level in ranking for state in level]
        known = self.number
        return sum(s not in known for s in every) < sum(not 1 <= s <= self.n for s in every)

    def ranking(
        self, say: Findings, path: Path, ranking: Sequence[Level], *, decimals: bool
    ) -> tuple[Level, ...]:
        """A ranking in numbers from 1; what is wrong with it is said."""
        known: Mapping[int, int] = self.number if decimals else {k: k for k in range(1, self.n + 1)}
        seen: set[int] = set()
        for k, level in enumerate(ranking):
            for m, state in enumerate(level):
                at: Path = (*path, k, m) if len(level) > 1 else (*path, k)
                if state == UNREAD:
                    continue
                if state not in known:
                    say.error(
                        at, self._no_state(state, decimals), found=str(state), allowed=self._allowed(decimals)
                    )
                elif state in seen:
                    say.error(at, f"names the state {state} twice", found=str(state))
                seen.add(state)
        missing = [str(s) for s in known if s not in seen]
        if missing:
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            found = ", ".join(missing[:SHOWN]) + more
            say.error(
                path, "misses feasible states", found=found, hint="rank every state; a tie is an inner list"
            )
        return tuple(tuple(known[s] for s in level if s in known) for level in ranking)

    def _no_state(self, state: int, decimals: bool) -> str:
        if decimals:
            return f"the state with the decimal {state} is not feasible"
        return f"there is no state {state}: there are {self.n:,} feasible states, numbered from 1"

    def _allowed(self, decimals: bool) -> tuple[str, ...]:
        return tuple(map(str, self.decimals[:40])) if decimals else (f"1 to {self.n}",)
