"""Reading a report: bytes to text, text to suggested claims with their origins and flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from accordant.evidence.act import doing
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
from accordant.evidence.resolve import Resolver
from accordant.evidence.result import Directness, ReadResult, Suggestion
from accordant.evidence.running import Announced, announced, only_quoted, opening_quotation, widened
from accordant.evidence.segment import Segments, Sentence, segment
from accordant.evidence.spans import Span, cover, trimmed
from accordant.evidence.text import Intake, read_bytes, take_in
from accordant.evidence.tokens import Words, words_of
from accordant.evidence.who import NOBODY, Source, describe
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
    claims, origins = with_origins(tuple(reader.claims()))
    reading = Reading(segments, facts, claims, reader.dates)
    flags, facts = flags_of(reading, intake)
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

    def claims(self) -> list[Suggestion]:
        text = self.segments.text
        sentences = self.segments.sentences
        resolver = Resolver(text, [s.span for s in sentences])
        waiting: tuple[Announced, Words] | None = None
        for number, words in enumerate(self._words()):
            sentence = sentences[number]
            self.dates[sentence.span] = dates_in(text, sentence.span, self.base)
            found = frames_of(words)
            if waiting is not None and opening_quotation(words) is not None and not found:
                self._announced(words, sentence, waiting, resolver, number)
            elif not found:
                self._goes_on(words, sentence, number)
            waiting = None
            self._frames(words, sentence, found, resolver, number)
            if (said := announced(words)) is not None and not any(f.cue == said.cue for f in found):
                waiting = said, words
        return _nested(self.made)

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

    def _frames(
        self, words: Words, sentence: Sentence, found: tuple[Frame, ...], resolver: Resolver, number: int
    ) -> None:
        sources: list[Source] = []
        ids: list[str] = []
        for frame in found:
            source = describe(words, frame.source) if frame.source else NOBODY
            parent = sources[frame.parent] if frame.parent is not None else None
            source = resolver.resolve(source, number, parent)
            sources.append(source)
            lemma = _lemma(words, frame)
            parts = tuple(widened(p, sentence.span, words.quotations) for p in _parts(words, frame.content))
            told = frame.told
            made = self._make(
                words, sentence, frame.rule, words.span(*frame.cue), parts, source, lemma, frame.act, frame.negative
            )
            outer = ids[frame.parent] if frame.parent is not None else None
            made = replace(
                made,
                within=outer,
                tail=words.span(*frame.tail) if frame.tail else None,
                told=words.span(*told).of(words.text) if told else None,
                told_at=words.span(*told) if told else None,
                outlet=_outlet(words, source, told),
            )
            ids.append(made.id)
            self.made.append(made)

    def _announced(
        self, words: Words, sentence: Sentence, waiting: tuple[Announced, Words], resolver: Resolver, number: int
    ) -> None:
        """The quotation that ``X said:`` before it belongs to."""
        said, before = waiting
        quotation = opening_quotation(words)
        assert quotation is not None
        source = resolver.resolve(describe(before, said.source), number - 1, None)
        cue = before.span(*said.cue)
        parts = (_whole(words, sentence, quotation),)
        self.made.append(
            self._make(words, sentence, "announced", cue, parts, source, said.lemma, said.act, negative=False)
        )

    def _goes_on(self, words: Words, sentence: Sentence, number: int) -> None:
        """A sentence that is all quotation, after one that was attributed in the same paragraph."""
        quotation = only_quoted(words)
        if quotation is None or not self.made or number == 0:
            return
        before = self.made[-1]
        last = self.segments.sentences[number - 1]
        outer = next((m for m in reversed(self.made) if m.sentence == before.sentence and m.within is None), before)
        if outer.directness == "indirect" or last.paragraph != sentence.paragraph or outer.sentence != last.span:
            return
        if any(p.holds(quotation.span) for p in outer.parts):
            return
        made = self._make(
            words, sentence, "goes-on", outer.cue_at, (_whole(words, sentence, quotation),), outer.source,
            outer.cue.lower(), outer.act, negative=False,
        )  # fmt: skip
        self.made.append(replace(made, outlet=outer.outlet, told=outer.told, told_at=outer.told_at))

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
    spans = [trimmed(words.text, words.span(*piece), _EDGES) for piece in sorted(content) if piece[1] > piece[0]]
    kept = tuple(s for s in spans if s.end > s.start)
    return kept or (words.span(*content[0]),)


def _whole(words: Words, sentence: Sentence, quotation: Quotation) -> Span:
    return widened(Span(max(sentence.span.start, quotation.span.start), min(sentence.span.end, quotation.span.end)),
                   sentence.span, words.quotations)


def _directness(words: Words, parts: tuple[Span, ...]) -> Directness:
    quoted = [q for q in words.quotations if any(p.meets(q.span) for p in parts)]
    if not quoted:
        return "indirect"
    first, last = parts[0], parts[-1]
    opens = any(q.span.start <= first.start < q.span.end for q in quoted)
    closes = any(q.span.start < last.end <= q.span.end for q in quoted)
    return "direct" if opens and closes and len(quoted) <= len(parts) else "partial"


def _outlet(words: Words, source: Source, told: Range | None) -> str | None:
    if told is not None:
        name = words.span(*told).of(words.text)
        if is_outlet(name, told=True):
            return outlet_name(name)
    return outlet_name(source.text) if source.kind == "outlet" else None


def _nested(made: list[Suggestion]) -> list[Suggestion]:
    """Claims inside a quotation over several sentences are said inside of it."""
    wide = [m for m in made if m.at.start < m.sentence.start or m.at.end > m.sentence.end]
    if not wide:
        return made
    return [
        replace(m, within=next((o.id for o in wide if o.id != m.id and o.at.holds(cover((m.at, m.cue_at)))), None))
        if m.within is None else m
        for m in made
    ]  # fmt: skip


def _trace(claim: Suggestion, text: str) -> tuple[str, ...]:
    source = claim.source
    lines = [f"rule {claim.rule}: cue “{claim.cue}”"]
    if source.at is not None:
        count = str(source.count) if source.count is not None else (
            f"at least {source.at_least}" if source.at_least else "not said"
        )
        lines.append(f"source {source.attribution}, {source.kind}, count {count}")
    else:
        lines.append("source: nobody is named")
    if source.stands_for is not None:
        lines.append(f"“{source.text}” stands for “{source.stands_for.of(text)}”")
    elif not source.resolved:
        lines.append(f"“{source.text}” is left unresolved")
    lines.append(f"act {claim.act}, kind {claim.kind} (a hint)")
    return tuple(lines)
