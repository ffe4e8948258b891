"""Attributions that reach over sentences and paragraphs.

``X said:`` with the quotation in the next paragraph; quotations over several paragraphs; a second
quotation after one that was attributed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accordant.evidence import words as w
from accordant.evidence.cues import Act
from accordant.evidence.onward import skip_adjuncts
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak
from accordant.evidence.quotations import Quotation
from accordant.evidence.rules.colon import BANNERS
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span
from accordant.evidence.tokens import Words


@dataclass(frozen=True, slots=True)
class Announced:
    """Somebody who is about to be quoted: ``The minister said:`` at the end of a paragraph."""

    source: Range
    cue: Range
    act: Act
    lemma: str


def announced(words: Words) -> Announced | None:
    """Who is announced at the end of a sentence, or None.

    Examples
    --------
    >>> from accordant.evidence.tokens import words_of
    >>> text = "In the evening the union said:"
    >>> announced(words_of(text, Span(0, len(text)), ())).cue
    (5, 6)
    """
    if len(words) < 3 or words[len(words) - 1].text != ":":
        return None
    for k in range(len(words) - 2, 0, -1):
        verb = words[k].verb
        if verb is None or "q" not in verb.takes or words[k].cap:
            continue
        group = verb_group(words, k, 0)
        source = noun_phrase_before(words, group.start, 0) if group.kind == "finite" else None
        if source is None or (verb.weak and not can_speak(words, source)):
            continue
        return Announced(source, (k, k + 1), verb.act, verb.lemma) if _reaches(words, k + 1) else None
    return None


def _reaches(words: Words, k: int) -> bool:
    end = len(words) - 1
    return skip_adjuncts(words, k, end) >= end or end - k <= 6


_LABEL = re.compile(r"(?P<who>[A-Z][\w’'-]*\.?(?: [A-Z][\w’'-]*\.?){0,3})(?P<colon>:)\s+(?=\S)")


_MANNER = re.compile(r"\([^()\n]{1,30}\)\s+(?=\S)")  # “(laughs)”


@dataclass(frozen=True, slots=True)
class Label:
    """A speaker's name before a paragraph of an interview, and what is said after it."""

    who: Span
    colon: Span
    said: Span
    asks: bool

    def tokens(self, words: Words) -> Range:
        """The speaker's name in token numbers."""
        end = next(k for k in range(len(words)) if words.end(k) >= self.who.end)
        return 0, end + 1


def speaker_labels(segments: Segments) -> dict[int, Label]:
    """Paragraphs that begin with a speaker's label, by where they begin.

    A label counts when it stands before two paragraphs or more, so that ``Exclusive:`` does not.

    Examples
    --------
    >>> from accordant.evidence.segment import segment
    >>> text = "Vang: Why?\\n\\nHolm: We waited.\\n\\nVang: And?\\n\\nHolm: They left."
    >>> [label.said.of(text) for label in speaker_labels(segment(text)).values() if not label.asks]
    ['We waited.', 'They left.']
    """
    found: list[tuple[str, Label]] = []
    marked = {f.span for f in segments.furniture}
    for paragraph in segments.paragraphs:
        match = _LABEL.match(segments.text, *paragraph) if paragraph not in marked else None
        if match is None:
            continue
        manner = _MANNER.match(segments.text, match.end(), paragraph.end)
        said = Span(manner.end() if manner is not None else match.end(), paragraph.end)
        asks = said.of(segments.text).rstrip('”"’ ').endswith("?")
        label = Label(Span(*match.span("who")), Span(*match.span("colon")), said, asks)
        found.append((match.group("who"), label))
    asker = _interviewer(_repeated(found), Counter(who for who, _ in found))
    full = {who.split()[-1]: who for who, _ in found if " " in who}
    asker = full.get(asker, asker) if asker is not None else None
    found = [(full.get(who, who), label) for who, label in found]  # “Ada Brun: …” and later “Brun: …”
    counts = Counter(who for who, _ in found)
    talk = len(found) > 1 and any(label.asks for _, label in found) and len(counts) == 2
    kept = [(who, label) for who, label in found if (counts[who] > 1 or talk) and who.lower() not in BANNERS]
    asker = asker or _interviewer(kept, counts)
    if asker is not None:
        # the interviewer says nothing for the record; a guest who asks back has still said the rest
        kept = [
            (who, replace(n, asks=who == asker or (n.asks and _one(segments.text, n)))) for who, n in kept
        ]
    return {label.who.start: label for _, label in kept}


