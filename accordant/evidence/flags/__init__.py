"""What is odd about a report's text, each kind a small function. Nothing is corrected, only shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from accordant.evidence.flags import page, speech
from accordant.evidence.flags.blame import unsourced_blame
from accordant.evidence.flags.certainty import certainty
from accordant.evidence.flags.counts import counts
from accordant.evidence.flags.credit import secondary
from accordant.evidence.flags.fragments import fragments
from accordant.evidence.flags.garbled import places, times
from accordant.evidence.flags.handling import handling_mark
from accordant.evidence.flags.numbers import numbers
from accordant.evidence.flags.reading import Reading as Reading
from accordant.evidence.flags.scope import scope
from accordant.evidence.flags.status import status
from accordant.evidence.flags.tellings import tellings
from accordant.evidence.result import Flag
from accordant.evidence.text import Intake

FLAGS: dict[str, Callable[[Reading], Iterator[Flag]]] = {
    "no-date, no-author, no-address": page.missing,
    "language": page.language,
    "secondary-report, exclusive-elsewhere": secondary,
    "several-tellings": tellings,
    "status-conflict": status,
    "certainty-conflict": certainty,
    "number-conflict": numbers,
    "scope": scope,
    "garbled-time": times,
    "garbled-place": places,
    "garbled-count": counts,
    "open-time": speech.open_times,
    "unattributed": speech.unattributed,
    "unsourced-blame": unsourced_blame,
    "unresolved-source": speech.unresolved,
    "not-said": speech.unsaid,
    "fragment": fragments,
    "unclosed-quotation": page.unclosed,
    "hidden-characters, mixed-script": page.hidden,
    "furniture": page.furniture,
    "handling-mark": handling_mark,
}
"""Every kind of flag and the function that finds it; ``control-characters`` comes from taking in."""


def flags_of(reading: Reading, intake: Intake) -> tuple[Flag, ...]:
    """Every flag, in the order of the table above."""
    return (
        *(flag for kind in FLAGS.values() for flag in kind(reading)),
        *page.as_taken_in(intake),
    )
