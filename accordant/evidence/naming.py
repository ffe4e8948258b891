"""Names inside a noun phrase: whose name it is, and whether it is the speaker's."""

from __future__ import annotations

from accordant.evidence import words as w
from accordant.evidence.phrases import Range
from accordant.evidence.plausible import head_of
from accordant.evidence.spans import Span
from accordant.evidence.tokens import Words
from accordant.evidence.words import word_set

_SMALL = word_set("of the for and on in at al el bin ibn de van von der la le du da di e y")
_SPEAKERS = w.OFFICES | w.INSIDERS | w.VOICES


def place_of(words: Words, phrase: Range) -> Span:
    """The place of a phrase, without the ending of a possessive."""
    span = words.span(*phrase)
    if phrase[1] - phrase[0] == 1 and words.low(phrase[0]) in w.CONTRACTED:
        return Span(span.start, span.start + words.low(phrase[0]).index("’"))
    if words[phrase[1] - 1].possessive:
        size = 2 if words.text[span.end - 2 : span.end - 1] in ("’", "'") else 1
        span = Span(span.start, span.end - size)
    return span


def person_name(words: Words, phrase: Range, head: int | None = None) -> str | None:
    """The personal name in a phrase, or None: two or more capitals that are no body's.

    Examples
    --------
    >>> from accordant.evidence.tokens import words_of
    >>> text = "Ida Renn, the head of the union"
    >>> person_name(words_of(text, Span(0, len(text)), ()), (0, 8))
    'Ida Renn'
    """
    head = head_of(words, phrase) if head is None else head
    for run in _capital_runs(words, phrase):
        found = _name_in(words, run)
        if found is None:
            continue
        if words.low(run[0] - 1) == "the" and found[0] == run[0] == phrase[0] + 1:
            continue  # “the Alder Isles”
        if words[found[1] - 1].possessive and found[1] <= head:
            continue  # “Mr Orlo’s office”
        if not _beside_head(words, phrase, found, run, head):
            continue
        if joined_names(words, phrase) > 1:
            return place_of(words, (run[0], phrase[1])).of(words.text)
        return words.span(*found).of(words.text).removesuffix("’s").removesuffix("'s")
    return None


def _capital_runs(words: Words, phrase: Range) -> list[Range]:
    runs: list[Range] = []
    k = phrase[0]
    while k < phrase[1]:
        if words[k].cap and words[k].word and words.low(k) not in w.DETERMINERS:
            first = k
            while k < phrase[1] and (
                words[k].cap
                or (
                    words.low(k) in _SMALL
                    and words.low(k) not in ("of", "the", "for", "and", "on", "in", "at")
                    and k + 1 < phrase[1]
                    and words[k + 1].cap
                )
            ):
                k += 1
            runs.append((first, k))
        else:
            k += 1
    return runs


def _name_in(words: Words, run: Range) -> Range | None:
    """The personal name at the end of a run of capitals, after titles and bodies."""
    first, end = run
    titled = False
    start = first
    for k in range(first, end):
        low = words.low(k)
        if low in w.TITLES or low in w.OFFICES:
            titled, start = True, k + 1
        elif (
            low in w.ORGANISATION_WORDS or (words[k].possessive and k < end - 1) or _nationality(low, k, end)
        ):
            titled, start = False, k + 1
    size = end - start
    if titled and 1 <= size <= 4:
        return start, end
    common = words.low(start) in w.GROUPS or words.low(start) in w.INSIDERS if size else False
    if size == 1 and not common and words.low(end) == "," and _described_after(words, end + 1):
        return start, end  # “Munk, a former judge,”
    if 2 <= size <= 4 and not any(
        words[k].text.isupper() and len(words[k].text) > 2 for k in range(start, end)
    ):
        return start, end
    return None


def _described_after(words: Words, k: int) -> bool:
    if words.low(k) in ("who", "speaking"):
        return True
    if words.low(k).isdigit() and len(words.low(k)) == 2:
        return True  # “Orlo, 58,”
    stop = next((j for j in range(k, min(len(words), k + 6)) if not words[j].word), min(len(words), k + 6))
    opens = (
        words.low(k) in ("a", "an", "the", "its", "their", "his", "her", "former")
        or words.low(k) in w.OFFICES
    )
    return opens and any(words.low(j) in _SPEAKERS for j in range(k, stop))


def _nationality(low: str, k: int, end: int) -> bool:
    return k < end - 1 and low in ("us", "u.s.", "uk", "u.k.", "eu", "un", "u.n.")


def _beside_head(words: Words, phrase: Range, name: Range, run: Range, head: int) -> bool:
    """Whether a name is who speaks, not whom the speaker belongs to.

    It begins the phrase, holds its head, stands after a role or between commas, or ends a title
    without an article: ``Senior fellow at the Ostry Institute Ida Renn``.
    """
    first, end = name
    if run[0] == phrase[0] or first <= head < end:
        return True
    before = words.low(first - 1)
    if words[first - 1].text == "," and _of_an_office(words, phrase, first - 1, head):
        return False
    if words[first - 1].text == "," or any(
        before in roles for roles in (w.OFFICES, w.TITLES, w.VOICES, w.INSIDERS)
    ):
        return True
    opening = words.low(phrase[0])
    bare = opening not in w.DETERMINERS and opening not in w.NUMBERS
    titled = words.low(head) in w.OFFICES or words.low(head) in w.VOICES
    return bare and titled and end == phrase[1] and before not in _SMALL


def _of_an_office(words: Words, phrase: Range, comma: int, head: int) -> bool:
    """Whether a name after a comma names the office before it, not who speaks.

    ``A person close to the [chief negotiator, Ida Renn]``, ``an aide to the [minister, Ida Renn]``; but
    ``the head of the union, Ida Renn``.
    """
    opening = words.low(phrase[0])
    unnamed = opening in _UNNAMED or opening in w.NUMBERS or words.low(head).endswith("s")
    if not unnamed or head >= comma or (words[head].cap and head > phrase[0]):
        return False
    held = words.low(comma - 1)
    governed = any(words.low(k) in _GOVERNS for k in range(head + 1, comma - 1))
    return governed and (held in w.OFFICES or held in w.INSIDERS or held in w.VOICES or held in w.TITLES)


_UNNAMED = word_set("a an another one some several many few both no any someone somebody")
_GOVERNS = word_set("of to for with by on about from")


def proper_name(words: Words, phrase: Range, head: int) -> str | None:
    """A body's name: its capitals with what *of* adds; None where its head is a common noun."""
    stop = next((k for k in range(*phrase) if words[k].text == ","), phrase[1])
    if not words[head].cap or head >= stop:
        return None
    first = phrase[0]
    while first < head and (words.low(first) in w.DETERMINERS or not words[first].cap):
        first += 1
    end = head + 1
    for k in range(head + 1, stop):
        if words[k].cap:
            end = k + 1
        elif words.low(k) not in ("of", "for", "the", "and", "&", "on", "in", "de"):
            break
    return words.span(first, end).of(words.text).removesuffix("’s").removesuffix("'s")


def joined_names(words: Words, phrase: Range) -> int:
    """How many people a phrase names: two where *and* joins two names."""
    joins = [k for k in range(*phrase) if words.low(k) in ("and", "&")]
    if len(joins) != 1 or not phrase[0] < joins[0] < phrase[1] - 1:
        return 1
    left, right = (phrase[0], joins[0]), (joins[0] + 1, phrase[1])
    return (
        2
        if all(_name_in(words, r) for side in (left, right) for r in _capital_runs(words, side)[:1] or [side])
        else 1
    )
