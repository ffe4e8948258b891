"""``read --score``: how far the suggestions agree with annotated reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from accordant.cli.output import complain, emit, safe, title, working

if TYPE_CHECKING:
    from accordant.evidence.scoring.result import ScoreResult


def print_scores(paths: Sequence[Path], *, as_json: bool, as_csv: bool) -> None:
    """Read annotated reports, compare, and print how far the two agree.

    Raises
    ------
    InputError
        If the annotations have mistakes: all of them are said.
    """
    from accordant.errors import CaseError, InputError
    from accordant.evidence.scoring.scorer import score

    try:
        with working("Reading") as progress:
            result = score(paths, progress)
    except CaseError as error:
        for problem in error.problems:
            complain(str(problem), prefix="")
        raise InputError("the annotations have mistakes; docs/corpus.md explains the format") from None
    emit(result, _page(result), as_json=as_json, as_csv=as_csv)


def _page(result: ScoreResult) -> Iterator[RenderableType]:
    made = result.table()
    yield title(made.title)
    grid = Grid.grid(padding=(0, 2))
    grid.add_column()
    for _ in made.columns[1:]:
        grid.add_column(justify="right")
    grid.add_row(*(Text(safe(Path(str(name)).name), style="dim") for name in made.columns))
    for label, *shares in made.rows:
        grid.add_row(Text(safe(label)), *(Text(str(share)) for share in shares))
    yield Padding(grid, (0, 0, 0, 2))
    yield Text("In per cent: F1, the harmonic mean of precision and recall.", style="dim")
    trapped, traps = result.trapped
    if traps:
        yield Text(f"{trapped} suggestions in {traps} stretches in which nothing may be suggested.")
    if result.speed is not None:
        yield Text(f"{result.words:,} words: {result.speed:.0f} reports of 750 words a second.")
