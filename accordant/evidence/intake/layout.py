"""Lines on pages to paragraphs: what runs on is put together, heads and feet of pages are marked.

A line begins a paragraph where there is more space above it, where it is indented, where the type
changes, or where the line before ended early although the next word would have fitted. Over the end of
a page a paragraph goes on unless a sentence ends there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from accordant.evidence.intake.built import Building
from accordant.evidence.intake.hyphens import Divided, Words
from accordant.evidence.spans import Span

HEAD, NUMBER = "running head", "page number"

_NUMBER = re.compile(
    r"[\W_]*(?P<word>page|p\.|pg\.|seite|página|pagina|стр\.?|صفحة)?[\W_]*\d{1,4}"
    r"(?:\s*(?:of|/|von|de|sur|из|من)\s*\d{1,4})?[\W_]*",
    re.I,
)
_PRINTED_HEAD = re.compile(r"\d{1,4}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d{2}\b")
_PRINTED_FOOT = re.compile(r"(?P<address>(?:https?|file)://\S+)\s+\d{1,4}/\d{1,4}")
_ENDS = re.compile(r"[.!?:…。؟۔][\"”’'»)\]]*$")
_ITEM = re.compile(r"(?:[•◦▪‣∙·*–—-]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s")
_EDGE = 4  # lines at either end of a page that may be a head or a foot
_BUCKET = 24.0  # points: lines that begin within them stand in one column
_WIDE = 1.5  # heights of type between lines: more only where lines are spaced out on purpose
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; places in points from the left and from below.

    Attributes
    ----------
    base
        Where its letters stand.
    size
        Of its type.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    bold: bool = False

    @property
    def turned(self) -> bool:
        """Whether it is read from right to left."""
        return len(_RIGHT_TO_LEFT.findall(self.text)) * 3 > len(self.text)


@dataclass(slots=True)
class Page:
    """The lines of a page, in the order in which they are to be read; empty where there is no text."""

    number: int
    height: float
    lines: list[Line]
    furniture: list[tuple[Line, str]] = field(default_factory=list)


def lay_out(pages: Sequence[Page], building: Building) -> None:
    """Put the paragraphs of all pages into a text, heads, feet and page numbers marked."""
    set_aside(pages)
    words = Words(line.text for page in pages for line in page.lines)
    waiting = [(page.number, line, what) for page in pages for line, what in page.furniture]
    divided: list[Span] = []
    for paragraph in paragraphs(pages):
        # A head or foot inside a paragraph comes after it, so that the paragraph stays in one piece.
        while waiting and _before(waiting[0], paragraph[0], pages):
            building.add(waiting[0][1].text, waiting[0][2])
            del waiting[0]
        joined = Divided(words)
        for line in paragraph:
            joined.add(line.text)
        span = building.add(joined.text)
        if span is not None:
            divided += [Span(span.start + a, span.start + b) for a, b in joined.open]
    for _, line, what in waiting:
        building.add(line.text, what)
    if divided:
        n = len(divided)
        building.note(
            "line-end-hyphens",
            f"{n} word{' was' if n == 1 else 's were'} divided at the end of a line and "
            f"keep{'s' if n == 1 else ''} the hyphen: the text does not show how "
            f"{'it is' if n == 1 else 'they are'} written otherwise.",
            tuple(divided),
        )


def _before(waiting: tuple[int, Line, str], line: Line, pages: Sequence[Page]) -> bool:
    number, furniture, _ = waiting
    return number < line.page or (
        number == line.page and furniture.base > pages[number - 1].height / 2 and furniture.base > line.base
    )


def set_aside(pages: Sequence[Page]) -> None:
    """Take heads, feet and page numbers out of the lines of each page."""
    seen = Counter(
        key for page in pages for key in {_key(page.lines[k]) for side in _edges(page) for k in side}
    )
    filled = sum(bool(page.lines) for page in pages)
    enough = max(2, -(-filled * 3 // 10))
    for page in pages:
        found: dict[int, str] = {}
        for side in _edges(page):
            for k in side:  # from the edge inwards, as long as there is furniture
                what = _furniture(page.lines[k], seen[_key(page.lines[k])] >= enough, filled)
                if what is None:
                    break
                found[k] = what
        page.furniture = [(page.lines[k], what) for k, what in sorted(found.items())]
        page.furniture.sort(key=lambda item: -item[0].base)
        page.lines = [line for k, line in enumerate(page.lines) if k not in found]


def _edges(page: Page) -> tuple[list[int], list[int]]:
    """The numbers of the uppermost lines from above, and of the lowest from below."""
    order = sorted(range(len(page.lines)), key=lambda k: -page.lines[k].base)
    return order[:_EDGE], order[::-1][:_EDGE]


def _key(line: Line) -> tuple[str, int]:
    """What makes two lines the same head: the words without numbers, at the same height."""
    return re.sub(r"\d+", "#", " ".join(line.text.casefold().split())), round(line.base / 4)


def _furniture(line: Line, again: bool, pages: int) -> str | None:
    number = _NUMBER.fullmatch(line.text.strip())
    if _PRINTED_HEAD.match(line.text) or printed_foot(line.text):
        return HEAD
    if number is not None and (pages > 1 or number.group("word")):
        return NUMBER
    return HEAD if again and pages > 1 and len(line.text) <= 200 else None


def printed_foot(words: str) -> str | None:
    """The address at the foot of a page that a browser printed.

    Examples
    --------
    >>> printed_foot("https://lakepost.example/bridge 1/3")
    'https://lakepost.example/bridge'
    """
    found = _PRINTED_FOOT.fullmatch(words.strip())
    return found.group("address") if found else None


def paragraphs(pages: Iterable[Page]) -> Iterator[list[Line]]:
    """The lines that belong together, in order."""
    held: list[Line] = []
    before: _Measures | None = None
    for page in pages:
        if not page.lines:
            continue
        measures = _Measures(page.lines)
        for k, line in enumerate(page.lines):
            if held and _begins(held, line, page.lines[k + 1 : k + 2], measures, before or measures):
                yield held
                held = []
            held.append(line)
        before = measures
    if held:
        yield held


class _Measures:
    """How wide the columns of a page are, and how far its lines stand apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._columns: dict[int, list[Line]] = {}
        for line in lines:
            self._columns.setdefault(int(line.left // _BUCKET), []).append(line)
        self._turned: dict[int, list[Line]] = {}
        for line in lines:
            self._turned.setdefault(int(line.right // _BUCKET), []).append(line)
        self.gap = self._gap(lines)

    def _gap(self, lines: Sequence[Line]) -> float:
        """How far lines of one paragraph stand apart, in heights of their type.

        Measured below lines that fill their column and end no sentence; where there are hardly any, as
        on a page of single lines, wide gaps part paragraphs.
        """
        gaps, sure = [], []
        for one, other in pairwise(lines):
            gap = (one.base - other.base) / one.size
            if 0.5 < gap < 3 and not _other_type(one, other):
                gaps.append(gap)
                if not _ENDS.search(one.text) and self.room(one) < 0.15 * (one.right - one.left):
                    sure.append(gap)
        if len(sure) >= 2 and (median(sure) < _WIDE or len(sure) >= 4):
            return median(sure)
        return min(median(gaps), 1.25) if gaps else 1.1

    def room(self, line: Line) -> float:
        """The points that are left in a line of its column, on the side where it ends."""
        if line.turned:
            near = [x for k in (-1, 0, 1) for x in self._turned.get(int(line.right // _BUCKET) + k, ())[:200]]
            lefts = sorted(x.left for x in near) or [line.left]
            return line.left - lefts[len(lefts) // 10]
        near = [x for k in (-1, 0, 1) for x in self._columns.get(int(line.left // _BUCKET) + k, ())[:200]]
        rights = sorted(x.right for x in near) or [line.right]
        return rights[-1 - len(rights) // 10] - line.right


def _begins(
    held: Sequence[Line], line: Line, following: Sequence[Line], here: _Measures, there: _Measures
) -> bool:
    """Whether a line begins a paragraph of its own."""
    last = held[-1]
    if _other_type(last, line) or _ITEM.match(line.text):
        return True
    drop = last.base - line.base
    if line.page != last.page or drop < -0.5 * last.size:
        return _ended(last, line, there)  # the next page or column
    if drop < 0.3 * last.size:
        return False
    if drop > max(here.gap * 1.3, 1.0) * last.size:
        return True
    return _indented(held, line, following) or _ended_early(last, line, here)


def _other_type(last: Line, line: Line) -> bool:
    larger, smaller = max(last.size, line.size), min(last.size, line.size)
    return larger > 1.15 * smaller or (last.bold and not line.bold)


def _ended(last: Line, line: Line, there: _Measures) -> bool:
    if _ENDS.search(last.text):
        return True
    first = line.text[0]
    return there.room(last) > 0.3 * max(last.right - last.left, 1.0) and not first.islower()


def _indented(held: Sequence[Line], line: Line, following: Sequence[Line]) -> bool:
    """Whether a first line stands further in than the lines around it."""
    last = held[-1]
    step = 0.8 * line.size
    if _ITEM.match(held[0].text) and len(held) == 1:
        return False  # the second line of an item hangs

    def further(other: Line) -> bool:
        return other.right - line.right > step if line.turned else line.left - other.left > step

    near = (0.3 * line.size, 3 * line.size)
    under = [x for x in following if x.page == line.page and near[0] < line.base - x.base < near[1]]
    if under and further(under[0]):
        return True
    # Further in than the line before, as all that follow: a block set in, or an item whose lines hang.
    return further(last) and (not under or len(held) > 1)


def _ended_early(last: Line, line: Line, here: _Measures) -> bool:
    """Whether the line before had room for the next word and did not take it."""
    room = here.room(last)
    word = line.text.split(None, 1)[0]
    width = (len(word) + 1) / max(len(line.text), 1) * (line.right - line.left)
    if room <= width + 0.5 * last.size:
        return False
    if _ENDS.search(last.text):
        return True
    return room > 0.3 * (last.right - last.left + room) and not line.text[0].islower()
