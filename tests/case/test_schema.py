from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from accordant.case.objects import Case
from accordant.case.schema import FILES, HERE, schema, text
from accordant.case.sources import Sources
from tests.case.casefiles import CASE, CLAIMS
from tests.case.written import CASES

ROOT = Path(__file__).parents[2]
SHIPPED = sorted(
    p for folder in ("cases", "accordant/case/templates") for p in (ROOT / folder).rglob("case.yaml")
)

EXAMPLE = """\
accordant: 1
title: Leaders' departure, as part of a ceasefire
as_of: 2024-01-30
parties:
  north: {name: Northern Council}
  south: {name: Southern Front}
  envoy: {name: Envoys of three states, role: mediator}
  street: {name: Families of captives, role: constituency, of: north}
issues:
  truce:     {by: {joint: [north, south]}, values: [none, pause, lasting]}
  departure: {by: south, values: [no, yes], moves: forward}
  captives:  {by: south, values: [held, some, all], moves: forward}
  passage:   {by: north}
  border:    {by: [north, south], values: [0.10, 2, 2024-01], moves: [[0.10, 2]]}
feasible:
  - {rule: departure -> passage, because: [c2]}
  - passage -> truce
status_quo: {truce: none, departure: no, captives: held, passage: no, border: 2}
no_deal: status_quo
preferences:
  south:
    priorities:
      - {want: not departure, because: [c7]}
      - {want: captives = held, assumed: bargaining chip}
      - {want: passage, unsure: true}
      - either: [{want: captives != all, because: [c8]}, {want: truce, because: [c9]}]
    never:
      - {rule: departure and truce != lasting, because: [c7]}
  north:
    worth: {truce: {none: 0, pause: 0.1, lasting: 2}}
    also: [{if: truce and passage, worth: 0.5}]
proposals:
  offer-1: {by: north, via: [envoy], date: 2024-01, status: floated, package: {departure: yes}, because: [c1]}
positions:
  south: {departure: {wants: no, interest: keep its leadership, importance: high, because: [c7]}}
relations:
  - {from: envoy, to: south, kind: channel, because: [c4]}
judgements:
  j1: {by: reporter, about: "acceptable(offer-1, south)", likelihood: unlikely, because: [c6]}
events:
  e1: {date: 2024-01, place: Doha, who: [north, envoy], what: meeting, because: [c4]}
"""
GRAPH = """\
title: A graph
parties: {a: {}, b: }
states: [s1, s2]
moves: {a: {s1: s2}, b: {s2: [s1]}}
preferences: {a: {ranking: [s2, s1]}, b: {ranking: [[s1, s2]]}}
"""


def as_an_editor_sees_it(written: str) -> Any:
    """YAML 1.2 as JSON: numbers and flags typed by their looks, dates as text."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(written), default=date.isoformat))


def mistakes(name: str, data: Any) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema(name)).iter_errors(data)]


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schema_is_that_of_the_model(name: str) -> None:
    current = (HERE / name).read_text(encoding="utf-8")
    assert current == text(name), "run: python -m accordant.case.schema"
    Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("example", [EXAMPLE, GRAPH, CASE])
def test_a_right_case_is_right_by_the_schema(example: str) -> None:
    assert mistakes("case.schema.json", as_an_editor_sees_it(example)) == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda p: p.parent.name)
def test_every_shipped_case_is_right_by_the_schema(path: Path) -> None:
    assert mistakes("case.schema.json", as_an_editor_sees_it(path.read_text(encoding="utf-8"))) == []
    claims = path.with_name("claims.yaml")
    if claims.exists():
        assert mistakes("claims.schema.json", as_an_editor_sees_it(claims.read_text(encoding="utf-8"))) == []


@given(CASES)
def test_what_the_model_takes_the_schema_takes(data: dict[str, Any]) -> None:
    Case.model_validate(data)
    data.pop("accordant", None)  # text to the reader, a number to an editor
    for part, key in _typed(data):
        part[key] = True if part[key] == "true" else int(part[key])
    assert mistakes("case.schema.json", data) == []


def _typed(data: Any) -> list[tuple[dict[str, Any], str]]:
    """The flags and whole numbers, which an editor does not see as text."""
    if isinstance(data, list):
        return [found for part in data for found in _typed(part)]
    if not isinstance(data, dict):
        return []
    own = [(data, key) for key in ("unsure", "decisive", "divisible") if data.get(key) == "true"]
    own += [(data, key) for key in ("day", "days") if isinstance(data.get(key), str)]
    return own + [found for part in data.values() for found in _typed(part)]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("role: mediator", "role: mediater", "$.parties.envoy"),
        ("role: mediator", "rol: mediator", "$.parties.envoy"),
        ("moves: forward", "moves: forwards", "$.issues.departure.moves"),
        ("passage: {by: north, ", "passage: {", "$.issues.passage"),
        ("title: ", "titel: ", "$"),
    ],
)
def test_a_mistake_is_one_by_the_schema_too(old: str, new: str, where: str) -> None:
    found = mistakes("case.schema.json", as_an_editor_sees_it(CASE.replace(old, new, 1)))
    assert found
    assert all(f.startswith(where) for f in found)


def test_a_mistake_in_the_claims_is_one_by_the_schema_too() -> None:
    assert mistakes("claims.schema.json", as_an_editor_sees_it(CLAIMS)) == []
    assert mistakes("claims.schema.json", as_an_editor_sees_it(CLAIMS.replace("offer", "ofer")))


@pytest.mark.parametrize("model", [Case, Sources])
def test_every_key_says_what_it_is_for(model: type[Case] | type[Sources]) -> None:
    name = next(n for n, (m, _) in FILES.items() if m is model)
    made = schema(name)
    for owner, part in {"file": made, **made["$defs"]}.items():
        for key, about in part["properties"].items():
            assert about.get("description"), f"{owner}.{key} has no description"
