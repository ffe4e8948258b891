"""A case by its own ids: what figures and tables name things by outside of a brief."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from accordant.brief import words
from accordant.brief.document import Rich, Said, rich
from accordant.case.objects import Case


class Naming(Protocol):
    """How a figure names parties and claims: by number and link in a brief, by id elsewhere."""

    @property
    def case(self) -> Case:
        """The case."""
        ...

    def party(self, party: str) -> Said:
        """The name of a party."""
        ...

    def grounds(self, ids: Iterable[str]) -> Rich:
        """Claims by what they are called."""
        ...

    def note(self, text: str) -> Rich:
        """A remark of the case's authors."""
        ...


@dataclass(frozen=True)
class Plain:
    """Parties by name, claims by id."""

    case: Case

    def party(self, party: str) -> Said:
        """The name of a party."""
        return words.said(self.case, self.case.party_name(party))

    def grounds(self, ids: Iterable[str]) -> Rich:
        """The ids of claims, each once."""
        known = [c for c in self.case.claims if c in set(ids)]
        return rich(words.said(self.case, ", ".join(known))) if known else ()

    def note(self, text: str) -> Rich:
        """A remark as it stands."""
        return rich(words.said(self.case, text))
