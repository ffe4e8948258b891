"""What a check is given, and what several checks share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from accordant.case.expressions import parse
from accordant.case.findings import Findings
from accordant.case.objects import Case, Pattern, Preference, StateRef
from accordant.case.places import Path
from accordant.errors import ExpressionError


@dataclass
class Subject:
    """A case under check, with what is found in it.

    Attributes
    ----------
    sources_known, parties_known
        Whether ``claims.yaml`` and ``case.yaml`` could be read at all.
    """

    case: Case
    sources_known: bool = True
    parties_known: bool = True
    findings: Findings = field(default_factory=Findings)

    @cached_property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of every issue, as expressions are read against them."""
        return {name: issue.values for name, issue in self.case.issues.items()}

    @cached_property
    def participants(self) -> tuple[str, ...]:
        """Everybody who takes part: who decides, and anyone else who controls something."""
        case = self.case
        holders = {h for issue in case.issues.values() for h in issue.holders} | set(case.moves or {})
        return tuple(p for p, party in case.parties.items() if party.role == "party" or p in holders)

    def preferences(self) -> Iterator[tuple[Path, str, Preference]]:
        """What everybody wants, and what others believe of it: path, party, preference."""
        return preferences(self.case)

    def party(self, path: Path, name: str) -> bool:
        """Whether a party is one of the case's; a mistake where it is not."""
        if not self.parties_known or name in self.case.parties:
            return True
        self.findings.unknown(path, "party", name, self.case.parties)
        return False

    def parties(self, path: Path, names: Iterable[str]) -> None:
        """Every one of the names is a party of the case, named once."""
        seen: set[str] = set()
        for k, name in enumerate(names):
            if self.party((*path, k), name) and name in seen:
                self.findings.error((*path, k), f"names {name!r} twice", found=name)
            seen.add(name)

    def expression(self, path: Path, text: str) -> None:
        """A text is an expression over the issues of the case."""
        try:
            parse(text, self.values)
        except ExpressionError as error:
            about = (name for name in self.values if f"of {name!r}" in error.message)
            self.findings.expression(path, error, next(about, None))

    def pattern(self, path: Path, pattern: Pattern) -> bool:
        """Every issue and value of a pattern is one of the case's."""
        right = True
        for issue, value in pattern.items():
            if issue not in self.values:
                right = False
                self.findings.unknown((*path, issue), "issue", issue, self.values, on_key=True)
            elif value not in self.values[issue]:
                right = False
                self.findings.no_value((*path, issue), issue, value, self.values[issue])
        return right


def preferences(case: Case) -> Iterator[tuple[Path, str, Preference]]:
    """What everybody wants, and what others believe of it: path, party, preference."""
    for party, preference in case.preferences.items():
        yield ("preferences", party), party, preference
    for seer, perception in case.perceptions.items():
        for party, preference in perception.preferences.items():
            yield ("perceptions", seer, "preferences", party), party, preference


def show(ref: StateRef) -> str:
    """A state as the case names it.

    Examples
    --------
    >>> show("s1"), show({"truce": "none", "passage": "no"})
    ('s1', 'truce: none, passage: no')
    """
    return ref if isinstance(ref, str) else ", ".join(f"{i}: {v}" for i, v in ref.items())


def circles(after: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, ...]]:
    """Every circle that following the arrows leads into, each one once, from its first name.

    Examples
    --------
    >>> list(circles({"a": ["b"], "b": ["c"], "c": ["b"]}))
    [('b', 'c')]
    """
    done: set[str] = set()
    for start in after:
        trail: dict[str, Iterator[str]] = {start: iter(after[start])} if start not in done else {}
        while trail:
            here = next(reversed(trail))
            onward = next(trail[here], None)
            if onward is None:
                done.add(here)
                trail.pop(here)
            elif onward in trail:
                names = list(trail)
                yield tuple(names[names.index(onward) :])
            elif onward in after and onward not in done:
                trail[onward] = iter(after[onward])


def going_round(circle: tuple[str, ...]) -> str:
    """What is wrong with a circle, in words.

    Examples
    --------
    >>> going_round(("a",)), going_round(("a", "b"))
    ('leads back to itself', 'goes round in a circle: a, b, a')
    """
    if len(circle) == 1:
        return "leads back to itself"
    return f"goes round in a circle: {', '.join((*circle, circle[0]))}"
