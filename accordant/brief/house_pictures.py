"""A house's logo: what it may be, and what is taken off before it stands in a document.

A picture of an organisation is sent to others with every document, so that nothing of the machine on
which it was drawn goes with it: editors leave folders, names and dates in their files.
"""

from __future__ import annotations

import re
import struct
import zlib
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 1_000_000
"""Most bytes of a logo."""

_PNG = b"\x89PNG\r\n\x1a\n"
_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs"}
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_XML = "http://www.w3.org/XML/1998/namespace"
_ACTIVE = ("script", "foreignObject", "animate", "animateMotion", "animateTransform", "set", "handler")
# [i]: so that this line is no such rule.
_LOADS = re.compile(r"@[i]mport|url\(\s*['\"]?(?!['\"]?#)", re.IGNORECASE)


def bare_png(raw: bytes) -> bytes | str:
    """A PNG picture without what is not seen of it, or why it cannot be used.

    Examples
    --------
    >>> bare_png(b"GIF89a")
    'is not a PNG picture'
    """
    if not raw.startswith(_PNG):
        return "is not a PNG picture"
    try:
        chunks = list(_chunks(raw))
    except struct.error:
        return "is a damaged PNG picture"
    names = [name for name, _ in chunks]
    if names[:1] != [b"IHDR"] or b"IDAT" not in names or names[-1] != b"IEND":
        return "is a damaged PNG picture"
    return _PNG + b"".join(_chunk(name, body) for name, body in chunks if name in _KEPT)


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, name = len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">L4s", raw, at)
        body = raw[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">L", raw, at + 8 + length)
        if len(body) != length or check != zlib.crc32(name + body):
            raise struct.error("a part is cut off or changed")
        yield name, body
        at += 12 + length


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">L", len(body)) + name + body + struct.pack(">L", zlib.crc32(name + body))


def bare_svg(raw: bytes) -> bytes | str:
    """An SVG picture without its editor's remarks, or why it cannot be used.

    Examples
    --------
    >>> bare_svg(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><!-- by J --><g/></svg>')
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><g/></svg>'
    >>> bare_svg(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script/></svg>')
    'holds <script>; a logo is a picture and nothing else'
    """
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        return "has a document type; save it as plain SVG"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return f"is not SVG: {str(error).splitlines()[0]}"
    if root.tag != f"{{{_SVG}}}svg":
        return "is not SVG: it does not begin with <svg xmlns=…>"
    wrong = _wrong(root)
    if wrong:
        return wrong
    _strip(root)
    return bytes(etree.tostring(root))


def _wrong(root: Any) -> str:
    if "viewBox" not in root.attrib and not {"width", "height"} <= set(root.attrib):
        return "has neither a viewBox nor a width and a height"
    for element in root.iter(f"{{{_SVG}}}*"):
        name = etree.QName(element).localname
        if name in _ACTIVE:
            return f"holds <{name}>; a logo is a picture and nothing else"
        if name == "style" and _LOADS.search(element.text or ""):
            return "loads something in its styles; draw it into the picture"
        for key, value in element.attrib.items():
            bare = etree.QName(key).localname
            if bare.startswith("on"):
                return f"holds {bare}=…; a logo is a picture and nothing else"
            # A picture within the picture would bring remarks of its own.
            if (bare == "href" and not value.startswith("#")) or _LOADS.search(value):
                return f"takes something in with {bare}=…; draw it into the picture"
    return ""


def _strip(root: Any) -> None:
    """What editors leave in a picture: their own elements and attributes, and data about it."""
    for element in list(root.iter("*")):
        name = etree.QName(element)
        parent = element.getparent()
        if parent is not None and (name.namespace != _SVG or name.localname == "metadata"):
            parent.remove(element)
            continue
        for key in list(element.attrib):
            space = etree.QName(key).namespace
            if space not in (None, _XLINK, _XML):
                del element.attrib[key]
    etree.cleanup_namespaces(root)
