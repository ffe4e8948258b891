"""Random cases and what became of them a week later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from accordant.case.base import FrozenDict
from accordant.case.objects import Case, Either, Line
from tests.model import twin as model_twin
from tests.reliance import twin

CLAIMS = ("c1", "c2", "c3", "c4")
Edit = Callable[[st.DrawFn, Case], Case]


@st.composite
def pairs(draw: st.DrawFn, most: int = 3) -> tuple[Case, Case]:
    """A small case, and the same after a few edits of the kinds that people make."""
    old = draw(twin.cases())
    new = old
    for edit in draw(st.lists(st.sampled_from(EDITS), min_size=1, max_size=most)):
        new = edit(draw, new)
    return old, new


@st.composite
def strangers(draw: st.DrawFn) -> tuple[Case, Case]:
    """Two cases that have nothing in common but some names."""
    return draw(twin.cases(held=True)), draw(twin.cases(held=True))


def _preferences(case: Case, party: str, **fields: Any) -> Case:
    preference = case.preferences[party].model_copy(update=fields)
    return case.model_copy(update={"preferences": FrozenDict({**case.preferences, party: preference})})


def _party(draw: st.DrawFn, case: Case) -> str:
    return draw(st.sampled_from(sorted(case.preferences)))


def _shuffled(draw: st.DrawFn, case: Case) -> Case:
    party = _party(draw, case)
    lines = case.preferences[party].priorities
    return (
        case if lines is None else _preferences(case, party, priorities=tuple(draw(st.permutations(lines))))
    )


def _sentence(draw: st.DrawFn, case: Case) -> str:
    return draw(model_twin.sentences({name: issue.values for name, issue in case.issues.items()})).text


def _line_added(draw: st.DrawFn, case: Case) -> Case:
    party = _party(draw, case)
    lines = list(case.preferences[party].priorities or ())
    because = tuple(draw(st.lists(st.sampled_from(CLAIMS), max_size=2, unique=True)))
    line = Line(want=_sentence(draw, case), because=because, unsure=draw(st.booleans()))
    lines.insert(draw(st.integers(0, len(lines))), line)
    return _preferences(case, party, priorities=tuple(lines))


def _line_dropped(draw: st.DrawFn, case: Case) -> Case:
    party = _party(draw, case)
    lines = list(case.preferences[party].priorities or ())
    if lines:
        lines.pop(draw(st.integers(0, len(lines) - 1)))
    return _preferences(case, party, priorities=tuple(lines))


def _grouped(draw: st.DrawFn, case: Case) -> Case:
    """The first lines put into a group, or a group taken apart."""
    party = _party(draw, case)
    lines = list(case.preferences[party].priorities or ())
    apart: list[Line] = []
    for entry in lines:
        apart += entry.either if isinstance(entry, Either) else [entry]
    if any(isinstance(entry, Either) for entry in lines) or len(apart) < 2:
        return _preferences(case, party, priorities=tuple(apart))
    return _preferences(case, party, priorities=(Either(either=tuple(apart[:2])), *apart[2:]))


def _regrounded(draw: st.DrawFn, case: Case) -> Case:
    party = _party(draw, case)
    lines = list(case.preferences[party].priorities or ())
    if lines and isinstance(lines[0], Line):
        lines[0] = lines[0].model_copy(
            update={"because": tuple(draw(st.lists(st.sampled_from(CLAIMS), max_size=2, unique=True)))}
        )
    return _preferences(case, party, priorities=tuple(lines))


def _status(draw: st.DrawFn, case: Case) -> Case:
    claim = draw(st.sampled_from(CLAIMS))
    status = draw(st.sampled_from(["open", "retracted", "confirmed"]))
    strikes = (draw(st.sampled_from(CLAIMS)),) if draw(st.booleans()) else ()
    changed = case.claims[claim].model_copy(update={"status": status, "contradicts": strikes})
    claims = FrozenDict({**case.claims, claim: changed})
    return case.model_copy(update={"sources": case.sources.model_copy(update={"claims": claims})})


def _proposed(draw: st.DrawFn, case: Case) -> Case:
    name = draw(st.sampled_from(["offer", "counter"]))
    package = FrozenDict({i: draw(st.sampled_from(issue.values)) for i, issue in case.issues.items()})
    proposal = case.proposals["offer"].model_copy(update={"package": package})
    return case.model_copy(update={"proposals": FrozenDict({**case.proposals, name: proposal})})


def _rules(draw: st.DrawFn, case: Case) -> Case:
    return case.model_copy(update={"feasible": tuple(reversed(case.feasible))[draw(st.integers(0, 1)) :]})


def _forgotten(draw: st.DrawFn, case: Case) -> Case:
    """A party of which nothing is known any more."""
    party = _party(draw, case)
    left = {name: known for name, known in case.preferences.items() if name != party}
    return case.model_copy(update={"preferences": FrozenDict(left)}) if left else case


def _renamed(draw: st.DrawFn, case: Case) -> Case:
    parties = dict(reversed(list(case.parties.items())))
    return case.model_copy(update={"title": "anew", "as_of": "2024-02", "parties": FrozenDict(parties)})


EDITS: tuple[Edit, ...] = (
    _shuffled,
    _line_added,
    _line_dropped,
    _grouped,
    _regrounded,
    _status,
    _status,
    _proposed,
    _rules,
    _forgotten,
    _renamed,
)
