"""Which texts are copies of each other, and which are excerpts, by containment of five-word shingles.

``S(x)`` are the shingles of text ``x``. A shingle that stands in more than ``max(50, n // 10)`` of
``n`` texts is *common* (a notice, a standing paragraph) and is left out of both sets, unless more
than half of each text is common: then the two are copies of something very often copied, and are
compared in full. Containment of ``x`` in ``y`` is the share of ``x``'s shingles that ``y`` has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from accordant.evidence.together.sharing import shared

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

CopyKind = Literal["near-copy", "excerpt"]
LARGELY = (3, 5)
"""Containment from which a text is largely in another, as a fraction: a light edit every ten words."""
FEWEST = 8
"""Shingles that two texts must share to be called copies: twelve words in a row."""
_BLOCK = 1024


class Overlap(NamedTuple):
    """What two texts share: ``shared`` of ``of_first`` shingles of one and ``of_second`` of the other."""

    first: int
    second: int
    shared: int
    of_first: int
    of_second: int

    @property
    def kind(self) -> CopyKind | None:
        """Copies if each is largely in the other, an excerpt if one is; otherwise None."""
        if self.shared < FEWEST:
            return None
        inside = (_largely(self.shared, self.of_first), _largely(self.shared, self.of_second))
        return "near-copy" if all(inside) else "excerpt" if any(inside) else None


def _largely(part: int, whole: int) -> bool:
    over, under = LARGELY
    return part * under >= whole * over


@dataclass(frozen=True)
class Overlaps:
    """Every pair of texts that shares at least ``least`` shingles.

    Attributes
    ----------
    common
        How many shingles were set aside as standing in more than ``cut`` texts.
    """

    pairs: tuple[Overlap, ...]
    common: int
    cut: int


def cut_for(n: int) -> int:
    """In how many of ``n`` texts a shingle may stand before it is common.

    Examples
    --------
    >>> cut_for(3), cut_for(1000)
    (50, 100)
    """
    return max(50, n // 10)


def overlaps(texts: Sequence[Ints], least: int = 1, cut: int | None = None) -> Overlaps:
    """What every two texts share, exactly.

    Parameters
    ----------
    texts
        The shingles of each text.
    least
        Pairs that share fewer are left out.
    cut
        In how many texts a shingle may stand; :func:`cut_for` by default.

    Examples
    --------
    >>> from accordant.evidence.together.wording import shingles, worded
    >>> words = "the port will open again on Monday for ships with food and with medicine on board"
    >>> found = overlaps(shingles([worded(words), worded(words + " as was said in May")]))
    >>> found.pairs[0].kind, overlaps(shingles([worded(words), worded("a b c d e f")])).pairs
    ('near-copy', ())
    """
    import numpy as np

    cut = cut_for(len(texts)) if cut is None else cut
    found = shared(texts, cut)
    sets = [np.unique(text) for text in texts]
    common = [np.isin(one, found.common, assume_unique=True) for one in sets]
    mostly = [k for k, mask in enumerate(common) if 2 * int(mask.sum()) > len(mask)]
    rest = [len(mask) - int(mask.sum()) for mask in common]
    inside = set(mostly)
    pairs = [
        Overlap(a, b, n, rest[a], rest[b])
        for a, b, n in zip(found.first.tolist(), found.second.tolist(), found.count.tolist(), strict=True)
        if n >= least and not (a in inside and b in inside)
    ]
    pairs += [overlap for overlap in _in_full(sets, mostly) if overlap.shared >= least]
    return Overlaps(tuple(sorted(pairs)), len(found.common), cut)


def _in_full(sets: Sequence[Ints], members: Sequence[int]) -> Iterator[Overlap]:
    """Pairs of texts that are mostly common, with nothing left out: products of blocks of a matrix."""
    if len(members) < 2:
        return
    import numpy as np

    every = np.unique(np.concatenate([sets[k] for k in members]))
    places = [np.searchsorted(every, sets[k]) for k in members]
    for top in range(0, len(members), _BLOCK):
        for left in range(top, len(members), _BLOCK):
            block = _product(places[top : top + _BLOCK], places[left : left + _BLOCK], len(every))
            for a, b in zip(*(axis.tolist() for axis in np.nonzero(block)), strict=True):
                if top + a < left + b:
                    one, other = members[top + a], members[left + b]
                    yield Overlap(one, other, int(block[a, b]), len(sets[one]), len(sets[other]))


def _product(rows: Sequence[Ints], columns: Sequence[Ints], width: int) -> Ints:
    import numpy as np

    total = np.zeros((len(rows), len(columns)), dtype=np.float32)  # exact: counts stay below 2^24
    for start in range(0, width, _BLOCK * 4):
        one, other = (_marked(side, start, start + _BLOCK * 4) for side in (rows, columns))
        total += one @ other.T
    return total.astype(np.int64)


def _marked(rows: Sequence[Ints], start: int, end: int) -> NDArray[np.float32]:
    import numpy as np

    marked = np.zeros((len(rows), end - start), dtype=np.float32)
    for k, row in enumerate(rows):
        marked[k, row[np.searchsorted(row, start) : np.searchsorted(row, end)] - start] = 1
    return marked
