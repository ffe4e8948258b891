"""Flags on numbers that do not fit the list beside them: *three ministers: A and B*.

A list counts as one only where it is plainly one: names, or short words without a verb. Where *and*
may stand inside a name or an item, every way to cut the list is allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.flags.reading import Led, Reading
from accordant.evidence.result import Flag
from accordant.evidence.spans import Span
from accordant.evidence.words import AUXILIARIES, FINITE, MODALS, MONTHS, SUBJECT_PRONOUNS, WEEKDAYS, word_set

_NUMBERS = {
    w: n
    for n, w in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], start=2
    )
}
_NUMBER = r"(?:" + "|".join(_NUMBERS) + r"|\d{1,3})"
_PART = r"(?:[A-Z][\w’.-]*|of|the|de|al|el|la|van|von|am|on|upon)"
_NAME = rf"(?:the )?[A-Z][\w’.-]*(?:[ -]{_PART}){{0,5}}"
_LIST = rf"{_NAME}(?:, {_NAME})*,? (?:and|&) {_NAME}"
_SHORT = r"[A-Z][\w’-]*(?: and [A-Z][\w’-]*){2,}"
_COUNTED = rf"(?P<n>\b{_NUMBER}\b) (?P<what>(?!of\b|per\b)(?:[a-z’-]+ ){{0,4}}?[a-z][a-z’-]+)"
_CUES = " ".join(("#", *_NUMBERS))
_NAMED = Led(
    rf"(?i:(?<![\d.,]){_COUNTED})(?P<mark>,| [–—-]|:| \()\s?(?P<list>{_LIST})(?P<after>[^\w]"
    rf"|$)(?P<next>\s*\w*)",
    _CUES,
)
_NAMED_BEFORE = re.compile(
    rf"(?<!, )(?P<list>{_LIST}), (?:the |all )?(?i:{_COUNTED})(?P<after>[,.;])(?P<next>\s*\w*)"
)
_APPOSED = Led(rf"(?i:(?<=, )|(?<=, the )|(?<=, all ))(?i:{_COUNTED})[,.;]", _CUES)
_COLON = Led(
    rf"(?i:(?<![\d.,]){_COUNTED}): (?P<list>[^.;:!?“”\"()\n]{{3,160}})(?P<after>[.;\n]|$)(?P<next>)",
    _CUES,
)
_BOTH = Led(rf"[Bb]oth (?P<list>{_SHORT}|{_LIST})(?P<after>\W|$)(?P<next>\s*\w*)", "both")
_SUM = Led(
    rf"(?i:(?<![\d.,]){_COUNTED})(?:,| [–—-]|:"
    rf"| \()\s?(?P<list>(?P<n1>{_NUMBER}) (?P<first>[^\W\d][^,;.:()]*?)"
    rf"(?P<more>(?:, {_NUMBER} [^,;.:()]*?)*),? and (?P<n2>{_NUMBER}) [^\W\d][\w’ -]*)",
    _CUES,
)
_PART_OF = re.compile(r"\b(?:of(?: (?:the|its|his|her|their|all|those|these))?|but) $")
_REACH = 120  # letters before a number in which the list that it counts may begin
_LOOSE = word_set("among including included others other such like more namely plus also amongst least")
_NO_COUNT = word_set(
    "percent per cent years year months month weeks week days day hours hours minutes times miles kilometres "
    "metres kilometers meters tonnes tons crowns marks dollars euros pounds million billion thousand hundred "
    "points o’clock people’s"
)
_VERBS = AUXILIARIES | MODALS | FINITE | SUBJECT_PRONOUNS
_AND = re.compile(r",? (?:and|&|or) ")
_WORD = re.compile(r"[\w’'-]+")


def counts(reading: Reading) -> Iterator[Flag]:
    """Numbers that do not fit the list that they announce."""
    flagged: list[Span] = []
    for flag in (*_names(reading), *_plain(reading), *_both(reading), *_sums(reading)):
        if not any(flag.at[0].meets(span) for span in flagged):
            flagged.append(flag.at[0])
            yield flag


def _names(reading: Reading) -> Iterator[Flag]:
    before = (
        match
        for at in reading.matches(_APPOSED)
        if (match := _NAMED_BEFORE.search(reading.text, max(0, at.start() - _REACH), at.end() + 20))
        is not None
    )
    for match in (*reading.matches(_NAMED), *before):
        number, items = _number(match.group("n")), _items(match.group("list"))
        if _open(match) or items is None or number in (len(items), len(items) / 2):
            continue
        if match.groupdict().get("mark") == "," and not _apposed(reading, match):
            continue
        yield _flag(match, number, str(len(items)))


def _apposed(reading: Reading, match: re.Match[str]) -> bool:
    """Whether names after a comma say who was counted: *after three rounds, Ulm and Orn agreed* does not."""
    sentence = reading.sentence_at(match.start())
    before = reading.text[sentence.span.start : match.start()] if sentence is not None else ""
    return match.group("after") in (",", ".", ";", ")", "") and len(before.split()) != 1


def _plain(reading: Reading) -> Iterator[Flag]:
    """Short things after a colon: *three demands: pay and hours*."""
    for match in reading.matches(_COLON):
        listed, number = match.group("list"), _number(match.group("n"))
        pieces = [piece for part in listed.split(",") for piece in _AND.split(" " + part.strip() + " ")]
        words = [_WORD.findall(piece) for piece in pieces if piece.strip()]
        small = all(1 <= len(w) <= 4 and _VERBS.isdisjoint(map(str.lower, w)) for w in words)
        if _open(match) or not small or match.group("list")[0].isupper() or not _AND.search(listed):
            continue
        commas = listed.count(",") + 1 - len(re.findall(r", (?:and|or) ", listed))
        least, most = max(1, commas), len(words)
        if not least <= number <= most:
            yield _flag(match, number, str(most) if least == most else f"{least} to {most}")


def _both(reading: Reading) -> Iterator[Flag]:
    for match in reading.matches(_BOTH):
        items = _items(match.group("list"))
        if items is not None and len(items) > 2 and not _open(match):
            yield _flag(match, 2, str(len(items)))


def _sums(reading: Reading) -> Iterator[Flag]:
    """Parts that do not make the whole: *five people, two nurses and four porters*."""
    for match in reading.matches(_SUM):
        parts = [match.group("n1"), *re.findall(rf", ({_NUMBER}) ", match.group("more")), match.group("n2")]
        number, total = _number(match.group("n")), sum(map(_number, parts))
        if _open(match) or total == number or not _LOOSE.isdisjoint(match.group("list").lower().split()):
            continue
        if match.group("first").split()[0].lower() in _NO_COUNT or number in map(_number, parts):
            continue
        yield Flag(
            "garbled-count",
            (Span(*match.span()),),
            f"“{match.group('n')} {match.group('what')}”, but those listed make {total}.",
        )


def _open(match: re.Match[str]) -> bool:
    """Whether the list may go on, or the number counts something else."""
    if _PART_OF.search(match.string, max(0, match.start() - 12), match.start()) is not None:
        return True
    groups = match.groupdict()
    near = [*_WORD.findall(groups.get("next") or ""), *(groups.get("what") or "").split()]
    what = (groups.get("what") or "").split()
    if what and (what[-1] in _NO_COUNT or what[0] in _NO_COUNT or not _VERBS.isdisjoint(what)):
        return True
    listed = _WORD.findall(match.group("list").lower())
    return not _LOOSE.isdisjoint(w.lower() for w in near) or not _LOOSE.isdisjoint(listed)


def _items(listed: str) -> list[str] | None:
    """The names of a list; None where they are days or months, or where a name may hold *and*."""
    items = [piece.strip() for part in listed.split(", ") for piece in _AND.split(part) if piece.strip()]
    items = [item.removeprefix("and ").removeprefix("& ") for item in items]
    low = {word for item in items for word in item.lower().split()}
    if not (WEEKDAYS | MONTHS).isdisjoint(low) or "&" in listed:
        return None
    return items


def _number(words: str) -> int:
    return _NUMBERS.get(words.lower()) or int(words)


def _flag(match: re.Match[str], number: int, found: str) -> Flag:
    stop = match.end("list") - (match.group("list").endswith("."))
    said = match.groupdict().get("n")
    what = f"“{said} {match.group('what')}”" if said else "“both”"
    return Flag("garbled-count", (Span(match.start(), stop),), f"{what}, but the list beside it has {found}.")
