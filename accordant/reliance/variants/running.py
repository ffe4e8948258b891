"""A sweep from beginning to end: the plan, the chunks that are left, the file, the summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from accordant.errors import InputError
from accordant.model.compiler import Compiler
from accordant.reliance.variants.evaluating import Evaluator
from accordant.reliance.variants.parts import Parts
from accordant.reliance.variants.planning import LIMIT, Plan, plan
from accordant.reliance.variants.processes import in_processes
from accordant.reliance.variants.result import SweepResult, result_of
from accordant.reliance.variants.rows import form_of
from accordant.reliance.variants.tallying import Tally
from accordant.reliance.variants.working import Done, Job, bare, here
from accordant.stability.machine import workers

WORTH = 4.0
"""Seconds of work from which processes are started, unless somebody says how many."""
Progress = Callable[[int, int], None]


def sweep(
    compiler: Compiler,
    over: Sequence[str],
    *,
    states: Iterable[str] = (),
    limit: int = LIMIT,
    draw: int | None = None,
    seed: int = 1,
    output: str | Path | None = None,
    jobs: int | None = None,
    cluster: str | None = None,
    progress: Progress | None = None,
) -> SweepResult:
    """Judge variants of a case, one row each, and count what is true in how many of them.

    Parameters
    ----------
    over, states, limit, draw, seed
        What to vary: see :func:`accordant.reliance.variants.planning.plan`.
    output
        Where the rows go, ``.csv`` or ``.parquet``; without it only the summary is made. What is done is
        kept in ``OUTPUT.parts`` until the file is whole, and is not done again.
    jobs
        How many processes work; as many as there are processors by default, none but this one for few
        variants.
    cluster
        The address of a Dask scheduler whose workers do the work instead.
    progress
        Told how many variants are done, and of how many.

    Raises
    ------
    InputError
        If something asked for is not there, or the parts are those of another sweep.
    FailedError
        If the work could not be done to its end; what is done is kept.

    Examples
    --------
    >>> import accordant
    >>> found = sweep(accordant.load("cases/games/chicken").compiler, ["status-quo"])
    >>> found.rows, found.conclusions[0].id
    (4, 'holds(s1, nash)')
    """
    if jobs is not None and jobs < 1:
        raise InputError(f"--jobs {jobs}: give a number of at least 1")
    states = tuple(states)
    made = plan(compiler, over, states=states, limit=limit, draw=draw, seed=seed)
    form = form_of(Path(output)) if output is not None else ""
    job = Job(bare(compiler.case), made.texts, states, limit, draw, seed, form)
    written = Evaluator(made).written()
    if output is None:
        tally = Tally.nothing(made)
        for done in _told(_chunks(job, made, range(made.chunks), jobs, cluster), made, 0, progress):
            tally.add(done.tally)
        return result_of(made, tally, written)
    parts = Parts(made, Path(output), form)
    parts.open()
    try:
        left = [number for number in range(made.chunks) if number not in parts.done]
        before = parts.tally.rows
        for done in _told(_chunks(job, made, left, jobs, cluster), made, before, progress):
            parts.put(done.number, done.rows, done.tally)
        parts.finish()
    finally:
        parts.close()
    return result_of(made, parts.tally, written, Path(output))


def _chunks(
    job: Job, made: Plan, numbers: Sequence[int], jobs: int | None, cluster: str | None
) -> Iterator[Done]:
    if cluster is not None:
        from accordant.reliance.variants.cluster import on_cluster

        return on_cluster(job, numbers, cluster)
    if jobs is None:
        return _as_it_needs(job, made, numbers)
    count = min(jobs, len(numbers))
    return in_processes(job, numbers, count) if count > 1 else here(job, made, numbers)


def _as_it_needs(job: Job, made: Plan, numbers: Sequence[int]) -> Iterator[Done]:
    """The first chunks in this process, the others in as many as there are processors if that takes long."""
    yield from here(job, made, numbers[:1])  # compiles what is compiled once
    start = perf_counter()
    yield from here(job, made, numbers[1:2])
    left = numbers[2:]
    count = min(workers(), len(left))
    if count > 1 and (perf_counter() - start) * len(left) > WORTH:
        yield from in_processes(job, left, count)
    else:
        yield from here(job, made, left)


def _told(chunks: Iterator[Done], made: Plan, before: int, progress: Progress | None) -> Iterator[Done]:
    """The chunks, with progress; the work is ended when nobody takes any more of them."""
    rows = before
    with closing(chunks):  # type: ignore[type-var]  # each of the three is a generator
        if progress is not None:
            progress(rows, made.rows)
        for done in chunks:
            yield done
            rows += done.tally.rows
            if progress is not None:
                progress(rows, made.rows)
