"""Who refuses a package whatever else is offered: by a red line of its own, or as a constituency."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.stands import constituencies, voice
from accordant.case.objects import Case
from accordant.model.view import View

Bools = NDArray[np.bool_]

RULES = "rules"
"""Stands among those who refuse for the rules of the case."""
Refused = Callable[[Mapping[str, str]], tuple[str, ...]]
"""Who refuses every package with some values."""


def refusals(view: View, states: NDArray[np.intp]) -> Mapping[str, Bools]:
    """For every party with red lines and every constituency, which states it may refuse.

    A party's own worths are left aside: only its red lines count here. A state is refused where it is
    not surely accepted against everything that no deal may be.

    Examples
    --------
    >>> from accordant.model.compiler import Compiler
    >>> view = Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {"role": "constituency", "of": "a"}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "a"}}, "status_quo": {"x": "no", "y": "no"},
    ...     "preferences": {"a": {"never": ["x and y"]}, "b": {"priorities": ["not y"]}}})).view()
    >>> {who: refused.tolist() for who, refused in refusals(view, np.arange(4)).items()}
    {'a': [False, False, False, True], 'b': [False, True, False, True]}
    """
    found: dict[str, Bools] = {}
    for party, vetoes in constituencies(view.case).items():
        if view.red_lines(party):
            found[party] = np.asarray(~voice(view, party, states).sure.all(axis=0))
        for constituency in vetoes:
            heard = voice(view, constituency, states)
            # an empty list of no deals refuses nothing
            lows = [heard.levels(d)[0] > 0 for d in range(len(heard.sure))]
            found[constituency] = (
                ~np.logical_and.reduce(lows, axis=0) if lows else np.zeros(len(states), bool)
            )
    return found


def refusers(view: View, state: int) -> tuple[str, ...]:
    """Who may refuse one state by a red line or as a constituency."""
    return tuple(who for who, refused in refusals(view, np.array([state])).items() if refused[0])


def named(case: Case, who: tuple[str, ...]) -> str:
    """Those who refuse, in words: a constituency with the party that it speaks for.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {
    ...     "firm": {"name": "The firm"}, "owners": {"role": "constituency", "of": "firm"}}})
    >>> named(case, ("firm", "owners"))
    'The firm (its own red line) and owners (for The firm)'
    """
    from accordant.stability.telling import listed

    return listed(list(_named(case, who)))


def _named(case: Case, who: tuple[str, ...]) -> Iterator[str]:
    for id_ in who:
        of = case.parties[id_].of
        yield f"{case.party_name(id_)} ({'its own red line' if of is None else f'for {case.party_name(of)}'})"


def refused_in(view: View) -> Refused:
    """Who refuses every state with some values, among the states of a case.

    Where nobody refuses all of them but somebody refuses each, everybody who refuses one is named.

    Examples
    --------
    >>> from accordant.model.compiler import Compiler
    >>> refused = refused_in(Compiler(Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}, "y": {"by": "a"}},
    ...     "status_quo": {"x": "no", "y": "no"}, "feasible": ["not (x and y)"],
    ...     "preferences": {"a": {"never": ["x"]}}})).view())
    >>> refused({"x": "yes"}), refused({"y": "yes"}), refused({"x": "yes", "y": "yes"})
    (('a',), (), ('rules',))
    """
    space = view.space
    against = refusals(view, np.arange(space.n))

    def refused(values: Mapping[str, str]) -> tuple[str, ...]:
        states = np.unique(space.state_of[space.matching(dict(values))])
        if not len(states):
            return (RULES,)
        whole = tuple(who for who, some in against.items() if some[states].all())
        if whole:
            return whole
        part = {who: some[states] for who, some in against.items() if some[states].any()}
        return tuple(part) if part and np.logical_or.reduce(list(part.values())).all() else ()

    return refused
