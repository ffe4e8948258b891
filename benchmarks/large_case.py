"""A made-up case of so many claims, as analysts build them: every line, position and event stands on some."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from random import Random
from typing import Any

PARTIES = ("north", "south", "east", "west")
MEDIATOR = "office"
ISSUES = {
    "truce": ("none", "pause", "lasting"),
    "captives": ("held", "all"),
    "passage": ("no", "yes"),
    "ports": ("closed", "open"),
    "levy": ("no", "yes"),
    "observers": ("none", "many"),
}
KINDS = ("position", "interest", "preference", "offer", "red-line", "assessment", "contact", "constituency")
REPORTS = 10


def write(folder: Path, claims: int = 200, seed: int = 1) -> Path:
    """Write the case into ``folder``, which is made; the same numbers give the same case."""
    draw = Random(seed)
    (folder / "reports").mkdir(parents=True)
    sources = _sources(folder, claims, draw)
    ids = list(sources["claims"])
    given = {
        "accordant": 1,
        "title": "Harbours and passage between four towns",
        "question": "Which of the papers on the table could be agreed, and would it last?",
        "as_of": "2025-03-31",
        "parties": _parties(),
        "issues": _issues(ids, draw),
        "status_quo": {"state": {issue: values[0] for issue, values in ISSUES.items()}, "because": ids[:1]},
        "no_deal": {"state": "status_quo", "assumed": "things go on as they are"},
        "preferences": {party: {"priorities": _lines(ids, draw)} for party in PARTIES},
        "proposals": {f"paper-{k}": _proposal(k, ids, draw) for k in range(1, 7)},
        "positions": {party: _positions(ids, draw) for party in PARTIES},
        "events": {f"e{k}": _event(k, ids, draw) for k in range(1, 31)},
    }
    (folder / "case.yaml").write_text(json.dumps(given, indent=1), encoding="utf-8")
    (folder / "claims.yaml").write_text(json.dumps(sources, indent=1), encoding="utf-8")
    return folder


def _parties() -> dict[str, Any]:
    found: dict[str, Any] = {
        p: {"name": f"{p.title()} Town", "aliases": [f"the {p}ern town"]} for p in PARTIES
    }
    return {**found, MEDIATOR: {"name": "Office of the mediator", "role": "mediator"}}


def _issues(ids: list[str], draw: Random) -> dict[str, Any]:
    return {
        issue: {
            "name": issue.title(),
            "by": PARTIES[k % 4],
            "values": list(values),
            "because": _some(ids, draw),
        }
        for k, (issue, values) in enumerate(ISSUES.items())
    }


def _some(ids: list[str], draw: Random) -> list[str]:
    return sorted(draw.sample(ids, draw.randint(1, 2)), key=ids.index)


def _lines(ids: list[str], draw: Random) -> list[dict[str, Any]]:
    """An order of the issues, with a wish on each; a few lines may or may not matter."""
    lines = []
    for issue in draw.sample(list(ISSUES), len(ISSUES)):
        line: dict[str, Any] = {
            "want": f"{issue} = {draw.choice(ISSUES[issue])}",
            "because": _some(ids, draw),
        }
        lines.append(line | ({"unsure": True} if draw.random() < 0.04 else {}))
    return lines


def _proposal(number: int, ids: list[str], draw: Random) -> dict[str, Any]:
    package = {issue: draw.choice(values) for issue, values in ISSUES.items()}
    return {
        "by": PARTIES[number % 4],
        "via": MEDIATOR,
        "to": [p for p in PARTIES if p != PARTIES[number % 4]],
        "date": f"2025-03-{number * 4:02}",
        "status": "floated",
        "package": package,
        "because": _some(ids, draw),
    }


def _positions(ids: list[str], draw: Random) -> dict[str, Any]:
    return {
        issue: {
            "wants": draw.choice(values),
            "interest": f"that its people can rely on the {issue}",
            "because": _some(ids, draw),
        }
        for issue, values in ISSUES.items()
        if draw.random() < 0.9
    }


def _event(number: int, ids: list[str], draw: Random) -> dict[str, Any]:
    one, other = draw.sample(PARTIES, 2)
    return {
        "what": f"People from {one} and {other} met for the {number}th time",
        "date": f"2025-{1 + number // 11:02}-{1 + (number * 7) % 28:02}",
        "who": [one, other],
        "because": _some(ids, draw),
    }


def _sources(folder: Path, claims: int, draw: Random) -> dict[str, Any]:
    """Reports of whole sentences, a claim each, from people with and without a name."""
    origins: dict[str, Any] = {}
    for k in range(claims // 4):
        if k % 3:
            origins[f"person-{k}"] = {
                "kind": "named",
                "name": f"Ilan Renn {k}",
                "words": f"Ilan Renn {k}, who was there",
            }
        else:
            origins[f"group-{k}"] = {
                "kind": "described",
                "words": f"{2 + k % 3} people at meeting {k}",
                "count": 2 + k % 3,
            }
    found: dict[str, Any] = {"reports": {}, "origins": origins, "claims": {}}
    for r in range(REPORTS):
        texts = [_sentence(n, draw) for n in range(r, claims, REPORTS)]
        report = "".join(f"{before}{quote}, it was said on that day.\n\n" for before, quote in texts)
        (folder / "reports" / f"r{r}.txt").write_bytes(report.encode())
        found["reports"][f"r{r}"] = {
            "file": f"reports/r{r}.txt",
            "sha256": hashlib.sha256(report.encode()).hexdigest(),
            "outlet": f"Harbour Post {r % 4}",
            "published": f"2025-03-{1 + r * 3:02}",
        }
        _claims(found, f"r{r}", r, report, texts, draw)
    found["claims"] = dict(sorted(found["claims"].items(), key=lambda item: int(item[0][1:])))
    return found


def _sentence(number: int, draw: Random) -> tuple[str, str]:
    party, issue = draw.choice(PARTIES), draw.choice(list(ISSUES))
    return (
        f"On day {number}: ",
        f"{party.title()} Town spoke of {issue} for the {number}th time and would not say more",
    )


def _claims(found: dict[str, Any], report: str, first: int, text: str, texts: Any, draw: Random) -> None:
    for k, (_, quote) in enumerate(texts):
        start = text.index(quote)
        origin = draw.choice(list(found["origins"]))
        found["claims"][f"c{first + k * REPORTS + 1}"] = {
            "report": report,
            "quote": quote,
            "at": [start, start + len(quote)],
            "says": f"{quote}.",
            "kind": draw.choice(KINDS),
            "by": draw.choice(PARTIES),
            "origin": origin,
            "attribution": found["origins"][origin]["kind"],
            "grade": draw.choice("ABCDEF") + draw.choice("3456"),
        }
