"""The distinct orders of a party whose worths, or whose no deal, are ranges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.admissible import Doubt, levels
from accordant.agreement.no_deal import NoDeal
from accordant.model.admitted import Points
from accordant.model.preferences import PartyOrder, dense
from accordant.model.settings import SettingSpace

Every: TypeAlias = Sequence[tuple[frozenset[str], Points]]
"""Settings of a party's elements that count or not, and of its ranges."""


def range_key(who: str, space: SettingSpace, *, deals: bool) -> object:
    """What the orders of somebody with ranges depend on besides their own lines; None for one without."""
    if space.ranges is None or not space.ranges.concern(who, deals):
        return None
    rules = frozenset(e for e in (*space.free, *space.out) if e.startswith("feasible."))
    return (rules, deals, deals and bool(space.anchors))


def settings_of(who: str, space: SettingSpace, *, deals: bool) -> Every | None:
    """Every setting of somebody's lines and ranges; None where there are no ranges, or too many orders."""
    if space.ranges is None or not space.ranges.concern(who, deals):
        return None
    return space.ranges.every(who, space, deals=deals)


def orders_over(
    order: PartyOrder, n: int, every: Every, lost: frozenset[str], settled: Points = ()
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The order in each setting, and which red lines count.

    Parameters
    ----------
    order
        What is known of the order over ``n`` columns.
    every
        As :func:`settings_of` gives them.
    lost
        Elements that do not count in any of them.
    settled
        The points at which ranges are in all of them.

    Returns
    -------
    ranks, red
        Shapes (settings, n) and (settings, red lines).
    """
    ranks = np.array(
        [dense(order.ranks(n, lost | off, dict((*settled, *points)))) for off, points in every],
        dtype=np.int64,
    ).reshape(len(every), n)
    red = np.array([[line.element not in off for line in order.red] for off, _ in every], dtype=bool)
    return ranks, red.reshape(len(every), len(order.red))


def doubt_over(space: SettingSpace, held: NoDeal) -> Doubt | None:
    """What is open of somebody's comparison with no deal, where its worths are ranges; otherwise None."""
    if held.order is None or not held.order.ranged or not held.order.bounded(frozenset(space.lost)):
        return None
    # what is settled not to count is taken as open here: that only widens what may be
    return Doubt(frozenset(space.free) | space.out, frozenset(space.lost))


def level_bounds(
    held: NoDeal, doubt: Doubt, columns: NDArray[np.intp], at: NDArray[np.intp]
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """The lowest and the highest level of some states against some no deals, over all numbers within ranges.

    Returns
    -------
    low, high
        Shape (no deals, columns).
    """
    ends = [levels(held, doubt, int(k)) for k in at]
    low, high = (np.stack([end[side][columns] for end in ends]) for side in (0, 1))
    return low, high
