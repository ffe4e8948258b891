"""``read --into CASE --out FILE`` and ``--marked FILE``: suggestions to mark in a table, and back."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from accordant.cli.gathering import sources
from accordant.cli.output import complain, indented, safe, say, title, working, write_file
from accordant.cli.read_fields import Answers, InterruptedAnswerError
from accordant.cli.reviewing.starting import opened
from accordant.errors import CaseError, InputError, Problem, ReportError
from accordant.evidence.batch.marked import MOST_WRONG, Entering, Plan, Wrong
from accordant.evidence.result import ReadResult

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder
    from accordant.cli.reviewing.sheets import MarkedTable
    from accordant.evidence.batch.suggested import Suggested
    from accordant.evidence.decisions import Decisions

ROWS = 200
"""Claims and warnings of a preview that are shown."""
NAMED = 20
"""Names that are listed in a line."""
_INPUT = "standard input cannot be read again when the table comes back; save the report to a file first"


def _folder(case: Path) -> tuple[CaseFolder, Decisions]:
    from accordant.case.folder import read_folder
    from accordant.evidence.decisions import read_decisions
    from accordant.evidence.text import report_text

    folder = opened(case, lambda path: read_folder(path, report_text=report_text))
    return folder, read_decisions(folder)


def write_table(
    reports: Sequence[Path],
    case: Path,
    out: Path,
    published: str | None,
    retrieved: str | None,
    again: bool,
) -> None:
    """Write every suggestion that is still open into a table to be marked."""
    from accordant.cli.destinations import check_destinations
    from accordant.cli.reviewing.sheets import csv_pieces, workbook
    from accordant.evidence.batch.columns import choices
    from accordant.evidence.batch.suggested import Suggested

    check_destinations([out], case, endings=(".xlsx", ".csv"))
    if any(str(report) == "-" for report in reports):
        raise InputError(_INPUT)
    folder, decisions = _folder(case)
    failed: list[Path] = []
    made = Suggested(folder.case, decisions, again=again)
    rows = _rows(made, reports, published, retrieved, failed)
    if out.suffix.lower() == ".csv":
        write_file(out, csv_pieces(rows))
    else:
        allowed = {**choices(folder.case), "origin": tuple(folder.case.origins)}
        write_file(out, workbook(rows, allowed))
    more = f"; {made.decided:,} were decided on before" if made.decided else ""
    complain(f"{made.rows:,} suggestions to mark{more}", prefix="")
    typed = f"accordant read --into {shlex.quote(str(case))} --marked {shlex.quote(str(out))}"
    complain(f"mark the column decision (accept, reject, skip), then: {typed}", prefix="")
    if failed:
        raise InputError("not every report could be read")


def _rows(
    made: Suggested, reports: Sequence[Path], published: str | None, retrieved: str | None, failed: list[Path]
) -> Iterator[tuple[str, ...]]:
    from accordant.evidence.reading import read_source

    root = ""
    for source in sources(reports, failed):
        root = source.name if source.inside is None else root
        yield from made.of(read_source(source, published, retrieved), source.name, root)


def take_back(
    reports: Sequence[Path],
    case: Path,
    marked: Path,
    retrieved: str | None,
    by: str | None,
    yes: bool,
) -> None:
    """Show what a marked table would do to a case, and do it once somebody says so."""
    from accordant.cli.reviewing.sheets import MarkedTable
    from accordant.evidence.batch.marked import plan

    folder, decisions = _folder(case)
    table = MarkedTable(marked)
    with working("Reading the table"):
        found = plan(folder.case, decisions, table.rows(), _Reports(reports, marked, retrieved), by=by)
    _refuse(found, table)
    say(*_preview(found, marked, folder.path))
    if found.empty:
        return
    if not yes and not _agreed(found):
        complain("nothing is written; --yes writes without a question", prefix="")
        return
    new = list(found.files)
    folder.save(found.case, reports=found.files, beside=found.decisions.beside())
    files = f" with {len(new):,} report files" if new else ""
    n = len(found.entering)
    say(Text(safe(f"Written to {folder.path}: {n:,} claim{'' if n == 1 else 's'}{files}; review.yaml.")))
    say(Text(safe(f"Next: accordant check {folder.path}"), style="dim"))


class _Reports:
    """Finds the reports of a table again: where it says, beside it, or among those that are named."""

    def __init__(self, named: Sequence[Path], marked: Path, retrieved: str | None) -> None:
        self.named, self.marked, self.retrieved = list(named), marked, retrieved

    def __call__(self, file: str, published: str | None) -> Iterable[tuple[bytes, ReadResult]]:
        from accordant.evidence.intake import Refused, gather
        from accordant.evidence.reading import read_source

        own = Path(file)
        places = [own, self.marked.parent / own, self.marked.parent / own.name]
        there = next((place for place in places if file and place.is_file()), None)
        if there is None and not self.named:
            raise ReportError(f"{file or 'the report'}: there is no such file")
        for source in gather([there] if there is not None else self.named):
            if isinstance(source, Refused):
                if there is not None and source.kind == "error":
                    raise ReportError(source.says)
                continue
            yield source.raw, read_source(source, published, self.retrieved)


def _refuse(found: Plan, table: MarkedTable) -> None:
    """Every mistake at once, each with its cell.

    Raises
    ------
    CaseError
        If there is one; nothing is written then.
    """
    problems = [*table.wrong, *(_problem(wrong, table) for wrong in found.wrong)]
    if not problems:
        return
    n = len(problems)
    more = " or more" if n >= MOST_WRONG else ""
    raise CaseError(problems, f"{n:,}{more} mistake{'' if n == 1 else 's'} in the table; nothing is written")


def _problem(wrong: Wrong, table: MarkedTable) -> Problem:
    return Problem(
        wrong.message,
        file=str(table.path),
        path=table.where(wrong.row, wrong.column),
        found=wrong.found or None,
        allowed=wrong.allowed,
        hint=wrong.hint,
    )


def _preview(found: Plan, marked: Path, folder: Path) -> Iterator[RenderableType]:
    """What would enter, and what is to be looked at before."""
    yield title(f"What {marked} would bring into {folder}")
    n = len(found.entering) - len(found.also)
    parts = [f"{n:,} accepted", f"{found.rejected:,} rejected", f"{found.skipped:,} skipped"]
    parts += [f"{found.open:,} not decided"] if found.open else []
    parts += [f"{found.known:,} in the case already"] if found.known else []
    yield Text(", ".join(parts) + ".")
    if found.also:
        told = ", ".join(found.also[:NAMED]) + (" …" if len(found.also) > NAMED else "")
        yield indented(f"Taken in too, because they tell of accepted ones: {told}.")
    if found.entering:
        for entering in found.entering[:ROWS]:
            yield from _entering(entering)
        if (left := len(found.entering) - ROWS) > 0:
            yield Text(f"… and {left:,} more, which stand in the table", style="dim")
    if found.origins:
        yield indented(
            f"New origins: {', '.join(found.origins[:NAMED])}{' …' if len(found.origins) > NAMED else ''}"
        )
    for warning in found.warnings[:ROWS]:
        yield Text(safe(f"look out: row {warning.row}: {warning.message}"), style="yellow")
    if found.empty:
        yield Text("Nothing would change.")


def _entering(entering: Entering) -> Iterator[RenderableType]:
    """A claim on two lines: where it stands and how it is filed, then what it says in full width."""
    about = [f"row {entering.row}", f"{entering.claim} {entering.kind}"]
    about += [f"by {entering.by}"] if entering.by else []
    about += [entering.origin or "no origin", entering.grade]
    yield Text(safe(" · ".join(about)), style="bold")
    yield Padding(Text(safe(entering.says)), (0, 0, 0, 4))


def _agreed(found: Plan) -> bool:
    """Whether somebody says that it is to be written."""
    answers = Answers()
    try:
        asked = f"Write {len(found.entering):,} claims and the decisions? y/n"
        return answers.key(asked, "yn", {"yes": "y", "no": "n"}) == "y"
    except EOFError:
        sys.stdout.write("\n")
        return False
    except InterruptedAnswerError:
        raise KeyboardInterrupt from None
