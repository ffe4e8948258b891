"""What merging a file gives: every change and conflict before anything is written, and the writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.wording import counted
from accordant.errors import InputError, Problem
from accordant.evidence.handling import WITHHELD
from accordant.exchange.tables.conflicts import UNKNOWN, Conflict
from accordant.tables import Table

ChangeKind = Literal["added", "changed", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a file makes to a case.

    Attributes
    ----------
    kind
        A row is added or removed; a cell is changed; rows whose order counts are moved.
    sheet, row
        The table, and what the row is called in it.
    column
        The column of a changed cell; empty for whole rows.
    old, new
        What the case says and what it would say; of a whole row every cell that says something.
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
class Merge:
    """What a file changes in a case: a preview, until it is applied.

    Attributes
    ----------
    source
        The workbook, folder, CSV file or other copy of the case.
    case
        The case as it would be; where a conflict is open, it has the case's own side.
    changes
        Everything that would be different; empty where nothing would.
    conflicts
        What the file and the case have both changed differently, with the side that is taken of it.
    kept
        How many cells and rows the case alone has changed since the tables were written; they stay.
    warnings
        What a check of the changed case warns of, and did not warn of before.
    notes
        What was not read, and what could not be seen.
    stale
        Whether the case has changed since the tables were written; None where they do not say.
    reports
        Files of reports that come with another copy of the case: the content of each by its place.
    secret
        Rows of restricted claims and of what only they lead to, by table and name.
    written
        The files that were written; empty for a preview.
    """

    source: Path
    case: Case = field(repr=False)
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]
    kept: int
    warnings: tuple[Problem, ...]
    notes: tuple[str, ...]
    stale: bool | None
    folder: CaseFolder = field(repr=False)
    reports: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    secret: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    written: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Conflict, ...]:
        """Conflicts of which no side is taken yet."""
        return tuple(conflict for conflict in self.conflicts if not conflict.taken)

    def check_settled(self) -> None:
        """Refuse to go on while a conflict is open.

        Raises
        ------
        InputError
            If one is, with what to do.
        """
        if not self.open:
            return
        raise InputError(
            f"{counted(len(self.open), 'conflict')} between {self.source} and the case; nothing was "
            f"changed. Take a side of each: --take file:{self.open[0].address} or "
            f"--take case:{self.open[0].address}; --take file or --take case takes one side of all"
        )

    def apply(self) -> Merge:
        """Write the changes to the case: only what has changed is touched, both files or neither.

        Returns
        -------
        Merge
            The same, with the files that were written and the folder as it is now.

        Raises
        ------
        InputError
            If a conflict is open.
        FailedError
            If a file has changed on the disk since the case was read, or cannot be written.
        """
        self.check_settled()
        if not self.changes:
            return self
        saved = self.folder.save(self.case, reports=self.reports)
        before = {name: written.source.raw for name, written in self.folder.files.items()}
        names = [n for n, written in saved.files.items() if written.source.raw != before.get(n)]
        places = tuple(str(self.folder.path / name) for name in (*names, *self.reports))
        return replace(self, folder=saved, written=places)

    @property
    def title(self) -> str:
        """How many changes of each kind there are."""
        if not self.changes:
            return (
                "Nothing changes" if self.conflicts else "The file says what the case says: nothing changes"
            )
        counts = Counter(change.kind for change in self.changes)
        cells = "1 cell changed" if counts["changed"] == 1 else f"{counts['changed']:,} cells changed"
        words: dict[ChangeKind, str] = {
            "added": f"{counts['added']:,} added",
            "changed": cells,
            "removed": f"{counts['removed']:,} removed",
            "moved": f"{counts['moved']:,} in another order",
        }
        said = ", ".join(word for kind, word in words.items() if counts[kind])
        return f"{'Changes' if self.written else 'What would change'}: {said}"

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``merge --json``; what is restricted is told without its words."""
        return {
            "schema": "accordant/merge/1",
            "source": str(self.source),
            "changes": [change.to_json() for change in self._without_words(self.changes)],
            "conflicts": [conflict.to_json() for conflict in self._conflicts_without_words()],
            "kept": self.kept,
            "warnings": [
                {"path": p.path or None, "message": p.message, "found": p.found, "try": p.hint}
                for p in self.warnings
            ],
            "notes": list(self.notes),
            "stale": self.stale,
            "written": list(self.written),
        }

    def _without_words(self, changes: Iterable[Change]) -> Iterator[Change]:
        for change in changes:
            if (change.sheet, change.row.split(" ")[0]) in self.secret:
                old, new = (WITHHELD if text else "" for text in (change.old, change.new))
                change = replace(change, old=old, new=new)
            yield change

    def _conflicts_without_words(self) -> Iterator[Conflict]:
        for one in self.conflicts:
            if (one.sheet, one.row.split(" ")[0]) in self.secret:
                sides = {name: WITHHELD for name in ("before", "case", "file") if getattr(one, name)}
                one = replace(one, **sides)  # type: ignore[arg-type]
            yield one

    def table(self) -> Table:
        """One row for each change."""
        rows = tuple((c.kind, c.cell or c.sheet, c.row, c.column, c.old, c.new) for c in self.changes)
        return Table(self.title, ("change", "cell", "row", "column", "in the case", "becomes"), rows)

    def conflict_table(self) -> Table:
        """One row for each conflict."""
        found = self.conflicts
        every = tuple(
            (c.address, c.cell or c.sheet, c.before, c.case, c.file, c.taken) for c in self.conflicts
        )
        head = ("what", "cell", "when written", "in the case", "in the file", "taken")
        known = any(one.before != UNKNOWN for one in found)
        taken = any(one.taken for one in found)
        shown = [k for k in range(len(head)) if (k != 2 or known) and (k != 5 or taken)]
        rows = tuple(tuple(row[k] for k in shown) for row in every)
        return Table(counted(len(found), "conflict"), tuple(head[k] for k in shown), rows)

    def to_frame(self) -> Any:
        """The changes as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()
