"""Which files stand for one case: a file, a folder of them, or a domain file with its profiles beside it.

Files are known by what they hold. A folder that holds a ``case.yaml`` is a case, whatever lies beside it;
otherwise it is a model where it holds a domain file, or profiles of a format that has no domain files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from accordant.case.files import LIMIT, read_bytes
from accordant.errors import Problem
from accordant.exchange.formats import OWN, File, Format, Role, Scale, by_content, by_ending, readable

MOST = 200
"""Most files of a folder that are looked at, and most profiles of one model."""


@dataclass(frozen=True, slots=True)
class Known:
    """A file whose format is known by what it holds."""

    file: File
    format: Format
    role: Role


def format_of(path: Path) -> Format | None:
    """The format of a file or a folder; None for a case, for what is not there, and for anything else."""
    if path.name in OWN and path.is_file():
        return None
    if path.is_dir():
        # a case folder may lie beside anything: only one without a case is looked into
        found = () if (path / OWN[0]).exists() else _model(_inside(path))
        return found[0].format if found else None
    known = by_ending(path)
    if known is not None or not path.is_file():
        return known
    one = _known(path)
    return one.format if isinstance(one, Known) else None


def gather(format: Format, paths: Sequence[Path]) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """The files of one model, its domain first, or why they are none.

    Parameters
    ----------
    paths
        One file or folder, where the others are looked for beside it; or the files themselves.
    """
    if len(paths) > 1:
        return _named(format, paths)
    (path,) = paths
    if path.is_dir():
        inside = [known for known in _inside(path) if known.format.name == format.name]
        return tuple(known.file for known in _model(inside)), ()
    raw = read_bytes(path, str(path), LIMIT)
    if isinstance(raw, Problem):
        return (), (raw,)
    file, role = File(path, raw), format.role(raw)
    if not format.folder or role in (None, "whole"):
        return (file,), ()
    beside = [known for known in _inside(path.parent) if known.format.name == format.name]
    return _beside(format, file, role or "whole", beside)


def _beside(
    format: Format, file: File, role: Role, around: Sequence[Known]
) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    domains = [known.file for known in around if known.role == "domain"]
    profiles = [known.file for known in around if known.role == "profile"]
    if role == "domain":
        others = [d for d in domains if not _same(d.path, file.path)]
        if others:
            profiles = [p for p in profiles if _closest(p, [file, *others]) is file]
        return (file, *profiles), ()
    if not domains:
        return tuple(profiles) or (file,), ()
    hint = f"give the domain, {domains[0].path}, or name the domain and the profiles that belong together"
    message = f"is a profile of {format.title}: what one party wants, not what is to be settled"
    return (), (Problem(message, file=str(file.path), hint=hint),)


def _named(format: Format, paths: Sequence[Path]) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """Files that were named one by one, the domain brought to the front."""
    files: list[tuple[Role, File]] = []
    problems: list[Problem] = []
    for path in paths:
        raw = read_bytes(path, str(path), LIMIT)
        if isinstance(raw, Problem):
            problems.append(raw)
            continue
        role = format.role(raw)
        if role in (None, "whole"):
            what = (
                f"a file of {format.title}"
                if role is None
                else "one of several files: it is a model by itself"
            )
            problems.append(Problem(f"is not {what}", file=str(path)))
        elif any(_same(path, other.path) for _, other in files):
            problems.append(Problem("is named twice", file=str(path)))
        else:
            files.append((role or "profile", File(path, raw)))
    domains = [str(file.path) for role, file in files if role == "domain"]
    if len(domains) > 1:
        problems.append(Problem("is a second domain; one model has one", file=domains[1], found=domains[0]))
    files.sort(key=lambda pair: pair[0] != "domain")
    return tuple(file for _, file in files), tuple(problems)


def _model(known: Sequence[Known]) -> tuple[Known, ...]:
    """What belongs together in a folder: its first domain and the profiles of that, or profiles alone."""
    domains = [k for k in known if k.role == "domain"]
    if not domains:
        alone = [k for k in known if k.role == "profile"]
        return tuple(k for k in alone if k.format.name == alone[0].format.name)
    files = [d.file for d in domains if d.format.name == domains[0].format.name]
    profiles = [k for k in known if k.role == "profile" and k.format.name == domains[0].format.name]
    return (domains[0], *(p for p in profiles if len(files) == 1 or _closest(p.file, files) is files[0]))


def _closest(profile: File, domains: Sequence[File]) -> File:
    """The domain that shares most quoted words with a profile; the first of several."""
    words = _words(profile)
    return max(domains, key=lambda domain: len(words & _words(domain)))


def _words(file: File) -> set[bytes]:
    return set(re.findall(rb'"([^"]*)"', file.raw))


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def _inside(folder: Path) -> list[Known]:
    try:
        paths = sorted((p for p in folder.iterdir() if p.is_file() and readable(p)), key=_natural)
    except OSError:
        return []
    found = (_known(path) for path in paths[:MOST])
    return [one for one in found if isinstance(one, Known) and one.format.folder]


def _natural(path: Path) -> list[tuple[int, str]]:
    """Names in the order that people count in: profile2 before profile10."""
    parts: Iterable[str] = re.split(r"(\d+)", path.name.lower())
    return [(int(part), "") if part.isdecimal() and len(part) < 10 else (-1, part) for part in parts]


def _known(path: Path) -> Known | None:
    raw = read_bytes(path, str(path), LIMIT)
    if isinstance(raw, Problem):
        return None
    found = by_content(raw)
    return None if found is None or found[0].read is None else Known(File(path, raw), *found)


def scale_for(format: Format, scale: Scale | None) -> Scale | None:
    """The scale to read or write a format with; None where it has none to choose from."""
    return (scale or format.scales[0]) if format.scales else None
