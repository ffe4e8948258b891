"""Writing a document to a file: the extension chooses the form, the file is whole or not there."""

from __future__ import annotations

from pathlib import Path

from accordant.brief.document import Brief
from accordant.brief.forms import form
from accordant.brief.house import PLAIN, House
from accordant.case.writer import write_whole
from accordant.errors import InputError


def save(brief: Brief, path: Path, house: House = PLAIN) -> Path:
    """Write a document; see :meth:`accordant.brief.document.Brief.save`."""
    chosen = form(path)
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {str(path.parent)!r}")
    return write_whole(path, chosen.render(brief, house))
