"""What is odd about a report's text, each kind a small function. Nothing is corrected, only shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from accordant.evidence.credits import banner_exclusive
from accordant.evidence.dates import Written
from accordant.evidence.result import Flag, ReportFacts, Suggestion
from accordant.evidence.segment import Segments
from accordant.evidence.spans import Span
from accordant.evidence.text import Intake
from accordant.evidence.words import word_set


@dataclass(frozen=True)
class Reading:
    """A report read, as the flags see it."""

    segments: Segments
    facts: ReportFacts
    claims: tuple[Suggestion, ...]
    dates: Mapping[Span, tuple[Written, ...]]

    @property
    def text(self) -> str:
        """The report's text."""
        return self.segments.text


def flags_of(reading: Reading, intake: Intake) -> tuple[Flag, ...]:
    """Every flag, in the order of the table below."""
    return (*(flag for kind in FLAGS.values() for flag in kind(reading)), *_as_taken_in(intake))


def _missing(reading: Reading) -> Iterator[Flag]:
    facts = reading.facts
    if facts.published is None:
        yield Flag("no-date", (), "The report gives no date; times such as “this month” stay open.")
    if facts.author is None:
        yield Flag("no-author", (), "The report names no author.")
    if facts.address is None:
        yield Flag("no-address", (), "The report gives no address to find it at.")


def _secondary(reading: Reading) -> Iterator[Flag]:
    credits = reading.facts.credits
    if not credits:
        return
    names = ", ".join(dict.fromkeys(c.outlet for c in credits))
    yield Flag(
        "secondary-report",
        tuple(c.at for c in credits),
        f"The report credits {names}: it may retell that story, and what it puts in quotation marks is not "
        "verbatim evidence of what was said.",
    )
    banner = banner_exclusive(reading.segments)
    if banner is not None:
        yield Flag("exclusive-elsewhere", (banner,), f"It calls itself exclusive and yet credits {names}.")


def _furniture(reading: Reading) -> Iterator[Flag]:
    kinds: dict[str, list[Span]] = {}
    for piece in reading.segments.furniture:
        kinds.setdefault(piece.what, []).append(piece.span)
    for what, spans in kinds.items():
        yield Flag(
            "furniture", tuple(spans), f"Part of the page, not of the report: {what}. Not read for claims."
        )


def _unattributed(reading: Reading) -> Iterator[Flag]:
    for claim in reading.claims:
        if claim.source.at is None:
            yield Flag(
                "unattributed",
                (claim.cue_at, claim.at),
                f"“{claim.cue}”: nobody is named who says so ({claim.id}).",
            )


_BLAME = re.compile(
    r"\b(?:killed|kidnapped|abducted|attacked|bombed|shelled|assassinated|massacred|sabotaged|poisoned"
    r"|executed|tortured"
    r"|violated|breached|broke the (?:truce|ceasefire|agreement)|blew up|set fire to|ambushed|opened "
    r"fire|besieged"
    r"|deliberately|looted|dumped|diverted)\b"
)


def _unsourced_blame(reading: Reading) -> Iterator[Flag]:
    attributed = {c.sentence for c in reading.claims if c.source.at is not None and c.rule != "speech-noun"}
    for sentence in reading.segments.sentences:
        found = _BLAME.search(reading.text, *sentence.span)
        if (
            found is not None
            and sentence.span not in attributed
            and not _inside_quotation(reading, found.start())
        ):
            yield Flag(
                "unsourced-blame",
                (sentence.span,),
                f"“{found.group()}”: a deed is told as fact, and nobody is named who says so.",
            )


def _inside_quotation(reading: Reading, at: int) -> bool:
    return any(q.span.start <= at < q.span.end for q in reading.segments.quotations)


def _scope(reading: Reading) -> Iterator[Flag]:
    for claim in reading.claims:
        if claim.tail is not None:
            who = claim.source.text or "whoever says so"
            yield Flag(
                "scope",
                (claim.tail,),
                f"Does {who} say this too, or the report? It follows what is said ({claim.id}) without a new "
                "attribution.",
            )


_FRAGMENT = re.compile(
    r"(?:Although|Though|Because|Whereas|Which|Unless|Even though|Despite the fact that)\b"
)


def _fragments(reading: Reading) -> Iterator[Flag]:
    for sentence in reading.segments.sentences:
        words = sentence.span.of(reading.text)
        if _FRAGMENT.match(words) and "," not in words and words.endswith(".") and len(words) < 200:
            yield Flag("fragment", (sentence.span,), "Not a full sentence: what it belongs to is not said.")


