"""The command line, one module per group of commands.

A command parses, makes one call of the library and renders what comes back. Everything heavier
than Typer and Rich is imported inside the commands, so that ``accordant --help`` answers at once.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(args: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0, 1 (failed), 2 (bad input), 130 (interrupted).

    Parameters
    ----------
    args
        The words after ``accordant``; those of the process when not given.

    Examples
    --------
    >>> main(["--version"])
    accordant 0.1.0
    0
    """
    from accordant.cli.edge import run

    return run(args)
