"""What would leave, report by report, before anything does; and what may not."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import PurePath

from accordant.case.objects import Case
from accordant.evidence.decisions import TextDecisions
from accordant.evidence.handling import strictest
from accordant.evidence.model_layer.asking import segments_of
from accordant.evidence.model_layer.outgoing import units_of
from accordant.evidence.result import ReadResult
from accordant.evidence.reviewing import report_with
from accordant.evidence.text import Intake


@dataclass(frozen=True, slots=True)
class Sending:
    """One report that is to leave.

    Attributes
    ----------
    name
        The report as it was named.
    paragraphs, characters
        How many questions, and how many code points of the report go out with them.
    handling
        The strictest mark of what a case has of it; empty where all is public or no case has it.
    named
        Whether it was named to be sent all the same.
    known
        What it can be named by: a path, a file name, an id in a case.
    """

    name: str
    paragraphs: int
    characters: int
    handling: str = ""
    named: bool = False
    known: frozenset[str] = frozenset()

    @property
    def leaves(self) -> bool:
        """Whether it is sent once somebody says so."""
        return self.paragraphs > 0 and (not self.handling or self.named)


def sending(
    name: str,
    result: ReadResult,
    intake: Intake,
    cases: Iterable[tuple[Case, TextDecisions]],
    named: Collection[str] = (),
) -> Sending:
    """What asking about one report would send.

    Parameters
    ----------
    cases
        The cases that may have the report, each with what was decided on its text.
    named
        Reports that a person named to be sent whatever their mark.

    Examples
    --------
    >>> from accordant.evidence.reading import read_report
    >>> from accordant.evidence.text import take_in
    >>> raw = b"The union said it would wait."
    >>> found = sending("a.txt", read_report(raw, "a.txt"), take_in(raw, "a.txt"), [])
    >>> found.paragraphs, found.characters, found.leaves
    (1, 29, True)
    """
    units = units_of(segments_of(intake))
    marks, ids = [], []
    for case, decided in cases:
        report = report_with(case, result, decided)
        if report is not None:
            ids.append(report)
            marks.append(handling_of(case, report))
    known = frozenset((name, PurePath(name).name, result.report.file, *ids))
    size = sum(unit.size for unit in units)
    return Sending(name, len(units), size, strictest(marks), not known.isdisjoint(named), known)


def handling_of(case: Case, report: str) -> str:
    """The strictest mark of a report's claims and of the sources behind them; empty where all is public."""
    claims = [claim for claim in case.claims.values() if claim.report == report]
    origins = {claim.origin for claim in claims if claim.origin}
    register = case.sources.register_
    entries = {o.register_ for name in origins if (o := case.origins.get(name)) is not None and o.register_}
    behind = (register[entry].handling for entry in entries if entry in register)
    return strictest([*(claim.handling for claim in claims), *behind])
