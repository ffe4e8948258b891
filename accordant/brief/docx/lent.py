"""What a house's own Word document lends: styles, fonts, lists, margins, the heads and feet of its pages.

Nothing else of it is taken: no text, no properties, no macros, nothing that is fetched from elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.package import OpcPackage
from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.docx.package import Loan
from accordant.brief.docx.xml import Element, R, W, part
from accordant.errors import InputError

_HOLDERS = {f"{{{W}}}{name}" for name in ("drawing", "pict", "object", "hyperlink", "sdt")}
_KINDS = {"header": RT.HEADER, "footer": RT.FOOTER}


@dataclass(frozen=True)
class Lent:
    """What is taken over; by default nothing.

    Attributes
    ----------
    styles, numbering, theme
        The parts, empty where there is none.
    edges
        Heads and feet by what they are and on which pages they stand: ``("header", "first")``.
    margins
        Distances in points by their names in Word.
    even
        Whether pages on the left have their own.
    fonts
        The table of fonts, with those that the document carries.
    """

    styles: bytes = b""
    numbering: bytes = b""
    theme: bytes = b""
    edges: dict[tuple[str, str], Loan] = field(default_factory=dict)
    margins: dict[str, float] = field(default_factory=dict)
    even: bool = False
    fonts: Loan | None = None

    def has(self, edge: str) -> bool:
        """Whether it lends heads, or feet."""
        return any(kind == edge for kind, _ in self.edges)


def lent(document: bytes | None) -> Lent:
    """What a document lends.

    Raises
    ------
    InputError
        If it cannot be read.
    """
    if document is None:
        return Lent()
    try:
        return _lent(OpcPackage.open(BytesIO(document)).main_document_part)
    except Exception as error:  # whatever is wrong with it, it is the file that is wrong
        raise InputError(f"the house's Word document cannot be read: {error}") from error


def _lent(body: Any) -> Lent:
    root = _read(body.blob)
    sections = list(root.iter(f"{{{W}}}sectPr"))
    last = sections[-1] if sections else etree.Element("none")
    settings = _one(body, RT.SETTINGS)
    fonts = next((r.target_part for r in body.rels.values() if r.reltype == RT.FONT_TABLE), None)
    edges = {
        (edge, reference.get(f"{{{W}}}type", "default")): _edge(
            body.related_parts[reference.get(f"{{{R}}}id")]
        )
        for edge in _KINDS
        for reference in last.findall(f"{{{W}}}{edge}Reference")
    }
    return Lent(
        styles=_one(body, RT.STYLES),
        numbering=_one(body, RT.NUMBERING),
        theme=_one(body, RT.THEME),
        edges=edges,
        margins=_margins(last),
        even=b"evenAndOddHeaders" in settings,
        fonts=_loan(fonts, RT.FONT) if fonts is not None else None,
    )


def _one(body: Any, kind: str) -> bytes:
    """The one part of a kind, empty where there is none."""
    found = (r.target_part.blob for r in body.rels.values() if r.reltype == kind and not r.is_external)
    return next(found, b"")


def _read(data: bytes) -> Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def _margins(section: Element) -> dict[str, float]:
    found = section.find(f"{{{W}}}pgMar")
    names = ("left", "right", "top", "bottom", "header", "footer")
    if found is None:
        return {}
    told = {name: found.get(f"{{{W}}}{name}") for name in names}
    return {name: abs(int(twips)) / 20 for name, twips in told.items() if twips}


def _edge(found: Any) -> Loan:
    """A head or foot with its pictures; what needs anything else goes."""
    loan = _loan(found, RT.IMAGE)
    root = _read(loan.data)
    known = {id_ for id_, *_ in loan.files}
    for bound in list(root.iter(f"{{{W}}}dataBinding")):
        bound.getparent().remove(bound)
    for element in list(root.iter()):
        needs = {value for name, value in element.attrib.items() if name.startswith(f"{{{R}}}")}
        if needs - known:
            _drop(element)
    return Loan(part(root), loan.files)


def _drop(element: Element) -> None:
    """Take out what holds an element; the words of a link stay."""
    holder = element
    while holder is not None and holder.tag not in _HOLDERS:
        holder = holder.getparent()
    parent = None if holder is None else holder.getparent()
    if parent is None:
        return
    if holder.tag == f"{{{W}}}hyperlink":
        at = parent.index(holder)
        parent[at:at] = list(holder)
    parent.remove(holder)


def _loan(found: Any, kind: str) -> Loan:
    """A part and the files of one kind that it needs."""
    files = [
        (id_, str(relation.target_part.partname).rpartition(".")[2].lower(), relation.target_part.blob)
        for id_, relation in found.rels.items()
        if relation.reltype == kind and not relation.is_external
    ]
    return Loan(found.blob, tuple(files))
