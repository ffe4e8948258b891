"""Settings drawn where they are too many to count: how often something held, and what that tells.

A share that is only estimated is never given as one number. What is said is between how many of every
hundred settings it lies, from the exact binomial distribution (Clopper and Pearson, 1934), in whole
numbers rounded away from each other, so that the statement is never narrower than it may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import comb
from random import Random

import numpy as np

from accordant.agreement import acceptable, agreements, is_agreement
from accordant.model.compiler import Compiler
from accordant.model.settings import Setting, SettingSpace
from accordant.model.view import View
from accordant.reliance.conclusions import Conclusion
from accordant.stability import engine

SEED = 20240130
DRAWN = 1000
"""Settings drawn."""
FEWEST = 200
"""Settings drawn from a large model."""
DRAWN_STATES = 1 << 21
"""Settings × states from which on fewer are drawn."""
EVERY = 100


@dataclass(frozen=True, slots=True)
class Sample:
    """What drawn settings say of a conclusion.

    Attributes
    ----------
    drawn, true
        Settings drawn, each as likely as any other, and in how many it is true.
    seed
        With which they are drawn again.
    low, high
        Between how many of every hundred of all settings it is true, with 95 in 100 such draws.
    """

    drawn: int
    true: int
    seed: int
    low: int
    high: int

    @property
    def says(self) -> str:
        """In words.

        Examples
        --------
        >>> sampled(730, 1000).says
        'between 70 and 76 of every 100 settings, with 95 in 100 such draws: true in 730 of 1,000 drawn'
        """
        return (
            f"between {self.low} and {self.high} of every {EVERY} settings, with 95 in 100 such draws: "
            f"true in {self.true:,} of {self.drawn:,} drawn"
        )


@lru_cache(maxsize=1024)
def sampled(true: int, drawn: int, seed: int = SEED) -> Sample:
    """The exact two-sided interval for so many of so many, 2.5 in 100 left out on each side.

    Examples
    --------
    >>> [(s.low, s.high) for s in (sampled(0, 10), sampled(10, 10), sampled(5, 10))]
    [(0, 31), (69, 100), (18, 82)]
    """
    return Sample(drawn, true, seed, _least(true, drawn), EVERY - _least(drawn - true, drawn))


def _least(true: int, drawn: int) -> int:
    """The largest share, in hundredths, under which so many or more come up in at most 25 of 1,000 draws."""
    low, high = 0, EVERY
    while high - low > 1:
        share = (low + high) // 2
        ways = sum(comb(drawn, k) * share**k * (EVERY - share) ** (drawn - k) for k in range(true, drawn + 1))
        low, high = (share, high) if 40 * ways <= EVERY**drawn else (low, share)
    return low if true else 0


def draw(
    compiler: Compiler, space: SettingSpace, conclusions: Sequence[Conclusion], seed: int = SEED
) -> list[Sample]:
    """Settings drawn from a space that can be counted, and how often conclusions are true in them.

    Parameters
    ----------
    space
        Without orders or anchors of which nothing is known, and without ranges that make orders.
    """
    n = compiler.space().n
    count = max(FEWEST, min(DRAWN, DRAWN_STATES // max(1, n)))
    random, true = Random(seed), np.zeros(len(conclusions), dtype=int)
    for _ in range(count):
        view = compiler.view(_setting(random, space))
        true += _true(compiler, view, conclusions)
    return [sampled(int(k), count, seed) for k in true]


def _setting(random: Random, space: SettingSpace) -> Setting:
    """One setting, each as likely as any other."""
    off = frozenset(e for e in space.free if random.random() < 0.5) | frozenset(space.lost) | space.out
    perms = []
    for group, size in space.groups.items():
        order = list(range(size))
        random.shuffle(order)
        if order != sorted(order):
            perms.append((group, tuple(order)))
    return Setting(off, (*space.perms, *perms))


def _true(compiler: Compiler, view: View, conclusions: Sequence[Conclusion]) -> list[bool]:
    concepts = dict.fromkeys(c.detail for c in conclusions if c.kind == "holds")
    stable = engine.judge(view.model, view.orders, list(concepts)) if concepts else {}
    held = {c: np.asarray(v.all(axis=0)) for c, v in stable.items()}
    found = []
    for conclusion in conclusions:
        if conclusion.kind == "holds":
            state = view.space.numbers.names.find(conclusion.subject)
            found.append(state is not None and bool(held[conclusion.detail][state]))
        else:
            found.append(_stands(compiler, view, conclusion))
    return found


def _stands(compiler: Compiler, view: View, conclusion: Conclusion) -> bool:
    """Whether a conclusion about packages is true in one setting."""
    if conclusion.kind == "agreement-exists":
        apart = (replace(view.setting, no_deal=view.space.name(d)) for d in view.no_deal)
        return all(agreements(compiler.view(setting)).any() for setting in apart)
    state = view.space.numbers.names.find(conclusion.subject)
    if conclusion.subject in view.case.proposals:
        if not view.made(conclusion.subject):
            return False
        state = view.package(conclusion.subject).state
    if state is None:
        return False
    if conclusion.kind == "acceptable":
        return acceptable(view, conclusion.detail, state) is True
    return is_agreement(view, state) is True
