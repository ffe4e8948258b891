"""The reports that a command names, taken in, with what cannot be read said on the way."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.cli.output import Progress, complain, one_line, working

if TYPE_CHECKING:
    from accordant.evidence.intake import Source


def sources(reports: Sequence[Path], failed: list[Path], *, quietly: bool = False) -> Iterator[Source]:
    """Every report that can be read, in order; what cannot is said, and the others go on.

    Parameters
    ----------
    failed
        Takes the names of what was to be read and could not be.
    quietly
        Show no progress: something else is printed meanwhile.
    """
    from accordant.evidence.intake import Refused, gather

    def nothing(_done: int, _total: int) -> None:
        return

    with nullcontext(nothing) if quietly else working("Reading") as progress:
        shown: Progress = progress
        for found in gather(reports, progress=shown):
            if not isinstance(found, Refused):
                yield found
            elif found.kind == "error":
                complain(one_line(found.says))
                failed.append(Path(found.name))
            else:
                complain(one_line(found.says), prefix="note: ")


def is_single(reports: Sequence[Path]) -> bool:
    """Whether one report was named, and not a folder or a list of them."""
    return len(reports) == 1 and not (str(reports[0]).startswith("@") or reports[0].is_dir())


def ahead(reports: Sequence[Path]) -> None:
    """Start what will take the reports apart, as far as their names tell."""
    from accordant.evidence.intake.gathering import start_ahead

    start_ahead(reports)
