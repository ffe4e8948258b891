"""Reliance straight from its words: every setting listed, every subset of grounds tried."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from accordant.agreement import acceptable, agreements, is_agreement, possible_agreements
from accordant.case.grounds import assumptions
from accordant.case.objects import Case
from accordant.model.compiler import Compiler
from accordant.model.view import View
from accordant.reliance.conclusions import Conclusion
from accordant.stability import engine
from tests.model import twin as model_twin

ENDS = st.tuples(st.integers(0, 4), st.integers(0, 4))


def truth(compiler: Compiler, view: View, conclusion: Conclusion) -> tuple[bool, bool]:
    """Whether a conclusion must, and may, be true in one setting."""
    if conclusion.kind == "holds":
        state = view.space.numbers.get(conclusion.subject)
        if state is None:
            return False, False
        must, may = engine.equilibrium_bounds(view.model, view.orders, view.known, [conclusion.detail])[
            conclusion.detail
        ]
        return bool(must[state]), bool(may[state])
    if conclusion.kind == "agreement-exists":
        # yes if so against each state that no deal may be, though the agreement need not be the same
        apart = [compiler.view(replace(view.setting, no_deal=view.space.name(d))) for d in view.no_deal]
        return all(agreements(v).any() for v in apart), any(possible_agreements(v).any() for v in apart)
    state = view.space.numbers.get(conclusion.subject)
    if conclusion.subject in compiler.case.proposals:
        if not view.made(conclusion.subject):
            return False, False
        state = view.package(conclusion.subject).state
    if state is None:
        return False, False
    answer = (
        acceptable(view, conclusion.detail, state)
        if conclusion.kind == "acceptable"
        else is_agreement(view, state)
    )
    return answer is True, answer is not False


def status(
    compiler: Compiler, conclusion: Conclusion, taken: Iterable[str]
) -> tuple[str, tuple[int, int] | None]:
    """Always, sometimes or never once some grounds are gone, and the count."""
    space = compiler.setting_space(taken)
    every = space.settings(deals=conclusion.kind != "holds")
    found = [truth(compiler, compiler.view(s), conclusion) for s in every]
    word = (
        "always"
        if all(must for must, _ in found)
        else "sometimes"
        if any(may for _, may in found)
        else "never"
    )
    number = space.count if conclusion.kind == "holds" else space.of_packages
    assert number in (None, len(found))
    count = None if number is None else (sum(must for must, _ in found), len(found))
    return word, count


def grounds(case: Case) -> list[str]:
    """Every claim and every assumption."""
    return sorted([*case.claims, *assumptions(case)])


def minimal_breaks(compiler: Compiler, conclusion: Conclusion, most: int) -> set[tuple[str, ...]]:
    """Smallest sets of at most so many grounds whose loss changes the status."""
    base, _ = status(compiler, conclusion, ())
    found: list[frozenset[str]] = []
    for size in range(1, most + 1):
        for chosen in map(frozenset, combinations(grounds(compiler.case), size)):
            if not any(f <= chosen for f in found) and status(compiler, conclusion, chosen)[0] != base:
                found.append(chosen)
    return {tuple(sorted(f)) for f in found}


def follows_from(compiler: Compiler, conclusion: Conclusion, kept: Iterable[str]) -> bool:
    """Whether the status is the same with nothing but some grounds left."""
    taken = set(grounds(compiler.case)) - set(kept)
    return status(compiler, conclusion, taken)[0] == status(compiler, conclusion, ())[0]


@st.composite
def worths(draw: st.DrawFn, made: model_twin.Made, ranges: int = 0) -> dict[str, Any]:
    """A number for each value of each issue; for some of them the ends that it lies between."""
    found = {i: {v: draw(st.integers(0, 2)) for v in values} for i, values in made.values.items()}
    return {"worth": found | draw(some_ranges(found, ranges))}


@st.composite
def some_ranges(
    draw: st.DrawFn, worths: dict[str, dict[str, int]], most: int
) -> dict[str, dict[str, int | list[int]]]:
    """Worths at most so many of which are turned into ranges."""
    made: dict[str, dict[str, int | list[int]]] = {i: {**numbers} for i, numbers in worths.items()}
    places = [(i, value) for i, numbers in worths.items() for value in numbers]
    some = st.lists(st.sampled_from(places), max_size=most, unique=True) if most else st.just([])
    for issue, value in draw(some):
        made[issue][value] = [worths[issue][value], worths[issue][value] + draw(st.integers(1, 2))]
    return made


@st.composite
def beside(draw: st.DrawFn, made: model_twin.Made, ground: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """A term, perhaps a range, and a red line beside worths."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        number = draw(st.sampled_from([1, [-1, 1], [0, 2]]))
        found["also"] = [{"if": draw(model_twin.sentences(made.values)).text, "worth": number, **ground()}]
    if draw(st.booleans()):
        found["never"] = [{"rule": draw(model_twin.sentences(made.values)).text, **ground()}]
    return found


