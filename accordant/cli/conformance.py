"""``conformance``: models with verdicts for other programs, and how far they agree."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.options import Csv, Json, Output, Rows
from accordant.cli.output import emit, indented, safe, say, title, working
from accordant.cli.tables import ROWS

if TYPE_CHECKING:
    from accordant.conformance.checking import Conformance

conformance = typer.Typer(
    name="conformance",
    invoke_without_command=True,
    rich_markup_mode=None,
)


@conformance.callback()
def write(
    context: typer.Context,
    to: Annotated[
        Path, typer.Option("--to", metavar="DIR", help="The folder to write the models to.")
    ] = Path("conformance"),
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="For the random models.")] = 1,
    as_json: Json = False,
) -> None:
    """Write models to check other programs against, or check one.

    Without a command the folder is written; with 'check DIR' the answers in it are compared.
    """
    if context.invoked_subcommand is not None:
        return
    from accordant.conformance.writing import write_suite

    with working("Judging the models") as progress:
        suite = write_suite(to, seed=seed, progress=progress)
    if as_json:
        emit(suite, (), as_json=True)
        return
    kinds: dict[str, int] = {}
    for row in suite.rows:
        kinds[row["kind"]] = kinds.get(row["kind"], 0) + 1
    told = ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    largest = max(row["states"] for row in suite.rows)
    say(
        f"{safe(suite.folder)} holds {len(suite.rows)} models ({told}), the largest with {largest:,} states.",
        "README.md in it says how to compare a program. Then:",
        f"  accordant conformance check {shlex.quote(safe(suite.folder))}",
    )


@conformance.command()
def check(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The folder with the models and answers.", show_default=False),
    ],
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Compare another program's verdicts with those by definition; status 1 where any differs."""
    from accordant.conformance.checking import check_answers

    with working("Comparing the verdicts") as progress:
        found = check_answers(folder, progress=progress)
    emit(found, _page(found, rows), as_json=as_json, as_csv=as_csv, output=output)
    if not found.agrees:
        raise typer.Exit(1)


def _page(found: Conformance, rows: int) -> Iterator[RenderableType]:
    programs = ", ".join(p for p in found.programs if p) or "the program"
    plural = "" if found.models == 1 else "s"
    yield title(f"{programs}: {found.models} model{plural} compared, {len(found.missing)} without an answer")
    for concept, (agree, of) in found.compared.items():
        yield indented(f"{concept}: {agree:,} of {of:,} verdicts agree")
    word = {True: "stable", False: "unstable"}
    shown = found.departures[:rows] if rows else found.departures
    for d in shown:
        yield Text("")
        where = f"{d.model}, {d.concept}: {d.state} is {word[d.ours]} for {d.party}"
        yield Text(safe(f"{where}; {programs} says {word[d.theirs]}"), style="bold")
        yield indented(d.explanation.sentence)
    if more := len(found.departures) - len(shown):
        yield Text("")
        yield Text(f"… and {more:,} more (--rows 0 shows all, --csv writes all)", style="dim")
