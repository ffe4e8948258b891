"""One table laid three times over itself: as it was written, as it came back, as the case has it now.

What one side alone has changed is taken from that side; what both have changed to the same is that; what
both have changed differently is a conflict. Nothing is guessed: where it is not known what was written,
every difference is one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from accordant.exchange.tables.aligning import GONE, Group, Places, places_of, renumbered
from accordant.exchange.tables.catalogue import ORDERED
from accordant.exchange.tables.comparing import name_of, said_of, where
from accordant.exchange.tables.conflicts import REMOVED, UNKNOWN, Choices, Conflict, settled
from accordant.exchange.tables.export import Page
from accordant.exchange.tables.model import Cells, Column, Given, Row, order_of
from accordant.exchange.tables.positions import SHEET as POSITIONS
from accordant.exchange.tables.quirks import as_it_was

Key: TypeAlias = tuple[str, ...]
_ODD = re.compile(r"[\d.+-]|true$|false$", re.IGNORECASE)
OF_THE_CASE = 0
"""The number of a row that the file does not have."""


@dataclass
class Laid:
    """One table of a file, and what comes of it.

    Attributes
    ----------
    page
        The table as the case has it now.
    given
        The table as it came back.
    columns
        The columns of what came back.
    then
        The rows as they were written; None where that is not known.
    choices
        Which side is taken where both have changed something.
    conflicts
        What both have changed differently.
    kept
        Cells and rows that the case alone has changed, which stay.
    """

    page: Page
    given: Given
    columns: tuple[Column, ...]
    then: Sequence[Cells] | None
    choices: Choices
    conflicts: list[Conflict] = field(default_factory=list)
    kept: int = 0

    def __post_init__(self) -> None:
        self.every = [c for c in (*self.page.columns, *self.columns) if self._tells(c)]
        self.here = [c for c in self.columns if c.name in self.given.columns and self._tells(c)]
        self.now: dict[Key, Cells] = {self._key(row): row for row in self.page.rows}
        self.before = {self._key(cells): cells for cells in self.then or ()}
        # Names that a program may take for a number, a date or a truth value.
        self.odd = [(key[0], cells) for key, cells in self.before.items() if key and _ODD.match(key[0])]
        self.filed: dict[int, Cells] = {}
        self.written: dict[Key, Cells] = {}

    def _tells(self, column: Column) -> bool:
        """Whether a column says something about its row, and does not only name it."""
        of_party = self.page.table.name == POSITIONS and column.name not in ("issue", "what")
        return bool(column.path) or of_party or column.name in ("level", "party", "kind")

    def _key(self, cells: Cells) -> Key:
        return self.page.table.key(cells)

    def merged(self) -> Given:
        """The table with what both sides did to it; open conflicts are left as the case has them."""
        then, rows = self._numbered()
        old = {} if then is None else {self._key(row): row for row in then}
        file, more = self._by_key(rows, {**old, **self.now})
        made: dict[Key, Row] = {}
        for key, row in file.items():
            was, now = old.get(key), self.now.get(key)
            found = self._row(key, row, was, now, known=then is not None)
            if found is not None:
                made[key] = found
        for key, now in self.now.items():
            if key not in file and self._stays(key, old.get(key), now):
                made[key] = Row(OF_THE_CASE, now)
        order = self._order(list(old), list(file), made, known=then is not None)
        rows = [*(made[key] for key in order), *more]
        return Given(self.given.sheet, self.given.columns, rows, self.given.file, self.given.at)

    def _numbered(self) -> tuple[Sequence[Cells] | None, list[Row]]:
        """What was written and what came back, in the numbers that rows have now."""
        then = self.then
        rows = [row if then is None else self._as_written(row) for row in self.given.rows]
        pairs, made = [(cells, cells) for cells in then or ()], rows
        places = places_of(self.page.table)
        if places is not None and then is not None and list(then) != list(self.page.rows):
            alike = self._lists_alike(places, rows)
            pairs, made = renumbered(places, then, self.page.rows, rows, alike)
            made = self._added_by_both(places, made, {self._key(after) for _, after in pairs})
        self.filed = {id(after): before.cells for before, after in zip(rows, made, strict=True)}
        self.written = {self._key(after): before for before, after in pairs}
        return None if then is None else [after for _, after in pairs], made

    def _lists_alike(self, places: Places, rows: Sequence[Row]) -> set[Group]:
        """Lists that say the same in the file and in the case, however they came to it."""
        file, now = _by_group(places, [row.cells for row in rows]), _by_group(places, self.page.rows)
        told = [c for c in self.here if c.name != places.number]
        return {
            group
            for group, lines in file.items()
            if len(lines) == len(now.get(group, ()))
            and all(
                a == b and all(self._same(c, one.get(c.name, ""), other.get(c.name, "")) for c in told)
                for (a, one), (b, other) in zip(lines, now[group], strict=True)
            )
        }

    def _added_by_both(self, places: Places, rows: list[Row], old: set[Key]) -> list[Row]:
        """New rows of the file that the case has got too, called as they are there."""
        fresh = [cells for key, cells in self.now.items() if key not in old]
        made = []
        for row in rows:
            if self._key(row.cells) not in old and self._key(row.cells) not in self.now:
                same = [
                    cells
                    for cells in fresh
                    if places.group(cells) == places.group(row.cells)
                    and not self._edited(row.cells, cells, places.number)
                ]
                if same:
                    fresh.remove(same[0])
                    row = Row(row.number, same[0], row.line)
            made.append(row)
        return made

    def _as_written(self, row: Row) -> Row:
        """A row whose name a program has written otherwise, called as it was."""
        key = self._key(row.cells)
        if len(key) != 1 or key in self.before:
            return row
        same = [cells for name, cells in self.odd if as_it_was(key[0], name)]
        if len(same) != 1:
            return row
        names = [c.name for c in self.columns if not c.path and c.name in ("id", "element")]
        return Row(row.number, row.cells | {n: same[0][n] for n in names if n in same[0]}, row.line)

    def _by_key(self, rows: Iterable[Row], known: Mapping[Key, Cells]) -> tuple[dict[Key, Row], list[Row]]:
        """Rows by what they are called; new rows without a name, and those that stand twice, apart."""
        found: dict[Key, Row] = {}
        more = []
        for row in rows:
            key = self._key(row.cells)
            if key and key not in found:
                found[key] = row
            else:
                more.append(row)
        return found, more

    def _row(self, key: Key, row: Row, was: Cells | None, now: Cells | None, *, known: bool) -> Row | None:
        """What comes of a row that the file has."""
        if now is None:
            if was is None:
                return row
            if not self._edited(row.cells, was):
                self.kept += 1  # the case has removed it
                return None
            taken = self._conflict(key, row, was, None)
            return _without_name(row, was) if taken == "file" else None
        if was is None and known:
            if self._edited(row.cells, now) and self._conflict(key, row, None, now) != "file":
                return Row(row.number, now, row.line)
            return Row(row.number, now | row.cells if self._edited(row.cells, now) else now, row.line)
        cells = {**now, **row.cells}
        for column in self.here:
            cells[column.name] = self._cell(key, row, column, was, now)
        return Row(row.number, cells, row.line)

    def _cell(self, key: Key, row: Row, column: Column, was: Cells | None, now: Cells) -> str:
        said, here = row.cells.get(column.name, ""), now.get(column.name, "")
        before = here if was is None else was.get(column.name, "")
        if was is not None and self._same(column, said, before):
            self.kept += not self._same(column, here, before)
            return here
        if self._same(column, said, here):
            return here
        if was is not None and self._same(column, here, before):
            return said
        taken = self._conflict(key, row, was, now, column)
        return said if taken == "file" else here

    def _stays(self, key: Key, was: Cells | None, now: Cells) -> bool:
        """Whether a row stays that the file does not have."""
        if was is None:
            self.kept += self.then is not None
            return True
        if all(self._same(c, now.get(c.name, ""), was.get(c.name, "")) for c in self.every):
            return False
        return self._conflict(key, None, was, now) != "file"

    @staticmethod
    def _same(column: Column, first: str, second: str) -> bool:
        return column.tidy(first) == column.tidy(second) or as_it_was(first, second)

    def _edited(self, said: Cells, was: Cells, but: str = "") -> bool:
        here = (c for c in self.here if c.name != but)
        return any(not self._same(c, said.get(c.name, ""), was.get(c.name, "")) for c in here)

    # Conflicts

    def _conflict(
        self, key: Key, row: Row | None, was: Cells | None, now: Cells | None, column: Column | None = None
    ) -> str:
        """Note a conflict; which side is taken of it."""
        cells = (self.filed.get(id(row)) if row else self.written.get(key)) or now or {}
        called = self._key(cells) or key
        address = ".".join((self.given.sheet, *called, *([column.name] if column else [])))
        found = Conflict(
            address,
            self.given.sheet,
            name_of(cells, row),
            column.name if column else "",
            where(self.given, row, column.name if column else "") if row else "",
            UNKNOWN if self.then is None else self._told(was, column, ""),
            self._told(now, column, REMOVED),
            self._told(row.cells if row else None, column, REMOVED),
        )
        self.conflicts.append(settled(found, self.choices))
        return self.conflicts[-1].taken

    def _told(self, cells: Cells | None, column: Column | None, none: str) -> str:
        if cells is None:
            return none
        return column.tidy(cells.get(column.name, "")) if column else said_of(cells, self.here)

    # Order

    def _order(self, old: list[Key], file: list[Key], made: Mapping[Key, Row], *, known: bool) -> list[Key]:
        """The rows in their order: of the side that has changed it, the new ones of the other put in."""
        now = list(self.now)
        if self.page.table.name not in ORDERED:
            return list(made)
        common = {key for key in file if key in self.now and (key in old or not known)}
        then, there, here = ([k for k in keys if k in common] for keys in (old, file, now))
        first, second = (now, file)
        if there != here and then != there and known:
            first, second = file, now
            if then != here and self._order_conflict(then, there, here) != "file":
                first, second = now, file
        elif there != here and not known and self._order_conflict([], there, here) == "file":
            first, second = file, now
        return _woven([k for k in first if k in made], [k for k in second if k in made])

    def _order_conflict(self, then: list[Key], there: list[Key], here: list[Key]) -> str:
        before, file, case = (", ".join(key[0] for key in keys) for keys in (then, there, here))
        sheet = self.given.sheet
        found = Conflict(
            f"{sheet}.order", sheet, "", before=before if then else UNKNOWN, case=case, file=file
        )
        self.conflicts.append(settled(found, self.choices))
        return self.conflicts[-1].taken


def _by_group(places: Places, rows: Iterable[Cells]) -> dict[Group, list[tuple[int, Cells]]]:
    """The rows of every list in their order, each with its rank: the same for those of one level."""
    found: dict[Group, list[Cells]] = defaultdict(list)
    for cells in rows:
        found[places.group(cells)].append(cells)
    made = {}
    for group, lines in found.items():
        numbers = [order_of(cells.get(places.number, "")) for cells in lines]
        ranks = {number: k for k, number in enumerate(sorted(set(numbers)))}
        ranked = [(ranks[number], cells) for number, cells in zip(numbers, lines, strict=True)]
        made[group] = sorted(ranked, key=lambda pair: pair[0])
    return made


def _woven(first: list[Key], second: list[Key]) -> list[Key]:
    """The first order with what only the second has, each after the one that it follows there."""
    made = list(first)
    for k, key in enumerate(second):
        if key in made:
            continue
        before = next((one for one in reversed(second[:k]) if one in made), None)
        made.insert(made.index(before) + 1 if before is not None else 0, key)
    return made


def _without_name(row: Row, was: Cells) -> Row:
    """A row that the case has no more: a new one, a line at its place."""
    cells = {**was, **row.cells}
    if cells.get("element", "").endswith(GONE):
        cells["element"] = ""
    return Row(row.number, cells, row.line)
