"""Claims as Web Annotations: W3C Web Annotation Data Model, Recommendation of 23 February 2017.

One annotation per claim. Its target is the text of its report, named by its hash (RFC 6920), with the
words and what stands around them (TextQuoteSelector) and their place in code points
(TextPositionSelector). Its bodies say what is claimed (``describing``), of what kind it is
(``classifying``), how it is graded (``assessing``) and who is behind it (``identifying``). What the
model has no word for stands under ``schema:additionalProperty``, in the vocabulary of schema.org, whose
prefix the model's own context declares: nothing in it needs a context of our own.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import uuid
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from accordant.case.dates import when
from accordant.case.objects import Case
from accordant.case.sources import Claim, Report
from accordant.errors import InputError, Problem
from accordant.evidence.handling import Handling
from accordant.evidence.language import written_in
from accordant.evidence.spans import Span
from accordant.evidence.together.from_case import text_of
from accordant.exchange.formats import Exported, Named

if TYPE_CHECKING:
    from accordant.case.folder import CaseFolder
    from accordant.opened import OpenCase

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Code points before and after the words that are given, so that they are found again."""
DAY = 10
"""Signs of a whole date, ``2024-01-30``."""
_IDS = uuid.UUID("5d1f0f0e-6e0f-5b7a-9b1c-0d9a3a4a7c11")
"""The name space of the ids: one claim has one id, on every machine."""
TOLD = (
    *("by", "origin", "attribution", "event", "reported", "entered", "status", "within", "contradicts"),
    *("confirms", "handling", "graded_because", "reviewed_by"),
)
"""Fields of a claim that the model has no word for."""


def exported(opened: OpenCase) -> Exported:
    """The claims of a case as a ``.jsonld`` file; restricted ones stay behind, and are named.

    Raises
    ------
    InputError
        If the case has no claims.
    FailedError
        If a report can no longer be read.
    """
    if not opened.case.claims:
        raise InputError(f"{opened.path} has no claims: there is nothing to write as annotations")
    held = Handling(opened.case)
    what = opened.path.name
    problems = [
        Problem("is restricted and stays behind", file=what, path=f"claims.{c}", severity="warning")
        for c in opened.case.claims
        if c in held.withheld
    ]
    left = "parties, issues, preferences and proposals have no place among annotations of reports"
    problems.append(Problem(left, file=what, severity="warning"))
    made = collection(opened.folder, held)
    names = tuple(
        Named("claim", c, claim_id(opened.case.reports[claim.report], c, claim))
        for c, claim in opened.case.claims.items()
        if c not in held.withheld
    )
    return Exported({"": as_bytes(made)}, tuple(problems), names)


