"""The game as each party sees it, and what holds when everybody judges by its own: hypergames.

A party may not know that some states are possible, and may be wrong about what others want. Its own
game has the same states, so that games can be compared; but every move to or from a state that it
does not see is gone from it, and the others want what it believes they want. So in a state that it
does not see it has no move, and is stable there without any reason: explanations say so. A
first-level hypergame: what a party believes that others believe is not part of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from accordant.model.frame import Frame, Truths
from accordant.model.graph import ArcMoves, GraphModel, Mover
from accordant.model.moves import arcs_from_pairs
from accordant.model.pairs import states_of
from accordant.model.view import View
from accordant.stability.result import Explanation

if TYPE_CHECKING:
    from accordant.stability.further import Further, Judgement

Bools = NDArray[np.bool_]

_BELIEVED = "perceptions."


def unseen(view: View, party: str) -> Bools:
    """Which states a party does not see.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> from accordant.model.compiler import Compiler
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {"x": {"by": "a"}, "y": {"by": "b"}},
    ...     "perceptions": {"a": {"unseen": [{"y": "yes"}]}}})
    >>> unseen(Compiler(case).view(), "a").tolist()
    [False, True, False, True]
    """
    hidden = np.zeros(view.model.n, dtype=bool)
    perception = view.case.perceptions.get(party)
    for ref in perception.unseen if perception else ():
        hidden[list(states_of(view.space, ref))] = True
    return hidden


def perceived_view(view: View, party: str) -> View:
    """The case as a party sees it, on the same states; the view itself where it sees it as it is.

    Parameters
    ----------
    view
        The case in one setting.
    party
        Who sees it.

    Returns
    -------
    View
        Without the moves to and from states that the party does not see, the others wanting what it
        believes they want. What a party is believed to want does not depend on the setting.

    Raises
    ------
    TooLargeError
        If moves would have to be listed that do not fit.
    """
    if party not in view.case.perceptions:
        return view
    kept = _frames.setdefault(view.frame, {})
    if party not in kept:
        kept[party] = _own_frame(view, party)
    return View(kept[party], view.setting)


_frames: WeakKeyDictionary[Frame, dict[str, Frame]] = WeakKeyDictionary()
"""The frames of parties' own games, which all settings of the preference lines share."""


def _own_frame(view: View, party: str) -> Frame:
    perception = view.case.perceptions[party]
    orders, truths = dict(view.frame.orders), Truths(view.case, view.space)
    for other, believed in perception.preferences.items():
        orders.pop(other, None)
        if believed.stated:
            label = f"{_BELIEVED}{party}.preferences.{other}"
            # where a rule does not hold there may be states that a ranking does not place
            orders[other] = truths.order(label, believed, partial=True)
    case = view.case.model_copy(
        update={"preferences": {**view.case.preferences, **perception.preferences}, "perceptions": {}}
    )
    model = without(view.model, unseen(view, party))
    return replace(view.frame, case=case, model=model, orders=orders, **_fresh(view.frame))


def _fresh(frame: Frame) -> dict[str, Any]:
    """Empty stores in place of what a frame has kept of its own orders."""
    return {name: {} for name, value in vars(frame).items() if type(value) is dict and name != "orders"}


def without(model: GraphModel, hidden: Bools) -> GraphModel:
    """The model without the moves to and from some states."""
    if not hidden.any():
        return model
    movers = tuple(Mover(m.parties, _cut(m.moves.arcs, hidden)) for m in model.movers)
    return GraphModel(model.space, model.parties, movers)


def _cut(arcs: ArcMoves, hidden: Bools) -> ArcMoves:
    n = len(arcs.indptr) - 1
    sources = np.repeat(np.arange(n), np.diff(arcs.indptr))
    keep = ~hidden[sources] & ~hidden[arcs.targets]
    # moves that compose still do when some states are left out altogether
    return arcs_from_pairs(n, sources[keep], arcs.targets[keep], transitive=arcs.transitive)


def perceived(view: View, concept: Further) -> Judgement:
    """Verdicts when each party judges by the case as it sees it: the rows of different games."""
    from accordant.stability.further import Judgement

    shape = (len(view.parties), view.model.n)
    must, may, exact = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool), True
    for i, party in enumerate(view.parties):
        found = concept.judge(perceived_view(view, party))
        must[i], may[i] = found.must[i], found.may[i]
        exact &= found.exact
    return Judgement(must, may, exact)


def explain_seen(view: View, state: int, party: int, concept: Further) -> Explanation:
    """Why a state is stable or not for a party that judges by the case as it sees it."""
    who = view.parties[party]
    name = view.case.party_name(who)
    if unseen(view, who)[state]:
        here = view.space.name(state)
        text = (
            f"As {name} sees it: {name} does not see {here} at all, so it has no move there and "
            "stays for no reason of its own."
        )
        return Explanation(here, who, concept.name, True, text)
    found = concept.explain(perceived_view(view, who), state, party)
    if who not in view.case.perceptions:
        return found
    stated = tuple(e for e in found.elements if not e.startswith(_BELIEVED))
    return replace(found, sentence=f"As {name} sees it: {found.sentence}", elements=stated)
