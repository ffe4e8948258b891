"""Places as a report writes them: the words, where they stand, and what happened there.

Grammar finds them, a small list of our own says which are known: ``in`` and ``at`` before a name,
``from`` and ``to`` after a verb of moving, ``the town of``. Roles say what a place is to what is told
of it: where talks are held, where words were said, where somebody comes from or goes to, where
something happened.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Literal

from accordant.evidence import words as w
from accordant.evidence.gazetteer import KNOWN
from accordant.evidence.lexicon import WordClass, matches_at, starts_in
from accordant.evidence.records import record
from accordant.evidence.spans import Span
from accordant.evidence.words import word_set

Role = Literal["talks", "said", "from", "to", "happened"]

_NAME = r"[A-Z][\w’'-]*(?:[^\S\n](?:(?:de|del|la|al|el|on|upon|and|sur)[^\S\n])?[A-Z][\w’'-]*){0,3}"
_KIND = (
    r"(?:town|city|village|port|island|islands|valley|district|province|region|state|county|capital|camp"
    r"|crossing"
    r"|bridge|pass|coast|suburb|hamlet|harbour|strait|gulf)"
)
_PLACE = re.compile(
    rf"\b(?P<by>[Ii]n|[Aa]t|[Nn]ear|[Oo]utside|[Ii]nside|[Aa]round|[Aa]cross|[Oo]ff|[Ff]rom|[Tt]o|[Ii]nto"
    rf"|[Tt]owards?"
    rf"|[Vv]ia|[Ff]or|[Ll]eft|[Ll]eaving|[Rr]eached|[Ee]ntered|[Ff]led)[^\S\n]"
    rf"(?P<head>(?:the[^\S\n])?(?:(?!from|to|the|in"
    rf"|at)[a-z-]+[^\S\n]){{0,2}}?{_KIND}[^\S\n](?:of[^\S\n])?|(?:[a-z]+ern|central|upper|lower"
    rf"|the)[^\S\n])?(?P<name>{_NAME})"
)
_LEAD_WORDS = word_set(
    "in at near outside inside around across off from to into toward towards via for left leaving reached "
    "entered fled"
)
_LEADS = WordClass(lambda word: word[0].lower() + word[1:] in _LEAD_WORDS)
_TALKS = re.compile(
    r"\b(?:talks?|negotiations?|negotiate\w*|consultations?|discussions?|summit|conference|met|meet|meets"
    r"|meeting"
    r"|mediat\w+|round|session|sign(?:ed|ing)?|convened?)\b",
    re.I,
)
_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|tell|wrote|writes|announced|declared|added|warned|reporters|journalists"
    r"|interview|statement|speech|briefing|rally|hearing)\b",
    re.I,
)
_MOVING = re.compile(
    r"\b(?:came|come|comes|coming|arriv\w+|return\w*|fle[de]\w*|travel\w*|flew|fly|flying|drove|sail\w+"
    r"|mov\w+|went|go"
    r"|going|gone|sent|send|deport\w+|evacuat\w+|withdr[ae]w\w*|escap\w+|left|leav\w+|transferr?\w*|taken"
    r"|brought"
    r"|head(?:ed|ing)|ship\w*|road|ferry|train|flight|convoy\w*|envoys?|delegat\w+|from)\b",
    re.I,
)
_FROM = word_set("from left leaving fled")
_TO = word_set("to into toward towards for reached entered")
_NO_PLACES = word_set(
    "english french arabic spanish german russian chinese hebrew persian turkish portuguese italian "
    "parliament "
    "congress senate god christmas easter ramadan internet twitter facebook article clause annex paragraph "
    "section chapter i mr mrs ms dr"
)


@record
class Located:
    """A place as written.

    Attributes
    ----------
    name
        The name alone: *Ulm* of *the town of Ulm*.
    role
        ``talks`` where talks are held, ``said`` where it was said, ``from`` and ``to`` of whoever
        moves, ``happened`` for everything else that takes place there.
    known
        Whether the name is in the small list of countries and cities.
    """

    text: str
    at: Span
    name: str
    role: Role
    known: bool

    def to_json(self) -> dict[str, Any]:
        """One entry of ``places`` in ``read --json``."""
        return {
            "text": self.text,
            "at": list(self.at),
            "name": self.name,
            "role": self.role,
            "known": self.known,
        }


def places_in(text: str, span: Span) -> tuple[Located, ...]:
    """The places written in one sentence.

    Examples
    --------
    >>> text = "The envoys met in Doha, and families fled from the town of Ulm to Port Sellard."
    >>> [(p.text, p.role) for p in places_in(text, Span(0, len(text)))]
    [('Doha', 'talks'), ('the town of Ulm', 'from'), ('Port Sellard', 'to')]
    """
    found = []
    for match in matches_at(_PLACE, text, span, starts_in(text, span, _LEADS)):
        name, head = match.group("name"), match.group("head") or ""
        name, size = _bare(name)
        if not name or not _is_place(name, head):
            continue
        if head.strip() == "the" and name.lower() not in KNOWN and name.split()[-1].lower() not in _NATURE:
            continue  # “from the Councils”
        start = match.start("head") if head and head.strip() != "the" else match.start("name")
        at = Span(start, match.start("name") + size)
        role = _role(text, span, match.group("by").lower(), match.start(), name, bool(head.strip("the \t")))
        if role is not None:
            found.append(Located(at.of(text), at, name, role, name.lower() in KNOWN))
    return tuple(found)


def _bare(name: str) -> tuple[str, int]:
    """The name up to a possessive or a month, and its length in the text."""
    kept = []
    for word in name.split():
        if word.lower().rstrip(".") in w.MONTHS or word.lower() in w.WEEKDAYS:
            break
        if word.endswith(("’s", "'s")):
            kept.append(word[:-2])
            break
        kept.append(word)
    while kept and kept[-1] in ("de", "del", "la", "al", "el", "on", "upon", "and", "sur"):
        kept.pop()
    bare = " ".join(kept)
    return bare, name.find(kept[-1]) + len(kept[-1]) if kept else 0


@lru_cache(maxsize=5_000)
def _is_place(name: str, head: str) -> bool:
    low = name.lower()
    if low in KNOWN or (head and head.strip() != "the" and not head.strip().endswith("ern")):
        return True
    parts = low.split()
    if any(part in _NO_PLACES or part in w.TITLES for part in parts):
        return False
    body = parts[-1] in w.INSTITUTIONS | w.MEDIA | _BODIES and parts[-1] not in _LAND
    return not body and not (name.isupper() and len(name) < 6)


_BODIES = word_set(
    "council ministry union league federation association university institute company group office court "
    "bank "
    "agency board committee commission party front movement assembly society foundation times post herald "
    "courier"
)
_NATURE = word_set(
    "river lake valley island islands mountains hills coast strait gulf bridge pass delta hague"
)
_LAND = word_set(
    "city district province state region port town village kingdom republic country municipality mine"
)


def _role(text: str, span: Span, by: str, at: int, name: str, headed: bool) -> Role | None:
    before = text[max(span.start, at - 60) : at]
    if by in _FROM or by in _TO:
        moves = by in ("left", "leaving", "fled", "reached", "entered", "into") or _MOVING.search(before)
        if not moves and not (headed or name.lower() in KNOWN):
            return None
        if by in ("to", "for") and not moves:
            return None
        return "from" if by in _FROM else "to"
    near = text[max(span.start, at - 40) : at]
    if _TALKS.search(near):
        return "talks"
    if _SAYING.search(near):
        return "said"
    return "happened"
