"""What is supposed, read from the words that it is asked in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.package import package_of
from accordant.case.expressions import Expression, parse
from accordant.case.objects import Case
from accordant.errors import ExpressionError, InputError, did_you_mean
from accordant.model.compiler import Compiler
from accordant.model.frame import Truths, issue_values
from accordant.reliance.conclusions import Conclusion, listed, parse_conclusions
from accordant.reliance.supposing.goals import Numbers, Prefers, Relation, Says
from accordant.stability.concepts import CONCEPTS

STATUSES = ("open", "confirmed", "contradicted", "retracted", "superseded")
MEANS = {"true": "confirmed", "false": "retracted"}
"""What ``c5=true`` and ``c5=false`` stand for."""
_NOT = re.compile(r"^\s*not\s+(.+)$", re.S)
_RELATION = re.compile(r">=|>|=")


def suppositions(text: str, compiler: Compiler) -> list[Says]:
    """One conclusion, with ``not`` before it or without, or one for each of several concepts.

    Raises
    ------
    InputError
        If it is not a conclusion on this case.
    """
    found = _NOT.match(text)
    wanted = found is None
    return [Says(c, wanted) for c in parse_conclusions(found.group(1) if found else text, compiler)]


def as_outcome(text: str, compiler: Compiler, concepts: Sequence[str]) -> list[Says]:
    """A state as the outcome: it holds, and everybody accepts it where it is not what no deal leads to.

    Parameters
    ----------
    text
        The name of a state, the id of a proposal, or values such as ``truce=lasting, captives=all``; issues
        that are not named stay as in the status quo.

    Raises
    ------
    InputError
        If there is no such state, or a concept is unknown.
    """
    view, text = compiler.view(), text.strip()
    ref = text if text in compiler.case.proposals else package_of(compiler, text)
    landing = view.package(ref)
    if landing.state is None:
        raise InputError(f"{text!r} is no state that can be reached: {landing.impossible}")
    name = compiler.space().name(landing.state)
    goals = [
        Says(c) for concept in concepts for c in parse_conclusions(f"holds({name}, {concept})", compiler)
    ]
    if view.no_deal and landing.state not in view.no_deal:
        parties = [p for p, party in compiler.case.parties.items() if party.role == "party"]
        goals += [Says(Conclusion("acceptable", name, party)) for party in parties]
    return goals


def known_concepts(names: Iterable[str]) -> tuple[str, ...]:
    """Names of solution concepts, each once.

    Raises
    ------
    InputError
        If one is not among the five that conclusions are drawn under.
    """
    found = tuple(dict.fromkeys(names))
    for name in found:
        if name not in CONCEPTS:
            hint = did_you_mean(name, CONCEPTS) or f"allowed: {', '.join(CONCEPTS)}"
            raise InputError(f"what is supposed is not judged under the concept {name!r}; {hint}")
    return found


def preference(text: str, compiler: Compiler) -> Prefers:
    """A preference such as ``south: s3 > s1`` or ``south: departure > truce = lasting``.

    States are compared by name. Of two expressions the states in which the first is true and the second
    is not are compared with those in which it is the other way round, as far as the issues that neither
    names are alike; where no two states differ in these issues alone, all of them are compared.

    Raises
    ------
    InputError
        If it cannot be read, or in two ways.
    """
    who, colon, said = text.partition(":")
    party = who.strip()
    case = compiler.case
    known = [p for p, found in case.parties.items() if found.role in ("party", "constituency")]
    if not colon or party not in known:
        hint = did_you_mean(party, known) if colon else "write party: one > other"
        raise InputError(f"{text!r}: there is no party {party!r}; allowed: {listed(known)}" + _also(hint))
    splits = list(_splits(said.strip(), compiler))
    if len(splits) > 1:
        ways = " or ".join(f"({a}) {relation} ({b})" for a, relation, b in splits)
        raise InputError(f"{text!r} can be read in two ways: {ways}; put parentheses around both sides")
    if not splits:
        raise InputError(_unread(text, said.strip(), compiler))
    one, relation, other = splits[0]
    pairs, note = _pairs(one, other, compiler)
    if not pairs:
        raise InputError(f"{text!r}: no state is one without being the other; nothing is compared")
    return Prefers(party, one, cast("Relation", relation), other, tuple(pairs), note)


def _also(hint: str | None) -> str:
    return f"; {hint}" if hint else ""


def _splits(text: str, compiler: Compiler) -> Iterable[tuple[str, str, str]]:
    for found in _RELATION.finditer(text):
        if text[max(0, found.start() - 1) : found.start()] in ("!", "<", "-", ">"):
            continue
        one, other = text[: found.start()].strip(), text[found.end() :].strip()
        if _meant(one, compiler) is not None and _meant(other, compiler) is not None:
            yield one, found.group(), other


def _meant(text: str, compiler: Compiler) -> Expression | int | None:
    """A state by name, or an expression; None for neither."""
    if text in compiler.space().numbers:
        return int(compiler.space().numbers[text])
    try:
        return parse(text, issue_values(compiler.case))
    except ExpressionError:
        return None


def _unread(text: str, said: str, compiler: Compiler) -> str:
    found = next(iter(_RELATION.finditer(said)), None)
    if found is None:
        return f"{text!r} compares nothing; write party: one > other, with >, >= or = between them"
    why = []
    for side in (said[: found.start()].strip(), said[found.end() :].strip()):
        if _meant(side, compiler) is None:
            why.append(_why_not(side, compiler))
    return f"{text!r} cannot be read: " + "; ".join(why or ["write party: one > other"])


def _why_not(side: str, compiler: Compiler) -> str:
    if not side:
        return "one side is empty"
    if not compiler.case.issues:
        hint = did_you_mean(side, compiler.space().names[:4000])
        return f"there is no state {side!r}" + _also(hint)
    try:
        parse(side, issue_values(compiler.case))
    except ExpressionError as error:
        return f"{side!r} is neither a state nor an expression: {error.message}" + _also(error.hint)
    return ""


def _pairs(one: str, other: str, compiler: Compiler) -> tuple[list[tuple[Numbers, Numbers]], str]:
    """The states that are compared, and how they were chosen."""
    ends = [_meant(one, compiler), _meant(other, compiler)]
    truths = Truths(compiler.case, compiler.space())
    first, second = (_holds(end, text, truths) for end, text in zip(ends, (one, other), strict=True))
    better = first & ~second if (first & ~second).any() else first
    worse = second & ~first if (second & ~first).any() else second
    if (first == second).all() or not better.any() or not worse.any():
        return [], ""
    if all(isinstance(end, Expression) for end in ends):
        named = {n for end in ends if isinstance(end, Expression) for n in end.names}
        alike = _alike(better, worse, named, compiler)
        if alike:
            return alike, "among states that are alike in everything else"
        return [(_at(better), _at(worse))], (
            "no two of these states are alike in everything else, so that all of them are compared"
        )
    return [(_at(better), _at(worse))], ""


def _holds(end: Any, text: str, truths: Truths) -> NDArray[np.bool_]:
    if isinstance(end, int):
        found = np.zeros(truths.space.n, dtype=bool)
        found[end] = True
        return found
    return truths.holds(text, "what is preferred")


def _at(states: NDArray[np.bool_]) -> Numbers:
    return np.flatnonzero(states)


def _alike(
    better: NDArray[np.bool_], worse: NDArray[np.bool_], named: set[str], compiler: Compiler
) -> list[tuple[Numbers, Numbers]]:
    """The states on both sides by what they have in the issues that are not named."""
    space = compiler.space()
    rest = [k for k, issue in enumerate(space.issues) if issue not in named]
    codes = np.ascontiguousarray(space.state_codes[:, rest])
    groups: dict[bytes, tuple[list[int], list[int]]] = {}
    for side, states in enumerate((better, worse)):
        for s in np.flatnonzero(states):
            groups.setdefault(codes[s].tobytes(), ([], []))[side].append(int(s))
    return [(np.array(a, dtype=np.intp), np.array(b, dtype=np.intp)) for a, b in groups.values() if a and b]


def statuses_given(texts: Iterable[str] | Mapping[str, str], case: Case) -> dict[str, str]:
    """What some claims, or every claim of some origins, are supposed to be: ``c5=retracted``, ``c5=true``.

    Raises
    ------
    InputError
        If a claim or a status is not known, or one claim is given two.
    """
    given = [f"{k}={v}" for k, v in texts.items()] if isinstance(texts, Mapping) else list(texts)
    found: dict[str, str] = {}
    for text in given:
        name, _, word = (part.strip() for part in text.partition("="))
        claims = [name] if name in case.claims else [c for c in case.claims if case.claims[c].origin == name]
        if name not in case.claims and name not in case.origins:
            known = [*case.claims, *case.origins]
            hint = did_you_mean(name, known)
            raise InputError(
                f"{text!r}: there is no claim or origin {name!r}; allowed: {listed(known)}" + _also(hint)
            )
        status = MEANS.get(word, word)
        if status not in STATUSES:
            allowed = ", ".join((*STATUSES, *MEANS))
            raise InputError(
                f"{text!r}: a claim cannot be {word!r}; allowed: {allowed}, as in {name}=retracted"
            )
        for claim in claims:
            if found.get(claim, status) != status:
                raise InputError(
                    f"{claim} is supposed to be both {found[claim]} and {status}; suppose one of them"
                )
            found[claim] = status
    return found
