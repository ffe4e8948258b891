"""Web Annotations of reports that a case holds, as claims: shown first, never merged with what is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from accordant.case.checks.dates import written_right
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.sources import Attribution, Claim, ClaimStatus, Handling
from accordant.evidence.claims import KINDS
from accordant.evidence.spans import Span
from accordant.evidence.together.from_case import text_of
from accordant.exchange.webannotation_places import Located, locate
from accordant.exchange.webannotation_reading import Told, read_file
from accordant.tables import Method, Table

Outcome = Literal["new", "there", "taken", "near", "several", "nowhere", "elsewhere"]
OUTCOMES: dict[Outcome, str] = {
    "new": "enters the case",
    "there": "is in the case already",
    "taken": "another claim of the case stands on the same words and says something else",
    "near": "only something like its words stands in the report",
    "several": "its words stand at several places, and nothing tells which is meant",
    "nowhere": "its words do not stand in the report",
    "elsewhere": "is about a text that the case does not hold",
}
"""What becomes of an annotation; only new ones enter."""
METHOD = Method("annotations placed by their words and what stands around them")


@dataclass(frozen=True, slots=True)
class Placed:
    """One annotation with what becomes of it.

    Attributes
    ----------
    number
        Its place in the file, from 1.
    claim
        The id of the claim that it becomes, or that stands there already.
    words, found
        The words that it names, and those that stand at the place.
    left
        What of it is not taken over, and why.
    """

    number: int
    id: str
    outcome: Outcome
    report: str | None
    claim: str | None
    at: tuple[int, int] | None
    words: str
    found: str
    says: str
    left: tuple[str, ...] = ()
    made: Claim | None = None

    def to_json(self) -> dict[str, Any]:
        """One entry of ``annotations``."""
        return {
            "number": self.number,
            "id": self.id or None,
            "outcome": self.outcome,
            "report": self.report,
            "claim": self.claim,
            "at": None if self.at is None else list(self.at),
            "words": self.words,
            "found": self.found or None,
            "says": self.says or None,
            "left": list(self.left),
        }


@dataclass(frozen=True)
class AnnotationsImport:
    """Annotations as claims of a case; nothing is written before :meth:`apply`."""

    folder: CaseFolder
    file: str
    placed: tuple[Placed, ...]
    written: bool = False

    @property
    def new(self) -> tuple[Placed, ...]:
        """Those that enter the case."""
        return tuple(p for p in self.placed if p.outcome == "new")

    @property
    def case(self) -> Case:
        """The case with the new claims."""
        claims = dict(self.folder.case.claims)
        claims |= {p.claim: p.made for p in self.new if p.claim is not None and p.made is not None}
        sources = self.folder.case.sources.model_copy(update={"claims": claims})
        return self.folder.case.model_copy(update={"sources": sources})

    def apply(self) -> AnnotationsImport:
        """Write the new claims to the case.

        Raises
        ------
        FailedError
            If the case has changed on the disk since it was read, or cannot be written.
        """
        if not self.new:
            return self
        self.folder.save(self.case)
        return replace(self, written=True)

    @property
    def title(self) -> str:
        """What would happen, in a line."""
        some = f"{len(self.new)} of {len(self.placed)} annotations"
        return f"{some} {'entered' if self.written else 'would enter'} the case"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``claims --import --json``."""
        return {
            "schema": "accordant/annotations-import/1",
            "file": self.file,
            "annotations": [p.to_json() for p in self.placed],
            "written": self.written,
            "method": METHOD.to_json(),
        }

    def table(self) -> Table:
        """One row per annotation."""
        columns = ("no.", "outcome", "claim", "report", "from", "to", "words", "stands there", "says", "left")
        return Table(self.title, columns, tuple(map(_row, self.placed)))


def _row(placed: Placed) -> tuple[Any, ...]:
    start, end = placed.at or ("", "")
    head = (placed.number, placed.outcome, placed.claim or "", placed.report or "", start, end)
    return (*head, placed.words, placed.found, placed.says, "; ".join(placed.left))


def import_annotations(folder: CaseFolder, path: str | Path, today: date | None = None) -> AnnotationsImport:
    """What would become of the annotations of a file in a case that holds their reports.

    Parameters
    ----------
    today
        The day on which they are learnt; by default this one.

    Raises
    ------
    InputError
        If the file holds no annotations.
    FailedError
        If a report of the case can no longer be read.
    """
    entered = (today or date.today()).isoformat()
    work = _Placing(folder, entered)
    return AnnotationsImport(folder, str(path), tuple(work.placed(read_file(path))))


