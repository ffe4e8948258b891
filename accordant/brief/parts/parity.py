"""Whether the case treats its parties alike: who is heard, what the parties are called, which words lean."""

from __future__ import annotations

from collections import Counter

from accordant.brief import words
from accordant.brief.context import Context
from accordant.brief.document import Block, Paragraph, Rich, Said, Text, joined, rich
from accordant.brief.parts import sources
from accordant.evidence.parity import ParityResult

MOST = 4
"""Most words that lean named one by one."""


def blocks(context: Context) -> tuple[Block, ...]:
    """Counts of claims by party and side, then a paragraph on names and on words that lean."""
    found = context.opened.parity(restricted=context.handling.released)
    return (
        sources.parity(context),
        Paragraph("parity-words", rich(_names(context, found), " ", _leaning(found))),
    )


def _names(context: Context, found: ParityResult) -> Rich:
    """Which parties are called by something else than their name, in the words of the case itself."""
    others: dict[str, Counter[str]] = {}
    for one in found.names:
        if one.as_ == "alias" and one.analyst:
            others.setdefault(one.party, Counter())[one.words] = one.analyst
    if not others:
        return rich("In its own words the case calls every party by its name.")
    told = [
        rich(context.party(party), " ", joined([_times(name, n) for name, n in called.most_common(2)], ", "))
        for party, called in others.items()
    ]
    return rich("Besides their names, the case's own words call ", joined(told, "; "), ".")


def _often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count) or f"{words.number(count)} times"


def _times(name: str, count: int) -> Rich:
    return rich("“", Said(name), f"” ({_often(count)})")


def _leaning(found: ParityResult) -> Rich:
    own = Counter(one.word for one in found.leaning)
    quoted = sum(found.quoted.values())
    aside = f" Quotations use {words.counted(quoted, 'such word', 'such words')}." if quoted else ""
    if not own:
        return rich(f"None of the case's own words is on the list of words that take a side.{aside}")
    named = [rich("“", Text(word), f"” ({_often(n)})") for word, n in own.most_common(MOST)]
    more = f", and {words.number(len(own) - MOST)} more" if len(own) > MOST else ""
    return rich("Words of the case itself that take a side: ", joined(named, ", "), f"{more}.{aside}")