@st.composite
def reservations(draw: st.DrawFn, made: model_twin.Made) -> dict[str, Any]:
    """A number, a range or a state."""
    given = draw(st.sampled_from(["number", "number", "range", "state"]))
    if given == "state":
        return {"state": draw(st.sampled_from(model_twin.states(made)))}
    return {"worth": draw(st.integers(0, 4)) if given == "number" else sorted(draw(ENDS))}


@st.composite
def cases(draw: st.DrawFn, held: bool = False, ranges: int = 0) -> Case:
    """Small random cases with claims, origins, red lines, groups and unsure parts.

    With ``held`` the parties have worths, and reservations with grounds of their own; at most so many
    ``ranges`` of worths each, and then terms and red lines that may be unsure beside them.
    """
    made = draw(model_twin.cases(rules=1).filter(lambda m: len(model_twin.states(m)) <= 9))
    raw: dict[str, Any] = made.case.model_dump(by_alias=True, exclude_defaults=True, mode="json")
    names = ["c1", "c2", "c3", "c4"]
    origins = {"o1": {"kind": "described", "side": "a"}, "o2": {"kind": "named", "side": "none"}}
    claims = {
        name: {
            "report": "r1",
            "quote": "q",
            "at": [0, 1],
            "says": "q",
            "kind": "position",
            "origin": draw(st.sampled_from(["o1", "o2"])),
            "status": draw(st.sampled_from(["open", "open", "open", "retracted"])),
        }
        for name in names
    }
    if draw(st.booleans()):
        claims["c2"]["within"] = "c1"

    def ground() -> dict[str, Any]:
        how = draw(st.integers(0, 4))
        because = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
        return [
            {},
            {"assumed": "so"},
            {"because": because},
            {"because": because},
            {"because": because, "unsure": True},
        ][how]

    sure = {"because": ["c3"]}
    for issue in raw["issues"].values():
        issue.update(sure)
    raw["feasible"] = [{**rule, **ground()} for rule in raw.get("feasible", [])]
    raw["status_quo"] = {"state": raw["status_quo"]["state"], **sure}
    for preference in raw["preferences"].values():
        if held and draw(st.integers(0, 3)):
            sure_or_not = ground()
            preference["reservation"] = {**draw(reservations(made)), **ground()}
            if "state" not in preference["reservation"]:
                del preference["priorities"]
                preference.update({**draw(worths(made, ranges)), **sure_or_not})
                if ranges:
                    preference.update(draw(beside(made, ground)))
                continue
        lines = [{**line, **ground()} for line in preference.pop("priorities", [])]
        if len(lines) > 2 and draw(st.booleans()):
            lines = [lines[0], {"either": lines[1:]}]
        preference["priorities"] = lines[:3]
        if lines and draw(st.booleans()):
            wants = draw(model_twin.sentences(made.values))
            preference["never"] = [{"rule": wants.text, **ground()}]
    package = draw(st.sampled_from(model_twin.states(made)))
    raw["proposals"] = {"offer": {"package": package, **ground()}}
    reports = {"r1": {"file": "reports/r1.txt", "sha256": "0" * 64}}
    return Case.model_validate({**raw, "sources": {"reports": reports, "origins": origins, "claims": claims}})
