"""How fast frontiers are found where there are too many packages to list, in process.

    python -m benchmarks.additive [NAME…]

Worths add up over issues of ten values. What counts is the frontier from the worths of each value,
then every lens on it but fallback bargaining, which counts packages; then one package is put
together for each of a hundred points. Each scenario runs in a process of its own; the best of three
runs counts, after one that is not counted. Seconds are of the processor, on one core.

``fine`` worths are shares of a million rather than numbers up to a hundred, so that hardly any sums
are the same. ``coupled`` issues are linked by rules in chains of five. ``case`` starts at a case that
has been read; ``deals`` is everything that ``accordant deals`` answers about it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from accordant.agreement.additive import Additive, AdditiveFrontier, additive_of, frontier, make_additive
from accordant.agreement.additive.answer import large_deals
from accordant.agreement.lenses import apply, find
from accordant.case.expressions import parse
from accordant.model.compiler import Compiler
from benchmarks.scenarios import additive, case_of

ROOT = Path(__file__).parent.parent
RUNS = 3


@dataclass(frozen=True)
class Measure:
    """What is measured, and the seconds that the frontier may take; the lenses as much again."""

    title: str
    parties: int
    issues: int
    seconds: float | None = None
    kind: str = ""
    top: int = 101
    epsilon: str | None = None


MEASURES = {
    "1e30x2": Measure("10^30, 2 parties", 2, 30, 0.02),
    "1e50x2": Measure("10^50, 2 parties", 2, 50, 0.03),
    "1e30x2-fine": Measure("10^30, 2 parties, fine worths", 2, 30, 0.02, top=10**6),
    "1e50x2-fine": Measure("10^50, 2 parties, fine worths", 2, 50, 0.03, top=10**6),
    "1e30x2-coupled": Measure("10^30, 2 parties, coupled in chains of five", 2, 30, kind="coupled"),
    "1e30x2-case": Measure("10^30, 2 parties, from a case", 2, 30, kind="case"),
    "1e30x2-deals": Measure("10^30, 2 parties, all of deals", 2, 30, kind="deals"),
    "1e10x3": Measure("10^10, 3 parties", 3, 10, 0.3),
    "1e10x3-fine": Measure("10^10, 3 parties, fine worths", 3, 10, 0.3, top=10**6),
    "1e30x3": Measure("10^30, 3 parties", 3, 30, 2),
    "1e30x3-fine": Measure("10^30, 3 parties, fine worths", 3, 30, 2, top=10**6),
    "1e30x3-deals": Measure("10^30, 3 parties, all of deals", 3, 30, kind="deals"),
    "1e30x3-approximate": Measure("10^30, 3 parties, within 2 %", 3, 30, top=10**6, epsilon="1/50"),
    "1e10x4": Measure("10^10, 4 parties", 4, 10),
    "1e30x4-approximate": Measure("10^30, 4 parties, within 10 %", 4, 30, epsilon="1/10"),
}


def measure(name: str) -> dict[str, Any]:
    """Seconds, points and peak memory of one scenario, in this process."""
    wanted = MEASURES[name]
    given = additive(wanted.parties, wanted.issues, wanted.top)
    epsilon = Fraction(wanted.epsilon) if wanted.epsilon else None
    if wanted.kind == "deals":
        case = case_of(given)
        seconds, result = best(lambda: large_deals(Compiler(case)))
        points = result.fairness.points if result.fairness else 0
        return {"frontier": seconds, "points": points, "megabytes": megabytes()}
    worths = [[table[k] for table in given.tables] for k in range(wanted.issues)]
    problem = make_additive(worths, given.reservations)
    if wanted.kind == "coupled":
        problem = coupled(problem)
    if wanted.kind == "case":
        case = case_of(given)
        seconds, found = best(lambda: frontier(from_case(Compiler(case)), epsilon))
    else:
        seconds, found = best(lambda: frontier(problem, epsilon))
    lenses = [lens for lens in find(None) if lens.name != "fallback"]
    all_lenses, _ = best(lambda: [apply(lens, found.points) for lens in lenses])
    rebuilt, _ = best(lambda: rebuild(found))
    return {
        "frontier": seconds,
        "lenses": all_lenses,
        "rebuilt": rebuilt,
        "points": found.points.m,
        "slack": [float(s / max(r, 1)) for s, r in zip(found.points.slack, ranges(found), strict=True)],
        "megabytes": megabytes(),
    }


def from_case(compiler: Compiler) -> Additive:
    """The worths of a case."""
    found = additive_of(compiler)
    assert isinstance(found, Additive)
    return found


def coupled(problem: Additive) -> Additive:
    """Rules that link each issue to the next, five by five."""
    known = dict(zip(problem.issues, problem.values, strict=True))
    texts = [f"i{k} >= 5 -> i{k + 1} <= 6" for k in range(1, len(problem.issues)) if k % 5]
    return replace(problem, rules=tuple(parse(text, known) for text in texts))


def rebuild(found: AdditiveFrontier) -> list[object]:
    """One package for each of a hundred points."""
    m = found.points.m
    return [found.members(int(k), 1) for k in np.linspace(0, m - 1, min(m, 100)).astype(int)]


def ranges(found: AdditiveFrontier) -> list[int]:
    """How far each party's worth reaches above no deal on the frontier."""
    high = found.points.worths.max(axis=1, initial=0)
    return [int(h) - d for h, d in zip(high, found.points.reservations, strict=True)]


def best(work: Callable[[], Any]) -> tuple[float, Any]:
    """The least processor time of several runs after one, and what the last gave."""
    result, times = work(), []
    for _ in range(RUNS):
        start = process_time()
        result = work()
        times.append(process_time() - start)
    return min(times), result


def megabytes() -> float:
    """Peak memory of this process."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def alone(name: str) -> dict[str, Any]:
    """The same in a process that does nothing else."""
    words = [sys.executable, "-m", "benchmarks.additive", "--alone", name]
    done = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(done.stdout))


def main(names: list[str]) -> int:
    """Measure, print a table; 1 where a target is missed."""
    if names[:1] == ["--alone"]:
        print(json.dumps(measure(names[1])))
        return 0
    missed = 0
    print("| | points | target | frontier | lenses | 100 packages | peak memory |")
    print("|---|---|---|---|---|---|---|")
    for name in names or MEASURES:
        wanted, found = MEASURES[name], alone(name)
        least = wanted.seconds
        late = least is not None and (found["frontier"] > least or found["lenses"] > least)
        missed += late
        slack = max(found.get("slack") or [0.0])
        cells = [
            wanted.title,
            f"{found['points']:,}" + (f", within {slack:.1%}" if slack else ""),
            "" if least is None else f"{least} s",
            *(f"{found[k]:.4f} s" if k in found else "" for k in ("frontier", "lenses", "rebuilt")),
            f"{found['megabytes']:.0f} MB",
        ]
        print("| " + " | ".join(cells) + " |" + (" MISSED" if late else ""), flush=True)
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
