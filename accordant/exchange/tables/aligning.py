"""Lists whose rows are told by their place: which of them are the same rows after the case has changed.

A row that was the third may be the fourth now. What was written then and what came back are given the
numbers that their rows have now, so that the three can be laid over each other.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from fractions import Fraction
from typing import TypeAlias

from accordant.exchange.tables.model import Cells, Row, Table, order_of
from accordant.exchange.tables.preference_rows import ELEMENT, KIND, LEVEL, PARTY
from accordant.exchange.tables.sections import NO, Listed, Under

Group: TypeAlias = tuple[str, ...]
"""What the rows of one list have in common, such as the party and the kind."""
ALIKE = 0.6
"""How alike two rows have to be, of one, to be the same one edited."""
GONE = " (gone)"
"""After the name of a row that the case has no more."""


@dataclass(frozen=True)
class Places:
    """How a table tells its rows by their place.

    Attributes
    ----------
    group
        What the rows of one list have in common.
    number
        The column of the place.
    called
        The column of the name that follows from the place; the same where the place is the name.
    """

    group: Callable[[Cells], Group]
    number: str
    called: str


def places_of(table: Table) -> Places | None:
    """How a table tells rows by their place; None where it tells them by names of their own."""
    if isinstance(table, Listed):
        return Places(lambda cells: (), NO.name, NO.name)
    if isinstance(table, Under):
        owner = table.owner.name
        return Places(lambda cells: (cells.get(owner, "").strip(),), NO.name, NO.name)
    if table.name == "preferences":
        return Places(_of_party, LEVEL.name, ELEMENT.name)
    return None


def _of_party(cells: Cells) -> Group:
    return cells.get(PARTY.name, "").strip(), cells.get(KIND.name, "").strip().lower()


@dataclass
class Renumbering:
    """One list, then and now: from the numbers of then to those of now.

    Attributes
    ----------
    names
        For each name of then what it is called now.
    levels
        For each name of then its place now, had the case not moved it.
    """

    anchors: list[tuple[Fraction, Fraction]] = field(default_factory=list)
    last: tuple[Fraction, Fraction] = (Fraction(0), Fraction(0))
    names: dict[str, str] = field(default_factory=dict)
    levels: dict[str, str] = field(default_factory=dict)

    def at(self, text: str) -> str:
        """The place now of a place then; where there was none, right after what was before it."""
        if not text.strip():
            return ""
        value = order_of(text)
        if value == float("inf"):
            return text
        place = Fraction(text.replace(",", ".").strip())
        then, now = self.last
        if place > then:
            return _written(now + (place - then))
        k = bisect_right([a for a, _ in self.anchors], place)
        if not k:
            first = self.anchors[0] if self.anchors else (then + 1, now + 1)
            return _written(first[1] - min(first[0] - place, Fraction(1)) / 2)
        old, new = self.anchors[k - 1]
        if place == old:
            return _written(new)
        width = (self.anchors[k][0] if k < len(self.anchors) else then + 1) - old
        return _written(new + (place - old) / width)


def renumbered(
    places: Places,
    then: Sequence[Cells],
    now: Sequence[Cells],
    rows: Sequence[Row],
    alike: Collection[Group] = (),
) -> tuple[list[tuple[Cells, Cells]], list[Row]]:
    """What was written then, as it was and in the numbers of now, and what came back in those numbers.

    Of the lists in ``alike`` the file says what the case says: they are taken as they are there.
    """
    if alike:
        kept = [cells for cells in then if places.group(cells) not in alike]
        same = [cells for cells in now if places.group(cells) in alike]
        left = {group: iter(_in_order(places, group, same)) for group in alike}
        called = {
            id(row): Row(row.number, next(left[group]), row.line)
            for group in alike
            for row in _in_order_of_rows(places, group, rows)
        }
        old, made = renumbered(places, kept, now, [row for row in rows if id(row) not in called])
        others = iter(made)
        return [*old, *((cells, cells) for cells in same)], [
            called.get(id(row)) or next(others) for row in rows
        ]
    lists = {group: _list(places, group, then, now) for group in _groups(places, then, now)}
    by_name = {cells.get(places.called, ""): cells for cells in then}
    old = [(cells, _then(cells, places, lists[places.group(cells)])) for cells in then]
    fresh = Renumbering()
    seen: set[Group] = set()
    made = []
    for row in rows:
        group = places.group(row.cells)
        key = row.cells.get(places.called, "").strip()
        was = by_name.get(key) if places.called != NO.name else _of_list(then, places, group, key)
        once = (*group, key) not in seen
        seen.add((*group, key))
        known = was is not None and places.group(was) == group and once
        one = lists.get(group, fresh)
        made.append(_back(row, places, was if known else None, one))
    return old, made


def _in_order(places: Places, group: Group, rows: Sequence[Cells]) -> list[Cells]:
    some = [cells for cells in rows if places.group(cells) == group]
    return sorted(some, key=lambda cells: order_of(cells.get(places.number, "")))


def _in_order_of_rows(places: Places, group: Group, rows: Sequence[Row]) -> list[Row]:
    some = [row for row in rows if places.group(row.cells) == group]
    return sorted(some, key=lambda row: order_of(row.cells.get(places.number, "")))


def _of_list(then: Sequence[Cells], places: Places, group: Group, key: str) -> Cells | None:
    tidy = NO.tidy(key) if key else ""
    return next((c for c in then if places.group(c) == group and c.get(places.called) == tidy), None)


def _then(cells: Cells, places: Places, one: Renumbering) -> Cells:
    name = cells.get(places.called, "")
    if name not in one.names:
        return cells
    return cells | {places.number: one.levels[name], places.called: one.names[name]}


def _back(row: Row, places: Places, was: Cells | None, one: Renumbering) -> Row:
    cells = dict(row.cells)
    if was is None:
        if places.number in cells and one.anchors:
            cells[places.number] = one.at(cells[places.number])
        return Row(row.number, cells, row.line)
    name = was[places.called]
    if name not in one.names:
        return row
    if places.called != places.number:
        if places.number in cells and NO.tidy(cells[places.number]) == NO.tidy(was[places.number]):
            cells[places.number] = one.levels[name]
        elif places.number in cells:
            cells[places.number] = one.at(cells[places.number])
    cells[places.called] = one.names[name]
    return Row(row.number, cells, row.line)


def _groups(places: Places, *tables: Iterable[Cells]) -> list[Group]:
    return list(dict.fromkeys(places.group(cells) for table in tables for cells in table))


def _list(places: Places, group: Group, then: Sequence[Cells], now: Sequence[Cells]) -> Renumbering:
    """One list: its rows paired by what they say, and a way from the old numbers to the new."""
    old = [cells for cells in then if places.group(cells) == group]
    new = [cells for cells in now if places.group(cells) == group]
    if not any(cells.get(places.number) for cells in (*old, *new)):
        return Renumbering()  # its rows have no places
    kept, moved = _paired(old, new, places)
    made = Renumbering(sorted({(_place(old[a], places), _place(new[b], places)) for a, b in kept.items()}))
    made.anchors = _rising(made.anchors)
    made.last = (
        max((_place(cells, places) for cells in old), default=Fraction(0)),
        max((_place(cells, places) for cells in new), default=Fraction(0)),
    )
    for before, after in kept.items():
        made.names[old[before][places.called]] = new[after][places.called]
        made.levels[old[before][places.called]] = new[after][places.number]
    for k, cells in enumerate(old):
        name = cells[places.called]
        if k in kept:
            continue
        if places.called == places.number:
            at = new[moved[k]][places.called] if k in moved else _apart(made.at(cells[places.number]), k)
            made.names[name] = made.levels[name] = at
        else:
            made.names[name] = new[moved[k]][places.called] if k in moved else name + GONE
            made.levels[name] = made.at(cells[places.number])
    return made


def _paired(
    old: Sequence[Cells], new: Sequence[Cells], places: Places
) -> tuple[dict[int, int], dict[int, int]]:
    """Rows of then with those of now: in their order, and those that have moved."""
    a, b = [_said(cells, places) for cells in old], [_said(cells, places) for cells in new]
    kept: dict[int, int] = {}
    blocks = []
    for kind, i, j, m, n in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            kept |= dict(zip(range(i, j), range(m, n), strict=True))
        elif kind == "replace":
            blocks.append((list(range(i, j)), list(range(m, n))))
    free = [k for k in range(len(new)) if k not in kept.values()]
    moved: dict[int, int] = {}
    for k in (k for k in range(len(old)) if k not in kept):
        same = next((n for n in free if b[n] == a[k]), None)
        if same is not None:
            moved[k] = same
            free.remove(same)
    for left, right in blocks:
        pairs = _alike([k for k in left if k not in moved], [n for n in right if n in free], a, b)
        kept |= pairs
    return kept, moved


def _alike(left: list[int], right: list[int], a: Sequence[Group], b: Sequence[Group]) -> dict[int, int]:
    """Rows that stand in the same place and say something else: one for one, or those that are alike."""
    if len(left) == len(right):
        return dict(zip(left, right, strict=True))
    found: dict[int, int] = {}
    after = -1
    for k in left:
        text = " ".join(a[k])
        likest = [(SequenceMatcher(None, text, " ".join(b[n])).ratio(), -n) for n in right if n > after]
        if likest and max(likest)[0] >= ALIKE:
            after = found[k] = -max(likest)[1]
    return found


def _said(cells: Cells, places: Places) -> Group:
    return tuple(text for name, text in cells.items() if name not in (places.number, places.called))


def _place(cells: Cells, places: Places) -> Fraction:
    text = cells.get(places.number, "")
    return Fraction(text) if text else Fraction(0)


def _rising(pairs: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """The pairs with one place now for each place then, in rising order."""
    found: list[tuple[Fraction, Fraction]] = []
    for old, new in pairs:
        if not found or (old > found[-1][0] and new >= found[-1][1]):
            found.append((old, new))
    return found


def _apart(text: str, k: int) -> str:
    """A place that no row has: a little after one."""
    return _written(Fraction(text) + Fraction(k + 1, 10_000) + Fraction(1, 1_000))


def _written(place: Fraction) -> str:
    return f"{float(place):.6f}".rstrip("0").rstrip(".")
