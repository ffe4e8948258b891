"""Another copy of the case, such as a colleague's folder, as tables that can be merged.

What both copies said before they parted is what the last version says that both of them keep
(``accordant freeze``). Without such a version every difference is a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from accordant.case.files import REPORT_LIMIT, read_bytes
from accordant.case.folder import CASE_FILE, CaseFolder
from accordant.case.objects import Case
from accordant.case.quotations import files_of, inside
from accordant.errors import FailedError, InputError, Problem
from accordant.evidence.handling import Handling
from accordant.exchange.tables.base import Kept
from accordant.exchange.tables.catalogue import TABLES
from accordant.exchange.tables.export import Page, case_tables
from accordant.exchange.tables.model import Given, Row
from accordant.exchange.tables.reading import Tables

_NO_BASE = (
    "both copies have no version in common ('accordant freeze' makes one): every difference is a conflict, "
    "and what only one of them has is kept"
)
_IN_TABLES = {
    *("parties", "issues", "feasible", "preferences", "proposals", "terms", "positions", "events"),
    *("relations", "judgements", "sources"),
}


def is_copy(path: Path) -> bool:
    """Whether a path is a case: a folder with a ``case.yaml``, or that file."""
    return (path.name == CASE_FILE and path.is_file()) or (path / CASE_FILE).is_file()


def read_copy(folder: CaseFolder, other: CaseFolder) -> Tables:
    """The tables of another copy of a case.

    Raises
    ------
    InputError
        If it is the case itself.
    """
    if other.path.resolve() == folder.path.resolve():
        raise InputError(f"{other.path} is the case itself; name another copy of it")
    pages = _whole(other.case)
    given = [
        Given(
            name,
            [column.name for column in page.columns],
            [Row(k, dict(row)) for k, row in enumerate(page.rows, 2)],
            str(other.path),
            {column.name: k for k, column in enumerate(page.columns, 1)},
        )
        for name, page in pages.items()
    ]
    then = _in_common(folder, other)
    notes = [] if then is not None else [_NO_BASE]
    notes += _left_out(folder.case, other.case)
    return Tables(
        other.path, given, copied=True, then=then, reports=_reports(folder, other), notes=tuple(notes)
    )


def _whole(case: Case) -> Mapping[str, Page]:
    """Every table, with nothing held back: both copies are one's own."""
    held = Handling(case)
    return case_tables(case, held.withheld | held.entries).pages


def _in_common(folder: CaseFolder, other: CaseFolder) -> dict[str, Kept] | None:
    """The tables of the last version that both copies have."""
    from accordant.history.versions import versions_of

    theirs = {one.about.seal for one in versions_of(other.path).found if one.about is not None}
    for one in reversed(versions_of(folder.path).found):
        if one.about is not None and one.about.seal in theirs:
            pages = _whole(one.case())
            return {
                name: Kept(tuple(column.name for column in page.columns), page.rows)
                for name, page in pages.items()
            }
    return None


def _reports(folder: CaseFolder, other: CaseFolder) -> dict[str, bytes]:
    """Files of reports that only the other copy has."""
    known = {file for report in folder.case.reports.values() for file in files_of(report)}
    found = {}
    for report in other.case.reports.values():
        for file in files_of(report):
            place = inside(other.path, file)
            if file in known or isinstance(place, str) or (folder.path / file).exists():
                continue
            raw = read_bytes(place, file, REPORT_LIMIT)
            if isinstance(raw, Problem):
                raise FailedError(f"{place} {raw.message}")
            found[file] = raw
    return found


def _left_out(mine: Case, other: Case) -> list[str]:
    """What stands in no table and differs: a person has to carry it over by hand."""
    differ = [
        field.alias or name
        for name, field in type(mine).model_fields.items()
        if (field.alias or name) not in _IN_TABLES and getattr(mine, name) != getattr(other, name)
    ]
    known = ", ".join(table.name for table in TABLES)
    return [f"not merged, since it stands in no table ({known}): {', '.join(differ)}"] if differ else []
