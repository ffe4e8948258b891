"""Rules applied to a sentence: outer frames first, then inside what they hold, two levels deep."""

from __future__ import annotations

from collections.abc import Sequence

from accordant.evidence.cues import NOUNS
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.phrases import Range
from accordant.evidence.rules import FOLLOWING, FRAMING
from accordant.evidence.rules.colon import banner_end, dateline_end
from accordant.evidence.tokens import Words

TRIGGERS = frozenset(
    "according view opinion words account estimation estimate reckoning admission telling reportedly allegedly "
    "supposedly purportedly apparently ostensibly likely unlikely it there known understood believed thought "
    "considered feared suspected rumoured rumored".split()
) | frozenset(NOUNS)
"""Words without which, and without a verb of saying, no rule finds anything."""
DEPTH = 2
"""How deep attributions inside attributions are read."""


def frames_of(words: Words) -> tuple[Frame, ...]:
    """Every frame of a sentence, outer ones before those inside them.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "The mayor said that the union had offered a pause."
    >>> [f.rule for f in frames_of(words_of(text, Span(0, len(text)), ()))]
    ['subject-verb', 'subject-verb']
    """
    found: list[Frame] = []
    if not words.verbs and words.vocabulary.isdisjoint(TRIGGERS) and not words.headline:
        return ()
    end = len(words)
    while end and not words[end - 1].word and words[end - 1].text in ".!?…":
        end -= 1
    start = banner_end(words) or dateline_end(words)
    if start < end:
        _read(words, (start, end), 0, None, found)
    return tuple(found)


def _read(words: Words, region: Range, depth: int, parent: int | None, found: list[Frame]) -> None:
    """Read one region: frames around it first, then those that follow, then what each holds."""
    scope = Scope(words, *region)
    framing = _first(FRAMING, scope)
    if framing is not None:
        _keep(words, framing, depth, parent, found)
        for rest in _outside(region, framing):
            _read_following(words, rest, depth, parent, found, [framing])
        return
    _read_following(words, region, depth, parent, found, [])


def _first(rules: Sequence[Rule], scope: Scope) -> Frame | None:
    return next((frame for rule in rules for frame in rule.find(scope)), None)


def _keep(words: Words, frame: Frame, depth: int, parent: int | None, found: list[Frame]) -> None:
    found.append(frame.moved(depth=depth, parent=parent))
    if depth >= DEPTH:
        return
    own = len(found) - 1
    for part in frame.content:
        if part[1] - part[0] > 2 and not frame.plain or part[1] - part[0] > 4:
            _read(words, part, depth + 1, own, found)


def _outside(region: Range, frame: Frame) -> list[Range]:
    """What of a region a frame does not take: before and after its pieces."""
    taken = sorted([*frame.content, frame.cue, *([frame.source] if frame.source else [])])
    rest: list[Range] = []
    at = region[0]
    for first, end in taken:
        if first - at > 2:
            rest.append((at, first))
        at = max(at, end)
    if region[1] - at > 2:
        rest.append((at, region[1]))
    return rest


def _read_following(
    words: Words, region: Range, depth: int, parent: int | None, found: list[Frame], before: list[Frame]
) -> None:
    taken: list[Range] = []
    known = list(before)
    for rule in FOLLOWING:
        scope = Scope(words, *region, found=known)
        for frame in rule.find(scope):
            if any(_overlap(piece, t) for piece in (frame.cue, *frame.content) for t in taken):
                continue
            if rule.name == "likelihood" and depth:
                continue  # inside somebody's words it is that somebody's estimate
            taken.extend((frame.cue, *frame.content))
            known.append(frame)
            known.sort(key=lambda f: f.cue)
            _keep(words, frame, depth, parent, found)


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]
