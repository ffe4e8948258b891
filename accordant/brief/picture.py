"""A document that is one figure, as a picture by itself: its finding over it, what to know below.

Both forms are one drawing. The words in an SVG stay words, in a font of whoever opens it; a PNG is set in
ours, so that it looks the same wherever it was made. Nothing in either says who made it, or where.
"""

from __future__ import annotations

from textwrap import wrap
from typing import Any
from xml.etree import ElementTree

from accordant.brief.document import Brief, Figure, spoken
from accordant.brief.figures import look
from accordant.brief.figures.render import svg as drawn
from accordant.brief.house import House
from accordant.errors import InputError

LETTER, SMALL, LEADING = 8.2, 5.8, 15.0
"""Width of a letter of the finding and of what stands below, about, and the distance of lines there."""
SCALE = 2
"""Pixels of a PNG for each of the drawing's."""
_SVG = "http://www.w3.org/2000/svg"


class NotOnePictureError(InputError):
    """A document that has no figure, or several, and so cannot be a picture by itself."""


def svg(brief: Brief, house: House) -> str:
    """The figure as an SVG file.

    Raises
    ------
    NotOnePictureError
        If the document has no figure, or several.
    """
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_whole(brief)}\n'


def png(brief: Brief, house: House) -> bytes:
    """The figure as a PNG file.

    Raises
    ------
    NotOnePictureError
        If the document has no figure, or several.
    """
    import vl_convert

    from accordant.brief.pdf.fonts import FAMILY, folder

    for place in {str(folder()), *(str(font.parent) for font in house.fonts)}:
        vl_convert.register_font_directory(place)
    families = ", ".join(f"'{name}'" for name in (house.text_font, FAMILY) if name)
    made: bytes = vl_convert.svg_to_png(_whole(brief, f"{families}, sans-serif"), scale=SCALE)
    return made


def only_figure(brief: Brief) -> Figure:
    """The one figure of a document.

    Raises
    ------
    NotOnePictureError
        If it has none, or several.
    """
    found = [block for block in brief.blocks() if isinstance(block, Figure)]
    if len(found) == 1:
        return found[0]
    kind = brief.label.lower()
    if not found:
        raise NotOnePictureError(
            f"the {kind} has no figure, so that it cannot be a picture; .xlsx holds its tables"
        )
    raise NotOnePictureError(
        f"the {kind} has {len(found)} figures, and a picture holds one; .pdf or .html holds all"
    )


def _whole(brief: Brief, families: str = look.FONT) -> str:
    figure = only_figure(brief)
    root = ElementTree.fromstring(drawn(figure, _headed(brief, figure)))
    for element in root.iter():  # without prefixes; the root names the one namespace there is
        element.tag = element.tag.removeprefix(f"{{{_SVG}}}")
    left, top, width, height = map(float, root.attrib.pop("viewBox").split())
    del root.attrib["style"]
    lines = [line for text in _below(brief, figure) for line in wrap(text, max(40, int(width / SMALL)))]
    for k, line in enumerate(lines):
        at = {"x": f"{left + 5:g}", "y": f"{top + height + LEADING * (k + 0.8):g}"}
        ElementTree.SubElement(root, "text", {**at, "font-size": "10.5", "fill": look.SOFT}).text = line
    box = (left, top, width, height + LEADING * len(lines) + 6)
    root.attrib.update({"xmlns": _SVG, "width": f"{box[2]:g}", "height": f"{box[3]:g}"})
    root.attrib["font-family"] = families
    root.attrib["viewBox"] = " ".join(f"{side:g}" for side in box)
    paper = {"width": "100%", "height": "100%", "fill": look.PAPER}
    root.insert(2, ElementTree.Element("rect", paper))  # behind the drawing, after what it is called
    return ElementTree.tostring(root, encoding="unicode")


def _headed(brief: Brief, figure: Figure) -> dict[str, Any]:
    """The specification with the finding over it, and under that what it belongs to."""
    made = figure.drawing.spec()
    lines = wrap(spoken(figure.finding), max(20, int(made["width"] / LETTER)))
    style = {"anchor": "start", "fontSize": 14, "fontWeight": 600, "color": look.INK, "offset": 14}
    under = {"subtitle": _of(brief), "subtitleFontSize": 11, "subtitleColor": look.SOFT, "subtitlePadding": 5}
    return {**made, "title": {"text": lines, **style, **under}}


def _of(brief: Brief) -> str:
    """The case, its date, and the mark of what is shown."""
    parts = [spoken((brief.title,))]
    if brief.as_of:
        parts.append(f"as of {brief.as_of}")
    if brief.handling:
        parts.append(f"handling: {brief.handling}")
    return " · ".join(parts)


def _below(brief: Brief, figure: Figure) -> list[str]:
    """How the drawing is read, what the head of the document says, and what made it."""
    told = [spoken(figure.note)] if figure.note else []
    told += [spoken(notice) for notice in brief.notices]
    return [*told, f"Accordant {brief.version} · case {brief.digest[:12]}"]
