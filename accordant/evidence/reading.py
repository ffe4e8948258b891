"""Reading a report: bytes to text, text to suggested claims with their origins and flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from accordant.evidence.act import doing
from accordant.evidence.credits import credited, with_outlets
from accordant.evidence.cues import Act
from accordant.evidence.dates import Written, dates_in
from accordant.evidence.facts import report_facts
from accordant.evidence.flags import Reading, flags_of
from accordant.evidence.frames import Frame
from accordant.evidence.matching import frames_of
from accordant.evidence.origins import with_origins
from accordant.evidence.outlets import is_outlet, outlet_name
from accordant.evidence.phrases import Range
from accordant.evidence.quotations import Quotation
from accordant.evidence.resolve import Resolver, standing_for
from accordant.evidence.result import Directness, ReadResult, Suggestion
from accordant.evidence.running import (
    Announced,
    Label,
    announced,
    only_quoted,
    opening_quotation,
    speaker_labels,
    widened,
)
from accordant.evidence.segment import Segments, Sentence, segment
from accordant.evidence.spans import Span, cover, trimmed
from accordant.evidence.text import Intake, read_bytes, take_in
from accordant.evidence.tokens import Words, words_of
from accordant.evidence.who import NOBODY, Source, describe
from accordant.evidence.words import MEDIA
from accordant.tables import Method

_EDGES = ",;:—–"


def read(path: str | Path, published: str | None = None) -> ReadResult:
    """Read a report and suggest its claims; nothing enters a case by this.

    Parameters
    ----------
    path
        A text file or an HTML page (UTF-8, or UTF-16 with a byte-order mark).
    published
        The date of the report as ``YYYY-MM-DD``, where the file itself does not say it: relative
        times such as *this month* count from it.

    Raises
    ------
    ReportError
        If the file cannot be read as a report.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "note.txt"
    >>> _ = file.write_text("Two people close to the talks told the Harbour Courier that a pause is near.")
    >>> claim = read(file).claims[0]
    >>> claim.quote, claim.source.count, claim.outlet
    ('a pause is near', 2, 'Harbour Courier')
    """
    path = Path(path)
    return read_report(read_bytes(path), path.name, published)


def read_report(raw: bytes, filename: str, published: str | None = None) -> ReadResult:
    """Read a report that is already in memory; see :func:`read`.

    Examples
    --------
    >>> read_report(b"The union said it would wait.", "a.txt").claims[0].source.text
    'The union'
    """
    return _read(take_in(raw, filename), filename, published)


def _read(intake: Intake, filename: str, published: str | None) -> ReadResult:
    segments = segment(intake.text)
    facts = report_facts(intake, filename, segments, published)
    reader = _Reader(segments, _day(facts.published))
    claims = reader.claims()
    facts = replace(facts, credits=credited(segments, facts, claims))
    claims, origins = with_origins(with_outlets(claims, facts.credits))
    flags = flags_of(Reading(segments, facts, claims, reader.dates), intake)
    method = Method("suggested claims by rules", parameters=(("language", "English"), ("depth", "2")))
    return ReadResult(facts, intake.text, claims, origins, flags, method)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None  # only a month is known: relative times stay open


@dataclass
class _Reader:
    """One pass over the sentences, in order."""

    segments: Segments
    base: date | None
    dates: dict[Span, tuple[Written, ...]] = field(default_factory=dict)
    made: list[Suggestion] = field(default_factory=list)

    def claims(self) -> tuple[Suggestion, ...]:
        """Every suggestion, outer ones before those inside them."""
        text = self.segments.text
        sentences = self.segments.sentences
        resolver = Resolver(text, [s.span for s in sentences])
        labelled = speaker_labels(self.segments)
        waiting: tuple[Announced, Words] | None = None
        for number, words in enumerate(self._words()):
            sentence = sentences[number]
            self.dates[sentence.span] = dates_in(text, sentence.span, self.base)
            found = frames_of(words)
            outer: Suggestion | None = None
            if waiting is not None and opening_quotation(words) is not None:
                outer = self._announced(words, sentence, waiting, resolver, number)
            elif sentence.span.start in labelled:
                outer = self._labelled(words, sentence, labelled[sentence.span.start], resolver, number)
            elif not found:
                self._goes_on(words, sentence, resolver, number)
            around = outer or self._around(sentence)
            self._frames(words, sentence, found, resolver, number, around)
            said = announced(words)
            waiting = (said, words) if said is not None and all(f.cue != said.cue for f in found) else None
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
            yield words_of(self.segments.text, sentence.span, quotations[at:end], sentence.headline)

    def _around(self, sentence: Sentence) -> Suggestion | None:
        """What was announced or labelled before and is still going on."""
        if not self.made or self.made[-1].at.end < sentence.span.end:
            wide = next((m for m in reversed(self.made[-12:]) if m.at.end >= sentence.span.end), None)
            return wide
        return next(
            (m for m in reversed(self.made[-12:]) if m.within is None and m.at.holds(sentence.span)), None
        )

    def _frames(
        self, words: Words, sentence: Sentence, found: tuple[Frame, ...], resolver: Resolver, number: int,
        around: Suggestion | None,
    ) -> None:  # fmt: skip
        sources: list[Source] = []
        ids: list[str] = []
        for frame in found:
            source = describe(words, frame.source) if frame.source else NOBODY
            parent = sources[frame.parent] if frame.parent is not None else around.source if around else None
            source = resolver.resolve(source, number, parent)
            sources.append(source)
            parts = tuple(widened(p, sentence.span, words.quotations) for p in _parts(words, frame.content))
            made = self._make(
                words, sentence, frame.rule, words.span(*frame.cue), parts, source, _lemma(words, frame),
                frame.act, frame.negative,
            )  # fmt: skip
            ids.append(made.id)
            told = words.span(*frame.told) if frame.told else None
            self.made.append(
                replace(
                    made,
                    within=ids[frame.parent] if frame.parent is not None else around.id if around else None,
                    tail=_tail(words, frame, found),
                    told=told.of(words.text) if told else None,
                    told_at=told,
                    outlet=_outlet(words, source, frame),
                )
            )

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
        made = self._make(
            words, sentence, "announced", cue, parts, source, said.lemma, said.act, negative=False
        )
        self.made.append(made)
        return made

    def _labelled(
        self, words: Words, sentence: Sentence, label: Label, resolver: Resolver, number: int
    ) -> Suggestion | None:
        """What a speaker's label in front of a paragraph makes of the paragraph: ``Holm: …``."""
        source = resolver.resolve(describe(words, label.tokens(words)), number, None)
        if label.asks:
            return None
        made = self._make(
            words, sentence, "label", label.colon, (label.said,), source, "say", "claim", negative=False
        )
        self.made.append(made)
        return made

    def _goes_on(self, words: Words, sentence: Sentence, resolver: Resolver, number: int) -> None:
        """A sentence that is all quotation, after one that was attributed in the same paragraph."""
        quotation = only_quoted(words)
        if quotation is None or not self.made or number == 0:
            return
        last = self.segments.sentences[number - 1]
        outer = next(
            (m for m in reversed(self.made[-12:]) if m.sentence == last.span and m.within is None), None
        )
        if outer is None or outer.directness == "indirect" or last.paragraph != sentence.paragraph:
            return
        if any(p.holds(quotation.span) for p in outer.parts):
            return
        made = self._make(
            words, sentence, "goes-on", outer.cue_at, (_whole(words, sentence, quotation),), outer.source,
            outer.cue.lower(), outer.act, negative=False,
        )  # fmt: skip
        self.made.append(replace(made, outlet=outer.outlet, told=outer.told, told_at=outer.told_at))
        resolver.remember(outer.source, number)

    def _make(
        self, words: Words, sentence: Sentence, rule: str, cue: Span, parts: tuple[Span, ...], source: Source,
        lemma: str, act: Act, negative: bool,
    ) -> Suggestion:  # fmt: skip
        text = self.segments.text
        at = cover(parts)
        does = doing(text, parts, lemma, act, source, negative)
        made = Suggestion(
            id=f"k{len(self.made) + 1}",
            quote=at.of(text),
            at=at,
            parts=parts,
            source=source,
            cue=cue.of(text),
            cue_at=cue,
            rule=rule,
            act=does.act,
            kind=does.kind,
            polarity=does.polarity,
            hedges=does.hedges,
            directness=_directness(words, parts),
            dates=tuple(d for d in self.dates[sentence.span] if any(p.holds(d.at) for p in parts)),
            sentence=sentence.span,
            headline=sentence.headline,
        )
        return replace(made, trace=_trace(made, text))


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


def _tail(words: Words, frame: Frame, found: tuple[Frame, ...]) -> Span | None:
    """The clause of which it is in doubt whether it is said too; none where it has an attribution."""
    if frame.tail is None:
        return None
    first, end = frame.tail
    attributed = any(first <= other.cue[0] < end and other.depth <= frame.depth for other in found)
    return None if attributed else words.span(first, end)


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


def _trace(claim: Suggestion, text: str) -> tuple[str, ...]:
    source = claim.source
    lines = [f"rule {claim.rule}: cue “{claim.cue}”"]
    if source.at is not None:
        count = (
            str(source.count)
            if source.count is not None
            else (f"at least {source.at_least}" if source.at_least else "not said")
        )
        lines.append(f"source {source.attribution}, {source.kind}, count {count}")
    else:
        lines.append("source: nobody is named")
    if source.stands_for is not None:
        lines.append(f"“{source.text}” stands for “{source.stands_for.of(text)}”")
    elif not source.resolved:
        lines.append(f"“{source.text}” is left unresolved")
    lines.append(f"act {claim.act}")
    return tuple(lines)
