"""Chunks worked out by the workers of a Dask cluster.

A connection is opened to the scheduler at the address given, and to nothing else: results come through it,
and no dashboard is started here. Whatever a worker was doing when it is lost is done again by another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from accordant.errors import AccordantError, FailedError, InputError
from accordant.reliance.variants.working import Done, Job, work
from accordant.version import __version__

PATIENCE = 30
"""Seconds to wait for the scheduler, and for a first worker."""
AHEAD = 3
"""Chunks per worker thread that are handed out at once."""
AGAIN = 10
"""How often a chunk is handed out again when the workers that had it are lost."""


def on_cluster(job: Job, numbers: Iterable[int], address: str) -> Iterator[Done]:
    """Chunks as they are done by the workers of a cluster.

    Parameters
    ----------
    address
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.

    Raises
    ------
    InputError
        If the address is none.
    FailedError
        If there is no scheduler or no worker, a worker has another version of accordant, or the connection
        is lost; and if Dask is not installed.
    """
    distributed = _distributed()
    client = _client(distributed, address)
    try:
        yield from _worked(distributed, client, job, iter(numbers), address)
    except distributed.client.FutureCancelledError as error:
        raise _lost(address) from error
    finally:
        client.close(timeout=5)


def _worked(distributed: Any, client: Any, job: Job, left: Iterator[int], address: str) -> Iterator[Done]:
    running = distributed.as_completed(loop=client.loop)
    ahead = max(2, AHEAD * _ready(client, address))
    at: dict[str, tuple[int, int]] = {}

    def hand_out(number: int, times: int = 0) -> None:
        # chunks are pure, but keys must differ from those of an earlier sweep that was stopped
        future = client.submit(work, job.packed, number, pure=False, retries=AGAIN)
        at[future.key] = number, times
        running.add(future)

    for number in left:
        hand_out(number)
        if len(at) >= ahead:
            break
    for future in running:
        number, times = at.pop(future.key)
        try:
            found = future.result()
        except distributed.KilledWorker as error:
            if times >= AGAIN:
                raise FailedError(
                    f"workers of the cluster were lost again and again over part {number + 1}, perhaps for "
                    "want of memory; what is done is kept, and the same command goes on"
                ) from error
            hand_out(number, times + 1)
            continue
        except AccordantError:
            raise
        except (ImportError, AttributeError) as error:
            raise FailedError(
                f"a worker of {address} has no accordant {__version__}: {error}; "
                "install the same version everywhere"
            ) from error
        future.release()
        following = next(left, None)
        if following is not None:
            hand_out(following)
        yield found


def _ready(client: Any, address: str) -> int:
    """How many threads the workers have; all of them have the same version of accordant."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError as error:
        raise FailedError(
            f"the cluster at {address} has no workers; start some, such as: dask worker {address}"
        ) from error
    try:
        versions = client.run(_version)
    except (ImportError, AttributeError) as error:
        raise FailedError(
            f"a worker of {address} has no accordant {__version__}: {error}; "
            "install the same version everywhere"
        ) from error
    other = sorted({version for version in versions.values() if version != __version__})
    if other:
        raise FailedError(
            f"workers of {address} have accordant {', '.join(other)}, and this is {__version__}; "
            "install the same version everywhere"
        )
    return int(sum(client.nthreads().values()))


def _version() -> str:
    """The version of accordant where it is run."""
    from accordant.version import __version__ as found

    return found


def _client(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(
            address, timeout=PATIENCE, set_as_default=False, direct_to_workers=False, heartbeat_interval=1000
        )
    except (OSError, TimeoutError) as error:
        raise FailedError(f"there is no Dask scheduler at {address}: {error}") from error
    except ValueError as error:
        raise InputError(
            f"--cluster {address} is no address ({error}); such as tcp://10.0.0.5:8786"
        ) from error


def _lost(address: str) -> FailedError:
    return FailedError(
        f"the connection to {address} was lost; what is done is kept, and the same command goes on"
    )


def _distributed() -> Any:
    try:
        import distributed
    except ImportError as error:
        raise FailedError("a cluster needs Dask: pip install 'accordant[cluster]'") from error
    return distributed
