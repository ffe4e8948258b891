"""Flags on sentences that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from accordant.evidence.flags.reading import Reading
from accordant.evidence.result import Flag

_OPENS = re.compile(
    r"(?:Although|Though|(?:Not b|B)ecause(?! of)|Whereas|Which|Unless|Even though|Even if"
    r"|Despite the fact that|Except that)\b"
)


def fragments(reading: Reading) -> Iterator[Flag]:
    """A subordinate clause that stands alone: what it belongs to is left open.

    Speech is full of them, and an answer to a question may begin with *because*: neither is flagged.
    """
    text, before = reading.text, None
    for sentence in reading.segments.sentences:
        words = sentence.span.of(text)
        asked = before is not None and before.rstrip("”\"’' ").endswith("?")
        before = words
        if asked or len(words) >= 200 or not words.endswith(".") or _OPENS.match(words) is None:
            continue
        if "," not in words and not reading.quoted(sentence.span.start):
            yield Flag("fragment", (sentence.span,), "Not a full sentence: what it belongs to is not said.")
