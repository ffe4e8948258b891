"""What a case answers, and which conclusion of one case is which of another.

States are numbered anew when issues or rules change: ``s5`` of one case may be ``s4`` of the other. A
conclusion about a state is followed by what the state is: its name where the case gives it one, its values
otherwise. Of an issue that only one of the cases has, the value in the status quo is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from accordant.agreement.stands import no_deals
from accordant.model.compiler import Compiler
from accordant.reliance.analysis import default_conclusions
from accordant.reliance.conclusions import Conclusion
from accordant.reliance.result import Status
from accordant.reliance.sweep import STATUS, groups_of


@dataclass(frozen=True, slots=True)
class Answer:
    """One conclusion's status and count.

    Attributes
    ----------
    settings
        (settings in which it is true, settings); None where there is no count.
    exact
        False where not every setting was looked at.
    """

    status: Status
    settings: tuple[int, int] | None = None
    exact: bool = True

    def to_json(self) -> dict[str, Any]:
        """The answer as the documented forms of ``diff --json`` and ``compare --json`` have it."""
        settings = None if self.settings is None else list(self.settings)
        return {"status": self.status, "settings": settings, "exact": self.exact}

    @property
    def share(self) -> Fraction | None:
        """In how large a part of the settings it is true, exactly."""
        return Fraction(*self.settings) if self.settings else None

    @property
    def says(self) -> str:
        """The answer in words and counts.

        Examples
        --------
        >>> Answer("sometimes", (2, 6)).says, Answer("never", (0, 6)).says
        ('in 2 of 6', 'never')
        """
        if self.status == "sometimes" and self.settings is not None:
            return "in {} of {}".format(*self.settings)
        return self.status

    def like(self, other: Answer) -> bool:
        """Whether it is the same answer: the same status, in the same part of the settings."""
        known = self.share is not None and other.share is not None
        return self.status == other.status and (not known or self.share == other.share)


def answers(
    compiler: Compiler, conclusions: Iterable[Conclusion], *, counted: bool = True
) -> dict[Conclusion, Answer]:
    """The answer to each conclusion over all admissible settings; the status alone takes less time."""
    space = compiler.setting_space()
    found: dict[Conclusion, Answer] = {}
    compared = bool(no_deals(compiler.view()))
    for group in groups_of(compiler, conclusions):
        packages = group.topic == "packages"
        count = (space.of_packages if packages else space.count) if counted else None
        every = np.ones(len(group.conclusions), dtype=bool)
        sweep = group.sweep(space, None if count is not None else every)
        for k, conclusion in enumerate(group.conclusions):
            settings = None
            if count is not None and sweep.share is not None and (compared or not packages):
                settings = (int(sweep.share[k] * count), count)
            status: Status = STATUS[int(sweep.status[k])]  # type: ignore[assignment]
            found[conclusion] = Answer(status, settings, not (sweep.cut[k] or sweep.open[k]))
    return found


@dataclass(frozen=True, slots=True)
class State:
    """What a state is, apart from its number: the name that the case gives it, or its values."""

    name: str
    values: tuple[tuple[str, str], ...] | None


def described(compiler: Compiler, name: str) -> State:
    """What a state of a case is."""
    space = compiler.space()
    number = space.numbers[name]
    members = space.members(number)
    given = name if number in space.given else ""
    if not space.issues or len(members) != 1:
        return State(given or name, None)
    return State(given, tuple(space.values_of(number).items()))


def found_in(compiler: Compiler, state: State) -> str | None:
    """The name of a state in another case; None where it has no such state, or more than one."""
    space = compiler.space()
    if state.name and state.name in space.names.taken:
        return state.name
    if state.values is None:
        return None
    values = dict(zip(space.issues, space.values, strict=True))
    pattern = {i: v for i, v in state.values if i in values}
    if any(v not in values[i] for i, v in pattern.items()) or not pattern:
        return None
    here = {*space.state_of[space.matching(pattern)].tolist()}
    if len(here) > 1:
        start = compiler.view().status_quo
        known = {} if start is None else space.values_of(start)
        rest = {i: v for i, v in known.items() if i not in pattern and v != "*"}
        here = {*space.state_of[space.matching({**rest, **pattern})].tolist()}
    return space.name(here.pop()) if len(here) == 1 else None


@dataclass(frozen=True, slots=True)
class Followed:
    """One conclusion through several cases.

    Attributes
    ----------
    old, new
        The conclusion in each case, as it is written there; None where it cannot be drawn.
    state
        Of a conclusion about a state, what the state is.
    """

    old: Conclusion | None
    new: Conclusion | None
    state: State | None = None

    @property
    def shown(self) -> Conclusion:
        """The conclusion as the new case writes it, else as the old one did."""
        found = self.new or self.old
        assert found is not None
        return found

    def inside(self, compiler: Compiler) -> Conclusion | None:
        """The same conclusion in another case; None where it cannot be drawn there."""
        return carried(self.shown, self.state, compiler)


def carried(conclusion: Conclusion, state: State | None, compiler: Compiler) -> Conclusion | None:
    """A conclusion as another case writes it; None where it cannot be drawn there."""
    case = compiler.case
    if conclusion.kind == "acceptable":
        party = case.parties.get(conclusion.detail)
        if party is None or party.role != "party":
            return None
    if conclusion.kind == "agreement-exists" or conclusion.subject in case.proposals:
        return conclusion if conclusion.kind != "holds" else _about(conclusion, state, compiler)
    return _about(conclusion, state, compiler)


def _about(conclusion: Conclusion, state: State | None, compiler: Compiler) -> Conclusion | None:
    name = None if state is None else found_in(compiler, state)
    return None if name is None else Conclusion(conclusion.kind, name, conclusion.detail)


def followed(
    old: Compiler, new: Compiler, before: Iterable[Conclusion], after: Iterable[Conclusion]
) -> tuple[Followed, ...]:
    """Conclusions of two cases side by side: those of the new one first, each once."""
    made: dict[tuple[Conclusion | None, Conclusion | None], Followed] = {}
    for conclusion in after:
        state = _state(new, conclusion)
        one = Followed(carried(conclusion, state, old), conclusion, state)
        made.setdefault((one.old, one.new), one)
    known = {one.old for one in made.values()}
    for conclusion in before:
        if conclusion not in known:
            state = _state(old, conclusion)
            one = Followed(conclusion, carried(conclusion, state, new), state)
            made.setdefault((one.old, one.new), one)
    return tuple(made.values())


def _state(compiler: Compiler, conclusion: Conclusion) -> State | None:
    proposed = conclusion.subject in compiler.case.proposals and conclusion.kind != "holds"
    return None if proposed or not conclusion.subject else described(compiler, conclusion.subject)


def drawn(compiler: Compiler, notes: list[str]) -> list[Conclusion]:
    """The conclusions that are drawn by default; ``notes`` takes what was left out."""
    return default_conclusions(compiler, frozenset(), notes)


def sides(
    compiler: Compiler, wanted: Mapping[Followed, Conclusion | None], *, counted: bool = True
) -> dict[Followed, Answer | None]:
    """The answers to followed conclusions in one case; None where one cannot be drawn there."""
    found = answers(compiler, [c for c in wanted.values() if c is not None], counted=counted)
    return {one: None if c is None else found[c] for one, c in wanted.items()}
