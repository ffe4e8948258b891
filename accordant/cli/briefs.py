"""``brief``: the documents of a case, one by one or the whole set."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accordant.cli.destinations import check_place, open_for
from accordant.cli.leaving_documents import audience, preview
from accordant.cli.options import CaseArgument, Restricted, Without, flag
from accordant.cli.output import complain, working
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.brief.context import Context
    from accordant.brief.house import House

SET = (".docx", ".pdf", ".html", ".md")
"""The forms of each document of a set, unless others are asked for."""

Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        help="assessment, options, matrix, stakeholders, timeline, states, talking-points, …",
        show_default=False,
    ),
]


def brief(
    case: CaseArgument,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="A file that ends in .html, .md, .docx or .pdf; repeat for several.",
            show_default=False,
        ),
    ] = None,
    kind: Kind = None,
    every: Annotated[
        Path | None,
        typer.Option("--all", metavar="DIR", help="Write every kind into this folder.", show_default=False),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template",
            metavar="DIR",
            help="The look of your organisation's documents (accordant house).",
            show_default=False,
        ),
    ] = None,
    without: Without = None,
    restricted: Restricted = None,
    given: Annotated[
        str,
        typer.Option("--for", metavar="WHOM", help="team, or public: without what is marked team too."),
    ] = "team",
    look: Annotated[
        bool, flag("--preview", help="List what would leave and what stays behind; write nothing.")
    ] = False,
    as_json: Annotated[bool, flag("--json", help="With --preview: the list as JSON.")] = False,
) -> None:
    """Write documents: the brief, or another kind; Word, PDF, web page."""
    from accordant.brief.forms import FORMS
    from accordant.brief.kinds import kind as kind_of

    if every is not None and (output or kind):
        raise typer.BadParameter("--all writes every kind; leave out --kind and --output")
    if as_json and not look:
        raise typer.BadParameter("--json goes with --preview")
    asked, whom = kind_of(kind or "brief").name, audience(given)
    if look:
        with working("Looking at what would leave"):
            opened = open_for(case, ())
            preview(opened, restricted or (), whom, as_json=as_json)
        return
    if every is not None:
        _check_folder(every, case)
    house = _house(template, (*(output or ()), *([every / "x"] if every is not None else ())))
    with working("Writing the documents" if every is not None else "Writing the brief"):
        opened = open_for(case, output or (), endings=tuple(FORMS))
        if every is not None:
            from accordant.brief.build import prepared

            context = prepared(opened, restricted=restricted or (), audience=whom, without=without or ())
            _write_all(context, every, SET, house)
            return
        made = opened.brief(asked, restricted=restricted or (), audience=whom, without=without or ())
        for file in output or ():
            complain(str(made.save(file, house)), prefix="wrote ")
    if not output:
        sys.stdout.write(made.markdown())


def _house(template: Path | None, files: Sequence[Path]) -> House | None:
    """The look that a template gives; nothing is written into the template itself.

    Raises
    ------
    InputError
        For mistakes in the template, all of them, or a file that would be written into it.
    """
    if template is None:
        return None
    from accordant.brief.house_folder import read_house

    own = (template if template.is_dir() else template.parent).resolve()
    for file in files:
        if file.resolve().is_relative_to(own):
            raise InputError(f"{file} lies in the template {template}; name a file elsewhere")
    return read_house(template)


def _check_folder(folder: Path, case: Path) -> None:
    """The folder can be made or is there, and is not the case's own.

    Raises
    ------
    InputError
        Otherwise.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"--all {folder} is no folder; name one, such as documents")
    if not folder.is_dir():
        check_place(folder)
    own = case if case.is_dir() else case.parent
    if folder.resolve() == own.resolve() or folder.resolve().is_relative_to((own / "reports").resolve()):
        raise InputError(f"--all {folder} is the case itself; name another folder")


def _write_all(context: Context, folder: Path, endings: Sequence[str], house: House | None) -> None:
    """Every kind that the case has something to tell of, in every form."""
    from accordant.brief.build import built
    from accordant.brief.kinds import KINDS, NothingToTellError

    made, left = [], []
    for kind in KINDS:
        try:
            document = built(context, kind)
        except NothingToTellError as error:
            left.append(f"{kind}: {error}")
            continue
        made += [(folder / f"{kind}{ending}", document.form(ending, house)) for ending in endings]
    from accordant.case.writer import write_whole

    folder.mkdir(exist_ok=True)
    for file, content in made:
        complain(str(write_whole(file, content)), prefix="wrote ")
    for line in left:
        complain(line, prefix="left out ")
