"""The little grammar of ``--over``: what to vary, and which columns to show.

::

    WHAT[:WHOSE[:HOW]]

    settings                          everything that the case leaves unsure
    unsure[:ELEMENT+…]                whether each unsure element counts (or the elements named)
    either[:GROUP+…]                  the order of lines of unknown order
    orders[:PARTY[:FORM]]             every order of a party's lines, of the states, or within its ranges;
                                      FORM is lines, ranges, strict or weak
    worths:PARTY[.ISSUE[=VALUE]][:RANGE] what values are worth
    reservation:PARTY[:RANGE]         what no deal is worth
    rules[:RULE+…]                    whether each rule holds
    assumptions, claims, origins, grounds [:ID+…]   whether each stands
    status-quo, no-deal [:STATE+…]    which state it is
    concepts[:NAME+…]                 columns: under which concepts states hold
    coalitions[:PARTY+PARTY]          columns: what holds when parties act as one

A RANGE is ``±N`` (a number less N, as it is, and N more), ``±N/STEP`` (all steps between), ``LOW..HIGH``
(both ends) or ``LOW..HIGH/STEP``. ``+-N`` is the same as ``±N``. Without one, the numbers that the case
gives as ranges are tried at both ends and in the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from accordant.errors import InputError, did_you_mean

WHAT = (
    "settings",
    "unsure",
    "either",
    "orders",
    "worths",
    "reservation",
    "rules",
    "assumptions",
    "claims",
    "origins",
    "grounds",
    "status-quo",
    "no-deal",
    "concepts",
    "coalitions",
)
COLUMNS = ("concepts", "coalitions")
"""What chooses columns; everything else varies something."""
FORMS = ("lines", "ranges", "strict", "weak")
MOST_VALUES = 100_000
"""Most numbers that one range may try."""

_NUMBER = r"\d+(?:\.\d+)?"
_AROUND = re.compile(rf"(?:±|\+-|\+/-)({_NUMBER})(?:/({_NUMBER}))?")
_BETWEEN = re.compile(rf"(-?{_NUMBER})\.\.(-?{_NUMBER})(?:/({_NUMBER}))?")


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers to try: around a number as it is written, or between two ends."""

    low: Decimal
    high: Decimal
    step: Decimal | None
    around: bool

    def values(self, written: Decimal) -> tuple[Decimal, ...]:
        """The numbers to try in place of one, ascending.

        Examples
        --------
        >>> [str(v) for v in span("±2").values(Decimal(7))]
        ['5', '7', '9']
        >>> [str(v) for v in span("0..1/0.5").values(Decimal(7))]
        ['0.0', '0.5', '1.0']
        """
        low, high = (written + self.low, written + self.high) if self.around else (self.low, self.high)
        if self.step is None:
            return tuple(dict.fromkeys((low, written, high) if self.around else (low, high)))
        steps = int(Fraction(high - low) / Fraction(self.step))
        return tuple(low + k * self.step for k in range(steps + 1))


@dataclass(frozen=True, slots=True)
class Over:
    """One ``--over``, taken apart.

    Attributes
    ----------
    names
        What it is about: elements, a party, states; empty for everything of its kind.
    form
        Of ``orders``: lines, ranges, strict or weak; empty for what suits the party.
    span
        Of ``worths`` and ``reservation``: the numbers; None for those that the case gives as ranges.
    """

    what: str
    text: str
    names: tuple[str, ...] = ()
    form: str = ""
    span: Span | None = None


def parse(texts: Iterable[str]) -> tuple[Over, ...]:
    """What every ``--over`` asks for.

    Raises
    ------
    InputError
        For everything that is not of the grammar, all mistakes at once.

    Examples
    --------
    >>> [(o.what, o.names, o.form) for o in parse(["orders:south:strict", "rules"])]
    [('orders', ('south',), 'strict'), ('rules', (), '')]
    """
    found, mistakes = [], []
    for text in texts:
        try:
            found.append(_parsed(text.strip()))
        except InputError as error:
            mistakes.append(str(error))
    if mistakes:
        raise InputError("\n".join(mistakes))
    return tuple(dict.fromkeys(found))


def _parsed(text: str) -> Over:
    what, _, rest = text.partition(":")
    what = what.strip()
    if what not in WHAT:
        hint = did_you_mean(what, WHAT)
        raise InputError(
            f"--over {text}: nothing is called {what!r}; allowed: {', '.join(WHAT)}"
            + (f"; {hint}" if hint else "")
        )
    if what in ("worths", "reservation"):
        return _worths(what, text, rest)
    if what == "settings" and rest:
        raise InputError(f"--over {text}: settings takes nothing after it; for some of them: unsure:ELEMENT")
    if what == "orders":
        return _orders(text, rest)
    if what == "coalitions":  # a coalition is written as elsewhere, north+south; several are several --over
        return Over(what, text, (rest.strip(),) if rest.strip() else ())
    return Over(what, text, tuple(name.strip() for name in rest.split("+") if name.strip()))


def _orders(text: str, rest: str) -> Over:
    party, _, form = (part.strip() for part in rest.partition(":"))
    if form and form not in FORMS:
        raise InputError(f"--over {text}: {form!r} is no form of orders; allowed: {', '.join(FORMS)}")
    return Over("orders", text, (party,) if party else (), form)


def _worths(what: str, text: str, rest: str) -> Over:
    whose, colon, range_ = rest.rpartition(":")
    if not colon:
        whose, range_ = rest, ""
    if not whose.strip():
        raise InputError(f"--over {text}: needs a party, such as {what}:PARTY:±2 or {what}:PARTY:0..10/5")
    return Over(what, text, (whose.strip(),), span=span(range_, text) if colon else None)


def span(text: str, whole: str = "") -> Span:
    """A range of numbers.

    Raises
    ------
    InputError
        If it is none, ends where it does not begin, or has too many steps.

    Examples
    --------
    >>> span("±2"), span("0..10/5").values(Decimal(0))[-1]
    (Span(low=Decimal('-2'), high=Decimal('2'), step=None, around=True), Decimal('10'))
    """
    given = text.strip()
    before = f"--over {whole}: " if whole else ""
    if match := _AROUND.fullmatch(given):
        most, step = Decimal(match[1]), match[2]
        found = Span(-most, most, Decimal(step) if step else None, True)
    elif match := _BETWEEN.fullmatch(given):
        found = Span(Decimal(match[1]), Decimal(match[2]), Decimal(match[3]) if match[3] else None, False)
    else:
        raise InputError(f"{before}{given!r} is no range; allowed: ±N, ±N/STEP, LOW..HIGH, LOW..HIGH/STEP")
    if found.low > found.high:
        raise InputError(f"{before}the range {given} ends below its beginning; try {match[2]}..{match[1]}")
    if found.step is not None:
        if found.step == 0:
            raise InputError(f"{before}the step of {given} is 0; give a number above 0")
        steps = Fraction(found.high - found.low) / Fraction(found.step)
        if steps >= MOST_VALUES:
            raise InputError(f"{before}{given} makes more than {MOST_VALUES:,} numbers; choose a larger step")
        if steps.denominator != 1:
            raise InputError(f"{before}the steps of {given} do not lead from one end to the other")
    return found
