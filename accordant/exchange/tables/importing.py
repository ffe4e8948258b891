"""A file merged into the case that it was made from: read, compared, checked; not written yet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

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
from accordant.case.wording import counted
from accordant.errors import CaseError, InputError, Problem, TooLargeError, did_you_mean, nearest
from accordant.evidence.handling import Handling
from accordant.exchange.tables.base import Kept, unpacked
from accordant.exchange.tables.catalogue import TABLES, table_of
from accordant.exchange.tables.comparing import changes_of, name_of, where
from accordant.exchange.tables.conflicts import Choices, Conflict
from accordant.exchange.tables.copies import is_copy, read_copy
from accordant.exchange.tables.export import CaseTables, case_tables, plain_of
from accordant.exchange.tables.filling import fill
from accordant.exchange.tables.model import Building, Column, Given, Plain, Row, Spot, Table
from accordant.exchange.tables.positions import SHEET as POSITIONS
from accordant.exchange.tables.reading import Tables, read_tables
from accordant.exchange.tables.result import Change, Merge
from accordant.exchange.tables.threeway import Laid

Open: TypeAlias = Callable[[Path], CaseFolder]
"""Opens another case."""
SOURCES = ("reports", "origins", "claims", "register")
_KEYS = ("id", "party", "kind", "proposal", "issue", "what", "source")
_UNSEEN = (
    "no about.csv stands beside the table: what the case said when it was written cannot be seen, so that "
    "every difference is taken for an edit"
)
_CUT = (
    "what the tables said when they were written has been lost from the file, and the case has changed "
    "since: every difference is a conflict, and what only one of them has is kept"
)


def merge(
    folder: CaseFolder,
    path: str | Path,
    take: Iterable[str] = (),
    *,
    opened: Open,
    foreign: bool = False,
) -> Merge:
    """What a file would change in a case, and where both have changed the same; nothing is written.

    Parameters
    ----------
    path
        A workbook, a folder of CSV files or one CSV file, as :class:`export.CaseTables` writes them, or
        another copy of the case: its folder or its ``case.yaml``. Tables and columns that are not there
        are left as they are.
    take
        Which side is taken where both have changed something: ``file`` or ``case``, for everything or,
        as in ``file:claims.c5.grade``, for one table, row or cell.
    opened
        Opens another copy of the case.
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
            f"{folder.path} is a file of another program; convert it to a case, and merge into that"
        )
    choices = Choices.of(take)
    place = Path(path)
    found = read_copy(folder, opened(place)) if is_copy(place) else read_tables(place)
    return Merging(folder, found, choices).result()


