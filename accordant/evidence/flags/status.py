"""Flags on things that are done in one place of a report and still open in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from accordant.evidence.cued import Cued
from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

_DEAL = "accord|agreement|deal|pact|settlement"
_DONE = Led(rf"(?:{_DEAL})\b(?! (?:talks|negotiations|proposals?))", "accord agreement deal pact settlement")
_OPEN = Led(
    r"(?:negotiations|talks|discussions|proposals?)\b", "negotiations talks discussions proposal proposals"
)
_OF = re.compile(r"(?:^|[^\w’'-])(?P<of>[a-z]{3,}(?:-[a-z]+)?) $", re.I)
_ANY = word_set(
    "the this that any new such his her its their our wider broader final possible first last no old "
    "previous earlier future draft two three other with and for under from over long more some peace-loving"
)

_BE = r"(?:(?:is|are|was|were|has been|have been|had been|will be) (?:now |already |formally |finally )?)"
_AUX = r"(?:(?:has|have|had) (?:now |already |effectively |formally |finally )?)?"
_NP = r"(?:[\w’-]+ ){0,3}"
_TALKS = r"\b(?:talks|negotiations|discussions)\b"
_ENDED = (
    r"[“\"]?(?:effectively )?(?:ended|collapsed|broke down|broken down|fell apart|fallen apart|failed|over)\b"
)

# What it is about, how it is told as done, how it is told as open: one line for each thing that can be both.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    (
        "the strike",
        rf"\b(?:strike|walkout|stoppage)\b {_BE}(?:called off|suspended|cancelled|averted|over)\b"
        r"|\b(?:called off|calling off|calls off|suspended|ended) (?:the|their|its|a) (?:[\w-]+ )?(?:strike"
        r"|walkout|stoppage)\b"
        r"|\b(?:strike|walkout|stoppage) (?:called off|averted|suspended)\b",
        r"\b(?:strike|walkout|stoppage)\b (?:goes on|go on|continues|is continuing|will go ahead|goes ahead"
        r"|will go on"
        r"|went on|is still on|enters|remains in force)\b"
        r"|\b(?:are|were|remain|remained|still) (?:still )?on strike\b",
        "strike walkout stoppage",
    ),
    (
        "the talks",
        rf"{_TALKS}(?: [^.;,]{{0,40}})? {_AUX}(?:{_BE})?{_ENDED}",
        rf"{_TALKS}(?: [^.;,]{{0,40}})? (?:go on|goes on|continue|are continuing|are under way"
        rf"|are still under way|are to go on"
        r"|will go on|will continue|are ongoing|are not over)\b",
        "talks negotiations discussions",
    ),
    (
        "the agreement",
        rf"\b(?:signed|initialled|concluded|sealed|ratified|reached|struck|clinched) (?:a|an|the"
        rf"|their) {_NP}(?:{_DEAL}|treaty|contract)\b"
        rf"|\b(?:{_DEAL}|treaty|contract)\b {_BE}(?:signed|sealed|concluded|ratified|reached|done|final)\b"
        rf"|\b[Tt]he (?:signed|final|concluded) (?:{_DEAL}|treaty|contract)\b",
        rf"\b(?:{_DEAL}|treaty|contract|draft|text)\b (?:(?:has|have|had|is|are|was) (?:yet to be"
        rf"|not yet(?: been)?|still to be|not been)"
        r"|remains? to be|remains? un|is still (?:a draft|being)) ?(?:signed|agreed|concluded|negotiated"
        r"|drafted|reached)?\b"
        rf"|\b(?:draft|proposed|unsigned) (?:{_DEAL}|treaty|contract)\b|\bno (?:{_DEAL}) (?:has"
        rf"|had) (?:yet )?been (?:signed|reached)\b",
        "accord agreement deal pact settlement treaty contract draft text",
    ),
    (
        "the ceasefire",
        rf"\b(?:ceasefire|truce|armistice)\b (?:{_BE}(?:in force|in effect|in place|agreed|signed)"
        rf"|took effect|came into force|began|holds|is holding)\b"
        r"|\bagreed (?:on |to )?(?:a|the) (?:[\w-]+ )?(?:ceasefire|truce|armistice)\b",
        r"\bproposed (?:[\w-]+ )?(?:ceasefire|truce|armistice)\b"
        r"|\b(?:talks|negotiations|discussions) (?:on|about|over|for|towards) (?:a"
        r"|the) (?:[\w-]+ ){0,2}(?:ceasefire|truce|armistice)\b"
        r"|\b[Nn]o (?:ceasefire|truce|armistice) (?:has|had) (?:yet )?been\b"
        r"|\b(?:ceasefire|truce|armistice)\b (?:has|had|is) (?:yet to|not yet)\b",
        "ceasefire truce armistice",
    ),
    (
        "the truce",
        r"\b(?:the|a|this|\d+-day|permanent|lasting) (?:\w+ )?(?:ceasefire|armistice)\b",
        r"\b(?:the|a|this|humanitarian|temporary|\d+-(?:day|hour)) (?:\w+ )?(?:pause"
        r"|lull)\b(?: in (?:the )?(?:fighting|hostilities|firing|shelling))?",
        "ceasefire armistice pause lull",
    ),
    (
        "the merger",
        rf"\b(?:has|have|had) merged\b|\bmerger\b {_BE}(?:complete|completed|done|sealed|signed)\b"
        r"|\bcompleted (?:the|their|its) merger\b|\bthe (?:newly )?merged (?:company|group|firm|bank|port)\b",
        r"\bmerger (?:talks|negotiations)\b|\btalks (?:on|about|over) (?:a|the|their) (?:\w+ )?merger\b"
        r"|\bin talks to merge\b"
        r"|\b(?:plan|plans|planning|hope|hopes|want|wants) to merge\b|\b(?:proposed|planned"
        r"|possible) merger\b",
        "merge merged merger",
    ),
    (
        "the release",
        r"\b(?:captives|hostages|prisoners|detainees)\b (?:have been|had been|were) (?:freed|released"
        r"|handed over|exchanged)\b",
        r"\b(?:captives|hostages|prisoners|detainees)\b (?:are|were|remain) (?:still |to be )(?:freed"
        r"|released|held|captive|detained)\b",
        "captives hostages prisoners detainees",
    ),
)
_THINGS = tuple((name, Cued(done, cues, re.I), Cued(open_, cues, re.I)) for name, done, open_, cues in _TABLE)
_NOT_SO = re.compile(
    r"\b(?:if|unless|until|would|could|might|may|whether|hopes?|hoped|before|once|no|not|never|denied"
    r"|denies|without"
    r"|had|again|resum\w+|earlier|previous\w*|last|former|first|new|after)\b",
    re.I,
)
_ANOTHER = re.compile(r"\b(?:a|an|another|other|new|second|separate)\s$", re.I)
_STATE = re.compile(
    rf"\b(?:{_ENDED}|called off|signed|agreed|merged|withdrawn|cancelled|left|resigned|accepted|approved"
    rf"|closed|freed|released)",
)
_DENIED = Led(
    r"(?:said|says|insisted|insists|replied|answered|maintained|maintains) (?:that )?"
    r"(?:they|it|he|she|the talks|the strike|the deal|nothing of the sort|no such thing) ?"
    r"(?:(?:had|has|have|was|were|is|are|did|does|do) not|(?:hadn|hasn|haven|wasn|weren|isn|aren"
    r"|didn)[’']t)(?=[.,;]|$)",
    "said says insisted insists replied answered maintained maintains",
)


def status(reading: Reading) -> Iterator[Flag]:
    """What is told as done in one place and as open in another."""
    flagged: list[Span] = []
    for one, other, says in (*_named(reading), *_things(reading), *_denied(reading)):
        if not any(one.meets(f) or other.meets(f) for f in flagged):
            flagged += [one, other]
            yield Flag("status-conflict", (one, other), says)


def _named(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    """*Ceasefire accord* and *ceasefire negotiations*."""
    done = dict(reversed([*_of(reading, _DONE)]))
    for of, other in _of(reading, _OPEN) if done else ():
        if of in done:
            one, text = done[of], reading.text
            says = f"“{one.of(text)}” and “{other.of(text)}”: is it agreed or still being talked about?"
            yield one, other, says


def _of(reading: Reading, pattern: Led) -> Iterator[tuple[str, Span]]:
    """Accords or talks with the word that says of what."""
    for match in reading.matches(pattern):
        before = _OF.search(reading.text, max(0, match.start() - 30), match.start())
        if before is not None and before.group("of").lower() not in _ANY:
            yield before.group("of").lower(), Span(before.start("of"), match.end())


def _things(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    for name, done, open_ in _THINGS:
        if reading.stems.keys().isdisjoint(done.cues):
            continue
        over = [m for m in reading.matches(done) if _plain(reading, m)]
        still = [m for m in reading.matches(open_) if _plain(reading, m, still=True)] if over else []
        pair = next(((a, b) for a, b in product(over, still) if _at_once(reading, a, b)), None)
        if pair is not None:
            one, other = pair
            says = f"“{one.group()}” and “{other.group()}”: where does it stand ({name})?"
            yield Span(*one.span()), Span(*other.span()), says


def _plain(reading: Reading, match: re.Match[str], still: bool = False) -> bool:
    """Whether it is told as a fact of now: nothing before it in its clause makes it past or a wish."""
    sentence = reading.sentence_at(match.start())
    start = max(sentence.span.start if sentence else 0, match.start() - 50)
    clause = re.split(r"[,;:–—]", reading.text[start : match.start()])[-1]
    if still:  # “a draft agreement on fish” is another one
        return _ANOTHER.search(clause) is None
    return _NOT_SO.search(clause) is None


def _at_once(reading: Reading, one: re.Match[str], other: re.Match[str]) -> bool:
    """Whether both may be meant of the same time: not in one sentence, and no two different times."""
    a, b = reading.sentence_at(one.start()), reading.sentence_at(other.start())
    if a is None or b is None or a.span == b.span:
        return False
    times = [
        {d.text.lower() for d in reading.dates.get(s.span, ()) if d.granularity != "duration"} for s in (a, b)
    ]
    return not (times[0] and times[1] and times[0].isdisjoint(times[1])) and not (
        times[0] and one.start() < other.start() and _NOT_SO.search(other.group())
    )


def _denied(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    """*The talks had ended*, says one; the next: *they had not*."""
    for match in reading.matches(_DENIED):
        number = reading.number_at(match.start())
        if not number:
            continue
        before = reading.segments.sentences[number - 1].span
        state = _STATE.search(reading.text, *before)
        if state is not None:
            says = f"“{state.group()}” and “{match.group()}”: one says it is so, the other that it is not."
            yield Span(*state.span()), Span(*match.span()), says
