"""How much room a page has, in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SIZES = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}
"""Width and height of an upright sheet."""
SIDE, TOP, BOTTOM = 51.0, 54.0, 50.0
"""Margins."""
EDGE = 26.0
"""Side margins of a page that is given to one broad figure."""

HEADING = 38.0
"""Height of a heading."""
OPENING = 112.0
"""Height of what stands over the first section: title, question, contents."""

Lie = Literal["", "turned", "edge"]
"""How a page lies: as the others do, turned by a quarter, or with narrow margins."""


@dataclass(frozen=True, slots=True)
class Room:
    """What fits between the margins of a page.

    Attributes
    ----------
    paper
        Its size.
    wide
        Whether the pages of the document lie across.
    """

    paper: str = "a4"
    wide: bool = False

    def size(self, lie: Lie = "") -> tuple[float, float]:
        """Width and height between the margins of a page that lies so.

        Examples
        --------
        >>> Room().size(), Room().size("turned")
        ((493.3, 737.9), (739.9, 491.3))
        """
        across, down = SIZES[self.paper]
        if self.wide != (lie == "turned"):
            across, down = down, across
        side = EDGE if lie == "edge" else SIDE
        return round(across - 2 * side, 1), round(down - TOP - BOTTOM, 1)
