"""The columns of a table of suggestions: what a person marks, and what only says what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from accordant.case.objects import Case
from accordant.case.sources import ClaimKind, Handling

DECISIONS = ("accept", "reject", "skip")
GRADES_OF_SOURCES, GRADES_OF_ITEMS = tuple("ABCDEF"), tuple("123456")
_SAID = {
    "accept": "accept", "accepted": "accept", "a": "accept", "yes": "accept", "y": "accept",
    "reject": "reject", "rejected": "reject", "r": "reject", "no": "reject", "n": "reject",
    "skip": "skip", "skipped": "skip", "s": "skip", "later": "skip",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes
    ----------
    marked
        A person writes in it.
    width
        Columns of text that it is made wide.
    """

    name: str
    says: str
    marked: bool = False
    width: int = 12


COLUMNS = (
    Column("decision", "accept, reject or skip; empty: not decided yet", marked=True, width=10),
    Column("words", "the exact words of the report", width=50),
    Column("says", "what is asserted, in your words", marked=True, width=50),
    Column("kind", "the kind of claim", marked=True, width=14),
    Column("by", "the party that is said to act; empty for none", marked=True),
    Column("origin", "where it first comes from; empty for none", marked=True, width=20),
    Column("source", "how reliable the source is: A to F, F cannot be judged", marked=True, width=8),
    Column("item", "how credible what it says is: 1 to 6, 6 cannot be judged", marked=True, width=8),
    Column("event", "when it happened", marked=True),
    Column("handling", "public, team or restricted", marked=True, width=10),
    Column("why", "why it is graded so", marked=True, width=20),
    Column("note", "a remark for readers", marked=True, width=20),
    Column("because", "why it was decided so", marked=True, width=20),
    Column("who", "who says it, and how that is attributed", width=35),
    Column("context", "the words in their sentence", width=60),
    Column("act", "what is done by saying it", width=11),
    Column("inside", "the place of the suggestion that this one is said inside of", width=12),
    Column("odd", "what is odd about the words", width=40),
    Column("report", "the report, as it was named", width=25),
    Column("published", "when it was published", width=11),
    Column("suggested origin", "the id that was suggested as its origin", width=20),
    Column("rule", "the rule that found it", width=14),
    Column("place", "the words and the cue, in code points of the text", width=18),
    Column("text", "SHA-256 of the text", width=10),
    Column("file", "the file that was read", width=25),
)
"""Every column, in order: ``text`` and ``place`` together say which suggestion a row is."""
NAMES = tuple(column.name for column in COLUMNS)
NEEDED = ("decision", "place", "text", "file")
"""Columns without which a table cannot be read back."""


def choices(case: Case) -> dict[str, tuple[str, ...]]:
    """What the cells of some columns may hold.

    Examples
    --------
    >>> choices(Case.model_validate({"title": "t", "parties": {"north": {}}}))["by"]
    ('north',)
    """
    return {
        "decision": DECISIONS,
        "kind": get_args(ClaimKind),
        "by": tuple(case.parties),
        "source": GRADES_OF_SOURCES,
        "item": GRADES_OF_ITEMS,
        "handling": get_args(Handling),
    }


def decision(text: str) -> str | None:
    """The decision that a cell holds, ``""`` for none; None where it is no decision.

    Examples
    --------
    >>> decision(" Accepted "), decision(""), decision("maybe")
    ('accept', '', None)
    """
    text = text.strip().casefold()
    return _SAID.get(text) if text else ""
