"""``new`` and ``check``: starting a case, and finding what is wrong with one."""

from __future__ import annotations

import shlex
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import RenderableType
from rich.text import Text

from accordant.cli.options import CaseArgument, Json, flag
from accordant.cli.output import as_text, complain, safe, say, working
from accordant.errors import CaseError, Problem

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase


def new(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.", show_default=False)],
    template: Annotated[
        str,
        typer.Option("--template", "-t", metavar="NAME", help="ceasefire, labour, water or supply."),
    ] = "ceasefire",
) -> None:
    """Start a case in a new folder, from a template."""
    from accordant.case.starting import start

    made = safe(start(folder, template))
    typed = shlex.quote(made)
    say(
        f"{made} is a new case, from the template {template}. Next:",
        f"  accordant check {typed}",
        f"  accordant read REPORT --into {typed}",
        f"  accordant brief {typed} -o {shlex.quote(f'{made}/brief.html')}",
    )


def check(
    case: CaseArgument,
    strict: Annotated[
        bool,
        flag(
            "--strict",
            help="Warnings fail too, with status 2, and words of your own that lean are warned of.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Find every mistake in a case, and count what is in it."""
    import accordant
    from accordant.evidence.decisions import read_decisions

    try:
        with working("Checking the case"):
            opened = accordant.load(case)
            if opened.path.is_dir():
                read_decisions(opened.path)
            counts = count(opened)
            warnings = (*opened.problems, *(_leaning(opened) if strict else ()))
    except CaseError as error:
        if as_json:
            sys.stdout.write(as_text(_report(case, error.problems, None)))
        else:
            _complain(error.problems)
        raise typer.Exit(2) from None
    if as_json:
        sys.stdout.write(as_text(_report(case, warnings, counts)))
    else:
        say(*_page(opened, counts, warnings))
    if strict and warnings:
        raise typer.Exit(2)


def _leaning(opened: OpenCase) -> Iterator[Problem]:
    """Words of the analyst's own that lean, each with its place."""
    from dataclasses import replace

    from accordant.evidence.leaning import problems, words_for

    for path, problem in problems(opened.case, words_for(opened.path)):
        place = opened.folder.place(path)
        file = str(opened.path / place.file) if place else ""
        yield replace(problem, file=file, line=place.line, column=place.column) if place else problem


def count(opened: OpenCase) -> dict[str, int]:
    """How many of everything a case holds."""
    from accordant.case.grounds import assumptions, standings
    from accordant.model.listed import number_of_states

    case = opened.case
    roles = Counter(party.role for party in case.parties.values())
    return {
        "parties": roles["party"],
        "mediators": roles["mediator"],
        "constituencies": roles["constituency"],
        "observers": roles["observer"],
        "issues": len(case.issues),
        "states": number_of_states(opened.compiler),
        "proposals": len(case.proposals),
        "reports": len(case.reports),
        "origins": len(case.origins),
        "claims": len(case.claims),
        "claims_that_count": sum(standing.stands for standing in standings(case).values()),
        **_stale(case),
        "assumptions": len(assumptions(case)),
        "assumptions_unstated": sum(not a.stated for a in assumptions(case).values()),
    }


def _stale(case: Case) -> dict[str, int]:
    from accordant.case.ageing import ages
    from accordant.case.grounds import standings

    standing = standings(case)
    counted = [age for claim, age in ages(case).items() if standing[claim].stands]
    return {
        "claims_stale": sum(age.stale for age in counted),
        "claims_perhaps_stale": sum(age.perhaps_stale and age.known for age in counted),
    }


def _report(path: Path, problems: Sequence[Problem], counts: dict[str, int] | None) -> dict[str, Any]:
    from accordant.cli.problems import problem_json

    return {
        "schema": "accordant/check/1",
        "case": str(path),
        "errors": [problem_json(p) for p in problems if p.severity == "error"],
        "warnings": [problem_json(p) for p in problems if p.severity == "warning"],
        "counts": counts,
    }


def _complain(problems: Sequence[Problem]) -> None:
    """Mistakes first, then warnings, then how many of each there are."""
    from accordant.cli.problems import closing, mistakes, warnings_text

    for text in (*mistakes(problems), *(line for line, _ in warnings_text(problems))):
        complain(text, prefix="")
    complain(closing(problems, shown=True))


def _page(opened: OpenCase, counts: dict[str, int], problems: Sequence[Problem]) -> Iterator[RenderableType]:
    from accordant.cli.problems import warnings_text

    for line, heads in warnings_text(problems):
        yield Text(safe(line), style="bold" if heads else "")
    case = opened.case
    yield Text(safe(case.title + (f" (as of {case.as_of})" if case.as_of else "")), style="bold")
    yield Text(_summary(counts))
    if said := _aged(counts):
        yield Text(said)
    warnings = len(problems)
    yield Text(f"No errors, {_some(warnings, 'warning') if warnings else 'no warnings'}.")


def _summary(n: dict[str, int]) -> str:
    people = [
        _some(n[many], one)
        for many, one in (
            ("parties", "party"),
            ("mediators", "mediator"),
            ("constituencies", "constituency"),
            ("observers", "observer"),
        )
        if n[many] or many == "parties"
    ]
    out = n["claims"] - n["claims_that_count"]
    claims = _some(n["claims"], "claim") + (f" ({out} of them out)" if out else "")
    implicit = n["assumptions_unstated"]
    assumed = _some(n["assumptions"], "assumption") + (
        f" ({implicit} of them not stated)" if implicit else ""
    )
    parts = [
        *people,
        _some(n["issues"], "issue"),
        _some(n["states"], "state"),
        _some(n["proposals"], "proposal"),
        f"{claims} from {_some(n['origins'], 'origin')} in {_some(n['reports'], 'report')}",
        assumed,
    ]
    return ", ".join(parts[:-1]) + f" and {parts[-1]}."


def _aged(n: dict[str, int]) -> str:
    """What is stale, in a sentence; empty where nothing is, or may be."""
    stale, perhaps = n["claims_stale"], n["claims_perhaps_stale"]
    parts = [f"{_some(stale, 'claim')} {'is' if stale == 1 else 'are'} stale"] if stale else []
    if perhaps:
        parts.append(f"{perhaps:,} more may be" if stale else f"{_some(perhaps, 'claim')} may be stale")
    return f"{', '.join(parts)} (accordant stale lists them)." if parts else ""


def _some(number: int, one: str) -> str:
    many = one[:-1] + "ies" if one.endswith("y") else one + "s"
    return f"{number:,} {one if number == 1 else many}"
