"""Results as tables: for a notebook, a data frame, a CSV file and the terminal, from one place."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, overload

from accordant.errors import FailedError

if TYPE_CHECKING:
    import pandas as pd

R = TypeVar("R")

AT_ONCE = 4096
"""Rows made and written at once."""

_STARTS = "=+-@\t\r"
_MARK = "'"
_SUSPECT = re.compile(r"""(?:^|[,"\n])[=+\-@\t\r']""")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


@dataclass(frozen=True, eq=False)
class Rows(Sequence[R]):
    """Rows that are made when they are asked for: of a million only those that are shown.

    They equal a tuple or a list of the same rows.

    Attributes
    ----------
    total
        How many there are.
    make
        The rows from one number up to another.
    written
        The same rows as JSON, one text each, where that takes less time than making them.

    Examples
    --------
    >>> Rows(3, lambda start, stop: [(k,) for k in range(start, stop)])[1:]
    [(1,), (2,)]
    """

    total: int
    make: Callable[[int, int], list[R]]
    written: Callable[[int, int], list[str]] | None = None

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, at: int) -> R: ...
    @overload
    def __getitem__(self, at: slice) -> list[R]: ...
    def __getitem__(self, at: int | slice) -> R | list[R]:
        if isinstance(at, slice):
            start, stop, step = at.indices(self.total)
            if step == 1:
                return self.make(start, max(start, stop))
            return [self[k] for k in range(start, stop, step)]
        k = range(self.total)[at]
        return self.make(k, k + 1)[0]

    def __iter__(self) -> Iterator[R]:
        for start in range(0, self.total, AT_ONCE):
            yield from self.make(start, min(start + AT_ONCE, self.total))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (Rows, tuple, list)) or len(self) != len(other):
            return False
        return all(mine == its for mine, its in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, eq=False)
class Beside(Mapping[str, R]):
    """A mapping from names to what stands beside them in another sequence, neither of them listed.

    Examples
    --------
    >>> found = Beside(("a", "b"), (3, 5))
    >>> found["b"], dict(found) == found
    (5, True)
    """

    names: Sequence[str]
    found: Sequence[R]

    def __getitem__(self, name: str) -> R:
        try:
            return self.found[self.names.index(name)]
        except ValueError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def items(self) -> ItemsView[str, R]:
        """Names with what stands beside them, taken side by side."""
        return _Side(self)


class _Side(ItemsView[str, R]):
    _mapping: Beside[R]

    def __iter__(self) -> Iterator[tuple[str, R]]:
        return zip(self._mapping.names, self._mapping.found, strict=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of text or numbers, with a title that states the finding."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]

    def to_frame(self) -> pd.DataFrame:
        """The table as a pandas data frame (pandas is an optional dependency).

        Raises
        ------
        FailedError
            If pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise FailedError("data frames need pandas: pip install pandas") from error
        return pd.DataFrame(list(self.rows), columns=list(self.columns))

    def to_csv(self) -> str:
        """The table as CSV text with a header row; no cell of it is a formula (:func:`guarded`).

        Examples
        --------
        >>> print(Table("t", ("a", "b"), ((1, "x, y"), (-2, "=A1"))).to_csv(), end="")
        a,b
        1,"x, y"
        -2,'=A1
        """
        return "".join(self.csv_pieces())

    def csv_pieces(self) -> Iterator[str]:
        """The same text piece by piece."""
        yield csv_text([self.columns])
        rows = iter(self.rows)
        while some := list(islice(rows, AT_ONCE)):
            yield csv_text(some)

    def _repr_html_(self) -> str:
        return (
            f"<table><caption>{escape(self.title)}</caption>{_head(self.columns)}{_body(self.rows)}</table>"
        )


def guarded(text: str) -> str:
    """Text as a CSV cell that no spreadsheet program takes for a formula: an apostrophe stands before it.

    Numbers stay as they are. :func:`unguarded` gives the same text back.

    Examples
    --------
    >>> [guarded(text) for text in ("=1+1", "-5", "-x", "'=", "it's")]
    ["'=1+1", '-5', "'-x", "''=", "it's"]
    """
    first, second = text[:1], text[1:2]
    if first in _STARTS and second and not _NUMBER.fullmatch(text):
        return _MARK + text
    # an apostrophe that would be taken for such a mark gets one of its own
    return _MARK + text if first == _MARK and second and second in _STARTS + _MARK else text


def unguarded(text: str) -> str:
    """The text that a CSV cell stands for.

    Examples
    --------
    >>> [unguarded(guarded(text)) for text in ("=1+1", "''=", "'", "it's")]
    ['=1+1', "''=", "'", "it's"]
    """
    marked = text[:1] == _MARK and text[1:2] and text[1:2] in _STARTS + _MARK
    return text[1:] if marked else text


def csv_text(rows: Sequence[Sequence[Any]]) -> str:
    """Rows as CSV text, with line feeds, without formulas."""
    text = _csv(rows)
    if _SUSPECT.search(text):  # of a million rows most need no second look
        text = _csv([[guarded(c) if isinstance(c, str) else c for c in row] for row in rows])
    return text


def _csv(rows: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _head(columns: Sequence[str]) -> str:
    return "<thead><tr>" + "".join(f"<th>{escape(str(c))}</th>" for c in columns) + "</tr></thead>"


def _body(rows: Iterable[Sequence[Any]]) -> str:
    cells = ("".join(f"<td>{escape(str(c))}</td>" for c in row) for row in rows)
    return "<tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody>"


@dataclass(frozen=True, slots=True)
class Method:
    """How a result was made, so that it can be checked and repeated.

    Attributes
    ----------
    name
        What was computed, in the field's words.
    exact
        True when complete; otherwise ``cut`` says what was left out and how much.
    settings
        Number of admissible settings looked at, None where there is no count.
    parameters
        Everything else that the result depends on.
    """

    name: str
    exact: bool = True
    settings: int | None = 1
    cut: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The method as plain data, with the program's version."""
        from accordant.version import __version__

        return {
            "name": self.name,
            "exact": self.exact,
            "settings": self.settings,
            "cut": self.cut or None,
            "parameters": dict(self.parameters),
            "accordant": __version__,
        }
