"""Which party of a case the words for a source name."""

from __future__ import annotations

import re
from collections import Counter

from accordant.case.objects import Case
from accordant.evidence.spans import Span

_WORDS = re.compile(r"[^\W_]+")


def party_in(case: Case, words: str) -> str | None:
    """The one party or constituency that is named in some words; None where there is none, or several.

    Names count as ids, names and aliases, and by their last word where no other party has it:
    *the Front* for the Southern Front.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"s": {"name": "Southern Front"}}})
    >>> party_in(case, "a spokesman for the Southern Front"), party_in(case, "the Front’s negotiator")
    ('s', 's')
    """
    names = {party: _names(case, party) for party in case.parties}
    found = _found(words, names, re.IGNORECASE)
    if not found:
        short = {party: {_WORDS.findall(n)[-1] for n in known if " " in n} for party, known in names.items()}
        held = Counter(word for known in short.values() for word in known)
        once = {p: {w for w in known if held[w] == 1 and w[:1].isupper()} for p, known in short.items()}
        found = _found(words, once, 0)
    return found.pop() if len(found) == 1 else None


def _names(case: Case, party: str) -> set[str]:
    about = case.parties[party]
    known = (party, about.name or "", *about.aliases)
    return {bare for name in known if (bare := re.sub(r"(?i)^the\s+", "", name.strip()))}


def _found(words: str, names: dict[str, set[str]], flags: int) -> set[str]:
    """Parties with a name in the words that is not part of a longer name of another one."""
    places = {
        (party, Span(*match.span()))
        for party, known in names.items()
        for name in known
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", words, flags)
    }
    return {
        party
        for party, at in places
        if not any(other.holds(at) and other != at and whose != party for whose, other in places)
    }
