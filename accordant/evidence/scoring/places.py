"""Where the words of an annotation stand in the report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from accordant.evidence.scoring.format import MarkedClaim
from accordant.evidence.spans import Span, cover


@dataclass(frozen=True, slots=True)
class Placed:
    """The places of one marked claim; ``source`` is None where nobody is named."""

    content: tuple[Span, ...]
    cue: Span
    source: Span | None
    told: Span | None
    stands_for: Span | None


def occurrences(text: str, words: str) -> list[Span]:
    """Every place at which words stand, whatever the white space between them.

    Whole words only, wherever the words begin or end with a letter or a digit.

    Examples
    --------
    >>> occurrences("He said no. They  said no.", "said no")
    [Span(start=3, end=10), Span(start=18, end=25)]
    >>> occurrences("It is known", "no")
    []
    """
    pieces = words.split()
    if not pieces:
        return []
    pattern = r"\s+".join(map(re.escape, pieces))
    start = r"(?<!\w)" if pieces[0][0].isalnum() else ""
    end = r"(?!\w)" if pieces[-1][-1].isalnum() else ""
    return [Span(*m.span()) for m in re.finditer(start + pattern + end, text)]


def place(text: str, claim: MarkedClaim, found: list[str]) -> Placed | None:
    """Where the words of a claim stand; what cannot be found is added to ``found``, in words.

    Of several places, those are taken that lie inside ``near``, then those that lie closest together,
    then earlier ones.
    """
    window = None
    if claim.near is not None:
        there = occurrences(text, claim.near)
        if len(there) != 1:
            found.append(f"near stands {len(there)} times in the report: {claim.near!r}")
            return None
        window = there[0]
    contents = [_all(text, piece, window, "content", found) for piece in claim.content]
    cues = _all(text, claim.cue, window, "cue", found)
    sources = _all(text, claim.source, window, "source", found) if claim.source else []
    if not claim.content:
        found.append("content has no words")
    if not (contents and all(contents) and cues and (sources or not claim.source)):
        return None
    content, cue, source = _closest(contents, cues, sources)
    told = _nearest(occurrences(text, claim.told), cue) if claim.told else None
    if claim.told and told is None:
        found.append(f"told does not stand in the report: {claim.told!r}")
    stands_for = _nearest(occurrences(text, claim.stands_for), source or cue) if claim.stands_for else None
    if claim.stands_for and stands_for is None:
        found.append(f"stands_for does not stand in the report: {claim.stands_for!r}")
    return Placed(content, cue, source, told, stands_for)


def _all(text: str, words: str, window: Span | None, what: str, found: list[str]) -> list[Span]:
    """Every place of some words; only those inside the window, if there are any."""
    there = occurrences(text, words)
    if not there:
        found.append(f"{what} does not stand in the report: {words!r}")
    return [span for span in there if window is None or window.holds(span)] or there


def _closest(
    contents: Sequence[Sequence[Span]], cues: Sequence[Span], sources: Sequence[Span]
) -> tuple[tuple[Span, ...], Span, Span | None]:
    """The places of all parts that lie closest together; a cue inside what is said comes last."""
    best: tuple[tuple[int, int, int], tuple[Span, ...], Span, Span | None] | None = None
    for anchor in contents[0]:
        pieces = tuple(_near(options, anchor) for options in contents)
        for cue in cues:
            source = _near(sources, cue, apart=pieces) if sources else None
            spread = cover([*pieces, cue, *([source] if source else [])])
            inside = sum(p.meets(cue) for p in pieces) + sum(p.meets(source) for p in pieces if source)
            cost = (inside, spread.end - spread.start, anchor.start)
            if best is None or cost < best[0]:
                best = (cost, pieces, cue, source)
    assert best is not None
    return best[1:]


def _near(options: Sequence[Span], to: Span, apart: Iterable[Span] = ()) -> Span:
    apart = tuple(apart)
    return min(options, key=lambda o: (any(o.meets(a) for a in apart), _distance(o, to), o.start))


def _nearest(options: Sequence[Span], to: Span) -> Span | None:
    return _near(options, to) if options else None


def _distance(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
