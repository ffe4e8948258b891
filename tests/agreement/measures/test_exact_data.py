"""Data says numbers exactly, however long they are; pages may round, and then say so."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from accordant.agreement.analysis import analyse
from accordant.agreement.measures.concessions import concessions
from accordant.agreement.measures.dividing import divided
from accordant.agreement.measures.extremes import told
from accordant.agreement.measures.levering import levers
from accordant.case.objects import Case
from accordant.model.compiler import Compiler

SAYS = ("says", "because", "notes", "note", "about")


def numbers(data: Any, key: str = "") -> Iterator[str]:
    """Every text outside sentences."""
    if isinstance(data, dict):
        for name, inner in data.items():
            yield from numbers(inner, name)
    elif isinstance(data, list):
        for inner in data:
            yield from numbers(inner, key)
    elif isinstance(data, str) and key not in SAYS:
        yield data


@st.composite
def long_cases(draw: st.DrawFn) -> Case:
    """Worths with many digits over a divisible issue and a listed one."""
    digits = st.integers(1, 10**17).map(lambda n: f"{n}e-9")
    both = {"by": {"joint": ["a", "b"]}}
    worth = {
        p: {
            "land": {"linear": [[0, 0], [100, draw(digits) if p == "a" else f"-{draw(digits)}"]]},
            "x": {str(v): draw(digits) for v in range(4)},
        }
        for p in ("a", "b")
    }
    return Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}},
        "issues": {
            "land": {**both, "range": {"from": 0, "to": 100, "step": 25}, "divisible": True,
                     "unit": "hectares", "transfer": {"from": "b", "to": "a"}},
            "x": {**both, "values": ["0", "1", "2", "3"]},
        },
        "status_quo": {"land": "50", "x": "0"},
        "preferences": {p: {"worth": w} for p, w in worth.items()},
        "proposals": {
            "one": {"by": "a", "date": "2024-01-01", "package": {"land": "75", "x": "1"}},
            "two": {"by": "a", "date": "2024-01-02", "package": {"x": "2"}, "status": "signed"},
        },
    })  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(long_cases())
def test_no_number_in_the_data_is_rounded(case: Case) -> None:
    results = (analyse(Compiler(case)), levers(Compiler(case), "one"), concessions(Compiler(case)))
    for result in (*results, divided(Compiler(case))):
        data = result.to_json()
        for part in numbers({k: v for k, v in data.items() if k not in ("fairness", "method")}):
            assert not part.startswith("about "), part


def test_the_measure_that_takes_long_fractions_is_exact() -> None:
    both = {"by": {"joint": ["a", "b"]}, "values": ["0", "1", "2", "3"]}
    case = Case.model_validate({
        "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": both}, "status_quo": {"x": "0"},
        "preferences": {
            "a": {"worth": {"x": {"0": 0, "1": "81.5927", "2": "133.5957", "3": "152.4779"}}},
            "b": {"worth": {"x": {"0": 0, "1": "77.0003", "2": "33.0011", "3": "10.0007"}}},
        },
    })  # fmt: skip
    measures = analyse(Compiler(case)).to_json()["measures"]["opposition"]
    tops, sums = (Fraction("152.4779"), Fraction("77.0003")), (Fraction("133.5957"), Fraction("33.0011"))
    at_sum = (Fraction("81.5927"), tops[1])
    assert sum(at_sum) == Fraction("158.593") < sum(sums) == Fraction("166.5968")
    expected = sum(((1 - x / t) ** 2 for x, t in zip(sums, tops, strict=True)), start=Fraction(0))
    found = {m["name"]: m["value"] for m in measures}
    assert Fraction(found["to-maxima-at-greatest-sum"]) == expected


def test_text_of_a_long_number_reads_back_as_the_number() -> None:
    number = Fraction(7**90, 11**80)
    assert told(number) is not None
    assert Fraction(told(number) or "") == number
