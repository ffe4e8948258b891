"""docs/case-format.md says everything about every key, and its example is a case."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest

from accordant.case.base import Assumption, Grounded, Node
from accordant.case.checks.names import RESERVED
from accordant.case.folder import examine
from accordant.case.objects import (
    Anchor,
    Attitude,
    Case,
    Commitment,
    Delay,
    Either,
    Event,
    HalfLife,
    Issue,
    Joint,
    Judgement,
    Line,
    Linear,
    Outcome,
    Party,
    Perception,
    Position,
    Preference,
    Proposal,
    Range,
    RedLine,
    Relation,
    Removal,
    Reservation,
    Rule,
    Stage,
    Term,
    Transfer,
)
from accordant.case.schema import FILES, schema
from accordant.case.sources import Claim, Origin, Registered, Reliability, Report, Sources

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "case-format.md").read_text(encoding="utf-8")
SECTIONS: dict[type[Node], str] = {
    Case: "case.yaml",
    HalfLife: "Half-life",
    Party: "Parties",
    Issue: "Issues",
    Joint: "Issues",
    Range: "Numeric issues",
    Transfer: "Numeric issues",
    Rule: "Rules",
    Anchor: "Status quo and no deal",
    Preference: "Preferences",
    Line: "Preferences",
    RedLine: "Preferences",
    Either: "Preferences",
    Term: "Preferences",
    Linear: "Worths",
    Reservation: "Worths",
    Delay: "Worths",
    Perception: "Perceptions",
    Proposal: "Proposals",
    Stage: "Proposals",
    Commitment: "Terms",
    Removal: "Terms",
    Position: "Positions",
    Relation: "Relations",
    Judgement: "Judgements",
    Outcome: "Judgements",
    Event: "Events",
    Assumption: "Grounds",
    Grounded: "Grounds",
    Sources: "claims.yaml",
    Report: "Reports",
    Origin: "Origins",
    Claim: "Claims",
    Registered: "Register",
    Reliability: "Register",
}


def section(title: str) -> str:
    match = re.search(rf"^##+ {re.escape(title)}\n(.*?)(?=^##+ |\Z)", PAGE, re.M | re.S)
    assert match, f"there is no section {title}"
    return match[1]


@pytest.mark.parametrize("model", SECTIONS, ids=lambda m: m.__name__)
def test_every_key_is_documented_where_it_belongs(model: type[Node]) -> None:
    text = section(SECTIONS[model])
    keys = {field.alias or name for name, field in model.model_fields.items() if not field.exclude}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_every_part_of_the_format_has_a_section() -> None:
    known = {model.__name__ for model in SECTIONS}
    parts = {name for file in FILES for name in schema(file)["$defs"]}
    assert parts <= known


@pytest.mark.parametrize("model", SECTIONS, ids=lambda m: m.__name__)
def test_no_key_is_documented_that_is_not_there(model: type[Node]) -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section(SECTIONS[model]), re.M)
    documented = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
    shared = [m for m, title in SECTIONS.items() if title == SECTIONS[model]]
    known = {f.alias or n for m in shared for n, f in m.model_fields.items()}
    assert documented <= known


def test_every_choice_is_documented() -> None:
    for file in FILES:
        for name, part in schema(file)["$defs"].items():
            model = next(m for m in SECTIONS if m.__name__ == name)
            for about in part["properties"].values():
                for choice in about.get("enum", []):
                    assert f"`{choice}`" in section(SECTIONS[model]), choice


def test_reserved_ids_are_documented() -> None:
    text = section("Ids") + section("Grounds")
    words = {word for section_ in RESERVED.values() for word in section_}
    assert {word for word in words if f"`{word}`" not in text} == set()


def test_the_example_is_a_case(tmp_path: Path) -> None:
    case, claims = re.findall(r"^```yaml\n(.*?)^```", section("A whole case"), re.M | re.S)
    (tmp_path / "case.yaml").write_text(case, encoding="utf-8")
    (tmp_path / "claims.yaml").write_text(claims, encoding="utf-8")
    found = examine(tmp_path).in_order()
    # The page does not show the report, and the claims' places in it cannot be checked.
    assert [p.path for p in found] == ["reports.r1.file"], [str(p) for p in found]


def test_the_example_with_every_kind_of_preference_is_the_case_that_is_shipped() -> None:
    (shown,) = re.findall(r"^```yaml\n(.*?)^```", section("All of these in one case"), re.M | re.S)
    folder = DOCS / "examples" / "well"
    assert shown == (folder / "case.yaml").read_text(encoding="utf-8")
    assert examine(folder).in_order() == ()


def test_every_attitude_is_documented() -> None:
    assert {a for a in get_args(Attitude) if f"`{a}`" not in section("Attitudes")} == set()


def test_every_link_leads_somewhere() -> None:
    anchors = {
        re.sub(r"[^\w -]", "", h).lower().replace(" ", "-") for h in re.findall(r"^##+ (.*)$", PAGE, re.M)
    }
    assert set(re.findall(r"\]\(#([^)]*)\)", PAGE)) <= anchors
