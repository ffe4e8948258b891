"""Flags on what is sure in one place of a report and unsure in another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.segment import Sentence
from accordant.evidence.spans import Span, cover
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.words import PREPOSITIONS, word_set

_UNSURE = (
    r"(?:thought|believed|said|reported|alleged|understood|suspected|presumed|feared|rumoured|assumed"
    r"|supposed)"
)
_TO_BE = Led(
    rf"(?i:(?P<cue>{_UNSURE})) to (?:be|have been|have) (?P<did>[^.;:!?“”\"]{{3,80}})",
    "thought believed said reported alleged understood suspected presumed feared rumoured assumed supposed",
)
_ADVERB = Led(
    r"(?i:(?P<cue>reportedly|allegedly|apparently|supposedly|purportedly|presumably)) "
    r"(?:been )?(?P<did>[a-z]+(?:ed|en|ung|eld|ent|ot|ost|aid)\b[^.;:!?“”\"]{0,80})",
    "reportedly allegedly apparently supposedly purportedly presumably",
)
_FEARED = Led(
    r"(?P<cue>reported|feared|presumed|believed|thought) "
    r"(?P<did>killed|dead|wounded|injured|missing|captured|detained|arrested|drowned|lost)\b",
    "reported feared presumed believed thought",
)
_ALLEGED = Led(
    r"(?i:(?P<cue>alleged|suspected|presumed|unconfirmed|reported|purported|apparent)) "
    r"(?P<what>[a-z]{4,}(?: of [a-z]{4,})?)\b",
    "alleged suspected presumed unconfirmed reported purported apparent",
)
_CONFIRMED = Led(
    r"(?i:confirmed|proven|established|undisputed|verified) (?P<what>[a-z]{4,})\b",
    "confirmed proven established undisputed verified",
)
_HEDGE = re.compile(
    rf"\b(?:{_UNSURE} to|reportedly|allegedly|apparently|supposedly|purportedly|presumably|probably"
    rf"|possibly|perhaps"
    r"|may|might|could|would|if|unless|whether|not|never|no|will|feared|alleged|suspected|deny|denied"
    r"|denies|likely"
    r"|reported|presumed|once|until|before)\b",
    re.I,
)
_CLAUSE = re.compile(r"[,;:.!?–—()“”\"\n]")
_WORD = re.compile(r"[^\W\d_]+")
_SPACED = re.compile(r"\S+")
_MODAL = re.compile(r"\b(?:could|may|might|would)\b")
_OPEN_HEAD = re.compile(
    r"\b(?:could|may|might|would|should|set to|expected|likely|likelihood|report|reports?|say|says|said"
    r"|claims?|accus\w+"
    r"|plans?|proposed?|proposals?|feared|fears?|threat\w*|warns?|alleged\w*|if|in talks|ready|near|close"
    r"|to|sources"
    r"|blow|calls?|wants?|seeks?|demands?|offers?|urges?|told)\b|[?“”\"‘]|: |'(?=\w)",
    re.I,
)
_SIDE = re.compile(r"[,;]| (?:as|after|amid|while|despite|–|—|-) ")
_AHEAD = 5  # sentences of the report in which a headline is made good, or not
_PLACES = 30  # places of a word that are looked at: a word that stands everywhere tells nothing apart
_HEDGES = 100  # of one sort that are followed up in one report
_GENERIC = word_set("held hold kill dead have been people")


def certainty(reading: Reading) -> Iterator[Flag]:
    """*Thought to be held* in one place, *held* in another; a headline surer than its report."""
    flagged: list[Span] = []
    for one, other, says in (*_hedged(reading), *_confirmed(reading), *_headline(reading)):
        if not any(one.meets(f) or other.meets(f) for f in flagged):
            flagged += [one, other]
            yield Flag("certainty-conflict", (one, other), says)


def _hedged(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    for pattern in (_TO_BE, _ADVERB, _FEARED):
        for match in islice(reading.matches(pattern), _HEDGES):
            if reading.quoted(match.start("cue")):
                continue
            plain = _stated(reading, match)
            if plain is not None:
                at = Span(_before(reading, match).start, match.end())
                says = f"“{match.group('cue')}” in one place, stated as fact in another."
                yield _tidy(reading.text, at), plain, says


def _before(reading: Reading, match: re.Match[str]) -> Span:
    """Of whom or what it is thought: up to six words before the cue, in its clause."""
    clause = _clause_around(reading, match.start()) or Span(*match.span())
    words = list(_SPACED.finditer(reading.text, clause.start, match.start()))[-6:]
    for k, word in reversed([*enumerate(words)]):
        if word.group() in PREPOSITIONS or word.group() in ("and", "or", "to"):
            words = words[k + 1 :]
            break
    return Span(words[0].start() if words else match.start(), match.start())


def _tidy(text: str, at: Span) -> Span:
    words = at.of(text).rstrip()
    return Span(at.start, at.start + len(words))


def _stated(reading: Reading, match: re.Match[str]) -> Span | None:
    """Where the same is told without a hedge and in nobody's mouth: its verb and a word beside it.

    ``held by an engineer battalion`` looks for *held* with *battalion*; ``in Ulm`` for *captives*
    with *Ulm*.
    """
    text = reading.text
    did = plain_words(_CLAUSE.split(match.group("did"))[0])
    who = plain_words(_before(reading, match).of(text))
    subject = {stem(w) for w in who[-3:] if w.islower() or w[:1].isupper()} - _GENERIC
    if not did or not subject:
        return None
    verb = _WORD.match(match.group("did"))
    bare = verb is None or stem(verb.group()) != stem(did[0]) or did[0][:1].isupper()
    anchors = [w for w in did if w[:1].isupper()] if bare else did[:1]
    rest = {stem(w) for w in did[1:7]} if not bare else set()
    for anchor in anchors[:2]:
        for there in reading.where.get(anchor.lower(), ())[:_PLACES]:
            clause = _clause_around(reading, there)
            if clause is None or clause.meets(Span(*match.span())):
                continue
            beside = {stem(w) for w in plain_words(clause.of(text))}
            needed = subject & beside if bare else (subject | rest) & beside
            if not needed or _HEDGE.search(text, *clause) is not None or _attributed(reading, there):
                continue
            if bare and not re.search(r"\b(?:held|kept|in|at|near|inside)\b", clause.of(text)):
                continue
            return _cut(reading, clause, there, anchor, needed)
    return None


def _cut(reading: Reading, clause: Span, at: int, anchor: str, needed: set[str]) -> Span:
    """From the nearest of the words in common to the anchor, or the other way round."""
    places = [Span(*m.span()) for m in _WORD.finditer(reading.text, *clause) if stem(m.group()) in needed]
    here = Span(at, at + len(anchor))
    return cover([here, min(places, key=lambda p: abs(p.start - at))]) if places else clause


def _clause_around(reading: Reading, at: int) -> Span | None:
    """The stretch between commas and stops that a place lies in."""
    sentence = reading.sentence_at(at)
    if sentence is None or sentence.headline:
        return None
    text, span = reading.text, sentence.span
    start = max((m.end() for m in _CLAUSE.finditer(text, span.start, at)), default=span.start)
    stop = _CLAUSE.search(text, at, span.end)
    end = stop.start() if stop is not None else span.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _attributed(reading: Reading, at: int) -> bool:
    """Whether somebody who is named says what stands here."""
    return any(c.source.at is not None for c in reading.vouched(at))


def _confirmed(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    """*An alleged breach* here, *the confirmed breach* there."""
    sure = {stem(m.group("what")): m for m in reading.matches(_CONFIRMED)}
    for match in reading.matches(_ALLEGED) if sure else ():
        other = sure.get(stem(match.group("what").split()[0]))
        if other is not None:
            says = f"“{match.group()}” in one place, “{other.group()}” in another."
            yield Span(*match.span()), Span(*other.span()), says


def _headline(reading: Reading) -> Iterator[tuple[Span, Span, str]]:
    """A headline that states what the report itself only holds to be possible."""
    sentences = reading.segments.sentences
    heads = [s for s in sentences[:4] if s.headline or _title(reading, s)]
    if not heads:
        return
    head = heads[0]
    words = re.sub(r"^[\W_]*[A-Z]+:\s*", "", head.span.of(reading.text))
    if _OPEN_HEAD.search(words) is not None:
        return
    stems = _named_stems(_SIDE.split(words)[0])
    body = [s for s in sentences if s.span.start > head.span.end][:_AHEAD]
    for sentence in body:
        modal = _MODAL.search(reading.text, *sentence.span)
        if modal is None or reading.quoted(modal.start()):
            continue
        clause = _clause_around(reading, modal.start()) or sentence.span
        shared = stems & _named_stems(clause.of(reading.text))
        if len(shared) >= 3 and 5 * len(shared) >= 2 * len(stems):
            says = f"The headline states as fact what the report says “{modal.group()}” be so."
            yield head.span, clause, says
            return


def _title(reading: Reading, sentence: Sentence) -> bool:
    words = sentence.span.of(reading.text)
    return 4 <= len(words.split()) <= 25 and not words.rstrip('”"’').endswith((".", "!", ":", ";", ",", "?"))


def _named_stems(words: str) -> frozenset[str]:
    return frozenset(stem(w)[:6] for w in plain_words(words))
