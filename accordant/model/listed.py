"""A case of which only some states are looked at: those that its packages lead to.

Where a case has too many states to list, whether a party accepts a package still depends on two
states only: the one that the package leads to, and no deal. A :class:`ListedCompiler` compiles the
case over such states alone. What it says of one state against another is what the whole case says;
what depends on all states (moves, stability, whether an agreement exists) it cannot say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import prod

import numpy as np

from accordant.case.objects import Case, StateRef
from accordant.errors import TooLargeError
from accordant.model.compiler import Compiler
from accordant.model.frame import active_rules
from accordant.model.growth import Codes, Product, ascending, count_feasible, feasible
from accordant.model.space import StateSpace

MOST_MATCHES = 4096
"""Most combinations of values that one pattern may stand for."""

Row = tuple[int, ...]
"""The value number of every issue."""


class ListedCompiler(Compiler):
    """Everything that can be compiled from a case over some of its states.

    Examples
    --------
    >>> from accordant.case.objects import Case
    >>> case = Case.model_validate({
    ...     "title": "t", "parties": {"a": {}, "b": {}},
    ...     "issues": {f"i{k}": {"by": {"joint": ["a", "b"]}} for k in range(100)},
    ...     "status_quo": {f"i{k}": "no" for k in range(100)},
    ...     "preferences": {"a": {"priorities": ["i3"]}, "b": {"priorities": ["not i3"]}},
    ...     "proposals": {"offer": {"package": {"i3": "yes"}}}})
    >>> view = ListedCompiler(case).view()
    >>> view.space.names, view.orders.tolist(), view.package("offer").state
    (('status quo', 'offer'), [[0, 1], [1, 0]], 1)
    """

    def __init__(self, case: Case, more: Mapping[str, Row] | None = None) -> None:
        super().__init__(case)
        self._rows: dict[Row, str] = {}
        for name, row in (*named_rows(case), *(more or {}).items()):
            self._rows.setdefault(row, name)

    def name_of(self, row: Sequence[int]) -> str:
        """The name of a state by the values of its issues."""
        return self._rows[tuple(row)]

    def _option_space(self) -> StateSpace:
        return self._listed_space(frozenset())

    def _wider_space(self, off: frozenset[str]) -> StateSpace:
        return self._listed_space(off)

    def _listed_space(self, off: frozenset[str]) -> StateSpace:
        product = self._product(off)
        rows = np.array(list(self._rows), dtype=product.dtype).reshape(-1, len(product.shape))
        columns = {issue: rows[:, k] for k, issue in enumerate(product.issues)}
        keep = np.ones(len(rows), dtype=bool)
        for rule in product.rules:
            keep &= rule.evaluate(columns)
        codes = rows[keep]
        codes = codes[ascending(codes, product.shape)]
        values = tuple(issue.values for issue in self.case.issues.values())
        given = {k: self._rows[tuple(int(c) for c in row)] for k, row in enumerate(codes)}
        state_of = np.arange(len(codes), dtype=np.int32)
        return StateSpace(tuple(self.case.issues), values, codes, state_of, len(codes), given)


def number_of_states(compiler: Compiler) -> int:
    """How many states a case has; at most as many where rules couple too many issues to count them.

    Where there are too many to list, combinations are counted: a state that stands for several of
    them counts as often.
    """
    try:
        return compiler.space().n
    except TooLargeError:
        case = compiler.case
        shape = tuple(len(i.values) for i in case.issues.values())
        rules = tuple(rule for _, rule in active_rules(case, frozenset()))
        return count_feasible(Product(tuple(case.issues), shape, rules))[0]


def named_rows(case: Case) -> Iterator[tuple[str, Row]]:
    """The states that the anchors, names, proposals and reservations of a case lead to, each with a name.

    A pattern that would stand for too many is passed over.
    """
    start = None
    if case.status_quo is not None:
        found = _few(case, case.status_quo.state)
        start = found[0] if len(found) == 1 else None
    names = case.states if isinstance(case.states, Mapping) else {}
    for name, pattern in names.items():
        yield from _numbered(name, _few(case, pattern))
    if start is not None:
        yield "status quo", start
    if case.no_deal is not None and case.no_deal.state != "status_quo":
        yield from _numbered("no deal", _few(case, case.no_deal.state))
    for id_, proposal in case.proposals.items():
        yield from _numbered(id_, list(_landing(case, proposal.package, start)))
    for party, preference in case.preferences.items():
        if preference.reservation is not None and preference.reservation.state is not None:
            yield from _numbered(f"no deal for {party}", _few(case, preference.reservation.state))


def rows_of(case: Case, ref: StateRef) -> list[Row]:
    """Every combination of values that a name or a pattern stands for and the rules permit.

    Raises
    ------
    TooLargeError
        If a pattern leaves so much open that there are too many.
    """
    pattern = _pattern(case, ref)
    if pattern is None:
        return []
    shape = tuple(len(i.values) for i in case.issues.values())
    number = prod(n for issue, n in zip(case.issues, shape, strict=True) if issue not in pattern)
    if number > MOST_MATCHES:
        open_ = [i for i in case.issues if i not in pattern]
        shown = ", ".join(open_[:6]) + (", …" if len(open_) > 6 else "")
        raise TooLargeError(f"the pattern stands for up to {number:,} states; give a value for {shown}")
    return [tuple(int(c) for c in row) for row in _matching(case, shape, pattern)]


def _matching(case: Case, shape: tuple[int, ...], pattern: Mapping[str, str]) -> Codes:
    values = [issue.values for issue in case.issues.values()]
    if any(value not in values[list(case.issues).index(issue)] for issue, value in pattern.items()):
        return np.zeros((0, len(shape)), dtype=np.uint8)
    fixed = {k: values[k].index(pattern[i]) for k, i in enumerate(case.issues) if i in pattern}
    product = Product(tuple(case.issues), shape, tuple(r for _, r in active_rules(case, frozenset())))
    return feasible(replace(product, fixed=fixed))


def _pattern(case: Case, ref: StateRef) -> Mapping[str, str] | None:
    """The values that a reference gives, None for a name that the case does not give."""
    if isinstance(ref, str) and ref == "status_quo":
        return None if case.status_quo is None else _pattern(case, case.status_quo.state)
    if isinstance(ref, str):
        return case.states.get(ref) if isinstance(case.states, Mapping) else None
    return ref


def _few(case: Case, ref: StateRef) -> list[Row]:
    try:
        return rows_of(case, ref)
    except TooLargeError:
        return []


def _landing(case: Case, package: StateRef | None, start: Row | None) -> Iterable[Row]:
    """The combination that a package leads to, whether or not a rule forbids it."""
    if package is None or isinstance(package, str):
        return _few(case, package) if package else ()
    if start is None:
        return _few(case, package)
    row = list(start)
    for k, (name, issue) in enumerate(case.issues.items()):
        if name in package:
            if package[name] not in issue.values:
                return ()
            row[k] = issue.values.index(package[name])
    return (tuple(row),)


def landing_row(case: Case, package: StateRef | None) -> Row | None:
    """The combination that a package leads to, whether or not a rule or a move forbids it.

    None where it may be several, or what the status quo is leaves it open.
    """
    start = None if case.status_quo is None else _few(case, case.status_quo.state)
    found = list(_landing(case, package, start[0] if start and len(start) == 1 else None))
    return found[0] if len(found) == 1 else None


def _numbered(name: str, rows: Sequence[Row]) -> Iterator[tuple[str, Row]]:
    """One name for each: the name alone where there is one, numbered where there are several."""
    for k, row in enumerate(rows, 1):
        yield (name if len(rows) == 1 else f"{name} {k}"), row
