"""Who goes on at each stage, looking one stage ahead, and looking to the end by backward induction.

There is a decision before each stage, taken as soon as the stage before is done, when there is most to
be gained by leaving; and one after the last stage, whether what has been agreed is kept. Whoever does
not go on walks away, and that ends it for everybody. Looking one stage ahead, a party compares what
the next stage leads to with walking away now. Looking to the end, it compares walking away with what
will come of going on, which follows from the decisions after it: the whole deal, or that somebody
walks away at a later stage. Where something is not known, several things may come of it; what is said
to be certain is so for each of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from accordant.agreement.phases.path import Path, walking_away
from accordant.agreement.phases.terms import Bar
from accordant.agreement.phases.voices import Profile, Voice
from accordant.agreement.phases.weighing import NO_WAIT, Days, Exit, Level, Prospect, level
from accordant.model.view import View

DONE = (0, "")
"""What comes of it when everybody goes on to the end."""

End: TypeAlias = tuple[int, str]
"""The decision at which somebody walks away, and who; or :data:`DONE`."""
Chosen: TypeAlias = Mapping[str, Sequence[Profile]]
"""For each voice the views of things that it may have."""


@dataclass(eq=False)
class Tree:
    """The decisions of a plan in one structure.

    Attributes
    ----------
    path
        The states that the stages lead through.
    days
        For each decision the days from signing to it; decision 1 is taken at signing.
    bars
        The moves that terms make impossible.
    """

    view: View
    path: Path
    days: Sequence[Days]
    bars: Sequence[Bar] = ()
    _exits: dict[tuple[int, str, tuple[int, ...]], tuple[Exit, ...]] = field(default_factory=dict)
    why_unknown: dict[int, str] = field(default_factory=dict)

    @property
    def decisions(self) -> range:
        """Their numbers: one before each stage, and one after the last."""
        return range(1, len(self.path.reached) + 1)

    @property
    def last(self) -> int:
        """The number of the decision after the last stage."""
        return len(self.path.reached)

    @property
    def end(self) -> int:
        """The state that the whole plan leads to."""
        return self.path.reached[-1].state

    def exits(self, decision: int, leaver: str, home: tuple[int, ...]) -> tuple[Exit, ...]:
        """Where it may lead that somebody walks away, to a voice for which no deal is ``home``."""
        key = (decision, leaver, home)
        if key not in self._exits:
            at = self.path.reached[decision - 1]
            mine = [bar for bar in self.bars if bar.party == leaver]
            found: dict[Exit, None] = {}
            for no_deal in home:
                ways = walking_away(self.view, at, no_deal, mine, first=decision == 1)
                begun = decision > 1
                found.update(dict.fromkeys(Exit(state, no_deal, begun) for state in ways.states))
                if not ways.states:
                    found[Exit(None, no_deal, begun)] = None
                    self.why_unknown[decision] = ways.unknown
            self._exits[key] = tuple(found)
        return self._exits[key]

    def waiting(self, start: int, end: int) -> Days:
        """The days from one decision to another."""
        if start == end:
            return NO_WAIT
        (low, high), (least, most) = self.days[start - 1], self.days[end - 1]
        fewest = 0 if high is None else max(0, least - high)
        return fewest, None if most is None else max(0, most - low)

    def prospects(self, decision: int, ends: Sequence[End], home: tuple[int, ...]) -> Iterator[Prospect]:
        """What may come of going on, to a voice for which no deal is ``home``."""
        for at, leaver in ends:
            if (at, leaver) == DONE:
                yield Prospect(self.end, self.waiting(decision, self.last))
                continue
            for leave in self.exits(at, leaver, home):
                yield Prospect(leave)  # waiting takes from the worth of a deal, and this is none

    def states(self, homes: Sequence[tuple[int, ...]], leavers: Sequence[str]) -> tuple[int, ...]:
        """Every state that is looked at."""
        found = dict.fromkeys(reached.state for reached in self.path.reached)
        for home in homes:
            found.update(dict.fromkeys(home))
            for decision in self.decisions:
                for leaver in leavers:
                    exits = self.exits(decision, leaver, home)
                    found.update(dict.fromkeys(e.state for e in exits if e.state is not None))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Stay:
    """Whether a party goes on at a decision: its own levels and those of its constituencies."""

    own: Level
    vetoes: Mapping[str, Level]

    @property
    def surely(self) -> bool:
        """Whether it goes on whatever is not known."""
        return self.own[0] > 0 and all(low > 0 for low, _ in self.vetoes.values())

    @property
    def maybe(self) -> bool:
        """Whether it may go on."""
        return self.own[1] > 0 and all(high > 0 for _, high in self.vetoes.values())


@dataclass(frozen=True, eq=False)
class Verdicts:
    """What follows at every decision.

    Attributes
    ----------
    ahead, end
        By decision and party: looking one stage ahead, and to the end.
    ends
        For each decision what may come of it.
    """

    ahead: Mapping[tuple[int, str], Stay]
    end: Mapping[tuple[int, str], Stay]
    ends: Mapping[int, tuple[End, ...]]


def induce(
    tree: Tree,
    vetoes: Mapping[str, Sequence[str]],
    voices: Mapping[str, Voice],
    chosen: Chosen,
    column: Mapping[int, int],
) -> Verdicts:
    """Go through the decisions from the last to the first.

    Parameters
    ----------
    vetoes
        The constituencies of each party whose acceptance counts.
    column
        The column of each state that is looked at.
    """
    ends: dict[int, tuple[End, ...]] = {tree.last + 1: (DONE,)}
    ahead: dict[tuple[int, str], Stay] = {}
    end: dict[tuple[int, str], Stay] = {}

    def stay(decision: int, party: str, coming: Callable[[Voice], Sequence[Prospect]]) -> Stay:
        def heard(name: str) -> Level:
            voice = voices[name]
            leaving = tree.exits(decision, party, voice.home)
            levels = [
                level(voice, profile, column, prospect, leave)
                for profile in chosen[name]
                for prospect in coming(voice)
                for leave in leaving
            ]
            return min((low for low, _ in levels), default=0), max((high for _, high in levels), default=2)

        return Stay(heard(party), {c: heard(c) for c in vetoes[party]})

    for decision in reversed(tree.decisions):
        later = ends[decision + 1]
        for party in vetoes:
            next_ = tree.path.reached[min(decision, tree.last - 1)].state
            wait = tree.waiting(decision, min(decision + 1, tree.last))
            ahead[decision, party] = stay(decision, party, lambda _: [Prospect(next_, wait)])  # noqa: B023
            end[decision, party] = stay(
                decision,
                party,
                lambda v: list(tree.prospects(decision, later, v.home)),  # noqa: B023
            )
        ends[decision] = _comes_of(decision, {p: end[decision, p] for p in vetoes}, later)
    return Verdicts(ahead, end, ends)


def _comes_of(decision: int, stays: Mapping[str, Stay], later: tuple[End, ...]) -> tuple[End, ...]:
    leaving = tuple((decision, party) for party, stay in stays.items() if not stay.surely)
    if all(stay.maybe for stay in stays.values()):
        return (*later, *leaving)
    return leaving
