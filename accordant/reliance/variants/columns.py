"""The columns of a sweep: what is said of every variant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NO, YES, UNKNOWN = 0, 1, 2
ANSWERS = ("no", "yes", "unknown")
"""What a cell says, by its code."""


@dataclass(frozen=True, slots=True)
class Column:
    """Something that is true of a variant, or not, or not known.

    Attributes
    ----------
    kind
        As of a conclusion: holds, acceptable, agreement, agreement-exists.
    subject
        A state or a proposal.
    detail
        A concept or a party.
    block
        The players of ``holds`` when some parties act as one; empty otherwise.
    """

    kind: str
    subject: str = ""
    detail: str = ""
    block: str = ""

    @property
    def id(self) -> str:
        """Its name, that of the conclusion: ``holds(s5, seq)``."""
        arguments = ", ".join(a for a in (self.subject, self.detail, self.block) if a)
        return f"{self.kind}({arguments})" if arguments else self.kind


@dataclass(frozen=True, slots=True)
class Count:
    """How many states hold in a variant under a concept, or may hold where orders are unknown."""

    concept: str
    block: str = ""
    possible: bool = False

    @property
    def id(self) -> str:
        """Its name: ``equilibria(seq)``."""
        kind = "possible-equilibria" if self.possible else "equilibria"
        return f"{kind}({', '.join(a for a in (self.concept, self.block) if a)})"


def columns_of(
    concepts: Sequence[str],
    blocks: Sequence[str],
    states: Sequence[str],
    proposals: Sequence[str],
    parties: Sequence[str],
) -> tuple[Column, ...]:
    """Every column in the order of the rows."""
    found = [Column("holds", s, c, b) for b in ("", *blocks) for c in concepts for s in states]
    for proposal in proposals:
        found += [Column("acceptable", proposal, party) for party in parties]
        found.append(Column("agreement", proposal))
    return (*found, Column("agreement-exists"))


def counts_of(concepts: Sequence[str], blocks: Sequence[str], possible: bool) -> tuple[Count, ...]:
    """Every column that counts states."""
    kinds = (False, True) if possible else (False,)
    return tuple(Count(c, b, p) for b in ("", *blocks) for c in concepts for p in kinds)
