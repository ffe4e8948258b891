"""What reports together compute, once more: slowly, straight from the definitions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from accordant.evidence.together.copies import Overlap
from accordant.evidence.together.passages import OFTEN, Run
from accordant.evidence.together.wording import SIZE

Words = Sequence[str]


def shingle_set(words: Words) -> set[tuple[str, ...]]:
    return {tuple(words[k : k + SIZE]) for k in range(len(words) - SIZE + 1)}


def overlaps(texts: Sequence[Words], cut: int, least: int = 1) -> list[Overlap]:
    """Every pair of texts, by sets: without common shingles, or in full where both are mostly common."""
    sets = [shingle_set(words) for words in texts]
    stands_in = Counter(s for one in sets for s in one)
    common = {s for s, n in stands_in.items() if n > cut}
    mostly = [2 * len(one & common) > len(one) for one in sets]
    found = []
    for a in range(len(texts)):
        for b in range(a + 1, len(texts)):
            gone = set() if mostly[a] and mostly[b] else common
            one, other = sets[a] - gone, sets[b] - gone
            if len(one & other) >= least:
                found.append(Overlap(a, b, len(one & other), len(one), len(other)))
    return found


def maximal_runs(one: Words, other: Words, least: int) -> list[Run]:
    """Every pair of places from which words agree, not one word sooner, for as long as they do."""
    often = _refrains(one, other)
    found = []
    for a in range(len(one)):
        for b in range(len(other)):
            size = _agreeing(one, other, a, b, often)
            sooner = a and b and _agreeing(one, other, a - 1, b - 1, often)
            if size >= least and not sooner:
                found.append(Run(a, b, size))
    return sorted(found)


def _agreeing(one: Words, other: Words, a: int, b: int, often: set[tuple[str, ...]]) -> int:
    """How many words agree from two places on, counted in shingles that are no refrain."""
    steps = 0
    while a + steps + SIZE <= len(one) and b + steps + SIZE <= len(other):
        here = tuple(one[a + steps : a + steps + SIZE])
        if here != tuple(other[b + steps : b + steps + SIZE]) or here in often:
            break
        steps += 1
    return steps + SIZE - 1 if steps else 0


def _refrains(one: Words, other: Words) -> set[tuple[str, ...]]:
    here, there = (
        Counter(tuple(words[k : k + SIZE]) for k in range(len(words) - SIZE + 1)) for words in (one, other)
    )
    return {s for s in here if here[s] * there[s] > OFTEN}


def pairs_sharing(rows: Sequence[set[int]], cut: int) -> dict[tuple[int, int], int]:
    stands_in = Counter(c for row in rows for c in row)
    kept = [{c for c in row if stands_in[c] <= cut} for row in rows]
    return {
        (a, b): len(kept[a] & kept[b])
        for a in range(len(rows))
        for b in range(a + 1, len(rows))
        if kept[a] & kept[b]
    }


def partitions(members: list[int]) -> Iterator[list[list[int]]]:
    """Every way to put some things into groups."""
    if not members:
        yield []
        return
    first, *rest = members
    for groups in partitions(rest):
        yield [[first], *groups]
        for k in range(len(groups)):
            yield [*groups[:k], [first, *groups[k]], *groups[k + 1 :]]


def origin_interval(n: int, may_be_one: set[frozenset[int]]) -> tuple[int, int]:
    """Over all ways in which sources could coincide, any two of a group being allowed to: fewest and most."""
    counts = [
        len(groups)
        for groups in partitions(list(range(n)))
        if all(
            frozenset((a, b)) in may_be_one
            for group in groups
            for k, a in enumerate(group)
            for b in group[k + 1 :]
        )
    ]
    return min(counts), max(counts)
