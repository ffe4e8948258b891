"""The distinct orders of a party whose worths, or whose no deal, are ranges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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


def with_bounds_only(order: PartyOrder) -> PartyOrder:
    """What is left of an order whose ranges admit too many orders: its red lines."""
    return replace(order, lines=(), score=None, reservation=None) if order.ranged else order
