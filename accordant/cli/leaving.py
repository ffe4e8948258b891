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


def cleared(result: RestsResult, held: Handling) -> RestsResult:
    """The result without the words of what is withheld; ids and answers stay."""
    from accordant.evidence.handling import WITHHELD

    def words(ground: str, said: str) -> str:
        return WITHHELD if ground in held.withheld or held.origin_withheld(ground) else said

    return replace(result, grounds={ground: words(ground, said) for ground, said in result.grounds.items()})
