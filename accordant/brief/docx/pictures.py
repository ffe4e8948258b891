"""A picture in a line of text: a drawing, and dots for programs that know no drawings."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx.xml import ASVG, PIC, WP, A, Element, R, e, w

EMU = 12700
"""Word's unit for pictures, to a point."""
_EXTENSION = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"


@dataclass(frozen=True, slots=True)
class Says:
    """What a picture is called, what is read out in its place, and its title."""

    name: str
    describes: str
    title: str = ""

    def told(self) -> dict[str, str]:
        """As attributes."""
        return {"name": self.name, "descr": self.describes} | ({"title": self.title} if self.title else {})


def inline(number: int, size: tuple[float, float], says: Says, dots: str, drawing: str = "") -> Element:
    """A run with a picture; ``dots`` and ``drawing`` are the relationships of its files."""
    extent = {"cx": round(size[0] * EMU), "cy": round(size[1] * EMU)}
    made = e(
        WP,
        "inline",
        e(WP, "extent", **extent),
        e(WP, "effectExtent", l=0, t=0, r=0, b=0),
        e(WP, "docPr", id=number, **says.told()),
        e(WP, "cNvGraphicFramePr", e(A, "graphicFrameLocks", noChangeAspect=1)),
        e(A, "graphic", e(A, "graphicData", _picture(number, extent, says, dots, drawing), uri=PIC)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return w("r", w("drawing", made))


def _picture(number: int, extent: dict[str, int], says: Says, dots: str, drawing: str) -> Element:
    blip = e(A, "blip")
    blip.set(f"{{{R}}}embed", dots)
    if drawing:
        vector = etree.Element(f"{{{ASVG}}}svgBlip", nsmap={"asvg": ASVG})
        vector.set(f"{{{R}}}embed", drawing)
        blip.append(e(A, "extLst", e(A, "ext", vector, uri=_EXTENSION)))
    place = e(A, "xfrm", e(A, "off", x=0, y=0), e(A, "ext", **extent))
    return e(
        PIC,
        "pic",
        e(PIC, "nvPicPr", e(PIC, "cNvPr", id=number, **says.told()), e(PIC, "cNvPicPr")),
        e(PIC, "blipFill", blip, e(A, "stretch", e(A, "fillRect"))),
        e(PIC, "spPr", place, e(A, "prstGeom", e(A, "avLst"), prst="rect")),
    )
