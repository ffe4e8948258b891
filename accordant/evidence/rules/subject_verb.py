"""Subject, verb, what is said: ``The union said (that) …``, ``the board claims two thirds …``."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence import words as w
from accordant.evidence.content import Content, act_of, content_after
from accordant.evidence.cues import PARTICLES, Act, Verb
from accordant.evidence.frames import Frame, Rule, Scope
from accordant.evidence.onward import noun_phrase_after
from accordant.evidence.phrases import Range, noun_phrase_before, verb_group
from accordant.evidence.plausible import can_speak, cannot_speak, head_of
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_BODILY = word_set(
    "propose reject recommend demand oppose deny welcome blame agree offer promise request urge"
)
"""What a body does and a thing does not, so that *it* may stand for the one before."""
_NOBODY = word_set("nobody none few nothing no")
_CAUSES_DOUBT = word_set("if unless whether")


def find(scope: Scope) -> Iterator[Frame]:
    """Every subject–verb–content frame in the scope, from the left, none inside another's content."""
    words = scope.words
    after = scope.lo
    for k in scope.verbs:
        if k < after:
            continue
        frame = frame_at(words, k, scope.lo, scope.hi)
        if frame is not None:
            yield frame
            after = max(frame.content[-1][1], k + 1)


def frame_at(words: Words, k: int, lo: int, hi: int) -> Frame | None:
    """The frame of the verb at ``k``, or None when it attributes nothing here."""
    verb = words[k].verb
    if verb is None or (words[k].cap and k > lo and verb.noun_too):
        return None
    if verb.lemma == "brief" and words.low(k + 1) in w.PREPOSITIONS:
        return None  # “a person briefed on the plan”
    group = verb_group(words, k, lo)
    if verb.lemma == "say" and words.lows[max(lo, k - 3) : k] in _HAD_THIS:
        return _had_this(words, k, lo, hi)
    negated = group.kind == "negated" and verb.lemma in _NOT_DOING and _undone(words, group.start, k)
    if not (group.kind == "finite" or negated) or (verb.noun_too and not _verb_here(words, k, verb)):
        return None
    source = noun_phrase_before(words, group.start, lo)
    if source is None or _conditional(words, source[0], lo) or words.low(source[0]) in _NOBODY:
        return None
    if verb.form == "base" and group.start == k and not _plural(words, source):
        return None  # “demanding that the council accept …”
    source = _antecedent(words, source, lo)
    if source is None:
        return None
    if verb.lemma == "want" and words.low(source[0]) in w.SUBJECT_PRONOUNS:
        return None
    content = content_after(words, k, hi)
    if content is not None and content.told is not None and words.low(content.told[0]) == "you":
        return None  # “the people who tell you that …”
    if content is None or not _credible(words, verb, source, content):
        return None
    if group.start == k and _done_to(words, k, verb, content):
        return None
    if verb.lemma in ("refuse", "decline") and _keeps_silent(words, content):
        return None
    if verb.lemma in ("ask", "request", "wish") and _stays_unnamed(words, content):
        return None
    return Frame(
        "subject-verb",
        (k, content.cue_end),
        act_of(verb, content) if not negated else _NOT_DOING[verb.lemma],
        _points(words, content.part),
        source,
        tail=content.tail,
        told=content.told,
        negative=negated or act_of(verb, content) in ("denial", "rejection") or verb.lemma == "doubt",
    )


_GIVES = word_set("offer promise guarantee deny refuse request demand table")
_SILENT = word_set("say comment confirm answer discuss name identify elaborate specify disclose explain tell")


def _done_to(words: Words, k: int, verb: Verb, content: Content) -> bool:
    """Whether the subject got it: ``workers [promised] bonuses are waiting``, or a headline's participle."""
    if verb.form != "past" or not verb.participle or verb.lemma not in _GIVES or content.kind != "phrase":
        return False
    if words.headline:
        return True
    given = noun_phrase_after(words, content.part[0], content.part[1])
    if given is None or given[1] >= content.part[1]:
        return False
    j = given[1]
    acts = words.finite(j) or words.past(j) or words.low(j) in w.MODALS
    return acts and words.quoted[j] == words.quoted[k] and words.low(j - 1) not in w.RELATIVES


def _keeps_silent(words: Words, content: Content) -> bool:
    """``refused to say whether``: nothing is said."""
    first = content.part[0]
    first += words.low(first) == "to"
    if words.low(first) not in _SILENT:
        return False
    after = words.low(first + 1)
    return after in ("whether", "who", "whom", "what", "where", "when", "why", "how", "if", "on") or (
        first + 1 >= content.part[1] or words.low(first) != "say"
    )


_HAD_THIS = (("had", "this", "to"), ("has", "this", "to"), ("have", "this", "to"))


def _had_this(words: Words, k: int, lo: int, hi: int) -> Frame | None:
    """``The mayor had this to [say] about the sale: …``."""
    source = noun_phrase_before(words, k - 3, lo) if k - 3 > lo else None
    colon = next((j for j in range(k + 1, min(hi, k + 14)) if words[j].text == ":"), None)
    if source is None or colon is None or colon + 1 >= hi:
        return None
    return Frame("subject-verb", (k - 3, k + 1), "claim", ((colon + 1, hi),), source)


