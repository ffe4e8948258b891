"""A sweep on a Dask cluster: a real scheduler and workers, as processes of their own on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.errors import FailedError, InputError
from accordant.reliance.variants import cluster
from tests.documents import ROOT

distributed = pytest.importorskip("distributed")

CASE = ROOT / "cases" / "january-2024"
OVER = ("orders", "concepts:nash+seq")
PATIENCE = 120
"""Seconds after which a test gives up, on however busy a machine."""
# Dask leaves sockets to be collected when a connection is cut.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"
)


def wait_for(what: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def start(*words: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NUMBA_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "dask", *words],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@contextmanager
def ended(*processes: subprocess.Popen[bytes]) -> Iterator[None]:
    """Whatever happens, the processes end."""
    try:
        yield
    finally:
        for process in processes:
            process.kill()
        for process in processes:
            process.wait(PATIENCE)


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler without a dashboard; the system chooses its port."""
    file = tmp_path_factory.mktemp("cluster") / "scheduler.json"
    process = start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)
    )

    def address() -> str | None:
        assert process.poll() is None
        with suppress(OSError, ValueError, KeyError):
            return str(json.loads(file.read_text())["address"])
        return None

    with ended(process):
        yield wait_for(address)


def worker(scheduler: str) -> subprocess.Popen[bytes]:
    quiet = ("--no-nanny", "--no-dashboard", "--nthreads", "1")
    return start("worker", scheduler, "--host", "127.0.0.1", *quiet)


def swept(output: Path, **more: Any) -> Any:
    return accordant.load(CASE).sweep(OVER, draw=60_000, output=output, **more)


def test_rows_are_the_same_on_a_cluster_one_worker_of_which_is_killed(scheduler: str, tmp_path: Path) -> None:
    swept(tmp_path / "here.csv", jobs=1)
    workers = [worker(scheduler), worker(scheduler)]
    left: list[int] = []

    def told(done: int, total: int) -> None:
        if done >= 2 * 4096 and not left:
            assert workers[0].poll() is None
            workers[0].kill()
            workers[0].wait(PATIENCE)
            left.append(total - done)

    with ended(*workers):
        with distributed.Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
        swept(tmp_path / "there.csv", cluster=scheduler, progress=told)
    assert left[0] > 4096  # there was work left when it was killed
    assert (tmp_path / "there.csv").read_bytes() == (tmp_path / "here.csv").read_bytes()
    assert not (tmp_path / "there.csv.parts").exists()


def test_workers_with_another_version_are_refused(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "__version__", "0.0.0")
    one = worker(scheduler)
    with ended(one), pytest.raises(FailedError, match=r"and this is 0\.0\.0; install the same version"):
        swept(tmp_path / "rows.csv", cluster=scheduler)


def test_a_cluster_without_workers_or_without_a_scheduler_is_said(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with distributed.Client(scheduler, set_as_default=False) as client:
        wait_for(lambda: not client.nthreads())
    with pytest.raises(FailedError, match="has no workers"):
        swept(tmp_path / "rows.csv", cluster=scheduler)
    with pytest.raises(FailedError, match="there is no Dask scheduler at"):
        swept(tmp_path / "rows.csv", cluster="tcp://127.0.0.1:1")
    with pytest.raises(InputError, match="is no address"):
        swept(tmp_path / "rows.csv", cluster="nowhere://x")
