"""What ranges may come to: where no deal stands among the worths of packages, and worths themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from math import ceil, log10

from accordant.case.objects import Case
from accordant.case.ranges import shortest
from accordant.case.worths import Linear, is_range, shown_number, written
from accordant.model.admitted import Points
from accordant.model.compiler import Compiler
from accordant.model.preferences import PartyOrder
from accordant.model.ranged import Variables
from accordant.model.settings import SettingSpace
from accordant.reliance.questions.wording import in_words, values_in_words

MOST = 40
"""Most distinct worths of packages between which a place is listed as an answer."""
TERMS = 6
"""Most unsure terms of a party's worths that are tried in every combination."""


@dataclass(frozen=True, slots=True)
class Places:
    """What no deal may be worth to a party, as far as it makes a difference to packages.

    Attributes
    ----------
    low, high
        The ends, None where none are given.
    each
        One number for each place, lowest first, with what it stands for in words.
    whole
        Whether every place is there.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    each: tuple[tuple[str, Decimal], ...] = ()
    whole: bool = False


def places(compiler: Compiler, party: str, space: SettingSpace) -> Places:
    """The places between the two ends that a party gives for what no deal is worth."""
    preference = compiler.case.preferences.get(party)
    held = None if preference is None else preference.reservation
    order = compiler.orders().get(party)
    if held is None or held.low is None or held.high is None:
        return Places()
    if order is None or order.score is None or order.score.element in space.lost:
        return Places(held.low, held.high)
    worths, whole = _worths(order, space)
    low, high = Fraction(held.low), Fraction(held.high)
    inside = sorted({w for w in worths if low <= w <= high})
    whole &= not any(compiler.element[e].kind == "rule" for e in space.free)
    if len(inside) > MOST:
        ends = [(shortest(end), end) for end in (held.low, held.high)]
        return Places(held.low, held.high, tuple(ends), False)
    exact = all(_decimal(w) is not None for w in inside)
    return Places(held.low, held.high, tuple(_each(low, high, inside)), whole and exact)


def _worths(order: PartyOrder, space: SettingSpace) -> tuple[set[Fraction], bool]:
    """What packages may be worth, whatever unsure terms count; whether every combination was tried."""
    score = order.score
    assert score is not None
    terms = [e for e, _ in score.terms if e in space.free]
    fixed = frozenset(e for e, _ in score.terms if e in space.out)
    found: set[Fraction] = set()
    tried = terms[:TERMS]
    for size in range(len(tried) + 1):
        for off in combinations(tried, size):
            ranks = score.ranks_in(fixed | frozenset(off))
            found.update(Fraction(int(r), score.scale) for r in set(ranks.tolist()))
    return found, len(terms) <= TERMS


def _each(low: Fraction, high: Fraction, inside: Sequence[Fraction]) -> list[tuple[str, Decimal]]:
    """Each worth itself, and one number from every gap between neighbours."""
    found: list[tuple[str, Decimal]] = []
    stops = sorted({low, high, *inside})
    for k, stop in enumerate(stops):
        exact = _decimal(stop)
        if exact is not None:
            found.append((shortest(exact), exact))
        if k + 1 < len(stops):
            between = _between(stop, stops[k + 1])
            found.append((f"between {_said(stop)} and {_said(stops[k + 1])}", between))
    return found


def _decimal(number: Fraction) -> Decimal | None:
    """The same number as a decimal, None where it has none."""
    found = Decimal(number.numerator) / Decimal(number.denominator)
    return found if Fraction(found) == number else None


def _said(number: Fraction) -> str:
    exact = _decimal(number)
    return str(number) if exact is None else shortest(exact)


def _between(low: Fraction, high: Fraction) -> Decimal:
    """A decimal strictly between two numbers, of few digits."""
    digits = max(0, ceil(-log10(high - low))) + 1
    while True:
        scaled = (low + high) / 2 * 10**digits
        found = Fraction(round(scaled), 10**digits)
        if low < found < high:
            exact = _decimal(found)
            assert exact is not None
            return exact
        digits += 1


def range_words(case: Case, party: str) -> list[str]:
    """Each range of a party's worths in words, with its ends.

    Examples
    --------
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a", "name": "Pay"}},
    ...     "preferences": {"a": {"worth": {"x": {"no": 0, "yes": [1, "2.5"]}}}}})
    >>> range_words(case, "a")
    ['Pay: yes (1 to 2.5)']
    """
    preference = case.preferences[party]
    found = [
        f"{_words(case, party, name)} ({shown_number(ends)})"
        for name, ends in Variables(preference).ends.items()
    ]
    held = preference.reservation
    if held is not None and held.worth is not None and is_range(held.worth):
        found.append(f"no deal ({shown_number(held.worth)})")
    return found


def at_point(compiler: Compiler, party: str, point: Points) -> str:
    """Numbers within the ranges of a party, as an example of the order that they give."""
    score = compiler.orders()[party].score
    assert score is not None
    told = []
    for element, (by, *numbers) in point:
        if element.endswith(".reservation"):
            told.append(f"no deal {_said(Fraction(numbers[0], by * score.scale))}")
        elif score.spread is not None:
            unit = by * score.spread.unit
            told += [
                f"{_words(compiler.case, party, name)} {_said(Fraction(number, unit))}"
                for name, number in zip(score.spread.names, numbers, strict=True)
            ]
    return f"such that the outcomes stand as with {', '.join(told)}"


def _words(case: Case, party: str, name: str) -> str:
    """What a range is of: a value of an issue, a state, or what depends on several."""
    kind, _, rest = name.partition(".")
    preference = case.preferences[party]
    if kind == "also":
        return f"“{in_words(case, preference.also[int(rest) - 1].if_)}”"
    if kind == "table":
        return values_in_words(case, (preference.table or ())[int(rest) - 1][0])
    for issue, described in case.issues.items():
        if rest.startswith(f"{issue}."):
            value = rest.removeprefix(f"{issue}.")
            known = (preference.worth or {}).get(issue)
            if isinstance(known, Linear):
                value = written(known.linear[int(value.removeprefix("linear.")) - 1][0])
            return f"{described.name or issue}: {described.shown(value)}"
    return rest
