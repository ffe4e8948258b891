"""How fast the stability engine is: five concepts, every party, in process, after compilation.

    python -m benchmarks.stability [NAME…]

Issues are binary and shared out in turn; feasible combinations are the states. Paths are searched from
the first state to everything that can be reached from it, orders strict and random.

Each measure runs in a process of its own, so that its peak memory is its own. Orders are drawn at
random: strict ones with nothing that a kernel could exploit, ones with fifty levels of ties, and ones
made of priorities over the issues, as cases have them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import ArcMoves, GraphModel, Mover, Moves, ProductMoves
from accordant.model.space import StateSpace

ROOT = Path(__file__).parent.parent
SEED = 20240130

Codes = NDArray[np.uint8]
Orders = NDArray[np.int64]
Runs = Callable[[], list[tuple[float, float]]]
"""Seconds on the clock and of the processors, of several runs."""


@dataclass(frozen=True)
class Measure:
    """What is measured, and the time and memory it may take (None: no target)."""

    title: str
    run: Runs
    seconds: float | None = None
    megabytes: float | None = None


def binary(issues: int, keep: Callable[[Codes], NDArray[np.bool_]] | None = None) -> Codes:
    """Combinations of binary issues, the feasible ones, ascending."""
    numbers = np.arange(1 << issues, dtype=np.int64)
    codes = ((numbers[:, None] >> np.arange(issues - 1, -1, -1)) & 1).astype(np.uint8)
    return codes if keep is None else codes[keep(codes)]


def option_form(codes: Codes, parties: int, forward: Sequence[int] = ()) -> GraphModel:
    """Issues shared out in turn; those in ``forward`` can only be taken, never withdrawn."""
    issues = codes.shape[1]
    free, onwards = np.ones((2, 2), dtype=bool), np.triu(np.ones((2, 2), dtype=bool))
    movers = []
    for party in range(parties):
        axes = tuple(range(party, issues, parties))
        allowed = tuple(onwards if axis in forward else free for axis in axes)
        movers.append(Mover((party,), ProductMoves(codes, (2,) * issues, axes, allowed, transitive=True)))
    return _model(len(codes), parties, movers, codes)


def graph(n: int, parties: int, arcs: int, rng: np.random.Generator) -> GraphModel:
    """A random graph given arc by arc; the moves of nobody compose."""
    movers = []
    for party in range(parties):
        key = np.unique(rng.integers(0, n, arcs // parties) * n + rng.integers(0, n, arcs // parties))
        source, target = np.divmod(key, n)
        indptr = np.concatenate([[0], np.cumsum(np.bincount(source, minlength=n))]).astype(np.int64)
        movers.append(Mover((party,), ArcMoves(indptr, target.astype(np.int32), transitive=False)))
    return _model(n, parties, movers, np.zeros((n, 0), dtype=np.uint8))


def _model(n: int, parties: int, movers: Sequence[Mover], codes: Codes) -> GraphModel:
    issues = tuple(f"i{k}" for k in range(codes.shape[1]))
    space = StateSpace(issues, (("no", "yes"),) * len(issues), codes, np.arange(n, dtype=np.int32), n)
    return GraphModel(space, tuple(f"p{k}" for k in range(parties)), tuple(movers))


def strict(model: GraphModel, rng: np.random.Generator) -> Orders:
    """Every order strict, at random."""
    return np.stack([rng.permutation(model.n) for _ in model.parties]).astype(np.int64)


def tied(model: GraphModel, rng: np.random.Generator) -> Orders:
    """Fifty levels, at random."""
    return rng.integers(0, 50, (len(model.parties), model.n))


def priorities(model: GraphModel, rng: np.random.Generator) -> Orders:
    """Twenty statements about one or two issues each, most important first."""
    codes = model.space.codes.astype(bool)
    ranks = np.zeros((len(model.parties), model.n), dtype=np.int64)
    for row in ranks:
        for _ in range(20):
            one, two = (
                codes[:, k] ^ rng.integers(0, 2, dtype=bool) for k in rng.integers(0, codes.shape[1], 2)
            )
            row[:] = row * 2 + (one & two if rng.integers(0, 2) else one | two)
    return ranks


def judged(make: Callable[[], GraphModel], orders: Callable[..., Orders] = strict) -> Runs:
    """Seconds of three runs on one model; what is kept about a model is dropped in between."""

    def run() -> list[tuple[float, float]]:
        from accordant.stability import arc_form, engine, option_form

        model = make()
        given = orders(model, np.random.default_rng(SEED))
        _warm(model.movers[0].moves)
        times = []
        for _ in range(3):
            arc_form._forms.clear()
            option_form._forms.clear()
            times.append(timed(lambda: engine.judge(model, given)))
        return times

    return run


def reached(make: Callable[[], GraphModel], *, improvements: bool) -> Runs:
    """Seconds of three searches from the first state for all that any moves, or improvements, lead to."""

    def run() -> list[tuple[float, float]]:
        from accordant.stability import arc_form
        from accordant.stability.paths import search

        model = make()
        given = strict(model, np.random.default_rng(SEED))
        own = tuple(mover.parties for mover in model.movers)
        reading = own if improvements else search.any_moves(model)
        times = []
        for _ in range(3):
            arc_form._forms.clear()
            search._forms.clear()
            times.append(timed(lambda: search.search(model, given, reading, [0]).steps))
        return times

    return run


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds on the clock and of the processors."""
    clock, used = perf_counter(), process_time()
    work()
    return perf_counter() - clock, process_time() - used


