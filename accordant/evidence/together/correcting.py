"""Reports that say they correct an earlier one of the same outlet; whether they do is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from accordant.evidence.spans import Span
from accordant.evidence.together.conflicts import published
from accordant.evidence.together.from_reading import paragraphs
from accordant.evidence.together.material import Material, Matter, key_of
from accordant.evidence.together.numbers import Quantity, quantities

_TEXT = r"(?:report|story|article|dispatch|item|text|piece|bulletin)"
_SAYS = re.compile(
    rf"\b(?:earlier|previous|first|original)\s+versions?\s+of\s+(?:this|the|our)\s+{_TEXT}\b"
    rf"|\b(?:this|our)\s+(?:earlier\s+)?{_TEXT}\s+(?:has\s+been|was|is)\s+(?:corrected|amended)\b"
    r"|\b(?:corrects|withdraws|retracts)\s+(?:the|its|an?|that)\s+(?:\w+\s+)?"
    r"(?:numbers?|figures?|reports?|story|statements?|claims?|account|error|version)\b"
    r"|(?:^|\n)\s*corrections?\b|\bregrets\s+the\s+error\b",
    re.I,
)
_MARK = re.compile(r"^\W*(?:corrected|corrections?|update[d]?)\W+", re.I)


@dataclass(frozen=True, slots=True)
class Correction:
    """A report (by number) that says it corrects another one.

    Attributes
    ----------
    at
        Where it says so.
    was, now
        Numbers in that paragraph that the other report has, and those that it has not.
    """

    later: int
    earlier: int
    at: Span
    was: tuple[str, ...] = ()
    now: tuple[str, ...] = ()

    def because(self) -> str:
        """Why it is asked, with the numbers side by side."""
        numbers = f": {', '.join(self.was)} | {', '.join(self.now)}" if self.was and self.now else ""
        return f"it says that it corrects an earlier report, and both are of one outlet{numbers}"


def corrections(matter: Matter, without: Collection[int] = ()) -> tuple[Correction, ...]:
    """Every report that says it corrects one, with the report of its outlet that this may be.

    That is one with the same headline, or else one that has a number which the correction names;
    of several those published last, and never one published later.

    Parameters
    ----------
    without
        Reports that are copies of others.
    """
    owners: dict[str, list[int]] = {}
    for k, report in enumerate(matter.reports):
        if k not in without:
            for outlet in report.own:
                owners.setdefault(outlet, []).append(k)
    return tuple(c for k in range(len(matter.reports)) if k not in without for c in _of(matter, owners, k))


def _of(matter: Matter, owners: dict[str, list[int]], later: int) -> Iterator[Correction]:
    report = matter.reports[later]
    found = _SAYS.search(report.text)
    if found is None:
        return
    at = Span(*found.span())
    around = next((p for p in paragraphs(report.text) if p.holds(at)), at)
    numbers = quantities(report.text, around, ())
    others = sorted({k for outlet in report.own for k in owners.get(outlet, ()) if k != later})
    others = [k for k in others if not _after(matter.reports[k], report)]
    alike = [
        k
        for k in others
        if _headline(matter.reports[k]) and _headline(matter.reports[k]) == _headline(report)
    ]
    alike = alike or [k for k in others if _split(report, matter.reports[k], numbers)[0]]
    newest = max((matter.reports[k].published or "" for k in alike), default="")
    for earlier in (k for k in alike if (matter.reports[k].published or "") == newest):
        if _SAYS.search(matter.reports[earlier].text) is None:
            was, now = _split(report, matter.reports[earlier], numbers)
            yield Correction(later, earlier, at, was, now)


def _after(one: Material, other: Material) -> bool:
    days = published(one.published), published(other.published)
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _headline(report: Material) -> str:
    first = report.title or next((line for line in report.text.split("\n") if line.strip()), "")
    return key_of(_MARK.sub("", first))


def _split(
    report: Material, earlier: Material, numbers: Sequence[Quantity]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The numbers of a correction that the earlier report has, and those that it has not, each once."""
    there = [q for span in earlier.body for q in quantities(earlier.text, span, ())]
    held: tuple[dict[str, None], dict[str, None]] = ({}, {})
    for q in numbers:
        has = any(q.low == t.low and q.high == t.high for t in there)
        held[0 if has else 1].setdefault(" ".join(q.at.of(report.text).split()))
    return tuple(held[0]), tuple(held[1])
