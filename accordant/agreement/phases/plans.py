"""A plan: the stages of a proposal as they are weighed, and every way in which it may have been meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import TypeVar

from accordant.agreement.phases.weighing import Days
from accordant.case.objects import Case, StateRef
from accordant.stability.explain import unknown

T = TypeVar("T")

MOST_OPEN = 6
"""Most unsure stages and terms of which every combination is looked at."""


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a plan."""

    name: str
    package: StateRef
    day: int | None = None
    event: str | None = None
    element: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Stages in their order, with the terms that are part of the deal.

    Attributes
    ----------
    held
        Values that a party could not take an issue away from once it is there: (party, issue, value).
        What a guarantee that the case does not have would do.
    added
        What would be added to a party's worth while the deal stands, by party: an inducement that the
        case does not have.
    """

    steps: tuple[Step, ...]
    terms: tuple[str, ...] = ()
    held: tuple[tuple[str, str, str], ...] = ()
    added: tuple[tuple[str, Fraction], ...] = ()

    @property
    def packages(self) -> list[StateRef]:
        """What each stage settles."""
        return [step.package for step in self.steps]

    @property
    def days(self) -> tuple[Days, ...]:
        """For each decision the days from signing to it: one before each stage, one after the last.

        The day of an event lies between the days that are given before it and after it.

        Examples
        --------
        >>> Plan((Step("a", "s1", day=3), Step("b", "s2", event="done"), Step("c", "s3", day=9))).days
        ((0, 0), (3, 3), (3, 9), (9, 9))
        """
        given = [0, *(step.day for step in self.steps)]
        found: list[Days] = []
        for k, day in enumerate(given):
            before = max(d for d in given[: k + 1] if d is not None)
            later = [d for d in given[k:] if d is not None]
            found.append((day, day) if day is not None else (before, min(later) if later else None))
        return tuple(found)


def plan_of(case: Case, proposal: str, terms: Sequence[str]) -> Plan:
    """The plan of a proposal; one without stages is carried out at once.

    Raises
    ------
    InputError
        If there is no such proposal.
    """
    if proposal not in case.proposals:
        raise unknown("proposal", proposal, tuple(case.proposals))
    made = case.proposals[proposal]
    steps = tuple(
        Step(stage.name, stage.package, stage.day, stage.event, f"proposals.{proposal}.stages.{k}")
        for k, stage in enumerate(made.stages, 1)
    )
    return Plan(steps or (Step(proposal, made.package, day=0),), tuple(terms))


def meant(plan: Plan, opened: frozenset[str]) -> tuple[list[Plan], bool]:
    """Every plan that may have been meant, the one that is written first; whether that is all of them.

    A stage that nothing stands behind may not be part of it, nor a term.
    """
    steps = [step for step in plan.steps if step.element in opened]
    terms = [term for term in plan.terms if f"terms.{term}" in opened]
    if len(steps) + len(terms) > MOST_OPEN:
        return [plan], False
    found = [
        replace(plan, steps=_kept(plan.steps, no_steps), terms=_kept(plan.terms, no_terms))
        for no_terms in _subsets(terms)
        for no_steps in _subsets(steps)
    ]
    return found, True


def _kept(some: tuple[T, ...], without: tuple[object, ...]) -> tuple[T, ...]:
    return tuple(one for one in some if one not in without)


def _subsets(some: Sequence[object]) -> Iterator[tuple[object, ...]]:
    """Every subset, the empty one first.

    Examples
    --------
    >>> list(_subsets("ab"))
    [(), ('a',), ('b',), ('a', 'b')]
    """
    for size in range(len(some) + 1):
        yield from combinations(some, size)
