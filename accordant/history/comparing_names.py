"""One model in the words of another: ids are renamed wherever they stand, so that both can be compared."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

from accordant.case.base import FrozenDict, Node
from accordant.case.expressions import quote
from accordant.case.objects import Case
from accordant.case.syntax import Chain, Comparison, Name, Not, Syntax, read
from accordant.errors import ExpressionError

Names = Mapping[str, Mapping[str, str]]
"""By section of a case (``parties``, ``issues``, …), other names for ids."""
OTHER = "B:"
"""What stands before an id of the second model that means something else in the first."""
N = TypeVar("N", bound=Node)


def apart(ours: Collection[str], theirs: Collection[str], same: Mapping[str, str]) -> dict[str, str]:
    """New ids for the second model's: those of ``same``, and of the rest one that the first has not.

    Examples
    --------
    >>> apart(["c1", "c2"], ["c1", "c9", "d"], {"c9": "c1"})
    {'c1': 'B:c1', 'c9': 'c1'}
    """
    names: dict[str, str] = {}
    taken = {*ours, *same.values()}
    for id_ in theirs:
        new = same.get(id_, id_)
        if id_ not in same:
            while new in taken:
                new = OTHER + new
        taken.add(new)
        if new != id_:
            names[id_] = new
    return names


def renamed(case: Case, names: Names) -> Case:
    """The case with other ids, wherever they stand; expressions too.

    Examples
    --------
    >>> case = Case.model_validate({"title": "t", "parties": {"a": {}}, "issues": {"x": {"by": "a"}},
    ...     "preferences": {"a": {"priorities": ["not x"]}}})
    >>> other = renamed(case, {"parties": {"a": "north"}, "issues": {"x": "halt"}})
    >>> other.issues["halt"].by, other.preferences["north"].priorities[0].want
    (('north',), 'not halt')
    """
    if not any(names.values()):
        return case
    walk = _Walk(names)
    sources = walk.node(case.sources)
    return walk.node(case).model_copy(update={"sources": sources})


class _Walk:
    """Copies parts of a case with other ids in them; a table says which fields hold which."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def node(self, node: N) -> N:
        """A part of a case with other ids."""
        changed: dict[str, Any] = {}
        for name, field in type(node).model_fields.items():
            value = getattr(node, name)
            if value is None or field.exclude:
                continue
            form = _HOLDS.get((type(node).__name__, name)) or _ANYWHERE.get(name)
            new = self.inside(value) if form is None else form(self, value)
            if new is not value and new != value:
                changed[name] = new
        return node.model_copy(update=changed) if changed else node

    def inside(self, value: Any) -> Any:
        """Parts that hold no ids themselves, and may hold parts that do."""
        if isinstance(value, Node):
            return self.node(value)
        if isinstance(value, tuple):
            return tuple(self.inside(part) for part in value)
        if isinstance(value, dict):
            return FrozenDict({key: self.inside(part) for key, part in value.items()})
        return value

    def id(self, section: str, name: str) -> str:
        """The other id of one, or the same."""
        return self.names.get(section, {}).get(name, name)

    def expression(self, text: str) -> str:
        """An expression with other issues in it."""
        names = self.names.get("issues", {})
        try:
            found = [name for name in _issues_in(read(text)) if name.word in names]
        except ExpressionError:
            return text
        for name in sorted(found, key=lambda one: -one.at):
            length = len(name.word) + 2 * (text[name.at] in "\"'")
            text = text[: name.at] + quote(names[name.word]) + text[name.at + length :]
        return text


Form: TypeAlias = Callable[[_Walk, Any], Any]


def _issues_in(syntax: Syntax) -> Iterator[Name]:
    ahead = [syntax]
    while ahead:
        match ahead.pop():
            case Name() as name:
                yield name
            case Comparison(issue=issue):
                yield issue
            case Not(inner=inner):
                ahead.append(inner)
            case Chain(parts=parts):
                ahead.extend(parts)


def _ids(section: str) -> Form:
    """Ids, alone or in lists."""

    def form(walk: _Walk, value: Any) -> Any:
        if isinstance(value, str):
            return walk.id(section, value)
        return tuple(form(walk, part) for part in value) if isinstance(value, tuple) else walk.inside(value)

    return form


