"""What a model returned, once it has its place, as a suggestion: the rest is read off the text by grammar.

The model gives words and closed lists. How many people speak, what they claim to know, whom a pronoun
stands for, polarity, hedges and dates are read from those words as the rules read them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from accordant.case.sources import Attribution
from accordant.evidence.act import doing
from accordant.evidence.cues import VERBS
from accordant.evidence.dates import dates_in
from accordant.evidence.model_layer.grounding import Grounded, joined
from accordant.evidence.outlets import is_outlet, outlet_name
from accordant.evidence.resolve import Resolver
from accordant.evidence.result import Directness, Suggestion
from accordant.evidence.segment import Segments, Sentence
from accordant.evidence.spans import Span, cover
from accordant.evidence.tokens import words_of
from accordant.evidence.who import NOBODY, Source, describe

RULE = "model"
"""What stands as the rule of a suggestion that only the model made."""
_NAMED: tuple[str, ...] = ("named", "institution", "document", "outlet")
_NOUNS = {
    "offer": "propose", "proposal": "propose", "demand": "demand", "threat": "threaten", "warning": "warn",
    "promise": "promise", "pledge": "pledge", "admission": "admit", "denial": "deny", "refusal": "refuse",
}  # fmt: skip


@dataclass
class Making:
    """Makes the suggestions of one report, in the order of the text.

    Parameters
    ----------
    base
        The day from which *this month* counts.
    """

    segments: Segments
    base: date | None
    resolver: Resolver = field(init=False)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        sentences = self.segments.sentences
        self.starts = [s.span.start for s in sentences]
        self.resolver = Resolver(self.segments.text, [s.span for s in sentences])

    def number(self, at: int) -> int:
        """The number of the sentence at a place."""
        return max(0, bisect_right(self.starts, at) - 1)

    def remember(self, claim: Suggestion) -> None:
        """Note who speaks in a suggestion of the rules, for pronouns that follow."""
        self.resolver.remember(claim.source, self.number(claim.cue_at.start))

    def make(self, found: Grounded, id_: str, outer: Suggestion | None) -> Suggestion:
        """A suggestion in the form of the rules' own."""
        text = self.segments.text
        number = self.number(found.cue.start)
        sentence = self.segments.sentences[number]
        source, doubt = self._source(found, sentence, number, outer)
        parts = joined(found.parts, text)
        at = cover(parts)
        does = doing(text, parts, _lemma(found.cue.of(text)), found.proposed.act, source, False)
        told = None if found.told is None else found.told.of(text)
        return Suggestion(
            id=id_,
            quote=at.of(text),
            at=at,
            parts=parts,
            source=source,
            cue=found.cue.of(text),
            cue_at=found.cue,
            rule=RULE,
            act=does.act,
            kind=does.kind,
            polarity=does.polarity,
            hedges=does.hedges,
            directness=self._directness(parts),
            dates=tuple(
                d
                for s in self._sentences(parts)
                for d in dates_in(text, s.span, self.base)
                if any(part.holds(d.at) for part in parts)
            ),
            sentence=sentence.span,
            outlet=_outlet(told, source),
            told=told,
            told_at=found.told,
            within=None if outer is None else outer.id,
            headline=sentence.headline,
            trace=(*_trace(text, found, source, does.act), *doubt),
        )

    def _sentences(self, parts: Sequence[Span]) -> list[Sentence]:
        first, last = self.number(parts[0].start), self.number(parts[-1].end - 1)
        return list(self.segments.sentences[first : last + 1])

    def _source(
        self, found: Grounded, sentence: Sentence, number: int, outer: Suggestion | None
    ) -> tuple[Source, tuple[str, ...]]:
        """Who says it: described by the words, with the kind that the model gives where they allow it."""
        if found.source is None:
            return NOBODY, ()
        number = self.number(found.source.start)
        span = self.segments.sentences[number].span
        near = tuple(q for q in self.segments.quotations if q.span.meets(span))
        words = words_of(self.segments.text, span, near, sentence.headline)
        tokens = [k for k in range(len(words)) if words.span(k, k + 1).meets(found.source)]
        if not tokens:
            return _bare(self.segments.text, found.source), ()
        described = describe(words, (tokens[0], tokens[-1] + 1))
        described = replace(described, text=found.source.of(self.segments.text), at=found.source)
        parent = None if outer is None else outer.source
        resolved = self.resolver.resolve(described, number, parent)
        kind = found.proposed.kind
        if resolved.kind == kind or resolved.stands_for is not None:
            return resolved, ()
        if _stays(resolved, kind):
            return resolved, (f"the model calls the source {kind}; the words make it {resolved.kind}",)
        attribution: Attribution = (
            "unattributed" if kind == "unattributed" else "named" if kind in _NAMED else "described"
        )
        counted = kind not in ("institution", "document", "outlet", "unattributed")
        name = resolved.name or (resolved.text if kind in ("named", "institution", "outlet") else None)
        changed = replace(
            resolved,
            kind=kind,
            attribution=attribution,
            name=name if attribution == "named" else None,
            count=resolved.count if counted else None,
            at_least=resolved.at_least if counted else None,
        )
        return changed, (f"source {kind} by the model; the words alone would make it {resolved.kind}",)

    def _directness(self, parts: Sequence[Span]) -> Directness:
        quoted = [q for q in self.segments.quotations if any(p.meets(q.span) for p in parts)]
        if not quoted:
            return "indirect"
        text = self.segments.text
        outside = (
            k
            for part in parts
            for k in range(*part)
            if text[k].isalnum() and not any(q.span.start <= k < q.span.end for q in quoted)
        )
        return "direct" if next(outside, None) is None else "partial"


def _stays(source: Source, kind: str) -> bool:
    """Whether the words are surer than the model: nobody unnamed becomes named by its word."""
    unnamed = source.access is not None or source.anonymity is not None
    if kind in _NAMED and (unnamed or source.kind in ("described", "group", "unattributed")):
        # Of a text in another script the grammar knows nothing.
        return any("a" <= c <= "z" for c in source.text.lower())
    return kind == "unattributed" and source.attribution == "named"


def _bare(text: str, at: Span) -> Source:
    return Source(at.of(text), at, "described", "described")


def _outlet(told: str | None, source: Source) -> str | None:
    if told is not None and is_outlet(told, told=True):
        return outlet_name(told)
    return outlet_name(source.text) if source.kind == "outlet" else None


def _lemma(cue: str) -> str:
    """The plain form of the verb among the words that attribute."""
    words = [w.strip("“”\"'’,.") for w in cue.lower().split()]
    known = next((VERBS[w].lemma for w in reversed(words) if w in VERBS), None)
    return known or next((_NOUNS[w] for w in words if w in _NOUNS), words[-1] if words else "")


def _trace(text: str, found: Grounded, source: Source, act: str) -> tuple[str, ...]:
    cue = found.cue.of(text)
    lines = [f"rule {RULE}: cue “{cue}”"]
    if _lemma(cue) not in {v.lemma for v in VERBS.values()} and cue.lower() not in _NOUNS:
        lines.append(f"the rules know no “{cue}” as a word that attributes")
    for near in found.near:
        lines.append(f"{near.part} realigned: returned “{near.returned}”")
    if source.at is None:
        lines.append("source: nobody is named")
    else:
        lines.append(f"source {source.attribution}, {source.kind}")
    if source.stands_for is not None:
        lines.append(f"“{source.text}” stands for “{source.stands_for.of(text)}”")
    elif not source.resolved:
        lines.append(f"“{source.text}” is left unresolved")
    lines.append(f"act {act}")
    return tuple(lines)
