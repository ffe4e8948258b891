"""The half of an opened case that answers about time: versions, what changed, what is stale, forecasts."""

from __future__ import annotations

from accordant.opened_base import OpenBase


class OpenHistory(OpenBase):
    """What an opened case was and is; :class:`accordant.opened.OpenCase` is made of it."""
