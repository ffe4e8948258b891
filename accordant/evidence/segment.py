"""A report's text cut into paragraphs and sentences, with its quotations and its furniture."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accordant.evidence.furniture import Furniture, furniture, furniture_among, furniture_kind
from accordant.evidence.quotations import Quotation, quotations
from accordant.evidence.records import record
from accordant.evidence.spans import Span, trimmed
from accordant.evidence.words import word_set

_BLANK = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+|[\u2029]")
# It begins with the marks themselves, for which the engine runs through the text without stopping.
_STOP = re.compile(
    r"[.!?…。！？｡؟۔।॥።፧។៕།](?:[.!?…。！？｡؟۔।॥]*[\"”“’'»«)\]」』》）]*(?=\s|$)"
    r"|(?<=[。！？｡؟।॥።])(?:[。！？｡।॥]*[”»」』》）]*)(?=\S))"
)
"""Where sentences end, in the scripts that mark it; those without spaces need none after the mark."""
_LONGEST = 2000  # code points; a longer sentence is no sentence, and rules may look at all of one
_LONGEST_QUOTED = 1800  # a quotation longer than this may be cut into sentences
_BULLETS = "•*‣◦▪·"
_WRAP = (40, 100)  # widths between which lines of a block look wrapped

_ABBREVIATIONS = word_set(
    "mr mrs ms dr prof gen lt col maj capt cmdr adm sgt cpl pvt sen rep gov pres rev hon st mt ft no nos "
    "vs inc ltd co corp llc dept est fig jan feb mar apr jun jul aug sept sep oct nov dec mon tue wed thu "
    "fri sat sun jr sr messrs mme mlle brig vol pp ed eds approx ca cf al e.g i.e etc a.m p.m u.s u.k u.n "
    "e.u u.a.e d.c ph.d"
)
_ENDS_TOO = word_set("etc a.m p.m u.s u.k u.n e.u u.a.e d.c inc ltd co corp jr sr al ph.d")
_OPENING = word_set(
    "the a an he she they it we i in on at but and his her their its this that these those as after "
    "before when while if for from with there no not"
)


@record
class Sentence:
    """One sentence and the paragraph (by number) that it stands in."""

    span: Span
    paragraph: int
    headline: bool = False


@dataclass(frozen=True, slots=True)
class Segments:
    """The parts of a report's text."""

    text: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    quotations: tuple[Quotation, ...]
    furniture: tuple[Furniture, ...]
    headline: Span | None


def segment(text: str, known: Sequence[Furniture] = ()) -> Segments:
    """Cut a text into paragraphs, sentences, quotations and furniture.

    Sentences cover the report's own words; paragraphs of furniture have none.

    Parameters
    ----------
    known
        Furniture that the report's format tells of: running heads, quoted mails.

    Examples
    --------
    >>> parts = segment("Talks go on\\n\\nMr. Adeyo met the envoy. They spoke for 2.5 hours.")
    >>> [s.span.of(parts.text) for s in parts.sentences]
    ['Talks go on', 'Mr. Adeyo met the envoy.', 'They spoke for 2.5 hours.']
    """
    paragraphs = tuple(_paragraphs(text))
    quoted = quotations(text, paragraphs)
    marked = _with_known(furniture(text, paragraphs), paragraphs, known)
    skipped = {f.span for f in marked}
    kept = [(k, p) for k, p in enumerate(paragraphs) if p not in skipped]
    head = _headline(text, [p for _, p in kept])
    sentences: list[Sentence] = []
    among: list[Furniture] = []
    at = 0  # the first quotation that may still matter: both lists are in order
    for k, paragraph in kept:
        while at < len(quoted) and quoted[at].span.end <= paragraph.start:
            at += 1
        near = []
        for q in quoted[at:]:
            if q.span.start >= paragraph.end:
                break
            near.append(q)
        for s in _sentences(text, paragraph, near):
            what = furniture_among(s.of(text))
            if what is None:
                sentences.append(Sentence(s, k, paragraph == head))
            else:
                among.append(Furniture(s, what))
    if among:
        marked = tuple(sorted((*marked, *among), key=lambda f: f.span))
    return Segments(text, paragraphs, tuple(sentences), quoted, marked, head)


def _with_known(
    found: tuple[Furniture, ...], paragraphs: Sequence[Span], known: Sequence[Furniture]
) -> tuple[Furniture, ...]:
    """Furniture as it looks, and as the report's format tells of it; what is told goes first."""
    if not known:
        return found
    whole = {f.span: f for f in found}
    for stretch in known:
        for paragraph in paragraphs[bisect_left(paragraphs, stretch.span) :]:
            if not stretch.span.holds(paragraph):
                break
            whole[paragraph] = Furniture(paragraph, stretch.what)
    return tuple(whole[p] for p in sorted(whole))


