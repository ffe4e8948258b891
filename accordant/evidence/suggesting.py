"""Sentences to suggested claims: frames, who is meant, and what reaches over sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from accordant.evidence.act import doing
from accordant.evidence.cues import Act
from accordant.evidence.dates import Written, dates_in
from accordant.evidence.frames import Frame, Placed
from accordant.evidence.language import is_english, is_english_sentence
from accordant.evidence.matching import frames_of
from accordant.evidence.outlets import is_outlet, outlet_name
from accordant.evidence.phrases import Range
from accordant.evidence.places import Located, places_in
from accordant.evidence.quotations import Quotation
from accordant.evidence.resolve import Resolver, standing_for
from accordant.evidence.result import Directness, Suggestion
from accordant.evidence.running import (
    Announced,
    Label,
    announced,
    is_question,
    only_quoted,
    opening_quotation,
    speaker_labels,
    widened,
)
from accordant.evidence.segment import Segments, Sentence
from accordant.evidence.spans import Span, cover, trimmed
from accordant.evidence.tokens import Words, words_of
from accordant.evidence.who import NOBODY, Source, describe
from accordant.evidence.words import DETERMINERS, INSTITUTIONS, MEDIA, ORGANISATION_WORDS

_EDGES = ",;:—–"


class Said(NamedTuple):
    """Who says it, by which words, as which rule found it."""

    rule: str
    cue: Span
    source: Source
    lemma: str
    act: Act
    negative: bool = False


@dataclass
class Suggesting:
    """One pass over the sentences, in order.

    Attributes
    ----------
    dates
        The times of each sentence, by its place.
    """

    segments: Segments
    base: date | None
    dates: dict[Span, tuple[Written, ...]] = field(default_factory=dict)
    made: list[Suggestion] = field(default_factory=list)
    places: dict[Span, tuple[Located, ...]] = field(default_factory=dict)

    def claims(self) -> tuple[Suggestion, ...]:
        """Every suggestion, outer ones before those inside them."""
        text = self.segments.text
        sentences = self.segments.sentences
        resolver = Resolver(text, [s.span for s in sentences])
        labelled = speaker_labels(self.segments)
        waiting: tuple[Announced, Words] | None = None
        english = is_english(text)
        wide: Suggestion | None = None  # what was announced or labelled last, and may go on
        for number, words in enumerate(self._words()):
            sentence = sentences[number]
            self.dates[sentence.span] = dates_in(text, sentence.span, self.base)
            if not english and not is_english_sentence(words.vocabulary):
                waiting = None
                continue  # the rules read English only
            label = labelled.get(sentence.span.start)
            if is_question(words, label.said.start if label is not None and label.asks else 0):
                waiting = None
                continue
            found = frames_of(words)
            outer: Suggestion | None = None
            if waiting is not None and opening_quotation(words) is not None:
                outer = self._announced(words, sentence, waiting, resolver, number)
            elif sentence.span.start in labelled:
                outer = self._labelled(words, sentence, labelled[sentence.span.start], resolver, number)
            else:
                outer = self._goes_on(words, sentence, resolver, number)
            wide = outer or wide
            around = wide if wide is not None and wide.at.holds(sentence.span) else outer
            self._frames(words, sentence, found, resolver, number, around)
            said = announced(words)
            new = said is not None and all(p.frame.cue != said.cue for p in found)
            waiting = (said, words) if said is not None and new else None
        return tuple(_passing_on(_nested(self.made)))

    def _words(self) -> Iterator[Words]:
        quotations = self.segments.quotations
        at = 0
        for sentence in self.segments.sentences:
            while at < len(quotations) and quotations[at].span.end <= sentence.span.start:
                at += 1
            end = at
            while end < len(quotations) and quotations[end].span.start < sentence.span.end:
                end += 1
            yield self._read(sentence, quotations[at:end])

    def _read(self, sentence: Sentence, quoted: tuple[Quotation, ...]) -> Words:
        """A sentence in words; of a headline all in capitals, its words as they would stand elsewhere."""
        text = self.segments.text
        written = sentence.span.of(text) if sentence.headline else ""
        if not written.isupper() or len(written.lower()) != len(written) or " " not in written:
            return words_of(text, sentence.span, quoted, sentence.headline)
        lowered = text[: sentence.span.start] + written.lower() + text[sentence.span.end :]
        words = words_of(lowered, sentence.span, quoted, sentence.headline)
        words.text = text
        return words

    def _frames(
        self,
        words: Words,
        sentence: Sentence,
        found: tuple[Placed, ...],
        resolver: Resolver,
        number: int,
        around: Suggestion | None,
    ) -> None:
        sources: list[Source] = []
        ids: list[str] = []
        for placed in found:
            frame, outer = placed.frame, placed.parent
            source = describe(words, frame.source) if frame.source else NOBODY
            parent = sources[outer] if outer is not None else around.source if around else None
            source = resolver.resolve(source, number, parent)
            sources.append(source)
            parts = _drawn_out(words, sentence.span, _parts(words, frame.content))
            told = _addressed(words, frame.told) if frame.told else None
            cue, lemma = words.span(*frame.cue), _lemma(words, frame)
            said = Said(frame.rule, cue, source, lemma, frame.act, frame.negative)
            within = ids[outer] if outer is not None else around.id if around else None
            tail = _tail(words, placed, found)
            made = self._make(words, sentence, said, parts, within, tail, told, _outlet(words, source, frame))
            ids.append(made.id)

    def _announced(
        self,
        words: Words,
        sentence: Sentence,
        waiting: tuple[Announced, Words],
        resolver: Resolver,
        number: int,
    ) -> Suggestion:
        """The quotation that ``X said:`` before it belongs to."""
        said, before = waiting
        quotation = opening_quotation(words)
        assert quotation is not None
        source = resolver.resolve(describe(before, said.source), number - 1, None)
        resolver.remember(source, number)
        cue = before.span(*said.cue)
        parts = (_whole(words, sentence, quotation),)
        return self._make(words, sentence, Said("announced", cue, source, said.lemma, said.act), parts)

    def _labelled(
        self, words: Words, sentence: Sentence, label: Label, resolver: Resolver, number: int
    ) -> Suggestion | None:
        """What a speaker's label in front of a paragraph makes of the paragraph: ``Holm: …``."""
        source = describe(words, label.tokens(words))
        if source.kind == "institution" and not set(source.text.lower().split()) & ORGANISATION_WORDS:
            source = replace(source, kind="named", name=source.text, count=1, at_least=1)
        source = resolver.resolve(source, number, None)
        if label.asks or len(label.said.of(self.segments.text).split()) < 2:
            return None  # a question, or a greeting
        said = Said("label", label.colon, source, "say", "claim")
        return self._make(words, sentence, said, (label.said,))

    def _goes_on(
        self, words: Words, sentence: Sentence, resolver: Resolver, number: int
    ) -> Suggestion | None:
        """A sentence that is all quotation, after one that was attributed in the same paragraph.

        What was attributed gets a piece more: it is one thing that somebody says.
        """
        quotation = only_quoted(words)
        if quotation is None or not self.made or number == 0:
            return None
        last = self.segments.sentences[number - 1]
        place = next((k for k in range(len(self.made) - 1, -1, -1) if self._ends_in(k, last)), None)
        if place is None or last.paragraph != sentence.paragraph:
            return None
        outer = self.made[place]
        if outer.directness == "indirect":
            return None
        if not any(p.holds(quotation.span) for p in outer.parts):
            parts = (*outer.parts, _whole(words, sentence, quotation))
            outer = self._with_parts(outer, parts)
            self.made[place] = outer
        resolver.remember(outer.source, number)
        return outer

    def _ends_in(self, place: int, last: Sentence) -> bool:
        """Whether a suggestion stands on its own and what it says ends in a sentence."""
        made = self.made[place]
        return made.within is None and (made.sentence == last.span or made.parts[-1].meets(last.span))

    def _places(self, sentence: Span, parts: tuple[Span, ...], cue: Span) -> tuple[Located, ...]:
        """The places in what is said, and the one beside the cue where it was said."""
        if sentence not in self.places:
            self.places[sentence] = places_in(self.segments.text, sentence)
        found = [
            replace(p, role="happened") if p.role == "said" and any(part.holds(p.at) for part in parts) else p
            for p in self.places[sentence]
        ]
        return tuple(
            [
                p
                for p in found
                if any(part.holds(p.at) for part in parts) or (p.role == "said" and _beside(p, cue))
            ]
        )

    def _with_parts(self, made: Suggestion, parts: tuple[Span, ...]) -> Suggestion:
        """A suggestion that goes on in a later sentence."""
        text = self.segments.text
        at = cover(parts)
        found = [d for span in self.dates for d in self.dates[span] if span.meets(parts[-1])]
        return replace(
            made,
            quote=at.of(text),
            at=at,
            parts=parts,
            dates=(*made.dates, *(d for d in found if parts[-1].holds(d.at))),
            trace=(*made.trace, "goes on in the next quotation"),
        )

    def _make(
        self,
        words: Words,
        sentence: Sentence,
        said: Said,
        parts: tuple[Span, ...],
        within: str | None = None,
        tail: Span | None = None,
        told: Span | None = None,
        outlet: str | None = None,
    ) -> Suggestion:
        """Make a suggestion and keep it."""
        text = self.segments.text
        at = cover(parts)
        does = doing(text, parts, said.lemma, said.act, said.source, said.negative)
        made = Suggestion(
            id=f"k{len(self.made) + 1}",
            quote=at.of(text),
            at=at,
            parts=parts,
            source=said.source,
            cue=said.cue.of(text),
            cue_at=said.cue,
            rule=said.rule,
            act=does.act,
            kind=does.kind,
            polarity=does.polarity,
            hedges=does.hedges,
            directness=_directness(words, parts),
            dates=tuple([d for d in self.dates[sentence.span] if any(p.holds(d.at) for p in parts)]),
            places=self._places(sentence.span, parts, said.cue),
            sentence=sentence.span,
            outlet=outlet,
            told=told.of(text) if told is not None else None,
            told_at=told,
            within=within,
            tail=tail,
            headline=sentence.headline,
            trace=_trace(text, said, does.act),
        )
        self.made.append(made)
        return made


