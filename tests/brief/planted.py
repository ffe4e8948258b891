"""A case with words planted in every field of what is restricted, to be looked for in what leaves."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

NAME, ALIAS, LAST = "Zelda Quarrington", "Madame Zibeline", "Quarrington"
MAIN = (
    "Talks at the mill\n\nThe union wants a lasting truce, Ida Renn told the Courier. "
    f"{NAME} said that the owner will not sell. The owner would rather leave than pay, said {ALIAS}. "
    "Two people near the owner said the owner can wait.\n"
)
SECRET = "The okapi file\n\nPer Okapi said that quexvault holds the zyfferledger.\n"
WORDS = (
    *("quarrington", "zibeline", "zelda", "okapi", "quexvault", "zyfferledger", "kwizgrade", "kwiznote"),
    *("kwizentered", "kwizreviewed", "kwizsays", "kwizwire", "kwizauthor", "kwiz.example", "kwizreport"),
    *("kwizorigin", "kwizreason", "kwizentry", "kwizproposal", "kwizterm", "kwizevent", "kwizplace"),
    *("kwizview", "kwizinterest", "kwizrelation", "kwizfile", "2031-07-23", "2031-07-24"),
    *("98765", "k-okapi", "per-okapi", "quarrington-z", "kwizlikely"),
)
"""Words that must not leave, in small letters."""


def claim(report: str, text: str, words: str, **more: Any) -> dict[str, Any]:
    at = text.index(words)
    return {"report": report, "quote": words, "at": [at, at + len(words)], "kind": "position", **more}


def _held(text: str, words: str, **more: Any) -> dict[str, Any]:
    return claim(
        "kwizfile",
        text,
        words,
        says="Kwizsays that the ledger is in the vault",
        graded_because="Kwizgrade was right before.",
        note="Kwiznote: ask again.",
        entered_by="Kwizentered",
        reviewed_by="Kwizreviewed",
        event="2031-07-23",
        entered="2031-07-24",
        handling="restricted",
        **more,
    )


def sources() -> dict[str, Any]:
    reports = {
        "main": {"file": "reports/main.txt", "title": "Talks at the mill", "outlet": "Courier"},
        "kwizfile": {
            "file": "reports/kwizfile.txt",
            "title": "The okapi file",
            "outlet": "Kwizwire",
            "author": "A. Kwizauthor",
            "address": "https://kwiz.example/okapi",
            "note": "Kwizreport: a remark.",
        },
    }
    for id_, text in (("main", MAIN), ("kwizfile", SECRET)):
        reports[id_]["sha256"] = hashlib.sha256(text.encode()).hexdigest()
        reports[id_]["published"] = "2031-03-10"
    origins = {
        "ida-renn": {"kind": "named", "name": "Ida Renn", "side": "union", "outlet": "Courier"},
        "quarrington-z": {
            "kind": "role",
            "name": NAME,
            "words": "Quarrington, the mill's manager",
            "side": "owner",
            "register": "quarrington-z",
            "note": "Kwizorigin: a remark on Quarrington.",
        },
        "zibeline": {"kind": "named", "name": ALIAS, "side": "owner"},
        "two": {"kind": "described", "words": "two people near the owner", "count": 2, "side": "owner"},
        "per-okapi": {"kind": "named", "name": "Per Okapi", "outlet": "Kwizwire", "note": "Kwizorigin."},
    }
    register = {
        "quarrington-z": {
            "name": NAME,
            "kind": "role",
            "aliases": [ALIAS],
            "handling": "restricted",
            "note": "Kwizentry: a remark.",
            "reliability": [{"grade": "B", "reason": "Kwizreason, as we know."}],
        },
        "renn": {
            "name": "Ida Renn",
            "reliability": [{"grade": "C", "reason": "Quarrington says she is right."}],
        },
    }
    claims = {
        "k1": claim("main", MAIN, "The union wants a lasting truce", says="The union wants a truce",
                    by="union", origin="ida-renn", attribution="named",
                    note="Quarrington agrees, and so does k-okapi."),
        "k2": claim("main", MAIN, f"{NAME} said that the owner will not sell", says=f"{LAST} says no sale",
                    by="owner", origin="quarrington-z", attribution="named", grade="B2",
                    graded_because="Quarrington was there."),
        "k3": claim("main", MAIN, "The owner would rather leave than pay", says="The owner would leave",
                    by="owner", origin="zibeline", attribution="named", handling="team"),
        "k4": claim("main", MAIN, "the owner can wait", says="The owner can wait", by="owner", origin="two",
                    attribution="described"),
        "k-okapi": _held(SECRET, "quexvault holds the zyfferledger", by="owner", origin="per-okapi"),
    }  # fmt: skip
    return {"reports": reports, "origins": origins, "register": register, "claims": claims}


def content() -> dict[str, Any]:
    held = {"because": ["k-okapi"]}
    return {
        "accordant": 1,
        "title": f"The mill, as {LAST} sees it",
        "question": "Would Quarrington's side accept?",
        "note": "Quarrington, again.",
        "as_of": "2031-03-12",
        "parties": {
            "union": {"name": "Mill Union", "note": f"{NAME} knows them."},
            "owner": {"name": "Mill Owner"},
            "town": {"role": "mediator", "name": "Town"},
        },
        "issues": {
            "truce": {"by": "union", "assumed": "theirs alone"},
            "leave": {"by": "owner", "because": ["k2"], "note": "As Zelda  Quarrington-like people say."},
            "pay": {"by": "owner", "values": ["0", "1", "2"], **held},
        },
        "status_quo": {
            "state": {"truce": "no", "leave": "no", "pay": "0"},
            "assumed": "as Quarrington tells it",
        },
        "preferences": {
            "union": {"priorities": [{"want": "truce", "because": ["k1"]}, {"want": "pay = 2", **held}]},
            "owner": {
                "worth": {
                    "truce": {"no": 0, "yes": 98765},
                    "leave": {"no": 0, "yes": 2},
                    "pay": {"0": 5, "1": 4, "2": 3},
                },
                **held,
                "reservation": {"worth": 98765.5, **held},
                "delay": {"cost": 98765, "days": 30, **held},
                "never": [{"rule": "leave and pay = 2", "because": ["k3"]}],
            },
        },
        "proposals": {
            "pause": {
                "by": "union",
                "to": "owner",
                "date": "2031-03-01",
                "package": {"truce": "yes"},
                "because": ["k1"],
                "note": "Zelda Quarrington carried it.",
            },
            "steps": {
                "by": "town",
                "date": "2031-03-05",
                "stages": [
                    {"name": "First", "day": 1, "package": {"truce": "yes"}},
                    {"name": "After Quarrington left", "day": 30, "package": {"pay": "1"}},
                ],
                "terms": ["kwizterm"],
                "because": ["k4"],
            },
            "kwizproposal": {"by": "owner", "package": {"leave": "yes"}, "note": "Kwizproposal.", **held},
        },
        "terms": {"kwizterm": {"name": "Kwizterm", "by": "town", "kind": "guarantee", **held}},
        "positions": {
            "owner": {
                "leave": {"wants": "no", "interest": "what Quarrington told us", "because": ["k2"]},
                "pay": {"wants": "0", "interest": "Kwizinterest", **held},
            },
            "union": {"truce": {"wants": "yes", "importance": "high", "because": ["k1"]}},
        },
        "relations": [
            {"from": "town", "to": "union", "kind": "channel through Madame Zibeline", "because": ["k1"]},
            {"from": "owner", "to": "town", "kind": "kwizrelation", **held},
        ],
        "events": {
            "e1": {"what": "A meeting with Quarrington", "date": "2031-03", "who": "union", "because": "k1"},
            "e2": {"what": "Kwizevent", "place": "Kwizplace", "date": "2031-02", "who": ["owner"], **held},
        },
        "judgements": {
            "j1": {
                "by": "the desk",
                "about": "acceptable(pause, owner)",
                "likelihood": "unlikely",
                "confidence": "low",
                "because": ["k2"],
                "note": "Quarrington doubts it.",
            },
            "j2": {"by": "Kwizview", "about": "agreement-exists", "likelihood": "Kwizlikely", **held},
        },
    }  # fmt: skip


def folder(path: Path) -> Path:
    """The case, with a version that was frozen when a sentence on it was restricted, in a folder."""
    (path / "reports").mkdir(parents=True)
    (path / "reports" / "main.txt").write_bytes(MAIN.encode())
    (path / "reports" / "kwizfile.txt").write_bytes(SECRET.encode())
    (path / "case.yaml").write_text(json.dumps(content()), encoding="utf-8")
    (path / "claims.yaml").write_text(json.dumps(sources()), encoding="utf-8")
    return path


def texts(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    """Everything that can be read in a file: as it is, unzipped, and as a reader of PDF sees it."""
    yield name, raw.decode("utf-8", "replace")
    if raw[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            for member in archive.infolist():
                yield f"{name}: {member.filename}", member.filename + member.comment.decode("latin-1")
                yield from texts(f"{name}: {member.filename}", archive.read(member))
    if raw[:5] == b"%PDF-":
        yield from _of_pdf(name, raw)


def _of_pdf(name: str, raw: bytes) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader
    from pypdf.generic import StreamObject

    reader = PdfReader(BytesIO(raw))
    for k, page in enumerate(reader.pages, 1):
        yield f"{name}: page {k}", page.extract_text()
    yield f"{name}: properties", str(dict(reader.metadata or {}))
    for number in range(1, len(reader.xref[0]) + 1 if 0 in reader.xref else 1):
        found = reader.get_object(number)
        yield f"{name}: object {number}", str(found)
        if isinstance(found, StreamObject):
            yield f"{name}: object {number}", found.get_data().decode("utf-8", "replace")
