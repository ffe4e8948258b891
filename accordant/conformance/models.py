"""The models of the suite: published cases, degenerate ones, random ones by seed.

Each is a case in the format of :mod:`accordant.case`, as plain data, so that everything about it comes
from one place.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import product
from random import Random
from typing import Any, Literal

Kind = Literal["published", "example", "degenerate", "random"]

SIZES: tuple[tuple[int, int, int], ...] = (
    # parties, binary options, how many such models
    (2, 2, 6),
    (2, 3, 6),
    (3, 3, 6),
    (3, 4, 6),
    (4, 4, 6),
    (4, 5, 4),
    (3, 6, 3),
    (5, 6, 3),
    (4, 8, 2),
    (6, 9, 1),
    (4, 10, 1),
    (4, 12, 1),
)
"""The random models in option form: the last has 4,096 states."""

GRAPHS: tuple[tuple[int, int, int], ...] = ((2, 5, 6), (3, 6, 8), (4, 8, 8), (4, 40, 2), (5, 300, 1))
"""The random graphs given move by move: parties, states, how many."""


@dataclass(frozen=True)
class Model:
    """One model of the suite: a case as plain data, what it is there for, and where it is from."""

    name: str
    kind: Kind
    about: str
    case: Mapping[str, Any]


def models(seed: int) -> Iterator[Model]:
    """Every model of the suite, in its order.

    Examples
    --------
    >>> [m.name for m in models(1)][:3]
    ['elmira', 'cuba-1962', 'syria-iraq-1975']
    """
    yield from published()
    yield from degenerate()
    yield from drawn(seed)


def published() -> Iterator[Model]:
    """Cases from the literature, and small examples of what goes beyond plain preference."""
    text = resources.files("accordant.conformance").joinpath("published.json").read_text(encoding="utf-8")
    for name, about in json.loads(text).items():
        yield Model(name, about["kind"], about["about"], about["case"])


def degenerate() -> Iterator[Model]:
    """Models at the edge of the definitions, each with the reason why it is there."""
    for name, about, case in _edges():
        yield Model(name, "degenerate", about, {"title": about, **case})


def _graph(states: int, moves: Mapping[str, Mapping[int, list[int]]], rankings: Mapping[str, Any]) -> Any:
    """A graph given move by move; states are s1, s2, … and rankings name them by number."""

    def named(entry: Any) -> Any:
        return [named(e) for e in entry] if isinstance(entry, list) else f"s{entry}"

    return {
        "parties": {p: {} for p in rankings},
        "states": [f"s{k + 1}" for k in range(states)],
        "moves": {
            p: {f"s{s}": [f"s{t}" for t in targets] for s, targets in arcs.items()}
            for p, arcs in moves.items()
        },
        "preferences": {p: {"ranking": named(r)} for p, r in rankings.items() if r is not None},
    }


def _edges() -> Iterator[tuple[str, str, Any]]:
    yield (
        "one-state",
        "One state and nowhere to go: it holds under every concept",
        _graph(1, {}, {"a": [1], "b": [1]}),
    )
    yield (
        "nobody-moves",
        "States between which nobody can move all hold",
        _graph(3, {}, {"a": [1, 2, 3], "b": [3, 2, 1]}),
    )
    yield (
        "one-party",
        "A party alone: every concept asks for the best state it can reach",
        _graph(3, {"a": {1: [2], 2: [3], 3: [1]}}, {"a": [3, 2, 1]}),
    )
    yield (
        "indifferent",
        "Nobody prefers anything: ties are no improvements, and every state holds",
        _graph(3, {"a": {1: [2], 2: [3]}, "b": {2: [1], 3: [2]}}, {"a": [[1, 2, 3]], "b": [[1, 2, 3]]}),
    )
    yield (
        "tie-deters",
        (
            "A state that is as good as the start deters: a gains by s1 -> s2, b leads on to s3, which a "
            "likes as well as s1"
        ),
        _graph(3, {"a": {1: [2]}, "b": {2: [3]}}, {"a": [2, [1, 3]], "b": [3, 1, 2]}),
    )
    yield (
        "back-to-the-start",
        (
            "An opponent that can only undo the move deters: the state itself is no better than itself. "
            "Programs that clear the diagonal of a reachability matrix miss this"
        ),
        _graph(2, {"a": {1: [2]}, "b": {2: [1]}}, {"a": [2, 1], "b": [1, 2]}),
    )
    yield (
        "long-sanction",
        (
            "a is deterred from s1 -> s2 only by a sequence in which b moves twice, with c in between: b "
            "to s3, c to s4, b to s5, each to its own advantage. Programs that let every opponent move "
            "once call s1 unstable for a under GMR and SEQ"
        ),
        _graph(
            5,
            {"a": {1: [2]}, "b": {2: [3], 4: [5]}, "c": {3: [4]}},
            {"a": [4, 3, 2, 1, 5], "b": [5, 4, 3, 2, 1], "c": [5, 4, 3, 2, 1]},
        ),
    )
    yield (
        "nobody-twice-in-a-row",
        (
            "b could deter a from s1 -> s2 by moving twice in a row, s2 -> s3 -> s4, which no legal "
            "sequence may: s1 is unstable for a. With b's moves closed under composition it would be "
            "stable"
        ),
        _graph(4, {"a": {1: [2]}, "b": {2: [3], 3: [4]}}, {"a": [2, 3, 1, 4], "b": [4, 3, 2, 1]}),
    )
    yield (
        "mover-in-between",
        (
            "The same, but c can move s3 -> s5 and back s5 -> s3: still no way round, since b has to "
            "arrive at s3 by another's move; it does, by s2 -> s3 (b), s3 -> s5 (c), s5 -> s3 (c) being "
            "forbidden"
        ),
        _graph(
            5,
            {"a": {1: [2]}, "b": {2: [3], 3: [4]}, "c": {3: [5], 5: [3]}},
            {"a": [2, 3, 5, 1, 4], "b": [4, 3, 2, 5, 1], "c": [5, 3, 4, 2, 1]},
        ),
    )
    yield (
        "own-step-not-gain",
        (
            "Each step of a credible sequence has to better the state it is made from, not the state the "
            "sequence set out from: b would lose by s2 -> s3 although s4, after c, is its best"
        ),
        _graph(
            4,
            {"a": {1: [2]}, "b": {2: [3]}, "c": {3: [4]}},
            {"a": [2, 3, 1, 4], "b": [4, 2, 3, 1], "c": [4, 3, 2, 1]},
        ),
    )
    yield (
        "can-leave-again",
        (
            "SMR and SSEQ part from GMR and SEQ: b deters a from s1 -> s2 by s3, but a can go on from "
            "there to s4, which it likes better than s1"
        ),
        _graph(4, {"a": {1: [2], 3: [4]}, "b": {2: [3]}}, {"a": [2, 4, 1, 3], "b": [3, 4, 1, 2]}),
    )
    yield (
        "no-equilibrium",
        "No state is a Nash equilibrium: somebody always gains by moving on",
        _graph(
            4,
            {"a": {1: [2], 3: [4], 2: [1], 4: [3]}, "b": {2: [3], 4: [1], 3: [2], 1: [4]}},
            {"a": [[2, 4], [1, 3]], "b": [[3, 1], [2, 4]]},
        ),
    )
    yield (
        "two-islands",
        "Two parts between which nobody can move",
        _graph(4, {"a": {1: [2], 3: [4]}, "b": {2: [1], 4: [3]}}, {"a": [4, 2, 3, 1], "b": [1, 3, 2, 4]}),
    )
    yield (
        "shared-option",
        ("Both parties may change the same option, so that each can undo the other's move"),
        {
            "parties": {"a": {}, "b": {}},
            "issues": {"x": {"by": ["a", "b"]}, "y": {"by": "a"}},
            "preferences": {
                "a": {"ranking": ["s4", "s3", "s1", "s2"]},
                "b": {"ranking": ["s1", "s2", "s3", "s4"]},
            },
        },
    )
    yield (
        "joint-move",
        (
            "A new value of x takes both a and b; either may take it back alone. The two together are a "
            "mover of their own, which deters nobody who is one of them"
        ),
        {
            "parties": {"a": {}, "b": {}, "c": {}},
            "issues": {"x": {"by": {"joint": ["a", "b"]}}, "y": {"by": "c"}},
            "status_quo": {"x": "no", "y": "no"},
            "preferences": {
                "a": {"ranking": ["s3", "s4", "s1", "s2"]},
                "b": {"ranking": ["s4", "s3", "s2", "s1"]},
                "c": {"ranking": ["s2", "s1", "s4", "s3"]},
            },
        },
    )


def drawn(seed: int) -> Iterator[Model]:
    """Random models, the same for the same seed."""
    random = Random(seed)
    number = 0
    for parties, options, count in SIZES:
        for _ in range(count):
            number += 1
            yield _options(f"options-{number:02}", parties, options, random)
    number = 0
    for parties, states, count in GRAPHS:
        for _ in range(count):
            number += 1
            yield _arcs(f"graph-{number:02}", parties, states, random)


def _options(name: str, parties: int, options: int, random: Random) -> Model:
    """Binary options shared out at random, some irreversible, some combinations infeasible, some ties."""
    ids = [f"p{k + 1}" for k in range(parties)]
    owners = [*ids, *(random.choice(ids) for _ in range(options - parties))][:options]
    random.shuffle(owners)
    issues = {
        f"o{k + 1}": {"by": owner, "moves": random.choice(["any", "any", "any", "forward", "backward"])}
        for k, owner in enumerate(owners)
    }
    rules = []
    if options > 2 and random.random() < 0.6:
        one, two, three = random.sample(list(issues), 3)
        rules = [random.choice([f"not ({one} and {two})", f"{one} -> {two}", f"{one} or {two} or {three}"])]
    feasible = [
        values for values in product((False, True), repeat=options) if _allowed(rules, list(issues), values)
    ]
    tied = random.random() < 0.5
    case = {
        "title": name,
        "parties": {p: {} for p in ids},
        "issues": issues,
        "feasible": rules,
        "preferences": {p: {"ranking": _ranking(len(feasible), tied, random)} for p in ids},
    }
    ties = "ties" if tied else "strict orders"
    return Model(
        name, "random", f"{parties} parties, {options} options, {len(feasible)} states, {ties}", case
    )


def _allowed(rules: list[str], names: list[str], values: tuple[bool, ...]) -> bool:
    """Whether the few rules that are drawn here permit a combination."""
    at = dict(zip(names, values, strict=True))
    for rule in rules:
        words = [w for w in rule.replace("(", " ").replace(")", " ").split() if w in at]
        if "->" in rule:
            holds = not at[words[0]] or at[words[1]]
        elif rule.startswith("not"):
            holds = not (at[words[0]] and at[words[1]])
        else:
            holds = any(at[w] for w in words)
        if not holds:
            return False
    return True


def _ranking(states: int, tied: bool, random: Random) -> list[Any]:
    """States in a random order, some of them level."""
    names = [f"s{k + 1}" for k in range(states)]
    random.shuffle(names)
    if not tied:
        return names
    levels: list[list[str]] = []
    for name in names:
        if levels and random.random() < 0.35:
            levels[-1].append(name)
        else:
            levels.append([name])
    return [level if len(level) > 1 else level[0] for level in levels]


def _arcs(name: str, parties: int, states: int, random: Random) -> Model:
    """Moves drawn one by one, so that they need not compose and others may undo them."""
    ids = [f"p{k + 1}" for k in range(parties)]
    names = [f"s{k + 1}" for k in range(states)]
    moves: dict[str, dict[str, list[str]]] = {}
    for party in ids:
        own: dict[str, list[str]] = {}
        for start in names:
            targets = random.sample(names, random.choice([0, 0, 1, 1, 2]))
            kept = sorted((t for t in targets if t != start), key=names.index)
            if kept:
                own[start] = kept
        moves[party] = own
    tied = random.random() < 0.5
    case = {
        "title": name,
        "parties": {p: {} for p in ids},
        "states": names,
        "moves": moves,
        "preferences": {p: {"ranking": _ranking(states, tied, random)} for p in ids},
    }
    ties = "ties" if tied else "strict orders"
    return Model(name, "random", f"{parties} parties, a graph of {states} states, {ties}", case)
