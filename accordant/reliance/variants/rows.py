"""Rows as they are written: CSV, or Parquet (an optional dependency)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from accordant.errors import FailedError, InputError
from accordant.reliance.variants.columns import ANSWERS
from accordant.reliance.variants.dimensions import Dimension
from accordant.reliance.variants.evaluating import Block
from accordant.reliance.variants.numbering import Indices
from accordant.reliance.variants.planning import Plan
from accordant.tables import csv_text, guarded

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]  # pyarrow ships no types

ENDINGS = {".csv": "csv", ".parquet": "parquet"}
"""Forms of rows by the ending of a file."""
LABELS = 4096
"""Choices of one dimension up to which what they are called is kept."""

_QUOTED = re.compile(r'[",\r\n]')


def form_of(path: Path) -> str:
    """The form of the rows in a file.

    Raises
    ------
    InputError
        If its ending is neither that of CSV nor that of Parquet.
    FailedError
        If it is Parquet, and pyarrow is not installed.
    """
    form = ENDINGS.get(path.suffix.lower())
    if form is None:
        raise InputError(f"-o {path} has the ending {path.suffix!r}; rows are written as .csv or .parquet")
    if form == "parquet":
        _parquet()
    return form


def header(plan: Plan) -> tuple[str, ...]:
    """The names of the columns.

    Every dimension has one, named as what is varied; then what is counted and what is said.
    """
    return (
        "variant",
        *(d.id for d in plan.dimensions),
        *(c.id for c in plan.counts),
        *(c.id for c in plan.columns),
    )


class Writer:
    """Makes the rows of chunks; what choices are called is worked out once."""

    def __init__(self, plan: Plan, form: str) -> None:
        self.plan, self.form = plan, form
        self._called: dict[str, list[str]] = {}

    def payload(self, number: int, block: Block) -> bytes:
        """The rows of one chunk."""
        start = number * self.plan.chunk
        return self._csv(start, block) if self.form == "csv" else self._as_parquet(start, block)

    def _csv(self, start: int, block: Block) -> bytes:
        count = len(block.answers)
        cells: list[Sequence[str]] = [[str(k) for k in range(start + 1, start + count + 1)]]
        cells += [self._labels(d, c, _cell) for d, c in zip(self.plan.dimensions, block.choices, strict=True)]
        cells += [list(map(str, column)) for column in block.counts.T.tolist()]
        said = np.array(ANSWERS, dtype=object)
        cells += said[block.answers.T].tolist()
        lines = "\n".join(map(",".join, zip(*cells, strict=True)))
        return f"{lines}\n".encode()

    def _labels(self, dimension: Dimension, chosen: Indices, told: Any) -> list[str]:
        if dimension.size > LABELS:
            return [told(label) for label in dimension.labels(chosen)]
        if dimension.id not in self._called:
            self._called[dimension.id] = [told(x) for x in dimension.labels(np.arange(dimension.size))]
        called = self._called[dimension.id]
        return [called[k] for k in chosen.tolist()]

    def _as_parquet(self, start: int, block: Block) -> bytes:
        pa, pq = _parquet()
        sink = pa.BufferOutputStream()
        pq.write_table(self._table(start, block), sink)
        return bytes(sink.getvalue())

    def _table(self, start: int, block: Block) -> pa.Table:
        pa, _ = _parquet()
        count = len(block.answers)
        columns: list[Any] = [pa.array(np.arange(start + 1, start + count + 1, dtype=np.int64))]
        for d, chosen in zip(self.plan.dimensions, block.choices, strict=True):
            columns.append(pa.array(self._labels(d, chosen, str), type=pa.string()))
        columns += [pa.array(np.ascontiguousarray(c)) for c in block.counts.T]
        said = pa.array(ANSWERS)
        for column in block.answers.T:
            codes = pa.array(np.ascontiguousarray(column))
            columns.append(pa.DictionaryArray.from_arrays(codes, said).cast(pa.string()))
        return pa.table(columns, names=_distinct(header(self.plan)))


def _cell(text: str) -> str:
    """A text as a CSV cell: no formula, in quotation marks where it needs them."""
    text = guarded(text)
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def _distinct(names: Sequence[str]) -> list[str]:
    """Names of columns, each once: a dimension may be called as something that is said."""
    seen: dict[str, int] = {}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found


def csv_whole(plan: Plan, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The whole file, chunk by chunk."""
    yield csv_text([_distinct(header(plan))]).encode()
    yield from chunks


def write_parquet(path: Path, chunks: Iterator[bytes]) -> None:
    """The whole file, a row group for each chunk."""
    pa, pq = _parquet()
    writer = None
    try:
        for chunk in chunks:
            table = pq.read_table(pa.BufferReader(chunk))
            if writer is None:
                writer = pq.ParquetWriter(path, table.schema)
            writer.write_table(table, row_group_size=len(table))
    finally:
        if writer is not None:
            writer.close()


def _parquet() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq  # type: ignore[import-untyped]  # the same
    except ImportError as error:
        raise FailedError(
            "Parquet needs pyarrow: pip install 'accordant[parquet]'; CSV needs nothing"
        ) from error
    return pa, pq
