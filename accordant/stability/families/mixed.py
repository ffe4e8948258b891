"""Mixed concepts: each party judges by a solution concept of its own.

Parties differ in how far they look and in what they fear. A state is an equilibrium of a mixture when
it is stable for every party under that party's concept. Such mixtures are named by what each party
has, as in ``north=nash,south=seq``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from accordant.errors import InputError, did_you_mean
from accordant.model.view import View
from accordant.stability.further import Further, Judgement, Options
from accordant.stability.result import Explanation

FORMS: tuple[tuple[str, str], ...] = (("<party>=<name>,…", "each party by a concept of its own"),)


def find(name: str, options: Options) -> Further | None:
    """The mixture with the given name, None when the name says none.

    Raises
    ------
    InputError
        If a part of it is no concept, or a party is named twice.

    Examples
    --------
    >>> find("row=nash,column=seq", Options()).explanation
    'Row goes by Nash stability, column by sequential stability: {party} stays under its own.'
    >>> find("nash", Options()) is None
    True
    """
    if "=" not in name:
        return None
    chosen: dict[str, Further] = {}
    for part in name.split(","):
        party, _, concept = (word.strip() for word in part.partition("="))
        if not party or not concept:
            raise InputError(f"{part.strip()!r} in {name!r} is not of the form party=concept")
        if party in chosen:
            raise InputError(f"{name!r} gives {party} two concepts")
        chosen[party] = _concept(concept, options, name)
    told = ", ".join(f"{party} by {concept.title}" for party, concept in chosen.items())
    first, rest = told[:1].upper() + told[1:], ": {party} stays under its own."
    return Further(
        name=",".join(f"{party}={concept.name}" for party, concept in chosen.items()),
        title=f"mixed: {told}",
        explanation=first.replace(" by ", " goes by ", 1) + rest,
        source="L. Fang, K. W. Hipel, D. M. Kilgour, X. Peng, A decision support system for interactive "
        "decision making, IEEE Transactions on Systems, Man, and Cybernetics C 33 (2003) 42-55",
        read=False,
        judge=lambda view: _judged(view, chosen),
        explain=lambda view, state, party: _explained(view, state, party, chosen),
        unknown=all(concept.unknown for concept in chosen.values()),
        parameters=tuple(dict.fromkeys(p for concept in chosen.values() for p in concept.parameters)),
    )


def _concept(name: str, options: Options, mixture: str) -> Further:
    from accordant.stability.further import find_one
    from accordant.stability.lifted import lifted

    try:
        found = lifted(find_one(name, options))
    except InputError as error:
        raise InputError(f"in {mixture!r}, {error}") from error
    if found.whole is not None:
        raise InputError(f"in {mixture!r}, {name} looks at all settings at once and cannot be mixed")
    return found


def _judged(view: View, chosen: Mapping[str, Further]) -> Judgement:
    _check(view, chosen)
    shape = (len(view.parties), view.model.n)
    must, may = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    exact, notes = True, dict[str, str]()
    for name in {c.name for c in chosen.values()}:
        rows = [view.parties.index(p) for p, c in chosen.items() if c.name == name]
        concept = next(c for c in chosen.values() if c.name == name)
        found = concept.judge(view)
        must[rows], may[rows] = found.must[rows], found.may[rows]
        exact &= found.exact
        notes.update(found.notes)
    return Judgement(must, may, exact, tuple(notes.items()))


def _check(view: View, chosen: Mapping[str, Further]) -> None:
    known = f"known: {', '.join(view.parties)}"
    problems = [
        f"there is no party {party!r}; {did_you_mean(party, view.parties) or known}"
        for party in chosen
        if party not in view.parties
    ]
    missing = [party for party in view.parties if party not in chosen]
    if missing:
        problems.append(f"no concept is given for {', '.join(missing)}: add {missing[0]}=nash or another")
    if problems:
        raise InputError("mixed concepts: " + "; ".join(problems))


def _explained(view: View, state: int, party: int, chosen: Mapping[str, Further]) -> Explanation:
    _check(view, chosen)
    return chosen[view.parties[party]].explain(view, state, party)
