"""The styles of a document: ours, or a house's with what is missing of ours."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx import look
from accordant.brief.docx.links import chosen, colour_links
from accordant.brief.docx.look import LOOKS, Look
from accordant.brief.docx.xml import Element, W, on, part, some, w
from accordant.brief.house import House

TABLE = "Accordant Table"
_VAL = f"{{{W}}}val"


class Styles:
    """The styles part, and the id that each style has in it.

    Parameters
    ----------
    house
        Gives fonts and the colour of links, where the house's own document does not choose them.
    language
        In which the document is written.
    theirs
        The styles part of a house's own document, empty where there is none. A style of theirs stands
        for ours of the same name, whatever its id: Word translates ids, not names.
    """

    def __init__(self, house: House, language: str, theirs: bytes = b"") -> None:
        self._house = house
        self._language = w("lang", val=language, eastAsia=language, bidi="ar-SA")
        self.root: Element = self._adopted(theirs) if theirs else w("styles", self._defaults())
        self.ids: dict[str, str] = {}
        known = {
            name.get(_VAL, "").lower(): style.get(f"{{{W}}}styleId", "")
            for style in self.root.findall(f"{{{W}}}style")
            if (name := style.find(f"{{{W}}}name")) is not None
        }
        taken = {id_.lower() for id_ in known.values()}
        mine = [("Normal", "paragraph"), ("Default Paragraph Font", "character"), ("Normal Table", "table")]
        mine += [(found.name, "paragraph") for found in LOOKS]
        mine += [(name, "character") for name in _CHARACTERS]
        added = []
        for name, _ in (*mine, (TABLE, "table")):
            if name.lower() in known:
                self.ids[name] = known[name.lower()]
            else:
                self.ids[name] = _id(name, taken)
                taken.add(self.ids[name].lower())
                added.append(name)
        for name in added:
            self.root.append(self._made(name))

    def xml(self) -> bytes:
        """The part."""
        return part(self.root)

    def numbers_itself(self, name: str) -> bool:
        """Whether paragraphs of a style have a number or a dot by themselves."""
        return any(True for _ in self._inherited(self.ids[name], "numPr"))

    def tabs(self, name: str) -> list[str]:
        """Where a style has tabs of its own, or inherits them."""
        found = (tab for tabs in self._inherited(self.ids[name], "tabs") for tab in tabs)
        return [tab.get(f"{{{W}}}pos", "0") for tab in found]

    def _inherited(self, id_: str, what: str) -> Iterator[Element]:
        """A property of a style, and of those that it is based on."""
        styles = {s.get(f"{{{W}}}styleId"): s for s in self.root}
        while (style := styles.pop(id_, None)) is not None:
            yield from style.findall(f"{{{W}}}pPr/{{{W}}}{what}")
            base = style.find(f"{{{W}}}basedOn")
            id_ = "" if base is None else base.get(_VAL, "")

    def _defaults(self) -> Element:
        font = self._house.text_font or look.TEXT_FONT
        run = w(
            "rPr",
            _fonts(font),
            w("color", val=look.INK),
            w("sz", val=19),
            w("szCs", val=19),
            self._language,
        )
        paragraph = w("pPr", w("widowControl"), w("spacing", after=0, line=252, lineRule="auto"))
        return w("docDefaults", w("rPrDefault", run), w("pPrDefault", paragraph))

    def _adopted(self, theirs: bytes) -> Element:
        """Their styles, in the language of this document, whatever theirs was."""
        root = _read(theirs)
        if not chosen(theirs):
            colour_links(root, self._house.accent)
        for language in list(root.iter(f"{{{W}}}lang")):
            language.getparent().remove(language)
        defaults = root.find(f"{{{W}}}docDefaults/{{{W}}}rPrDefault/{{{W}}}rPr")
        if defaults is None:
            for old in root.findall(f"{{{W}}}docDefaults"):
                root.remove(old)
            root.insert(0, self._defaults())
        else:
            defaults.append(self._language)
        return root

    def _made(self, name: str) -> Element:
        if name in _BASES:
            return self._base(name)
        if name in _CHARACTERS:
            return self._character(name)
        if name == TABLE:
            return self._table()
        return self._paragraph(next(found for found in LOOKS if found.name == name))

    def _style(self, name: str, kind: str, *inside: Element | None, **more: str) -> Element:
        own = name.lower() not in look.BUILT_IN
        return w(
            "style",
            w("name", val=name),
            *inside,
            type=kind,
            default=more.get("default"),
            customStyle="1" if own else None,
            styleId=self.ids[name],
        )

    def _base(self, name: str) -> Element:
        if name != "Normal Table":
            kind = "paragraph" if name == "Normal" else "character"
            return self._style(name, kind, on("qFormat", name == "Normal"), default="1")
        margins = [w(side, w=0 if side in ("top", "bottom") else 108, type="dxa") for side in _SIDES]
        inside = w("tblPr", w("tblInd", w=0, type="dxa"), w("tblCellMar", *margins))
        return self._style(name, "table", w("uiPriority", val=99), inside, default="1")

    def _paragraph(self, found: Look) -> Element:
        return self._style(
            found.name,
            "paragraph",
            w("basedOn", val=self.ids[found.on]),
            w("next", val=self.ids[found.then]) if found.then else None,
            on("qFormat"),
            _block(found),
            self._letters(found),
        )

    def _letters(self, found: Look) -> Element | None:
        heading = self._house.heading_font if found.heading else ""
        half = round(found.size * 2)
        return some(
            "rPr",
            _fonts(heading) if heading else None,
            *_switch("b", found.bold),
            *_switch("i", True if found.italic else None),
            on("caps", found.capitals),
            w("color", val=found.colour) if found.colour else None,
            w("sz", val=half) if half else None,
            w("szCs", val=half) if half else None,
        )

    def _character(self, name: str) -> Element:
        link = w("color", val=self._house.accent.lstrip("#").upper())
        inside = {
            "Strong": [*_switch("b", True)],
            "Emphasis": [*_switch("i", True)],
            "Hyperlink": [link, w("u", val="single", color=look.RULE)],
            "Accordant Code": [_fonts(look.CODE_FONT), on("noProof"), w("sz", val=17), w("szCs", val=17)],
            "Accordant Muted": [w("color", val=look.SOFT)],
            "Accordant Label": [w("color", val=look.SOFT)],
            "Accordant Number": [*_switch("b", True)],
        }[name]
        base = w("basedOn", val=self.ids["Default Paragraph Font"])
        return self._style(name, "character", base, on("qFormat"), w("rPr", *inside))

    def _table(self) -> Element:
        line: dict[str, str | int] = {"val": "single", "space": 0}
        borders = w(
            "tblBorders",
            w("top", **line, sz=8, color=look.INK),
            w("bottom", **line, sz=8, color=look.INK),
            w("insideH", **line, sz=4, color=look.RULE),
        )
        # A cell's own margin stands outside the lines of text, so that words of all kinds start together.
        margins = [w(s, w=28 if s in ("top", "bottom") else 70, type="dxa") for s in _SIDES]
        under = w("tcBorders", w("bottom", **line, sz=6, color=look.INK))
        return self._style(
            TABLE,
            "table",
            w("basedOn", val=self.ids["Normal Table"]),
            on("qFormat"),
            w("tblPr", w("tblInd", w=0, type="dxa"), borders, w("tblCellMar", *margins)),
            w("tcPr", w("vAlign", val="top")),
            w("tblStylePr", w("tcPr", under, w("vAlign", val="bottom")), type="firstRow"),
        )


_BASES = ("Normal", "Default Paragraph Font", "Normal Table")
_SIDES = ("top", "left", "bottom", "right")
_CHARACTERS = (
    "Strong",
    "Emphasis",
    "Hyperlink",
    "Accordant Code",
    "Accordant Muted",
    "Accordant Label",
    "Accordant Number",
)


def _read(theirs: bytes) -> Element:
    return etree.fromstring(theirs, etree.XMLParser(resolve_entities=False, no_network=True))


def _id(name: str, taken: set[str]) -> str:
    found = "".join(word[:1].upper() + word[1:] for word in name.split())
    while found.lower() in taken:
        found += "A"
    return found


def _fonts(name: str) -> Element:
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def _switch(name: str, yes: bool | None) -> list[Element]:
    """A switch of the type, for Latin and for the scripts that Word calls complex."""
    return [] if yes is None else [w(name, val=None if yes else 0), w(f"{name}Cs", val=None if yes else 0)]


def _twips(points: float) -> int:
    return round(points * 20)


def _block(found: Look) -> Element | None:
    rules = {
        "above": w("pBdr", w("top", val="single", sz=4, space=6, color=look.INK)),
        "left": w("pBdr", w("left", val="single", sz=12, space=7, color=look.RULE)),
    }
    line = round(found.line * 240)
    spacing = w(
        "spacing",
        before=_twips(found.before) if found.before else None,
        after=None if found.after is None else _twips(found.after),
        line=line or None,
        lineRule="auto" if line else None,
    )
    return some(
        "pPr",
        on("keepNext", found.keep),
        on("keepLines", found.whole),
        rules.get(found.rule),
        w("shd", val="clear", color="auto", fill=look.TINT) if found.tint else None,
        w("tabs", w("tab", val="left", pos=_twips(found.left))) if found.hang else None,
        spacing if spacing.attrib else None,
        w("ind", left=_twips(found.left), hanging=_twips(found.hang) or None) if found.left else None,
        w("jc", val="right" if found.ends == "right" else "center") if found.ends else None,
        w("outlineLvl", val=found.level) if found.level >= 0 else None,
    )
