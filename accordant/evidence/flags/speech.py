"""Flags on who says something: nobody, nobody in particular, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span

_UNSAID = Led(
    r"(?i:(?:(?:did|does|would|has|had|have) not|didn[’']t)(?: immediately| publicly| yet)? "
    r"(?:say(?! (?:much|a lot|a great deal|anything (?:else|more)|more)\b)"
    r"|respond|reply|comment|answer|elaborate|specify|confirm|deny|disclose|explain"
    r"|give (?:a|any) (?:reason|details?))\b"
    r"|(?:declined|refused) to (?:comment|say|answer|elaborate|confirm|be interviewed|discuss|give)\b"
    r"|could not (?:immediately )?be reached\b|asked (?:whether|if)\b|does not comment on\b"
    r"|(?:would|could|can|will|has|have|had) neither (?:confirm|confirmed) nor (?:deny|denied)\b"
    r"|(?:has|have|had) (?:never|so far not|not so far) (?:said|confirmed|replied|responded|commented)\b"
    r"|(?:wouldn[’']t|would not) be drawn\b|nobody (?:has said|will say|would say)\b)",
    "did didn’t does would wouldn’t has had have declined refused could can will asked nobody",
)


def unattributed(reading: Reading) -> Iterator[Flag]:
    """Assertions in nobody's mouth."""
    for claim in reading.claims:
        if claim.source.at is None:
            yield Flag(
                "unattributed",
                (claim.cue_at, claim.at),
                f"“{claim.cue}”: nobody is named who says so ({claim.id}).",
            )


def unresolved(reading: Reading) -> Iterator[Flag]:
    """Pronouns and surnames that could not be traced to anybody."""
    spans = tuple(c.source.at for c in reading.claims if not c.source.resolved and c.source.at is not None)
    if spans:
        words = ", ".join(dict.fromkeys(s.of(reading.text) for s in spans))
        yield Flag("unresolved-source", spans, f"Who is meant is left open: {words}.")


def unsaid(reading: Reading) -> Iterator[Flag]:
    """Somebody who did not say, was asked, or declined to comment."""
    for match in reading.matches(_UNSAID):
        yield Flag("not-said", (Span(*match.span()),), f"“{match.group()}”: no claim is made here.")


def open_times(reading: Reading) -> Iterator[Flag]:
    """Times in what is said that could not be placed."""
    spans = tuple(
        dict.fromkeys(d.at for c in reading.claims for d in c.dates if d.relative and d.first is None)
    )
    if spans:
        words = ", ".join(dict.fromkeys(s.of(reading.text) for s in spans))
        why = "" if reading.facts.published else " because the report has no date"
        yield Flag("open-time", spans, f"Left open{why}: {words}.")
