"""How long a package stays better than no deal while it is waited for: the latest day, exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, Literal, TypeAlias

from accordant.agreement.phases.judging import STRUCTURES, Questions, bonus
from accordant.agreement.phases.plans import Plan
from accordant.agreement.phases.voices import Profile, Voice, home_of, voice
from accordant.agreement.phases.weighing import Exit, Prospect, exit_worth, level
from accordant.case.objects import Delay
from accordant.model.compiler import Compiler
from accordant.model.view import View

NEVER = -1
ALWAYS = 1 << 62
"""Stand-ins for a package that is refused from the first day, and for one that waiting does not change."""

MULTIPLIED_OUT = 10_000
"""Periods up to which powers are multiplied out."""

Until: TypeAlias = int | Literal["never", "always"]
"""A day, counted from signing; never, not even on day 0; or always, however long it takes."""


@dataclass(frozen=True, slots=True)
class Lasting:
    """Until when somebody, or everybody, still accepts a package.

    Attributes
    ----------
    surely
        The last day until which it does so whatever is not known.
    possibly
        The last day until which it may.
    """

    surely: Until
    possibly: Until

    @property
    def told(self) -> str:
        """The answer in words.

        Examples
        --------
        >>> Lasting(29, 29).told, Lasting("never", 59).told, Lasting("always", "always").told
        ('until day 29', 'until day 59 at most, if at all', 'however long it takes')
        """
        if self.surely == self.possibly:
            words = {"never": "not even at once", "always": "however long it takes"}
            return words[self.surely] if isinstance(self.surely, str) else f"until day {self.surely}"
        most = "however long it takes" if self.possibly == "always" else f"until day {self.possibly} at most"
        least = "if at all" if self.surely == "never" else f"and until day {self.surely} in any case"
        return f"{most}, {least}"

    def to_json(self) -> dict[str, Any]:
        """Plain data: a day, ``never`` or ``always``."""
        return {"surely": self.surely, "possibly": self.possibly}


@dataclass(frozen=True, slots=True)
class LastsFor:
    """Until when each party and all of them together still accept a package."""

    parties: Mapping[str, Lasting]
    everybody: Lasting

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "parties": {p: found.to_json() for p, found in self.parties.items()},
            "everybody": self.everybody.to_json(),
        }


def latest_days(
    questions: Questions | Compiler, states: Sequence[int], terms: Sequence[str] = ()
) -> tuple[LastsFor, ...]:
    """For each of some packages the latest day until which it still beats no deal for everyone.

    A package that is carried out on a day has cost a party the periods that are over by then
    (``delay``); no deal costs nothing. A tie is enough.

    Parameters
    ----------
    states
        State numbers of the case as it is written.
    terms
        Guarantees and inducements in force.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}}, "status_quo": {"x": "no"},
    ...     "preferences": {"a": {"worth": {"x": {"no": 3, "yes": 10}}, "delay": {"cost": 2, "days": 30}}}})
    >>> latest_days(Compiler(case), [1])[0].everybody
    Lasting(surely=119, possibly=119)
    """
    asked = questions if isinstance(questions, Questions) else Questions(questions)
    compiler = asked.termed(tuple(terms))
    names = compiler.view(asked.written).space.names
    ends: list[dict[str, list[tuple[int, int]]]] = [{p: [] for p in asked.vetoes} for _ in states]
    complete = asked.how_many <= STRUCTURES
    for setting in asked.structures() if complete else [asked.written]:
        view = compiler.view(setting)
        voices = dict(_voices(asked, view, [view.space.numbers[names[s]] for s in states], terms))
        for k, state in enumerate(states):
            here = view.space.numbers[names[state]]
            for party in asked.vetoes:
                ends[k][party].append(_party(asked, view, voices, here, party))
    return tuple(_lasts_for(found, complete) for found in ends)


def _voices(
    asked: Questions, view: View, states: Sequence[int], terms: Sequence[str]
) -> Iterator[tuple[str, tuple[Voice, dict[int, int]]]]:
    for party, held in asked.vetoes.items():
        for name in (party, *held):
            columns = tuple(dict.fromkeys((*states, *home_of(view, name), *view.no_deal)))
            more = bonus(asked, Plan((), tuple(terms)), name)
            heard = voice(view, name, asked.doubt, asked.opened, columns, more)
            yield name, (heard, {s: k for k, s in enumerate(columns)})


def _party(
    asked: Questions, view: View, voices: Mapping[str, tuple[Voice, dict[int, int]]], state: int, party: str
) -> tuple[int, int]:
    """The last day until which a party surely, and possibly, accepts a state."""
    found = []
    for name in (party, *asked.vetoes[party]):
        heard, column = voices[name]
        each = [_until(heard, profile, column, state, d) for profile in heard.profiles for d in heard.home]
        found.append(
            (min((low for low, _ in each), default=NEVER), max((high for _, high in each), default=ALWAYS))
        )
    return min(low for low, _ in found), min(high for _, high in found)


def _until(
    heard: Voice, profile: Profile, column: Mapping[int, int], state: int, no_deal: int
) -> tuple[int, int]:
    low, high = level(heard, profile, column, Prospect(state), Exit(no_deal, no_deal))
    if high == 0:
        return NEVER, NEVER
    told = low == high == 2 and _told_by_red_lines(profile, column, state, no_deal)
    if heard.delay is None or profile.worths is None or heard.reservation_open or told:
        return ALWAYS if low > 0 else NEVER, ALWAYS
    worth = profile.worths[column[state]] + heard.bonus
    least, most = exit_worth(heard, profile, column, Exit(no_deal, no_deal))
    ends = latest(heard.delay, worth, most), latest(heard.delay, worth, least)
    if (column[state], column[no_deal]) in heard.apart:
        return NEVER, ends[1]
    return ends[0], ALWAYS if heard.delay_open else ends[1]


def _told_by_red_lines(profile: Profile, column: Mapping[int, int], state: int, no_deal: int) -> bool:
    """Whether only the state keeps some red line, so that no cost of waiting makes it worse."""
    return any(kept[column[state]] and not kept[column[no_deal]] for kept in profile.kept)


def latest(delay: Delay, worth: Fraction, least: Fraction) -> int:
    """The last day on which a worth, less what waiting takes, is at least a number.

    Examples
    --------
    >>> from decimal import Decimal
    >>> latest(Delay(factor=Decimal("0.5"), days=10), Fraction(8), Fraction(2))
    29
    >>> latest(Delay(cost=Decimal(1)), Fraction(3), Fraction(4)), NEVER
    (-1, -1)
    """
    if worth < least:
        return NEVER
    if delay.factor is not None:
        factor = Fraction(delay.factor)
        if factor == 1 or least <= 0 <= worth or least <= worth <= 0:
            return ALWAYS
        periods = _periods(factor, least / worth)
    elif not delay.cost:
        return ALWAYS
    else:
        periods = int((worth - least) / Fraction(delay.cost))
    return (periods + 1) * delay.days - 1


def _periods(factor: Fraction, ratio: Fraction) -> int:
    """The most times that one can be multiplied by a factor below 1 and stay at or above a ratio.

    Examples
    --------
    >>> _periods(Fraction(1, 2), Fraction(1, 8)), _periods(Fraction(1, 2), Fraction(1, 9))
    (3, 3)
    """
    with localcontext() as exact:
        exact.prec = 80
        ratios = [Decimal(f.numerator).ln() - Decimal(f.denominator).ln() for f in (ratio, factor)]
        near = int(ratios[0] / ratios[1])
    if near > MULTIPLIED_OUT:  # a power this long equals no ratio of worths, so that rounding is safe
        return near
    while factor**near < ratio:
        near -= 1
    while factor ** (near + 1) >= ratio:
        near += 1
    return near


def _lasts_for(found: Mapping[str, Sequence[tuple[int, int]]], complete: bool) -> LastsFor:
    parties = {
        p: (
            min((low for low, _ in ends), default=NEVER) if complete else NEVER,
            max((high for _, high in ends), default=ALWAYS) if complete else ALWAYS,
        )
        for p, ends in found.items()
    }
    everybody = (
        min((low for low, _ in parties.values()), default=NEVER),
        min((high for _, high in parties.values()), default=NEVER),
    )
    return LastsFor({p: _told(*ends) for p, ends in parties.items()}, _told(*everybody))


def _told(low: int, high: int) -> Lasting:
    return Lasting(_day(low), _day(high))


def _day(day: int) -> Until:
    return "never" if day == NEVER else "always" if day >= ALWAYS else day
