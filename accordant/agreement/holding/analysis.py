"""A package as a state of the graph model: does anybody leave it, and who could answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np

from accordant.agreement.holding.result import Answer, Holding, HoldsUnder, PartyStays
from accordant.agreement.phases.terms import Termed, unapplied
from accordant.case.deals import Commitment
from accordant.case.grounds import falls_with
from accordant.case.objects import StateRef
from accordant.errors import InputError, TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.graph import ProductMoves
from accordant.model.settings import Setting, unsure_elements
from accordant.model.view import View
from accordant.stability import analyse
from accordant.stability.explain import explain, unknown
from accordant.stability.result import ConceptResult, Explanation, StabilityResult
from accordant.tables import Method

MOST_OPEN = 4
"""Most unsure terms with and without which the state is judged."""
MOST_MOVES = 5_000_000
"""Most moves that are listed where terms take some of them away one by one."""


class Opened(Protocol):
    """A case opened for analysis."""

    @property
    def compiler(self) -> Compiler:
        """The compiled case."""

    def stability(self) -> StabilityResult:
        """Which states hold."""


def holding(opened: Opened | Compiler, package: StateRef | int, terms: Sequence[str] = ()) -> Holding:
    """Whether a package holds as a state under the five classical concepts, over all settings.

    A package may be efficient and yet not last: somebody may be able to do better from there alone,
    and the others may have no answer to it. Guarantees and inducements can change that.

    Parameters
    ----------
    opened
        A case opened for analysis, or its compiled form.
    package
        A proposal's id, a state's name or number, or values for some issues.
    terms
        Ids of the guarantees and inducements that are in force; those of a proposal are not added.

    Raises
    ------
    InputError
        If the package leads to no state, or a term is unknown.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> found = holding(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"priorities": ["y", "not x"]}, "b": {"priorities": ["x", "not y"]}},
    ...     "terms": {"watch": {"kind": "guarantee", "removes": [{"party": "a", "to": "not x"},
    ...                                                          {"party": "b", "to": "not y"}]}}})),
    ...     {"x": "yes", "y": "yes"})
    >>> found.sentence, found.concepts["nash"].parties["a"].leaves_for
    ('s4 holds under gmr, smr, seq, sseq; not under nash.', 's2')
    """
    compiler = opened if isinstance(opened, Compiler) else opened.compiler
    case = compiler.case
    for term in terms:
        if term not in case.terms:
            raise unknown("term", term, tuple(case.terms))
    view = Termed(compiler, terms).view(_written(compiler)) if terms else compiler.view(_written(compiler))
    state = _state(view, package)
    name = view.space.name(state)
    try:
        judged, complete = _judged(opened, compiler, tuple(terms))
    except TooLargeError as error:
        return _alone(compiler, view, name, tuple(terms), str(error))
    drawn = any("seed" in dict(result.method.parameters) for result in judged)
    sure = complete and not drawn
    return Holding(
        case.title,
        name,
        view.space.values_of(state),
        {p: case.party_name(p) for p in view.parties},
        tuple(terms),
        {c: _under(view, judged, c, name, sure) for c in judged[0].concepts},
        (*unapplied(case, terms), *_notes(case.terms, terms)),
        _method(judged, complete),
    )


def _alone(compiler: Compiler, view: View, state: str, terms: tuple[str, ...], why: str) -> Holding:
    """Under Nash stability only, which looks at one party's moves from one state."""
    case, settings = compiler.case, compiler.setting_space()
    sure = settings.listed == 1 and bool(view.known.all())
    unsure = {e.id for e in unsure_elements(compiler.elements, falls_with(case, ()))}
    sure &= not any(f"terms.{t}" in unsure for t in terms)
    parties = {}
    for party in view.parties:
        told = explain(view, state, party, "nash")
        stays = _answer([(told.stable, told.stable)], sure)
        parties[party] = PartyStays(stays, _goal(told), told.sanction, told.sentence, told.elements)
    everybody = all(found.stays == "yes" for found in parties.values())
    holds: Answer = "unknown" if not sure else "yes" if everybody else "no"
    return Holding(
        case.title,
        state,
        view.space.values_of(view.space.numbers[state]),
        {p: case.party_name(p) for p in view.parties},
        terms,
        {"nash": HoldsUnder("nash", holds, None, parties)},
        (*unapplied(case, terms), "Only Nash stability is judged: there are too many moves for the others."),
        Method("Nash stability of one state once it is reached", False, settings.count, why),
    )


