"""Flags on one thing counted in two ways: *more than 100 captives* here, *about 80* there."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.lexicon import Known
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span
from accordant.evidence.together.numbers import Quantity, quantities
from accordant.evidence.together.stems import plain_words, stem
from accordant.evidence.words import word_set

_FIGURE = r"(?:figure|number|total|toll|count|tally|sum|cost|bill|estimate|real saving|reckoning)"
_PUT = Led(
    rf"(?:(?:[Pp]uts?|putting) (?:it|(?:the|that|this|their) (?:[\w-]+ )?{_FIGURE})"
    r" (?:at|above|below|closer to|nearer)\b"
    rf"|(?:[Tt]he|that) (?:(?:true|real|actual|correct|right) )?{_FIGURE} (?:is|was|were|could be|may be)"
    r" (?:nearer|closer|really|in fact)\b"
    rf"|(?:[Tt]he|that) (?:true|real|actual|correct|right) {_FIGURE} (?:is|was|at)\b"
    r"|calculates? the (?:true|real|actual) [\w-]+ at\b"
    rf"|[Oo]ur own (?:{_FIGURE})\b[^.;]{{0,60}}?\bis (?:nearer|closer to)\b"
    r"|[Bb]y other (?:data|counts|accounts|estimates),? there (?:are|were)\b)",
    "put puts putting the that calculate calculates our by",
    "put puts putting figure number total toll count tally sum cost bill estimate saving reckoning calculate "
    "data accounts",
)
_DIFFER = Led(
    r"(?:(?:did|do|does|could|can) not agree on (?:the|their|a) (?:\w+ )?(?:number|figure|total|toll"
    r"|count)s?\b"
    r"|(?:[Nn]umbers|[Ff]igures|[Cc]ounts|[Ee]stimates|[Tt]olls) (?:differ|vary|conflict|disagree)\b"
    r"|[Cc]onflicting (?:numbers|figures|counts|estimates|tolls)\b)",
    "did do does could can numbers figures counts estimates tolls conflicting",
)
_ANOTHER = re.compile(
    r"\b(?:another|other|further|additional|more|first|last|remaining|rest of the|only|every|each|next|second"
    r"|of (?:the|its|his|her|their|them|those|which|whom|our)|some of)\W*$",
    re.I,
)
_FOLLOWS = re.compile(r"(?:\s+(?P<of>of)\b)?\s*(?P<what>[^,.;:!?()“”\"\n]{1,70})")
_PEOPLE = frozenset(
    stem(word)
    for word in word_set(
        "captive hostage prisoner detainee dead injured wounded casualty victim people civilian soldier "
        "worker employee job household family resident passenger ship truck lorry house home fighter "
        "striker patient refugee marcher protester demonstrator migrant drone missile"
    )
)
"""What reports count differently: people before all, and what is lost or built with them."""
_OF_PEOPLE = Known(lambda word: stem(word) in _PEOPLE)

_OWNED = re.compile(r"\b(?:has|have|had|employs?|employed|runs?|ran|represents?|owns?|with|for|of) \W*$")
_THIN = word_set(
    "day week month year hour minute time percent per cent point crown mark dollar euro pound mile"
)
_KEPT = 40  # counts of the same things that a new one is compared with: every pair of a long list is too many
_NEAR = 3  # sentences back in which a figure that is put anew may stand
_LATE = re.compile(
    r"\b(?:last|this|next|since|by|until|in|from|during) (?:\w+ )?(?:19|20)\d\d\b|\blast \w+|\bago\b", re.I
)


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of things, with the stems that say which things."""

    quantity: Quantity
    noun: str
    about: frozenset[str]
    sentence: int
    late: bool


def numbers(reading: Reading) -> Iterator[Flag]:
    """The same things counted in two ways, and a figure that somebody puts at another value."""
    flagged: set[int] = set()
    for flag in (*_put(reading), *_counted(reading), *_differ(reading)):
        places = [at for span in flag.at for at in range(*span)]
        if flagged.isdisjoint(places):
            flagged.update(places)
            yield flag


def _put(reading: Reading) -> Iterator[Flag]:
    text = reading.text
    for match in reading.matches(_PUT):
        number = reading.number_at(match.start())
        sentence = reading.segments.sentences[number or 0].span
        after = quantities(text, Span(match.end(), min(sentence.end, match.end() + 60)))
        if number is None or not after:
            continue
        new = after[0]
        for k in range(number, max(-1, number - _NEAR), -1):
            span = reading.segments.sentences[k].span
            before = quantities(text, Span(span.start, match.start() if k == number else span.end))
            old = next((q for q in reversed(_parts(text, before)) if _comparable(q, new)), None)
            if old is not None:
                if not old.meets(new):
                    yield _flag(text, old, new)
                break


