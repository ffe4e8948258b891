"""Sweeps: thousands to millions of variants of a case, one result row each, and a summary.

A *variant* is the case with something chosen for everything that is varied: which unsure lines count,
in which order a party's lines stand, what a value is worth, which rules hold, which grounds stand.
What is not varied is as the case is written. Each variant is judged as a case of its own would be.
"""

from accordant.reliance.variants.planning import Plan, plan
from accordant.reliance.variants.result import SweepResult
from accordant.reliance.variants.running import sweep

__all__ = ["Plan", "SweepResult", "plan", "sweep"]
