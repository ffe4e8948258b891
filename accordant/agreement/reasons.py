"""Why a party accepts a state or not, in one sentence that names the line that decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

import numpy as np

from accordant.agreement.no_deal import NOWHERE, NoDeal
from accordant.agreement.ranged_reasons import compared, in_words
from accordant.agreement.rounding import told_apart
from accordant.agreement.stands import no_deal_of, no_deals, voice
from accordant.case.grounds import Element
from accordant.case.objects import Case
from accordant.model.preferences import Held, Statement
from accordant.model.view import View


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, and the element of the case that decides (None for a tie or unknown)."""

    sentence: str
    element: str | None


@dataclass(frozen=True, eq=False)
class Speaker:
    """Puts comparisons of one view into words."""

    view: View
    elements: Mapping[str, Element]
    _held: dict[str, NoDeal] = field(default_factory=dict)

    @property
    def case(self) -> Case:
        """The case."""
        return self.view.case

    def name(self, party: str) -> str:
        """A party's name."""
        return self.case.party_name(party)

    def quoted(self, element: str) -> str:
        """An element in the words of the case, with its id.

        A line that stands twice is told apart by its id, which also leads to its grounds.
        """
        says = self.elements[element].says
        for prefix in ("wants: ", "never: ", "rule: "):
            says = says.removeprefix(prefix)
        return f"'{says}' ({element})"

    def no_deal(self, who: str) -> NoDeal:
        """What no deal is to a party or a constituency."""
        if who not in self._held:
            self._held[who] = no_deal_of(self.view, who)
        return self._held[who]

    @cached_property
    def _deals(self) -> tuple[int, ...]:
        return no_deals(self.view)

    def against(self, who: str, k: int) -> str:
        """No deal to somebody, with the name of its state or what it is worth."""
        held, d = self.no_deal(who).held, self._deals[k]
        if held is not None and held.state is not None:
            return f"no deal ({self.view.space.name(held.state)}, {held.element})"
        return "no deal" if d == NOWHERE else f"no deal ({self.view.space.name(d)})"

    def compare(self, who: str, state: int, k: int) -> Reason:
        """Why a party or constituency prefers, ties or refuses a state against one no deal."""
        here, there = self.view.space.name(state), self.against(who, k)
        against = self.no_deal(who)
        low, high = against.low[k], against.high[k]
        if state == low == high:
            held = against.held
            if held is not None:
                return Reason(f"{here} is what no deal is to {self.name(who)}", held.element)
            return Reason(f"{here} is what no deal leads to", None)
        for line in self._red_lines(who):
            if line.holds[low] and not line.holds[state]:
                quoted = self.quoted(line.element)
                says = f"{self.name(who)} refuses {here}: it crosses the red line {quoted}"
                return Reason(says if there == "no deal" else f"{says}, which {there} does not", line.element)
        ranged = compared(against, self.view.setting.off, state, k)
        if ranged is not None and self._told(who, state, low, high) is None:
            number = against.held is not None and against.held.state is None
            says = in_words(self.name(who), here, "no deal" if number else there, ranged)
            return Reason(says, ranged.element)
        if low != high:
            return self._between(who, state, k)
        return self._settled(who, state, k, low)

    def _told(self, who: str, state: int, low: int, high: int) -> str | None:
        """The red line that tells a state from no deal, whatever it is worth."""
        lines = self._red_lines(who)
        return next((x.element for x in lines if x.holds[state] != x.holds[low] == x.holds[high]), None)

    def _settled(self, who: str, state: int, k: int, column: int) -> Reason:
        """The comparison with one column of what no deal may be."""
        here, there = self.view.space.name(state), self.against(who, k)
        ranks = self.view.ranks(who)
        element = self._decides(who, state, column)
        by_worth = self._by_worth(who, state, k)
        if element is None:
            if ranks is None:
                return Reason(self._unknown(who), None)
            if by_worth is not None:
                return by_worth
            says = f"{self.name(who)} likes {here} as well as {there}: nothing that it wants tells them apart"
            return Reason(f"{says}, and a tie is enough", None)
        kind = self.elements[element].kind
        if kind in ("worth", "term") and by_worth is not None:
            return by_worth
        better = self._better(who, state, column)
        first, second = (here, there) if better else (there, here)
        says = f"{self.name(who)} prefers {first} to {second}: {self._by(element, first)}"
        return Reason(says, element)

    def _between(self, who: str, state: int, k: int) -> Reason:
        """The comparison where it is not settled what no deal is: by the end that decides, if one does."""
        against = self.no_deal(who)
        low, high = (level[0] for level in voice(self.view, who, np.array([state])).levels(k))
        if (low > 0) == (high > 0):
            return self._settled(who, state, k, against.high[k] if low > 0 else against.low[k])
        if against.held is None:
            return Reason(f"The case does not say what no deal is to {self.name(who)}", None)
        if against.held.element in self.view.setting.off:
            says = f"It is not known what no deal is worth to {self.name(who)} ({against.held.element})"
            return Reason(says, against.held.element)
        return self._by_worth(who, state, k) or Reason(self._unknown(who), None)

    def _by_worth(self, who: str, state: int, k: int) -> Reason | None:
        """The comparison in numbers, where the party gives its reservation as one."""
        against = self.no_deal(who)
        held, order = against.held, against.order
        if held is None or order is None or order.score is None or held.low is None or held.high is None:
            return None
        if held.element in self.view.setting.off or not order.known(self.view.setting.off):
            return None
        scale = order.score.scale
        worth = int(order.score.ranks_in(self.view.setting.off)[state])
        return Reason(self._in_numbers(who, state, Fraction(worth, scale), held, scale), held.element)

    def _in_numbers(self, who: str, state: int, worth: Fraction, held: Held, scale: int) -> str:
        assert held.low is not None
        assert held.high is not None
        here, name = self.view.space.name(state), self.name(who)
        low, high = Fraction(held.low, scale), Fraction(held.high, scale)
        said, least, most = told_apart(worth, low, high)
        if worth == low == high:
            return (
                f"{name} likes {here} as well as no deal: both are worth {said} to it "
                f"({held.element}), and a tie is enough"
            )
        deal = least if low == high else f"between {least} and {most}"
        says = f"{here} is worth {said} to it, no deal {deal} ({held.element})"
        if worth < low:
            return f"{name} prefers no deal to {here}: {says}"
        if worth >= high:
            how = "prefers" if worth > high else "accepts"
            return f"{name} {how} {here}{' to no deal' if worth > high else ''}: {says}"
        return f"{name} may prefer either, {here} or no deal: {says}"

    def _red_lines(self, who: str) -> list[Statement]:
        order = self.no_deal(who).order
        off = self.view.setting.off
        return [] if order is None else [line for line in order.red if line.element not in off]

    def _better(self, who: str, state: int, column: int) -> bool:
        """Whether a state is better than a column of no deal, where an element tells them apart."""
        order, off = self.no_deal(who).order, self.view.setting.off
        if order is None or not order.known(off):
            return True
        told = ((bool(s.holds[state]), bool(s.holds[column])) for s in order.statements(off, self._perms))
        first = next((here for here, there in told if here != there), None)
        if first is not None or order.score is None:
            return bool(first)
        ranks = order.score.ranks_in(off)
        return bool(ranks[state] > ranks[column])

    @cached_property
    def _perms(self) -> Mapping[str, tuple[int, ...]]:
        return dict(self.view.setting.perms)

    def _unknown(self, who: str) -> str:
        order = self.view.frame.orders.get(who)
        if order is not None and order.open:
            return (
                f"The order of some states is not known for {self.name(who)}, so that nothing is said of "
                "what it accepts but by its red lines"
            )
        return f"Nothing is known of what {self.name(who)} wants here"

    def _decides(self, who: str, state: int, column: int) -> str | None:
        order, off = self.no_deal(who).order, self.view.setting.off
        if order is not None and order.known(off):
            return order.decides(state, column, off, self._perms)
        lines = self._red_lines(who)  # all that is known of an unknown order
        return next((line.element for line in lines if line.holds[state] != line.holds[column]), None)

    def _by(self, element: str, first: str) -> str:
        kind = self.elements[element].kind
        if kind == "red-line":
            return f"only {first} keeps within the red line {self.quoted(element)}"
        if kind == "line":
            return (
                f"{self.quoted(element)} is the first line that tells them apart, and only {first} meets it"
            )
        return f"by its {'ranking' if kind == 'ranking' else 'worths'} ({element})"

    def against_each(self, who: str, state: int) -> Reason:
        """The comparison with every state that no deal may be."""
        found = [self.compare(who, state, k) for k in range(len(self._deals))]
        if len(found) == 1:
            return found[0]
        elements = {r.element for r in found}
        return Reason("; ".join(r.sentence for r in found), elements.pop() if len(elements) == 1 else None)
