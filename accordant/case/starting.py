"""New cases from the templates that come with Accordant."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from accordant.errors import FailedError, InputError, did_you_mean

TEMPLATES = Path(__file__).parent / "templates"
DEFAULT = "ceasefire"


def template_names() -> tuple[str, ...]:
    """The templates there are.

    Examples
    --------
    >>> "ceasefire" in template_names()
    True
    """
    return tuple(sorted(p.name for p in TEMPLATES.iterdir() if (p / "case.yaml").is_file()))


def start(folder: str | Path, template: str = DEFAULT) -> Path:
    """Make a new case folder from a template, whole or not at all.

    Parameters
    ----------
    folder
        The folder to make; it may exist if it is empty.
    template
        One of :func:`template_names`.

    Returns
    -------
    pathlib.Path
        The folder.

    Raises
    ------
    InputError
        For an unknown template, or a place that is taken.
    FailedError
        If the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as room:
    ...     sorted(p.name for p in start(Path(room) / "talks").iterdir() if p.suffix)
    ['case.yaml', 'claims.yaml']
    """
    target = Path(folder)
    known = template_names()
    if template not in known:
        near = did_you_mean(template, known)
        raise InputError(
            f"there is no template {template!r}; allowed: {', '.join(known)}" + (f"; {near}" if near else "")
        )
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} is a file; name a new folder")
    if target.is_dir() and any(target.iterdir()):
        raise InputError(f"{target} is not empty; name a new folder, nothing was written")
    try:
        _copy(TEMPLATES / template, target)
    except OSError as error:
        raise FailedError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as room:
        made = Path(room) / "case"
        made.mkdir()
        for path in sorted(source.rglob("*")):  # a folder comes before what is in it
            place = made / path.relative_to(source)
            place.mkdir() if path.is_dir() else shutil.copyfile(path, place)
        os.replace(made, target)  # one step: a folder that is there is a whole case
