"""Flags on reports that retell another outlet's story."""

from __future__ import annotations

from collections.abc import Iterator

from accordant.evidence.credits import banner_exclusive
from accordant.evidence.flags.reading import Reading
from accordant.evidence.result import Flag


def secondary(reading: Reading) -> Iterator[Flag]:
    """A report that credits another outlet, and one that calls itself exclusive all the same."""
    credits = reading.facts.credits
    if not credits:
        return
    names = ", ".join(dict.fromkeys(c.outlet for c in credits))
    yield Flag(
        "secondary-report",
        tuple(c.at for c in credits),
        f"The report credits {names}: it may retell that story, and what it puts in quotation marks is not "
        "verbatim evidence of what was said.",
    )
    banner = banner_exclusive(reading.segments)
    if banner is not None:
        yield Flag(
            "exclusive-elsewhere",
            (banner, *(c.at for c in credits[:1])),
            f"It calls itself exclusive and yet credits {names}.",
        )
