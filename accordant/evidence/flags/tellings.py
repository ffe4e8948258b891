"""Flags on one act that is told in several ways, and how many sources each version rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag, Suggestion
from accordant.evidence.spans import Span
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.words import SUBJECT_PRONOUNS

_ACTS = frozenset({"offer", "demand", "promise", "threat", "rejection", "agreement"})
_MOST = 200  # claims that are compared with each other
_TELLING = r"(?:accounts?|versions?|stories|story|explanations?|tellings?|recollections?)"
_DIFFER = Led(
    rf"(?:(?:[Ss]ources|[Rr]eports|[Ww]itnesses|[Aa]ccounts|[Vv]ersions|[Mm]emories|{_TELLING})"
    r" (?:of [^.;?!]{1,60} )?(?:differ|vary|diverge|conflict|disagree|clash|contradict)\w*"
    r"|(?i:two|three|four|five|several|conflicting|competing|different|rival|contradictory|differing)"
    rf" {_TELLING}\b"
    rf"|(?:disput|contest|contradict|challeng)\w+ (?:that|this|the|his|her|their) {_TELLING}\b"
    r"|(?i:a different|another|a second|a third) (?:account|version|story)\b"
    r"|Who(?:se| \w+)? (?:idea|fault|fire|shell|move|decision|proposal|first)[^.?!]{0,30}\?"
    r"|(?i:nobody|they|the two|the sides|both|the parties) (?:agrees?|cannot agree|disagree|do not agree)"
    r" (?:on|over|about) (?:who|whose)\b)",
    "sources reports witnesses accounts account version versions memories story stories explanation "
    "explanations "
    "telling tellings recollection recollections two three four five several conflicting competing different "
    "rival contradictory differing dispute disputes disputed disputing contest contests contested contradict "
    "contradicts contradicted challenge challenges challenged a another who whose nobody they the both",
    "differ vary diverge conflict disagree clash contradict accounts versions stories story explanations "
    "tellings recollections idea fault fire shell move decision first proposal agree cannot",
)
_PRONOUNS = SUBJECT_PRONOUNS | {"this", "that", "one"}
_REACH = 5  # sentences after the announcement


def tellings(reading: Reading) -> Iterator[Flag]:
    """One act told with different actors: as announced by the report, or to be seen from its claims."""
    flagged: list[Span] = []
    for group, says in (*_announced(reading), *_alike_acts(reading), *_turned_round(reading)):
        spans = tuple(dict.fromkeys(c.at for c in group))
        if not any(span.meets(other) for span in spans for other in flagged):
            flagged += spans
            yield Flag("several-tellings", spans, f"{says}: {_lines(reading, group)}")


def _announced(reading: Reading) -> Iterator[tuple[list[Suggestion], str]]:
    """*Sources differ*: the claims by different people in the sentences that follow."""
    for match in reading.matches(_DIFFER):
        number = reading.number_at(match.start())
        if number is None or reading.quoted(match.start()):
            continue
        sentences = reading.segments.sentences
        last = sentences[number].paragraph
        if number + 1 < len(sentences) and len(sentences[number].span.of(reading.text).split()) <= 12:
            last = sentences[number + 1].paragraph  # a heading or a short sentence announces a paragraph
        near = [s.span for s in sentences[number : number + 1 + _REACH] if s.paragraph <= last]
        claims = [c for s in near for c in reading.by_sentence.get(s, ()) if c.source.at and c.within is None]
        one_each = list({_actor(reading, c): c for c in reversed(claims)}.values())[::-1]
        if len(one_each) > 1:
            yield one_each, f"“{match.group()}”: one thing told in several ways"


def _alike_acts(reading: Reading) -> Iterator[tuple[list[Suggestion], str]]:
    """Offers, demands and the like in like words, by unlike actors."""
    told = [(c, _stems(c.quote)) for c in reading.claims if c.act in _ACTS and c.source.at is not None]
    told = told[:_MOST]
    done: set[str] = set()
    for k, (first, stems) in enumerate(told):
        if first.id in done:
            continue
        alike = [c for c, other in told[k + 1 :] if c.act == first.act and _alike(stems, other)]
        group = [first, *alike]
        if len({_actor(reading, c) for c in group} - {""}) > 1:
            done.update(c.id for c in group)
            yield group, f"One {first.act} told in several ways, with different actors"


def _turned_round(reading: Reading) -> Iterator[tuple[list[Suggestion], str]]:
    """*The army fired first*, says the one side; *the rebels fired first*, says the other."""
    told = [(c, *_deed(c.quote)) for c in reading.claims if c.source.at is not None and len(c.quote) < 200]
    told = [t for t in told if t[1] and t[2]][:_MOST]
    for k, (first, who, did) in enumerate(told):
        for other, whose, done in told[k + 1 :]:
            apart = (
                _actor(reading, first) != _actor(reading, other)
                and not who & whose
                and first.polarity == other.polarity
            )
            if apart and len(did & done) >= 2 and 3 * len(did & done) >= 2 * max(len(did), len(done)):
                yield [first, other], "One deed told in two ways, with different actors"
                break


_DEED = re.compile(
    r"(?:[Tt]he |[Aa]n? |[Ii]ts |[Hh]is |[Hh]er |[Tt]heir )?(?P<who>(?:[\w’-]+ ){0,2}?[\w’-]+) "
    r"(?:(?:has|have|had|was|were|is|are|would|will|did)(?: \w+ly)? )?(?P<did>(?:[a-z]+(?:ed|ot|ent|oke|ew"
    r"|ame|ade|aid|ut)|"
    r"fired|struck|left|began|started|started it|hit|shot) .+)"
)


def _deed(words: str) -> tuple[frozenset[str], frozenset[str]]:
    match = _DEED.match(words.strip("“”\"’' "))
    if match is None:
        return frozenset(), frozenset()
    who = frozenset(w.lower() for w in match.group("who").split())
    return who, frozenset(w.lower()[:6] for w in re.findall(r"[^\W\d_]{3,}", match.group("did")))


def _actor(reading: Reading, claim: Suggestion) -> str:
    """Who acts, the same for a name and for a pronoun that stands for it; empty where that is open."""
    source = claim.source
    words = source.name or (source.stands_for.of(reading.text) if source.stands_for else source.text)
    words = " ".join(words.lower().split()).removeprefix("the ")
    return "" if words in _PRONOUNS else words


def _lines(reading: Reading, group: Sequence[Suggestion]) -> str:
    """Who tells each version, through whom, and how many sources stand behind it."""
    by_id = {c.id: c for c in reading.claims}
    lines = []
    for claim in group:
        outer = by_id.get(claim.within) if claim.within else None
        via = f" through {outer.source.text}" if outer is not None and outer.source.text else ""
        lines.append(f"{claim.source.text} ({claim.id}{via})")
    tellings = [by_id[c.within] for c in group if c.within in by_id]
    tellers = {outer.origin for outer in tellings} - {None}
    told = "; ".join(lines)
    if not tellers:
        return f"{told}. Each speaks for itself: the report names nobody through whom it knows what they say."
    sources = f"{len(tellers)} source{'' if len(tellers) == 1 else 's'}"
    return (
        f"{told}. The report knows {len(tellings)} of these {len(group)} tellings through others: {sources}."
    )


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(w) for w in plain_words(words))


def _alike(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= 2 and 2 * len(a & b) >= min(len(a), len(b))
