"""What is answered about required preferences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from accordant.tables import Method, Table


@dataclass(frozen=True, slots=True)
class Comparison:
    """A party likes one state better than another, or, where ``or_level``, no less.

    Attributes
    ----------
    element
        Id of the preference line that decides the comparison now; None where no line does.
    """

    party: str
    state: str
    than: str
    or_level: bool
    element: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "party": self.party,
            "likes": self.state,
            "than": self.than,
            "or_level": self.or_level,
            "element": self.element,
        }


@dataclass(frozen=True, slots=True)
class ChangedPair:
    """Two states that a party compares differently: the first is better, level or worse."""

    party: str
    states: tuple[str, str]
    now: str
    then: str

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"party": self.party, "states": list(self.states), "now": self.now, "then": self.then}


@dataclass(frozen=True, slots=True)
class Way:
    """One set of changed comparisons, and the changed orders, best first, ties together."""

    pairs: tuple[ChangedPair, ...]
    orders: Mapping[str, tuple[tuple[str, ...], ...]]

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        orders = {p: [list(level) for level in levels] for p, levels in self.orders.items()}
        return {"pairs": [pair.to_json() for pair in self.pairs], "orders": orders}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Comparisons that together bring the verdict about.

    Attributes
    ----------
    requires
        What would have to be so and is not.
    changes
        Fewest pairs of states that would have to be compared differently.
    ways
        The sets of changed pairs of that number that do it.
    more_ways
        Whether there are (or may be) more than are listed.
    """

    requires: tuple[Comparison, ...]
    sentence: str
    changes: int
    ways: tuple[Way, ...]
    more_ways: bool

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "requires": [c.to_json() for c in self.requires],
            "sentence": self.sentence,
            "changes": self.changes,
            "ways": [w.to_json() for w in self.ways],
            "more_ways": self.more_ways,
        }


@dataclass(frozen=True, slots=True)
class Needed:
    """What some parties would have to prefer for a verdict.

    Attributes
    ----------
    already
        Whether the verdict is so now; None where that is not known, because of an unknown order.
    possible
        Whether any orders of theirs bring it about, whatever else is not known; None where the
        search was cut off first.
    at_least
        Fewer changes than this are not enough, whatever was cut off; None where none are.
    sets
        The sets of comparisons that do, the fewest changes first.
    complete
        Whether every minimal set is listed.
    """

    already: bool | None
    possible: bool | None
    at_least: int | None
    sets: tuple[Wanted, ...]
    complete: bool

    @property
    def changes(self) -> int | None:
        """Fewest changed comparisons; None where none are enough or it is not known."""
        known = self.enough is None or self.at_least is None or self.at_least >= self.enough
        return self.enough if known else None

    @property
    def enough(self) -> int | None:
        """The fewest changes of which it is known that they are enough."""
        return min((s.changes for s in self.sets), default=0 if self.already else None)

    @property
    def told(self) -> str:
        """The number of changes in words."""
        if self.changes is not None:
            return str(self.changes)
        if self.possible is False:
            return "impossible" if self.already is False else "none enough"
        if self.enough is not None:
            return f"{self.at_least} to {self.enough}"
        return f"{self.at_least} or more"

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "already": self.already,
            "possible": self.possible,
            "changes": self.changes,
            "at_least": self.at_least,
            "complete": self.complete,
            "sets": [s.to_json() for s in self.sets],
        }


@dataclass(frozen=True, slots=True)
class Rankings:
    """How many of a party's rankings bring a verdict about; None where that was not counted.

    Attributes
    ----------
    strict, ties
        Rankings that do, and all of them: without and with ties.
    share
        The part of the strict rankings that does.
    """

    strict: tuple[int, int] | None
    ties: tuple[int, int] | None
    share: Fraction | None

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "strict": None if self.strict is None else list(self.strict),
            "ties": None if self.ties is None else list(self.ties),
            "share": None if self.share is None else str(self.share),
        }


