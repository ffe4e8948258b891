"""Why a party accepts a state or not, in one sentence that names the line that decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accordant.agreement.admissible import Doubt, accepted, outcomes
from accordant.case.grounds import Element
from accordant.case.objects import Case
from accordant.model.preferences import Choice, PartyOrder, Statement
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

    def against(self, d: int) -> str:
        """No deal, with the name of its state."""
        return f"no deal ({self.view.space.name(d)})"

    def compare(self, who: str, state: int, d: int) -> Reason:
        """Why a party or constituency prefers, ties or refuses a state against one no-deal state."""
        here, there = self.view.space.name(state), self.against(d)
        if state == d:
            return Reason(f"{here} is what no deal leads to", None)
        for element, crossed in self.view.red_lines(who):
            if crossed[state] and not crossed[d]:
                line = self.quoted(element)
                says = (
                    f"{self.name(who)} refuses {here}: it crosses the red line {line}, which {there} does not"
                )
                return Reason(says, element)
        ranks = self.view.ranks(who)
        element_ = self._decides(who, state, d)
        if element_ is None:
            if ranks is None:
                return Reason(self._unknown(who), None)
            says = f"{self.name(who)} likes {here} as well as {there}: nothing that it wants tells them apart"
            return Reason(f"{says}, and a tie is enough", None)
        better = True if ranks is None else bool(ranks[state] > ranks[d])
        first, second = (here, there) if better else (there, here)
        says = f"{self.name(who)} prefers {first} to {second}: {self._by(element_, first)}"
        return Reason(says, element_)

    def _unknown(self, who: str) -> str:
        order = self.view.frame.orders.get(who)
        if order is not None and order.open:
            return (
                f"The order of some states is not known for {self.name(who)}, so that nothing is said of "
                "what it accepts but by its red lines"
            )
        return f"Nothing is known of what {self.name(who)} wants here"

    def _decides(self, who: str, state: int, d: int) -> str | None:
        if self.view.ranks(who) is not None:
            return self.view.decides(who, state, d)
        lines = self.view.red_lines(who)  # all that is known of an unknown order
        return next((element for element, crossed in lines if crossed[state] != crossed[d]), None)

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
        found = [self.compare(who, state, d) for d in self.view.no_deal]
        if len(found) == 1:
            return found[0]
        elements = {r.element for r in found}
        return Reason("; ".join(r.sentence for r in found), elements.pop() if len(elements) == 1 else None)


def turns_on(order: PartyOrder | None, doubt: Doubt, state: int, against: Sequence[int]) -> tuple[str, ...]:
    """The open elements of a party that can change whether it accepts a state.

    An unsure line belongs here when it matters in some setting of the others; a line of an
    ``either`` group when the lines of the group pull in different directions.
    """
    if order is None:
        return ()
    found = dict.fromkeys(e for d in against for e in _may_speak_first(order, doubt, state, d))
    if not order.known(doubt.lost):
        return tuple(found)
    # a line only ever works in one direction, so that it matters if and only if the share changes
    share = accepted(outcomes(order, doubt, state, against))

    def matters(element: str) -> bool:
        settled = Doubt(doubt.free - {element}, doubt.lost)
        return not doubt.open(element) or accepted(outcomes(order, settled, state, against)) != share

    return tuple(e for e in found if matters(e))


def _may_speak_first(order: PartyOrder, doubt: Doubt, state: int, d: int) -> list[str]:
    newly = [line for line in order.red if line.holds[d] and not line.holds[state]]
    if any(not doubt.open(line.element) for line in newly):
        return []  # refused whatever else counts
    found = [line.element for line in newly]
    for entry in (*(line for line in order.red if line not in newly), *order.lines):
        told = [line for line in _lines(entry) if line.holds[state] != line.holds[d]]
        sure = [line for line in told if not doubt.open(line.element)]
        pulls = len({bool(line.holds[state]) for line in told}) > 1
        found += [line.element for line in told if pulls or doubt.open(line.element)]
        if sure:
            return found
    score = order.score
    if score is not None:
        if score.element in doubt.lost:
            return [*found, score.element]
        found += [e for e, worth in score.terms if doubt.open(e) and worth[state] != worth[d]]
    return found


def _lines(entry: Statement | Choice) -> Sequence[Statement]:
    return entry.lines if isinstance(entry, Choice) else (entry,)
