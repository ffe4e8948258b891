"""The commands, in the order in which a case is worked on."""

from __future__ import annotations

from typing import Annotated

import typer

from accordant.cli.analyses import deals, rests, stability, states
from accordant.cli.briefs import brief
from accordant.cli.cases import check, new
from accordant.cli.read import read

app = typer.Typer(
    add_completion=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
    help="From reports about a negotiation to a sourced model of it: "
    "which agreements could hold, and which sources each answer rests on.",
    epilog="Start with: accordant new my-case, then accordant check my-case",
)

_PANELS = {
    "Cases": (new, check, read),
    "Answers": (states, stability, deals, rests),
    "Documents": (brief,),
}
for _panel, _commands in _PANELS.items():
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_command)


def _version(asked: bool) -> None:
    if asked:
        from accordant.version import __version__

        typer.echo(f"accordant {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop."),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
