"""In how many admissible settings a state holds, beside an answer about the case as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from accordant.errors import TooLargeError
from accordant.stability import analysis

if TYPE_CHECKING:
    from accordant.model.compiler import Compiler


def in_settings(compiler: Compiler, concepts: Sequence[str]) -> Mapping[tuple[str, str], tuple[int, int]]:
    """By state and concept, the settings in which it is an equilibrium, and all.

    Nothing where there is one setting only, where a party's order is wholly unknown, or where that is
    too much to work out.
    """
    if compiler.setting_space().listed == 1:
        return {}
    try:
        result = analysis.analyse(compiler, concepts)
    except TooLargeError:
        return {}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for name, one in zip(concepts, result.concepts.values(), strict=True):
        for state, counts in (one.counts or {}).items():
            found[state, name] = (counts[0], counts[1])
    return found
