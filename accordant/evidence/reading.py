"""Reading a report: bytes to text, text to suggested claims with their origins and flags."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from accordant.evidence.credits import credited, with_outlets
from accordant.evidence.facts import report_facts
from accordant.evidence.flags import Reading, flags_of
from accordant.evidence.origins import with_origins
from accordant.evidence.result import ReadResult
from accordant.evidence.segment import segment
from accordant.evidence.suggesting import Suggesting
from accordant.evidence.text import Intake, read_bytes, take_in
from accordant.tables import Method

if TYPE_CHECKING:
    from accordant.evidence.intake.gathering import Source


def read(path: str | Path, published: str | None = None) -> ReadResult:
    """Read a report and suggest its claims; nothing enters a case by this.

    Parameters
    ----------
    path
        A text file, an HTML page, a PDF document, a Word file (DOCX) or a mail (EML).
    published
        The date of the report as ``YYYY-MM-DD``, where the file itself does not say it: relative
        times such as *this month* count from it.

    Raises
    ------
    ReportError
        If the file cannot be read as a report.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "note.txt"
    >>> _ = file.write_text("Two people close to the talks told the Harbour Courier that a pause is near.")
    >>> claim = read(file).claims[0]
    >>> claim.quote, claim.source.count, claim.outlet
    ('a pause is near', 2, 'Harbour Courier')
    """
    path = Path(path)
    return read_report(read_bytes(path), path.name, published)


def read_report(raw: bytes, filename: str, published: str | None = None) -> ReadResult:
    """Read a report that is already in memory; see :func:`read`.

    Examples
    --------
    >>> read_report(b"The union said it would wait.", "a.txt").claims[0].source.text
    'The union'
    """
    return _read(take_in(raw, filename), filename, published)


def read_source(source: Source, published: str | None = None, retrieved: str | None = None) -> ReadResult:
    """Read a report that was taken in by :func:`accordant.evidence.intake.gather`.

    Parameters
    ----------
    published, retrieved
        Dates as ``YYYY-MM-DD``: of the report where it does not say it, and when it was received.
    """
    return _read(source.intake, source.filename, published, retrieved)


def _read(intake: Intake, filename: str, published: str | None, retrieved: str | None = None) -> ReadResult:
    segments = segment(intake.text, intake.furniture)
    facts = report_facts(intake, filename, segments, published)
    reader = Suggesting(segments, _day(facts.published))
    claims = reader.claims()
    facts = replace(facts, credits=credited(segments, facts, claims), retrieved=retrieved)
    claims, origins = with_origins(with_outlets(claims, facts.credits))
    flags = flags_of(Reading(segments, facts, claims, reader.dates), intake)
    method = Method("suggested claims by rules", parameters=(("language", "English"), ("depth", "2")))
    sentences = tuple(sentence.span for sentence in segments.sentences)
    return ReadResult(facts, intake.text, claims, origins, flags, method, sentences)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat(published) if published else None
    except ValueError:
        return None  # only a month is known: relative times stay open
