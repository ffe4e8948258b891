"""The lenses written straight from their definitions, over lists of packages, in fractions.

A package is a number; ``u[i][x]`` is its exact worth to party i. Nothing is shared with the program but the
definitions: every package of ``X_d`` is looked at, dominated ones too.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import lcm, prod


@dataclass(frozen=True)
class Problem:
    """Worths, no deal, and the packages that nobody refuses."""

    u: tuple[tuple[Fraction, ...], ...]
    d: tuple[Fraction, ...]

    @property
    def parties(self):
        return range(len(self.u))

    def rational(self):
        every = range(len(self.u[0]))
        return [x for x in every if all(self.u[i][x] >= self.d[i] for i in self.parties)]

    def gain(self, i, x):
        return self.u[i][x] - self.d[i]

    def dominates(self, y, x):
        pairs = [(self.u[i][y], self.u[i][x]) for i in self.parties]
        return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)

    def efficient(self):
        among = self.rational()
        return [x for x in among if not any(self.dominates(y, x) for y in among)]

    def ideal(self, i):
        return max(self.u[i][x] for x in self.rational())


def best(packages, key):
    packages = list(packages)
    top = max(map(key, packages))
    return {x for x in packages if key(x) == top}


def nash(p, weights=None):
    weights = weights or [Fraction(1)] * len(p.u)
    common = lcm(*(w.denominator for w in weights))
    among = p.rational()
    for size in range(len(p.u), -1, -1):
        found = set()
        for parties in combinations(p.parties, size):
            gaining = [x for x in among if all(p.gain(i, x) > 0 for i in parties)]
            if gaining:
                # Over all of X_d: a package that gives nothing to one of them has product 0.
                found |= best(
                    among, lambda x, s=parties: prod(p.gain(i, x) ** int(weights[i] * common) for i in s)
                )
        if found:
            return found
    return set()


def leximin(p, packages, value, parties):
    return best(packages, lambda x: sorted(value(i, x) for i in parties))


def kalai_smorodinsky(p, weights=None):
    live = [i for i in p.parties if p.ideal(i) > p.d[i]]
    return leximin(p, p.rational(), lambda i, x: p.gain(i, x) / (p.ideal(i) - p.d[i]), live)


def egalitarian(p, weights=None):
    weights = weights or [Fraction(1)] * len(p.u)
    return leximin(p, p.rational(), lambda i, x: p.gain(i, x) / weights[i], p.parties)


def utilitarian(p, weights=None):
    weights = weights or [Fraction(1)] * len(p.u)
    return best(p.rational(), lambda x: sum(weights[i] * p.u[i][x] for i in p.parties))


def raiffa(p, weights=None):
    """By recursion on the point; parties that can gain nothing are left out."""
    live = [i for i in p.parties if p.ideal(i) > p.d[i]]
    efficient = p.efficient()
    found = set()

    def above(t):
        return [x for x in efficient if all(p.u[i][x] >= t[i] for i in live)]

    def follow(t):
        packages = above(t)
        if any(all(p.u[i][x] == t[i] for i in live) for x in packages):
            found.update(packages)
            return
        for choice in product(*(best(packages, lambda x, i=i: p.u[i][x]) for i in live)):
            mean = {i: Fraction(sum(p.u[i][x] for x in choice), len(live)) for i in live}
            if above(mean):
                follow(mean)
            else:
                found.update(leximin(p, packages, lambda i, x: p.gain(i, x) / (p.ideal(i) - p.d[i]), live))

    if not live:
        return set(efficient)
    follow({i: p.d[i] for i in live})
    return found


def fallback(p, weights=None):
    """Demands go down one by one; of the winners among all packages the efficient ones are kept."""
    among = p.rational()
    ranks = [sorted({p.u[i][x] for x in among}, reverse=True) for i in p.parties]
    for depth in range(max(map(len, ranks))):
        demand = [levels[min(depth, len(levels) - 1)] for levels in ranks]
        winners = [x for x in among if all(p.u[i][x] >= demand[i] for i in p.parties)]
        if winners:
            return {x for x in winners if x in p.efficient()}
    return set()


LENSES = {
    "nash": nash,
    "kalai-smorodinsky": kalai_smorodinsky,
    "egalitarian": egalitarian,
    "utilitarian": utilitarian,
    "raiffa": raiffa,
    "fallback": fallback,
}
