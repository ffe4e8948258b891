"""Which switches may be told of where claims are withheld.

A switch that names a source (an outlet, a report, an origin) is not told of where only withheld claims
lead to that source, nor that an answer changes without it where it is a withheld claim that makes it so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from accordant.case.switches import Switch
from accordant.evidence.handling import WITHHELD, Handling

_SOURCES = ("outlet:", "report:", "source:")


def switch_withheld(switch: Switch, held: Handling) -> bool:
    """Whether a switch names a source that only withheld claims lead to."""
    named = _names_source(switch) and held.only_withheld(switch.grounds)
    return named or any(held.origin_withheld(ground) for ground in switch.grounds)


def switch_tells(switch: Switch, changes: Collection[str], held: Handling) -> bool:
    """Whether it may be told that an answer changes without a switch, as it does without some claims.

    See :meth:`accordant.evidence.handling.Handling.tells`.
    """
    if any(not held.tells(ground, changes) for ground in switch.grounds if ground in held.case.origins):
        return False
    own = [claim for claim in changes if claim in switch.grounds]
    return not (_names_source(switch) and held.only_withheld(own))


def switch_cleared(switch: Switch, held: Handling) -> Switch:
    """A switch without the words of a withheld claim, or the numbers of those among several."""
    if switch.id in held.withheld or switch.id in {f"source:{entry}" for entry in held.entries}:
        return replace(switch, says=WITHHELD)
    if switch.grounds == {switch.id}:
        return switch
    left = held.shown(switch.left_undecided)
    return replace(switch, grounds=frozenset(held.shown(switch.grounds)), left_undecided=left)


def _names_source(switch: Switch) -> bool:
    return any(part.startswith(_SOURCES) for part in switch.parts)
