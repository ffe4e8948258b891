"""How much room a page has, in points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

SIZES = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}
"""Width and height of an upright sheet."""
SIDE, TOP, BOTTOM = 51.0, 57.0, 54.0
"""Margins."""
EDGE = 26.0
"""Side margins of a page that is given to one broad figure."""

Lie = Literal["", "wide", "edge"]
"""How a page lies: upright, across, or upright with narrow margins."""


@dataclass(frozen=True, slots=True)
class Room:
    """What fits between the margins of a page.

    Attributes
    ----------
    paper
        Its size.
    wide
        Whether all pages of the document lie across.
    """

    paper: str = "a4"
    wide: bool = False

    def size(self, lie: Lie = "") -> tuple[float, float]:
        """Width and height between the margins of a page that lies so.

        Examples
        --------
        >>> Room().size(), Room().size("wide")
        ((493.3, 730.9), (739.9, 484.3))
        """
        across, down = SIZES[self.paper]
        if self.wide or lie == "wide":
            across, down = down, across
        side = EDGE if lie == "edge" else SIDE
        return round(across - 2 * side, 1), round(down - TOP - BOTTOM, 1)

    @property
    def lies(self) -> tuple[Lie, ...]:
        """The ways in which a page may lie, the usual one first."""
        return ("", "edge") if self.wide else ("", "wide", "edge")
