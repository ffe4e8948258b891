"""How a suggestion is written down as a claim: from which word to which, and what it says.

What is said is not always what is asserted. In *the Front refuses to release captives* the words
*to release captives* alone say the opposite, so that a claim takes in who refuses, and the verb.
"""

from __future__ import annotations

import re

from accordant.evidence.cues import VERBS, Act
from accordant.evidence.result import Suggestion
from accordant.evidence.spans import Span, cover
from accordant.evidence.who import Source
from accordant.evidence.words import word_set

_TURNING = ("denial", "rejection", "blame")
_WISHES = ("offer", "demand", "threat", "promise")
_DOUBT = re.compile(r"\b(?:doubt\w*|question(?:s|ed|ing)?|unlikely|not|never)\b|n[’']t\b", re.I)
_NEGATED = re.compile(
    r"\b(?:not|never|no|nobody|nothing|none|neither|nor|cannot|without|refus\w+)\b|n[’']t\b", re.I
)
_OWNERS = word_set("his her its their my our")
_PRONOUNS = word_set("he she it they i we who") | _OWNERS
_QUOTED = re.compile(r"[“„«\"](?P<inner>[^“”„«»\"]*)[”»\"]?", re.S)


def _act(claim: Suggestion) -> Act:
    """The act of the verb itself: after *said* the words stand whole, whatever is done with them."""
    if claim.rule in _WHOLE:
        return "claim"
    verb = VERBS.get(claim.cue.split()[0].lower()) if claim.cue.strip() else None
    return "claim" if verb is not None and verb.act in _OPEN else claim.act


_WHOLE = ("own-view", "own-admission", "according-to", "label", "headline")
"""Rules whose words that attribute turn nothing round: what is said stands whole beside them."""
_OPEN = ("claim", "assessment", "forecast")


def turned(text: str, claim: Suggestion) -> bool:
    """Whether the words that are said mean something else without the words that attribute them."""
    if _act(claim) in _TURNING or _DOUBT.search(claim.cue) is not None:
        return True
    return claim.polarity == "negative" and _NEGATED.search(claim.at.of(text)) is None


def written_at(text: str, claim: Suggestion) -> Span:
    """The place of a claim in the text: what is said, with who and the verb where it would be turned round.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report(b"The Front refuses to release captives.", "a.txt")
    >>> written_at(found.text, found.claims[0]).of(found.text)
    'The Front refuses to release captives'
    """
    if not turned(text, claim):
        return claim.at
    spans = [claim.at, claim.cue_at]
    source = claim.source.at
    if source is not None:
        spans.append(source)
    elif _NEGATED.search(claim.at.of(text)) is None and _act(claim) not in _TURNING:
        spans.append(claim.sentence)  # what turns it round stands beside the cue: the whole sentence is sure
    return cover(spans)


def says_of(text: str, claim: Suggestion) -> str:
    """What a claim says until an analyst has put it into words of their own.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> for report in (b'"We will wait," said Ida Renn.', b"Ida Renn left. She denied a truce."):
    ...     found = read_report(report, "a.txt")
    ...     says_of(found.text, found.claims[-1])
    'We will wait'
    'Ida Renn denied a truce'
    """
    at = written_at(text, claim)
    source = claim.source.at
    wished = (
        claim.rule == "subject-verb" and _act(claim) in _WISHES
    )  # “that they leave” alone reads as a fact
    if not (wished or turned(text, claim) or text.startswith("to ", claim.at.start)):
        return _bare(at.of(text))
    if source is None:
        return _sentence(at.of(text))
    at = cover((at, source, claim.cue_at))
    if at.start != source.start:
        return _sentence(at.of(text))
    return _sentence(_who(text, claim) + text[source.end : at.end])


def says_of_part(text: str, claim: Suggestion, part: Span) -> str:
    """What a part of a claim says: with who and the verb where the whole is written down with them.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report(b"The Front refuses to release captives and to leave.", "a.txt")
    >>> says_of_part(found.text, found.claims[0], Span(42, 50))
    'The Front refuses to leave'
    """
    source = claim.source.at
    wished = claim.rule == "subject-verb" and _act(claim) in _WISHES
    if not (wished or turned(text, claim)) or source is None or source.start > claim.cue_at.start:
        return _bare(part.of(text))
    lead = _who(text, claim) + text[source.end : claim.cue_at.end]
    return _sentence(f"{lead} {part.of(text).strip()}")


def _who(text: str, claim: Suggestion) -> str:
    """Who speaks: for a pronoun, whom it stands for."""
    source = claim.source
    assert source.at is not None
    own = source.at.of(text)
    if own.lower() not in _PRONOUNS or source.stands_for is None:
        return own
    full = source.name if source.kind == "named" and source.name else source.stands_for.of(text)
    if own.lower() in _OWNERS and claim.rule == "speech-noun":
        return full + ("’" if full.endswith("s") else "’s")
    return full


def _sentence(words: str) -> str:
    words = " ".join(words.split()).rstrip(",;:")
    return words[:1].upper() + words[1:]


def _bare(words: str) -> str:
    """Words without a comma at the end, and without the quotation marks around all of them."""
    words = " ".join(words.split()).strip(",;: ")
    match = _QUOTED.fullmatch(words)
    if match is None:
        return words
    return match.group("inner").strip(",;: ") or words


def attribution_words(source: Source) -> str:
    """How a source is attributed, for people.

    Examples
    --------
    >>> from accordant.evidence.who import NOBODY
    >>> attribution_words(NOBODY)
    'unattributed, nobody is named'
    """
    if source.at is None:
        return "unattributed, nobody is named"
    parts: list[str] = [source.attribution]
    if source.kind != source.attribution:
        parts.append(source.kind)
    if source.count is not None:
        parts.append(f"{source.count} {'person' if source.count == 1 else 'people'}")
    elif source.at_least:
        parts.append(f"{source.at_least} people or more")
    return ", ".join(parts)
