"""``convert``: a case as another program's file, and the other way round."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.options import CaseArgument, Json
from accordant.cli.output import as_text, safe, say, working

if TYPE_CHECKING:
    from accordant.exchange.converting import Conversion


def convert(
    case: CaseArgument,
    target: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="A new folder, or a new file that ends in .gmcr.", show_default=False
        ),
    ],
    as_json: Json = False,
) -> None:
    """Convert a case to another program's file, or back."""
    import accordant
    from accordant.exchange.converting import target_format

    target_format(target)  # a place that is taken is said before any work is done
    with working("Converting the case"):
        result = accordant.load(case).save_as(target)
    if as_json:
        sys.stdout.write(as_text(result.to_json()))
    else:
        say(*_page(result))


def _page(result: Conversion) -> Iterator[RenderableType]:
    from accordant.cli.problems import warnings_text

    for line, heads in warnings_text(result.warnings):
        yield Text(safe(line), style="bold" if heads else "")
    left = len(result.warnings)
    if left == 0:
        carried = "Everything was carried over."
    else:
        carried = f"{left:,} thing{'' if left == 1 else 's'} to know about what was carried over, above."
    yield Text(safe(f"{result.source} was written to {result.target}. {carried}"))
