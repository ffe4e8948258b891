"""``house``: the look of an organisation's own documents."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from accordant.cli.options import flag
from accordant.cli.output import complain, safe, say, working
from accordant.errors import CaseError, InputError, Problem

if TYPE_CHECKING:
    from accordant.brief.house import House
    from accordant.brief.house_folder import HouseReading


def house(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="The template folder to make or to check.", show_default=False),
    ],
    check: Annotated[bool, flag("--check", help="Find every mistake in a template that is there.")] = False,
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="With --check: write a sample that shows everything; repeat for several forms.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Start, or check, a template for an organisation."""
    from accordant.brief.house_folder import HOUSE_FILE

    if output and not check:
        raise typer.BadParameter("--output goes with --check")
    if check:
        _check(folder, output or [])
        return
    typed = shlex.quote(safe(folder))
    if (folder / HOUSE_FILE).exists():
        raise InputError(f"{folder} is a template already; accordant house {typed} --check looks at it")
    from accordant.brief.house_start import start_house

    with working("Writing the template"):
        start_house(folder)
    say(
        f"{safe(folder)} is a new template. Change what you like, take away what you do not. Next:",
        f"  accordant house {typed} --check -o sample.docx -o sample.pdf",
        f"  accordant brief CASE -o brief.docx --template {typed}",
    )


def _check(folder: Path, files: list[Path]) -> None:
    from accordant.brief.house_folder import examine_house
    from accordant.brief.house_trial import tried
    from accordant.cli.problems import warnings_text

    found = examine_house(folder)
    if found.sound and found.house is not None:
        with working("Setting a sample with the template"):
            for one in tried(found.path, found.house, files):
                if isinstance(one, Problem):
                    found.problems.append(one)
                else:
                    complain(str(one), prefix="wrote ")
    wrong = sum(p.severity == "error" for p in found.problems)
    if wrong or found.house is None:
        many = "one mistake" if wrong == 1 else f"{wrong} mistakes"
        raise CaseError(found.problems, f"{many} in the template {found.path}")
    for line, _ in warnings_text(found.problems):
        complain(line, prefix="")
    say(*_page(found, found.house))


def _page(found: HouseReading, house: House) -> Iterator[str]:
    """What the template gives, file by file."""
    whose = f", for {safe(house.name)}" if house.name else ""
    yield f"The template {safe(found.path)}{whose}:"
    lines = [name for name in ("header", "footer", "logo") if getattr(house, name)]
    given = ", ".join([*lines, f"paper {house.paper}", f"links {house.accent}"])
    rows = [("house.yaml", given)]
    if house.docx:
        rows.append(("styles.docx", f"Word documents take its styles and fonts{_links(house)}"))
    if house.typst:
        rows.append(("template.typ", "PDF pages are set by it"))
    if house.css:
        rows.append(("style.css", "its rules follow ours in web pages"))
    for name, face in found.faces.items():
        slope = ", italic" if face.italic else ""
        carried = ", in web pages too" if house.embed_fonts else ""
        rows.append((safe(name), f"{safe(face.families[0])}, weight {face.weight}{slope}{carried}"))
    width = max(len(name) for name, _ in rows)
    for name, says in rows:
        yield f"  {name:<{width}}  {says}"
    warnings = len(found.problems)
    yield f"No mistakes, {warnings or 'no'} {'warning' if warnings == 1 else 'warnings'}."


def _links(house: House) -> str:
    """What the styles of Word documents say of links, where that is not what ``house.yaml`` says."""
    from accordant.brief.docx.lent import lent
    from accordant.brief.docx.links import chosen

    colour = chosen(lent(house.docx).styles)
    if not colour or colour == house.accent:
        return ""
    return f", links {'in the colour of text' if colour == 'auto' else colour}"
