"""The text of a ``.gmcr`` file: strict JSON, and where in it each part stands."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from json.decoder import JSONDecodeError, JSONDecoder
from typing import Any, NoReturn

from accordant.case.files import decode
from accordant.case.findings import Finding
from accordant.case.places import Path
from accordant.errors import Problem

PLACED = 200_000_000
"""Characters read to find the lines of problems: finding a place means reading up to it."""
_SPACE = re.compile(r"[ \t\r\n,:]*")


class Object(dict[str, Any]):
    """A JSON object with the first value of each key, which knows which of its keys stand twice."""

    twice: tuple[str, ...] = ()


class Repeated(Finding):
    """The key at the end of a path stands a second time."""


class Number(str):
    """A number as it is written."""


class _NoNumberError(ValueError):
    pass


@dataclass(frozen=True)
class Text:
    """A file's text with its name, to give findings their places."""

    file: str
    text: str

    def problem(self, finding: Finding) -> Problem:
        """A finding without its line."""
        return Problem(
            finding.message,
            file=self.file,
            path=dotted(finding.path),
            found=finding.found,
            allowed=finding.allowed,
            hint=finding.hint,
            severity=finding.severity,
        )

    def problems(self, findings: Sequence[Finding]) -> tuple[Problem, ...]:
        """Findings with their lines, in the order of the file."""
        most = PLACED // max(len(self.text), 1)
        made = [
            (self._offset(f), self._told(f)) if k < most else (None, self.problem(f))
            for k, f in enumerate(findings)
        ]
        made.sort(key=lambda pair: len(self.text) if pair[0] is None else pair[0])
        return tuple(self._at(problem, offset) for offset, problem in made)

    def _told(self, finding: Finding) -> Problem:
        made = self.problem(finding)
        if not isinstance(finding, Repeated):
            return made
        first = self.text.count("\n", 0, locate(self.text, finding.path, key=True)) + 1
        return replace(made, message=f"{made.message}; first in line {first}")

    def _at(self, problem: Problem, offset: int | None) -> Problem:
        if offset is None:
            return problem
        line = self.text.count("\n", 0, offset) + 1
        return replace(problem, line=line, column=offset - self.text.rfind("\n", 0, offset))

    def _offset(self, finding: Finding) -> int:
        twice = isinstance(finding, Repeated)
        return locate(self.text, finding.path, key=finding.on_key, again=twice)


def dotted(path: Path) -> str:
    """A path as JSON people write it, counted from 0.

    Examples
    --------
    >>> dotted(("decisionMakers", 1, "preferences", 2))
    'decisionMakers[1].preferences[2]'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def parse(raw: bytes, file: str, *, exact: bool = False) -> tuple[Any, Text] | Problem:
    """The JSON that bytes hold, or why they hold none.

    Parameters
    ----------
    exact
        Numbers as the text that was written, ``NaN`` and ``Infinity`` among them, for readers that take
        every number as an exact decimal and say where it is none.

    Examples
    --------
    >>> parse(b'{"options": [}', "m.gmcr").message
    'is not JSON: Expecting value'
    """
    text = decode(raw, file)
    if isinstance(text, Problem):
        return text
    try:
        if exact:
            made = json.loads(
                text, object_pairs_hook=_object, parse_float=Number, parse_int=Number, parse_constant=Number
            )
            return made, Text(file, text)
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse), Text(file, text)
    except JSONDecodeError as error:
        return Problem(f"is not JSON: {error.msg}", file=file, line=error.lineno, column=error.colno)
    except _NoNumberError as error:
        return Problem(f"is not JSON: {error} is no number", file=file)
    except ValueError:  # Python refuses to read numbers of more than some thousand digits
        return Problem("holds a number that is too long to be read", file=file)
    except RecursionError:
        return Problem("is nested too deeply to be a model", file=file)


def _object(pairs: list[tuple[str, Any]]) -> Object:
    made = Object(pairs)
    if len(made) < len(pairs):
        made.update(reversed(pairs))  # of a key that stands twice the first value counts
        keys = [key for key, _ in pairs]
        made.twice = tuple(dict.fromkeys(key for k, key in enumerate(keys) if key in keys[:k]))
    return made


def _refuse(constant: str) -> NoReturn:
    raise _NoNumberError(constant)


def locate(text: str, path: Path, *, key: bool = False, again: bool = False) -> int:
    """Where a part of valid JSON begins; of a path that leads nowhere, its last known step.

    Parameters
    ----------
    key
        The place of the key rather than of its value.
    again
        Of a last key that stands twice, the second.

    Examples
    --------
    >>> locate('{"a": [1, {"b": 2}]}', ("a", 1, "b"))
    16
    """
    at = _skip(text, 0)
    for last, step in ((k == len(path) - 1, step) for k, step in enumerate(path)):
        nth = 2 if again and last else 1
        found = _member(text, at, step, nth) if text[at] == "{" else _item(text, at, step)
        if found is None:
            return at
        at = found[0] if key and last else found[1]
    return at


_DECODER = JSONDecoder()


def _skip(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _member(text: str, at: int, step: str | int, nth: int = 1) -> tuple[int, int] | None:
    """Where the key and the value of a member of an object begin; of the ``nth`` with this key."""
    at = _skip(text, at + 1)
    while text[at] != "}":
        name, end = _DECODER.raw_decode(text, at)
        value = _skip(text, end)
        nth -= name == step
        if not nth:
            return at, value
        at = _skip(text, _DECODER.raw_decode(text, value)[1])
    return None


def _item(text: str, at: int, step: str | int) -> tuple[int, int] | None:
    if text[at] != "[" or not isinstance(step, int):
        return None
    at = _skip(text, at + 1)
    for _ in range(step):
        if text[at] == "]":
            return None
        at = _skip(text, _DECODER.raw_decode(text, at)[1])
    return None if text[at] == "]" else (at, at)
