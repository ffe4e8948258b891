"""Reading annotated reports, and counting how far the suggestions agree with the annotations."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from accordant.errors import InputError
from accordant.evidence.reading import read_report
from accordant.evidence.result import Flag, ReadResult
from accordant.evidence.scoring.annotations import Annotated, annotations_in
from accordant.evidence.scoring.marks import Mark, read_marks, reader_marks
from accordant.evidence.scoring.measures import MEASURES, Compared, Tally, compared, differences
from accordant.evidence.scoring.result import Difference, ReportScore, ScoreResult
from accordant.evidence.spans import Span

Progress = Callable[[int, int], None]
UNSCORED = frozenset(
    {"no-date", "no-author", "no-address", "unattributed", "not-said", "open-time", "unresolved-source"}
)
"""Flags that repeat what an annotation says elsewhere, so that annotations do not list them."""


def score(paths: Iterable[str | Path], progress: Progress | None = None) -> ScoreResult:
    """How well the rules read annotated reports.

    Parameters
    ----------
    paths
        Annotation files, reports with an annotation beside them, or folders of these.
    progress
        Called with how many are read, and of how many.

    Raises
    ------
    CaseError
        With every mistake in the annotations.
    InputError
        If there are none.

    Examples
    --------
    >>> found = score(["corpus/seen"])  # doctest: +SKIP
    >>> found.total("linked-speech").f1  # doctest: +SKIP
    """
    reports = annotations_in(paths)
    scores, seconds = [], 0.0
    for number, one in enumerate(reports):
        if progress is not None:
            progress(number, len(reports))
        start = time.perf_counter()
        result = read_report(one.raw, one.marks.report, one.marks.about.published)
        seconds += time.perf_counter() - start
        scores.append(_scored(one, result))
    words = sum(len(one.text.split()) for one in reports)
    return ScoreResult(tuple(scores), "the rules", words, seconds)


def agreement(paths: Iterable[str | Path], second: Iterable[str | Path]) -> ScoreResult:
    """How far a second reader agrees with the first: the same measures, no rules involved.

    Parameters
    ----------
    paths
        The first reader's annotations.
    second
        The second reader's, of the same reports (by their SHA-256); others are left out.

    Raises
    ------
    InputError
        If no report was read by both.
    """
    others = {one.marks.sha256: one for one in annotations_in(second)}
    scores = []
    for one in annotations_in(paths):
        other = others.get(one.marks.sha256)
        if other is None:
            continue
        sentences = read_report(one.raw, one.marks.report).sentences
        both = _both(one, reader_marks(other, sentences), sentences)
        flags = [
            Flag(f.kind, where, f.note or f.kind)
            for f, where in zip(other.marks.flags, other.flags, strict=True)
        ]
        scores.append(_score(one, both, flags, 0))
    if not scores:
        raise InputError("no report was annotated by both readers: they are matched by sha256")
    return ScoreResult(tuple(scores), "a second reader", 0, 0.0)


def _scored(one: Annotated, result: ReadResult) -> ReportScore:
    both = _both(one, read_marks(result), result.sentences)
    return _score(one, both, result.flags, sum(map(_trap(one.forbidden), both.found)))


def _both(one: Annotated, found: Sequence[Mark], sentences: Sequence[Span]) -> Compared:
    return compared(one.text, found, reader_marks(one, sentences))


def _score(one: Annotated, both: Compared, flags: Sequence[Flag], trapped: int) -> ReportScore:
    tallies = {name: measure(both) for name, (_, measure) in MEASURES.items()}
    tallies["flags"] = _flags(one, flags)
    parted = tuple(
        Difference(what, *(_shown(one.text, mark) for mark in marks)) for what, *marks in differences(both)
    )
    return ReportScore(
        one.path, one.marks.about, len(both.marked), tallies, trapped, len(one.forbidden), parted
    )


def _flags(one: Annotated, flags: Sequence[Flag]) -> Tally:
    """Flags of one kind pair up; where the reader gave words, a place has to meet them."""
    found = Counter(f.kind for f in flags if f.kind not in UNSCORED)
    wanted = [
        (f.kind, where) for f, where in zip(one.marks.flags, one.flags, strict=True) if f.kind not in UNSCORED
    ]
    hits: Counter[str] = Counter()
    for kind, where in wanted:
        spans = [s for f in flags if f.kind == kind for s in f.at]
        if kind in found and (not where or not spans or any(s.meets(w) for s in spans for w in where)):
            hits[kind] += 1
    marked = Counter(kind for kind, _ in wanted)
    # Several places of one kind may be one flag or several: both readers then saw it.
    kinds = found.keys() | marked.keys()
    return Tally(
        sum(min(hits[k], 1) for k in kinds),
        sum(min(found[k], 1) for k in kinds),
        sum(min(marked[k], 1) for k in kinds),
    )


def _trap(forbidden: Sequence[Span]) -> Callable[[Mark], bool]:
    def caught(mark: Mark) -> bool:
        places = [mark.cue, *([mark.source] if mark.source is not None else [])]
        return any(f.holds(p) for f in forbidden for p in places)

    return caught


def _shown(text: str, mark: Mark | None) -> dict[str, object] | None:
    if mark is None:
        return None
    return {
        "source": mark.source.of(text) if mark.source is not None else "",
        "cue": mark.cue.of(text),
        "content": [piece.of(text) for piece in mark.content],
        "kind": mark.kind,
        "number": mark.number,
        "act": mark.act,
        "at": list(mark.cue),
    }
