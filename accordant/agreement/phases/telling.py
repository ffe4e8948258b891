"""Why a party goes on or walks away, in one sentence with the line or the numbers that decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from accordant.agreement.lenses.telling import short
from accordant.agreement.phases.induction import DONE, Chosen, End, Stay, Tree, Verdicts
from accordant.agreement.phases.judging import Scene
from accordant.agreement.phases.path import walking_away
from accordant.agreement.phases.plans import Plan
from accordant.agreement.phases.voices import Profile, Voice
from accordant.agreement.phases.weighing import (
    NO_WAIT,
    Ends,
    Exit,
    Prospect,
    beyond,
    exit_worth,
    level,
    worth_of,
)
from accordant.agreement.reasons import Speaker
from accordant.agreement.rounding import told_apart

LONG = 40
"""Characters up to which a number is given in full where it is not part of a sentence."""


@dataclass(frozen=True, slots=True)
class Why:
    """One comparison in words.

    Attributes
    ----------
    going_on, walking_away
        What they are worth, where that is a number.
    """

    sentence: str
    going_on: str | None = None
    walking_away: str | None = None
    elements: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Teller:
    """Puts the decisions of a plan into words, as the case is written."""

    scene: Scene
    plan: Plan
    verdicts: Verdicts
    chosen: Chosen
    speaker: Speaker

    @property
    def tree(self) -> Tree:
        """The decisions."""
        assert self.scene.tree is not None
        return self.scene.tree

    def stage(self, decision: int) -> str:
        """What a decision is called by."""
        return self.plan.steps[decision - 1].name if decision < self.tree.last else "afterwards"

    def before(self, decision: int) -> str:
        """When a decision is taken."""
        return f"before {self.stage(decision)}" if decision < self.tree.last else "after the last stage"

    def comes_of(self, decision: int) -> str:
        """What comes of going on from a decision."""
        return " or ".join(dict.fromkeys(self._end(end) for end in self.verdicts.ends[decision]))

    def _end(self, end: End) -> str:
        if end == DONE:
            return "the whole deal is carried out and kept"
        return f"{self.speaker.name(end[1])} walks away {self.before(end[0])}"

    def kept(self, decision: int) -> tuple[str, ...]:
        """What can no longer be taken back when a decision is taken."""
        if decision == 1:
            return ()
        view, found = self.scene.view, dict[str, None]()
        for d in view.no_deal:
            home = view.space.values_of(d)
            for state in walking_away(view, self.tree.path.reached[decision - 1], d).states:
                for issue, value in view.space.values_of(state).items():
                    if value != home[issue] and "*" not in (value, home[issue]):
                        found[f"{issue} = {view.case.issues[issue].shown(value)}"] = None
        return tuple(found)

    def leads_to(self, decision: int, party: str) -> tuple[str, ...]:
        """The states that a party's walking away may lead to."""
        exits = self.tree.exits(decision, party, self.scene.voices[party].home)
        if any(e.state is None for e in exits):
            return ()
        return tuple(dict.fromkeys(self._name(e.state) for e in exits if e.state is not None))

    def _name(self, state: int) -> str:
        return self.scene.view.space.name(state)

    def why(self, decision: int, party: str, sight: str) -> Why:
        """Why a party goes on or walks away at a decision."""
        stays: Mapping[tuple[int, str], Stay] = getattr(self.verdicts, sight)
        stay = stays[decision, party]
        refuses = [c for c, (low, _) in stay.vetoes.items() if low == 0]
        name = refuses[0] if stay.own[0] > 0 and refuses else party
        told = self._compared(decision, party, name, sight)
        says, elements = told.sentence, told.elements
        if name != party:
            says = f"Vetoed for {self.speaker.name(party)} by {self.speaker.name(name)}: {says}"
        for other in (c for c, (_, high) in stay.vetoes.items() if high == 0 and c != name):
            veto = self._compared(decision, party, other, sight)
            says += f" Vetoed too by {self.speaker.name(other)}: {veto.sentence}"
            elements += veto.elements
        return Why(says, told.going_on, told.walking_away, tuple(dict.fromkeys(elements)))

    def _compared(self, decision: int, party: str, name: str, sight: str) -> Why:
        """The comparison that decides for one voice: the worst of those that it has to make."""
        voice, profile = self.scene.voices[name], self.chosen[name][0]
        coming = self._coming(decision, voice, sight)
        pairs = [(end, p, e) for end, p in coming for e in self.tree.exits(decision, party, voice.home)]
        column = self.scene.column
        end, prospect, leave = min(pairs, key=lambda t: level(voice, profile, column, t[1], t[2]))
        if leave.state is None:
            why = self.tree.why_unknown.get(decision, "")
            return Why(f"Where walking away would lead is not known: {why}.")
        there = prospect.at.state if isinstance(prospect.at, Exit) else prospect.at
        if there is None:
            return Why(f"Where {self._end(end)} would leave things is not known.")
        going, leaving = self._going(decision, sight, end, there), self._leaving(decision, leave.state)
        if prospect.nothing_taken_back(leave) and prospect.days == NO_WAIT and not voice.bonus:
            who = self.speaker.name(name)
            return Why(f"{who} goes on: nothing that has been carried out can be taken back.")
        return self._said(voice, profile, prospect, leave, there, (going, leaving))

    def _coming(self, decision: int, voice: Voice, sight: str) -> list[tuple[End, Prospect]]:
        tree = self.tree
        if sight == "end":
            ends = self.verdicts.ends[decision + 1]
            return [(end, p) for end in ends for p in tree.prospects(decision, [end], voice.home)]
        next_ = tree.path.reached[min(decision, tree.last - 1)].state
        return [(DONE, Prospect(next_, tree.waiting(decision, min(decision + 1, tree.last))))]

    def _going(self, decision: int, sight: str, end: End, there: int) -> str:
        name = self._name(there)
        if end != DONE:
            return f"going on until {self.speaker.name(end[1])} walks away {self.before(end[0])} ({name})"
        if sight == "end" or decision == self.tree.last:
            return f"the whole deal ({name})"
        return f"{self.stage(decision)} ({name})"

    def _leaving(self, decision: int, state: int) -> str:
        return f"{'no deal' if decision == 1 else 'walking away'} ({self._name(state)})"

    def _said(
        self,
        voice: Voice,
        profile: Profile,
        prospect: Prospect,
        leave: Exit,
        there: int,
        words: tuple[str, str],
    ) -> Why:
        going, leaving = words
        who, view = self.speaker.name(voice.name), self.scene.view
        assert leave.state is not None
        for red, crossed in view.red_lines(voice.name):
            if crossed[there] and not crossed[leave.state]:
                line = self.speaker.quoted(red)
                says = (
                    f"{who} would walk away: {going} crosses the red line {line}, which {leaving} does not."
                )
                return Why(says, elements=(red,))
        low, high = level(voice, profile, self.scene.column, prospect, leave)
        unknown = self._not_known(voice, profile, prospect, there, leave)
        if unknown is not None and low != high:
            return unknown
        told = self._red(voice, there, leave.state)
        if profile.worths is not None and told is None:
            return self._in_numbers(voice, profile, prospect, leave, words)
        element = told or view.decides(voice.name, there, leave.state)
        return self._in_order(who, low, element, words)

    def _red(self, voice: Voice, there: int, leave: int) -> str | None:
        """The red line that only going on keeps."""
        lines = self.scene.view.red_lines(voice.name)
        return next((element for element, crossed in lines if crossed[leave] and not crossed[there]), None)

    def _not_known(
        self, voice: Voice, profile: Profile, prospect: Prospect, there: int, leave: Exit
    ) -> Why | None:
        who = self.speaker.name(voice.name)
        if voice.cut:
            return Why(f"Too much of what {who} wants is unsure to be gone through.")
        if voice.reservation_open and not prospect.nothing_taken_back(leave):
            held = f"{voice.name}.reservation"
            return Why(f"What no deal is worth to {who} is not known ({held}).", elements=(held,))
        if profile.ranks is None:
            return Why(f"Nothing is known of what {who} wants here.")
        assert leave.state is not None
        if (self.scene.column[there], self.scene.column[leave.state]) in voice.apart:
            names = f"{self._name(there)} and {self._name(leave.state)}"
            return Why(f"The order of {names} is not known for {who}.")
        return None

    def _in_order(self, who: str, low: int, element: str | None, words: tuple[str, str]) -> Why:
        going, leaving = words
        if element is None or low == 1:
            says = f"{who} goes on: it likes {going} as well as {leaving}, and a tie is enough."
            return Why(says, elements=() if element is None else (element,))
        first, second = (going, leaving) if low == 2 else (leaving, going)
        does = "goes on" if low == 2 else "would walk away"
        return Why(
            f"{who} {does}: it prefers {first} to {second}, {self._by(element, first)}.", elements=(element,)
        )

    def _by(self, element: str, first: str) -> str:
        kind = self.speaker.elements[element].kind
        if kind == "red-line":
            return f"because only {first} keeps within the red line {self.speaker.quoted(element)}"
        if kind == "line":
            line = self.speaker.quoted(element)
            return f"because {line} is the first line that tells them apart, and only {first} meets it"
        return f"by its {'ranking' if kind == 'ranking' else 'worths'} ({element})"

    def _in_numbers(
        self, voice: Voice, profile: Profile, prospect: Prospect, leave: Exit, words: tuple[str, str]
    ) -> Why:
        going, leaving = words
        who, column = self.speaker.name(voice.name), self.scene.column
        stays = worth_of(voice, profile, column, prospect)
        goes = exit_worth(voice, profile, column, leave, prospect)
        low, high = level(voice, profile, column, prospect, leave)
        does = "goes on" if low else "would walk away" if not high else "may go on or walk away"
        wait = self._wait(voice, prospect)
        if isinstance(prospect.at, Exit) and stays[0] != stays[1]:
            return self._in_either_case(voice, profile, prospect.at, leave, (*words, does))
        there, here = _told_apart(stays, goes)
        says = f"{who} {does}: {going} is worth {there} to it{wait}, {leaving} {here}."
        elements = self._numbered(voice, prospect, leave, waits=bool(wait))
        return Why(says, _told(stays, LONG), _told(goes, LONG), elements)

    def _in_either_case(
        self, voice: Voice, profile: Profile, later: Exit, leave: Exit, words: tuple[str, str, str]
    ) -> Why:
        """Two ways of walking away, where what no deal is worth is a range: the same number in both."""
        going, leaving, does = words
        column = self.scene.column
        more = beyond(voice, profile, column, later) - beyond(voice, profile, column, leave)
        less = "less" if more < 0 else "more"
        than = f"{told_apart(abs(more))[0]} {less} to it than" if more else "as much to it as"
        who = self.speaker.name(voice.name)
        says = f"{who} {does}: whatever no deal is worth, {going} is worth {than} {leaving}."
        stays, goes = (exit_worth(voice, profile, column, way) for way in (later, leave))
        elements = self._numbered(voice, Prospect(later), leave, waits=False)
        return Why(says, _told(stays, LONG), _told(goes, LONG), elements)

    def _wait(self, voice: Voice, prospect: Prospect) -> str:
        if voice.delay is None or prospect.days == NO_WAIT:
            return ""
        low, high = prospect.days
        if low == high:
            return f" after {low} day{'' if low == 1 else 's'} of waiting"
        return (
            f" after {low} or more days of waiting"
            if high is None
            else f" after {low} to {high} days of waiting"
        )

    def _numbered(self, voice: Voice, prospect: Prospect, leave: Exit, *, waits: bool) -> tuple[str, ...]:
        """The elements that the numbers come from."""
        order = self.scene.view.frame.orders[voice.name]
        score = order.whole.score
        assert score is not None
        there = prospect.at.state if isinstance(prospect.at, Exit) else prospect.at
        found = [score.element]
        off = self.scene.view.setting.off
        found += [e for e, worth in score.terms if e not in off and worth[there] != worth[leave.state]]
        if order.reservation is not None:
            found.append(order.reservation.element)
        return (*found, f"{voice.name}.delay") if waits else tuple(found)


