"""From a document to the bytes of its PDF."""

from __future__ import annotations

import json
import re
import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accordant.brief.characters import runs_leftward
from accordant.brief.document import Brief, Figure, Rich, rich, said_leftward
from accordant.brief.house import PLAIN, House
from accordant.brief.pdf import fonts
from accordant.brief.pdf.flow import Flow
from accordant.brief.pdf.heads import with_row_heads
from accordant.brief.pdf.pictures import better_upright
from accordant.brief.pdf.room import BOTTOM, EDGE, HEADING, OPENING, SIDE, TOP, Room
from accordant.brief.pdf.running import Runs
from accordant.errors import FailedError, InputError

if TYPE_CHECKING:
    import typst

STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2b"]
"""What the file keeps to: readable with a screen reader, good to be archived. An archive asks for a date."""
_CONTENTS = 9
"""Sections from which on a document begins with a list of them."""
_OWN = "#whole((body, meta) => body)\n"
_HOUSE = '#import "house.typ": house\n#whole(house)\n'
# What takes in something else, whatever its name is put together from; modules of Typst are no files.
_TAKES_IN = re.compile(
    r'"\s*@|(?:#|^\s*|[{;]\s*)(?:import|include)\b(?!\s+(?:calc|emoji|math|pdf|std|sym)\b)|\beval\s*\(',
    re.MULTILINE,
)
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


def render(brief: Brief, house: House = PLAIN) -> bytes:
    """The document as PDF.

    Raises
    ------
    InputError
        If the house's Typst template cannot be used; the message says where it fails.
    FailedError
        If the pages cannot be set.
    """
    families = (house.text_font, fonts.FAMILY) if house.text_font else (fonts.FAMILY,)
    document = _document(brief, house, families)
    content = json.dumps(document, ensure_ascii=False)
    system, missing = fonts.without(content, families, house.fonts)
    content = content.translate({ord(letter): "\ufffd" for letter in missing})
    shelf = fonts.shelf(house.fonts, system)
    tables = [item for group in document["groups"] for item in group["items"] if item["kind"] == "table"]
    return with_row_heads(_pages(content, shelf, brief, house), [item["heads"] for item in tables])


def _pages(content: str, shelf: typst.Fonts, brief: Brief, house: House) -> bytes:
    if house.typst:
        return _in_house(house.typst, content, shelf, brief)
    try:
        return _set((_template() + _OWN).encode(), content, shelf, brief)
    except RuntimeError as error:
        raise FailedError(f"the pages could not be set: {error}") from error


@lru_cache(maxsize=1)
def _template() -> str:
    return files("accordant.brief.pdf").joinpath("brief.typ").read_text(encoding="utf-8")


def _set(source: bytes | Path, content: str, shelf: typst.Fonts, brief: Brief) -> bytes:
    import typst

    day = _day(brief.as_of)
    made = typst.compile(
        source,
        font_paths=shelf,
        sys_inputs={"document": content},
        pdf_standards=STANDARDS if day else STANDARDS[:1],
        timestamp=datetime(*day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC),
    )
    return bytes(made)


def _in_house(template: str, content: str, shelf: typst.Fonts, brief: Brief) -> bytes:
    """Set in a house's template, which sees a folder with itself and ours in it and nothing else."""
    if _TAKES_IN.search(template):
        raise InputError(
            "the Typst template takes in a file or a package; it has to stand on its own, nothing is fetched"
        )
    with tempfile.TemporaryDirectory(prefix="accordant-") as folder:
        main = Path(folder) / "main.typ"
        main.write_text(_template() + _HOUSE, encoding="utf-8")
        (Path(folder) / "house.typ").write_text(template, encoding="utf-8")
        try:
            return _set(main, content, shelf, brief)
        except RuntimeError as error:
            told = (getattr(error, "diagnostic", "") or str(error)).replace(str(folder), "")
            raise InputError(f"the Typst template cannot be used: {_first(told)}") from error


def _first(diagnostic: str) -> str:
    """The first thing that went wrong, with its place in the template."""
    lines = [line.strip() for line in diagnostic.strip().splitlines()]
    told = lines[0].removeprefix("error: ") if lines else "it fails"
    place = next((line for line in lines if "house.typ:" in line), "")
    if place:
        return f"{place[place.index('house.typ:') :]}: {told}"
    return f"{told}; it has to define house(doc, meta), which gives back doc with its own rules"


def _day(as_of: str) -> tuple[int, int, int] | None:
    found = _DAY.fullmatch(as_of)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
    return year, month, day


def _document(brief: Brief, house: House, families: tuple[str, ...]) -> dict[str, Any]:
    """Everything that the template is handed."""
    runs, room = Runs(frozenset(brief.ids())), Room(house.paper, _across(brief, house.paper))
    flow = Flow(runs, room, families[0])
    title = runs.words(brief.title.text)
    day = _day(brief.as_of)
    listed = brief.sections if len(brief.sections) >= _CONTENTS else ()
    made = f"Accordant {brief.version} · case {brief.digest[:12]}"
    made += f" · as of {brief.as_of}" if brief.as_of else ""
    return {
        "title": runs((brief.title,), 20.0, bold=True),
        "rtl": runs_leftward(brief.title.text),
        "name": title,
        "full-name": f"{title} – {brief.label}",
        "label": brief.label,
        "about": brief.kind,
        "handling": brief.handling,
        "mark": f"Handling: {brief.handling}" if brief.handling else "",
        "as-of": brief.as_of,
        "date": {"year": day[0], "month": day[1], "day": day[2]} if day else None,
        "language": brief.language,
        "version": brief.version,
        "digest": brief.digest,
        "kicker": [runs(part) for part in _kicker(brief)],
        "question": runs(brief.question),
        "question-rtl": bool(brief.question) and said_leftward(brief.question),
        "contents": [{"id": s.id, "text": runs(s.title)} for s in listed],
        "groups": flow.groups(brief.sections),
        "foot": runs.own(made),
        "keywords": [f"Accordant {brief.version}", f"case {brief.digest}"],
        "wide": room.wide,
        "page": {"paper": _PAPERS[house.paper], "side": SIDE, "top": TOP, "bottom": BOTTOM, "edge": EDGE},
        "house": _look(house, families),
    }


_PAPERS = {"a4": "a4", "letter": "us-letter"}


def _kicker(brief: Brief) -> list[Rich]:
    found = [rich(brief.label)] + ([rich(f"as of {brief.as_of}")] if brief.as_of else [])
    return [*found, *brief.notices]


def _across(brief: Brief, paper: str) -> bool:
    """Whether the pages lie across: where that is asked for, and the first figure can be read so."""
    first = next(brief.blocks(), None)
    if not brief.wide or not isinstance(first, Figure):
        return brief.wide
    return not better_upright(first, paper, OPENING + HEADING)


def _look(house: House, families: tuple[str, ...]) -> dict[str, Any]:
    heads = tuple(name for name in (house.heading_font,) if name)
    return {
        "name": house.name,
        "header": house.header,
        "footer": house.footer,
        "logo": list(house.logo) if house.logo else None,
        "logo-kind": house.logo_kind or "png",
        "accent": house.accent,
        "text-fonts": list(families),
        "heading-fonts": [*heads, *families],
    }