class Merging:
    """One merging of a file into one case."""

    def __init__(self, folder: CaseFolder, found: Tables, choices: Choices | None = None) -> None:
        self.folder, self.found, self.choices = folder, found, choices or Choices()
        self.before = _as_exported(folder.case, found)
        self.then = self._then()
        self.conflicts: list[Conflict] = []
        self.kept = 0
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
                self._lay(table)
                table.build(self.given[table.name], self.work)
        fill(self.work, self.folder.path, _report_text)
        return self.work.data

    def _then(self) -> Mapping[str, Kept] | None:
        """The tables as they were written; None where that is not known any more."""
        about = self.found.about
        as_it_is = {
            name: Kept(tuple(c.name for c in page.columns), page.rows)
            for name, page in self.before.pages.items()
        }
        if self.found.then is not None or self.found.copied:
            return self.found.then
        if "tables" not in about or about["tables"] == self.before.digest:
            return as_it_is
        return unpacked(about)

    def _lay(self, table: Table) -> None:
        """Bring one table together with what the case has become since it was written."""
        then = None if self.then is None else self.then[table.name].rows if table.name in self.then else ()
        page = self.before.pages[table.name]
        laid = Laid(page, self.given[table.name], self.columns[table.name], then, self.choices)
        self.given[table.name] = laid.merged()
        self.conflicts += laid.conflicts
        self.kept += laid.kept

    def result(self) -> Merge:
        """What would change."""
        # Where rows could not be told apart, what refers to them would be wrong only because of that.
        data = self.build()
        whole = not self.problems and not any(spot.column in _KEYS for spot, _ in self.work.wrong)
        case, findings = _checked(self.folder, data, self.found, whole=whole)
        self._stop([f for f in findings if f.severity == "error"], whole=whole)
        if case is None or (same(case, self.folder.case) and same(case.sources, self.folder.case.sources)):
            case = self.folder.case  # what is written otherwise and means the same is no change
        known = {(problem.path, problem.message) for problem in self.folder.problems}
        new = (f for f in findings if f.severity == "warning" and (written(f.path), f.message) not in known)
        self.choices.check_used(self.conflicts)
        stale = self._stale()
        if stale is None and not self.found.copied:
            self.notes.append(_UNSEEN)
        elif self.then is None and not self.found.copied:
            self.notes.append(_CUT)
        return Merge(
            self.found.path,
            case,
            () if case is self.folder.case else tuple(self._changes()),
            tuple(self.conflicts),
            self.kept,
            tuple(problem for _, problem in map(self._placed, new)),
            (*self.found.notes, *self.notes),
            stale,
            self.folder,
            {} if case is self.folder.case else self.found.reports,
            _secret(case, self.folder.case),
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
        gone = self.then[POSITIONS].columns[2:] if self.then and POSITIONS in self.then else ()
        every = dict.fromkeys([*self.work.base.get("parties", {}), *gone, *(n.strip() for n in named)])
        return [Column(party, (), "") for party in every if party and party not in there]

    def _changes(self) -> list[Change]:
        return [
            change
            for name, page in self.before.pages.items()
            if name in self.given
            for change in changes_of(page, self.given[name], self.columns[name])
        ]

    def _stale(self) -> bool | None:
        if self.found.copied:
            return None
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
        some = f"{counted(len(wrong), 'mistake')} in the tables; nothing was changed"
        if not whole:
            some += "; whether everything fits together is seen once these are put right"
        raise CaseError(sorted(wrong, key=_in_order), some)

    def _at(self, spot: Spot, problem: Problem) -> Problem:
        """A mistake with its place in the tables."""
        given = self.given[spot.sheet]
        if not spot.row.number:  # the case has the row, and the file has not
            return replace(problem, path=f"{spot.sheet} {name_of(spot.row.cells, None)}".strip())
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
            if spot is not None and spot.row.number:
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
    if found.copied:  # both copies are one's own: nothing is held back
        return case_tables(case, restricted)
    named = {name.strip() for name in found.about.get("released", "").split(",")}
    return case_tables(case, named & restricted)


def _secret(*cases: Case) -> frozenset[tuple[str, str]]:
    """Rows that are told without their words, by table and name."""
    found = {
        (section, name)
        for case in cases
        for section, names in Handling(case).by_table().items()
        for name in names
    }
    return frozenset({*found, *(("reliability", name) for section, name in found if section == "register")})


def _checked(
    folder: CaseFolder, data: Plain, found: Tables, *, whole: bool
) -> tuple[Case | None, list[Finding]]:
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
        *_of_reports(claims.value, folder, found),
    ]
    findings += [f for f in more if not hurt.follows(f)]
    if not any(f.severity == "error" for f in findings):
        findings += _of_states(made)
    return made, findings


def _of_reports(sources: Sources, folder: CaseFolder, found: Tables) -> list[Finding]:
    """What is wrong with quotations; those of reports that come along are looked up where these lie now."""
    coming = {id_ for id_, report in sources.reports.items() if report.file in found.reports}
    findings = []
    for place, here in ((folder.path, False), (found.path, True)):
        reports = {id_: one for id_, one in sources.reports.items() if (id_ in coming) is here}
        claims = {id_: one for id_, one in sources.claims.items() if (one.report in coming) is here}
        some = sources.model_copy(update={"reports": reports, "claims": claims})
        if reports or claims:
            findings += check_reports(some, place, _report_text)
    return findings


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
