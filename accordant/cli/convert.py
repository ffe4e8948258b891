"""``convert``: a case as another program's file, and the other way round."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.finding import find_case
from accordant.cli.options import Json
from accordant.cli.output import as_text, indented, safe, say, working
from accordant.errors import InputError
from accordant.exchange.formats import SCALES, Scale

if TYPE_CHECKING:
    from accordant.exchange.converting import Conversion


def convert(
    given: Annotated[
        list[Path],
        typer.Argument(
            metavar="CASE... OUT",
            help="A case or a foreign file or folder; a domain file may be followed by its profiles. "
            "Last, a new folder, or a new file that ends in .gmcr, .nfg, .graphml, .dot or .jsonld.",
            show_default=False,
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="FORMAT",
            help="What to write: case, gmcr, genius, geniusweb, negmas, negolog, nfg, graphml, dot or "
            "webannotation.",
            show_default=False,
        ),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="How numbers are taken: genius (weights and evaluations to one) or file (as written).",
            show_default=False,
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Convert a case to another program's files, or back."""
    import accordant
    from accordant.exchange.converting import target_format

    *files, target = given
    if not files:
        raise InputError(f"convert needs a case and a place to write to; found only {target}")
    found = [find_case(path) for path in files]
    target_format(target, to)  # a place that is taken is said before any work is done
    wanted = _scale(scale)
    with working("Converting the case"):
        opened = accordant.load(*found, scale=wanted)
        result = opened.save_as(target, to, wanted)
    if as_json:
        sys.stdout.write(as_text(result.to_json()))
    else:
        say(*_page(result))


def _scale(name: str | None) -> Scale | None:
    found = next((scale for scale in SCALES if scale == name), None)
    if name is not None and found is None:
        raise InputError(f"--scale is one of {', '.join(SCALES)}; found {name!r}")
    return found


def _page(result: Conversion) -> Iterator[RenderableType]:
    from accordant.cli.problems import warnings_text

    for line, heads in warnings_text(result.warnings):
        yield Text(safe(line), style="bold" if heads else "")
    if result.told:
        yield Text("What the files say, and what was taken for it", style="bold")
        for told in result.told:
            said = f"{told.file} -> " if told.file else ""
            yield indented(f"{told.about}: {said}{told.case}{' (assumed)' if told.assumed else ''}")
        yield Text("")
    left = len(result.warnings)
    if left == 0:
        carried = "Everything was carried over."
    else:
        carried = f"{left:,} thing{'' if left == 1 else 's'} to know about what was carried over, above."
    yield Text(safe(f"{result.source} was written to {result.target}. {carried}"))
