"""What leaves the terminal does so without the words of restricted claims, unless they are named.

On a person's own terminal everything is shown; JSON, CSV and files are made to be passed on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accordant.case.objects import Case
    from accordant.evidence.handling import Handling
    from accordant.reliance.result import RestsResult


def handling(case: Case, restricted: Collection[str] | None, *, leaves: bool) -> Handling:
    """What is withheld: nothing on the terminal, otherwise every restricted claim that is not named.

    Raises
    ------
    InputError
        If ``restricted`` names something that is no restricted claim of the case.
    """
    from accordant.evidence.handling import Handling

    named = Handling(case, restricted or ())
    return named if leaves else Handling.everything(case)


def released(case: Case, restricted: Collection[str] | None, *, leaves: bool) -> frozenset[str]:
    """Which restricted claims and entries may be shown; arguments and errors as for :func:`handling`."""
    return frozenset(handling(case, restricted, leaves=leaves).released)


def cleared(result: RestsResult, held: Handling) -> RestsResult:
    """The result without the words of what is withheld, and without sources that only it leads to.

    The ids of claims and the answers stay.
    """
    from accordant.evidence.handling import WITHHELD

    grounds = {
        ground: WITHHELD if ground in held.withheld else said
        for ground, said in result.grounds.items()
        if not held.origin_withheld(ground)
    }
    conclusions = tuple(
        replace(rest, without={g: s for g, s in rest.without.items() if held.tells(g, rest.falls_without)})
        for rest in result.conclusions
    )
    return replace(result, grounds=grounds, conclusions=conclusions)
