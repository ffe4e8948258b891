"""What a party wants as rows: a row for each line, red line, level of a ranking, worth, and for no deal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from accordant.exchange.tables.cells import BETWEEN, FLAG, NAME, NUMBER, STATE
from accordant.exchange.tables.model import (
    GROUNDS,
    Cells,
    Column,
    cells_of,
    widened,
)

SHEET = "preferences"
NAMES_OF_KINDS = (
    "never",
    "priorities",
    "ranking",
    "worth",
    "linear",
    "table",
    "also",
    "reservation",
    "delay",
    "incomparable",
    "degrees",
    "grounds",
)
ELEMENT = Column("element", (), "what the program calls the line; leave it empty in a new row")
PARTY = Column("party", (), "whose preference it is", NAME)
KIND = Column("kind", (), "what the row is: the key of the case file", NAME, choices=NAMES_OF_KINDS)
LEVEL = Column(
    "level", (), "its place among those of its kind; the same twice: an unknown order, or a tie", NUMBER
)
SAYS = Column("says", ("says",), "an expression, or a state by name or by values")
STATES = Column("says", ("says",), SAYS.says, STATE)
THAN = Column("than", ("than",), "the other state of incomparable and degrees", STATE)
ISSUE = Column("issue", ("issue",), "of worth and linear: the issue (or the state, without issues)", NAME)
VALUE = Column("value", ("value",), "of worth and linear: the value", NAME)
WORTH = Column("worth", ("worth",), "the number: a worth, what no deal is worth, a degree", BETWEEN)
COST = Column("cost", ("cost",), "of delay: what a period costs", NUMBER)
FACTOR = Column("factor", ("factor",), "of delay: what a period leaves of the worth", NUMBER)
DAYS = Column("days", ("days",), "of delay: the days of a period", NUMBER)
DECISIVE = Column(
    "decisive", ("decisive",), "yes: what it is first to tell apart is strong", FLAG, "", ("yes", "no")
)
COLUMNS = (
    ELEMENT,
    PARTY,
    KIND,
    LEVEL,
    SAYS,
    THAN,
    ISSUE,
    VALUE,
    WORTH,
    COST,
    FACTOR,
    DAYS,
    DECISIVE,
    *GROUNDS,
)
Made: TypeAlias = "tuple[list[str], Cells]"
"""The end of an element's id, and the cells of its row."""


@dataclass(frozen=True)
class Kind:
    """One kind of rows: the columns that it uses, and the keys that they lead to."""

    key: str
    columns: tuple[Column, ...]
    short: str = ""


def _to(column: Column, *path: str) -> Column:
    return Column(column.name, path, column.says, column.form, column.default, column.choices)


KINDS = {
    "never": Kind("never", (_to(SAYS, "rule"), DECISIVE, *GROUNDS), "rule"),
    "priorities": Kind("priorities", (_to(SAYS, "want"), DECISIVE, *GROUNDS), "want"),
    "ranking": Kind("ranking", (STATES,), "says"),
    "worth": Kind("worth", (ISSUE, VALUE, WORTH)),
    "linear": Kind("worth", (ISSUE, VALUE, WORTH)),
    "table": Kind("table", (STATES, WORTH)),
    "also": Kind("also", (_to(SAYS, "if"), WORTH, *GROUNDS)),
    "reservation": Kind("reservation", (_to(STATES, "state"), WORTH, *GROUNDS), "worth"),
    "delay": Kind("delay", (COST, FACTOR, DAYS, *GROUNDS)),
    "incomparable": Kind("incomparable", (STATES, THAN)),
    "degrees": Kind("degrees", (STATES, THAN, WORTH)),
    "grounds": Kind("", GROUNDS),
}
TUPLES = {"table": ("says", "worth"), "incomparable": ("says", "than"), "degrees": ("says", "than", "worth")}


def rows_of(party: str, part: Any) -> Iterator[Cells]:
    """The rows that show what one party wants."""
    wide = widened(part)
    found = [
        _cells(party, kind, end, cells)
        for kind, show in _SHOWN.items()
        for end, cells in show(wide.get(KINDS[kind].key), KINDS[kind])
    ]
    grounds = cells_of(wide, GROUNDS)
    if not found or any(grounds[c.name] != c.default for c in GROUNDS):
        found.append(_cells(party, "grounds", [], grounds))
    yield from found


def _cells(party: str, kind: str, end: list[str], cells: Cells) -> Cells:
    key = KINDS[kind].key
    level = end[0] if end and kind in _LEVELLED else ""
    first = {
        ELEMENT.name: ".".join([party, *([key] if key else ["grounds"]), *end]),
        PARTY.name: party,
        KIND.name: kind,
        LEVEL.name: level,
    }
    return {column.name: "" for column in COLUMNS} | cells | first


_LEVELLED = ("never", "priorities", "ranking", "table", "also", "incomparable", "degrees")


def _show_list(parts: Any, kind: Kind) -> Iterator[Made]:
    for k, part in enumerate(parts or [], 1):
        if isinstance(part, dict) and list(part) == ["either"] and kind.key == "priorities":
            for m, line in enumerate(part["either"], 1):
                yield [str(k), str(m)], cells_of(widened(line, kind.short), kind.columns)
        else:
            yield [str(k)], cells_of(widened(part, kind.short), kind.columns)


def _show_ranking(parts: Any, kind: Kind) -> Iterator[Made]:
    for k, part in enumerate(parts or [], 1):
        tied = isinstance(part, list)
        for m, state in enumerate(part if tied else [part], 1):
            yield [str(k), *([str(m)] if tied else [])], cells_of({"says": state}, kind.columns)


def _show_tuples(parts: Any, kind: Kind) -> Iterator[Made]:
    for k, part in enumerate(parts or [], 1):
        yield [str(k)], cells_of(dict(zip(TUPLES[kind.key], part, strict=True)), kind.columns)


def _show_worth(parts: Any, kind: Kind) -> Iterator[Made]:
    for issue, worth in (parts or {}).items():
        for value, number_ in _worths(worth, straight=False):
            end = [issue] if value is None else [issue, value]
            cells = {"issue": issue, "value": value, "worth": number_}
            yield end, cells_of(cells, kind.columns)


def _show_linear(parts: Any, kind: Kind) -> Iterator[Made]:
    for issue, worth in (parts or {}).items():
        for value, number_ in _worths(worth, straight=True):
            cells = {"issue": issue, "value": value, "worth": number_}
            yield [issue, "linear", str(value)], cells_of(cells, kind.columns)


def _worths(worth: Any, *, straight: bool) -> list[tuple[Any, Any]]:
    if _is_line(worth):
        return [(value, number_) for value, number_ in worth["linear"]] if straight else []
    if straight:
        return []
    return list(worth.items()) if isinstance(worth, dict) else [(None, worth)]


def _is_line(worth: Any) -> bool:
    return isinstance(worth, dict) and isinstance(worth.get("linear"), list)


def _show_one(part: Any, kind: Kind) -> Iterator[Made]:
    if part is not None:
        yield [], cells_of(widened(part, kind.short), kind.columns)


_SHOWN: dict[str, Callable[[Any, Kind], Iterator[Made]]] = {
    "never": _show_list,
    "priorities": _show_list,
    "ranking": _show_ranking,
    "worth": _show_worth,
    "linear": _show_linear,
    "table": _show_tuples,
    "also": _show_list,
    "reservation": _show_one,
    "delay": _show_one,
    "incomparable": _show_tuples,
    "degrees": _show_tuples,
}
