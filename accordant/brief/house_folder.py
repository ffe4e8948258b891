"""A template folder: an organisation's own lines, fonts and styles, read and checked all at once.

==================  ==============================================================
in the folder       what it gives
==================  ==============================================================
``house.yaml``      name, header, footer, paper, colour, families; always there
``styles.docx``     the styles, and the head and foot of pages, of Word documents
``template.typ``    the page of PDF documents, in Typst
``style.css``       rules for web pages, after ours
``fonts/``          font files, ``.ttf`` or ``.otf``
==================  ==============================================================

A template is read by people who trust it less than its makers do: nothing in it may load anything
or run, and what it leaves unsaid is ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from accordant.brief import house_fonts, house_pictures
from accordant.brief.house import House
from accordant.brief.house_file import HouseFile, wrong_in
from accordant.brief.house_word import wrong_styles
from accordant.case.files import read_bytes, read_source
from accordant.case.findings import Finding
from accordant.case.places import find
from accordant.case.repair import validate
from accordant.case.tidy import tidy
from accordant.case.tree import Tree, grow, plain
from accordant.errors import CaseError, InputError, Problem, did_you_mean

HOUSE_FILE, STYLES, TYPST, CSS, FONTS = "house.yaml", "styles.docx", "template.typ", "style.css", "fonts"
NAMED = (HOUSE_FILE, STYLES, TYPST, CSS, FONTS)
OURS = ("FiraGO", "Fira Sans")
"""Families that come with Accordant."""

_STYLES_LIMIT = 20_000_000
# [i]: so that this line is no such rule. What escapes hide from it, the policy of the page refuses.
_RULES_LOAD = re.compile(
    r"@[i]mport|url\(\s*['\"]?(?!['\"]?(?:data:|#))|</\s*style|expression\(", re.IGNORECASE
)
_TYPST_LOADS = re.compile(r'"\s*@')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass
class HouseReading:
    """What could be read of a template folder, with everything that was found."""

    path: Path
    house: House | None = None
    problems: list[Problem] = field(default_factory=list)
    faces: dict[str, house_fonts.Face] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether documents can be written with it."""
        return self.house is not None and all(p.severity != "error" for p in self.problems)

    def say(
        self,
        file: str,
        message: str,
        severity: Literal["error", "warning"] = "error",
        hint: str | None = None,
        line: int | None = None,
    ) -> None:
        """One more thing that was found."""
        self.problems.append(
            Problem(message, file=str(self.path / file), line=line, severity=severity, hint=hint)
        )


def read_house(folder: str | Path) -> House:
    """The look that a template folder gives.

    Raises
    ------
    CaseError
        With every mistake in the folder.
    InputError
        If there is no such folder.
    """
    found = examine_house(folder)
    if not found.sound or found.house is None:
        wrong = [p for p in found.problems if p.severity == "error"]
        many = "one mistake" if len(wrong) == 1 else f"{len(wrong)} mistakes"
        raise CaseError(wrong, f"{many} in the template {found.path}; nothing was written")
    return found.house


def examine_house(folder: str | Path) -> HouseReading:
    """Everything that is in a template folder, and everything that is wrong with it.

    Raises
    ------
    InputError
        If there is no such folder.
    """
    path = Path(folder)
    if path.is_file() and path.name == HOUSE_FILE:
        path = path.parent
    if not path.is_dir():
        raise InputError(f"{path}: there is no such folder; accordant house {path} starts one")
    reading = HouseReading(path)
    house = _from_file(reading) or House()
    house = _with_fonts(reading, house)
    house = replace(
        house,
        docx=_styles(reading),
        typst=_text(reading, TYPST, _TYPST_LOADS, "takes in a package; a template stands on its own"),
        css=_text(reading, CSS, _RULES_LOAD, "loads something; write data: addresses instead"),
    )
    _misspelt(reading)
    reading.problems.sort(key=lambda p: (p.severity, p.file, p.line or 0))
    reading.house = house
    return reading


def _from_file(reading: HouseReading) -> House | None:
    source = read_source(reading.path / HOUSE_FILE, HOUSE_FILE)
    if isinstance(source, Problem):
        hint = f"it begins with 'accordant-house: 1'; accordant house DIR writes one, {source.hint or ''}"
        reading.say(HOUSE_FILE, source.message, hint=hint.rstrip(", "))
        return None
    name = str(reading.path / HOUSE_FILE)
    tree, wrong = grow(source.text, name)
    reading.problems += wrong
    data = plain(tree) if tree is not None else None
    if tree is None or not isinstance(data, dict):
        if not wrong:
            reading.say(HOUSE_FILE, "must be a mapping: begin with 'accordant-house: 1'", line=1)
        return None
    outcome = validate(HouseFile, tidy(data))
    told = outcome.value
    found = list(outcome.findings) + [
        f for f in (wrong_in(told) if told else ()) if not outcome.hurt.inside(f.path)
    ]
    reading.problems += [_problem(name, tree, f) for f in found]
    return _told(reading, told, tree) if told else None


def _problem(name: str, tree: Tree, found: Finding) -> Problem:
    return found.problem(find(tree, found.path, name, key=found.on_key))


def _told(reading: HouseReading, file: HouseFile, tree: Tree) -> House:
    logo, kind = _logo(reading, file.logo, tree)
    return House(
        name=file.name.strip(),
        header=file.header.strip(),
        footer=file.footer.strip(),
        logo=logo,
        logo_kind=kind,
        paper=file.paper,
        accent=file.accent.lower(),
        text_font=file.text_font.strip(),
        heading_font=file.heading_font.strip() or file.text_font.strip(),
        embed_fonts=file.embed_fonts,
    )


