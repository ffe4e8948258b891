"""From a case in one setting to worths that add up, without listing a state.

Numbers for the values of an issue stay what they are. Conditional terms, and statements of a party
that gives priorities instead of numbers, become additions: of a more important statement more than
all later ones together, so that sums compare as the priorities do. A table or a ranking by patterns
adds the number of the one pattern that is true. Rules, and the red lines that no deal does not
cross, become rules. Two packages compare here as they do when states are listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

import numpy as np

from accordant.agreement.additive.covering import placed_once
from accordant.agreement.additive.problem import Addition, Additive
from accordant.agreement.bargain import ROOM
from accordant.agreement.numbers import End, NoBargain
from accordant.agreement.stands import constituencies
from accordant.case.expressions import Expression, Join, Negation, Test, Tree, parse
from accordant.case.objects import Case, Either, Linear, Preference, StateRef
from accordant.case.worths import ends_of
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.frame import active_rules, issue_values
from accordant.model.listed import Row, rows_of
from accordant.model.settings import AS_WRITTEN, Setting

MOST_STATEMENTS = 60
"""Most statements of a party that gives priorities: each doubles the numbers."""


class _NoNumbersError(Exception):
    """Why packages cannot be compared without listing them."""


@dataclass(eq=False)
class _Sum:
    """What one party or constituency adds up: by issue and value, and under conditions."""

    cardinal: bool
    tables: dict[str, dict[str, Fraction]] = field(default_factory=dict)
    terms: list[tuple[Tree, frozenset[str], Fraction]] = field(default_factory=list)
    before: list[tuple[Tree, frozenset[str], Fraction]] = field(default_factory=list)
    """Terms that go before any sum of the others, and that a number for no deal says nothing of."""

    def numbers(self) -> Iterator[Fraction]:
        for values in self.tables.values():
            yield from values.values()
        yield from (number for _, _, number in (*self.terms, *self.before))

    def span(self) -> tuple[Fraction, Fraction]:
        """Two numbers that no sum is below and above."""
        terms = [number for _, _, number in self.terms]
        low = sum((min(v.values()) for v in self.tables.values()), start=Fraction(0))
        high = sum((max(v.values()) for v in self.tables.values()), start=Fraction(0))
        return low + sum(t for t in terms if t < 0), high + sum(t for t in terms if t > 0)

    def at(self, case: Case, row: Row) -> Fraction:
        """What a package is worth."""
        here = {i: issue.values[c] for (i, issue), c in zip(case.issues.items(), row, strict=True)}
        total = sum((values[here[issue]] for issue, values in self.tables.items()), start=Fraction(0))
        return total + _met(case, self.terms, row) + self.first(case, row)

    def first(self, case: Case, row: Row) -> Fraction:
        """What a package is worth by the terms that go before any sum."""
        return _met(case, self.before, row)


def _met(case: Case, terms: Sequence[tuple[Tree, frozenset[str], Fraction]], row: Row) -> Fraction:
    columns = {i: np.asarray(c) for i, c in zip(case.issues, row, strict=True)}
    found = (n for tree, names, n in terms if bool(Expression("", names, tree).evaluate(columns)))
    return sum(found, start=Fraction(0))


def additive_of(
    compiler: Compiler,
    setting: Setting = AS_WRITTEN,
    ends: Mapping[str, End] | None = None,
    *,
    lined: bool = False,
) -> Additive | NoBargain:
    """What packages add up to for every party, in a setting.

    Parameters
    ----------
    compiler
        The case; its states are not listed.
    setting
        What counts; its anchors are those of the case.
    ends
        For parties whose no deal is worth a range, the end to take; the high one where none is given.
    lined
        Whether sums compare as acceptance does: a red line that no deal crosses as well refuses
        nothing, but to keep it goes before any number. Otherwise such a line is left aside, as the
        fairness lenses leave it.

    Returns
    -------
    Additive
        Or the reason why packages cannot be compared.

    Raises
    ------
    TooLargeError
        If no deal stands for too many states.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {f"i{k}": {"by": {"joint": ["a", "b"]}} for k in range(100)},
    ...     "status_quo": {f"i{k}": "no" for k in range(100)},
    ...     "preferences": {"a": {"worth": {"i3": {"no": "0.5", "yes": 2}}},
    ...                     "b": {"priorities": ["i3", "i4"]}}})
    >>> found = additive_of(Compiler(case))
    >>> found.size, found.scales, found.reservations, found.tables[3][0].tolist()
    (1267650600228229401496703205376, (2, 1), (1, 0), [1, 4])
    """
    try:
        return _additive(compiler.case, setting, ends or {}, lined=lined)
    except _NoNumbersError as error:
        return NoBargain(str(error))


def _additive(case: Case, setting: Setting, ends: Mapping[str, End], *, lined: bool) -> Additive:
    _refuse_merged(case)
    against = _no_deal(case)
    heard = constituencies(case)
    if not heard:
        raise _NoNumbersError("The case has no party whose acceptance counts.")
    voices = [c for held in heard.values() for c in held]
    sums = {who: _sum(case, who, setting) for who in (*heard, *voices)}
    rules = [("", rule) for _, rule in active_rules(case, setting.off)]
    own = {who: _own_no_deal(case, who, setting, against) for who in sums}
    for who in sums:
        rules += [(who, line) for line in _red_lines(case, who, setting, own[who])]
    for who in sums if lined else voices:
        _order_red_lines(case, who, sums[who], setting, own[who])
    held = {who: _at_no_deal(case, who, sums[who], own[who], ends) for who in sums}
    scales = {
        who: lcm(1, held[who].denominator, *(n.denominator for n in s.numbers())) for who, s in sums.items()
    }
    for who in sums:
        _refuse_wide(case, who, sums[who], held[who], scales[who])
    issues = tuple(case.issues)
    return Additive(
        issues,
        tuple(issue.values for issue in case.issues.values()),
        tuple(heard),
        tuple(scales[p] for p in heard),
        tuple(int(held[p] * scales[p]) for p in heard),
        tuple(sums[p].cardinal for p in heard),
        tuple(_table(case, issue, sums, scales) for issue in issues),
        tuple(rule for _, rule in rules),
        _additions(sums, scales),
        tuple(voices),
        tuple(int(held[v] * scales[v]) for v in voices),
        tuple(who for who, _ in rules),
        tuple(party for party, spoken in heard.items() for _ in spoken),
        frozenset(p for p in heard if sums[p].before),
    )


def _table(case: Case, issue: str, sums: Mapping[str, _Sum], scales: Mapping[str, int]) -> np.ndarray[
    tuple[int, int], np.dtype[np.int64]
]:  # fmt: skip
    values = case.issues[issue].values
    rows = []
    for who, own in sums.items():
        numbers = own.tables.get(issue, {})
        rows.append([int(numbers.get(v, Fraction(0)) * scales[who]) for v in values])
    return np.array(rows, dtype=np.int64)


def _additions(sums: Mapping[str, _Sum], scales: Mapping[str, int]) -> tuple[Addition, ...]:
    """The terms of all, those with one condition together."""
    found: dict[Tree, tuple[frozenset[str], list[int]]] = {}
    for k, (who, own) in enumerate(sums.items()):
        for tree, names, number in (*own.terms, *own.before):
            _, worths = found.setdefault(tree, (names, [0] * len(sums)))
            worths[k] += int(number * scales[who])
    return tuple(Addition(t, names, tuple(worths)) for t, (names, worths) in found.items())


# What each party wants


def _name(case: Case, who: str) -> str:
    return case.party_name(who)


def _sum(case: Case, who: str, setting: Setting) -> _Sum:
    preference = case.preferences.get(who)
    if preference is None or not preference.stated or preference.incomparable:
        raise _NoNumbersError(f"The whole order of {_name(case, who)} is not known.")
    if {f"{who}.worth", f"{who}.table", f"{who}.ranking"} & setting.off:
        raise _NoNumbersError(f"The whole order of {_name(case, who)} is not known.")
    if preference.ranged:
        raise _NoNumbersError(f"The worths of {_name(case, who)} are ranges: its whole order is not known.")
    if preference.worth is not None:
        return _worths(case, who, preference, setting)
    if preference.table is not None:
        entries = [(ref, Fraction(ends_of(number)[0])) for ref, number in preference.table]
        return _by_pattern(case, who, entries, setting, cardinal=True)
    if preference.ranking is not None:
        levels = preference.levels
        entries = [(ref, Fraction(-k)) for k, level in enumerate(levels) for ref in level]
        return _ranked(case, who, _by_pattern(case, who, entries, setting, cardinal=False), setting)
    return _ranked(case, who, _Sum(cardinal=False), setting)


def _worths(case: Case, who: str, preference: Preference, setting: Setting) -> _Sum:
    found = _Sum(cardinal=True)
    for issue, worth in (preference.worth or {}).items():
        found.tables[issue] = _by_value(case, who, issue, worth)
    for k, term in enumerate(preference.also, 1):
        if f"{who}.also.{k}" not in setting.off:
            condition = parse(term.if_, issue_values(case))
            found.terms.append((condition.tree, condition.names, Fraction(ends_of(term.worth)[0])))
    return found


def _by_value(case: Case, who: str, issue: str, worth: object) -> dict[str, Fraction]:
    here = case.issues[issue]
    if isinstance(worth, Linear):
        return worth.along(here.values)
    if not isinstance(worth, Mapping):
        raise _NoNumbersError(f"The worths of {_name(case, who)} are given by state.")
    missing = [v for v in here.values if v not in worth]
    if missing:
        raise _NoNumbersError(f"{_name(case, who)} gives no number for {issue} = {missing[0]}.")
    return {v: Fraction(ends_of(worth[v])[0]) for v in here.values}


def _ranked(case: Case, who: str, later: _Sum, setting: Setting) -> _Sum:
    """Statements before what comes later: each adds more than all that follow it."""
    statements = _statements(case, who, setting)
    if len(statements) > MOST_STATEMENTS:
        raise _NoNumbersError(f"{_name(case, who)} gives more than {MOST_STATEMENTS} statements.")
    least = sum((abs(n) for n in later.numbers()), start=Fraction(0)) * 2 + 1
    for k, (tree, names) in enumerate(reversed(statements)):
        later.terms.append((tree, names, least * 2**k))
    return later


def _statements(case: Case, who: str, setting: Setting) -> list[tuple[Tree, frozenset[str]]]:
    """What a party wants to be true, red lines first, most important first."""
    preference, perms = case.preferences[who], dict(setting.perms)
    texts = [
        f"not ({red.rule})"
        for k, red in enumerate(preference.never, 1)
        if f"{who}.never.{k}" not in setting.off
    ]
    for k, entry in enumerate(preference.priorities or (), 1):
        element = f"{who}.priorities.{k}"
        if isinstance(entry, Either):
            order = perms.get(element, tuple(range(len(entry.either))))
            texts += [entry.either[m].want for m in order if f"{element}.{m + 1}" not in setting.off]
        elif element not in setting.off:
            texts.append(entry.want)
    conditions = [parse(text, issue_values(case)) for text in texts]
    return [(c.tree, c.names) for c in conditions]


def _by_pattern(
    case: Case,
    who: str,
    entries: Sequence[tuple[StateRef, Fraction]],
    setting: Setting,
    *,
    cardinal: bool,
) -> _Sum:
    """Numbers by pattern; each combination must match one."""
    found = _Sum(cardinal)
    named = case.states if isinstance(case.states, Mapping) else {}
    for ref, number in entries:
        pattern = named.get(ref) if isinstance(ref, str) else ref
        if pattern is None:
            raise _NoNumbersError(
                f"{_name(case, who)} names the state {ref}, which has to be a pattern here."
            )
        tests = tuple(_equals(case, issue, value) for issue, value in pattern.items())
        if tests:
            tree: Tree = tests[0] if len(tests) == 1 else Join("and", tests)
            found.terms.append((tree, frozenset(pattern), number))
        else:  # every state: the same for all
            first = next(iter(case.issues))
            found.tables[first] = dict.fromkeys(case.issues[first].values, number)
    _refuse_gaps(case, who, found, setting.off, whole=any(ref == {} for ref, _ in entries))
    return found


def _equals(case: Case, issue: str, value: str) -> Test:
    values = case.issues[issue].values
    return Test(issue, "=", values.index(value), len(values))


def _refuse_gaps(case: Case, who: str, found: _Sum, off: frozenset[str], *, whole: bool) -> None:
    """Every feasible package has to match exactly one pattern."""
    patterns = [Expression("", names, tree) for tree, names, _ in found.terms]
    try:
        once = placed_once(case, patterns, off, whole=whole)
    except TooLargeError as error:
        raise _NoNumbersError(
            f"Whether the patterns of {_name(case, who)} place every state exactly once could not be "
            f"decided: {error}."
        ) from error
    if not once:
        raise _NoNumbersError(f"The patterns of {_name(case, who)} do not place every state exactly once.")


# Red lines and no deal


def _crossed(case: Case, who: str, setting: Setting) -> list[tuple[int, Expression]]:
    preference = case.preferences[who]
    return [
        (k, parse(red.rule, issue_values(case)))
        for k, red in enumerate(preference.never)
        if f"{who}.never.{k + 1}" not in setting.off
    ]


def _crosses(case: Case, line: Expression, row: Row) -> bool:
    columns = {i: np.asarray(c) for i, c in zip(case.issues, row, strict=True)}
    return bool(line.evaluate(columns))


def _red_lines(case: Case, who: str, setting: Setting, against: Sequence[Row]) -> list[Expression]:
    """What is never accepted: red lines that some state that no deal may be does not cross."""
    return [
        Expression(f"not ({line.text})", line.names, Negation(line.tree))
        for _, line in _crossed(case, who, setting)
        if not against or any(not _crosses(case, line, row) for row in against)
    ]


def _order_red_lines(case: Case, who: str, own: _Sum, setting: Setting, against: Sequence[Row]) -> None:
    """With numbers: where no deal crosses a red line, to keep red lines goes before any sum."""
    lines = [line for _, line in _crossed(case, who, setting)]
    if not own.cardinal or not any(_crosses(case, line, row) for line in lines for row in against):
        return
    low, high = own.span()
    given = case.preferences[who].reservation
    if given is not None and given.low is not None and given.high is not None:
        low, high = min(low, Fraction(given.low)), max(high, Fraction(given.high))
    for k, line in enumerate(reversed(lines)):
        own.before.append((Negation(line.tree), line.names, (high - low + 1) * 2**k))
    if case.parties[who].role != "constituency" and len({own.first(case, row) for row in against}) > 1:
        name = _name(case, who)
        raise _NoNumbersError(
            f"No deal may be several states, which do not cross the same red lines of {name}."
        )


def _no_deal(case: Case) -> list[Row]:
    anchor = case.no_deal or case.status_quo
    if anchor is None and _all_reserved(case):
        return []  # what no deal is to everybody is said by each of them
    if anchor is None:
        raise _NoNumbersError("The case gives neither no deal nor a status quo to compare packages with.")
    rows = rows_of(case, anchor.state)
    if not rows:
        raise _NoNumbersError("No deal is not a feasible state.")
    return rows


def _all_reserved(case: Case) -> bool:
    """Whether everybody with a say gives what no deal is worth to it."""
    heard = constituencies(case)
    given = (case.preferences.get(who) for who in (*heard, *(c for held in heard.values() for c in held)))
    return all(preference is not None and preference.reservation is not None for preference in given)


def _own_no_deal(case: Case, who: str, setting: Setting, against: Sequence[Row]) -> Sequence[Row]:
    """The states that no deal may be to one party."""
    given = case.preferences[who].reservation
    if given is not None and f"{who}.reservation" in setting.off:
        raise _NoNumbersError(f"What no deal is worth to {_name(case, who)} is not known.")
    return against if given is None or given.state is None else rows_of(case, given.state)


def _at_no_deal(case: Case, who: str, own: _Sum, against: Sequence[Row], ends: Mapping[str, End]) -> Fraction:
    given = case.preferences[who].reservation
    voice = case.parties[who].role == "constituency"
    if given is not None and own.cardinal and given.low is not None and given.high is not None:
        number = Fraction(given.low if ends.get(who, "high") == "low" and not voice else given.high)
        return number + max((own.first(case, row) for row in against), default=Fraction(0))
    values = {own.at(case, row) for row in against}
    if voice:
        return max(values)
    if len(values) != 1:
        name = _name(case, who)
        raise _NoNumbersError(f"No deal may be several states, which are not worth the same to {name}.")
    return values.pop()


# What cannot be added up


def _refuse_merged(case: Case) -> None:
    if not case.issues:
        raise _NoNumbersError("The case gives its states directly.")
    if case.only == "named":
        raise _NoNumbersError("Only the named states count, and they have to be listed.")
    for name, pattern in case.states.items() if isinstance(case.states, Mapping) else ():
        open_ = [i for i in case.issues if i not in pattern]
        if open_:
            raise _NoNumbersError(f"The state {name} stands for several packages, which have to be listed.")


def _refuse_wide(case: Case, who: str, own: _Sum, held: Fraction, scale: int) -> None:
    most = sum((max(map(abs, v.values()), default=Fraction(0)) for v in own.tables.values()), start=abs(held))
    most += sum((abs(n) for _, _, n in (*own.terms, *own.before)), start=Fraction(0))
    if most * scale * 4 >= ROOM:
        raise _NoNumbersError(
            f"The numbers of {_name(case, who)} have too many digits to be compared exactly."
        )
