"""Pictures as drawings (SVG), with a picture in dots for programs that know no drawings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import sqrt

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.document import Figure, Table, Text, plain, rich, spoken
from accordant.brief.docx import measure
from accordant.brief.docx.flow import Flow
from accordant.brief.docx.pictures import Says, inline
from accordant.brief.docx.sheet import Sheet
from accordant.brief.docx.tables import table
from accordant.brief.docx.xml import Element, w

LEAST = 6.5
"""Points below which no word of a picture is set."""
DOTS, MOST_DOTS = 2.0, 1_800_000
"""Dots to a pixel of the picture that stands in for the drawing, some 200 to an inch, and most of them."""
_FONT = "Arial, 'Liberation Sans', sans-serif"
_SVG = "http://www.w3.org/2000/svg"
_SIZE = re.compile(r"font-size[=:]\s*[\"']?([\d.]+)")


@dataclass
class Annex:
    """What is put off to the end, and the pictures that become files of their own.

    Attributes
    ----------
    tables
        Long tables behind pictures that show the same.
    pictures
        Drawings with what stands in for each, in the order of the document.
    """

    tables: list[Table] = field(default_factory=list)
    pictures: list[tuple[bytes, bytes]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing with its size in pixels and the smallest type in it."""

    svg: str
    width: float
    height: float
    least: float

    def scale(self, room: float, depth: float) -> float:
        """Points to a pixel, so that it fits; never more than on a screen."""
        return min(0.75, room / self.width, depth / self.height)


def drawn(figure: Figure) -> Drawn:
    """The picture as a drawing by itself: a size of its own, and one font that every Word has."""
    from accordant.brief.figures.render import svg

    made = svg(figure)
    root = etree.fromstring(made.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    _, _, width, height = (float(part) for part in root.get("viewBox", "0 0 1 1").split())
    root.attrib.pop("style", None)
    root.set("width", f"{width:g}")
    root.set("height", f"{height:g}")
    root.set("font-family", _FONT)
    sizes = [float(found) for found in _SIZE.findall(made)]
    return Drawn(etree.tostring(root, encoding="unicode"), width, height, min(sizes, default=10.0))


def figure(flow: Flow, block: Figure, annex: Annex) -> None:
    """The finding, the picture below it, and the table behind it; a wide picture turns the sheet."""
    picture = drawn(block)
    upright, across = (
        picture.scale(s.room, s.depth - _spare(block, s)) for s in (flow.upright, flow.upright.across)
    )
    turned = upright * picture.least < LEAST and across > upright
    flow.turn(flow.base or turned)
    scale = across if flow.wide else upright
    flow.caption("Figure", block.finding, block.id)
    note = bool(block.note)
    flow.add("Accordant Picture", _picture(block, picture, scale, annex), keep=note)
    if block.note:
        flow.add("Accordant Note", *flow.runs(block.note))
    if block.table.paper:
        annex.tables.append(block.table)
        link = Text("the table behind this picture")
        told = flow.runs(rich("All that it shows is in ", link, ", at the end."))
        name = flow.places.name(block.table.id)
        if name:
            told[1] = w("hyperlink", told[1], anchor=name, history=1)
        flow.add("Accordant Note", *told)
    else:
        table(flow, block.table)


def _spare(block: Figure, sheet: Sheet) -> float:
    """Height of the words above and below a picture, with what a line more may take."""
    lines = measure.wide(plain(block.finding), 9.5, bold=True) // sheet.room
    lines += measure.wide(plain(block.note), 8.5) // sheet.room
    return (lines + (5.0 if block.note else 3.0)) * 12.5 + 24


def _picture(block: Figure, picture: Drawn, scale: float, annex: Annex) -> Element:
    import vl_convert

    fine = min(DOTS, sqrt(MOST_DOTS / (picture.width * picture.height)))
    dots: bytes = vl_convert.svg_to_png(picture.svg, scale=fine)
    annex.pictures.append((picture.svg.encode(), dots))
    number = len(annex.pictures)
    size = (picture.width * scale, picture.height * scale)
    says = Says(f"Figure {number}", block.describes, spoken(block.finding))
    return inline(number, size, says, dots_id(number), drawing_id(number))


def drawing_id(number: int) -> str:
    """The relationship of a drawing."""
    return f"rIdDrawing{number}"


def dots_id(number: int) -> str:
    """The relationship of the picture that stands in for a drawing."""
    return f"rIdDots{number}"
