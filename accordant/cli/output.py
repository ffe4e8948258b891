"""What a command prints and writes: consoles, safe text, JSON, CSV and files written whole."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TextIO, TypeAlias

import typer
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.text import Text

from accordant.emitting import STEERING, json_pieces
from accordant.errors import InputError
from accordant.tables import Method, Table

Progress: TypeAlias = Callable[[int, int], None]
WORKBOOK = ".xlsx"
PAGE = 80
"""Columns of a page that is not a terminal."""


class Telling(Protocol):
    """Progress that shows how much is done, and what is being done where that changes."""

    def __call__(self, done: int, total: int, what: str = "", /) -> None:
        """So many of so many are done."""


class Result(Protocol):
    """What every analysis gives back."""

    def to_json(self) -> dict[str, Any]:
        """Plain data in the documented schema."""

    def table(self) -> Table:
        """The result as one table."""


def console(file: TextIO) -> Console:
    """A console on ``file``: colour and its own width on a terminal, neither of them elsewhere."""
    width = None if file.isatty() else PAGE
    return Console(file=file, width=width, highlight=False, markup=False, emoji=False)


def one_line(text: str) -> str:
    """A text that names a file on one line, whatever the name holds.

    Examples
    --------
    >>> one_line("a\\nb.txt: empty file")
    'a�b.txt: empty file'
    """
    return "".join("\ufffd" if mark in "\n\r\v\f\x85\u2028\u2029" else mark for mark in text)


def safe(text: object) -> str:
    """``text`` with control characters made visible: a report must not steer the terminal.

    Characters that reorder a line or hide in it are shown too; marks and joiners that words of
    right-to-left and Indic scripts need stay as they are.

    Examples
    --------
    >>> safe("red: \\x1b[31m"), safe("safe" + chr(0x202E) + "exe")
    ('red: ␛[31m', 'safe[U+202E]exe')
    """
    return STEERING.sub(_shown, str(text))


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"[U+{code:04X}]"


def title(text: str) -> Text:
    """A heading."""
    return Text(safe(text), style="bold")


def method_line(method: Method) -> Text:
    """How a result was made, in one line."""
    parts = [method.name]
    if method.settings != 1:
        parts.append("settings not countable" if method.settings is None else f"{method.settings:,} settings")
    if not method.exact:
        parts.append("not complete")
    if method.cut:
        parts.append(method.cut)
    return Text(safe(f"Method: {'; '.join(parts)}."), style="dim")


def indented(text: str, by: int = 2) -> Padding:
    """Text that stays indented where it wraps."""
    return Padding(Text(safe(text)), (0, 0, 0, by))


def say(*parts: RenderableType) -> None:
    """Print on standard output."""
    if sys.stdout.isatty():
        console(sys.stdout).print(*parts, sep="\n")
    else:
        sys.stdout.write(as_page(parts))


def as_page(parts: Iterable[RenderableType]) -> str:
    """What is printed, as plain text: no colour, no padding at the ends of lines."""
    page = io.StringIO()
    console(page).print(*parts, sep="\n")
    return "\n".join(line.rstrip() for line in page.getvalue().split("\n"))


def complain(message: str, prefix: str = "error: ") -> None:
    """Print a message on standard error, wrapped to the terminal only."""
    text = safe(prefix + message)
    if sys.stderr.isatty():
        console(sys.stderr).print(Text(text))
    else:
        print(text, file=sys.stderr)  # one problem, one line: editors and scripts read these


PAGES = ("", ".txt", ".text", ".log", ".out")
"""Endings of files that may hold the page as it is printed: plain text."""


def emit(
    result: Result,
    parts: Iterable[RenderableType],
    *,
    table: Table | None = None,
    as_json: bool = False,
    as_csv: bool = False,
    output: Path | None = None,
) -> None:
    """Print a result, or write it to ``output``, as JSON, CSV, a workbook or the page ``parts``.

    Without a flag, the ending of ``output`` decides. The CSV is that of ``table`` where one is
    given, otherwise the result's own; a workbook holds every table that the result has.
    """
    if as_json and as_csv:
        raise typer.BadParameter("choose one of --json and --csv")
    if output and output.suffix.lower() == WORKBOOK:
        if as_json or as_csv:
            raise typer.BadParameter(f"a {WORKBOOK} file is a workbook; leave out --json and --csv")
        _deliver_workbook(result, table, output)
        return
    ending = output.suffix.lower() if output and not (as_json or as_csv) else ""
    if as_json or ending == ".json":
        outline = getattr(result, "outline", result.to_json)  # of a long result: made as it is written
        _deliver(json_pieces(outline()), output)
    elif as_csv or ending == ".csv":
        _deliver((table or result.table()).csv_pieces(), output)
    elif output:
        if ending not in PAGES:
            forms = f".csv, .json, {WORKBOOK}, or .txt for the page as printed"
            raise InputError(f"-o {output} has the ending {output.suffix!r}; allowed: {forms}")
        _deliver([as_page(parts)], output)
    else:
        say(*parts)


def _deliver_workbook(result: Result, table: Table | None, output: Path) -> None:
    """Every table of a result, each on a sheet; the one that CSV would hold comes first."""
    from accordant.workbook import sheets_of, workbook_bytes

    with working("Writing the workbook"):
        every = getattr(result, "tables", None)
        tables: dict[str, Table] = dict(every()) if every else {}
        first = table or (None if tables else result.table())
        if first is not None and all(first.title != other.title for other in tables.values()):
            tables = {first.title: first, **tables}
        content = workbook_bytes(sheets_of(tables))
    write_file(output, content)


def as_text(data: Any) -> str:
    """JSON as people read it: see :func:`accordant.emitting.json_pieces`."""
    return "".join(json_pieces(data))


def _deliver(pieces: Iterable[str], output: Path | None) -> None:
    if output is None:
        terminal = sys.stdout.isatty()
        for text in pieces:
            sys.stdout.write(safe(text) if terminal else text)
    else:
        write_file(output, pieces)


def write_file(path: Path, content: str | bytes | Iterable[str]) -> None:
    """Write a file whole or not at all, and say so on standard error."""
    from accordant.case.writer import write_whole
    from accordant.cli.destinations import check_place

    check_place(path)
    write_whole(path, content)
    complain(str(path), prefix="wrote ")


@contextmanager
def working(what: str) -> Iterator[Telling]:
    """Show on a terminal that ``what`` is being done, once it has taken a second.

    What it gives takes (done, total) and shows them beside ``what``, or beside other words that it is given.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total, _what="": None
        return
    import threading

    status = console(sys.stderr).status(f"{what} …")
    timer = threading.Timer(1.0, status.start)
    timer.daemon = True
    timer.start()
    try:
        yield lambda done, total, now="": status.update(f"{now or what} … {done:,} of {total:,}")
    finally:
        timer.cancel()
        timer.join()  # a status that was just being started must be there to be stopped
        status.stop()