def _keyed(section: str, inner: Form | None = None) -> Form:
    """A mapping by ids."""

    def form(walk: _Walk, value: Any) -> Any:
        if not isinstance(value, dict):
            return walk.inside(value)
        return FrozenDict(
            {
                walk.id(section, key): walk.inside(part) if inner is None else inner(walk, part)
                for key, part in value.items()
            }
        )

    return form


def _states(walk: _Walk, value: Any) -> Any:
    """States by name or by the values of issues, in lists or named."""
    if isinstance(value, dict):
        patterns = any(isinstance(part, dict) for part in value.values())
        if patterns:
            return FrozenDict({name: _states(walk, part) for name, part in value.items()})
        return FrozenDict({walk.id("issues", issue): part for issue, part in value.items()})
    return tuple(_states(walk, part) for part in value) if isinstance(value, tuple) else value


def _expression(walk: _Walk, value: Any) -> Any:
    return walk.expression(value) if isinstance(value, str) else value


def _conclusion(walk: _Walk, value: Any) -> Any:
    """What a judgement is about: ``acceptable(offer-1, south)``."""
    head, bracket, rest = str(value).partition("(")
    if not bracket or head.strip() not in ("acceptable", "agreement"):
        return value
    parts = [part.strip() for part in rest.rstrip(") ").split(",")]
    named = [walk.id("proposals", parts[0]), *(walk.id("parties", part) for part in parts[1:])]
    return f"{head}({', '.join(named)})"


_PARTIES, _CLAIMS = _ids("parties"), _ids("claims")
_ANYWHERE: Mapping[str, Form] = {"because": _CLAIMS}
_HOLDS: Mapping[tuple[str, str], Form] = {
    ("Case", "parties"): _keyed("parties"),
    ("Case", "issues"): _keyed("issues"),
    ("Case", "proposals"): _keyed("proposals"),
    ("Case", "preferences"): _keyed("parties"),
    ("Case", "moves"): _keyed("parties"),
    ("Case", "attitudes"): _keyed("parties", _keyed("parties")),
    ("Case", "perceptions"): _keyed("parties"),
    ("Case", "positions"): _keyed("parties", _keyed("issues")),
    ("Case", "coalitions"): _PARTIES,
    ("Case", "states"): _states,
    ("Party", "of"): _PARTIES,
    ("Issue", "by"): _PARTIES,
    ("Joint", "joint"): _PARTIES,
    ("Transfer", "from_"): _PARTIES,
    ("Transfer", "to"): _PARTIES,
    ("Rule", "rule"): _expression,
    ("RedLine", "rule"): _expression,
    ("Line", "want"): _expression,
    ("Term", "if_"): _expression,
    ("Removal", "if_"): _expression,
    ("Removal", "to"): _expression,
    ("Removal", "party"): _PARTIES,
    ("Commitment", "if_"): _expression,
    ("Commitment", "by"): _PARTIES,
    ("Commitment", "worth"): _keyed("parties"),
    ("Anchor", "state"): _states,
    ("Stage", "package"): _states,
    ("Proposal", "package"): _states,
    ("Proposal", "by"): _PARTIES,
    ("Proposal", "via"): _PARTIES,
    ("Proposal", "to"): _PARTIES,
    ("Preference", "ranking"): _states,
    ("Preference", "table"): _states,
    ("Preference", "incomparable"): _states,
    ("Preference", "degrees"): _states,
    ("Preference", "worth"): _keyed("issues"),
    ("Reservation", "state"): _states,
    ("Perception", "unseen"): _states,
    ("Perception", "preferences"): _keyed("parties"),
    ("Relation", "from_"): _PARTIES,
    ("Relation", "to"): _PARTIES,
    ("Event", "who"): _PARTIES,
    ("Judgement", "about"): _conclusion,
    ("Origin", "side"): _PARTIES,
    ("Report", "original"): _ids("reports"),
    ("Claim", "report"): _ids("reports"),
    ("Claim", "by"): _PARTIES,
    ("Claim", "origin"): _ids("origins"),
    ("Claim", "within"): _CLAIMS,
    ("Claim", "contradicts"): _CLAIMS,
    ("Claim", "confirms"): _CLAIMS,
    ("Sources", "reports"): _keyed("reports"),
    ("Sources", "origins"): _keyed("origins"),
    ("Sources", "claims"): _keyed("claims"),
}
"""Which fields hold ids of what."""
