"""How many variants a second are judged, and what a million of them take.

    python -m benchmarks.sweeps [NAME…]

The case has 6 binary issues in the hands of 3 parties, so 64 states, and 3 proposals. Each variant is
judged under five concepts for four states, each proposal for every party, and its row is made. ``rows``
and ``worths`` are work in process, after what is compiled once is compiled, per second of one processor, the
best of three runs: 10,000 on each of two make 20,000 a second. ``million`` is a whole command with its file,
by the clock, once.
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
from random import Random
from time import perf_counter, process_time

from benchmarks.scenarios import SEED

ROOT = Path(__file__).parent.parent
ISSUES, PARTIES = ("u", "v", "w", "x", "y", "z"), ("a", "b", "c")
CHUNKS, RUNS = 8, 3


@dataclass(frozen=True)
class Measure:
    """What is measured, the variants a second it must reach, and the megabytes it may take."""

    title: str
    work: Callable[[], float]
    least: float
    megabytes: float


def text_of(worths: bool = False) -> str:
    """The case: priorities over all issues, or a number for each value of each issue."""
    random = Random(SEED)
    lines = ["accordant: 1", "title: benchmark", "parties: {a: {}, b: {}, c: {}}", "issues:"]
    lines += [f"  {name}: {{by: {PARTIES[k % 3]}}}" for k, name in enumerate(ISSUES)]
    lines += [f"status_quo: {{{', '.join(f'{name}: no' for name in ISSUES)}}}", "preferences:"]
    for party in PARTIES:
        order = random.sample(ISSUES, len(ISSUES))
        if worths:
            table = ", ".join(f"{name}: {{no: 0, yes: {random.randint(-9, 9)}}}" for name in ISSUES)
            lines.append(f"  {party}: {{worth: {{{table}}}}}")
        else:
            wants = ", ".join(f"{random.choice(('', 'not '))}{name}" for name in order)
            lines.append(f"  {party}: {{priorities: [{wants}]}}")
    lines.append("proposals:")
    for k in range(3):
        package = ", ".join(f"{name}: yes" for name in random.sample(ISSUES, 3))
        lines.append(f"  p{k}: {{package: {{{package}}}}}")
    return "\n".join(lines) + "\n"


def rate(over: list[str], *, worths: bool = False) -> float:
    """Variants that one processor does in a second, rows as CSV included, in this process."""
    import accordant
    from accordant.reliance.variants.evaluating import Evaluator
    from accordant.reliance.variants.planning import plan
    from accordant.reliance.variants.rows import Writer
    from accordant.reliance.variants.tallying import Tally

    with tempfile.TemporaryDirectory() as room:
        Path(room, "case.yaml").write_text(text_of(worths), encoding="utf-8")
        made = plan(accordant.load(room).compiler, over, draw=1_000_000)
    evaluator, writer = Evaluator(made, threads=False), Writer(made, "csv")
    evaluator.chunk(0)
    best = 0.0
    for run in range(RUNS):
        start = process_time()
        for number in range(run * CHUNKS, (run + 1) * CHUNKS):
            block = evaluator.chunk(number)
            writer.payload(number, block)
            Tally.of(made, block)
        best = max(best, CHUNKS * made.chunk / (process_time() - start))
    return best


def million() -> float:
    """A million variants as a command, from start to end, on both cores."""
    with tempfile.TemporaryDirectory() as room:
        Path(room, "case.yaml").write_text(text_of(), encoding="utf-8")
        words = ["sweep", room, "--over", "orders", "--draw", "1000000", "-o", f"{room}/rows.csv"]
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "accordant", *words], cwd=ROOT, check=True, capture_output=True)
        return 1_000_000 / (perf_counter() - start)


WORTHS = [f"worths:{party}:±2" for party in PARTIES]
MEASURES = {
    "rows": Measure("orders of the lines of all parties, one core", lambda: rate(["orders"]), 10_000, 400),
    "worths": Measure("worths of all parties, one core", lambda: rate(WORTHS, worths=True), 10_000, 400),
    "million": Measure("a million variants to a file, both cores", million, 20_000, 400),
}


def measure(name: str) -> dict[str, float]:
    """Variants a second, and the peak memory of this process or of the largest that it started."""
    found = MEASURES[name].work()
    who = resource.RUSAGE_CHILDREN if name == "million" else resource.RUSAGE_SELF
    return {"rate": found, "megabytes": resource.getrusage(who).ru_maxrss / 1024}


def alone(name: str) -> dict[str, float]:
    """:func:`measure` in a process of its own."""
    code = f"import json; from benchmarks.sweeps import measure; print(json.dumps(measure({name!r})))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return dict(json.loads(ran.stdout.splitlines()[-1]))


def main(arguments: list[str]) -> int:
    """Run the measures and print a table; 1 if a target is missed."""
    wrong = 0
    print(f"{'':46}{'a second':>10}{'at least':>10}{'MB':>6}{'at most':>9}")
    for name in arguments or list(MEASURES):
        one, found = MEASURES[name], alone(name)
        missed = found["rate"] < one.least or found["megabytes"] > one.megabytes
        wrong += missed
        rates = f"{found['rate']:10,.0f}{one.least:10,.0f}"
        memory = f"{found['megabytes']:6.0f}{one.megabytes:9.0f}"
        print(f"{one.title:46}{rates}{memory}{'  missed' if missed else ''}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
