"""What a .gmcr file says, straight from its definition: sets, loops over everything, no model room."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import product
from typing import Any

State = frozenset[int]
"""The options that are taken."""


@dataclass(frozen=True)
class Said:
    """States by their number from 1, moves and levels of preference by decision maker's name."""

    states: dict[int, State]
    moves: dict[str, set[tuple[int, int]]]
    better: dict[str, list[set[int]] | None]
    unseen: dict[str, set[int]]


def holds(statement: Any, state: State) -> bool:
    if isinstance(statement, dict):
        return any(holds(member, state) for member in statement["members"])
    return all((option in state) == (sign == "Y") for option, sign in statement)


def said(text: str) -> Said:
    data = json.loads(text)
    count = len(data["options"])
    every = [frozenset(k for k in range(count) if bits[k]) for bits in product((0, 1), repeat=count)]
    feasible = [s for s in every if not any(holds(i, s) for i in data["infeasibles"])]
    ordered = sorted(feasible, key=lambda s: sum(2**k for k in s))
    states = dict(enumerate(ordered, 1))
    makers = {maker["name"]: maker for maker in data["decisionMakers"]}
    manual = data.get("useManualPreferenceRanking", data.get("useManualPreferenceVectors", False))
    return Said(
        states,
        {name: moves(data, maker, states) for name, maker in makers.items()},
        {name: levels(maker, states, manual) for name, maker in makers.items()},
        {
            name: {k for k, s in states.items() if any(holds(m, s) for m in maker.get("misperceptions", ()))}
            for name, maker in makers.items()
        },
    )


def moves(data: Any, maker: Any, states: dict[int, State]) -> set[tuple[int, int]]:
    """From one state to another that differs in own options only, none of them against its direction."""
    ways = [option["permittedDirection"] for option in data["options"]]
    return {
        (a, b)
        for a, s in states.items()
        for b, t in states.items()
        if s != t
        and (s ^ t) <= set(maker["options"])
        and all(ways[k] != "back" for k in t - s)
        and all(ways[k] != "fwd" for k in s - t)
    }


def levels(maker: Any, states: dict[int, State], manual: bool) -> list[set[int]] | None:
    """Levels of states, the best first; None where nothing is said."""
    if manual:
        ranking = maker.get("preferenceRanking", maker.get("preferenceVector"))
        return [set(level) if isinstance(level, list) else {level} for level in ranking] or None
    if not maker["preferences"]:
        return None
    truths = {k: tuple(holds(p, s) for p in maker["preferences"]) for k, s in states.items()}
    return [{k for k in states if truths[k] == truth} for truth in sorted(set(truths.values()), reverse=True)]
