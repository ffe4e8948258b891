"""``tableau``: the form of papers and courses, as text, as a web page or as LaTeX."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Csv, Json, Output, naming_concepts
from accordant.cli.output import emit, indented, method_line, safe, title, working, write_file
from accordant.cli.tables import Page
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.stability.tableau import Entry, Tableau, Vector

ENDINGS = {".html": "html", ".htm": "html", ".tex": "latex", ".latex": "latex"}
FILES = {"text": ".txt", "html": ".html", "latex": ".tex"}
HEADS = ("equilibrium", "stability", "state", "improvements")
GAP = 2


def tableau(
    case: CaseArgument,
    concept: Annotated[
        list[str] | None,
        naming_concepts("A solution concept; seq by default. With seq and sim: the classical marks."),
    ] = None,
    form: Annotated[
        Literal["text", "html", "latex"] | None,
        typer.Option(
            "--format",
            metavar="FORM",
            help="text, html or latex; the ending of FILE (.html, .tex) chooses it too.",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Set out preferences, improvements and stability marks."""
    if form and (as_json or as_csv):
        raise typer.BadParameter("choose one of --format, --json and --csv")
    if form and output:
        _check_ending(form, output)
    with working("Setting the tableau"):
        made = open_for(case, [output] if output else []).tableau(concept)
    chosen = form or (None if as_json or as_csv else ENDINGS.get(output.suffix.lower() if output else ""))
    if chosen in ("html", "latex"):
        _write(_rendered(made, chosen), output)
    elif chosen == "text" and output:
        from accordant.cli.output import as_page

        write_file(output, as_page(_page(made)))
    else:
        table = _with_empty_cells(made.table())
        emit(made, _page(made), table=table, as_json=as_json, as_csv=as_csv, output=output)


def _check_ending(form: str, output: Path) -> None:
    """Refuse a file whose ending is that of another form."""
    ending = output.suffix.lower()
    other = {**ENDINGS, ".json": "json", ".csv": "csv"}.get(ending, form)
    if other != form:
        fitting = output.with_suffix(FILES[form])
        raise typer.BadParameter(
            f"--format {form} and -o {output} contradict each other, as {ending} is for {other}; leave "
            f"--format away, or write -o {fitting}"
        )


def _with_empty_cells(table: Table) -> Table:
    """The table as a program reads it: what a page marks with a dash is empty."""
    rows = tuple(tuple("" if cell == "–" else cell for cell in row) for row in table.rows)
    return Table(table.title, table.columns, rows)


def _rendered(made: Tableau, form: str) -> str:
    if form == "html":
        from accordant.brief.tableau_html import render
    else:
        from accordant.brief.tableau_latex import render
    return render(made)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        sys.stdout.write(safe(text) if sys.stdout.isatty() else text)
    else:
        write_file(output, text)


def _page(made: Tableau) -> Iterator[RenderableType]:
    yield title(made.title)
    yield Text(safe(f"{made.heading}. {made.result}"))
    for vector in made.vectors:
        yield Text("")
        yield Text(safe(f"{vector.name} ({vector.told})"), style="bold")
        yield _Block(vector)
        if vector.footnote:
            yield indented(vector.footnote)
    yield Text("")
    signs = {**{_shown(mark): says for mark, says in made.marks.items()}, **made.signs}
    yield Text("; ".join(f"{mark} {says}" for mark, says in signs.items()) + ".", style="dim")
    if made.values:
        issues = tuple(next(iter(made.values.values())))
        rows = tuple((state, *values.values()) for state, values in made.values.items())
        yield Text("")
        yield Page(Table("The states", ("state", *issues), rows), rows=0)
    yield method_line(made.method)


def _shown(mark: str) -> str:
    return "u/" if mark == "x" else mark.replace("x", "(u/)")


class _Block:
    """One vector, in parts that fit the width it is printed at."""

    def __init__(self, vector: Vector) -> None:
        self.vector = vector

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        for k, entries in enumerate(_parts(self.vector.entries, options.max_width)):
            if k:
                yield Text("")
            for line in _lines(entries):
                yield Text(line, no_wrap=True, overflow="fold")


def _width(entry: Entry) -> int:
    return max(map(cell_len, (_state(entry), *map(safe, entry.below), _shown(entry.mark)))) + GAP


def _state(entry: Entry) -> str:
    return (f"{entry.link} " if entry.link else "") + safe(entry.state)


def _parts(entries: Sequence[Entry], width: int) -> Iterator[list[Entry]]:
    part: list[Entry] = []
    used = most = max(map(len, HEADS)) + GAP
    for entry in entries:
        if part and used + _width(entry) > width:
            yield part
            part, used = [], most
        part.append(entry)
        used += _width(entry)
    if part:
        yield part


def _lines(entries: Sequence[Entry]) -> Iterator[str]:
    deepest = max((len(e.below) for e in entries), default=0)
    yield _line(HEADS[0], entries, lambda e: e.sign)
    yield _line(HEADS[1], entries, lambda e: _shown(e.mark))
    yield _line(HEADS[2], entries, _state)
    for k in range(deepest):
        yield _line(HEADS[3] if k == 0 else "", entries, partial(_improvement, k))


def _improvement(k: int, entry: Entry) -> str:
    return safe(entry.below[k]) if k < len(entry.below) else ""


def _line(head: str, entries: Sequence[Entry], cell: Callable[[Entry], str]) -> str:
    line = head.ljust(max(map(len, HEADS)) + GAP)
    for entry in entries:
        text = cell(entry)
        if text != _state(entry) and entry.link:
            text = f"  {text}"  # under the name, not under the sign before it
        line += text + " " * (_width(entry) - cell_len(text))
    return line.rstrip()
