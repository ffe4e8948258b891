"""The same scenario in NegMAS, run by the Python of ``make peers``: processor seconds, megabytes, points.

Reads a scenario as JSON from the standard input, writes what was measured as JSON to the standard output.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
from collections.abc import Callable
from time import process_time
from typing import Any


def main() -> None:
    """The frontier, then the lenses on it; building issues and utility functions does not count."""
    warnings.simplefilter("ignore")
    from negmas import __version__ as version
    from negmas.preferences import ops

    given = json.load(sys.stdin)
    issues, ufuns = built(given["tables"], given["reservations"])
    took: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        start = process_time()
        result = work()
        took[step] = process_time() - start
        return result

    points, _ = timed("frontier", lambda: ops.pareto_frontier(ufuns, issues=issues))
    for lens in ("nash_points", "kalai_points", "ks_points", "max_welfare_points"):
        timed(lens, lambda lens=lens: getattr(ops, lens)(ufuns, points, issues=issues))
    json.dump(
        {
            "version": version,
            "frontier": took.pop("frontier"),
            "lenses": sum(took.values()),
            "points": sorted({tuple(round(x) for x in point) for point in points}),
            "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        },
        sys.stdout,
    )


def built(tables: list[list[list[int]]], reservations: list[int]) -> tuple[list[Any], list[Any]]:
    """Issues and linear additive utility functions without weights, as the scenario has them."""
    from negmas import LinearAdditiveUtilityFunction, make_issue

    issues = [
        make_issue([f"v{v}" for v in range(len(table))], name=f"i{k}") for k, table in enumerate(tables[0])
    ]
    ufuns = [
        LinearAdditiveUtilityFunction(
            values={
                f"i{k}": {f"v{v}": float(worth) for v, worth in enumerate(table)}
                for k, table in enumerate(of_party)
            },
            issues=issues,
            reserved_value=float(least),
        )
        for of_party, least in zip(tables, reservations, strict=True)
    ]
    return issues, ufuns


if __name__ == "__main__":
    main()
