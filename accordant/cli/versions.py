"""``freeze``, ``log`` and ``diff``: a case through time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.table import Table as Grid
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, flag, option
from accordant.cli.output import complain, emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.history.changes_diff import DiffResult
    from accordant.history.log import Entry, LogResult
    from accordant.history.versions_freezing import FreezeResult


def freeze(
    case: CaseArgument,
    id_: Annotated[
        str | None, option("--id", metavar="NAME", help="Name the version; by default its date.")
    ] = None,
    by: Annotated[str | None, option("--by", metavar="NAME", help="Who freezes it.")] = None,
    note: Annotated[str | None, option("--note", metavar="TEXT", help="A remark to keep with it.")] = None,
    direction: Annotated[
        str | None,
        option(
            "--direction",
            metavar="toward|away|none",
            help="Whether things moved toward agreement, in your own view; needs --because.",
        ),
    ] = None,
    because: Annotated[
        str | None, option("--because", metavar="TEXT", help="Why that direction, in a sentence.")
    ] = None,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Keep the case as it is as a version, with its answers."""
    with working("Working out the answers to keep") as progress:
        opened = open_for(case, [output] if output else [])
        result = opened.freeze(id_, by=by, note=note, direction=direction, because=because, progress=progress)
    for said in result.warnings:
        complain(said, prefix="warning: ")
    emit(result, _frozen(result), as_json=as_json, as_csv=as_csv, output=output)


def _frozen(result: FreezeResult) -> Iterator[RenderableType]:
    about = result.version
    yield title(f"{result.title}: {result.says}")
    if result.made:
        yield indented(f"folder: {result.path}")
        yield indented(f"digest: {about.digest}")
        after = f" after {about.parent}" if about.parent else ", the first version"
        yield indented(
            f"frozen {about.frozen} by {about.by}{after}" if about.by else f"frozen {about.frozen}{after}"
        )


