"""Figures on a page: drawn as vectors, as large as the page lets them, their words never too small."""

from __future__ import annotations

import re
from dataclasses import dataclass

from accordant.brief.document import Figure, plain
from accordant.brief.figures.render import svg
from accordant.brief.pdf.room import Lie, Room

LEAST_TEXT = 6.5
"""Smallest words of a figure, in points."""
_NATURAL = 0.75
"""Points in a pixel: a figure is drawn no larger than it was laid out."""
_CAPTION = 46.0
_TEXT = re.compile(r'font-size="([0-9.]+)px"')
_VIEW = re.compile(r'viewBox="0 0 ([0-9.]+) ([0-9.]+)"')
_FAMILY = re.compile(r'font-family="[^"]*"', re.ASCII)
_TITLES = re.compile(r"<(title|desc)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure ready for its page.

    Attributes
    ----------
    svg
        The drawing, in our type.
    width, height
        On the page, in points.
    lie
        How the page lies that it needs.
    """

    svg: str
    width: float
    height: float
    lie: Lie


def picture(figure: Figure, room: Room, family: str, broad: bool = False) -> Picture:
    """The figure as large as a page lets it be; it has one of its own where its words would be too small."""
    drawn = svg(figure)
    size = _VIEW.search(drawn)
    if size is None:
        raise ValueError(f"the figure {figure.id!r} has no size")
    across, down = float(size.group(1)), float(size.group(2))
    least = min((float(found) for found in _TEXT.findall(drawn)), default=12.0)
    lie, scale = _fit(across, down, least, room, broad)
    drawn = _FAMILY.sub(f'font-family="{family}"', _TITLES.sub("", drawn))
    return Picture(drawn, round(across * scale, 1), round(down * scale, 1), lie)


def described(figure: Figure) -> str:
    """What is read out in place of the picture."""
    return f"{plain(figure.finding).strip()} {figure.describes}".strip()


def _fit(across: float, down: float, least: float, room: Room, broad: bool) -> tuple[Lie, float]:
    """How the page lies, and how many points a pixel has there."""
    scales: dict[Lie, float] = {}
    for lie in ("wide",) if broad else room.lies:
        wide, high = room.size(lie)
        scales[lie] = min(_NATURAL, wide / across, (high - _CAPTION) / down)
        if scales[lie] * least >= LEAST_TEXT:
            return lie, scales[lie]
    best: Lie = max(scales, key=lambda lie: scales[lie])
    return best, scales[best]
