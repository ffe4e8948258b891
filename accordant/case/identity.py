"""Whether two sources may be one, as far as a case or a report tells.

Two sources are surely one by an id, a name or an entry of the register; that is settled elsewhere.
What is asked here is whether two others *could* be one. Only what is certainly different counts twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from accordant.case.objects import Party
from accordant.case.sources import OriginKind

_WORD = re.compile(r"[^\W_]+")
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "prof", "professor", "sir", "lord", "lady", "dame", "rev"])
_SMALL = frozenset(
    word
    for words in ("a an the of for in on at to by from with and or", "its his her their this that same")
    for word in words.split()
)
_GOVERNING = frozenset(["government", "administration", "cabinet", "state"])
_STEM = 5
"""Letters that an adjective and its name must share (*Norland*, *Norlandish*)."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source.

    Attributes
    ----------
    names
        Its name and whatever else it is called by, aliases among it.
    words
        How it is described; what it is told by where it has no name.
    side
        The party that it belongs to, where that is known.
    anyone
        Whether it is unnamed, so that it could be any of the others.
    """

    kind: OriginKind
    names: tuple[str, ...] = ()
    words: str = ""
    side: str | None = None
    anyone: bool = False


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """A name however it is written: case, spaces, marks that are not seen, the article, forms of letters.

    Examples
    --------
    >>> plain("The  Harbour\\u00a0Courier") == plain("harbour cou\\u200brier")
    True
    >>> plain("Jose\\u0301") == plain("JOSÉ")
    True
    """
    composed = unicodedata.normalize("NFKC", name)
    seen = "".join(c for c in composed if unicodedata.category(c) != "Cf")
    folded = unicodedata.normalize("NFKC", seen.casefold())
    return " ".join(folded.split()).removeprefix("the ")


def parties_by_name(parties: Mapping[str, Party]) -> dict[str, str]:
    """By each name (:func:`plain`) that only one party of a case has, aliases among them, that party.

    Examples
    --------
    >>> parties_by_name({"sill": Party(name="Sill", aliases=("the Movement",))})
    {'sill': 'sill', 'movement': 'sill'}
    """
    called: dict[str, set[str]] = {}
    for id_, party in parties.items():
        for name in (id_, party.name or "", *party.aliases):
            if plain(name):
                called.setdefault(plain(name), set()).add(id_)
    return {name: ids.pop() for name, ids in called.items() if len(ids) == 1}


def may_be_one(one: Known, other: Known) -> bool:
    """Whether two sources may be one.

    Those of different sides are two. Somebody unnamed may be anybody else. Names may be one where one
    holds the other (a surname and a full name, a state and its government), or by initials. Where one
    has no name, it may be the other if they share a word, and an office may be held by any person.

    Examples
    --------
    >>> ann, lee = Known("named", ("Ann Lee",)), Known("named", ("Lee",))
    >>> may_be_one(ann, lee), may_be_one(ann, Known("named", ("Bo Tan",)))
    (True, False)
    >>> may_be_one(ann, Known("described", (), "an aide", anyone=True))
    True
    """
    if one.side and other.side and one.side != other.side:
        return False
    if one.anyone or other.anyone:
        return True
    if one.names and other.names:
        return any(_names_alike(a, b) for a in one.names for b in other.names)
    if {one.kind, other.kind} == {"named", "role"}:
        return True
    ours, theirs = _content(one), _content(other)
    return not ours or not theirs or bool(ours & theirs)


def _content(known: Known) -> frozenset[str]:
    """Every word that tells something of a source."""
    return frozenset(w for text in (*known.names, known.words) for w in _tokens(text))


@lru_cache(maxsize=1 << 14)
def _tokens(name: str) -> frozenset[str]:
    """The words of a name without titles, small words, accents and the words for governing."""
    bare = "".join(c for c in unicodedata.normalize("NFD", plain(name)) if not unicodedata.combining(c))
    words = frozenset(_WORD.findall(bare))
    return (words - _TITLES - _SMALL or words) - _GOVERNING


def _names_alike(one: str, other: str) -> bool:
    ours, theirs = _tokens(one), _tokens(other)
    return _within(ours, theirs) or _within(theirs, ours)


def _within(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether every word of one name may stand for a word of the other, one at least in full."""
    if not ours:
        return True
    full = any(_same(a, b) for a in ours for b in theirs)
    return full and all(any(_same(a, b) or _initial(a, b) for b in theirs) for a in ours)


def _same(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= _STEM and long.startswith(short))


def _initial(one: str, other: str) -> bool:
    return min(len(one), len(other)) == 1 and one[0] == other[0]
