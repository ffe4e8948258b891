"""Reports that were read, as they are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from accordant.evidence.credits import credited as in_text
from accordant.evidence.quotations import quotations
from accordant.evidence.result import Credit, ReadResult, ReportFacts, Suggestion
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span, trimmed
from accordant.evidence.together.material import FAMILIES, Credited, Material, Speaker, Statement
from accordant.evidence.tokens import words_of
from accordant.evidence.who import describe

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_TOLD = re.compile(r"\b(?:told|informed)\s+(?:the\s+)?$", re.I)
_SAME = re.compile(r"(?:the|that|this) same (?P<head>\w+)", re.I)
_CITING = re.compile(
    r"\b(?:citing|quoting|which (?:cited|quoted)|and (?:cited|quoted))\s+(?P<who>[^,;.:“”\"\n]+)"
)


def material(result: ReadResult, id: str) -> Material:
    """A report that was read, with its claims, as it is compared with others."""
    facts = result.report
    gathering = _Gathering(result)
    statements = tuple(gathering.statements(int(id[1:]) - 1))
    return Material(
        id,
        facts.file,
        facts.sha256,
        result.text,
        result.sentences,
        title=facts.title,
        outlet=facts.outlet,
        published=facts.published,
        credits=tuple(as_credited(result.text, credit) for credit in facts.credits),
        speakers=tuple(gathering.speakers),
        statements=statements,
        quotations=quotations(result.text, paragraphs(result.text)),
    )


def paragraphs(text: str) -> Sequence[Span]:
    """The paragraphs of a text, for pairing its quotation marks."""
    edges = [0, *(edge for m in _PARAGRAPH.finditer(text) for edge in m.span()), len(text)]
    return [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b > a]


def credited(segments: Segments, outlet: str | None) -> tuple[Credited, ...]:
    """The outlets that a text credits, where no claim of it has been read."""
    facts = ReportFacts("", "", 0, "utf-8", "text", 0, outlet=outlet)
    return tuple(as_credited(segments.text, credit) for credit in in_text(segments, facts, ()))


def as_credited(text: str, credit: Credit) -> Credited:
    """A credit, with whether the outlet was told something by a source, as outlets write of themselves."""
    before = text[max(0, credit.at.start - 20) : credit.at.start]
    return Credited(credit.outlet, credit.at, _TOLD.search(before) is not None)


@dataclass
class _Gathering:
    """The speakers of one report, each once, and its statements."""

    result: ReadResult
    speakers: list[Speaker] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)

    def statements(self, report: int) -> Iterator[Statement]:
        for claim in self.result.claims:
            around = list(self._around(claim))
            parts, cited = self._cited(claim)
            own = self._speaker(claim)
            chain = list(cited)
            for outer in around:
                teller = self._speaker(outer)
                chain += [*([] if teller is None else [teller]), *self._cited(outer)[1]]
            dates = claim.dates
            yield Statement(
                report,
                claim.id,
                claim.at,
                claim.quote,
                parts,
                FAMILIES.get(claim.act, claim.act),
                claim.polarity == "negative",
                sum(outer.source.kind != "outlet" for outer in around),
                own,
                tuple(k for k in dict.fromkeys(chain) if k != own),
                tuple((d.first, d.last) for d in dates if d.first and d.last and d.granularity != "duration"),
                tuple(d.at for d in dates if d.granularity != "duration"),
                claim.within,
            )

    def _around(self, claim: Suggestion) -> Iterator[Suggestion]:
        at = claim.within
        while at is not None:
            yield self.result[at]
            at = self.result[at].within

    def _speaker(self, claim: Suggestion) -> int | None:
        if claim.origin is None:
            return None
        if claim.origin not in self.numbers:
            origin = self.result.origins[claim.origin]
            self._keep(
                Speaker(
                    claim.origin,
                    origin.kind,
                    self._words(claim, origin.words),
                    origin.name,
                    origin.count,
                    origin.at_least,
                    origin.outlet or claim.outlet or self._outlet_around(claim),
                    claim.source.at,
                )
            )
        return self.numbers[claim.origin]

    def _outlet_around(self, claim: Suggestion) -> str | None:
        """The outlet that passes on what is said: *the Courier reported, citing two officials*."""
        return next((c.source.text for c in self._around(claim) if c.source.kind == "outlet"), None)

    def _words(self, claim: Suggestion, words: str) -> str:
        """How a source is called; *the same government* by the words that it was called by before."""
        again = _SAME.fullmatch(words)
        if again is None or claim.source.at is None:
            return words
        head = re.escape(again.group("head"))
        named = re.compile(rf"\b(?:[A-Z][\w’'-]+ (?i:{head})|(?i:{head}) of (?:the )?[A-Z][\w-]+)")
        found = [m.group() for m in named.finditer(self.result.text, 0, claim.source.at.start)]
        return found[-1] if found else words

    def _keep(self, speaker: Speaker) -> int:
        self.numbers[speaker.id] = len(self.speakers)
        self.speakers.append(speaker)
        return self.numbers[speaker.id]

    def _cited(self, claim: Suggestion) -> tuple[tuple[Span, ...], list[int]]:
        """The pieces of what is said without a trailing *citing …*, and the source that is cited so."""
        text = self.result.text
        match = _CITING.search(text, *claim.sentence)
        if claim.source.kind != "outlet" or match is None:
            return claim.parts, []
        kept = (Span(p.start, min(p.end, max(p.start, match.start()))) for p in claim.parts)
        parts = tuple(p for k in kept if (p := trimmed(text, k, ",; ")).end > p.start) or claim.parts
        who = trimmed(text, Span(*match.span("who")))
        id = f"cited-{who.start}"
        if id in self.numbers:
            return parts, [self.numbers[id]]
        for other in self.result.claims:  # a rule may have read whom the outlet cites
            if other.source.at is not None and other.source.at.meets(who) and other.id != claim.id:
                known = self._speaker(other)
                return parts, [] if known is None else [known]
        words = words_of(text, who, ())
        source = describe(words, (0, len(words)))
        if source.kind == "outlet":
            return parts, []
        speaker = Speaker(
            id, source.kind, source.text, source.name, source.count, source.at_least, claim.source.text, who
        )
        return parts, [self._keep(speaker)]
