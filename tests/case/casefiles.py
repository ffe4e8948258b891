"""Small case folders for tests: a right one, and the same with something wrong in it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from accordant.case.folder import examine
from accordant.errors import Problem

REPORT = "The envoy said that the Council would stop the fighting, if the Front let its leaders go.\n"
HASH = hashlib.sha256(REPORT.encode()).hexdigest()

CASE = """\
accordant: 1
title: Leaders' departure, as part of a ceasefire
as_of: 2024-01-30
parties:
  north: {name: Northern Council}
  south: {name: Southern Front}
  envoy: {name: Envoys of three states, role: mediator}
  street: {name: Families of captives, role: constituency, of: north}
issues:
  truce: {by: {joint: [north, south]}, values: [none, pause, lasting], because: [c1]}
  departure: {by: south, values: [no, yes], moves: forward, because: [c1]}
  passage: {by: north, because: [c1]}
feasible:
  - {rule: departure -> passage, because: [c1]}
status_quo: {state: {truce: none, departure: no, passage: no}, because: [c1]}
no_deal: {state: status_quo, because: [c1]}
preferences:
  south:
    priorities:
      - {want: not departure, because: [c1]}
      - {want: truce = lasting, assumed: it wants the fighting to end}
  north:
    priorities: [{want: departure, because: [c1]}]
proposals:
  offer-1: {by: north, via: [envoy], package: {departure: yes, passage: yes, truce: lasting}, because: [c1]}
"""
CLAIMS = f"""\
reports:
  r1: {{file: reports/r1.txt, sha256: {HASH}}}
origins:
  the-envoy: {{kind: named, name: An envoy}}
claims:
  c1: {{report: r1, quote: the Council would stop the fighting, at: [20, 55], says: North would stop fighting,
       kind: offer, by: north, origin: the-envoy, attribution: named}}
"""


def folder(
    room: Path,
    case: str | bytes | None = CASE,
    claims: str | bytes | None = CLAIMS,
    report: str | bytes | None = REPORT,
) -> Path:
    """Write a case folder; None leaves a file out."""
    (room / "reports").mkdir(parents=True, exist_ok=True)
    for name, content in (("case.yaml", case), ("claims.yaml", claims), ("reports/r1.txt", report)):
        if content is not None:
            raw = content.encode() if isinstance(content, str) else content
            (room / name).write_bytes(raw)
    return room


def swapped(text: str, *pairs: tuple[str, str]) -> str:
    """A text with parts of it replaced; each part has to be there."""
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return text


def problems(path: Path, severity: str = "error") -> list[Problem]:
    """What is found in a folder, of one severity; files by their place in it."""
    return [in_folder(path, p) for p in examine(path).in_order() if p.severity == severity]


def in_folder(path: Path, problem: Problem) -> Problem:
    """A problem with its file by its place in the folder."""
    file = Path(problem.file)
    return replace(problem, file=file.name) if file.parent == path else problem


def only(path: Path, severity: str = "error") -> Problem:
    """The one thing that is found."""
    found = problems(path, severity)
    assert len(found) == 1, [str(p) for p in found]
    return found[0]
