"""Annotated reports on disk: every file with its report, or every mistake in them at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from accordant.case.files import read_source
from accordant.case.places import Path as KeyPath
from accordant.case.places import find, written
from accordant.case.repair import validate
from accordant.case.tree import Tree, grow, plain
from accordant.errors import CaseError, InputError, Problem, ReportError, did_you_mean
from accordant.evidence.flags import FLAGS
from accordant.evidence.scoring.format import Annotations
from accordant.evidence.scoring.places import Placed, occurrences, place
from accordant.evidence.spans import Span
from accordant.evidence.text import read_bytes, take_in

KINDS = tuple(kind for names in FLAGS for kind in names.split(", "))
"""Kinds of flags that an annotation may name."""


@dataclass(frozen=True)
class Annotated:
    """One annotated report: the file, its marks with their places, and the report as received."""

    path: Path
    marks: Annotations
    raw: bytes
    text: str
    placed: tuple[Placed, ...]
    flags: tuple[tuple[Span, ...], ...]
    forbidden: tuple[Span, ...]


def annotations_in(paths: Iterable[str | Path]) -> list[Annotated]:
    """The annotated reports that files and folders name, in the order of their names.

    Parameters
    ----------
    paths
        Annotation files (``.yaml``), reports with one beside them, or folders of these.

    Raises
    ------
    CaseError
        With every mistake in all of the files.
    InputError
        If there is no annotation at all.
    """
    problems: list[Problem] = []
    found = [one for path in _files(paths) if (one := _read(path, problems)) is not None]
    if problems:
        raise CaseError(problems, "the annotations have mistakes")
    if not found:
        raise InputError("there are no annotated reports: an annotation is a .yaml file beside its report")
    return found


def _files(paths: Iterable[str | Path]) -> Iterator[Path]:
    seen: set[Path] = set()
    for given in map(Path, paths):
        inside = sorted(given.glob("*.yaml")) if given.is_dir() else [given]
        for path in inside:
            beside = path if path.suffix == ".yaml" else path.with_suffix(".yaml")
            if not beside.exists():
                raise InputError(f"{given}: there is no annotation {beside.name}")
            if beside not in seen:
                seen.add(beside)
                yield beside


def _read(path: Path, problems: list[Problem]) -> Annotated | None:
    source = read_source(path, str(path))
    if isinstance(source, Problem):
        problems.append(source)
        return None
    tree, wrong = grow(source.text, str(path))
    problems += wrong
    data = plain(tree) if tree is not None else None
    if tree is None or not isinstance(data, dict):
        if not wrong:
            problems.append(Problem("must be a mapping: begin with 'accordant-annotations: 1'", str(path), 1))
        return None
    outcome = validate(Annotations, data)
    problems += [
        _problem(path, tree, f.path, f.message, f.found, f.allowed, f.hint, f.on_key)
        for f in outcome.findings
    ]
    if outcome.value is None or outcome.findings:
        return None
    return _placed(path, tree, outcome.value, problems)


def _placed(path: Path, tree: Tree, marks: Annotations, problems: list[Problem]) -> Annotated | None:
    before = len(problems)
    try:
        raw = read_bytes(path.parent / marks.report)
        text = take_in(raw, marks.report).text
    except ReportError as error:
        problems.append(_problem(path, tree, ("report",), str(error), marks.report))
        return None
    actual = hashlib.sha256(raw).hexdigest()
    if actual != marks.sha256:
        message = f"the report has changed since it was annotated: its SHA-256 is {actual}"
        problems.append(_problem(path, tree, ("sha256",), message, marks.sha256))
    placed: list[Placed | None] = []
    for k, claim in enumerate(marks.claims):
        wrong: list[str] = []
        placed.append(place(text, claim, wrong))
        problems += [_problem(path, tree, ("claims", k), message) for message in wrong]
    problems += _ids(path, tree, marks)
    flags = tuple(
        _words(path, tree, text, ("flags", k), f.words, problems) for k, f in enumerate(marks.flags)
    )
    for k, flag in enumerate(marks.flags):
        if flag.kind not in KINDS:
            hint = did_you_mean(flag.kind, KINDS)
            message = f"there is no flag {flag.kind!r}"
            problems.append(_problem(path, tree, ("flags", k, "kind"), message, flag.kind, KINDS, hint))
    forbidden = _words(path, tree, text, ("not_claims",), marks.not_claims, problems)
    if len(problems) > before:
        return None
    return Annotated(path, marks, raw, text, tuple(p for p in placed if p is not None), flags, forbidden)


def _ids(path: Path, tree: Tree, marks: Annotations) -> Iterator[Problem]:
    ids = [claim.id for claim in marks.claims]
    for k, claim in enumerate(marks.claims):
        if claim.id in ids[:k]:
            yield _problem(path, tree, ("claims", k, "id"), f"the id {claim.id!r} is used twice", claim.id)
        if claim.in_ is not None and (claim.in_ not in ids or claim.in_ == claim.id):
            message = f"there is no other claim {claim.in_!r}"
            yield _problem(path, tree, ("claims", k, "in"), message, claim.in_, tuple(ids))


def _words(
    path: Path, tree: Tree, text: str, at: KeyPath, words: Iterable[str], problems: list[Problem]
) -> tuple[Span, ...]:
    found: list[Span] = []
    for one in words:
        there = occurrences(text, one)
        if not there:
            problems.append(_problem(path, tree, at, f"these words do not stand in the report: {one!r}"))
        found += there
    return tuple(found)


def _problem(
    path: Path,
    tree: Tree,
    at: KeyPath,
    message: str,
    found: str | None = None,
    allowed: tuple[str, ...] = (),
    hint: str | None = None,
    on_key: bool = False,
) -> Problem:
    problem = Problem(
        message, file=str(path), path=written(at), found=found, allowed=tuple(allowed), hint=hint
    )
    there = find(tree, at, str(path), key=on_key)
    return replace(problem, line=there.line, column=there.column) if there is not None else problem
