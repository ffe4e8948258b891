"""A template folder to begin with: every file with remarks on what it is for."""

from __future__ import annotations

import zipfile
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from lxml import etree  # type: ignore[import-untyped]  # lxml ships no types

from accordant.brief.house_folder import CSS, FONTS, HOUSE_FILE, STYLES, TYPST
from accordant.brief.house_sample import sample
from accordant.case.writer import write_folder

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_EDGES = ("headerReference", "footerReference", "titlePg")


def start_house(folder: str | Path) -> Path:
    """Make a new template folder, whole or not at all.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    InputError
        If the place is taken.
    FailedError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as room:
    ...     sorted(p.name for p in start_house(Path(room) / "house").iterdir())
    ['fonts', 'house.yaml', 'style.css', 'styles.docx', 'template.typ']
    """
    from accordant.brief.docx import render

    starter = files("accordant.brief").joinpath("starter")
    made = {name: starter.joinpath(name).read_bytes() for name in (HOUSE_FILE, CSS, TYPST)}
    made[f"{FONTS}/about.txt"] = starter.joinpath("fonts.txt").read_bytes()
    made[STYLES] = _without_edges(render(sample()))
    return write_folder(folder, made)


def _without_edges(document: bytes) -> bytes:
    """The document without heads and feet of pages, which would stand for those of ``house.yaml``."""
    found = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(document)) as old,
        zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                root = etree.fromstring(content)
                for element in list(root.iter(*(_WORD + name for name in _EDGES))):
                    element.getparent().remove(element)
                content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(info, content)
    return found.getvalue()
