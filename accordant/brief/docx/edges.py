"""The head and the foot of every page: whose it is, its mark, its number, what it was made with."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.characters import visible
from accordant.brief.document import Brief, Said
from accordant.brief.docx.flow import Flow, field
from accordant.brief.docx.lent import Lent
from accordant.brief.docx.package import File, Loan, Package
from accordant.brief.docx.pictures import Says, inline
from accordant.brief.docx.sheet import Sheet
from accordant.brief.docx.xml import Element, R, part, w
from accordant.brief.house import House

LONGEST = 70
"""Letters of a title that a running head has room for."""
LOGO = 20.0
"""Greatest height of a logo, in points: a higher one would push the text down on every page."""
NUMBER = 9000
"""The number of the logo among the pictures, beyond those of the text."""
_ROOTS = {"header": "hdr", "footer": "ftr"}


class Edges:
    """Running heads and feet, made once for sheets that stand and once for those that lie across."""

    def __init__(self, brief: Brief, house: House, theirs: Lent, flow: Flow, package: Package) -> None:
        self._brief = brief
        self._house = house
        self._theirs = theirs
        self._flow = flow
        self._package = package
        self._made: dict[tuple[str, bool, str], str] = {}

    def section(self, properties: Element, wide: bool, first: bool) -> None:
        """Complete the properties of a section; the very first page has a head of its own."""
        lends = self._theirs.has("header")
        title = first and (not lends or any(kind == "first" for _, kind in self._theirs.edges))
        kinds = ["default"] + (["first"] if title else []) + (["even"] if self._theirs.even else [])
        for edge in ("header", "footer"):
            for kind in kinds:
                reference = w(f"{edge}Reference", type=kind)
                reference.set(f"{{{R}}}id", self._edge(edge, wide, kind))
                properties.append(reference)
        properties.append(w("type", val="nextPage"))
        properties.extend(self._sheet(wide).xml())
        properties.append(w("cols", space=720))
        if title:
            properties.append(w("titlePg"))

    def _sheet(self, wide: bool) -> Sheet:
        return self._flow.upright.across if wide else self._flow.upright

    def _edge(self, edge: str, wide: bool, kind: str) -> str:
        key = (edge, wide, kind)
        if key not in self._made:
            name = f"{edge}{1 + sum(k[0] == edge for k in self._made)}"
            self._made[key] = self._package.edge(edge, name, self._loan(edge, wide, kind))
        return self._made[key]

    def _loan(self, edge: str, wide: bool, kind: str) -> Loan:
        sheet = self._sheet(wide)
        if self._theirs.has(edge):
            return self._marked(edge, self._theirs.edges.get((edge, kind)), sheet)
        made = self._head(sheet, kind == "first") if edge == "header" else self._foot(sheet)
        logo = self._logo_files() if edge == "header" else ()
        return Loan(part(w(_ROOTS[edge], *made)), logo)

    def _marked(self, edge: str, loan: Loan | None, sheet: Sheet) -> Loan:
        """A head or foot of the house with the mark below it, and at the foot what ours says."""
        root = w(_ROOTS[edge]) if loan is None else etree.fromstring(loan.data)
        if edge == "footer":
            root.append(self._foot(sheet, numbered=b"PAGE" not in (loan.data if loan else b""))[-1])
        elif self._brief.handling:
            root.append(self._line("header", [], [self._mark()], sheet))
        if not len(root):
            root.append(self._line("header", [], [], sheet))
        return Loan(part(root), loan.files if loan else ())

    # Lines

    def _line(self, style: str, left: list[Element], right: list[Element], sheet: Sheet) -> Element:
        """What stands on the left and, at the other end of the line, on the right."""
        made = self._flow.paragraph(style, [*left, *([w("r", w("tab")), *right] if right else [])])
        theirs = [w("tab", val="clear", pos=pos) for pos in self._flow.styles.tabs(style)]
        tabs = w("tabs", *theirs, w("tab", val="right", pos=round(sheet.room * 20)))
        made[0].append(tabs)
        return made

    def _head(self, sheet: Sheet, first: bool) -> list[Element]:
        house, brief, bare = self._house, self._brief, self._flow.runs.bare
        left: list[Element] = []
        if house.logo:
            left += [self._logo(), bare("\u2002")]
        if house.header:
            left.append(bare(visible(house.header)))
        elif not first:
            left += self._flow.runs((Said(_short(brief.title.text), brief.title.lang),))
            left.append(bare(f" · {brief.label.lower()}"))
        right = [self._mark()] if brief.handling else []
        return [self._line("header", left, right, sheet)]

    def _mark(self) -> Element:
        made = self._flow.runs.bare(visible(self._brief.handling))
        made.insert(0, w("rPr", w("b"), w("bCs"), w("caps")))
        return made

    def _foot(self, sheet: Sheet, numbered: bool = True) -> list[Element]:
        brief, bare = self._brief, self._flow.runs.bare
        made_with = f"Accordant {brief.version} · case {brief.digest[:12]}"
        made_with += f" · as of {brief.as_of}" if brief.as_of else ""
        numbers = [bare("Page "), *field("PAGE", "1"), bare(" of "), *field("NUMPAGES", "1")]
        numbers = numbers if numbered else []
        right = [self._mark(), bare("\u2003"), *numbers] if brief.handling else numbers
        lines = [self._line("footer", [bare(visible(made_with))], right, sheet)]
        if self._house.footer:
            lines.insert(0, self._line("footer", [bare(visible(self._house.footer))], [], sheet))
        return lines

    # The logo

    def _logo_files(self) -> tuple[File, ...]:
        house = self._house
        if not house.logo:
            return ()
        if house.logo_kind == "svg":
            import vl_convert

            dots: bytes = vl_convert.svg_to_png(house.logo.decode(), scale=4)
            return ("rIdLogo", "png", dots), ("rIdLogoDrawing", "svg", house.logo)
        return (("rIdLogo", "png", house.logo),)

    def _logo(self) -> Element:
        dots = next(data for id_, _, data in self._logo_files() if id_ == "rIdLogo")
        width, height = _size(dots)
        scale = min(LOGO / height, 160 / width)
        says = Says("Logo", f"Logo of {self._house.name}" if self._house.name else "Logo")
        drawing = "rIdLogoDrawing" if self._house.logo_kind == "svg" else ""
        return inline(NUMBER, (width * scale, height * scale), says, "rIdLogo", drawing)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _size(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG picture, which stand at its start."""
    width, height = int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")
    return max(width, 1), max(height, 1)