def _logo(reading: HouseReading, name: str, tree: Tree) -> tuple[bytes | None, Literal["", "png", "svg"]]:
    kind = Path(name).suffix.lower()
    if not name:
        return None, ""
    message = ""
    if kind not in (".svg", ".png"):
        message = "is neither an .svg nor a .png file"
    elif Path(name).is_absolute() or ".." in Path(name).parts:
        message = "lies outside the folder"
    if message:
        at = find(tree, ("logo",), HOUSE_FILE)
        reading.say(HOUSE_FILE, f"logo: {name} {message}", line=at.line)
        return None, ""
    raw = read_bytes(reading.path / name, name, house_pictures.LIMIT)
    if isinstance(raw, Problem):
        reading.say(name, raw.message)
        return None, ""
    made = house_pictures.bare_svg(raw) if kind == ".svg" else house_pictures.bare_png(raw)
    if isinstance(made, str):
        reading.say(name, made)
        return None, ""
    return made, "svg" if kind == ".svg" else "png"


def _with_fonts(reading: HouseReading, house: House) -> House:
    room = reading.path / FONTS
    files = sorted(p for p in room.rglob("*") if p.is_file()) if room.is_dir() else []
    kept: list[Path] = []
    for file in files:
        name = file.relative_to(reading.path).as_posix()
        if file.suffix.lower() not in (".ttf", ".otf", ".woff", ".woff2", ".ttc"):
            continue  # a licence, a note
        raw = read_bytes(file, name, house_fonts.LIMIT)
        if isinstance(raw, Problem):
            reading.say(name, raw.message)
            continue
        face = house_fonts.read_face(raw)
        if isinstance(face, str):
            reading.say(name, face)
            continue
        if house.embed_fonts and not face.embeddable:
            hint = "take it away, or leave embed_fonts out of house.yaml"
            reading.say(name, "is marked by its maker as not to be embedded", hint=hint)
        reading.faces[name] = face
        kept.append(file)
    _families_there(reading, house)
    _faces_there(reading, house)
    return replace(house, fonts=tuple(kept))


def _families_there(reading: HouseReading, house: House) -> None:
    known = {f.casefold() for face in reading.faces.values() for f in face.families}
    known |= {f.casefold() for f in OURS}
    for key in dict.fromkeys(("text_font", "heading_font")):
        family = getattr(house, key)
        if not family or family.casefold() in known or (key == "heading_font" and family == house.text_font):
            continue
        names = sorted({f for face in reading.faces.values() for f in face.families})
        reading.say(
            HOUSE_FILE,
            f"{key}: no file in {FONTS}/ holds the family {family!r}; PDF is set in ours, Word and web pages "
            "in it only where the reader has it",
            "warning",
            did_you_mean(family, names),
        )


def _faces_there(reading: HouseReading, house: House) -> None:
    """A family without bold or italic letters: what is marked by them would look like the rest."""
    own = [
        face
        for face in reading.faces.values()
        if house.text_font.casefold() in {f.casefold() for f in face.families}
    ]
    if not own:
        return
    lacks = [] if any(face.weight >= 600 for face in own) else ["bold"]
    lacks += [] if any(face.italic for face in own) else ["italic"]
    if lacks:
        reading.say(
            HOUSE_FILE,
            f"text_font: no file in {FONTS}/ holds {' or '.join(lacks)} letters of {house.text_font!r}; "
            "in PDF such words look like the others",
            "warning",
        )


def _styles(reading: HouseReading) -> bytes | None:
    if not (reading.path / STYLES).exists():
        return None
    raw = read_bytes(reading.path / STYLES, STYLES, _STYLES_LIMIT)
    if isinstance(raw, Problem):
        reading.say(STYLES, raw.message)
        return None
    wrong = list(wrong_styles(raw))
    for message in wrong:
        reading.say(STYLES, message)
    return None if wrong else raw


def _text(reading: HouseReading, name: str, loads: re.Pattern[str], message: str) -> str:
    """The text of a file that may be missing; comments may say what rules must not."""
    if not (reading.path / name).exists():
        return ""
    source = read_source(reading.path / name, name)
    if isinstance(source, Problem):
        if source.message != "is empty":
            reading.say(name, source.message, line=source.line, hint=source.hint)
        return ""
    for line, _ in _matches(source.text, loads, name):
        reading.say(name, message, line=line)
    return source.text


def _matches(text: str, loads: re.Pattern[str], name: str) -> Iterator[tuple[int, str]]:
    if name == CSS:  # what a comment says stays as long as it was, so that lines keep their numbers
        text = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m.group()), text)
    else:
        text = re.sub(r"//[^\n]*", "", text)
    for found in loads.finditer(text):
        yield text[: found.start()].count("\n") + 1, found.group()


def _misspelt(reading: HouseReading) -> None:
    """Files whose names are close to one that counts: without it they would be passed over."""
    for path in sorted(reading.path.iterdir()):
        if path.name in NAMED or path.name.startswith("."):
            continue
        missing = [name for name in NAMED if not (reading.path / name).exists()]
        hint = did_you_mean(path.name, missing)
        if hint:
            reading.say(path.name, "is not a file of a template", "warning", hint)
