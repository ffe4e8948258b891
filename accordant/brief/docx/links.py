"""The colour of links where a house lends its styles: that of its file, or one that its styles choose."""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx.xml import Element, W, w
from accordant.brief.house import PLAIN

_VAL = f"{{{W}}}val"
_UNCHOSEN = {"0000FF", "0563C1", "467886", "000080", PLAIN.accent.lstrip("#").upper()}
"""Colours that nobody chose: those of Word to 2010, to 2022 and since, of LibreOffice, and ours."""
_BEFORE = (
    *("rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline"),
    *("shadow", "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden"),
)
"""What stands before the colour, in the order that the standard asks for."""


def chosen(styles: bytes) -> str:
    """The colour that a house's own styles choose for links; empty where they leave it as it comes.

    Examples
    --------
    >>> from accordant.brief.docx.xml import part
    >>> link = w("style", w("name", val="Hyperlink"), w("rPr", w("color", val="800020")), type="character")
    >>> chosen(part(w("styles", link))), chosen(part(w("styles")))
    ('#800020', '')
    """
    if not styles:
        return ""
    root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    found = _style(root)
    colour = None if found is None else found.find(f"{{{W}}}rPr/{{{W}}}color")
    value = "" if colour is None else colour.get(_VAL, "").upper()
    if value in ("", *_UNCHOSEN):
        return ""
    return "auto" if value == "AUTO" else f"#{value.lower()}"


def colour_links(root: Element, accent: str) -> None:
    """Give links the colour of the house's file, in styles that have a style for links."""
    found = _style(root)
    if found is None:
        return
    letters = found.find(f"{{{W}}}rPr")
    if letters is None:
        letters = w("rPr")
        found.append(letters)
    for old in letters.findall(f"{{{W}}}color"):
        letters.remove(old)
    at = next((k for k, e in enumerate(letters) if etree.QName(e).localname not in _BEFORE), len(letters))
    letters.insert(at, w("color", val=accent.lstrip("#").upper()))


def _style(root: Element) -> Element | None:
    return next(
        (
            style
            for style in root.findall(f"{{{W}}}style")
            if (name := style.find(f"{{{W}}}name")) is not None and name.get(_VAL, "").lower() == "hyperlink"
        ),
        None,
    )
