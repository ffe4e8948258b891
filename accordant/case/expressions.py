"""The expression language of rules, priorities and red lines.

``issue`` (any value but the first) · ``issue = value`` · ``!=`` · ``<`` ``<=`` ``>`` ``>=`` (by the
order of the values, or by number where they are numbers, so that ``pay >= 2.3`` may stand between two
values) · ``not`` · ``and`` · ``or`` · ``->`` · ``<->`` · parentheses. What binds
tightest comes first in that list; ``->`` groups to the right, ``<->`` to the left. Issues and
values are words as the case writes them (``some-thing``, ``0.10``, ``2024-01``); one that holds a
space, an operator or the word ``and``, ``or`` or ``not`` stands in quotation marks.

An expression is read once, by an LALR parser, into a small tree; it is then evaluated on whole
arrays, one value number per combination. Where some issues have no column yet, :meth:`Expression.bounds`
answers in Kleene's three values, so that partial combinations can be dropped as soon as a rule
already forbids them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from typing import TYPE_CHECKING, Any

from accordant.case.ranges import ascending_numbers, number, shortest
from accordant.case.syntax import Chain, Comparison, Name, Not, Syntax, read
from accordant.case.wording import choices, value_instead
from accordant.errors import ExpressionError, did_you_mean

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Truth = NDArray[np.bool_]
    Columns = Mapping[str, NDArray[np.integer[Any]]]

WORDS = ("and", "or", "not")
"""Words of the language: an issue or a value called so has to be quoted."""


@dataclass(frozen=True, slots=True)
class Test:
    """One issue compared with one of its values; ``value`` is the value's number."""

    issue: str
    operator: str
    value: int
    size: int

    __test__ = False  # not a test class, whatever pytest makes of the name

    def column(self, values: Any) -> Any:
        """Truth for each value number."""
        match self.operator:
            case "=":
                return values == self.value
            case "!=":
                return values != self.value
            case "<":
                return values < self.value
            case "<=":
                return values <= self.value
            case ">":
                return values > self.value
            case _:
                return values >= self.value


@dataclass(frozen=True, slots=True)
class Negation:
    """Not."""

    inner: Tree


@dataclass(frozen=True, slots=True)
class Join:
    """Expressions with ``and``, ``or``, ``->`` (two of them) or ``<->`` between them."""

    operator: str
    parts: tuple[Tree, ...]


