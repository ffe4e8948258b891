"""The matrix of positions: issues down, parties across, and what each says it wants, why, and how much."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from accordant.errors import did_you_mean
from accordant.exchange.tables.cells import FLAG, NAME, NAMES
from accordant.exchange.tables.model import Building, Cells, Column, Given, Plain, Row, Spot, widened

SHEET = "positions"
FIELDS = {
    "wants": Column("wants", ("wants",), "the value that it asks for", NAME),
    "interest": Column("interest", ("interest",), "why it asks for it"),
    "importance": Column("importance", ("importance",), "high, medium or low", NAME),
    "because": Column("because", ("because",), "ids of the claims that it stands on", NAMES),
    "assumed": Column("assumed", ("assumed", "says"), "a stated assumption that it stands on"),
    "assumed id": Column("assumed id", ("assumed", "id"), "a name of that assumption"),
    "unsure": Column("unsure", ("unsure",), "yes: it may or may not be so", FLAG),
    "note": Column("note", ("note",), "a remark for readers"),
}
ALWAYS = ("wants", "interest", "importance", "because")
ISSUE = Column("issue", (), "the issue", NAME)
WHAT = Column(
    "what", (), "what the cells of the row are: wants, interest, importance, …", NAME, "", tuple(FIELDS)
)


class Positions:
    """What each side says it wants, as a matrix."""

    name = SHEET
    says = "What each side says it wants: issues down, parties across."

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """The issue, what the row tells, and a column for each party."""
        said = data.get(SHEET, {})
        parties = dict.fromkeys([*data.get("parties", {}), *said])
        return (ISSUE, WHAT, *(Column(party, (), f"of {party}") for party in parties))

    def rows(self, data: Plain) -> list[Cells]:
        """Four rows for each issue; others where anybody says something in them."""
        said = {party: issues or {} for party, issues in data.get(SHEET, {}).items()}
        issues = dict.fromkeys([*data.get("issues", {}), *(i for of in said.values() for i in of)])
        found = []
        for issue in issues:
            parts = {party: widened(of[issue]) for party, of in said.items() if issue in of}
            for what, column in FIELDS.items():
                cells = {party: _shown(parts.get(party, {}), column) for party in parts}
                if what in ALWAYS or any(cells.values()):
                    found.append({ISSUE.name: issue, WHAT.name: what, **cells})
        return [{c.name: row.get(c.name, "") for c in self.columns(data)} for row in found]

    def key(self, cells: Cells) -> tuple[str, ...]:
        """The issue and what the row tells."""
        return cells.get(ISSUE.name, "").strip(), cells.get(WHAT.name, "").strip().lower()

    def build(self, given: Given, work: Building) -> None:
        """Every cell that has changed, and every row that is gone, put into the positions."""
        said: Plain = deepcopy(work.base.get(SHEET, {}))
        parties = [c for c in given.columns if c not in (ISSUE.name, WHAT.name)]
        shown = {self.key(row): row for row in self.rows(work.base)}
        seen: dict[tuple[str, ...], int] = {}
        for row in given.rows:
            if not self._sound(row, seen, work):
                continue
            for party in parties:
                _put(said, shown, party, row, work)
        for issue, what in shown:
            if (issue, what) not in seen:
                for party in parties:
                    _clear(said, party, issue, FIELDS[what])
        before = work.base.get(SHEET, {})
        gone = before.keys() & (work.base.get("parties", {}).keys() - work.data.get("parties", {}).keys())
        for party in gone - set(parties):  # with a party goes what it says, where nothing else is said of it
            said.pop(party)
        left = {p: {i: part for i, part in of.items() if part} for p, of in said.items()}
        work.data[SHEET] = {p: of for p, of in left.items() if of or not before.get(p, True)}
        if not work.data[SHEET]:
            work.data.pop(SHEET)

    def _sound(self, row: Row, seen: dict[tuple[str, ...], int], work: Building) -> bool:
        issue, what = key = self.key(row.cells)
        if not issue:
            work.mistake(Spot(SHEET, row, ISSUE.name), "the row has no issue")
        elif what not in FIELDS:
            message = (
                f"{what!r} is nothing that a position has" if what else "the row does not say what it tells"
            )
            hint = did_you_mean(what, list(FIELDS))
            work.mistake(Spot(SHEET, row, WHAT.name), message, allowed=FIELDS, hint=hint)
        elif key in seen:
            work.mistake(Spot(SHEET, row, WHAT.name), f"{issue} {what} stands in row {seen[key]} already")
        else:
            seen[key] = row.number
            return True
        return False


def _shown(part: Plain, column: Column) -> str:
    value: Any = part
    for step in column.path:
        value = value.get(step) if isinstance(value, dict) else None
    return "" if value is None else column.form.write(value)


def _put(said: Plain, shown: dict[tuple[str, ...], Cells], party: str, row: Row, work: Building) -> None:
    issue, what = Positions().key(row.cells)
    column, text = FIELDS[what], row.cells.get(party, "")
    spot = Spot(SHEET, row, party)
    place = (SHEET, party, issue)
    if text or what == "wants":
        work.places[(*place, *column.path)] = spot
        work.places.setdefault((SHEET, party), spot)
        work.places.setdefault(place, spot)
    if column.tidy(text) == column.tidy(shown.get((issue, what), {}).get(party, "")):
        return
    if not text:
        _clear(said, party, issue, column)
        return
    part = said.setdefault(party, {}).get(issue, {})
    part = said[party][issue] = widened(part)
    try:
        value = column.form.read(text)
    except ValueError as error:
        work.mistake(spot, f"{text!r} cannot be read", allowed=(str(error),))
        return
    for step in column.path[:-1]:
        part = part.setdefault(step, {})
    part[column.path[-1]] = value


def _clear(said: Plain, party: str, issue: str, column: Column) -> None:
    if issue not in said.get(party, {}):
        return
    part = said[party][issue] = widened(said[party][issue])
    inner = part.get(column.path[0])
    if len(column.path) > 1 and isinstance(inner, dict):
        inner.pop(column.path[1], None)
    if len(column.path) == 1 or not inner:
        part.pop(column.path[0], None)