@dataclass(frozen=True, slots=True)
class PartyNeeds:
    """One party: its own verdict, the equilibrium by its order alone, and its rankings.

    Attributes
    ----------
    known
        Whether its order is known in full.
    incomparable
        Its pairs of unknown order; none where nothing at all is known of its order.
    """

    known: bool
    incomparable: tuple[tuple[str, str], ...]
    stable: Needed
    alone: Needed
    stable_rankings: Rankings
    equilibrium_rankings: Rankings

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "known": self.known,
            "incomparable": [list(pair) for pair in self.incomparable],
            "stable": self.stable.to_json(),
            "alone": self.alone.to_json(),
            "rankings": {
                "stable": self.stable_rankings.to_json(),
                "equilibrium": self.equilibrium_rankings.to_json(),
            },
        }


@dataclass(frozen=True, slots=True)
class RequireResult:
    """What the parties would have to prefer for a state to be an equilibrium.

    Attributes
    ----------
    parties
        For each party asked about: what makes the state stable for it (the others' orders as they
        are), what makes it an equilibrium by changes of its order alone, and how many rankings do.
    jointly
        What makes it an equilibrium by changes of all parties' orders.
    cheapest
        The parties whose order alone makes it an equilibrium with the fewest changes; empty where
        it is one already, or no party can by itself.
    settings
        In how many of all admissible settings the state is an equilibrium; None where there is one
        setting only, or that was not worked out. Everything else is about the case as written.
    """

    title: str
    state: str
    concepts: Mapping[str, str]
    names: Mapping[str, str]
    parties: Mapping[str, PartyNeeds]
    jointly: Needed
    cheapest: tuple[str, ...]
    method: Method
    settings: tuple[int, int] | None = None

    @property
    def required(self) -> tuple[Comparison, ...]:
        """Every comparison of the sets that are listed, each once."""
        each = [self.jointly, *(n for p in self.parties.values() for n in (p.alone, p.stable))]
        return tuple(dict.fromkeys(c for n in each if not n.already for s in n.sets for c in s.requires))

    @property
    def elements(self) -> tuple[str, ...]:
        """The preference lines that now decide what would have to be otherwise, each once."""
        return tuple(dict.fromkeys(c.element for c in self.required if c.element))

    @property
    def states(self) -> tuple[str, ...]:
        """The states of these comparisons."""
        return tuple(dict.fromkeys(s for c in self.required for s in (c.state, c.than)))

    @property
    def holds(self) -> bool | None:
        """Whether the state is an equilibrium now; None where that is not known."""
        return self.jointly.already

    def to_json(self) -> dict[str, Any]:
        """The documented form of ``require --json``."""
        return {
            "schema": "accordant/require/1",
            "state": self.state,
            "concepts": dict(self.concepts),
            "holds": self.holds,
            "settings": None if self.settings is None else list(self.settings),
            "parties": {p: needs.to_json() for p, needs in self.parties.items()},
            "jointly": self.jointly.to_json(),
            "cheapest": list(self.cheapest),
            "method": self.method.to_json(),
        }

    def table(self) -> Table:
        """One row per minimal set: whose order changes, to what end, how much, and what is wanted."""
        rows = [row for p, needs in self.parties.items() for row in self._party(p, needs)]
        rows += _rows("all together", f"{self.state} holds", self.jointly)
        return Table(
            f"What would make {self.state} hold",
            ("who changes", "so that", "changes", "what is wanted"),
            tuple(rows),
        )

    def _party(self, party: str, needs: PartyNeeds) -> Iterator[tuple[str, str, str, str]]:
        name = self.names[party]
        yield from _rows(name, f"{name} stays", needs.stable)
        yield from _rows(name, f"{self.state} holds", needs.alone)

    def to_frame(self) -> Any:
        """The table as a data frame."""
        return self.table().to_frame()

    def _repr_html_(self) -> str:
        return self.table()._repr_html_()


def _rows(who: str, goal: str, needed: Needed) -> Iterator[tuple[str, str, str, str]]:
    if needed.already:
        yield who, goal, "0", "nothing: it is so already"
    elif needed.possible is False:
        alone = (
            "no order of its own is enough" if goal == f"{who} stays" else "it cannot bring it about alone"
        )
        why = "no orders of theirs are enough" if who == "all together" else alone
        if needed.already is None:
            why = f"it is not known whether it is so, and {why} to make sure"
        yield who, goal, "none", why
    elif not needed.sets:
        yield who, goal, needed.told, "not found within the search's limits"
    for found in () if needed.already else needed.sets:
        least = needed.told if needed.changes is None else str(found.changes)
        yield who, goal, least, found.sentence
