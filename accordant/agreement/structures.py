"""The ways in which rules and anchors turn out: other states, other things to compare with.

Each way is one :class:`Structure`. States keep their identity across structures by their number in
the widest space, the one in which no unsure rule holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, islice, product

import numpy as np
from numpy.typing import NDArray

from accordant.agreement.no_deal import NoDeal
from accordant.agreement.stands import no_deal_of, no_deals
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.frame import Landing
from accordant.model.growth import row_numbers
from accordant.model.settings import Setting, SettingSpace
from accordant.model.space import StateSpace
from accordant.model.view import View

STRUCTURES = 512
"""Most settings of rules and anchors that are gone through."""
STATES = 8_000_000
"""Most states in all structures together."""


@dataclass(frozen=True, eq=False)
class Structure:
    """One way in which rules and anchors turn out.

    Attributes
    ----------
    view
        The case in it; lines count as written, lost rankings do not.
    share
        Its share of the settings; there is none where an anchor is unknown.
    place
        For each of its states the number in the widest space, which has the states of all structures.
    landings
        Where each proposal leads.
    """

    view: View
    share: Fraction
    place: NDArray[np.intp]
    landings: Mapping[str, Landing]
    _held: dict[str, NoDeal] = field(default_factory=dict)

    @property
    def against(self) -> tuple[int, ...]:
        """The states that no deal may be: see :func:`accordant.agreement.stands.no_deals`."""
        return no_deals(self.view)

    def no_deal(self, who: str) -> NoDeal:
        """What no deal is to a party or a constituency."""
        if who not in self._held:
            self._held[who] = no_deal_of(self.view, who)
        return self._held[who]


def widest_space(compiler: Compiler, settings: SettingSpace) -> tuple[StateSpace, tuple[str, ...], int]:
    """The states of all structures, the rules that vary, and how many times more settings there are."""
    rules = tuple(e for e in settings.free if compiler.element[e].kind == "rule")
    try:
        return compiler.space(frozenset(rules)), rules, 1
    except TooLargeError:
        # the case fits as it is written, but not without the rules that may not hold
        return compiler.space(), (), 1 << len(rules)


def structures_of(
    compiler: Compiler, settings: SettingSpace, rules: Sequence[str], widest: StateSpace
) -> tuple[tuple[Structure, ...], int]:
    """Every structure, and how many were left out because there are too many."""
    anchors = [[(which, state) for state in states] for which, states in settings.anchors.items()]
    total = 1 << len(rules)
    for states in anchors:
        total *= len(states)
    keep = max(1, min(STRUCTURES, STATES // max(1, widest.n)))  # none where nothing is listed
    subsets = (frozenset(off) for k in range(len(rules) + 1) for off in combinations(rules, k))
    ways = ((off, chosen) for off in subsets for chosen in product(*anchors))
    made = []
    for off, chosen in islice(ways, min(total, keep)):
        at = dict(chosen)
        setting = Setting(off | frozenset(settings.lost), (), at.get("status_quo"), at.get("no_deal"))
        made.append(structure_in(compiler, widest, setting, Fraction(1, total)))
    return tuple(made), total - len(made)


def structure_in(compiler: Compiler, widest: StateSpace, setting: Setting, share: Fraction) -> Structure:
    """The structure of one setting."""
    view = compiler.view(setting)
    landings = {p: view.package(p) for p in compiler.case.proposals}
    return Structure(view, share, _place(view.space, widest), landings)


def _place(space: StateSpace, widest: StateSpace) -> NDArray[np.intp]:
    if space is widest or not space.issues:
        return np.arange(space.n)
    shape = tuple(len(v) for v in widest.values)
    return np.asarray(
        widest.state_of[row_numbers(widest.codes, shape, space.codes[space.first])], dtype=np.intp
    )
