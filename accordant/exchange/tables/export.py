"""The tables of a case as a workbook or a folder of CSV files, with what is needed to read them back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from accordant.case.emit import to_plain
from accordant.case.objects import Case
from accordant.case.writer import write_folder, write_whole
from accordant.errors import InputError
from accordant.evidence.handling import Handling
from accordant.exchange.tables.base import digest, packed
from accordant.exchange.tables.catalogue import TABLES
from accordant.exchange.tables.model import Cells, Column, Plain, Table
from accordant.tables import Table as Shown
from accordant.tables import csv_text
from accordant.workbook import Sheet, escaped, workbook_bytes

FORMAT = "accordant/tables/1"
ABOUT = "about"
WORKBOOK = ".xlsx"
RESULTS = "results"
"""What the names of sheets begin with that hold results."""
NOT_READ = "Results: not read back. Edit the other sheets."


@dataclass(frozen=True)
class Page:
    """One table of a case, ready to be written."""

    table: Table
    columns: tuple[Column, ...]
    rows: tuple[Cells, ...]

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The cells of every row, in the order of the columns."""
        return [tuple(row.get(c.name, "") for c in self.columns) for row in self.rows]

    def shown(self) -> Shown:
        """The same as a table of a result."""
        return Shown(self.table.says, tuple(c.name for c in self.columns), tuple(self.texts))


@dataclass(frozen=True)
class CaseTables:
    """The tables of a case that a person edits.

    Attributes
    ----------
    title
        The title of the case.
    pages
        Every table, by its name.
    withheld
        Restricted claims, origins and reports that only they lead to, and restricted entries of the
        register, by table: they are in no table, and stay as they are when the tables are read back.
    released
        Restricted claims that were named, and are in the tables.
    answers
        Gives the results that are written beside the tables, when they are written; None: none are.
    """

    title: str
    pages: Mapping[str, Page]
    withheld: Mapping[str, frozenset[str]]
    released: tuple[str, ...]
    answers: Callable[[], Mapping[str, Shown]] | None = field(default=None, compare=False, repr=False)

    @property
    def results(self) -> Mapping[str, Shown]:
        """What comes of the case, by the sheet: to be read, and never read back."""
        return self.answers() if self.answers is not None else {}

    @property
    def digest(self) -> str:
        """SHA-256 over everything in the tables: another one where the case has changed since."""
        return digest(self._content())

    def _content(self) -> list[Any]:
        return [[name, [c.name for c in p.columns], p.texts] for name, p in self.pages.items()]

    def about(self) -> list[tuple[str, str]]:
        """What is written beside the tables, so that they can be read back."""
        return [
            ("format", FORMAT),
            ("case", self.title),
            ("tables", self.digest),
            ("released", ", ".join(self.released)),
            ("withheld", ", ".join(self.left_out)),
            *packed(self._content()),
        ]

    @property
    def left_out(self) -> tuple[str, ...]:
        """Claims and entries of the register that are withheld.

        Origins and reports that only these lead to are left out too and not named: an id is often a name.
        """
        return tuple(sorted({*self.withheld["claims"], *self.withheld["register"]}))

    def tables(self) -> dict[str, Shown]:
        """Every table by its name, for a notebook."""
        return {name: page.shown() for name, page in self.pages.items()}

    def table(self) -> Shown:
        """Which tables there are, and how many rows each has."""
        rows = tuple((n, len(p.rows), len(p.columns), p.table.says) for n, p in self.pages.items())
        return Shown("The tables of the case", ("table", "rows", "columns", "what it holds"), rows)

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``tables --json``."""
        return {
            "schema": FORMAT,
            "case": self.title,
            "digest": self.digest,
            "tables": {
                name: {"columns": [c.name for c in page.columns], "rows": [list(row) for row in page.texts]}
                for name, page in self.pages.items()
            },
            "withheld": {
                name: sorted(ids) for name in ("claims", "register") if (ids := self.withheld[name])
            },
            "written": None,
        }

    def to_frame(self) -> Any:
        """Which tables there are, as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()

    def workbook(self) -> bytes:
        """All tables as the content of an ``.xlsx`` file, a sheet for each."""
        results = [
            Sheet(name, table.columns, table.rows, wrapped=True, above=NOT_READ)
            for name, table in self.results.items()
        ]
        return workbook_bytes([*map(_sheet, self.pages.values()), *results, _about_sheet(self.about())])

    def files(self) -> dict[str, bytes]:
        """All tables as CSV files, by their names."""
        made = {
            f"{name}.csv": _csv([[c.name for c in page.columns], *page.texts])
            for name, page in self.pages.items()
        }
        made |= {
            f"{name}.csv": _csv([[NOT_READ], table.columns, *map(_told, table.rows)])
            for name, table in self.results.items()
        }
        return made | {f"{ABOUT}.csv": _csv([("key", "value"), *self.about()])}

    def write(self, path: str | Path) -> Path:
        """Write all tables to a workbook (``.xlsx``), or to a new folder with a CSV file for each.

        Raises
        ------
        InputError
            If the folder is not new, or a workbook cannot hold the tables.
        FailedError
            If nothing can be written there.
        """
        target = Path(path)
        if target.suffix.lower() == WORKBOOK:
            return write_whole(target, self.workbook())
        if target.suffix.lower() in (".csv", ".ods", ".xls", ".json"):
            raise InputError(
                f"{target}: tables are written to a workbook ({WORKBOOK}) or, as CSV, to a new folder; "
                f"try {target.with_suffix(WORKBOOK)} or {target.with_suffix('')}"
            )
        return write_folder(target, self.files())


