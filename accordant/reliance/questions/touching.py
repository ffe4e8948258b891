"""Whom to ask, through whom, and which claims touch what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from accordant.case.expressions import parse
from accordant.case.grounds import Element, parts
from accordant.case.objects import Case
from accordant.errors import ExpressionError
from accordant.reliance.questions.asked import Asked

GROUND, POSITION, LINE, SAID, VIEW = (
    "it stands on it",
    "what it says it wants there",
    "another line on the same issue",
    "said by it, on the same issue",
    "somebody's view of it",
)


@dataclass(frozen=True, slots=True)
class Touching:
    """A claim that touches a question, and how."""

    claim: str
    why: str


class Around:
    """What in a case stands around a question."""

    def __init__(self, case: Case, elements: Iterable[Element]) -> None:
        self.case = case
        self.elements = {e.id: e for e in elements}

    def ask(self, question: Asked) -> tuple[str, ...]:
        """Whose preference, control or proposal it is; those who control the issues of a rule."""
        if question.who:
            return (question.who,)
        found: list[str] = []
        for id_ in sorted(question.elements):
            element = self.elements[id_]
            if element.kind == "proposal":
                found += self.case.proposals[element.subject].by
            elif element.kind in ("control", "rule"):
                found += [p for i in sorted(self._issues[id_]) for p in self.case.issues[i].holders]
            elif element.kind == "moves":
                found.append(element.subject)
        return tuple(dict.fromkeys(found))

    def through(self, question: Asked) -> tuple[str, ...]:
        """Who carries messages to those who are asked: their channels, and mediators related to them."""
        ask = self.ask(question)
        found: list[str] = []
        for relation in self.case.relations:
            ends = (relation.from_, relation.to)
            for one, other in (ends, ends[::-1]):
                known = self.case.parties.get(other)
                carries = relation.kind == "channel" or (known is not None and known.role == "mediator")
                if one in ask and carries:
                    found.append(other)
        for id_ in question.elements:
            if self.elements[id_].kind == "proposal":
                found += self.case.proposals[self.elements[id_].subject].via
        return tuple(p for p in dict.fromkeys(found) if p not in ask)

    def claims(self, question: Asked) -> tuple[Touching, ...]:
        """Claims that touch it, those that it stands on first."""
        found: dict[str, str] = {}
        for claim, why in self._touching(question):
            if claim in self.case.claims:
                found.setdefault(claim, why)
        return tuple(Touching(claim, why) for claim, why in found.items())

    def _touching(self, question: Asked) -> Iterator[tuple[str, str]]:
        for id_ in sorted(question.elements):
            yield from ((c, GROUND) for c in sorted(self.elements[id_].grounds))
        for name in sorted(question.subjects & set(self.case.proposals)):
            yield from ((c, GROUND) for c in self.case.proposals[name].because)
        about = self._about(question)
        ask = self.ask(question)
        for party in ask:
            for issue, position in self.case.positions.get(party, {}).items():
                if issue in about:
                    yield from ((c, POSITION) for c in position.because)
        for id_, element in self.elements.items():
            if element.subject in ask and about & self._issues.get(id_, frozenset()):
                yield from ((c, LINE) for c in sorted(element.grounds))
        for claim, issues in self._on.items():
            if self.case.claims[claim].by in ask and issues & about:
                yield claim, SAID
        for judgement in self.case.judgements.values():
            told = (judgement.about or "").replace("(", " ").replace(")", " ").replace(",", " ").split()
            if any(party in told for party in ask) and question.kind in ("unknown", "acceptance"):
                yield from ((c, VIEW) for c in judgement.because)

    def _about(self, question: Asked) -> frozenset[str]:
        """The issues that a question is about: all of them where it is about a whole order."""
        if question.kind in ("unknown", "ranking", "worth", "reservation"):
            return frozenset(self.case.issues)
        found = {i for id_ in question.elements for i in self._issues.get(id_, ())}
        for name in question.subjects & set(self.case.proposals):
            package = self.case.proposals[name].package
            found |= set() if isinstance(package, str) else set(package)
        return frozenset(found)

    @cached_property
    def _issues(self) -> dict[str, frozenset[str]]:
        """The issues that each element is about."""
        found = {}
        for id_, kind, subject, _, grounded in parts(self.case):
            names = frozenset[str]()
            if kind == "control":
                names = frozenset({subject}) & frozenset(self.case.issues)
            elif kind == "proposal":
                package = self.case.proposals[subject].package
                names = frozenset() if isinstance(package, str) else frozenset(package)
            else:
                text = next((t for a in ("want", "rule", "if_") if (t := getattr(grounded, a, None))), None)
                names = self._read(text) if text else names
            found[id_] = names
        return found

    def _read(self, text: str) -> frozenset[str]:
        try:
            return parse(text, {name: issue.values for name, issue in self.case.issues.items()}).names
        except ExpressionError:
            return frozenset()

    @cached_property
    def _on(self) -> dict[str, frozenset[str]]:
        """The issues that each claim is about, as far as what stands on it tells."""
        found: dict[str, set[str]] = {claim: set() for claim in self.case.claims}
        for id_, element in self.elements.items():
            for claim in element.grounds & set(found):
                found[claim] |= self._issues.get(id_, frozenset())
        for positions in self.case.positions.values():
            for issue, position in positions.items():
                for claim in position.because:
                    if claim in found:
                        found[claim].add(issue)
        return {claim: frozenset(issues) for claim, issues in found.items()}
