"""Two teams' models of one set of talks, from one small case folder."""

from __future__ import annotations

from pathlib import Path

import accordant
from tests.case import casefiles

FIRST = """\
  c1: {report: r1, quote: the Council would stop the fighting, at: [20, 55], says: North would stop fighting,
       kind: offer, by: north, origin: the-envoy, attribution: named, grade: C2}
  c2: {report: r1, quote: the Front let its leaders go, at: [60, 88], says: South would let its leaders go,
       kind: position, by: south, origin: the-envoy, attribution: named, grade: F6}
"""
SECOND = """\
  k1: {report: text, quote: "Council would stop the fighting,", at: [24, 56],
       says: The Council offers to stop,
       kind: position, by: north, origin: him, attribution: described, grade: D2, HANDLING}
  c1: {report: text, quote: The envoy said, at: [0, 14], says: An envoy speaks, kind: contact, origin: him,
       attribution: named}
"""


def sources(report: str, origin: str, claims: str) -> str:
    return (
        f"reports:\n  {report}: {{file: reports/r1.txt, sha256: {casefiles.HASH}}}\n"
        f"origins:\n  {origin}\nclaims:\n{claims}"
    )


def team_a(room: Path, case: str = casefiles.CASE, claims: str = FIRST) -> accordant.OpenCase:
    """The first team's: the case of :mod:`tests.case.casefiles` with a second claim."""
    origin = "the-envoy: {kind: named, name: An envoy}"
    return accordant.load(casefiles.folder(room / "team-a", case, sources("r1", origin, claims)))


def team_b(
    room: Path,
    case: str = casefiles.CASE,
    handling: str = "public",
    origin: str = "him: {kind: named, name: an envoy}",
) -> accordant.OpenCase:
    """The second team's: the same report under another id, with other claims."""
    claims = SECOND.replace("HANDLING", f"handling: {handling}")
    text = case.replace("[c1]", "[k1]")
    return accordant.load(casefiles.folder(room / "team-b", text, sources("text", origin, claims)))
