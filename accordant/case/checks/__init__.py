"""Every check of a case that needs no compiled states."""

from __future__ import annotations

from accordant.case.findings import Finding
from accordant.case.objects import Case


def check_case(case: Case, *, sources_known: bool = True) -> list[Finding]:
    """What is wrong in ``case.yaml`` beyond its form."""
    return []


def check_sources(case: Case, *, parties_known: bool = True) -> list[Finding]:
    """What is wrong in ``claims.yaml`` beyond its form."""
    return []
