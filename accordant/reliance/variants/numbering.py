"""Which variants are gone through: all of them in order, or some drawn by a seed, none of them twice.

Variants are numbered in the product of the dimensions, the last one running fastest. To draw some, the
numbers are shuffled by a keyed permutation (a Feistel network that is walked until it lands inside the
range) and the first of them are taken: so the k-th drawn is known without the others, a larger draw
begins with a smaller one, and none comes twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int64] | NDArray[np.object_]
"""Whole numbers: 64 bits where they fit, otherwise Python's own."""

WIDE = 1 << 62
"""Totals below this are kept in 64 bits."""
ROUNDS = 8


def drawn(start: int, stop: int, total: int, seed: int) -> Indices:
    """The numbers of the variants drawn at places ``start`` to ``stop`` (not included).

    Parameters
    ----------
    total
        How many variants there are.
    seed
        Equal seeds draw equal variants.

    Examples
    --------
    >>> sorted(drawn(0, 5, 5, seed=1).tolist())
    [0, 1, 2, 3, 4]
    >>> drawn(2, 4, 10**6, seed=7).tolist() == drawn(0, 4, 10**6, seed=7).tolist()[2:]
    True
    """
    half = max(1, -(-(total - 1).bit_length() // 2))
    if total < WIDE:
        return _drawn_narrow(np.arange(start, stop, dtype=np.uint64), total, seed, half)
    found = np.empty(stop - start, dtype=object)
    found[:] = [_drawn_wide(k, total, seed, half) for k in range(start, stop)]
    return found


def _key(seed: int, turn: int) -> int:
    text = f"accordant sweep {seed} {turn}".encode()
    return int.from_bytes(blake2b(text, digest_size=8).digest(), "little")


def _drawn_narrow(places: NDArray[np.uint64], total: int, seed: int, half: int) -> NDArray[np.int64]:
    keys = [np.uint64(_key(seed, turn)) for turn in range(ROUNDS)]
    shift, low = np.uint64(half), np.uint64((1 << half) - 1)
    found, open_ = places, np.arange(len(places))
    while len(open_):
        left, right = found[open_] >> shift, found[open_] & low
        for key in keys:
            left, right = right, left ^ (_mixed(right ^ key) & low)
        found[open_] = (left << shift) | right
        open_ = open_[found[open_] >= total]
    return found.astype(np.int64)


def _mixed(x: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Every bit of a number made to depend on all of them; products wrap around at 2^64."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _drawn_wide(place: int, total: int, seed: int, half: int) -> int:
    low, size = (1 << half) - 1, -(-half // 8)
    at = place
    while True:
        left, right = at >> half, at & low
        for turn in range(ROUNDS):
            left, right = right, left ^ (_hashed(right, seed, turn, size) & low)
        at = (left << half) | right
        if at < total:
            return at


def _hashed(x: int, seed: int, turn: int, size: int) -> int:
    """A number of ``size`` bytes that every bit of another one enters."""
    whole = b"".join(
        blake2b(x.to_bytes(size, "little") + bytes([piece]), digest_size=64, key=_key(seed, turn).to_bytes(8))
        .digest()
        for piece in range(-(-size // 64))
    )  # fmt: skip
    return int.from_bytes(whole[:size], "little")


def in_order(start: int, stop: int) -> Indices:
    """The numbers themselves, as they are where every variant is gone through."""
    return np.arange(start, stop, dtype=np.int64)


def chosen(numbers: Indices, sizes: Sequence[int]) -> list[Indices]:
    """What each variant chooses in every dimension, from its number in the product.

    Examples
    --------
    >>> [c.tolist() for c in chosen(np.array([0, 1, 5]), [2, 3])]
    [[0, 0, 1], [0, 1, 2]]
    """
    found: list[Indices] = []
    left = numbers
    for size in reversed(sizes):
        if left.dtype == object:
            pairs = [divmod(int(x), size) for x in left]
            found.append(_kept([remainder for _, remainder in pairs], size))
            rest = [quotient for quotient, _ in pairs]
            # what is left fits into 64 bits sooner or later
            left = _kept(rest, max(rest, default=0) + 1)
        else:
            left, remainder = np.divmod(left, np.int64(size)) if size < WIDE else (left * 0, left)
            found.append(remainder)
    return found[::-1]


def _kept(numbers: list[int], size: int) -> Indices:
    kept = np.empty(len(numbers), dtype=np.int64 if size < WIDE else object)
    kept[:] = numbers
    return kept
