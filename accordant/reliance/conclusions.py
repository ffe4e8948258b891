"""Conclusions: what the analysis says about a case, each a sentence that is true or false."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from accordant.case.objects import Case
from accordant.case.wording import few
from accordant.errors import InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.stability.concepts import CONCEPTS
from accordant.stability.further import covered

ConclusionKind = Literal["acceptable", "agreement", "agreement-exists", "holds"]

_FORM = re.compile(r"^\s*([a-z-]+)\s*(?:\(\s*(.*?)\s*\))?\s*$")
_FORMS = ("acceptable(package, party)", "agreement(package)", "agreement-exists", "holds(state, concept)")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One conclusion.

    Attributes
    ----------
    subject
        A proposal or a state (empty for ``agreement-exists``).
    detail
        The party, or the concept.
    """

    kind: ConclusionKind
    subject: str = ""
    detail: str = ""

    @property
    def id(self) -> str:
        """Its id, as it is written: ``acceptable(offer-1, south)``."""
        arguments = ", ".join(a for a in (self.subject, self.detail) if a)
        return f"{self.kind}({arguments})" if arguments else self.kind

    def says(self, case: Case) -> str:
        """The conclusion as a sentence.

        Examples
        --------
        >>> case = Case.model_validate({"title": "t", "parties": {"a": {"name": "Aland"}}})
        >>> Conclusion("acceptable", "s2", "a").says(case)
        'Aland weakly prefers s2 to no deal'
        """
        if self.kind == "acceptable":
            return f"{case.party_name(self.detail)} weakly prefers {self.subject} to no deal"
        if self.kind == "agreement":
            return f"{self.subject} is an agreement: everybody accepts it, somebody strictly prefers it"
        if self.kind == "agreement-exists":
            return "an agreement exists"
        return f"{self.subject} holds under {self.detail}: every party with moves is stable there"


def parse_conclusion(text: str, compiler: Compiler) -> Conclusion:
    """A conclusion from its id.

    Raises
    ------
    InputError
        If the id is not of a known form or names something that the case does not have.
    """
    found = _FORM.match(text)
    kind = found.group(1) if found else ""
    arguments = [a.strip() for a in (found.group(2) or "").split(",")] if found and found.group(2) else []
    case = compiler.case
    packages = (*case.proposals, *compiler.space().names)
    if kind == "agreement-exists" and not arguments:
        return Conclusion("agreement-exists")
    if kind == "agreement" and len(arguments) == 1:
        return Conclusion("agreement", _known(arguments[0], packages, "proposal or state", text))
    if kind == "acceptable" and len(arguments) == 2:
        parties = [p for p, party in case.parties.items() if party.role == "party"]
        subject = _known(arguments[0], packages, "proposal or state", text)
        return Conclusion("acceptable", subject, _known(arguments[1], parties, "party", text))
    if kind == "holds" and len(arguments) == 2:
        subject = _known(arguments[0], compiler.space().names, "state", text)
        covered(f"{text!r}: rests", arguments[1:], CONCEPTS)
        return Conclusion("holds", subject, _known(arguments[1], CONCEPTS, "concept", text))
    raise InputError(f"{text!r} is no conclusion; allowed: {', '.join(_FORMS)}")


def parse_conclusions(text: str, compiler: Compiler) -> list[Conclusion]:
    """One conclusion, or those of a state under ``every concept``, or several: ``holds(s3, nash gmr)``.

    Raises
    ------
    InputError
        As :func:`parse_conclusion` does.
    """
    found = re.fullmatch(r"\s*holds\(\s*([^,]*?)\s*,\s*([^,]*?)\s*\)\s*", text)
    if not found:
        return [parse_conclusion(text, compiler)]
    state, concepts = found.groups()
    names = CONCEPTS if concepts.split() == ["every", "concept"] else concepts.split() or [""]
    return [parse_conclusion(f"holds({state}, {name})", compiler) for name in names]


def listed(names: Sequence[str]) -> str:
    """Names to choose from, the first twelve of them.

    Examples
    --------
    >>> listed([f"s{k}" for k in range(1, 15)])
    's1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12 and 2 more'
    """
    return few(names, 12) or "none"


def _known(name: str, allowed: Sequence[str], what: str, text: str) -> str:
    if name in allowed:
        return name
    hint = did_you_mean(name, allowed[:4000])
    raise InputError(
        f"{text!r}: there is no {what} {name!r}; allowed: {listed(allowed)}" + (f"; {hint}" if hint else "")
    )


def together(ids: Sequence[str]) -> list[str]:
    """Ids with those of one state that differ in the concept only as one.

    Examples
    --------
    >>> together(["holds(s1, nash)", "holds(s1, gmr)", "agreement-exists"])
    ['holds(s1, nash gmr)', 'agreement-exists']
    """
    return [name for name, *_ in merged([(id_,) for id_ in ids])]


def merged(rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Neighbouring ``holds(s, concept)`` rows with the same answers as one row, concepts listed.

    Examples
    --------
    >>> merged([("holds(s1, nash)", "always"), ("holds(s1, gmr)", "always"), ("holds(s2, nash)", "never")])
    [('holds(s1, nash gmr)', 'always'), ('holds(s2, nash)', 'never')]
    >>> merged([(f"holds(s1, {concept})", "always") for concept in CONCEPTS])
    [('holds(s1, every concept)', 'always')]
    """
    found: list[tuple[str, ...]] = []
    for row in rows:
        stem, comma, concept = row[0].rpartition(", ")
        last = found[-1] if found else ("",)
        if stem.startswith("holds(") and last[0].startswith(stem + comma) and last[1:] == row[1:]:
            found[-1] = (f"{last[0][:-1]} {concept}", *row[1:])
        else:
            found.append(row)
    one_by_one = f", {' '.join(CONCEPTS)})"
    return [(name.replace(one_by_one, ", every concept)"), *rest) for name, *rest in found]


def about_packages(case: Case) -> list[Conclusion]:
    """Each proposal's acceptability to each party, whether it is an agreement, whether one exists."""
    parties = [p for p, party in case.parties.items() if party.role == "party"]
    made = []
    for proposal in case.proposals:
        made += [Conclusion("acceptable", proposal, party) for party in parties]
        made.append(Conclusion("agreement", proposal))
    return [*made, Conclusion("agreement-exists")]


def about_states(states: Iterable[str]) -> list[Conclusion]:
    """Whether each state holds under each concept."""
    return [Conclusion("holds", state, concept) for state in states for concept in CONCEPTS]
