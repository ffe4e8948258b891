"""Results as tables: for a notebook, a data frame, a CSV file and the terminal, from one place."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar, overload

from accordant.errors import FailedError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Rows(Sequence[tuple[Any, ...]]):
    """Rows that are made when they are asked for: of a million only those that are shown.

    Attributes
    ----------
    total
        How many there are.
    make
        The rows from one number up to another.

    Examples
    --------
    >>> Rows(3, lambda start, stop: [(k,) for k in range(start, stop)])[1:]
    [(1,), (2,)]
    """

    total: int
    make: Callable[[int, int], list[tuple[Any, ...]]]

    AT_ONCE: ClassVar[int] = 4096

    def __len__(self) -> int:
        return self.total

    @overload
    def __getitem__(self, at: int) -> tuple[Any, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[Any, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[Any, ...] | list[tuple[Any, ...]]:
        if isinstance(at, slice):
            start, stop, step = at.indices(self.total)
            return self.make(start, stop) if step == 1 else [self[k] for k in range(start, stop, step)]
        k = range(self.total)[at]
        return self.make(k, k + 1)[0]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        for start in range(0, self.total, self.AT_ONCE):
            yield from self.make(start, min(start + self.AT_ONCE, self.total))


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
        """The table as CSV text with a header row.

        Examples
        --------
        >>> Table("t", ("a", "b"), ((1, "x, y"),)).to_csv()
        'a,b\\n1,"x, y"\\n'
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def _repr_html_(self) -> str:
        return (
            f"<table><caption>{escape(self.title)}</caption>{_head(self.columns)}{_body(self.rows)}</table>"
        )


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
