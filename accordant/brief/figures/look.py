"""What all figures share: colours, line styles, type.

Five hues of similar weight that stay apart for the colour-blind, none of them red or green, so
that no party looks good or bad. A party is told apart by its line style and its letters as well:
every figure can be read without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

INK = "#1d2328"
SOFT = "#5b646c"
RULE = "#c9ced3"
PAPER = "#ffffff"

HUES = ("#1f5c99", "#ad6208", "#7a3f86", "#2b7f86", "#5a5a5a", "#8c6d1f", "#3d3f91", "#94497a")
DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2], [12, 4], [1, 3], [6, 2, 1, 2, 1, 2])

FONT = (
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Arabic', 'Noto Sans Hebrew', "
    "sans-serif"
)
MEASURED = "sans-serif"
"""What text is measured in when the key is laid out; the page sets FONT. Looking for each name of a long
list of fonts, for each word, takes the converter longer than drawing the figure."""


def hue(k: int) -> str:
    """The colour of the k-th party."""
    return HUES[k % len(HUES)]


def dash(k: int) -> list[int]:
    """The line style of the k-th party."""
    return DASHES[k % len(DASHES)]


CONFIG: dict[str, Any] = {
    "font": MEASURED,
    "background": PAPER,
    "padding": 4,
    "view": {"stroke": None},
    "axis": {"grid": False, "domain": False, "ticks": False, "labelColor": INK, "titleColor": SOFT},
    "legend": {
        "labelColor": INK,
        "titleColor": SOFT,
        "labelFontSize": 12,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "symbolStrokeWidth": 2,
        "labelLimit": 400,
        "symbolSize": 220,
        "symbolOpacity": 1,
        "padding": 10,  # words on the page may be wider than they were measured
    },
}


class Canvas:
    """A chart that is being drawn.

    The data stand beside the chart and join it at the end: Altair checks and copies whatever is in a
    chart at every step, which for a few hundred points takes longer than everything else together.
    """

    def __init__(self) -> None:
        import altair

        self.alt: Any = altair
        self.datasets: dict[str, list[dict[str, Any]]] = {}

    def chart(self, values: list[dict[str, Any]]) -> Any:
        """A chart of some rows; the same list is carried once."""
        for name, known in self.datasets.items():
            if known is values:
                return self.alt.Chart(self.alt.NamedData(name=name))
        name = f"rows{len(self.datasets)}"
        self.datasets[name] = values
        return self.alt.Chart(self.alt.NamedData(name=name))

    def pixels(self, width: float, height: float, y: str = "y") -> tuple[Any, Any]:
        """Places given in pixels from the upper left corner, without axes."""
        across = self.alt.Scale(domain=[0, width], nice=False, zero=False)
        down = self.alt.Scale(domain=[height, 0], nice=False, zero=False)
        return self.alt.X("x:Q", axis=None, scale=across), self.alt.Y(f"{y}:Q", axis=None, scale=down)

    def spec(self, layers: Sequence[Any], width: float, height: float) -> dict[str, Any]:
        """The layers as one specification, in the house type, without grid or frame."""
        chart: dict[str, Any] = self.alt.layer(*layers).to_dict(validate=False)
        return {**chart, "width": width, "height": height, "config": CONFIG, "datasets": self.datasets}
