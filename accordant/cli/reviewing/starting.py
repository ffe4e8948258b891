"""``read --into``: the reports in turn, with a person at the terminal, as a table, or back from one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from accordant.cli.gathering import is_single, sources
from accordant.cli.modelling import NOTHING, Beside, reading
from accordant.cli.output import complain
from accordant.errors import CaseError, InputError
from accordant.evidence.result import ReadResult

T = TypeVar("T")
_MEND_FIRST = "claims can be read in once the mistakes above are mended"
_LEAVE_OUT = (
    "; a because that names a claim still to be read in can be left out now: a because can be added after "
    "its claim is in the case"
)


def opened(case: Path, make: Callable[[Path], T]) -> T:
    """What a case is opened for, once it is sure that claims can go into it.

    Raises
    ------
    InputError
        If it is another program's file, or has mistakes, which are printed.
    """
    from accordant.exchange.formats import recognise

    foreign = recognise(case)
    if foreign is not None:
        hint = f"'accordant convert {case} FOLDER' makes a case of it"
        raise InputError(f"{case} is a file of {foreign.title}, which has no place for claims; {hint}")
    try:
        return make(case)
    except CaseError as error:
        from accordant.cli.problems import mistakes

        for mistake in mistakes(error.problems):
            complain(mistake, prefix="")
        because = any("because" in (problem.path or "") for problem in error.problems)
        raise InputError(_MEND_FIRST + (_LEAVE_OUT if because else "")) from None


def readings(
    reports: Sequence[Path],
    published: str | None,
    failed: list[Path],
    retrieved: str | None = None,
    beside: Beside | None = None,
) -> Iterator[tuple[Path, bytes, ReadResult]]:
    """Every report that can be read, with its place and bytes; what cannot is said, and the others go on."""
    found = sources(reports, failed, quietly=True)
    for source, result in reading(found, published, retrieved, beside or NOTHING):
        yield Path(source.name), source.raw, result


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of ``read --into``."""

    published: str | None = None
    retrieved: str | None = None
    by: str | None = None
    again: bool = False
    out: Path | None = None
    marked: Path | None = None
    yes: bool = False
    beside: Beside = NOTHING


def go_into(reports: Sequence[Path], case: Path, asked: Asked) -> None:
    """Ask about the reports, write a table of their suggestions, or read a marked one back.

    Raises
    ------
    InputError
        For options that do not go together, and as the three do.
    """
    if asked.out is not None and asked.marked is not None:
        raise InputError("choose one of --out and --marked")
    if asked.yes and asked.marked is None and asked.beside.address is None:
        raise InputError("--yes goes with --marked FILE")
    if asked.marked is not None:
        if asked.again or asked.published is not None:
            raise InputError("the table says what was asked; leave out --again and --published")
        from accordant.cli.reviewing.batch import take_back

        take_back(reports, case, asked.marked, asked.retrieved, asked.by, asked.yes)
        return
    if asked.out is not None:
        if asked.beside.anything:
            raise InputError("a table holds what the rules suggest; leave out --model and --learned")
        if asked.by is not None:
            raise InputError("--by says who decided; give it with --marked")
        from accordant.cli.reviewing.batch import write_table

        write_table(reports, case, asked.out, asked.published, asked.retrieved, asked.again)
        return
    review(reports, case, asked.published, asked.by, asked.again, asked.retrieved, asked.beside)


def review(
    reports: Sequence[Path],
    case: Path,
    published: str | None,
    by: str | None,
    again: bool,
    retrieved: str | None = None,
    beside: Beside | None = None,
) -> None:
    """Ask for the claims of each report in turn; each is written before the next one is read."""
    from accordant.cli.read_into import Interview

    if any(str(report) == "-" for report in reports):
        hint = "with --into, answers come from standard input; save the report to a file first"
        raise InputError(hint)
    interview = opened(case, lambda path: Interview(path, by, again=again, alone=is_single(reports)))
    failed: list[Path] = []
    for path, raw, result in readings(reports, published, failed, retrieved, beside):
        if not interview.report(raw, result, str(path)):
            break
    if failed:
        raise InputError("not every report could be read")
