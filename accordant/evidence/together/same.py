"""The same claim in several reports, and claims that contradict each other.

Claims of one wording (same words, act, polarity, nesting) are one *wording* and compared once. Only
wordings that share two names, numbers or words that are not in very many are compared; the slow twin
in the tests compares all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from accordant.evidence.together.features import Features, all_names, features
from accordant.evidence.together.likeness import (
    RATIO,
    Difference,
    Likeness,
    differences,
    likeness,
    spelling,
)
from accordant.evidence.together.material import Matter, Statement

Progress = Callable[[int, int], None]


class Pair(NamedTuple):
    """Two wordings that are alike, by number, with how alike they are spelt and what they differ in."""

    one: int
    other: int
    ratio: float
    differs: tuple[Difference, ...]


@dataclass(frozen=True)
class Wording:
    """Claims in the same words.

    Attributes
    ----------
    members
        Numbers of the statements.
    key
        What tells it from other wordings, for an order that does not depend on that of the reports.
    """

    members: tuple[int, ...]
    features: Features
    key: tuple[object, ...]


@dataclass(frozen=True)
class Compared:
    """Every wording, and every pair of wordings that are alike."""

    matter: Matter
    wordings: tuple[Wording, ...]
    pairs: tuple[Pair, ...]

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Statements that may all be the same claim, for two reports or more; each in one group at most.

        Groups grow from the most alike pair on. Any two members are alike, and none are at odds.
        """
        alike = {(pair.one, pair.other) for pair in self.pairs if not pair.differs}
        group = {k: [k] for k in range(len(self.wordings))}
        for pair in sorted(self.pairs, key=self._order):
            one, other = group[pair.one], group[pair.other]
            if one is other or not all((min(a, b), max(a, b)) in alike for a in one for b in other):
                continue
            one += other
            group.update(dict.fromkeys(other, one))
        found = {id(g): g for g in group.values()}.values()
        statements = [sorted(m for w in g for m in self.wordings[w].members) for g in found if self._tells(g)]
        every = self.matter.statements
        return tuple(sorted(tuple(g) for g in statements if len({every[m].report for m in g}) > 1))

    def _tells(self, group: Sequence[int]) -> bool:
        """Whether there is enough in the words: “We will wait” in two reports need not be one claim."""
        if len(group) > 1:
            return True
        own = self.wordings[group[0]].features
        return likeness(own, own).alike

    def _order(self, pair: Pair) -> tuple[object, ...]:
        keys = sorted((repr(self.wordings[pair.one].key), repr(self.wordings[pair.other].key)))
        return -pair.ratio, *keys


def compare(matter: Matter, progress: Progress = lambda _done, _total: None) -> Compared:
    """Every two wordings that are alike, from different reports or not."""
    known = all_names(matter)
    wordings = list(_wordings(matter, known))
    made = [w.features for w in wordings]
    pairs: list[Pair] = []
    candidates = _candidates(made)
    for number, (a, b) in enumerate(candidates):
        if number % 5000 == 0:
            progress(number, len(candidates))
        found = judged(made[a], made[b])
        if found is not None:
            pairs.append(Pair(a, b, found[1], differences(made[a], made[b])))
    return Compared(matter, tuple(wordings), tuple(pairs))


def judged(one: Features, other: Features) -> tuple[Likeness, float] | None:
    """How alike two claims are, if they are."""
    alike = likeness(one, other)
    if not alike.alike:
        return None
    if not alike.names and (one.names | one.actors) and (other.names | other.actors):
        return None
    ratio = spelling(one, other, alike.names)
    return (alike, ratio) if ratio >= RATIO else None


def _wordings(matter: Matter, known: frozenset[str]) -> Iterator[Wording]:
    """The statements with the same words and the rest of what matters, together."""
    held: dict[tuple[object, ...], list[int]] = {}
    of: dict[tuple[object, ...], Features] = {}
    for number, statement in enumerate(matter.statements):
        if not statement.parts:
            continue
        made = features(matter, statement, known)
        key = _key(matter, statement, made)
        held.setdefault(key, []).append(number)
        of.setdefault(key, made)
    for key, members in held.items():
        yield Wording(tuple(members), of[key], key)


def _key(matter: Matter, statement: Statement, made: Features) -> tuple[object, ...]:
    text = matter.reports[statement.report].text
    said = " ".join(" ".join(part.of(text).split()) for part in statement.parts).casefold()
    numbers = tuple((str(q.low), str(q.high), q.unit) for q in made.numbers)
    dates = tuple((a.isoformat(), b.isoformat()) for a, b in made.dates)
    return said, made.act, made.negative, made.depth, dates, numbers, tuple(sorted(made.actors))


def cut_for(n: int) -> int:
    """In how many of ``n`` wordings a name or word may stand for it to lead to comparisons."""
    return max(200, n // 100)


def _candidates(made: Sequence[Features]) -> list[tuple[int, int]]:
    """Pairs that share two names, numbers or words, those in very many wordings aside."""
    import numpy as np

    from accordant.evidence.together.sharing import shared

    numbers: dict[object, int] = {}
    rows = [
        np.array(sorted({numbers.setdefault(token, len(numbers)) for token in _tokens(f)}), dtype=np.int64)
        for f in made
    ]
    found = shared(rows, cut_for(len(made)), least=2)
    return list(zip(found.first.tolist(), found.second.tolist(), strict=True))


def _tokens(f: Features) -> Iterator[object]:
    yield from (("name", n) for n in f.names | f.actors)
    yield from (("word", w) for w in f.words)
    yield from {("unit", q.unit) for q in f.numbers if q.unit}
