"""Writing a case to a folder or to a file of another program, whole or not at all."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accordant.case.writer import write_whole
from accordant.errors import InputError, Problem
from accordant.exchange.formats import OWN, Format, Named, by_ending, formats
from accordant.tables import Table

if TYPE_CHECKING:
    from accordant.opened import OpenCase

CASE = "case"
_FILE = re.compile(r"\.[A-Za-z]\w{0,7}")


@dataclass(frozen=True)
class Conversion:
    """What was written, and what could not be carried over.

    Attributes
    ----------
    source, target
        What was read and what was written.
    source_format, target_format
        ``case`` or the name of a foreign format.
    warnings
        What could not be carried over, item by item.
    names
        What parties, options and states are called on both sides, where one of them is foreign.
    """

    source: Path
    target: Path
    source_format: str
    target_format: str
    warnings: tuple[Problem, ...]
    names: tuple[Named, ...]

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``convert --json``."""
        return {
            "schema": "accordant/convert/1",
            "source": {"path": str(self.source), "format": self.source_format},
            "target": {"path": str(self.target), "format": self.target_format},
            "warnings": [_plain(problem) for problem in self.warnings],
            "names": [{"kind": n.kind, "case": n.case, "file": n.file} for n in self.names],
        }

    def table(self) -> Table:
        """One row per party, option and state: what it is called in the case and in the file."""
        rows = tuple((n.kind, n.case, n.file) for n in self.names)
        return Table("What everything is called", ("kind", "in the case", "in the file"), rows)

    def to_frame(self) -> Any:
        """The table as a pandas data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _plain(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file or None,
        "line": problem.line,
        "path": problem.path or None,
        "message": problem.message,
        "found": problem.found,
        "try": problem.hint,
    }


def save_as(opened: OpenCase, path: str | Path) -> Conversion:
    """Write a case to a new folder, or to a new file in the format that its ending names.

    Raises
    ------
    InputError
        If the place is taken, if no format has that ending, or, with every reason, if the format
        cannot say what the case says.
    FailedError
        If it cannot be written; then nothing is.
    """
    target = Path(path)
    format = target_format(target)
    read = opened.foreign
    warnings = read.problems if read else ()
    names = read.names if read else ()
    if format is None:
        with _new_folder(target):
            opened.folder.save(path=target)
    else:
        made = format.write(opened)
        write_whole(target, made.content)
        warnings, names = (*warnings, *made.problems), made.names
    source = read.format if read else CASE
    return Conversion(opened.path, target, source, format.name if format else CASE, warnings, names)


def target_format(target: Path) -> Format | None:
    """The format to write, None for a case folder; the place is looked at, and nothing is written yet.

    Raises
    ------
    InputError
        If the place is taken, or no format is written to a file of that name.

    Examples
    --------
    >>> target_format(Path("talks.gmcr")).title, target_format(Path("talks"))
    ('GMCR+', None)
    """
    if target.name in OWN:
        raise InputError(
            f"{target} is a file of a case; name the folder for it, such as {target.parent / 'talks'}"
        )
    format = by_ending(target)
    if format is None and not target.is_dir() and _FILE.fullmatch(target.suffix):
        endings = ", ".join(ending for one in formats() for ending in one.endings)
        raise InputError(
            f"{target}: no file is written with the ending {target.suffix!r}; allowed: {endings}, or a folder"
        )
    if format is None and target.is_dir() and not any(target.iterdir()):
        return None
    if target.exists() or target.is_symlink():
        what = "is there already; name a new file"
        if target.is_dir():
            what = "is a folder; name a new file" if format else "is not empty; name a new folder"
        raise InputError(f"{target} {what}, nothing was written")
    if format is not None and not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {str(target.parent)!r}")
    return format


@contextmanager
def _new_folder(target: Path) -> Iterator[None]:
    """Folders that are made for a case go again if it cannot be written."""
    new: Sequence[Path] = [p for p in (target, *target.parents) if not p.exists()]
    try:
        yield
    except BaseException:
        for folder in new:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise
