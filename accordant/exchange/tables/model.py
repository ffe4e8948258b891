"""What a table of a case is: columns that lead into the parts of the case, rows of cells, and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

from accordant.case.places import Path
from accordant.errors import Problem
from accordant.exchange.tables.cells import FLAG, NAMES, TEXT, Form

Plain: TypeAlias = dict[str, Any]
"""A case as text, lists and mappings, the sections of ``claims.yaml`` beside the others."""
Cells: TypeAlias = dict[str, str]
"""The cells of one row, by column; an empty one says nothing."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    path
        The keys that lead to what a cell holds, within the part that its row is.
    says
        What stands in it, for the documentation.
    default
        What an empty cell stands for; shown where the case says nothing.
    choices
        What a cell may hold, where that is a short list.
    """

    name: str
    path: tuple[str, ...]
    says: str
    form: Form = TEXT
    default: str = ""
    choices: tuple[str, ...] = ()

    def tidy(self, text: str) -> str:
        """A cell as it would be written here, defaults filled in."""
        return self.form.tidy(text) or self.default


GROUNDS = (
    Column("because", ("because",), "ids of the claims that it stands on", NAMES),
    Column("assumed", ("assumed", "says"), "a stated assumption that it stands on"),
    Column("assumed id", ("assumed", "id"), "a name of that assumption, where several parts share it"),
    Column("unsure", ("unsure",), "yes: it may or may not hold", FLAG, "", ("yes", "no")),
    Column("note", ("note",), "a remark for readers"),
)


@dataclass(frozen=True)
class Row:
    """One row of a table that was read.

    Attributes
    ----------
    number
        Its number in the sheet, the header being row 1.
    line
        The line of a CSV file that it ends in; None in a workbook.
    """

    number: int
    cells: Cells
    line: int | None = None


@dataclass(frozen=True)
class Spot:
    """A place in a table."""

    sheet: str
    row: Row
    column: str = ""


@dataclass
class Given:
    """One table as it was read: the columns that it has, in its order, and its rows.

    Attributes
    ----------
    at
        For each column its number in the file, from 1.
    """

    sheet: str
    columns: Sequence[str]
    rows: Sequence[Row]
    file: str = ""
    at: Mapping[str, int] = field(default_factory=dict)


@dataclass
class Building:
    """A case being put together from tables, with everything that is wrong with them.

    Attributes
    ----------
    base
        The case as it is.
    data
        The case as it is going to be.
    places
        Where each part that the tables set stands in them.
    wrong
        Mistakes, each with its place and what is allowed.
    """

    base: Plain
    data: Plain
    withheld: Mapping[str, frozenset[str]] = field(default_factory=dict)
    places: dict[Path, Spot] = field(default_factory=dict)
    wrong: list[tuple[Spot, Problem]] = field(default_factory=list)

    def mistake(
        self, spot: Spot, message: str, *, allowed: Iterable[str] = (), hint: str | None = None
    ) -> None:
        """Something that has to be put right in the tables."""
        found = spot.row.cells.get(spot.column) or None
        self.wrong.append((spot, Problem(message, found=found, allowed=tuple(allowed), hint=hint)))


class Table(Protocol):
    """One kind of table: how it is made from a case, and how a case is made from it."""

    @property
    def name(self) -> str:
        """What its sheet is called."""

    @property
    def says(self) -> str:
        """What it holds, in a line."""

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """Its columns, in their order."""

    def rows(self, data: Plain) -> list[Cells]:
        """Its rows."""

    def key(self, cells: Cells) -> tuple[str, ...]:
        """What a row is told by; empty where it is none of those that are there."""

    def build(self, given: Given, work: Building) -> None:
        """Put what the table says into the case."""


def widened(part: Any, short: str = "") -> Plain:
    """A part with its shorthands written out, to be changed freely."""
    made: Plain = dict(deepcopy(part)) if isinstance(part, dict) else {short: deepcopy(part)}
    if isinstance(made.get("assumed"), str):
        made["assumed"] = {"says": made["assumed"]}
    return made


def cells_of(part: Plain, columns: Iterable[Column]) -> Cells:
    """The cells that show a part."""
    found: Cells = {}
    for column in columns:
        value = _at(part, column.path)
        found[column.name] = column.default if value is None else column.form.write(value)
    return found


def _at(part: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        part = part.get(step) if isinstance(part, dict) else None
    return part


def changed(
    part: Plain,
    was: Cells,
    row: Row,
    columns: Iterable[Column],
    work: Building,
    place: Path,
    sheet: str,
) -> Plain:
    """A part with every cell that differs from what was shown put into it."""
    work.places[place] = Spot(sheet, row)
    for column in columns:
        if column.name not in row.cells:
            continue
        spot = Spot(sheet, row, column.name)
        work.places[(*place, *column.path)] = spot
        text = row.cells[column.name]
        if column.tidy(text) == column.tidy(was.get(column.name, "")):
            continue
        if column.tidy(text) in ("", column.default):
            _drop(part, column.path)
            continue
        try:
            _put(part, column.path, column.form.read(text))
        except ValueError as error:
            work.mistake(spot, f"{text!r} cannot be read", allowed=(str(error),))
    return part


def _put(part: Plain, path: tuple[str, ...], value: Any) -> None:
    for step in path[:-1]:
        inner = part.get(step)
        part[step] = inner if isinstance(inner, dict) else {}
        part = part[step]
    part[path[-1]] = value


def _drop(part: Plain, path: tuple[str, ...]) -> None:
    inner = part.get(path[0])
    if len(path) > 1 and isinstance(inner, dict):
        _drop(inner, path[1:])
        if inner:
            return
    part.pop(path[0], None)


def order_of(text: str) -> float:
    """A cell that says which comes first, as a number; what is none comes last."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("inf")
