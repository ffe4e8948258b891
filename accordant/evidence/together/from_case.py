"""The reports and claims of a case, as they are compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePosixPath

from accordant.case.files import REPORT_LIMIT, read_bytes
from accordant.case.folder import CaseFolder
from accordant.case.grounds import chain
from accordant.case.identity import parties_by_name, plain
from accordant.case.objects import Case
from accordant.case.quotations import inside
from accordant.case.sources import Claim, Report
from accordant.errors import FailedError, Problem
from accordant.evidence.dates import dates_in
from accordant.evidence.quotations import quotations
from accordant.evidence.segment import segment
from accordant.evidence.spans import Span
from accordant.evidence.text import report_text
from accordant.evidence.together.conflicts import published
from accordant.evidence.together.features import negated
from accordant.evidence.together.from_reading import credited, paragraphs
from accordant.evidence.together.material import Material, Matter, Speaker, Statement


def case_matter(folder: CaseFolder) -> Matter:
    """The reports of a case with their claims, in the order of ``claims.yaml``.

    Raises
    ------
    FailedError
        If a report can no longer be read.
    """
    case = folder.case
    ids = list(case.reports)
    return Matter(tuple(_material(folder, k, id_) for k, id_ in enumerate(ids)))


def text_of(folder: CaseFolder, report: Report) -> str:
    """The text that the places of a report's claims refer to.

    Raises
    ------
    FailedError
        If its file cannot be read.
    """
    file = report.text or report.file
    place = inside(folder.path, file)
    raw = read_bytes(Path(place), file, REPORT_LIMIT) if not isinstance(place, str) else Problem(place)
    if isinstance(raw, Problem):
        raise FailedError(f"{file} {raw.message}")
    if report.text is not None:
        return raw.decode("utf-8", "replace")
    return report_text(raw, PurePosixPath(report.file).name)


def _material(folder: CaseFolder, number: int, id_: str) -> Material:
    case = folder.case
    report = case.reports[id_]
    text = text_of(folder, report)
    segments = segment(text)
    claims = {c: claim for c, claim in case.claims.items() if claim.report == id_}
    speakers = _speakers(case, claims)
    places = {speaker.id: k for k, speaker in enumerate(speakers)}
    return Material(
        id_,
        report.file,
        report.sha256.strip().lower(),
        text,
        tuple(sentence.span for sentence in segments.sentences),
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        original=report.original,
        credits=credited(segments, report.outlet),
        speakers=speakers,
        statements=tuple(_statements(case, number, text, claims, places)),
        quotations=quotations(text, paragraphs(text)),
    )


def _speakers(case: Case, claims: dict[str, Claim]) -> tuple[Speaker, ...]:
    """The origins behind a report's claims, those of claims around them too."""
    ids = dict.fromkeys(o for c in claims for around in chain(case, c) if (o := case.claims[around].origin))
    parties = parties_by_name(case.parties)
    made = []
    for id_ in ids:
        origin = case.origins[id_]
        side = origin.side if origin.side not in (None, "none") else None
        words = origin.words or origin.name or ""
        party = None if origin.unnamed else parties.get(plain(origin.name or words))
        count, outlet = origin.count, origin.outlet
        made.append(
            Speaker(id_, origin.kind, words, origin.name, count, count, outlet, side=side, party=party)
        )
    return tuple(made)


def _statements(
    case: Case, number: int, text: str, claims: dict[str, Claim], places: dict[str, int]
) -> Iterator[Statement]:
    for id_, claim in claims.items():
        at = Span(*claim.at)
        around = [c for c in chain(case, id_) if c != id_]
        behind = dict.fromkeys(places[o] for c in around if (o := case.claims[c].origin) is not None)
        written = dates_in(text, at, published(case.reports[claim.report].published))
        known = tuple(
            (d.first, d.last) for d in written if d.first and d.last and d.granularity != "duration"
        )
        event = event_range(claim.event)
        yield Statement(
            number,
            id_,
            at,
            claim.quote,
            (at,),
            claim.kind,
            negated(claim.quote),
            sum(not _by_outlet(case, c) for c in around),
            None if claim.origin is None else places[claim.origin],
            tuple(behind),
            known or ((event,) if event else ()),
            tuple(d.at for d in written if d.granularity != "duration"),
            claim.within,
            claim.by,
        )


def _by_outlet(case: Case, claim: str) -> bool:
    """Whether an outlet says it: what is inside is told no less directly for that."""
    origin = case.claims[claim].origin
    return origin is not None and case.origins[origin].kind == "outlet"


def event_range(event: str | None) -> tuple[date, date] | None:
    """The days that a claim's ``event`` allows.

    Examples
    --------
    >>> [str(day) for day in event_range("2024-01")]
    ['2024-01-01', '2024-01-31']
    >>> event_range("2024-01-30/2024-02-02")[1].day, event_range(None)
    (2, None)
    """
    first, _, last = (event or "").partition("/")
    days = [_days(part) for part in (first, last or first)]
    if days[0] is None or days[1] is None:
        return None
    return days[0][0], days[1][1]


def _days(written: str) -> tuple[date, date] | None:
    parts = written.strip().split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(numbers) == 3:
            day = date(*numbers)
            return day, day
        if len(numbers) == 2:
            year, month = numbers
            later = date(year + month // 12, month % 12 + 1, 1)
            return date(year, month, 1), date.fromordinal(later.toordinal() - 1)
        return date(numbers[0], 1, 1), date(numbers[0], 12, 31)
    except (ValueError, IndexError):
        return None
