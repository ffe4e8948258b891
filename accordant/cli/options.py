"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

CaseArgument: TypeAlias = Annotated[
    Path, typer.Argument(metavar="CASE", help="A case folder, or its case.yaml.", show_default=False)
]
Json: TypeAlias = Annotated[
    bool, typer.Option("--json", help="Print the whole result as JSON (docs/json.md).", show_default=False)
]
Csv: TypeAlias = Annotated[
    bool, typer.Option("--csv", help="Print the table as CSV, every row.", show_default=False)
]
Output: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to FILE instead; its ending (.json, .csv) chooses the form.",
        show_default=False,
    ),
]
Rows: TypeAlias = Annotated[
    int, typer.Option("--rows", metavar="N", min=0, help="Show at most N rows of a table; 0 shows all.")
]
