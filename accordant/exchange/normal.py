"""A party's worths for writing: as they are, or with weights that come to one and evaluations up to one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from accordant.case.ranges import shortest
from accordant.exchange.formats import Scale, Told
from accordant.exchange.outgoing import Outgoing, Wants, held
from accordant.exchange.scaling import text

DIGITS = 17
"""Digits that programs keep of a number: it is then the nearest they can hold."""


@dataclass(frozen=True)
class Normal:
    """One party's worths as they are written.

    Attributes
    ----------
    weights
        By issue.
    evaluations
        By issue, for each value.
    reservation
        On the scale of the sum of weight times evaluation; None where there is none.
    """

    weights: dict[str, Fraction]
    evaluations: dict[str, dict[str, Fraction]]
    reservation: Fraction | None


def normal(one: Wants, made: Outgoing, scale: Scale) -> tuple[Normal, Told]:
    """What is written for a party whose worths add up, and how it comes from the numbers of the case.

    On the scale of Genius the worst value of each issue is worth 0, and the best package 1; what no deal is
    worth is moved and divided like every package, so that the order stays, and every answer that does not
    depend on the scale.
    """
    no_deal = held(one, made)
    if scale == "file":
        weights = dict.fromkeys(one.worths, Fraction(1))
        return Normal(weights, one.worths, no_deal), Told(
            f"worths of {one.name}", "as in the case", "the same", False
        )
    low = {issue: min(worths.values()) for issue, worths in one.worths.items()}
    width = {issue: max(worths.values()) - low[issue] for issue, worths in one.worths.items()}
    start, whole = sum(low.values(), Fraction(0)), sum(width.values(), Fraction(0))
    weights = {issue: w / whole if whole else Fraction(1, len(width)) for issue, w in width.items()}
    evaluations = {
        issue: {value: (worth - low[issue]) / (width[issue] or 1) for value, worth in worths.items()}
        for issue, worths in one.worths.items()
    }
    moved = None if no_deal is None else (no_deal - start) / (whole or 1)
    how = f"less {text(start)}, divided by {text(whole)}" if whole else f"less {text(start)}"
    return Normal(weights, evaluations, moved), Told(
        f"worths of {one.name}", how, "0 to 1 as Genius takes them", False
    )


class Digits:
    """Writes numbers, and remembers whether some were no decimals of few enough digits."""

    def __init__(self) -> None:
        self.rounded = False

    def __call__(self, number: Fraction) -> str:
        """A number as a decimal, the nearest of seventeen digits where there is no shorter exact one.

        Examples
        --------
        >>> digits = Digits()
        >>> digits(Fraction(1, 8)), digits.rounded, digits(Fraction(1, 3)), digits.rounded
        ('0.125', False, '0.3333333333333333', True)
        """
        left = number.denominator
        for prime in (2, 5):
            while left % prime == 0:
                left //= prime
        if left == 1:
            exact = shortest(number)
            if len(exact.lstrip("-").replace(".", "").lstrip("0")) <= DIGITS:
                return exact
        self.rounded = True
        return shortest(Fraction(repr(float(number))))

    def warn(self, made: Outgoing) -> None:
        """Say so, where numbers were rounded."""
        if self.rounded:
            message = "numbers such as thirds are written with 17 digits: ties may be lost"
            made.say.warning(("preferences",), message, on_key=True)