def _garbled_times(reading: Reading) -> Iterator[Flag]:
    for sentence in reading.segments.sentences:
        seen: dict[str, list[Span]] = {}
        for written in reading.dates.get(sentence.span, ()):
            if written.granularity != "duration":
                seen.setdefault(written.text.lower(), []).append(written.at)
        for words, spans in seen.items():
            if len(spans) > 1:
                yield Flag("garbled-time", tuple(spans), f"“{words}” twice in one sentence: what was when?")


_WORD = re.compile(r"[^\W\d_]{4,}")
_TOLD_ACTS = frozenset({"offer", "demand", "promise", "threat", "rejection", "agreement"})


def _several_tellings(reading: Reading) -> Iterator[Flag]:
    """One act told in several ways: like words, unlike actors."""
    told = [(c, _stems(c.quote)) for c in reading.claims if c.act in _TOLD_ACTS and c.source.at is not None][
        :200
    ]
    done: set[str] = set()
    for k, (first, stems) in enumerate(told):
        if first.id in done:
            continue
        alike = [c for c, other in told[k + 1 :] if c.act == first.act and _alike(stems, other)]
        group = [first, *alike]
        actors = {c.source.text.lower().removeprefix("the ") for c in group}
        if len(actors) > 1:
            done.update(c.id for c in group)
            yield Flag("several-tellings", tuple(c.at for c in group), _tellings(reading, group))


def _tellings(reading: Reading, group: Sequence[Suggestion]) -> str:
    by_id = {c.id: c for c in reading.claims}
    lines = []
    for claim in group:
        outer = by_id.get(claim.within) if claim.within else None
        via = f" through {outer.source.text}" if outer is not None and outer.source.text else ""
        lines.append(f"{claim.source.text} ({claim.id}{via})")
    origins = {by_id[c.within].origin if c.within in by_id else None for c in group} - {None}
    return (
        f"One {group[0].act} told in several ways, with different actors: {'; '.join(lines)}. "
        f"Sources behind it that the report describes: {len(origins) or 'none'}."
    )


def _stems(words: str) -> frozenset[str]:
    return frozenset(w.lower()[:6] for w in _WORD.findall(words))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= 2 and 2 * len(a & b) >= min(len(a), len(b))


_DONE = re.compile(r"\b(?P<of>[a-z]{3,}(?:-[a-z]+)?) (?:accord|agreement|deal|pact|settlement)\b")
_OPEN = re.compile(r"\b(?P<of>[a-z]{3,}(?:-[a-z]+)?) (?:negotiations|talks|discussions|proposal|proposals)\b")
_ANY = word_set("the this that any new such his her its their our wider broader final possible first last no")


def _status_conflict(reading: Reading) -> Iterator[Flag]:
    done = {m.group("of"): Span(*m.span()) for m in _DONE.finditer(reading.text) if m.group("of") not in _ANY}
    seen: set[str] = set()
    for match in _OPEN.finditer(reading.text):
        of = match.group("of")
        if of in done and of not in seen:
            seen.add(of)
            yield Flag(
                "status-conflict",
                (done[of], Span(*match.span())),
                f"“{done[of].of(reading.text)}” and “{match.group()}”: is it agreed or still being "
                f"talked about?",
            )


def _certainty_conflict(reading: Reading) -> Iterator[Flag]:
    """``captives thought to be in …`` and ``captives held in …``."""
    for claim in reading.claims:
        if claim.rule != "said-to" or len(claim.parts) < 2:
            continue
        noun = _last_word(claim.parts[0].of(reading.text))
        place = [w for w in claim.parts[-1].of(reading.text).split() if w[:1].isupper()]
        if noun is None or not place:
            continue
        plain = re.compile(
            rf"\b(?i:{re.escape(noun)})\b(?: (?:being|still|who are|that are|are|is|were|was))? "
            rf"(?:held|kept|in|at)\b[^.\n]*?\b{re.escape(place[-1].strip('.,'))}\b"
        )
        for match in plain.finditer(reading.text):
            if not claim.at.meets(Span(*match.span())):
                yield Flag(
                    "certainty-conflict",
                    (claim.at, Span(*match.span())),
                    f"“{claim.cue}” in one place, stated as fact in another ({claim.id}).",
                )
                break


def _last_word(words: str) -> str | None:
    found = re.findall(r"[^\W\d_]+", words)
    return found[-1] if found else None