def _warm(moves: Moves) -> None:
    """Load the kernels."""
    if isinstance(moves, ProductMoves):
        import accordant.stability.kernels.sweeps
    import accordant.stability.kernels.arcs  # noqa: F401


def batch(issues: int, parties: int, settings: int) -> Runs:
    """Seconds for many orders on the same moves."""

    def run() -> list[tuple[float, float]]:
        from accordant.stability import engine

        model = option_form(binary(issues), parties)
        rng = np.random.default_rng(SEED)
        orders = rng.integers(0, model.n, (settings, parties, model.n))
        engine.judge_batch(model, orders[:2])
        times = []
        for _ in range(3):
            times.append(timed(lambda: engine.judge_batch(model, orders)))
        return times

    return run


def elmira(*, fresh: bool) -> Runs:
    """Seconds of the first verdict in a new process: importing the kernels, compiling them when fresh."""
    program = (
        "import numba, accordant, time; view = accordant.load('cases/elmira').compiler.view();"
        "from accordant.stability import engine; model, orders = view.model, view.orders;"
        "clock, used = time.perf_counter(), time.process_time(); engine.judge(model, orders);"
        "print(time.perf_counter() - clock, time.process_time() - used)"
    )

    def run() -> list[tuple[float, float]]:
        times = []
        with tempfile.TemporaryDirectory() as cache:
            for turn in range(4):
                place = {"NUMBA_CACHE_DIR": str(Path(cache, str(turn)) if fresh else cache)}
                ran = subprocess.run(
                    [sys.executable, "-c", program],
                    cwd=ROOT,
                    env={**environ, **place},
                    check=True,
                    stdout=subprocess.PIPE,
                )
                clock, used = map(float, ran.stdout.split())
                times.append((clock, used))
        return times if fresh else times[1:]

    return run


def _few(codes: Codes) -> NDArray[np.bool_]:
    """Rules that leave 138,240 of 2^20 combinations: three pairs exclude each other, of four one at most."""
    kept = codes[:, 10:14].sum(axis=1) <= 1
    for one, two in ((0, 7), (1, 8), (2, 9)):
        kept &= ~(codes[:, one] & codes[:, two]).astype(bool)
    return np.asarray(kept)


def _most(codes: Codes) -> NDArray[np.bool_]:
    """A rule that forbids an eighth of all combinations."""
    kept: NDArray[np.bool_] = (codes[:, 3] <= codes[:, 9]) | (codes[:, 1] == 1)
    return kept


def _graph() -> GraphModel:
    return graph(1_000_000, 4, 10_000_000, np.random.default_rng(SEED))


