"""Sweeps that are stopped go on; rows depend on nothing but the case, what is varied, and the seed."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import accordant
from accordant.errors import FailedError, InputError
from accordant.reliance.variants import processes
from accordant.reliance.variants.working import Job, bare
from tests.documents import ROOT

CASE = ROOT / "cases" / "january-2024"
OVER = ("orders", "concepts:nash+seq")
PATIENCE = 120
"""Seconds after which a test gives up on a process, on however busy a machine."""


def swept(output: Path | None, **more: Any) -> Any:
    return accordant.load(CASE).sweep(OVER, **{"draw": 20_000, "jobs": 1, **more}, output=output)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows of an undisturbed sweep."""
    place = tmp_path_factory.mktemp("whole") / "rows.csv"
    swept(place)
    return place


def wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end
        time.sleep(0.01)


def stopping(after: int) -> Callable[[int, int], None]:
    """Progress that is interrupted, as by Ctrl-C, after so many rows."""

    def told(done: int, _total: int) -> None:
        if done >= after:
            raise KeyboardInterrupt

    return told


def test_there_is_a_row_for_every_variant_and_a_column_for_everything(whole: Path) -> None:
    result = swept(None)
    with whole.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["variant"] for row in rows] == [str(k) for k in range(1, 20_001)]
    for conclusion in result.conclusions[-3:]:
        said = [row[conclusion.id] for row in rows]
        assert (said.count("yes"), said.count("no")) == (conclusion.yes, conclusion.no)
        for dimension, values in conclusion.by.items():
            for value in (v for v in values if v.value.endswith(" first")):
                start = value.value.removesuffix(" first") + ">"
                chosen = [row for row in rows if row[dimension].startswith(start)]
                assert len(chosen) == value.variants
                assert sum(row[conclusion.id] == "yes" for row in chosen) == value.yes
    for name, found in result.equilibria.items():
        assert found == {int(k): sum(row[name] == k for row in rows) for k in {row[name] for row in rows}}


def test_no_variant_comes_twice(whole: Path) -> None:
    lines = whole.read_text(encoding="utf-8").splitlines()[1:]
    assert len({tuple(line.split(",")[1:4]) for line in lines}) == len(lines)


def test_the_rows_are_the_same_however_many_processes_make_them(whole: Path, tmp_path: Path) -> None:
    swept(tmp_path / "two.csv", jobs=2)
    assert (tmp_path / "two.csv").read_bytes() == whole.read_bytes()


def test_what_was_stopped_goes_on_and_comes_out_the_same(whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=stopping(9_000))
    assert not place.exists()
    done = sorted((tmp_path / "rows.csv.parts").glob("chunk-*.csv"))
    times = {p: p.stat().st_mtime_ns for p in done}
    seen: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=lambda n, total: (seen.append(n), stopping(15_000)(n, total))[-1])
    assert seen[0] >= 9_000
    assert {p: p.stat().st_mtime_ns for p in done} == times
    swept(place)
    assert place.read_bytes() == whole.read_bytes()
    assert os.listdir(tmp_path) == ["rows.csv"]


def test_a_part_that_was_damaged_is_made_again(whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=stopping(13_000))
    parts = tmp_path / "rows.csv.parts"
    rows = sorted(parts.glob("chunk-*.csv"))
    rows[0].write_bytes(rows[0].read_bytes()[:-10])
    rows[1].unlink()
    (parts / "chunk-0000002.json").write_text("{")
    swept(place)
    assert place.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"seed": 2}, "the seed is another"),
        ({"draw": 21_000}, "another number of variants"),
        ({"states": ["s3"]}, "other columns"),
    ],
)
def test_parts_of_another_sweep_are_refused(more: dict[str, Any], says: str, tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=stopping(5_000))
    with pytest.raises(InputError, match=says):
        swept(place, **more)


