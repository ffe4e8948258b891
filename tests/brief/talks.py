"""Invented talks in numbers: two parties with all that a case can say of a deal, and three parties."""

from __future__ import annotations

from typing import Any

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.opened import OpenCase


def _pay(joint: list[str]) -> dict[str, Any]:
    return {
        "name": "Rise",
        "by": {"joint": joint},
        "range": {"from": 0, "to": 10, "step": 1},
        "unit": "percent",
        "divisible": True,
    }


TWO: dict[str, Any] = {
    "title": "Wages",
    "parties": {
        "union": {"name": "Portside Union"},
        "firm": {"name": "Kestrel"},
        "envoy": {"role": "mediator", "name": "Mediation Office"},
    },
    "issues": {
        "pay": _pay(["union", "firm"]),
        "rota": {"name": "Rota", "by": {"joint": ["union", "firm"]}, "values": ["fixed", "flexible"]},
    },
    "status_quo": {"pay": 0, "rota": "fixed"},
    "preferences": {
        "union": {
            "worth": {"pay": {"linear": [[0, 0], [5, 40], [10, 50]]}, "rota": {"fixed": 0, "flexible": -8}},
            "reservation": [14, 20],
            "delay": {"cost": 1, "days": 30},
        },
        "firm": {
            "worth": {"pay": {"linear": [[0, 100], [10, 20]]}, "rota": {"fixed": 0, "flexible": 15}},
            "reservation": 60,
        },
    },
    "proposals": {
        "low": {"by": "firm", "date": "2025-04-01", "status": "tabled", "package": {"pay": 1}},
        "high": {"by": "union", "date": "2025-04-03", "status": "rejected", "package": {"pay": 9}},
        "less": {"by": "union", "date": "2025-04-09", "status": "tabled", "package": {"pay": 7}},
        "plan": {
            "by": "envoy",
            "date": "2025-05-10",
            "status": "signed",
            "stages": [
                {"name": "rise", "day": 0, "package": {"pay": 4}},
                {"name": "rota", "event": "it is drawn up", "package": {"rota": "flexible"}},
            ],
            "terms": ["escrow"],
        },
    },
    "terms": {
        "escrow": {
            "name": "Escrow account",
            "by": "envoy",
            "kind": "guarantee",
            "if": "pay >= 3",
            "worth": {"firm": 2},
            "removes": [{"party": "union", "to": "rota = fixed"}],
        }
    },
}
DAM = [dict(zip(("no", "small", "large"), w, strict=True)) for w in ((0, 20, 35), (0, 15, 10), (0, -5, -9))]
THREE: dict[str, Any] = {
    "title": "Water",
    "parties": {"up": {}, "mid": {}, "down": {}},
    "issues": {
        "share": {**_pay(["up", "mid", "down"]), "name": "Water", "unit": "million m³"},
        "dam": {"by": {"joint": ["up", "mid", "down"]}, "values": ["no", "small", "large"]},
    },
    "status_quo": {"share": 2, "dam": "no"},
    "preferences": {
        "up": {"worth": {"share": {"linear": [[0, 60], [10, 0]]}, "dam": DAM[0]}},
        "mid": {"worth": {"share": {"linear": [[0, 0], [10, 30]]}, "dam": DAM[1]}},
        "down": {"worth": {"share": {"linear": [[0, 0], [10, 70]]}, "dam": DAM[2]}},
    },
    "proposals": {"half": {"by": "mid", "package": {"share": 5, "dam": "small"}}},
}


def opened(content: dict[str, Any]) -> OpenCase:
    """The talks, open."""
    from pathlib import Path

    return OpenCase(CaseFolder(Path("talks"), Case.model_validate(content)))
