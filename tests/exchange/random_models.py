"""Random .gmcr files, and random cases that such files can say."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from accordant.case.objects import Case

NAMES = [
    "Council",
    "Front",
    "Ministry of Water",
    "Совет",
    "شورى",
    "none",
    "Council!",
    "and",
    "¿?",
    "a-b",
    "a b",
]


@st.composite
def conditions(draw: st.DrawFn, options: int, least: int = 1) -> list[list[Any]]:
    chosen = draw(
        st.lists(st.integers(0, options - 1), min_size=least, max_size=min(3, options), unique=True)
    )
    return [[option, draw(st.sampled_from("YN"))] for option in chosen]


@st.composite
def statements(draw: st.DrawFn, options: int, least: int = 1) -> Any:
    if draw(st.integers(0, 2)):
        return draw(conditions(options, least))
    members = draw(st.lists(conditions(options, least), min_size=1, max_size=3))
    return {"compound": True, "members": members}


def states_of(count: int, infeasibles: list[Any]) -> list[int]:
    """The feasible decimals, ascending, by trying all."""
    from tests.exchange.gmcr_twin import holds

    found = []
    for bits in product((0, 1), repeat=count):
        state = frozenset(k for k in range(count) if bits[k])
        if not any(holds(i, state) for i in infeasibles):
            found.append(sum(2**k for k in state))
    return sorted(found)


@st.composite
def rankings(draw: st.DrawFn, states: list[int]) -> list[Any]:
    order = draw(st.permutations(states))
    made: list[Any] = []
    for state in order:
        if made and draw(st.booleans()):
            made[-1] = [*(made[-1] if isinstance(made[-1], list) else [made[-1]]), state]
        else:
            made.append(state)
    return made


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """A .gmcr file without mistakes."""
    count = draw(st.integers(1, 5))
    makers = draw(st.integers(1, 3))
    names = draw(st.permutations(NAMES))
    owner = [draw(st.integers(0, makers - 1)) for _ in range(count)]
    infeasibles = draw(st.lists(statements(count, min(2, count)), max_size=3))
    decimals = states_of(count, infeasibles)
    assume(decimals)
    manual = draw(st.booleans())
    old = draw(st.booleans())
    key = "preferenceVector" if old else "preferenceRanking"
    numbers = decimals if manual and draw(st.integers(0, 3)) == 0 else list(range(1, len(decimals) + 1))
    made = []
    for k in range(makers):
        maker: dict[str, Any] = {
            "name": names[k],
            "options": [o for o in range(count) if owner[o] == k],
            "preferences": [] if manual else draw(st.lists(statements(count), max_size=4)),
        }
        if draw(st.booleans()):
            maker["misperceptions"] = draw(st.lists(statements(count), max_size=2))
            assume(states_of(count, infeasibles + maker["misperceptions"]))
        if manual:
            maker[key] = draw(rankings(numbers))
        made.append(maker)
    blocks = draw(st.sampled_from([None, [[0, 1], *range(2, makers)] if makers > 1 else [0]]))
    return {
        "options": [
            # two decision makers may call their options alike
            {"name": f"go {k // 2}" if k % 2 and owner[k] != owner[k - 1] else f"do {k}",
             "permittedDirection": draw(st.sampled_from(["both", "fwd", "back"]))}
            for k in range(count)
        ],
        "decisionMakers": made,
        "infeasibles": infeasibles,
        "useManualPreferenceVectors" if old else "useManualPreferenceRanking": manual,
        **({"coalitions": blocks} if blocks else {}),
    }  # fmt: skip


@st.composite
def expressions(draw: st.DrawFn, issues: dict[str, list[str]], depth: int = 3) -> str:
    if depth == 0 or draw(st.booleans()):
        name = draw(st.sampled_from(sorted(issues)))
        operator = draw(st.sampled_from(["", "=", "!=", "<", "<=", ">", ">="]))
        return f"{name} {operator} {draw(st.sampled_from(issues[name]))}" if operator else name
    one, two = draw(expressions(issues, depth - 1)), draw(expressions(issues, depth - 1))
    form = draw(
        st.sampled_from(
            ["not ({0})", "({0}) and ({1})", "({0}) or ({1})", "({0}) -> ({1})", "({0}) <-> ({1})"]
        )
    )
    return form.format(one, two)


@st.composite
def preferences(draw: st.DrawFn, issues: dict[str, list[str]], only_lines: bool) -> dict[str, Any]:
    kinds = ["lines", "lines", "red", "nothing"] + ([] if only_lines else ["worth"])
    kind = draw(st.sampled_from(kinds))
    if kind == "nothing":
        return {}
    if kind == "worth":
        worth = {i: {v: draw(st.integers(0, 2)) for v in values} for i, values in issues.items()}
        return {"worth": {i: {v: str(n) for v, n in numbers.items()} for i, numbers in worth.items()}}
    made: dict[str, Any] = {}
    if kind == "lines":
        made["priorities"] = draw(st.lists(expressions(issues), max_size=3))
    if kind == "red" or draw(st.booleans()):
        made["never"] = draw(st.lists(expressions(issues, 1), min_size=1, max_size=2))
    return made


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case in option form, of issues with two values or more."""
    parties = draw(st.integers(1, 3))
    holders = st.lists(
        st.sampled_from([f"p{k}" for k in range(parties)]), min_size=1, max_size=2, unique=True
    )
    shape: list[int] = []
    for size in draw(st.lists(st.sampled_from([2, 2, 3, 4]), min_size=1, max_size=4)):
        if len(shape) < 4 and sum(s - 1 for s in shape) + size - 1 <= 6:
            shape.append(size)
    issues = {
        f"x{k}": ["no", "yes"] if size == 2 else [f"v{v}" for v in range(size)]
        for k, size in enumerate(shape)
    }
    issues = {
        i: (["v0", "v1"] if v == ["no", "yes"] and draw(st.booleans()) else v) for i, v in issues.items()
    }
    moves = {i: draw(ways(values)) for i, values in issues.items()}
    rules = draw(st.lists(expressions(issues), max_size=2))
    only_lines = draw(st.booleans())
    wants = {f"p{k}": draw(preferences(issues, only_lines)) for k in range(parties)}
    unseen = (
        {"p0": {"unseen": [{"x0": issues["x0"][draw(st.integers(0, 1))]}]}} if draw(st.booleans()) else {}
    )
    named = {}
    if draw(st.integers(0, 3)) == 0:
        combinations = [dict(zip(issues, row, strict=True)) for row in product(*issues.values())]
        chosen = draw(st.lists(st.sampled_from(combinations), min_size=1, max_size=6, unique_by=str))
        named = {"only": "named", "states": {f"z{k}": pattern for k, pattern in enumerate(chosen)}}
        rules = []
    return Case.model_validate(
        {
            "title": "t",
            "parties": {f"p{k}": {} for k in range(parties)},
            "issues": {
                i: {"by": draw(holders), "values": v, "moves": moves[i]}
                for i, v in issues.items()
            },
            "feasible": rules,
            "preferences": {p: w for p, w in wants.items() if w},
            "perceptions": unseen,
            "coalitions": [["p0", "p1"]] if parties > 1 and draw(st.booleans()) else [],
            **named,
        }
    )  # fmt: skip


@st.composite
def ways(draw: st.DrawFn, values: list[str]) -> Any:
    if draw(st.integers(0, 2)):
        return draw(st.sampled_from(["any", "forward", "backward"]))
    pairs = [(a, b) for a in values for b in values if a != b]
    return draw(st.lists(st.sampled_from(pairs), unique=True))
