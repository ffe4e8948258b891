"""The decisions of a case, each with what was decided on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accordant.case.folder import CaseFolder, read_folder
from accordant.evidence.decisions import TAKEN, Decision, Decisions, read_decisions, text_sha256
from accordant.evidence.learned.features import Features, features, features_of
from accordant.evidence.reading import read_report
from accordant.evidence.result import ReadResult
from accordant.evidence.text import report_text


@dataclass(frozen=True, slots=True)
class Example:
    """One decision that can be learned from.

    Attributes
    ----------
    key
        The text and the place, by which examples are put in order and told apart.
    rejected
        Whether it was rejected; accepted otherwise, whole, in part or with another.
    known
        Whether the report is at hand.
    """

    key: tuple[str, int, int, int]
    features: Features
    rejected: bool
    known: bool = True


def examples_of(case: str | Path) -> list[Example]:
    """Every decision of a case to accept or reject a suggestion.

    The reports of the case are read again for it. Of a text that left nothing in the case there is only
    what the decision itself says: the rule and the length.

    Raises
    ------
    CaseError
        If the case or its decisions have mistakes.
    """
    folder = read_folder(case, report_text=report_text)
    decisions = read_decisions(folder)
    texts = dict(_readings(folder, decisions))
    made: list[Example] = []
    for sha256 in decisions.texts:
        found = texts.get(sha256)
        made.extend(_of_text(sha256, decisions, found))
    return made


def _readings(folder: CaseFolder, decisions: Decisions) -> Iterator[tuple[str, ReadResult]]:
    for report in folder.case.reports.values():
        if report.text_sha256 is not None and report.text_sha256.strip().lower() not in decisions.texts:
            continue
        place = folder.path / report.file
        published = report.published if report.published and len(report.published) == 10 else None
        result = read_report(place.read_bytes(), place.name, published)
        yield text_sha256(result.text), result


def _of_text(sha256: str, decisions: Decisions, result: ReadResult | None) -> Iterator[Example]:
    text = decisions.text(sha256)
    used: set[int] = set()
    for claim in result.claims if result is not None else ():
        decision = text.on(claim.at, claim.cue_at)
        if decision is None or result is None or id(decision) in used:
            continue
        used.add(id(decision))
        if _counts(decision):
            yield _example(sha256, decision, features(result, claim), known=True)
    for decision in text.decided:
        if id(decision) not in used and _counts(decision) and not _inside_another(decision, text.decided):
            yield _example(sha256, decision, features_of(decision), known=False)


def _counts(decision: Decision) -> bool:
    """Whether a suggestion was accepted or rejected; what was skipped or marked by hand says nothing."""
    suggested = decision.cue is not None and decision.decision != "by-hand"
    return suggested and (decision.decision == "rejected" or decision.decision in TAKEN)


def _inside_another(decision: Decision, every: tuple[Decision, ...]) -> bool:
    """Whether it is on a part of a suggestion that was split, which is told by the whole."""
    whole = (d for d in every if d.decision == "split" and d.cue == decision.cue and d is not decision)
    return any(d.at[0] <= decision.at[0] and decision.at[1] <= d.at[1] for d in whole)


def _example(sha256: str, decision: Decision, seen: Features, *, known: bool) -> Example:
    cue = decision.cue or decision.at
    key = (sha256, decision.at[0], decision.at[1], cue[0])
    return Example(key, seen, decision.decision == "rejected", known)
