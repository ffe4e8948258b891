"""Writing a brief to a file: the extension chooses the form, the file is whole or not there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from accordant.brief.document import Brief
from accordant.errors import FailedError, InputError

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
    try:
        _write(path, text)
    except OSError as error:
        raise FailedError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def _write(path: Path, text: str) -> None:
    # A file beside the target, moved over it at the end: a reader never meets half a brief.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The rights that the file has already, or those that a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
