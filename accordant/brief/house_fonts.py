"""What a font file says of itself: family, weight, slope, and whether it may be put into a document.

TrueType and OpenType files are read as far as their tables of names and weights, with bounds checked
throughout: a font comes from somebody else.

References
----------
.. [1] ISO/IEC 14496-22, Open Font Format: the table directory, ``name``, ``OS/2`` (``fsType``).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

LIMIT = 20_000_000
"""Most bytes of a font file."""

_SFNT = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_PACKED = {b"wOFF": "WOFF", b"wOF2": "WOFF 2"}
_FAMILY, _TYPOGRAPHIC = 1, 16
_WINDOWS, _MACINTOSH = 3, 1
_RESTRICTED = 0x0002
_ITALIC, _OBLIQUE = 0x0001, 0x0200


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family.

    Attributes
    ----------
    families
        What the family is called: the name that groups all weights first, then that of this weight.
    weight
        From 1 to 1000; 400 is regular, 700 bold.
    italic
        Whether it is slanted.
    embeddable
        Whether its own mark permits that documents carry it.
    opentype
        Whether its outlines are of the PostScript kind, in an ``.otf`` file.
    """

    families: tuple[str, ...]
    weight: int
    italic: bool
    embeddable: bool
    opentype: bool = False


def read_face(raw: bytes) -> Face | str:
    """What a font file holds, or why it cannot be used.

    Examples
    --------
    >>> read_face(b"wOF2....")
    'is packed for web pages (WOFF 2); Word and PDF need the .ttf or .otf file'
    >>> read_face(b"%PDF-1.7")
    'is not a font'
    """
    kind = raw[:4]
    if kind in _PACKED:
        return f"is packed for web pages ({_PACKED[kind]}); Word and PDF need the .ttf or .otf file"
    if kind == b"ttcf":
        return "is a collection of fonts; give each of them as a file of its own"
    if kind not in _SFNT:
        return "is not a font"
    try:
        tables = _tables(raw)
        families = _families(tables.get(b"name", b""))
        weight, embedding, slope = _style(tables.get(b"OS/2", b""))
    except (struct.error, UnicodeDecodeError):
        return "is a damaged font"
    if not families:
        return "is a font without the name of its family"
    return Face(families, weight, slope, embedding, kind == b"OTTO")


def _tables(raw: bytes) -> dict[bytes, bytes]:
    (number,) = struct.unpack_from(">H", raw, 4)
    found = {}
    for k in range(number):
        tag, _, start, length = struct.unpack_from(">4sLLL", raw, 12 + 16 * k)
        if start + length > len(raw):
            raise struct.error("a table lies beyond the end of the file")
        found[tag] = raw[start : start + length]
    return found


def _families(table: bytes) -> tuple[str, ...]:
    """The names of the family, the typographic one first, each once."""
    if not table:
        return ()
    _, number, strings = struct.unpack_from(">HHH", table)
    found: dict[int, list[str]] = {_TYPOGRAPHIC: [], _FAMILY: []}
    for k in range(number):
        platform, encoding, _, name, length, start = struct.unpack_from(">6H", table, 6 + 12 * k)
        if name in found and platform in (_WINDOWS, _MACINTOSH):
            if platform == _MACINTOSH and encoding != 0:
                continue  # names in other scripts than Latin stand under the other platform too
            raw = table[strings + start : strings + start + length]
            text = raw.decode("utf-16-be" if platform == _WINDOWS else "mac-roman").strip()
            found[name] += [text] if text else []
    return tuple(dict.fromkeys(found[_TYPOGRAPHIC] + found[_FAMILY]))


def _style(table: bytes) -> tuple[int, bool, bool]:
    """Weight, whether it may be embedded, whether it is slanted; without the table the plainest."""
    if not table:
        return 400, True, False
    weight, _, embedding = struct.unpack_from(">HHH", table, 4)
    (selection,) = struct.unpack_from(">H", table, 62)
    return (
        max(1, min(weight, 1000)),
        embedding & 0x000F != _RESTRICTED,
        bool(selection & (_ITALIC | _OBLIQUE)),
    )
