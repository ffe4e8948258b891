"""What reading tables back gives: every change before it is made, and the making of it."""

from __future__ import annotations

import shlex
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.errors import InputError, Problem
from accordant.tables import Table

ChangeKind = Literal["added", "changed", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change that tables make to a case.

    Attributes
    ----------
    kind
        A row is added or removed; a cell is changed; rows whose order counts are moved.
    sheet, row
        The table, and what the row is called in it.
    column
        The column of a changed cell; empty for whole rows.
    old, new
        What the case says and what the tables say; of a whole row every cell that says something.
    cell
        Where it stands, such as ``parties!C5``; empty for what is no longer there.
    """

    kind: ChangeKind
    sheet: str
    row: str
    column: str = ""
    old: str = ""
    new: str = ""
    cell: str = ""

    def to_json(self) -> dict[str, Any]:
        """The change as plain data."""
        return {
            "kind": self.kind,
            "sheet": self.sheet,
            "row": self.row or None,
            "column": self.column or None,
            "old": self.old or None,
            "new": self.new or None,
            "cell": self.cell or None,
        }


@dataclass(frozen=True)
class TablesImport:
    """Tables read back: a preview, until it is applied.

    Attributes
    ----------
    source
        The workbook, folder or CSV file.
    case
        The case as it would be.
    changes
        Everything that would be different; empty where nothing would.
    warnings
        What a check of the changed case warns of, and did not warn of before.
    notes
        What was not read, and what could not be seen.
    stale
        Whether the case has changed since the tables were written; None where they do not say.
    written
        The files that were written; empty for a preview.
    """

    source: Path
    case: Case = field(repr=False)
    changes: tuple[Change, ...]
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    stale: bool | None
    folder: CaseFolder = field(repr=False)
    written: tuple[str, ...] = ()

    def check_fresh(self) -> None:
        """Refuse tables that would undo what was done to the case since they were written.

        Raises
        ------
        InputError
            If they would.
        """
        if self.stale and self.changes:
            anew = f"accordant tables {shlex.quote(str(self.folder.path))} -o anew.xlsx"
            raise InputError(
                f"the case has changed since {self.source} was written, so that nothing was changed: "
                f"what was done in between would be undone; write the tables anew ({anew}), make your "
                "changes there, and read them back"
            )

    def apply(self) -> TablesImport:
        """Write the changes to the case: only what has changed is touched, both files or neither.

        Returns
        -------
        TablesImport
            The same, with the files that were written and the folder as it is now.

        Raises
        ------
        InputError
            If the case has changed since the tables were written.
        FailedError
            If a file has changed on the disk since the case was read, or cannot be written.
        """
        self.check_fresh()
        if not self.changes:
            return self
        saved = self.folder.save(self.case)
        before = {name: written.source.raw for name, written in self.folder.files.items()}
        names = [n for n, written in saved.files.items() if written.source.raw != before.get(n)]
        return TablesImport(
            self.source,
            self.case,
            self.changes,
            self.warnings,
            self.notes,
            self.stale,
            saved,
            tuple(str(self.folder.path / name) for name in names),
        )

    @property
    def title(self) -> str:
        """How many changes of each kind there are."""
        if not self.changes:
            return "The tables say what the case says: nothing changes"
        counts = Counter(change.kind for change in self.changes)
        words: dict[ChangeKind, str] = {
            "added": "added",
            "changed": "cells changed",
            "removed": "removed",
            "moved": "in another order",
        }
        said = ", ".join(f"{counts[kind]:,} {word}" for kind, word in words.items() if counts[kind])
        return f"{'Changes' if self.written else 'What would change'}: {said}"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``tables --from --json``."""
        return {
            "schema": "accordant/tables-import/1",
            "source": str(self.source),
            "changes": [change.to_json() for change in self.changes],
            "warnings": [
                {"path": p.path or None, "message": p.message, "found": p.found, "try": p.hint}
                for p in self.warnings
            ],
            "notes": list(self.notes),
            "stale": self.stale,
            "written": list(self.written),
        }

    def table(self) -> Table:
        """One row for each change."""
        rows = tuple((c.kind, c.sheet, c.row, c.column, c.old, c.new, c.cell) for c in self.changes)
        return Table(self.title, ("change", "table", "row", "column", "old", "new", "cell"), rows)

    def to_frame(self) -> Any:
        """The changes as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
