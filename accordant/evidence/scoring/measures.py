"""How far two readers of one report agree: what one found against what the other marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from accordant.evidence.scoring.marks import Mark
from accordant.evidence.spans import Span

NEARLY = 0.8
"""Share of common words (F1) from which content counts as nearly the same."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits among what was found and what was marked; tallies add up over reports."""

    hits: int = 0
    found: int = 0
    marked: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.hits + other.hits, self.found + other.found, self.marked + other.marked)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall, from 0 to 1; 1 where there was nothing to find.

        Examples
        --------
        >>> Tally(3, 4, 6).f1
        0.6
        """
        return 2 * self.hits / (self.found + self.marked) if self.found + self.marked else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is marked."""
        return self.hits / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is marked that was found."""
        return self.hits / self.marked if self.marked else 1.0


@dataclass(frozen=True, slots=True)
class Compared:
    """Two readings of one report side by side.

    Attributes
    ----------
    pairs
        Numbers of marks that go together: found, marked.
    """

    text: str
    found: tuple[Mark, ...]
    marked: tuple[Mark, ...]
    pairs: tuple[tuple[int, int], ...]


def compared(text: str, found: Sequence[Mark], marked: Sequence[Mark]) -> Compared:
    """Pair the marks of two readings: same cue first, then overlapping cues; nearest content decides.

    What is paired with a mark that readers may differ about counts on neither side.
    """
    options = [
        (f.cue != m.cue, -_overlap(text, f.content, m.content), abs(f.cue.start - m.cue.start), k, j)
        for k, f in enumerate(found)
        for j, m in enumerate(marked)
        if f.cue.meets(m.cue)
    ]
    pairs: dict[int, int] = {}
    for *_, k, j in sorted(options):
        if k not in pairs and j not in pairs.values():
            pairs[k] = j
    left = [k for k in range(len(found)) if not (k in pairs and marked[pairs[k]].unsure)]
    kept = [j for j, m in enumerate(marked) if not m.unsure]
    new = {k: n for n, k in enumerate(left)}
    now = {j: n for n, j in enumerate(kept)}
    return Compared(
        text,
        tuple(_renumbered(found[k], new) for k in left),
        tuple(_renumbered(marked[j], now) for j in kept),
        tuple((new[k], now[j]) for k, j in sorted(pairs.items()) if k in new and j in now),
    )


def _renumbered(mark: Mark, new: dict[int, int]) -> Mark:
    return mark if mark.parent is None else replace(mark, parent=new.get(mark.parent))


def _overlap(text: str, one: Sequence[Span], other: Sequence[Span]) -> float:
    """The share of words in common, as F1 over the places of the words."""
    ours, theirs = _words(text, one), _words(text, other)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 1.0


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    return {m.start() for span in spans for m in _WORD.finditer(text, *span)}


def _same_content(both: Compared, f: Mark, m: Mark) -> bool:
    return f.content == m.content


def _nearly_content(both: Compared, f: Mark, m: Mark) -> bool:
    return _overlap(both.text, f.content, m.content) >= NEARLY


def _same_source(both: Compared, f: Mark, m: Mark) -> bool:
    return f.source == m.source


def _nearly_source(both: Compared, f: Mark, m: Mark) -> bool:
    if f.source is None or m.source is None:
        return f.source == m.source
    return f.source.meets(m.source) and (
        f.source.start == m.source.start or _overlap(both.text, [f.source], [m.source]) >= 0.5
    )


def _linked(both: Compared, f: Mark, m: Mark) -> bool:
    return f.cue == m.cue and _same_source(both, f, m) and _same_content(both, f, m)


def _nearly(both: Compared, f: Mark, m: Mark) -> bool:
    return _nearly_source(both, f, m) and _nearly_content(both, f, m)


Same = Callable[[Compared, Mark, Mark], bool]


def _all_of(same: Same, *, speech: bool = False, sourced: bool = False) -> Callable[[Compared], Tally]:
    """Hits over everything that was found and marked, of speech alone if asked for."""

    def tally(both: Compared) -> Tally:
        paired = dict(both.pairs)

        def left(j: int) -> bool:
            return bool(speech and not both.marked[j].speech)

        found = [k for k in range(len(both.found)) if not (k in paired and left(paired[k]))]
        marked = [j for j in range(len(both.marked)) if not left(j)]
        if sourced:
            found = [k for k in found if both.found[k].source is not None]
            marked = [j for j in marked if both.marked[j].source is not None]
        kept = set(found)
        hits = sum(
            k in kept and not left(j) and same(both, both.found[k], both.marked[j]) for k, j in both.pairs
        )
        return Tally(hits, len(found), len(marked))

    return tally


def _sentences(*, speech: bool) -> Callable[[Compared], Tally]:
    """Sentences that hold an attribution."""

    def tally(both: Compared) -> Tally:
        wanted = {m.sentence for m in both.marked if m.speech or not speech}
        beside = {m.sentence for m in both.marked} - wanted
        ours = {f.sentence for f in both.found} - beside
        return Tally(len(ours & wanted), len(ours), len(wanted))

    return tally


def _of_pairs(value: Callable[[Mark], object]) -> Callable[[Compared], Tally]:
    """How often a property is the same, among the attributions that both found."""

    def tally(both: Compared) -> Tally:
        hits = sum(value(both.found[k]) == value(both.marked[j]) for k, j in both.pairs)
        return Tally(hits, len(both.pairs), len(both.pairs))

    return tally


def _nesting(both: Compared) -> Tally:
    """Who is inside whom, among the attributions that both found."""
    paired = dict(both.pairs)
    hits = 0
    for k, j in both.pairs:
        ours, theirs = both.found[k].parent, both.marked[j].parent
        hits += theirs is None if ours is None else paired.get(ours, -1) == theirs
    return Tally(hits, len(both.pairs), len(both.pairs))


MEASURES: dict[str, tuple[str, Callable[[Compared], Tally]]] = {
    "sentence-speech": ("sentence holds an attribution, speech cues", _sentences(speech=True)),
    "sentence": ("sentence holds an attribution, all cues", _sentences(speech=False)),
    "cue": ("cue, exact", _all_of(lambda both, f, m: f.cue == m.cue)),
    "source": ("source, exact", _all_of(_same_source, sourced=True)),
    "content": ("content, exact", _all_of(_same_content)),
    "content-nearly": ("content, four words of five", _all_of(_nearly_content)),
    "linked-speech": ("source, cue and content linked, speech cues", _all_of(_linked, speech=True)),
    "linked": ("source, cue and content linked, all cues", _all_of(_linked)),
    "linked-nearly": ("linked, source and content nearly", _all_of(_nearly)),
    "kind": ("kind of source, where both found it", _of_pairs(lambda m: m.kind)),
    "attribution": ("attribution, where both found it", _of_pairs(lambda m: m.attribution)),
    "number": ("number of people, where both found it", _of_pairs(lambda m: m.number)),
    "act": ("act, where both found it", _of_pairs(lambda m: m.act)),
    "polarity": ("polarity, where both found it", _of_pairs(lambda m: m.polarity)),
    "nesting": ("inside which claim, where both found it", _nesting),
    "told": ("who was told, where both found it", _of_pairs(lambda m: m.told)),
}
"""Every measure of attributions: what it is called for people, and how it is counted."""


def differences(both: Compared) -> Iterator[tuple[str, Mark | None, Mark | None]]:
    """Where the two readings part: ``missed``, ``extra``, or what differs; found, marked."""
    paired, met = dict(both.pairs), {j for _, j in both.pairs}
    for k, f in enumerate(both.found):
        if k not in paired:
            yield "extra", f, None
            continue
        m = both.marked[paired[k]]
        wrong = [
            name
            for name, same in (
                ("cue", f.cue == m.cue),
                ("source", f.source == m.source),
                ("content", _same_content(both, f, m)),
                *((name, getattr(f, name) == getattr(m, name)) for name in ("kind", "number", "act")),
            )
            if not same
        ]
        if wrong:
            yield ", ".join(wrong), f, m
    for j, m in enumerate(both.marked):
        if j not in met:
            yield "missed", None, m
