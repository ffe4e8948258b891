"""How fast packages are compared with no deal: three parties, twenty binary issues, 1,048,576 states.

    python -m benchmarks.deals

Each case runs in a process of its own, so that its peak memory is its own. Times are of the second
run of each step on one compiled model; compiling is told apart. Preferences are priorities as cases
have them, worths at random (hardly any ties, so that hundreds of agreements are efficient), and
priorities of which some are unsure, so that every answer is about many settings.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
ISSUES = [f"i{k}" for k in range(20)]
PARTIES = ("a", "b", "c")
SEED = 20240130


def priorities(unsure: int) -> dict[str, Any]:
    """Eight lines for each party, each about two issues; the last ones of the first party unsure."""
    rng = np.random.default_rng(SEED)
    found: dict[str, Any] = {}
    for party in PARTIES:
        pairs = rng.choice(20, size=(8, 2))
        lines: list[Any] = [f"i{x} or i{y}" if k % 2 else f"i{x} and i{y}" for k, (x, y) in enumerate(pairs)]
        if party == "a" and unsure:
            lines[-unsure:] = [{"want": line, "unsure": True} for line in lines[-unsure:]]
        found[party] = {"priorities": lines}
    return found


def worths() -> dict[str, Any]:
    """A number for each issue: some are worth giving away for others."""
    rng = np.random.default_rng(SEED)
    numbers = rng.integers(-1000, 1500, size=(3, 20))
    return {
        party: {"worth": {i: {"no": "0", "yes": str(n)} for i, n in zip(ISSUES, row, strict=True)}}
        for party, row in zip(PARTIES, numbers.tolist(), strict=True)
    }


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "priorities": lambda: priorities(0),
    "worths": worths,
    "priorities, 4 unsure": lambda: priorities(4),
}


def measure(name: str) -> dict[str, Any]:
    """Seconds of each step, what was found, and peak memory in MB."""
    from accordant.agreement import agreements, analyse, efficient_agreements
    from accordant.agreement.levers import smallest_changes
    from accordant.case.objects import Case
    from accordant.model.compiler import Compiler

    preferences = CASES[name]()
    refused = {f"i{k}": "yes" for k in range(10)}
    case = Case.model_validate(
        {
            "title": name,
            "parties": {p: {} for p in PARTIES},
            "issues": {i: {"by": PARTIES[k % 3]} for k, i in enumerate(ISSUES)},
            "status_quo": {i: "yes" if k % 3 == 0 else "no" for k, i in enumerate(ISSUES)},
            "preferences": preferences,
            "proposals": {"p": {"package": refused}},
        }
    )
    start = perf_counter()
    compiler = Compiler(case)
    view = compiler.view()
    assert len(view.orders)
    took = {"compile": perf_counter() - start}
    wanted = agreements(view)
    steps: dict[str, Callable[[], Any]] = {
        "agreements": lambda: agreements(view),
        "efficient": lambda: efficient_agreements(view),
        "levers": lambda: smallest_changes(view, "p", wanted),
        "deals": lambda: analyse(compiler),
    }
    for step, work in steps.items():
        work()
        start = perf_counter()
        result = work()
        took[step] = perf_counter() - start
    return {
        "seconds": took,
        "agreements": result.possible,
        "efficient": result.efficient_count,
        "settings": result.method.settings,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Run every case and print a table."""
    from rich.console import Console
    from rich.table import Table

    steps = ("compile", "agreements", "efficient", "levers", "deals")
    table = Table("preferences", "settings", "agreements", "efficient ones", *steps, "MB")
    for name in CASES:
        code = f"import json; from benchmarks.deals import measure; print(json.dumps(measure({name!r})))"
        ran = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
        )
        found = json.loads(ran.stdout.splitlines()[-1])
        counts = (f"{found[k]:,}" for k in ("settings", "agreements", "efficient"))
        table.add_row(
            name, *counts, *(f"{found['seconds'][s]:.2f}" for s in steps), f"{found['megabytes']:.0f}"
        )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
