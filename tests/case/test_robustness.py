"""Whatever is wrong in a case, it is said; nothing is ever raised but the case's own problems."""

from __future__ import annotations

import copy
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import accordant
from accordant.case.tree import grow, plain
from tests.case.casefiles import CASE, CLAIMS, REPORT

GRAPH = """\
title: A graph
parties: {a: {}, b: {}}
states: [s1, s2, s3]
moves: {a: {s1: [s2]}, b: {s2: [s3]}}
status_quo: s1
preferences: {a: {ranking: [s2, s1, s3], assumed: x}, b: {worth: {s1: 1, s2: 0.1, s3: 2}}}
proposals: {p: {package: s2}}
judgements: {j: {by: x, about: "acceptable(p, a)"}}
"""
MERGED = """\
title: t
parties: {a: {}, b: {}}
issues: {x: {by: a}, y: {by: [a, b], values: [no, some, all], moves: [[no, some]]}}
states: {gone: {x: yes}, s2: {x: no, y: all}}
status_quo: {x: no, y: no}
no_deal: {y: some}
preferences:
  a: {ranking: [gone, {x: no, y: some}, [s2, s1]], never: [x and y]}
  b: {worth: {x: {no: 1, yes: 2}, y: {no: 0, some: 0, all: 0}}, also: [{if: x, worth: 3}]}
proposals: {p: {package: {y: all}}, q: {package: gone}}
"""
BASES = [plain(tree) for text in (CASE, GRAPH, MERGED) if (tree := grow(text, "")[0])]
SOURCES = plain(tree) if (tree := grow(CLAIMS, "")[0]) else None
WORDS = [None, "", "x", "not x", "truce = lasting and", "s1", "s99", "status_quo", "c1", "yes"]
NUMBERS = ["-1", "1e400", "1e9999999", "NaN"]
SHAPES = [[], {}, ["x", ["y"]], {"x": "no"}, {"either": []}, {"joint": ["a"]}, {"state": {}}, [[], []]]
PIECES = st.sampled_from([*WORDS, *NUMBERS, *SHAPES])


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [(*path,)] * bool(path) + [p for key, part in inner for p in places(part, (*path, key))]


def broken(data: Any, draw: Any) -> Any:
    """The data with one thing in it removed, renamed or replaced."""
    data = copy.deepcopy(data)
    path = draw(st.sampled_from(places(data)))
    parent = data
    for step in path[:-1]:
        parent = parent[step]
    what = draw(st.sampled_from(["replace", "replace", "remove", "rename", "move"]))
    if what == "replace":
        parent[path[-1]] = draw(PIECES)
    elif what == "remove":
        del parent[path[-1]]
    elif what == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(["x", "note", "issues", "none", "s1", "a b", ""]))] = parent.pop(path[-1])
    else:
        parent[path[-1]] = copy.deepcopy(data)
    return data


@settings(max_examples=300)
@given(st.data())
def test_a_broken_case_is_answered_with_problems_and_nothing_else(data: st.DataObject) -> None:
    case, sources = data.draw(st.sampled_from(BASES)), SOURCES
    for _ in range(data.draw(st.integers(1, 3))):
        if data.draw(st.integers(0, 3)):
            case = broken(case, data.draw) or {"title": "t"}
        else:
            sources = broken(sources, data.draw) or {"claims": {}}
    with tempfile.TemporaryDirectory() as room:
        (Path(room) / "reports").mkdir()
        (Path(room) / "reports" / "r1.txt").write_text(REPORT)
        (Path(room) / "case.yaml").write_text(json.dumps(case, ensure_ascii=False, indent=1))
        (Path(room) / "claims.yaml").write_text(json.dumps(sources, ensure_ascii=False, indent=1))
        for problem in accordant.check(room):
            assert problem.message
            assert problem.file
            assert problem.line
