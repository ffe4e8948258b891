"""What stands agreed in one report and is still open in another: *accord* against *negotiations*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from accordant.evidence.spans import Span
from accordant.evidence.together.material import Material
from accordant.evidence.together.stems import stem
from accordant.evidence.words import word_set

_DEAL = r"(?:accord|agreement|deal|pact|settlement|treaty|contract)"
_SIGNED = r"(?:signed|reached|struck|concluded|sealed|approved|ratified|clinched|agreed(?: (?:on|to))?)"
_OF = r"(?P<of>[a-z]{3,}(?:-[a-z]+)?)"
_DONE = (
    rf"\bunder (?:a|an|the|this|their) {_OF} {_DEAL}\b",
    rf"\b{_SIGNED} (?:a|an|the|their) (?:[a-z-]+ )?{_OF} {_DEAL}\b",
    rf"\b{_OF} {_DEAL} (?:was|were|has been|had been|is) (?:signed|reached|concluded|agreed|in force)\b",
    r"\bagreed (?:on|to) (?:a|the) (?:[\w-]+ )?(?P<of>ceasefire|truce|armistice|pause)\b",
    r"\b(?P<of>ceasefire|truce|armistice|pause) (?:has been agreed|was agreed|is in force|took effect)\b",
)
_OPEN = (
    rf"\bno {_OF}(?: {_DEAL})? (?:has|had|have) (?:yet )?been (?:agreed|reached|signed|concluded)\b",
    rf"\bno {_OF}(?: {_DEAL})? (?:was|were|is) (?:agreed|reached|signed|concluded|in force)\b",
    rf"\b{_OF}(?: {_DEAL})? (?:has|had) not (?:yet )?been (?:agreed|reached|signed|concluded)\b",
    rf"\b{_OF} (?:negotiations|talks|discussions|proposals?)\b",
    rf"\b(?:talks|negotiations|working|negotiating|proposals?|hopes?) "
    rf"(?:on|about|over|for|of|towards) (?:a|an|the|any) (?:[\w-]+ ){{0,2}}{_OF} {_DEAL}\b",
    rf"\b(?:proposed|possible|hoped-for|draft) {_OF} {_DEAL}\b",
)
_DONE_RES = tuple(re.compile(p, re.I) for p in _DONE)
_OPEN_RES = tuple(re.compile(p, re.I) for p in _OPEN)
_SPEAKS = re.compile(
    rf"\b(?:{_DEAL}|ceasefire|truce|armistice|pause|negotiations|talks|discussions|proposals?)\b"
    r"|\bno \w+ \w+ (?:yet )?(?:been )?\w+|\bnot (?:yet )?been\b",
    re.I,
)
"""Without one of these a sentence tells of no agreement, and no pattern needs to look at it."""
_UNSURE = re.compile(
    r"\b(?:would|could|might|may|if|no|not|never|unless|until|before|once|hopes?|hoped|possible|proposed"
    r"|failed|without|deny|denied|whether|want|wants|wanted|calls?|called)\b[^.;!?\n]{0,60}$",
    re.I,
)
_ANY = word_set(
    "the this that any new such his her its their our wider broader larger final possible first last no "
    "old interim more other two three four long formal future such some peace-loving previous earlier"
)
_KEYS = {"peace": "ceasefire"}


@dataclass(frozen=True, slots=True)
class Status:
    """One place where something is told as agreed, or as still open.

    Attributes
    ----------
    of
        What it is about: the stem of the word, such as ``ceasefire``.
    """

    of: str
    state: Literal["agreed", "open"]
    at: Span


def statuses(report: Material) -> tuple[Status, ...]:
    """Every place in a report where something is told as agreed or as open, the first of each.

    Examples
    --------
    >>> from accordant.evidence.spans import Span
    >>> from accordant.evidence.together.material import Material
    >>> def told(text):
    ...     found = statuses(Material("r1", "a.txt", "", text, (Span(0, len(text)),)))
    ...     return [(s.of, s.state) for s in found]
    >>> told("They leave under a wage accord."), told("No wage deal has been reached.")
    ([('pay', 'agreed')], [('pay', 'open')])
    >>> told("He would sign if they reached a wage deal.")
    []
    """
    found: dict[tuple[str, str], Status] = {}
    for status in _all(report):
        held = found.get((status.of, status.state))
        if held is None or status.at < held.at:
            found[status.of, status.state] = status
    return tuple(sorted(found.values(), key=lambda s: s.at))


def _all(report: Material) -> Iterator[Status]:
    for sentence in report.body:
        if _SPEAKS.search(report.text, *sentence) is None:
            continue
        for match in _matches(_DONE_RES, report.text, sentence):
            if _UNSURE.search(report.text, max(sentence.start, match.start() - 80), match.start()) is None:
                yield Status(_key(match), "agreed", Span(*match.span()))
        for match in _matches(_OPEN_RES, report.text, sentence):
            yield Status(_key(match), "open", Span(*match.span()))


def _matches(patterns: tuple[re.Pattern[str], ...], text: str, span: Span) -> Iterator[re.Match[str]]:
    for pattern in patterns:
        for match in pattern.finditer(text, *span):
            if match.group("of").lower() not in _ANY:
                yield match


def _key(match: re.Match[str]) -> str:
    of = stem(match.group("of"))
    return _KEYS.get(of, of)