def _addressed(words: Words, phrase: Range) -> Span | None:
    """Whoever was told, where that is somebody with a name, a body or an outlet: not *reporters*, *me*."""
    first, end = phrase
    named = any(words[k].cap and words.low(k) not in DETERMINERS for k in range(first, end))
    known = any(words.low(k) in INSTITUTIONS or words.low(k) in MEDIA for k in range(first, end))
    person = words.low(first) in ("reporters", "journalists", "his", "her", "a", "an")
    return words.span(first, end) if (named or known) and not person else None


def _beside(place: Located, cue: Span) -> bool:
    """Whether a place stands just after the words that attribute: ``told reporters in Karsel``."""
    return 0 <= place.at.start - cue.end < 60


def _lemma(words: Words, frame: Frame) -> str:
    verb = words[frame.cue[0]].verb
    if verb is not None and frame.rule not in ("speech-noun", "own-admission", "own-view"):
        return verb.lemma
    return words.low(frame.cue[1] - 1)


def _parts(words: Words, content: tuple[Range, ...]) -> tuple[Span, ...]:
    """The pieces as places in the text, without the marks that set them off."""
    pieces = [
        (a, b - 1 if b - a > 1 and words[b - 1].text == "." else b) for a, b in sorted(content) if b > a
    ]
    spans = [trimmed(words.text, words.span(*piece), _EDGES) for piece in pieces]
    kept = tuple(s for s in spans if s.end > s.start)
    return kept or (words.span(*content[0]),)


