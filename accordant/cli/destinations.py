"""Where results may be written: checked before any work is done, and never over the case itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.cli.finding import CASE_FILE
from accordant.errors import InputError

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.opened import OpenCase

OWN = (CASE_FILE, "claims.yaml", "review.yaml")
REPORTS = "reports"


def open_for(
    case: Path,
    files: Sequence[Path],
    *,
    endings: Sequence[str] = (),
    asked: Callable[[Case], object] | None = None,
) -> OpenCase:
    """A case, opened once it is sure that no result will be written over it.

    ``asked`` raises for options that name what the case does not have: it is told the case before any
    state is compiled, which may take long.

    Raises
    ------
    InputError
        For mistakes in the case, and as :func:`check_destinations` does.
    """
    import accordant
    from accordant.case.quotations import files_of
    from accordant.loading import load_asked

    check_destinations(files, case, endings=endings)
    opened = accordant.load(case) if asked is None else load_asked(case, asked=asked)
    own = (file for report in opened.case.reports.values() for file in files_of(report))
    reports = {(opened.path / file).resolve() for file in own}
    for file in files:
        if file.resolve() in reports:
            raise InputError(_refusal(file, "is a report of the case"))
    return opened


def check_destinations(files: Sequence[Path], case: Path, *, endings: Sequence[str] = ()) -> None:
    """Every file can be written to, as far as can be seen, and none of them is part of the case.

    Raises
    ------
    InputError
        For a folder, a device, a pipe, a file in a folder that does not exist, or one of the case's own.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     check_destinations([Path(folder, "brief.html")], Path(folder, "talks"))
    """
    for file in files:
        check_place(file)
        if endings and file.suffix.lower() not in endings:
            what = f"the ending {file.suffix!r}" if file.suffix else "no ending"
            raise InputError(f"-o {file} has {what}; allowed: {', '.join(endings)}")
        _check_not_own(file, case)
    for k, file in enumerate(files):
        if file.resolve() in {other.resolve() for other in files[:k]}:
            raise InputError(f"-o {file} is named twice; name each file once")


def check_place(file: Path) -> None:
    """A file can be written here, as far as can be seen.

    Raises
    ------
    InputError
        For a folder, a device, a pipe, or a folder that does not exist.
    """
    if file == Path():
        raise InputError("-o needs the name of a file, such as result.json")
    if file.is_dir():
        raise InputError(f"-o {file} is a folder; name a file in it, such as {file / 'result.json'}")
    if file.exists() and not file.is_file():
        what = "is a device or a pipe, not an ordinary file"
        raise InputError(f"-o {file} {what}; without -o the result is printed")
    if not file.parent.is_dir():
        raise InputError(f"-o {file}: there is no folder {str(file.parent)!r}")


def _check_not_own(file: Path, case: Path) -> None:
    folder = (case.parent if case.name == CASE_FILE and not case.is_dir() else case).resolve()
    place = file.resolve()
    own = [folder / name for name in OWN]
    if case.is_file():  # a file of another program
        own.append(case.resolve())
    if place in own or any(o.exists() and file.exists() and o.samefile(file) for o in own):
        raise InputError(_refusal(file, "would overwrite the case itself"))
    if place.is_relative_to((folder / REPORTS).resolve()):
        raise InputError(_refusal(file, "lies among the reports of the case"))


def _refusal(file: Path, why: str) -> str:
    return f"-o {file} {why}; name another file"
