"""Before a text is sent to a language model: what, where to, and whether a person wants that."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from accordant.cli.finding import CASE_FILE
from accordant.cli.output import complain
from accordant.errors import CaseError, InputError

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.evidence.decisions import Decisions, TextDecisions
    from accordant.evidence.intake import Source
    from accordant.evidence.model_layer.address import Address
    from accordant.evidence.model_layer.sending import Sending
    from accordant.evidence.result import ReadResult

LISTED = 20
"""Reports that are listed before they are sent; of more, the rest is summed up."""
UP = 3
"""Folders above a report in which its case is looked for."""


class Cases:
    """The cases that say how a report is to be handled: that of ``--into``, and those around it."""

    def __init__(self, into: Path | None) -> None:
        self.into = into
        self.opened: dict[Path, tuple[Case, Decisions]] = {}

    def around(self, source: Source, result: ReadResult) -> list[tuple[Case, TextDecisions]]:
        """The cases, each with what was decided on the report's text.

        Raises
        ------
        InputError
            If one has mistakes, so that nobody can tell what may leave.
        """
        from accordant.evidence.decisions import text_sha256

        places = [] if self.into is None else [self.into]
        path = Path(source.name if source.inside is None else source.inside.split(": ")[0])
        if path.exists():
            above = list(path.resolve().parents)[:UP]
            places += [folder for folder in above if (folder / CASE_FILE).is_file()]
        sha256 = text_sha256(result.text)
        return [(case, decisions.text(sha256)) for case, decisions in map(self._open, places)]

    def _open(self, place: Path) -> tuple[Case, Decisions]:
        from accordant.case.folder import read_folder
        from accordant.evidence.decisions import read_decisions
        from accordant.evidence.text import report_text

        if place not in self.opened:
            try:
                folder = read_folder(place, report_text=report_text)
                self.opened[place] = folder.case, read_decisions(folder)
            except CaseError:
                raise InputError(
                    f"{place} has mistakes, so that it cannot be told what may leave: nothing is sent; "
                    f"see accordant check {place}"
                ) from None
        return self.opened[place]


def agree(leaving: Sequence[Sending], address: Address, model: str, *, has_key: bool, yes: bool) -> None:
    """Say what would leave, and where to, and go on only when a person wants it.

    Parameters
    ----------
    yes
        A person said so on the command line; what leaves is said all the same.

    Raises
    ------
    InputError
        If nothing may be sent, or nobody is there to be asked.
    typer.Exit
        If the person does not want it.
    """
    for line in _lines(leaving, address, model, has_key=has_key):
        complain(line, prefix="")
    if not any(going.leaves for going in leaving):
        if any(going.handling for going in leaving):
            raise InputError("nothing is sent: --restricted REPORT names a marked report that may leave")
        raise InputError("nothing is sent: no paragraph of a report is there to be read")
    if yes:
        return
    if not sys.stdin.isatty():
        raise InputError("nothing is sent: answer at a terminal, or give --yes")
    if not _said_yes():
        complain("nothing is sent; without --model the rules read alone", prefix="")
        raise typer.Exit(0)


def _said_yes() -> bool:
    while True:
        print("Send it? y/n: ", end="", file=sys.stderr, flush=True)
        line = sys.stdin.readline()
        if not line or line.strip().lower() in ("n", "no"):
            return False
        if line.strip().lower() in ("y", "yes"):
            return True


def _lines(leaving: Sequence[Sending], address: Address, model: str, *, has_key: bool) -> Iterator[str]:
    where = "this machine" if address.local else f"another machine, {address.host}"
    yield f"A language model is asked at {address.shown} ({where}), model {model!r}. What leaves:"
    going = [one for one in leaving if one.leaves]
    for one in going[:LISTED]:
        mark = f" ({one.handling}, named)" if one.handling else ""
        yield f"  {one.name}{mark}: {_amount(one.paragraphs, one.characters)}"
    if len(going) > LISTED:
        yield f"  and {len(going) - LISTED:,} more reports"
    if len(going) != 1:
        total = _amount(sum(one.paragraphs for one in going), sum(one.characters for one in going))
        yield f"  in all {len(going):,} reports, {total}"
    for one in leaving:
        if one.handling and not one.leaves:
            yield f"  not {one.name}: {one.handling}; --restricted {one.name} sends it too"
        elif not one.leaves:
            yield f"  not {one.name}: it has no paragraph to read"
    if not address.encrypted and not address.local:
        key = "the text and the key" if has_key else "the text"
        yield f"warning: http is not encrypted: whoever is on the way to {address.host} can read {key}"


def _amount(paragraphs: int, characters: int) -> str:
    s = "" if paragraphs == 1 else "s"
    return f"{paragraphs:,} paragraph{s}, {characters:,} characters with the neighbours sent as context"
