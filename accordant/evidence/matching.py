"""Rules applied to a sentence: outer frames first, then inside what they hold, two levels deep."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress, count

from accordant.evidence.clauses import tagged
from accordant.evidence.cues import NOUNS, VERBS
from accordant.evidence.frames import Frame, Placed, Rule, Scope
from accordant.evidence.phrases import Range
from accordant.evidence.rules import CONTINUING, FOLLOWING, FRAMING, RULES
from accordant.evidence.rules.according_to import cited_by
from accordant.evidence.rules.colon import banner_end, dateline_end, numbering_end
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

TRIGGERS = word_set(
    "according view opinion words account estimation estimate reckoning admission telling reportedly "
    "allegedly supposedly purportedly apparently ostensibly likely unlikely it there known understood "
    "quoted mind eyes count tally phrase reading believed thought considered feared suspected rumoured "
    "rumored put puts"
) | frozenset(NOUNS)
"""Words without which, and without a verb of saying, no rule finds anything."""
DEPTH = 2
"""How deep attributions inside attributions are read."""


def frames_of(words: Words) -> tuple[Placed, ...]:
    """Every frame of a sentence, outer ones before those inside them.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "The mayor said that the union had offered a pause."
    >>> [placed.frame.rule for placed in frames_of(words_of(text, Span(0, len(text)), ()))]
    ['subject-verb', 'subject-verb']
    """
    if not words.verbs and words.vocabulary.isdisjoint(TRIGGERS) and not words.headline:
        return ()
    end = len(words)
    while end and not words[end - 1].word and words[end - 1].text in ".!?…":
        end -= 1
    start = banner_end(words) or dateline_end(words) or numbering_end(words)
    reader = _Reader(words)
    quoted = start < end and words.quoted[start] >= 0 and words.quoted[start] == words.quoted[end - 1]
    for stretch in stretches(words, start, end, inside=quoted):
        reader.read(stretch, 0, None)
    return tuple(reader.found)


def stretches(words: Words, lo: int, hi: int, inside: bool = False) -> list[Range]:
    """A region cut where one sentence ends and another begins.

    Semicolons cut, outside of quotations; ``inside`` what somebody says full stops do as well: a
    quotation may hold several sentences.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.tokens import words_of
    >>> text = "The board agreed; the union did not"
    >>> stretches(words_of(text, Span(0, len(text)), ()), 0, 7)
    [(0, 3), (4, 7)]
    """
    if lo >= hi:
        return []
    if not inside and ";" not in words.vocabulary and ":" not in words.vocabulary:
        return [(lo, hi)]
    around = words.quoted[lo] if inside and words.quoted[lo] == words.quoted[hi - 1] else -1
    found = []
    start = lo
    for k in range(lo + 1, hi - 1):
        token = words[k]
        if token.word or words.quoted[k] != around:
            continue
        ends = token.text == ";" and words.low(k + 1) != "that" and words.low(k + 2) != "that"
        after = words[k + 1]
        ends = ends and not _lettered(words, k + 1)
        ends = ends or (token.text == ":" and around < 0 and tagged(words, k + 1, hi))
        ends = ends or (inside and token.text in _STOPS and (after.cap or after.quote))
        if ends:
            if k > start:
                found.append((start, k))
            start = k + 1
    found.append((start, hi))
    return found


def _lettered(words: Words, k: int) -> bool:
    """Whether a lettered point begins: ``…; and (b) to pay the crews``."""
    k += words.low(k) in ("and", "or")
    return words.low(k) == "(" and words.low(k + 2) == ")" and len(words.low(k + 1)) <= 3


_STOPS = frozenset((".", "?", "!", "…"))


_VERB = 1 << len(RULES)
"""The bit of verbs of saying, beside one for each rule."""


def _calls() -> dict[str, int]:
    calls = dict.fromkeys(VERBS, _VERB)
    for number, rule in enumerate(RULES):
        for word in rule.cues:
            calls[word] = calls.get(word, 0) | 1 << number
    return calls


_CALLS = _calls()
"""What a word may be a cue for: the rules that go by it, one bit for each."""
Kinds = tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]


@lru_cache(maxsize=4096)
def _rules_for(called: int) -> Kinds:
    """The framing, following and continuing rules that some cues call for."""
    wanted = {
        rule.name: (not rule.cues or called >> number & 1) and (not rule.verbs or called & _VERB)
        for number, rule in enumerate(RULES)
    }
    framing, following, continuing = (
        tuple(rule for rule in kind if wanted[rule.name]) for kind in (FRAMING, FOLLOWING, CONTINUING)
    )
    return framing, following, continuing


class _Reader:
    """Reads one sentence; ``cues`` keeps a word from attributing twice."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.found: list[Placed] = []
        self.cues: set[Range] = set()
        called = tuple(map(_CALLS.get, words.lows))
        self.calls = list(zip(compress(count(), called), filter(None, called), strict=True))

    def read(self, region: Range, depth: int, parent: int | None) -> None:
        """Frames around a region first, then those that follow, then what each of them holds."""
        rules = self._rules(region)
        if rules is None:
            return
        scope = Scope(self.words, *region)
        framing = self._first(scope, rules[0])
        if framing is None:
            self._following(scope, rules, depth, parent, None)
            return
        self._keep(framing, depth, parent)
        for rest in _outside(region, framing):
            rules = self._rules(rest)
            if rules is not None:
                self._following(Scope(self.words, *rest), rules, depth, parent, framing)

    def _rules(self, region: Range) -> Kinds | None:
        """The rules that the words of a region call for; None where there is nothing to find."""
        lo, hi = region
        called = 0
        for k, calls in self.calls:
            if lo <= k < hi:
                called |= calls
        return _rules_for(called) if called else None

    def _first(self, scope: Scope, rules: tuple[Rule, ...]) -> Frame | None:
        for rule in rules:
            for frame in rule.find(scope):
                if self._new(frame):
                    return frame
        return None

    def _new(self, frame: Frame) -> bool:
        """Whether a frame says something, by words that do not attribute something else already."""
        said = any(self.words[k].word for first, end in frame.content for k in range(first, end))
        return said and frame.cue not in self.cues

    def _keep(self, frame: Frame, depth: int, parent: int | None) -> None:
        self.found.append(Placed(frame, depth, parent))
        self.cues.add(frame.cue)
        if depth >= DEPTH:
            return
        own = len(self.found) - 1
        cited = cited_by(self.words, frame)
        if cited is not None and cited.cue not in self.cues:  # an outlet tells what it was told
            self.cues.add(cited.cue)
            depth, own = depth + 1, own + 1
            self.found.append(Placed(cited, depth, own - 1))
        if depth >= DEPTH:
            return
        for part in frame.reads or frame.content:
            for stretch in stretches(self.words, *part, inside=True):
                if stretch[1] - stretch[0] > 2:
                    self.read(stretch, depth + 1, own)

    def _following(
        self, scope: Scope, rules: Kinds, depth: int, parent: int | None, before: Frame | None
    ) -> None:
        found = [before] if before else []
        for kind in rules[1:]:
            if kind and found:
                scope.found = sorted(found, key=lambda f: f.cue)
            for rule in kind:
                found.extend([f for f in rule.find(scope) if self._new(f)])
        if not found:
            return
        # The outermost first: of two that overlap, the one that begins first holds the other.
        found.sort(key=lambda f: (min(f.cue[0], f.content[0][0]), -f.content[-1][1]))
        taken: list[Range] = []
        for frame in found:
            pieces = (frame.cue, *frame.content)
            if frame is before or (depth and self._of_the_speaker(frame)):
                continue
            if not any(_overlap(piece, other) for piece in pieces for other in taken):
                taken.extend(pieces)
                self._keep(frame, depth, parent)

    def _of_the_speaker(self, frame: Frame) -> bool:
        """Whether inside somebody's words this is that somebody's: a likelihood, what others want."""
        verb = self.words[frame.cue[0]].verb
        return frame.rule == "likelihood" or (verb is not None and verb.lemma == "want")


def _outside(region: Range, frame: Frame) -> list[Range]:
    """What of a region a frame does not take: before, between and after its pieces."""
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


def _overlap(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]
