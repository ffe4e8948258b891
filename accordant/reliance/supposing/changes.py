"""Changes to what a case states of preferences, rules and directions, each by itself.

A line is dropped, reversed or put elsewhere; a red line, a term, what no deal is worth or the worths
of an issue are dropped, or the latter reversed; a state of a ranking is put above or beside another;
a rule or a direction is lifted. A ranking or a table of worths as a whole is not dropped here: that
is what becomes open without its grounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from accordant.case.grounds import Element
from accordant.case.objects import Case, Either
from accordant.case.worths import Linear, Worth
from accordant.model.compiler import Compiler
from accordant.model.movers import issue_direction

Number: TypeAlias = Decimal | tuple[Decimal, Decimal]
"""What something is worth: a number, or the ends that it lies between."""
What = Literal["drop", "reverse", "move", "raise", "tie", "add", "lift", "free"]

LAST = "last"
"""In place of an entry before which a line is put: behind all others."""
UNITS = 14
"""States of a ranking up to which each may be put above each other."""


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One change.

    Attributes
    ----------
    what
        ``drop``, ``reverse``, ``move`` (a line before another entry), ``raise`` and ``tie`` (a state of a
        ranking above, or level with, another), ``add`` (a new line before all others), ``lift`` (a rule),
        ``free`` (the direction of an issue).
    element
        The part of the case that is changed: ``south.priorities.2``, ``feasible.1``, ``issues.truce``.
    item
        Of a ranking the state, of worths the issue.
    to
        Where it is put: an entry such as ``south.priorities.1``, or a state; of a new line what it wants.
    party
        Whose preference it is; empty for rules and directions.
    distance
        How far up (positive) or down (negative) a line is moved, in half places: out of a group, right
        before or behind it, is one.
    says
        The change in words.
    """

    what: What
    element: str
    item: str = ""
    to: str = ""
    party: str = ""
    distance: int = 0
    says: str = ""

    @property
    def id(self) -> str:
        """What is changed and how, such as ``move south.priorities.3 before south.priorities.1``."""
        about = " ".join(part for part in (self.element, self.item) if part)
        link = {"move": " before ", "raise": " above ", "tie": " level with ", "add": ": "}.get(self.what, "")
        return f"{self.what} {about}{link}{self.to}"


def goes_with(change: Change, others: Iterable[Change]) -> bool:
    """Whether a change may be made beside others.

    One part is changed once, save that a line may be reversed and moved; nothing is put before what is
    dropped.

    Examples
    --------
    >>> drop, move = Change("drop", "a.priorities.1"), Change("move", "a.priorities.2", to="a.priorities.1")
    >>> goes_with(drop, [move]), goes_with(Change("reverse", "a.priorities.2"), [move])
    (False, True)
    """
    for other in others:
        both = {change.what, other.what}
        if (change.element, change.item) == (other.element, other.item) and both != {"reverse", "move"}:
            return False
        for one, two in ((change, other), (other, change)):
            if one.what == "move" and two.what == "drop" and one.to == two.element:
                return False
    return True


def possible_changes(
    compiler: Compiler, of_use: Iterable[str], states: Sequence[str] = ()
) -> tuple[list[Change], list[str]]:
    """Every change to some elements, and what is not offered.

    Parameters
    ----------
    of_use
        Ids of the elements that can make a difference.
    states
        The states that matter most, where a ranking is too long for every state to be moved.
    """
    offered = _Offered(compiler, frozenset(of_use), tuple(states))
    left: list[str] = []
    every = [*offered.lines(), *offered.numbers(), *offered.rankings(left), *offered.structure()]
    for party, order in compiler.orders().items():
        if order.open and any(compiler.element[e].subject == party for e in of_use):
            left.append(f"{party} has pairs of unknown order: only its red lines are changed")
        if order.score is not None and order.score.element == f"{party}.table":
            left.append(f"the table of worths of {party} is left as it is")
    return every, left


