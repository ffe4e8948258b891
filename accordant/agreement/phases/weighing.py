"""Going on against walking away, for one voice: exact, with what waiting takes from a worth.

Days count from the moment of the decision: what has been waited for already is gone either way. A
period counts when it is over, so that 42 days are one period of 30. Levels are those of
:mod:`accordant.agreement.stands`: 0 refuses, 1 a tie, 2 strictly better; where something is not
known there is a lowest and a highest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from accordant.agreement.phases.voices import Profile, Voice
from accordant.case.objects import Delay

Level: TypeAlias = tuple[int, int]
"""The lowest and the highest."""
Ends: TypeAlias = tuple[Fraction | None, Fraction | None]
"""What something is worth: the least, None for no bound below, and the most, None for none above."""
Days: TypeAlias = tuple[int, int | None]
"""The fewest and the most days; None where there may be any number."""

NO_WAIT: Days = (0, 0)


@dataclass(frozen=True, slots=True)
class Exit:
    """Where walking away leads.

    Attributes
    ----------
    state
        By number; None where that is not known.
    no_deal
        What no deal would be if nothing had changed hands.
    begun
        Whether a stage has been carried out by then.
    """

    state: int | None
    no_deal: int
    begun: bool = False


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is to come: a deal in a state after some days, or walking away later."""

    at: int | Exit
    days: Days = NO_WAIT

    def nothing_taken_back(self, leave: Exit) -> bool:
        """Whether walking away leads to the very state of the deal that going on leads to."""
        return leave.begun and not isinstance(self.at, Exit) and self.at == leave.state


def level(voice: Voice, profile: Profile, column: Mapping[int, int], stay: Prospect, leave: Exit) -> Level:
    """How one voice, in one view of things, takes going on against walking away.

    Parameters
    ----------
    column
        The column of each state.
    """
    there = stay.at.state if isinstance(stay.at, Exit) else stay.at
    if voice.home_open or there is None or leave.state is None:
        return 0, 2
    same = stay.nothing_taken_back(leave)
    if same and stay.days == NO_WAIT and not voice.bonus:
        return 1, 1  # whatever it wants
    if voice.cut:
        return 0, 2
    a, b = column[there], column[leave.state]
    if any(kept[b] and not kept[a] for kept in profile.kept):
        return 0, 0
    told = any(kept[a] != kept[b] for kept in profile.kept)
    if isinstance(stay.at, Exit) and profile.worths is not None and not told and (a, b) not in voice.apart:
        # whatever no deal is worth, it is the same number on both sides
        return _sign(beyond(voice, profile, column, stay.at) - beyond(voice, profile, column, leave))
    if voice.reservation_open and not same:
        return 0, 2
    if profile.ranks is None:
        return _by_red_lines(profile, a, b)
    if (a, b) in voice.apart:
        return 0, 2
    if profile.worths is None:
        return _sign(profile.ranks[a] - profile.ranks[b])
    if told:
        return 2, 2  # only going on keeps a red line that walking away crosses
    low, high = worth_of(voice, profile, column, stay)
    least, most = exit_worth(voice, profile, column, leave, stay)
    return _sign(_less(low, most))[0], _sign(_less(high, least))[0]


def _less(one: Fraction | None, two: Fraction | None) -> Fraction:
    """By how much one end exceeds another; without a bound it exceeds nothing, or everything.

    Only a low end is without a bound below and a high end without one above, so that a missing
    first number is the low end of going on, compared with what walking away is worth at most.
    """
    if one is None or two is None:
        return Fraction(-1)
    return one - two


def _sign(difference: Fraction | int) -> Level:
    found = 0 if difference < 0 else 1 if difference == 0 else 2
    return found, found


def _by_red_lines(profile: Profile, a: int, b: int) -> Level:
    if a == b:
        return 1, 1
    better = any(kept[a] and not kept[b] for kept in profile.kept)
    return (2, 2) if better else (0, 2)


def exit_worth(
    voice: Voice, profile: Profile, column: Mapping[int, int], leave: Exit, stay: Prospect | None = None
) -> tuple[Fraction, Fraction]:
    """What walking away is worth, against going on where ``stay`` is given: the least and the most.

    Where no deal is worth a number to the party, walking away is worth that number, and as much more
    or less as the state it leads to is worth more or less than no deal because of what cannot go back:
    whatever the party has elsewhere is taken to be had on top of that. But where nothing is taken back,
    one state is worth what it is worth.
    """
    if stay is not None and stay.nothing_taken_back(leave):
        assert profile.worths is not None
        assert leave.state is not None
        here = profile.worths[column[leave.state]]
        return here, here
    more = beyond(voice, profile, column, leave)
    return (
        (more, more)
        if voice.reservation is None
        else (voice.reservation[0] + more, voice.reservation[1] + more)
    )


def beyond(voice: Voice, profile: Profile, column: Mapping[int, int], leave: Exit) -> Fraction:
    """What walking away is worth beyond the number that no deal is worth; all of it where there is none."""
    assert profile.worths is not None
    assert leave.state is not None
    here = profile.worths[column[leave.state]]
    numbered = voice.reservation is not None or voice.reservation_open
    return here - profile.worths[column[leave.no_deal]] if numbered else here


def worth_of(voice: Voice, profile: Profile, column: Mapping[int, int], stay: Prospect) -> Ends:
    """What a prospect is worth now: the least and the most."""
    assert profile.worths is not None
    if isinstance(stay.at, Exit):
        return exit_worth(voice, profile, column, stay.at)
    worth = profile.worths[column[stay.at]] + voice.bonus
    ends = worth, worth
    if voice.delay is None:
        return ends
    found = list(after(voice.delay, worth, stay.days))
    if voice.delay_open:
        found += list(ends)
    known = [end for end in found if end is not None]
    return (None if len(known) < len(found) else min(known)), max(known)


def after(delay: Delay, worth: Fraction, days: Days) -> tuple[Fraction | None, Fraction | None]:
    """What a worth is worth after some days: with the fewest and with the most; None for no bound below.

    Examples
    --------
    >>> from decimal import Decimal
    >>> [str(w) for w in after(Delay(cost=Decimal(2), days=30), Fraction(10), (29, 60))]
    ['10', '6']
    >>> after(Delay(factor=Decimal("0.5")), Fraction(8), (1, None))
    (Fraction(4, 1), Fraction(0, 1))
    """
    fewest = delay.worth(worth, days[0] // delay.days)
    if days[1] is not None:
        return fewest, delay.worth(worth, days[1] // delay.days)
    if delay.factor is not None:
        return fewest, worth if delay.factor == 1 else Fraction(0)
    return fewest, None if delay.cost else worth
