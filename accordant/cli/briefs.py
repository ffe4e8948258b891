"""``brief``: the documents of a case, one by one or the whole set."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from accordant.cli.destinations import check_place, open_for
from accordant.cli.leaving_documents import audience, preview
from accordant.cli.options import CaseArgument, Restricted, Without, flag
from accordant.cli.output import Telling, complain, working
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.brief.house import House
    from accordant.opened import OpenCase

SET = (".docx", ".pdf", ".html", ".md")
"""The forms of each document of a set; a kind may have more that belong to it."""

Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        "-k",
        metavar="KIND",
        help="brief, assessment, options, talking-points, changes, matrix, stakeholders, timeline, states or "
        "method; the whole brief without.",
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
            help="A file; its ending chooses the form: .docx, .pdf, .html, .md, its tables .xlsx, .csv, "
            "of some kinds .svg, .png, .ics. Repeat for several; without, Markdown is printed.",
            show_default=False,
        ),
    ] = None,
    kind: Kind = None,
    every: Annotated[
        Path | None,
        typer.Option(
            "--all",
            metavar="DIR",
            help="Write every kind into this folder, in every form that belongs to it.",
            show_default=False,
        ),
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
        typer.Option(
            "--for",
            metavar="WHOM",
            help="For whom: team, or public, without what is marked team too.",
        ),
    ] = "team",
    look: Annotated[
        bool, flag("--preview", help="List what would leave and what stays behind; write nothing.")
    ] = False,
    as_json: Annotated[bool, flag("--json", help="With --preview: the list as JSON.")] = False,
) -> None:
    """Write the brief, or other documents, in any form."""
    from accordant.brief.kinds import kind as kind_of

    if every is not None and (output or kind):
        raise typer.BadParameter("--all writes every kind; leave out --kind and --output")
    if as_json and not look:
        raise typer.BadParameter("--json goes with --preview")
    asked, files = kind_of(kind or "brief").name, output or ()
    whom = audience(given)
    options = {"restricted": restricted or (), "audience": whom, "without": without or ()}
    if look:
        with working("Looking at what would leave"):
            preview(open_for(case, ()), restricted or (), whom, as_json=as_json)
    elif every is not None:
        _check_folder(every, case)
        house = _house(template, [every / "brief.html"])
        with working("Reading the case") as progress:
            _write_all(open_for(case, ()), every, house, options, progress)
    else:
        _write(case, asked, files, _house(template, files), options)


def _write(
    case: Path, kind: str, files: Sequence[Path], house: House | None, options: Mapping[str, Any]
) -> None:
    """One kind in the forms that are asked for; without any, Markdown to standard output."""
    from accordant.brief.forms import FORMS

    with working("Writing the brief"):
        made = open_for(case, files, endings=tuple(FORMS)).brief(kind, **options)
        for file in files:
            complain(str(made.save(file, house)), prefix="wrote ")
    if not files:
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

    own = (template.parent if template.is_file() else template).resolve()
    for file in files:
        if template.exists() and file.resolve().is_relative_to(own):
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


def _write_all(
    opened: OpenCase, folder: Path, house: House | None, options: Mapping[str, Any], progress: Telling
) -> None:
    """Every kind that the case has something to tell of, in every form that it has; all, or none of them."""
    from accordant.brief.build import built, prepared
    from accordant.brief.kinds import KINDS, NothingToTellError
    from accordant.brief.picture import NotOnePictureError
    from accordant.case.writer import write_whole

    context = prepared(opened, **options)
    made: dict[str, list[tuple[Path, bytes]]] = {}
    left = []
    for done, (kind, of) in enumerate(KINDS.items()):
        progress(done, len(KINDS), f"Working out {kind}")
        try:
            document = built(context, kind)
        except NothingToTellError as error:
            left.append(f"{kind}: {error}")
            continue
        made[kind] = []
        for ending in (*SET, *of.also):
            progress(done, len(KINDS), f"Writing {kind}{ending}")
            try:
                made[kind].append((folder / f"{kind}{ending}", document.form(ending, house)))
            except NotOnePictureError as error:
                left.append(f"{kind}{ending}: {error}")
    folder.mkdir(exist_ok=True)
    for kind, files in made.items():
        for file, content in files:
            write_whole(file, content)
        endings = tuple(file.suffix for file, _ in files)
        complain(f"{folder / kind}{endings[0]} {' '.join(endings[1:])}", prefix="wrote ")
    for line in left:
        complain(line, prefix="left out ")