def test_parts_of_another_case_and_of_another_version_are_refused(tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=stopping(5_000))
    manifest = tmp_path / "rows.csv.parts" / "sweep.json"
    said = json.loads(manifest.read_text())
    manifest.write_text(json.dumps({**said, "case": "0", "accordant": "0.0"}))
    with pytest.raises(InputError, match="the case has changed, they were made by another version"):
        swept(place)
    manifest.write_text("no")
    with pytest.raises(InputError, match="does not say of which sweep"):
        swept(place)
    manifest.unlink()
    with pytest.raises(InputError, match="but not of which sweep"):
        swept(place)


def test_two_sweeps_do_not_work_on_one_file_at_once(tmp_path: Path) -> None:
    place = tmp_path / "rows.csv"

    def again(done: int, _total: int) -> None:
        if done:
            with pytest.raises(FailedError, match="another sweep is at work"):
                swept(place)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=again)


def killed(process: subprocess.Popen[bytes]) -> Iterator[int]:
    """The processes that a process had started when it was killed."""
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    process.send_signal(signal.SIGKILL)
    process.wait(PATIENCE)
    yield from map(int, listed.stdout.split())


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_sweep_that_was_killed_goes_on_and_comes_out_the_same(tmp_path: Path) -> None:
    asked = ["--over", OVER[0], "--over", OVER[1], "--draw", "100000", "--jobs", "2"]
    command = [sys.executable, "-m", "accordant", "sweep", str(CASE), *asked, "-o"]
    place, parts = tmp_path / "rows.csv", tmp_path / "rows.csv.parts"
    process = subprocess.Popen([*command, str(place)], cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: len(list(parts.glob("chunk-*.json"))) >= 2)
        assert process.poll() is None
        children = list(killed(process))
    finally:
        process.kill()
        process.wait(PATIENCE)
    assert not place.exists()
    if Path("/proc/self/stat").exists():
        assert children
        wait_for(lambda: not any(map(alive, children)))

    def done() -> dict[str, int]:
        return {p.name: p.stat().st_mtime_ns for p in parts.glob("chunk-*.json")}

    before, seen = done(), []

    def told(rows: int, total: int) -> None:
        seen.append(rows)
        if rows == total:
            assert before.items() <= done().items()  # what was done is not done again

    swept(place, draw=100_000, progress=told)
    assert seen[0] >= 4096 * (len(before) - 1)
    swept(tmp_path / "undisturbed.csv", draw=100_000)
    assert place.read_bytes() == (tmp_path / "undisturbed.csv").read_bytes()


def test_a_process_that_is_lost_is_said_and_what_is_done_is_kept(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = processes._start

    def noted() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    def kill(done: int, _total: int) -> None:
        if done:
            started[0].kill()

    monkeypatch.setattr(processes, "_start", noted)
    place = tmp_path / "rows.csv"
    with pytest.raises(FailedError, match="the same command goes on"):
        swept(place, draw=100_000, jobs=2, progress=kill)
    assert all(p.poll() is not None for p in started)
    assert list((tmp_path / "rows.csv.parts").glob("chunk-*.json"))


def test_what_goes_wrong_in_a_process_is_told_to_whoever_waits() -> None:
    job = Job(bare(accordant.load(CASE).case), OVER, (), 10, 10, 1, "csv", version="0.0")
    with pytest.raises(FailedError, match=r"the sweep was begun with 0\.0; install the same version"):
        list(processes.in_processes(job, range(3), 2))


def test_parquet_holds_the_same_as_csv(whole: Path, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    place = tmp_path / "rows.parquet"
    with pytest.raises(KeyboardInterrupt):
        swept(place, progress=stopping(9_000))
    swept(place)
    file = parquet.ParquetFile(place)
    assert file.num_row_groups > 1
    with whole.open(encoding="utf-8", newline="") as text:
        expected = list(csv.DictReader(text))
    found = [{k: str(v) for k, v in row.items()} for row in file.read().to_pylist()]
    assert found == expected
    swept(tmp_path / "two.parquet", jobs=2)
    assert (tmp_path / "two.parquet").read_bytes() == place.read_bytes()


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"written as \.csv or \.parquet"):
        swept(tmp_path / "rows.xls")