def case_tables(
    case: Case,
    released: Collection[str] = (),
    answers: Callable[[], Mapping[str, Shown]] | None = None,
) -> CaseTables:
    """The tables of a case.

    Parameters
    ----------
    released
        Restricted claims that are in the tables too.
    answers
        Gives the results that are written beside them.

    Raises
    ------
    InputError
        If one of them is no restricted claim of the case.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}, "b": {"role": "mediator"}}})
    >>> case_tables(case).pages["parties"].texts
    [('a', '', 'party', '', '', ''), ('b', '', 'mediator', '', '', '')]
    """
    withheld = Handling(case, released).by_table()
    data = plain_of(case)
    for section, held in withheld.items():
        if held:
            data[section] = {id_: part for id_, part in data[section].items() if id_ not in held}
    claims = data.get("claims", {})
    for id_, part in claims.items():
        if part.get("within") in withheld["claims"]:  # it stands in the same report as that one
            claims[id_] = {key: value for key, value in part.items() if key != "within"}
    pages = {t.name: Page(t, t.columns(data), tuple(t.rows(data))) for t in TABLES}
    return CaseTables(case.title, pages, withheld, tuple(sorted(released)), answers)


def plain_of(case: Case) -> Plain:
    """A case and its sources in one mapping of text, lists and mappings."""
    made: Plain = {}
    for node in (case, case.sources):
        part = to_plain(node)
        made |= part if isinstance(part, dict) else {}
    return made


def _sheet(page: Page) -> Sheet:
    choices = {k: c.choices for k, c in enumerate(page.columns) if c.choices}
    text = frozenset(k for k, c in enumerate(page.columns) if not c.form.number)
    names = [c.name for c in page.columns]
    return Sheet(page.table.name, names, page.texts, choices=choices, text=text, wrapped=True)


def _about_sheet(rows: list[tuple[str, str]]) -> Sheet:
    return Sheet(ABOUT, ("key", "value"), rows, text=frozenset({0, 1}), hidden=True)


def _told(row: Sequence[Any]) -> list[str]:
    return ["" if cell is None else str(cell) for cell in row]


def _csv(rows: list[Any]) -> bytes:
    # With a byte-order mark, without which spreadsheet programs take the text for another encoding.
    return csv_text([[escaped(cell) for cell in row] for row in rows]).encode("utf-8-sig")
