"""PDF: the text layer, line by line, with the place and size of each line.

pdfium gives characters in the order in which the file writes them, with line ends of its own making.
Nothing in the file is executed: forms, scripts and annotations are not loaded.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from accordant.errors import ReportError
from accordant.evidence.intake.built import Building, Extract, OverLimitError, only_where_written, too_long
from accordant.evidence.intake.layout import Line, Page, lay_out, printed_foot
from accordant.evidence.intake.limits import Limits
from accordant.evidence.page import PageFacts

_HYPHENS = {0x02, 0xFFFE}  # what pdfium writes for a hyphen at the end of a line, and no line end after it
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]+")
_BOLD = 600


def read_pdf(raw: bytes, filename: str, limits: Limits) -> Extract:
    """The text layer of a PDF file, its paragraphs put together again."""
    document = _opened(raw, filename)
    if len(document) > limits.pages:
        raise OverLimitError(
            f"{len(document):,} pages, at most {limits.pages:,}; cut out the part that matters"
        )
    pages: list[Page] = []
    length = 0
    for number in range(len(document)):
        page = _page(document, number, filename)
        length += sum(len(line.text) for line in page.lines)
        if length > limits.length:
            raise OverLimitError(too_long(limits))
        pages.append(page)
    building = Building(limits)
    empty = [page.number for page in pages if not page.lines]
    if len(empty) == len(pages):
        raise ReportError(
            f"{filename}: no text in it: {_counted(len(pages))} of pictures, as from a scanner; "
            "let a program recognise the text, and read that"
        )
    lay_out(pages, building)
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
        which = "Page" if len(empty) == 1 else "Pages"
        says = (
            f"{which} {shown} of {len(pages)} hold no text, perhaps pictures of it: nothing of that is read."
        )
        building.note("pages-without-text", says if len(empty) > 1 else says.replace(" hold ", " holds "))
    found = building.done(_facts(document, pages))
    return Extract(
        found.text,
        found.furniture,
        found.notes,
        only_where_written(found.about, found.text),
        replaced=found.replaced,
    )


def _counted(pages: int) -> str:
    return f"{pages:,} page{'' if pages == 1 else 's'}"


def _opened(raw: bytes, filename: str) -> Any:
    import pypdfium2  # type: ignore[import-untyped]  # it ships no types

    try:
        document = pypdfium2.PdfDocument(raw)
        if not len(document):
            raise ReportError(f"{filename}: a PDF document without pages")
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReportError(f"{filename}: locked by a password; save it without one") from None
        hint = "it is damaged; open and save it anew, or save its text"
        raise ReportError(f"{filename}: the PDF document cannot be opened: {hint}") from None
    return document


def _page(document: Any, number: int, filename: str) -> Page:
    import pypdfium2

    try:
        page = document[number]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return Page(number + 1, 0.0, [])  # a damaged page costs its own text only
    lines = list(_lines(text, number + 1))
    height = float(page.get_height())
    text.close()
    page.close()
    return Page(number + 1, height, lines)


def _lines(text: Any, page: int) -> Iterator[Line]:
    """The lines of a page, in the order in which the file writes them."""
    from pypdfium2 import raw

    count = text.count_chars()
    codes = [raw.FPDFText_GetUnicode(text.raw, at) for at in range(count)]
    start = 0
    for at in range(count + 1):
        if at < count and codes[at] not in (10, 13) and codes[at] not in _HYPHENS:
            continue
        end = at + 1 if at < count and codes[at] in _HYPHENS else at
        shown = [k for k in range(start, end) if codes[k] and not chr(codes[k]).isspace()]
        if shown:
            yield _line(text, codes, range(shown[0], shown[-1] + 1), page)
        start = at + 1


def _line(text: Any, codes: list[int], at: range, page: int) -> Line:
    from pypdfium2 import raw

    words = _decoded([0x2D if codes[k] in _HYPHENS else codes[k] for k in at])
    if len(words) == len(at) and _RIGHT_TO_LEFT.search(words):
        words = _in_order(text, words, at.start)
    edges = [_box(text, at[0]), _box(text, at[-1])]
    weights = [raw.FPDFText_GetFontWeight(text.raw, k) for k in (at[0], at[-1])]
    return Line(
        text=words,
        page=page,
        left=min(box[0] for box in edges),
        right=max(box[1] for box in edges),
        base=_origin(text, at[0])[1],
        size=max(_size(text, k) for k in (at[0], at[len(at) // 2], at[-1])),  # some fonts leave letters out
        bold=min(weights) >= _BOLD,
    )


def _decoded(codes: list[int]) -> str:
    """Code units to text: pdfium writes letters beyond the first plane as two units."""
    units = b"".join(
        (c & 0xFFFF).to_bytes(2, "little") if c < 0x10000 else chr(min(c, 0x10FFFF)).encode("utf-16-le")
        for c in codes
        if c
    )
    return units.decode("utf-16-le", "replace")


def _in_order(text: Any, words: str, start: int) -> str:
    """Words of right-to-left scripts from their first letter on.

    pdfium turns some of them round and others not; where a word's letters stand tells which.
    """
    found = list(words)
    for word in _RIGHT_TO_LEFT.finditer(words):
        first, last = word.start(), word.end() - 1
        if last > first and _origin(text, start + first)[0] < _origin(text, start + last)[0]:
            found[first : last + 1] = reversed(found[first : last + 1])
    return "".join(found)


def _box(text: Any, at: int) -> tuple[float, float, float, float]:
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text.raw, at, left, right, bottom, top)
    return left.value, right.value, bottom.value, top.value


def _origin(text: Any, at: int) -> tuple[float, float]:
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
    return x.value, y.value


def _size(text: Any, at: int) -> float:
    """The height of the type on the page: the size that the file names may be scaled afterwards."""
    from pypdfium2 import raw

    box = raw.FS_RECTF()
    known = raw.FPDFText_GetLooseCharBox(text.raw, at, box)
    height = abs(box.top - box.bottom) if known else float(raw.FPDFText_GetFontSize(text.raw, at))
    return max(height, 1.0)


def _facts(document: Any, pages: list[Page]) -> PageFacts:
    """What the document declares. Its date is when the file was made, which is no date of publication."""
    declared = document.get_metadata_dict(skip_empty=True)
    feet = (printed_foot(line.text) for page in pages for line, _ in page.furniture)
    address = next((a for a in feet if a is not None and a.startswith("http")), None)
    return PageFacts(title=declared.get("Title"), author=declared.get("Author"), address=address)