def as_bytes(made: dict[str, Any]) -> bytes:
    """The file."""
    return (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()


def collection(folder: CaseFolder, held: Handling, only: Collection[str] | None = None) -> dict[str, Any]:
    """The claims of a case as one AnnotationCollection with its page inside it.

    Parameters
    ----------
    held
        What stays behind.
    only
        Ids of the claims that are wanted; all by default.

    Raises
    ------
    FailedError
        If a report can no longer be read.
    """
    case = folder.case
    wanted = [c for c in case.claims if c not in held.withheld and (only is None or c in only)]
    reports = dict.fromkeys(case.claims[c].report for c in wanted)
    texts = {r: text_of(folder, case.reports[r]) for r in reports}
    items = [_annotation(folder, held, c, texts[case.claims[c].report]) for c in wanted]
    about = "\n".join((case.title, *sorted(report.sha256 for report in case.reports.values())))
    own = _urn(f"collection\n{about}")
    made: dict[str, Any] = {
        "@context": CONTEXT,
        "id": own,
        "type": "AnnotationCollection",
        "label": case.title,
        "total": len(items),
    }
    if items:
        page = _urn(f"page\n{about}")
        made["first"] = {
            "id": page,
            "type": "AnnotationPage",
            "partOf": own,
            "startIndex": 0,
            "items": items,
        }
        made["last"] = page
    return made


def _urn(words: str) -> str:
    return f"urn:uuid:{uuid.uuid5(_IDS, words)}"


def claim_id(report: Report, id_: str, claim: Claim) -> str:
    """The id of a claim's annotation: that of its report's bytes, its own id and its place."""
    return _urn(f"{report.sha256.strip().lower()}\n{id_}\n{claim.at[0]}-{claim.at[1]}")


def named_by_hash(sha256: str) -> str:
    """The name of some bytes by their SHA-256 (RFC 6920).

    Examples
    --------
    >>> named_by_hash(hashlib.sha256(b"Hello World!").hexdigest())
    'ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk'
    """
    made = base64.urlsafe_b64encode(bytes.fromhex(sha256.strip())).decode().rstrip("=")
    return f"ni:///sha-256;{made}"


def hash_of(name: str) -> str | None:
    """The SHA-256 that such a name holds; None for any other name.

    Examples
    --------
    >>> hash_of(named_by_hash("ab" * 32)) == "ab" * 32, hash_of("https://example.org/a")
    (True, None)
    """
    head, _, value = name.partition(";")
    if not head.startswith("ni://") or not head.endswith("/sha-256"):
        return None
    try:
        raw = base64.urlsafe_b64decode(value.partition("?")[0] + "===")
    except (ValueError, binascii.Error):
        return None
    return raw.hex() if len(raw) == hashlib.sha256().digest_size else None


def _annotation(folder: CaseFolder, held: Handling, id_: str, text: str) -> dict[str, Any]:
    case = folder.case
    claim = case.claims[id_]
    report = case.reports[claim.report]
    made: dict[str, Any] = {
        "id": claim_id(report, id_, claim),
        "type": "Annotation",
        "motivation": "describing",
    }
    if claim.entered_by:
        made["creator"] = {"type": "Person", "name": claim.entered_by}
    if claim.entered and when(claim.entered) and len(claim.entered) == DAY:
        # the model wants a time of day; the case knows the day only
        made["created"] = f"{claim.entered}T00:00:00Z"
    made["body"] = list(_bodies(folder, held, claim))
    made["target"] = {
        "type": "SpecificResource",
        "source": source_of(report),
        "selector": list(selectors(text, Span(*claim.at), _shut(case, held, claim.report))),
    }
    told = {"claim": id_, "report": claim.report}
    told |= {name: value for name in TOLD if (value := getattr(claim, name)) not in (None, ())}
    if claim.within in held.withheld:
        del told["within"]
    made["schema:additionalProperty"] = [
        {
            "type": "schema:PropertyValue",
            "schema:name": name,
            "schema:value": list(value) if isinstance(value, tuple) else value,
        }
        for name, value in told.items()
    ]
    return made


def _shut(case: Case, held: Handling, report: str) -> list[Span]:
    """Places of withheld claims in a report."""
    return [Span(*case.claims[c].at) for c in held.withheld if case.claims[c].report == report]


def _bodies(folder: CaseFolder, held: Handling, claim: Claim) -> Iterator[dict[str, Any]]:
    case = folder.case
    spoken = case.reports[claim.report].language
    yield _body("describing", claim.says, written_in(claim.says, case.language, spoken))
    yield _body("classifying", claim.kind)
    yield _body("assessing", claim.grade)
    origin = case.origins.get(claim.origin or "")
    if origin is not None and not held.origin_withheld(claim.origin or ""):
        called = origin.name or origin.words
        if called:
            yield _body("identifying", called, written_in(called, case.language, spoken))
    if claim.note:
        yield _body("commenting", claim.note, written_in(claim.note, case.language, spoken))


def _body(purpose: str, value: str, language: str = "") -> dict[str, Any]:
    made = {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}
    return {**made, "language": language} if language else made


def source_of(report: Report) -> dict[str, Any]:
    """A report as the resource that its claims are annotations of: its text, by its hash.

    Where the text that was taken from it is kept beside it, places are places of that text.
    """
    sha256 = (report.text_sha256 if report.text else None) or report.sha256
    made: dict[str, Any] = {"id": named_by_hash(sha256), "type": "Text", "format": "text/plain"}
    if report.language:
        made["language"] = report.language
    made["schema:sha256"] = sha256.strip().lower()
    if report.text:
        made["schema:isBasedOn"] = named_by_hash(report.sha256)
    elif PurePosixPath(report.file).suffix.lower() in (".htm", ".html"):
        made["format"] = "text/html"
    told = {
        "dcterms:title": report.title,
        "dcterms:publisher": report.outlet,
        "dcterms:creator": report.author,
        "dcterms:issued": report.published,
        "schema:url": report.address,
    }
    return made | {name: value for name, value in told.items() if value}


def selectors(text: str, at: Span, shut: Sequence[Span] = ()) -> Iterator[dict[str, Any]]:
    """The words of a place with what stands around them, and the place in code points.

    What stands around them ends before any of the places ``shut``.

    Examples
    --------
    >>> for made in selectors("We will wait, she said.", Span(8, 12)):
    ...     print({k: v for k, v in made.items() if k != "type"})
    {'exact': 'wait', 'prefix': 'We will ', 'suffix': ', she said.'}
    {'start': 8, 'end': 12}
    """
    quote = {"type": "TextQuoteSelector", "exact": text[at.start : at.end]}
    first = max([0, at.start - AROUND, *(s.end for s in shut if s.start < at.start)])
    last = min([at.end + AROUND, *(s.start for s in shut if s.end > at.end)])
    around = {"prefix": text[first : at.start], "suffix": text[at.end : last]}
    yield {**quote, **{name: words for name, words in around.items() if words}}
    yield {"type": "TextPositionSelector", "start": at.start, "end": at.end}