def _unresolved(reading: Reading) -> Iterator[Flag]:
    spans = tuple(c.source.at for c in reading.claims if not c.source.resolved and c.source.at is not None)
    if spans:
        words = ", ".join(dict.fromkeys(s.of(reading.text) for s in spans))
        yield Flag("unresolved-source", spans, f"Who is meant is left open: {words}.")


def _unclosed(reading: Reading) -> Iterator[Flag]:
    spans = tuple(q.span for q in reading.segments.quotations if not q.closed)
    if spans:
        yield Flag(
            "unclosed-quotation",
            spans,
            "A quotation mark is opened and never closed: where do the words end?",
        )


_UNSAID = re.compile(
    r"\b(?:did not|didn[’']t|does not|would not|has not|had not|have not)(?: immediately| publicly| "
    r"yet)? (?:say|respond|reply|"
    r"comment|answer|elaborate|specify|confirm|deny|disclose|explain|give (?:a|any) (?:reason|details?))\b"
    r"|\b(?:declined|refused) to (?:comment|say|answer|elaborate|confirm|be interviewed|discuss|give)\b"
    r"|\bcould not (?:immediately )?be reached\b|\basked (?:whether|if)\b",
    re.I,
)


def _unsaid(reading: Reading) -> Iterator[Flag]:
    for sentence in reading.segments.sentences:
        for match in _UNSAID.finditer(reading.text, *sentence.span):
            yield Flag("not-said", (Span(*match.span()),), f"“{match.group()}”: no claim is made here.")


def _open_times(reading: Reading) -> Iterator[Flag]:
    spans = tuple(
        dict.fromkeys(d.at for c in reading.claims for d in c.dates if d.relative and d.first is None)
    )
    if spans:
        words = ", ".join(dict.fromkeys(s.of(reading.text) for s in spans))
        why = "" if reading.facts.published else " because the report has no date"
        yield Flag("open-time", spans, f"Left open{why}: {words}.")


_ENGLISH = word_set("the of and to in that is was for on with as by at from has have had it be are were not")
_HIDDEN = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
_MIXED = re.compile("[A-Za-z][\u0400-\u04ff\u0370-\u03ff]|[\u0400-\u04ff\u0370-\u03ff][A-Za-z]")


def _language(reading: Reading) -> Iterator[Flag]:
    words = re.findall(r"[^\W\d_]+", reading.text[:20_000].lower())
    latin = sum(word[0] < "\u0250" for word in words)
    foreign = len(words) > 4 and 2 * latin < len(words)
    if foreign or (len(words) >= 25 and sum(w in _ENGLISH for w in words) < len(words) * 0.12):
        yield Flag(
            "language", (), "The text does not look English; the rules read English only and miss the rest."
        )


def _hidden(reading: Reading) -> Iterator[Flag]:
    spans = tuple(Span(*m.span()) for m in _HIDDEN.finditer(reading.text))[:50]
    if spans:
        yield Flag(
            "hidden-characters",
            spans,
            "Characters that are not seen, or that turn the direction of writing: the words may not be "
            "what they look.",
        )
    mixed = tuple(Span(*m.span()) for m in _MIXED.finditer(reading.text))[:50]
    if mixed:
        yield Flag(
            "mixed-script", mixed, "Letters of two alphabets in one word: names may not be what they look."
        )


def _as_taken_in(intake: Intake) -> Iterator[Flag]:
    for note in intake.notes:
        yield Flag(note.kind, note.at, note.says)
    if intake.replaced:
        places = tuple(Span(m.start(), m.end()) for m in re.finditer("\ufffd", intake.text))[:50]
        yield Flag("control-characters", places, f"{intake.replaced} control characters are shown as \ufffd.")


FLAGS: dict[str, Callable[[Reading], Iterator[Flag]]] = {
    "no-date, no-author, no-address": _missing,
    "language": _language,
    "secondary-report, exclusive-elsewhere": _secondary,
    "several-tellings": _several_tellings,
    "status-conflict": _status_conflict,
    "certainty-conflict": _certainty_conflict,
    "scope": _scope,
    "garbled-time": _garbled_times,
    "open-time": _open_times,
    "unattributed": _unattributed,
    "unsourced-blame": _unsourced_blame,
    "unresolved-source": _unresolved,
    "not-said": _unsaid,
    "fragment": _fragments,
    "unclosed-quotation": _unclosed,
    "hidden-characters, mixed-script": _hidden,
    "furniture": _furniture,
}
"""Every kind of flag and the function that finds it; ``control-characters`` comes from taking in."""
