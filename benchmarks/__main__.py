"""How fast the program is as a person meets it, then how fast the engine is.

    python -m benchmarks

The best of several runs counts, after one that is not counted: the others measure what else the
machine was doing. Peak memory is that of a process that does nothing else.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Measure:
    """What is measured, the seconds it may take, and how often it runs."""

    title: str
    work: Callable[[], object]
    seconds: float
    runs: int = 3


def command(*words: str) -> Callable[[], object]:
    """A whole command, from the start of the process to its end."""
    return lambda: subprocess.run(
        [sys.executable, "-m", "accordant", *words], cwd=ROOT, check=True, capture_output=True
    )


def brief() -> object:
    """The brief of the shipped case, in both forms."""
    with tempfile.TemporaryDirectory() as room:
        files = ("-o", f"{room}/brief.html", "-o", f"{room}/brief.md")
        return command("brief", "cases/january-2024", *files)()


def sixty_issues() -> object:
    """Sixty binary issues in four chains with links: 2,341 feasible states of 2^60 combinations."""
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
    view = Compiler(case).view()
    return view.model.n, view.orders


def of_a_million(*words: str) -> Callable[[], object]:
    """A command on a case of 20 binary issues in the hands of 4 parties: 1,048,576 states."""

    def run() -> object:
        with tempfile.TemporaryDirectory() as room:
            Path(room, "case.yaml").write_text(million(), encoding="utf-8")
            return command(words[0], room, *(word.format(room=room) for word in words[1:]))()

    return run


def million() -> str:
    """The case: each party holds every fourth issue, and orders all of them in its own way."""
    issues, random = [f"i{k}" for k in range(20)], Random(1)
    lines = ["accordant: 1", "title: benchmark", "parties: {a: {}, b: {}, c: {}, d: {}}", "issues:"]
    lines += [f"  {name}: {{by: {'abcd'[k % 4]}}}" for k, name in enumerate(issues)]
    lines += ["status_quo:", *(f"  {name}: no" for name in issues), "preferences:"]
    for party in "abcd":
        order = random.sample(issues, len(issues))
        lines += [f"  {party}:", "    priorities:"]
        lines += [f"      - {random.choice(('', 'not '))}{name}" for name in order]
    return "\n".join(lines) + "\n"


MEASURES = {
    "help": Measure("accordant --help", command("--help"), 0.3, 20),
    "brief": Measure("the brief of the January 2024 case, as HTML and Markdown", brief, 5),
    "rests": Measure("accordant rests on the same case", command("rests", "cases/january-2024"), 10),
    "states": Measure("60 binary issues with rules, to states and orders", sixty_issues, 1),
    "check-million": Measure("accordant check on a case of 1,048,576 states", of_a_million("check"), 3),
    "states-million": Measure("accordant states --rows 1 on it", of_a_million("states", "--rows", "1"), 4),
    "stability-million": Measure("accordant stability on it", of_a_million("stability"), 6),
    "explain-million": Measure(
        "accordant stability --concept sim --explain on it",
        of_a_million("stability", "--concept", "sim", "--explain", "s5", "b"),
        6,
    ),
    "csv-million": Measure(
        "accordant stability -o result.csv on it", of_a_million("stability", "-o", "{room}/result.csv"), 15, 1
    ),
    "json-million": Measure(
        "accordant stability -o result.json on it",
        of_a_million("stability", "-o", "{room}/result.json"),
        20,
        1,
    ),
}


def main(names: list[str]) -> int:
    """Measure and print a table; 1 if a target is missed."""
    missed = 0
    print(f"{'':72}{'seconds':>9}{'target':>8}{'MB':>7}")
    for name in names or MEASURES:
        measure = MEASURES[name]
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks", "--alone", name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        seconds, megabytes = json.loads(ran.stdout)
        late = seconds > measure.seconds
        missed += late
        print(
            f"{measure.title:72}{seconds:9.3f}{measure.seconds:8g}{megabytes:7.0f}"
            + ("  missed" if late else ""),
            flush=True,
        )
    return 1 if missed else 0


def alone(measure: Measure) -> tuple[float, float]:
    """The best seconds of several runs, and the peak megabytes of this process or its children."""
    measure.work()
    times: list[float] = []
    for _ in range(measure.runs):
        with timed(times):
            measure.work()
    peaks = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return min(times), max(peaks) / 1024


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    """Add the seconds that the block takes."""
    start = perf_counter()
    yield
    times.append(perf_counter() - start)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        print(json.dumps(alone(MEASURES[sys.argv[2]])))
    else:
        sys.exit(main(sys.argv[1:]))
