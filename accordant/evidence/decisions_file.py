"""``review.yaml`` as a file: YAML with one line for each decision.

Lines that stand as this module writes them are read by a pattern, a hundred thousand in a second or
two; a file that was changed by hand in another way is read as YAML in full, and gives the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accordant.case.emit import flow, scalar
from accordant.case.files import LIMIT, REVIEW_LIMIT, decode, read_bytes
from accordant.case.findings import Finding
from accordant.case.places import find
from accordant.case.repair import validate
from accordant.case.tidy import tidy
from accordant.case.tree import Tree, grow, plain
from accordant.errors import CaseError, Problem
from accordant.evidence.decisions import Decisions, ReviewFile

_HEAD = "accordant-review: 1"
_TEXT = re.compile(r"  ([0-9a-f]{64}):")
_FILE = re.compile(r"    file: ([\w][\w .-]*[\w])")
_PLACE = r"\[(\d{1,9}), (\d{1,9})\]"
_WORD = r"[A-Za-z](?:[\w .-]*\w)?"
_LINE = re.compile(
    rf"      - \{{at: {_PLACE}(?:, cue: {_PLACE})?(?:, rule: ([a-z-]+))?, decision: ([a-z-]+)"
    rf"(?:, claims: \[([\w, -]+)\])?, on: (\d{{4}}-\d\d-\d\d)(?:, by: ({_WORD}))?\}}"
)
_LINK = "  - {"
_NULLS = ("null", "Null", "NULL")


def written(decisions: Decisions) -> str:
    """The decisions as the text of the file."""
    return "".join(f"{line}\n" for line in _lines(decisions))


def _lines(decisions: Decisions) -> Iterator[str]:
    yield from decisions.comments.splitlines()
    yield _HEAD
    if decisions.texts:
        yield "texts:"
    for sha256, text in decisions.texts.items():
        yield f"  {sha256}:"
        if text.file is not None:
            yield f"    file: {scalar(text.file)}"
        if text.decided:
            yield "    decided:"
        yield from (f"      - {_flow(d)}" for d in text.decided)
    if decisions.links:
        yield "links:"
    yield from (f"  - {_flow(link)}" for link in decisions.links)


def _flow(node: Any) -> str:
    # By hand, in the order of the fields: a decision is written in microseconds, and reads as a sentence.
    found = []
    for name in type(node).model_fields:
        value = getattr(node, name)
        if value is None or value == ():
            continue
        if isinstance(value, tuple):
            shown = "[" + ", ".join(str(v) if isinstance(v, int) else _word(v) for v in value) + "]"
        else:
            shown = _word(value)
        found.append(f"{name}: {shown}")
    return "{" + ", ".join(found) + "}"


def _word(text: str) -> str:
    simple = text.isascii() and text.replace("-", "").isalnum() and text not in _NULLS and text[:1] != "-"
    return text if simple else flow(text)


def read(path: Path) -> Decisions:
    """The decisions in a file; none where there is no such file.

    Raises
    ------
    CaseError
        With every mistake in it.
    """
    raw = read_bytes(path, str(path), REVIEW_LIMIT)
    if isinstance(raw, Problem):
        if not path.exists() and not path.is_symlink():
            return Decisions()
        raise CaseError([raw])
    text = decode(raw, str(path))
    if isinstance(text, Problem):
        if not raw.strip(b" \t\r\n"):
            return Decisions(raw=raw)
        raise CaseError([text])
    quickly = _Lines().read(text)
    file = quickly if quickly is not None else _in_full(text, path, len(raw))
    return Decisions(file.texts, file.links, raw, _comments(text))


def _comments(text: str) -> str:
    found = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        found.append(line)
    return "\n".join(found)


@dataclass
class _Lines:
    """Reads a file line by line as long as every line is one that the program writes."""

    texts: dict[str, dict[str, Any]] = field(default_factory=dict)
    links: list[Any] = field(default_factory=list)
    now: dict[str, Any] | None = None
    section: str = ""

    def read(self, text: str) -> ReviewFile | None:
        """The file; None where a line stands otherwise, or is wrong."""
        headed = False
        for line in text.splitlines():
            if not headed:
                headed = line == _HEAD
                if headed or line.startswith("#"):
                    continue
                return None
            if not self.take(line):
                return None
        if not headed:
            return None
        outcome = validate(ReviewFile, {"texts": self.texts, "links": self.links})
        return None if outcome.findings else outcome.value

    def take(self, line: str) -> bool:
        """Take a line in; False where it is none that the program writes."""
        if self.section == "texts" and line.startswith("      - {"):
            return self._decision(line)
        if self.section == "links" and line.startswith(_LINK):
            return self._parsed(line, self.links)
        if line in ("texts:", "links:"):
            fits = {"texts:": self.section == "", "links:": self.section != "links"}[line]
            self.section, self.now = line[:-1], None
            return fits
        if self.section != "texts":
            return False
        if match := _TEXT.fullmatch(line):
            self.now = {}
            return self.texts.setdefault(match[1], self.now) is self.now
        if self.now is None:
            return False
        if line == "    decided:" and "decided" not in self.now:
            self.now["decided"] = []
            return True
        if line.startswith("    file: ") and not self.now:
            return self._name(line)
        return False

    def _name(self, line: str) -> bool:
        assert self.now is not None
        match = _FILE.fullmatch(line)
        if match is not None and match[1] not in _NULLS:
            self.now["file"] = match[1]
            return True
        tree, problems = grow(line, "")
        found = plain(tree) if tree is not None and not problems else None
        if not isinstance(found, dict) or not isinstance(found.get("file"), str):
            return False
        self.now["file"] = found["file"]
        return True

    def _decision(self, line: str) -> bool:
        if self.now is None or "decided" not in self.now:
            return False
        match = _LINE.fullmatch(line)
        if match is None or match[9] in _NULLS:
            return self._parsed(line, self.now["decided"])
        start, end, cue, cue_end, rule, decision, claims, day, by = match.groups()
        made: dict[str, Any] = {"at": (int(start), int(end)), "decision": decision, "on": day}
        if cue is not None:
            made["cue"] = (int(cue), int(cue_end))
        if claims is not None:
            made["claims"] = tuple(claims.split(", "))
        made.update((k, v) for k, v in (("rule", rule), ("by", by)) if v is not None)
        self.now["decided"].append(made)
        return True

    def _parsed(self, line: str, into: list[Any]) -> bool:
        tree, problems = grow(line, "")
        found = plain(tree) if tree is not None and not problems else None
        if not isinstance(found, list) or len(found) != 1:
            return False
        into.extend(found)
        return True


def _in_full(text: str, path: Path, size: int) -> ReviewFile:
    """The file as YAML, whatever its layout.

    Raises
    ------
    CaseError
        With every mistake in it.
    """
    if size > LIMIT:
        hint = "put back the lines that were changed by hand, or split the review over several cases"
        message = f"has {size / 1e6:,.1f} MB, and not every line stands as the program writes it"
        raise CaseError([Problem(message, file=str(path), hint=hint)])
    tree, problems = grow(text, str(path))
    data = None if tree is None else plain(tree)
    if data is None and not problems:
        return ReviewFile()  # nothing but comments
    if tree is None or not isinstance(data, dict):
        wrong = Problem("must be a mapping: lines of 'key: value'", file=str(path), line=1)
        raise CaseError(problems or [wrong])
    outcome = validate(ReviewFile, tidy(data))
    problems.extend(_problem(tree, finding, str(path)) for finding in outcome.findings)
    if problems or outcome.value is None:
        raise CaseError(sorted(problems, key=lambda p: (p.line or 0, p.column or 0)))
    return outcome.value


def _problem(tree: Tree, finding: Finding, name: str) -> Problem:
    return finding.problem(find(tree, finding.path, name, key=finding.on_key))
