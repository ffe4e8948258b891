"""What goes into a .gmcr file comes out of it: states, moves, orders, verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import InputError
from accordant.exchange import Exported, Imported
from accordant.exchange.formats import Given
from accordant.exchange.gmcr import FORMAT
from accordant.exchange.gmcr_options import coded
from accordant.model.checks import check_states
from accordant.model.compiler import Compiler
from accordant.model.frame import states_of
from accordant.opened import OpenCase
from tests.exchange.gmcr_twin import Said, said
from tests.exchange.random_models import cases, files

Moves = set[tuple[int, int]]


def opened(case: Case) -> OpenCase:
    return OpenCase(CaseFolder(Path("talks"), case))


def read(text: str | bytes) -> Imported:
    return FORMAT.read(Given.of(text if isinstance(text, bytes) else text.encode(), Path("talks.gmcr")))


def case_of(found: Imported) -> Case:
    assert found.case is not None, found.problems
    return found.case


def moves_of(case: Case, number: list[int]) -> dict[str, Moves]:
    """Every party's moves, states by their numbers in the file."""
    model = Compiler(case).view().model
    found: dict[str, Moves] = {party: set() for party in model.parties}
    for mover in model.movers:
        arcs = mover.moves.arcs
        for start in range(model.n):
            for end in arcs.targets[arcs.indptr[start] : arcs.indptr[start + 1]]:
                found[model.parties[mover.parties[0]]].add((number[start], number[int(end)]))
    return found


def levels_of(case: Case, number: list[int]) -> dict[str, list[set[int]] | None]:
    view = Compiler(case).view()
    found: dict[str, list[set[int]] | None] = {}
    for party in view.parties:
        ranks = view.ranks(party)
        each = [] if ranks is None else sorted(set(ranks.tolist()), reverse=True)
        levels = [{number[int(s)] for s in np.flatnonzero(ranks == rank)} for rank in each]
        found[party] = None if ranks is None else levels
    return found


def agree(case: Case, number: list[int], names: dict[str, str], file: Said) -> None:
    """A case and what a file says are one model."""
    assert {names[p]: m for p, m in moves_of(case, number).items()} == file.moves
    assert {names[p]: m for p, m in levels_of(case, number).items()} == file.better
    space = Compiler(case).view().space
    for party, perception in case.perceptions.items():
        unseen = {number[s] for ref in perception.unseen for s in states_of(space, ref)}
        assert unseen == file.unseen[names[party]]


@given(files())
@settings(max_examples=60)
def test_a_file_is_read_as_its_definition_says(data: dict[str, object]) -> None:
    text = json.dumps(data)
    case = case_of(found := read(text))
    file = said(as_numbers(text))
    space = Compiler(case).view().space
    assert space.names == tuple(f"s{k}" for k in file.states)
    taken = {n.case: k for k, n in enumerate(n for n in found.names if n.kind == "option")}
    for k, state in file.states.items():
        values = space.values_of(k - 1)
        assert {taken[issue] for issue, value in values.items() if value == "yes"} == state
    agree(case, list(file.states), {n.case: n.file for n in found.names if n.kind == "party"}, file)


def as_numbers(text: str) -> str:
    """A file whose rankings name states by their decimals, with their numbers instead."""
    data = json.loads(text)
    states = said_states(data)
    key = "preferenceVector" if "useManualPreferenceVectors" in data else "preferenceRanking"
    given_states = {
        s for m in data["decisionMakers"] for e in m.get(key, ()) for s in (e if isinstance(e, list) else [e])
    }
    if given_states == set(states):
        number = {decimal: k for k, decimal in enumerate(states, 1)}
        for maker in data["decisionMakers"]:
            maker[key] = [[number[s] for s in e] if isinstance(e, list) else number[e] for e in maker[key]]
    return json.dumps(data)


def said_states(data: dict[str, list[object]]) -> list[int]:
    from tests.exchange.random_models import states_of as decimals

    return decimals(len(data["options"]), data["infeasibles"])


def write(case: Case) -> Exported:
    """The case as a file; cases that the format cannot say are passed over."""
    one = opened(case)
    assume(not [f for f in check_states(one.compiler) if f.severity == "error"])
    refused = {i for i, issue in case.issues.items() if coded(i, issue) is None}
    if refused:
        with pytest.raises(InputError) as caught:
            FORMAT.write(one)
        said = str(caught.value)
        assert all(
            f"issues.{i}.moves: no directions of options permit exactly these" in said for i in refused
        )
    assume(not refused)
    return FORMAT.write(one)


@given(cases())
@settings(max_examples=60)
def test_a_written_file_says_what_the_case_says(case: Case) -> None:
    made = write(case)
    number = [int(n.file) for n in made.names if n.kind == "state"]
    file = said(made.content.decode("ascii"))
    assert sorted(number) == list(file.states)
    agree(case, number, {n.case: n.file for n in made.names if n.kind == "party"}, file)


@given(cases())
@settings(max_examples=25)
def test_a_case_that_goes_there_and_back_has_the_same_verdicts(case: Case) -> None:
    made = write(case)
    back = case_of(read(made.content))
    number = {n.case: f"s{n.file}" for n in made.names if n.kind == "state"}
    there, here = opened(case).stability(), opened(back).stability()
    shown = dict(zip(opened(case).compiler.parties, opened(back).compiler.parties, strict=True))
    for name, concept in there.concepts.items():
        other = here.concepts[name]
        assert {number[s] for s in concept.equilibria} == set(other.equilibria)
        assert {number[s] for s in concept.possible_equilibria} == set(other.possible_equilibria)
        for party, stable in concept.stable.items():
            assert {number[s] for s in stable} == set(other.stable[shown[party]])


@given(files())
@settings(max_examples=30)
def test_a_file_that_is_read_and_written_is_the_same_model(data: dict[str, object]) -> None:
    first = read(json.dumps(data))
    made = FORMAT.write(opened(case_of(first)))
    again = case_of(read(made.content))
    one, two = case_of(first), again
    assert one.coalitions == two.coalitions
    assert one.perceptions.keys() == two.perceptions.keys()
    if grouped(data):  # otherwise the options are put in another order, and the states have other numbers
        assert list(one.issues) == list(two.issues)
        number = list(range(1, Compiler(one).view().space.n + 1))
        assert moves_of(one, number) == moves_of(two, number)
        assert levels_of(one, number) == levels_of(two, number)


def grouped(data: dict[str, list[dict[str, list[int]]]]) -> bool:
    """Whether the options of each decision maker stand together, in the order of the decision makers."""
    listed = [option for maker in data["decisionMakers"] for option in maker["options"]]
    return listed == sorted(listed)
