"""Questions in plain words, without the signs in which a case is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from accordant.case.expressions import Join, Negation, Test, Tree, parse
from accordant.case.objects import Case
from accordant.errors import ExpressionError

_BETWEEN = {"and": " and ", "or": " or ", "->": " only if ", "<->": " if and only if "}


def in_words(case: Case, text: str) -> str:
    """An expression of the case with the names of issues and the values that are meant.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {
    ...     "x": {"by": "a", "name": "Halt", "values": ["none", "pause", "lasting"]}, "y": {"by": "a"}}})
    >>> in_words(case, "x != none -> not y")
    'Halt: pause or lasting only if y: no'
    """
    try:
        tree = parse(text, {name: issue.values for name, issue in case.issues.items()}).tree
    except ExpressionError:
        return text
    return _tree(case, tree, inside=False)


def _tree(case: Case, tree: Tree, inside: bool) -> str:
    if isinstance(tree, Test):
        return _values(case, tree, negated=False)
    if isinstance(tree, Negation):
        if isinstance(tree.inner, Test):
            return _values(case, tree.inner, negated=True)
        return f"not ({_tree(case, tree.inner, inside=False)})"
    assert isinstance(tree, Join)
    text = _BETWEEN[tree.operator].join(_tree(case, part, inside=True) for part in tree.parts)
    return f"({text})" if inside else text


def _values(case: Case, test: Test, negated: bool) -> str:
    issue = case.issues[test.issue]
    names = [issue.shown(v) for v in issue.values]
    kept = [v for k, v in enumerate(names) if bool(test.column(k)) != negated]
    return f"{issue.name or test.issue}: {_set(kept, names)}"


def _set(kept: Sequence[str], names: Sequence[str]) -> str:
    if not kept:
        return "no value"
    if len(kept) > 2 and len(kept) == len(names) - 1:
        return f"not {next(v for v in names if v not in kept)}"
    if len(kept) > 3 and list(names[-len(kept) :]) == list(kept):
        return f"at least {kept[0]}"
    if len(kept) > 3 and list(names[: len(kept)]) == list(kept):
        return f"at most {kept[-1]}"
    return listed(kept, "or")


def values_in_words(case: Case, values: str | Mapping[str, str]) -> str:
    """A state by its name, or the values that make a package or a pattern."""
    if isinstance(values, str):
        return values
    shown = [(case.issues[i], i, v) for i, v in values.items() if i in case.issues]
    return ", ".join(f"{issue.name or i}: {issue.shown(v)}" for issue, i, v in shown)


def listed(words: Sequence[str], last: str = "and") -> str:
    """A list in a sentence.

    Examples
    --------
    >>> listed(["a", "b", "c"]), listed(["a", "b"], "or"), listed([])
    ('a, b and c', 'a or b', '')
    """
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def quoted(text: str) -> str:
    """Words of the case, set apart in a question."""
    return f"“{text}”"


def names(case: Case, parties: Sequence[str], last: str = "and") -> str:
    """Parties by name."""
    return listed([case.party_name(p) for p in parties], last)
