"""Claims against their reports: every quotation stands where it is said to stand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from accordant.case.findings import Finding
from accordant.case.sources import Sources


def check_reports(sources: Sources, folder: Path, report_text: Callable[[bytes, str], str]) -> list[Finding]:
    """What is wrong with the reports and with the quotations from them."""
    return []
