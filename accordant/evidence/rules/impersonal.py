"""Said by nobody in particular: ``it is known that``, ``reportedly``, ``is said to``, ``were told that``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.cues import Act
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import clause_end, noun_phrase_after
from accordant.evidence.phrases import Range, noun_phrase_before
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_BE = word_set("is are was were be been being")
_REPORTED = word_set(
    "known said reported announced told rumoured rumored claimed alleged informed understood agreed "
    "confirmed revealed stated disclosed noted acknowledged decided"
)
_BELIEVED = word_set("believed thought considered feared suspected assumed estimated judged deemed presumed")
_EXPECTED = word_set("expected predicted hoped anticipated forecast projected")
_KNOWN: dict[str, Act] = {
    **dict.fromkeys(_REPORTED, "claim"),
    **dict.fromkeys(_BELIEVED, "assessment"),
    **dict.fromkeys(_EXPECTED, "forecast"),
}
_EMPTY = word_set("it there")
_EVIDENTIAL = word_set("reportedly allegedly supposedly purportedly apparently ostensibly")
_RUMOURS = word_set("reports rumours rumors claims allegations suggestions indications signs speculation")


def find_known(scope: Scope) -> Iterator[Frame]:
    """``It is known that …``, ``there are reports that …``."""
    words = scope.words
    for k in scope.places(_EMPTY, last=2):
        cue_end = _it_is_known(words, k, scope.hi) or _there_are_reports(words, k, scope.hi)
        if not cue_end:
            continue
        source, start = _agent(words, cue_end, scope.hi)
        if words.low(start) != "that" or start + 1 >= scope.hi:
            continue
        end, tail = clause_end(words, start + 1, scope.hi)
        act = _KNOWN.get(words.low(cue_end - 1), "claim")
        yield Frame("known", (k, cue_end), act, ((start + 1, end),), source, tail, plain=source is None)


def find_said_to(scope: Scope) -> Iterator[Frame]:
    """``The envoys are said to …``, ``captives thought to be …``, ``families were told that …``."""
    words = scope.words
    for k in scope.places(_KNOWN.keys(), first=1, last=1):
        act = _KNOWN[words.low(k)]
        if words[k].cap:
            continue
        start = _passive_start(words, k, scope.lo)
        source, after = _agent(words, k + 1, scope.hi)
        if words.low(after) == "that" and start < k and words.low(k) in ("told", "informed"):
            end, tail = clause_end(words, after + 1, scope.hi)
            if end > after + 1:
                told = noun_phrase_before(words, start, scope.lo)
                yield Frame(
                    "said-to", (k, k + 1), act, ((after + 1, end),), source, tail, told, plain=not source
                )
        elif words.low(after) == "to" and words.low(k) not in ("told", "informed", "agreed", "decided"):
            yield from _raised(scope, k, start, after, act, source)


def _raised(scope: Scope, k: int, start: int, after: int, act: Act, source: Range | None) -> Iterator[Frame]:
    """The subject and what it is said to be or do."""
    words = scope.words
    if start == k and words.low(after + 1) not in ("be", "have"):
        return  # “expected to” after a noun, without an auxiliary, is a participle only before be and have
    subject = noun_phrase_before(words, start, scope.lo)
    if subject is None:
        return
    end, tail = clause_end(words, after, scope.hi, phrase=True)
    if start == k:  # “the rebels said to be behind it [have not been found]”
        end = next((j for j in range(after + 2, end) if words.finite(j)), end)
    content = (_last_noun_phrase(words, subject) if start == k else subject, (after, end))
    yield Frame(
        "said-to",
        (k, k + 1),
        act,
        content,
        source,
        tail,
        plain=source is None,
        reads=((content[0][0], end),),
    )


def _last_noun_phrase(words: Words, subject: Range) -> Range:
    """For a participle only the noun it stands beside: ``the release of [captives] thought to …``."""
    for k in range(subject[1] - 1, subject[0], -1):
        if words.low(k - 1) in w.PREPOSITIONS:
            return k, subject[1]
    return subject


def find_evidential(scope: Scope) -> Iterator[Frame]:
    """An adverb that names nobody: ``The two sides have reportedly met``."""
    words = scope.words
    for k in scope.places(_EVIDENTIAL):
        first, end = _clause_around(words, k, scope)
        before = (first, k) if k > first else None
        after = (k + 1, end) if k + 1 < end else None
        parts = tuple(p for p in (before, after) if p and any(words[j].word for j in range(*p)))
        if (parts and any(words.finite(j) or words[j].verb for p in parts for j in range(*p))) or len(
            parts
        ) == 2:
            yield Frame("reportedly", (k, k + 1), "claim", parts, plain=True, reads=((first, end),))
            return


def _clause_around(words: Words, k: int, scope: Scope) -> Range:
    first = k
    while first > scope.lo and words[first - 1].text not in (",", ";", ":", "—", "–"):
        said = words[first - 1].verb
        if words.low(first - 1) in ("that", "and", "but") or (
            said is not None and said.form in ("past", "s")
        ):
            break
        first -= 1
    return first, clause_end(words, k, scope.hi)[0]


def _it_is_known(words: Words, k: int, hi: int) -> int:
    if words.low(k) != "it":
        return 0
    j = k + 1
    while j < hi and (words.low(j) in w.AUXILIARIES or words[j].adverb) and words.low(j) != "not":
        j += 1
    return (
        j + 1
        if j > k + 1 and j < hi and words.low(j) in _KNOWN and words.low(j - 1) not in ("has", "had")
        else 0
    )


def _there_are_reports(words: Words, k: int, hi: int) -> int:
    if words.low(k) != "there" or words.low(k + 1) not in w.AUXILIARIES:
        return 0
    for j in range(k + 2, min(hi, k + 6)):
        if words.low(j) in _RUMOURS:
            return j + 1
    return 0


def _passive_start(words: Words, k: int, lo: int) -> int:
    """Where the auxiliaries of a passive begin; ``k`` itself when there are none."""
    j = k
    seen = False
    while j > lo and (words.low(j - 1) in w.AUXILIARIES or words[j - 1].adverb):
        if words.low(j - 1) in ("not", "never"):
            break
        seen = seen or words.low(j - 1) in _BE
        j -= 1
    return j if seen else k


def _agent(words: Words, k: int, hi: int) -> tuple[Range | None, int]:
    """Who said it after all: ``it was announced by the ministry that``."""
    if words.low(k) == "by" and k + 1 < hi:
        found = noun_phrase_after(words, k + 1, hi)
        if found is not None:
            return found, found[1]
    return None, k


KNOWN = Rule(
    "known",
    "it is known, said, believed that; there are reports that: nobody is named",
    (
        "It is known that the works manager lives upstream.",
        "",
        "It is known",
        "the works manager lives upstream",
    ),
    find_known,
    _EMPTY,
)
SAID_TO = Rule(
    "said-to",
    "is said, believed, expected to; thought to be; were told that: the subject is not the source",
    (
        "The two sides are said to be close to a truce.",
        "",
        "said",
        "The two sides are said to be close to a truce",
    ),
    find_said_to,
    _KNOWN.keys(),
)
REPORTEDLY = Rule(
    "reportedly",
    "reportedly, allegedly, apparently: nobody is named",
    (
        "The council has reportedly shelved the ferry plan.",
        "",
        "reportedly",
        "The council has reportedly shelved the ferry plan",
    ),
    find_evidential,
    _EVIDENTIAL,
)
