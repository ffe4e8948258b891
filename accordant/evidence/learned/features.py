"""What is looked at in a suggestion: a handful of things that a reader can see too."""

from __future__ import annotations

import re
from collections.abc import Mapping

from accordant.evidence.cues import VERBS
from accordant.evidence.decisions import Decision
from accordant.evidence.result import ReadResult, Suggestion

Features = Mapping[str, str]
"""For each thing that is looked at what was found; things that are not known are left out."""
NAMES = ("rule", "cue", "source", "act", "depth", "hedges", "length", "directness", "headline")
"""What is looked at, in the order in which it is told."""
_WORD = re.compile(r"[^\W_]+")
_LENGTHS = ((30, "very short"), (80, "short"), (200, "middling"), (500, "long"))


def features(result: ReadResult, claim: Suggestion) -> dict[str, str]:
    """Everything that is looked at in a suggestion.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> found = read_report(b"The union says it may wait.", "a.txt")
    >>> seen = features(found, found.claims[0])
    >>> seen["rule"], seen["cue"], seen["hedges"], seen["length"]
    ('subject-verb', 'say', 'some', 'very short')
    """
    return {
        "rule": claim.rule,
        "cue": cue_lemma(claim.cue),
        "source": claim.source.kind,
        "act": claim.act,
        "depth": str(min(2, result.depth(claim.id))),
        "hedges": "some" if claim.hedges else "none",
        "length": length(claim.at.end - claim.at.start),
        "directness": claim.directness,
        "headline": "yes" if claim.headline else "no",
    }


def features_of(decision: Decision) -> dict[str, str]:
    """What is known of a decision on a text that is not at hand."""
    known = {"length": length(decision.at[1] - decision.at[0])}
    return known if decision.rule is None else {"rule": decision.rule, **known}


def cue_lemma(cue: str) -> str:
    """The plain form of the words that attribute.

    Examples
    --------
    >>> cue_lemma("has demanded"), cue_lemma("According to"), cue_lemma(":")
    ('demand', 'according to', ':')
    """
    words = _WORD.findall(cue.casefold())
    found = next((VERBS[word].lemma for word in reversed(words) if word in VERBS), None)
    return found or " ".join(words) or cue.strip()


def length(size: int) -> str:
    """A length in words rather than in code points."""
    return next((name for most, name in _LENGTHS if size <= most), "very long")
