"""How well reports were read: tallies by report, and together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add
from pathlib import Path
from typing import Any

from accordant.evidence.scoring.format import About
from accordant.evidence.scoring.measures import MEASURES, Tally
from accordant.tables import Method, Table

SCHEMA = "accordant/score/1"
LABELS: dict[str, str] = {
    **{name: label for name, (label, _) in MEASURES.items()},
    "flags": "kinds of flags",
}
WORDS_OF_A_REPORT = 750


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where the reading and the annotation part; either side may be None."""

    what: str
    found: Mapping[str, object] | None
    marked: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class ReportScore:
    """The tallies of one annotated report.

    Attributes
    ----------
    claims
        How many attributions are marked.
    trapped, traps
        Suggestions in stretches in which nothing may be suggested, and how many such stretches there are.
    """

    path: Path
    about: About
    claims: int
    tallies: Mapping[str, Tally]
    trapped: int
    traps: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class ScoreResult:
    """How well annotated reports were read, and by whom.

    Attributes
    ----------
    reader
        ``the rules`` or ``a second reader``.
    words
        Words in all the reports.
    seconds
        How long reading took.
    """

    reports: tuple[ReportScore, ...]
    reader: str
    words: int
    seconds: float

    def total(self, measure: str, folder: str | None = None) -> Tally:
        """The tally of one measure over all reports, or over those of one folder.

        Raises
        ------
        KeyError
            If there is no such measure.
        """
        tallies = [r.tallies[measure] for r in self.reports if folder is None or str(r.path.parent) == folder]
        return reduce(add, tallies, Tally())

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders that the reports lie in, in order."""
        return tuple(dict.fromkeys(str(r.path.parent) for r in self.reports))

    @property
    def trapped(self) -> tuple[int, int]:
        """Suggestions where nothing may be suggested, and the number of such stretches."""
        return sum(r.trapped for r in self.reports), sum(r.traps for r in self.reports)

    @property
    def speed(self) -> float | None:
        """Reports of 750 words read in a second; None where nothing was timed."""
        return self.words / WORDS_OF_A_REPORT / self.seconds if self.seconds else None

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``read --score --json``."""
        return {
            "schema": SCHEMA,
            "reader": self.reader,
            "words": self.words,
            "groups": {name: self._group(folder) for name, folder in self._groups()},
            "reports": [
                {
                    "file": str(r.path),
                    "genre": r.about.genre,
                    "domain": r.about.domain,
                    "claims": r.claims,
                    "measures": {name: _tally(t) for name, t in r.tallies.items()},
                    "trapped": [r.trapped, r.traps],
                    "differences": [
                        {"what": d.what, "found": d.found, "marked": d.marked} for d in r.differences
                    ],
                }
                for r in self.reports
            ],
            "method": self.method.to_json(),
        }

    def _groups(self) -> Iterator[tuple[str, str | None]]:
        for folder in self.folders:
            yield folder, folder
        yield "all", None

    def _group(self, folder: str | None) -> dict[str, Any]:
        mine = [r for r in self.reports if folder is None or str(r.path.parent) == folder]
        return {
            "reports": len(mine),
            "claims": sum(r.claims for r in mine),
            "measures": {name: _tally(self.total(name, folder)) for name in LABELS},
        }

    @property
    def method(self) -> Method:
        """How the figures were made."""
        return Method("hits, found and marked, added up over reports", parameters=(("reader", self.reader),))

    def table(self) -> Table:
        """One row per measure: F1 in per cent for each folder and for all."""
        groups = [*self.folders, *(["all"] if len(self.folders) != 1 else [])]
        rows = tuple(
            (label, *(percent(self.total(name, None if g == "all" else g).f1) for g in groups))
            for name, label in LABELS.items()
        )
        n = len(self.reports)
        title = f"F1 of {self.reader} on {n} annotated report{'' if n == 1 else 's'}"
        return Table(title, ("measure", *groups), rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def percent(share: float) -> int:
    """A share as whole per cent, never rounded up to 100 or down to 0.

    Examples
    --------
    >>> percent(0.999), percent(1.0), percent(0.001)
    (99, 100, 1)
    """
    if 0 < share < 1:
        return min(99, max(1, round(100 * share)))
    return round(100 * share)


def _tally(tally: Tally) -> dict[str, int]:
    return {"hits": tally.hits, "found": tally.found, "marked": tally.marked, "f1": percent(tally.f1)}
