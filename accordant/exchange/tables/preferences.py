"""The table of preferences: all that the parties want, and how a case is made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from accordant.case.places import Path
from accordant.case.ranges import number
from accordant.errors import did_you_mean
from accordant.exchange.tables.model import (
    GROUNDS,
    Building,
    Cells,
    Column,
    Given,
    Plain,
    Row,
    Spot,
    changed,
    order_of,
    widened,
)
from accordant.exchange.tables.preference_rows import (
    COLUMNS,
    ELEMENT,
    KIND,
    KINDS,
    LEVEL,
    NAMES_OF_KINDS,
    PARTY,
    SHEET,
    TUPLES,
    VALUE,
    WORTH,
    Kind,
    rows_of,
)


class Preferences:
    """What each party wants, all parties in one table."""

    name = SHEET
    says = "What each party wants: a row for each line, red line, rank and worth."

    def columns(self, data: Plain) -> tuple[Column, ...]:
        """The same for every kind of row; most rows use a few of them."""
        return COLUMNS

    def rows(self, data: Plain) -> list[Cells]:
        """The rows of every party, kind by kind."""
        return [row for party, part in data.get(SHEET, {}).items() for row in rows_of(party, part)]

    def key(self, cells: Cells) -> tuple[str, ...]:
        """The id of the element."""
        element = cells.get(ELEMENT.name, "").strip()
        return (element,) if element else ()

    def build(self, given: Given, work: Building) -> None:
        """Every kind of row of every party anew, where any of them has changed."""
        base: Plain = work.base.get(SHEET, {})
        groups: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for row in _sound(given, work):
            groups[row.cells.get(PARTY.name, "").strip()][row.cells[KIND.name].strip().lower()].append(row)
        made: Plain = {}
        for party in (*(p for p in base if p in groups), *(p for p in groups if p not in base)):
            made[party] = _preference(party, base.get(party, {}), groups[party], given.columns, work)
        if made:
            work.data[SHEET] = made
        else:
            work.data.pop(SHEET, None)


def _sound(given: Given, work: Building) -> Iterator[Row]:
    """The rows that say whose they are and of which kind; of the others it is said what is wrong."""
    seen: dict[str, int] = {}
    for row in given.rows:
        kind = row.cells.get(KIND.name, "").strip().lower()
        element = row.cells.get(ELEMENT.name, "").strip()
        if not row.cells.get(PARTY.name, "").strip():
            work.mistake(Spot(SHEET, row, PARTY.name), "the row has no party")
        elif kind not in KINDS:
            message = f"{kind!r} is no kind of row" if kind else "the row has no kind"
            hint = did_you_mean(kind, NAMES_OF_KINDS)
            work.mistake(Spot(SHEET, row, KIND.name), message, allowed=KINDS, hint=hint)
        elif element and element in seen:
            hint = "leave the element of a new row empty"
            message = f"{element!r} stands in row {seen[element]} already"
            work.mistake(Spot(SHEET, row, ELEMENT.name), message, hint=hint)
        else:
            seen.setdefault(element, row.number)
            used = {ELEMENT.name, PARTY.name, KIND.name, LEVEL.name, *(c.name for c in KINDS[kind].columns)}
            for column in COLUMNS:
                text = row.cells.get(column.name, "")
                if column.name not in used and column.tidy(text) != column.default:
                    message = f"a row of kind {kind} has no {column.name!r}"
                    work.mistake(Spot(SHEET, row, column.name), message, hint="leave the cell empty")
            yield row


def _preference(
    party: str, base: Any, groups: dict[str, list[Row]], columns: Sequence[str], work: Building
) -> Plain:
    wide = widened(base)
    shown = {row[ELEMENT.name]: row for row in rows_of(party, wide)}
    made = dict(wide)
    place: Path = (SHEET, party)
    merged = _Merged(shown, [c for c in COLUMNS if c.name in columns], place, work)
    for key in dict.fromkeys(kind.key for name, kind in KINDS.items() if name != "grounds"):
        names = [name for name, kind in KINDS.items() if kind.key == key]
        rows = [row for name in names for row in groups.get(name, ())]
        before = [row for row in shown.values() if row[KIND.name] in names]
        for row in rows:
            work.places[(*place, key)] = Spot(SHEET, row)
        if merged.same(rows, before):
            merged.mark(rows, key)
            continue
        value = merged.value(key, rows)
        made.pop(key, None)
        if value is not None:
            made[key] = value
    _grounds(made, groups.get("grounds", []), shown.get(f"{party}.grounds", {}), place, work)
    return made


def _grounds(made: Plain, rows: list[Row], was: Cells, place: Path, work: Building) -> None:
    for row in rows[1:]:
        work.mistake(Spot(SHEET, row, KIND.name), "the party has a row of kind grounds already")
    if rows:
        changed(made, was, rows[0], GROUNDS, work, place, SHEET)
    elif was:
        for column in GROUNDS:
            made.pop(column.path[0], None)


class _Merged:
    """Puts rows of one party together with what was shown of them before."""

    def __init__(self, shown: dict[str, Cells], columns: list[Column], place: Path, work: Building) -> None:
        self.shown, self.columns, self.place, self.work = shown, columns, place, work
        self.at = {element: k for k, element in enumerate(shown)}

    def same(self, rows: list[Row], before: list[Cells]) -> bool:
        """Whether the rows are those that were shown, with the same cells, in whatever order."""
        if len(rows) != len(before):
            return False
        for row in rows:
            was = self.shown.get(row.cells.get(ELEMENT.name, "").strip())
            if was is None or any(
                c.tidy(row.cells.get(c.name, "")) != c.tidy(was[c.name]) for c in self.columns
            ):
                return False
        return True

    def mark(self, rows: list[Row], key: str) -> None:
        """Note where the lines stand although nothing has changed in them."""
        for row in rows:
            parts = row.cells[ELEMENT.name].strip().split(".")
            numbers = [int(p) - 1 for p in parts[-2:] if p.isdecimal()]
            spot = Spot(SHEET, row)
            self.work.places.setdefault((*self.place, key, *numbers[:1]), spot)
            self.work.places[(*self.place, key, *numbers[:1], "either", *numbers[1:])] = spot

    def value(self, key: str, rows: list[Row]) -> Any:
        """What the rows say; None where there are none."""
        if not rows:
            return None
        if key in ("reservation", "delay"):
            for row in rows[1:]:
                self.work.mistake(Spot(SHEET, row, KIND.name), f"the party has a row of kind {key} already")
            return self._part(rows[0], key, (*self.place, key))
        if key == "worth":
            return self._worth(rows)
        made: list[Any] = []
        for _, group in groupby(self._sorted(rows), key=lambda row: self._level(row, key)):
            some = list(group)
            if key in TUPLES:
                made += [
                    self._tuple(row, key, (*self.place, key, len(made) + k)) for k, row in enumerate(some)
                ]
            else:
                made.append(self._entry(some, key, (*self.place, key, len(made))))
        return made

    def _sorted(self, rows: list[Row]) -> list[Row]:
        """By level; within one level as they were shown, new ones after them."""

        def first(row: Row) -> tuple[float, float]:
            at = self.at.get(row.cells.get(ELEMENT.name, "").strip(), len(self.at) + row.number)
            return order_of(row.cells.get(LEVEL.name, "")), at

        return sorted(rows, key=first)

    def _level(self, row: Row, key: str) -> tuple[float, int]:
        level = order_of(row.cells.get(LEVEL.name, ""))
        # Lines without a level, and of the kinds that know no ties, are each by themselves.
        alone = level == float("inf") or key not in ("priorities", "ranking")
        return level, row.number if alone else 0

    def _entry(self, rows: list[Row], key: str, place: Path) -> Any:
        """One line, one state, or several that are tied or of unknown order."""
        grouped = key in ("priorities", "ranking")
        together = grouped and (len(rows) > 1 or _in_group(rows[0]))
        if not together:
            return self._line(rows[0], key, place)
        if key == "ranking":
            return [self._line(row, key, (*place, m)) for m, row in enumerate(rows)]
        return {"either": [self._line(row, key, (*place, "either", m)) for m, row in enumerate(rows)]}

    def _line(self, row: Row, key: str, place: Path) -> Any:
        part = self._part(row, key, place)
        return part.get("says", "") if key == "ranking" else part

    def _tuple(self, row: Row, key: str, place: Path) -> list[Any]:
        part = self._part(row, key, place)
        for name in TUPLES[key]:
            if name not in part:
                self.work.mistake(Spot(SHEET, row, name), f"a row of kind {key} needs {name!r}")
        return [part.get(name, "") for name in TUPLES[key]]

    def _part(self, row: Row, key: str, place: Path) -> Plain:
        kind = KINDS[key]
        return changed(
            {}, self._was(row, kind), self._whole(row, kind), kind.columns, self.work, place, SHEET
        )

    def _was(self, row: Row, kind: Kind) -> Cells:
        # Built from nothing: every cell that says something is new.
        return {column.name: column.default for column in kind.columns}

    def _whole(self, row: Row, kind: Kind) -> Row:
        """The row with what was shown in columns that the table has not."""
        was = self.shown.get(row.cells.get(ELEMENT.name, "").strip(), {})
        here = {c.name: was.get(c.name, "") for c in kind.columns} | row.cells
        return Row(row.number, here, row.line)

    def _worth(self, rows: list[Row]) -> Plain:
        made: Plain = {}
        lines: dict[str, list[tuple[str, str]]] = defaultdict(list)
        at = sorted(rows, key=lambda row: self.at.get(row.cells.get(ELEMENT.name, "").strip(), len(self.at)))
        for row in at:
            kind = row.cells[KIND.name].strip().lower()
            place = (*self.place, "worth", row.cells.get("issue", "").strip())
            part = self._part(row, kind, place)
            issue, value, worth = (part.get(name) for name in ("issue", "value", "worth"))
            if issue is None or worth is None or (kind == "linear" and value is None):
                missing = "issue" if issue is None else "worth" if worth is None else "value"
                self.work.mistake(Spot(SHEET, row, missing), f"a row of kind {kind} needs {missing!r}")
                continue
            self.work.places[(*place, *([] if value is None else [value]))] = Spot(SHEET, row, WORTH.name)
            if kind == "linear":
                lines[issue].append((str(value), worth))
            elif value is None and issue not in made:
                made[issue] = worth
            elif (
                isinstance(made.setdefault(issue, {}), dict)
                and value is not None
                and value not in made[issue]
            ):
                made[issue][value] = worth
            else:
                self.work.mistake(
                    Spot(SHEET, row, VALUE.name), f"the worth of {issue} {value or ''} is given twice"
                )
        for issue, points in lines.items():
            row = next(row for row in at if row.cells.get("issue", "").strip() == issue)
            if issue in made:
                self.work.mistake(
                    Spot(SHEET, row, KIND.name), f"{issue} has rows of kind worth and of kind linear"
                )
            made[issue] = {"linear": [list(point) for point in _along(points)]}
        return made


def _in_group(row: Row) -> bool:
    """Whether a row was shown as one of several, so that what is left of them stays a group."""
    ends = row.cells.get(ELEMENT.name, "").strip().split(".")[-2:]
    return len(ends) == 2 and all(end.isdecimal() for end in ends)


def _along(points: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Points of a line in the order of their numbers; as their rows stand where one of them is a word."""
    numbers = {value: number(value) for value, _ in points}
    if None in numbers.values():
        return points
    return sorted(points, key=lambda point: numbers[point[0]] or Decimal(0))
