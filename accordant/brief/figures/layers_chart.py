"""The drawing of layers of boxes with lines between them, as an Altair chart."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import shorten, wrap
from typing import Any, Literal, TypeAlias

from accordant.brief.figures import look

BOX, GAP = 172.0, 38.0
LINE, PAD, SPACE = 13.0, 5.0, 7.0
CHARACTERS, MOST_LINES = 29, 3
SAMPLES = 6
TOP = 30.0
THIN, WIDER = 1.0, 1.4
"""Width in pixels of a line over which nothing falls, and what each conclusion adds."""
HEAVY = 3.0
"""Width in pixels of the frame of a single point of failure."""

Kind: TypeAlias = Literal["sourced", "open", "unnamed"]


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its text and how it is grounded; ``traced`` ones lead back to somebody unnamed.

    ``single`` says what falls without it alone; such a box has a heavy frame.
    """

    key: str
    text: str
    kind: Kind
    traced: bool = False
    single: str = ""

    @property
    def lines(self) -> list[str]:
        """The text in lines that fit the box, cut off with an ellipsis; then what falls without it."""
        found = wrap(self.text, CHARACTERS) or [""]
        if len(found) > MOST_LINES:
            found = [
                *found[: MOST_LINES - 1],
                shorten(" ".join(found[MOST_LINES - 1 :]), CHARACTERS, placeholder=" …"),
            ]
        return [*found, self.single] if self.single else found

    @property
    def height(self) -> float:
        """Height in pixels."""
        return len(self.lines) * LINE + 2 * PAD


@dataclass(frozen=True, slots=True)
class Layers:
    """Columns of boxes, ready to be drawn; each edge with how many conclusions fall over it."""

    headings: tuple[str, ...]
    columns: tuple[tuple[Box, ...], ...]
    edges: tuple[tuple[str, str, int], ...]

    @property
    def least_width(self) -> int:
        """Narrower than this, the boxes cannot be read."""
        return 640

    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification."""
        canvas, tops = look.Canvas(), self._tops()
        width = len(self.columns) * BOX + (len(self.columns) - 1) * GAP
        height = (
            max(top + box.height for column in self.columns for box in column for top in [tops[box.key]]) + 4
        )
        at = canvas.pixels(width, height)
        parts = (self._lines, self._boxes, self._texts)
        return canvas.spec([layer for part in parts for layer in part(canvas, tops, *at)], width, height)

    def _tops(self) -> dict[str, float]:
        heights = [sum(b.height for b in column) + SPACE * (len(column) - 1) for column in self.columns]
        tallest = max(heights, default=0)
        found: dict[str, float] = {}
        for column, own in zip(self.columns, heights, strict=True):
            # Short columns are spread a little, so that lines fan out instead of bunching.
            space = SPACE + (min((tallest - own) / max(len(column), 1), 34) if column else 0)
            used = own + (space - SPACE) * (len(column) - 1)
            at = TOP + (tallest - used) / 2
            for box in column:
                found[box.key] = at
                at += box.height + space
        return found

    def _left(self, key: str) -> float:
        k = next(k for k, column in enumerate(self.columns) if any(b.key == key for b in column))
        return k * (BOX + GAP)

    def _lines(self, canvas: look.Canvas, tops: dict[str, float], x: Any, y: Any) -> list[Any]:
        boxes = {b.key: b for column in self.columns for b in column}
        rows = []
        # wide lines first, so that thin ones stay visible where they cross
        for n, (a, b, falling) in enumerate(sorted(self.edges, key=lambda edge: -edge[2])):
            traced = boxes[b].traced
            x0, x1 = self._left(a) + BOX, self._left(b)
            y0, y1 = (tops[k] + boxes[k].height / 2 for k in (a, b))
            for k in range(SAMPLES + 1):
                t = k / SAMPLES
                ease = t * t * (3 - 2 * t)
                at = {"x": x0 + (x1 - x0) * t, "y": y0 + (y1 - y0) * ease}
                rows.append({"edge": n, "k": k, **at, "traced": traced, "width": THIN + falling * WIDER})
        colour = canvas.alt.Color(
            "traced:N", legend=None, scale=canvas.alt.Scale(domain=[True, False], range=[look.INK, "#9aa3ab"])
        )
        width = canvas.alt.StrokeWidth("width:Q", legend=None, scale=None)
        chart = canvas.chart(rows).mark_line(interpolate="monotone")
        return [chart.encode(x, y, colour, width, detail="edge:N", order="k:Q")]

    def _boxes(self, canvas: look.Canvas, tops: dict[str, float], x: Any, y: Any) -> list[Any]:
        rows: list[dict[str, Any]] = [
            {
                "x": left,
                "y": tops[b.key],
                "x2": left + BOX,
                "y2": tops[b.key] + b.height,
                "kind": b.kind,
                "frame": HEAVY if b.single else 1,
            }
            for column in self.columns
            for b in column
            for left in [self._left(b.key)]
        ]
        found = []
        for kind, style in (("sourced", [1, 0]), ("unnamed", [1, 0]), ("open", [4, 3])):
            same = [r for r in rows if r["kind"] == kind]
            # A second frame inside the first marks a source that is not named.
            inner = [
                {**r, "x": r["x"] + 3, "y": r["y"] + 3, "x2": r["x2"] - 3, "y2": r["y2"] - 3, "frame": 1}
                for r in same
            ]
            for values in (same, inner if kind == "unnamed" else []):
                if values:
                    box = canvas.chart(values).mark_rect(
                        fill=look.PAPER, stroke=look.INK, strokeDash=style, cornerRadius=2
                    )
                    frame = canvas.alt.StrokeWidth("frame:Q", legend=None, scale=None)
                    found.append(box.encode(x, y, frame, x2="x2:Q", y2="y2:Q"))
        return found

    def _texts(self, canvas: look.Canvas, tops: dict[str, float], x: Any, y: Any) -> list[Any]:
        rows = [
            {
                "x": self._left(b.key) + 8,
                "y": tops[b.key] + PAD + LINE * (k + 0.5),
                "text": line,
            }
            for column in self.columns
            for b in column
            for k, line in enumerate(b.lines)
        ]
        heads = [
            {"x": k * (BOX + GAP), "y": 10, "text": heading}
            for k, (heading, column) in enumerate(zip(self.headings, self.columns, strict=True))
            if column
        ]
        text = canvas.chart(rows).mark_text(align="left", fontSize=11, color=look.INK)
        head = canvas.chart(heads).mark_text(align="left", fontSize=11, color=look.SOFT)
        return [text.encode(x, y, text="text:N"), head.encode(x, y, text="text:N")]
