"""The work of a sweep chunk by chunk: in this process, in others on this machine, or on a cluster.

All three do the same with the same :class:`Job`, and give chunks as they are done, in any order.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from accordant.case.objects import Case
from accordant.case.sources import Claim, Origin, Sources
from accordant.errors import FailedError
from accordant.model.compiler import Compiler
from accordant.reliance.variants.evaluating import Evaluator
from accordant.reliance.variants.planning import Plan, plan
from accordant.reliance.variants.rows import Writer
from accordant.reliance.variants.tallying import Tally
from accordant.version import __version__


def bare(case: Case) -> Case:
    """The case without what no answer depends on: reports, words of claims and origins, events, remarks.

    It is what is sent to other processes and other machines.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "note": "for us only"})
    >>> bare(case).note is None
    True
    """
    claims = {
        id_: Claim(
            report="",
            quote="",
            at=(0, 0),
            says="",
            kind=claim.kind,
            origin=claim.origin,
            within=claim.within,
            contradicts=claim.contradicts,
            attribution=claim.attribution,
            status=claim.status,
        )
        for id_, claim in case.claims.items()
    }
    origins = {id_: Origin(kind=origin.kind, side=origin.side) for id_, origin in case.origins.items()}
    left_out: dict[str, object] = {
        "positions": {},
        "judgements": {},
        "events": {},
        "perceptions": {},
        "relations": (),
    }
    kept = Sources(claims=claims, origins=origins)
    return case.model_copy(update={**left_out, "question": None, "note": None, "sources": kept})


@dataclass(frozen=True, eq=False)
class Done:
    """A chunk that is done: its rows, empty where none are written, and what was counted."""

    number: int
    rows: bytes
    tally: Tally


@dataclass(frozen=True)
class Job:
    """Everything that a worker needs to work out any chunk of a sweep.

    Attributes
    ----------
    case
        What :func:`bare` leaves of it.
    form
        In which form rows are written; empty where only counts are wanted.
    version
        The version of accordant that a worker must have.
    """

    case: Case
    over: tuple[str, ...]
    states: tuple[str, ...]
    limit: int
    draw: int | None
    seed: int
    form: str
    version: str = __version__

    @cached_property
    def packed(self) -> bytes:
        """The job as it is sent to workers."""
        return pickle.dumps(self)


class Worker:
    """Works out chunks of a job."""

    def __init__(self, job: Job, *, threads: bool, made: Plan | None = None) -> None:
        if job.version != __version__:
            raise FailedError(
                f"this worker has accordant {__version__}, and the sweep was begun with {job.version}; "
                "install the same version everywhere"
            )
        self.plan = made or plan(
            Compiler(job.case), job.over, states=job.states, limit=job.limit, draw=job.draw, seed=job.seed
        )
        self.evaluator = Evaluator(self.plan, threads=threads)
        self.writer = Writer(self.plan, job.form) if job.form else None

    def chunk(self, number: int) -> Done:
        """One chunk."""
        block = self.evaluator.chunk(number)
        rows = self.writer.payload(number, block) if self.writer else b""
        return Done(number, rows, Tally.of(self.plan, block))


_workers: dict[bytes, Worker] = {}
"""The worker of the latest job of this process."""


def work(packed: bytes, number: int) -> Done:
    """One chunk of a job that was sent; what chunks share is kept from one to the next."""
    key = sha256(packed).digest()
    found = _workers.get(key)
    if found is None:
        _workers.clear()
        found = _workers[key] = Worker(pickle.loads(packed), threads=False)
    return found.chunk(number)


def here(job: Job, made: Plan, numbers: Iterable[int]) -> Iterator[Done]:
    """Chunks one after the other in this process."""
    worker = Worker(job, threads=True, made=made)
    for number in numbers:
        yield worker.chunk(number)
