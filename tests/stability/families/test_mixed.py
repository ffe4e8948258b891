"""Mixed concepts: every party's row is the one that its own concept gives it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import accordant
from accordant.errors import InputError
from accordant.stability.concepts import CONCEPTS
from accordant.stability.further import Options, find_any

CASES = Path(__file__).parents[3] / "cases"
NAMES = [*CONCEPTS, "mr2", "mr4", "sim"]
PARTIES = ("MoE", "UR", "LG")
ELMIRA = accordant.load(CASES / "elmira")


@given(st.tuples(*(st.sampled_from(NAMES) for _ in PARTIES)))
def test_each_party_goes_by_its_own_concept(chosen: tuple[str, ...]) -> None:
    name = ",".join(f"{p}={c}" for p, c in zip(PARTIES, chosen, strict=True))
    mixed = ELMIRA.stability([name]).concepts[name]
    alone = ELMIRA.stability(NAMES).concepts
    rows = []
    for party, concept in zip(PARTIES, chosen, strict=True):
        assert list(mixed.stable[party]) == list(alone[concept].stable[party])
        rows.append(set(mixed.stable[party]))
    assert set(mixed.equilibria) == set.intersection(*rows)


@pytest.mark.parametrize("concept", CONCEPTS)
def test_one_concept_for_all_is_that_concept_over_every_setting(concept: str) -> None:
    case = accordant.load(CASES / "january-2024")
    plain, mixed = case.stability([concept, f"israel={concept},hamas={concept}"]).concepts.values()
    assert plain.equilibria == mixed.equilibria
    assert plain.possible_equilibria == mixed.possible_equilibria
    assert plain.counts is not None
    assert mixed.counts is not None
    assert dict(plain.counts) == dict(mixed.counts)


def test_unknown_orders_are_judged_as_far_as_the_concepts_can() -> None:
    case = accordant.load(CASES / "river")
    parties = case.stability(["nash"]).parties
    name = ",".join(f"{p}=seq" for p in parties)
    plain, mixed = case.stability(["seq", name]).concepts.values()
    for party in parties:
        assert list(plain.stable[party]) == list(mixed.stable[party])
        assert list(plain.possible[party]) == list(mixed.possible[party])
    with pytest.raises(InputError, match="needs the order of every party"):
        case.stability([",".join(f"{p}=sim" for p in parties)])


def test_the_explanation_is_that_of_the_partys_concept() -> None:
    result = ELMIRA.stability(["MoE=nash,UR=seq,LG=gmr", "gmr"])
    mixed, plain = (result.explain("s1", "LG", name) for name in result.concepts)
    assert mixed.sentence == plain.sentence
    assert mixed.stable


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("MoE=nash", "no concept is given for UR, LG"),
        ("MoE=nash,UR=seq,LG=gmr,XX=nash", "there is no party 'XX'"),
        ("MoE=nash,MoE=seq", "gives MoE two concepts"),
        ("MoE=nassh,UR=seq,LG=gmr", "did you mean 'nash'"),
        ("MoE=,UR=seq", "not of the form party=concept"),
        ("MoE=fuzzy-nash,UR=seq,LG=gmr", "cannot be mixed"),
    ],
)
def test_what_is_wrong_with_a_mixture_is_said(name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ELMIRA.stability([name])


def test_a_mixture_can_hold_concepts_with_a_horizon() -> None:
    (concept,) = find_any(["row=limited,column=nash"], Options.of(3, {}))
    assert concept.name == "row=l3,column=nash"
    chicken = accordant.load(CASES / "games" / "chicken").stability(["row=limited,column=nash"], horizon=3)
    (found,) = chicken.concepts.values()
    ends = accordant.load(CASES / "games" / "chicken").stability(["l3", "nash"]).concepts
    assert list(found.stable["row"]) == list(ends["l3"].stable["row"])
    assert np.array_equal(list(found.stable["column"]), list(ends["nash"].stable["column"]))
