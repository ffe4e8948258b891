"""New cases from the templates that come with Accordant."""

from __future__ import annotations

from pathlib import Path

from accordant.case.writer import write_folder
from accordant.errors import InputError, did_you_mean

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
    known = template_names()
    if template not in known:
        near = did_you_mean(template, known)
        raise InputError(
            f"there is no template {template!r}; allowed: {', '.join(known)}" + (f"; {near}" if near else "")
        )
    source = TEMPLATES / template
    files = {str(p.relative_to(source)): p.read_bytes() for p in sorted(source.rglob("*")) if p.is_file()}
    return write_folder(folder, files)
