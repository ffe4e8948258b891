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
from accordant.agreement.restricted import open_elements, restrict
from accordant.agreement.stands import Scene, Stand, red_key
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
        The states looked at, then the no-deal states.
    at
        The column of each no-deal state.
    variants
        For each party its different stands.
    """

    columns: Columns
    at: tuple[int, ...]
    variants: tuple[Weighted, ...]

    @property
    def size(self) -> int:
        """Number of states looked at, no deal not counted."""
        return len(self.columns) - len(self.at)

    def scenes(self) -> Iterator[tuple[Scene, Fraction]]:
        """Every different scene, with its share of the settings."""
        for chosen in product(*self.variants):
            share = prod((share for _, share in chosen), start=Fraction(1))
            yield Scene(self.columns, self.at, tuple(stand for stand, _ in chosen)), share


def ensemble(
    orders: Mapping[str, PartyOrder],
    vetoes: Mapping[str, Sequence[str]],
    doubt: Doubt,
    states: Columns,
    against: Sequence[int],
) -> Ensemble:
    """Everything that the parties may think of some states.

    Parameters
    ----------
    orders
        What is known of each party's and constituency's order.
    vetoes
        The constituencies of each party whose acceptance counts.
    doubt
        What is open.
    states
        The states to look at.
    against
        The states that no deal may be.

    Raises
    ------
    TooManyError
        If there are more than :data:`OWN` settings for a party, :data:`TOGETHER` different ones in
        all, or more than :data:`CELLS` ranks in them.
    """
    columns = np.concatenate([states, np.array(against, dtype=np.intp)])
    at = tuple(range(len(states), len(columns)))
    own = {who: _voices(orders.get(who), doubt, columns, at) for p, c in vetoes.items() for who in (p, *c)}
    heard = {c: _accepts(own[c], columns, at) for held in vetoes.values() for c in held}
    variants = tuple(_with_vetoes(own[p], [heard[c] for c in held]) for p, held in vetoes.items())
    combinations = prod(len(v) for v in variants)
    cells = combinations * len(columns) * len(variants)
    if combinations > TOGETHER or (combinations > 1 and cells > CELLS):
        raise TooManyError(f"{combinations:,} different settings of the parties' lines")
    return Ensemble(columns, at, variants)


def _voices(order: PartyOrder | None, doubt: Doubt, columns: Columns, at: Sequence[int]) -> Weighted:
    """The different stands of one party or constituency on its own."""
    n = len(columns)
    if order is None:
        passes = np.ones((len(at), n), dtype=bool)
        return [(Stand(np.zeros(n, dtype=np.int64), False, passes, passes), Fraction(1))]
    small = restrict(order, columns)
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
            stand = _stand(small, off, perms, n, at)
            _add(found, _signature(stand), stand, Fraction(1, total))
    return list(found.values())


def _stand(
    order: PartyOrder, off: frozenset[str], perms: Mapping[str, tuple[int, ...]], n: int, at: Sequence[int]
) -> Stand:
    red = [line for line in order.red if line.element not in off]
    passes = np.ones((len(at), n), dtype=bool)
    for line in red:
        for k, column in enumerate(at):
            if line.holds[column]:
                passes[k] &= line.holds
    if not order.known(off):
        return Stand(red_key([line.holds for line in red], n), False, passes, passes)
    return Stand(dense(order.ranks(n, off, perms)), True, passes, passes)


def _accepts(
    stands: Weighted, columns: Columns, at: Sequence[int]
) -> list[tuple[tuple[Bools, Bools], Fraction]]:
    """What a constituency surely accepts and may accept: the different ways, with their shares."""
    found: dict[bytes, tuple[tuple[Bools, Bools], Fraction]] = {}
    for stand, share in stands:
        levels = [stand.levels(d, column, columns == columns[column]) for d, column in enumerate(at)]
        shape = (len(at), len(columns))
        sure = np.array([low > 0 for low, _ in levels], dtype=bool).reshape(shape)
        maybe = np.array([high > 0 for _, high in levels], dtype=bool).reshape(shape)
        _add(found, sure.tobytes() + maybe.tobytes(), (sure, maybe), share)
    return list(found.values())


def _with_vetoes(own: Weighted, heard: Sequence[list[tuple[tuple[Bools, Bools], Fraction]]]) -> Weighted:
    """A party's stands with every combination of its constituencies' vetoes, the same ones once."""
    stands = own
    for ways in heard:
        if len(stands) * len(ways) > OWN * OWN:
            raise TooManyError(f"{len(stands) * len(ways):,} settings of the lines of one party")
        found: dict[bytes, tuple[Stand, Fraction]] = {}
        for (stand, share), ((sure, maybe), part) in product(stands, ways):
            joint = Stand(stand.key, stand.known, stand.sure & sure, stand.maybe & maybe)
            _add(found, _signature(joint), joint, share * part)
        stands = list(found.values())
    return stands


def _signature(stand: Stand) -> bytes:
    return b"|".join([stand.key.tobytes(), stand.sure.tobytes(), stand.maybe.tobytes()])


def _add(found: dict[bytes, tuple[T, Fraction]], key: bytes, thing: T, share: Fraction) -> None:
    before = found.get(key)
    found[key] = (thing, share + (before[1] if before else 0))
