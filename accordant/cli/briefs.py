"""``brief``: the document."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from accordant.cli.destinations import open_for
from accordant.cli.options import CaseArgument, Restricted, Without
from accordant.cli.output import complain, working

ENDINGS = (".html", ".htm", ".md", ".markdown")


def brief(
    case: CaseArgument,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A file that ends in .html or .md; repeat for several. Without it, Markdown is printed.",
            show_default=False,
        ),
    ] = None,
    without: Without = None,
    restricted: Restricted = None,
) -> None:
    """Write the brief, as a web page or as Markdown."""
    with working("Writing the brief"):
        made = open_for(case, output or (), endings=ENDINGS).brief(
            restricted=restricted or (), without=without or ()
        )
        for file in output or ():
            complain(str(made.save(file)), prefix="wrote ")
    if not output:
        sys.stdout.write(made.markdown())
