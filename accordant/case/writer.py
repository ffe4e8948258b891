"""Files written whole or not at all, several of them together.

A file is written beside its place under another name, brought to the disk, and then takes the place
of the old one in a single step. A reader sees the old file or the new one, never half of either.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from accordant.errors import FailedError, InputError


def write_whole(path: str | Path, content: str | bytes | Iterable[str]) -> Path:
    """Write a file whole or not at all.

    Parameters
    ----------
    content
        Text is written as UTF-8, with its line ends as they are; text in pieces piece by piece.

    Raises
    ------
    InputError
        If a folder, a device or a pipe stands there.
    FailedError
        If it cannot be written; what stood there before stands there still.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as room:
    ...     write_whole(Path(room) / "brief.md", "# Brief\\n").read_text()
    '# Brief\\n'
    """
    target = Path(path)
    if isinstance(content, str):
        content = content.encode()
    _written({target: [content] if isinstance(content, bytes) else (piece.encode() for piece in content)})
    return target


def new_folder(folder: str | Path) -> Path:
    """The place of a folder that is to be made: nothing stands there, or an empty folder.

    Raises
    ------
    InputError
        If the place is taken.

    Examples
    --------
    >>> new_folder("no-such-folder").name
    'no-such-folder'
    """
    target = Path(folder)
    if target.exists() and not target.is_dir():
        raise InputError(f"{target} is a file; name a new folder")
    if target.is_dir() and any(target.iterdir()):
        raise InputError(f"{target} is not empty; name a new folder, nothing was written")
    return target


def write_folder(folder: str | Path, files: Mapping[str, bytes]) -> Path:
    """Make a new folder with the given files, by their paths in it, whole or not at all.

    Raises
    ------
    InputError
        If the place is taken.
    FailedError
        If it cannot be written; nothing is left of it then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as room:
    ...     made = write_folder(Path(room) / "made", {"a/b.txt": b"c"})
    ...     (made / "a" / "b.txt").read_text()
    'c'
    """
    target = new_folder(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as room:
            made = Path(room) / "made"
            made.mkdir()
            for name, content in files.items():
                place = made / name
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(content)
            os.replace(made, target)  # one step: a folder that is there is a whole one
    except OSError as error:
        raise FailedError(f"{target} cannot be written: {error.strerror or error}") from error
    return target


def write_together(files: Mapping[Path, bytes], expected: Mapping[Path, bytes | None] | None = None) -> None:
    """Write several files, all of them or none.

    Everything is on the disk under other names before the first file takes its place; if a later
    one then cannot, the earlier ones are put back.

    Parameters
    ----------
    files
        The new content of each file.
    expected
        What has to stand in a file now (None: no file), so that nobody else's changes are lost.

    Raises
    ------
    InputError
        If what stands in the place of a file is none: a folder, a device or a pipe.
    FailedError
        If a file has changed, or cannot be written.
    """
    _written({path: [content] for path, content in files.items()}, expected)


def _written(
    files: Mapping[Path, Iterable[bytes]], expected: Mapping[Path, bytes | None] | None = None
) -> None:
    ready: list[tuple[Path, Path]] = []
    doing = ", ".join(map(str, files))
    try:
        for path in files:
            _ordinary(path)
        for path, content in files.items():
            doing = str(path)
            target = path.resolve()  # a link stays a link: what it points to is replaced
            ready.append((_beside(target, content), target))
        doing = ", ".join(map(str, files))
        _unchanged(expected or {})
        _replace_all(ready)
    except OSError as error:
        # the name of a file beside its place says nothing to the reader
        names = {str(target) for _, target in ready}
        where = next((n for n in (error.filename2, error.filename) if n in names), doing)
        raise FailedError(f"{where} cannot be written: {error.strerror or error}") from error
    finally:
        for temporary, _ in ready:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _ordinary(path: Path) -> None:
    """Only an ordinary file is replaced: a device or a pipe would be read without end."""
    if path.is_dir():
        raise InputError(f"{path} is a folder; name a file")
    if path.exists() and not path.is_file():
        raise InputError(f"{path} is a device or a pipe, not an ordinary file")


def _beside(target: Path, content: Iterable[bytes]) -> Path:
    """The content in a new file in the target's folder, on the disk."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
    except BaseException:  # also where the content cannot be made to its end
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _umask() -> int:
    # There is no way to read it but to set it.
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _unchanged(expected: Mapping[Path, bytes | None]) -> None:
    for path, content in expected.items():
        now = path.read_bytes() if path.exists() else None
        if now != content:
            how = "has been removed" if now is None else "has changed" if content is not None else "is new"
            raise FailedError(
                f"{path} {how} since the case was read, so that nothing was written; read the case again"
            )


def _replace_all(ready: list[tuple[Path, Path]]) -> None:
    done: list[tuple[Path, bytes | None]] = []
    try:
        for k, (temporary, target) in enumerate(ready, 1):
            # after the last one nothing is left that could fail: what stood there is not kept
            before = target.read_bytes() if k < len(ready) and target.exists() else None
            os.replace(temporary, target)
            done.append((target, before))
    except OSError:
        for target, before in reversed(done):
            if before is None:
                target.unlink(missing_ok=True)
            else:
                os.replace(_beside(target, [before]), target)
        raise
    for folder in {target.parent for _, target in ready}:
        _to_disk(folder)


def _to_disk(folder: Path) -> None:
    # Not every system lets a folder be opened; the files themselves are on the disk already.
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