def _written(compiler: Compiler) -> Setting:
    return Setting(frozenset(compiler.setting_space().lost))


def _state(view: View, package: StateRef | int) -> int:
    if isinstance(package, int):
        if not 0 <= package < view.space.n:
            raise InputError(f"there is no state number {package}; there are {view.space.n:,}")
        return package
    landing = view.package(package)
    if landing.state is None:
        raise InputError(f"the package leads to no state: {landing.impossible}")
    return landing.state


def _judged(
    opened: Opened | Compiler, compiler: Compiler, terms: tuple[str, ...]
) -> tuple[list[StabilityResult], bool]:
    """The verdicts with the terms in force, and without those that may not be; whether that is all."""
    unsure = {e.id for e in unsure_elements(compiler.elements, falls_with(compiler.case, ()))}
    open_ = [t for t in terms if f"terms.{t}" in unsure]
    complete = len(open_) <= MOST_OPEN
    gone = [g for k in range(len(open_) + 1) for g in combinations(open_, k)] if complete else [()]
    found = []
    for some in gone:
        kept = [t for t in terms if t not in some]
        if kept:
            found.append(analyse(_listable(Termed(compiler, kept))))
        else:
            found.append(analyse(compiler) if isinstance(opened, Compiler) else opened.stability())
    return found, complete


def _listable(termed: Termed) -> Termed:
    """A case with terms in force, whose moves are not too many to be listed if they have to be.

    Raises
    ------
    TooLargeError
        If terms take away moves one by one, so that all moves would have to be listed.
    """
    moves = [mover.moves for mover in termed.view(_written(termed.base)).model.movers]
    products = [some for some in moves if isinstance(some, ProductMoves)]
    if len(products) < len(moves):
        pairs = sum(int((np.diff(some.groups[1]) ** 2).sum()) for some in products)
        if pairs > MOST_MOVES:
            raise TooLargeError(f"with the terms up to {pairs:,} moves would have to be listed")
    return termed


def _under(view: View, judged: Sequence[StabilityResult], concept: str, state: str, sure: bool) -> HoldsUnder:
    results = [result.concepts[concept] for result in judged]
    parties = {}
    for party in view.parties:
        told = explain(view, state, party, concept)
        stays = _answer([(state in r.stable[party], state in r.possible[party]) for r in results], sure)
        parties[party] = PartyStays(stays, _goal(told), told.sanction, told.sentence, told.elements)
    holds = _answer([(state in r.equilibria, state in r.possible_equilibria) for r in results], sure)
    return HoldsUnder(concept, holds, _counts(results, state, sure), parties)


def _goal(told: Explanation) -> str | None:
    return None if told.improvement is None else told.improvement.end


def _answer(verdicts: Sequence[tuple[bool, bool]], sure: bool) -> Answer:
    """Yes where it is so in every setting, no where it is in none.

    Examples
    --------
    >>> _answer([(True, True)], True), _answer([(True, True), (False, False)], True)
    ('yes', 'unknown')
    """
    if not any(may for _, may in verdicts):
        return "no" if sure else "unknown"
    return "yes" if sure and all(must for must, _ in verdicts) else "unknown"


def _counts(results: Sequence[ConceptResult], state: str, sure: bool) -> tuple[int, int] | None:
    if not sure or any(r.counts is None for r in results):
        return None
    numbers = [r.counts[state] for r in results if r.counts is not None]
    return sum(n for n, _ in numbers), sum(m for _, m in numbers)


def _notes(known: Mapping[str, Commitment], terms: Sequence[str]) -> tuple[str, ...]:
    return tuple(
        f"{known[t].name or t} adds worths in every state, which changes nobody's order of them."
        for t in terms
        if known[t].worth and known[t].if_ is None
    )


def _method(judged: Sequence[StabilityResult], complete: bool) -> Method:
    methods = [result.method for result in judged]
    cut = [m.cut for m in methods if m.cut]
    if not complete:
        cut.append("more terms are unsure than every combination of which was judged")
    settings = [m.settings for m in methods]
    known = [s for s in settings if s is not None]
    return Method(
        "stability of one state once it is reached",
        complete and all(m.exact for m in methods),
        sum(known) if len(known) == len(settings) else None,
        "; ".join(dict.fromkeys(cut)),
        (("concepts", ", ".join(judged[0].concepts)),),
    )
