"""How fast reports are read, put together and reviewed.

    python -m benchmarks.evidence [NAME…]

The reports are made up (:mod:`benchmarks.reports`): told as the annotated ones are, about 750 words
each, no two sentences alike. Each line runs in a process of its own, by rules only and on one core.
``reports`` and ``together`` are seconds of the processor for work in process, the best of three runs
after one that is not counted; reading the reports does not count in ``together``. ``first`` and the
tables are whole commands by the clock, from start to end; the tables run once.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.reports import WORDS, story, versions

ROOT = Path(__file__).parent.parent
RUNS = 3
SUGGESTIONS = 100_000
CASE = """accordant: 1
title: benchmark
parties: {a: {}, b: {}}
issues: {pause: {by: a}}
status_quo: {pause: no}
"""


@dataclass(frozen=True)
class Measured:
    """What came out: the figure that has a target, its unit, and what it is of."""

    value: float
    unit: str
    of: str


@dataclass(frozen=True)
class Measure:
    """What is measured, what it must reach, and the megabytes that it may take.

    ``least`` is for rates, ``most`` for seconds; ``commands`` says that the work is done by commands,
    so that their memory counts and not that of this process, which makes the reports.
    """

    title: str
    work: Callable[[], Measured]
    least: float | None = None
    most: float | None = None
    megabytes: float | None = None
    commands: bool = False

    def missed(self, measured: Measured, megabytes: float) -> bool:
        """Whether a target is missed."""
        return (
            (self.least is not None and measured.value < self.least)
            or (self.most is not None and measured.value > self.most)
            or (self.megabytes is not None and megabytes > self.megabytes)
        )

    @property
    def target(self) -> str:
        """The targets in words."""
        parts = [f"{self.least:g}/s" if self.least else "", f"{self.most:g} s" if self.most else ""]
        parts.append(f"{self.megabytes:g} MB" if self.megabytes else "")
        return ", ".join(part for part in parts if part)


def reports() -> Measured:
    """Reading: text to suggested claims, origins and flags."""
    from accordant.evidence import read_report

    stories = [story(number).encode() for number in range(100)]
    words = sum(len(text.split()) for text in stories)
    read_report(stories[-1], "first.txt")
    seconds = min(
        _seconds(lambda: [read_report(text, "report.txt") for text in stories]) for _ in range(RUNS)
    )
    return Measured(words / WORDS / seconds, "/s", f"{len(stories)} reports")


def together(count: int) -> Measured:
    """Clustering and linking: four versions each of as many stories as there must be."""
    from accordant.evidence import read_report
    from accordant.evidence.together.analysis import together

    texts = [text for number in range(count // 4) for text in versions(number)]
    results = [read_report(text.encode(), f"{k}.txt") for k, text in enumerate(texts)]
    found = together(results)
    seconds = min(_seconds(lambda: together(results)) for _ in range(RUNS))
    claims = sum(len(result.claims) for result in results)
    return Measured(seconds, " s", f"{claims:,} claims, {len(found.links):,} links")


def first() -> Measured:
    """From the start of the command to its first suggestion."""
    with tempfile.TemporaryDirectory() as room:
        report = Path(room, "report.txt")
        report.write_text(story(1), encoding="utf-8")
        # Compiled as an installed package is, by the first run, whatever this environment says of it.
        kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        times = [_to_first(report, kept | {"PYTHONPYCACHEPREFIX": room}) for _ in range(11)]
    return Measured(min(times[1:]), " s", "one report")


def _to_first(report: Path, environment: dict[str, str]) -> float:
    start = perf_counter()
    words = [sys.executable, "-m", "accordant", "read", str(report)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stdout is not None
        seconds = next(perf_counter() - start for line in running.stdout if line.startswith("k1 "))
        running.stdout.read()
    return seconds


def table(ending: str) -> Callable[[], Measured]:
    """A table of a hundred thousand suggestions written, marked, and shown again before it is taken in."""

    def run() -> Measured:
        with _case(SUGGESTIONS) as (case, folder):
            out = case.parent / f"suggestions{ending}"
            start = perf_counter()
            _command("read", str(folder), "--into", str(case), "--out", str(out))
            written = perf_counter() - start
            rows = _mark(out)
            _command("read", "--into", str(case), "--marked", str(out), answer="n\n")
            seconds = perf_counter() - start
        assert rows >= SUGGESTIONS, f"only {rows:,} suggestions"
        return Measured(seconds, " s", f"{rows:,} suggestions, written after {written:.0f} s")

    return run


@contextmanager
def _case(suggestions: int) -> Iterator[tuple[Path, Path]]:
    """An empty case, and a folder of reports that hold at least so many suggestions."""
    from accordant.evidence import read_report

    with tempfile.TemporaryDirectory() as room:
        case, folder = Path(room, "case"), Path(room, "reports")
        case.mkdir()
        folder.mkdir()
        Path(case, "case.yaml").write_text(CASE, encoding="utf-8")
        held = number = 0
        while held < suggestions:
            text = story(number)
            Path(folder, f"{number:05}.txt").write_text(text, encoding="utf-8")
            held += len(read_report(text.encode(), "report.txt").claims)
            number += 1
        yield case, folder


def _command(*words: str, answer: str = "") -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "accordant", *words], cwd=ROOT, capture_output=True, input=answer, text=True
    )
    if ran.returncode:
        sys.exit(f"accordant {' '.join(words)}: {(ran.stderr or ran.stdout)[-2000:]}")


def _mark(out: Path) -> int:
    """Accept every fiftieth suggestion of a table, reject the others, and say how many there are."""
    if out.suffix == ".csv":
        with out.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        head = next(k for k, row in enumerate(rows) if "decision" in row)
        column = rows[head].index("decision")
        for k, row in enumerate(rows[head + 1 :]):
            row[column] = "reject" if k % 50 else "accept"
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(rows)
        return len(rows) - head - 1
    return _mark_sheet(out)


def _mark_sheet(out: Path) -> int:
    from openpyxl import load_workbook

    book = load_workbook(out)
    sheet = next(s for s in book.worksheets if _decision_column(s[1]))
    column = _decision_column(sheet[1])
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = "reject" if row % 50 else "accept"
    book.save(out)
    return int(sheet.max_row) - 1


def _decision_column(cells: Iterable[object]) -> int:
    return next((k for k, cell in enumerate(cells, 1) if getattr(cell, "value", None) == "decision"), 0)


def _seconds(work: Callable[[], object]) -> float:
    start = process_time()
    work()
    return process_time() - start


MEASURES = {
    "reports": Measure("reports of 750 words, rules only", reports, least=200),
    "together": Measure("1,000 reports clustered and linked", lambda: together(1000), most=20),
    "first": Measure("accordant read, from start to the first suggestion", first, most=0.5, commands=True),
    "csv": Measure(
        "100,000 suggestions to a CSV table, marked, shown again",
        table(".csv"),
        megabytes=2000,
        commands=True,
    ),
    "xlsx": Measure("the same through an XLSX table", table(".xlsx"), megabytes=2000, commands=True),
}


def main(names: list[str]) -> int:
    """Measure and print a table; 1 if a target is missed."""
    missed = 0
    print(f"{'':56}{'measured':>10}{'target':>10}{'MB':>7}")
    for name in names or MEASURES:
        measure = MEASURES[name]
        words = [sys.executable, "-m", "benchmarks.evidence", "--alone", name]
        ran = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, check=True)
        value, unit, of, megabytes = json.loads(ran.stdout)
        late = measure.missed(Measured(value, unit, of), megabytes)
        missed += late
        figure = f"{value:.3g}{unit}"
        print(f"{measure.title:56}{figure:>10}{measure.target:>10}{megabytes:7.0f}  {of}" + "  missed" * late)
    return 1 if missed else 0


def alone(measure: Measure) -> tuple[float, str, str, float]:
    """One measure in this process, with the peak megabytes of it or of the commands that it ran."""
    measured = measure.work()
    who = resource.RUSAGE_CHILDREN if measure.commands else resource.RUSAGE_SELF
    megabytes = resource.getrusage(who).ru_maxrss / 1024
    return measured.value, measured.unit, measured.of, megabytes


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        print(json.dumps(alone(MEASURES[sys.argv[2]])))
    else:
        sys.exit(main(sys.argv[1:]))