def _repeated(labels: Sequence[tuple[str, Label]]) -> list[tuple[str, Label]]:
    """The labels that stand before more than one paragraph."""
    counts = Counter(who for who, _ in labels)
    return [(who, label) for who, label in labels if counts[who] > 1 and who.lower() not in BANNERS]


def _interviewer(labels: Sequence[tuple[str, Label]], counts: Counter[str]) -> str | None:
    """Whoever asks: most of their turns are questions, or they open with one and say less than the others."""
    if not labels:
        return None
    asked = Counter(who for who, label in labels if label.asks)
    said = Counter[str]()
    for who, label in labels:
        said[who] += label.said.end - label.said.start
    shares = {who: asked[who] / counts[who] for who, _ in labels}
    others = dict(shares)
    asker = max(shares, key=lambda who: shares[who])
    others.pop(asker)
    if others and shares[asker] >= 0.4 and shares[asker] >= 2 * max(others.values()):
        return asker
    first, opening = labels[0]
    brief = all(said[first] / counts[first] <= said[who] / counts[who] for who in shares)
    return first if opening.asks and brief and len(shares) > 1 else None


def _one(text: str, label: Label) -> bool:
    """Whether a turn is one question and no more."""
    return sum(text.count(mark, *label.said) for mark in ".!?") <= 1


_ASKING = w.AUXILIARIES | w.MODALS | {"what", "who", "whom", "why", "how", "where", "when", "which"}


def is_question(words: Words, start: int = 0) -> bool:
    """Whether a sentence outside of quotations asks: ``Has the owner offered a pause?`` says nothing.

    ``start`` is where it begins behind the label of whoever asks.

    Examples
    --------
    >>> from accordant.evidence.tokens import words_of
    >>> [is_question(words_of(t, Span(0, len(t)), ())) for t in ("Has he offered it?", "He has, she said.")]
    [True, False]
    """
    if len(words) < 3 or words[len(words) - 1].text != "?" or words.quotation(len(words) - 1) is not None:
        return False
    first = next((k for k in range(len(words)) if words.starts[k] >= start), 0)
    return words.low(first) in _ASKING and words.quotation(first) is None


def opening_quotation(words: Words) -> Quotation | None:
    """The quotation that a sentence begins with, or None."""
    first = words.quotation(0) if len(words) else None
    return first if first is not None and first.span.start <= words.starts[0] else None


def only_quoted(words: Words) -> Quotation | None:
    """The quotation that a sentence consists of, or None when there is anything else in it."""
    first = opening_quotation(words)
    if first is None or first.span.end < words.starts[-1]:
        return None
    outside = [t for k, t in enumerate(words) if t.word and words.quotation(k) is not first]
    return None if outside else first


def widened(span: Span, sentence: Span, quotations: tuple[Quotation, ...]) -> Span:
    """A piece of what is said, drawn out to the ends of a quotation that reaches beyond its sentence.

    Examples
    --------
    >>> widened(Span(10, 20), Span(8, 30), (Quotation(Span(0, 18), Span(1, 17)),))
    Span(start=0, end=20)
    """
    start, end = span
    for q in quotations:
        # only a piece that holds the one end of the quotation is drawn out to the other
        if q.closed and q.span.start < sentence.start and start < q.span.end <= end:
            start = q.span.start
        if q.span.end > sentence.end and start <= q.span.start and q.closed:
            end = q.span.end
    return Span(start, end)
