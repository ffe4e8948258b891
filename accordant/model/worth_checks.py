"""Checks of worths against the states that there are: what no deal can be worth, and what waiting does.

Like :mod:`accordant.model.checks`, of which it is a part: nothing is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from accordant.case.checks.subject import preferences
from accordant.case.findings import Findings
from accordant.case.objects import Case, Preference
from accordant.case.places import Path
from accordant.case.ranges import shortest
from accordant.case.worths import ends_of, numbers_of
from accordant.errors import CaseError
from accordant.model.frame import Truths
from accordant.model.pair_checks import Whose
from accordant.model.view import View


@dataclass(frozen=True, slots=True)
class Spread:
    """The ends that a party's worths lie between; not ``exact`` where they may not be reached."""

    low: Fraction
    high: Fraction
    exact: bool

    def __str__(self) -> str:
        return f"{said(self.low)} to {said(self.high)}"


def check_spread(tables: Truths, whose: Whose, preference: Preference, found: Findings) -> None:
    """What no deal is worth, and the factor of delay, fit the worths that the states have."""
    if preference.cardinal and (preference.reservation or preference.delay):
        try:
            score = tables.order(whose[1], preference).whole.score
        except CaseError:  # said where the worths or the expressions stand
            return
        if score is not None and tables.space.n:
            least, most = score.reach(frozenset())
            low, high = (Fraction(int(end), score.scale) for end in (least.min(), most.max()))
            _check(whose[0], preference, Spread(low, high, not preference.ranged), found)


def check_spreads_without_states(case: Case, found: Findings) -> None:
    """The same for a case with too many states to list, as far as sums of single worths tell."""
    for path, _, preference in preferences(case):
        spread = _sums(case, preference)
        if spread is not None:
            _check(path, preference, spread, found)


def _sums(case: Case, preference: Preference) -> Spread | None:
    """Ends between which sums of worths lie; reached where no rule and no condition links issues."""
    if preference.worth is None:
        return None
    low = high = zero = Fraction(0)
    for worth in preference.worth.values():
        numbers = [Fraction(end) for n in numbers_of(worth) for end in ends_of(n)]
        low, high = low + min(numbers), high + max(numbers)
    for term in preference.also:
        less, more = map(Fraction, ends_of(term.worth))
        low, high = low + min(less, zero), high + max(more, zero)
    exact = not case.feasible and not preference.also and not preference.ranged
    return Spread(low, high, exact)


def _check(path: Path, preference: Preference, spread: Spread, found: Findings) -> None:
    held, delay = preference.reservation, preference.delay
    if held is not None and held.low is not None and held.high is not None:
        at: Path = (*path, "reservation", "worth")
        if Fraction(held.low) > spread.high:
            message = f"is more than any state is worth, which is {spread}: the party refuses everything"
            found.warning(at, message, found=shortest(held.low))
        elif Fraction(held.high) < spread.low:
            message = f"is less than any state is worth, which is {spread}: it refuses nothing"
            found.warning(at, message, found=shortest(held.high))
    if delay is not None and delay.factor is not None and delay.factor != 1 and spread.low < 0:
        message = f"multiplies the worth of a deal, and worths go from {spread}: below 0, waiting would gain"
        hint = "use 'cost', or shift the worths and the reservation so that none is below 0"
        at = (*path, "delay", "factor")
        if spread.exact:
            found.error(at, message, found=shortest(delay.factor), hint=hint)
        else:
            found.warning(at, message, found=shortest(delay.factor), hint=hint)


def check_reserved(view: View, party: str, found: Findings) -> None:
    """What a party says that no deal is worth is what the no-deal states are worth by its own worths.

    Nothing else in a case ties the two together: packages are compared with the reservation, and where a
    no-deal state is worth more than that, staying there counts as better than no deal.
    """
    order = view.frame.orders.get(party)
    held, score = (order.reservation, order.score) if order else (None, None)
    if held is None or held.low is None or held.high is None or score is None or not view.no_deal:
        return
    path: Path = ("preferences", party, "reservation")
    if any(finding.path[:3] == path for finding in found.all):
        return  # outside all worths, which is said already
    lows, highs = (ends[list(view.no_deal)] for ends in score.reach(frozenset()))
    least, most = int(lows.min()), int(highs.max())
    if least <= held.high and held.low <= most:
        return
    names = ", ".join(view.space.name(s) for s in view.no_deal[:4]) + ("…" if len(view.no_deal) > 4 else "")
    worth, reserved = _span(least, most, score.scale), _span(held.low, held.high, score.scale)
    message = (
        f"is {reserved}, and the state that no deal is ({names}) is worth {worth} by the party's own worths: "
        "packages are compared with the reservation"
    )
    hint = "make the two agree, or name what happens without a deal as 'no_deal'"
    found.warning(path, message, hint=hint, on_key=True)


def _span(low: int, high: int, scale: int) -> str:
    first, last = Fraction(low, scale), Fraction(high, scale)
    return said(first) if low == high else f"{said(first)} to {said(last)}"


def said(number: Fraction) -> str:
    """A number as a decimal, or as a fraction where no finite decimal is equal to it.

    Examples
    --------
    >>> said(Fraction(5, 2)), said(Fraction(1, 3))
    ('2.5', '1/3')
    """
    bottom = number.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    return shortest(number) if bottom == 1 else str(number)
