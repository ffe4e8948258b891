"""A broken case made whole enough that the rest of it can be checked too.

One wrong key must not hide every other mistake. What the domain model refuses is dropped or stood
in for, and remembered as *hurt*; what later checks say about a hurt part is not passed on.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from accordant.case.base import Node
from accordant.case.findings import Finding
from accordant.case.messages import mistakes
from accordant.case.places import Path

N = TypeVar("N", bound=Node)

ROUNDS = 8
"""How often a case is mended before giving up: mending one level may uncover the next."""

_STAND_INS: dict[str, Any] = {
    "by": [],
    "at": ["0", "1"],
    "kind": "offer",
    "joint": [],
    "either": [],
    "parties": {},
    "worth": "0",
    "package": {},
    "state": {},
    "from": "0",
    "to": "1",
    "step": "1",
    "linear": [],
}
_SECTION_STAND_INS: dict[tuple[str, str], Any] = {("terms", "kind"): "guarantee"}
_ITEM_STAND_INS: dict[str, list[Any]] = {
    "linear": ["0", "0"],
    "table": ["?", "0"],
    "incomparable": ["?", "??"],
    "degrees": ["?", "??", "0.5"],
    "coalitions": ["?", "??"],
}
STAND_IN = "?"


class Hurt:
    """The parts of a case that had to be mended."""

    def __init__(self, *others: Hurt) -> None:
        self.paths: set[Path] = set()
        self._above: set[Path] = set()
        for other in others:
            for path in other.paths:
                self.add(path)

    def add(self, path: Path) -> None:
        """Note that a part was mended."""
        self.paths.add(path)
        self._above.update(path[:k] for k in range(len(path)))

    def inside(self, path: Path) -> bool:
        """Whether a path leads to a mended part, or into one."""
        return any(path[:k] in self.paths for k in range(len(path) + 1))

    def around(self, path: Path) -> bool:
        """Whether something inside the part that a path leads to was mended."""
        return path in self._above

    def follows(self, finding: Finding) -> bool:
        """Whether a finding may be a consequence of the mending, so that it is not passed on."""
        path = finding.path
        if self.inside(path) or (finding.severity == "warning" and self.around(path)):
            return True
        if finding.values_of is not None and self._values_hurt(finding.values_of):
            return True
        if "worth" in path or "table" in path:
            # a number that could not be read leaves a hole, in the order of points and at their ends
            k = next(k for k, step in enumerate(path) if step in ("worth", "table"))
            line = next((path[: m + 1] for m, step in enumerate(path) if step == "linear"), None)
            if line is not None and self.around(line) and (path == line or path[-1] == 0):
                return True
            if finding.on_key and len(path) > k + 1 and self.around(path):
                return True
        quoted = len(path) == 3 and path[0] == "claims" and path[2] in ("quote", "at")
        return quoted and any((*path[:2], key) in self.paths for key in ("report", "quote", "at"))

    def _values_hurt(self, issue: str) -> bool:
        paths = (("issues", issue, "range"), ("issues", issue, "values"))
        return any(self.inside(path) or self.around(path) for path in paths)


@dataclass
class Outcome(Generic[N]):
    """What became of one file: the object, whole or mended, with what was found wrong."""

    value: N | None
    findings: list[Finding] = field(default_factory=list)
    hurt: Hurt = field(default_factory=Hurt)


def validate(model: type[N], data: dict[str, Any]) -> Outcome[N]:
    """The object that the data describe; mended where they are wrong, with every mistake.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> outcome = validate(Case, {"title": "t", "parties": {"a": {"role": "prty"}}, "isues": {}})
    >>> [f.message for f in outcome.findings], outcome.value.parties["a"].role
    (["'prty' is not allowed here", "unknown key 'isues'"], 'party')
    """
    outcome: Outcome[N] = Outcome(None)
    tried: set[Path] = set()
    for _ in range(ROUNDS):
        try:
            outcome.value = model.model_validate(data)
            return outcome
        except ValidationError as error:
            # Only what was written is reported, not what mending brought with it.
            wrong = list(mistakes(error, model))
            found = [f for f in _said_once(wrong) if not outcome.hurt.inside(_meant(f))]
            found = [_comma_in(f, data, outcome.hurt) for f in found]
        outcome.findings.extend(found)
        data = deepcopy(data)
        once = {_meant(f): f for f in wrong}  # what is wrong in several ways is mended once
        for finding in sorted(once.values(), key=_last_first, reverse=True):
            _mend(data, finding, outcome.hurt, tried)
    return outcome


def _said_once(wrong: list[Finding]) -> list[Finding]:
    """Without keys that are missing because they are misspelt, which is said of the misspelt ones."""
    spelt = {(f.path[:-1], f.hint) for f in wrong if f.on_key and f.missing is None and f.hint}
    return [f for f in wrong if f.missing is None or (f.path, f"did you mean {f.missing!r}?") not in spelt]


def _comma_in(finding: Finding, data: dict[str, Any], hurt: Hurt) -> Finding:
    """A finding, with what to write where a decimal comma has cut a number in two.

    ``{step: 2,5}`` is two keys in YAML: ``step`` with 2, and ``5`` with nothing.
    """
    around, key = _at(data, finding.path[:-1]), str(finding.path[-1]) if finding.path else ""
    if not (finding.on_key and key.isdecimal() and isinstance(around, dict) and around.get(key, "") is None):
        return finding
    keys = list(around)
    before = keys[keys.index(key) - 1] if keys.index(key) else None
    if before is None or not str(around[before]).lstrip("+-").isdecimal():
        return finding
    hurt.add((*finding.path[:-1], before))
    hint = f"numbers take a point: write {before}: {around[before]}.{key}"
    return replace(finding, hint=hint, allowed=())


def _meant(finding: Finding) -> Path:
    return (*finding.path, finding.missing) if finding.missing else finding.path


def _last_first(finding: Finding) -> tuple[tuple[int, str], ...]:
    return tuple((step, "") if isinstance(step, int) else (-1, step) for step in finding.path)


def _mend(data: dict[str, Any], finding: Finding, hurt: Hurt, tried: set[Path]) -> None:
    path = finding.path
    if finding.missing is not None:
        parent = _at(data, path)
        if isinstance(parent, dict):
            here = _SECTION_STAND_INS.get((str(path[0]), finding.missing)) if path else None
            stand_in = _STAND_INS.get(finding.missing, STAND_IN) if here is None else here
            parent[finding.missing] = deepcopy(stand_in)
            hurt.add((*path, finding.missing))
            return
    # A shorthand leaves steps of the path out: what is written is then further up.
    while len(path) > 1 and not _has(_at(data, path[:-1]), path[-1]):
        path = path[:-1]
    parent, step = _at(data, path[:-1]), path[-1]
    if not finding.on_key:
        hurt.add(path)
    if isinstance(parent, dict):
        parent.pop(str(step), None)
    elif isinstance(parent, list) and isinstance(step, int) and path not in tried:
        parent[step] = deepcopy(_ITEM_STAND_INS.get(str(path[-2]), STAND_IN))
        tried.add(path)
    elif isinstance(parent, list):
        # No stand-in fits: the list goes, for without the item its numbers would shift.
        parent.clear()
        hurt.add(path[:-1])


def _has(container: Any, step: str | int) -> bool:
    if isinstance(container, dict):
        return step in container
    return isinstance(container, list) and isinstance(step, int) and step < len(container)


def _at(data: Any, path: Iterable[str | int]) -> Any:
    for step in path:
        if not _has(data, step):
            return None
        data = data[step]
    return data
