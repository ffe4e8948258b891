"""The public surface: what other people's scripts may rely on."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import accordant
from accordant.opened import OpenCase

PUBLIC = {
    "AccordantError",
    "Case",
    "CaseError",
    "CaseFolder",
    "ExpressionError",
    "FailedError",
    "InputError",
    "OpenCase",
    "Problem",
    "ReportError",
    "TooLargeError",
    "__version__",
    "check",
    "load",
    "read",
}
CALLS = {
    "states": [],
    "stability": ["concepts", "horizon", "thresholds", "coalitions", "perceived"],
    "tableau": ["concepts"],
    "hypergame": ["concepts"],
    "paths": ["to", "start", "improvements", "free", "concepts"],
    "coalitions": ["of", "concepts", "pareto", "starts", "explain", "progress"],
    "require": ["state", "concept", "party", "progress"],
    "distance": ["concepts", "states", "progress"],
    "deals": ["lenses", "weights", "top", "mixed", "epsilon"],
    "package": ["asked", "lenses", "weights"],
    "frontier": [],
    "levers": ["proposal"],
    "concessions": [],
    "divide": ["points"],
    "stages": ["proposal", "terms", "without", "progress"],
    "forecasts": ["every", "restricted"],
    "judged": [],
    "forecast": ["given", "id"],
    "settle": ["forecast", "came", "date", "says", "because"],
    "rests": ["conclusions", "without", "trying", "supports", "progress"],
    "sweep": [
        "over",
        "states",
        "limit",
        "draw",
        "seed",
        "output",
        "jobs",
        "cluster",
        "progress",
    ],
    "suppose": ["suppose", "states", "claims", "prefer", "concepts", "without", "changes", "progress"],
    "questions": ["conclusions", "without", "progress"],
    "compare": [
        *("other", "names", "match", "conclusions", "why", "restricted", "everything", "progress"),
    ],
    "freeze": ["id", "by", "note", "direction", "because", "progress"],
    "log": ["verify"],
    "since": [],
    "diff": ["old", "new", "conclusions", "why", "progress"],
    "stale": ["on", "every", "restricted", "progress"],
    "brief": ["kind", "restricted", "audience", "without"],
    "redacted": ["restricted", "audience"],
    "leaving": ["restricted", "audience"],
    "save_as": ["path", "format", "scale"],
    "tables": ["restricted"],
    "merge": ["path", "take"],
    "to_negmas": [],
    "claims": ["asked", "restricted"],
    "import_annotations": ["path"],
    "timeline": ["show", "restricted"],
    "network": ["suspected", "restricted"],
    "sources": ["restricted"],
    "parity": ["words", "restricted"],
    "links": ["again", "restricted", "progress"],
    "register": ["origin", "entry", "grade", "start", "because", "handling"],
    "grades": ["restricted"],
    "grade": ["claims", "source", "item", "because", "by"],
    "accept_grades": ["claims"],
}


def test_the_public_names_are_these_and_no_others() -> None:
    assert set(accordant.__all__) == PUBLIC
    assert set(dir(accordant)) >= PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_leads_somewhere_and_is_documented(name: str) -> None:
    found = getattr(accordant, name)
    assert name == "__version__" or inspect.getdoc(found)


@pytest.mark.parametrize("call", CALLS)
def test_every_answer_is_one_documented_call(call: str) -> None:
    function = getattr(OpenCase, call)
    assert list(inspect.signature(function).parameters)[1:] == CALLS[call]
    assert inspect.getdoc(function)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="loud"):
        accordant.loud  # noqa: B018  # the access is what is tested


def test_importing_the_package_loads_nothing_heavy() -> None:
    script = "import sys, accordant; print([m for m in ('numpy', 'numba', 'pydantic') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert ran.stdout.strip() == "[]"
