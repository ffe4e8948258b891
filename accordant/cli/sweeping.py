"""``sweep``: thousands to millions of variants of a case, a row each, and what is so in how many."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Restricted, Rows, flag, option, written_to
from accordant.cli.output import (
    PAGES,
    WORKBOOK,
    Progress,
    complain,
    console,
    emit,
    indented,
    method_line,
    safe,
    title,
)
from accordant.cli.tables import ROWS, Page
from accordant.errors import FailedError, InputError
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase
    from accordant.reliance.variants import Plan, SweepResult
    from accordant.reliance.variants.result import Swept

ROW_FILES = (".csv", ".parquet")
LOOKED_AT = 20
"""Times of the latest chunks from which the time left is estimated."""


def sweep(
    case: CaseArgument,
    over: Annotated[
        list[str] | None,
        option("--over", metavar="WHAT", help="What to vary, such as settings, orders:south; repeat."),
    ] = None,
    state: Annotated[
        list[str] | None,
        option("--state", metavar="STATE", help="Ask about this state too; repeat for several."),
    ] = None,
    limit: Annotated[
        int | None,
        option("--limit", metavar="N", help="Go through all variants up to N of them: 100000 by default."),
    ] = None,
    draw: Annotated[
        int | None,
        option("--draw", metavar="N", help="Draw N variants, none twice: 10000 where there are too many."),
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="Decides which are drawn; equal seeds, equal rows.")
    ] = 1,
    jobs: Annotated[
        int | None,
        option("--jobs", metavar="N", help="Work with N processes: one per processor by default."),
    ] = None,
    cluster: Annotated[
        str | None,
        option("--cluster", metavar="ADDRESS", help="Work on the Dask cluster with this scheduler."),
    ] = None,
    count: Annotated[
        bool, flag("--count", help="Only say what would vary, and how many variants that makes.")
    ] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Annotated[
        list[Path] | None,
        written_to("Rows: .csv or .parquet; the summary: .json, .xlsx or .txt; repeat for both."),
    ] = None,
) -> None:
    """Judge many variants of a case, a row each, and count."""
    from accordant.reliance.variants import plan
    from accordant.reliance.variants.planning import LIMIT

    if not over:
        from accordant.reliance.variants.grammar import WHAT

        raise InputError(f"--over is missing: what is to vary? allowed: {', '.join(WHAT)}")
    files, summary = _split(output or ())
    if as_csv and files:
        raise InputError(f"the rows are written to {files[0]} already; leave out --csv")
    most = LIMIT if limit is None else limit
    opened = open_for(case, [*files, *summary])
    made = plan(opened.compiler, over, states=state or (), limit=most, draw=draw, seed=seed)
    if as_json or as_csv or output or cluster:
        _check_leaving(opened.case, made, restricted)
    if count:
        _say_plan(made)
        return
    with ExitStack() as room:
        place = files[0] if files else None
        if as_csv:
            place = Path(room.enter_context(TemporaryDirectory(prefix="accordant-"))) / "rows.csv"
        result = _swept(
            opened,
            place,
            over=over,
            states=state or (),
            limit=most,
            draw=draw,
            seed=seed,
            jobs=jobs,
            cluster=cluster,
        )
        if place is not None and as_csv:
            _print_file(place)
    for file in files:
        complain(str(file), prefix="wrote ")
    for file in summary:
        emit(result, sweep_page(result, 0), output=file)
    if not (as_csv or summary) or as_json:
        emit(result, sweep_page(result, rows), as_json=as_json)


def _swept(opened: OpenCase, place: Path | None, **asked: Any) -> SweepResult:
    """The sweep; what stops it is said together with how to go on."""
    kept = Path(f"{place}.parts")
    try:
        with _estimating("Judging variants") as progress:
            return opened.sweep(output=place, progress=progress, **asked)
    except KeyboardInterrupt:
        if kept.exists():
            complain(f"what is done is kept in {kept}; the same command goes on", "stopped: ")
        raise
    except FailedError as error:
        if kept.exists() and str(kept) not in str(error):
            raise FailedError(f"{error} (in {kept})") from error
        raise


def _print_file(place: Path) -> None:
    """A file of rows on standard output, piece by piece."""
    terminal = sys.stdout.isatty()
    with place.open(encoding="utf-8", newline="") as file:
        while some := file.read(1 << 16):
            sys.stdout.write(safe(some) if terminal else some)


def _split(output: tuple[Path, ...] | list[Path]) -> tuple[list[Path], list[Path]]:
    """The file for the rows, and those for the summary."""
    files = [file for file in output if file.suffix.lower() in ROW_FILES]
    if len(files) > 1:
        raise InputError(f"-o {files[1]}: rows are written to one file; leave out one of the two")
    others = [file for file in output if file not in files]
    for file in others:
        if file.suffix.lower() not in (".json", WORKBOOK, *PAGES):
            forms = f"the rows as {' or '.join(ROW_FILES)}, the summary as .json, {WORKBOOK} or .txt"
            raise InputError(f"-o {file} has the ending {file.suffix!r}; allowed: {forms}")
    return files, others


def _check_leaving(case: Case, made: Plan, restricted: list[str] | None) -> None:
    """Refuse to name origins that only restricted claims lead to, where what is made is to be passed on."""
    from accordant.cli.leaving import handling
    from accordant.reliance.variants.dimensions import Ground

    held = handling(case, restricted, leaves=True)
    varied = [d.ground for d in made.dimensions if isinstance(d, Ground)]
    if hidden := [g for g in varied if held.origin_withheld(g)]:
        raise InputError(
            f"only restricted claims lead to {', '.join(hidden[:4])}: what is written would name who stands "
            "behind them; name the claims with --restricted ID, or leave these origins out of --over"
        )


def sweep_page(result: SweepResult, rows: int) -> Iterator[RenderableType]:
    """The page: what matters, what is so in how many variants, and how it was found."""
    yield title(result.title)
    yield Text(f"{_variants(result.rows, result.total, result.seed)}.")
    yield Text("")
    yield Page(result.matters_table(), rows=rows, rest="--json writes all")
    yield Text("")
    yield Page(_answers(result), rows=rows, rest="--json writes all")
    for name, note in result.method.parameters:
        if name.startswith("note"):
            yield indented(f"Note: {note}.")
    yield method_line(result.method)


def _answers(result: SweepResult) -> Table:
    """One row per conclusion, those that depend on what is varied first; concepts that agree share a row."""
    table = result.table()
    unknown = any(c.unknown for c in result.conclusions)
    found: dict[tuple[str, ...], list[Swept]] = {}
    for c, row in zip(result.conclusions, table.rows, strict=True):
        state, _, rest = c.id.removeprefix("holds(").partition(", ")
        alike = (f"holds({state}", *row[1:], rest.partition(", ")[2])
        key = tuple(map(str, alike)) if c.id.startswith("holds(") else (c.id,)
        found.setdefault(key, []).append(c)
    cells = dict(zip((c.id for c in result.conclusions), table.rows, strict=True))
    merged = [(_together([c.id for c in same]), *cells[same[0].id][1:]) for same in found.values()]
    merged.sort(key=lambda row: row[2] != "sometimes")
    columns, drop = list(table.columns), [] if unknown else [4]
    kept = [k for k in range(len(columns)) if k not in drop]
    return Table(
        table.title, tuple(columns[k] for k in kept), tuple(tuple(r[k] for k in kept) for r in merged)
    )


def _together(ids: list[str]) -> str:
    """One name for conclusions about a state under several concepts."""
    if len(ids) == 1:
        return ids[0]
    parts = [id_.removeprefix("holds(").removesuffix(")").split(", ") for id_ in ids]
    block = parts[0][2:]
    return f"holds({', '.join([parts[0][0], ' '.join(p[1] for p in parts), *block])})"


def _variants(rows: int, total: int, seed: int | None) -> str:
    from accordant.reliance.variants.result import figures

    if seed is None:
        return f"All {figures(total)} variants" if total > 1 else "The only variant"
    return f"{rows:,} of {figures(total)} variants, drawn by seed {seed}, none twice"


def _say_plan(made: Plan) -> None:
    """What would vary."""
    from accordant.cli.output import say
    from accordant.reliance.variants.result import figures

    table = Table(
        _variants(made.rows, made.total, made.seed),
        ("varied", "what", "choices"),
        tuple((d.id, d.says, figures(d.size)) for d in made.dimensions),
    )
    say(title(made.case.title), Page(table, rows=0), *(indented(f"Note: {n}.") for n in made.notes))


@contextmanager
def _estimating(what: str) -> Iterator[Progress]:
    """Show on a terminal how much is done and, as far as it can be told, how long the rest takes."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    status = console(sys.stderr).status(f"{what} …")
    timer = threading.Timer(1.0, status.start)
    timer.daemon = True
    timer.start()
    seen: list[tuple[float, int]] = []

    def told(done: int, total: int) -> None:
        seen.append((perf_counter(), done))
        del seen[:-LOOKED_AT]
        status.update(f"{what} … {done:,} of {total:,}{time_left(seen, total)}")

    try:
        yield told
    finally:
        timer.cancel()
        timer.join()
        status.stop()


def time_left(seen: list[tuple[float, int]], total: int) -> str:
    """About how long the rest takes, by the pace of the latest chunks; empty where that is not known.

    Examples
    --------
    >>> time_left([(0.0, 0), (10.0, 1000)], 31000), time_left([(0.0, 0)], 5)
    (', about 5 min left', '')
    """
    (then, before), (now, done) = seen[0], seen[-1]
    if done <= before or now <= then:
        return ""
    seconds = (total - done) * (now - then) / (done - before)
    if seconds < 90:
        return f", about {max(1, round(seconds))} s left"
    return (
        f", about {round(seconds / 60)} min left"
        if seconds < 5400
        else f", about {seconds / 3600:.0f} h left"
    )