def _told(ends: Ends, most: int) -> str:
    """What something is worth, in full as far as that can be."""
    return _worth(*(None if end is None else told_number(end, most) for end in ends))


def _told_apart(*some: Ends) -> list[str]:
    """What some things are worth, each in words, to as few digits as keep them apart.

    Examples
    --------
    >>> _told_apart((Fraction(5, 2), Fraction(5, 2)), (Fraction(1), Fraction(10, 3)), (None, Fraction(3)))
    ['2.5', '1 to about 3.33', '3 or any amount less']
    """
    known = list(dict.fromkeys(end for ends in some for end in ends if end is not None))
    words = dict(zip(known, told_apart(*known), strict=True))
    return [_worth(*(None if end is None else words[end] for end in ends)) for ends in some]


def _worth(low: str | None, high: str | None) -> str:
    if high is None:
        return "an unknown amount"
    if low is None:
        return f"{high} or any amount less"
    return low if low == high else f"{low} to {high}"


def told_number(value: Fraction, most: int) -> str:
    """A number as text, about where it is longer than can be read.

    Examples
    --------
    >>> told_number(Fraction(5, 2), 12), told_number(Fraction(1, 3**30), 12)
    ('2.5', 'about 4.85694e-15')
    """
    exact = short(value)
    return f"about {float(value):.6g}" if exact is None or len(exact) > most else exact
