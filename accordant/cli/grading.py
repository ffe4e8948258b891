"""``grade``: the two grades of every claim, what is suggested for each, and setting them one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Output, Restricted, Rows, flag, option
from accordant.cli.output import complain, emit, indented, method_line, safe, title, working
from accordant.cli.tables import ROWS, Page
from accordant.errors import InputError, did_you_mean

if TYPE_CHECKING:
    from accordant.evidence.grading import Graded, GradesResult
    from accordant.evidence.regrading import Regraded
    from accordant.opened import OpenCase

_LEGEND = (
    "source: A completely, B usually, C fairly, D not usually reliable, E unreliable, F cannot be judged. "
    "item: 1 confirmed, 2 probably, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. "
    "F and 6 mean unknown, not bad. best item: the best that the sourcing of the claim allows."
)


def grade(
    case: CaseArgument,
    claim: Annotated[
        list[str] | None,
        option("--claim", metavar="ID", help="Only this claim, in full; repeat for several."),
    ] = None,
    source: Annotated[
        str | None,
        option("--source", metavar="A-F", help="Grade the source of those claims."),
    ] = None,
    item: Annotated[
        str | None,
        option("--item", metavar="1-6", help="Grade what those claims say."),
    ] = None,
    because: Annotated[
        str | None,
        option("--because", metavar="WORDS", help="Why, in a sentence."),
    ] = None,
    by: Annotated[
        str | None,
        option("--by", metavar="NAME", help="Who has looked at those claims."),
    ] = None,
    accept: Annotated[
        bool, flag("--accept", help="Take what is suggested where nobody has judged, once you say yes.")
    ] = False,
    yes: Annotated[bool, flag("--yes", help="With --accept: do not ask.")] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Output = None,
) -> None:
    """Grade claims by source and by item, and say why."""
    by_hand = any(given is not None for given in (source, item, because, by))
    _check_options(claim, by_hand=by_hand, accept=accept, yes=yes)
    leaves = as_json or as_csv or output is not None
    with working("Reading the case"):
        opened = open_for(case, [output] if output else [])
        shown = released(opened.case, restricted, leaves=leaves)
        made = None
        if by_hand:
            made = opened.grade(claim or [], source=source, item=item, because=because, by=by)
        elif accept:
            made = opened.accept_grades(claim or None)
        result = opened.grades(restricted=shown)
    if made is not None:
        result = _written(made, shown, ask=accept and not yes, quiet=leaves)
    if claim:
        _check_claims(opened, claim)
        result = result.only(claim)
    emit(
        result,
        _page(result, rows, full=bool(claim), done=made is not None),
        as_json=as_json,
        as_csv=as_csv,
        output=output,
    )


def _check_options(claim: list[str] | None, *, by_hand: bool, accept: bool, yes: bool) -> None:
    if by_hand and accept:
        raise typer.BadParameter("--accept takes what is suggested; leave out --source, --item and the rest")
    if by_hand and not claim:
        raise typer.BadParameter("say which claims to grade: --claim ID")
    if yes and not accept:
        raise typer.BadParameter("--yes belongs to --accept")


def _check_claims(opened: OpenCase, claims: list[str]) -> None:
    for name in claims:
        if name not in opened.case.claims:
            hint = did_you_mean(name, list(opened.case.claims))
            raise InputError(f"there is no claim {name!r}" + (f"; {hint}" if hint else ""))


def _written(made: Regraded, shown: frozenset[str], *, ask: bool, quiet: bool) -> GradesResult:
    """Write the grades, after a question where one is due; gives them as they are then."""
    from accordant.evidence.handling import Handling

    for warning in made.warnings:
        complain(warning, prefix="warning: ")
    result = made.result(Handling(made.case, shown))
    changes = [change for change in made.changes if change[1] != change[2]]
    if ask and changes:
        for claim, old, new in changes:
            complain(f"{claim}: {old} -> {new}", prefix="")
        many = "this grade" if len(changes) == 1 else f"these {len(changes):,} grades"
        if not _agreed(f"Take {many}? y/n:"):
            complain("nothing is written", prefix="")
            raise typer.Exit
    if made.changes:
        made.apply()
    return replace(result, changes=tuple(changes))


def _agreed(question: str) -> bool:
    print(safe(question), end=" ", file=sys.stderr, flush=True)
    for line in sys.stdin:
        answer = line.strip().lower()
        if answer in ("y", "yes"):
            return True
        if answer in ("n", "no"):
            return False
        print("Answer with y or n:", end=" ", file=sys.stderr, flush=True)
    raise InputError("nobody answered: nothing is written; --yes takes the grades without a question")


def _page(result: GradesResult, rows: int, *, full: bool, done: bool) -> Iterator[RenderableType]:
    yield title(result.title)
    if result.handling:
        yield Text(safe(f"Handling: {result.handling}"), style="bold")
    if done:
        for claim, old, new in result.changes:
            yield indented(f"{claim}: {old} -> {new}, written")
        if not result.changes:
            yield indented("No grade changes.")
    if full:
        for graded in result.claims:
            yield from _detail(graded)
    else:
        yield Page(result.overview(), rows=rows)
        for graded in result.claims:
            if graded.past:
                yield indented(_past(graded))
    yield Text(_LEGEND, style="dim")
    yield method_line(result.method)


def _past(graded: Graded) -> str:
    why = f"because: {graded.graded_because}" if graded.graded_because else "no reason is given"
    return f"{graded.claim} is graded {graded.item.given}, past {graded.best} ({graded.forbids}); {why}"


def _detail(graded: Graded) -> Iterator[RenderableType]:
    yield Text("")
    yield title(f"{graded.claim}: {graded.source.given}{graded.item.given}  {graded.says or 'withheld'}")
    for name, axis in (("source", graded.source), ("item", graded.item)):
        yield indented(f"{name} {axis.given}; suggested {axis.suggested}: {axis.because}")
    least, most = graded.origins
    count = str(least) if least == most else f"{least} to {most}"
    yield indented(f"independent origins: {count}; the best item that this allows is {graded.best}")
    for limit in sorted(graded.limits, key=lambda one: -one.best):
        yield indented(f"no better than {limit.best}: {limit.says}", 4)
    if graded.graded_because:
        yield indented(f"graded so because: {graded.graded_because}")
