"""What a font file says of its letters: which it has, and how wide they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from struct import unpack_from
from unicodedata import category


@dataclass(frozen=True)
class Letters:
    """The letters of one font.

    Attributes
    ----------
    widths
        The width of each character, as a share of the size that it is set in.
    """

    widths: Mapping[int, float] = field(repr=False)

    def width(self, text: str) -> float:
        """How wide a text is, as a multiple of the size that it is set in.

        Letters of other fonts count as broad ones, so that a text never turns out wider than this.
        Joined letters, as in Arabic, are a little narrower.
        """
        return sum(self.widths.get(ord(c), 0.0 if _unseen(c) else 1.0) for c in text)

    def lacks(self, text: str) -> frozenset[str]:
        """The characters that the font has no picture of."""
        return frozenset(c for c in text if ord(c) not in self.widths and not c.isspace())


def _unseen(letter: str) -> bool:
    """Whether a character is a control of direction or joining, or a mark on the letter before it."""
    return category(letter) in ("Cf", "Mn", "Me")


def letters(font: bytes) -> Letters:
    """Reads the tables ``cmap`` and ``hmtx`` of a TrueType or OpenType font.

    References
    ----------
    .. [1] OpenType specification 1.9.1, chapters "The 'cmap' table", "hmtx" and "hhea".
    """
    tables = dict(_tables(font))
    (unit,) = unpack_from(">H", font, tables[b"head"] + 18)
    (measured,) = unpack_from(">H", font, tables[b"hhea"] + 34)
    wide = [unpack_from(">H", font, tables[b"hmtx"] + 4 * k)[0] / unit for k in range(measured)]
    glyphs = dict(_glyphs(font, tables[b"cmap"]))
    return Letters({code: wide[min(glyph, measured - 1)] for code, glyph in glyphs.items() if glyph})


def _tables(font: bytes) -> Iterator[tuple[bytes, int]]:
    (count,) = unpack_from(">H", font, 4)
    for k in range(count):
        tag, _, at, _ = unpack_from(">4sLLL", font, 12 + 16 * k)
        yield tag, at


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    """Each character with its glyph, from every Unicode table of the two forms that fonts use."""
    (count,) = unpack_from(">H", font, cmap + 2)
    for k in range(count):
        platform, _, at = unpack_from(">HHL", font, cmap + 4 + 8 * k)
        (form,) = unpack_from(">H", font, cmap + at)
        if platform in (0, 3) and form == 12:
            yield from _groups(font, cmap + at)
        elif platform in (0, 3) and form == 4:
            yield from _segments(font, cmap + at)


def _groups(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Format 12: runs of characters with runs of glyphs."""
    (count,) = unpack_from(">L", font, at + 12)
    for k in range(count):
        first, last, glyph = unpack_from(">LLL", font, at + 16 + 12 * k)
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def _segments(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    """Format 4: the same for sixteen bits, some runs by way of an array of glyphs."""
    (twice,) = unpack_from(">H", font, at + 6)
    count = twice // 2
    ends, starts = at + 14, at + 16 + twice
    for k in range(count):
        (last,), (first,) = unpack_from(">H", font, ends + 2 * k), unpack_from(">H", font, starts + 2 * k)
        (delta,) = unpack_from(">H", font, starts + twice + 2 * k)
        place = starts + 2 * twice + 2 * k
        (offset,) = unpack_from(">H", font, place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = unpack_from(">H", font, place + offset + 2 * (code - first))
            yield code, (glyph + delta) & 0xFFFF if glyph or not offset else 0
