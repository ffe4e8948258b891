"""The shipped cases and templates, and what their answers must be."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

import accordant
from accordant.opened import OpenCase

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "cases"
TEMPLATES = ROOT / "accordant" / "case" / "templates"

PUBLISHED = ("elmira", "cuba-1962", "syria-iraq-1975")
GAMES = tuple(
    f"games/{name}"
    for name in (
        "prisoners-dilemma",
        "chicken",
        "stag-hunt",
        "battle-of-sexes",
        "no-nash-cycle",
        "meadow",
        "narrow-bridge",
        "old-rivals",
        "chicken-misperceived",
        "surprise",
    )
)
UNSURE = ("games/new-neighbour",)
WORKED = ("january-2024", "labour", "river", "supply")
OF_NUMBERS = ("valley",)
SHIPPED = (*WORKED, *OF_NUMBERS, *PUBLISHED, *GAMES, *UNSURE)
TEMPLATE_NAMES = ("ceasefire", "labour", "supply", "water")


@cache
def opened(name: str) -> OpenCase:
    """A shipped case by its folder under ``cases``; nothing is computed twice in one run."""
    return accordant.load(CASES / name)


@cache
def template(name: str) -> OpenCase:
    return accordant.load(TEMPLATES / name)


@cache
def expected(name: str) -> dict[str, Any]:
    """What ``expected.yaml`` of a case says (YAML 1.2: ``yes`` and ``no`` are words)."""
    found: dict[str, Any] = YAML(typ="safe", pure=True).load(
        (CASES / name / "expected.yaml").read_text("utf-8")
    )
    return found


@cache
def reference_models() -> tuple[dict[str, Any], ...]:
    text = (CASES / "reference" / "random-models.json").read_text("utf-8")
    return tuple(json.loads(text)["models"])
