"""What a document says of itself: title, kind, language, as of when; nothing of whoever wrote it."""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.characters import visible
from accordant.brief.document import Brief
from accordant.brief.docx.xml import Element, on, part, w
from accordant.brief.house import House

_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def language(brief: Brief) -> str:
    """The language of a document's own words, as Word names it.

    Examples
    --------
    >>> from accordant.brief.document import Said
    >>> language(Brief(Said("t"), (), "", (), (), "1", ""))
    'en-GB'
    """
    return "en-GB" if brief.language == "en" else brief.language


def moment(as_of: str) -> str:
    """The first moment of a date; empty where it is not known.

    Examples
    --------
    >>> moment("2024-01"), moment("")
    ('2024-01-01T00:00:00Z', '')
    """
    if not _DATE.fullmatch(as_of):
        return ""
    return as_of + "-01-01"[len(as_of) - 4 :] + "T00:00:00Z"


def core(brief: Brief, house: House) -> bytes:
    """Title, subject, language and dates."""
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DC, "dcterms": _TERMS})
    told = [
        (_DC, "title", visible(brief.title.text)),
        (_DC, "subject", brief.label),
        (_DC, "creator", visible(house.name)),
        (_CORE, "keywords", ", ".join(filter(None, (brief.label.lower(), brief.handling)))),
        (
            _DC,
            "description",
            f"Made with Accordant {brief.version} from a case with the digest {brief.digest}",
        ),
        (_CORE, "lastModifiedBy", visible(house.name)),
        (_DC, "identifier", brief.digest),
        (_DC, "language", language(brief)),
    ]
    for space, name, text in told:
        etree.SubElement(root, f"{{{space}}}{name}").text = text
    for name in ("created", "modified"):
        if when := moment(brief.as_of):
            found = etree.SubElement(root, f"{{{_TERMS}}}{name}", nsmap={"xsi": _XSI})
            found.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            found.text = when
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def extended(house: House) -> bytes:
    """The program, and the organisation where a house gives its name."""
    root = etree.Element(f"{{{_APP}}}Properties", nsmap={None: _APP})
    etree.SubElement(root, f"{{{_APP}}}Application").text = "Accordant"
    if house.name:
        etree.SubElement(root, f"{{{_APP}}}Company").text = visible(house.name)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def settings(brief: Brief, even_and_odd: bool) -> bytes:
    """How Word treats the document: as one of its own time, nothing to be updated or fetched."""
    mode = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    return part(
        w(
            "settings",
            w("zoom", percent=100),
            w("defaultTabStop", val=720),
            on("evenAndOddHeaders", even_and_odd),
            w("characterSpacingControl", val="doNotCompress"),
            w("compat", w("compatSetting", **mode)),
            w("themeFontLang", val=language(brief), bidi="ar-SA"),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        )
    )


def font_table(house: House) -> bytes:
    """The fonts that are asked for, with what stands in for each where it is missing."""
    fonts: list[Element] = []
    asked = {house.text_font or "Arial": "Liberation Sans", "Courier New": "Liberation Mono"}
    for name, other in asked.items():
        family = "modern" if name == "Courier New" else "swiss"
        fonts.append(
            w(
                "font",
                w("altName", val=other) if not house.text_font or name == "Courier New" else None,
                w("charset", val="00"),
                w("family", val=family),
                w("pitch", val="fixed" if family == "modern" else "variable"),
                name=name,
            )
        )
    return part(w("fonts", *fonts))
