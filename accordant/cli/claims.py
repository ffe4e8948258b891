"""``claims``: every claim with everything that is known of it, out to a file, and annotations in."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.destinations import open_for
from accordant.cli.leaving import released
from accordant.cli.options import CaseArgument, Csv, Json, Restricted, Rows, flag, option, written_to
from accordant.cli.output import (
    as_text,
    complain,
    emit,
    indented,
    method_line,
    safe,
    say,
    working,
    write_file,
)
from accordant.cli.tables import ROWS, Page

if TYPE_CHECKING:
    from accordant.evidence.claims import ClaimsResult
    from accordant.exchange.webannotation_in import AnnotationsImport
    from accordant.opened import OpenCase

ANNOTATIONS = ".jsonld"


def claims(
    case: CaseArgument,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="Words that stand in the report's words, in what is said, in its note or its source.",
            show_default=False,
        ),
    ] = None,
    kind: Annotated[
        list[str] | None,
        option("--kind", metavar="KIND", help="Only claims of this kind, such as offer; repeatable."),
    ] = None,
    by: Annotated[
        list[str] | None,
        option("--by", metavar="PARTY", help="Only about what this party does; none; repeatable."),
    ] = None,
    origin: Annotated[
        list[str] | None, option("--origin", metavar="ID", help="Only from this origin; none; repeatable.")
    ] = None,
    status: Annotated[
        list[str] | None,
        option(
            "--status", metavar="STATUS", help="Only open, confirmed … claims; or counts, or out; repeatable."
        ),
    ] = None,
    report: Annotated[
        list[str] | None, option("--report", metavar="ID", help="Only claims in this report; repeatable.")
    ] = None,
    unnamed: Annotated[bool, flag("--unnamed", help="Only claims that go back to somebody unnamed.")] = False,
    source: Annotated[
        Path | None,
        option(
            "--import",
            metavar="FILE",
            help="Show what Web Annotations of the case's reports would add to it.",
        ),
    ] = None,
    apply: Annotated[bool, flag("--apply", help="With --import: write the new claims to the case.")] = False,
    restricted: Restricted = None,
    rows: Rows = ROWS,
    as_json: Json = False,
    as_csv: Csv = False,
    output: Annotated[
        Path | None,
        written_to("Write to FILE: .csv, .xlsx, .json, .jsonld (Web Annotations), or the page as printed."),
    ] = None,
) -> None:
    """List the claims with their words, sources and grades."""
    from accordant.evidence.claims import Asked

    asked = Asked(
        kind or (), by or (), origin or (), status or (), report or (), unnamed=unnamed, words=words or ()
    )
    if source is not None:
        if asked != Asked() or as_csv or output is not None or restricted:
            raise typer.BadParameter("--import reads annotations; only --apply, --rows and --json go with it")
        _import(case, source, apply=apply, as_json=as_json, rows=rows)
        return
    if apply:
        raise typer.BadParameter("--apply needs --import FILE, which says what to apply")
    annotations = output is not None and output.suffix.lower() == ANNOTATIONS
    if annotations and (as_json or as_csv):
        raise typer.BadParameter(f"a {ANNOTATIONS} file holds annotations; leave out --json and --csv")
    with working("Listing the claims"):
        opened = open_for(case, [output] if output else [])
        leaves = as_json or as_csv or output is not None
        shown = released(opened.case, restricted, leaves=leaves)
        result = opened.claims(asked, restricted=shown)
    if annotations and output is not None:
        _annotations(opened, result, output, restricted or [])
        return
    emit(result, _page(result, rows), as_json=as_json, as_csv=as_csv, output=output)
    if leaves:
        _withheld(result)


def _annotations(opened: OpenCase, result: ClaimsResult, output: Path, restricted: list[str]) -> None:
    from accordant.evidence.handling import Handling
    from accordant.exchange.webannotation_out import as_bytes, collection

    held = Handling(opened.case, restricted)
    made = collection(opened.folder, held, [c.id for c in result.claims])
    write_file(output, as_bytes(made))
    _withheld(result, left_out=True)


def _withheld(result: ClaimsResult, *, left_out: bool = False) -> None:
    """Say on standard error what stayed behind: the file goes to people who do not see this."""
    ids = [c.id for c in result.claims if c.withheld]
    if ids:
        what = "left out" if left_out else "without words and sources"
        complain(f"restricted, {what}: {', '.join(ids)} (--restricted ID names one)", prefix="note: ")
    if result.unseen:
        some = f"{result.unseen} restricted claim{'' if result.unseen == 1 else 's'}"
        complain(f"{some} left out: whether they are meant would tell what they say", prefix="note: ")


def _page(result: ClaimsResult, rows: int) -> Iterator[RenderableType]:
    yield Page(result.overview(), rows=rows)
    shown = result.claims[:rows] if rows else result.claims
    if len(shown) <= FULL:
        for claim in shown:
            if not claim.withheld:
                start, end = claim.at or (0, 0)
                yield Text("")
                yield Text(safe(f"{claim.id}: {claim.says}"), style="bold")
                yield indented(f"“{claim.quote}”")
                yield indented(f"{claim.report}, {start:,} to {end:,}; {_told(claim.told_by, claim.outlet)}")
                if claim.graded_because:
                    yield indented(f"graded {claim.source}{claim.item}: {claim.graded_because}")
                if claim.note:
                    yield indented(f"note: {claim.note}")
    yield method_line(result.method)


FULL = 3
"""Up to so many claims are shown with their words."""


def _told(told_by: tuple[str, ...], outlet: str | None) -> str:
    parts = [f"told by {who}" for who in told_by] + ([f"first in {outlet}"] if outlet else [])
    return ", ".join(parts) or "nobody else is said to tell it"


def _import(case: Path, source: Path, *, apply: bool, as_json: bool, rows: int) -> None:
    import accordant

    with working("Reading the annotations"):
        found = accordant.load(case).import_annotations(source)
        done = found.apply() if apply else found
    if as_json:
        sys.stdout.write(as_text(done.to_json()))
    else:
        say(*_preview(done, case, source, rows, apply=apply))


def _preview(
    found: AnnotationsImport, case: Path, source: Path, rows: int, *, apply: bool
) -> Iterator[RenderableType]:
    from accordant.exchange.webannotation_in import OUTCOMES

    yield Page(found.table(), rows=rows)
    for outcome, meaning in OUTCOMES.items():
        count = sum(p.outcome == outcome for p in found.placed)
        if count:
            yield indented(f"{outcome}: {count:,} ({meaning})")
    if found.written:
        yield Text("Written: claims.yaml.")
    elif found.new and not apply:
        typed = f"{shlex.quote(str(case))} --import {shlex.quote(str(source))}"
        yield Text(safe(f"Nothing was written. To enter the new ones: accordant claims {typed} --apply"))
    else:
        yield Text("Nothing was written: there is nothing new.")