def _drawn_out(words: Words, sentence: Span, parts: tuple[Span, ...]) -> tuple[Span, ...]:
    """The pieces with the whole of a quotation that reaches beyond the sentence; none inside another."""
    kept: list[Span] = []
    for part in sorted(widened(p, sentence, words.quotations) for p in parts):
        if kept and part.start <= kept[-1].end:
            kept[-1] = cover((kept[-1], part))
        else:
            kept.append(part)
    return tuple(kept)


def _whole(words: Words, sentence: Sentence, quotation: Quotation) -> Span:
    return widened(
        Span(max(sentence.span.start, quotation.span.start), min(sentence.span.end, quotation.span.end)),
        sentence.span,
        words.quotations,
    )


def _directness(words: Words, parts: tuple[Span, ...]) -> Directness:
    quoted = [q for q in words.quotations if any(p.meets(q.span) for p in parts)]
    if not quoted:
        return "indirect"
    first, last = parts[0], parts[-1]
    opens = any(q.span.start <= first.start < q.span.end for q in quoted)
    closes = any(q.span.start < last.end <= q.span.end for q in quoted)
    return "direct" if opens and closes and len(quoted) <= len(parts) else "partial"


def _tail(words: Words, placed: Placed, found: tuple[Placed, ...]) -> Span | None:
    """The clause of which it is in doubt whether it is said too; none where it has an attribution."""
    tail = placed.frame.tail
    if tail is None:
        return None
    attributed = any(tail[0] <= p.frame.cue[0] < tail[1] and p.depth <= placed.depth for p in found)
    return None if attributed else words.span(*tail)


