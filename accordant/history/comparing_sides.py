"""What stands where in two models: their differences part by part, and who has which line and position."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from accordant.case.base import Grounded
from accordant.case.emit import flow, to_plain
from accordant.case.expressions import Negation, Test, Tree, parse
from accordant.case.grounds import Element, elements, parts
from accordant.case.objects import Case, Position
from accordant.case.wording import cut
from accordant.errors import ExpressionError
from accordant.history.changes import Change
from accordant.history.changes_words import line_number

Whose = Literal["both", "a", "b"]
LONG = 80
"""Most characters of what is shown of one side."""
SOURCES = frozenset({"reports", "origins", "register", "claims"})
"""Parts that codings compare; they are no difference of the models."""
OF_CASE = frozenset({"title", "question", "language", "as_of", "half_life", "yardstick"})
"""What a case says of itself: no difference of the models."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place at which two models are not the same.

    Attributes
    ----------
    where
        The part of the model, such as ``south.priorities.2``.
    what
        What differs there: ``only here``, ``place``, ``grounds``, or a key.
    a, b
        What stands there in each; empty where nothing does.
    matters
        Whether an answer can depend on it.
    """

    id: str
    section: str
    where: str
    what: str
    a: str
    b: str
    matters: bool

    def says(self, names: tuple[str, str]) -> str:
        """The difference as a phrase that names both sides."""
        one, other = names
        if self.what == "only here":
            return f"{self.where} ({self.a or self.b}), only in {one if self.a else other}"
        return f"{self.where}, {self.what}: {self.a or 'nothing'} in {one}, {self.b or 'nothing'} in {other}"

    def to_json(self) -> dict[str, Any]:
        """One entry of ``differences``."""
        return {
            "id": self.id,
            "section": self.section,
            "where": self.where,
            "what": self.what,
            "a": self.a or None,
            "b": self.b or None,
            "matters": self.matters,
        }


def difference(change: Change) -> Difference:
    """A change from one model to the other, as what stands where in each."""
    where = change.id.rpartition(":")[0]
    if change.kind == "moved":
        a, b = change.old, change.new
        if change.aspect == "order" and not isinstance(change.before, list | tuple):
            a, b = _shown(change.before), _shown(change.after)
        places = [line_number(p) or _shown(v) for p, v in ((a, change.before), (b, change.after))]
        words = _shown(change.after)
        return _made(change, f"{where} ({words})", "place", *places)
    what = change.aspect.rstrip("_") or ("only here" if change.kind != "changed" else "what it says")
    if change.kind in ("new", "gone") and not isinstance(change.before, dict):
        what = "only here"
    before, after = (_side(part) for part in (change.before, change.after))
    return _made(change, where, what, before, after)


def _made(change: Change, where: str, what: str, a: str, b: str) -> Difference:
    return Difference(change.id, change.section, where, what, a, b, change.matters)


def _side(value: Any) -> str:
    """What stands on one side: a part, the members of a list, or the fields of a part that differ."""
    if isinstance(value, Mapping) and all(isinstance(k, str) for k in value):
        fields = {k: v for k, v in value.items() if k}
        if set(fields) == {"because", "assumed"}:
            return _grounds(fields) or "no ground"
        if len(fields) == 1 and (set(fields) != set(value) or not isinstance(value, dict)):
            return _shown(next(iter(fields.values())))
        said = [v for v in fields.values() if v is not None and v != ()]
        return _shown(said[0]) if len(said) == 1 else _shown(fields)
    return _shown(value)


def _grounds(fields: Mapping[str, Any]) -> str:
    assumed = fields.get("assumed")
    said = [] if assumed is None else [assumed.id or f"assumed: {assumed.says}"]
    return cut(", ".join([*fields.get("because", ()), *said]), LONG)


def _shown(value: Any) -> str:
    if value is None or value == () or value == {}:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return cut("; ".join(_shown(part) for part in value), LONG)
    if isinstance(value, Mapping) and all(isinstance(part, Position) for part in value.values()):
        return cut(", ".join(f"{issue}: {part.wants}" for issue, part in value.items()), LONG)
    for key in ("want", "rule", "says", "what", "about", "package", "if_", "wants", "name"):
        words = getattr(value, key, None)
        if words is not None:
            return _shown(words)
    plain = to_plain(value)
    return cut(plain if isinstance(plain, str) else flow(plain).strip("{}[]"), LONG)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line, red line, ranking, worth, rule … of one model or of both.

    Attributes
    ----------
    party
        Whose it is; empty for rules and the like.
    a, b
        Its number, such as ``2`` or ``3.1``, or its place, in each model; empty where it has none.
    unsure_a, unsure_b
        Whether it may or may not count there: written so, or without any ground that stands.
    grounds_a, grounds_b
        What it stands on in each.
    """

    party: str
    kind: str
    says: str
    a: str
    b: str
    unsure_a: bool
    unsure_b: bool
    grounds_a: tuple[str, ...]
    grounds_b: tuple[str, ...]

    @property
    def whose(self) -> Whose:
        """Who has it."""
        return "both" if self.a and self.b else "a" if self.a else "b"

    def to_json(self) -> dict[str, Any]:
        """One entry of ``lines``."""
        return {
            "party": self.party or None,
            "kind": self.kind,
            "says": self.says,
            "whose": self.whose,
            "a": _line_side(self.a, self.unsure_a, self.grounds_a),
            "b": _line_side(self.b, self.unsure_b, self.grounds_b),
        }


