"""How wide words are, near enough to give the columns of a table their room.

Word measures text itself when it sets a page; what is wanted here is only which column needs how much of
it. Widths are those of Helvetica, in thousandths of the size of the type.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import category, east_asian_width

_GROUPS = {
    222: "ijl'‘’|",
    278: " \u00a0!,./:;I[]ft\\·",
    333: "()-r`“”",
    500: "ckszvxyJ",
    389: "*",
    611: "FTZ",
    667: "ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    944: "W",
    889: "%",
    1000: "…—@●○◐",
}
_WIDTH = {character: width for width, group in _GROUPS.items() for character in group}
_OTHER = 556
_BREAKS = re.compile(r"(?<=[-–/·])(?<!\d-(?=\d))|[ \n\t]+")
_RANGES = re.compile(r"(?<=\d{4}-\d\d) to (?=\d{4}-\d\d)|(?<=\d{4}-\d\d-\d\d) to (?=\d{4}-\d\d)")


def _width(character: str) -> int:
    if character in _WIDTH:
        return _WIDTH[character]
    if category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 1000 if east_asian_width(character) in "WF" else _OTHER


@lru_cache(maxsize=20000)
def wide(text: str, size: float, bold: bool = False) -> float:
    """How wide a line of text is, in points.

    Examples
    --------
    >>> wide("ill", 10) < wide("mom", 10)
    True
    """
    return sum(map(_width, text)) * size / 1000 * (1.1 if bold else 1.0)


def pieces(line: str) -> list[str]:
    """The pieces of a line between which it may be broken.

    Examples
    --------
    >>> pieces("by-law of 2024")
    ['by-', 'law', 'of', '2024']
    >>> [len(piece) for piece in pieces("2023-11-24 to 2023-12-01")]  # a column has room for all of it
    [24]
    """
    line = _RANGES.sub("\u00a0to\u00a0", line)
    return [piece for piece in _BREAKS.split(line) if piece]
