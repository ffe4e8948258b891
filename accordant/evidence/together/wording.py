"""The words of a text with their places, and five-word shingles as whole numbers.

A *word* is a run of letters and digits without regard to case; in scripts that are written without
spaces each character is one. A *shingle* is five words in a row. Two shingles have the same number
exactly if they are the same words: numbers are ranks, not hashes, so that nothing is left to chance.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from accordant.evidence.spans import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]

SIZE = 5
"""Words in a shingle."""
_SOLID = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(f"[{_SOLID}]|[^\\W_{_SOLID}]+")


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of one text, in order.

    Attributes
    ----------
    words
        Without regard to case.
    starts, ends
        Their places in the text.
    """

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, size: int) -> Span:
        """The place of ``size`` words from the one at ``first``."""
        return Span(self.starts[first], self.ends[first + size - 1])


def worded(text: str, within: Iterable[Span] | None = None) -> Worded:
    """The words of a text, or of some places in it.

    Examples
    --------
    >>> found = worded("The Envoy's 2 letters")
    >>> found.words, found.span(1, 2)
    (('the', 'envoy', 's', '2', 'letters'), Span(start=4, end=11))
    """
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in [(0, len(text))] if within is None else within:
        for match in _WORD.finditer(text, start, end):
            words.append(match.group().casefold())
            starts.append(match.start())
            ends.append(match.end())
    return Worded(tuple(words), tuple(starts), tuple(ends))


def shingles(texts: Sequence[Worded]) -> list[Ints]:
    """The shingles of each text, in order: equal numbers for equal words.

    A text of fewer than five words has none.

    Examples
    --------
    >>> one, other = shingles([worded("a b c d e f"), worded("B C D E F")])
    >>> len(one), bool(one[1] == other[0])
    (2, True)
    """
    import numpy as np

    numbers: dict[str, int] = {}
    lengths = [len(text) for text in texts]
    every = np.fromiter(
        (numbers.setdefault(word, len(numbers)) for text in texts for word in text.words),
        dtype=np.int64,
        count=sum(lengths),
    )
    if len(every) < SIZE:
        return [np.empty(0, dtype=np.int64) for _ in texts]
    pairs = _ranked(every[:-1], every[1:])
    fours = _ranked(pairs[:-2], pairs[2:])
    fives = _ranked(fours[: len(every) - SIZE + 1], every[SIZE - 1 :])
    found, start = [], 0
    for length in lengths:
        found.append(fives[start : start + max(0, length - SIZE + 1)])
        start += length
    return found


def _ranked(first: Ints, second: Ints) -> Ints:
    """A number for each pair: equal exactly where both are."""
    import numpy as np

    # Both are below the count of words (under 2^31), so that the product cannot overflow.
    codes = first * (int(second.max()) + 1) + second
    ranks: Ints = np.unique(codes, return_inverse=True)[1].astype(np.int64).reshape(-1)
    return ranks
