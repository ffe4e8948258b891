"""What NegMAS answers where programs differ, for the glossary; run by the Python of ``make peers``.

Each function makes one small scenario, asks NegMAS, and gives what it says. Nothing here is imported by the
package or by other tests.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")

from negmas import LinearAdditiveUtilityFunction, MappingUtilityFunction, make_issue, make_os  # noqa: E402
from negmas.inout import Scenario  # noqa: E402
from negmas.preferences import HyperRectangleUtilityFunction, ops  # noqa: E402


def single(points: dict[str, tuple[float, ...]], reservations: tuple[float, ...]) -> tuple[Any, list[Any]]:
    """One issue whose values are the packages."""
    space = make_os([make_issue(list(points), "package")])
    made = [
        MappingUtilityFunction(
            {(name,): worths[k] for name, worths in points.items()}, outcome_space=space, reserved_value=floor
        )
        for k, floor in enumerate(reservations)
    ]
    return space, made


def lens(which: str, space: Any, ufuns: list[Any]) -> list[str]:
    frontier, indices = ops.pareto_frontier(ufuns, issues=space.issues)
    found = getattr(ops, which)(ufuns, frontier, outcome_space=space)
    outcomes = list(space.enumerate())
    return ["+".join(map(str, outcomes[indices[k]])) for _, k in found]


def noise() -> Any:
    """Kalai-Smorodinsky picks a package that is dominated, since 0.1 + 0.2 is more than 0.3."""
    space = make_os([make_issue(["a", "b"], "x"), make_issue(["c", "d"], "y")])
    one = LinearAdditiveUtilityFunction(
        {"x": {"a": 0.1, "b": 0.3}, "y": {"c": 0.2, "d": 0.0}}, outcome_space=space, reserved_value=0.0
    )
    two = LinearAdditiveUtilityFunction(
        {"x": {"a": 0.1, "b": 0.0}, "y": {"c": 0.5, "d": 0.8}}, outcome_space=space, reserved_value=0.0
    )
    return lens("ks_points", space, [one, two])


def floor() -> Any:
    """A reservation below everything is replaced by the least worth, which changes the Nash answer."""
    return lens("nash_points", *single({"p": (1, 10), "q": (4, 6), "r": (6, 3)}, (-10.0, 0.0)))


def spread() -> Any:
    """Kalai-Smorodinsky is the least spread of gains, not the largest least gain."""
    return lens(
        "ks_points", *single({"p": (0.4, 0.41), "q": (0.9, 0.405), "r": (1, 0), "s": (0, 1)}, (0.0, 0.0))
    )


def scale(folder: str) -> Any:
    """Reservations between 0 and 1 beside worths that are not."""
    scenario = Scenario.load(Path(folder))
    return [[u.reserved_value, *map(float, u.minmax())] for u in scenario.ufuns]


def discount(folder: str) -> Any:
    """A discounted function loses its reservation."""
    return [float(u.reserved_value) == float("-inf") for u in Scenario.load(Path(folder)).ufuns]


def shifted() -> Any:
    """Where one package is worth no finite number, the numbers of those after it are one too small."""
    points = {"p": (float("-inf"), 0.0), "q": (1.0, 0.0), "r": (2.0, 2.0)}
    space, ufuns = single(points, (0.0, 0.0))
    _, indices = ops.pareto_frontier(ufuns, issues=space.issues)
    outcomes = list(space.enumerate())
    return [outcomes[k][0] for k in indices]


def ties() -> Any:
    """Of packages with the same worths one is kept."""
    space, ufuns = single({"p": (1.0, 1.0), "q": (1.0, 1.0)}, (0.0, 0.0))
    return len(ops.pareto_frontier(ufuns, issues=space.issues)[0])


def weights() -> Any:
    """An issue without a weight weighs 1."""
    space = make_os([make_issue(["a", "b"], "x"), make_issue(["c", "d"], "y")])
    tables = {"x": {"a": 0.0, "b": 1.0}, "y": {"c": 0.0, "d": 1.0}}
    made = LinearAdditiveUtilityFunction(tables, weights={"x": 0.5}, outcome_space=space)
    return float(made(("b", "d")))


def name() -> Any:
    """A wrong name of an issue ends in an error of arithmetic."""
    space = make_os([make_issue(["a", "b"], "price")])
    try:
        made = LinearAdditiveUtilityFunction({"pryce": {"a": 0.0, "b": 1.0}}, outcome_space=space)
        made(("b",))
    except Exception as error:
        return [type(error).__name__, str(error)]
    return []


def boxes() -> Any:
    """The bounds of boxes do not count."""
    space = make_os([make_issue((0, 3), "x")])
    made = HyperRectangleUtilityFunction([{0: (1, 3)}], [1.0], outcome_space=space)
    return [float(made((k,))) for k in range(4)]


def offset(folder: str) -> Any:
    """Whole-number issues count from nought, not from their lower bound."""
    scenario = Scenario.load(Path(folder))
    return [float(scenario.ufuns[0](outcome)) for outcome in scenario.outcome_space.enumerate()]


def loads(folder: str) -> Any:
    """What a folder that was written for NegMAS is worth to it: each party's worth of every package."""
    scenario = Scenario.load(Path(folder))
    outcomes = list(scenario.outcome_space.enumerate())
    return [
        {
            "name": str(u.name),
            "reserved": None if u.reserved_value == float("-inf") else float(u.reserved_value),
            "worths": [float(getattr(u, "ufun", u)(outcome)) for outcome in outcomes],
        }
        for u in scenario.ufuns
    ]


def written(folder: str, target: str) -> Any:
    """A scenario of NegMAS' own, written as it writes them."""
    space = make_os(
        [make_issue(["low", "high"], "pay"), make_issue((0, 4), "days"), make_issue(["no", "yes"], "car")],
        name="talks",
    )
    one = LinearAdditiveUtilityFunction(
        {"pay": {"low": 0, "high": 4}, "days": {k: k / 4 for k in range(5)}, "car": {"no": 1, "yes": 2}},
        weights={"pay": 0.5, "days": 0.25, "car": 0.25}, outcome_space=space, reserved_value=0.75,
        name="north",
    )  # fmt: skip
    two = LinearAdditiveUtilityFunction(
        {"pay": {"low": 3, "high": 1}, "days": {k: 4 - k for k in range(5)}, "car": {"no": 0, "yes": 1}},
        weights={"pay": 1, "days": 0.5, "car": 2}, outcome_space=space, reserved_value=1.5,
        name="south",
    )  # fmt: skip
    scenario = Scenario(outcome_space=space, ufuns=(one, two))
    if target == "genius":
        Path(folder).mkdir()
        scenario.to_genius_folder(Path(folder))
    else:
        scenario.dumpas(Path(folder), type=target)
    outcomes = list(space.enumerate())
    return [[float(u(outcome)) for outcome in outcomes] for u in (one, two)]


def handed(case: str) -> Any:
    """What :meth:`OpenCase.to_negmas` makes of a case."""
    import accordant

    scenario = accordant.load(case).to_negmas()
    outcomes = list(scenario.outcome_space.enumerate())
    return [
        {
            "name": str(u.name),
            "reserved": None if u.reserved_value == float("-inf") else float(u.reserved_value),
            "worths": [float(getattr(u, "ufun", u)(outcome)) for outcome in outcomes],
        }
        for u in scenario.ufuns
    ]


if __name__ == "__main__":
    json.dump([globals()[call](*words) for call, *words in json.load(sys.stdin)], sys.stdout)