def _paragraphs(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BLANK.finditer(text):
        yield from _lines(text, Span(start, gap.start()))
        start = gap.end()
    yield from _lines(text, Span(start, len(text)))


def _lines(text: str, block: Span) -> Iterator[Span]:
    """A block's lines as paragraphs, joined where they look wrapped by an editor."""
    lines: list[Span] = []
    start = block.start
    while start < block.end:
        end = text.find("\n", start, block.end)
        end = block.end if end < 0 else end
        line = trimmed(text, Span(start, end))
        if line.end > line.start:
            lines.append(line)
        start = end + 1
    held: Span | None = None
    for line in lines:
        if held is not None and _wrapped(text, lines, held, line):
            held = Span(held.start, line.end)
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def _wrapped(text: str, lines: list[Span], before: Span, line: Span) -> bool:
    # The last physical line of what is held so far.
    last = Span(max(before.start, text.rfind("\n", before.start, before.end) + 1), before.end)
    width = last.end - last.start
    if not _WRAP[0] <= width <= _WRAP[1]:
        return False
    if text[line.start].islower():
        return True
    if text[line.start] in _BULLETS:
        return False
    if text[last.end - 1] in '.!?”"' and furniture_kind(line.of(text)) is not None:
        return False  # a button or a notice between two paragraphs
    longest = max((s.end - s.start for s in lines[:40]), default=0)
    return len(lines) > 2 and longest <= _WRAP[1] and width > 0.75 * longest


def _headline(text: str, paragraphs: list[Span]) -> Span | None:
    if len(paragraphs) < 2:
        return None
    first = paragraphs[0].of(text)
    plain = first.rstrip("”’\"' ")
    if len(first.split()) > 35 or plain.endswith((".", "!", ":", ";", ",")):
        return None
    return paragraphs[0]


def _sentences(text: str, paragraph: Span, near: list[Quotation]) -> Iterator[Span]:
    start = paragraph.start
    closed = [q.span for q in near if q.closed and q.span.end - q.span.start <= _LONGEST_QUOTED]
    at = 0
    for stop in _STOP.finditer(text, *paragraph):
        while at < len(closed) and closed[at].end <= stop.start():
            at += 1
        end = stop.end()
        inside = at < len(closed) and closed[at].start < stop.start() and end < closed[at].end
        if inside or not _ends_sentence(text, start, stop, paragraph.end):
            continue
        yield from _cut(text, trimmed(text, Span(start, end)))
        start = end
    rest = trimmed(text, Span(start, paragraph.end))
    if rest.end > rest.start:
        yield from _cut(text, rest)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """What is far too long for a sentence, in pieces that end at white space where there is any."""
    start, end = span
    while end - start > _LONGEST:
        gap = max(text.rfind(" ", start, start + _LONGEST), text.rfind("\n", start, start + _LONGEST))
        stop = gap if gap > start else start + _LONGEST
        yield trimmed(text, Span(start, stop))
        start = trimmed(text, Span(stop, end)).start
    if end > start:
        yield Span(start, end)


def _ends_sentence(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    after = _next(text, stop.end(), limit)
    if after is None:
        return True
    if after.islower() or after in ",;:":
        return False
    marks = stop.group()
    if marks[0] == "." and not marks.startswith("..") and not _full_stop(text, start, stop, limit):
        return False
    quoted = marks.rstrip("\"”’'»") != marks
    # “Will they sign?” Adeyo asked.
    return not (quoted and _attributes(text, stop.end(), limit))


def _next(text: str, at: int, limit: int) -> str | None:
    while at < limit:
        if not text[at].isspace():
            return text[at]
        at += 1
    return None


def _full_stop(text: str, start: int, stop: re.Match[str], limit: int) -> bool:
    """Whether a single full stop ends a sentence, and not an abbreviation or an initial."""
    first = stop.start()
    while first > max(start, stop.start() - 12) and (text[first - 1].isalnum() or text[first - 1] in "._"):
        first -= 1
    word = text[first : stop.start()].lower()
    if len(word) == 1 and word.isalpha() and text[stop.start() - 1].isupper():
        return word == "i"
    if word not in _ABBREVIATIONS:
        return True
    if word in ("no", "nos", "fig", "art"):  # “they would vote no.”
        return not text[stop.end() : stop.end() + 2].strip()[:1].isdigit()
    following = text[stop.end() : min(limit, stop.end() + 40)].split(None, 1)
    return word in _ENDS_TOO and bool(following) and following[0].lower() in _OPENING


_TAG = re.compile(
    r"\s+[^.!?“\"\n;:]{0,90}?\b(?:said|says|asked|asks|told|added|adds|wrote|writes|demanded|replied|insisted"
    r"|warned|declared|announced|shouted|claimed|explained|noted|argued|recalled|continued)\b(?!\s+that\b)"
)


def _attributes(text: str, at: int, limit: int) -> bool:
    """Whether a short tag such as ``Adeyo asked`` follows a quotation."""
    tag = _TAG.match(text, at, min(limit, at + 130))
    if tag is None or len(tag.group().split()) > 9:
        return False
    # A tag has little after it; a sentence of its own goes on to say something.
    end = min((e for mark in '.,“"' if (e := text.find(mark, tag.end(), limit)) >= 0), default=limit)
    return len(text[tag.end() : end].split()) <= 6 and text[end : end + 1] != "“"
