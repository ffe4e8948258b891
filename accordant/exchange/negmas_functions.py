"""The functions of one number that a NegMAS file may value a numeric issue by."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from accordant.case.places import Path
from accordant.exchange.scenario import Topic
from accordant.exchange.source import Source

Function = Callable[[Fraction], Fraction]
KNOWN = ("TableFun", "AffineFun", "LinearFun", "ConstFun", "IdentityFun", "QuadraticFun")


def function_of(source: Source, data: dict[str, Any], kind: str, at: Path, topic: Topic) -> Function | None:
    """The function that a part says, of the number that is settled on; None where it is not known."""
    if kind not in KNOWN:
        message = f"there is no reading of {kind!r}" if kind else "does not say which function it is"
        source.error(at, message, found=kind, allowed=KNOWN)
        return None
    if topic.numbers is None and not _numbers(topic):
        source.error(at, f"is a function of numbers, and {topic.name} has named values")
        return None

    def get(key: str, default: str) -> Fraction:
        number = source.number((*at, key), data.get(key, default), key)
        return Fraction(0) if number is None else Fraction(number)

    bias, slope = get("bias", "0"), get("slope", "1")
    if kind == "ConstFun":
        return lambda x: bias
    if kind == "QuadraticFun":
        first, second = get("a1", "1"), get("a2", "1")
        return lambda x: bias + first * x + second * x * x
    return lambda x: bias + slope * x


def _numbers(topic: Topic) -> bool:
    from accordant.case.ranges import number

    return all(number(value) is not None for value in topic.values)
