"""Arguments and options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from accordant.cli.finding import find_case
from accordant.errors import InputError


def flag(*names: str, help: str, callback: Callable[..., bool] | None = None) -> Any:
    """An option without a value, so none is shown in its help."""
    return typer.Option(*names, metavar="", help=help, show_default=False, callback=callback)


def option(*names: str, metavar: str, help: str) -> Any:
    """An option with a value that has no default to show."""
    return typer.Option(*names, metavar=metavar, help=help, show_default=False)


def written_to(help: str) -> Any:
    """The option that names the file to write to."""
    return option("--output", "-o", metavar="FILE", help=help)


def naming_concepts(help: str) -> Any:
    """The option that names solution concepts."""
    return option("--concept", "-c", metavar="NAME", help=help)


CaseArgument: TypeAlias = Annotated[
    Path,
    typer.Argument(
        metavar="CASE",
        help="A case folder, its case.yaml, or files of another program.",
        show_default=False,
        callback=find_case,
    ),
]


def _one_form(context: typer.Context, chosen: bool) -> bool:
    """Refuse both at once before any work is done; whichever is read second sees the other."""
    if chosen and any(context.params.get(other) for other in ("as_json", "as_csv")):
        raise InputError("choose one of --json and --csv")
    return chosen


Json: TypeAlias = Annotated[
    bool, flag("--json", help="Print the whole result as JSON (docs/json.md).", callback=_one_form)
]
Csv: TypeAlias = Annotated[bool, flag("--csv", help="Print the table as CSV, every row.", callback=_one_form)]
Output: TypeAlias = Annotated[
    Path | None, written_to("Write to FILE instead; its ending (.json, .csv, .xlsx) chooses the form.")
]
Rows: TypeAlias = Annotated[
    int, typer.Option("--rows", metavar="N", min=0, help="Show at most N rows of a table; 0 shows all.")
]
Restricted: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--restricted",
        metavar="ID",
        help="Let the words of this restricted claim leave too; repeat for several.",
    ),
]
Without: TypeAlias = Annotated[
    list[str] | None,
    option(
        "--without",
        metavar="ID|SWITCH",
        help="What is left without this claim, origin or assumption, or without 'unnamed', 'assumptions', "
        "'ungraded', 'undated', 'stale', 'side:PARTY', 'outlet:NAME', 'source:ID', 'report:ID', "
        "'after:DATE', 'before:DATE', 'below:GRADE' or 'kind:KIND'; repeat to take several together.",
    ),
]
Concepts: TypeAlias = Annotated[
    list[str] | None, naming_concepts("A solution concept, such as nash or seq; repeat for several.")
]