def log(
    case: CaseArgument,
    verify: Annotated[
        bool, flag("--verify", help="Work out every hash again, and say what differs.")
    ] = False,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """List the versions of a case, newest first."""
    with working("Reading the versions"):
        opened = open_for(case, [output] if output else [])
        result = opened.log(verify=verify)
    for said in (*map(str, result.problems), *result.warnings):
        complain(said, prefix="warning: ")
    emit(result, _logged(result, rows, verify), as_json=as_json, as_csv=as_csv, output=output)
    if verify and not result.sound:
        raise typer.Exit(1)


def _logged(result: LogResult, rows: int, verify: bool) -> Iterator[RenderableType]:
    count = len(result.entries)
    yield title(f"{result.title}: {count or 'no'} version{'' if count == 1 else 's'}")
    if not result.entries:
        yield indented(f"'accordant freeze {result.path}' makes one.")
    if result.now:
        yield Text("")
        yield title("now")
        yield indented(f"{result.now} (accordant diff {result.path})")
    for entry in result.entries[: rows or None]:
        yield Text("")
        yield from _entry(entry, verify)
    if rows and count > rows:
        yield Text(f"… and {count - rows:,} more (--rows 0 shows all, --csv writes all)", style="dim")
    if result.damaged:
        yield Text("")
        yield title(f"Cannot be read: {', '.join(result.damaged)}")
        for problem in result.problems:
            yield indented(str(problem))


def _entry(entry: Entry, verify: bool) -> Iterator[RenderableType]:
    from accordant.history.direction import in_words

    about = entry.version
    as_of = f", as of {about.as_of}" if about.as_of and about.as_of != about.id else ""
    who = f" by {about.by}" if about.by else ""
    yield title(f"{about.id}{as_of}")
    if about.direction:
        yield indented(f"{in_words(about.direction)}: {about.because}")
    yield indented(entry.says)
    if about.note:
        yield indented(about.note)
    yield indented(f"frozen {about.frozen}{who}, digest {about.digest[:12]}, Accordant {about.program}")
    if verify and entry.differs is not None:
        for said in entry.differs or ("verified: everything is as it was",):
            yield indented(said if not entry.differs else f"NOT AS IT WAS: {said}")


def diff(
    case: CaseArgument,
    old: Annotated[
        str | None,
        typer.Argument(
            metavar="FROM", help="A version, 'now' or another case; the last version.", show_default=False
        ),
    ] = None,
    new: Annotated[
        str | None,
        typer.Argument(metavar="TO", help="What it became; the case as it is now.", show_default=False),
    ] = None,
    conclusion: Annotated[
        list[str] | None,
        option("--conclusion", metavar="ID", help="Look at this conclusion only; repeat for several."),
    ] = None,
    no_why: Annotated[
        bool, flag("--no-why", help="Leave out which changes moved each answer; faster.")
    ] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Say what changed since a version, and why answers did."""
    leaves = as_json or as_csv or output is not None
    with working("Comparing") as progress:
        opened = open_for(case, [output] if output else [])
        result = opened.diff(old, new, conclusions=conclusion, why=not no_why, progress=progress)
        if leaves or restricted:
            clear = result.cleared(restricted or ())
            result = clear if leaves else result
    for said in result.warnings:
        complain(said, prefix="warning: ")
    emit(result, _differing(result, rows), as_json=as_json, as_csv=as_csv, output=output)


_HEADS = {
    "feasible": "Rules",
    "status_quo": "Status quo",
    "no_deal": "No deal",
    "as_of": "Date",
    "terms": "Guarantees and inducements",
    "only": "States",
}


def _differing(result: DiffResult, rows: int) -> Iterator[RenderableType]:
    from accordant.history.direction import in_words

    yield title(f"{result.new.case.title}")
    yield title(result.title)
    about = result.new.version
    if about and about.direction:
        yield indented(f"Marked {in_words(about.direction)}: {about.because}")
    yield from _changes(result, rows)
    if not result.changes and result.old.version and result.new.version is None:
        earlier = result.old.version.parent
        if earlier:
            yield indented(f"'accordant diff CASE {earlier}' compares with the version before that.")
        return
    if result.changed:
        yield Text("")
        yield Page(answers(result), rows=rows)
        yield from _through(result)
        if any(about.sets for about in result.changed):
            yield indented(
                "Moved by: changes by their numbers, the smallest sets that make the new answer from the old "
                "case; + needs both, ; is either."
            )
    yield from _drifted(result)
    yield method_line(result.method)


def _changes(result: DiffResult, rows: int) -> Iterator[RenderableType]:
    listed = result.changes[: rows or None]
    for section, some in groupby(listed, key=lambda change: change.section):
        yield Text("")
        yield title(_HEADS.get(section, section.replace("_", " ").capitalize()))
        grid = Grid.grid(padding=(0, 2, 0, 0))
        grid.add_column(justify="right", width=5)
        grid.add_column()
        for change in some:
            grid.add_row(str(result.numbers[change.id]), Text(safe(result.said[change.id])))
        yield grid
    left = len(result.changes) - len(listed)
    if left:
        yield Text(f"… and {left:,} more changes (--rows 0 shows all, --csv writes all)", style="dim")


def answers(result: DiffResult) -> Table:
    """Answers that differ; those on one state that differ in the concept only share a row."""
    from accordant.reliance.conclusions import merged

    rows = [
        (
            about.conclusion
            if about.was in ("", about.conclusion)
            else f"{about.conclusion} (was {about.was})",
            about.before.says if about.before else "not drawn",
            about.after.says if about.after else "not drawn",
            _few(result.sets(about).split("; ")),
        )
        for about in result.changed
    ]
    return Table("Answers that differ", ("conclusion", "was", "is", "moved by"), tuple(merged(rows)))


def _few(sets: Sequence[str], most: int = 4) -> str:
    return "; ".join(sets[:most]) + (f"; {len(sets) - most} more" if len(sets) > most else "")


def _through(result: DiffResult) -> Iterator[RenderableType]:
    """Lines that lose or gain their ground by changes elsewhere."""
    for numbers, said in result.through.items():
        yield indented(f"By {numbers}: {'; '.join(said)}")


def _drifted(result: DiffResult) -> Iterator[RenderableType]:
    if result.drifted:
        about = result.old.version
        program = about.program if about else ""
        yield Text("")
        yield title(f"Answers of {result.old.label} that this version of Accordant gives otherwise")
        for conclusion, then, now in result.drifted:
            yield indented(f"{conclusion}: {then} with Accordant {program}, {now} now")
