"""The commands, in the order in which a case is worked on."""

from __future__ import annotations

from typing import Annotated

import typer

from accordant.cli.analyses import rests, stability, states
from accordant.cli.briefs import brief
from accordant.cli.cases import check, new
from accordant.cli.claims import claims
from accordant.cli.coalitions import coalitions
from accordant.cli.comparing import compare
from accordant.cli.concessions import concessions
from accordant.cli.conformance import conformance
from accordant.cli.convert import convert
from accordant.cli.dealing import deals
from accordant.cli.divide import divide
from accordant.cli.forecasting import forecast, forecasts
from accordant.cli.grading import grade
from accordant.cli.housing import house
from accordant.cli.hypergames import hypergame
from accordant.cli.levers import levers
from accordant.cli.link import link
from accordant.cli.merging import merge
from accordant.cli.network import network
from accordant.cli.parity import parity
from accordant.cli.paths import path
from accordant.cli.read import read
from accordant.cli.requiring import distance, require
from accordant.cli.sourcing import sources
from accordant.cli.stages import stages
from accordant.cli.stale import stale
from accordant.cli.supposing import what_if
from accordant.cli.sweeping import sweep
from accordant.cli.tableaux import tableau
from accordant.cli.tabling import tables
from accordant.cli.timeline import timeline
from accordant.cli.versions import diff, freeze, log

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,  # plain help: half as long to import, and it reads the same in a pipe
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    help="From reports about a negotiation to a sourced model of it: "
    "which agreements could hold, and which sources each answer rests on.",
    epilog="Start with: accordant new my-case, then accordant check my-case",
)

for _command in (
    new,
    check,
    read,
    link,
    claims,
    sources,
    grade,
    timeline,
    network,
    parity,
    states,
    stability,
    tableau,
    hypergame,
    coalitions,
    path,
    require,
    distance,
    deals,
    levers,
    concessions,
    divide,
    stages,
    rests,
    what_if,
    sweep,
    stale,
    compare,
    forecast,
    forecasts,
    brief,
    house,
    freeze,
    log,
    diff,
    convert,
    tables,
    merge,
):
    app.command()(_command)
app.add_typer(conformance)


def _version(asked: bool) -> None:
    if asked:
        from accordant.version import __version__

        typer.echo(f"accordant {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop."),
    ] = False,
) -> None:
    """Nothing but options that stand before a command."""
