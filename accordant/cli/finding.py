"""Finding the case that a person meant."""

from __future__ import annotations

from pathlib import Path

from accordant.errors import InputError, nearest
from accordant.exchange.formats import by_ending, recognise

CASE_FILE = "case.yaml"


def find_case(path: Path) -> Path:
    """``path`` itself if a case is there.

    Raises
    ------
    InputError
        Otherwise, with the nearest case by name, or the cases in the folder that was named.

    Examples
    --------
    >>> find_case(Path("nowhere"))
    Traceback (most recent call last):
    accordant.errors.InputError: there is no case at nowhere; 'accordant new nowhere' starts one
    """
    if path.is_file() or (path / CASE_FILE).exists():
        return path
    if path.is_dir():
        if recognise(path) is not None:
            return path
        inside = [p.name for p in _cases_in(path)]
        if inside:
            shown = ", ".join(inside[:8]) + (f" and {len(inside) - 8} more" if len(inside) > 8 else "")
            raise InputError(
                f"there is no {CASE_FILE} in {path}, but there are the cases {shown}; try {path / inside[0]}"
            )
        raise InputError(f"there is no {CASE_FILE} in {path}; 'accordant new {path}' starts a case there")
    around = [*_cases_in(path.parent), *_foreign_in(path.parent)]
    near = nearest(path.name, [p.name for p in around])
    if near:
        raise InputError(f"there is no case at {path}; did you mean '{path.parent / near}'?")
    if by_ending(path) is not None:
        raise InputError(f"there is no file {path}")
    raise InputError(f"there is no case at {path}; 'accordant new {path}' starts one")


def _cases_in(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if (p / CASE_FILE).is_file())
    except OSError:
        return []


def _foreign_in(folder: Path) -> list[Path]:
    try:
        return sorted(p for p in folder.iterdir() if by_ending(p) is not None and p.is_file())
    except OSError:
        return []
