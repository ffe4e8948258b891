"""Elements of WordprocessingML, as short as they can be written."""

from __future__ import annotations

from typing import Any, TypeAlias

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

Element: TypeAlias = Any
"""An element of lxml, which says nothing of its types."""

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
NAMES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC}
_W = f"{{{W}}}"
_ELEMENT = etree.Element("none").makeelement
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: Element | None, **attributes: str | int | None) -> Element:
    """An element with its attributes, all in Word's own namespace; what is None is left out.

    Examples
    --------
    >>> made = w("p", w("pPr", w("pStyle", val="Title")), None)
    >>> part(made).partition(b">")[2].partition(b">")[2]
    b'<w:pPr><w:pStyle w:val="Title"/></w:pPr></w:p>'
    """
    # Each element by itself knows no prefixes: it takes those of the part that it ends up in. Declared
    # on every one of them they took a third of the time that a document takes.
    made = _ELEMENT(_W + tag)
    for name, value in attributes.items():
        if value is not None:
            made.set(_W + name, str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def e(space: str, tag: str, *children: Element | None, **attributes: str | int) -> Element:
    """An element of another namespace, its attributes in none."""
    made = etree.Element(f"{{{space}}}{tag}", nsmap=NAMES)
    for name, value in attributes.items():
        made.set(name, str(value))
    made.extend([child for child in children if child is not None])
    return made


def words(text: str, tag: str = "t") -> Element:
    """Text that keeps the spaces at its ends."""
    made = w(tag)
    made.text = text
    made.set(_SPACE, "preserve")
    return made


def on(name: str, yes: bool = True) -> Element | None:
    """A property without a value, where it holds."""
    return w(name) if yes else None


def some(tag: str, *children: Element | None) -> Element | None:
    """An element that is left out where nothing is in it."""
    made = w(tag, *children)
    return made if len(made) else None


def part(root: Element) -> bytes:
    """The bytes of a part.

    One that a house lends keeps all prefixes that it declares: Word looks for those it is told to ignore.
    """
    if root.prefix != "w":
        whole = etree.Element(root.tag, dict(root.attrib), nsmap=NAMES)
        _moved(root, whole)
        root = whole
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


MANY = 8
"""From so many children on an element is moved child by child."""


def _moved(root: Element, whole: Element) -> None:
    """Move what is in an element, and in it what is long piece by piece.

    Moving takes time with the square of the number of elements that are moved at once.
    """
    for child in list(root):
        if len(child) < MANY:
            whole.append(child)
            continue
        shell = etree.SubElement(whole, child.tag, dict(child.attrib))
        shell.text, shell.tail = child.text, child.tail
        _moved(child, shell)
