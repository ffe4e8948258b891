"""The sheet of paper: its size, its margins, and what is left between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from accordant.brief.docx.xml import Element, w
from accordant.brief.house import House

_SIZES = {"a4": (595.3, 841.9), "letter": (612.0, 792.0)}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that stands upright, in points; ``across`` is the same one on its side."""

    width: float
    height: float
    left: float = 53.0
    right: float = 53.0
    top: float = 56.0
    bottom: float = 51.0
    head: float = 27.0
    foot: float = 26.0
    wide: bool = False

    @property
    def across(self) -> Sheet:
        """The sheet on its side."""
        return replace(self, width=self.height, height=self.width, wide=True)

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """Height of the text."""
        return self.height - self.top - self.bottom

    def xml(self) -> tuple[Element, Element]:
        """Size and margins of a section."""
        size = w(
            "pgSz",
            w=round(self.width * 20),
            h=round(self.height * 20),
            orient="landscape" if self.wide else None,
        )
        sides = {"top": self.top, "right": self.right, "bottom": self.bottom, "left": self.left}
        told = {name: round(points * 20) for name, points in sides.items()}
        margins = w("pgMar", **told, header=round(self.head * 20), footer=round(self.foot * 20), gutter=0)
        return size, margins


def sheet(house: House, margins: dict[str, float]) -> Sheet:
    """The sheet that a house prints on, with its own margins where it has them."""
    names = {"header": "head", "footer": "foot"}
    theirs: dict[str, Any] = {names.get(name, name): points for name, points in margins.items()}
    return replace(Sheet(*_SIZES[house.paper]), **theirs)
