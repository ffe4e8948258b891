"""Said by nobody in particular: ``it is known that``, ``reportedly``, ``is said to``, ``were told that``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.clauses import clause_end
from accordant.evidence.content import clause_begins, past_manner
from accordant.evidence.cues import Act
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import noun_phrase_after
from accordant.evidence.phrases import Range, noun_phrase_before
from accordant.evidence.plausible import can_speak
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_BE = word_set("is are was were be been being")
_REPORTED = word_set(
    "known said reported announced told rumoured rumored claimed alleged informed understood agreed "
    "confirmed revealed stated disclosed noted acknowledged decided recalled remembered stressed excluded "
    "emphasised emphasized clear"
)
_BELIEVED = word_set("believed thought considered feared suspected assumed estimated judged deemed presumed")
_EXPECTED = word_set("expected predicted hoped anticipated forecast projected")
_KNOWN: dict[str, Act] = {
    **dict.fromkeys(_REPORTED, "claim"),
    **dict.fromkeys(_BELIEVED, "assessment"),
    **dict.fromkeys(_EXPECTED, "forecast"),
}
_WHEN = word_set("in on by before after at from within next this later soon")
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
        start = _past_comma(words, start, scope.hi)
        if words.low(start) == "that":
            start += 1
        elif words.low(k) != "it" or not clause_begins(words, start, scope.hi, sure=True):
            continue
        if start >= scope.hi:
            continue
        end, tail = clause_end(words, start, scope.hi)
        act = _KNOWN.get(words.low(cue_end - 1), "claim")
        if words.low(k) == "there":  # “there are [reports] that”
            k = cue_end - 1
        yield Frame("known", (k, cue_end), act, ((start, end),), source, tail, plain=source is None)


def find_said_to(scope: Scope) -> Iterator[Frame]:
    """``The envoys are said to …``, ``captives thought to be …``, ``families were told that …``."""
    words = scope.words
    for k in scope.places(_KNOWN.keys(), first=1, last=1):
        act = _KNOWN[words.low(k)]
        if words[k].cap:
            continue
        start = _passive_start(words, k, scope.lo)
        source, after = _agent(words, k + 1, scope.hi)
        if words.low(k) == "expected" and start < k and words.low(after) in _WHEN:
            subject = noun_phrase_before(words, start, scope.lo)
            if subject is not None:
                end, tail = clause_end(words, after, scope.hi, phrase=True)
                negative = any(words.low(j) == "not" for j in range(start, k))
                parts = (subject, (after, end))
                yield Frame("said-to", (k, k + 1), act, parts, source, tail, plain=True, negative=negative)
        elif words.low(after) == "to" and words.low(k) not in ("told", "informed", "agreed", "decided"):
            yield from _raised(scope, k, start, after, act, source)


def find_passive(scope: Scope) -> Iterator[Frame]:
    """``Families were told that …``, ``crews have been promised a bonus``, ``the plan was rejected by …``."""
    words = scope.words
    for k in scope.places(PASSIVES, first=1):
        start = _passive_start(words, k, scope.lo)
        if start == k or words[k].cap:
            continue
        subject = noun_phrase_before(words, start, scope.lo)
        contracted = words.low(start) in w.CONTRACTED
        source, after = _agent(words, k + 1, scope.hi)
        negated = any(words.low(j) in w.NEGATIONS for j in range(start, k))
        bare = words.low(start) == "be" and words.low(start - 1) not in w.MODALS
        if (subject is None and not contracted) or negated or bare:
            continue  # “recommended that crews be told”: nobody has told them
        if subject is not None and words.low(subject[0] - 1) in ("what", "if", "unless"):
            continue
        cue, low = (k, k + 1), words.low(k)
        found = _told_what(words, k, after, scope.hi)
        if found is not None:
            part, tail, size = found
            told = subject if low in _TOLD else None
            act = _PASSIVE_ACTS.get(low, "claim")
            cue = (k, k + 1 + size)
            yield Frame("passive", cue, act, (part,), source, tail, told, plain=source is None)
        elif subject is not None and low in _DONE and (source is not None or low in _OFFERED):
            yield from _done_by(scope, k, subject, source, after)


def _told_what(words: Words, k: int, after: int, hi: int) -> tuple[Range, Range | None, int] | None:
    """What somebody was told, asked or promised, and how many words more the cue has."""
    low, next_ = words.low(k), words.low(after)
    after = _past_comma(words, after, hi)
    if after >= hi:
        return None
    next_ = words.low(after)
    if low in _TOLD and next_ == "that" and after + 1 < hi:
        return (*_to_end(words, after + 1, hi), 0)
    if low in _ASKED and next_ == "to" and after + 1 < hi:
        return (*_to_end(words, after, hi, phrase=True), 0)
    if low == "asked" and next_ == "for" and after + 1 < hi:
        return (*_to_end(words, after + 1, hi, phrase=True), 1)
    if low in _TOLD and low != "warned" and clause_begins(words, after, hi, sure=low == "told"):
        return (*_to_end(words, after, hi), 0)
    thing = next_ in w.DETERMINERS or next_ in w.NUMBERS or next_[:1].isdigit()
    if low in _PROMISED and thing and words.low(after) not in ("this", "that"):
        return (*_to_end(words, after, hi, phrase=True), 0)
    if low == "told" and (words[after].quote or (thing and hi - after <= 3)):
        return (*_to_end(words, after, hi, phrase=True), 0)
    return None


def _past_comma(words: Words, k: int, hi: int) -> int:
    """Past a time or a manner between the participle and what is said: ``warned in writing that``."""
    later = past_manner(words, k, hi)
    return later if later > k and words.low(later) in ("that", "to") else k


def _to_end(words: Words, k: int, hi: int, phrase: bool = False) -> tuple[Range, Range | None]:
    end, tail = clause_end(words, k, hi, phrase=phrase)
    return (k, end), tail


def _done_by(scope: Scope, k: int, subject: Range, source: Range | None, after: int) -> Iterator[Frame]:
    """``The figure was [floated] by an aide``, ``a meeting has been [offered] for May``."""
    words = scope.words
    act = _PASSIVE_ACTS[words.low(k)]
    if source is not None:
        if can_speak(words, source):
            negative = act in ("denial", "rejection")
            yield Frame("passive", (k, k + 1), act, (subject,), source, negative=negative)
        return
    end = clause_end(words, after, scope.hi, phrase=True)[0] if after < scope.hi else after
    if words.low(after) in ("for", "to", "in", "on", "until", "before"):
        yield Frame("passive", (k, k + 1), act, (subject, (after, end)), plain=True)
    elif after >= scope.hi:
        yield Frame("passive", (k, k + 1), act, (subject,), plain=True)


_TOLD = word_set("told informed assured warned advised notified")
_ASKED = word_set("told asked instructed ordered urged requested advised invited encouraged warned")
_PROMISED = word_set("promised offered guaranteed")
_OFFERED = word_set("offered promised proposed demanded")
_PASSIVE_ACTS: dict[str, Act] = {
    **dict.fromkeys(("told", "informed", "assured", "notified"), "claim"),
    **dict.fromkeys(("warned", "advised"), "forecast"),
    **dict.fromkeys(
        ("asked", "instructed", "ordered", "urged", "requested", "invited", "encouraged"), "demand"
    ),
    **dict.fromkeys(("promised", "guaranteed"), "promise"),
    **dict.fromkeys(("offered", "proposed", "floated", "suggested", "tabled"), "offer"),
    **dict.fromkeys(("rejected", "dismissed", "opposed", "refused"), "rejection"),
    **dict.fromkeys(("denied", "disputed"), "denial"),
    **dict.fromkeys(("condemned", "criticised", "criticized", "denounced"), "blame"),
    **dict.fromkeys(("welcomed", "endorsed", "accepted"), "agreement"),
    "demanded": "demand",
}
_DONE = frozenset(_PASSIVE_ACTS) - _TOLD - _ASKED - {"requested", "guaranteed"}
PASSIVES = frozenset(_PASSIVE_ACTS)


def _raised(scope: Scope, k: int, start: int, after: int, act: Act, source: Range | None) -> Iterator[Frame]:
    """The subject and what it is said to be or do."""
    words = scope.words
    known = words.low(after + 1) in ("be", "have") or words.low(k) in ("thought", "believed", "said", "known")
    if start == k and not known:
        return  # “expected to” after a noun, without an auxiliary, is a participle only before be and have
    subject = noun_phrase_before(words, start, scope.lo)
    if subject is None:
        return
    end, tail = clause_end(words, after, scope.hi, phrase=True)
    if start == k:  # “the rebels said to be behind it [have not been found]”
        end = next((j for j in range(after + 2, end) if words.finite(j) and not _passive_at(words, j)), end)
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


def _passive_at(words: Words, k: int) -> bool:
    """Whether a form is a participle after *be*: ``to be held``."""
    return words.low(k) in w.PASSIVES and words.low(k - 1) in ("be", "been", "being")


def _last_noun_phrase(words: Words, subject: Range) -> Range:
    """For a participle only the noun it stands beside: ``the release of [captives] thought to …``."""
    for k in range(subject[1] - 1, subject[0], -1):
        before = words.low(k - 1)
        acts = words.low(k) in w.DETERMINERS and before.endswith("ed") and not words[k - 1].cap
        if before in w.PREPOSITIONS or acts:
            return k, subject[1]
    return subject


def find_evidential(scope: Scope) -> Iterator[Frame]:
    """An adverb that names nobody: ``The two sides have reportedly met``."""
    words = scope.words
    for k in scope.places(_EVIDENTIAL):
        first, end = _clause_around(words, k, scope)
        before = (first, k) if k > first else None
        if before is None and words.low(k - 1) == ",":  # after an aside: the subject stands before it
            before = noun_phrase_before(words, k, scope.lo)
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
    end = clause_end(words, k, scope.hi)[0]
    for j in range(k + 1, end):
        second = words[j].text == "," and words.low(j + 1) in ("but", "and") and j + 2 < end
        if second and (words.finite(j + 2) or words.past(j + 2) or words[j + 2].verb is not None):
            end = j  # “has reportedly agreed to pay, but wants a say”
            break
    return first, end


def _it_is_known(words: Words, k: int, hi: int) -> int:
    if words.low(k) != "it":
        return 0
    j = k + 1
    if words.low(k - 1) in ("let", "lets", "make", "made", "makes"):
        return 0  # “let it be known”: somebody does
    while j < hi and words[j].helper and (words.low(j) != "not" or words.low(j + 1) == "excluded"):
        j += 1
    if words.low(j) == "made" and words.low(j + 1) in ("clear", "plain", "known"):
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
        if words.low(j - 1) in ("not", "never") and words.low(k) != "expected":
            break
        seen = seen or words.low(j - 1) in _BE or words.low(j - 1).endswith(("’m", "’re"))
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
PASSIVE = Rule(
    "passive",
    "was told, asked, promised or offered something; was proposed or rejected by somebody",
    (
        "Families were promised an answer within the week.",
        "",
        "promised",
        "an answer within the week",
    ),
    find_passive,
    PASSIVES,
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
