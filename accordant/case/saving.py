"""Saving a case: only what has changed is touched, and what is written reads back as it was meant."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from accordant.case.base import Node
from accordant.case.edits import apply, comment_lines
from accordant.case.emit import document
from accordant.case.files import BOM, REPORT_LIMIT, REVIEW_FILE, REVIEW_LIMIT, Source, read_bytes
from accordant.case.folder import CASE_FILE, CLAIMS_FILE, CaseFolder, Written
from accordant.case.objects import Case
from accordant.case.patch import Patch, same
from accordant.case.quotations import files_of, inside, is_version
from accordant.case.repair import validate
from accordant.case.sources import Sources
from accordant.case.tidy import tidy
from accordant.case.tree import Tree, grow, plain
from accordant.case.writer import write_together
from accordant.errors import FailedError, InputError, Problem

N = TypeVar("N", bound=Node)


def save(
    folder: CaseFolder,
    case: Case | None,
    path: str | Path | None,
    reports: Mapping[str, bytes],
    beside: Mapping[str, tuple[bytes | None, bytes]] = MappingProxyType({}),
) -> CaseFolder:
    """Write a case to its folder, or to a new one; see :meth:`CaseFolder.save`."""
    case = folder.case if case is None else case
    target = folder.path if path is None else Path(path)
    if path is not None and target.resolve() != folder.path.resolve():
        return _save_elsewhere(folder, case, target, {**reports, **_content(folder, beside)})
    if is_version(target):
        raise InputError(f"{target} is a version of a case, which is never written again; change the case")
    texts = {
        CLAIMS_FILE: _text(folder, CLAIMS_FILE, folder.case.sources, case.sources),
        CASE_FILE: _text(folder, CASE_FILE, folder.case, case),
    }
    old = {name: w.source.raw for name, w in folder.files.items()}
    new = {name: raw for name, raw in texts.items() if raw is not None and raw != old.get(name)}
    files = {target / name: raw for name, raw in reports.items()} | {target / n: r for n, r in new.items()}
    files |= {target / name: content for name, (_, content) in beside.items()}
    if files:
        expected = {target / name: old.get(name) for name in (CASE_FILE, CLAIMS_FILE)}
        expected |= {target / name: None for name in reports}
        expected |= {target / name: before for name, (before, _) in beside.items()}
        for name in files:
            _make_folder(name.parent)
        write_together(files, expected)
    return CaseFolder(target, case, folder.problems, _reread(folder.files, new))


def _content(folder: CaseFolder, beside: Mapping[str, tuple[bytes | None, bytes]]) -> dict[str, bytes]:
    """The files that go with a case into another folder: the new ones, and the one of decisions."""
    found = {name: content for name, (_, content) in beside.items()}
    if REVIEW_FILE not in found and (folder.path / REVIEW_FILE).is_file():
        raw = read_bytes(folder.path / REVIEW_FILE, REVIEW_FILE, REVIEW_LIMIT)
        if isinstance(raw, Problem):
            raise FailedError(f"{REVIEW_FILE} {raw.message}")
        found[REVIEW_FILE] = raw
    return found


def _save_elsewhere(folder: CaseFolder, case: Case, target: Path, reports: Mapping[str, bytes]) -> CaseFolder:
    """Write a case with its reports to a folder that holds no case yet."""
    if any((target / name).exists() for name in (CASE_FILE, CLAIMS_FILE)):
        raise InputError(f"{target} holds a case already; name another folder")
    copies = dict(reports)
    for file in (file for report in case.reports.values() for file in files_of(report)):
        place = inside(folder.path, file)
        if file in copies or isinstance(place, str):
            continue
        raw = read_bytes(place, file, REPORT_LIMIT)
        if isinstance(raw, Problem):
            raise FailedError(f"{file} {raw.message}")
        copies[file] = raw
    copy = CaseFolder(target, folder.case, folder.problems, {})
    texts = {
        CLAIMS_FILE: _text(folder, CLAIMS_FILE, folder.case.sources, case.sources),
        CASE_FILE: _text(folder, CASE_FILE, folder.case, case),
    }
    new = {name: raw for name, raw in texts.items() if raw is not None}
    files = {target / name: raw for name, raw in (copies | new).items()}
    for name in files:
        _make_folder(name.parent)
    write_together(files, dict.fromkeys(files))
    return CaseFolder(target, case, copy.problems, _reread({}, new))


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FailedError(f"{path} cannot be made: {error.strerror or error}") from error


def _reread(files: Mapping[str, Written], new: Mapping[str, bytes]) -> dict[str, Written]:
    found = dict(files)
    for name, raw in new.items():
        text = raw.decode("utf-8").removeprefix(BOM)
        found[name] = Written(Source(name, raw, text), grow(text, name)[0])
    return found


def _text(folder: CaseFolder, name: str, old: Node, new: Node) -> bytes | None:
    """A file's new content; None where it holds nothing and does not exist."""
    written = folder.files.get(name)
    if written is None:
        return document(new).encode() if name == CASE_FILE or new != type(new)() else None
    if same(old, new):
        return written.source.raw
    patch = Patch(written.source.text)
    tried = _patched(patch, old, new, written.tree)
    if tried is None or not _reads_back(tried, name, new):
        tried = _anew(patch, new, written.tree)
        if not _reads_back(tried, name, new):
            raise FailedError(f"{name} could not be written so that it reads back; nothing was changed")
    return ((BOM if written.source.marked else "") + tried).encode()


def _patched(patch: Patch, old: Node, new: Node, tree: Tree | None) -> str | None:
    if tree is None or not patch.file(old, new, tree):
        return None
    return apply(patch.text, patch.edits)


def _anew(patch: Patch, new: Node, tree: Tree | None) -> str:
    """The whole file in the program's own style, below the comments that it held."""
    comments = patch.comments(tree, 0, len(patch.text)) if tree else comment_lines(patch.text)
    return "".join(c + patch.newline for c in comments) + document(new, patch.newline)


def _reads_back(text: str, name: str, meant: Node) -> bool:
    """Whether a text, read again, gives the object that it was written from."""
    tree, problems = grow(text, name)
    data = plain(tree) if tree is not None and not problems else None
    if not isinstance(data, dict):
        return False
    outcome = validate(type(meant), tidy(data))
    if outcome.findings or outcome.value is None:
        return False
    return same(_comparable(outcome.value), _comparable(meant))


def _comparable(node: Node) -> Node:
    # Sources stand in the other file.
    return node.model_copy(update={"sources": Sources()}) if isinstance(node, Case) else node
