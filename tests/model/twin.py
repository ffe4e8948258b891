"""The model straight from the words of the format: one combination at a time, no arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import permutations, product

from hypothesis import strategies as st

from accordant.case.objects import Case

State = dict[str, str]
Truth = Callable[[State], bool]


@dataclass(frozen=True)
class Sentence:
    """An expression as text and, apart from it, as a function of one combination."""

    text: str
    holds: Truth


@dataclass(frozen=True)
class Made:
    """A random case with what its sentences mean."""

    case: Case
    values: Mapping[str, tuple[str, ...]]
    rules: tuple[Sentence, ...]
    wants: Mapping[str, tuple[Sentence, ...]]


def sentences(values: Mapping[str, tuple[str, ...]]) -> st.SearchStrategy[Sentence]:
    """Random sentences over some issues."""

    def atom(issue: str, value: str, sign: str) -> Sentence:
        order = values[issue].index
        compare = {
            "=": lambda s: s[issue] == value,
            "!=": lambda s: s[issue] != value,
            "<": lambda s: order(s[issue]) < order(value),
            ">=": lambda s: order(s[issue]) >= order(value),
        }[sign]
        return Sentence(f"{issue} {sign} {value}", compare)

    atoms = st.sampled_from(sorted(values)).flatmap(
        lambda i: st.builds(
            atom, st.just(i), st.sampled_from(values[i]), st.sampled_from(["=", "!=", "<", ">="])
        )
    )
    bare = st.sampled_from(sorted(values)).map(lambda i: Sentence(i, lambda s: s[i] != values[i][0]))
    return st.recursive(atoms | bare, _larger, max_leaves=4)


def _larger(inner: st.SearchStrategy[Sentence]) -> st.SearchStrategy[Sentence]:
    def join(a: Sentence, word: str, b: Sentence) -> Sentence:
        truth = {
            "and": lambda s: a.holds(s) and b.holds(s),
            "or": lambda s: a.holds(s) or b.holds(s),
            "->": lambda s: not a.holds(s) or b.holds(s),
            "<->": lambda s: a.holds(s) == b.holds(s),
        }[word]
        return Sentence(f"({a.text}) {word} ({b.text})", truth)

    return st.builds(join, inner, st.sampled_from(["and", "or", "->", "<->"]), inner) | inner.map(
        lambda a: Sentence(f"not ({a.text})", lambda s: not a.holds(s))
    )


@st.composite
def cases(draw: st.DrawFn, *, rules: int = 3) -> Made:
    """Random cases in option form with priorities for every party."""
    parties = ("a", "b", "c")[: draw(st.integers(1, 3))]
    names = ("w", "x", "y", "z")[: draw(st.integers(1, 4))]
    values = {n: ("no", "some", "all")[: draw(st.integers(2, 3))] for n in names}
    issues = {}
    for n in names:
        moves = draw(st.sampled_from(["any", "forward", "backward", "pairs"]))
        holders = draw(st.lists(st.sampled_from(parties), min_size=1, unique=True))
        shape = draw(st.sampled_from(["one", "any", "joint"]))
        by = holders[0] if shape == "one" else {"joint": holders} if shape == "joint" else holders
        pairs = [(a, b) for a in values[n] for b in values[n] if a != b]
        chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if moves == "pairs" else moves
        issues[n] = {
            "by": by,
            "values": values[n],
            "moves": chosen,
            "binding": shape == "joint" and draw(st.booleans()),
        }
    must = tuple(draw(st.lists(sentences(values), max_size=rules)))
    feasible = [s for s in combinations_of(values) if all(r.holds(s) for r in must)]
    if not feasible:
        must, feasible = (), combinations_of(values)
    wants = {p: tuple(draw(st.lists(sentences(values), max_size=4))) for p in parties}
    case = Case.model_validate(
        {
            "title": "random",
            "parties": {p: {} for p in parties},
            "issues": issues,
            "feasible": [r.text for r in must],
            "status_quo": draw(st.sampled_from(feasible)),
            "preferences": {p: {"priorities": [w.text for w in wants[p]]} for p in parties},
        }
    )
    return Made(case, values, must, wants)


def combinations_of(values: Mapping[str, tuple[str, ...]]) -> list[State]:
    """Every combination of values, the last issue running fastest."""
    return [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]


def states(made: Made) -> list[State]:
    """Every feasible combination."""
    return [s for s in combinations_of(made.values) if all(r.holds(s) for r in made.rules)]


def may_follow(made: Made, issue: str, before: str, after: str) -> bool:
    """Whether the direction of an issue permits a change."""
    moves = made.case.issues[issue].moves
    order = made.values[issue].index
    if before == after:
        return True
    if moves == "any":
        return True
    if moves == "forward":
        return order(after) > order(before)
    if moves == "backward":
        return order(after) < order(before)
    return (before, after) in moves


def can_move(made: Made, party: str, s: State, t: State) -> bool:
    """Whether a party can go from one combination to another alone."""
    start = made.case.status_quo.state
    for issue, definition in made.case.issues.items():
        if s[issue] == t[issue]:
            continue
        if party not in definition.holders or not may_follow(made, issue, s[issue], t[issue]):
            return False
        if (
            definition.joint
            and len(definition.holders) > 1
            and (definition.binding or t[issue] != start[issue])
        ):
            return False
    return s != t


def can_move_jointly(made: Made, holders: frozenset[str], s: State, t: State) -> bool:
    """Whether a set of joint holders can go from one combination to another together."""
    for issue, definition in made.case.issues.items():
        if s[issue] == t[issue]:
            continue
        if not definition.joint or not set(definition.holders) <= holders:
            return False
        if not may_follow(made, issue, s[issue], t[issue]):
            return False
    return s != t


def prefers(wants: tuple[Sentence, ...], s: State, t: State) -> bool:
    """Whether s is strictly better: the first line that tells them apart is true of s."""
    for want in wants:
        if want.holds(s) != want.holds(t):
            return want.holds(s)
    return False


def orders_of(lines: tuple[Sentence, ...]) -> list[tuple[Sentence, ...]]:
    """Every order of some lines."""
    return list(permutations(lines))
