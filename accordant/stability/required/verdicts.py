"""Whether a state is stable as things are: yes, no, or not known where some order is not known.

It is so if what is surely so is enough for it, and is not so if all that may be so would not be. What
lies between is left to the bounds that ``stability`` gives too, so that both say the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from accordant.errors import TooLargeError
from accordant.model.view import View
from accordant.stability.bounds import bounds_of
from accordant.stability.concept import Concept
from accordant.stability.required.conditions import Situation, Standing
from accordant.stability.required.orders import Order, orders_of


class Verdicts:
    """Verdicts of one case; bounds of all states are kept for the next state asked about."""

    def __init__(self, view: View, parties: Sequence[Order]) -> None:
        self.view = view
        self.orders = orders_of(parties)
        self._rows: dict[str, NDArray[np.bool_]] = {}
        self._all: dict[str, NDArray[np.bool_]] = {}

    def so(self, situation: Situation, open_: Standing, judged: Sequence[int]) -> bool | None:
        """Whether the state is stable for some parties; None where that is not known.

        Parameters
        ----------
        open_
            The comparisons of which it is not known whether they are so.
        """
        now = situation.standing(self.orders)
        if situation.lack(now - open_, judged, frozenset()) is None:
            return True
        if situation.lack(now | open_, judged, frozenset()) is not None:
            return False
        return None if self._may(situation, judged) else False

    def _may(self, situation: Situation, judged: Sequence[int]) -> bool:
        """What may be, where taking all that is open in favour need not be one and the same order."""
        if all(situation.concepts[i].sanctions != "improvements" for i in judged):
            return True
        try:
            if not all(self._possible(situation.concepts[i])[i, situation.state] for i in judged):
                return False
            alike = len(set(situation.concepts)) == 1 and len(judged) == len(situation.concepts)
            return not alike or bool(self._together(situation.concepts[0])[situation.state])
        except TooLargeError:  # the bounds need more room than this question: what is open stays open
            return True

    def _possible(self, concept: Concept) -> NDArray[np.bool_]:
        from accordant.stability.lifted import lifted  # where nothing is open, nobody needs it

        if concept.name not in self._rows:
            self._rows[concept.name] = lifted(concept).judge(self.view).may
        return self._rows[concept.name]

    def _together(self, concept: Concept) -> NDArray[np.bool_]:
        if concept.name not in self._all:
            if any(len(self.view.incomparable(party)) for party in self.view.parties):
                found = np.asarray(self._possible(concept).all(axis=0))
            else:
                view = self.view
                found = bounds_of(view.model, view.orders, view.known, concept)[1].may
            self._all[concept.name] = found
        return self._all[concept.name]
