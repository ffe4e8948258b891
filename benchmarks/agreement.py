"""How fast listed packages are bargained over: worths, frontier and every lens, in process.

    python -m benchmarks.agreement [NAME…]

A scenario says what each value of each issue is worth to each party. From that on everything counts:
the worth of every package, those that beat no deal for everyone, the frontier with all its packages,
and what each lens picks. Each scenario runs in a process of its own, so that its peak memory is its
own; the best of three runs counts, after one that is not counted. Seconds are of the processor:
everything runs on one core, so that a clock shows the same where nothing else does.

*Of memory* is how often the worths could have been copied from one place to another in the time of
worths and frontier: the least that anything can do that writes them down and reads them once.

Where ``make peers`` has installed NegMAS, the same scenarios run there too, in turn with ours, and the
frontiers are compared. It takes seconds to minutes of processor time, in which it finds the frontier
and four lenses on it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from math import prod
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from accordant.agreement.bargain import Bargain, Points
from benchmarks.scenarios import SCENARIOS, Scenario, case_of

ROOT = Path(__file__).parent.parent
PEERS = ROOT / ".venv-peers" / "bin" / "python"
INSTALLED = ROOT / ".venv-peers" / ".negmas"
"""Made when everything of ``make peers`` is there."""
RUNS = 3
STEPS = ("worths", "frontier", "lenses")


@dataclass(frozen=True)
class Measure:
    """What is measured, the seconds and megabytes it may take, whether NegMAS is asked as well.

    ``case``: worths are made by compiling a case, states and all, rather than from the tables alone.
    """

    title: str
    seconds: float | None = None
    megabytes: float | None = None
    peer: bool = True
    case: bool = False


MEASURES = {
    "1e5x2": Measure("10^5 packages, 2 parties"),
    "1e6x2": Measure("10^6 packages, 2 parties", 0.5, 250),
    "1e6x2-case": Measure("the same from a case", 0.5, 250, peer=False, case=True),
    "1e6x2-wide": Measure("the same, worths of 12 digits", 0.5, 250, peer=False),
    "1e6x3": Measure("10^6 packages, 3 parties"),
    "1e6x4": Measure("10^6 packages, 4 parties", 2),
    "1e6x4-case": Measure("the same from a case", 2, peer=False, case=True),
    "1e7x2": Measure("10^7 packages, 2 parties", 5, 1536, peer=False),
    "1e7x2-case": Measure("the same from a case", 5, 1536, peer=False, case=True),
    "all-3": Measure("2·10^4, all efficient, 3 parties", 0.5),
    "all-4": Measure("2·10^4, all efficient, 4 parties", 0.5),
    "all-5": Measure("2·10^4, all efficient, 5 parties", 0.5),
    "all-many-3": Measure("2·10^5, all efficient, 3 parties", peer=False),
    "all-many-5": Measure("2·10^5, all efficient, 5 parties", peer=False),
    "zero-sum": Measure("3·10^4, zero-sum, 2 parties"),
    "zero-sum-large": Measure("10^6, zero-sum, 2 parties", peer=False),
}
"""10^7 packages take NegMAS a minute and 3.3 GB: asked for by ``--all``."""


def measure(name: str) -> dict[str, Any]:
    """Seconds of each step, points, and peak memory in MB, in this process."""
    given = SCENARIOS[name.removesuffix("-case")]()
    make = from_case(given) if MEASURES[name].case else (lambda: from_tables(given))
    solved(make)  # what is compiled or read on the first call does not count
    best = {"none yet": np.inf}
    for _ in range(RUNS):
        took, found = solved(make)
        best = min(best, took, key=lambda each: sum(each.values()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    numbers = len(given.tables) * prod(len(table) for table in given.tables[0])
    points = found.worths.T.tolist()
    return {
        "seconds": best,
        "megabytes": peak,
        "points": points,
        "copy": copying(numbers),
        "numbers": numbers,
    }


def from_tables(given: Scenario) -> Bargain:
    """What every package is worth, from what the values are worth."""
    from accordant.model.sums import sums_over_product

    k, n = len(given.tables), prod(len(table) for table in given.tables[0])
    worths = np.empty((k, n), dtype=np.int64)
    for row, tables in zip(worths, given.tables, strict=True):
        sums_over_product(tables, row)
    least = tuple(given.reservations)
    return Bargain(tuple("abcdefgh"[:k]), worths, (1,) * k, least, (True,) * k, np.ones(n, dtype=bool))


def from_case(given: Scenario) -> Callable[[], Bargain]:
    """The same by way of a case, which is made here and compiled each time."""
    from accordant.agreement.numbers import NoBargain, bargain_of
    from accordant.model.compiler import Compiler

    case = case_of(given)

    def compiled() -> Bargain:
        bargain = bargain_of(Compiler(case).view())
        assert not isinstance(bargain, NoBargain)
        return bargain

    return compiled


def solved(make: Callable[[], Bargain]) -> tuple[dict[str, float], Points]:
    """The seconds that worths, frontier and lenses take, and the points of the frontier."""
    from accordant.agreement.frontier import efficient_points
    from accordant.agreement.lenses import apply, find

    took = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        start = process_time()
        result = work()
        took[step] = process_time() - start
        return result

    bargain = timed("worths", make)
    found = timed("frontier", lambda: efficient_points(bargain))
    picked = timed("lenses", lambda: [apply(lens, found.points) for lens in find()])
    assert all(len(solution.points) for solution in picked)
    return took, found.points


def copying(numbers: int) -> float:
    """Seconds to copy so many 64-bit numbers, the best of five times."""
    source, target = np.ones(numbers, dtype=np.int64), np.empty(numbers, dtype=np.int64)
    times = []
    for _ in range(6):
        start = process_time()
        np.copyto(target, source)
        times.append(process_time() - start)
    return min(times[1:])


def asked(name: str) -> dict[str, Any]:
    """The same scenario in NegMAS, in its own process."""
    script = ROOT / "benchmarks" / "peers" / "with_negmas.py"
    given = json.dumps(asdict(SCENARIOS[name]()))
    ran = subprocess.run(
        [str(PEERS), str(script)], input=given, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return dict(json.loads(ran.stdout))


def alone(name: str) -> dict[str, Any]:
    """:func:`measure` in a process of its own."""
    code = f"import json; from benchmarks.agreement import measure; print(json.dumps(measure({name!r})))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def compared(name: str, ours: dict[str, Any]) -> tuple[str, bool]:
    """How often our processor time goes into that of NegMAS, and whether the frontiers are the same."""
    theirs = asked(name)
    both = theirs["frontier"] + theirs["lenses"]
    same = sorted(ours["points"]) == theirs["points"]
    ratio = both / sum(ours["seconds"].values())
    said = f"NegMAS {both:.1f} s, {theirs['megabytes']:.0f} MB: {ratio:,.0f} times"
    return said + ("" if same else ", another frontier"), same


def shown(one: Measure, found: dict[str, Any]) -> str:
    """A row of the table."""
    took = found["seconds"]
    steps = "".join(f"{took[step]:9.3f}" for step in STEPS)
    target = f"{one.seconds:g}" if one.seconds else ""
    # what fits into the caches of the processor is not copied from memory to memory
    memory = (took["worths"] + took["frontier"]) / found["copy"]
    times = f"{memory:.0f} times" if found["numbers"] >= 2_000_000 else ""
    points = len(found["points"])
    return f"{one.title:34}{points:10,}{steps}{target:>8}{found['megabytes']:7.0f}{times:>11}"


def main(arguments: list[str]) -> int:
    """Run the scenarios and print a table; 1 if a target is missed or a frontier differs."""
    names = [a for a in arguments if not a.startswith("-")] or list(MEASURES)
    wrong = 0
    heads = "".join(f"{step:>9}" for step in STEPS)
    print(f"{'':34}{'points':>10}{heads}{'target':>8}{'MB':>7}{'of memory':>11}")
    for name in names:
        one, found = MEASURES[name], alone(name)
        took = sum(found["seconds"].values())
        late = took > (one.seconds or np.inf) or found["megabytes"] > (one.megabytes or np.inf)
        beside, same = "", True
        if INSTALLED.exists() and (one.peer or "--all" in arguments):
            beside, same = compared(name, found)
        wrong += late or not same
        print(f"{shown(one, found)}{'  missed' if late else ''}   {beside}".rstrip(), flush=True)
    if not INSTALLED.exists():
        print("NegMAS is not installed, so nothing is compared with it; try: make peers")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
