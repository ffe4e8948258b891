"""The shipped cases as pages: the question, what follows, what it shows as pictures, and the case itself."""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import accordant
from accordant.brief.document import Brief, Cell, Figure, Judgement, Ref, Rich, Table, plain
from accordant.brief.figures.render import svg
from accordant.brief.markdown import escaped, inline
from handbook import order, pages

if TYPE_CHECKING:
    from accordant.opened import OpenCase

PLACE = "worked"
SOURCED = ("frontier", "state-graph", "rests-figure", "timeline")
PLAIN = ("state-graph",)
"""The pictures that a page shows, by id, of a case with numbers or reports and of one without."""
INDEX = """# Worked cases

Each case that comes with Accordant, with what follows from it and its pictures, drawn from the case as this
site was built. [The shipped cases](../cases.md) says what each teaches, [teaching with them](../teaching.md)
has questions for a class.
"""


def write(root: Path, source: Path, only: Collection[str] = ()) -> list[str]:
    """Write a page for each case, or for some ``only``, and say where they start."""
    folder = source / PLACE
    rows = ["| case | question | parties | states | claims |", "|---|---|---|---|---|"]
    made = []
    for home in cases(root):
        name = home.relative_to(root / "cases").as_posix()
        if only and name not in only:
            continue
        opened = accordant.load(home)
        _put(folder / f"{name}.md", _page(root, source, name, opened))
        case = opened.case
        cells = (f"[{escaped(case.title)}]({name}.md)", escaped(case.question or ""), len(case.parties))
        rows.append(
            f"| {' | '.join(map(str, (*cells, len(opened.states().states), len(case.sources.claims))))} |"
        )
        made.append(f"{PLACE}/{name}")
    index = "\n".join([INDEX, *rows, order.toctree(made)])
    _put(folder / "index.md", index)
    return [f"{PLACE}/index"]


def cases(root: Path) -> list[Path]:
    """Every shipped case, in the order in which their own page names them."""
    told = (root / "docs" / "cases.md").read_text(encoding="utf-8")
    homes = [file.parent for file in (root / "cases").rglob("case.yaml")]
    at = {home: told.find(f"`cases/{home.relative_to(root / 'cases').as_posix()}`") for home in homes}
    return sorted(homes, key=lambda home: (at[home] < 0, at[home], home))


def _page(root: Path, source: Path, name: str, opened: OpenCase) -> str:
    brief = opened.brief()
    case = opened.case
    place = f"{PLACE}/{name}"
    figures = [block for block in brief.blocks() if isinstance(block, Figure)]
    wanted = SOURCED if case.sources.reports or any(f.id == "frontier" for f in figures) else PLAIN
    parts = [f"# {escaped(case.title)}", f"*{inline(_flat(brief.question))}*", _facts(name, opened)]
    about = _told(root, source, "docs/cases.md", name, place)
    parts += [about or escaped(case.note or "")]
    parts += ["## What follows", *_judgements(brief)]
    whole = brief.html() if case.sources.reports else ""
    if whole:
        _put(source / "whole" / "briefs" / f"{name}.html", whole)
        up = "../" * (1 + name.count("/"))
        parts.append(f'The <a href="{up}briefs/{name}.html">whole brief</a> opens down to the quoted words.')
    parts += ["## Pictures", *(_picture(f, whole) for key in wanted for f in figures if f.id == key)]
    notes = _told(root, source, "docs/teaching.md", name, place)
    parts += ["## For teaching", notes] if notes else []
    parts += ["## The case itself", *_files(root, source, name)]
    return "\n\n".join(parts) + "\n"


def _facts(name: str, opened: OpenCase) -> str:
    case = opened.case
    counts = [f"{len(case.parties)} parties and others", f"{len(opened.states().states)} states"]
    counts += (
        [f"{len(case.sources.claims)} claims in {len(case.sources.reports)} reports"]
        if case.sources.claims
        else []
    )
    counts += [f"as of {case.as_of}"] if case.as_of else []
    return f"`cases/{name}`: {', '.join(counts)}."


def _told(root: Path, source: Path, page: str, name: str, place: str) -> str:
    """What a page says of a case: the paragraph that opens with it, or the section that names it first."""
    text = (root / page).read_text(encoding="utf-8")
    named = f"`cases/{name}`"
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        _, _, body = section.partition("\n")
        first, _, rest = body.strip().partition("\n\n")
        if first.startswith(f"{named}: "):
            notes = f"{first.removeprefix(f'{named}: ')}\n\n{rest.strip()}"
            return pages.relinked(root, notes[0].upper() + notes[1:], page, place, source)
    for paragraph in text.split("\n\n"):
        if paragraph.startswith("**") and f"({named}" in paragraph:
            return pages.relinked(root, paragraph, page, place, source)
    return ""


def _judgements(brief: Brief) -> Iterator[str]:
    for number, block in enumerate((b for b in brief.blocks() if isinstance(b, Judgement)), 1):
        rests = (f"   - {escaped(b.label)}: {inline(_flat(b.text))}" for b in block.rests)
        yield "\n".join([f"{number}. **{escaped(plain(block.says))}**", *rests])


def _flat(text: Rich) -> Rich:
    """Running text without links, which lead to places in the brief."""
    return tuple(run for part in text for run in (part.text if isinstance(part, Ref) else (part,)))


def _put(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _picture(figure: Figure, whole: str) -> str:
    """The picture under its finding, and the table of the same data behind it.

    Drawing takes most of the time that the site does: what ``whole``, the brief, has is taken from it.
    """
    drawn = re.search(rf'<svg [^>]*aria-labelledby="{re.escape(figure.id)}-title .*?</svg>', whole, re.DOTALL)
    shown = drawn[0] if drawn else svg(figure)
    caption = f"<figcaption>{escape(plain(figure.finding))}</figcaption>"
    return "\n\n".join(
        [
            f'<figure class="picture">{caption}<div class="drawn">{shown}</div></figure>',
            f"<details><summary>The same as a table: {escape(plain(figure.table.title))}</summary>",
            "\n".join(_rows(figure.table)),
            "</details>",
        ]
    )


def _rows(table: Table) -> Iterable[str]:
    yield _row(inline(_flat(column)) for column in table.columns)
    yield _row("---" for _ in table.columns)
    for row in table.rows:
        cells = [_cell(cell) for cell in row.cells]
        yield _row([*cells, *[""] * (len(table.columns) - len(cells))])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    marked = (
        f" ({cell.mark})" if cell.mark in ("assumed", "unsure") and cell.mark not in plain(cell.text) else ""
    )
    return inline(_flat(cell.text)) + marked


def _files(root: Path, source: Path, name: str) -> Iterator[str]:
    """The files of the case, shown whole: what a reader would write."""
    for file in ("case.yaml", "claims.yaml"):
        given = root / "cases" / name / file
        if not given.exists():
            continue
        copy = source / "files" / "cases" / name / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(given, copy)
        yield f"<details><summary>{file}</summary>"
        up = "../" * (1 + name.count("/"))
        yield f"```{{literalinclude}} {up}files/cases/{name}/{file}\n:language: yaml\n```"
        yield "</details>"