def _parts(text: str, found: tuple[Quantity, ...]) -> list[Quantity]:
    """The numbers without the wholes of *11 of 14*: the figure is the part."""
    wholes = {
        b for a, b in pairwise(found) if text[a.at.end : b.at.start].strip() in ("of", "of the", "out of")
    }
    return [q for q in found if q not in wholes]


def _comparable(old: Quantity, new: Quantity) -> bool:
    """Whether one figure may stand for the other: like units, of a like size."""
    if old.unit != new.unit and new.unit:
        return False
    a, b = old.high or old.low, new.high or new.low
    if not a or not b or not old.of.isdisjoint(_THIN):
        return False
    return a < 20 * b and b < 20 * a


def _counted(reading: Reading) -> Iterator[Flag]:
    found: dict[str, deque[_Count]] = {}
    for count in _counts(reading):
        before = found.setdefault(count.noun, deque(maxlen=_KEPT))
        for other in before:
            if _same_thing(count, other) and not count.quantity.meets(other.quantity):
                yield _flag(reading.text, other.quantity, count.quantity)
                break
        before.append(count)


def _counts(reading: Reading) -> Iterator[_Count]:
    text = reading.text
    worth = _worth(reading)
    for k, sentence in enumerate(reading.segments.sentences):
        if k not in worth:
            continue
        dates = tuple(d.at for d in reading.dates.get(sentence.span, ()))
        for quantity in quantities(text, sentence.span, dates):
            what = _FOLLOWS.match(text, quantity.at.end, sentence.span.end)
            if quantity.unit or what is None or what.group("of"):
                continue
            before = max(sentence.span.start, quantity.at.start - 25), quantity.at.start
            if _ANOTHER.search(text, *before) or _OWNED.search(text, *before):
                continue
            stems = [stem(word) for word in plain_words(what.group("what"))[:7]]
            noun = next((s for s in stems[:2] if s in _PEOPLE), None)
            if noun is not None:
                rest = frozenset(s for s in stems if s != noun and not s.isdigit())
                late = _LATE.search(text, *sentence.span) is not None
                yield _Count(quantity, noun, rest, k, late)


def _worth(reading: Reading) -> set[int]:
    """Numbers of the sentences with a noun of this sort that stands in another one too."""
    found: dict[str, set[int]] = {}
    for word in filter(_OF_PEOPLE.__getitem__, reading.where):
        kept = {k for at in reading.where[word] if (k := reading.number_at(at)) is not None}
        found.setdefault(stem(word), set()).update(kept)
    return {k for places in found.values() if len(places) > 1 for k in places}


def _same_thing(one: _Count, other: _Count) -> bool:
    """Whether two numbers count the same things: shared words beside them, and no other time."""
    late = one.late or other.late
    return not late and one.sentence != other.sentence and not one.about.isdisjoint(other.about)


def _differ(reading: Reading) -> Iterator[Flag]:
    """Where the report itself says that figures differ, with the figures beside it."""
    for match in reading.matches(_DIFFER):
        number = reading.number_at(match.start())
        if number is not None:
            first = reading.segments.sentences[max(0, number - 2)].span.start
            found = [q for q in quantities(reading.text, Span(first, match.start())) if not q.unit]
            pairs = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if not a.meets(b)]
            near = [(a, b) for a, b in pairs if _comparable(a, b) and (a.of & b.of or not b.of)]
            if near:
                a, b = near[-1]
                yield _flag(reading.text, a, b)
            else:
                yield Flag("number-conflict", (Span(*match.span()),), f"“{match.group()}”: which is right?")


def _flag(text: str, old: Quantity, new: Quantity) -> Flag:
    one, other = sorted((_whole(text, old), _whole(text, new)))
    return Flag(
        "number-conflict",
        (one, other),
        f"“{one.of(text)}” and “{other.of(text)}” of the same: which number is right?",
    )


_BEFORE = re.compile(
    r"(?:at least|(?:as )?(?:more|many|much|fewer|less) (?:than|as)|no (?:fewer|less|more) than|over|up to"
    r"|under"
    r"|nearly|almost|about|around|roughly|some|approximately|all|an estimated|close to) $",
    re.I,
)

_NOUN = re.compile(r" (?!(?:of|since|in|on|at|and|or|to|by|for|from|the|a|over|last|this)\b)[^\W\d_]+")


def _whole(text: str, quantity: Quantity) -> Span:
    """The number with its *more than* and the word that says what is counted."""
    before = _BEFORE.search(text, max(0, quantity.at.start - 20), quantity.at.start)
    after = _NOUN.match(text, quantity.at.end)
    return Span(before.start() if before else quantity.at.start, after.end() if after else quantity.at.end)
