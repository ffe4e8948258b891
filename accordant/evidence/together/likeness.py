"""Whether two claims may be one: what must agree, what must be alike, and how much it is.

Two claims are *at odds* where a number, the polarity, the act, the nesting, the time or a condition
differs: they are never suggested as the same. They are *alike* where names, numbers and words agree:

* they share a name (of whoever acts in them or says them), or neither has any;
* what they share, names and numbers counting twice, is at least half of what the shorter has, and at
  least two of it are words or numbers, so that claims on one topic are not alike by their names alone
  (one is enough where one name or party says both, and the other holds all that the shorter has);
* their spelling is alike: rapidfuzz's ``token_set_ratio`` over stems is at least 70.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from accordant.evidence.together.features import PARTY, Features
from accordant.evidence.together.numbers import Quantity

Difference = Literal["number", "polarity", "act", "nesting", "time", "condition"]
RATIO = 70.0
"""The least ``token_set_ratio`` of claims that are alike."""
HEAVY = 2
"""What a name or a number counts, where a word counts 1."""
_LEAST_PLAIN = 2
_LEAST_ALL = 4


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two claims are.

    Attributes
    ----------
    share
        Weight of what they share, and of all that the shorter and both together have.
    by_one
        Whether one name or party says or does both.
    """

    names: frozenset[str]
    numbers: tuple[tuple[Quantity, Quantity], ...]
    words: frozenset[str]
    share: int
    of_shorter: int
    of_both: int
    by_one: bool = False

    @property
    def alike(self) -> bool:
        """Whether names, numbers and words agree enough; spelling is looked at besides."""
        plain = len(self.words) + HEAVY * len(self.numbers)
        whole = self.share >= self.of_shorter and self.by_one and plain > 0
        enough = self.share >= _LEAST_ALL and (plain >= _LEAST_PLAIN or whole)
        return enough and 2 * self.share >= self.of_shorter and 5 * self.share >= self.of_both


def likeness(one: Features, other: Features) -> Likeness:
    """What two claims share; symmetric but for the order within pairs of numbers."""
    names = (one.names & other.names) | (one.names & other.actors) | (one.actors & other.names)
    names |= {name for name in one.actors & other.actors if name.startswith(PARTY)}
    words = one.words & other.words
    pairs = tuple(
        (a, b)
        for a in one.numbers
        for b in other.numbers
        if a.unit == b.unit and a.meets(b) and (a.alike(b) or a.unit == "money" or _plain(a, b))
    )
    matched = min(len({id(a) for a, _ in pairs}), len({id(b) for _, b in pairs}))
    share = HEAVY * (len(names) + matched) + len(words)
    sizes = [HEAVY * (len(f.names) + len(f.numbers)) + len(f.words) for f in (one, other)]
    by_one = bool(one.actors & other.actors)
    return Likeness(names, pairs[:matched], words, share, min(sizes), sum(sizes) - share, by_one)


def _plain(one: Quantity, other: Quantity) -> bool:
    """The same number of something that one of them does not name again."""
    return one.low == other.low and one.high == other.high and one.low not in (None, 1, 2)


def differences(one: Features, other: Features) -> tuple[Difference, ...]:
    """Everything in which two claims are at odds; symmetric."""
    found: list[Difference] = []
    if number_conflict(one, other) is not None or _numbers_differ(one, other):
        found.append("number")
    if one.negative != other.negative:
        found.append("polarity")
    if one.act != other.act:
        found.append("act")
    if one.depth != other.depth:
        found.append("nesting")
    if times_differ(one, other):
        found.append("time")
    if (one.condition or other.condition) and not one.condition & other.condition:
        found.append("condition")
    return tuple(found)


def number_conflict(one: Features, other: Features) -> tuple[Quantity, Quantity] | None:
    """Two numbers of the same sort of thing of which no reading is one; the first such pair."""
    for a in one.numbers:
        same = [b for b in other.numbers if a.alike(b)]
        if same and not any(a.meets(b) for b in same):
            return a, same[0]
    return None


def _numbers_differ(one: Features, other: Features) -> bool:
    """Whether both hold numbers and none of one could be any of the other."""
    if not one.numbers or not other.numbers:
        return False
    return not any(a.unit == b.unit and a.meets(b) for a in one.numbers for b in other.numbers)


def times_differ(one: Features, other: Features) -> bool:
    """Whether both give times, and no day is allowed by both."""
    if not one.dates or not other.dates:
        return False
    return not any(a[0] <= b[1] and b[0] <= a[1] for a in one.dates for b in other.dates)


def spelling(one: Features, other: Features, shared: frozenset[str]) -> float:
    """How alike the spelling of names and words is, 0 to 100; ``shared`` are names that both have."""
    from rapidfuzz.fuzz import token_set_ratio

    both = frozenset(name for name in shared if not name.startswith(PARTY))
    texts = (" ".join(sorted(f.names | f.words | both)) for f in (one, other))
    return float(token_set_ratio(*texts))
