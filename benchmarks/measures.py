"""What is measured: each measure prepares its work once and gives a function to be timed.

The best of several runs counts: the others measure what else the machine was doing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parent.parent
Work = Callable[[], object]


@dataclass(frozen=True)
class Measure:
    """One benchmark: what it does, and what it may take at most."""

    title: str
    prepare: Callable[[], Work]
    seconds: float
    megabytes: float | None = None
    runs: int = 3
    command: bool = False


def _command(*words: str) -> Work:
    def work() -> object:
        return subprocess.run(
            [sys.executable, "-m", "accordant", *words], cwd=ROOT, check=True, capture_output=True
        )

    return work


def _brief() -> Work:
    room = Path(tempfile.mkdtemp())
    files = ("-o", str(room / "brief.html"), "-o", str(room / "brief.md"))
    return _command("brief", "cases/january-2024", *files)


def _binary_case(parties: int, issues: int) -> Any:
    """Issues shared out among the parties, each party with twenty random priorities over all of them."""
    from random import Random

    from accordant.case.objects import Case

    random = Random(1)
    names = [f"p{k}" for k in range(parties)]

    def line() -> str:
        one, two = random.sample(range(issues), 2)
        form = random.choice(["i{} and i{}", "i{} or not i{}", "i{} -> i{}", "not i{} and not i{}"])
        return form.format(one, two)

    return Case.model_validate(
        {
            "title": "benchmark",
            "parties": {p: {} for p in names},
            "issues": {f"i{k}": {"by": names[k % parties]} for k in range(issues)},
            "status_quo": {f"i{k}": "no" for k in range(issues)},
            "preferences": {p: {"priorities": [line() for _ in range(20)]} for p in names},
        }
    )


def _stability(parties: int, issues: int) -> Work:
    from accordant.model.compiler import Compiler
    from accordant.stability.engine import judge

    view = Compiler(_binary_case(parties, issues)).view()
    model, orders = view.model, view.orders
    return lambda: judge(model, orders)


def _sixty_issues() -> Work:
    """Sixty binary issues of which few can be settled at once: a few thousand feasible states."""
    from accordant.case.objects import Case
    from accordant.model.compiler import Compiler

    groups, size = 4, 15
    issues = [f"i{k}" for k in range(groups * size)]
    chains = [f"i{k + 1} -> i{k}" for k in range(groups * size - 1) if (k + 1) % size]
    links = [f"i{size * g} -> i{size * g - size + 10}" for g in range(1, groups)]
    case = Case.model_validate(
        {
            "title": "benchmark",
            "parties": {"a": {}, "b": {}},
            "issues": {name: {"by": "ab"[k % 2]} for k, name in enumerate(issues)},
            "feasible": [*chains, *links],
            "status_quo": dict.fromkeys(issues, "no"),
            "preferences": {"a": {"priorities": issues[::-1]}, "b": {"priorities": issues}},
        }
    )

    def work() -> object:
        view = Compiler(case).view()
        return view.model.n, view.orders

    return work


MEASURES = {
    "help": Measure("accordant --help", lambda: _command("--help"), 0.3, runs=20, command=True),
    "brief": Measure("the brief of the January 2024 case, HTML and Markdown", _brief, 5, command=True),
    "states": Measure("60 binary issues with rules, to states and orders", _sixty_issues, 1),
    "medium": Measure("five concepts, 4 parties, 4,096 states", lambda: _stability(4, 12), 0.02, runs=20),
    "large": Measure("five concepts, 4 parties, 1,048,576 states", lambda: _stability(4, 20), 3, 1000),
}


def run(measure: Measure) -> dict[str, float]:
    """The best time of several runs after a first one, and the peak memory of the process."""
    work = measure.prepare()
    work()
    times = []
    for _ in range(measure.runs):
        start = perf_counter()
        work()
        times.append(perf_counter() - start)
    who = resource.RUSAGE_CHILDREN if measure.command else resource.RUSAGE_SELF
    return {"seconds": min(times), "megabytes": resource.getrusage(who).ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(run(MEASURES[sys.argv[1]])))
