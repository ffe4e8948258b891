"""What the file and the case both changed, each in its own way, and which of the two a person takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from accordant.errors import InputError, did_you_mean

Side = Literal["file", "case"]
SIDES: tuple[Side, ...] = ("file", "case")
REMOVED = "(removed)"
UNKNOWN = "(not known)"


@dataclass(frozen=True, slots=True)
class Conflict:
    """One thing that the file and the case say differently, both otherwise than it was.

    Attributes
    ----------
    address
        What it is called when one side of it is taken, such as ``claims.c5.grade``.
    sheet, row, column
        The table, what the row is called, and the column; no column where it is the whole row, and no
        row where it is the order of the rows.
    cell
        Where it stands in the file, such as ``claims!M5``; empty where the file has it no more.
    before, case, file
        What it was when the tables were written, and what both sides say now. ``(removed)`` where a
        side has the row no more, ``(not known)`` where the file does not tell what was written.
    taken
        The side that is taken; empty while it is open.
    """

    address: str
    sheet: str
    row: str
    column: str = ""
    cell: str = ""
    before: str = ""
    case: str = ""
    file: str = ""
    taken: Side | Literal[""] = ""

    def to_json(self) -> dict[str, Any]:
        """The conflict as plain data."""
        return {
            "address": self.address,
            "sheet": self.sheet,
            "row": self.row or None,
            "column": self.column or None,
            "cell": self.cell or None,
            "before": self.before or None,
            "case": self.case or None,
            "file": self.file or None,
            "taken": self.taken or None,
        }


@dataclass
class Choices:
    """Which side is taken: for everything, for a table, for a row, for one cell.

    What is named more closely goes before the rest.
    """

    general: Side | None = None
    named: dict[str, Side] | None = None

    @classmethod
    def of(cls, take: Iterable[str]) -> Choices:
        """Choices from words such as ``file``, ``case:claims`` and ``file:claims.c5.grade``.

        Raises
        ------
        InputError
            If one of them names no side, or two of them contradict each other.

        Examples
        --------
        >>> choices = Choices.of(["case", "file:claims.c5"])
        >>> choices.side("claims.c5.grade"), choices.side("claims.c50.grade")
        ('file', 'case')
        """
        made = cls(None, {})
        for word in take:
            side, colon, address = word.partition(":")
            if side not in SIDES or (colon and not address.strip()):
                raise InputError(
                    f"--take {word}: names no side; allowed: file, case, file:ADDRESS or case:ADDRESS, "
                    "such as file:claims.c5.grade"
                )
            made._add(word, side, address.strip())
        return made

    def _add(self, word: str, side: Side, address: str) -> None:
        assert self.named is not None
        before = self.named.get(address) if address else self.general
        if before not in (None, side):
            raise InputError(f"--take {word}: the other side is taken already; take one of them")
        if address:
            self.named[address] = side
        else:
            self.general = side

    def side(self, address: str) -> Side | None:
        """The side that is taken of one conflict; None where nobody has said."""
        named = self.named or {}
        fits = [name for name in named if address == name or address.startswith(f"{name}.")]
        return named[max(fits, key=len)] if fits else self.general

    def check_used(self, conflicts: Sequence[Conflict]) -> None:
        """Refuse choices about what is no conflict.

        Raises
        ------
        InputError
            If there is one.
        """
        there = [conflict.address for conflict in conflicts]
        for name in self.named or {}:
            if not any(one == name or one.startswith(f"{name}.") for one in there):
                hint = did_you_mean(name, there)
                allowed = ", ".join(there[:8]) + (" …" if len(there) > 8 else "") or "none: there are none"
                raise InputError(
                    f"{name!r} is no conflict here; conflicts: {allowed}" + (f"; {hint}" if hint else "")
                )


def settled(conflict: Conflict, choices: Choices) -> Conflict:
    """A conflict with the side that is taken of it."""
    return replace(conflict, taken=choices.side(conflict.address) or "")
