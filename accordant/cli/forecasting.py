"""``forecast`` and ``forecasts``: what people judge to come, recorded, settled and scored."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.finding import find_case
from accordant.cli.leaving import handling
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, flag, option
from accordant.cli.output import as_text, emit, indented, method_line, safe, say, title, working
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.history.forecasts import ForecastsResult
    from accordant.history.scoring import Score


def forecast(
    case: CaseArgument,
    about: Annotated[
        str | None,
        option("--about", metavar="ID", help="The conclusion judged, such as 'acceptable(offer-1, south)'."),
    ] = None,
    question: Annotated[
        str | None,
        option("--question", metavar="WORDS", help="What is judged to come, with the answer yes or no."),
    ] = None,
    by: Annotated[str | None, option("--by", metavar="NAME", help="Whose view it is.")] = None,
    likelihood: Annotated[
        str | None, option("--likelihood", metavar="WORDS", help="How likely, in the words used.")
    ] = None,
    band: Annotated[
        str | None,
        option("--band", metavar="TERM", help="The term of the yardstick that the words are taken to mean."),
    ] = None,
    confidence: Annotated[
        str | None,
        option("--confidence", metavar="LEVEL", help="How firm the basis is: low, moderate or high."),
    ] = None,
    made: Annotated[
        str | None,
        option("--made", metavar="DATE", help="When it was judged so; without: the date of the case."),
    ] = None,
    until: Annotated[
        str | None, option("--until", metavar="DATE", help="By when it is to be answered.")
    ] = None,
    revises: Annotated[
        str | None, option("--revises", metavar="ID", help="The judgement whose place this one takes.")
    ] = None,
    because: Annotated[
        list[str] | None, option("--because", metavar="CLAIM", help="A claim behind it; repeat for several.")
    ] = None,
    settle: Annotated[
        str | None, option("--settle", metavar="ID", help="Say what came of this judgement.")
    ] = None,
    came: Annotated[
        str | None,
        option("--came", metavar="ANSWER", help="With --settle: yes, no, or void where it cannot be told."),
    ] = None,
    date: Annotated[
        str | None, option("--date", metavar="DATE", help="With --settle: when that was settled.")
    ] = None,
    says: Annotated[
        str | None, option("--says", metavar="WORDS", help="With --settle: what settled it, in a sentence.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Record a forecast in the case, or what came of one."""
    given = {
        "about": about,
        "question": question,
        "by": by,
        "likelihood": likelihood,
        "band": band,
        "confidence": confidence,
        "made": made,
        "until": until,
        "revises": revises,
    }
    _fitting(settle, came, date, says, [f"--{key}" for key, value in given.items() if value is not None])
    with working("Reading the case"):
        opened = open_for(case, [])
        if settle is not None:
            change = opened.settle(settle, came or "", date=date, says=says, because=because or ())
        else:
            change = opened.forecast({**given, "because": tuple(because or ())})
        change.apply()
    if as_json:
        judged = change.judgement.model_dump(mode="json", exclude_defaults=True)
        sys.stdout.write(as_text({"schema": "accordant/forecast/1", "id": change.id, "judgement": judged}))
        return
    done = f"{change.id} came out: {came}" if settle is not None else f"Recorded as {change.id}"
    say(Text(safe(f"{done}.")))
    say(Text(safe(f"Written to {opened.path}. Next: accordant forecasts {opened.path}"), style="dim"))


def _fitting(
    settle: str | None, came: str | None, date: str | None, says: str | None, recording: list[str]
) -> None:
    """Refuse options of the one with the other."""
    if settle is not None and recording:
        raise typer.BadParameter(f"{', '.join(recording)}: not with --settle, which records what came of one")
    if settle is None and (came or date or says):
        raise typer.BadParameter("--came, --date and --says go with --settle ID")
    if settle is not None and came is None:
        raise typer.BadParameter("--settle wants --came yes, no or void")


def forecasts(
    case: Annotated[
        list[Path],
        typer.Argument(metavar="CASE...", help="One case, or several on one yardstick.", show_default=False),
    ],
    every: Annotated[bool, flag("--every", help="Score forecasts that were revised, too.")] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Show what people judge to come, and how that came out."""
    from accordant.history.forecasts import result as pooled

    leaves = as_json or as_csv or output is not None
    with working("Reading the cases") as progress:
        told = []
        for k, path in enumerate(case):
            opened = open_for(find_case(path), [output] if output else [])
            told.append((opened.case, opened.judged(), handling(opened.case, restricted, leaves=leaves)))
            progress(k + 1, len(case))
        result = pooled(told, every=every)
    emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)


def _page(result: ForecastsResult, rows: int) -> Iterator[RenderableType]:
    from accordant.history.forecasts import CAVEAT

    yield title(result.title)
    if not result.forecasts:
        yield indented("The case holds no judgements; accordant forecast CASE records one.")
    for table in result.tables().values():
        yield Page(table, rows=rows)
        yield Text("")
    for one in result.scores:
        yield indented(brier_words(one))
    if result.scores:
        yield Text(safe(CAVEAT), style="dim")
    yield Text(safe(f"Yardstick: {result.yardstick.source}."), style="dim")
    yield method_line(result.method)


def brier_words(one: Score) -> str:
    """A score in a sentence.

    Examples
    --------
    >>> from fractions import Fraction
    >>> from accordant.history.scoring import Score
    >>> brier_words(Score("", 2, (), (Fraction(1, 16), Fraction(1, 4)), Fraction(1, 4)))
    'Everybody: Brier score between 0.06 and 0.25 over 2 settled forecasts: too few to say much.'
    """
    from accordant.history.scoring import outwards

    if one.brier is None:
        return f"{one.by or 'Everybody'}: nothing is settled yet."
    low, high = outwards(one.brier)
    many = f"{one.settled} settled forecast{'' if one.settled == 1 else 's'}"
    few = ": too few to say much" if one.few else ""
    return f"{one.by or 'Everybody'}: Brier score between {low} and {high} over {many}{few}."
