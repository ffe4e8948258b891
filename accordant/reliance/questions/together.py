"""Open conclusions with the questions that bear on them, those on which the same bear at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from accordant.reliance.questions.asked import NOTHING, Asked
from accordant.reliance.questions.deciding import (
    COMBINATIONS,
    Decision,
    Table,
    combinations_of,
    decide,
    search,
    tabulate,
    with_any_other,
)
from accordant.reliance.questions.field import Count, Field
from accordant.reliance.sweep import ALWAYS, NEVER, SOMETIMES

LOOKS = 2048
"""Most combinations of answers looked at for all conclusions together."""
LOOK_STATES = 1 << 22
"""The same for large models: combinations × states."""
FEWEST = 64
"""Combinations looked at however large the model is."""
EACH = 256
"""Combinations that are looked at in any case for conclusions that have too many to go through all."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Conclusions on which the same questions bear.

    Attributes
    ----------
    every
        The questions that bear on them.
    told
        The same without the whole order of a party where all that matters of it is asked by itself.
    known
        Those of which answers are listed, each with one that stands for any other where not all are.
    places
        The conclusions, by their places in the field.
    table
        What they are under every combination of answers; None where there are too many.
    found
        What would decide each of them.
    """

    every: tuple[Asked, ...]
    told: tuple[Asked, ...]
    known: tuple[Asked, ...]
    places: tuple[int, ...]
    table: Table | None
    found: tuple[Decision, ...]

    @property
    def plain(self) -> bool:
        """Whether each combination of answers is one setting of what bears on them, and all are there."""
        answers = (reply.given for q in self.known for reply in q.replies)
        whole = len(self.known) == len(self.told) and all(q.whole for q in self.told)
        return whole and self.table is not None and all(given == NOTHING for given in answers)

    def under(self, place: int, question: str, of: int | None) -> list[tuple[int, Count | None]]:
        """Under each answer to a question the status of a conclusion, and its count.

        Parameters
        ----------
        of
            All settings before anything is answered; None where there is no count.
        """
        axis = next(k for k, q in enumerate(self.known) if q.id == question)
        found: list[tuple[int, Count | None]] = []
        assert self.table is not None
        n, replies = self.places.index(place), len(self.known[axis].replies)
        for reply in range(replies):
            must = self.table.must[..., n].take(reply, axis=axis)
            may = self.table.may[..., n].take(reply, axis=axis)
            status = ALWAYS if must.all() else SOMETIMES if may.any() else NEVER
            left = None if of is None else of // replies
            held = None if left is None else int(Fraction(int(must.sum()), must.size) * left)
            found.append((status, None if held is None or left is None else (held, left)))
        return found

    def count(self, place: int, of: int) -> Count:
        """In how many settings a conclusion is true before anything is answered."""
        assert self.table is not None
        must = self.table.must[..., self.places.index(place)]
        return int(Fraction(int(must.sum()), must.size) * of), of


def alike(
    field: Field, asked: Sequence[Asked], open_: Sequence[int], told: Callable[[int], None]
) -> list[Alike]:
    """Every open conclusion with what would decide it; ``told`` takes how many have been gone through."""
    asked = _telling_first(field, asked, open_)
    groups: dict[tuple[int, ...], list[int]] = {}
    for k in open_:
        bears = [n for n, q in enumerate(asked) if field.bears(q, field.conclusions[k])]
        groups.setdefault(tuple(bears), []).append(k)
    budget = min(LOOKS, max(FEWEST, LOOK_STATES // max(1, field.compiler.space().n)))
    made = []
    for bears_on, places in sorted(groups.items(), key=lambda found: len(found[0])):
        before = field.looks
        made.append(_together(field, [asked[n] for n in bears_on], places, budget))
        budget = max(FEWEST, budget - (field.looks - before))
        told(len(places))
    return made


def _telling_first(field: Field, asked: Sequence[Asked], open_: Sequence[int]) -> list[Asked]:
    """The questions whose answers decide most first: what they decide is then not looked at again."""
    pending = np.zeros(len(field.conclusions), dtype=bool)
    pending[list(open_)] = True

    def told(question: Asked) -> tuple[int, int]:
        each = [field.look([reply], pending).decided[pending] for reply in question.replies]
        sure, best = (join.reduce(each) for join in (np.logical_and, np.logical_or)) if each else ((), ())
        return -int(np.sum(sure)), -int(np.sum(best))

    return sorted(asked, key=told)


def _together(field: Field, every: Sequence[Asked], places: Sequence[int], budget: int) -> Alike:
    narrow = {q.who for q in every if q.kind == "acceptance"}
    told = [q for q in every if not (q.kind == "unknown" and q.who in narrow)]
    known = [with_any_other(q) for q in told if q.replies]
    settled = all(q.whole for q in told)
    table, found = None, tuple([Decision(None, None, None, (), (), 0, 1)] * len(places))
    if known and combinations_of(known) <= COMBINATIONS:
        table = tabulate(field, known, np.array(places, dtype=np.intp), budget)
    if table is not None:
        found = tuple(decide(table, n, settled) for n in range(len(places)))
    elif known:
        found = search(field, known, places, max(EACH, budget // 4))
    return Alike(tuple(every), tuple(told), tuple(known), tuple(places), table, found)
