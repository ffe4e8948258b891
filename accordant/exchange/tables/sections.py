"""Tables with one row for each part of a section: of those called by an id, and of lists in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accordant.errors import did_you_mean
from accordant.exchange.tables.cells import NUMBER
from accordant.exchange.tables.model import (
    Building,
    Cells,
    Column,
    Given,
    Plain,
    Row,
    Spot,
    cells_of,
    changed,
    order_of,
    widened,
)

ID = Column("id", (), "its id; a new row with a new id adds one")
NO = Column("no", (), "its place in the list; leave it empty to add one at the end", NUMBER)


@dataclass(frozen=True)
class Keyed:
    """Parts that are called by an id.

    Attributes
    ----------
    name
        The section, and the sheet.
    fields
        Columns beside the id.
    ordered
        Whether the order of the rows means something.
    shown
        What is done to a part before it is shown.
    """

    name: str
    says: str
    fields: tuple[Column, ...]
    ordered: bool = False
    shown: Callable[[Plain, Cells], None] | None = None

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """Its columns: the id, and one for each key."""
        return (ID, *self.fields)

    def rows(self, data: Plain) -> list[Cells]:
        """One row for each part."""
        return [self._cells(name, part) for name, part in data.get(self.name, {}).items()]

    def _cells(self, name: str, part: Any) -> Cells:
        wide = widened(part)
        cells = {ID.name: name, **cells_of(wide, self.fields)}
        if self.shown is not None:
            self.shown(wide, cells)
        return cells

    def key(self, cells: Cells) -> tuple[str, ...]:
        """The id."""
        name = cells.get(ID.name, "").strip()
        return (name,) if name else ()

    def build(self, given: Given, work: Building) -> None:
        """The section anew: rows that are there, in the order of the case; new ones after them."""
        base: Plain = work.base.get(self.name, {})
        held = work.withheld.get(self.name, frozenset())
        made: Plain = {}
        for row in given.rows:
            name = self._id(row, made, held, work, base)
            if name is None:
                continue
            part = widened(base.get(name, {}))
            was = self._cells(name, part) if name in base else {}
            if was.get("within") in held:  # not shown either
                was["within"] = ""
            made[name] = changed(part, was, row, self.fields, work, (self.name, name), self.name)
        if not self.ordered:
            made = {name: made[name] for name in (*(n for n in base if n in made), *made)}
        kept = {name: part for name, part in base.items() if name in held}
        if held:  # what was not shown stays where it was
            made = {
                n: made.get(n, kept.get(n)) for n in (*(b for b in base if b in made or b in kept), *made)
            }
        _set(work.data, self.name, made, base)

    def _id(self, row: Row, made: Plain, held: frozenset[str], work: Building, base: Plain) -> str | None:
        spot = Spot(self.name, row, ID.name)
        name = row.cells.get(ID.name, "").strip()
        if not name:
            work.mistake(spot, "the row has no id", hint="every row begins with an id")
        elif name in made:
            first = work.places[(self.name, name)].row.number
            work.mistake(
                spot, f"{name!r} stands in row {first} already", hint="give this row an id of its own"
            )
        elif name in held:
            work.mistake(spot, f"{name!r} is withheld here", hint="give this row an id of its own")
        elif name not in base and (name.startswith(".") or "/" in name or "\\" in name):
            hint = "one word, without slashes and without a dot at its beginning"
            work.mistake(spot, f"{name!r} looks like the name of a file", hint=hint)
        else:
            return name
        return None


def _set(data: Plain, section: str, made: Any, base: Any) -> None:
    if made or base:
        data[section] = made
    if not made:
        data.pop(section, None)


@dataclass(frozen=True)
class Listed:
    """A list whose parts have no names: told by their place.

    Attributes
    ----------
    section
        The key of the case that holds the list.
    short
        The key that a shorthand leaves out.
    """

    name: str
    says: str
    section: str
    fields: tuple[Column, ...]
    short: str = ""

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """The place in the list, and one column for each key."""
        return (NO, *self.fields)

    def rows(self, data: Plain) -> list[Cells]:
        """One row for each part of the list."""
        return listed_rows(data.get(self.section, []), self.fields, self.short)

    def key(self, cells: Cells) -> tuple[str, ...]:
        """The place in the list."""
        return (NO.tidy(cells.get(NO.name, "")),) if cells.get(NO.name) else ()

    def build(self, given: Given, work: Building) -> None:
        """The list anew, in the order of the numbers."""
        base = work.base.get(self.section, [])
        made = listed(base, list(given.rows), self.fields, work, (self.section,), self.name, self.short)
        _set(work.data, self.section, made, base)


@dataclass(frozen=True)
class Under:
    """Lists that stand under parts called by an id, such as the stages of all proposals.

    Attributes
    ----------
    owner
        The column that holds the id, called as that part is.
    section
        The section of those parts.
    inner
        The key of each that holds its list.
    """

    name: str
    says: str
    fields: tuple[Column, ...]
    owner: Column
    section: str
    inner: str

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """The part it stands under, the place in its list, and one column for each key."""
        return (self.owner, NO, *self.fields)

    def rows(self, data: Plain) -> list[Cells]:
        """One row for each entry of each list."""
        return [
            {self.owner.name: name, **cells}
            for name, part in data.get(self.section, {}).items()
            for cells in listed_rows(part.get(self.inner, []), self.fields)
        ]

    def key(self, cells: Cells) -> tuple[str, ...]:
        """The part and the place in its list."""
        no = NO.tidy(cells.get(NO.name, ""))
        return (cells.get(self.owner.name, "").strip(), no) if no else ()

    def build(self, given: Given, work: Building) -> None:
        """The list of every part anew; those of parts that are withheld stay as they are."""
        parts: Plain = work.data.get(self.section, {})
        held = work.withheld.get(self.section, frozenset())
        groups: dict[str, list[Row]] = {name: [] for name in parts if name not in held}
        for row in given.rows:
            name = row.cells.get(self.owner.name, "").strip()
            if name in groups:
                groups[name].append(row)
                continue
            spot = Spot(self.name, row, self.owner.name)
            if name in held:
                work.mistake(spot, f"{name!r} is withheld here", hint="take the row out")
                continue
            hint = did_you_mean(name, list(groups))
            work.mistake(spot, f"there is no {self.owner.name} {name!r}", allowed=groups, hint=hint)
        for name, rows in groups.items():
            base = work.base.get(self.section, {}).get(name, {}).get(self.inner, [])
            place = (self.section, name, self.inner)
            made = listed(base, rows, self.fields, work, place, self.name)
            if made != base:
                parts[name] = widened(parts[name])
                _set(parts[name], self.inner, made, base)


def listed_rows(parts: list[Any], fields: tuple[Column, ...], short: str = "") -> list[Cells]:
    """Rows for a list, each with its place."""
    return [{NO.name: str(k), **cells_of(widened(part, short), fields)} for k, part in enumerate(parts, 1)]


def listed(
    base: list[Any],
    rows: list[Row],
    fields: tuple[Column, ...],
    work: Building,
    place: tuple[str | int, ...],
    sheet: str,
    short: str = "",
) -> list[Any]:
    """A list from its rows, in the order of their numbers; a number that comes twice begins a new part."""
    rows = sorted(rows, key=lambda row: order_of(row.cells.get(NO.name, "")))
    left = {str(k): part for k, part in enumerate(base, 1)}
    made: list[Any] = []
    for row in rows:
        was = left.pop(NO.tidy(row.cells.get(NO.name, "")), None)
        part = {} if was is None else widened(was, short)
        shown = {} if was is None else cells_of(part, fields)
        made.append(changed(part, shown, row, fields, work, (*place, len(made)), sheet))
    return made