class _Offered:
    def __init__(self, compiler: Compiler, of_use: frozenset[str], states: tuple[str, ...]) -> None:
        self.compiler, self.case, self.of_use, self.states = compiler, compiler.case, of_use, states

    def lines(self) -> Iterator[Change]:
        """Red lines and lines dropped, reversed and moved."""
        for party, preference in self.case.preferences.items():
            name = self.case.party_name(party)
            for k, red in enumerate(preference.never, 1):
                id_ = f"{party}.never.{k}"
                if id_ in self.of_use:
                    yield Change(
                        "drop", id_, party=party, says=f"{name}: the red line {red.rule!r} is dropped"
                    )
            if party in self.compiler.orders() and self.compiler.orders()[party].open:
                continue
            places = list(_places(self.case, party))
            for id_, place, words in places:
                if id_ in self.of_use:
                    yield from self._line(party, id_, place, words)

    def _line(self, party: str, id_: str, place: int, words: str) -> Iterator[Change]:
        said = f"{self.case.party_name(party)}: the line {words!r}"
        yield Change("drop", id_, party=party, says=f"{said} is dropped")
        yield Change("reverse", id_, party=party, says=f"{said} is reversed")
        entries = self.case.preferences[party].priorities or ()
        grouped = isinstance(entries[place - 1], Either)
        for k, entry in enumerate(entries, 1):
            if k == place or (k == place + 1 and not grouped):
                continue  # where it stands already
            to = f"{party}.priorities.{k}"
            where = "first" if k == 1 else f"before {_entry_words(entry)}"
            distance = 2 * (place - k) + grouped if k < place else 2 * (place - k + 1) - grouped
            yield Change("move", id_, to=to, party=party, distance=distance, says=f"{said} comes {where}")
        if grouped:
            where = "before those of its group" if place > 1 else "first"
            to = f"{party}.priorities.{place}"
            yield Change("move", id_, to=to, party=party, distance=1, says=f"{said} comes {where}")
        if place < len(entries) or grouped:
            distance = 2 * (place - len(entries)) - grouped
            yield Change("move", id_, to=LAST, party=party, distance=distance, says=f"{said} comes last")

    def numbers(self) -> Iterator[Change]:
        """Worths of an issue, terms, and what no deal is worth."""
        for party, preference in self.case.preferences.items():
            name = self.case.party_name(party)
            worth = f"{party}.worth"
            for issue in preference.worth or () if worth in self.of_use and self.case.issues else ():
                said = f"{name}: the worths of {issue}"
                yield Change("drop", worth, issue, party=party, says=f"{said} are dropped")
                yield Change("reverse", worth, issue, party=party, says=f"{said} are reversed")
            for k, term in enumerate(preference.also, 1):
                id_ = f"{party}.also.{k}"
                if id_ in self.of_use:
                    says = f"{name}: the worth of {term.if_!r} is dropped"
                    yield Change("drop", id_, party=party, says=says)
            if f"{party}.reservation" in self.of_use:
                says = (
                    f"{name}: what no deal is worth to it is dropped; it is the state that no deal leads to"
                )
                yield Change("drop", f"{party}.reservation", party=party, says=says)

    def rankings(self, left: list[str]) -> Iterator[Change]:
        """States of a ranking put above, or level with, others."""
        names = self.compiler.space().names
        for party in self.case.preferences:
            element = f"{party}.ranking"
            order = self.compiler.orders().get(party)
            if element not in self.of_use or order is None or order.open or order.score is None:
                continue
            ranks = order.score.ranks
            moved = list(names)
            if len(names) > UNITS:
                moved = [s for s in self.states if s in self.compiler.space().numbers]
                left.append(f"of the ranking of {party} only {', '.join(moved) or 'nothing'} is moved")
            numbers = self.compiler.space().numbers
            name = self.case.party_name(party)
            for one in moved:
                rank = int(ranks[numbers[one]])
                for level in sorted({int(r) for r in ranks}, reverse=True):
                    others = [s for s in names if int(ranks[numbers[s]]) == level and s != one]
                    if not others:
                        continue
                    also = f" (and what is level with {others[0]})" if len(others) > 1 else ""
                    to, distance = others[0], level - rank
                    if distance:
                        says = f"{name}: {one} is level with {to}{also}"
                        yield Change("tie", element, one, to, party, distance, says)
                    says = f"{name}: {one} is put right above {to}{also}"
                    yield Change("raise", element, one, to, party, distance, says)

    def structure(self) -> Iterator[Change]:
        """Rules and directions lifted."""
        for k, rule in enumerate(self.case.feasible, 1):
            if f"feasible.{k}" in self.of_use:
                yield Change("lift", f"feasible.{k}", says=f"the rule {rule.rule!r} does not hold")
        for name, issue in self.case.issues.items():
            if f"issues.{name}" in self.of_use and not issue_direction(issue).all():
                says = f"{name} may be changed in any direction"
                yield Change("free", f"issues.{name}", says=says)


def _places(case: Case, party: str) -> Iterator[tuple[str, int, str]]:
    """Every line: its element, the place of its entry, and its words."""
    for k, entry in enumerate(case.preferences[party].priorities or (), 1):
        if isinstance(entry, Either):
            for m, line in enumerate(entry.either, 1):
                yield f"{party}.priorities.{k}.{m}", k, line.want
        else:
            yield f"{party}.priorities.{k}", k, entry.want


def _entry_words(entry: object) -> str:
    if isinstance(entry, Either):
        return "either of " + ", ".join(repr(line.want) for line in entry.either)
    return repr(getattr(entry, "want", ""))


def denied(compiler: Compiler, change: Change) -> tuple[Element, ...]:
    """The parts of the case that a change says are not as they are stated."""
    found = compiler.element.get(change.element)
    return () if found is None or change.what in ("add", "move") else (found,)


def put_elsewhere(compiler: Compiler, change: Change) -> tuple[Element, ...]:
    """The lines that a change puts in another order: the one that is moved, and those that it passes."""
    if change.what != "move":
        return ()
    places = {id_: place for id_, place, _ in _places(compiler.case, change.party)}
    here = places[change.element]
    there = len(places) + 1 if change.to == LAST else int(change.to.rpartition(".")[2])
    low, high = (there, here - 1) if there <= here else (here + 1, there - 1)
    passed = [id_ for id_, place in places.items() if low <= place <= high and id_ != change.element]
    return tuple(compiler.element[id_] for id_ in (change.element, *passed))


def reversed_worth(worth: Worth) -> Worth:
    """The worths of an issue with every number's sign turned.

    Examples
    --------
    >>> from decimal import Decimal
    >>> reversed_worth({"no": Decimal(2), "yes": (Decimal(1), Decimal(3))})
    {'no': Decimal('-2'), 'yes': (Decimal('-3'), Decimal('-1'))}
    """
    return _each_worth(worth, _turned)


def no_worth(worth: Worth) -> Worth:
    """The worths of an issue with every number nought."""
    return _each_worth(worth, lambda _: Decimal(0))


def _turned(number: Number) -> Number:
    return (-number[1], -number[0]) if isinstance(number, tuple) else -number


def _each_worth(worth: Worth, make: Callable[[Number], Number]) -> Worth:
    if isinstance(worth, Linear):
        return Linear(linear=tuple((value, make(number)) for value, number in worth.linear))
    if isinstance(worth, dict):
        return {value: make(number) for value, number in worth.items()}
    return make(worth)
