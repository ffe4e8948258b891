"""What if: something is supposed, and what else must change with it."""

from accordant.reliance.supposing.analysis import what_if
from accordant.reliance.supposing.result import Shift, Step, Supposed, Way, Ways, WhatIfResult

__all__ = ["Shift", "Step", "Supposed", "Way", "Ways", "WhatIfResult", "what_if"]
