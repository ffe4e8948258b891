"""Flags on what a report says of itself about who may see it."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.flags.reading import Reading
from accordant.evidence.handling import strictest
from accordant.evidence.handling_marks import KIND, marks
from accordant.evidence.result import Flag


def handling_mark(reading: Reading) -> Iterator[Flag]:
    """One flag with the place of every mark at the report's head, foot or in its subject."""
    found = list(marks(reading.segments, reading.facts.title))
    if found:
        said = ", ".join(dict.fromkeys(f"“{mark.words}”" for mark in found))
        strict = strictest(mark.handling for mark in found)
        yield Flag(
            KIND,
            tuple(mark.at for mark in found if mark.at is not None),
            f"The report says of itself who may see it: {said}. Its claims are offered as {strict}: confirm "
            "that, or change it.",
        )