def _line_side(place: str, unsure: bool, grounds: tuple[str, ...]) -> dict[str, Any] | None:
    return {"place": place, "unsure": unsure, "grounds": list(grounds)} if place else None


Key: TypeAlias = tuple[str, str, object]


def lines(ours: Case, theirs: Case) -> tuple[LineRow, ...]:
    """Who has which line: everything that an answer depends on, the same lines beside each other.

    Lines are the same where they say the same of the same party, however they are written
    (``truce`` and ``truce != none``), wherever they stand.

    Examples
    --------
    >>> def case(*lines):
    ...     return Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...         "preferences": {"a": {"priorities": list(lines)}}})
    >>> [(row.says, row.a, row.b) for row in lines(case("x"), case("not x", "x = yes")) if row.party]
    [('x', '1', '2'), ('not x', '', '1')]
    """
    mine, its = _keyed(ours), _keyed(theirs)
    rows = [_row(key, mine[key], its.get(key)) for key in mine]
    rows += [_row(key, None, its[key]) for key in its if key not in mine]
    parties = {p: k for k, p in enumerate(("", *ours.parties, *theirs.parties))}
    return tuple(sorted(rows, key=lambda row: parties.get(row.party, 0)))


def _keyed(case: Case) -> dict[Key, Element]:
    """Every element by what it says; of two that say the same the second one is numbered."""
    values = {name: issue.values for name, issue in case.issues.items()}
    grounded = {id_: part for id_, _, _, _, part in parts(case)}
    found: dict[Key, Element] = {}
    for element in elements(case):
        kind, subject = element.kind, element.subject
        said = _expression(grounded[element.id])
        about: object = element.id if said is None else _meaning(said, values)
        again = 0
        while (key := (kind, subject, (about, again))) in found:
            again += 1
        found[key] = element
    return found


def _expression(part: Grounded | None) -> str | None:
    return getattr(part, "want", None) or getattr(part, "rule", None)


def _meaning(text: str, values: Mapping[str, tuple[str, ...]]) -> object:
    """What an expression says, the same for ways of writing it that say the same of each issue."""
    try:
        return _tree(parse(text, values).tree, values)
    except ExpressionError:
        return " ".join(text.split())


def _tree(tree: Tree, values: Mapping[str, tuple[str, ...]]) -> object:
    if isinstance(tree, Test):
        return tree.issue, frozenset(v for k, v in enumerate(values[tree.issue]) if tree.column(k))
    if isinstance(tree, Negation):
        inner = _tree(tree.inner, values)
        if isinstance(tree.inner, Test):
            issue = tree.inner.issue
            yes = frozenset(v for k, v in enumerate(values[issue]) if tree.inner.column(k))
            return issue, frozenset(values[issue]) - yes
        return "not", inner
    inner_parts = tuple(_tree(part, values) for part in tree.parts)
    return tree.operator, inner_parts if tree.operator == "->" else frozenset(inner_parts)


def _row(key: Key, mine: Element | None, its: Element | None) -> LineRow:
    shown = mine or its
    assert shown is not None
    party = shown.subject if shown.kind in _OF_PARTIES else ""
    says = shown.says.partition(": ")[2] if shown.kind in ("line", "red-line", "rule") else shown.says

    def side(element: Element | None) -> tuple[str, bool, tuple[str, ...]]:
        if element is None:
            return "", False, ()
        number = line_number(element.id)
        return number or element.id, element.unsure, tuple(sorted(element.standing))

    (a, unsure_a, grounds_a), (b, unsure_b, grounds_b) = side(mine), side(its)
    return LineRow(party, shown.kind, says, a, b, unsure_a, unsure_b, grounds_a, grounds_b)


_OF_PARTIES = ("line", "red-line", "ranking", "worth", "term", "reservation", "delay", "moves")


@dataclass(frozen=True, slots=True)
class PositionRow:
    """What a party is said to want on an issue, in each model; None where it says nothing of it."""

    party: str
    issue: str
    a: str | None
    b: str | None

    def to_json(self) -> dict[str, Any]:
        """One entry of ``positions``."""
        return {"party": self.party, "issue": self.issue, "a": self.a, "b": self.b}


def positions(ours: Case, theirs: Case, hidden: Sequence[frozenset[str]]) -> Iterator[PositionRow]:
    """Who has which position. Those that are known from withheld claims only are left out."""
    both = (ours, theirs)
    for party in dict.fromkeys(p for case in both for p in case.positions):
        for issue in dict.fromkeys(i for case in both for i in case.positions.get(party, {})):
            found = [case.positions.get(party, {}).get(issue) for case in both]
            if any(p and _only(p.because, held) for p, held in zip(found, hidden, strict=True)):
                continue
            a, b = (None if p is None else p.wants for p in found)
            yield PositionRow(party, issue, a, b)


def _only(because: Iterable[str], held: frozenset[str]) -> bool:
    named = tuple(because)
    return bool(named) and all(claim in held for claim in named)
