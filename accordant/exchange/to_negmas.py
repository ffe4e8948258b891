"""Handing a case to NegMAS for simulated agents, where that is installed."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from accordant.errors import FailedError, InputError
from accordant.exchange.negmas_out import contiguous
from accordant.exchange.outgoing import TABLED, Asked, Outgoing, Wants, held, outgoing

if TYPE_CHECKING:
    from accordant.opened import OpenCase


def to_negmas(opened: OpenCase) -> Any:
    """A ``negmas.Scenario`` with the worths and reservations of the case as they are written.

    Worths that add up become ``LinearAdditiveUtilityFunction``, others ``MappingUtilityFunction``. A party
    that says nothing of no deal has the reservation minus infinity, as NegMAS has it where none is given.

    Raises
    ------
    InputError
        If NegMAS is not installed, or, with every reason, if it cannot say what the case says.
    """
    made = outgoing(opened, "NegMAS")
    for one in made.parties:
        _small_enough(made, one)
    made.finish()
    try:
        from negmas import Scenario, make_issue, make_os  # type: ignore[import-not-found]
    except ImportError as error:
        if error.name != "negmas":
            raise FailedError(f"NegMAS is installed but does not start: {error}") from error
        hint = "install it beside Accordant with 'pip install negmas', or write files with --to negmas"
        raise InputError(f"NegMAS is not installed; {hint}") from None
    issues = [make_issue(_values(asked), asked.name) for asked in made.issues]
    space = make_os(issues, name=made.case.title)
    functions = tuple(_function(made, one, space) for one in made.parties)
    return Scenario(outcome_space=space, ufuns=functions, name=made.case.title)


def _small_enough(made: Outgoing, one: Wants) -> None:
    size = prod(len(asked.values) for asked in made.issues)
    if not one.additive and size > TABLED:
        message = (
            f"depends on several issues: its worths would be listed for {size:,} packages, at most {TABLED:,}"
        )
        made.say.error(("preferences", one.id), message, on_key=True)


def _values(asked: Asked) -> Any:
    if contiguous(asked):
        return int(asked.values[0]), int(asked.values[-1])
    return list(asked.values)


def _key(asked: Asked, value: str) -> Any:
    return int(value) if contiguous(asked) else value


def _function(made: Outgoing, one: Wants, space: Any) -> Any:
    from negmas.preferences import (  # type: ignore[import-not-found]
        LinearAdditiveUtilityFunction,
        MappingUtilityFunction,
    )

    no_deal = held(one, made)
    common = {
        "outcome_space": space,
        "name": one.name,
        "reserved_value": float("-inf") if no_deal is None else float(no_deal),
    }
    if one.additive:
        values = [
            {_key(asked, value): float(worth) for value, worth in one.worths[asked.id].items()}
            for asked in made.issues
        ]
        return _discounted(one, LinearAdditiveUtilityFunction(values, weights=[1.0] * len(values), **common))
    rows = product(*(range(len(asked.values)) for asked in made.issues))
    table: dict[tuple[Any, ...], Fraction] = {}
    for row in rows:
        outcome = tuple(_key(asked, asked.values[k]) for asked, k in zip(made.issues, row, strict=True))
        table[outcome] = one.worth(made.issues, row)
    worths = {outcome: float(worth) for outcome, worth in table.items()}
    return _discounted(one, MappingUtilityFunction(worths, **common))


def _discounted(one: Wants, function: Any) -> Any:
    """With a factor for waiting, worths are discounted over the whole time, and the reservation is kept."""
    if one.factor is None:
        return function
    from negmas.preferences import ExpDiscountedUFun

    return ExpDiscountedUFun(
        ufun=function,
        discount=float(one.factor),
        factor="relative_time",
        name=one.name,
        reserved_value=function.reserved_value,
        outcome_space=function.outcome_space,
    )