LARGE = "4 parties, 1,048,576 states"
MEASURES = {
    "large": Measure(f"{LARGE}, strict orders", judged(lambda: option_form(binary(20), 4)), 1, 600),
    "ties": Measure(f"{LARGE}, ties", judged(lambda: option_form(binary(20), 4), tied), 1, 600),
    "priorities": Measure(
        f"{LARGE}, priorities", judged(lambda: option_form(binary(20), 4), priorities), 1, 600
    ),
    "irreversible": Measure(
        f"{LARGE}, 5 issues irreversible", judged(lambda: option_form(binary(20), 4, range(5))), 4, 600
    ),
    "all-irreversible": Measure(
        f"{LARGE}, all issues irreversible", judged(lambda: option_form(binary(20), 4, range(20))), 4, 600
    ),
    "rules": Measure(
        "4 parties, 917,504 states under a rule", judged(lambda: option_form(binary(20, _most), 4)), 4, 600
    ),
    "rules-irreversible": Measure(
        "4 parties, 917,504 states under a rule, 5 issues irreversible",
        judged(lambda: option_form(binary(20, _most), 4, range(5))),
        4,
        600,
    ),
    "six": Measure(
        "6 parties, 138,240 states under rules", judged(lambda: option_form(binary(20, _few), 6)), 1
    ),
    "middle": Measure("4 parties, 4,096 states", judged(lambda: option_form(binary(12), 4)), 0.02),
    "small": Measure("3 parties, 64 states", judged(lambda: option_form(binary(6), 3))),
    "graph": Measure("4 parties, a graph of 1,000,000 states and 10,000,000 arcs", judged(_graph), 20),
    "reach": Measure(
        f"{LARGE}, reached by any moves",
        reached(lambda: option_form(binary(20), 4), improvements=False),
        1,
        600,
    ),
    "improve": Measure(
        f"{LARGE}, reached by improvements",
        reached(lambda: option_form(binary(20), 4), improvements=True),
        1,
        600,
    ),
    "graph-reach": Measure(
        "a graph of 1,000,000 states and 10,000,000 arcs, reached by any moves",
        reached(_graph, improvements=False),
        5,
    ),
    "graph-improve": Measure(
        "a graph of 1,000,000 states and 10,000,000 arcs, reached by improvements",
        reached(_graph, improvements=True),
        5,
    ),
    "batch": Measure("20,000 settings of 3 parties and 64 states", batch(6, 3, 20_000), 1),
    "first": Measure("Elmira in a new process, kernels not compiled yet", elmira(fresh=True), 8),
    "again": Measure("Elmira in a new process, kernels compiled before", elmira(fresh=False)),
    "huge": Measure("4 parties, 16,777,216 states", judged(lambda: option_form(binary(24), 4)), 25, 6000),
}
DEFAULT = [name for name in MEASURES if name != "huge"]


def main(names: list[str]) -> int:
    """Measure and print a table; 1 if a target is missed."""
    missed = 0
    print(f"{'':66}{'seconds':>9}{'target':>8}{'CPU':>9}{'MB':>7}{'target':>8}")
    for name in names or DEFAULT:
        measure = MEASURES[name]
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.stability", "--alone", name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            check=True,
        )
        found = json.loads(ran.stdout)
        over = found["seconds"] > (measure.seconds or 1e9) or found["megabytes"] > (measure.megabytes or 1e9)
        missed += over
        limits = [f"{x:g}" if x is not None else "" for x in (measure.seconds, measure.megabytes)]
        print(
            f"{measure.title:66}{found['seconds']:9.3f}{limits[0]:>8}{found['processors']:9.3f}"
            f"{found['megabytes']:7.0f}{limits[1]:>8}" + ("  missed" if over else ""),
            flush=True,
        )
    return 1 if missed else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--alone"]:
        # the best run counts: the others measure what else the machine was doing
        clock, used = (min(each) for each in zip(*MEASURES[sys.argv[2]].run(), strict=True))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({"seconds": clock, "processors": used, "megabytes": memory}))
    else:
        sys.exit(main(sys.argv[1:]))
