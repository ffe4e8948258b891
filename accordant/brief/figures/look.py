"""What all figures share: colours, line styles, type.

Five hues of similar weight that stay apart for the colour-blind, none of them red or green, so
that no party looks good or bad. A party is told apart by its line style and its letters as well:
every figure can be read without colour.
"""

from __future__ import annotations

from typing import Any

INK = "#1d2328"
SOFT = "#5b646c"
RULE = "#c9ced3"
PAPER = "#ffffff"

HUES = ("#1f5c99", "#b2660a", "#7a3f86", "#2b7f86", "#5a5a5a", "#8c6d1f", "#3d3f91", "#94497a")
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4], [1, 3], [6, 2, 1, 2, 1, 2])

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', "
    "sans-serif"
)


def hue(k: int) -> str:
    """The colour of the k-th party."""
    return HUES[k % len(HUES)]


def dash(k: int) -> list[int]:
    """The line style of the k-th party."""
    return DASHES[k % len(DASHES)]


def finished(chart: Any) -> dict[str, Any]:
    """The chart as a specification, in the house type, without grid or frame."""
    spec: dict[str, Any] = (
        chart.configure(font=FONT, background=PAPER, padding=4)
        .configure_view(stroke=None)
        .configure_axis(grid=False, domain=False, ticks=False, labelColor=INK, titleColor=SOFT)
        .configure_legend(
            labelColor=INK,
            titleColor=SOFT,
            labelFontSize=12,
            titleFontSize=11,
            titleFontWeight="normal",
            symbolStrokeWidth=2,
            labelLimit=400,
            symbolSize=220,
            symbolOpacity=1,
        )
        .to_dict()
    )
    return spec
