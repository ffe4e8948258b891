"""Writing a case to a folder or to a file of another program, whole or not at all."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from accordant.case.writer import write_together, write_whole
from accordant.errors import FailedError, InputError, Problem
from accordant.exchange.formats import OWN, Exported, Format, Named, Scale, Told, by_ending, by_name, formats
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
    told
        What the files said and what was assumed, where there was something to settle.
    scale
        How numbers were taken; empty where there was nothing to choose.
    """

    source: Path
    target: Path
    source_format: str
    target_format: str
    warnings: tuple[Problem, ...]
    names: tuple[Named, ...]
    told: tuple[Told, ...] = ()
    scale: str = ""

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``convert --json``."""
        return {
            "schema": "accordant/convert/1",
            "source": {"path": str(self.source), "format": self.source_format},
            "target": {"path": str(self.target), "format": self.target_format},
            "warnings": [_plain(problem) for problem in self.warnings],
            "names": [{"kind": n.kind, "case": n.case, "file": n.file} for n in self.names],
            "scale": self.scale or None,
            "report": [
                {"about": t.about, "file": t.file or None, "case": t.case, "assumed": t.assumed}
                for t in self.told
            ],
        }

    def report(self) -> Table:
        """One row for each thing that was settled: what the file says, and what was taken for it."""
        rows = tuple(
            (t.about, t.file or "nothing", t.case, "assumed" if t.assumed else "") for t in self.told
        )
        return Table("What the files say", ("about", "in the file", "taken as", ""), rows)

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


def save_as(
    opened: OpenCase, path: str | Path, format: str | None = None, scale: Scale | None = None
) -> Conversion:
    """Write a case to a new folder, or as new files of another program.

    Parameters
    ----------
    path
        A folder or file that is not there yet.
    format
        The name of a format, or ``case``; by default what the ending of ``path`` names, and a case
        folder where it names none.
    scale
        How numbers are written, in formats that leave a choice.

    Raises
    ------
    InputError
        If the place is taken, if no format has that ending or name, or, with every reason, if the format
        cannot say what the case says.
    FailedError
        If it cannot be written; then nothing is.
    """
    target = Path(path)
    chosen = target_format(target, format)
    if (
        scale
        and (chosen is None or scale not in chosen.scales)
        and not (opened.foreign and opened.foreign.scale)
    ):
        title = "a case" if chosen is None else chosen.title
        raise InputError(f"there is no scale to choose for {title}: leave out --scale")
    read = opened.foreign
    source = read.format if read else CASE
    given = read.problems if read else ()
    if chosen is None:
        with _new_folder(target):
            opened.folder.save(path=target)
        if read is None:
            return Conversion(opened.path, target, source, CASE, (), ())
        return Conversion(opened.path, target, source, CASE, given, read.names, read.told, read.scale)
    made = chosen.write(opened, scale if scale in chosen.scales else None)
    _write(target, made)
    warnings, told = (*given, *made.problems), (*(read.told if read else ()), *made.told)
    return Conversion(opened.path, target, source, chosen.name, warnings, made.names, told, made.scale)


def _write(target: Path, made: Exported) -> None:
    """One file, or a new folder of files: whole, or not at all."""
    if set(made.files) == {""}:
        write_whole(target, made.content)
        return
    with _new_folder(target):
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FailedError(f"{target} cannot be made: {error.strerror or error}") from error
        files = {target / name: content for name, content in made.files.items()}
        write_together(files, dict.fromkeys(files))


def target_format(target: Path, name: str | None = None) -> Format | None:
    """The format to write, None for a case folder; the place is looked at, and nothing is written yet.

    Raises
    ------
    InputError
        If the place is taken, or no format is written to a file of that name.

    Examples
    --------
    >>> target_format(Path("talks.gmcr")).title, target_format(Path("talks"))
    ('GMCR+', None)
    >>> target_format(Path("talks"), "genius").title
    'Genius'
    """
    if target.name in OWN:
        raise InputError(
            f"{target} is a file of a case; name the folder for it, such as {target.parent / 'talks'}"
        )
    format = _wanted(target, name)
    if (format is None or format.folder) and target.is_dir() and not any(target.iterdir()):
        return format
    if target.exists() or target.is_symlink():
        what = "is there already; name a new file"
        if target.is_dir():
            what = "is a folder; name a new file" if format else "is not empty; name a new folder"
        if format is not None and format.folder:
            what = "is not an empty folder; name a new one"
        raise InputError(f"{target} {what}, nothing was written")
    if format is not None and not format.folder and not target.parent.is_dir():
        raise InputError(f"{target}: there is no folder {str(target.parent)!r}")
    return format


def _wanted(target: Path, name: str | None) -> Format | None:
    """The format that is named, or that the ending names."""
    if name == CASE:
        return None
    if name is not None:
        return by_name(name)
    format = by_ending(target)
    if format is None and not target.is_dir() and _FILE.fullmatch(target.suffix):
        endings = ", ".join(ending for one in formats() for ending in one.endings)
        folders = ", ".join(one.name for one in formats() if one.folder)
        raise InputError(
            f"{target}: no file is written with the ending {target.suffix!r}; allowed: {endings}, "
            f"or a folder ({folders} with --to)"
        )
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
