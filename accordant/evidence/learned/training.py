"""Enough decisions to learn from or not, and how far they agree with themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from accordant.errors import InputError
from accordant.evidence.learned.bayes import Bayes, Table
from accordant.evidence.learned.examples import Example
from accordant.evidence.learned.features import Features
from accordant.evidence.learned.marks import Agreement, Mark

NEEDED = 40
"""Decisions needed at least."""
OF_EACH = 10
"""Accepted, and rejected, needed at least."""
PARTS = 5
ALIKE = 5
"""Decisions that have to be like a suggestion before it is marked."""
_LEVELS = (
    ("rule", "cue", "source", "act"), ("rule", "cue", "source"), ("rule", "cue"), ("rule", "source"),
    ("cue",), ("rule",),
)  # fmt: skip
"""In what decisions are called alike, from the most to the least."""


_Like = tuple[tuple[str, ...], tuple[str, ...]]
"""Some of the things that are looked at, and what was found of them."""


@dataclass(frozen=True)
class Trained:
    """What was learned.

    Attributes
    ----------
    agreement
        From how much, and how well it tells what the person decides.
    """

    examples: tuple[Example, ...]
    table: Table
    bayes: Bayes
    agreement: Agreement

    def mark(self, seen: Features) -> Mark | None:
        """A mark on a suggestion that is likelier to be rejected; None for all others.

        It takes both: that rejecting is likelier by everything that is looked at, and that of the
        decisions most like it most were rejected.
        """
        if not self.agreement.helps:
            return None
        if not self.bayes.rejects(self.table.row(seen)[None, :])[0]:
            return None
        for level in _LEVELS:
            if not all(name in seen for name in level):
                continue
            values = tuple(seen[name] for name in level)
            alike = self._alike[level, values]
            if alike >= ALIKE:
                rejected = self._rejected[level, values]
                by = tuple(f"{name} {value}" for name, value in zip(level, values, strict=True))
                return Mark(rejected, alike, by) if 2 * rejected > alike else None
        return None

    @cached_property
    def _alike(self) -> Counter[_Like]:
        return _counted(self.examples)

    @cached_property
    def _rejected(self) -> Counter[_Like]:
        return _counted([e for e in self.examples if e.rejected])


def _counted(examples: Sequence[Example]) -> Counter[_Like]:
    """How many decisions have what in common."""
    return Counter(
        (level, tuple(e.features[name] for name in level))
        for e in examples
        for level in _LEVELS
        if all(name in e.features for name in level)
    )


def train(examples: Sequence[Example]) -> Trained:
    """Learn from decisions; the same decisions always give the same.

    Raises
    ------
    InputError
        If there are too few, with how many are needed.

    Examples
    --------
    >>> train([])
    Traceback (most recent call last):
    accordant.errors.InputError: too little to learn from: 0 decisions ...
    """
    by_key = {e.key: e for e in examples}  # a text that two cases have counts once
    found = tuple(by_key[key] for key in sorted(by_key))
    rejected = sum(e.rejected for e in found)
    accepted = len(found) - rejected
    if len(found) < NEEDED or min(accepted, rejected) < OF_EACH:
        raise InputError(
            f"too little to learn from: {len(found)} decisions ({accepted} accepted, {rejected} rejected); "
            f"needed are {NEEDED} or more, {OF_EACH} or more of each"
        )
    table = Table(found)
    agreement = Agreement(accepted, rejected, agreed(table, found), PARTS, sum(not e.known for e in found))
    return Trained(found, table, Bayes(table), agreement)


def parts_of(examples: Sequence[Example]) -> list[int]:
    """In which part each example is: those of one text together where there are texts enough.

    Examples
    --------
    >>> one = Example(("a", 0, 1, 2), {}, False)
    >>> parts_of([one, one, one, one, one, one])
    [0, 1, 2, 3, 4, 0]
    """
    texts = list(dict.fromkeys(e.key[0] for e in examples))
    if len(texts) < PARTS:
        return [k % PARTS for k in range(len(examples))]
    number = {text: k % PARTS for k, text in enumerate(texts)}
    return [number[e.key[0]] for e in examples]


def agreed(table: Table, examples: Sequence[Example]) -> int:
    """How many decisions are told rightly, each from the parts that it is not in."""
    parts = np.array(parts_of(examples))
    right = 0
    for part in range(PARTS):
        here = parts == part
        if not here.any():
            continue
        told = Bayes(table, ~here).rejects(table.codes[here])
        right += int((told == table.rejected[here]).sum())
    return right
