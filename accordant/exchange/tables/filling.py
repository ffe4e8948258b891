"""What nobody types into a table: the place of a quotation in its report, and the hash of a report.

Both are worked out where the cell is left empty and there is only one thing that they can be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from accordant.case.files import REPORT_LIMIT, read_bytes
from accordant.case.quotations import inside
from accordant.errors import Problem, ReportError
from accordant.exchange.tables.model import Building, Spot

ReportText = Callable[[bytes, str], str]


def fill(work: Building, folder: Path, report_text: ReportText) -> None:
    """Fill in ``at`` of claims and ``sha256`` of reports where the tables leave them empty."""
    for name, report in work.data.get("reports", {}).items():
        if report.get("file") and not report.get("sha256"):
            raw = _raw(folder, report["file"])
            if raw is not None:
                report["sha256"] = hashlib.sha256(raw).hexdigest()
        if report.get("text") and not report.get("text_sha256"):
            raw = _raw(folder, report["text"])
            if raw is not None:
                report["text_sha256"] = hashlib.sha256(raw).hexdigest()
        spot = work.places.get(("reports", name))
        if spot is not None and not report.get("file"):
            work.mistake(
                Spot("reports", spot.row, "file"), "a report needs its file", hint="put it into reports/"
            )
    texts: dict[str, str | None] = {}
    for name, claim in work.data.get("claims", {}).items():
        spot = work.places.get(("claims", name))
        if spot is None or claim.get("at") or not claim.get("quote"):
            continue
        report = str(claim.get("report", ""))
        if report not in texts:
            texts[report] = _text(work, folder, report, report_text)
        text = texts[report]
        if text is None:
            continue
        times = text.count(claim["quote"])
        if times == 1:
            start = text.index(claim["quote"])
            claim["at"] = [str(start), str(start + len(claim["quote"]))]
            continue
        where = Spot("claims", spot.row, "quote")
        if times:
            hint = "say in the column at which of them is meant, such as '120 to 188'"
            work.mistake(where, f"the words stand {times} times in {report}", hint=hint)
        else:
            work.mistake(
                where, f"the words do not stand in {report}", hint="copy them from the report itself"
            )


def _raw(folder: Path, file: str) -> bytes | None:
    path = inside(folder, file)
    if isinstance(path, str):
        return None
    raw = read_bytes(path, file, REPORT_LIMIT)
    return None if isinstance(raw, Problem) else raw


def _text(work: Building, folder: Path, report: str, report_text: ReportText) -> str | None:
    about = work.data.get("reports", {}).get(report, {})
    kept = about.get("text")
    if kept:  # taken from the file once: places refer to it
        raw = _raw(folder, str(kept))
        return None if raw is None else raw.decode("utf-8", "replace")
    file = about.get("file")
    raw = _raw(folder, file) if file else None
    try:
        return None if raw is None else report_text(raw, Path(str(file)).name)
    except ReportError:
        return None  # said by the checks
