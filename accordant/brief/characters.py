"""Characters that must not be obeyed: what reorders text, what no page can hold; the direction of text."""

from __future__ import annotations

import re
from unicodedata import bidirectional

FIRST_STRONG, POP = "\u2068", "\u2069"

_NAMES = {
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# Everything that XML 1.0 does not permit, the C1 controls, and lone surrogates.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def visible(text: str) -> str:
    """The text with reordering controls shown in brackets and impossible characters replaced.

    Marks that right-to-left languages need (LRM, RLM, ALM, joiners) stay. Line ends become line feeds.

    Examples
    --------
    >>> visible("safe" + chr(0x202E) + "exe")
    'safe[RLO]exe'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _IMPOSSIBLE.sub("\ufffd", _REORDERING.sub(lambda m: f"[{_NAMES[m.group()]}]", text))


def directions(text: str) -> tuple[bool, ...]:
    """For each letter that has a direction, in order: whether it is written from right to left.

    Examples
    --------
    >>> directions("a-" + chr(0x05D0))
    (False, True)
    """
    kinds = (bidirectional(c) for c in text)
    return tuple(kind != "L" for kind in kinds if kind in ("L", "R", "AL"))


def runs_leftward(text: str) -> bool:
    r"""Whether a text as a whole runs from right to left: its first letter decides.

    Examples
    --------
    >>> runs_leftward("(\u0627\u0644) A"), runs_leftward("A \u0627\u0644"), runs_leftward("12")
    (True, False, False)
    """
    return next(iter(directions(text)), False)


def any_leftward(text: str) -> bool:
    r"""Whether something in a text may reorder what stands beside it: letters or figures from the right.

    Examples
    --------
    >>> any_leftward("A \u0627\u0644"), any_leftward("\u0661\u0662"), any_leftward("A 12")
    (True, True, False)
    """
    return not text.isascii() and any(bidirectional(c) in ("R", "AL", "AN") for c in text)


def isolated(text: str) -> str:
    r"""Foreign text set apart in direction, for places without markup.

    A right-to-left name then does not reorder what stands around it.

    Examples
    --------
    >>> isolated("North")
    '\u2068North\u2069'
    """
    return f"{FIRST_STRONG}{visible(text)}{POP}"