_NOT_DOING: dict[str, Act] = {
    "accept": "rejection",
    "agree": "rejection",
    "endorse": "rejection",
    "believe": "assessment",
    "consider": "assessment",
    "regard": "assessment",
    "expect": "forecast",
    "intend": "rejection",
}
"""Verbs that say something when they are denied: ``does not accept``."""
_DO = word_set("do does don’t doesn’t did didn’t cannot can’t will won’t not never still also")


def _undone(words: Words, start: int, verb: int) -> bool:
    """Whether somebody *does not* or *will not*, and nobody merely *has not*."""
    group = words.lows[start:verb]
    if words.low(verb) == "agree" and ("did" in group or "didn’t" in group):
        return False  # “the sides did not agree the number”
    return verb > start and all(low in _DO or words[start + n].adverb for n, low in enumerate(group))


def _points(words: Words, part: Range) -> tuple[Range, ...]:
    """What is said in lettered points, a piece for each: ``(a) to reopen; (b) to pay``."""
    first, end = part
    if words.low(first) != "(" or words.low(first + 2) != ")":
        return (part,)
    marks = [
        k
        for k in range(first, end - 3)
        if words.low(k) == "(" and words.low(k + 2) == ")" and len(words.low(k + 1)) <= 3
    ]
    pieces = []
    for mark, after in zip(marks, [*marks[1:], end], strict=True):
        stop = after
        while stop > mark + 3 and (not words[stop - 1].word or words.low(stop - 1) in ("and", "or")):
            if words[stop - 1].quote:
                break
            stop -= 1
        pieces.append((mark + 3, stop))
    return tuple(p for p in pieces if p[1] > p[0])


def _stays_unnamed(words: Words, content: Content) -> bool:
    """``asked not to be named``: why a source has no name, and nothing that it says."""
    first, end = content.part
    return words.low(first) == "not" and any(
        words.low(k) in _UNNAMED for k in range(first + 2, min(end, first + 6))
    )


_UNNAMED = word_set("named identified quoted photographed recorded filmed")


def _verb_here(words: Words, k: int, verb: Verb) -> bool:
    """Whether a form that is a noun as well is a verb here."""
    before = words.low(k - 1)
    if before in w.DETERMINERS or before in w.PREPOSITIONS or before.endswith(("’s", "s’")) or before == "to":
        return False
    after = words.low(k + 1)
    if after == "that" or (k + 1 < len(words) and (words[k + 1].quote or after in (":",))):
        return True
    if (
        verb.form == "base"
        and not before.endswith("s")
        and before not in ("they", "we", "i", "you", "people")
    ):
        return False
    if k + 1 >= len(words):
        return False
    following = words[k + 1]
    opens = after in w.DETERMINERS or after in w.SUBJECT_PRONOUNS or after in w.NUMBERS or after[:1].isdigit()
    told = "i" in verb.takes and after == "to"
    named = following.cap and not following.adverb
    subject_named = words[k - 1].cap or before in w.SUBJECT_PRONOUNS or before == "who"
    return opens or told or (named and before not in w.COORDINATORS) or (subject_named and following.word)


def _plural(words: Words, source: Range) -> bool:
    """Whether a subject goes with a verb without -s."""
    first, end = source
    low = words.low(first)
    if low in ("they", "we", "i", "you", "who", "which", "police", "people", "staff") or low in w.QUANTIFIERS:
        return True
    if low in w.NUMBERS or any(
        words.low(k) in ("and", "people", "men", "women", "police") for k in range(first, end)
    ):
        return True
    head = words.low(head_of(words, source))
    return head.endswith("s") and not head.endswith(("ss", "’s"))


def _conditional(words: Words, first: int, lo: int) -> bool:
    """``if the union says …``: nobody has said it."""
    return first - 1 >= lo and words.low(first - 1) in _CAUSES_DOUBT


def _antecedent(words: Words, source: Range, lo: int) -> Range | None:
    """For ``who`` and ``which`` the noun phrase they stand for."""
    low = words.low(source[0])
    if source[1] - source[0] > 1 or low not in ("who", "which", "that"):
        return source
    end = source[0] - (words.low(source[0] - 1) == ",")
    return noun_phrase_before(words, end, lo) if end > lo else None


def _credible(words: Words, verb: Verb, source: Range, content: Content) -> bool:
    if verb.lemma in PARTICLES and verb.lemma != "rule":
        return True
    if verb.lemma != "say" and cannot_speak(words, source):
        return False
    if words.low(source[0]) == "it" and (verb.weak or (content.kind == "clause" and verb.noun_too)):
        if verb.lemma in ("show", "feel", "mean"):
            return False
        return content.kind in ("that", "quote") or (verb.lemma in _BODILY and verb.form == "past")
    strict = verb.weak or content.kind in ("phrase", "infinitive", "gerund", "object")
    return not strict or can_speak(words, source)


RULE = Rule(
    "subject-verb",
    "somebody, a verb of saying, and what is said: a clause with or without that, a quotation, or what "
    "is offered, demanded or denied",
    (
        "The river board claims that two thirds of the wells are dry.",
        "The river board",
        "claims",
        "two thirds of the wells are dry",
    ),
    find,
    verbs=True,
)
