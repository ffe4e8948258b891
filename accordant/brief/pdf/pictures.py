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


def picture(figure: Figure, room: Room, family: str, above: float = 0.0, turned: bool = False) -> Picture:
    """The figure as large as a page lets it be; it has one of its own where its words would be too small.

    Parameters
    ----------
    figure
        The figure.
    room
        What fits on a page.
    family
        The font of its words.
    above
        Height of the headings that have to stand on its page, in points.
    turned
        Whether its page is turned already.
    """
    drawn = svg(figure)
    across, down, least = _measures(drawn)
    lies: tuple[Lie, ...] = ("turned",) if turned else ("", "turned", "edge")
    scales = {lie: _scale(across, down, room.size(lie), above) for lie in lies}
    lie = next((lie for lie in lies if scales[lie] * least >= LEAST_TEXT), max(lies, key=scales.__getitem__))
    drawn = _FAMILY.sub(f'font-family="{family}"', _TITLES.sub("", drawn))
    return Picture(drawn, round(across * scales[lie], 1), round(down * scales[lie], 1), lie)


def better_upright(figure: Figure, paper: str, above: float) -> bool:
    """Whether a figure can be read below the head of an upright page, and not of one that lies across."""
    across, down, least = _measures(svg(figure))
    wide, upright = (_scale(across, down, Room(paper, wide).size(), above) for wide in (True, False))
    return wide * least < LEAST_TEXT <= upright * least


def _measures(drawn: str) -> tuple[float, float, float]:
    """Width, height and smallest type of a drawing, in pixels."""
    size = _VIEW.search(drawn)
    if size is None:
        raise ValueError("a drawing without a size")
    least = min((float(found) for found in _TEXT.findall(drawn)), default=12.0)
    return float(size.group(1)), float(size.group(2)), least


def _scale(across: float, down: float, page: tuple[float, float], above: float) -> float:
    """How many points a pixel has where the drawing fits."""
    return min(_NATURAL, page[0] / across, (page[1] - _CAPTION - above) / down)


def described(figure: Figure) -> str:
    """What is read out in place of the picture."""
    return f"{plain(figure.finding).strip()} {figure.describes}".strip()
