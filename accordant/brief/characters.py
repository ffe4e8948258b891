"""Characters that must not be obeyed: what reorders text, and what no page can hold."""

from __future__ import annotations

import re

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


def isolated(text: str) -> str:
    r"""Foreign text set apart in direction, for places without markup.

    A right-to-left name then does not reorder what stands around it.

    Examples
    --------
    >>> isolated("North")
    '\u2068North\u2069'
    """
    return f"{FIRST_STRONG}{visible(text)}{POP}"
