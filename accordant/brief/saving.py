"""Writing a brief to a file: the extension chooses the form, the file is whole or not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from accordant.brief.document import Brief
from accordant.case.writer import write_whole
from accordant.errors import InputError

FORMS: dict[str, Callable[[Brief], str]] = {
    ".html": Brief.html,
    ".htm": Brief.html,
    ".md": Brief.markdown,
    ".markdown": Brief.markdown,
}


def form(path: Path) -> Callable[[Brief], str]:
    """The form that a file's extension asks for.

    Raises
    ------
    InputError
        If there is no such form; the message names those that there are.

    Examples
    --------
    >>> form(Path("brief.HTML")) is Brief.html
    True
    """
    found = FORMS.get(path.suffix.lower())
    if found is None:
        what = f"the extension {path.suffix!r}" if path.suffix else "no extension"
        raise InputError(
            f"{path}: a brief cannot be written to a file with {what}; allowed: {', '.join(FORMS)}"
        )
    return found


def save(brief: Brief, path: Path) -> Path:
    """Write a brief; see :meth:`accordant.brief.document.Brief.save`."""
    text = form(path)(brief)
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {str(path.parent)!r}")
    return write_whole(path, text)
