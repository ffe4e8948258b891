"""Tables put back into the case that they were written from: read, compared, checked; not written yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from accordant.case.checks import check_case, check_sources
from accordant.case.findings import Finding
from accordant.case.folder import CaseFolder
from accordant.case.objects import Case
from accordant.case.patch import same
from accordant.case.places import written
from accordant.case.quotations import check_reports
from accordant.case.repair import Hurt, validate
from accordant.case.sources import Sources
from accordant.case.tidy import tidy
from accordant.errors import CaseError, InputError, Problem, TooLargeError, did_you_mean, nearest
from accordant.evidence.handling import Handling
from accordant.exchange.tables.catalogue import TABLES, table_of
from accordant.exchange.tables.comparing import changes_of, where
from accordant.exchange.tables.export import CaseTables, case_tables, plain_of
from accordant.exchange.tables.filling import fill
from accordant.exchange.tables.model import Building, Column, Given, Plain, Row, Spot
from accordant.exchange.tables.positions import SHEET as POSITIONS
from accordant.exchange.tables.reading import Tables, read_tables
from accordant.exchange.tables.result import Change, TablesImport

SOURCES = ("reports", "origins", "claims", "register")
_KEYS = ("id", "party", "kind", "proposal", "issue", "what", "source")
_UNSEEN = (
    "no about.csv stands beside the table: whether the case has changed since it was written cannot be seen"
)


def import_tables(folder: CaseFolder, path: str | Path, *, foreign: bool = False) -> TablesImport:
    """What tables would change in a case; nothing is written.

    Parameters
    ----------
    path
        A workbook, a folder of CSV files or one CSV file, as :class:`export.CaseTables` writes them.
        Tables and columns that are not there are left as they are.
    foreign
        The case was opened from another program's file, which cannot be changed so.

    Raises
    ------
    CaseError
        With every mistake at once: in the cells, and in the case as it would be.
    InputError
        If there is nothing to read, or nothing to write to.
    """
    if foreign:
        raise InputError(
            f"{folder.path} is a file of another program; convert it to a case, and read the tables into that"
        )
    found = read_tables(path)
    return Merging(folder, found).result()


class Merging:
    """One reading of tables into one case."""

    def __init__(self, folder: CaseFolder, found: Tables) -> None:
        self.folder, self.found = folder, found
        self.before = _as_exported(folder.case, found)
        base = plain_of(folder.case)
        self.work = Building(base, deepcopy(base), self.before.withheld)
        self.given: dict[str, Given] = {}
        self.columns: dict[str, tuple[Column, ...]] = {}
        self.problems: list[Problem] = []
        self.notes: list[str] = []

    def build(self) -> Plain:
        """The case as the tables have it, as text, lists and mappings; not checked yet."""
        for given in self.found.given:
            self._take(given)
        for table in TABLES:
            if table.name in self.given:
                table.build(self.given[table.name], self.work)
        fill(self.work, self.folder.path, _report_text)
        return self.work.data

    def result(self) -> TablesImport:
        """What would change."""
        # Where rows could not be told apart, what refers to them would be wrong only because of that.
        data = self.build()
        whole = not self.problems and not any(spot.column in _KEYS for spot, _ in self.work.wrong)
        case, findings = _checked(self.folder, data, whole=whole)
        self._stop([f for f in findings if f.severity == "error"], whole=whole)
        if case is None or (same(case, self.folder.case) and same(case.sources, self.folder.case.sources)):
            case = self.folder.case  # what is written otherwise and means the same is no change
        known = {(problem.path, problem.message) for problem in self.folder.problems}
        new = (f for f in findings if f.severity == "warning" and (written(f.path), f.message) not in known)
        stale = self._stale()
        if stale is None:
            self.notes.append(_UNSEEN)
        return TablesImport(
            self.found.path,
            case,
            () if case is self.folder.case else tuple(self._changes()),
            tuple(problem for _, problem in map(self._placed, new)),
            tuple(self.notes),
            stale,
            self.folder,
        )

    def _take(self, given: Given) -> None:
        """One table, its columns called as they are here; or what is wrong with its name and its head."""
        table = table_of(given.sheet)
        if table is None:
            self._unknown(given)
        elif table.name in self.given:
            self._wrong(given, "is there twice", path=table.name, hint="keep one of them")
        elif not given.columns:
            self.notes.append(f"{table.name} is empty, not even a first row: it was not read")
        else:
            columns = table.columns(self.work.base)
            if table.name == POSITIONS:
                columns = (*columns, *self._parties(columns))
            renamed = self._head(given, columns)
            rows = [
                Row(r.number, {renamed.get(n, n): c for n, c in r.cells.items()}, r.line) for r in given.rows
            ]
            at = {renamed.get(name, name): k for name, k in given.at.items()}
            self.columns[table.name] = columns
            self.given[table.name] = Given(table.name, list(at), rows, given.file, at)

    def _unknown(self, given: Given) -> None:
        """A sheet of another name: a slip, or something that somebody keeps beside the tables."""
        names = tuple(t.name for t in TABLES)
        near = nearest(given.sheet, names)
        if near:
            hint = f"did you mean {near!r}?"
            self._wrong(given, "is none of the tables", path=given.sheet, allowed=names, hint=hint)
        else:
            self.notes.append(f"{given.sheet!r} is none of the tables ({', '.join(names)}): it was not read")

    def _head(self, given: Given, columns: Sequence[Column]) -> dict[str, str]:
        """What each column of a file is called here; of others it is said that they are none."""
        by_name = {column.name.casefold(): column.name for column in columns}
        renamed: dict[str, str] = {}
        for name in given.columns:
            known = by_name.get(name.casefold())
            if known is not None:
                renamed[name] = known
                continue
            allowed = tuple(by_name.values())
            place = where(given, Row(1, {}), name)
            hint = did_you_mean(name, allowed)
            self._wrong(given, f"there is no column {name!r}", path=place, allowed=allowed, hint=hint)
        for key in _keys(columns):
            if key not in renamed.values():
                hint = "the first row names the columns"
                self._wrong(given, f"the column {key!r} is missing", path=given.sheet, hint=hint)
        return renamed

    def _wrong(
        self, given: Given, message: str, *, path: str, allowed: tuple[str, ...] = (), hint: str | None = None
    ) -> None:
        self.problems.append(Problem(message, given.file, path=path, allowed=allowed, hint=hint))

    def _parties(self, columns: Sequence[Column]) -> list[Column]:
        """Parties that have no column of their own yet: new ones, and those that say nothing so far."""
        there = {column.name for column in columns}
        rows = next((g.rows for g in self.found.given if g.sheet == "parties"), ())
        named = (cell for row in rows for name, cell in row.cells.items() if name.casefold() == "id")
        every = dict.fromkeys([*self.work.base.get("parties", {}), *(n.strip() for n in named)])
        return [Column(party, (), "") for party in every if party and party not in there]

    def _changes(self) -> list[Change]:
        return [
            change
            for name, page in self.before.pages.items()
            if name in self.given
            for change in changes_of(page, self.given[name], self.columns[name])
        ]

    def _stale(self) -> bool | None:
        then = self.found.about.get("tables")
        return None if then is None else then != self.before.digest

    def _stop(self, findings: Sequence[Finding], *, whole: bool) -> None:
        """End here where there are mistakes, with every one of them but what follows from another."""
        wrong = [*self.found.wrong, *self.problems, *(self._at(spot, p) for spot, p in self.work.wrong)]
        spoilt = self.found.spoilt | {(spot.sheet, spot.row.number) for spot, _ in self.work.wrong}
        for spot, problem in map(self._placed, findings):
            if spot is None or (spot.sheet, spot.row.number) not in spoilt:
                wrong.append(problem)
        if not wrong:
            return
        some = f"{len(wrong):,} mistake{'' if len(wrong) == 1 else 's'} in the tables; nothing was changed"
        if not whole:
            some += "; whether everything fits together is seen once these are put right"
        if self._stale():
            some += "; the case has changed since the tables were written"
        raise CaseError(sorted(wrong, key=_in_order), some)

    def _at(self, spot: Spot, problem: Problem) -> Problem:
        """A mistake with its place in the tables."""
        given = self.given[spot.sheet]
        place = where(given, spot.row, spot.column)
        if spot.column:
            place += f" ({spot.column})"
        return replace(problem, file=given.file, line=spot.row.line, path=place)

    def _placed(self, finding: Finding) -> tuple[Spot | None, Problem]:
        """What a check found, in the table that says it; otherwise where it stands in the case."""
        problem = Problem(
            finding.message,
            path=written(finding.path),
            found=finding.found,
            allowed=finding.allowed,
            hint=finding.hint,
            severity=finding.severity,
        )
        whole = (*finding.path, finding.missing) if finding.missing else finding.path
        for length in range(len(whole), 1, -1):
            spot = self.work.places.get(whole[:length])
            if spot is not None:
                return spot, self._at(spot, problem)
        place = self.folder.place(finding.path)
        if place is None:
            return None, problem
        file = str(self.folder.path / place.file)
        return None, replace(problem, file=file, line=place.line, column=place.column)


def _in_order(problem: Problem) -> tuple[int, int]:
    """By table and row; what stands in no table comes last."""
    sheet, _, cell = problem.path.partition("!")
    row = re.match(r"[A-Z]*(\d+)", cell)
    order = [table.name for table in TABLES]
    return (order.index(sheet) if sheet in order else len(order)), int(row[1]) if row else 0


def _keys(columns: Sequence[Column]) -> list[str]:
    """Columns without which rows cannot be told apart."""
    return [c.name for c in columns if not c.path and c.name in _KEYS]


def _as_exported(case: Case, found: Tables) -> CaseTables:
    """The tables of the case as it is, with the restricted parts that were in those that were read."""
    held = Handling(case)
    restricted = held.withheld | held.entries
    named = {name.strip() for name in found.about.get("released", "").split(",")}
    return case_tables(case, named & restricted)


def _checked(folder: CaseFolder, data: Plain, *, whole: bool) -> tuple[Case | None, list[Finding]]:
    """The case that the data describe, with everything that ``check`` finds in it."""
    claims = validate(Sources, tidy({key: data[key] for key in SOURCES if key in data}))
    case = validate(Case, tidy({key: part for key, part in data.items() if key not in SOURCES}))
    findings = [*case.findings, *claims.findings]
    if case.value is None or claims.value is None or not whole:
        return None, findings
    made = case.value.model_copy(update={"sources": claims.value})
    hurt = Hurt(case.hurt, claims.hurt)
    more = [
        *check_case(made),
        *check_sources(made),
        *check_reports(claims.value, folder.path, _report_text),
    ]
    findings += [f for f in more if not hurt.follows(f)]
    if not any(f.severity == "error" for f in findings):
        findings += _of_states(made)
    return made, findings


def _of_states(case: Case) -> list[Finding]:
    from accordant.model.checks import check_states
    from accordant.model.compiler import Compiler

    try:
        return list(check_states(Compiler(case)))
    except TooLargeError as error:
        return [Finding((), str(error))]


def _report_text(raw: bytes, filename: str) -> str:
    from accordant.evidence.text import report_text

    return report_text(raw, filename)
