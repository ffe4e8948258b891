"""What states are worth to a party once moves are looked ahead: the propagation behind the verdicts,
for any worth of the states and one party at a time.

The classical concepts propagate a party's ranks once; concepts with more rounds propagate the
outcome again. Both kernels serve: arcs for small models and where the option form does not apply,
sweeps over fibres otherwise.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from accordant.model.graph import GraphModel
from accordant.stability import option_form
from accordant.stability.arc_form import ArcForm, arc_form
from accordant.stability.option_form import OptionForm
from accordant.stability.verdicts import listed

Int32s = NDArray[np.int32]


class Values(Protocol):
    """Worths of all states looked at one move, or one sequence of moves, earlier."""

    def lowest(self, party: int, v: Int32s) -> Int32s:
        """The least v over a state and every state that the party's opponents can lead on to."""

    def highest(self, party: int, v: Int32s) -> Int32s:
        """The largest v over a state and every state that one move of the party leads to."""


def values_of(model: GraphModel) -> Values:
    """The kernels that suit a model.

    ``v`` has shape (n,), int32, and holds whole numbers from 0 upwards; for the arcs they should not
    be much larger than the number of states (:func:`accordant.stability.ranks.compact`).

    Examples
    --------
    >>> from accordant.model.graph import Mover
    >>> from accordant.model.moves import arcs_from_pairs
    >>> from accordant.model.space import StateSpace
    >>> space = StateSpace((), (), np.zeros((3, 0), np.uint8), np.arange(3, dtype=np.int32), 3)
    >>> to = [arcs_from_pairs(3, np.array(s), np.array(t)) for s, t in (([0], [1]), ([1], [2]))]
    >>> model = GraphModel(space, ("a", "b"), tuple(Mover((k,), arcs) for k, arcs in enumerate(to)))
    >>> found, v = values_of(model), np.array([1, 2, 0], dtype=np.int32)
    >>> found.lowest(0, v).tolist(), found.highest(0, v).tolist()
    ([1, 0, 0], [2, 2, 0])
    """
    form = None if listed(model) else option_form.option_form(model)
    return ByArcs(arc_form(model)) if form is None else ByFibres(form)


class ByArcs:
    """Values on a graph given arc by arc."""

    def __init__(self, form: ArcForm) -> None:
        self.form = form

    def lowest(self, party: int, v: Int32s) -> Int32s:
        """See :class:`Values`."""
        from accordant.stability.kernels.values import lowest_by_arcs

        movers = self.form.opponents[party]
        track = not all(self.form.transitive[k] for k in movers)
        m = np.empty_like(v)
        who = np.array(movers, dtype=np.int32)
        levels = int(v.max(initial=0)) + 1
        lowest_by_arcs(v, levels, who, self.form.back_start, self.form.back, track, m)
        return m

    def highest(self, party: int, v: Int32s) -> Int32s:
        """See :class:`Values`."""
        from accordant.stability.kernels.values import highest_by_arcs

        best = np.empty_like(v)
        highest_by_arcs(v, self.form.ahead_start[party], self.form.ahead, best)
        return best


class ByFibres:
    """Values in option form."""

    def __init__(self, form: OptionForm) -> None:
        self.form = form

    def lowest(self, party: int, v: Int32s) -> Int32s:
        """See :class:`Values`."""
        return option_form.lowest(self.form, party, v)

    def highest(self, party: int, v: Int32s) -> Int32s:
        """See :class:`Values`."""
        from accordant.stability.kernels.values import highest_by_fibres

        fibres = self.form.fibres[party]
        if fibres is None:
            return v.copy()
        best = np.empty_like(v)
        highest_by_fibres(fibres.start, fibres.members, fibres.class_of, fibres.shut, v, best)
        return best