class _Placing:
    """Annotations put to their places, each in its turn, so that one file cannot bring a claim twice."""

    def __init__(self, folder: CaseFolder, entered: str) -> None:
        self.folder, self.entered = folder, entered
        self.case = folder.case
        self.texts: dict[str, str] = {}
        self.there: dict[tuple[str, int, int], list[tuple[str, str]]] = {}
        for id_, claim in self.case.claims.items():
            self._stands(claim.report, Span(*claim.at), id_, claim.says)
        self.taken = {*self.case.claims, *self.case.origins, *self.case.reports}
        self.last = 0

    def _stands(self, report: str, at: Span, id_: str, says: str) -> None:
        self.there.setdefault((report, at.start, at.end), []).append((id_, _plain(says)))

    def placed(self, annotations: Sequence[Told]) -> Iterator[Placed]:
        """Each annotation with what becomes of it."""
        for number, told in enumerate(annotations, 1):
            yield self._one(number, told)

    def _report(self, told: Told) -> str | None:
        """The report that an annotation is about: by its hash, else by its address."""
        for id_, report in self.case.reports.items():
            own = {report.sha256.strip().lower(), (report.text_sha256 or "").strip().lower()} - {""}
            if own & told.hashes:
                return id_
        named = (i for i, r in self.case.reports.items() if r.address and r.address in told.addresses)
        return next(named, None)

    def _one(self, number: int, told: Told) -> Placed:
        report = self._report(told)
        words, says = told.where.exact, _says(told)
        if report is None:
            return Placed(number, told.id, "elsewhere", None, None, None, words, "", says)
        text = self.texts.get(report)
        if text is None:
            text = self.texts[report] = text_of(self.folder, self.case.reports[report])
        where = locate(text, told.where)
        if where.at is None or where.how == "near":
            return self._not_placed(number, told, report, where, text)
        found = where.at.of(text)
        says = says or found
        known = self.there.get((report, where.at.start, where.at.end), [])
        same = next((id_ for id_, said in known if said == _plain(says)), None)
        outcome: Outcome = "there" if same else "taken" if known else "new"
        at = (where.at.start, where.at.end)
        claim = same or (known[0][0] if known else None)
        place = Placed(number, told.id, outcome, report, claim, at, words, found, says)
        return place if known else self._new(place, told, where)

    def _not_placed(self, number: int, told: Told, report: str, where: Located, text: str) -> Placed:
        at, found = (None, "") if where.at is None else ((where.at.start, where.at.end), where.at.of(text))
        outcome: Outcome = where.how if where.how in ("near", "several") else "nowhere"
        return Placed(number, told.id, outcome, report, None, at, told.where.exact, found, _says(told))

    def _new(self, place: Placed, told: Told, where: Located) -> Placed:
        assert place.report is not None
        assert place.at is not None
        fields, left = _fields(self.case, told)
        if where.how == "moved" and told.where.start is not None:
            left.insert(0, f"its words stand at {place.at[0]}, not at {told.where.start}")
        if where.how == "by place":
            left.insert(0, "it names no words; those at its place were taken")
        claim = Claim(
            report=place.report,
            quote=place.found,
            at=place.at,
            says=place.says,
            reported=self.case.reports[place.report].published,
            entered=self.entered,
            entered_by=told.creator,
            **fields,
        )
        id_ = self._free(told)
        self.taken.add(id_)
        self._stands(place.report, Span(*place.at), id_, place.says)
        return replace(place, claim=id_, left=tuple(left), made=claim)

    def _free(self, told: Told) -> str:
        """The id that it had, where that is free; the next number otherwise."""
        own = told.properties.get("claim")
        if isinstance(own, str) and own.isascii() and own.isalnum() and own not in self.taken:
            return own
        while True:
            self.last += 1
            if f"c{self.last}" not in self.taken:
                return f"c{self.last}"


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def _says(told: Told) -> str:
    for purpose in ("describing", "commenting", ""):
        if words := told.bodies.get(purpose, "").strip():
            return words
    return ""


def _fields(case: Case, told: Told) -> tuple[dict[str, Any], list[str]]:
    """The fields of the claim, and what of the annotation is left out with the reason."""
    fields: dict[str, Any] = {}
    left: list[str] = []
    kind = told.bodies.get("classifying", "").strip()
    fields["kind"] = kind if kind in KINDS else "assessment"
    if kind not in KINDS:
        what = f"{kind!r} is no kind of claim" if kind else "it names no kind"
        left.append(f"{what}; assessment was taken")
    given = told.properties
    for name, allowed in (("attribution", get_args(Attribution)), ("handling", get_args(Handling))):
        if given.get(name) in allowed:
            fields[name] = given[name]
    if "handling" in given and "handling" not in fields:
        fields["handling"] = "team"
        left.append(f"{given['handling']!r} is no handling mark; team was taken")
    if "commenting" in told.bodies and told.bodies.get("describing"):
        fields["note"] = told.bodies["commenting"].strip()
    event = given.get("event")
    if isinstance(event, str) and written_right(event):
        fields["event"] = event
    party = given.get("by")
    if isinstance(party, str) and party in case.parties:
        fields["by"] = party
    elif party is not None:
        left.append(f"{party!r} is no party of the case")
    origin, why = _origin(case, told)
    if origin:
        fields["origin"] = origin
    elif why:
        left.append(why)
    grade = told.bodies.get("assessing", "").strip()
    if grade and grade != "F6":
        left.append(f"the grade {grade} is somebody else's; grade it yourself")
    if given.get("status") in get_args(ClaimStatus) and given["status"] != "open":
        left.append(f"status {given['status']}")
    left += [f"{name} other claims" for name in ("within", "contradicts", "confirms") if given.get(name)]
    return fields, left


def _origin(case: Case, told: Told) -> tuple[str | None, str]:
    """The origin of the case that is meant, by its words; or why there is none."""
    called = _plain(told.bodies.get("identifying", ""))
    if not called:
        return None, ""
    alike = [o for o, x in case.origins.items() if called in (_plain(x.name or ""), _plain(x.words or ""))]
    own = told.properties.get("origin")
    if own in alike:
        return str(own), ""
    if len(alike) == 1:
        return alike[0], ""
    what = "several origins of the case are called so" if alike else "no origin of the case is called so"
    return None, f"its source “{told.bodies['identifying'].strip()}”: {what}"