Tree = Test | Negation | Join


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression over the issues of one case.

    Attributes
    ----------
    text
        As the case writes it.
    names
        The issues that it reads.
    tree
        What it says.
    """

    text: str
    names: frozenset[str]
    tree: Tree

    def evaluate(self, columns: Columns) -> Truth:
        """Where the expression is true.

        Parameters
        ----------
        columns
            For every issue in :attr:`names`, the value number in each combination.

        Returns
        -------
        bool array of the columns' shape

        Examples
        --------
        >>> import numpy as np
        >>> e = parse("truce = lasting -> passage", {"truce": ("none", "lasting"), "passage": ("no", "yes")})
        >>> e.evaluate({"truce": np.array([0, 0, 1, 1]), "passage": np.array([0, 1, 0, 1])}).tolist()
        [True, True, False, True]
        """
        import numpy as np

        return np.asarray(_truth(self.tree, columns), dtype=bool)

    def bounds(self, columns: Columns) -> tuple[Truth, Truth]:
        """Where the expression can be true and where it can be false.

        Issues without a column are unknown. Both answers are sound; with a column for every issue
        they are exact, and each is the other's complement.

        Returns
        -------
        can_be_true, can_be_false
            Bool arrays of the columns' shape (of no dimension when there is no column at all).

        Examples
        --------
        >>> import numpy as np
        >>> e = parse("a and b", {"a": ("no", "yes"), "b": ("no", "yes")})
        >>> [side.tolist() for side in e.bounds({"a": np.array([0, 1])})]
        [[False, True], [True, True]]
        """
        import numpy as np

        shape = np.broadcast_shapes(*(np.shape(column) for column in columns.values()))
        true, false = _kleene(self.tree, columns)
        return np.broadcast_to(true, shape), np.broadcast_to(false, shape)

    def __str__(self) -> str:
        return self.text


def parse(text: str, issues: Mapping[str, tuple[str, ...]]) -> Expression:
    """Read an expression over the issues of a case.

    Parameters
    ----------
    text
        The expression.
    issues
        The values of every issue, in their order.

    Raises
    ------
    ExpressionError
        With the place, what is allowed there and the nearest right name.

    Examples
    --------
    >>> sorted(parse("a->b = x", {"a": ("no", "yes"), "b": ("w", "x")}).names)
    ['a', 'b']
    >>> parse("pay >= 0.7", {"pay": ("0", "0.5", "1")}).tree
    Test(issue='pay', operator='>=', value=2, size=3)
    >>> parse("a = maybe", {"a": ("no", "yes")})
    Traceback (most recent call last):
    accordant.errors.ExpressionError: 'maybe' is not a value of 'a'
      a = maybe
          ^
    """
    return _parse(text, tuple(issues.items()))


@lru_cache(maxsize=8192)
def _parse(text: str, issues: tuple[tuple[str, tuple[str, ...]], ...]) -> Expression:
    known = dict(issues)
    names: set[str] = set()
    tree = _resolve(read(text), known, text, names)
    return Expression(text, frozenset(names), tree)


def _resolve(syntax: Syntax, issues: Mapping[str, tuple[str, ...]], text: str, names: set[str]) -> Tree:
    match syntax:
        case Name():
            values = _values(syntax, issues, text)
            names.add(syntax.word)
            return Test(syntax.word, "!=", 0, len(values))
        case Comparison(issue, operator, value):
            values = _values(issue, issues, text)
            names.add(issue.word)
            return _compared(issue, operator, value, values, text)
        case Not(inner):
            return Negation(_resolve(inner, issues, text, names))
        case Chain(operator, parts):
            return Join(operator, tuple(_resolve(part, issues, text, names) for part in parts))


def _values(issue: Name, issues: Mapping[str, tuple[str, ...]], text: str) -> tuple[str, ...]:
    if issue.word in issues:
        return issues[issue.word]
    if not issues:
        message = "this case has no issues, so that no expression can be used; give a ranking or a worth"
        raise ExpressionError(message, text, issue.at)
    owner = next((name for name, values in issues.items() if issue.word in values), None)
    hint = did_you_mean(issue.word, list(issues))
    if hint is None and owner is not None:
        hint = f"{issue.word!r} is a value: write '{quote(owner)} = {quote(issue.word)}'"
    raise ExpressionError(
        f"{issue.word!r} is not an issue of this case", text, issue.at, allowed=tuple(issues), hint=hint
    )


def _compared(issue: Name, operator: str, value: Name, values: tuple[str, ...], text: str) -> Test:
    """One issue against a value, or against a number that may stand between two values."""
    if value.word in values:
        return Test(issue.word, operator, values.index(value.word), len(values))
    meant, numbers = number(value.word), ascending_numbers(values)
    if meant is None or numbers is None:
        message = f"{value.word!r} is not a value of {issue.word!r}"
        hint = value_instead(value.word, values) or did_you_mean(value.word, values)
        raise ExpressionError(message, text, value.at, allowed=choices(values), hint=hint)
    if shortest(meant) in values:
        return Test(issue.word, operator, values.index(shortest(meant)), len(values))
    exact = Fraction(meant)
    after = bisect_left(numbers, exact)  # the first value that is not less
    if after == len(values) or exact < numbers[0]:
        message = f"{value.word} lies outside the values of {issue.word!r}"
        hint = f"they go from {values[0]} to {values[-1]}"
        raise ExpressionError(message, text, value.at, hint=hint)
    equal = numbers[after] == exact
    if operator in ("=", "!="):
        near = values[after] if equal else f"{values[after - 1]} and {values[after]}"
        hint = f"write {near}" if equal else f"next to it are {near}; < and > take any number between"
        message = f"{value.word!r} is not a value of {issue.word!r}"
        raise ExpressionError(message, text, value.at, hint=hint)
    if not equal:  # every value is less, or greater: both signs of a direction say the same
        operator = ">=" if operator in (">", ">=") else "<"
    return Test(issue.word, operator, after, len(values))


def quote(word: str) -> str:
    """The word as an expression writes it, in quotation marks where it needs them.

    Examples
    --------
    >>> quote("0.10"), quote("two words"), quote("not")
    ('0.10', '"two words"', '"not"')
    """
    try:
        plain = read(word) == Name(word, 0)
    except ExpressionError:
        plain = False
    if plain:
        return word
    return f"'{word}'" if '"' in word else f'"{word}"'


def _truth(tree: Tree, columns: Columns) -> Any:
    match tree:
        case Test():
            return tree.column(columns[tree.issue])
        case Negation(inner):
            return ~_truth(inner, columns)
        case Join(operator, parts):
            truths = (_truth(part, columns) for part in parts)
            return reduce(_JOIN[operator], truths)


_JOIN: dict[str, Callable[[Any, Any], Any]] = {
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "->": lambda a, b: ~a | b,
    "<->": lambda a, b: a == b,
}


def _kleene(tree: Tree, columns: Columns) -> tuple[Any, Any]:
    match tree:
        case Test():
            if tree.issue in columns:
                true = tree.column(columns[tree.issue])
                return true, ~true
            return _unknown(tree)
        case Negation(inner):
            true, false = _kleene(inner, columns)
            return false, true
        case Join(operator, parts):
            return reduce(_KLEENE[operator], (_kleene(part, columns) for part in parts))


# Pairs of (can be true, can be false).
_KLEENE: dict[str, Callable[[Any, Any], Any]] = {
    "and": lambda a, b: (a[0] & b[0], a[1] | b[1]),
    "or": lambda a, b: (a[0] | b[0], a[1] & b[1]),
    "->": lambda a, b: (a[1] | b[0], a[0] & b[1]),
    "<->": lambda a, b: ((a[0] & b[0]) | (a[1] & b[1]), (a[0] & b[1]) | (a[1] & b[0])),
}


def _unknown(test: Test) -> tuple[Any, Any]:
    # Even unknown, `x < first` is false and `x <= last` true.
    import numpy as np

    each = test.column(np.arange(test.size))
    return each.any(), (~each).any()
