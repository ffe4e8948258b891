"""Ids from names, and expressions as conditions."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.case.checks.names import RESERVED
from accordant.case.expressions import parse, quote
from accordant.case.objects import Case
from accordant.exchange import formats, recognise
from accordant.exchange.cubes import TooManyCubesError, cubes_of
from accordant.exchange.formats import Given
from accordant.exchange.ids import ids
from tests.exchange.random_models import expressions

ISSUES = {"a": ["no", "yes"], "b": ["u", "v", "w"], "c": ["x", "y", "z"]}


@given(
    st.lists(
        st.text(max_size=8) | st.sampled_from(["and", "none", "state", "भारत", "a\u200cb", "é", "e\u0301"]),
        max_size=6,
    )
)
@settings(max_examples=200)
def test_ids_differ_and_are_ids_of_a_case(names: list[str]) -> None:
    from accordant.case.checks import check_case

    made = ids(names, "option", RESERVED["issues"])
    assert len(set(made)) == len(names)
    assert all(quote(id_) == id_ for id_ in made)
    case = Case.model_validate(
        {"title": "t", "parties": {"p": {}}, "issues": {id_: {"by": "p"} for id_ in made}}
    )
    assert not [
        f for f in check_case(case, sources_known=True) if f.path[:1] == ("issues",) and f.severity == "error"
    ]
    assert made == ids(names, "option", RESERVED["issues"])


def test_a_name_that_is_an_id_stays_as_it_is() -> None:
    assert ids(["MoE", "Local_government", "a-b", "भारत", "2"], "party") == (
        "MoE",
        "Local_government",
        "a-b",
        "भारत",
        "2",
    )


@given(expressions(ISSUES, 4), st.booleans())
@settings(max_examples=200)
def test_cubes_are_true_exactly_where_the_expression_is(text: str, negated: bool) -> None:
    expression = parse(text, {i: tuple(v) for i, v in ISSUES.items()})
    try:
        cubes = cubes_of(expression, negated=negated)
    except TooManyCubesError:
        return
    for row in product(*(range(len(v)) for v in ISSUES.values())):
        at = dict(zip(ISSUES, row, strict=True))
        truth = bool(expression.evaluate({i: np.array([v]) for i, v in at.items()})[0])
        assert any(all(at[i] in values for i, values in cube.items()) for cube in cubes) == (truth != negated)


def test_formats_are_known_by_ending_and_by_content(tmp_path) -> None:  # type: ignore[no-untyped-def]
    model = b'\xef\xbb\xbf {"options": [], "decisionMakers": []}'
    for name, content, known in (
        ("m.json", model, True),
        ("m.GMCR", b"nothing", True),
        ("m.txt", b"Talks went on.", False),
        ("case.yaml", model, False),
        ("empty", b"", False),
    ):
        (tmp_path / name).write_bytes(content)
        assert (recognise(tmp_path / name) is not None) == known
    assert recognise(tmp_path) is None
    assert recognise(tmp_path / "no.gmcr") is not None


def test_formats_keep_the_contract() -> None:
    endings = [ending for format in formats() for ending in format.endings]
    assert len(set(endings)) == len(endings)
    for format in formats():
        assert format.name
        assert format.title
        assert all(ending.startswith(".") and ending == ending.lower() for ending in format.endings)
        assert len(set(format.scales)) == len(format.scales)
        for raw in (b"", b"\0", b"{", b"[]", b"title: t\n", b"<a>", "привет".encode("utf-16")):
            assert format.role(raw) is None
            if format.read is None:
                continue
            found = format.read(Given.of(raw, Path("x" + (*format.endings, *format.looked_at)[0])))
            assert found.case is None
            assert any(problem.severity == "error" for problem in found.problems)
