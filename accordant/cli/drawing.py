"""Figures as files: a picture with its finding over it, or a page with its table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.cli.output import PAGES, WORKBOOK, working, write_file
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.brief.document import Figure
    from accordant.opened import OpenCase

DRAWN = (".svg", ".png", ".html", ".htm", ".md", ".markdown")
"""Endings of files that hold a figure; Markdown holds its table."""


def is_drawn(output: Path | None) -> bool:
    """Whether a file is to hold a figure."""
    return output is not None and output.suffix.lower() in DRAWN


def check_form(output: Path | None, *, as_json: bool, as_csv: bool, also: Sequence[str] = ()) -> None:
    """Refuse a figure in the form of a table, and an ending of no form, before any work is done.

    Raises
    ------
    InputError
        If both are asked for, or the ending is that of neither; ``also`` are other endings that may be.
    """
    allowed = (*DRAWN, *also, ".csv", ".json", WORKBOOK, ".txt")
    if output is not None and not (as_json or as_csv) and output.suffix.lower() not in (*allowed, *PAGES):
        raise InputError(
            f"-o {output} has the ending {output.suffix!r}; allowed: {', '.join(allowed)} (as printed)"
        )
    if output is not None and is_drawn(output) and (as_json or as_csv):
        raise InputError(f"-o {output} is a figure; leave out --json and --csv")


def draw(
    figure: Figure | None, opened: OpenCase, kind: str, output: Path, handling: str, missing: str
) -> None:
    """Write a figure to a file whose ending chooses the form.

    Raises
    ------
    InputError
        With ``missing``, if there is nothing to draw.
    """
    from accordant.brief.alone import page
    from accordant.brief.document import rich

    if figure is None:
        raise InputError(missing)
    with working("Drawing"):
        notices = (rich(f"Handling: {handling}"),) if handling else ()
        made = page(figure, opened.case, opened.folder.digest, kind, notices)
        content = made.form(output.suffix.lower())
    write_file(output, content)
