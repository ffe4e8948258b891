"""Every admissible setting of the orders at once, on the states that matter.

Whether *some* agreement exists, and which agreements are efficient, depends on all parties
together: the agreement may be another one in each setting. So the settings are gone through, but
few of them differ: only states that may be agreements matter, only lines that tell two of them
apart (or from no deal) matter, and settings of one party that give the same order count once, with
their share. Parties vary independently of each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt
from accordant.agreement.no_deal import NoDeal
from accordant.agreement.restricted import open_elements, restrict
from accordant.agreement.stands import Scene, Stand, stand, with_vetoes
from accordant.model.preferences import Choice, PartyOrder, dense

T = TypeVar("T")
Columns = NDArray[np.intp]
Bools = NDArray[np.bool_]
Weighted = list[tuple[Stand, Fraction]]
"""Different stands of one party, each with its share of the settings."""

OWN = 4096
"""Most settings of one party's own lines that are gone through."""
TOGETHER = 1 << 14
"""Most different settings of all parties together that are gone through."""
CELLS = 60_000_000
"""Most of those times states times parties."""


class TooManyError(Exception):
    """There are more different settings than are gone through; the text says how many."""


@dataclass(frozen=True, eq=False)
class Ensemble:
    """The different stands of every party on some states, each with its share of the settings.

    Attributes
    ----------
    columns
        The states looked at.
    count
        Number of states that no deal may be.
    variants
        For each party its different stands.
    """

    columns: Columns
    count: int
    variants: tuple[Weighted, ...]

    @property
    def size(self) -> int:
        """Number of states looked at."""
        return len(self.columns)

    def scenes(self) -> Iterator[tuple[Scene, Fraction]]:
        """Every different scene, with its share of the settings."""
        for chosen in product(*self.variants):
            share = prod((share for _, share in chosen), start=Fraction(1))
            yield Scene(self.columns, self.count, tuple(stand for stand, _ in chosen)), share


def ensemble(
    against: Mapping[str, NoDeal],
    vetoes: Mapping[str, Sequence[str]],
    doubt: Doubt,
    states: Columns,
    count: int,
    *,
    counted: bool = False,
) -> Ensemble:
    """Everything that the parties may think of some states.

    Parameters
    ----------
    against
        What no deal is to each party and constituency, with what is known of its order.
    vetoes
        The constituencies of each party whose acceptance counts.
    doubt
        What is open.
    states
        The states to look at.
    count
        Number of states that no deal may be.
    counted
        Whether a range of what no deal is worth is gone through number by number, as far as they give
        different orders, and not by its ends alone.

    Raises
    ------
    TooManyError
        If there are more than :data:`OWN` settings for a party, :data:`TOGETHER` different ones in
        all, or more than :data:`CELLS` ranks in them.
    """
    own = {
        who: _voices(who, against[who], doubt, states, counted) for p, c in vetoes.items() for who in (p, *c)
    }
    heard = {c: _accepts(own[c]) for held in vetoes.values() for c in held}
    variants = tuple(_with_vetoes(own[p], [heard[c] for c in held]) for p, held in vetoes.items())
    combinations = prod(len(v) for v in variants)
    cells = combinations * (len(states) + 2 * count) * len(variants)
    if combinations > TOGETHER or (combinations > 1 and cells > CELLS):
        raise TooManyError(f"{combinations:,} different settings of the parties' lines")
    return Ensemble(states, count, variants)


def _voices(who: str, against: NoDeal, doubt: Doubt, states: Columns, counted: bool) -> Weighted:
    """The different stands of one party or constituency on its own."""
    same = against.same(states)
    if against.order is None:
        return [(stand(None, (), same), Fraction(1))]
    columns = np.concatenate([states, against.columns])
    small = restrict(against.order, columns)
    if small.bounded(doubt.lost) and (small.ranged or (counted and against.ranged)):
        return _over_ranges(who, small, doubt, same)
    free = open_elements(small, doubt)
    groups = {e.group: len(e.lines) for e in small.lines if isinstance(e, Choice)}
    total = (1 << len(free)) * prod(factorial(size) for size in groups.values())
    if total > OWN:
        raise TooManyError(f"{total:,} settings of the lines of one party")
    found: dict[bytes, tuple[Stand, Fraction]] = {}
    for chosen in product(*(permutations(range(size)) for size in groups.values())):
        perms = dict(zip(groups, chosen, strict=True))
        for bits in product((False, True), repeat=len(free)):
            off = doubt.lost | {e for e, gone in zip(free, bits, strict=True) if gone}
            made = _stand(small, off, perms, same)
            _add(found, made.signature, made, Fraction(1, total))
    return list(found.values())


def _over_ranges(who: str, order: PartyOrder, doubt: Doubt, same: Bools) -> Weighted:
    """The different stands where worths, or what no deal is worth, are ranges."""
    every = doubt.ranges(who)
    if every is None:
        raise TooManyError(f"too many orders, which the ranges of {who} admit,")
    found: dict[bytes, tuple[Stand, Fraction]] = {}
    for off, points in every:
        made = _stand(order.at(dict(points)), doubt.lost | off, {}, same)
        _add(found, made.signature, made, Fraction(1, len(every)))
    return list(found.values())


def _stand(
    order: PartyOrder, off: frozenset[str], perms: Mapping[str, tuple[int, ...]], same: Bools
) -> Stand:
    count, k = same.shape
    ranks = dense(order.ranks(k + 2 * count, off, perms)) if order.known(off) else None
    return stand(ranks, [line.holds for line in order.red if line.element not in off], same)


def _accepts(stands: Weighted) -> Weighted:
    """A constituency's different stands: only what it accepts counts, not what it likes better."""
    found: dict[bytes, tuple[Stand, Fraction]] = {}
    for one, share in stands:
        levels = [one.levels(d) for d in range(len(one.low))]
        parts = [one.rows, *(x > 0 for pair in levels for x in pair)]
        parts += [] if one.settled or not one.known else [one.key, one.high]
        _add(found, b"|".join(part.tobytes() for part in parts), one, share)
    return list(found.values())


def _with_vetoes(own: Weighted, heard: Sequence[Weighted]) -> Weighted:
    """A party's stands with every combination of its constituencies' vetoes, the same ones once."""
    stands = own
    for ways in heard:
        if len(stands) * len(ways) > OWN * OWN:
            raise TooManyError(f"{len(stands) * len(ways):,} settings of the lines of one party")
        found: dict[bytes, tuple[Stand, Fraction]] = {}
        for (one, share), (veto, part) in product(stands, ways):
            made = with_vetoes(one, [veto])
            _add(found, made.signature, made, share * part)
        stands = list(found.values())
    return stands


def _add(found: dict[bytes, tuple[T, Fraction]], key: bytes, thing: T, share: Fraction) -> None:
    before = found.get(key)
    found[key] = (thing, share + (before[1] if before else 0))
