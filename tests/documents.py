"""Reading the project's documents: sections, tables of keys, and examples that can be run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Step:
    """One thing that a reader of a document does: run a command, write a file, or change one."""

    line: int
    command: str = ""
    expected: str = ""
    answers: str = ""
    file: str = ""
    text: str = ""
    changes: tuple[tuple[str, str], ...] = ()


def documents() -> list[Path]:
    """Every page that people read."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


def section(text: str, title: str) -> str:
    """The part of a page under ``## title``, empty where there is none."""
    found = re.search(rf"^## {re.escape(title)}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def steps(text: str) -> Iterator[Step]:
    """What a reader does, in order.

    A ``console`` block holds commands after ``$ `` and what they print; ``…`` on a line of its own
    stands for any lines, inside a line for any words; ``<!-- answers: a b -->`` before it are the
    lines that the reader types. A ``diff`` block under ``<!-- change: FILE -->`` is an edit, a block
    under ``<!-- write: FILE -->`` a file to save.
    """
    block = re.compile(r"(?:<!-- (\w+): (.*?) -->\n+)?^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    for found in block.finditer(text):
        what, given, kind, body = found.groups()
        line = text[: found.start(4)].count("\n") + 1
        if what == "change":
            yield Step(line, file=given, changes=tuple(_changes(body)))
        elif what == "write":
            yield Step(line, file=given, text=body)
        elif kind == "console":
            answers = "".join(f"{a}\n" for a in given.split()) if what == "answers" else ""
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, expected = re.sub(r"\\\n\s*", "", part).partition("\n")
                yield Step(line, command=command, expected=expected, answers=answers)


def _changes(body: str) -> Iterator[tuple[str, str]]:
    lines = body.splitlines()
    for old, new in pairwise(lines):
        if old.startswith("-") and new.startswith("+"):
            yield old[1:].strip(), new[1:].strip()


def says(expected: str, printed: str) -> bool:
    """Whether what was printed is what the document shows.

    Examples
    --------
    >>> says("one\\n…\\nlast … here\\n", "one\\ntwo\\nthree\\nlast word here\\n")
    True
    >>> says("one\\n", "two\\n")
    False
    """
    lines = [re.escape(line).replace("…", ".*") for line in expected.strip("\n").split("\n")]
    pattern = "".join("(?:.*\n)*" if line == ".*" else line + " *\n" for line in lines)
    return re.fullmatch(pattern, printed.strip("\n") + "\n") is not None


def keys(data: Any, path: str = "") -> Iterator[str]:
    """The path of every value in JSON data: ``a.b[].c``."""
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from keys(value, f"{path}.{key}" if path else key)
    elif isinstance(data, list) and data:
        for value in data:
            yield from keys(value, f"{path}[]")
    else:
        yield path


def documented_keys(part: str) -> set[str]:
    """The keys in the first column of the tables of a section."""
    rows = re.findall(r"^\| (`.*?) \|", part, re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`([^`]+)`", row)}


def matches(pattern: str, path: str) -> bool:
    """Whether a path is an instance of a documented key, or an empty or null stand-in for it.

    Examples
    --------
    >>> matches("ranks.<party>.<state>", "ranks.north.s1")
    True
    >>> matches("counts.<party>[]", "counts.north")
    True
    >>> matches("counts.<party>[]", "count.north")
    False
    """
    ends = [m.start() for m in re.finditer(r"\.|\[", pattern)]
    return any(re.fullmatch(_regex(pattern[:end]), path) for end in (*ends, len(pattern)))


def _regex(pattern: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(r"<[^>]*>", pattern))