def _outlet(words: Words, source: Source, frame: Frame) -> str | None:
    if frame.told is not None:
        name = words.span(*frame.told).of(words.text)
        if is_outlet(name, told=True):
            return outlet_name(name)
    if frame.via is not None:
        name = words.span(*frame.via).of(words.text)
        if is_outlet(name) or not MEDIA.isdisjoint(words.lows[frame.via[0] : frame.via[1]]):
            return outlet_name(name)
    return outlet_name(source.text) if source.kind == "outlet" else None


def _nested(made: list[Suggestion]) -> list[Suggestion]:
    """Claims inside a quotation over several sentences are said inside of it, by whoever says it."""
    wide = [m for m in made if m.at.start < m.sentence.start or m.at.end > m.sentence.end]
    if not wide:
        return made
    nested = []
    for claim in made:
        outer = None
        if claim.within is None:
            place = cover((claim.at, claim.cue_at))
            outer = next((o for o in wide if o.id != claim.id and o.at.holds(place)), None)
        if outer is None:
            nested.append(claim)
            continue
        source = claim.source
        if source.text.lower() in ("i", "we", "my", "our") and not source.resolved:
            source = standing_for(source, outer.source)
        nested.append(replace(claim, within=outer.id, source=source))
    return nested


def _passing_on(made: list[Suggestion]) -> list[Suggestion]:
    """Telling of an offer suggests an offer: where what is said is nearly all in somebody else's mouth."""
    inner: dict[str, list[Suggestion]] = {}
    for claim in made:
        if claim.within is not None:
            inner.setdefault(claim.within, []).append(claim)
    kinds = {}
    for claim in made:
        held = inner.get(claim.id, [])
        if claim.act == "claim" and len(held) == 1 and held[0].source.at is not None:
            place = cover((held[0].at, held[0].source.at))
            if (
                2 * (place.end - place.start) > claim.at.end - claim.at.start
                and held[0].rule != "speech-noun"
            ):
                kinds[claim.id] = held[0].kind
    return [replace(c, kind=kinds[c.id]) if c.id in kinds else c for c in made]


def _trace(text: str, said: Said, act: Act) -> tuple[str, ...]:
    source = said.source
    lines = [f"rule {said.rule}: cue “{said.cue.of(text)}”"]
    if source.at is not None:
        count = str(source.count) if source.count is not None else f"at least {source.at_least}"
        number = f", {count}" if source.at_least is not None else ""
        lines.append(f"source {source.attribution}, {source.kind}{number}")
    else:
        lines.append("source: nobody is named")
    if source.stands_for is not None:
        lines.append(f"“{source.text}” stands for “{source.stands_for.of(text)}”")
    elif not source.resolved:
        lines.append(f"“{source.text}” is left unresolved")
    lines.append(f"act {act}")
    return tuple(lines)
