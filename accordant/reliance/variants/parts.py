"""What is done of a sweep, kept beside the file that it is to become.

``OUT.parts/`` holds ``sweep.json``, which says of which sweep these are the parts, and two files for each
chunk that is done: its rows, and ``.json`` with what was counted and the SHA-256 of the rows. The second is
written last, so that a chunk is done when it is there. Every file is written whole or not at all; a sweep
that was stopped, whatever stopped it, goes on with what is missing.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from accordant.case.digest import digest
from accordant.case.writer import write_whole
from accordant.errors import FailedError, InputError
from accordant.reliance.variants.planning import Plan
from accordant.reliance.variants.rows import csv_whole, header, write_parquet
from accordant.reliance.variants.tallying import Tally
from accordant.version import __version__

SCHEMA = "accordant/sweep-parts/1"
MANIFEST = "sweep.json"
_SAYS = {
    "case": "the case has changed",
    "accordant": "they were made by another version of accordant",
    "over": "something else is varied",
    "columns": "the rows have other columns",
    "rows": "another number of variants is gone through",
    "total": "there is another number of variants",
    "seed": "the seed is another",
    "chunk": "the parts have another size",
    "form": "the rows have another form",
}


def manifest(plan: Plan, form: str) -> dict[str, Any]:
    """Everything that the rows depend on."""
    return {
        "schema": SCHEMA,
        "case": digest(plan.case),
        "accordant": __version__,
        "over": list(plan.texts),
        "columns": list(header(plan)),
        "total": str(plan.total),
        "rows": plan.rows,
        "seed": plan.seed,
        "chunk": plan.chunk,
        "form": form,
    }


class Parts:
    """The parts of one sweep.

    Attributes
    ----------
    tally
        What was counted in all chunks that are done.
    done
        Their numbers.
    """

    def __init__(self, plan: Plan, output: Path, form: str) -> None:
        self.plan, self.output, self.form = plan, output, form
        self.folder = output.with_name(f"{output.name}.parts")
        self.done: set[int] = set()
        self.tally = Tally.nothing(plan)
        self._lock: IO[str] | None = None

    def open(self) -> None:
        """Begin, or find what is done already.

        Raises
        ------
        InputError
            If the folder holds parts of another sweep, or something else.
        FailedError
            If it cannot be made, or another sweep is at work in it.
        """
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise FailedError(f"{self.folder} cannot be made: {error.strerror or error}") from error
        self._only_one()
        try:
            self._begin()
        except BaseException:
            self.close()
            raise

    def _begin(self) -> None:
        place = self.folder / MANIFEST
        own = manifest(self.plan, self.form)
        if not place.exists():
            if any(p.name.startswith("chunk-") for p in self.folder.iterdir()):
                raise InputError(
                    f"{self.folder} holds parts, but not of which sweep; remove it to begin anew"
                )
            write_whole(place, json.dumps(own, indent=1, ensure_ascii=False) + "\n")
            return
        self._check(place, own)
        for number in range(self.plan.chunks):
            self._take(number)

    def _only_one(self) -> None:
        """Refuse to work in a folder where another sweep is at work; not every system can tell."""
        try:
            import fcntl
        except ImportError:
            return
        self._lock = (self.folder / ".lock").open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self.close()
            raise FailedError(f"another sweep is at work in {self.folder}; wait until it is done") from error

    def _check(self, place: Path, own: dict[str, Any]) -> None:
        try:
            found = json.loads(place.read_text(encoding="utf-8"))
            same = found["schema"] == SCHEMA
        except (ValueError, KeyError, TypeError, OSError):
            same, found = False, {}
        advice = f"remove {self.folder} to begin anew, or name another file"
        if not same:
            raise InputError(f"{place} does not say of which sweep these are the parts; {advice}")
        other = [says for key, says in _SAYS.items() if found.get(key) != own[key]]
        if other:
            raise InputError(f"{self.folder} holds parts of another sweep: {', '.join(other)}; {advice}")

    def _take(self, number: int) -> None:
        """Count in a chunk that is done; one that is damaged is done again."""
        try:
            said = json.loads(self._counted(number).read_text(encoding="utf-8"))
            if sha256(self._rows(number).read_bytes()).hexdigest() != said["sha256"]:
                return
            tally = Tally.from_json(self.plan, said["counts"])
        except (OSError, ValueError, KeyError, TypeError):
            return
        self.done.add(number)
        self.tally.add(tally)

    def put(self, number: int, rows: bytes, tally: Tally) -> None:
        """Keep a chunk; it is on the disk when this returns."""
        write_whole(self._rows(number), rows)
        said = {"sha256": sha256(rows).hexdigest(), "counts": tally.to_json()}
        write_whole(self._counted(number), json.dumps(said, separators=(",", ":")))
        self.done.add(number)
        self.tally.add(tally)

    def finish(self) -> None:
        """Put the parts together, and remove them.

        Raises
        ------
        FailedError
            If a part has changed since it was written, or the file cannot be written.
        """
        if self.form == "csv":
            _write_bytes(self.output, csv_whole(self.plan, self._chunks()))
        else:
            beside = self.folder / "whole.parquet.new"
            write_parquet(beside, self._chunks())
            os.replace(beside, self.output)
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def close(self) -> None:
        """Let others work here."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _chunks(self) -> Iterator[bytes]:
        for number in range(self.plan.chunks):
            rows = self._rows(number).read_bytes()
            said = json.loads(self._counted(number).read_text(encoding="utf-8"))
            if sha256(rows).hexdigest() != said["sha256"]:
                self._counted(number).unlink(missing_ok=True)
                raise FailedError(f"{self._rows(number)} was changed; the same command makes it again")
            yield rows

    def _rows(self, number: int) -> Path:
        return self.folder / f"chunk-{number:07d}.{self.form}"

    def _counted(self, number: int) -> Path:
        return self.folder / f"chunk-{number:07d}.json"


def _write_bytes(path: Path, pieces: Iterator[bytes]) -> None:
    """A large file whole or not at all, piece by piece."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except OSError as error:
        raise FailedError(f"{path} cannot be written: {error.strerror or error}") from error
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
