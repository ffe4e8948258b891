"""Writing the suite: a folder with one file per model, a list of them and the form described."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from accordant.case.writer import new_folder, write_folder
from accordant.conformance.form import described
from accordant.conformance.models import models
from accordant.tables import Method, Table
from accordant.version import __version__

SCHEMA = "accordant/conformance/1"
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Suite:
    """What was written, and where."""

    folder: Path
    seed: int
    rows: tuple[Mapping[str, Any], ...]

    @property
    def method(self) -> Method:
        """How the models were made."""
        return Method("models with verdicts by definition", parameters=(("seed", str(self.seed)),))

    def to_json(self) -> dict[str, Any]:
        """The documented form, which is also the list in the folder."""
        return {
            "schema": SCHEMA,
            "accordant": __version__,
            "seed": self.seed,
            "models": [dict(row) for row in self.rows],
        }

    def table(self) -> Table:
        """One row per model."""
        rows = tuple(
            (r["name"], r["kind"], r["parties"], r["states"], len(r["verdicts"]), r["about"])
            for r in self.rows
        )
        return Table("The models", ("model", "kind", "parties", "states", "verdicts", "about"), rows)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def write_suite(
    folder: str | Path, *, seed: int = 1, progress: Callable[[int, int], None] | None = None
) -> Suite:
    """Write the suite to a new folder, whole or not at all.

    Parameters
    ----------
    folder
        It may exist if it is empty.
    seed
        For the random models.
    progress
        Told after each model how many there are and how many are done.

    Raises
    ------
    InputError
        If something stands in the place of the folder.
    FailedError
        If it cannot be written.
    """
    target = new_folder(folder)
    every = list(models(seed))
    files: dict[str, bytes] = {}
    rows = []
    for k, model in enumerate(every):
        found = described(model)
        path = f"models/{model.name}.json"
        files[path] = _text(found)
        rows.append(_row(found, path, files[path]))
        if progress:
            progress(k + 1, len(every))
    suite = Suite(target, seed, tuple(rows))
    files[MANIFEST] = _text(suite.to_json())
    about = resources.files("accordant.conformance").joinpath("FORM.md").read_bytes()
    write_folder(target, {"README.md": about, **files})
    return suite


def _row(found: Mapping[str, Any], path: str, content: bytes) -> dict[str, Any]:
    return {
        "name": found["name"],
        "kind": found["kind"],
        "about": found["about"],
        "file": path,
        "sha256": hashlib.sha256(content).hexdigest(),
        "parties": len(found["parties"]),
        "states": len(found["states"]),
        "verdicts": list(found["verdicts"]),
    }


def _text(data: Mapping[str, Any]) -> bytes:
    """JSON with a line for each key at the top: large enough to diff, small enough to read."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in data.items())
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()
